/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* One completion from the call to its last line: Stream(), the pipe, Ctrl-C. */

#pragma once

#include "ocg-client.h"
#include "ocg-writer.h"

#include <gio/gunixfdlist.h>

/* Gets each line of the pipe, without its end. FALSE: that was the last one. */
typedef gboolean (*OcgStreamLine) (const char *line, gsize length, gpointer user_data);

typedef struct
{
  const char *model;
  GVariant *messages; /* floating references are taken */
  GVariant *options;
  GUnixFDList *fds; /* (nullable) that @messages point into */
  OcgWriter *writer; /* flushed after each batch of lines */
  OcgStreamLine on_line;
  gpointer user_data;
} OcgStreamCall;

/* Runs a main loop until the last line is handled and written. SIGINT and SIGTERM cancel the
 * request and the gateway's own last line is waited for; when it does not come within 2 s, this
 * fails with OCG_ERROR_CANCELLED. Another stream that ends without a last line is
 * G_DBUS_ERROR_NO_REPLY. */
gboolean ocg_stream_run (OcgClient *client, const OcgStreamCall *call, GError **error);
