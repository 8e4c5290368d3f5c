/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-problem.h"

struct _OcgProblems
{
  GPtrArray *list;       /* of OcgProblem */
  OcgConfigTree *source; /* (nullable) (unowned) */
};

static void
problem_free (OcgProblem *problem)
{
  g_free (problem->file);
  g_free (problem->path);
  g_free (problem->message);
  g_free (problem->suggestion);
  g_free (problem);
}

OcgProblems *
ocg_problems_new (void)
{
  OcgProblems *self = g_new0 (OcgProblems, 1);

  self->list = g_ptr_array_new_with_free_func ((GDestroyNotify) problem_free);
  return self;
}

void
ocg_problems_free (OcgProblems *self)
{
  g_ptr_array_unref (self->list);
  g_free (self);
}

void
ocg_problems_set_source (OcgProblems *self, OcgConfigTree *tree)
{
  self->source = tree;
}

static gboolean
has_it (OcgProblems *self, const char *file, const char *path, const char *message)
{
  for (guint i = 0; i < self->list->len; i++)
    {
      const OcgProblem *other = g_ptr_array_index (self->list, i);

      if (g_str_equal (other->path, path) && g_str_equal (other->message, message)
          && g_str_equal (other->file, file))
        return TRUE;
    }
  return FALSE;
}

void
ocg_problems_add_at (OcgProblems *self, OcgSeverity severity, const char *file, guint line,
                     guint column, const char *path, const char *message, const char *suggestion)
{
  OcgProblem *problem = NULL;

  if (has_it (self, file != NULL ? file : "", path, message))
    return;
  problem = g_new0 (OcgProblem, 1);
  problem->file = g_strdup (file != NULL ? file : "");
  problem->line = line;
  problem->column = column;
  problem->path = g_strdup (path);
  problem->severity = severity;
  problem->message = g_strdup (message);
  problem->suggestion = g_strdup (suggestion);
  g_ptr_array_add (self->list, problem);
}

void
ocg_problems_add (OcgProblems *self, OcgSeverity severity, const char *path, const char *message,
                  const char *suggestion)
{
  OcgConfigPlace place = { 0 };
  const char *file = NULL;

  if (self->source != NULL)
    file = ocg_config_tree_get_path (self->source);
  if (self->source != NULL && ocg_config_tree_find (self->source, path, &place))
    {
      GPtrArray *documents = ocg_config_tree_get_documents (self->source);

      file = ((OcgConfigDocument *) g_ptr_array_index (documents, place.document))->path;
    }
  ocg_problems_add_at (self, severity, file, place.line, place.column, path, message, suggestion);
}

guint
ocg_problems_get_n (OcgProblems *self)
{
  return self->list->len;
}

guint
ocg_problems_get_n_errors (OcgProblems *self)
{
  guint n = 0;

  for (guint i = 0; i < self->list->len; i++)
    n += ocg_problems_get (self, i)->severity == OCG_SEVERITY_ERROR ? 1 : 0;
  return n;
}

const OcgProblem *
ocg_problems_get (OcgProblems *self, guint i)
{
  return g_ptr_array_index (self->list, i);
}

char *
ocg_problem_to_line (const OcgProblem *problem)
{
  g_autoptr (GString) line = g_string_new (problem->file);

  if (problem->line > 0)
    g_string_append_printf (line, ":%u:%u", problem->line, problem->column);
  if (*problem->file != '\0')
    g_string_append (line, ": ");
  if (*problem->path != '\0')
    g_string_append_printf (line, "%s: ", problem->path);
  g_string_append (line, problem->message);
  return g_string_free (g_steal_pointer (&line), FALSE);
}

const char *
ocg_severity_to_string (OcgSeverity severity)
{
  static const char *const names[] = {
    [OCG_SEVERITY_ERROR] = "error",
    [OCG_SEVERITY_WARNING] = "warning",
    [OCG_SEVERITY_INFO] = "info",
  };

  return names[severity];
}
