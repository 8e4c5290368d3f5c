/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#pragma once

#include "api.h"
#include "script.h"

/* Adds @count numbered text deltas ("0000001 ", "0000002 ", ...) to a chunked body, made as fast as
 * the client takes them. */
void flood_add (Script *script, const Api *api, const Answer *answer, guint count);

typedef struct
{
  const char *text;
  guint left; /* 0: no end */
} Pings;

/* A StepFill that writes a chunk with a sign of life; @state: a Pings. */
gboolean flood_ping (gpointer state, GString *out);
