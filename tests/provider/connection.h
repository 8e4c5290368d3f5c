/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* One accepted socket: reads requests, plays the script that answers each. */

#pragma once

#include "log.h"
#include "loop.h"
#include "script.h"

typedef struct
{
  Loop *loop;
  Log *log;
  /* Answers a request. (transfer full) */
  Script *(*answer) (Request *request, guint nth_on_connection, gpointer user_data);
  gpointer user_data;

  GQueue connections;
  guint accepted; /* since the start */
  guint requests; /* since the start */
  guint aborted;  /* answers whose client went away */
  guint64 sent;   /* bytes */
} Server;

/* Takes @fd over and frees itself when the connection ends. */
void connection_start (Server *server, int fd);
void connection_close_all (Server *server);
