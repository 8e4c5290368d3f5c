/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ocg-config-path.h"
#include "ocg-config-tree-merge.h"
#include "ocg-error.h"
#include "ocg-problem.h"

static char *
describe_unreadable (const OcgConfigFault *fault)
{
  /* Not g_strerror(): it keeps the first language it was asked in. */
  const char *reason = strerror (fault->error_number);

  if (fault->line == 0)
    /* TRANSLATORS: a file; what the system says, such as "Permission denied" */
    return g_strdup_printf (_ ("“%s” cannot be read: %s; check the file and its permissions"),
                            fault->file, reason);
  /* TRANSLATORS: a file; what the system says, such as "Permission denied" */
  return g_strdup_printf (_ ("“%s”, which is included here, cannot be read: %s; check the file and "
                             "its permissions"),
                          fault->file, reason);
}

/* The bounds of what may be included. */
static char *
describe_bound (const OcgConfigFault *fault)
{
  if (fault->code == OCG_CONFIG_FAULT_TOO_NESTED)
    /* TRANSLATORS: a file; a number of levels */
    return g_strdup_printf (_ ("“%s” cannot be included here, because files may include each other "
                               "%d levels deep at most; include it from an outer file"),
                            fault->file, OCG_CONFIG_TREE_MAX_INCLUDE_DEPTH);
  if (fault->code == OCG_CONFIG_FAULT_TOO_MANY)
    /* TRANSLATORS: a number of files */
    return g_strdup_printf (_ ("more than %d files would be included, each counted as often as it "
                               "stands somewhere; put some of them together"),
                            OCG_CONFIG_TREE_MAX_INCLUDES);
  if (fault->code == OCG_CONFIG_FAULT_TOO_MUCH_TEXT)
    return g_strdup_printf (_ ("with the file that is included here all of them are larger than "
                               "%d MiB together; make them smaller"),
                            OCG_CONFIG_TREE_MAX_TEXT / (1024 * 1024));
  if (fault->code == OCG_CONFIG_FAULT_TOO_DEEP)
    return g_strdup_printf (_ ("with what is included, objects and arrays are nested deeper than "
                               "%d levels; include it further outside"),
                            OCG_JSON5_MAX_DEPTH);
  return g_strdup_printf (_ ("with what is included, there are more than %d values; include less, "
                             "or each file only once"),
                          OCG_CONFIG_TREE_MAX_NODES);
}

/* What an include does not fit. */
static char *
describe_shape (const OcgConfigFault *fault)
{
  if (fault->code == OCG_CONFIG_FAULT_NO_FILE_NAME)
    return g_strdup (_ ("“$include” takes the name of a file in quotes, or a list of such names"));
  if (fault->code == OCG_CONFIG_FAULT_SIBLINGS)
    return g_strdup (_ ("other members stand beside this “$include”, but what it includes is not "
                        "an object; take them away, or include an object"));
  if (fault->file == NULL)
    return g_strdup (_ ("the file as a whole must be an object, “{ … }”"));
  return g_strdup (_ ("the file as a whole must be an object, “{ … }”, but what is included here "
                      "is something else"));
}

static char *
describe_fault (const OcgConfigFault *fault)
{
  switch (fault->code)
    {
    case OCG_CONFIG_FAULT_UNREADABLE:
      return describe_unreadable (fault);
    case OCG_CONFIG_FAULT_SYNTAX:
      return ocg_json5_problem_describe (&fault->problem);
    case OCG_CONFIG_FAULT_MISSING:
      /* TRANSLATORS: a file */
      return g_strdup_printf (_ ("“%s”, which is included here, does not exist; create it, or "
                                 "correct the name, which counts from the folder of this file"),
                              fault->file);
    case OCG_CONFIG_FAULT_CYCLE:
      /* TRANSLATORS: files with arrows between them: a → b → a */
      return g_strdup_printf (_ ("files include each other in a circle: %s; take one of these "
                                 "“$include” away"),
                              fault->file);
    case OCG_CONFIG_FAULT_NO_FILE_NAME:
    case OCG_CONFIG_FAULT_SIBLINGS:
    case OCG_CONFIG_FAULT_NOT_OBJECT:
      return describe_shape (fault);
    case OCG_CONFIG_FAULT_TOO_NESTED:
    case OCG_CONFIG_FAULT_TOO_MANY:
    case OCG_CONFIG_FAULT_TOO_MUCH_TEXT:
    case OCG_CONFIG_FAULT_TOO_DEEP:
    case OCG_CONFIG_FAULT_TOO_BIG:
    default:
      return describe_bound (fault);
    }
}

/* The way to a value, from the inside out; on the stack. */
typedef struct _Step Step;

struct _Step
{
  const Step *outer; /* NULL: the value of the whole file is around it */
  const char *name;  /* NULL for an element */
  guint index;
};

typedef struct
{
  const char *at; /* the path of the whole */
  GHashTable *paths;
  guint n_left; /* to be found */
} Search;

static char *
format_path (const Search *self, const Step *step)
{
  g_autofree char *outer = NULL;

  if (step == NULL)
    return g_strdup (self->at);
  outer = format_path (self, step->outer);
  return step->name != NULL ? ocg_config_path_join (outer, step->name)
                            : ocg_config_path_join_index (outer, step->index);
}

/* Finds the paths of the objects that are keys of the table. @step: (nullable) to @node */
static void
find_paths (Search *self, JsonNode *node, const Step *step)
{
  if (g_hash_table_contains (self->paths, node))
    {
      g_hash_table_insert (self->paths, node, format_path (self, step));
      self->n_left--;
    }
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObjectIter iter;
      Step inner = { .outer = step };
      JsonNode *value = NULL;

      json_object_iter_init (&iter, json_node_get_object (node));
      while (self->n_left > 0 && json_object_iter_next (&iter, &inner.name, &value))
        find_paths (self, value, &inner);
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);
      guint length = json_array_get_length (array);

      for (Step inner = { .outer = step }; self->n_left > 0 && inner.index < length; inner.index++)
        find_paths (self, json_array_get_element (array, inner.index), &inner);
    }
}

/* @object: (nullable) the path of the object */
static void
describe_duplicate (const OcgConfigSource *source, const OcgJson5Duplicate *duplicate,
                    const char *object, OcgProblems *problems)
{
  g_autofree char *path = NULL;
  g_autofree char *message = NULL;
  guint first_line = 0;
  guint line = 0;
  guint column = 0;

  ocg_json5_lines_locate (source->lines, duplicate->overridden, &first_line, &column);
  ocg_json5_lines_locate (source->lines, duplicate->offset, &line, &column);
  path = object != NULL ? ocg_config_path_join (object, duplicate->name) : g_strdup ("");
  /* TRANSLATORS: the name of a member, such as “models”; the number of a line */
  message = g_strdup_printf (_ ("“%s” stands in line %u already, and only this one counts; put "
                                "both together, or take one away"),
                             duplicate->name, first_line);
  ocg_problems_add_at (problems, OCG_SEVERITY_WARNING, source->document.path, line, column, path,
                       message, NULL);
}

/* Names that stand twice in one object of a file. */
static void
describe_duplicates (const OcgConfigSource *source, OcgProblems *problems)
{
  guint n = source->places != NULL ? ocg_json5_places_get_n_duplicates (source->places) : 0;
  g_autoptr (GHashTable) paths = g_hash_table_new_full (NULL, NULL, NULL, g_free);

  for (guint i = 0; i < n; i++)
    g_hash_table_insert (paths, ocg_json5_places_get_duplicate (source->places, i)->object, NULL);
  if (n > 0)
    {
      Search search = { source->at, paths, g_hash_table_size (paths) };

      find_paths (&search, source->root, NULL);
    }
  for (guint i = 0; i < n; i++)
    {
      const OcgJson5Duplicate *duplicate = ocg_json5_places_get_duplicate (source->places, i);
      describe_duplicate (source, duplicate, g_hash_table_lookup (paths, duplicate->object),
                          problems);
    }
}

void
ocg_config_tree_describe (OcgConfigTree *self, OcgProblems *problems)
{
  for (guint i = 0; i < self->faults->len; i++)
    {
      const OcgConfigFault *fault = &g_array_index (self->faults, OcgConfigFault, i);
      const char *file = ocg_config_tree_get_source (self, fault->document)->document.path;
      g_autofree char *message = describe_fault (fault);

      ocg_problems_add_at (problems, OCG_SEVERITY_ERROR, file, fault->line, fault->column,
                           fault->path, message, NULL);
    }
  for (guint i = 0; i < self->documents->len; i++)
    describe_duplicates (ocg_config_tree_get_source (self, i), problems);
}

gboolean
ocg_config_tree_check (OcgConfigTree *self, GError **error)
{
  g_autoptr (OcgProblems) problems = NULL;
  g_autofree char *line = NULL;

  if (self->root != NULL)
    return TRUE;
  problems = ocg_problems_new ();
  ocg_config_tree_describe (self, problems);
  line = ocg_problem_to_line (ocg_problems_get (problems, 0));
  /* TRANSLATORS: the file with line and column, and what is wrong there */
  g_set_error (error, OCG_ERROR, OCG_ERROR_CONFIG_INVALID,
               _ ("%s. Correct the file and load it again."), line);
  return FALSE;
}
