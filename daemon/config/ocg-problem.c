/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-problem.h"

#include <glib/gi18n.h>
#include <stdlib.h>

struct _OcgProblems
{
  GPtrArray *list;       /* of OcgProblem */
  GHashTable *known;     /* set of OcgProblem (unowned), by file, path and message */
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

static guint
problem_hash (gconstpointer key)
{
  const OcgProblem *problem = key;

  return (g_str_hash (problem->path) * 31 + g_str_hash (problem->message)) * 31
         + g_str_hash (problem->file);
}

static gboolean
problem_equal (gconstpointer a, gconstpointer b)
{
  const OcgProblem *one = a;
  const OcgProblem *other = b;

  return g_str_equal (one->path, other->path) && g_str_equal (one->message, other->message)
         && g_str_equal (one->file, other->file);
}

OcgProblems *
ocg_problems_new (void)
{
  OcgProblems *self = g_new0 (OcgProblems, 1);

  self->list = g_ptr_array_new_with_free_func ((GDestroyNotify) problem_free);
  self->known = g_hash_table_new (problem_hash, problem_equal);
  return self;
}

void
ocg_problems_free (OcgProblems *self)
{
  g_hash_table_unref (self->known);
  g_ptr_array_unref (self->list);
  g_free (self);
}

void
ocg_problems_set_source (OcgProblems *self, OcgConfigTree *tree)
{
  self->source = tree;
}

static void
append (OcgProblems *self, const OcgProblem *problem)
{
  OcgProblem *copy = g_new0 (OcgProblem, 1);

  *copy = *problem;
  copy->file = g_strdup (problem->file);
  copy->path = g_strdup (problem->path);
  copy->message = g_strdup (problem->message);
  copy->suggestion = g_strdup (problem->suggestion);
  g_ptr_array_add (self->list, copy);
  g_hash_table_add (self->known, copy);
}

/* The last entry of a full list stands for all others, and is as bad as the worst of them. */
static void
count_surplus (OcgProblems *self, const OcgProblem *problem)
{
  const OcgProblem more
      = { (char *) "", 0, 0, (char *) "", problem->severity,
          (char *) _ ("there are more problems; mend those above and check again"), NULL };
  OcgProblem *last = NULL;

  if (self->list->len == OCG_PROBLEMS_MAX)
    append (self, &more);
  last = g_ptr_array_index (self->list, OCG_PROBLEMS_MAX);
  last->severity = MIN (last->severity, problem->severity);
}

static void
add (OcgProblems *self, const OcgProblem *problem)
{
  if (g_hash_table_contains (self->known, problem))
    return;
  if (self->list->len < OCG_PROBLEMS_MAX)
    append (self, problem);
  else
    count_surplus (self, problem);
}

void
ocg_problems_add_at (OcgProblems *self, OcgSeverity severity, const char *file, guint line,
                     guint column, const char *path, const char *message, const char *suggestion)
{
  const OcgProblem problem = { .file = (char *) (file != NULL ? file : ""),
                               .line = line,
                               .column = column,
                               .path = (char *) path,
                               .severity = severity,
                               .message = (char *) message,
                               .suggestion = (char *) suggestion };

  add (self, &problem);
}

/* At its path in the source; @problem: without a place */
static void
add_in_source (OcgProblems *self, OcgProblem *problem)
{
  OcgConfigPlace place = { 0 };
  const char *file = NULL;

  if (self->source != NULL)
    file = ocg_config_tree_get_path (self->source);
  /* Looking for a place takes time, which a full list does not need. */
  if (self->source != NULL && self->list->len < OCG_PROBLEMS_MAX
      && ocg_config_tree_find (self->source, problem->path, &place))
    {
      GPtrArray *documents = ocg_config_tree_get_documents (self->source);

      file = ((OcgConfigDocument *) g_ptr_array_index (documents, place.document))->path;
    }
  problem->file = (char *) (file != NULL ? file : "");
  problem->line = place.line;
  problem->column = place.column;
  add (self, problem);
}

void
ocg_problems_add (OcgProblems *self, OcgSeverity severity, const char *path, const char *message,
                  const char *suggestion)
{
  OcgProblem problem = { .path = (char *) path,
                         .severity = severity,
                         .message = (char *) message,
                         .suggestion = (char *) suggestion };

  add_in_source (self, &problem);
}

void
ocg_problems_add_missing_variable (OcgProblems *self, OcgSeverity severity, const char *path,
                                   const char *name)
{
  /* TRANSLATORS: %s is the name of an environment variable */
  g_autofree char *message = g_strdup_printf (
      _ ("the environment variable “%s” is not set; set it, or remove it from here"), name);
  OcgProblem problem = { .path = (char *) path,
                         .severity = severity,
                         .message = message,
                         .is_outside = TRUE };

  add_in_source (self, &problem);
}

typedef struct
{
  guint file; /* as many files were named before */
  guint before;
  OcgProblem *problem;
} Ranked;

static int
compare_ranked (gconstpointer a, gconstpointer b)
{
  const Ranked *one = a;
  const Ranked *other = b;
  const guint keys[][2] = { { one->file, other->file },
                            { one->problem->line, other->problem->line },
                            { one->problem->column, other->problem->column },
                            { one->before, other->before } };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (keys[i][0] != keys[i][1])
      return keys[i][0] < keys[i][1] ? -1 : 1;
  return 0;
}

void
ocg_problems_sort (OcgProblems *self)
{
  guint length = MIN (self->list->len, OCG_PROBLEMS_MAX);
  g_autofree Ranked *ranked = g_new (Ranked, length + 1);
  g_autoptr (GHashTable) files = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < length; i++)
    {
      OcgProblem *problem = g_ptr_array_index (self->list, i);

      if (!g_hash_table_contains (files, problem->file))
        g_hash_table_insert (files, problem->file, GUINT_TO_POINTER (g_hash_table_size (files)));
      ranked[i] = (Ranked){ GPOINTER_TO_UINT (g_hash_table_lookup (files, problem->file)), i,
                            problem };
    }
  qsort (ranked, length, sizeof (Ranked), compare_ranked);
  for (guint i = 0; i < length; i++)
    g_ptr_array_index (self->list, i) = ranked[i].problem;
}

guint
ocg_problems_get_n (OcgProblems *self)
{
  return self->list->len;
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
