/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Files that include each other: a path on the first line, a value on the second, then the texts of
 * main.json and of "a", "b" and so on with lines of "%%" between them. */

#include <string.h>

#include "../unit/memory-files.h"
#include "config/ocg-config-diff.h"
#include "config/ocg-config-path.h"
#include "config/ocg-json5-equal.h"
#include "config/ocg-problem.h"
#include "fuzz-json-check.h"
#include "fuzz.h"

#define MAX_FILES 8
#define MAX_LOOKED_AT 200

static MemoryFiles *
make_files (const char *text)
{
  MemoryFiles *files = memory_files_new ();
  g_auto (GStrv) texts = g_strsplit (text, "\n%%\n", MAX_FILES);

  for (guint i = 0; texts[i] != NULL; i++)
    {
      g_autofree char *path
          = i == 0 ? g_strdup ("/m/main.json") : g_strdup_printf ("/m/%c", 'a' + i - 1);
      memory_files_set (files, path, texts[i]);
    }
  return files;
}

static MemoryFiles *
copy_files (MemoryFiles *files)
{
  MemoryFiles *copy = memory_files_new ();
  GHashTableIter iter;
  gpointer path = NULL;
  gpointer text = NULL;

  g_hash_table_iter_init (&iter, files);
  while (g_hash_table_iter_next (&iter, &path, &text))
    memory_files_set (copy, path, text);
  return copy;
}

/* What is wrong can be said, and where it is. Whether a bound was reached. */
static gboolean
check_problems (OcgConfigTree *tree)
{
  g_autoptr (OcgProblems) problems = ocg_problems_new ();
  gboolean bound = FALSE;
  gboolean has_error = FALSE;

  ocg_config_tree_describe (tree, problems);
  for (guint i = 0; i < ocg_problems_get_n (problems); i++)
    {
      const OcgProblem *problem = ocg_problems_get (problems, i);

      fuzz_check (fuzz_is_text (problem->message) && fuzz_is_text (problem->path));
      fuzz_check (g_str_has_prefix (problem->file, "/"));
      has_error |= problem->severity == OCG_SEVERITY_ERROR;
      bound |= strstr (problem->message, "deeper than") != NULL
               || strstr (problem->message, "more than") != NULL;
    }
  fuzz_check (has_error == !ocg_config_tree_is_valid (tree));
  return bound;
}

static void
check_place (OcgConfigTree *tree, const char *path)
{
  GPtrArray *documents = ocg_config_tree_get_documents (tree);
  OcgConfigPlace place = { 0 };
  const OcgConfigDocument *document = NULL;

  fuzz_check (ocg_config_tree_find (tree, path, &place));
  fuzz_check (place.document < documents->len);
  document = g_ptr_array_index (documents, place.document);
  fuzz_check (place.offset < document->length && place.line >= 1 && place.column >= 1);
}

/* Everything that is there has a place. @left: of how many nodes it is looked for */
static void
check_places (OcgConfigTree *tree, JsonNode *node, const char *path, guint depth, guint *left)
{
  fuzz_check (depth <= OCG_JSON5_MAX_DEPTH + 1);
  if (*left == 0)
    return;
  --*left;
  if (*path != '\0')
    check_place (tree, path);
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      g_autoptr (GList) names = json_object_get_members (json_node_get_object (node));
      for (GList *l = names; l != NULL; l = l->next)
        {
          g_autofree char *inner = ocg_config_path_join (path, l->data);
          check_places (tree, json_object_get_member (json_node_get_object (node), l->data), inner,
                        depth + 1, left);
        }
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
      {
        g_autofree char *inner = ocg_config_path_join_index (path, i);
        check_places (tree, json_array_get_element (json_node_get_array (node), i), inner,
                      depth + 1, left);
      }
}

/* "-" is the last item that there is now. */
static JsonNode *
look_up (OcgConfigTree *tree, char **path)
{
  JsonNode *node = ocg_config_tree_get_root (tree);

  for (; node != NULL && *path != NULL; path++)
    {
      const char *const one[] = { *path, NULL };

      if (JSON_NODE_HOLDS_ARRAY (node) && g_str_equal (*path, "-"))
        {
          JsonArray *array = json_node_get_array (node);
          guint n = json_array_get_length (array);
          node = n > 0 ? json_array_get_element (array, n - 1) : NULL;
        }
      else
        node = ocg_config_path_lookup (node, one);
    }
  return node;
}

static OcgConfigTarget *
locate (OcgConfigTree *tree, char **path)
{
  OcgConfigTarget *target = ocg_config_tree_locate (tree, (const char *const *) path);

  fuzz_check (target != NULL);
  fuzz_check (target->document < ocg_config_tree_get_documents (tree)->len);
  return target;
}

static void
check_set (MemoryFiles *files, OcgConfigTree *tree, char **path, JsonNode *value)
{
  g_autoptr (GHashTable) edited = copy_files (files);
  g_autoptr (OcgConfigTarget) target = locate (tree, path);
  g_autoptr (OcgConfigTree) after = NULL;
  JsonNode *found = NULL;

  if (value == NULL || target->shared || !memory_files_apply (edited, tree, target, value))
    return;
  after = memory_files_load (edited);
  if (!ocg_config_tree_is_valid (after))
    {
      fuzz_check (check_problems (after));
      return;
    }
  found = look_up (after, path);
  fuzz_check (found != NULL && ocg_json5_equal (found, value));
}

static void
check_unset (MemoryFiles *files, OcgConfigTree *tree, char **path)
{
  g_autoptr (GHashTable) edited = copy_files (files);
  g_autoptr (GPtrArray) targets = ocg_config_tree_locate_all (tree, (const char *const *) path);
  JsonNode *found = look_up (tree, path);
  g_autoptr (OcgConfigTree) after = NULL;

  /* Another item takes the place of one that goes. */
  for (char **segment = path; *segment != NULL; segment++)
    if (g_ascii_isdigit (**segment) || **segment == '-')
      return;
  fuzz_check ((targets->len > 0) == (found != NULL));
  for (guint i = 0; i < targets->len; i++)
    fuzz_check (memory_files_apply (edited, tree, g_ptr_array_index (targets, i), NULL));
  after = memory_files_load (edited);
  fuzz_check (ocg_config_tree_is_valid (after));
  fuzz_check (look_up (after, path) == NULL);
}

static void
check_diff (OcgConfigTree *tree, JsonNode *value)
{
  g_auto (GStrv) same = ocg_config_diff (ocg_config_tree_get_root (tree),
                                         ocg_config_tree_get_root (tree), "");
  g_auto (GStrv) other = ocg_config_diff (ocg_config_tree_get_root (tree), value, "top");

  fuzz_check (same[0] == NULL);
  fuzz_check (g_strv_length (other) <= OCG_CONFIG_DIFF_MAX);
  fuzz_check (value == NULL
              || (other[0] == NULL)
                     == ocg_json5_equal (ocg_config_tree_get_root (tree), value));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *path_text = fuzz_take_line (&data, &size);
  g_autofree char *value_text = fuzz_take_line (&data, &size);
  g_autofree char *text = fuzz_dup_text (data, size);
  g_autoptr (GHashTable) files = make_files (text);
  g_autoptr (OcgConfigTree) tree = memory_files_load (files);
  g_auto (GStrv) path = ocg_config_path_parse (path_text, NULL);
  OcgJson5Problem ignored;
  g_autoptr (JsonNode) value = ocg_json5_read (value_text, -1, &ignored);
  guint left = MAX_LOOKED_AT;

  check_problems (tree);
  if (!ocg_config_tree_is_valid (tree))
    return 0;
  fuzz_check_node (ocg_config_tree_get_root (tree));
  check_places (tree, ocg_config_tree_get_root (tree), "", 1, &left);
  check_diff (tree, value);
  if (path == NULL || path[0] == NULL)
    return 0;
  if (strstr (path_text, "include") != NULL || strstr (value_text, "include") != NULL)
    {
      g_autoptr (OcgConfigTarget) target = locate (tree, path);
      g_autoptr (GPtrArray) all = ocg_config_tree_locate_all (tree, (const char *const *) path);
      fuzz_check (target->segments != NULL && all->len <= MAX_FILES);
      return 0;
    }
  check_set (files, tree, path, value);
  check_unset (files, tree, path);
  return 0;
}
