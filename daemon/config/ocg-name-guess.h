/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Which of a few fixed names somebody may have meant. Pure. */

#pragma once

#include <glib.h>

/* In small letters, without "_", "-" and blanks: base_url and baseUrl are the same then. */
char *ocg_name_fold (const char *name);

/* The one of @candidates (NULL-terminated) that differs least from @name when both are folded: one
 * edit for short names, two for others. NULL when there is none. (transfer none) */
const char *ocg_name_guess (const char *name, const char *const *candidates);
