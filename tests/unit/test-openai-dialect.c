/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What is said to whom of those who speak an API of OpenAI, and what is left out the second time. */

#include <string.h>

#include "provider-fixture.h"
#include "wire/ocg-json.h"
#include "wire/ocg-openai-dialect.h"

static OcgModel *
new_model (const char *provider_id, const char *base_url, const char *id, const char *compat)
{
  g_autofree char *text
      = g_strdup_printf ("{\"baseUrl\":\"%s\",\"api\":\"openai-completions\"%s}", base_url,
                         g_str_equal (provider_id, "openai") ? ",\"family\":\"openai\"" : "");
  g_autofree char *model_text = g_strdup_printf (
      "{\"id\":\"%s\",\"reasoning\":true,\"compat\":%s}", id, compat != NULL ? compat : "{}");
  g_autoptr (JsonObject) json = ocg_json_parse_object (text, -1, NULL);
  g_autoptr (JsonObject) model_json = ocg_json_parse_object (model_text, -1, NULL);
  g_autoptr (OcgProvider) provider
      = provider_fixture_new (provider_id, json);
  OcgModel *model = NULL;

  model = provider_fixture_model (provider, model_json);
  return model;
}

static void
test_urls (void)
{
  static const struct
  {
    const char *base, *url;
  } rows[] = {
    { "https://api.openai.com/v1", "https://api.openai.com/v1/chat/completions" },
    { "https://api.openai.com/v1/", "https://api.openai.com/v1/chat/completions" },
    { "https://api.openai.com/v1//", "https://api.openai.com/v1/chat/completions" },
    { "https://api.openai.com", "https://api.openai.com/v1/chat/completions" },
    { "https://api.openai.com/v1/chat/completions", "https://api.openai.com/v1/chat/completions" },
    { "https://api.openai.com/v1/chat/completions/", "https://api.openai.com/v1/chat/completions" },
    { "https://api.minimax.io/v1", "https://api.minimax.io/v1/chat/completions" },
    { "https://api.minimaxi.com", "https://api.minimaxi.com/v1/chat/completions" },
    { "http://127.0.0.1:1234/v1", "http://127.0.0.1:1234/v1/chat/completions" },
    { "http://127.0.0.1:1234/", "http://127.0.0.1:1234/v1/chat/completions" },
    { "http://localhost:11434", "http://localhost:11434/v1/chat/completions" },
    { "https://api.deepseek.com", "https://api.deepseek.com/chat/completions" },
    { "https://api.kimi.com/coding", "https://api.kimi.com/coding/v1/chat/completions" },
    { "https://api.kimi.com/coding/v1", "https://api.kimi.com/coding/v1/chat/completions" },
    { "https://api.z.ai/api/coding/paas/v4",
      "https://api.z.ai/api/coding/paas/v4/chat/completions" },
    { "https://generativelanguage.googleapis.com/v1beta/openai/",
      "https://generativelanguage.googleapis.com/v1beta/openai/chat/completions" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (OcgModel) model = new_model ("x", rows[i].base, "m", NULL);
      g_autofree char *url = ocg_openai_join_url (model, "/chat/completions");

      g_test_message ("%s", rows[i].base);
      g_assert_cmpstr (url, ==, rows[i].url);
    }
}

/* Whoever is not known gets what everybody knows. */
static void
test_common_subset (void)
{
  static const char *const bases[] = { "https://proxy.example/v1", "http://127.0.0.1:1234/v1",
                                       "https://openai.com.evil.example/v1",
                                       "https://notopenai.com/v1" };

  for (guint i = 0; i < G_N_ELEMENTS (bases); i++)
    {
      g_autoptr (OcgModel) model = new_model ("x", bases[i], "gpt-5", NULL);
      OcgOpenaiDialect dialect = ocg_openai_dialect (model, 0);

      g_test_message ("%s", bases[i]);
      g_assert_false (dialect.is_openai);
      g_assert_false (dialect.store);
      g_assert_false (dialect.developer);
      g_assert_false (dialect.strict);
      g_assert_false (dialect.max_completion_tokens);
      g_assert_true (dialect.temperature);
    }
}

static void
test_openai (void)
{
  g_autoptr (OcgModel) by_host = new_model ("x", "https://api.openai.com/v1", "gpt-5", NULL);
  g_autoptr (OcgModel) by_id = new_model ("openai", "https://proxy.example/v1", "gpt-5", NULL);
  OcgModel *models[] = { by_host, by_id };

  for (guint i = 0; i < G_N_ELEMENTS (models); i++)
    {
      OcgOpenaiDialect dialect = ocg_openai_dialect (models[i], 0);

      g_assert_true (dialect.is_openai && dialect.store && dialect.developer && dialect.strict);
      g_assert_true (dialect.max_completion_tokens && dialect.stream_usage);
      g_assert_false (dialect.temperature);
    }
}

/* Each flag beats what the table says, in both directions. */
static void
test_compat (void)
{
  g_autoptr (OcgModel) shy = new_model (
      "openai", "https://api.openai.com/v1", "gpt-5",
      "{\"supportsStore\":false,\"supportsDeveloperRole\":false,\"supportsStrictMode\":false,"
      "\"supportsUsageInStreaming\":false,\"maxTokensField\":\"max_tokens\","
      "\"supportsTemperature\":true,\"supportsReasoningEffort\":false}");
  g_autoptr (OcgModel) bold = new_model (
      "x", "https://proxy.example/v1", "m",
      "{\"supportsStore\":true,\"supportsDeveloperRole\":true,\"supportsStrictMode\":true,"
      "\"maxTokensField\":\"max_completion_tokens\",\"supportsTemperature\":false,"
      "\"thinkingFormat\":\"qwen\",\"requiresToolResultName\":true,\"requiresMistralToolIds\":true,"
      "\"requiresReasoningContentOnAssistantMessages\":true}");
  OcgOpenaiDialect dialect = ocg_openai_dialect (shy, 0);

  g_assert_false (dialect.store || dialect.developer || dialect.strict || dialect.stream_usage);
  g_assert_false (dialect.max_completion_tokens);
  g_assert_true (dialect.temperature);
  g_assert_cmpint (dialect.ask, ==, OCG_ASK_NOTHING);

  dialect = ocg_openai_dialect (bold, 0);
  g_assert_true (dialect.store && dialect.developer && dialect.strict);
  g_assert_true (dialect.max_completion_tokens && dialect.result_name && dialect.fixed_ids);
  g_assert_true (dialect.needs_reasoning_content);
  g_assert_false (dialect.temperature);
  g_assert_cmpint (dialect.ask, ==, OCG_ASK_ENABLE);
}

static void
test_ask (void)
{
  static const struct
  {
    const char *provider, *base, *model;
    OcgAsk ask;
  } rows[] = {
    { "openrouter", "https://openrouter.ai/api/v1", "minimax/minimax-m2", OCG_ASK_REASONING },
    { "deepseek", "https://api.deepseek.com", "deepseek-chat", OCG_ASK_THINKING },
    { "moonshot", "https://api.moonshot.cn/v1", "kimi-k2.6", OCG_ASK_THINKING },
    { "moonshot", "https://api.moonshot.ai/v1", "kimi-k3", OCG_ASK_EFFORT },
    { "zai", "https://api.z.ai/api/paas/v4", "glm-4.7", OCG_ASK_THINKING },
    { "mistral", "https://api.mistral.ai/v1", "mistral-large", OCG_ASK_NOTHING },
    { "minimax", "https://api.minimax.io/v1", "MiniMax-M3", OCG_ASK_MINIMAX },
    { "minimax", "http://127.0.0.1:9/v1", "MiniMax-M3", OCG_ASK_MINIMAX },
    { "proxy", "https://proxy.example/v1", "MiniMax-M3", OCG_ASK_MINIMAX },
    { "lmstudio", "http://127.0.0.1:1234/v1", "minimax-m2.1-gs32", OCG_ASK_EFFORT },
    { "x", "https://x.example/v1", "m", OCG_ASK_EFFORT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (OcgModel) model
          = new_model (rows[i].provider, rows[i].base, rows[i].model, NULL);

      g_test_message ("%s at %s", rows[i].model, rows[i].base);
      g_assert_cmpint (ocg_openai_dialect (model, 0).ask, ==, rows[i].ask);
    }
}

static void
test_effort (void)
{
  static const struct
  {
    const char *model;
    OcgThinking level;
    const char *effort;
  } rows[] = {
    { "gpt-5", OCG_THINKING_OFF, "minimal" },    { "gpt-5", OCG_THINKING_MINIMAL, "minimal" },
    { "gpt-5", OCG_THINKING_XHIGH, "high" },     { "gpt-5.1", OCG_THINKING_OFF, "none" },
    { "gpt-5.1", OCG_THINKING_XHIGH, "high" },   { "gpt-5.2", OCG_THINKING_XHIGH, "xhigh" },
    { "gpt-6-sol", OCG_THINKING_OFF, "none" },   { "o3", OCG_THINKING_OFF, "low" },
    { "o4-mini", OCG_THINKING_MINIMAL, "low" },  { "o3", OCG_THINKING_XHIGH, "high" },
    { "gpt-5.2", OCG_THINKING_DEFAULT, NULL },   { "gpt-5.2", OCG_THINKING_ADAPTIVE, NULL },
    { "openai/gpt-5", OCG_THINKING_OFF, "minimal" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (OcgModel) model = new_model ("x", "https://x.example/v1", rows[i].model, NULL);

      g_test_message ("%s, level %d", rows[i].model, rows[i].level);
      g_assert_cmpstr (ocg_openai_effort (model, rows[i].level), ==, rows[i].effort);
    }
}

/* Of Google's models most cannot stop thinking, and there are three words. */
static void
test_google (void)
{
  static const struct
  {
    OcgThinking level;
    const char *effort;
  } rows[] = {
    { OCG_THINKING_OFF, "low" },      { OCG_THINKING_MINIMAL, "low" },
    { OCG_THINKING_LOW, "low" },      { OCG_THINKING_MEDIUM, "medium" },
    { OCG_THINKING_HIGH, "high" },    { OCG_THINKING_XHIGH, "high" },
    { OCG_THINKING_DEFAULT, NULL },   { OCG_THINKING_ADAPTIVE, NULL },
  };
  g_autoptr (OcgModel) by_host = new_model (
      "x", "https://generativelanguage.googleapis.com/v1beta/openai", "gemini-3.8-flash", NULL);
  g_autoptr (OcgModel) by_id
      = new_model ("google", "https://proxy.example/v1", "gemini-3.8-flash", NULL);
  OcgOpenaiDialect dialect = ocg_openai_dialect (by_host, 0);

  g_assert_false (dialect.store || dialect.developer || dialect.max_completion_tokens);
  g_assert_cmpint (dialect.ask, ==, OCG_ASK_EFFORT);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_cmpstr (ocg_openai_effort (by_host, rows[i].level), ==, rows[i].effort);
      g_assert_cmpstr (ocg_openai_effort (by_id, rows[i].level), ==, rows[i].effort);
    }
}

static void
test_openrouter (void)
{
  static const struct
  {
    const char *provider, *base, *id, *sent;
    gboolean developer;
  } rows[] = {
    { "openrouter", "https://openrouter.ai/api/v1", "auto", "openrouter/auto", FALSE },
    { "mine", "https://openrouter.ai/api/v1", "auto", "openrouter/auto", FALSE },
    { "openrouter", "https://openrouter.ai/api/v1", "openrouter/auto", "openrouter/auto", FALSE },
    { "openrouter", "https://openrouter.ai/api/v1", "openai/gpt-5.2", "openai/gpt-5.2", TRUE },
    { "openrouter", "https://openrouter.ai/api/v1", "z-ai/glm-4.7", "z-ai/glm-4.7", FALSE },
    { "x", "https://x.example/v1", "auto", "auto", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (OcgModel) model = new_model (rows[i].provider, rows[i].base, rows[i].id, NULL);
      g_autofree char *sent = ocg_openai_get_model_id (model);

      g_test_message ("%s at %s", rows[i].id, rows[i].base);
      g_assert_cmpstr (sent, ==, rows[i].sent);
      g_assert_cmpint (ocg_openai_dialect (model, 0).developer, ==, rows[i].developer);
    }
}

/* A mirror is spoken to as the server that it mirrors when its models say so. */
static void
test_mirrors (void)
{
  g_autoptr (OcgModel) zai = new_model ("zz", "https://z.example/v4", "glm-5.3",
                                        "{\"thinkingFormat\":\"zai\"}");
  g_autoptr (OcgModel) kimi = new_model ("kk", "https://k.example/v1", "kimi-k2.6",
                                         "{\"thinkingFormat\":\"deepseek\"}");
  g_autoptr (OcgModel) proxied
      = new_model ("zai-coding-cn", "https://proxy.example/v4", "glm-4.7", NULL);
  OcgOpenaiDialect dialect = ocg_openai_dialect (zai, 0);

  g_assert_true (dialect.is_zai && dialect.keeps_reasoning_content);
  g_assert_cmpint (dialect.ask, ==, OCG_ASK_THINKING);
  dialect = ocg_openai_dialect (kimi, 0);
  g_assert_true (dialect.keeps_reasoning_content && !dialect.is_zai);
  g_assert_true (ocg_openai_dialect (proxied, 0).is_zai);
}

static void
test_mends (void)
{
  static const struct
  {
    guint status;
    const char *code, *message;
    OcgMends mend;
  } rows[] = {
    { 400, "invalid_encrypted_content", "The encrypted content could not be verified.",
      OCG_MEND_REASONING },
    { 400, NULL, "invalid params, thinking.type: enabled (allowed: adaptive, disabled) (2013)",
      OCG_MEND_THINKING_WORD },
    { 400, NULL, "Unrecognized request argument supplied: stream_options",
      OCG_MEND_STREAM_OPTIONS },
    { 400, "unsupported_parameter",
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use "
      "'max_completion_tokens' instead.",
      OCG_MEND_MAX_TOKENS },
    { 422, NULL, "max_completion_tokens: Extra inputs are not permitted", OCG_MEND_MAX_TOKENS },
    { 400, "unsupported_value", "Unsupported value: 'temperature' does not support 0.2",
      OCG_MEND_TEMPERATURE },
    { 400, NULL, "Unexpected role 'developer'", OCG_MEND_DEVELOPER },
    { 400, NULL, "Unknown parameter: 'store'.", OCG_MEND_STORE },
    { 400, "context_length_exceeded", "This model's maximum context length is 8192 tokens.", 0 },
    { 401, NULL, "stream_options", 0 },
    { 400, NULL, NULL, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      OcgErrorReply reply = { .status = rows[i].status,
                              .code = (char *) rows[i].code,
                              .message = (char *) rows[i].message };
      OcgMends mend = ocg_mend_find (&reply, 0);

      g_test_message ("%s", rows[i].message);
      g_assert_cmpint (mend, ==, rows[i].mend);
      /* What has been mended and is refused all the same is an error. */
      if (mend != 0)
        g_assert_cmpint (ocg_mend_find (&reply, mend) & mend, ==, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/openai-dialect/urls", test_urls);
  g_test_add_func ("/openai-dialect/common-subset", test_common_subset);
  g_test_add_func ("/openai-dialect/openai", test_openai);
  g_test_add_func ("/openai-dialect/compat", test_compat);
  g_test_add_func ("/openai-dialect/ask", test_ask);
  g_test_add_func ("/openai-dialect/effort", test_effort);
  g_test_add_func ("/openai-dialect/google", test_google);
  g_test_add_func ("/openai-dialect/openrouter", test_openrouter);
  g_test_add_func ("/openai-dialect/mirrors", test_mirrors);
  g_test_add_func ("/openai-dialect/mends", test_mends);
  return g_test_run ();
}
