/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "tree-asserts.h"

#include <string.h>

#include "config/ocg-config-diff.h"
#include "config/ocg-problem.h"
#include "ocg-error.h"

const OcgConfigDocument *
tree_get_document (OcgConfigTree *tree, guint i)
{
  return g_ptr_array_index (ocg_config_tree_get_documents (tree), i);
}

guint
tree_count_documents (OcgConfigTree *tree)
{
  return ocg_config_tree_get_documents (tree)->len;
}

void
tree_assert_value (OcgConfigTree *tree, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) value = ocg_json5_parse (expected, -1, NULL);
  g_auto (GStrv) differences = NULL;
  g_autofree char *joined = NULL;

  ocg_config_tree_check (tree, &error);
  g_assert_no_error (error);
  differences = ocg_config_diff (value, ocg_config_tree_get_root (tree), "");
  joined = g_strjoinv (" ", differences);
  g_assert_cmpstr (joined, ==, "");
  g_assert_cmpuint (g_strv_length (differences), ==, 0);
}

void
tree_assert_problems (OcgConfigTree *tree, const char *const *lines)
{
  g_autoptr (OcgProblems) problems = ocg_problems_new ();
  guint n = 0;

  ocg_config_tree_describe (tree, problems);
  for (; lines[n] != NULL; n++)
    {
      g_autofree char *line = NULL;
      g_auto (GStrv) parts = g_strsplit (lines[n], "|", -1);

      g_assert_cmpuint (n, <, ocg_problems_get_n (problems));
      line = ocg_problem_to_line (ocg_problems_get (problems, n));
      if (!g_str_has_prefix (line, parts[0]))
        g_error ("“%s” does not begin with “%s”", line, parts[0]);
      for (guint i = 1; parts[i] != NULL; i++)
        if (strstr (line, parts[i]) == NULL)
          g_error ("“%s” is not in “%s”", parts[i], line);
    }
  for (guint i = n; i < ocg_problems_get_n (problems); i++)
    g_error ("“%s” is too much", ocg_problem_to_line (ocg_problems_get (problems, i)));
}

void
tree_assert_invalid (OcgConfigTree *tree, const char *line)
{
  const char *const lines[] = { line, NULL };
  g_autoptr (GError) error = NULL;

  g_assert_false (ocg_config_tree_is_valid (tree));
  g_assert_null (ocg_config_tree_get_root (tree));
  g_assert_false (ocg_config_tree_check (tree, &error));
  g_assert_error (error, OCG_ERROR, OCG_ERROR_CONFIG_INVALID);
  tree_assert_problems (tree, lines);
}
