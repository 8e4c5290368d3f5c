/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-command.h"

#include <string.h>

#define MAX_SUGGESTIONS 3
#define MAX_DISTANCE_LENGTH 63

const OcgCommand *
ocg_command_find (const char *words)
{
  for (const OcgCommand *c = ocg_commands; c->words != NULL; c++)
    if (g_str_equal (c->words, words))
      return c;
  return NULL;
}

gboolean
ocg_command_is_group (const char *words)
{
  gsize length = strlen (words);

  for (const OcgCommand *c = ocg_commands; c->words != NULL; c++)
    if (length == 0 || (strncmp (c->words, words, length) == 0 && c->words[length] == ' '))
      return TRUE;
  return FALSE;
}

/* How many letters have to be added, taken away, changed or swapped with their neighbour. */
static guint
distance (const char *a, const char *b)
{
  gsize a_length = strlen (a);
  gsize b_length = strlen (b);
  guint rows[3][MAX_DISTANCE_LENGTH + 1];

  if (a_length > MAX_DISTANCE_LENGTH || b_length > MAX_DISTANCE_LENGTH)
    return G_MAXUINT;

  for (gsize j = 0; j <= b_length; j++)
    rows[0][j] = (guint) j;
  for (gsize i = 1; i <= a_length; i++)
    {
      guint *row = rows[i % 3];
      const guint *above = rows[(i + 2) % 3];
      const guint *two_above = rows[(i + 1) % 3];

      row[0] = (guint) i;
      for (gsize j = 1; j <= b_length; j++)
        {
          guint change = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);

          row[j] = MIN (MIN (above[j], row[j - 1]) + 1, change);
          if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
            row[j] = MIN (row[j], two_above[j - 2] + 1);
        }
    }
  return rows[a_length % 3][b_length];
}

static gboolean
is_near (guint difference, const char *typed)
{
  return difference <= MAX (1, MIN (strlen (typed) / 3, 4));
}

const char *
ocg_command_nearest (const char *typed, const char *const *candidates)
{
  const char *best = NULL;
  guint best_distance = G_MAXUINT;

  for (guint i = 0; candidates[i] != NULL; i++)
    {
      guint d = distance (typed, candidates[i]);

      if (d < best_distance && is_near (d, typed))
        {
          best = candidates[i];
          best_distance = d;
        }
    }
  return best;
}

/* The sum over the words that both have, or G_MAXUINT when two of them are not near. */
static guint
rate_words (GStrv typed, GStrv words)
{
  guint sum = 0;

  for (guint i = 0; typed[i] != NULL && words[i] != NULL; i++)
    {
      guint d = distance (typed[i], words[i]);

      if (!is_near (d, typed[i]))
        return G_MAXUINT;
      sum += d;
    }
  return sum;
}

/* How far @typed is from @words: from the beginning, with or without operands behind it, or from
 * its last words only ("aliases list" for "models aliases list"). G_MAXUINT when it is not near. */
static guint
rate (const char *typed, const char *words)
{
  g_auto (GStrv) typed_words = g_strsplit (typed, " ", -1);
  g_auto (GStrv) command_words = g_strsplit (words, " ", -1);
  guint n_typed = g_strv_length (typed_words);
  guint n_command = g_strv_length (command_words);
  guint best = G_MAXUINT;

  for (guint skip = 0; skip < n_command; skip++)
    {
      guint sum = rate_words (typed_words, command_words + skip);
      guint n_left = n_command - skip;

      if (sum != G_MAXUINT)
        best = MIN (best, 2 * sum + skip + (n_typed > n_left ? n_typed - n_left : 0));
    }
  return best;
}

/* Whether @words is all understood already: naming it again would be no help. */
static gboolean
is_beginning_of (const char *words, const char *typed)
{
  gsize length = strlen (words);

  return strncmp (typed, words, length) == 0 && typed[length] == ' ';
}

typedef struct
{
  const char *words;
  guint rating;
} Suggestion;

static int
compare_suggestions (gconstpointer a, gconstpointer b)
{
  const Suggestion *left = a;
  const Suggestion *right = b;

  return left->rating < right->rating ? -1 : left->rating > right->rating;
}

GStrv
ocg_command_suggest (const char *typed)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (Suggestion));
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (const OcgCommand *c = ocg_commands; c->words != NULL; c++)
    {
      Suggestion suggestion = { c->words, rate (typed, c->words) };

      if (suggestion.rating != G_MAXUINT && !is_beginning_of (c->words, typed))
        g_array_append_val (found, suggestion);
    }
  g_array_sort (found, compare_suggestions);
  for (guint i = 0; i < MIN (found->len, MAX_SUGGESTIONS); i++)
    g_strv_builder_add (names, g_array_index (found, Suggestion, i).words);
  return g_strv_builder_end (names);
}
