/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Under which profile a find is stored, and when it is not. */

#include <string.h>

#include "catalog-fixture.h"
#include "config-fixture.h"
#include "credentials/ocg-login-token.h"
#include "service/ocg-import.h"

#define NOW G_GINT64_CONSTANT (1780000000000)
#define GLOBAL "https://api.minimax.io:443"

/* What is found, and what becomes of it. */
typedef struct
{
  const char *provider, *name, *kind, *secret, *refresh;
  gint64 expires;
  const char *url;
  OcgImportOutcome outcome;
  const char *profile; /* (nullable) */
} Row;

typedef struct
{
  Fixture fixture;
  OcgPlaintextFiles files;
  GPtrArray *known;
} Setup;

static void
setup (Setup *self, const char *config)
{
  self->fixture = fixture_new (config);
  self->files.finds = g_ptr_array_new_with_free_func ((GDestroyNotify) ocg_plaintext_free);
  self->files.tree = config_fixture_tree ("/nowhere/openclaw.json", NULL, config);
  self->known = g_ptr_array_new_with_free_func ((GDestroyNotify) ocg_import_known_free);
}

static void
teardown (Setup *self)
{
  g_ptr_array_unref (self->known);
  g_ptr_array_unref (self->files.finds);
  ocg_config_tree_unref (self->files.tree);
  fixture_clear (&self->fixture);
}

/* @secret: (nullable) not known */
static void
add_known (Setup *self, const char *profile, const char *origin, const char *secret)
{
  OcgImportKnown *known = g_new0 (OcgImportKnown, 1);

  known->profile = g_strdup (profile);
  known->origin = g_strdup (origin);
  known->secret = secret != NULL ? ocg_secret_new (secret, -1) : NULL;
  g_ptr_array_add (self->known, known);
}

static OcgPlaintext *
add_find (Setup *self, const Row *row)
{
  g_autofree char *place = g_strdup_printf ("place-%u", self->files.finds->len);
  OcgPlaintext *find
      = ocg_plaintext_new (OCG_PLAINTEXT_CONFIG, "/nowhere/file", place, row->provider, row->kind);

  find->name = g_strdup (row->name);
  find->secret = ocg_secret_new (row->secret, -1);
  find->refresh = row->refresh != NULL ? ocg_secret_new (row->refresh, -1) : NULL;
  find->expires = row->expires;
  find->base_url = g_strdup (row->url);
  g_ptr_array_add (self->files.finds, find);
  return find;
}

static GPtrArray *
judge (Setup *self)
{
  GPtrArray *entries = ocg_import_new_entries (&self->files, self->fixture.catalog);

  ocg_import_judge (entries, self->known, NOW);
  return entries;
}

static void
test_names (void)
{
  static const Row rows[] = {
    { "minimax", NULL, "api_key", "sk-1", NULL, 0, NULL, OCG_IMPORT_FOUND, "minimax:default" },
    { "MiniMax", "work", "api_key", "sk-1", NULL, 0, NULL, OCG_IMPORT_TWICE, "minimax:default" },
    { "minimax", NULL, "api_key", "sk-2", NULL, 0, NULL, OCG_IMPORT_FOUND, "minimax:imported" },
    { "minimax", "default", "api_key", "sk-3", NULL, 0, NULL, OCG_IMPORT_FOUND,
      "minimax:imported-2" },
    { "minimax", "me@x.org", "token", "sk-4", NULL, NOW + 1, NULL, OCG_IMPORT_FOUND,
      "minimax:me@x.org" },
    { "minimax", "env", "api_key", "sk-5", NULL, 0, NULL, OCG_IMPORT_FOUND, "minimax:imported-3" },
    { "minimax", "a b", "api_key", "sk-6", NULL, 0, NULL, OCG_IMPORT_FOUND, "minimax:imported-4" },
    { "z.ai", "x", "api_key", "sk-1", NULL, 0, NULL, OCG_IMPORT_FOUND, "zai:x" },
    { "nobody", "x", "api_key", "sk-1", NULL, 0, NULL, OCG_IMPORT_NO_PROVIDER, NULL },
    { "minimax", "old", "token", "sk-7", NULL, NOW, NULL, OCG_IMPORT_EXPIRED, NULL },
    { "minimax", "stored", "api_key", "sk-8", NULL, 0, NULL, OCG_IMPORT_THERE, "minimax:has-it" },
    { "minimax", "has-it", "api_key", "sk-9", NULL, 0, NULL, OCG_IMPORT_FOUND,
      "minimax:imported-5" },
    { "minimax", "elsewhere", "api_key", "sk-10", NULL, 0, NULL, OCG_IMPORT_FOUND,
      "minimax:imported-6" },
    { "minimax", "damaged", "api_key", "sk-11", NULL, 0, NULL, OCG_IMPORT_FOUND,
      "minimax:imported-7" },
  };
  Setup self = { 0 };
  g_autoptr (GPtrArray) entries = NULL;

  setup (&self, "{}");
  add_known (&self, "minimax:has-it", GLOBAL, "sk-8");
  add_known (&self, "minimax:elsewhere", "https://other.example:443", "sk-10");
  add_known (&self, "minimax:locked", NULL, NULL);
  add_known (&self, "minimax:damaged", GLOBAL, "{\"type\":\"oauth\"");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    add_find (&self, &rows[i]);
  entries = judge (&self);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      OcgImportEntry *entry = g_ptr_array_index (entries, i);

      g_test_message ("row %u", i);
      g_assert_cmpint (entry->outcome, ==, rows[i].outcome);
      g_assert_cmpstr (entry->profile, ==, rows[i].profile);
    }
  g_clear_pointer (&entries, g_ptr_array_unref);
  teardown (&self);
}

static void
test_logins (void)
{
  static const Row rows[] = {
    { "minimax-portal", "a", "oauth", "acc-1", "ref-1", NOW - 1, NULL, OCG_IMPORT_FOUND,
      "minimax-portal:a" },
    { "minimax-portal", "cn", "oauth", "acc-2", "ref-2", NOW,
      "https://api.minimaxi.com/anthropic", OCG_IMPORT_FOUND, "minimax-portal:cn" },
    { "minimax-portal", "b", "oauth", "acc-3", NULL, NOW - 1, NULL, OCG_IMPORT_EXPIRED, NULL },
    { "minimax-portal", "renewed", "oauth", "acc-4", "ref-4", NOW, NULL, OCG_IMPORT_NEWER,
      "minimax-portal:renewed" },
    { "minimax-portal", "evil", "oauth", "acc-5", "ref-5", NOW, "https://evil.example/anthropic",
      OCG_IMPORT_FOUND, "minimax-portal:evil" },
  };
  static const struct
  {
    guint row;
    const char *origin, *region, *url, *endpoint;
  } tokens[] = {
    { 0, GLOBAL, "global", NULL, "https://account.minimax.io:443" },
    { 1, "https://api.minimaxi.com:443", "cn", "https://api.minimaxi.com/anthropic",
      "https://account.minimaxi.com:443" },
    { 4, GLOBAL, "global", NULL, "https://account.minimax.io:443" },
  };
  g_autoptr (OcgSecret) access = ocg_secret_new ("acc-new", -1);
  g_autoptr (OcgLoginToken) newer = ocg_login_token_new (access);
  g_autoptr (OcgSecret) text = NULL;
  Setup self = { 0 };
  g_autoptr (GPtrArray) entries = NULL;

  newer->refresh = ocg_secret_new ("ref-new", -1);
  newer->expires = NOW + 1000;
  text = ocg_login_token_print (newer);
  setup (&self, "{}");
  add_known (&self, "minimax-portal:renewed", GLOBAL, ocg_secret_peek (text));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    add_find (&self, &rows[i]);
  entries = judge (&self);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      OcgImportEntry *entry = g_ptr_array_index (entries, i);

      g_assert_cmpint (entry->outcome, ==, rows[i].outcome);
      g_assert_cmpstr (entry->profile, ==, rows[i].profile);
    }
  for (guint i = 0; i < G_N_ELEMENTS (tokens); i++)
    {
      OcgImportEntry *entry = g_ptr_array_index (entries, tokens[i].row);
      g_autoptr (OcgLoginToken) token = ocg_login_token_parse (entry->text);

      g_assert_cmpstr (entry->origin, ==, tokens[i].origin);
      g_assert_cmpstr (token->region, ==, tokens[i].region);
      g_assert_cmpstr (token->base_url, ==, tokens[i].url);
      g_assert_cmpstr (token->endpoint, ==, tokens[i].endpoint);
      g_assert_cmpstr (token->login, ==, "minimax-portal");
      g_assert_cmpstr (ocg_secret_peek (token->refresh), ==, rows[tokens[i].row].refresh);
    }
  g_clear_pointer (&entries, g_ptr_array_unref);
  teardown (&self);
}

/* What refers to a variable decides whether it may go. */
static void
test_users (void)
{
  static const struct
  {
    const char *config, *user;
    guint n_places;
  } rows[] = {
    { "{}", NULL, 0 },
    { "{'models': {'providers': {'minimax': {'apiKey': '${KEY}'}}}}", NULL, 1 },
    { "{'models': {'providers': {'minimax': {'apiKey': {'source': 'env', 'id': 'KEY'}}}}}", NULL,
      1 },
    { "{'models': {'providers': {'minimax': {'apiKey': 'x${KEY}'}}}}",
      "models.providers.minimax.apiKey", 1 },
    { "{'models': {'providers': {'openai': {'apiKey': '${KEY}'}}}}",
      "models.providers.openai.apiKey", 1 },
    { "{'gateway': {'auth': {'token': '${KEY}'}}}", "gateway.auth.token", 1 },
  };
  static const Row row = { "minimax", NULL, "api_key", "sk-1", NULL, 0, NULL, 0, NULL };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *config = g_strdelimit (g_strdup (rows[i].config), "'", '"');
      Setup self = { 0 };
      g_autoptr (GPtrArray) entries = NULL;
      OcgImportEntry *entry = NULL;

      setup (&self, config);
      add_find (&self, &row)->variable = g_strdup ("KEY");
      entries = judge (&self);
      entry = g_ptr_array_index (entries, 0);
      g_assert_cmpstr (entry->user, ==, rows[i].user);
      g_assert_cmpuint (entry->places->len, ==, rows[i].n_places);
      g_assert_true (ocg_import_entry_is_removable (entry) == (rows[i].user == NULL));
      g_clear_pointer (&entries, g_ptr_array_unref);
      teardown (&self);
    }
}

static void
test_no_secret_in_the_answer (void)
{
  static const Row row = { "minimax", NULL, "api_key", "sk-secret", NULL, 0, NULL, 0, NULL };

  for (int outcome = OCG_IMPORT_FOUND; outcome <= OCG_IMPORT_FAILED; outcome++)
    {
      Setup self = { 0 };
      g_autoptr (GPtrArray) entries = NULL;
      g_autoptr (GVariant) answer = NULL;
      g_autofree char *text = NULL;
      OcgImportEntry *entry = NULL;

      setup (&self, "{}");
      add_find (&self, &row);
      entries = judge (&self);
      entry = g_ptr_array_index (entries, 0);
      entry->outcome = (OcgImportOutcome) outcome;
      answer = g_variant_ref_sink (ocg_import_entry_to_variant (entry));
      text = g_variant_print (answer, FALSE);
      g_assert_null (strstr (text, "secret"));
      g_assert_nonnull (strstr (text, "message"));
      g_clear_pointer (&entries, g_ptr_array_unref);
      teardown (&self);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import/names", test_names);
  g_test_add_func ("/import/logins", test_logins);
  g_test_add_func ("/import/users", test_users);
  g_test_add_func ("/import/no-secret-in-the-answer", test_no_secret_in_the_answer);
  return g_test_run ();
}
