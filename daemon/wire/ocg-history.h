/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* A conversation made fit for any wire API, whichever it came from: turns that alternate, system
 * messages apart, each tool call with its result in the next turn and under an id that the API
 * takes, nothing empty. Pure. */

#pragma once

#include "../engine/ocg-chat.h"

/* What the API asks of ids of tool calls. */
typedef struct
{
  const char *characters; /* others become "_" */
  gsize max_length;
  gboolean is_fixed; /* exactly max_length letters and digits, as Mistral has it */
} OcgIdRules;

/* What one side says until the other speaks. */
typedef struct
{
  gboolean is_assistant;
  GPtrArray *results; /* of OcgPart (not owned): results of tools, in the order of their calls */
  GPtrArray *parts;   /* of OcgPart (not owned): the rest, calls included */
} OcgTurn;

typedef struct
{
  char *system;     /* (nullable) */
  GPtrArray *turns; /* of OcgTurn */
  GHashTable *ids;  /* OcgPart -> id */
} OcgHistory;

/* Calls without a result, and results without a call, are left out. @chat must outlive it. */
OcgHistory *ocg_history_new (OcgChat *chat, const OcgIdRules *rules);
void ocg_history_free (OcgHistory *self);

/* Asks for the schema of @chat in words, of a server that has no other way. Nothing when it has none. */
void ocg_history_ask_for_schema (OcgHistory *self, OcgChat *chat);

/* The id of a call or a result. */
const char *ocg_history_get_id (OcgHistory *self, OcgPart *part);

/* Whether @text is nothing but white space, which some servers refuse. */
gboolean ocg_history_is_blank (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgHistory, ocg_history_free)
