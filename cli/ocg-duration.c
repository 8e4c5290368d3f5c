/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-duration.h"

#include "ocg-error.h"

#include <glib/gi18n.h>
#include <string.h>

#define SECOND G_GINT64_CONSTANT (1000)
#define MAX_DURATION (SECOND * 60 * 60 * 24 * 366 * 100)

static const struct
{
  const char *unit;
  gint64 milliseconds;
} units[] = {
  { "s", SECOND },
  { "m", 60 * SECOND },
  { "h", 60 * 60 * SECOND },
  { "d", 24 * 60 * 60 * SECOND },
  { "w", 7 * 24 * 60 * 60 * SECOND },
  { "", 24 * 60 * 60 * SECOND },
};

gboolean
ocg_duration_parse (const char *text, gint64 *milliseconds, GError **error)
{
  gsize n_digits = strspn (text, G_CSET_DIGITS);
  g_autofree char *digits = g_strndup (text, n_digits);
  guint64 number = 0;

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_ascii_strcasecmp (text + n_digits, units[i].unit) == 0
        && g_ascii_string_to_unsigned (
            digits, 10, 1, (guint64) (MAX_DURATION / units[i].milliseconds), &number, NULL))
      {
        *milliseconds = (gint64) number * units[i].milliseconds;
        return TRUE;
      }
  g_set_error_literal (
      error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
      _ ("That is no span of time. Write it as a number and a unit, up to a hundred "
         "years, such as 365d, 12h, 30m or 90s."));
  return FALSE;
}
