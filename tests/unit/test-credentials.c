/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Order, origins and what is no key, against a real gnome-keyring-daemon. */

#include <gio/gio.h>
#include <string.h>

#include "config-fixture.h"
#include "credentials/ocg-credentials.h"
#include "credentials/ocg-key-text.h"
#include "ocg-error.h"
#include "ocg-test-keyring.h"

#define ORIGIN "https://api.minimax.io:443"

typedef struct
{
  OcgHttp *http;
  OcgKeyring *keyring;
  OcgTokenKeeper *keeper;
  OcgCredentials *credentials;
  OcgCatalog *catalog;
  guint n_changed;
  gint64 now;
} Fixture;

static gint64
fixture_now (gpointer data)
{
  return ((Fixture *) data)->now;
}

typedef struct
{
  gboolean done;
  OcgCredential *credential;
  GError *error;
} Outcome;

static void
outcome_clear (Outcome *outcome)
{
  g_clear_pointer (&outcome->credential, ocg_credential_free);
  g_clear_error (&outcome->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, outcome_clear)

static void
on_changed (OcgCredentials *credentials, Fixture *fixture)
{
  fixture->n_changed++;
}

static void
on_started (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ocg_keyring_start_finish (OCG_KEYRING (source), result);
  *(gboolean *) user_data = TRUE;
}

static void
on_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  ocg_keyring_store_finish (OCG_KEYRING (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

static void
on_got (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  outcome->credential = ocg_credentials_get_finish (OCG_CREDENTIALS (source), result,
                                                    &outcome->error);
  outcome->done = TRUE;
}

/* @json: openclaw.json with single quotes; @environment: "NAME=value", NULL-terminated */
static void
configure (Fixture *fixture, const char *json, const char *const *environment)
{
  g_autofree char *text = g_strdelimit (g_strdup (json), "'", '"');
  g_autoptr (OcgProblems) problems = ocg_problems_new ();
  g_autoptr (OcgSettings) settings = config_fixture_settings (text, environment, problems);

  g_clear_pointer (&fixture->catalog, ocg_catalog_unref);
  fixture->catalog = ocg_catalog_new (settings, NULL, problems);
  ocg_credentials_set_settings (fixture->credentials, settings);
}

static void
start (Fixture *fixture)
{
  gboolean done = FALSE;

  ocg_keyring_start_async (fixture->keyring, on_started, &done);
  ocg_test_wait_until (&done);
}

static void
store (Fixture *fixture, const char *profile, const char *kind, const char *origin,
       const char *value)
{
  g_autofree char *provider = g_strndup (profile, strcspn (profile, ":"));
  g_autoptr (OcgSecret) secret = ocg_secret_new (value, -1);
  const OcgKeyringItem item = { .profile = (char *) profile, .provider = provider,
                                .kind = (char *) kind, .origin = (char *) origin };
  gboolean done = FALSE;

  ocg_keyring_store_async (fixture->keyring, &item, secret, NULL, on_stored, &done);
  ocg_test_wait_until (&done);
}

static OcgProvider *
find (Fixture *fixture, const char *id)
{
  OcgProvider *provider = ocg_catalog_find_provider (fixture->catalog, id);

  g_assert_nonnull (provider);
  return provider;
}

static void
get (Fixture *fixture, const char *id, const char *profile, Outcome *outcome)
{
  ocg_test_keyring_settle ();
  ocg_credentials_get_async (fixture->credentials, find (fixture, id), profile, NULL, on_got,
                             outcome);
  ocg_test_wait_until (&outcome->done);
}

/* @expected: "profile key", or "none-needed" */
static void
assert_gets_chosen (Fixture *fixture, const char *id, const char *profile, const char *expected)
{
  g_auto (Outcome) outcome = { 0 };
  g_autofree char *text = NULL;

  get (fixture, id, profile, &outcome);
  g_assert_no_error (outcome.error);
  text = outcome.credential->secret != NULL ? g_strdup_printf (
             "%s %s", outcome.credential->profile, ocg_secret_peek (outcome.credential->secret))
                                            : g_strdup (outcome.credential->profile);
  g_assert_cmpstr (text, ==, expected);
}

static void
assert_gets (Fixture *fixture, const char *id, const char *expected)
{
  g_autofree char *peeked = ocg_credentials_peek (fixture->credentials, find (fixture, id));
  g_autofree char *profile = g_strndup (expected, strcspn (expected, " "));

  g_assert_cmpstr (peeked, ==, profile);
  g_assert_true (ocg_credentials_has (find (fixture, id), fixture->credentials));
  assert_gets_chosen (fixture, id, NULL, expected);
}

static void
assert_fails (Fixture *fixture, const char *id, const char *profile, OcgError code)
{
  g_auto (Outcome) outcome = { 0 };

  get (fixture, id, profile, &outcome);
  g_assert_error (outcome.error, OCG_ERROR, (int) code);
  g_assert_null (outcome.credential);
}

static void
assert_peek (Fixture *fixture, const char *id, const char *expected)
{
  g_autofree char *peeked = ocg_credentials_peek (fixture->credentials, find (fixture, id));

  g_assert_cmpstr (peeked, ==, expected);
}

static void
assert_list (Fixture *fixture, const char *provider, const char *expected)
{
  g_autoptr (GVariant) list = g_variant_ref_sink (
      ocg_credentials_list (fixture->credentials, fixture->catalog, provider));
  g_autoptr (GString) text = g_string_new (NULL);
  static const char *const keys[] = { "profile", "provider", "kind", "source", "state" };

  g_assert_cmpstr (g_variant_get_type_string (list), ==, "aa{sv}");
  for (gsize i = 0; i < g_variant_n_children (list); i++)
    {
      g_autoptr (GVariant) entry = g_variant_get_child_value (list, i);

      for (guint k = 0; k < G_N_ELEMENTS (keys); k++)
        {
          const char *value = "-";

          g_variant_lookup (entry, keys[k], "&s", &value);
          g_string_append_printf (text, "%s%c", value, k + 1 < G_N_ELEMENTS (keys) ? ' ' : '\n');
        }
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
set_up_objects (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  static const OcgClockClass class = { .now = fixture_now };
  g_autoptr (OcgClock) clock = ocg_clock_new_with_class (&class, fixture);

  g_assert_no_error (error);
  fixture->now = G_GINT64_CONSTANT (1760000000000);
  fixture->keyring = ocg_keyring_new (bus);
  fixture->http = ocg_http_new ();
  fixture->keeper = ocg_token_keeper_new (fixture->keyring, fixture->http, clock);
  fixture->credentials = ocg_credentials_new (fixture->keyring, fixture->keeper, clock);
  g_signal_connect (fixture->credentials, "changed", G_CALLBACK (on_changed), fixture);
  configure (fixture, "{}", NULL);
  start (fixture);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  ocg_test_keyring_reset ();
  ocg_test_keyring_start ("password", NULL);
  set_up_objects (fixture);
}

static void
set_up_nothing (Fixture *fixture, gconstpointer data)
{
  ocg_test_keyring_reset ();
  set_up_objects (fixture);
}

static gboolean
give_up (gpointer user_data)
{
  g_error ("something keeps a reference");
  return G_SOURCE_REMOVE;
}

/* Takes the last reference that is ours; what is still under way may hold others for a moment. */
static void
assert_goes (gpointer object)
{
  guint bound = g_timeout_add_seconds (20, give_up, NULL);

  g_object_add_weak_pointer (object, &object);
  g_object_unref (object);
  while (object != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (bound);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  assert_goes (fixture->credentials);
  assert_goes (fixture->keeper);
  assert_goes (fixture->keyring);
  ocg_http_free (fixture->http);
  ocg_catalog_unref (fixture->catalog);
}

static void
test_key_text (void)
{
  static const struct
  {
    const char *text;
    OcgKeyTextState state;
    const char *key;
  } rows[] = {
    { NULL, OCG_KEY_TEXT_ABSENT, NULL },
    { "", OCG_KEY_TEXT_ABSENT, NULL },
    { " \t\r\n", OCG_KEY_TEXT_ABSENT, NULL },
    { "sk-1", OCG_KEY_TEXT_USABLE, "sk-1" },
    { " sk-1\r\n", OCG_KEY_TEXT_USABLE, "sk-1" },
    { "two words", OCG_KEY_TEXT_USABLE, "two words" },
    { "sk-1\nX-Header: 1", OCG_KEY_TEXT_BAD, NULL },
    { "sk\t1", OCG_KEY_TEXT_BAD, NULL },
    { "sk\x7f", OCG_KEY_TEXT_BAD, NULL },
    { "sk-ключ", OCG_KEY_TEXT_BAD, NULL },
    { "minimax-oauth", OCG_KEY_TEXT_ABSENT, NULL },
    { " minimax-oauth ", OCG_KEY_TEXT_ABSENT, NULL },
    { "minimax-oauth-2", OCG_KEY_TEXT_USABLE, "minimax-oauth-2" },
    { "oauth:chutes", OCG_KEY_TEXT_ABSENT, NULL },
    { "********", OCG_KEY_TEXT_ABSENT, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (OcgSecret) secret = ocg_key_text_to_secret (rows[i].text);

      g_test_message ("row %u", i);
      g_assert_cmpint (ocg_key_text_check (rows[i].text), ==, rows[i].state);
      g_assert_cmpstr (secret != NULL ? ocg_secret_peek (secret) : NULL, ==, rows[i].key);
    }
}

static void
test_nothing (Fixture *fixture, gconstpointer data)
{
  assert_peek (fixture, "minimax", NULL);
  g_assert_false (ocg_credentials_has (find (fixture, "minimax"), fixture->credentials));
  assert_fails (fixture, "minimax", NULL, OCG_ERROR_CREDENTIAL_MISSING);
  assert_gets (fixture, "lmstudio", "none-needed");
  assert_list (fixture, NULL, "");
}

static void
test_environment (Fixture *fixture, gconstpointer data)
{
  const char *const good[] = { "MINIMAX_API_KEY= sk-env \n", NULL };
  const char *const blank[] = { "MINIMAX_API_KEY=  ", NULL };
  const char *const newline[] = { "MINIMAX_API_KEY=sk-1\nX: y", NULL };
  const char *const placeholder[] = { "MINIMAX_OAUTH_TOKEN=minimax-oauth", NULL };

  configure (fixture, "{}", good);
  assert_gets (fixture, "minimax", "minimax:env sk-env");
  assert_list (fixture, NULL, "minimax:env minimax api_key env ok\n");
  assert_list (fixture, "MiniMax", "minimax:env minimax api_key env ok\n");
  assert_list (fixture, "openai", "");

  configure (fixture, "{}", blank);
  assert_peek (fixture, "minimax", NULL);
  assert_fails (fixture, "minimax", NULL, OCG_ERROR_CREDENTIAL_MISSING);

  configure (fixture, "{}", newline);
  assert_peek (fixture, "minimax", NULL);
  assert_fails (fixture, "minimax", NULL, OCG_ERROR_CREDENTIAL_REJECTED);
  assert_list (fixture, NULL, "");

  configure (fixture, "{}", placeholder);
  assert_peek (fixture, "minimax-portal", NULL);
  assert_fails (fixture, "minimax-portal", NULL, OCG_ERROR_CREDENTIAL_MISSING);

  configure (fixture, "{'env': {'MINIMAX_API_KEY': 'sk-block'}}", NULL);
  assert_gets (fixture, "minimax", "minimax:env sk-block");
}

static void
test_config (Fixture *fixture, gconstpointer data)
{
  const char *const bad[] = { "MINIMAX_API_KEY=sk-1\nX: y", NULL };
  const char *const other[] = { "OTHER_KEY=sk-other", NULL };

  configure (fixture, "{'models': {'providers': {'minimax': {'apiKey': 'sk-config'}}}}", NULL);
  assert_gets (fixture, "minimax", "minimax:config sk-config");
  assert_list (fixture, NULL, "minimax:config minimax api_key config ok\n");

  /* A bad one in front of it does not stand in its way. */
  configure (fixture, "{'models': {'providers': {'minimax': {'apiKey': 'sk-config'}}}}", bad);
  assert_gets (fixture, "minimax", "minimax:config sk-config");

  configure (fixture, "{'models': {'providers': {'minimax': {'apiKey': '${OTHER_KEY}'}}}}", other);
  assert_gets (fixture, "minimax", "minimax:config sk-other");
  configure (fixture, "{'models': {'providers': {'minimax': {'apiKey': '${OTHER_KEY}'}}}}", NULL);
  assert_peek (fixture, "minimax", NULL);
  assert_fails (fixture, "minimax", NULL, OCG_ERROR_CREDENTIAL_MISSING);

  /* What OpenClaw writes where the key would be. */
  configure (fixture, "{'models': {'providers': {'minimax': {'apiKey': 'MINIMAX_API_KEY'}}}}",
             NULL);
  assert_peek (fixture, "minimax", NULL);
  assert_fails (fixture, "minimax", NULL, OCG_ERROR_CREDENTIAL_MISSING);

  configure (fixture, "{'models': {'providers': {'lmstudio': {'apiKey': 'lmstudio'}}}}", NULL);
  assert_gets (fixture, "lmstudio", "lmstudio:config lmstudio");
}

static void
test_order (Fixture *fixture, gconstpointer data)
{
  const char *const environment[] = { "MINIMAX_API_KEY=sk-env", NULL };

  store (fixture, "minimax:b", "api_key", ORIGIN, "sk-b");
  store (fixture, "minimax:a", "api_key", ORIGIN, "sk-a");
  configure (fixture, "{}", environment);
  assert_gets (fixture, "minimax", "minimax:a sk-a");
  store (fixture, "minimax:t", "token", ORIGIN, "sk-t");
  assert_gets (fixture, "minimax", "minimax:t sk-t");
  store (fixture, "minimax:z", "oauth", ORIGIN, "sk-z");
  assert_gets (fixture, "minimax", "minimax:z sk-z");
  assert_list (fixture, NULL,
               "minimax:z minimax oauth keyring ok\nminimax:t minimax token keyring ok\n"
               "minimax:b minimax api_key keyring ok\nminimax:a minimax api_key keyring ok\n"
               "minimax:env minimax api_key env ok\n");

  /* The profiles that the file names come first, those that are not there are passed over. */
  configure (fixture,
             "{'auth': {'profiles': {'minimax:gone': {'provider': 'minimax', 'mode': 'api_key'},"
             " 'minimax:b': {'provider': 'minimax', 'mode': 'api_key'}}}}",
             environment);
  assert_gets (fixture, "minimax", "minimax:b sk-b");

  configure (fixture, "{'auth': {'order': {'minimax': ['minimax:t', 'minimax:a']}}}", environment);
  assert_gets (fixture, "minimax", "minimax:t sk-t");
  /* An order of profiles that are gone is none. */
  configure (fixture, "{'auth': {'order': {'minimax': ['minimax:gone']}}}", environment);
  assert_gets (fixture, "minimax", "minimax:z sk-z");
  configure (fixture, "{'auth': {'order': {'minimax': ['minimax:env', 'minimax:a']}}}",
             environment);
  assert_gets (fixture, "minimax", "minimax:env sk-env");
  configure (fixture, "{'auth': {'order': {'MiniMax': []}}}", environment);
  assert_gets (fixture, "minimax", "minimax:z sk-z");
}

/* @expected: the profiles in the order in which they are listed, with their states */
static void
assert_order (Fixture *fixture, const char *expected)
{
  g_autoptr (GVariant) list = g_variant_ref_sink (
      ocg_credentials_list (fixture->credentials, fixture->catalog, "minimax"));
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < g_variant_n_children (list); i++)
    {
      g_autoptr (GVariant) entry = g_variant_get_child_value (list, i);
      const char *profile;
      const char *state;

      g_assert_true (g_variant_lookup (entry, "profile", "&s", &profile));
      g_assert_true (g_variant_lookup (entry, "state", "&s", &state));
      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", strchr (profile, ':') + 1);
      if (strcmp (state, "ok") != 0)
        g_string_append_printf (text, "(%s)", state);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
fail (Fixture *fixture, const char *profile, const char *model, OcgError code)
{
  ocg_credentials_note_failure (fixture->credentials, find (fixture, "minimax"), profile, model,
                                code, -1, 0);
}

static gboolean
has_other (Fixture *fixture, const char *model, const char *tried)
{
  g_autoptr (GPtrArray) array = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (array, g_strdup (tried));
  return ocg_credentials_has_other (fixture->credentials, find (fixture, "minimax"), model, array);
}

/* Keys of one kind take turns; what comes first by its kind keeps coming first. */
static void
test_turns (Fixture *fixture, gconstpointer data)
{
  const char *const environment[] = { "MINIMAX_API_KEY=sk-env", NULL };

  store (fixture, "minimax:a", "api_key", ORIGIN, "sk-a");
  store (fixture, "minimax:b", "api_key", ORIGIN, "sk-b");
  store (fixture, "minimax:c", "api_key", ORIGIN, "sk-c");
  configure (fixture, "{}", environment);
  assert_gets (fixture, "minimax", "minimax:a sk-a");
  fixture->now++;
  assert_gets_chosen (fixture, "minimax", NULL, "minimax:b sk-b");
  fixture->now++;
  assert_gets_chosen (fixture, "minimax", "minimax:a", "minimax:a sk-a");
  fixture->now++;
  assert_gets_chosen (fixture, "minimax", NULL, "minimax:c sk-c");
  fixture->now++;
  assert_gets_chosen (fixture, "minimax", NULL, "minimax:b sk-b");
  assert_order (fixture, "a c b env");
  assert_peek (fixture, "minimax", "minimax:a");

  store (fixture, "minimax:z", "oauth", ORIGIN, "sk-z");
  fixture->now++;
  assert_gets_chosen (fixture, "minimax", NULL, "minimax:z sk-z");
  fixture->now++;
  assert_gets_chosen (fixture, "minimax", NULL, "minimax:z sk-z");

  configure (fixture, "{'auth': {'order': {'minimax': ['minimax:c', 'minimax:b']}}}", environment);
  for (guint i = 0; i < 2; i++)
    {
      fixture->now++;
      assert_gets_chosen (fixture, "minimax", NULL, "minimax:c sk-c");
    }
  assert_order (fixture, "c b env a z");
}

static void
test_cooldown (Fixture *fixture, gconstpointer data)
{
  const char *const environment[] = { "MINIMAX_API_KEY=sk-env", NULL };

  store (fixture, "minimax:a", "api_key", ORIGIN, "sk-a");
  store (fixture, "minimax:b", "api_key", ORIGIN, "sk-b");
  store (fixture, "minimax:t", "token", ORIGIN, "sk-t");
  configure (fixture, "{'auth': {'order': {'minimax': ['minimax:t', 'minimax:a', 'minimax:b']}}}",
             environment);
  assert_order (fixture, "t a b env");
  fail (fixture, "minimax:t", "M", OCG_ERROR_QUOTA_EXCEEDED);
  fail (fixture, "minimax:a", "M", OCG_ERROR_CREDENTIAL_REJECTED);
  assert_order (fixture, "b env a(cooldown) t(cooldown)");
  assert_gets_chosen (fixture, "minimax", NULL, "minimax:b sk-b");
  assert_gets_chosen (fixture, "minimax", "minimax:t", "minimax:t sk-t");
  g_assert_true (has_other (fixture, "M", "minimax:b"));

  /* For one model it keeps its place among the others. */
  fail (fixture, "minimax:b", "M", OCG_ERROR_RATE_LIMITED);
  assert_order (fixture, "b(cooldown) env a(cooldown) t(cooldown)");
  g_assert_true (has_other (fixture, "N", "minimax:env"));
  g_assert_false (has_other (fixture, "M", "minimax:env"));

  /* When there is nothing else, what is over first is tried. */
  fail (fixture, "minimax:env", "M", OCG_ERROR_QUOTA_EXCEEDED);
  fail (fixture, "minimax:b", "M", OCG_ERROR_QUOTA_EXCEEDED);
  assert_gets_chosen (fixture, "minimax", NULL, "minimax:a sk-a");

  ocg_credentials_note_success (fixture->credentials, "minimax:a", "M");
  ocg_credentials_clear_cooldown (fixture->credentials, "minimax:b");
  assert_order (fixture, "a b t(cooldown) env(cooldown)");
  fixture->now += 5 * 3600 * 1000;
  assert_order (fixture, "t a b env");
}

static void
test_cooldown_of_another_time (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *json;
    const char *environment;
    gboolean lifts;
  } rows[] = {
    { "{'models': {'providers': {'minimax': {'timeoutSeconds': 9}}}}", "MINIMAX_API_KEY=sk-1", FALSE },
    { "{'models': {'providers': {'minimax': {'timeoutSeconds': 9}, 'openai': {'apiKey': 'k'}}}}",
      "MINIMAX_API_KEY=sk-1", FALSE },
    { "{'models': {'providers': {'minimax': {'timeoutSeconds': 9, 'apiKey': 'sk'}}}}",
      "MINIMAX_API_KEY=sk-1", TRUE },
    { "{'models': {'providers': {'minimax': {'timeoutSeconds': 9}}}}", "MINIMAX_API_KEY=sk-2", TRUE },
    { "{}", "MINIMAX_API_KEY=sk-1", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const char *const before[] = { rows[0].environment, NULL };
      const char *const after[] = { rows[i].environment, NULL };

      configure (fixture, rows[0].json, before);
      ocg_credentials_clear_cooldown (fixture->credentials, NULL);
      fail (fixture, "minimax:env", "M", OCG_ERROR_QUOTA_EXCEEDED);
      configure (fixture, rows[i].json, after);
      g_test_message ("row %u", i);
      assert_order (fixture, !rows[i].lifts ? "env(cooldown)"
                             : i == 2       ? "env config"
                                            : "env");
    }
}

static void
test_origin (Fixture *fixture, gconstpointer data)
{
  const char *const environment[] = { "MINIMAX_API_KEY=sk-env", NULL };
  g_auto (Outcome) outcome = { 0 };
  g_autofree char *origin = NULL;

  store (fixture, "minimax:default", "api_key", "https://elsewhere.example:443", "sk-1");
  assert_peek (fixture, "minimax", NULL);
  get (fixture, "minimax", NULL, &outcome);
  g_assert_error (outcome.error, OCG_ERROR, OCG_ERROR_CREDENTIAL_REJECTED);
  g_assert_nonnull (strstr (outcome.error->message, "https://elsewhere.example:443"));
  g_assert_nonnull (strstr (outcome.error->message, ORIGIN));
  g_assert_null (strstr (outcome.error->message, "sk-1"));
  assert_fails (fixture, "minimax", "minimax:default", OCG_ERROR_CREDENTIAL_REJECTED);
  origin = ocg_credentials_find_other_origin (fixture->credentials, find (fixture, "minimax"), NULL);
  g_assert_cmpstr (origin, ==, "https://elsewhere.example:443");
  g_assert_null (ocg_credentials_find_other_origin (fixture->credentials,
                                                    find (fixture, "minimax"), "minimax:env"));

  configure (fixture, "{}", environment);
  assert_gets (fixture, "minimax", "minimax:env sk-env");

  /* The other way round: the settings lead the provider away. */
  store (fixture, "minimax:default", "api_key", ORIGIN, "sk-2");
  assert_gets (fixture, "minimax", "minimax:default sk-2");
  configure (
      fixture,
      "{'models': {'providers': {'minimax': {'baseUrl': 'https://elsewhere.example/anthropic'}}}}",
      NULL);
  assert_fails (fixture, "minimax", NULL, OCG_ERROR_CREDENTIAL_REJECTED);
}

static void
test_chosen (Fixture *fixture, gconstpointer data)
{
  const char *const environment[] = { "MINIMAX_API_KEY=sk-env", NULL };

  configure (fixture, "{}", environment);
  store (fixture, "minimax:default", "api_key", ORIGIN, "sk-1");
  store (fixture, "minimax:work", "api_key", ORIGIN, "sk-2");
  store (fixture, "openai:default", "api_key", "https://api.openai.com:443", "sk-3");

  assert_gets_chosen (fixture, "minimax", "minimax:work", "minimax:work sk-2");
  assert_gets_chosen (fixture, "minimax", "minimax:env", "minimax:env sk-env");
  assert_fails (fixture, "minimax", "minimax:gone", OCG_ERROR_CREDENTIAL_MISSING);
  assert_fails (fixture, "minimax", "minimax:config", OCG_ERROR_CREDENTIAL_MISSING);
  assert_fails (fixture, "minimax", "none-needed", OCG_ERROR_CREDENTIAL_MISSING);
  assert_fails (fixture, "minimax", "openai:default", OCG_ERROR_CREDENTIAL_REJECTED);
  assert_gets_chosen (fixture, "lmstudio", "none-needed", "none-needed");

  /* Not another provider's, even if it was stored for the same address. */
  store (fixture, "other:default", "api_key", ORIGIN, "sk-4");
  assert_fails (fixture, "minimax", "other:default", OCG_ERROR_CREDENTIAL_REJECTED);
}

static void
test_locked (Fixture *fixture, gconstpointer data)
{
  const char *const environment[] = { "MINIMAX_API_KEY=sk-env", NULL };

  store (fixture, "minimax:default", "api_key", ORIGIN, "sk-1");
  store (fixture, "minimax:work", "api_key", ORIGIN, "sk-2");
  store (fixture, "lmstudio:default", "api_key", "http://127.0.0.1:1234", "sk-3");
  assert_gets (fixture, "lmstudio", "lmstudio:default sk-3");
  ocg_test_wait_ms (200);
  fixture->n_changed = 0;
  ocg_test_keyring_lock ();
  ocg_test_wait_ms (200);
  g_assert_cmpuint (fixture->n_changed, >, 0);

  assert_peek (fixture, "minimax", "minimax:default");
  assert_fails (fixture, "minimax", NULL, OCG_ERROR_KEYRING_LOCKED);
  assert_fails (fixture, "openai", NULL, OCG_ERROR_CREDENTIAL_MISSING);
  assert_gets (fixture, "lmstudio", "none-needed");
  assert_list (fixture, "minimax",
               "minimax:default minimax api_key keyring locked\n"
               "minimax:work minimax api_key keyring locked\n");

  configure (fixture, "{}", environment);
  assert_gets (fixture, "minimax", "minimax:env sk-env");
  assert_fails (fixture, "minimax", "minimax:default", OCG_ERROR_KEYRING_LOCKED);
}

/* A keyring that nobody has unlocked yet tells hashes of names only. */
static void
test_locked_from_start (Fixture *fixture, gconstpointer data)
{
  Fixture later = { 0 };

  store (fixture, "minimax:default", "api_key", ORIGIN, "sk-1");
  store (fixture, "minimax:work", "api_key", ORIGIN, "sk-2");
  ocg_test_keyring_stop ();
  ocg_test_keyring_start (NULL, NULL);
  set_up_objects (&later);

  assert_peek (&later, "minimax", "minimax:default");
  assert_peek (&later, "openai", NULL);
  assert_fails (&later, "minimax", NULL, OCG_ERROR_KEYRING_LOCKED);
  assert_fails (&later, "openai", NULL, OCG_ERROR_CREDENTIAL_MISSING);
  assert_list (&later, NULL, "minimax:default minimax api_key keyring locked\n");
  configure (&later, "{'auth': {'order': {'minimax': ['minimax:work']}}}", NULL);
  assert_list (&later, NULL,
               "minimax:work minimax api_key keyring locked\n"
               "minimax:default minimax api_key keyring locked\n");
  assert_peek (&later, "minimax", "minimax:work");
  tear_down (&later, NULL);
}

/* A locked item may hide what it is bound to; it tells when the prompt has been answered. */
static void
test_unlocked_origin (Fixture *fixture, gconstpointer data)
{
  Fixture later = { 0 };

  store (fixture, "minimax:default", "api_key", "https://elsewhere.example:443", "sk-1");
  if (!ocg_test_prompter_begin ())
    return;

  set_up_objects (&later);
  assert_peek (&later, "minimax", "minimax:default");
  ocg_test_prompter_expect ("password", 0);
  assert_fails (&later, "minimax", NULL, OCG_ERROR_CREDENTIAL_REJECTED);
  g_assert_false (ocg_test_prompter_is_expecting ());
  assert_peek (&later, "minimax", NULL);
  tear_down (&later, NULL);
  ocg_test_prompter_end ();
}

/* The prompt comes before the environment, once, and makes way for it when it is dismissed. */
static void
test_dismissed (Fixture *fixture, gconstpointer data)
{
  const char *const environment[] = { "MINIMAX_API_KEY=sk-env", NULL };

  store (fixture, "minimax:default", "api_key", ORIGIN, "sk-1");
  store (fixture, "minimax:work", "api_key", ORIGIN, "sk-2");
  configure (fixture, "{}", environment);
  if (!ocg_test_prompter_begin ())
    return;

  ocg_test_prompter_expect (NULL, 0);
  assert_gets_chosen (fixture, "minimax", NULL, "minimax:env sk-env");
  g_assert_false (ocg_test_prompter_is_expecting ());
  ocg_test_prompter_expect ("password", 0);
  assert_gets (fixture, "minimax", "minimax:default sk-1");
  ocg_test_prompter_end ();
}

static void
test_no_service (Fixture *fixture, gconstpointer data)
{
  const char *const environment[] = { "MINIMAX_API_KEY=sk-env", NULL };

  assert_peek (fixture, "minimax", NULL);
  assert_fails (fixture, "minimax", NULL, OCG_ERROR_KEYRING_UNAVAILABLE);
  assert_gets (fixture, "lmstudio", "none-needed");
  configure (fixture, "{}", environment);
  assert_gets (fixture, "minimax", "minimax:env sk-env");
  configure (fixture, "{'models': {'providers': {'minimax': {'apiKey': '${NOT_SET}'}}}}", NULL);
  assert_fails (fixture, "minimax", NULL, OCG_ERROR_CREDENTIAL_MISSING);
}

/* It was not there when we looked, and nothing had told us yet when it was wanted. */
static void
test_late_service (Fixture *fixture, gconstpointer data)
{
  Fixture earlier = { 0 };

  ocg_test_keyring_start ("password", NULL);
  set_up_objects (&earlier);
  store (&earlier, "minimax:work", "api_key", ORIGIN, "sk-1");
  tear_down (&earlier, NULL);
  ocg_test_keyring_stop ();
  ocg_test_wait_ms (200);

  ocg_test_keyring_start ("password", NULL);
  assert_gets_chosen (fixture, "minimax", NULL, "minimax:work sk-1");
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Outcome outcomes[2] = { 0 };

  store (fixture, "minimax:default", "api_key", ORIGIN, "sk-1");
  ocg_credentials_get_async (fixture->credentials, find (fixture, "minimax"), NULL, cancellable,
                             on_got, &outcomes[0]);
  ocg_credentials_get_async (fixture->credentials, find (fixture, "minimax"), NULL, NULL, on_got,
                             &outcomes[1]);
  g_cancellable_cancel (cancellable);
  ocg_test_wait_until (&outcomes[0].done);
  ocg_test_wait_until (&outcomes[1].done);
  g_assert_error (outcomes[0].error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_no_error (outcomes[1].error);
  g_assert_cmpstr (outcomes[1].credential->profile, ==, "minimax:default");
  outcome_clear (&outcomes[0]);
  outcome_clear (&outcomes[1]);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/credentials/key-text", test_key_text);
  if (!ocg_test_keyring_begin ())
    {
      g_test_message ("dbus-daemon or gnome-keyring-daemon is not installed");
      return g_test_run ();
    }

#define ADD(name, up, function)                                                                    \
  g_test_add ("/credentials/" name, Fixture, NULL, up, function, tear_down)
  ADD ("nothing", set_up, test_nothing);
  ADD ("environment", set_up, test_environment);
  ADD ("config", set_up, test_config);
  ADD ("order", set_up, test_order);
  ADD ("turns", set_up, test_turns);
  ADD ("cooldown", set_up, test_cooldown);
  ADD ("cooldown-of-another-time", set_up, test_cooldown_of_another_time);
  ADD ("origin", set_up, test_origin);
  ADD ("chosen", set_up, test_chosen);
  ADD ("locked", set_up, test_locked);
  ADD ("locked-from-start", set_up, test_locked_from_start);
  ADD ("unlocked-origin", set_up, test_unlocked_origin);
  ADD ("dismissed", set_up, test_dismissed);
  ADD ("cancel", set_up, test_cancel);
  ADD ("no-service", set_up_nothing, test_no_service);
  ADD ("late-service", set_up_nothing, test_late_service);
#undef ADD
  status = g_test_run ();
  ocg_test_keyring_end ();
  return status;
}
