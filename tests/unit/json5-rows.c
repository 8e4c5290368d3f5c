/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "json5-rows.h"

#include "config/ocg-config-path.h"
#include "config/ocg-json5-edit.h"
#include "config/ocg-json5-merge.h"
#include "ocg-error.h"

char *
json5_row_edit (const char *text, const char *path, const char *value, GError **error)
{
  g_auto (GStrv) segments = ocg_config_path_parse (path, NULL);
  const char *const *names = (const char *const *) segments;
  g_autoptr (JsonNode) node = NULL;
  OcgJson5Problem problem;
  char *after = NULL;

  g_assert_nonnull (segments);
  if (value != NULL)
    {
      node = ocg_json5_parse (value, -1, NULL);
      g_assert_nonnull (node);
    }
  after = ocg_json5_edit (text, names, node, &problem);
  if (after == NULL)
    {
      g_autofree char *what = ocg_json5_problem_describe (&problem);

      g_set_error (error, OCG_ERROR, OCG_ERROR_CONFIG_INVALID, "line %u, column %u: %s",
                   problem.line, problem.column, what);
    }
  return after;
}

static char *
merge (const char *text, const char *path, const char *patch)
{
  g_auto (GStrv) segments = ocg_config_path_parse (path, NULL);
  g_autoptr (JsonNode) node = ocg_json5_parse (patch, -1, NULL);
  OcgJson5Problem problem;

  g_assert_nonnull (node);
  return ocg_json5_merge (text, (const char *const *) segments, node, &problem);
}

static gboolean
appends (const char *path)
{
  return g_str_has_suffix (path, "[\"-\"]") || g_strrstr (path, "[\"-\"].") != NULL;
}

void
json5_rows_check (const Json5Row *rows, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *after
          = json5_row_edit (rows[i].before, rows[i].path, rows[i].value, &error);
      g_test_message ("%s\n%s = %s", rows[i].before, rows[i].path, rows[i].value);
      g_assert_no_error (error);
      g_assert_cmpstr (after, ==, rows[i].after);
      if (appends (rows[i].path))
        continue;
      g_autofree char *again = json5_row_edit (after, rows[i].path, rows[i].value, &error);
      /* The number of an element that has gone is that of the next. */
      if (rows[i].value != NULL || !g_str_has_suffix (rows[i].path, "]"))
        g_assert_cmpstr (again, ==, after);
    }
}

void
json5_rows_check_merges (const Json5Row *rows, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      g_test_message ("%s\n%s <- %s", rows[i].before, rows[i].path, rows[i].value);
      g_autofree char *after = merge (rows[i].before, rows[i].path, rows[i].value);
      g_assert_cmpstr (after, ==, rows[i].after);
      g_autofree char *again = merge (after, rows[i].path, rows[i].value);
      g_assert_cmpstr (again, ==, after);
    }
}

char *
json5_fixture (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", "config", name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}
