/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* For every case of every wire API: the request we send, the events we emit for the bytes that come
 * back, however they are cut, and that the answer is the one the official SDK would give. */

#include <string.h>

#include "golden-sdk.h"

#define N_SPLITS 20
#define MIN_CASES 60

static void
fail (GoldenCase *golden, const char *what, const char *expected, const char *came)
{
  g_test_message ("%s/%s, %s, expected:\n%s", golden->api, golden->name, what, expected);
  g_test_message ("came:\n%s", came);
  g_test_fail ();
}

/* Every way of feeding comes to the events that are written down. @how, @came: (out) the first that
 * does not. */
static gboolean
events_pass (GoldenCase *golden, guint32 n_splits, char **how, char **came)
{
  GoldenFeed feeds[] = { GOLDEN_FEED_WHOLE, GOLDEN_FEED_BYTES, GOLDEN_FEED_RANDOM };

  for (guint i = 0; i < (golden->is_body ? 1 : G_N_ELEMENTS (feeds)); i++)
    for (guint32 seed = 1; seed <= (feeds[i] == GOLDEN_FEED_RANDOM ? n_splits : 1); seed++)
      {
        g_autoptr (GoldenRun) run = golden_run (golden, feeds[i], seed);

        if (strcmp (run->events, golden->events) == 0)
          continue;
        *how = g_strdup_printf ("fed in way %u, seed %u", i, seed);
        *came = g_strdup (run->events);
        return FALSE;
      }
  return TRUE;
}

static void
check_events (GoldenCase *golden)
{
  g_autofree char *how = NULL;
  g_autofree char *came = NULL;

  if (!events_pass (golden, N_SPLITS, &how, &came))
    fail (golden, how, golden->events, came);
}

static JsonObject *
dup_headers (GHashTable *headers)
{
  JsonObject *object = json_object_new ();
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, headers);
  while (g_hash_table_iter_next (&iter, &name, &value))
    json_object_set_string_member (object, name, value);
  return object;
}

static JsonNode *
describe_request (OcgWireRequest *request)
{
  gsize length;
  const char *data = g_bytes_get_data (request->body, &length);
  g_autofree char *body = g_strndup (data, length);
  g_autoptr (GError) error = NULL;
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_init_object (json_node_alloc (), object);

  g_assert_cmpuint (strlen (body), ==, length);
  g_assert_true (g_utf8_validate (body, -1, NULL));
  json_object_set_string_member (object, "url", request->url);
  json_object_set_object_member (object, "headers", dup_headers (request->headers));
  json_object_set_member (object, "body", json_from_string (body, &error));
  g_assert_no_error (error);
  json_object_unref (object);
  return node;
}

static void
check_request (GoldenCase *golden)
{
  g_autoptr (OcgWireRequest) request = ocg_wire_build (golden->wire, golden->model, golden->chat);
  g_autoptr (JsonNode) came = describe_request (request);
  JsonNode *expected = json_object_get_member (golden->json, "request");
  g_autofree char *expected_text = json_to_string (expected, TRUE);
  g_autofree char *came_text = json_to_string (came, TRUE);

  if (!json_node_equal (came, expected))
    fail (golden, "request", expected_text, came_text);
}

static void
check_sdk (GoldenCase *golden, GoldenRun *run)
{
  g_autoptr (GPtrArray) problems = golden_sdk_compare (golden, run);

  for (guint i = 0; i < problems->len; i++)
    {
      g_test_message ("%s/%s, as the SDK sees it: %s", golden->api, golden->name,
                      (char *)problems->pdata[i]);
      g_test_fail ();
    }
}

/* @data: "API/CASE" */
static void
test_case (gconstpointer data)
{
  g_auto (GStrv) words = g_strsplit (data, "/", 2);
  g_autoptr (GoldenCase) golden = golden_case_load (words[0], words[1]);
  g_autoptr (GoldenRun) whole = golden_run (golden, GOLDEN_FEED_WHOLE, 0);

  check_request (golden);
  check_sdk (golden, whole);
  check_events (golden);
}

/* @lines with line @at changed in the given way. */
static char *
mutate (char **lines, guint at, guint way)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL && lines[i][0] != '\0'; i++)
    {
      gsize length = strlen (lines[i]);

      if (i != at)
        g_string_append_printf (out, "%s\n", lines[i]);
      else if (way == 0)
        g_string_append_printf (out, "%.*s%c\n", (int) length - 1, lines[i],
                                lines[i][length - 1] == 'x' ? 'y' : 'x');
      else if (way == 1)
        g_string_append_printf (out, "%s\n%s\n", lines[i], lines[i]);
    }
  return g_string_free (out, FALSE);
}

static guint
check_mutations (GoldenCase *golden)
{
  g_auto (GStrv) lines = g_strsplit (golden->events, "\n", -1);
  guint n_mutations = 0;

  for (guint i = 0; lines[i] != NULL && lines[i][0] != '\0'; i++)
    for (guint way = 0; way < 3; way++)
      {
        g_autofree char *how = NULL;
        g_autofree char *came = NULL;

        g_free (golden->events);
        golden->events = mutate (lines, i, way);
        /* What judges the case must refuse it. */
        g_assert_false (events_pass (golden, 1, &how, &came));
        n_mutations++;
      }
  return n_mutations;
}

/* There are enough cases, no two about the same; and expectations that are changed, doubled or left
 * out never pass. @data: an API */
static void
test_self_check (gconstpointer data)
{
  const char *api = data;
  g_autoptr (GPtrArray) names = golden_case_list (api);
  g_autoptr (GHashTable) abouts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n_mutations = 0;

  g_assert_cmpuint (names->len, >=, MIN_CASES);
  for (guint i = 0; i < names->len; i++)
    {
      g_autoptr (GoldenCase) golden = golden_case_load (api, names->pdata[i]);
      const char *about = json_object_get_string_member (golden->json, "about");

      if (!g_hash_table_add (abouts, g_strdup (about)))
        {
          g_test_message ("%s: another case says “%s” too", golden->name, about);
          g_test_fail ();
        }
      n_mutations += check_mutations (golden);
    }
  g_test_message ("%u mutations, all noticed", n_mutations);
  g_assert_cmpuint (n_mutations, >, 3 * names->len);
}

static void
add_cases (const char *api, GPtrArray *owned)
{
  g_autoptr (GPtrArray) names = golden_case_list (api);
  g_autofree char *self_check = g_strdup_printf ("/%s-self-check", api);

  for (guint i = 0; i < names->len; i++)
    {
      char *id = g_strdup_printf ("%s/%s", api, (char *)names->pdata[i]);
      g_autofree char *path = g_strconcat ("/", id, NULL);

      g_ptr_array_add (owned, id);
      g_test_add_data_func (path, id, test_case);
    }
  g_test_add_data_func (self_check, api, test_self_check);
}

int
main (int argc, char **argv)
{
  g_autoptr (GPtrArray) owned = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) apis = ocg_wire_list ();

  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  for (guint i = 0; apis[i] != NULL; i++)
    add_cases (apis[i], owned);
  return g_test_run ();
}
