/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The list of problems: each once, not too many, in an order that people can read. */

#include <locale.h>

#include "config-fixture.h"

static void
test_once (void)
{
  g_autoptr (OcgProblems) problems = ocg_problems_new ();

  ocg_problems_add (problems, OCG_SEVERITY_ERROR, "a", "wrong", NULL);
  ocg_problems_add (problems, OCG_SEVERITY_ERROR, "a", "wrong", "right");
  ocg_problems_add (problems, OCG_SEVERITY_WARNING, "a", "odd", NULL);
  ocg_problems_add (problems, OCG_SEVERITY_ERROR, "b", "wrong", NULL);
  ocg_problems_add_at (problems, OCG_SEVERITY_INFO, "/f", 1, 2, "a", "wrong", "right");
  g_assert_cmpuint (ocg_problems_get_n (problems), ==, 4);
  g_assert_cmpstr (ocg_problems_get (problems, 3)->suggestion, ==, "right");
  g_assert_null (ocg_problems_get (problems, 0)->suggestion);
}

static void
add_many (OcgProblems *problems, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("a[%u]", i);

      ocg_problems_add (problems, OCG_SEVERITY_WARNING, path, "odd", NULL);
    }
}

static void
test_bound (void)
{
  g_autoptr (OcgProblems) problems = ocg_problems_new ();
  const OcgProblem *last = NULL;

  add_many (problems, OCG_PROBLEMS_MAX);
  g_assert_cmpuint (ocg_problems_get_n (problems), ==, OCG_PROBLEMS_MAX);
  add_many (problems, 50000);
  g_assert_cmpuint (ocg_problems_get_n (problems), ==, OCG_PROBLEMS_MAX + 1);
  last = ocg_problems_get (problems, OCG_PROBLEMS_MAX);
  g_assert_cmpstr (last->path, ==, "");
  g_assert_cmpint (last->severity, ==, OCG_SEVERITY_WARNING);

  /* An error among those that are not kept is not kept quiet. */
  ocg_problems_add (problems, OCG_SEVERITY_ERROR, "z", "wrong", NULL);
  ocg_problems_add (problems, OCG_SEVERITY_ERROR, "y", "wrong", NULL);
  g_assert_cmpint (last->severity, ==, OCG_SEVERITY_ERROR);

  ocg_problems_sort (problems);
  g_assert_true (ocg_problems_get (problems, OCG_PROBLEMS_MAX) == last);
}

static void
test_order (void)
{
  g_autoptr (OcgProblems) problems = ocg_problems_new ();
  g_autofree char *list = NULL;

  ocg_problems_add_at (problems, OCG_SEVERITY_ERROR, "/b", 9, 1, "b9", "x", NULL);
  ocg_problems_add_at (problems, OCG_SEVERITY_ERROR, "/a", 3, 5, "a3.5", "x", NULL);
  ocg_problems_add_at (problems, OCG_SEVERITY_ERROR, "/b", 2, 1, "b2 first", "x", NULL);
  ocg_problems_add_at (problems, OCG_SEVERITY_ERROR, "/a", 3, 1, "a3.1", "x", NULL);
  ocg_problems_add_at (problems, OCG_SEVERITY_ERROR, "/b", 2, 1, "b2 second", "x", NULL);
  ocg_problems_add_at (problems, OCG_SEVERITY_ERROR, "/b", 0, 0, "b", "x", NULL);
  ocg_problems_sort (problems);
  list = config_fixture_list_problems (problems);
  g_assert_cmpstr (list, ==,
                   "error b\nerror b2 first\nerror b2 second\nerror b9\nerror a3.1\nerror a3.5\n");
}

static void
test_line (void)
{
  g_autoptr (OcgProblems) problems = ocg_problems_new ();
  static const char *const lines[]
      = { "/f:3:7: a.b: wrong", "/f: a.b: worse", "a.b: bad", "/f:1:1: odd" };

  ocg_problems_add_at (problems, OCG_SEVERITY_ERROR, "/f", 3, 7, "a.b", "wrong", NULL);
  ocg_problems_add_at (problems, OCG_SEVERITY_ERROR, "/f", 0, 0, "a.b", "worse", NULL);
  ocg_problems_add_at (problems, OCG_SEVERITY_ERROR, NULL, 0, 0, "a.b", "bad", NULL);
  ocg_problems_add_at (problems, OCG_SEVERITY_INFO, "/f", 1, 1, "", "odd", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *line = ocg_problem_to_line (ocg_problems_get (problems, i));

      g_assert_cmpstr (line, ==, lines[i]);
    }
  g_assert_cmpstr (ocg_severity_to_string (OCG_SEVERITY_INFO), ==, "info");
}

static void
test_source (void)
{
  g_autoptr (OcgProblems) problems = ocg_problems_new ();
  g_autoptr (OcgConfigTree) tree
      = config_fixture_tree ("/nowhere/f.json", NULL, "{\n  a: {\n    b: 1 } }");
  const OcgProblem *problem = NULL;

  ocg_problems_set_source (problems, tree);
  ocg_problems_add (problems, OCG_SEVERITY_ERROR, "a.b.missing", "wrong", NULL);
  ocg_problems_set_source (problems, NULL);
  ocg_problems_add (problems, OCG_SEVERITY_ERROR, "a.b", "wrong", NULL);
  problem = ocg_problems_get (problems, 0);
  g_assert_cmpstr (problem->file, ==, "/nowhere/f.json");
  g_assert_cmpuint (problem->line, ==, 3);
  g_assert_cmpuint (problem->column, ==, 5);
  g_assert_cmpstr (ocg_problems_get (problems, 1)->file, ==, "");
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/problem/once", test_once);
  g_test_add_func ("/problem/bound", test_bound);
  g_test_add_func ("/problem/order", test_order);
  g_test_add_func ("/problem/line", test_line);
  g_test_add_func ("/problem/source", test_source);
  return g_test_run ();
}
