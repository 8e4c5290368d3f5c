/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "connection.h"

#include <errno.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define READ_SIZE (64 * 1024)
/* Enough for the largest request with an image or two, twice over. */
#define INPUT_LIMIT (80 * 1024 * 1024)

typedef struct
{
  Server *server;
  GList link; /* in server->connections */
  guint id;
  LoopWatch watch;
  guint32 events;
  GString *input;
  guint n_requests;

  /* While a request is being answered. */
  Request *request;
  Script *script;
  LoopTimer *timer;
  GString *output;
  gsize written; /* of output */
  guint64 sent;  /* of the answer */
} Connection;

static void connection_play (Connection *self);

static void
connection_free (Connection *self, gboolean reset)
{
  struct linger hard = { .l_onoff = 1, .l_linger = 0 };

  if (self->timer)
    loop_cancel_timer (self->server->loop, self->timer);
  loop_remove (self->server->loop, &self->watch);
  if (reset)
    setsockopt (self->watch.fd, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
  else
    shutdown (self->watch.fd, SHUT_WR);
  close (self->watch.fd);
  g_queue_unlink (&self->server->connections, &self->link);
  g_string_free (self->input, TRUE);
  g_string_free (self->output, TRUE);
  g_clear_pointer (&self->request, request_free);
  g_clear_pointer (&self->script, script_free);
  g_free (self);
}

/* The peer is gone. */
static void
connection_lost (Connection *self)
{
  if (self->request)
    {
      self->server->aborted++;
      log_event (self->server->log, "aborted", self->id, self->request->path, self->sent);
    }
  connection_free (self, FALSE);
}

static void
want_events (Connection *self, guint32 events)
{
  if (self->events == events)
    return;
  self->events = events;
  loop_modify (self->server->loop, &self->watch, events);
}

static void
timer_fired (gpointer user_data)
{
  Connection *self = user_data;

  self->timer = NULL;
  connection_play (self);
}

static void
pause_for (Connection *self, guint ms)
{
  self->timer = loop_add_timer (self->server->loop, ms, timer_fired, self);
}

/* Takes the request that is in the input, if it is complete. FALSE when the connection is gone. */
static gboolean
next_request (Connection *self)
{
  RequestState state = request_parse (self->input, &self->request);

  if (state == REQUEST_BAD || self->input->len > INPUT_LIMIT)
    {
      connection_free (self, FALSE);
      return FALSE;
    }
  if (state == REQUEST_INCOMPLETE)
    return TRUE;
  self->server->requests++;
  self->n_requests++;
  self->sent = 0;
  log_request (self->server->log, self->id, self->request);
  self->script = self->server->answer (self->request, self->n_requests, self->server->user_data);
  connection_play (self);
  return FALSE;
}

static void
finish_answer (Connection *self, StepType how)
{
  gboolean keep = how == STEP_KEEP && !self->request->close;
  const char *event = how == STEP_KEEP || how == STEP_CLOSE ? "done" : "cut";

  log_event (self->server->log, event, self->id, self->request->path, self->sent);
  if (!keep)
    {
      connection_free (self, how == STEP_RESET);
      return;
    }
  g_clear_pointer (&self->request, request_free);
  g_clear_pointer (&self->script, script_free);
  want_events (self, EPOLLIN);
  if (self->input->len > 0)
    next_request (self);
}

/* FALSE when the socket takes no more now, or is gone. */
static gboolean
flush_output (Connection *self)
{
  while (self->written < self->output->len)
    {
      gssize n = send (self->watch.fd, self->output->str + self->written,
                       self->output->len - self->written, MSG_NOSIGNAL);

      if (n < 0 && errno == EAGAIN)
        {
          want_events (self, EPOLLIN | EPOLLOUT);
          return FALSE;
        }
      if (n < 0)
        {
          connection_lost (self);
          return FALSE;
        }
      self->written += (gsize) n;
      self->sent += (guint64) n;
      self->server->sent += (guint64) n;
    }
  g_string_truncate (self->output, 0);
  self->written = 0;
  want_events (self, EPOLLIN);
  return TRUE;
}

/* Does the step at the head of the script. FALSE when the playing stops here. */
static gboolean
play_step (Connection *self)
{
  Step *step = g_queue_peek_head (&self->script->steps);
  gboolean more;
  guint ms;
  gsize size;
  gconstpointer data;

  switch (step->type)
    {
    case STEP_SEND:
      data = g_bytes_get_data (step->bytes, &size);
      g_string_append_len (self->output, data, (gssize) size);
      step_free (g_queue_pop_head (&self->script->steps));
      return flush_output (self);
    case STEP_WAIT:
      pause_for (self, step->ms);
      step_free (g_queue_pop_head (&self->script->steps));
      return FALSE;
    case STEP_GENERATE:
      more = step->fill (step->state, self->output);
      ms = step->ms;
      if (!more)
        step_free (g_queue_pop_head (&self->script->steps));
      if (!flush_output (self))
        return FALSE;
      if (ms > 0)
        pause_for (self, ms);
      return ms == 0;
    case STEP_STALL:
      return FALSE;
    case STEP_KEEP:
    case STEP_CLOSE:
    case STEP_CUT:
    case STEP_RESET:
    default:
      finish_answer (self, step->type);
      return FALSE;
    }
}

/* How many fills one connection gets before the others have their turn. */
#define FAIR_SHARE 32

static void
connection_play (Connection *self)
{
  for (guint i = 0; i < FAIR_SHARE; i++)
    if (!play_step (self))
      return;
  pause_for (self, 0);
}

static void
read_input (Connection *self)
{
  gsize before = self->input->len;
  gssize n;

  g_string_set_size (self->input, before + READ_SIZE);
  n = recv (self->watch.fd, self->input->str + before, READ_SIZE, 0);
  g_string_set_size (self->input, before + (gsize) MAX (n, 0));
  if (n == 0 || (n < 0 && errno != EAGAIN))
    {
      connection_lost (self);
      return;
    }
  if (!self->request && n > 0)
    next_request (self);
  else if (self->input->len > INPUT_LIMIT)
    connection_lost (self);
}

static void
connection_ready (guint32 events, gpointer user_data)
{
  Connection *self = user_data;

  if (events & EPOLLERR)
    {
      connection_lost (self);
      return;
    }
  if ((events & EPOLLOUT) && self->script && !self->timer)
    {
      if (flush_output (self))
        connection_play (self);
      return; /* the connection may be gone; input is reported again */
    }
  if (events & (EPOLLIN | EPOLLHUP))
    read_input (self);
}

void
connection_start (Server *server, int fd)
{
  Connection *self = g_new0 (Connection, 1);

  self->server = server;
  self->id = ++server->accepted;
  self->input = g_string_new (NULL);
  self->output = g_string_new (NULL);
  self->watch = (LoopWatch){ .fd = fd, .func = connection_ready, .user_data = self };
  self->events = EPOLLIN;
  self->link.data = self;
  g_queue_push_tail_link (&server->connections, &self->link);
  loop_add (server->loop, &self->watch, EPOLLIN);
}

void
connection_close_all (Server *server)
{
  while (server->connections.head)
    connection_free (server->connections.head->data, FALSE);
}
