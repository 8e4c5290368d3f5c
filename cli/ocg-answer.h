/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The lines of a stream, as they are shown. */

#pragma once

#include "ocg-failure.h"

typedef enum
{
  OCG_ANSWER_TEXT,
  OCG_ANSWER_JSON,    /* one object when it is complete */
  OCG_ANSWER_EVENTS,  /* the lines as they come */
  OCG_ANSWER_REQUEST, /* what a dry run would have sent */
} OcgAnswerFormat;

typedef struct _OcgAnswer OcgAnswer;

/* Appends what is to be shown to @out (not owned). */
OcgAnswer *ocg_answer_new (OcgAnswerFormat format, gboolean show_thinking, GString *out);
void ocg_answer_free (OcgAnswer *self);

/* Takes one line. FALSE: it was the last one. */
gboolean ocg_answer_take_line (OcgAnswer *self, const char *line, gsize length);

/* Ends an answer that did not get its last line. */
void ocg_answer_fail (OcgAnswer *self, const GError *error);

/* What is to be said on standard error about an answer that is there, or NULL. (transfer none) */
const char *ocg_answer_get_remark (OcgAnswer *self);
/* A line on tokens and cost, for a failure as far as they are known; NULL: nothing is. */
char *ocg_answer_describe_usage (OcgAnswer *self);
/* What went wrong, or NULL; @is_shown: its line is in the output already. (transfer full) */
OcgFailure *ocg_answer_steal_failure (OcgAnswer *self, gboolean *is_shown);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgAnswer, ocg_answer_free)
