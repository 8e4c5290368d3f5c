/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-nearest.h"

#include <string.h>

/* Longer names are like no others. */
#define MAX_LENGTH 300
#define FAR G_MAXUINT16

/* Three rows of the matrix, of which only the cells near the diagonal are filled. */
typedef struct
{
  char a[MAX_LENGTH + 1];
  char b[MAX_LENGTH + 1];
  guint16 cells[3][MAX_LENGTH + 2];
  guint16 *before, *above, *row;
} Matrix;

static void
fold (char *folded, const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    folded[i] = text[i] >= 'A' && text[i] <= 'Z' ? (char) (text[i] - 'A' + 'a') : text[i];
  folded[length] = '\0';
}

/* Two neighbours that changed places are one edit. @i, @j: from 1 */
static guint16
measure (const Matrix *self, gsize i, gsize j)
{
  char a = self->a[i - 1];
  char b = self->b[j - 1];
  guint best = self->above[j - 1] + (a == b ? 0u : 1u);

  best = MIN (best, MIN (self->above[j], self->row[j - 1]) + 1u);
  if (i > 1 && j > 1 && a == self->b[j - 2] && self->a[i - 2] == b)
    best = MIN (best, self->before[j - 2] + 1u);
  return (guint16) MIN (best, FAR);
}

/* Fills row @i as far as it is within @limit of the diagonal, and returns the least in it. */
static guint
fill_row (Matrix *self, gsize i, gsize columns, guint limit)
{
  gsize first = i > limit ? i - limit : 1;
  gsize last = MIN (columns, i + limit);
  guint least = FAR;

  self->row[first - 1] = first == 1 ? (guint16) i : FAR;
  for (gsize j = first; j <= last; j++)
    {
      self->row[j] = measure (self, i, j);
      least = MIN (least, self->row[j]);
    }
  self->row[last + 1] = FAR;
  return MIN (least, self->row[first - 1]);
}

static void
next_row (Matrix *self)
{
  guint16 *free_row = self->before;

  self->before = self->above;
  self->above = self->row;
  self->row = free_row;
}

guint
ocg_nearest_distance (const char *a, const char *b, guint limit)
{
  gsize rows = strlen (a);
  gsize columns = strlen (b);
  guint least = 0;
  Matrix m;

  if (rows > MAX_LENGTH || columns > MAX_LENGTH
      || MAX (rows, columns) - MIN (rows, columns) > limit)
    return G_MAXUINT;
  limit = MIN (limit, MAX_LENGTH);
  fold (m.a, a, rows);
  fold (m.b, b, columns);
  m.before = m.cells[0];
  m.above = m.cells[1];
  m.row = m.cells[2];
  for (gsize j = 0; j <= columns; j++)
    m.row[j] = (guint16) j;
  m.row[columns + 1] = FAR;
  for (gsize i = 1; i <= rows; i++)
    {
      guint least_above = least;

      next_row (&m);
      least = fill_row (&m, i, columns, limit);
      if (MIN (least, least_above + 1) > limit)
        return G_MAXUINT;
    }
  return m.row[columns] <= limit ? m.row[columns] : G_MAXUINT;
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

/* Somebody may have left out or mistaken the provider, or only begun to write the id. Above @limit
 * for what is not near. */
static guint
score (const char *name, const char *candidate, guint limit)
{
  const char *id = after_slash (name);
  const char *candidate_id = after_slash (candidate);
  guint best = ocg_nearest_distance (name, candidate, limit);

  if (candidate_id != candidate)
    {
      guint of_ids = limit > 0 ? ocg_nearest_distance (id, candidate_id, limit - 1) : G_MAXUINT;

      best = MIN (best, ocg_nearest_distance (name, candidate_id, limit));
      best = MIN (best, of_ids < G_MAXUINT ? of_ids + 1 : of_ids);
    }
  if (begins_with (candidate_id, id))
    best = MIN (best, 2);
  return best;
}

/* Behind those that are as near. */
static void
insert (GPtrArray *nearest, GArray *scores, const char *name, guint its_score)
{
  guint at = nearest->len;

  while (at > 0 && g_array_index (scores, guint, at - 1) > its_score)
    at--;
  g_ptr_array_insert (nearest, (int) at, (gpointer) name);
  g_array_insert_val (scores, at, its_score);
}

GPtrArray *
ocg_nearest_names (const char *name, GPtrArray *candidates, guint max)
{
  GPtrArray *nearest = g_ptr_array_new ();
  g_autoptr (GArray) scores = g_array_new (FALSE, FALSE, sizeof (guint));
  guint limit = MAX (2, (guint) MIN (strlen (after_slash (name)), MAX_LENGTH) / 4);

  for (guint i = 0; i < candidates->len; i++)
    {
      const char *candidate = g_ptr_array_index (candidates, i);
      guint its_score = score (name, candidate, limit);

      if (its_score > limit)
        continue;
      insert (nearest, scores, candidate, its_score);
      if (nearest->len < max)
        continue;
      /* Only what is nearer than the last of these still counts, which is quickly seen. */
      g_ptr_array_set_size (nearest, (int) max);
      g_array_set_size (scores, max);
      limit = g_array_index (scores, guint, max - 1);
      if (limit-- == 0)
        break;
    }
  return nearest;
}
