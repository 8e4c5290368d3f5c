/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-nearest.h"

#include <string.h>

static gboolean
is_same (char a, char b)
{
  return g_ascii_tolower (a) == g_ascii_tolower (b);
}

/* Two neighbours that changed places are one edit. With three rows of the matrix. */
guint
ocg_nearest_distance (const char *a, const char *b)
{
  gsize length = strlen (b);
  g_autofree guint *before = g_new0 (guint, length + 1);
  g_autofree guint *above = g_new (guint, length + 1);
  g_autofree guint *row = g_new (guint, length + 1);

  for (gsize j = 0; j <= length; j++)
    row[j] = (guint) j;
  for (gsize i = 0; a[i] != '\0'; i++)
    {
      guint *swap = before;

      before = above;
      above = row;
      row = swap;
      row[0] = (guint) i + 1;
      for (gsize j = 0; j < length; j++)
        {
          guint changed = above[j] + (is_same (a[i], b[j]) ? 0 : 1);

          row[j + 1] = MIN (changed, MIN (above[j + 1], row[j]) + 1);
          if (i > 0 && j > 0 && is_same (a[i], b[j - 1]) && is_same (a[i - 1], b[j]))
            row[j + 1] = MIN (row[j + 1], before[j - 1] + 1);
        }
    }
  return row[length];
}

static const char *
after_slash (const char *name)
{
  const char *slash = strchr (name, '/');

  return slash != NULL ? slash + 1 : name;
}

static gboolean
begins_with (const char *text, const char *prefix)
{
  return *prefix != '\0' && g_ascii_strncasecmp (text, prefix, strlen (prefix)) == 0;
}

/* Somebody may have left out or mistaken the provider, or only begun to write the id. */
static guint
score (const char *name, const char *candidate)
{
  const char *id = after_slash (name);
  const char *candidate_id = after_slash (candidate);
  guint best = ocg_nearest_distance (name, candidate);

  if (candidate_id != candidate)
    {
      best = MIN (best, ocg_nearest_distance (name, candidate_id));
      best = MIN (best, ocg_nearest_distance (id, candidate_id) + 1);
    }
  if (begins_with (candidate_id, id))
    best = MIN (best, 2);
  return best;
}

static gboolean
differ_little (gsize a, gsize b, guint limit)
{
  return MAX (a, b) - MIN (a, b) <= limit;
}

/* FALSE when the lengths alone say that score() is above @limit. */
static gboolean
may_be_near (const char *name, const char *candidate, guint limit)
{
  const char *id = after_slash (name);
  const char *candidate_id = after_slash (candidate);

  return begins_with (candidate_id, id)
         || differ_little (strlen (name), strlen (candidate), limit)
         || differ_little (strlen (name), strlen (candidate_id), limit)
         || differ_little (strlen (id), strlen (candidate_id), limit);
}

GPtrArray *
ocg_nearest_names (const char *name, GPtrArray *candidates, guint max)
{
  GPtrArray *nearest = g_ptr_array_new ();
  guint limit = MAX (2, (guint) strlen (after_slash (name)) / 4);
  g_autofree guint *scores = g_new (guint, candidates->len);

  for (guint i = 0; i < candidates->len; i++)
    scores[i] = may_be_near (name, g_ptr_array_index (candidates, i), limit)
                    ? score (name, g_ptr_array_index (candidates, i))
                    : G_MAXUINT;
  for (guint wanted = 0; wanted <= limit; wanted++)
    for (guint i = 0; i < candidates->len && nearest->len < max; i++)
      if (scores[i] == wanted)
        g_ptr_array_add (nearest, g_ptr_array_index (candidates, i));
  return nearest;
}
