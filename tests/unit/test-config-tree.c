/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What is included, how it is merged, and what is refused. */

#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>
#include <unistd.h>

#include "memory-files.h"
#include "tree-asserts.h"

static const struct
{
  const char *main, *a, *b, *expected;
} merges[] = {
  { "{x: {$include: './a.json'}}", "{p: 1}", "", "{x: {p: 1}}" },
  { "{x: {$include: 'a.json'}}", "[1, 2]", "", "{x: [1, 2]}" },
  { "{x: {$include: 'a.json'}}", "'text'", "", "{x: 'text'}" },
  { "{x: {$include: 'a.json'}}", "null", "", "{x: null}" },
  { "{$include: 'a.json'}", "{p: 1}", "", "{p: 1}" },
  { "{$include: 'a.json', p: 2, q: {r: 3}}", "{p: 1, q: {s: 4}}", "", "{p: 2, q: {s: 4, r: 3}}" },
  { "{p: 2, $include: 'a.json'}", "{p: 1, o: 0}", "", "{o: 0, p: 2}" },
  { "{$include: ['a.json', 'b.json']}", "{p: 1, q: 1, l: [1]}", "{q: 2, l: [2, 3]}",
    "{p: 1, q: 2, l: [1, 2, 3]}" },
  { "{$include: ['a.json', 'b.json'], l: [9]}", "{l: [1]}", "{l: [2]}", "{l: [1, 2, 9]}" },
  { "{x: {$include: ['a.json', 'b.json']}}", "[1]", "[2]", "{x: [1, 2]}" },
  { "{x: {$include: ['a.json', 'b.json']}}", "[1]", "{p: 1}", "{x: {p: 1}}" },
  { "{x: {$include: ['a.json', 'b.json'], y: 1}}", "[1]", "{p: 1}", "{x: {p: 1, y: 1}}" },
  { "{x: {$include: []}}", "", "", "{x: {}}" },
  { "{x: {$include: [], y: 1}}", "", "", "{x: {y: 1}}" },
  { "{x: [{$include: 'a.json'}, 2, [{$include: 'a.json'}]]}", "{p: 1}", "",
    "{x: [{p: 1}, 2, [{p: 1}]]}" },
  { "{x: [{$include: 'a.json'}]}", "[1]", "", "{x: [[1]]}" },
  { "{x: {$include: 'a.json'}, y: {$include: 'a.json'}}", "{p: {$include: 'b.json'}}", "5",
    "{x: {p: 5}, y: {p: 5}}" },
  { "{$include: 'a.json', x: {y: {z: 1}}}", "{$include: 'b.json', x: {y: {w: 2}}}",
    "{x: {y: {z: 0, v: 3}}}", "{x: {y: {z: 1, w: 2, v: 3}}}" },
  /* What is included is merged first: the object of b has taken the place of the number. */
  { "{$include: ['a.json', 'b.json']}", "{x: {p: 1}}", "{$include: 'c.json', x: {q: 2}}",
    "{x: {p: 1, q: 2}}" },
  { "{$include: 'a.json', x: 1}", "{x: {p: 1}}", "", "{x: 1}" },
  { "{$include: 'a.json', x: {q: 1}}", "{x: [1]}", "", "{x: {q: 1}}" },
  { "{$include: 'a.json', x: null}", "{x: [1]}", "", "{x: null}" },
  { "{$include: 'a.json', p: 1}", "// nothing yet\n", "", "{p: 1}" },
  { "{x: {$include: 'sub/../a.json'}}", "1", "", "{x: 1}" },
  { "{x: {$include: '/m/a.json'}}", "1", "", "{x: 1}" },
  { "{'\\u0024include': 'a.json'}", "{p: 1}", "", "{p: 1}" },
  { "{x: '${HOME}', y: '$include'}", "", "", "{x: '${HOME}', y: '$include'}" },
};

static void
test_merge (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (merges); i++)
    {
      g_autoptr (GHashTable) files = memory_files_new_with (
          "main.json", merges[i].main, "a.json", merges[i].a, "b.json", merges[i].b, "c.json",
          "{x: 5}", NULL);
      g_autoptr (OcgConfigTree) tree = memory_files_load (files);

      g_test_message ("%s", merges[i].main);
      tree_assert_value (tree, merges[i].expected);
    }
}

static void
test_order (void)
{
  g_autoptr (GHashTable) files = memory_files_new_with (
      "main.json", "{z: 1, $include: ['b.json', 'a.json'], y: 1, c: 1}", "a.json",
      "{c: 0, b: 1}", "b.json", "{a: 1, z: 0}", NULL);
  g_autoptr (OcgConfigTree) tree = memory_files_load (files);
  g_autoptr (GList) names
      = json_object_get_members (json_node_get_object (ocg_config_tree_get_root (tree)));
  g_autoptr (GString) joined = g_string_new (NULL);

  for (GList *l = names; l != NULL; l = l->next)
    g_string_append (joined, l->data);
  g_assert_cmpstr (joined->str, ==, "azcby");
  g_assert_cmpuint (tree_count_documents (tree), ==, 3);
  g_assert_cmpstr (tree_get_document (tree, 0)->path, ==, "/m/main.json");
  g_assert_cmpstr (tree_get_document (tree, 1)->path, ==, "/m/b.json");
  g_assert_cmpstr (tree_get_document (tree, 2)->path, ==, "/m/a.json");
}

/* What nobody includes is not copied. */
static void
test_shared_nodes (void)
{
  g_autoptr (GHashTable) files
      = memory_files_new_with ("main.json", "{x: {$include: 'a.json'}, y: {$include: 'a.json'}}",
                               "a.json", "{p: {q: 1}}", NULL);
  g_autoptr (OcgConfigTree) tree = memory_files_load (files);
  JsonObject *root = json_node_get_object (ocg_config_tree_get_root (tree));

  g_assert_true (json_object_get_member (root, "x") == json_object_get_member (root, "y"));
  g_assert_cmpuint (tree_count_documents (tree), ==, 2);
}

static void
test_missing_main (void)
{
  g_autoptr (GHashTable) files = memory_files_new ();
  g_autoptr (OcgConfigTree) tree = memory_files_load (files);
  OcgConfigPlace place;

  tree_assert_value (tree, "{}");
  g_assert_false (ocg_config_tree_exists (tree));
  g_assert_true (ocg_config_tree_is_valid (tree));
  g_assert_cmpstr (ocg_config_tree_get_hash (tree), ==, "");
  g_assert_false (ocg_config_tree_find (tree, "", &place));
  g_assert_false (ocg_config_tree_find (tree, "a.b", &place));
}

static const struct
{
  const char *main, *a, *b, *problem;
} faults[] = {
  { "{x: {\n  $include: './no/n.json'}}", "", "",
    "/m/main.json:2:3: x.$include: |“/m/no/n.json”|does not exist" },
  { "{x: [{$include: ['a.json', 'n.json']}]}", "{}", "",
    "/m/main.json:1:28: x[0].$include[1]: |“/m/n.json”" },
  { "{x: {$include: 'a.json'}}", "{y: {$include: '../n.json'}}", "",
    "/m/a.json:1:6: x.y.$include: |“/n.json”" },
  { "{x: {$include: '${HOME}/a'}}", "", "", "/m/main.json:1:6: x.$include: |“/m/${HOME}/a”" },
  { "{x: {$include: 'locked.json'}}", "", "",
    "/m/main.json:1:6: x.$include: |“/m/locked.json”|Permission denied" },
  { "{x: {$include: 'a.json'}}", "{\n  p: 1,\n  q: }", "", "/m/a.json:3:6: a value" },
  { "{x: ]}", "", "", "/m/main.json:1:5: a value" },
  { "[1]", "", "", "/m/main.json:1:1: the file as a whole" },
  { "{$include: 'a.json'}", "[1]", "", "/m/main.json:1:2: |included here" },
  { "{x: 1, $include: 5}", "", "", "/m/main.json:1:8: $include: “$include” takes" },
  { "{$include: {a: 1}}", "", "", "/m/main.json:1:2: $include: “$include” takes" },
  { "{$include: ''}", "", "", "/m/main.json:1:2: $include: “$include” takes" },
  { "{$include: null}", "", "", "/m/main.json:1:2: $include: “$include” takes" },
  { "{$include: ['a.json', 1]}", "", "", "/m/main.json:1:23: $include[1]: “$include” takes" },
  { "{$include: [['a.json']]}", "", "", "/m/main.json:1:13: $include[0]: “$include” takes" },
  { "{x: {y: 1, $include: 'a.json'}}", "[1]", "", "/m/main.json:1:12: x: |not an object" },
  { "{x: {y: 1, $include: ['a.json', 'b.json']}}", "{}", "5",
    "/m/main.json:1:12: x: |not an object" },
  { "{z: {$include: 'a.json'}}", "{x: {y: 1, $include: 'b.json'}}", "5",
    "/m/a.json:1:12: z.x: |not an object" },
  { "{$include: 'main.json'}", "", "",
    "/m/main.json:1:2: $include: |/m/main.json → /m/main.json;" },
  { "{$include: 'a.json'}", "{x: {$include: 'b.json'}}", "{y: [{$include: './a.json'}]}",
    "/m/b.json:1:7: x.y[0].$include: |: /m/a.json → /m/b.json → /m/a.json;" },
};

static void
test_faults (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (GHashTable) files = memory_files_new_with (
          "main.json", faults[i].main, "a.json", faults[i].a, "b.json", faults[i].b,
          "locked.json", (const char *) NULL, NULL);
      g_autoptr (OcgConfigTree) tree = NULL;

      g_test_message ("%s", faults[i].main);
      memory_files_set (files, "/m/locked.json", NULL);
      tree = memory_files_load (files);
      tree_assert_invalid (tree, faults[i].problem);
    }
}

/* Each is told, and each file that is missing is listed. */
static void
test_several_faults (void)
{
  g_autoptr (GHashTable) files = memory_files_new_with (
      "main.json", "{$include: ['n.json', 'a.json', 'n.json'], x: {$include: 1}}", "a.json", "{",
      NULL);
  g_autoptr (OcgConfigTree) tree = memory_files_load (files);
  const char *const lines[] = { "/m/main.json:1:13: $include[0]: ", "/m/a.json:1:2: ",
                                "/m/main.json:1:33: $include[2]: ",
                                "/m/main.json:1:48: x.$include: ", NULL };

  tree_assert_problems (tree, lines);
  g_assert_cmpuint (tree_count_documents (tree), ==, 3);
  g_assert_cmpstr (tree_get_document (tree, 1)->path, ==, "/m/n.json");
  g_assert_false (tree_get_document (tree, 1)->exists);
  g_assert_cmpstr (tree_get_document (tree, 1)->hash, ==, "");
  g_assert_true (tree_get_document (tree, 2)->exists);
}

static void
test_unreadable_main (void)
{
  g_autoptr (GHashTable) files = memory_files_new ();
  g_autoptr (OcgConfigTree) tree = NULL;

  memory_files_set (files, "/m/main.json", NULL);
  tree = memory_files_load (files);
  tree_assert_invalid (tree, "/m/main.json: “/m/main.json” cannot be read: Permission denied");
  g_assert_false (ocg_config_tree_exists (tree));
}

/* A chain of @n files behind main.json. */
static MemoryFiles *
make_chain (guint n)
{
  MemoryFiles *files = memory_files_new_with ("main.json", "{x: {$include: '1'}}", NULL);

  for (guint i = 1; i <= n; i++)
    {
      g_autofree char *path = g_strdup_printf ("/m/%u", i);
      g_autofree char *text
          = i < n ? g_strdup_printf ("{$include: '%u'}", i + 1) : g_strdup ("{end: 1}");
      memory_files_set (files, path, text);
    }
  return files;
}

static void
test_nesting (void)
{
  g_autoptr (GHashTable) ten = make_chain (10);
  g_autoptr (GHashTable) eleven = make_chain (11);
  g_autoptr (OcgConfigTree) good = memory_files_load (ten);
  g_autoptr (OcgConfigTree) bad = memory_files_load (eleven);
  g_autoptr (OcgConfigTree) again = NULL;

  tree_assert_value (good, "{x: {end: 1}}");
  tree_assert_invalid (bad, "/m/10:1:2: x.$include: |“/m/11”|10 levels");

  /* The same when the deep end was read before, by a shorter way. */
  memory_files_set (eleven, "/m/main.json", "{a: {$include: '9'}, x: {$include: '1'}}");
  again = memory_files_load (eleven);
  tree_assert_invalid (again, "/m/8:1:2: x.$include: |“/m/9”|10 levels");
}

/* Ten files that include the next one twice. */
static void
test_bomb (void)
{
  g_autoptr (GHashTable) files
      = memory_files_new_with ("main.json", "{x: {$include: ['1', '1']}}", NULL);
  g_autoptr (OcgConfigTree) tree = NULL;

  for (guint i = 1; i <= 10; i++)
    {
      g_autofree char *path = g_strdup_printf ("/m/%u", i);
      g_autofree char *text = i < 10 ? g_strdup_printf ("{$include: ['%u', '%u']}", i + 1, i + 1)
                                     : g_strdup ("{l: [1]}");
      memory_files_set (files, path, text);
    }
  tree = memory_files_load (files);
  tree_assert_invalid (tree, "/m/|more than 256 files");
}

static void
test_big_array (void)
{
  g_autoptr (GHashTable) files = NULL;
  g_autoptr (OcgConfigTree) tree = NULL;
  g_autoptr (GString) list = g_string_new ("[");
  g_autoptr (GString) main_text = g_string_new ("{x: {$include: [");

  for (guint i = 0; i < 100000; i++)
    g_string_append (list, "1,");
  for (guint i = 0; i < 200; i++)
    g_string_append (main_text, "'a.json',");
  g_string_append (list, "]");
  g_string_append (main_text, "]}}");
  files = memory_files_new_with ("main.json", main_text->str, "a.json", list->str, NULL);
  tree = memory_files_load (files);
  tree_assert_invalid (tree, "/m/main.json:1:6: x|more than 300000 values");
}

static void
test_too_many (void)
{
  g_autoptr (GHashTable) files = memory_files_new ();
  g_autoptr (GString) text = g_string_new ("{$include: [");
  g_autoptr (OcgConfigTree) good = NULL;
  g_autoptr (OcgConfigTree) bad = NULL;

  for (guint i = 1; i < 256; i++)
    {
      g_autofree char *path = g_strdup_printf ("/m/%u", i);
      memory_files_set (files, path, "{a: 1}");
      g_string_append_printf (text, "'%u',", i);
    }
  memory_files_set (files, "/m/main.json", text->str);
  g_string_append (text, "]}");
  memory_files_set (files, "/m/main.json", text->str);
  good = memory_files_load (files);
  tree_assert_value (good, "{a: 1}");
  g_assert_cmpuint (tree_count_documents (good), ==, 256);

  g_string_insert (text, 12, "'1',");
  memory_files_set (files, "/m/main.json", text->str);
  bad = memory_files_load (files);
  tree_assert_invalid (bad, "/m/main.json|more than 256 files");
}

static void
test_too_much_text (void)
{
  g_autoptr (GHashTable) files = memory_files_new_with (
      "main.json", "{$include: ['1', '2', '3', '4', '5', '6']}", NULL);
  g_autofree char *blanks = g_strnfill (4 * 1024 * 1024, ' ');
  g_autoptr (OcgConfigTree) tree = NULL;

  for (guint i = 1; i <= 6; i++)
    {
      g_autofree char *path = g_strdup_printf ("/m/%u", i);
      memory_files_set (files, path, blanks);
    }
  tree = memory_files_load (files);
  tree_assert_invalid (tree, "/m/main.json:1:28: $include[3]: |16 MiB");
}

static char *
make_nested (guint depth, const char *inner)
{
  g_autofree char *open = g_strnfill (depth, '[');
  g_autofree char *close = g_strnfill (depth, ']');

  return g_strconcat (open, inner, close, NULL);
}

static void
test_depth (void)
{
  g_autofree char *list = make_nested (100, "");
  g_autofree char *more = make_nested (27, "{$include: 'a.json'}");
  g_autofree char *most = make_nested (28, "{$include: 'a.json'}");
  g_autofree char *good_text = g_strdup_printf ("{x: %s}", more);
  g_autofree char *bad_text = g_strdup_printf ("{x: %s}", most);
  g_autoptr (GHashTable) files
      = memory_files_new_with ("main.json", good_text, "a.json", list, NULL);
  g_autoptr (OcgConfigTree) good = memory_files_load (files);
  g_autoptr (OcgConfigTree) bad = NULL;

  g_assert_true (ocg_config_tree_is_valid (good));
  memory_files_set (files, "/m/main.json", bad_text);
  bad = memory_files_load (files);
  tree_assert_invalid (bad, "/m/|128 levels");
}

static void
test_hash (void)
{
  g_autoptr (GHashTable) files
      = memory_files_new_with ("main.json", "{$include: 'a.json'}", "a.json", "{}", NULL);
  g_autoptr (OcgConfigTree) tree = memory_files_load (files);
  g_autofree char *both
      = g_strconcat (tree_get_document (tree, 0)->hash, tree_get_document (tree, 1)->hash, NULL);
  g_autofree char *expected = g_compute_checksum_for_string (G_CHECKSUM_SHA256, both, -1);
  g_autoptr (OcgConfigTree) without = NULL;
  g_autofree char *zeros = NULL;
  g_autofree char *expected_without = NULL;

  g_assert_cmpstr (ocg_config_tree_get_hash (tree), ==, expected);
  g_hash_table_remove (files, "/m/a.json");
  without = memory_files_load (files);
  zeros = g_strconcat (tree_get_document (tree, 0)->hash,
                       "0000000000000000000000000000000000000000000000000000000000000000", NULL);
  expected_without = g_compute_checksum_for_string (G_CHECKSUM_SHA256, zeros, -1);
  g_assert_cmpstr (ocg_config_tree_get_hash (without), ==, expected_without);

  memory_files_set (files, "/m/main.json", "{a: 1}");
  g_autoptr (OcgConfigTree) alone = memory_files_load (files);
  g_assert_cmpstr (ocg_config_tree_get_hash (alone), ==, tree_get_document (alone, 0)->hash);
}

static void
write_file (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
remove_all (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name = NULL;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        remove_all (path);
      else
        g_unlink (path);
    }
  g_rmdir (folder);
}

static void
test_disk (void)
{
  g_autofree char *folder = g_dir_make_tmp ("ocg-tree-XXXXXX", NULL);
  g_autofree char *inner = g_build_filename (folder, "inner", NULL);
  g_autofree char *link = g_build_filename (inner, "link.json", NULL);
  g_autofree char *main_path = g_build_filename (folder, "main.json", NULL);
  g_autofree char *cycle = NULL;
  g_autoptr (OcgConfigTree) tree = NULL;
  g_autoptr (OcgConfigTree) linked = NULL;
  g_autoptr (OcgConfigTree) is_folder = NULL;

  g_assert_cmpint (g_mkdir (inner, 0700), ==, 0);
  write_file (folder, "main.json", "{$include: 'inner/a.json'}");
  write_file (inner, "a.json", "{a: {$include: '../b.json'}, c: {$include: 'c.json'}}");
  write_file (folder, "b.json", "[1]");
  write_file (inner, "c.json", "2");
  tree = ocg_config_tree_load (main_path, NULL, NULL);
  tree_assert_value (tree, "{a: [1], c: 2}");
  g_assert_true (ocg_config_tree_exists (tree));

  /* A symlink hides no cycle. */
  g_assert_cmpint (symlink ("../main.json", link), ==, 0);
  write_file (inner, "a.json", "{x: {$include: 'link.json'}}");
  linked = ocg_config_tree_load (main_path, NULL, NULL);
  cycle = g_strdup_printf ("%s/a.json:1:6: x.$include: |%s → %s/a.json → %s;", inner, main_path,
                           inner, link);
  tree_assert_invalid (linked, cycle);

  write_file (folder, "main.json", "{$include: 'inner'}");
  is_folder = ocg_config_tree_load (main_path, NULL, NULL);
  g_free (cycle);
  cycle = g_strdup_printf ("%s:1:2: $include: |“%s”|Is a directory", main_path, inner);
  tree_assert_invalid (is_folder, cycle);
  remove_all (folder);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/config-tree/merge", test_merge);
  g_test_add_func ("/config-tree/order", test_order);
  g_test_add_func ("/config-tree/shared-nodes", test_shared_nodes);
  g_test_add_func ("/config-tree/missing-main", test_missing_main);
  g_test_add_func ("/config-tree/faults", test_faults);
  g_test_add_func ("/config-tree/several-faults", test_several_faults);
  g_test_add_func ("/config-tree/unreadable-main", test_unreadable_main);
  g_test_add_func ("/config-tree/nesting", test_nesting);
  g_test_add_func ("/config-tree/bomb", test_bomb);
  g_test_add_func ("/config-tree/big-array", test_big_array);
  g_test_add_func ("/config-tree/too-many", test_too_many);
  g_test_add_func ("/config-tree/too-much-text", test_too_much_text);
  g_test_add_func ("/config-tree/depth", test_depth);
  g_test_add_func ("/config-tree/hash", test_hash);
  g_test_add_func ("/config-tree/disk", test_disk);
  return g_test_run ();
}
