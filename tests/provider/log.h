/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What happened on the wire, as JSON lines that tests read; each is written at once. */

#pragma once

#include "request.h"

typedef struct _Log Log;

/* @path: (nullable) NULL logs nowhere. NULL with errno set when it cannot be opened. */
Log *log_new (const char *path);
void log_free (Log *self);

/* {"conn":1,"method":"POST","path":"/...","headers":{...},"body":"..."} */
void log_request (Log *self, guint conn, Request *request);
/* {"event":"aborted","conn":1,"path":"/...","sent":123}; @path is NULL outside of a request */
void log_event (Log *self, const char *event, guint conn, const char *path, guint64 sent);
