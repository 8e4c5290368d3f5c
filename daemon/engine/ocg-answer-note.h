/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What one attempt tells beside its answer, once, when it is over: for limits and their headers. */

#pragma once

#include "../catalog/ocg-model.h"
#include "../wire/ocg-error-reply.h"
#include "ocg-failure.h"

typedef struct
{
  OcgModel *model;
  const char *profile; /* of the credential that went with it */
  guint status;
  OcgFailure *failure;      /* (nullable) NULL: it was answered */
  OcgHeaderFunc get_header; /* of the answer */
  gpointer headers;
} OcgAnswerNote;

/* @note is good during the call. */
typedef void (*OcgAnswerNoteFunc) (const OcgAnswerNote *note, gpointer user_data);
