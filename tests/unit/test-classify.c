/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* One class for every refusal that providers are known to send: fixtures/errors holds their words,
 * and what is to be read from them. In a row, "body" is what comes with an HTTP status, text or
 * JSON; "event" is JSON from inside a 200. "why" says what only this row shows. A member that is
 * not there is expected not to be there; "class": null is no error at all. */

#include <string.h>

#include "wire/ocg-classify.h"
#include "wire/ocg-json.h"

#define MIN_ROWS 150
#define NO_ERROR G_MAXUINT

/* 2026-05-15T12:00:00Z */
#define NOW G_GINT64_CONSTANT (1778846400000)

static const char *const class_names[] = {
  [OCG_CLASS_AUTH] = "auth",
  [OCG_CLASS_BILLING] = "billing",
  [OCG_CLASS_RATE_LIMIT] = "rate_limit",
  [OCG_CLASS_OVERLOADED] = "overloaded",
  [OCG_CLASS_SERVER] = "server",
  [OCG_CLASS_TIMEOUT] = "timeout",
  [OCG_CLASS_MODEL_NOT_FOUND] = "model_not_found",
  [OCG_CLASS_FORMAT] = "format",
  [OCG_CLASS_CONTEXT_OVERFLOW] = "context_overflow",
  [OCG_CLASS_CONTENT_FILTER] = "content_filter",
  [OCG_CLASS_PROTOCOL] = "protocol",
};

typedef struct
{
  guint class; /* NO_ERROR, or OcgErrorClass */
  gint64 retry_after_ms;
  gint should_retry;
  const char *type, *code, *message, *request_id;
} Expected;

typedef void (*RowFunc) (JsonObject *row, const char *where, gpointer user_data);

static void
each_row (RowFunc func, gpointer user_data)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "fixtures", "errors", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *text = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = NULL;

      if (!g_str_has_suffix (name, ".json"))
        continue;
      g_file_get_contents (path, &text, NULL, &error);
      g_assert_no_error (error);
      node = ocg_json_parse (text, -1, &error);
      g_assert_no_error (error);
      for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
        {
          JsonObject *row = json_array_get_object_element (json_node_get_array (node), i);
          g_autofree char *where
              = g_strdup_printf ("%s: %s", name, ocg_json_get_string (row, "why"));

          func (row, where, user_data);
        }
    }
}

/* A header of the row: an OcgHeaderFunc. */
static const char *
get_header (const char *name, gpointer user_data)
{
  JsonObject *headers = ocg_json_get_object (user_data, "headers");
  g_autoptr (GList) names = headers != NULL ? json_object_get_members (headers) : NULL;

  for (GList *item = names; item != NULL; item = item->next)
    if (g_ascii_strcasecmp (item->data, name) == 0)
      return ocg_json_get_string (headers, item->data);
  return NULL;
}

static guint
get_status (JsonObject *row)
{
  gint64 status = 0;

  ocg_json_get_int (row, "status", &status);
  return (guint) status;
}

static char *
dup_body (JsonObject *row)
{
  const char *text = ocg_json_get_string (row, "body");
  JsonNode *node = json_object_get_member (row, "body");

  if (node == NULL)
    node = json_object_get_member (row, "event");
  return text != NULL ? g_strdup (text) : json_to_string (node, FALSE);
}

/* (nullable) */
static OcgErrorReply *
new_reply (JsonObject *row)
{
  JsonObject *event = ocg_json_get_object (row, "event");
  g_autofree char *body = dup_body (row);

  return event != NULL ? ocg_error_reply_new_from_json (get_status (row), event)
                       : ocg_error_reply_new (get_status (row), body, strlen (body));
}

static void
read_expected (JsonObject *row, Expected *expected)
{
  const char *name = ocg_json_get_string (row, "class");
  gboolean should_retry;

  *expected = (Expected){ .class = NO_ERROR, .retry_after_ms = -1, .should_retry = -1 };
  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (class_names); i++)
    if (g_str_equal (class_names[i], name))
      expected->class = i;
  g_assert_true (name == NULL || expected->class != NO_ERROR);
  ocg_json_get_int (row, "retry_after_ms", &expected->retry_after_ms);
  if (ocg_json_get_boolean (row, "should_retry", &should_retry))
    expected->should_retry = should_retry;
  expected->type = ocg_json_get_string (row, "type");
  expected->code = ocg_json_get_string (row, "code");
  expected->message = ocg_json_get_string (row, "message");
  expected->request_id = ocg_json_get_string (row, "request_id");
}

/* What of @row is not as expected, or NULL. */
static char *
find_difference (JsonObject *row, const Expected *expected)
{
  g_autoptr (OcgErrorReply) reply = new_reply (row);
  const char *family = ocg_json_get_string (row, "family");
  guint class;

  if (reply == NULL || expected->class == NO_ERROR)
    return (reply == NULL) == (expected->class == NO_ERROR) ? NULL : g_strdup ("whether it is one");
  ocg_error_reply_add_headers (reply, get_header, row, NOW);
  class = ocg_classify (reply, family != NULL ? family : "");
  if (class != expected->class)
    return g_strdup_printf ("class: %s", class_names[class]);
  if (reply->retry_after_ms != expected->retry_after_ms)
    return g_strdup_printf ("retry_after_ms: %" G_GINT64_FORMAT, reply->retry_after_ms);
  if (reply->should_retry != expected->should_retry)
    return g_strdup_printf ("should_retry: %d", reply->should_retry);
  if (g_strcmp0 (reply->type, expected->type) != 0)
    return g_strdup_printf ("type: %s", reply->type);
  if (g_strcmp0 (reply->code, expected->code) != 0)
    return g_strdup_printf ("code: %s", reply->code);
  if (g_strcmp0 (reply->message, expected->message) != 0)
    return g_strdup_printf ("message: %s", reply->message);
  if (g_strcmp0 (reply->request_id, expected->request_id) != 0)
    return g_strdup_printf ("request_id: %s", reply->request_id);
  return NULL;
}

static void
check_row (JsonObject *row, const char *where, gpointer user_data)
{
  Expected expected;
  g_autofree char *difference = NULL;

  read_expected (row, &expected);
  difference = find_difference (row, &expected);
  if (difference == NULL)
    return;
  g_test_message ("%s: %s", where, difference);
  g_test_fail ();
}

static void
test_rows (void)
{
  each_row (check_row, NULL);
}

/* A row that would pass whatever it expects shows nothing. */
static void
check_row_can_fail (JsonObject *row, const char *where, gpointer user_data)
{
  Expected truth;

  read_expected (row, &truth);
  for (guint i = 0; i <= G_N_ELEMENTS (class_names); i++)
    {
      Expected lie = truth;
      g_autofree char *difference = NULL;

      lie.class = i < G_N_ELEMENTS (class_names) ? i : NO_ERROR;
      difference = find_difference (row, &lie);
      if (lie.class != truth.class && difference == NULL)
        g_test_message ("%s: passes as another class, too", where);
      g_assert_true (lie.class == truth.class || difference != NULL);
    }
  for (guint i = 0; truth.class != NO_ERROR && i < 5; i++)
    {
      Expected lie = truth;
      g_autofree char *difference = NULL;

      lie.retry_after_ms += i == 0 ? 1 : 0;
      lie.code = i == 1 ? "no such code" : lie.code;
      lie.message = i == 2 ? "no such message" : lie.message;
      lie.request_id = i == 3 ? "no such id" : lie.request_id;
      lie.should_retry = i == 4 ? 7 : lie.should_retry;
      difference = find_difference (row, &lie);
      g_assert_nonnull (difference);
    }
}

static void
test_rows_can_fail (void)
{
  each_row (check_row_can_fail, NULL);
}

static void
collect_row (JsonObject *row, const char *where, gpointer user_data)
{
  GHashTable *seen = user_data;
  g_autofree char *body = dup_body (row);
  g_autoptr (JsonNode) headers = json_object_dup_member (row, "headers");
  g_autofree char *header_text = headers != NULL ? json_to_string (headers, FALSE) : NULL;
  const char *family = ocg_json_get_string (row, "family");
  char *what = g_strdup_printf ("%u %s %s %s %s", get_status (row),
                                json_object_has_member (row, "event") ? "event" : "body", body,
                                header_text, family);

  g_assert_nonnull (ocg_json_get_string (row, "why"));
  if (!g_hash_table_add (seen, g_strdup (where)))
    g_test_message ("%s is the reason of two rows", where);
  if (!g_hash_table_add (seen, what))
    g_test_message ("%s: another row has the same to read", where);
}

/* Each row has its own reason, and its own input: one class for one input. */
static void
test_rows_differ (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n_rows = 0;

  each_row (collect_row, seen);
  n_rows = g_hash_table_size (seen) / 2;
  g_assert_cmpuint (n_rows, >=, MIN_ROWS);
  g_assert_cmpuint (g_hash_table_size (seen) % 2, ==, 0);
}

static void
read_anyhow (guint status, const char *body, gsize length)
{
  g_autoptr (OcgErrorReply) reply = ocg_error_reply_new (status, body, length);
  g_autoptr (JsonObject) none = json_object_new ();

  g_assert_nonnull (reply);
  ocg_error_reply_add_headers (reply, get_header, none, NOW);
  g_assert_cmpint (reply->retry_after_ms, >=, -1);
  g_assert_true (reply->message == NULL || g_utf8_validate (reply->message, -1, NULL));
  g_assert_cmpuint (ocg_classify (reply, "minimax"), <, G_N_ELEMENTS (class_names));
  g_assert_cmpuint (ocg_classify (reply, NULL), <, G_N_ELEMENTS (class_names));
}

/* Every body cut off at every byte, from memory that ends there. */
static void
check_truncated (JsonObject *row, const char *where, gpointer user_data)
{
  g_autofree char *body = dup_body (row);

  for (gsize length = 0; length < strlen (body); length++)
    {
      g_autofree char *cut = g_memdup2 (body, MAX (length, 1));

      read_anyhow (get_status (row), cut, length);
    }
}

static void
test_truncated (void)
{
  each_row (check_truncated, NULL);
}

/* Every body with some of its bytes replaced. */
static void
check_mutated (JsonObject *row, const char *where, gpointer user_data)
{
  static const char bytes[] = "{}[]\":,\\0123456789.eE-+ntf\xff\xc2\x00 ";
  GRand *rand = user_data;
  g_autofree char *body = dup_body (row);
  gint length = (gint) strlen (body);

  for (guint i = 0; length > 0 && i < 20; i++)
    {
      g_autofree char *changed = g_memdup2 (body, (gsize) length);

      for (guint j = 0; j < 3; j++)
        changed[g_rand_int_range (rand, 0, length)]
            = bytes[g_rand_int_range (rand, 0, sizeof bytes - 1)];
      read_anyhow (get_status (row), changed, (gsize) length);
    }
}

static void
test_mutated (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  each_row (check_mutated, rand);
}

static void
test_random_bytes (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);

  for (guint i = 0; i < 3000; i++)
    {
      gsize length = (gsize) g_rand_int_range (rand, 0, 200);
      g_autofree char *bytes = g_malloc (length + 1);

      for (gsize j = 0; j < length; j++)
        bytes[j] = (char) g_rand_int_range (rand, 0, 256);
      read_anyhow ((guint) g_rand_int_range (rand, 0, 700), bytes, length);
    }
}

/* @open, @n times, then @inside, then @close as often. */
static char *
nest (const char *open, guint n, const char *inside, const char *close)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append (text, open);
  g_string_append (text, inside);
  for (guint i = 0; i < n; i++)
    g_string_append (text, close);
  return g_string_free (text, FALSE);
}

/* JSON in a string of JSON in a string of JSON. */
static char *
nest_strings (guint n)
{
  char *text = g_strdup ("{\"error\":{\"message\":\"core\",\"code\":\"insufficient_quota\"}}");

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (JsonObject) object = json_object_new ();
      g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);

      json_object_set_string_member (object, "error", text);
      g_free (text);
      text = json_to_string (node, FALSE);
    }
  return text;
}

static void
test_nested (void)
{
  static const struct
  {
    const char *open, *inside, *close;
  } rows[] = {
    { "[", "1", "]" },
    { "{\"error\":", "\"x\"", "}" },
    { "{\"error\":{\"error\":", "{\"message\":\"x\"}", "}}" },
    { "{\"detail\":[", "{\"msg\":\"x\"}", "]}" },
    { "{\"message\":[", "\"x\"", "]}" },
    { "{\"error\":{\"metadata\":{\"raw\":", "\"x\"", "}}}" },
    { "{\"detail\":[{\"loc\":[", "1", "]}]}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (guint n = 1; n < 200000; n = n < 130 ? n + 1 : n * 10)
      {
        g_autofree char *text = nest (rows[i].open, n, rows[i].inside, rows[i].close);

        read_anyhow (400, text, strlen (text));
      }
  for (guint n = 0; n < 16; n++)
    {
      g_autofree char *text = nest_strings (n);
      g_autoptr (OcgErrorReply) reply = ocg_error_reply_new (400, text, strlen (text));

      read_anyhow (400, text, strlen (text));
      g_assert_nonnull (reply->message);
      if (n < 4)
        g_assert_cmpstr (reply->message, ==, "core");
    }
}

static void
test_literal (void)
{
  g_autoptr (OcgErrorReply) reply = ocg_error_reply_new_literal ("server_error", "It broke.");
  g_autoptr (OcgErrorReply) nothing = ocg_error_reply_new_literal (NULL, NULL);

  g_assert_cmpint (ocg_classify (reply, NULL), ==, OCG_CLASS_SERVER);
  g_assert_cmpstr (reply->type, ==, "server_error");
  g_assert_cmpstr (reply->message, ==, "It broke.");
  g_assert_cmpint (reply->retry_after_ms, ==, -1);
  g_assert_cmpint (reply->should_retry, ==, -1);
  g_assert_cmpint (ocg_classify (nothing, ""), ==, OCG_CLASS_SERVER);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/classify/rows", test_rows);
  g_test_add_func ("/classify/rows-can-fail", test_rows_can_fail);
  g_test_add_func ("/classify/rows-differ", test_rows_differ);
  g_test_add_func ("/classify/truncated", test_truncated);
  g_test_add_func ("/classify/mutated", test_mutated);
  g_test_add_func ("/classify/random-bytes", test_random_bytes);
  g_test_add_func ("/classify/nested", test_nested);
  g_test_add_func ("/classify/literal", test_literal);
  return g_test_run ();
}
