/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-problem-log.h"

struct _OcgProblemLog
{
  GHashTable *lines; /* of the last time */
};

OcgProblemLog *
ocg_problem_log_new (void)
{
  OcgProblemLog *self = g_new0 (OcgProblemLog, 1);

  self->lines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
ocg_problem_log_free (OcgProblemLog *self)
{
  g_hash_table_unref (self->lines);
  g_free (self);
}

/* Without its place: an edit above moves it, and it is the same problem still. The message may name
 * another line. */
static char *
name_problem (const OcgProblem *problem)
{
  GString *name = g_string_new (problem->file);

  g_string_append_printf (name, " %s ", problem->path);
  for (const char *p = problem->message; *p != '\0'; p++)
    if (!g_ascii_isdigit (*p))
      g_string_append_c (name, *p);
  return g_string_free (name, FALSE);
}

void
ocg_problem_log_take (OcgProblemLog *self, OcgProblems *problems)
{
  g_autoptr (GHashTable) before = self->lines;

  self->lines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < ocg_problems_get_n (problems); i++)
    {
      const OcgProblem *problem = ocg_problems_get (problems, i);
      char *name = name_problem (problem);
      g_autofree char *line = ocg_problem_to_line (problem);

      if (g_hash_table_contains (before, name))
        g_debug ("still: %s", line);
      else if (problem->severity == OCG_SEVERITY_INFO)
        g_info ("%s", line);
      else
        g_warning ("%s", line);
      g_hash_table_add (self->lines, name);
    }
}
