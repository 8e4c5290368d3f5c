/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "loop.h"

#include <errno.h>
#include <sys/epoll.h>
#include <unistd.h>

#define MAX_EVENTS 64

struct _LoopTimer
{
  gint64 deadline; /* monotonic, in microseconds */
  guint64 serial;  /* keeps equal deadlines apart and in order */
  LoopTimerFunc func;
  gpointer user_data;
};

struct _Loop
{
  int fd;
  gboolean quit;
  guint64 last_serial;
  GTree *timers; /* LoopTimer* -> the same */
  struct epoll_event events[MAX_EVENTS];
  int n_events;
};

static int
timer_compare (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const LoopTimer *left = a;
  const LoopTimer *right = b;

  if (left->deadline != right->deadline)
    return left->deadline < right->deadline ? -1 : 1;
  if (left->serial != right->serial)
    return left->serial < right->serial ? -1 : 1;
  return 0;
}

Loop *
loop_new (void)
{
  Loop *self = g_new0 (Loop, 1);

  self->fd = epoll_create1 (EPOLL_CLOEXEC);
  self->timers = g_tree_new_full (timer_compare, NULL, g_free, NULL);
  return self;
}

void
loop_free (Loop *self)
{
  g_tree_unref (self->timers);
  close (self->fd);
  g_free (self);
}

gboolean
loop_add (Loop *self, LoopWatch *watch, guint32 events)
{
  struct epoll_event event = { .events = events, .data.ptr = watch };

  return epoll_ctl (self->fd, EPOLL_CTL_ADD, watch->fd, &event) == 0;
}

void
loop_modify (Loop *self, LoopWatch *watch, guint32 events)
{
  struct epoll_event event = { .events = events, .data.ptr = watch };

  epoll_ctl (self->fd, EPOLL_CTL_MOD, watch->fd, &event);
}

void
loop_remove (Loop *self, LoopWatch *watch)
{
  epoll_ctl (self->fd, EPOLL_CTL_DEL, watch->fd, NULL);

  /* The round that is being dispatched may still hold an event for it. */
  for (int i = 0; i < self->n_events; i++)
    if (self->events[i].data.ptr == watch)
      self->events[i].data.ptr = NULL;
}

LoopTimer *
loop_add_timer (Loop *self, guint ms, LoopTimerFunc func, gpointer user_data)
{
  LoopTimer *timer = g_new0 (LoopTimer, 1);

  timer->deadline = g_get_monotonic_time () + (gint64) ms * 1000;
  timer->serial = ++self->last_serial;
  timer->func = func;
  timer->user_data = user_data;
  g_tree_insert (self->timers, timer, timer);
  return timer;
}

void
loop_cancel_timer (Loop *self, LoopTimer *timer)
{
  g_tree_remove (self->timers, timer);
}

static LoopTimer *
first_timer (Loop *self)
{
  GTreeNode *node = g_tree_node_first (self->timers);

  return node ? g_tree_node_key (node) : NULL;
}

static int
next_timeout (Loop *self)
{
  LoopTimer *timer = first_timer (self);
  gint64 left;

  if (!timer)
    return -1;
  left = timer->deadline - g_get_monotonic_time ();
  return left > 0 ? (int) MIN ((left + 999) / 1000, 60000) : 0;
}

static void
run_timers (Loop *self)
{
  gint64 now = g_get_monotonic_time ();

  for (LoopTimer *timer = first_timer (self); timer && timer->deadline <= now;
       timer = first_timer (self))
    {
      LoopTimerFunc func = timer->func;
      gpointer user_data = timer->user_data;

      g_tree_remove (self->timers, timer);
      func (user_data);
    }
}

void
loop_run (Loop *self)
{
  while (!self->quit)
    {
      self->n_events = epoll_wait (self->fd, self->events, MAX_EVENTS, next_timeout (self));
      if (self->n_events < 0 && errno != EINTR)
        g_error ("epoll_wait: %s", g_strerror (errno));
      for (int i = 0; i < self->n_events; i++)
        {
          LoopWatch *watch = self->events[i].data.ptr;

          if (watch)
            watch->func (self->events[i].events, watch->user_data);
        }
      self->n_events = 0;
      run_timers (self);
    }
}

void
loop_quit (Loop *self)
{
  self->quit = TRUE;
}
