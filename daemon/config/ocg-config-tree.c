/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-config-tree.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ocg-config-path.h"
#include "ocg-error.h"
#include "ocg-json5-edit.h"
#include "ocg-problem.h"

struct _OcgConfigTree
{
  gatomicrefcount ref_count;
  char *top;            /* (nullable) */
  GPtrArray *documents; /* of OcgConfigDocument */
  JsonNode *root;       /* (nullable) */
  int error_number;     /* of the reading, 0: none */
  OcgJson5Problem problem;
};

static void
document_free (OcgConfigDocument *document)
{
  g_free (document->path);
  g_free (document->text);
  g_free (document->hash);
  g_free (document);
}

static int
read_file (OcgConfigFile *file, const char *path, gpointer user_data)
{
  return ocg_config_file_read (file, path);
}

static void
parse (OcgConfigTree *self, OcgConfigDocument *document)
{
  g_autoptr (JsonNode) root = NULL;

  if (strlen (document->text) == document->length && ocg_json5_is_blank (document->text))
    {
      g_autoptr (JsonObject) object = json_object_new ();
      self->root = json_node_init_object (json_node_alloc (), object);
      return;
    }
  root = ocg_json5_read (document->text, document->length, &self->problem);
  if (root != NULL && !JSON_NODE_HOLDS_OBJECT (root))
    self->problem = (OcgJson5Problem) { .fault = OCG_JSON5_NOT_OBJECT, .line = 1, .column = 1 };
  else
    self->root = g_steal_pointer (&root);
}

OcgConfigTree *
ocg_config_tree_load_part (const char *path, const char *top, OcgConfigReadFunc read,
                           gpointer user_data)
{
  OcgConfigTree *self = g_new0 (OcgConfigTree, 1);
  OcgConfigDocument *document = g_new0 (OcgConfigDocument, 1);
  g_auto (OcgConfigFile) file = { 0 };

  g_atomic_ref_count_init (&self->ref_count);
  self->top = g_strdup (top);
  self->documents = g_ptr_array_new_with_free_func ((GDestroyNotify) document_free);
  document->path = g_strdup (path);
  g_ptr_array_add (self->documents, document);
  self->error_number = (read != NULL ? read : read_file) (&file, path, user_data);
  document->exists = file.exists;
  document->text = file.text != NULL ? g_steal_pointer (&file.text) : g_strdup ("");
  document->length = file.length;
  document->hash = file.hash != NULL ? g_steal_pointer (&file.hash) : g_strdup ("");
  if (self->error_number == 0)
    parse (self, document);
  return self;
}

OcgConfigTree *
ocg_config_tree_load (const char *path, OcgConfigReadFunc read, gpointer user_data)
{
  return ocg_config_tree_load_part (path, NULL, read, user_data);
}

OcgConfigTree *
ocg_config_tree_ref (OcgConfigTree *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
ocg_config_tree_unref (OcgConfigTree *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->top);
  g_ptr_array_unref (self->documents);
  g_clear_pointer (&self->root, json_node_unref);
  g_free (self);
}

static OcgConfigDocument *
main_document (OcgConfigTree *self)
{
  return g_ptr_array_index (self->documents, 0);
}

const char *
ocg_config_tree_get_path (OcgConfigTree *self)
{
  return main_document (self)->path;
}

gboolean
ocg_config_tree_exists (OcgConfigTree *self)
{
  return main_document (self)->exists;
}

gboolean
ocg_config_tree_is_valid (OcgConfigTree *self)
{
  return self->root != NULL;
}

const char *
ocg_config_tree_get_hash (OcgConfigTree *self)
{
  return main_document (self)->hash;
}

JsonNode *
ocg_config_tree_get_root (OcgConfigTree *self)
{
  return self->root;
}

GPtrArray *
ocg_config_tree_get_documents (OcgConfigTree *self)
{
  return self->documents;
}

void
ocg_config_tree_describe (OcgConfigTree *self, OcgProblems *problems)
{
  const char *path = main_document (self)->path;

  if (self->root != NULL)
    return;
  if (self->error_number != 0)
    {
      /* TRANSLATORS: a file; what the system says, such as "Permission denied" */
      g_autofree char *message
          = g_strdup_printf (_ ("“%s” cannot be read: %s. Check the file and its permissions."),
                             path, strerror (self->error_number));
      ocg_problems_add_at (problems, OCG_SEVERITY_ERROR, path, 0, 0, "", message, NULL);
      return;
    }
  g_autofree char *what = ocg_json5_problem_describe (&self->problem);
  ocg_problems_add_at (problems, OCG_SEVERITY_ERROR, path, self->problem.line,
                       self->problem.column, "", what, NULL);
}

gboolean
ocg_config_tree_check (OcgConfigTree *self, GError **error)
{
  g_autoptr (OcgProblems) problems = ocg_problems_new ();
  g_autofree char *line = NULL;

  if (self->root != NULL)
    return TRUE;
  ocg_config_tree_describe (self, problems);
  line = ocg_problem_to_line (ocg_problems_get (problems, 0));
  /* TRANSLATORS: the file with line and column, and what is wrong there */
  g_set_error (error, OCG_ERROR, OCG_ERROR_CONFIG_INVALID,
               _ ("%s. Correct the file and load it again."), line);
  return FALSE;
}

gboolean
ocg_config_tree_find (OcgConfigTree *self, const char *path, OcgConfigPlace *place)
{
  return FALSE;
}

void
ocg_config_target_free (OcgConfigTarget *self)
{
  g_strfreev (self->segments);
  g_free (self);
}

OcgConfigTarget *
ocg_config_tree_locate (OcgConfigTree *self, const char *const *segments)
{
  OcgConfigTarget *target = g_new0 (OcgConfigTarget, 1);

  target->segments = g_strdupv ((char **) segments);
  return target;
}

GPtrArray *
ocg_config_tree_locate_all (OcgConfigTree *self, const char *const *segments)
{
  GPtrArray *targets = g_ptr_array_new_with_free_func ((GDestroyNotify) ocg_config_target_free);

  g_ptr_array_add (targets, ocg_config_tree_locate (self, segments));
  return targets;
}
