/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The providers that the program knows by itself, as of data/providers. Read at the first use and
 * constant from then on, in any thread. */

#pragma once

#include "ocg-model.h"

typedef struct
{
  OcgProvider *provider;
  GPtrArray *models; /* of OcgModel */
} OcgBuiltIn;

/* Of OcgBuiltIn, sorted by id. */
GPtrArray *ocg_built_in_get_all (void);
/* @id: in lower case. (nullable) */
const OcgBuiltIn *ocg_built_in_find (const char *id);
/* The id that @alias, in lower case, stands for; NULL when it is none. */
const char *ocg_built_in_find_alias (const char *alias);
