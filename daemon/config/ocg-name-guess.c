/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-name-guess.h"

#include <string.h>

#include "ocg-nearest.h"

/* Longer ones are no slips of the pen. */
#define MAX_LENGTH 128
#define SHORT_LENGTH 4

char *
ocg_name_fold (const char *name)
{
  GString *folded = g_string_new (NULL);

  for (const char *p = name; *p != '\0'; p++)
    if (*p != '_' && *p != '-' && *p != ' ')
      g_string_append_c (folded, g_ascii_tolower (*p));
  return g_string_free (folded, FALSE);
}

/* G_MAXUINT when it is too far. Both are folded. */
static guint
measure (const char *name, const char *candidate)
{
  gsize shorter = MIN (strlen (name), strlen (candidate));

  return shorter >= 2 ? ocg_nearest_distance (name, candidate, shorter <= SHORT_LENGTH ? 1 : 2)
                      : G_MAXUINT;
}

const char *
ocg_name_guess (const char *name, const char *const *candidates)
{
  g_autofree char *folded = NULL;
  const char *best = NULL;
  guint best_distance = G_MAXUINT;

  if (strlen (name) > MAX_LENGTH)
    return NULL;
  folded = ocg_name_fold (name);
  for (guint i = 0; candidates[i] != NULL; i++)
    {
      g_autofree char *other = ocg_name_fold (candidates[i]);
      guint distance = measure (folded, other);

      if (distance >= best_distance)
        continue;
      best = candidates[i];
      best_distance = distance;
    }
  return best;
}
