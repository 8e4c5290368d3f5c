/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* A small epoll loop with timers: thousands of descriptors cost nothing while they are idle, which
 * cannot be said of as many GSources. */

#pragma once

#include <glib.h>

typedef struct _Loop Loop;
typedef struct _LoopTimer LoopTimer;

/* @events: EPOLLIN and so on */
typedef void (*LoopFdFunc) (guint32 events, gpointer user_data);
typedef void (*LoopTimerFunc) (gpointer user_data);

/* What epoll points to; embed it in the owner of the descriptor. */
typedef struct
{
  int fd;
  LoopFdFunc func;
  gpointer user_data;
} LoopWatch;

Loop *loop_new (void);
void loop_free (Loop *self);

/* FALSE when the descriptor cannot be polled, a regular file for example. */
gboolean loop_add (Loop *self, LoopWatch *watch, guint32 events);
void loop_modify (Loop *self, LoopWatch *watch, guint32 events);
/* Call it before the descriptor is closed; @watch is not touched afterwards. */
void loop_remove (Loop *self, LoopWatch *watch);

/* One shot. */
LoopTimer *loop_add_timer (Loop *self, guint ms, LoopTimerFunc func, gpointer user_data);
void loop_cancel_timer (Loop *self, LoopTimer *timer);

void loop_run (Loop *self);
void loop_quit (Loop *self);
