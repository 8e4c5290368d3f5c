/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Where the values of a tree stand, whoever asks. */

#include <locale.h>
#include <string.h>

#include "config/ocg-problem.h"
#include "memory-files.h"
#include "tree-asserts.h"

static void
assert_place (OcgConfigTree *tree, const char *path, const char *expected)
{
  OcgConfigPlace place;
  gboolean found = ocg_config_tree_find (tree, path, &place);
  g_autofree char *name
      = found ? g_path_get_basename (tree_get_document (tree, place.document)->path) : NULL;
  g_autofree char *line = found ? g_strdup_printf ("%s:%u:%u", name, place.line, place.column)
                                : NULL;

  g_test_message ("%s", path);
  g_assert_cmpstr (line, ==, expected);
}

static void
test_find (void)
{
  g_autoptr (GHashTable) files = memory_files_new_with (
      "main.json",
      "// ours\n{\n  $include: 'a.json',\n  m: {p: {id: 1}, 'a/b': 2},\n"
      "  l: [{$include: 'b.json'}, 7],\n  i: {$include: 'b.json'},\n}",
      "a.json", "{l: [1,\n 2], m: {q: 1,\n p: {key: 1}}}", "b.json", "\n{k: '中', z: 1}", NULL);
  g_autoptr (OcgConfigTree) tree = memory_files_load (files);
  OcgConfigPlace place;

  g_assert_true (ocg_config_tree_is_valid (tree));
  assert_place (tree, "", "main.json:2:1");
  assert_place (tree, "m", "main.json:4:3");
  assert_place (tree, "m.p.id", "main.json:4:11");
  assert_place (tree, "m.p.key", "a.json:3:6");
  assert_place (tree, "m.q", "a.json:2:10");
  assert_place (tree, "m.p.none.at.all", "main.json:4:7");
  assert_place (tree, "m[\"a/b\"]", "main.json:4:19");
  assert_place (tree, "l[0]", "a.json:1:6");
  assert_place (tree, "l[1]", "a.json:2:2");
  assert_place (tree, "l[2]", "main.json:5:7");
  assert_place (tree, "l[2].z", "b.json:2:10");
  assert_place (tree, "l[3]", "main.json:5:29");
  assert_place (tree, "l[4]", "main.json:5:3");
  assert_place (tree, "i", "main.json:6:3");
  assert_place (tree, "i.k", "b.json:2:2");
  assert_place (tree, "none", NULL);
  assert_place (tree, "]", NULL);

  g_assert_true (ocg_config_tree_find (tree, "i.k", &place));
  g_assert_cmpuint (place.offset, ==, 5);
}

static void
test_part (void)
{
  g_autoptr (GHashTable) files = memory_files_new_with (
      "main.json", "{a: 1,\n b: {$include: 'n.json'}}", "n.json", "[]", NULL);
  g_autoptr (OcgConfigTree) tree = ocg_config_tree_load_part (
      "/m/main.json", "models.providers.acme", memory_files_read, files);
  g_autoptr (OcgConfigTree) bad = NULL;

  tree_assert_value (tree, "{a: 1, b: []}");
  assert_place (tree, "models.providers.acme.a", "main.json:1:2");
  assert_place (tree, "models.providers.acme.b[2]", "main.json:2:2");
  assert_place (tree, "models.providers.acme.none", "main.json:1:1");
  assert_place (tree, "models.providers.acme", "main.json:1:1");
  assert_place (tree, "models.providers", NULL);
  assert_place (tree, "models.providers.other.a", NULL);
  assert_place (tree, "a", NULL);

  g_hash_table_remove (files, "/m/n.json");
  bad = ocg_config_tree_load_part ("/m/main.json", "desktop", memory_files_read, files);
  tree_assert_invalid (bad, "/m/main.json:2:6: desktop.b.$include: ");
}

static void
test_duplicates (void)
{
  g_autoptr (GHashTable) files = memory_files_new_with (
      "main.json", "{a: {b: 1,\n b: 2},\n x: {$include: 'i.json'}}", "i.json",
      "[{c: 1}, {c: 1, c: 1}]", NULL);
  g_autoptr (OcgConfigTree) tree = memory_files_load (files);
  const char *const lines[] = { "/m/main.json:2:2: a.b: “b” stands in line 1 already",
                                "/m/i.json:1:17: x[1].c: “c” stands in line 1 already", NULL };
  g_autoptr (OcgProblems) problems = ocg_problems_new ();

  tree_assert_value (tree, "{a: {b: 2}, x: [{c: 1}, {c: 1}]}");
  tree_assert_problems (tree, lines);
  ocg_config_tree_describe (tree, problems);
  g_assert_cmpuint (ocg_problems_get_n (problems), ==, 2);
  for (guint i = 0; i < 2; i++)
    g_assert_cmpint (ocg_problems_get (problems, i)->severity, ==, OCG_SEVERITY_WARNING);
}

/* One line of a megabyte: looking something up does not read it again. */
static void
test_find_often (void)
{
  g_autoptr (GString) text = g_string_new ("{");
  g_autoptr (GHashTable) files = NULL;
  g_autoptr (OcgConfigTree) tree = NULL;
  OcgConfigPlace place;

  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (text, "m%05u: {a: {b: [1, {c: 'some text to fill it up'}]}}, ", i);
  g_string_append_c (text, '}');
  files = memory_files_new_with ("main.json", text->str, NULL);
  tree = memory_files_load (files);
  for (guint i = 0; i < 20000; i++)
    {
      g_autofree char *path = g_strdup_printf ("m%05u.a.b[1].c", i);
      gsize start = 1 + i * strlen ("m00000: {a: {b: [1, {c: 'some text to fill it up'}]}}, ");

      g_assert_true (ocg_config_tree_find (tree, path, &place));
      g_assert_cmpuint (place.line, ==, 1);
      g_assert_cmpuint (place.column, ==, start + strlen ("m00000: {a: {b: [1, {") + 1);
    }
}

static gpointer
load_in_thread (gpointer data)
{
  return memory_files_load (data);
}

static gpointer
find_in_thread (gpointer data)
{
  OcgConfigTree *tree = data;
  OcgConfigPlace place;

  for (guint i = 0; i < 2000; i++)
    {
      g_autoptr (OcgConfigTree) own = ocg_config_tree_ref (tree);
      g_autoptr (OcgProblems) problems = ocg_problems_new ();
      g_autoptr (OcgConfigTarget) target
          = ocg_config_tree_locate (own, (const char *const[]) { "x", "p", NULL });

      g_assert_true (ocg_config_tree_find (own, "x.p", &place));
      g_assert_cmpuint (place.document, ==, target->document);
      ocg_config_tree_describe (own, problems);
    }
  ocg_config_tree_unref (tree);
  return NULL;
}

/* Made in one thread, used and let go in others. */
static void
test_threads (void)
{
  g_autoptr (GHashTable) files = memory_files_new_with (
      "main.json", "{x: {$include: 'a.json', q: 1}}", "a.json", "{p: 1, p: 2}", NULL);
  g_autoptr (OcgConfigTree) tree
      = g_thread_join (g_thread_new ("load", load_in_thread, files));
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("find", find_in_thread, ocg_config_tree_ref (tree));
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  tree_assert_value (tree, "{x: {p: 2, q: 1}}");
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/config-tree-find/find", test_find);
  g_test_add_func ("/config-tree-find/part", test_part);
  g_test_add_func ("/config-tree-find/duplicates", test_duplicates);
  g_test_add_func ("/config-tree-find/find-often", test_find_often);
  g_test_add_func ("/config-tree-find/threads", test_threads);
  return g_test_run ();
}
