/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The tool calls of one openai-completions answer, and which of them a fragment belongs to: servers
 * number them, or repeat ids, or neither. Pure. */

#pragma once

#include "ocg-wire-call.h"

#define OCG_NO_INDEX (-1)

typedef struct
{
  GPtrArray *calls;     /* of OcgWireCall, in the order in which they came */
  GHashTable *by_index; /* the server's index -> OcgWireCall */
} OcgCallList;

OcgCallList *ocg_call_list_new (void);
void ocg_call_list_free (OcgCallList *self);

/* The call of a fragment, a new one if it is of none. @index: the server's, or OCG_NO_INDEX; @id,
 * @name: (nullable). (transfer none) */
OcgWireCall *ocg_call_list_get (OcgCallList *self, gint64 index, const char *id, const char *name);
