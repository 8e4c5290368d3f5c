/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Which environment variables would be of use: what to ask the login shell for. Pure. */

#pragma once

#include "ocg-catalog.h"

/* The variables that hold keys of providers, and those that both openclaw.json refer to, without
 * those that @process ("NAME=value") sets. Sorted. @files: (nullable). (transfer full) */
GStrv ocg_expected_variables (OcgCatalog *catalog, const OcgConfigFiles *files,
                              const char *const *process);
