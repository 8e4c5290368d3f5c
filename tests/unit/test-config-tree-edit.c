/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Which file of a tree an edit goes to, and that the edit does there what was meant. */

#include "config/ocg-config-diff.h"
#include "config/ocg-config-path.h"
#include "config/ocg-json5-edit.h"
#include "config/ocg-problem.h"
#include "memory-files.h"
#include "tree-asserts.h"

static GStrv
parse_path (const char *path)
{
  g_autoptr (GError) error = NULL;
  GStrv segments = ocg_config_path_parse (path, &error);

  g_assert_no_error (error);
  return segments;
}

/* "FILE:SEGMENT.SEGMENT", with "*" behind when it is shared */
static char *
show_target (OcgConfigTree *tree, const OcgConfigTarget *target)
{
  g_autofree char *file = g_path_get_basename (tree_get_document (tree, target->document)->path);
  g_autofree char *path = g_strjoinv (".", target->segments);

  return g_strconcat (file, ":", path, target->shared ? "*" : "", NULL);
}

static void
assert_target (OcgConfigTree *tree, const char *path, const char *expected)
{
  g_auto (GStrv) segments = parse_path (path);
  g_autoptr (OcgConfigTarget) target
      = ocg_config_tree_locate (tree, (const char *const *) segments);
  g_autofree char *shown = show_target (tree, target);

  g_test_message ("%s", path);
  g_assert_cmpstr (shown, ==, expected);
}

static void
assert_targets (OcgConfigTree *tree, const char *path, const char *expected)
{
  g_auto (GStrv) segments = parse_path (path);
  g_autoptr (GPtrArray) targets
      = ocg_config_tree_locate_all (tree, (const char *const *) segments);
  g_autoptr (GString) shown = g_string_new (NULL);

  for (guint i = 0; i < targets->len; i++)
    {
      g_autofree char *one = show_target (tree, g_ptr_array_index (targets, i));
      g_string_append_printf (shown, "%s%s", i > 0 ? " " : "", one);
    }
  g_test_message ("%s", path);
  g_assert_cmpstr (shown->str, ==, expected);
}

static OcgConfigTree *
load (const char *main_text, const char *a, const char *b)
{
  g_autoptr (GHashTable) files
      = memory_files_new_with ("main.json", main_text, "a", a, "b", b, NULL);
  OcgConfigTree *tree = memory_files_load (files);

  g_assert_true (ocg_config_tree_is_valid (tree));
  return tree;
}

static void
test_alone (void)
{
  g_autoptr (OcgConfigTree) tree = load ("{a: {b: 1}, l: [1, {c: 2}], n: null}", "", "");
  g_autoptr (GHashTable) nothing = memory_files_new ();
  g_autoptr (OcgConfigTree) missing = memory_files_load (nothing);

  assert_target (tree, "a.b", "main.json:a.b");
  assert_target (tree, "a.c.d", "main.json:a.c.d");
  assert_target (tree, "x.y", "main.json:x.y");
  assert_target (tree, "a.b.c", "main.json:a.b.c");
  assert_target (tree, "n.c", "main.json:n.c");
  assert_target (tree, "l[1].c", "main.json:l.1.c");
  assert_target (tree, "l[2]", "main.json:l.-");
  assert_target (tree, "l[-]", "main.json:l.-");
  assert_target (tree, "l[5]", "main.json:l.5");
  assert_target (tree, "", "main.json:");
  assert_target (missing, "a.b", "main.json:a.b");
  assert_targets (tree, "a.b", "main.json:a.b");
  assert_targets (tree, "a.b.c", "");
  assert_targets (tree, "a.c", "");
  assert_targets (tree, "l[1]", "main.json:l.1");
  assert_targets (tree, "l[2]", "");
  assert_targets (missing, "a", "");
}

static void
test_root_include (void)
{
  g_autoptr (OcgConfigTree) bare = load ("{$include: 'a'}", "{m: {p: 1}}", "");
  g_autoptr (OcgConfigTree) tree
      = load ("{$include: 'a', m: {q: 1}, s: 1}", "{m: {p: 1, q: 2}, s: 2, only: {}}", "");

  assert_target (bare, "m.p", "a:m.p");
  assert_target (bare, "new", "a:new");
  assert_target (tree, "m.p", "a:m.p");
  assert_target (tree, "m.q", "main.json:m.q");
  assert_target (tree, "m.new", "main.json:m.new");
  assert_target (tree, "m", "main.json:m*");
  assert_target (tree, "s", "main.json:s");
  assert_target (tree, "only", "a:only");
  assert_target (tree, "only.new", "a:only.new");
  assert_target (tree, "new", "main.json:new");
  assert_target (tree, "$include", "main.json:$include");
  assert_targets (tree, "m", "a:m main.json:m");
  assert_targets (tree, "m.q", "a:m.q main.json:m.q");
  assert_targets (tree, "only", "a:only");
  assert_targets (tree, "$include", "main.json:$include");
}

static void
test_member_include (void)
{
  g_autoptr (OcgConfigTree) tree = load ("{x: {$include: 'a'}, y: {$include: 'b', own: 1}}",
                                         "{p: {q: 1}}", "{l: [{z: 1}]}");

  assert_target (tree, "x", "a:");
  assert_target (tree, "x.p", "a:p");
  assert_target (tree, "x.new", "a:new");
  assert_target (tree, "x.$include", "main.json:x.$include");
  assert_target (tree, "x.p.$include", "a:p.$include");
  assert_target (tree, "y", "main.json:y");
  assert_target (tree, "y.l", "b:l");
  assert_target (tree, "y.l[0].z", "b:l.0.z");
  assert_target (tree, "y.new", "main.json:y.new");
  assert_targets (tree, "x", "main.json:x");
  assert_targets (tree, "x.p", "a:p");
  assert_targets (tree, "y.l[0]", "b:l.0");
}

static void
test_list_include (void)
{
  g_autoptr (OcgConfigTree) tree = load ("{x: {$include: ['a', 'b']}}", "{p: {q: 1}, s: 1}",
                                         "{p: {r: 1}, l: [1]}");

  assert_target (tree, "x", "main.json:x");
  assert_target (tree, "x.p", "b:p*");
  assert_target (tree, "x.p.q", "a:p.q");
  assert_target (tree, "x.p.new", "b:p.new");
  assert_target (tree, "x.new", "main.json:x.new");
  assert_target (tree, "x.$include[0]", "main.json:x.$include.0");
  assert_targets (tree, "x.p", "a:p b:p");
  assert_targets (tree, "x.$include[0]", "main.json:x.$include.0");
}

static void
test_arrays (void)
{
  g_autoptr (OcgConfigTree) tree = load ("{$include: ['a', 'b'], l: [5]}", "{l: [1, 2]}",
                                         "{l: [3, {k: 4}], w: []}");
  g_autoptr (OcgConfigTree) whole
      = load ("{l: {$include: 'a'}, i: [{$include: 'b'}]}", "[1, {k: 1}]", "{n: 1}");

  assert_target (tree, "l[0]", "a:l.0");
  assert_target (tree, "l[3].k", "b:l.1.k");
  assert_target (tree, "l[3].new", "b:l.1.new");
  assert_target (tree, "l[4]", "main.json:l.0");
  assert_target (tree, "l[5]", "main.json:l.-");
  assert_target (tree, "l[-]", "main.json:l.-");
  assert_target (tree, "l[-].k", "main.json:l.-.k");
  assert_target (tree, "l", "main.json:l*");
  assert_target (tree, "w[-]", "b:w.-");
  assert_targets (tree, "l[3]", "b:l.1");
  assert_targets (tree, "l", "a:l b:l main.json:l");
  assert_target (whole, "l[1].k", "a:1.k");
  assert_target (whole, "l[-]", "a:-");
  assert_target (whole, "l", "a:");
  assert_target (whole, "i[0].n", "b:n");
  assert_target (whole, "i[0].new", "b:new");
  assert_target (whole, "i[0]", "b:");
  assert_targets (whole, "l[0]", "a:0");
  assert_targets (whole, "i[0]", "main.json:i.0");
}

/* A file that stands at two places is not made another one for the sake of one of them. */
static void
test_included_twice (void)
{
  g_autoptr (OcgConfigTree) tree = load ("{x: {$include: 'a'}, y: {$include: 'a'}}", "{p: 1}", "");
  g_autoptr (OcgConfigTree) twice
      = load ("{$include: ['a', 'a'], k: {$include: 'b'}}", "{l: [1]}", "1");

  assert_target (tree, "x.p", "a:p*");
  assert_target (tree, "x", "main.json:x");
  assert_targets (twice, "l", "a:l*");
  assert_target (twice, "k", "b:");
}

static void
test_shadowed (void)
{
  g_autoptr (OcgConfigTree) tree
      = load ("{$include: ['a', 'b'], x: {c: 1}, z: 5}", "{x: {a: 1}, z: {q: 1}}", "{x: 7}");

  assert_target (tree, "x.c", "main.json:x.c");
  assert_target (tree, "x.a", "main.json:x.a");
  assert_targets (tree, "x", "a:x b:x main.json:x");
  assert_targets (tree, "x.a", "");
  assert_target (tree, "z", "main.json:z*");
  assert_target (tree, "z.q", "main.json:z.q");
  assert_targets (tree, "z.q", "");
}

/* The same through the editor, with comments around it. */
static void
test_editor (void)
{
  g_autoptr (OcgConfigTree) tree = load ("// mine\n{\n  m: {$include: 'a'}, // models\n}\n",
                                         "{\n  // key\n  p: 1,\n}\n", "");
  g_auto (GStrv) segments = parse_path ("m.q");
  g_autoptr (OcgConfigTarget) target
      = ocg_config_tree_locate (tree, (const char *const *) segments);
  g_autoptr (JsonNode) value = json_node_init_int (json_node_alloc (), 2);
  OcgJson5Problem problem;
  g_autofree char *text
      = ocg_json5_edit (tree_get_document (tree, target->document)->text,
                        (const char *const *) target->segments, value, &problem);

  g_assert_cmpstr (tree_get_document (tree, target->document)->path, ==, "/m/a");
  g_assert_cmpstr (text, ==, "{\n  // key\n  p: 1,\n  q: 2,\n}\n");
}

#define N_FILES 5

static const char *const names[] = { "a", "b", "c", "-" };

/* Of files behind @file, so that there are no circles. */
static void
add_random_include (GRand *rand, GString *text, int file)
{
  if (file + 1 >= N_FILES || g_rand_int_range (rand, 0, 3) != 0)
    return;
  if (g_rand_boolean (rand))
    g_string_append_printf (text, "$include: 'f%d',", g_rand_int_range (rand, file + 1, N_FILES));
  else
    g_string_append_printf (text, "$include: ['f%d', 'f%d'],",
                            g_rand_int_range (rand, file + 1, N_FILES),
                            g_rand_int_range (rand, file + 1, N_FILES));
}

static void
add_random (GRand *rand, GString *text, guint depth, int file)
{
  static const char *const scalars[] = { "1", "'s'", "null", "true", "2.5", "{}", "[]" };
  guint n = (guint) g_rand_int_range (rand, 0, 4);

  switch (depth == 0 ? 9 : g_rand_int_range (rand, 0, 5))
    {
    case 0:
    case 1:
    case 2:
      g_string_append_c (text, '{');
      add_random_include (rand, text, file);
      for (guint i = 0; i < n; i++)
        {
          g_string_append_printf (text, "'%s':",
                                  names[g_rand_int_range (rand, 0, G_N_ELEMENTS (names))]);
          add_random (rand, text, depth - 1, file);
          g_string_append_c (text, ',');
        }
      g_string_append_c (text, '}');
      break;
    case 3:
      g_string_append_c (text, '[');
      for (guint i = 0; i < n; i++)
        {
          add_random (rand, text, depth - 1, file);
          g_string_append_c (text, ',');
        }
      g_string_append_c (text, ']');
      break;
    default:
      g_string_append (text, scalars[g_rand_int_range (rand, 0, G_N_ELEMENTS (scalars))]);
    }
}

static MemoryFiles *
make_random_files (GRand *rand)
{
  MemoryFiles *files = memory_files_new ();

  for (int i = -1; i < N_FILES; i++)
    {
      g_autofree char *path = i < 0 ? g_strdup ("/m/main.json") : g_strdup_printf ("/m/f%d", i);
      g_autoptr (GString) text = g_string_new (NULL);

      if (i < 0)
        g_string_append (text, "{$include: 'f0', a: ");
      add_random (rand, text, 4, i);
      if (i < 0)
        g_string_append_c (text, '}');
      memory_files_set (files, path, text->str);
    }
  return files;
}

static GStrv
make_random_path (GRand *rand)
{
  static const char *const segments[] = { "a", "b", "c", "-", "0", "1", "2", "3" };
  guint n = (guint) g_rand_int_range (rand, 1, 5);
  GStrv path = g_new0 (char *, n + 1);

  for (guint i = 0; i < n; i++)
    path[i] = g_strdup (segments[g_rand_int_range (rand, 0, G_N_ELEMENTS (segments))]);
  return path;
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

/* "-" as the last item that there is now. */
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

static gboolean
check_set (MemoryFiles *files, OcgConfigTree *tree, char **path, JsonNode *value)
{
  g_autoptr (GHashTable) edited = copy_files (files);
  g_autoptr (OcgConfigTarget) target = ocg_config_tree_locate (tree, (const char *const *) path);
  g_autoptr (OcgConfigTree) after = NULL;
  g_auto (GStrv) differences = NULL;
  JsonNode *found = NULL;

  if (target->shared || !memory_files_apply (edited, tree, target, value))
    return FALSE;
  after = memory_files_load (edited);
  g_assert_true (ocg_config_tree_is_valid (after));
  found = look_up (after, path);
  g_assert_nonnull (found);
  differences = ocg_config_diff (value, found, "");
  g_assert_cmpuint (g_strv_length (differences), ==, 0);
  return TRUE;
}

static gboolean
check_unset (MemoryFiles *files, OcgConfigTree *tree, char **path)
{
  guint last = g_strv_length (path) - 1;
  g_autoptr (GHashTable) edited = copy_files (files);
  g_autoptr (GPtrArray) targets
      = ocg_config_tree_locate_all (tree, (const char *const *) path);
  g_autoptr (OcgConfigTree) after = NULL;

  /* What comes behind a missing item takes its place. */
  if (g_ascii_isdigit (*path[last]))
    return FALSE;
  g_assert_true ((targets->len == 0)
                 == (ocg_config_path_lookup (ocg_config_tree_get_root (tree),
                                             (const char *const *) path)
                     == NULL));
  for (guint i = 0; i < targets->len; i++)
    g_assert_true (memory_files_apply (edited, tree, g_ptr_array_index (targets, i), NULL));
  after = memory_files_load (edited);
  g_assert_true (ocg_config_tree_is_valid (after));
  g_assert_null (ocg_config_path_lookup (ocg_config_tree_get_root (after),
                                         (const char *const *) path));
  return targets->len > 0;
}

static void
test_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20260203);
  g_autoptr (JsonNode) number = json_node_init_int (json_node_alloc (), 424242);
  g_autoptr (JsonNode) object = ocg_json5_parse ("{new: [1], b: {}}", -1, NULL);
  g_autoptr (JsonNode) array = ocg_json5_parse ("[{a: 1}]", -1, NULL);
  guint n_trees = 0;
  guint n_sets = 0;
  guint n_unsets = 0;

  for (guint i = 0; i < 2000; i++)
    {
      g_autoptr (GHashTable) files = make_random_files (rand);
      g_autoptr (OcgConfigTree) tree = memory_files_load (files);

      if (!ocg_config_tree_is_valid (tree))
        continue;
      n_trees += ocg_config_tree_get_documents (tree)->len > 1;
      for (guint j = 0; j < 20; j++)
        {
          g_auto (GStrv) path = make_random_path (rand);
          n_sets += check_set (files, tree, path, number);
          n_sets += check_set (files, tree, path, object);
          n_sets += check_set (files, tree, path, array);
          n_unsets += check_unset (files, tree, path);
        }
    }
  g_test_message ("%u trees of several files, %u values set, %u taken away", n_trees, n_sets,
                  n_unsets);
  g_assert_cmpuint (n_trees, >, 100);
  g_assert_cmpuint (n_sets, >, 1000);
  g_assert_cmpuint (n_unsets, >, 100);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/config-tree-edit/alone", test_alone);
  g_test_add_func ("/config-tree-edit/root-include", test_root_include);
  g_test_add_func ("/config-tree-edit/member-include", test_member_include);
  g_test_add_func ("/config-tree-edit/list-include", test_list_include);
  g_test_add_func ("/config-tree-edit/arrays", test_arrays);
  g_test_add_func ("/config-tree-edit/included-twice", test_included_twice);
  g_test_add_func ("/config-tree-edit/shadowed", test_shadowed);
  g_test_add_func ("/config-tree-edit/editor", test_editor);
  g_test_add_func ("/config-tree-edit/random", test_random);
  return g_test_run ();
}
