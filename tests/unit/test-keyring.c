/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Against a real gnome-keyring-daemon, and against services that misbehave. */

#include <gio/gio.h>
#include <libsecret/secret.h>
#include <string.h>

#include "credentials/ocg-keyring.h"
#include "ocg-error.h"
#include "ocg-names.h"
#include "ocg-test-keyring.h"

#define PROFILE "minimax:default"
#define ORIGIN "https://api.minimax.io:443"
#define CLEAR "sk-in-the-clear"

typedef struct
{
  OcgKeyring *keyring;
  GDBusConnection *bus;
  guint n_changed;
} Fixture;

/* One call to the keyring and what came of it. */
typedef struct
{
  gboolean done;
  gboolean ok;
  OcgSecret *secret;
  char *origin;
  GError *error;
  gint64 begun;
  gint64 took; /* ms */
} Outcome;

static void
outcome_clear (Outcome *outcome)
{
  g_clear_pointer (&outcome->secret, ocg_secret_unref);
  g_clear_pointer (&outcome->origin, g_free);
  g_clear_error (&outcome->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, outcome_clear)

static void
outcome_done (Outcome *outcome)
{
  outcome->took = (g_get_monotonic_time () - outcome->begun) / 1000;
  outcome->done = TRUE;
}

static void
on_changed (OcgKeyring *keyring, Fixture *fixture)
{
  fixture->n_changed++;
}

static void
on_started (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ocg_keyring_start_finish (OCG_KEYRING (source), result);
  outcome_done (user_data);
}

static void
on_looked_up (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  outcome->secret = ocg_keyring_lookup_finish (OCG_KEYRING (source), result, &outcome->origin,
                                               &outcome->error);
  outcome_done (outcome);
}

static void
on_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  outcome->ok = ocg_keyring_store_finish (OCG_KEYRING (source), result, &outcome->error);
  outcome_done (outcome);
}

static void
on_removed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  outcome->ok = ocg_keyring_remove_finish (OCG_KEYRING (source), result, &outcome->error);
  outcome_done (outcome);
}

static void
lookup_begin (Fixture *fixture, const char *profile, GCancellable *cancellable, Outcome *outcome)
{
  outcome->begun = g_get_monotonic_time ();
  ocg_keyring_lookup_async (fixture->keyring, profile, cancellable, on_looked_up, outcome);
}

static void
assert_lookup (Fixture *fixture, const char *profile, const char *expected)
{
  g_auto (Outcome) outcome = { 0 };

  ocg_test_keyring_settle ();
  lookup_begin (fixture, profile, NULL, &outcome);
  ocg_test_wait_until (&outcome.done);
  g_assert_no_error (outcome.error);
  g_assert_cmpstr (ocg_secret_peek (outcome.secret), ==, expected);
}

/* Returns how long it took, in ms. */
static gint64
assert_lookup_fails (Fixture *fixture, const char *profile, OcgError code)
{
  g_auto (Outcome) outcome = { 0 };

  ocg_test_keyring_settle ();
  lookup_begin (fixture, profile, NULL, &outcome);
  ocg_test_wait_until (&outcome.done);
  g_assert_error (outcome.error, OCG_ERROR, (int) code);
  g_assert_null (outcome.secret);
  return outcome.took;
}

static void
store_begin (Fixture *fixture, const char *profile, const char *kind, const char *origin,
             const char *value, Outcome *outcome)
{
  g_autofree char *provider = g_strndup (profile, strcspn (profile, ":"));
  g_autoptr (OcgSecret) secret = ocg_secret_new (value, -1);
  const OcgKeyringItem item = { .profile = (char *) profile, .provider = provider,
                                .kind = (char *) kind, .origin = (char *) origin };

  outcome->begun = g_get_monotonic_time ();
  ocg_keyring_store_async (fixture->keyring, &item, secret, NULL, on_stored, outcome);
}

static void
store (Fixture *fixture, const char *profile, const char *kind, const char *origin,
       const char *value)
{
  g_auto (Outcome) outcome = { 0 };

  store_begin (fixture, profile, kind, origin, value, &outcome);
  ocg_test_wait_until (&outcome.done);
  g_assert_no_error (outcome.error);
  g_assert_true (outcome.ok);
}

static void
assert_remove (Fixture *fixture, const char *profile, int code)
{
  g_auto (Outcome) outcome = { 0 };

  ocg_keyring_remove_async (fixture->keyring, profile, NULL, on_removed, &outcome);
  ocg_test_wait_until (&outcome.done);
  if (code < 0)
    g_assert_no_error (outcome.error);
  else
    g_assert_error (outcome.error, OCG_ERROR, code);
  g_assert_cmpint (outcome.ok, ==, code < 0);
}

/* "profile kind origin locked" of each item, in lines. */
static void
assert_items (Fixture *fixture, const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);
  GPtrArray *items = ocg_keyring_get_items (fixture->keyring);

  for (guint i = 0; i < items->len; i++)
    {
      const OcgKeyringItem *item = items->pdata[i];

      g_string_append_printf (text, "%s %s %s %d\n", item->profile, item->kind,
                              item->origin != NULL ? item->origin : "-", item->locked);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
wait_for_change (Fixture *fixture)
{
  for (guint i = 0; i < 300 && fixture->n_changed == 0; i++)
    ocg_test_wait_ms (10);
  g_assert_cmpuint (fixture->n_changed, >, 0);
  fixture->n_changed = 0;
}

static void
start (Fixture *fixture)
{
  g_auto (Outcome) outcome = { .begun = g_get_monotonic_time () };

  ocg_keyring_start_async (fixture->keyring, on_started, &outcome);
  ocg_test_wait_until (&outcome.done);
  g_assert_cmpint (outcome.took, <, 2500);
  fixture->n_changed = 0;
}

static void
set_up_keyring (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  fixture->bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_assert_no_error (error);
  fixture->keyring = ocg_keyring_new (fixture->bus);
  fixture->n_changed = 0;
  g_signal_connect (fixture->keyring, "changed", G_CALLBACK (on_changed), fixture);
}

/* With an empty keyring, unlocked. */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  ocg_test_keyring_reset ();
  ocg_test_keyring_start ("password", NULL);
  set_up_keyring (fixture);
  start (fixture);
}

/* With no service on the bus. */
static void
set_up_nothing (Fixture *fixture, gconstpointer data)
{
  ocg_test_keyring_reset ();
  set_up_keyring (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_signal_handlers_disconnect_by_data (fixture->keyring, fixture);
  g_assert_finalize_object (fixture->keyring);
  g_clear_object (&fixture->bus);
}

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  assert_items (fixture, "");
  g_assert_false (ocg_keyring_is_locked (fixture->keyring));
  g_assert_null (ocg_keyring_find (fixture->keyring, PROFILE));
  g_assert_cmpint (assert_lookup_fails (fixture, PROFILE, OCG_ERROR_CREDENTIAL_MISSING), <, 1000);
  assert_remove (fixture, PROFILE, OCG_ERROR_NOT_FOUND);
}

static void
assert_stored_properties (void)
{
  g_autofree char *path = ocg_test_keyring_search ("profile", PROFILE);
  g_autoptr (GVariant) reply = ocg_test_keyring_call (
      path, "org.freedesktop.DBus.Properties", "GetAll",
      g_variant_new ("(s)", "org.freedesktop.Secret.Item"));
  g_autoptr (GVariant) properties = g_variant_get_child_value (reply, 0);
  g_autoptr (GVariant) attributes = g_variant_lookup_value (properties, "Attributes",
                                                            G_VARIANT_TYPE ("a{ss}"));
  g_autofree char *text = g_variant_print (attributes, FALSE);
  const char *label;

  g_variant_lookup (properties, "Label", "&s", &label);
  g_assert_cmpstr (label, ==, "OpenClaw Gateway: minimax:default");
  g_assert_cmpstr (text, ==,
                   "{'generation': '1', 'kind': 'api_key', 'origin': 'https://api.minimax.io:443', "
                   "'profile': 'minimax:default', 'provider': 'minimax', "
                   "'xdg:schema': 'org.openclaw.Gateway.Credential'}");
}

static void
test_store (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };

  store (fixture, "zai:work", "token", "https://api.z.ai:443", "zai-key");
  store (fixture, PROFILE, "api_key", ORIGIN, "sk-Ärger ☃");
  assert_stored_properties ();
  assert_items (fixture, "minimax:default api_key https://api.minimax.io:443 0\n"
                         "zai:work token https://api.z.ai:443 0\n");
  wait_for_change (fixture);

  lookup_begin (fixture, PROFILE, NULL, &outcome);
  ocg_test_wait_until (&outcome.done);
  g_assert_no_error (outcome.error);
  g_assert_cmpstr (ocg_secret_peek (outcome.secret), ==, "sk-Ärger ☃");
  g_assert_cmpstr (outcome.origin, ==, ORIGIN);
  assert_lookup (fixture, "zai:work", "zai-key");

  assert_remove (fixture, PROFILE, -1);
  assert_items (fixture, "zai:work token https://api.z.ai:443 0\n");
  assert_lookup_fails (fixture, PROFILE, OCG_ERROR_CREDENTIAL_MISSING);
  assert_remove (fixture, PROFILE, OCG_ERROR_NOT_FOUND);
}

/* Another secret, then another kind and origin too: there is one item of a profile. */
static void
test_replace (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL;

  store (fixture, PROFILE, "api_key", ORIGIN, "first");
  assert_lookup (fixture, PROFILE, "first");
  store (fixture, PROFILE, "api_key", ORIGIN, "second");
  assert_lookup (fixture, PROFILE, "second");
  store (fixture, PROFILE, "token", "https://elsewhere:1", "third");
  assert_lookup (fixture, PROFILE, "third");
  assert_items (fixture, "minimax:default token https://elsewhere:1 0\n");
  path = ocg_test_keyring_search ("profile", PROFILE); /* asserts that there is one */
  g_assert_nonnull (path);
}

static void
other_stores (const char *profile, const char *schema, const char *value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) attributes = g_hash_table_new (g_str_hash, g_str_equal);

  g_hash_table_insert (attributes, (char *) "xdg:schema", (char *) schema);
  g_hash_table_insert (attributes, (char *) "generation", (char *) "1");
  g_hash_table_insert (attributes, (char *) "profile", (char *) profile);
  g_hash_table_insert (attributes, (char *) "provider", (char *) "minimax");
  g_hash_table_insert (attributes, (char *) "kind", (char *) "api_key");
  g_hash_table_insert (attributes, (char *) "origin", (char *) ORIGIN);
  secret_password_storev_sync (NULL, attributes, "default", "label", value, NULL, &error);
  g_assert_no_error (error);
}

/* As Seahorse does it: no signal tells us. */
static void
other_sets_secret (const char *profile, const char *value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) attributes = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (SecretValue) secret = secret_value_new (value, -1, "text/plain");
  g_autolist (SecretItem) items = NULL;

  g_hash_table_insert (attributes, (char *) "profile", (char *) profile);
  items = secret_service_search_sync (NULL, NULL, attributes, SECRET_SEARCH_ALL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_length (items), ==, 1);
  secret_item_set_secret_sync (items->data, secret, NULL, &error);
  g_assert_no_error (error);
}

static void
test_others (Fixture *fixture, gconstpointer data)
{
  other_stores (PROFILE, OCG_SECRET_SCHEMA, "first");
  wait_for_change (fixture);
  assert_items (fixture, "minimax:default api_key https://api.minimax.io:443 0\n");
  assert_lookup (fixture, PROFILE, "first");

  other_stores (PROFILE, OCG_SECRET_SCHEMA, "second");
  assert_lookup (fixture, PROFILE, "second");

  other_sets_secret (PROFILE, "third");
  ocg_test_wait_ms (1200);
  assert_lookup (fixture, PROFILE, "third");

  ocg_test_keyring_delete ("profile", PROFILE);
  assert_lookup_fails (fixture, PROFILE, OCG_ERROR_CREDENTIAL_MISSING);
  assert_items (fixture, "");

  /* Somebody else's item with attributes like ours is not ours. */
  other_stores (PROFILE, "org.example.Other", "foreign");
  assert_lookup_fails (fixture, PROFILE, OCG_ERROR_CREDENTIAL_MISSING);
}

static void
test_lock (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) stored = { 0 };

  store (fixture, PROFILE, "api_key", ORIGIN, "sk-1");
  assert_lookup (fixture, PROFILE, "sk-1");
  ocg_test_wait_ms (100);
  fixture->n_changed = 0;

  ocg_test_keyring_lock ();
  g_assert_cmpint (assert_lookup_fails (fixture, PROFILE, OCG_ERROR_KEYRING_LOCKED), <, 2000);
  g_assert_true (ocg_keyring_is_locked (fixture->keyring));
  assert_items (fixture, "minimax:default api_key https://api.minimax.io:443 1\n");
  wait_for_change (fixture);
  assert_lookup_fails (fixture, "minimax:other", OCG_ERROR_CREDENTIAL_MISSING);
  assert_remove (fixture, PROFILE, OCG_ERROR_KEYRING_LOCKED);
  assert_remove (fixture, "minimax:other", OCG_ERROR_NOT_FOUND);

  store_begin (fixture, PROFILE, "api_key", ORIGIN, "sk-2", &stored);
  ocg_test_wait_until (&stored.done);
  g_assert_error (stored.error, OCG_ERROR, OCG_ERROR_KEYRING_LOCKED);
  g_assert_false (stored.ok);
}

/* The list says so by itself, without a lookup. */
static void
test_lock_signal (Fixture *fixture, gconstpointer data)
{
  store (fixture, PROFILE, "api_key", ORIGIN, "sk-1");
  ocg_test_wait_ms (100);
  fixture->n_changed = 0;
  ocg_test_keyring_lock ();
  wait_for_change (fixture);
  g_assert_true (ocg_keyring_is_locked (fixture->keyring));
}

static void
test_restart (Fixture *fixture, gconstpointer data)
{
  store (fixture, PROFILE, "api_key", ORIGIN, "sk-1");
  assert_lookup (fixture, PROFILE, "sk-1");

  ocg_test_keyring_stop ();
  g_assert_cmpint (assert_lookup_fails (fixture, PROFILE, OCG_ERROR_KEYRING_UNAVAILABLE), <, 2000);
  assert_items (fixture, "");
  g_assert_false (ocg_keyring_is_locked (fixture->keyring));

  /* The new one tells hashes only, but the name is known from before. */
  fixture->n_changed = 0;
  ocg_test_keyring_start (NULL, NULL);
  assert_lookup_fails (fixture, PROFILE, OCG_ERROR_KEYRING_LOCKED);
  g_assert_true (ocg_keyring_is_locked (fixture->keyring));
  assert_items (fixture, "minimax:default api_key - 1\n");
  wait_for_change (fixture);
  assert_lookup_fails (fixture, "minimax:other", OCG_ERROR_CREDENTIAL_MISSING);

  ocg_test_keyring_stop ();
  ocg_test_keyring_start ("password", NULL);
  assert_lookup (fixture, PROFILE, "sk-1");
  g_assert_false (ocg_keyring_is_locked (fixture->keyring));
  assert_items (fixture, "minimax:default api_key https://api.minimax.io:443 0\n");

  /* Under the feet of a secret that was just fetched. */
  ocg_test_keyring_stop ();
  ocg_test_keyring_start (NULL, NULL);
  assert_lookup_fails (fixture, PROFILE, OCG_ERROR_KEYRING_LOCKED);
}

/* A collection that nobody has unlocked since the service started, seen by a new daemon. */
static void
test_locked_from_start (Fixture *fixture, gconstpointer data)
{
  const OcgKeyringItem *item;
  Fixture later = { 0 };

  store (fixture, PROFILE, "oauth", ORIGIN, "sk-1");
  other_stores ("minimax:foreign", "org.example.Other", "foreign");
  ocg_test_keyring_stop ();
  ocg_test_keyring_start (NULL, NULL);

  set_up_keyring (&later);
  start (&later);
  g_assert_true (ocg_keyring_is_locked (later.keyring));
  assert_items (&later, "");
  g_assert_null (ocg_keyring_find (later.keyring, "minimax:other"));
  g_assert_null (ocg_keyring_find (later.keyring, "minimax:foreign"));
  item = ocg_keyring_find (later.keyring, PROFILE);
  g_assert_nonnull (item);
  g_assert_cmpstr (item->provider, ==, "minimax");
  assert_items (&later, "minimax:default oauth - 1\n");
  assert_lookup_fails (&later, PROFILE, OCG_ERROR_KEYRING_LOCKED);
  assert_lookup_fails (&later, "minimax:foreign", OCG_ERROR_CREDENTIAL_MISSING);
  assert_remove (&later, PROFILE, OCG_ERROR_KEYRING_LOCKED);
  tear_down (&later, NULL);
}

static void
test_no_service (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) stored = { 0 };

  start (fixture);
  assert_items (fixture, "");
  g_assert_false (ocg_keyring_is_locked (fixture->keyring));
  g_assert_cmpint (assert_lookup_fails (fixture, PROFILE, OCG_ERROR_KEYRING_UNAVAILABLE), <, 2000);
  assert_remove (fixture, PROFILE, OCG_ERROR_KEYRING_UNAVAILABLE);
  store_begin (fixture, PROFILE, "api_key", ORIGIN, "sk-1", &stored);
  ocg_test_wait_until (&stored.done);
  g_assert_error (stored.error, OCG_ERROR, OCG_ERROR_KEYRING_UNAVAILABLE);

  /* It comes later. */
  ocg_test_keyring_start ("password", NULL);
  store (fixture, PROFILE, "api_key", ORIGIN, "sk-1");
  assert_lookup (fixture, PROFILE, "sk-1");
}

static void
test_no_default (Fixture *fixture, gconstpointer data)
{
  ocg_test_keyring_start (NULL, NULL);
  start (fixture);
  g_assert_false (ocg_keyring_is_locked (fixture->keyring));
  g_assert_cmpint (assert_lookup_fails (fixture, PROFILE, OCG_ERROR_KEYRING_UNAVAILABLE), <, 2000);
}

static void
test_together (Fixture *fixture, gconstpointer data)
{
  Outcome outcomes[40] = { 0 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  store (fixture, PROFILE, "api_key", ORIGIN, "sk-1");
  ocg_test_wait_ms (100);
  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    lookup_begin (fixture, PROFILE, i % 2 == 0 ? cancellable : NULL, &outcomes[i]);
  g_cancellable_cancel (cancellable);
  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    {
      ocg_test_wait_until (&outcomes[i].done);
      if (i % 2 == 0)
        g_assert_error (outcomes[i].error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      else
        g_assert_cmpstr (ocg_secret_peek (outcomes[i].secret), ==, "sk-1");
      outcome_clear (&outcomes[i]);
    }
}

/* Neither what is stored nor what is fetched can be read off the bus. */
static GDBusMessage *
spy_on_message (GDBusConnection *bus, GDBusMessage *message, gboolean incoming, gpointer user_data)
{
  gsize size = 0;
  g_autofree guchar *blob = g_dbus_message_to_blob (message, &size,
                                                    G_DBUS_CAPABILITY_FLAGS_UNIX_FD_PASSING, NULL);

  for (gsize i = 0; blob != NULL && i + sizeof CLEAR - 1 <= size; i++)
    if (memcmp (blob + i, CLEAR, sizeof CLEAR - 1) == 0)
      g_atomic_int_inc ((gint *) user_data);
  return message;
}

static void
test_encrypted (Fixture *fixture, gconstpointer data)
{
  gint seen = 0;
  guint id = g_dbus_connection_add_filter (fixture->bus, spy_on_message, &seen, NULL);

  store (fixture, PROFILE, "api_key", ORIGIN, CLEAR);
  ocg_test_wait_ms (100);
  assert_lookup (fixture, PROFILE, CLEAR);
  g_dbus_connection_remove_filter (fixture->bus, id);
  g_assert_cmpint (g_atomic_int_get (&seen), ==, 0);
}

/* A service of the test's own, answering in the thread of its connection. */
typedef struct
{
  GDBusConnection *bus;
  guint filter_id;
  gboolean silent;
  gint n_secrets; /* how many were asked for */
} Impostor;

static GDBusMessage *
impostor_reply (GDBusMessage *call, Impostor *impostor)
{
  const char *member = g_dbus_message_get_member (call);
  GDBusMessage *reply = g_dbus_message_new_method_reply (call);
  GVariant *body = NULL;

  if (strcmp (member, "ReadAlias") == 0)
    body = g_variant_new ("(o)", "/c");
  else if (strcmp (member, "SearchItems") == 0)
    body = g_variant_new_parsed ("([objectpath '/c/1'],)");
  else if (strcmp (member, "GetAll") == 0 && strcmp (g_dbus_message_get_path (call), "/c/1") == 0)
    body = g_variant_new_parsed (
        "({'Locked': <false>, 'Attributes': <{'xdg:schema': %s, 'generation': '1',"
        " 'profile': %s, 'provider': 'minimax', 'kind': 'api_key', 'origin': %s}>},)",
        OCG_SECRET_SCHEMA, PROFILE, ORIGIN);
  else if (strcmp (member, "GetAll") == 0)
    body = g_variant_new_parsed ("({'Locked': <false>, 'Items': <[objectpath '/c/1']>,"
                                 " 'Collections': <[objectpath '/c']>},)");
  else if (strcmp (member, "OpenSession") == 0
           && strcmp (g_dbus_message_get_arg0 (call), "plain") == 0)
    body = g_variant_new_parsed ("(<''>, objectpath '/s')");
  else
    {
      if (g_str_has_prefix (member, "GetSecret") || strcmp (member, "CreateItem") == 0)
        g_atomic_int_inc (&impostor->n_secrets);
      g_object_unref (reply);
      return g_dbus_message_new_method_error_literal (
          call, "org.freedesktop.DBus.Error.NotSupported", "no");
    }
  g_dbus_message_set_body (reply, body);
  return reply;
}

static GDBusMessage *
impostor_filter (GDBusConnection *bus, GDBusMessage *message, gboolean incoming, gpointer user_data)
{
  Impostor *impostor = user_data;
  g_autoptr (GDBusMessage) reply = NULL;

  if (!incoming || g_dbus_message_get_message_type (message) != G_DBUS_MESSAGE_TYPE_METHOD_CALL)
    return message;
  if (!impostor->silent)
    {
      reply = impostor_reply (message, impostor);
      g_dbus_connection_send_message (bus, reply, G_DBUS_SEND_MESSAGE_FLAGS_NONE, NULL, NULL);
    }
  g_object_unref (message);
  return NULL;
}

static void
impostor_begin (Impostor *impostor, gboolean silent)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = NULL;

  impostor->silent = silent;
  impostor->bus = g_dbus_connection_new_for_address_sync (
      g_getenv ("DBUS_SESSION_BUS_ADDRESS"),
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
          | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
      NULL, NULL, &error);
  g_assert_no_error (error);
  impostor->filter_id = g_dbus_connection_add_filter (impostor->bus, impostor_filter, impostor,
                                                      NULL);
  reply = g_dbus_connection_call_sync (
      impostor->bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
      "RequestName", g_variant_new ("(su)", "org.freedesktop.secrets", 0), NULL,
      G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
}

static void
impostor_end (Impostor *impostor)
{
  g_dbus_connection_remove_filter (impostor->bus, impostor->filter_id);
  g_dbus_connection_close_sync (impostor->bus, NULL, NULL);
  g_clear_object (&impostor->bus);
  ocg_test_wait_ms (100);
}

static void
test_silent (Fixture *fixture, gconstpointer data)
{
  Impostor impostor = { 0 };
  g_auto (Outcome) outcome = { 0 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  impostor_begin (&impostor, TRUE);
  start (fixture);
  g_assert_cmpint (assert_lookup_fails (fixture, PROFILE, OCG_ERROR_KEYRING_UNAVAILABLE), <, 2500);

  lookup_begin (fixture, PROFILE, cancellable, &outcome);
  ocg_test_wait_ms (50);
  g_cancellable_cancel (cancellable);
  ocg_test_wait_until (&outcome.done);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (outcome.took, <, 500);
  ocg_test_wait_ms (2200);
  impostor_end (&impostor);
}

static void
test_plain (Fixture *fixture, gconstpointer data)
{
  Impostor impostor = { 0 };
  g_auto (Outcome) stored = { 0 };

  impostor_begin (&impostor, FALSE);
  start (fixture);
  assert_items (fixture, "minimax:default api_key https://api.minimax.io:443 0\n");
  assert_lookup_fails (fixture, PROFILE, OCG_ERROR_KEYRING_UNAVAILABLE);
  store_begin (fixture, PROFILE, "api_key", ORIGIN, "sk-1", &stored);
  ocg_test_wait_until (&stored.done);
  g_assert_error (stored.error, OCG_ERROR, OCG_ERROR_KEYRING_UNAVAILABLE);
  g_assert_cmpint (g_atomic_int_get (&impostor.n_secrets), ==, 0);
  impostor_end (&impostor);
}

static GDBusMessage *
count_prompts (GDBusConnection *bus, GDBusMessage *message, gboolean incoming, gpointer user_data)
{
  if (!incoming && g_strcmp0 (g_dbus_message_get_member (message), "Prompt") == 0)
    g_atomic_int_inc ((gint *) user_data);
  return message;
}

/* Dismissed, then answered once for many. */
static void
test_prompt (Fixture *fixture, gconstpointer data)
{
  Outcome outcomes[6] = { 0 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  gint n_prompts = 0;
  guint id;

  store (fixture, PROFILE, "api_key", ORIGIN, "sk-1");
  if (!ocg_test_prompter_begin ())
    return;

  ocg_test_prompter_expect (NULL, 0);
  assert_lookup_fails (fixture, PROFILE, OCG_ERROR_KEYRING_LOCKED);
  g_assert_false (ocg_test_prompter_is_expecting ());

  /* One prompt, six who wait, half of them not to the end. */
  ocg_test_prompter_expect ("password", 300);
  id = g_dbus_connection_add_filter (fixture->bus, count_prompts, &n_prompts, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    lookup_begin (fixture, PROFILE, i % 2 == 0 ? cancellable : NULL, &outcomes[i]);
  ocg_test_wait_ms (100);
  g_cancellable_cancel (cancellable);
  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    {
      ocg_test_wait_until (&outcomes[i].done);
      if (i % 2 == 0)
        g_assert_error (outcomes[i].error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      else
        g_assert_cmpstr (ocg_secret_peek (outcomes[i].secret), ==, "sk-1");
      outcome_clear (&outcomes[i]);
    }
  g_dbus_connection_remove_filter (fixture->bus, id);
  g_assert_cmpint (g_atomic_int_get (&n_prompts), ==, 1);
  g_assert_false (ocg_test_prompter_is_expecting ());
  g_assert_false (ocg_keyring_is_locked (fixture->keyring));
  assert_items (fixture, "minimax:default api_key https://api.minimax.io:443 0\n");
  ocg_test_prompter_end ();
}

/* Left by the one who wanted it, and taken over by the next. */
static void
test_prompt_abandoned (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };
  g_auto (Outcome) stored = { 0 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  store (fixture, PROFILE, "api_key", ORIGIN, "sk-1");
  if (!ocg_test_prompter_begin ())
    return;

  /* Longer than the two seconds that everything else may take. */
  ocg_test_prompter_expect ("password", 3000);
  lookup_begin (fixture, PROFILE, cancellable, &outcome);
  ocg_test_wait_ms (300);
  g_cancellable_cancel (cancellable);
  ocg_test_wait_until (&outcome.done);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (outcome.took, <, 1000);

  store_begin (fixture, PROFILE, "api_key", ORIGIN, "sk-2", &stored);
  ocg_test_wait_until (&stored.done);
  g_assert_no_error (stored.error);
  g_assert_false (ocg_test_prompter_is_expecting ());
  assert_lookup (fixture, PROFILE, "sk-2");
  ocg_test_prompter_end ();
}

/* What is in a locked collection that shows nothing is known when it is open. */
static void
test_opaque (Fixture *fixture, gconstpointer data)
{
  ocg_test_keyring_lock ();
  assert_lookup_fails (fixture, PROFILE, OCG_ERROR_KEYRING_LOCKED);
  g_assert_true (ocg_keyring_is_locked (fixture->keyring));
  if (!ocg_test_prompter_begin ())
    return;

  ocg_test_prompter_expect ("password", 0);
  assert_lookup_fails (fixture, PROFILE, OCG_ERROR_CREDENTIAL_MISSING);
  g_assert_false (ocg_test_prompter_is_expecting ());
  ocg_test_prompter_end ();
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  if (!ocg_test_keyring_begin ())
    {
      g_print ("1..0 # SKIP dbus-daemon or gnome-keyring-daemon is not installed\n");
      return 0;
    }

#define ADD(name, up, function)                                                                    \
  g_test_add ("/keyring/" name, Fixture, NULL, up, function, tear_down)
  ADD ("empty", set_up, test_empty);
  ADD ("store", set_up, test_store);
  ADD ("replace", set_up, test_replace);
  ADD ("others", set_up, test_others);
  ADD ("lock", set_up, test_lock);
  ADD ("lock-signal", set_up, test_lock_signal);
  ADD ("restart", set_up, test_restart);
  ADD ("locked-from-start", set_up, test_locked_from_start);
  ADD ("together", set_up, test_together);
  ADD ("encrypted", set_up, test_encrypted);
  ADD ("prompt", set_up, test_prompt);
  ADD ("prompt-abandoned", set_up, test_prompt_abandoned);
  ADD ("opaque", set_up, test_opaque);
  ADD ("no-service", set_up_nothing, test_no_service);
  ADD ("no-default", set_up_nothing, test_no_default);
  ADD ("silent", set_up_nothing, test_silent);
  ADD ("plain", set_up_nothing, test_plain);
#undef ADD
  status = g_test_run ();
  ocg_test_keyring_end ();
  return status;
}
