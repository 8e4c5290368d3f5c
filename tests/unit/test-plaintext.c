/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What is found in the files of fixtures/plaintext: NAME.finds has a line for each find. */

#include <string.h>

#include "config-fixture.h"
#include "config/ocg-dotenv.h"
#include "credentials/ocg-plaintext-settings.h"
#include "credentials/ocg-plaintext-stores.h"

#define FILE_NAME "/nowhere/file"

static const char *const problems[] = {
  [OCG_PLAINTEXT_FINE] = "fine",
  [OCG_PLAINTEXT_NO_KEY] = "no-key",
  [OCG_PLAINTEXT_OTHER_HEADER] = "other-header",
  [OCG_PLAINTEXT_NO_JSON] = "no-json",
};

static void
append (GString *out, const char *name, const char *value)
{
  if (value != NULL)
    g_string_append_printf (out, " %s=%s", name, value);
}

static char *
print (GPtrArray *finds)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < finds->len; i++)
    {
      OcgPlaintext *find = g_ptr_array_index (finds, i);

      g_string_append_printf (out, "%s", problems[find->problem]);
      append (out, "provider", find->provider);
      append (out, "place", find->place);
      append (out, "kind", find->kind);
      append (out, "name", find->name);
      append (out, "variable", find->variable);
      append (out, "header", find->header);
      append (out, "secret", find->secret != NULL ? ocg_secret_peek (find->secret) : NULL);
      append (out, "refresh", find->refresh != NULL ? ocg_secret_peek (find->refresh) : NULL);
      append (out, "url", find->base_url);
      if (find->order != NULL)
        {
          g_autofree char *order = g_strjoinv (",", find->order);

          append (out, "order", order);
        }
      if (find->expires != 0)
        g_string_append_printf (out, " expires=%" G_GINT64_FORMAT, find->expires);
      g_string_append_c (out, '\n');
    }
  return g_string_free (out, FALSE);
}

static GHashTable *
new_variables (void)
{
  static const char *const names[][2] = { { "MINIMAX_API_KEY", "minimax" },
                                          { "ANTHROPIC_OAUTH_TOKEN", "anthropic" },
                                          { "OPENAI_API_KEY", "openai" } };
  GHashTable *variables = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_hash_table_insert (variables, g_strdup (names[i][0]), g_strdup (names[i][1]));
  return variables;
}

static void
read_config (const char *text, GPtrArray *finds)
{
  g_autoptr (GHashTable) variables = new_variables ();
  g_autoptr (OcgConfigTree) tree = config_fixture_tree (FILE_NAME, NULL, text);

  ocg_plaintext_read_config (tree, variables, finds);
}

static GPtrArray *
find_in (const char *name, const char *text, gsize length)
{
  GPtrArray *finds = g_ptr_array_new_with_free_func ((GDestroyNotify) ocg_plaintext_free);
  g_autoptr (GHashTable) variables = new_variables ();

  if (g_str_has_prefix (name, "profiles-"))
    ocg_plaintext_read_profiles (FILE_NAME, text, length, finds);
  else if (g_str_has_prefix (name, "oauth-"))
    ocg_plaintext_read_oauth (FILE_NAME, text, length, finds);
  else if (g_str_has_prefix (name, "cli-"))
    ocg_plaintext_read_minimax_cli (FILE_NAME, text, length, finds);
  else if (g_str_has_prefix (name, "config-"))
    read_config (text, finds);
  else
    ocg_plaintext_read_dotenv (FILE_NAME, text, variables, finds);
  return finds;
}

static void
test_case (gconstpointer data)
{
  const char *name = data;
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", "plaintext", name, NULL);
  g_autofree char *stem = g_strndup (path, (gsize) (strrchr (path, '.') - path));
  g_autofree char *expected_path = g_strconcat (stem, ".finds", NULL);
  g_autofree char *text = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *found = NULL;
  g_autoptr (GPtrArray) finds = NULL;
  gsize length = 0;

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  finds = find_in (name, text, length);
  found = print (finds);
  g_assert_true (g_file_get_contents (expected_path, &expected, NULL, NULL));
  g_assert_cmpstr (found, ==, expected);
}

/* Cut anywhere, a file is wrong or has fewer keys; nothing is read behind its end. */
static void
test_every_beginning (void)
{
  static const char *const names[] = { "profiles-kinds.json", "oauth-legacy.json",
                                       "cli-minimax.json" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path
          = g_test_build_filename (G_TEST_DIST, "fixtures", "plaintext", names[i], NULL);
      g_autofree char *text = NULL;
      gsize length = 0;

      g_assert_true (g_file_get_contents (path, &text, &length, NULL));
      for (gsize n = 0; n < length - 2; n++)
        {
          g_autofree char *part = g_memdup2 (text, MAX (n, 1));
          g_autoptr (GPtrArray) finds = find_in (names[i], part, n);
          OcgPlaintext *only = NULL;

          g_assert_cmpuint (finds->len, ==, 1);
          only = g_ptr_array_index (finds, 0);
          g_assert_cmpint (only->problem, ==, OCG_PLAINTEXT_NO_JSON);
        }
    }
}

static void
test_ids (void)
{
  g_autoptr (OcgPlaintext) one = ocg_plaintext_new (OCG_PLAINTEXT_STORE, "/f", "a", "p", "token");
  g_autoptr (OcgPlaintext) same
      = ocg_plaintext_new (OCG_PLAINTEXT_CONFIG, "/f", "a", "q", "api_key");
  g_autoptr (OcgPlaintext) other = ocg_plaintext_new (OCG_PLAINTEXT_STORE, "/f", "b", "p", "token");

  g_assert_cmpstr (one->id, ==, same->id);
  g_assert_cmpstr (one->id, !=, other->id);
}

static void
test_references (void)
{
  g_autoptr (OcgConfigTree) tree = config_fixture_tree (
      FILE_NAME, NULL,
      "{a: ['x', {b: 'y ${OTHER} ${KEY} z'}], c: '$${KEY}', d: '${KEYS}',"
      " e: {source: 'env', id: 'KEY'}, f: '${KEY}'}");
  g_autoptr (GPtrArray) places = ocg_plaintext_find_references (tree, "KEY");
  g_autoptr (GString) found = g_string_new (NULL);

  for (guint i = 0; i < places->len; i++)
    {
      g_autofree char *place = g_strjoinv (".", g_ptr_array_index (places, i));

      g_string_append_printf (found, "%s ", place);
    }
  g_assert_cmpstr (found->str, ==, "a.1.b e f ");
}

static void
test_lines (void)
{
  static const struct
  {
    const char *text, *rest;
  } rows[] = {
    { "", "" },
    { "KEY=sk\n", "" },
    { "KEY=sk", "" },
    { "A=1\nKEY=sk\nB=2", "A=1\nB=2" },
    { "\xef\xbb\xbfKEY=sk\r\nA=1\r\n", "\xef\xbb\xbf" "A=1\r\n" },
    { "  export KEY : sk # c\nexport KEY: sk\n", "  export KEY : sk # c\n" },
    { "KEY='sk'\n# KEY=sk\n", "# KEY=sk\n" },
    { "KEY=\" sk\n\"\nA=1\n", "A=1\n" },
    { "KEY=other\nKEY=sk\n", "KEY=other\n" },
    { "KEYS=sk\nXKEY=sk\n", "KEYS=sk\nXKEY=sk\n" },
    { "A=\"1\nKEY=sk\n\"\n", "A=\"1\nKEY=sk\n\"\n" },
    { "no name\n\n\nKEY=sk\n\n", "no name\n\n\n\n" },
    { "A='open\nKEY=sk\n", "A='open\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *rest = ocg_dotenv_remove (rows[i].text, "KEY", "sk");

      g_assert_cmpstr (rest, ==, rows[i].rest);
    }
}

int
main (int argc, char **argv)
{
  static const char *const names[] = {
    "profiles-kinds.json", "profiles-none.json",  "profiles-bad-key.json",
    "profiles-cut.json",   "profiles-array.json", "profiles-bytes.json",
    "oauth-legacy.json",   "cli-minimax.json",    "cli-without-access.json",
    "config-all.json5",    "config-cut.json5",    "dotenv-some.env",
    "profiles-order.json",
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_strconcat ("/plaintext/file/", names[i], NULL);

      g_test_add_data_func (path, names[i], test_case);
    }
  g_test_add_func ("/plaintext/every-beginning", test_every_beginning);
  g_test_add_func ("/plaintext/ids", test_ids);
  g_test_add_func ("/plaintext/references", test_references);
  g_test_add_func ("/plaintext/lines", test_lines);
  return g_test_run ();
}
