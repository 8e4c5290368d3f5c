/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What a dry run shows, and above all what it does not. */

#include <string.h>

#include "engine/ocg-dry-run.h"
#include "provider-fixture.h"

#define MASK "********"
#define KEY "sk-ant-api03-Zq7vWx3kLm9RtY2p"
#define TOKEN "sk-ant-oat01-Zq7vWx3kLm9RtY2p"

static JsonNode *
parse (const char *text)
{
  g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (json, &error);

  g_assert_no_error (error);
  return node;
}

/* @provider and @model: members beside the address and the id, each after a comma */
static OcgModel *
new_model (const char *family, const char *provider, const char *model)
{
  g_autofree char *provider_text
      = g_strdup_printf ("{'baseUrl':'https://x.example','api':'anthropic-messages','family':'%s'%s}",
                         family, provider);
  g_autofree char *model_text = g_strdup_printf ("{'id':'m'%s}", model);
  g_autoptr (JsonNode) provider_node = parse (provider_text);
  g_autoptr (JsonNode) model_node = parse (model_text);
  g_autoptr (OcgProvider) one = provider_fixture_new ("x", json_node_get_object (provider_node));
  OcgModel *self;

  self = provider_fixture_model (one, json_node_get_object (model_node));
  return self;
}

static OcgDryRun *
run (OcgModel *model, const char *key)
{
  g_autoptr (OcgChat) chat = ocg_chat_new ();
  OcgMessage *message = ocg_message_new (OCG_ROLE_USER);
  OcgPart *part = ocg_part_new (OCG_PART_TEXT);
  g_autoptr (OcgSecret) secret = key != NULL ? ocg_secret_new (key, -1) : NULL;
  OcgFailure *failure = NULL;
  OcgDryRun *self;

  part->text = g_strdup ("Hi 你");
  g_ptr_array_add (message->parts, part);
  g_ptr_array_add (chat->messages, message);
  self = ocg_dry_run_new (ocg_wire_find ("anthropic-messages"), model, chat, secret, &failure);
  g_assert_null (failure);
  return self;
}

/* NULL: there is no such header. */
static void
assert_header (OcgDryRun *shown, const char *name, const char *wanted)
{
  const char *value = NULL;

  g_variant_lookup (shown->headers, name, "&s", &value);
  g_assert_cmpstr (value, ==, wanted);
}

static void
assert_hidden (OcgDryRun *shown, const char *secret)
{
  g_autofree char *headers = g_variant_print (shown->headers, FALSE);

  g_assert_null (strstr (headers, secret));
  g_assert_null (strstr (shown->body, secret));
  g_assert_null (strstr (shown->url, secret));
}

static void
test_request (void)
{
  g_autoptr (OcgModel) model = new_model ("anthropic", ",'authHeader':false", "");
  g_autoptr (OcgDryRun) shown = run (model, KEY);
  g_autoptr (JsonNode) body = parse (shown->body);

  g_assert_cmpstr (shown->url, ==, "https://x.example/v1/messages");
  assert_header (shown, "content-type", "application/json");
  assert_header (shown, "anthropic-version", "2023-06-01");
  assert_header (shown, "accept-encoding", "identity");
  assert_header (shown, "x-api-key", MASK);
  assert_header (shown, "authorization", NULL);
  assert_header (shown, "anthropic-beta", NULL);
  assert_hidden (shown, KEY);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (body), "model"), ==, "m");
  g_assert_nonnull (strstr (shown->body, "Hi 你"));
}

static void
test_keys (void)
{
  static const struct
  {
    const char *family, *provider, *key;
    const char *bearer, *x_api_key, *beta;
  } rows[] = {
    { "anthropic", ",'authHeader':false", KEY, NULL, MASK, NULL },
    { "anthropic", ",'authHeader':false", NULL, NULL, MASK, NULL },
    { "anthropic", ",'authHeader':false", TOKEN, "Bearer " MASK, NULL, "oauth-2025-04-20" },
    { "x", ",'authHeader':true", KEY, "Bearer " MASK, NULL, NULL },
    { "x", ",'authHeader':true", NULL, "Bearer " MASK, NULL, NULL },
    { "minimax", ",'authHeader':false", KEY, "Bearer " MASK, NULL, NULL },
    { "minimax", ",'authHeader':false", NULL, "Bearer " MASK, NULL, NULL },
    { "x", ",'authHeader':true,'needsKey':false", NULL, NULL, NULL, NULL },
    { "x", ",'authHeader':true,'needsKey':false", KEY, "Bearer " MASK, NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (OcgModel) model = new_model (rows[i].family, rows[i].provider, "");
      g_autoptr (OcgDryRun) shown = run (model, rows[i].key);

      g_test_message ("row %u", i);
      assert_header (shown, "authorization", rows[i].bearer);
      assert_header (shown, "x-api-key", rows[i].x_api_key);
      assert_header (shown, "anthropic-beta", rows[i].beta);
      if (rows[i].key != NULL)
        assert_hidden (shown, rows[i].key);
    }
}

/* What settings put into a header may be a key, whatever the header is called. */
static void
test_headers_of_settings (void)
{
  g_autoptr (OcgModel) model = new_model (
      "x", ",'authHeader':true,'headers':{'X-Team':'hidden-1','Anthropic-Version':'hidden-2',"
           "'User-Agent':'hidden-3','Authorization':'hidden-4','Content-Type':'hidden-5'}",
      ",'headers':{'cf-access':'hidden-6','x-team':'hidden-7','X-Api-Key':'hidden-8'}");
  g_autoptr (OcgDryRun) with_key = run (model, KEY);
  g_autoptr (OcgDryRun) without = run (model, NULL);

  assert_hidden (with_key, "hidden");
  assert_hidden (without, "hidden");
  assert_header (with_key, "x-team", MASK);
  assert_header (with_key, "cf-access", MASK);
  assert_header (with_key, "anthropic-version", MASK);
  assert_header (with_key, "user-agent", MASK);
  assert_header (with_key, "x-api-key", MASK);
  assert_header (with_key, "authorization", "Bearer " MASK);
  g_assert_cmpuint (g_variant_n_children (with_key->headers), ==, 9);
}

/* Sorted, so that two runs can be compared. */
static void
test_order (void)
{
  g_autoptr (OcgModel) model = new_model ("x", "", "");
  g_autoptr (OcgDryRun) shown = run (model, KEY);
  const char *last = "";

  for (gsize i = 0; i < g_variant_n_children (shown->headers); i++)
    {
      const char *name;

      g_variant_get_child (shown->headers, i, "{&s&s}", &name, NULL);
      g_assert_cmpstr (last, <, name);
      last = name;
    }
}

static void
test_too_large (void)
{
  g_autoptr (OcgModel) model = new_model ("x", "", "");
  g_autoptr (OcgChat) chat = ocg_chat_new ();
  OcgMessage *message = ocg_message_new (OCG_ROLE_USER);
  OcgPart *part = ocg_part_new (OCG_PART_TEXT);
  g_autoptr (OcgFailure) failure = NULL;

  part->text = g_strnfill (48 * 1024 * 1024, 'x');
  g_ptr_array_add (message->parts, part);
  g_ptr_array_add (chat->messages, message);
  g_assert_null (
      ocg_dry_run_new (ocg_wire_find ("anthropic-messages"), model, chat, NULL, &failure));
  g_assert_cmpint (failure->code, ==, OCG_ERROR_INVALID_REQUEST);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dry-run/request", test_request);
  g_test_add_func ("/dry-run/keys", test_keys);
  g_test_add_func ("/dry-run/headers-of-settings", test_headers_of_settings);
  g_test_add_func ("/dry-run/order", test_order);
  g_test_add_func ("/dry-run/too-large", test_too_large);
  return g_test_run ();
}
