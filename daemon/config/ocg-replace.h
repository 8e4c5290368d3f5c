/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Puts a value, which is taken, in the place of one that is freed. */

#pragma once

#include <glib.h>

static inline void
ocg_replace_string (char **place, char *value)
{
  g_free (*place);
  *place = value;
}

static inline void
ocg_replace_strings (GStrv *place, GStrv value)
{
  g_strfreev (*place);
  *place = value;
}
