/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-config-include.h"

#include <limits.h>
#include <string.h>

#include "ocg-config-path.h"

/* How the scan came to a value, across files: a list on the stack. */
typedef struct _Step Step;
struct _Step
{
  const Step *up;   /* (nullable) */
  const char *name; /* (nullable) NULL: an item */
  guint index;
};

typedef struct
{
  OcgConfigTree *tree;
  OcgConfigReadFunc read; /* (nullable) */
  gpointer user_data;
  GHashTable *by_path; /* path -> index + 1 of the document */
  GArray *chain;       /* guint: the documents that are being read, the outermost first */
  gsize n_text;
  gboolean stopped; /* a bound was reached: nothing more is read */
} Reader;

static gboolean scan (Reader *self, guint document, JsonNode *node, const Step *step,
                      guint depth);

static char *
format_step (Reader *self, const Step *step)
{
  g_autofree char *parent = NULL;

  if (step == NULL)
    return self->tree->top == NULL
               ? g_strdup ("")
               : ocg_config_path_format ((const char *const *) self->tree->top,
                                         g_strv_length (self->tree->top));
  parent = format_step (self, step->up);
  return step->name != NULL ? ocg_config_path_join (parent, step->name)
                            : ocg_config_path_join_index (parent, step->index);
}

static OcgConfigSource *
add_source (Reader *self, const char *path, const Step *step, guint *document)
{
  OcgConfigSource *source = ocg_config_source_new (path, format_step (self, step));

  *document = self->tree->documents->len;
  g_ptr_array_add (self->tree->documents, source);
  g_hash_table_insert (self->by_path, source->document.path, GUINT_TO_POINTER (*document + 1));
  ocg_config_source_read (source, self->read, self->user_data);
  self->n_text += source->document.length;
  return source;
}

static void
parse (Reader *self, guint index)
{
  OcgJson5Problem problem = { .fault = OCG_JSON5_OK };
  OcgConfigFault *fault = NULL;

  if (ocg_config_source_parse (ocg_config_tree_get_source (self->tree, index), &problem))
    return;
  fault = ocg_config_tree_add_fault (self->tree, OCG_CONFIG_FAULT_SYNTAX, index, NULL,
                                     g_strdup (""), NULL);
  if (fault == NULL)
    return;
  fault->line = problem.line;
  fault->column = problem.column;
  fault->problem = problem;
}

/* The place in the chain of the file that @path is, or leads to through symlinks; -1: none. */
static int
find_in_chain (Reader *self, guint index)
{
  OcgConfigSource *source = ocg_config_tree_get_source (self->tree, index);

  for (guint i = 0; i < self->chain->len; i++)
    {
      guint active = g_array_index (self->chain, guint, i);

      if (ocg_config_source_is_same (source, ocg_config_tree_get_source (self->tree, active)))
        return (int) i;
    }
  return -1;
}

/* "a → b → a": from the file that comes again to the place where it does. */
static char *
format_chain (Reader *self, guint from, guint last)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = from; i < self->chain->len; i++)
    {
      guint index = g_array_index (self->chain, guint, i);
      g_string_append (text, ocg_config_tree_get_source (self->tree, index)->document.path);
      g_string_append (text, " → ");
    }
  g_string_append (text, ocg_config_tree_get_source (self->tree, last)->document.path);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
scan_document (Reader *self, guint index, const Step *step)
{
  OcgConfigSource *source = ocg_config_tree_get_source (self->tree, index);

  if (source->root == NULL)
    return;
  g_array_append_val (self->chain, index);
  scan (self, index, source->root, step, 1);
  g_array_set_size (self->chain, self->chain->len - 1);
}

/* Where a file stands twice, all that it includes does. */
static void
mark_repeated (Reader *self, guint index)
{
  OcgConfigSource *source = ocg_config_tree_get_source (self->tree, index);

  if (source->repeated)
    return;
  source->repeated = TRUE;
  for (guint i = 0; i < source->targets->len; i++)
    mark_repeated (self, g_array_index (source->targets, guint, i));
}

/* The place of an include. */
typedef struct
{
  guint document;
  JsonNode *at;       /* what names the file */
  const Step *step;   /* to it */
  const Step *holder; /* to the object with the $include */
} Site;

static OcgConfigFault *
add_site_fault (Reader *self, OcgConfigFaultCode code, const Site *site, char *file)
{
  return ocg_config_tree_add_fault (self->tree, code, site->document, site->at,
                                    format_step (self, site->step), file);
}

/* Whether there is a text that can be read; what is wrong in it has been said already. */
static gboolean
check_text (Reader *self, const Site *site, guint index)
{
  OcgConfigSource *target = ocg_config_tree_get_source (self->tree, index);
  OcgConfigFault *fault = NULL;

  if (target->error_number == 0 && target->document.exists)
    return TRUE;
  fault = add_site_fault (self,
                          target->error_number != 0 ? OCG_CONFIG_FAULT_UNREADABLE
                                                    : OCG_CONFIG_FAULT_MISSING,
                          site, g_strdup (target->document.path));
  if (fault != NULL)
    fault->error_number = target->error_number;
  return FALSE;
}

static gboolean
check_no_cycle (Reader *self, const Site *site, guint index)
{
  int first = find_in_chain (self, index);

  if (first >= 0)
    add_site_fault (self, OCG_CONFIG_FAULT_CYCLE, site, format_chain (self, (guint) first, index));
  return first < 0;
}

/* @height: of the file to be included */
static gboolean
check_nesting (Reader *self, const Site *site, guint height, const char *path)
{
  if (self->chain->len + height <= OCG_CONFIG_TREE_MAX_INCLUDE_DEPTH)
    return TRUE;
  add_site_fault (self, OCG_CONFIG_FAULT_TOO_NESTED, site, g_strdup (path));
  return FALSE;
}

static gboolean
stop (Reader *self, OcgConfigFaultCode code, const Site *site)
{
  if (!self->stopped)
    add_site_fault (self, code, site, NULL);
  self->stopped = TRUE;
  return FALSE;
}

/* A file that has been read before. */
static gboolean
include_again (Reader *self, const Site *site, guint index)
{
  OcgConfigSource *target = ocg_config_tree_get_source (self->tree, index);

  if (!check_no_cycle (self, site, index) || !check_text (self, site, index)
      || !check_nesting (self, site, target->height, target->document.path))
    return FALSE;
  mark_repeated (self, index);
  return target->root != NULL;
}

static gboolean
include_new (Reader *self, const Site *site, const char *path, guint *index)
{
  OcgConfigSource *target = NULL;

  if (!check_nesting (self, site, 0, path))
    return FALSE;
  if (self->tree->documents->len >= OCG_CONFIG_TREE_MAX_INCLUDES)
    return stop (self, OCG_CONFIG_FAULT_TOO_MANY, site);
  target = add_source (self, path, site->holder, index);
  if (self->n_text > OCG_CONFIG_TREE_MAX_TEXT)
    return stop (self, OCG_CONFIG_FAULT_TOO_MUCH_TEXT, site);
  if (!check_no_cycle (self, site, *index) || !check_text (self, site, *index))
    return FALSE;
  parse (self, *index);
  scan_document (self, *index, site->holder);
  return target->root != NULL;
}

/* Includes one file; FALSE when it cannot be. */
static gboolean
include_file (Reader *self, const Site *site, guint *index)
{
  OcgConfigSource *source = ocg_config_tree_get_source (self->tree, site->document);
  g_autofree char *folder = g_path_get_dirname (source->document.path);
  g_autofree char *path = g_canonicalize_filename (json_node_get_string (site->at), folder);
  guint known = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_path, path));
  OcgConfigSource *target = NULL;

  if (self->stopped)
    return FALSE;
  *index = known - 1;
  if (known > 0 ? !include_again (self, site, *index) : !include_new (self, site, path, index))
    return FALSE;

  target = ocg_config_tree_get_source (self->tree, *index);
  g_array_append_val (source->targets, *index);
  source->height = MAX (source->height, target->height + 1);
  source->n_reads += target->n_reads;
  return source->n_reads <= OCG_CONFIG_TREE_MAX_INCLUDES
         || stop (self, OCG_CONFIG_FAULT_TOO_MANY, site);
}

static gboolean
is_file_name (JsonNode *node)
{
  const char *name
      = json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : "";

  return *name != '\0' && strlen (name) < PATH_MAX;
}

void
ocg_config_include_free (OcgConfigInclude *self)
{
  g_array_unref (self->targets);
  g_free (self);
}

/* @object: has an $include */
static void
read_include (Reader *self, guint document, JsonNode *object, const Step *step)
{
  JsonObject *members = json_node_get_object (object);
  JsonNode *value = json_object_get_member (members, OCG_CONFIG_INCLUDE);
  gboolean is_list = JSON_NODE_HOLDS_ARRAY (value);
  JsonArray *list = is_list ? json_node_get_array (value) : NULL;
  guint n = is_list ? json_array_get_length (list) : 1;
  OcgConfigInclude *include = g_new0 (OcgConfigInclude, 1);
  const Step here = { .up = step, .name = OCG_CONFIG_INCLUDE };

  include->targets = g_array_new (FALSE, FALSE, sizeof (guint));
  include->alone = !is_list && json_object_get_size (members) == 1;
  g_hash_table_insert (self->tree->includes, object, include);
  for (guint i = 0; i < n; i++)
    {
      JsonNode *at = is_list ? json_array_get_element (list, i) : value;
      const Step item = { .up = &here, .index = i };
      const Site site = { document, at, is_list ? &item : &here, step };
      guint index = 0;

      if (!is_file_name (at))
        add_site_fault (self, OCG_CONFIG_FAULT_NO_FILE_NAME, &site, NULL);
      else if (include_file (self, &site, &index))
        g_array_append_val (include->targets, index);
    }
}

static gboolean
scan_object (Reader *self, guint document, JsonNode *node, const Step *step, guint depth)
{
  JsonObject *object = json_node_get_object (node);
  gboolean spliced = json_object_has_member (object, OCG_CONFIG_INCLUDE);
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *value = NULL;

  if (spliced)
    read_include (self, document, node, step);
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      const Step inner = { .up = step, .name = name };

      if (!spliced || !g_str_equal (name, OCG_CONFIG_INCLUDE))
        spliced |= scan (self, document, value, &inner, depth);
    }
  return spliced;
}

static gboolean
scan_array (Reader *self, guint document, JsonNode *node, const Step *step, guint depth)
{
  JsonArray *array = json_node_get_array (node);
  guint n = json_array_get_length (array);
  gboolean spliced = FALSE;

  for (guint i = 0; i < n; i++)
    {
      const Step inner = { .up = step, .index = i };
      spliced |= scan (self, document, json_array_get_element (array, i), &inner, depth);
    }
  return spliced;
}

/* Follows what is included in @node; whether there was anything. Text and chain are bounded in depth,
 * and so is the recursion. */
static gboolean
scan (Reader *self, guint document, JsonNode *node, const Step *step, guint depth)
{
  OcgConfigSource *source = ocg_config_tree_get_source (self->tree, document);
  gboolean spliced = FALSE;

  if (!JSON_NODE_HOLDS_OBJECT (node) && !JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;
  source->depth = MAX (source->depth, depth);
  spliced = JSON_NODE_HOLDS_OBJECT (node) ? scan_object (self, document, node, step, depth + 1)
                                          : scan_array (self, document, node, step, depth + 1);
  if (spliced)
    g_hash_table_add (self->tree->spliced, node);
  return spliced;
}

void
ocg_config_include_read (OcgConfigTree *tree, const char *path, OcgConfigReadFunc read,
                         gpointer user_data)
{
  Reader self = { .tree = tree, .read = read, .user_data = user_data };
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  guint index = 0;
  OcgConfigSource *source = NULL;

  self.by_path = g_hash_table_new (g_str_hash, g_str_equal);
  self.chain = g_array_new (FALSE, FALSE, sizeof (guint));
  source = add_source (&self, absolute, NULL, &index);
  if (source->error_number == 0)
    {
      parse (&self, index);
      scan_document (&self, index, NULL);
    }
  else
    ocg_config_tree_add_fault (tree, OCG_CONFIG_FAULT_UNREADABLE, index, NULL, g_strdup (""),
                               g_strdup (absolute))
        ->error_number = source->error_number;
  g_hash_table_unref (self.by_path);
  g_array_unref (self.chain);
}
