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
  const char *message; /* @KEY@, @MODEL@ and @RESET@ (a time in ten minutes) are replaced */
  const char *code;    /* (nullable) error.details.error_code */
  const char *header;  /* (nullable) one more header; @N@ is the number of the scenario's name */
  const char *help;
} ErrorRow;

extern const ErrorRow error_rows[];
extern const guint n_error_rows;

void error_apply (const ErrorRow *row, Plan *plan);
