/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Error answers as the real servers send them. */

#pragma once

#include "plan.h"

typedef struct
{
  const char *name; /* of the scenario */
  guint status;
  const char *type;    /* error.type; NULL: message is the whole body */
  /* @KEY@, @MODEL@, @PATH@ of the request and @RESET@, a time in ten minutes, are replaced */
  const char *message;
  const char *code;    /* (nullable) error.details.error_code, or OpenAI's error.code */
  const char *header;  /* (nullable) one more header; @N@ is the number of the scenario's name */
  const char *help;
} ErrorRow;

/* For all APIs, and what the two of OpenAI have more of, or in words of their own. */
extern const ErrorRow error_rows[];
extern const guint n_error_rows;
extern const ErrorRow openai_error_rows[];
extern const guint n_openai_error_rows;

const ErrorRow *error_find (const char *name, const Api *api); /* or NULL */
void error_apply (const ErrorRow *row, Plan *plan);
void error_describe (GString *out);
