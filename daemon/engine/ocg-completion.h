/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The answer as it grows: fed with canonical events, read when it is complete or has failed. */

#pragma once

#include "ocg-event.h"

typedef enum
{
  OCG_ANSWER_TEXT,
  OCG_ANSWER_THINKING,
  OCG_ANSWER_TOOL_CALL,
} OcgAnswerPartType;

typedef struct
{
  OcgAnswerPartType type;
  GString *text; /* text, thinking, or the arguments of a tool call (JSON) */
  char *replay;  /* (nullable) thinking */
  guint index;   /* tool call */
  char *id;
  char *name;
  gboolean done; /* a tool call whose end has come: only those are handed out */
} OcgAnswerPart;

typedef struct
{
  GPtrArray *parts; /* of OcgAnswerPart */
  GHashTable *calls; /* index -> OcgAnswerPart (not owned): the last call under it */
  OcgUsage usage;
  OcgStopReason stop;
  gboolean pause;
  char *refusal; /* (nullable) */
  gboolean has_content;
  gsize size;    /* bytes held, about */
} OcgCompletion;

OcgCompletion *ocg_completion_new (void);
void ocg_completion_free (OcgCompletion *self);
void ocg_completion_add (OcgCompletion *self, const OcgEvent *event);

/* All parts of one kind as one string. */
char *ocg_completion_dup_text (OcgCompletion *self, OcgAnswerPartType type);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgCompletion, ocg_completion_free)
