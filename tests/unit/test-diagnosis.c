/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What a refusal becomes: the remedy has to fit the address in use. Bodies are written with ' for
 * ". */

#include <string.h>

#include "engine/ocg-diagnosis.h"
#include "provider-fixture.h"

#define REFUSED "{'type':'error','error':{'type':'authorized_error','message':'login fail (1004)'}}"
#define REFUSED_2049 "{'error':{'message':'invalid api key (2049)'}}"
#define REFUSED_PLAIN "{'error':{'message':'Unauthorized'}}"

static OcgModel *
new_model (const char *provider_id, const char *base_url, const char *model_id)
{
  g_autofree char *text
      = g_strdup_printf ("{\"baseUrl\":\"%s\",\"api\":\"openai-completions\"}", base_url);
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  g_autoptr (OcgProvider) provider
      = provider_fixture_new (provider_id, json_node_get_object (node));

  g_assert_nonnull (provider);
  return ocg_model_new_unlisted (provider, model_id);
}

static OcgErrorReply *
new_reply (guint status, const char *text)
{
  g_autofree char *body = g_strdelimit (g_strdup (text), "'", '"');

  return ocg_error_reply_new (status, body, strlen (body));
}

static OcgFailure *
diagnose (guint status, const char *body, const char *provider_id, const char *base_url,
          const char *model_id)
{
  g_autoptr (OcgModel) model = new_model (provider_id, base_url, model_id);
  g_autoptr (OcgErrorReply) reply = new_reply (status, body);

  return ocg_diagnose_reply (reply, model, "p:default", NULL);
}

static const struct
{
  const char *base_url, *body, *said, *not_said;
} region_rows[] = {
  { "https://api.minimax.io/v1", REFUSED, "to https://api.minimaxi.com/v1 and", "Check which" },
  { "https://api.minimax.io/anthropic", REFUSED_2049, "to https://api.minimaxi.com/anthropic and",
    "global one" },
  { "https://api.minimax.io/anthropic", REFUSED_PLAIN, "to https://api.minimaxi.com/anthropic and",
    "global one" },
  { "https://api.minimaxi.com/anthropic", REFUSED, "to https://api.minimax.io/anthropic and",
    "from China, set" },
  { "https://api.minimaxi.com", REFUSED, "to https://api.minimax.io and", "from China, set" },
  { "http://127.0.0.1:4000/v1", REFUSED, "Check which of them http://127.0.0.1:4000 passes",
    "looks like" },
  { "https://llm.example.org/minimax/v1", REFUSED_2049, "https://llm.example.org:443 passes",
    "looks like" },
  { "https://api.minimax.chat/v1", REFUSED, "https://api.minimax.chat:443 passes", "looks like" },
  { "https://minimaxi.io/v1", REFUSED, "https://minimaxi.io:443 only looks like", "Check which" },
  { "https://api.minimax.com/v1", REFUSED, "https://api.minimax.com:443 only looks like",
    "Check which" },
  { "https://minimaxi.chat/v1", REFUSED, "https://minimaxi.chat:443 only looks like",
    "Check which" },
  { "https://platform.minimax.io/v1", REFUSED, "only looks like", "Check which" },
  { "https://api.minimax.io.example.com/v1", REFUSED, "only looks like", "Check which" },
  { "https://myminimax.example.org/v1", REFUSED, "passes", "looks like" },
  { "http://minimax.local:8000/v1", REFUSED, "passes", "looks like" },
};

/* Which hosts are named, and which are not. */
static void
test_region (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (region_rows); i++)
    {
      g_autoptr (OcgFailure) failure
          = diagnose (401, region_rows[i].body, "minimax", region_rows[i].base_url, "MiniMax-M2.7");
      g_autofree char *text = ocg_failure_render (failure);

      g_test_message ("%s: %s", region_rows[i].base_url, text);
      g_assert_cmpint (failure->code, ==, OCG_ERROR_CREDENTIAL_REJECTED);
      g_assert_false (failure->retryable);
      g_assert_nonnull (strstr (text, "region"));
      g_assert_nonnull (strstr (text, region_rows[i].said));
      g_assert_null (strstr (text, region_rows[i].not_said));
      g_assert_nonnull (strstr (text, "models auth add --provider minimax"));
      g_assert_nonnull (strstr (text, "p:default"));
      g_assert_null (strchr (text, '{'));
    }
}

/* Somebody else's keys, and what is no matter of regions. */
static void
test_no_region (void)
{
  static const struct
  {
    guint status;
    const char *provider_id, *base_url, *model_id, *body;
    gboolean is_region;
  } rows[] = {
    { 401, "openrouter", "https://openrouter.ai/api/v1", "minimax/minimax-m2", REFUSED_PLAIN,
      FALSE },
    { 401, "openrouter", "https://openrouter.ai/api/v1", "minimax/minimax-m2", REFUSED_2049, TRUE },
    { 401, "openai", "https://api.openai.com/v1", "gpt-5", REFUSED_2049, FALSE },
    { 403, "minimax", "https://api.minimax.io/v1", "MiniMax-M2.7", REFUSED_PLAIN, FALSE },
    { 200, "minimax", "https://api.minimax.io/v1", "MiniMax-M2.7",
      "{'base_resp':{'status_code':2042,'status_msg':'no access'}}", FALSE },
    { 200, "minimax", "https://api.minimax.io/v1", "MiniMax-M2.7",
      "{'base_resp':{'status_code':2049,'status_msg':'invalid api key'}}", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (OcgFailure) failure = diagnose (rows[i].status, rows[i].body, rows[i].provider_id,
                                                 rows[i].base_url, rows[i].model_id);
      g_autofree char *text = ocg_failure_render (failure);

      g_test_message ("%s", text);
      g_assert_true ((strstr (text, "region") != NULL) == rows[i].is_region);
      if (rows[i].status != 200)
        g_assert_cmpint (failure->code, ==, OCG_ERROR_CREDENTIAL_REJECTED);
    }
}

/* x-should-retry outranks what the class says. */
static void
test_should_retry (void)
{
  static const struct
  {
    guint status;
    gint should_retry;
    gboolean retryable;
  } rows[] = {
    { 500, -1, TRUE }, { 500, 0, FALSE }, { 500, 1, TRUE },
    { 400, -1, FALSE }, { 400, 0, FALSE }, { 400, 1, TRUE },
    { 401, -1, FALSE }, { 401, 1, TRUE },
  };
  g_autoptr (OcgModel) model = new_model ("minimax", "https://api.minimax.io/v1", "MiniMax-M2.7");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (OcgErrorReply) reply = new_reply (rows[i].status, "{}");
      g_autoptr (OcgFailure) failure = NULL;

      reply->should_retry = rows[i].should_retry;
      failure = ocg_diagnose_reply (reply, model, "p:default", NULL);
      g_assert_true (failure->retryable == rows[i].retryable);
    }
}

/* A number at the end of a message is shown as a code where it is one. */
static void
test_provider_code (void)
{
  g_autoptr (OcgFailure) minimax = diagnose (400, "{'error':{'type':'x','message':'no (2013)'}}",
                                             "minimax", "https://api.minimax.io/v1", "MiniMax-M3");
  g_autoptr (OcgFailure) other = diagnose (400, "{'error':{'type':'x','message':'no (2013)'}}",
                                           "openai", "https://api.openai.com/v1", "gpt-5");

  g_assert_cmpstr (minimax->provider_code, ==, "2013");
  g_assert_cmpstr (other->provider_code, ==, "x");
}

/* LM Studio says so with status 200, too: the address or the API is wrong. */
static void
test_wrong_address (void)
{
  static const char body[] = "{'error':'Unexpected endpoint or method. (POST /v1/responses)'}";
  static const guint statuses[] = { 200, 404 };

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr (OcgFailure) failure
          = diagnose (statuses[i], body, "lmstudio", "http://127.0.0.1:1234/v1", "qwen");
      g_autofree char *text = ocg_failure_render (failure);

      g_assert_cmpint (failure->code, ==, OCG_ERROR_UNKNOWN_MODEL);
      g_assert_nonnull (strstr (text, "address"));
      g_assert_nonnull (strstr (text, "POST /v1/responses"));
    }
}

#define NOT_IN_PLAN "{'error':{'message':'your current token plan not support model (2061)'}}"

static void
assert_plan (const char *model_id, const char *key, gboolean is_plan)
{
  g_autoptr (OcgModel) model = new_model ("minimax", "https://api.minimax.io/v1", model_id);
  g_autoptr (OcgErrorReply) reply = new_reply (400, NOT_IN_PLAN);
  g_autoptr (OcgSecret) secret = ocg_secret_new (key, -1);
  g_autoptr (OcgFailure) failure = ocg_diagnose_reply (reply, model, "minimax:default", secret);
  g_autofree char *text = ocg_failure_render (failure);

  g_assert_cmpint (failure->code, ==, OCG_ERROR_UNKNOWN_MODEL);
  g_assert_cmpint (strstr (text, "by itself; ask for minimax/MiniMax-M2.1 instead") != NULL, ==,
                   is_plan);
  g_assert_null (strstr (text, key));
}

/* A plan routes to the fast models by itself. */
static void
test_plan (void)
{
  assert_plan ("MiniMax-M2.1-lightning", "sk-cp-Zq7vWx3kLm9RtY2p", TRUE);
  assert_plan ("MiniMax-M2.1-highspeed", "sk-cp-Zq7vWx3kLm9RtY2p", TRUE);
  assert_plan ("MiniMax-M2.1-lightning", "sk-api-Zq7vWx3kLm9RtY2p", FALSE);
  assert_plan ("MiniMax-M2.1", "sk-cp-Zq7vWx3kLm9RtY2p", FALSE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/diagnosis/region", test_region);
  g_test_add_func ("/diagnosis/no-region", test_no_region);
  g_test_add_func ("/diagnosis/should-retry", test_should_retry);
  g_test_add_func ("/diagnosis/provider-code", test_provider_code);
  g_test_add_func ("/diagnosis/wrong-address", test_wrong_address);
  g_test_add_func ("/diagnosis/plan", test_plan);
  return g_test_run ();
}
