/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "config/ocg-config-path.h"
#include "config/ocg-config.h"
#include "config/ocg-json5.h"
#include "ocg-error.h"

#define TEMPORARY ".tmp-openclaw-gateway"

typedef struct
{
  char *folder;
  char *path;
  OcgConfig *config;
  guint changes;
  char *paths; /* of the last change, separated by blanks */
} Fixture;

static void
note_change (OcgConfig *config, GStrv paths, Fixture *fixture)
{
  fixture->changes++;
  g_free (fixture->paths);
  fixture->paths = g_strjoinv (" ", paths);
}

static void
use_path (Fixture *fixture, const char *path)
{
  g_clear_object (&fixture->config);
  fixture->config = ocg_config_new (path);
  fixture->changes = 0;
  g_signal_connect (fixture->config, "changed", G_CALLBACK (note_change), fixture);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  fixture->folder = g_dir_make_tmp ("ocg-config-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "openclaw.json", NULL);
  use_path (fixture, fixture->path);
}

static void
remove_tree (const char *path)
{
  if (!g_file_test (path, G_FILE_TEST_IS_SYMLINK) && g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
      for (const char *name; (name = g_dir_read_name (dir)) != NULL;)
        {
          g_autofree char *child = g_build_filename (path, name, NULL);
          remove_tree (child);
        }
    }
  g_remove (path);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->config);
  remove_tree (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->paths);
}

static void
put (const char *path, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static char *
get (const char *path)
{
  char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

#define assert_file(path, expected) \
  G_STMT_START \
  { \
    g_autofree char *text_of_file_ = get (path); \
    g_assert_cmpstr (text_of_file_, ==, (expected)); \
  } \
  G_STMT_END

static mode_t
mode_of (const char *path)
{
  struct stat info;
  g_assert_cmpint (lstat (path, &info), ==, 0);
  return info.st_mode & 07777;
}

static guint
count_files (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint count = 0;
  while (g_dir_read_name (dir) != NULL)
    count++;
  return count;
}

static void
load (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_assert_true (ocg_config_load (fixture->config, &error));
  g_assert_no_error (error);
}

/* @primary: (nullable) of the settings in force */
static void
assert_primary (OcgConfig *config, const char *primary)
{
  g_autoptr (OcgProblems) problems = ocg_problems_new ();
  const OcgSettingsSources sources = ocg_config_get_sources (config);
  g_autoptr (OcgSettings) settings = ocg_settings_new (&sources, problems);

  g_assert_cmpstr (settings->primary, ==, primary);
}

static GPtrArray *
new_edits (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) ocg_config_edit_free);
}

/* @value: (nullable) JSON5 */
static void
add_edit (GPtrArray *edits, const char *path, const char *value)
{
  g_auto (GStrv) segments = ocg_config_path_parse (path, NULL);
  JsonNode *node = value != NULL ? ocg_json5_parse (value, -1, NULL) : NULL;
  g_ptr_array_add (edits, ocg_config_edit_new ((const char *const *) segments, node));
}

typedef struct
{
  Fixture *fixture;
  gboolean done;
  guint changes; /* when the callback ran */
  guint order;
  guint *counter;
  GError *error;
} Write;

static void
write_done (GObject *source, GAsyncResult *result, gpointer data)
{
  Write *w = data;
  w->changes = w->fixture->changes;
  gboolean good = ocg_config_write_finish (OCG_CONFIG (source), result, &w->error);
  g_assert_cmpint (good, ==, w->error == NULL);
  w->order = w->counter != NULL ? ++*w->counter : 0;
  w->done = TRUE;
}

static void
wait_for (Write *w)
{
  while (!w->done)
    g_main_context_iteration (NULL, TRUE);
}

/* Returns the error, NULL when it went well. */
static GError *
write_one (Fixture *fixture, const char *path, const char *value, const char *if_hash)
{
  Write w = { .fixture = fixture };
  g_autoptr (GPtrArray) edits = new_edits ();
  const OcgConfigWrite write = { .edits = edits, .if_hash = if_hash };
  add_edit (edits, path, value);
  ocg_config_write_async (fixture->config, &write, NULL, write_done, &w);
  g_assert_false (w.done);
  wait_for (&w);
  if (w.error != NULL)
    g_test_message ("%s", w.error->message);
  return w.error;
}

static void
write_well (Fixture *fixture, const char *path, const char *value)
{
  g_autoptr (GError) error = write_one (fixture, path, value, NULL);
  g_assert_no_error (error);
}

static void
test_find (void)
{
  g_unsetenv ("OPENCLAW_STATE_DIR");
  g_setenv ("OPENCLAW_CONFIG_PATH", "/some/where/my.json5", TRUE);
  g_autoptr (OcgConfig) by_path = ocg_config_new (NULL);
  g_assert_cmpstr (ocg_config_get_path (by_path, OCG_CONFIG_OPENCLAW), ==, "/some/where/my.json5");

  g_setenv ("OPENCLAW_CONFIG_PATH", "~/my.json5", TRUE);
  g_autofree char *in_home = g_build_filename (g_get_home_dir (), "my.json5", NULL);
  g_autoptr (OcgConfig) by_home = ocg_config_new (NULL);
  g_assert_cmpstr (ocg_config_get_path (by_home, OCG_CONFIG_OPENCLAW), ==, in_home);

  g_setenv ("OPENCLAW_CONFIG_PATH", "", TRUE);
  g_setenv ("OPENCLAW_STATE_DIR", "/some/state/", TRUE);
  g_autoptr (OcgConfig) by_state = ocg_config_new (NULL);
  g_assert_cmpstr (ocg_config_get_path (by_state, OCG_CONFIG_OPENCLAW), ==, "/some/state/openclaw.json");

  g_unsetenv ("OPENCLAW_CONFIG_PATH");
  g_unsetenv ("OPENCLAW_STATE_DIR");
  g_autofree char *standard
      = g_build_filename (g_get_home_dir (), ".openclaw", "openclaw.json", NULL);
  g_autoptr (OcgConfig) by_default = ocg_config_new (NULL);
  g_assert_cmpstr (ocg_config_get_path (by_default, OCG_CONFIG_OPENCLAW), ==, standard);
}

static void
test_load (Fixture *fixture, gconstpointer data)
{
  OcgConfig *config = fixture->config;

  load (fixture);
  g_assert_cmpint (ocg_config_get_state (config, OCG_CONFIG_OPENCLAW), ==, OCG_CONFIG_MISSING);
  g_assert_cmpstr (ocg_config_get_hash (config, OCG_CONFIG_OPENCLAW), ==, "");
  g_assert_cmpuint (fixture->changes, ==, 0);

  put (fixture->path, "{agents: {defaults: {model: 'a/b'}}}");
  load (fixture);
  g_assert_cmpint (ocg_config_get_state (config, OCG_CONFIG_OPENCLAW), ==, OCG_CONFIG_OK);
  assert_primary (config, "a/b");
  g_assert_cmpuint (fixture->changes, ==, 1);
  g_autofree char *hash = g_compute_checksum_for_string (
      G_CHECKSUM_SHA256, "{agents: {defaults: {model: 'a/b'}}}", -1);
  g_assert_cmpstr (ocg_config_get_hash (config, OCG_CONFIG_OPENCLAW), ==, hash);

  g_assert_cmpstr (fixture->paths, ==, "agents");

  /* The same file is no change, another comment no other value. */
  load (fixture);
  g_assert_cmpuint (fixture->changes, ==, 1);
  put (fixture->path, "{agents: {defaults: {model: \"a/b\"}}} // mine");
  load (fixture);
  g_assert_cmpuint (fixture->changes, ==, 2);
  g_assert_cmpstr (fixture->paths, ==, "");
  g_assert_cmpstr (ocg_config_get_hash (config, OCG_CONFIG_OPENCLAW), !=, hash);

  put (fixture->path, "");
  load (fixture);
  g_assert_cmpint (ocg_config_get_state (config, OCG_CONFIG_OPENCLAW), ==, OCG_CONFIG_OK);
  assert_primary (config, NULL);

  g_unlink (fixture->path);
  load (fixture);
  g_assert_cmpint (ocg_config_get_state (config, OCG_CONFIG_OPENCLAW), ==, OCG_CONFIG_MISSING);
  g_assert_cmpstr (ocg_config_get_hash (config, OCG_CONFIG_OPENCLAW), ==, "");
}

static void
test_last_good (Fixture *fixture, gconstpointer data)
{
  static const char *const broken[] = { "{\n  agents: {\n", "[]", "{a: 1}}", "\xff", "{a: 'b\n'}" };
  put (fixture->path, "{agents: {defaults: {model: 'a/b'}}}");
  load (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autoptr (GError) error = NULL;
      put (fixture->path, broken[i]);
      g_assert_false (ocg_config_load (fixture->config, &error));
      g_assert_error (error, OCG_ERROR, OCG_ERROR_CONFIG_INVALID);
      g_test_message ("%s", error->message);
      g_assert_true (g_str_has_prefix (error->message, fixture->path));
      g_assert_cmpint (error->message[strlen (fixture->path)], ==, ':');
      g_assert_cmpint (ocg_config_get_state (fixture->config, OCG_CONFIG_OPENCLAW), ==, OCG_CONFIG_INVALID);
      assert_primary (fixture->config, "a/b");

      g_autoptr (GError) write_error = write_one (fixture, "a", "1", NULL);
      g_assert_error (write_error, OCG_ERROR, OCG_ERROR_CONFIG_INVALID);
      g_assert_true (g_str_has_prefix (write_error->message, fixture->path));
      assert_file (fixture->path, broken[i]);
    }

  g_autoptr (GError) error = NULL;
  put (fixture->path, broken[0]);
  g_assert_false (ocg_config_load (fixture->config, &error));
  g_assert_nonnull (strstr (error->message, ".json:3:1: "));
}

static void
test_unreadable (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) write_error = NULL;
  g_mkdir (fixture->path, 0700);
  g_assert_false (ocg_config_load (fixture->config, &error));
  g_assert_error (error, OCG_ERROR, OCG_ERROR_CONFIG_INVALID);
  g_assert_nonnull (strstr (error->message, fixture->path));
  g_assert_cmpint (ocg_config_get_state (fixture->config, OCG_CONFIG_OPENCLAW), ==, OCG_CONFIG_INVALID);
  write_error = write_one (fixture, "a", "1", NULL);
  g_assert_error (write_error, OCG_ERROR, OCG_ERROR_CONFIG_INVALID);

  /* Nobody ever writes to this FIFO. */
  g_rmdir (fixture->path);
  g_clear_error (&error);
  g_assert_cmpint (mkfifo (fixture->path, 0600), ==, 0);
  g_assert_false (ocg_config_load (fixture->config, &error));
  g_assert_error (error, OCG_ERROR, OCG_ERROR_CONFIG_INVALID);
}

static void
test_zero_byte (Fixture *fixture, gconstpointer data)
{
  static const char text[] = "{a: 1}\0\0\0\0";
  g_autoptr (GError) error = NULL;
  g_assert_true (g_file_set_contents (fixture->path, text, sizeof text - 1, NULL));
  g_assert_false (ocg_config_load (fixture->config, NULL));
  error = write_one (fixture, "a", "2", NULL);
  g_assert_error (error, OCG_ERROR, OCG_ERROR_CONFIG_INVALID);
  g_assert_nonnull (strstr (error->message, ".json:1:7: "));
}

static const struct
{
  const char *path, *expected;
} value_rows[] = {
  { "a", "{\n  \"b\": 1\n}" },
  { "a.b", "1" },
  { "['a']['b']", "1" },
  { "a[b]", "1" },
  { "list[1]", "\"y\"" },
  { "list.0", "\"x\"" },
  { "list", "[\n  \"x\",\n  \"y\",\n  [0.5, null]\n]" },
  { "list[2][0]", "0.5" },
  { "dotted[\"c.d\"].e", "true" },
  { "dotted.c\\.d.e", "true" },
  { "dotted['q\\'\\u0041']", "2" },
  { "dotted[minimax/MiniMax-M2.1]", "3" },
  { "odd", "[null, null]" },
  { "empty", "{}" },
  { "中", "\"文\"" },
};

static void
test_get_value (Fixture *fixture, gconstpointer data)
{
  static const char *const bad[] = { ".",   ".a",   "a.",    "a..b", "a[",     "a[]",
                                     "a]b[", "a['b", "a['b'", "a.['b']", "a['b']c", "[", "\xff" };
  static const char *const missing[]
      = { "b", "a.c", "a.b.c", "list[3]", "list[-1]", "list.x", "A", "a['']" };

  put (fixture->path, "{a: {b: 1}, list: ['x', 'y', [.5, null]], odd: [NaN, Infinity], empty: {},"
                      " dotted: {'c.d': {e: true}, 'q\\'A': 2, 'minimax/MiniMax-M2.1': 3},"
                      " 中: '文', }");
  load (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (value_rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text = ocg_config_get_value (fixture->config, value_rows[i].path, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (text, ==, value_rows[i].expected);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_test_message ("%s", bad[i]);
      g_assert_null (ocg_config_get_value (fixture->config, bad[i], &error));
      g_assert_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS);
    }
  for (guint i = 0; i < G_N_ELEMENTS (missing); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_null (ocg_config_get_value (fixture->config, missing[i], &error));
      g_assert_error (error, OCG_ERROR, OCG_ERROR_NOT_FOUND);
    }

  g_autofree char *all = ocg_config_get_value (fixture->config, "", NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_assert_true (json_parser_load_from_data (parser, all, -1, NULL));
  g_unlink (fixture->path);
  load (fixture);
  g_autofree char *nothing = ocg_config_get_value (fixture->config, "", NULL);
  g_assert_cmpstr (nothing, ==, "{}");
}

static const struct
{
  const char *path, *expected;
} mask_rows[] = {
  { "env.A", "\"********\"" },
  { "env.vars.B", "\"********\"" },
  { "env.REF", "\"${OTHER}\"" },
  { "env.NOT_ONLY", "\"********\"" },
  { "env.shellEnv", "{\n  \"enabled\": true,\n  \"timeoutMs\": 15000\n}" },
  { "models.providers.p.apiKey", "\"********\"" },
  { "models.providers.q.apiKey", "\"${KEY}\"" },
  { "models.providers.q.apiKey2", "\"********\"" },
  { "models.providers.p.headers.X-Any", "\"********\"" },
  { "models.providers.p.headers['X-Ref']", "\"${REF}\"" },
  { "models.providers.p.baseUrl", "\"https://x/\"" },
  { "models.providers.q.baseUrl", "\"https://********@x:8443/v1?a=b@c\"" },
  { "models.providers['my-key'].baseUrl", "\"https://x/@scope\"" },
  { "urls", "{\n  \"slash\": \"http://********@x/\","
            "\n  \"https://********@x/\": 1,"
            "\n  \"query\": \"see https://x:80/a?b=1&api_key=********&c=d@e#f then\"\n}" },
  { "models.providers.p.models[0].maxTokens", "8192" },
  { "models.providers.p.models[0].compat.maxTokensField", "\"max_tokens\"" },
  { "models.providers.p.models[0].headers.X", "\"********\"" },
  { "models.providers['my-key'].api", "\"openai-completions\"" },
  { "agents.defaults.models['a/b'].params.maxTokens", "5" },
  { "agents.defaults.models['a/b'].params.apiKey", "\"********\"" },
  { "agents.defaults.memory.remote.apiKey", "\"********\"" },
  { "agents.list[0].secretThing", "\"********\"" },
  { "auth.profiles['x:token'].email", "\"me@example.org\"" },
  { "auth.profiles['x:token'].mode", "\"token\"" },
  { "auth.profiles['x:token'].key", "\"********\"" },
  { "auth.order.keyco", "[\"keyco:1\"]" },
  { "gateway.auth.token", "\"********\"" },
  { "gateway.auth.Password", "\"********\"" },
  { "gateway.auth.mode", "\"token\"" },
  { "gateway.auth.pinKEY", "\"********\"" },
  { "gateway.tokens[1]", "\"********\"" },
  { "gateway.secrets.deep.er", "\"********\"" },
  { "gateway.secrets.on", "true" },
  { "channels.x.botToken", "\"********\"" },
  { "plugins.entries.keyring.enabled", "true" },
  { "plugins.entries.keyring.config.clientSecret", "\"********\"" },
  { "skills.entries.s.env.FOO", "\"********\"" },
};

static void
test_masks (Fixture *fixture, gconstpointer data)
{
  put (fixture->path,
       "{env: {A: 'LEAK', REF: '${OTHER}', NOT_ONLY: 'LEAK ${OTHER}', vars: {B: 'LEAK'},"
       "   shellEnv: {enabled: true, timeoutMs: 15000}},"
       " models: {providers: {p: {apiKey: 'LEAK', baseUrl: 'https://x/',"
       "   headers: {'X-Any': 'LEAK', 'X-Ref': '${REF}', N: {deep: ['LEAK']}},"
       "   models: [{id: 'm', maxTokens: 8192, compat: {maxTokensField: 'max_tokens'},"
       "     headers: {X: 'LEAK'}}]}, q: {apiKey: '${KEY}', apiKey2: 'LEAK',"
       "   baseUrl: 'https://me:LEAK@x:8443/v1?a=b@c'},"
       "   'my-key': {api: 'openai-completions', baseUrl: 'https://x/@scope'}}},"
       " agents: {defaults: {models: {'a/b': {params: {maxTokens: 5, apiKey: 'LEAK'}}},"
       "   memory: {remote: {apiKey: 'LEAK'}}}, list: [{secretThing: 'LEAK'}]},"
       " auth: {profiles: {'x:token': {mode: 'token', email: 'me@example.org', key: 'LEAK'}},"
       "   order: {keyco: ['keyco:1']}},"
       " gateway: {auth: {mode: 'token', token: 'LEAK', Password: 'LEAK', pinKEY: 1234},"
       "   tokens: ['LEAK', 'LEAK'], secrets: {deep: {er: 'LEAK'}, on: true}},"
       " urls: {slash: 'http://me:pass/LEAK@x/', 'https://me:LEAK@x/': 1,"
       "   query: 'see https://x:80/a?b=1&api_key=LEAK&c=d@e#f then'},"
       " channels: {x: {botToken: 'LEAK'}}, skills: {entries: {s: {env: {FOO: 'LEAK'}}}},"
       " plugins: {entries: {keyring: {enabled: true, config: {clientSecret: 'LEAK'}}}}}");
  load (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (mask_rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text = ocg_config_get_value (fixture->config, mask_rows[i].path, &error);
      g_assert_no_error (error);
      g_test_message ("%s", mask_rows[i].path);
      g_assert_cmpstr (text, ==, mask_rows[i].expected);
    }

  g_autofree char *all = ocg_config_get_value (fixture->config, "", NULL);
  g_assert_null (strstr (all, "LEAK"));
  g_assert_null (strstr (all, "1234"));
}

static void
test_write_new (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "a", "b", NULL);
  g_autofree char *parent = g_path_get_dirname (folder);
  g_autofree char *path = g_build_filename (folder, "openclaw.json", NULL);
  use_path (fixture, path);
  load (fixture);

  /* There is nothing to take away, so nothing is made. */
  write_well (fixture, "agents.defaults.model", NULL);
  g_assert_false (g_file_test (parent, G_FILE_TEST_EXISTS));

  write_well (fixture, "agents.defaults.model.primary", "'a/b'");
  assert_file (path, "{\n  \"agents\": {\n    \"defaults\": {\n      \"model\": {\n"
                     "        \"primary\": \"a/b\"\n      }\n    }\n  }\n}\n");
  g_assert_cmpuint (mode_of (path), ==, 0600);
  g_assert_cmpuint (mode_of (folder), ==, 0700);
  g_assert_cmpuint (mode_of (parent), ==, 0700);
  g_assert_cmpuint (count_files (folder), ==, 1);
  assert_primary (fixture->config, "a/b");
  g_assert_cmpint (ocg_config_get_state (fixture->config, OCG_CONFIG_OPENCLAW), ==, OCG_CONFIG_OK);
}

static void
test_write_existing (Fixture *fixture, gconstpointer data)
{
  put (fixture->path, "// mine\r\n{ agents: { defaults: { model: { primary: 'a/b', }, }, }, }\r\n");
  g_chmod (fixture->path, 0640);
  load (fixture);
  fixture->changes = 0;

  Write w = { .fixture = fixture };
  g_autoptr (GPtrArray) edits = new_edits ();
  const OcgConfigWrite write
      = { .edits = edits,
          .if_hash = ocg_config_get_hash (fixture->config, OCG_CONFIG_OPENCLAW) };
  add_edit (edits, "agents.defaults.model.primary", "'c/d'");
  add_edit (edits, "agents.defaults.model.fallbacks", "['a/b']");
  add_edit (edits, "agents.defaults.models[\"c/d\"].alias", "'see'");
  ocg_config_write_async (fixture->config, &write, NULL, write_done, &w);
  wait_for (&w);
  g_assert_no_error (w.error);
  g_assert_cmpuint (w.changes, ==, 1); /* before the callback */
  assert_file (fixture->path,
               "// mine\r\n{ agents: { defaults: { model: { primary: 'c/d', fallbacks: ['a/b'], },"
               " models: { 'c/d': { alias: 'see' } }, }, }, }\r\n");
  g_assert_cmpuint (mode_of (fixture->path), ==, 0640);
  g_assert_cmpuint (count_files (fixture->folder), ==, 1);
  assert_primary (fixture->config, "c/d");

  g_autofree char *text = get (fixture->path);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  g_assert_cmpstr (ocg_config_get_hash (fixture->config, OCG_CONFIG_OPENCLAW), ==, hash);
}

static void
test_conflict (Fixture *fixture, gconstpointer data)
{
  put (fixture->path, "{a: 1}");
  load (fixture);
  g_autofree char *hash = g_strdup (ocg_config_get_hash (fixture->config, OCG_CONFIG_OPENCLAW));
  put (fixture->path, "{a: 1, agents: {defaults: {model: 'x/y'}}}");
  fixture->changes = 0;

  g_autoptr (GError) error = write_one (fixture, "a", "2", hash);
  g_assert_error (error, OCG_ERROR, OCG_ERROR_CONFIG_CONFLICT);
  g_assert_nonnull (strstr (error->message, fixture->path));
  assert_file (fixture->path, "{a: 1, agents: {defaults: {model: 'x/y'}}}");
  /* What the other one wrote counts now. */
  assert_primary (fixture->config, "x/y");
  g_assert_cmpuint (fixture->changes, ==, 1);
  g_assert_cmpstr (ocg_config_get_hash (fixture->config, OCG_CONFIG_OPENCLAW), !=, hash);

  /* Without a hash the edit is made upon what is there now. */
  put (fixture->path, "{a: 1, other: true}");
  write_well (fixture, "a", "2");
  assert_file (fixture->path, "{a: 2, other: true}");

  /* "" is the hash of no file. */
  g_autoptr (GError) exists = write_one (fixture, "a", "3", "");
  g_assert_error (exists, OCG_ERROR, OCG_ERROR_CONFIG_CONFLICT);
  g_unlink (fixture->path);
  g_autoptr (GError) gone = write_one (fixture, "a", "3", hash);
  g_assert_error (gone, OCG_ERROR, OCG_ERROR_CONFIG_CONFLICT);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
  g_autoptr (GError) fresh = write_one (fixture, "a", "3", "");
  g_assert_no_error (fresh);
}

static void
test_not_object (Fixture *fixture, gconstpointer data)
{
  put (fixture->path, "{\n  agents: 'none'\n}");
  load (fixture);
  g_autoptr (GError) error = write_one (fixture, "agents.defaults.model.primary", "'a/b'", NULL);
  g_assert_error (error, OCG_ERROR, OCG_ERROR_CONFIG_INVALID);
  g_assert_nonnull (strstr (error->message, ".json:2:11: “agents.defaults.model.primary” "));
  assert_file (fixture->path, "{\n  agents: 'none'\n}");
}

static void
test_unchanged (Fixture *fixture, gconstpointer data)
{
  struct stat before, after;
  put (fixture->path, "{a: 1}");
  load (fixture);
  g_assert_cmpint (stat (fixture->path, &before), ==, 0);
  write_well (fixture, "b", NULL);
  write_well (fixture, "a", "1");
  g_assert_cmpint (stat (fixture->path, &after), ==, 0);
  g_assert_cmpuint (before.st_ino, ==, after.st_ino);
}

static const struct
{
  const char *before, *path, *value, *after;
} model_rows[] = {
  { "{ agents: { defaults: { model: 'a/b' } } }", "agents.defaults.model.fallbacks", "['c/d']",
    "{ agents: { defaults: { model: { primary: 'a/b', fallbacks: ['c/d'] } } } }" },
  { "{ agents: { defaults: { model: 'a/b' } } }", "agents.defaults.model.primary", "'c/d'",
    "{ agents: { defaults: { model: 'c/d' } } }" },
  { "{\n  agents: {\n    defaults: {\n      model: \"${MY_MODEL}\", // best\n    },\n  },\n}\n",
    "agents.defaults.model.fallbacks", "['c/d']",
    "{\n  agents: {\n    defaults: {\n      model: {\n        primary: \"${MY_MODEL}\",\n"
    "        fallbacks: [\"c/d\"],\n      }, // best\n    },\n  },\n}\n" },
  { "{\"agents\":{\"defaults\":{\"imageModel\":\"a/b\"}}}", "agents.defaults.imageModel.fallbacks",
    "['c/d']",
    "{\"agents\":{\"defaults\":{\"imageModel\":{\"primary\":\"a/b\",\"fallbacks\":[\"c/d\"]}}}}" },
  { "{ agents: { defaults: { model: 'a/b' } } }", "agents.defaults.model.fallbacks", NULL,
    "{ agents: { defaults: { model: 'a/b' } } }" },
  { "{ agents: { defaults: { model: 'a/b', x: 1 } } }", "agents.defaults.model.primary", NULL,
    "{ agents: { defaults: { x: 1 } } }" },
  { "{ agents: { defaults: { model: 'a/b' } } }", "agents.defaults.model", "'c/d'",
    "{ agents: { defaults: { model: 'c/d' } } }" },
};

static void
test_model_text (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (model_rows); i++)
    {
      put (fixture->path, model_rows[i].before);
      write_well (fixture, model_rows[i].path, model_rows[i].value);
      assert_file (fixture->path, model_rows[i].after);
    }

  /* Any other text is not opened up. */
  put (fixture->path, "{ agents: { defaults: { models: 'a/b' } } }");
  g_autoptr (GError) error = write_one (fixture, "agents.defaults.models.x", "{}", NULL);
  g_assert_error (error, OCG_ERROR, OCG_ERROR_CONFIG_INVALID);
}

static void
test_symlink (Fixture *fixture, gconstpointer data)
{
  g_autofree char *dotfiles = g_build_filename (fixture->folder, "dotfiles", NULL);
  g_autofree char *target = g_build_filename (dotfiles, "real.json5", NULL);
  g_autofree char *middle = g_build_filename (fixture->folder, "middle", NULL);
  g_autofree char *stale = g_strconcat (target, TEMPORARY, NULL);

  /* Both links lead to nothing at first. */
  g_assert_cmpint (symlink ("dotfiles/real.json5", middle), ==, 0);
  g_assert_cmpint (symlink (middle, fixture->path), ==, 0);
  load (fixture);
  g_assert_cmpint (ocg_config_get_state (fixture->config, OCG_CONFIG_OPENCLAW), ==, OCG_CONFIG_MISSING);
  write_well (fixture, "a", "1");
  assert_file (target, "{\n  \"a\": 1\n}\n");

  put (stale, "half a fi");
  load (fixture);
  g_assert_false (g_file_test (stale, G_FILE_TEST_EXISTS));
  write_well (fixture, "a", "2");
  g_assert_true (g_file_test (fixture->path, G_FILE_TEST_IS_SYMLINK));
  g_assert_true (g_file_test (middle, G_FILE_TEST_IS_SYMLINK));
  g_assert_false (g_file_test (target, G_FILE_TEST_IS_SYMLINK));
  assert_file (target, "{\n  \"a\": 2\n}\n");
  g_assert_cmpuint (count_files (fixture->folder), ==, 3);
  g_assert_cmpuint (count_files (dotfiles), ==, 1);

  g_unlink (middle);
  g_assert_cmpint (symlink (fixture->path, middle), ==, 0);
  g_autoptr (GError) error = write_one (fixture, "a", "3", NULL);
  g_assert_error (error, OCG_ERROR, OCG_ERROR_CONFIG_INVALID);
}

/* A gateway that was killed between writing and renaming leaves the old file, and its rubbish is
 * cleared away. */
static void
test_killed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *stale = g_strconcat (fixture->path, TEMPORARY, NULL);
  put (fixture->path, "{a: 1}");
  put (stale, "{a: ");
  g_chmod (stale, 0400);
  load (fixture);
  assert_file (fixture->path, "{a: 1}");
  g_assert_cmpuint (count_files (fixture->folder), ==, 1);

  /* It may also be found when writing, and a link there is not followed. */
  g_autofree char *victim = g_build_filename (fixture->folder, "victim", NULL);
  put (victim, "precious");
  g_assert_cmpint (symlink (victim, stale), ==, 0);
  write_well (fixture, "a", "2");
  assert_file (fixture->path, "{a: 2}");
  assert_file (victim, "precious");
  g_assert_cmpuint (count_files (fixture->folder), ==, 2);
}

/* While another gateway is writing, its temporary file is left alone. */
static void
test_locked (Fixture *fixture, gconstpointer data)
{
  g_autofree char *temporary = g_strconcat (fixture->path, TEMPORARY, NULL);
  put (fixture->path, "{a: 1}");
  put (temporary, "{a: ");
  int fd = open (fixture->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  g_assert_cmpint (flock (fd, LOCK_EX | LOCK_NB), ==, 0);

  load (fixture);
  g_assert_true (g_file_test (temporary, G_FILE_TEST_EXISTS));
  g_autoptr (GError) error = write_one (fixture, "a", "2", NULL);
  g_assert_error (error, OCG_ERROR, OCG_ERROR_BUSY);
  assert_file (fixture->path, "{a: 1}");
  g_assert_true (g_file_test (temporary, G_FILE_TEST_EXISTS));

  close (fd);
  write_well (fixture, "a", "2");
  assert_file (fixture->path, "{a: 2}");
}

static void
test_queue (Fixture *fixture, gconstpointer data)
{
  enum { COUNT = 50 };
  Write writes[COUNT];
  guint counter = 0;
  g_autoptr (GString) expected = g_string_new ("{ x: 0");

  put (fixture->path, "{ x: 0 }");
  load (fixture);
  fixture->changes = 0;
  for (guint i = 0; i < COUNT; i++)
    {
      g_autofree char *path = g_strdup_printf ("m%u", i);
      g_autoptr (GPtrArray) edits = new_edits ();
      const OcgConfigWrite write = { .edits = edits };
      add_edit (edits, path, "1");
      writes[i] = (Write) { .fixture = fixture, .counter = &counter };
      ocg_config_write_async (fixture->config, &write, NULL, write_done, &writes[i]);
      g_string_append_printf (expected, ", %s: 1", path);
    }
  for (guint i = 0; i < COUNT; i++)
    {
      wait_for (&writes[i]);
      g_assert_no_error (writes[i].error);
      g_assert_cmpuint (writes[i].order, ==, i + 1);
      g_assert_cmpuint (writes[i].changes, >=, i + 1);
    }
  g_string_append (expected, " }");
  assert_file (fixture->path, expected->str);
  g_assert_cmpuint (fixture->changes, ==, COUNT);
}

/* The queue keeps the object alive until all is written. */
static void
test_dropped (Fixture *fixture, gconstpointer data)
{
  Write w = { .fixture = fixture };
  put (fixture->path, "{}");
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GPtrArray) edits = new_edits ();
      const OcgConfigWrite write = { .edits = edits };
      add_edit (edits, i == 0 ? "a" : i == 1 ? "b" : "c", "1");
      ocg_config_write_async (fixture->config, &write, NULL, i == 2 ? write_done : NULL, &w);
    }
  g_clear_object (&fixture->config);
  wait_for (&w);
  g_assert_no_error (w.error);
  assert_file (fixture->path, "{\n  \"a\": 1,\n  \"b\": 1,\n  \"c\": 1\n}");
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Write w = { .fixture = fixture };
  g_autoptr (GPtrArray) edits = new_edits ();
  const OcgConfigWrite write = { .edits = edits };
  put (fixture->path, "{a: 1}");
  add_edit (edits, "a", "2");
  g_cancellable_cancel (cancellable);
  ocg_config_write_async (fixture->config, &write, cancellable, write_done, &w);
  wait_for (&w);
  g_assert_error (w.error, OCG_ERROR, OCG_ERROR_CANCELLED);
  g_clear_error (&w.error);
  assert_file (fixture->path, "{a: 1}");
}

/* Root may write anywhere, so the part that must not runs as nobody. */
static void
become_nobody (void)
{
  if (geteuid () == 0)
    {
      g_assert_cmpint (setgid (65534), ==, 0);
      g_assert_cmpint (setuid (65534), ==, 0);
    }
  prctl (PR_SET_DUMPABLE, 1); /* for the leak checker */
}

static void
test_read_only_folder (void)
{
  if (g_test_subprocess ())
    {
      Fixture fixture = { .folder = g_strdup (g_getenv ("OCG_TEST_FOLDER")) };
      fixture.path = g_build_filename (fixture.folder, "openclaw.json", NULL);
      become_nobody ();
      use_path (&fixture, fixture.path);
      load (&fixture);
      g_autoptr (GError) error = write_one (&fixture, "a", "2", NULL);
      g_assert_error (error, OCG_ERROR, OCG_ERROR_ACCESS_DENIED);
      g_assert_nonnull (strstr (error->message, fixture.path));
      g_assert_cmpint (ocg_config_get_state (fixture.config, OCG_CONFIG_OPENCLAW), ==, OCG_CONFIG_OK);
      g_clear_object (&fixture.config);
      g_free (fixture.folder);
      g_free (fixture.path);
      g_free (fixture.paths);
      return;
    }

  g_autofree char *folder = g_dir_make_tmp ("ocg-config-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "openclaw.json", NULL);
  g_setenv ("OCG_TEST_FOLDER", folder, TRUE);
  put (path, "{a: 1}");

  /* The folder may not be written to. */
  g_chmod (path, 0666);
  g_chmod (folder, 0555);
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
  assert_file (path, "{a: 1}");
  g_assert_cmpuint (count_files (folder), ==, 1);

  /* Only the file may not, and that is respected. */
  g_chmod (path, 0444);
  g_chmod (folder, 0777);
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
  assert_file (path, "{a: 1}");
  g_chmod (folder, 0700);
  remove_tree (folder);
}

/* A file that cannot be read is neither empty nor to be replaced. */
static void
test_no_permission (void)
{
  if (g_test_subprocess ())
    {
      Fixture fixture = { .path = g_strdup (g_getenv ("OCG_TEST_FOLDER")) };
      g_autoptr (GError) error = NULL;
      become_nobody ();
      use_path (&fixture, fixture.path);
      g_assert_false (ocg_config_load (fixture.config, &error));
      g_assert_error (error, OCG_ERROR, OCG_ERROR_CONFIG_INVALID);
      g_autoptr (GError) write_error = write_one (&fixture, "a", "2", NULL);
      g_assert_error (write_error, OCG_ERROR, OCG_ERROR_CONFIG_INVALID);
      g_clear_object (&fixture.config);
      g_free (fixture.path);
      g_free (fixture.paths);
      return;
    }

  g_autofree char *folder = g_dir_make_tmp ("ocg-config-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "openclaw.json", NULL);
  g_setenv ("OCG_TEST_FOLDER", path, TRUE);
  put (path, "{a: 1}");
  g_chmod (path, 0000);
  g_chmod (folder, 0777);
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
  g_chmod (path, 0600);
  assert_file (path, "{a: 1}");
  remove_tree (folder);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_setenv ("XDG_CONFIG_HOME", "/nowhere", TRUE);
  g_setenv ("OPENCLAW_GATEWAY_ADMIN_DIR", "/nowhere", TRUE);
  g_setenv ("OPENCLAW_GATEWAY_DATA_DIR", "/nowhere", TRUE);
  g_test_init (&argc, &argv, NULL);

#define ADD(name, test) g_test_add ("/config/" name, Fixture, NULL, set_up, test, tear_down)
  g_test_add_func ("/config/find", test_find);
  ADD ("load", test_load);
  ADD ("last-good", test_last_good);
  ADD ("unreadable", test_unreadable);
  ADD ("zero-byte", test_zero_byte);
  ADD ("get-value", test_get_value);
  ADD ("masks", test_masks);
  ADD ("write/new", test_write_new);
  ADD ("write/existing", test_write_existing);
  ADD ("write/conflict", test_conflict);
  ADD ("write/not-object", test_not_object);
  ADD ("write/unchanged", test_unchanged);
  ADD ("write/model-text", test_model_text);
  ADD ("write/symlink", test_symlink);
  ADD ("write/killed", test_killed);
  ADD ("write/locked", test_locked);
  ADD ("write/queue", test_queue);
  ADD ("write/dropped", test_dropped);
  ADD ("write/cancel", test_cancel);
  g_test_add_func ("/config/write/read-only-folder", test_read_only_folder);
  g_test_add_func ("/config/write/no-permission", test_no_permission);

  return g_test_run ();
}
