/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The pure parts of the engine: the answer as it grows, what follows a failure, how a failure is
 * put into words, and what an answer cost. */

#include <string.h>

#include "engine/ocg-completion.h"
#include "engine/ocg-diagnosis.h"
#include "engine/ocg-fallback.h"
#include "provider-fixture.h"
#include "usage/ocg-cost.h"

static void
add (OcgCompletion *completion, OcgEvent event)
{
  if (event.text != NULL)
    event.length = strlen (event.text);
  ocg_completion_add (completion, &event);
}

#define ADD(...) add (completion, (OcgEvent){ __VA_ARGS__ })

static OcgAnswerPart *
get_part (OcgCompletion *completion, guint index)
{
  g_assert_cmpuint (index, <, completion->parts->len);
  return completion->parts->pdata[index];
}

static void
test_completion_parts (void)
{
  g_autoptr (OcgCompletion) completion = ocg_completion_new ();
  g_autofree char *text = NULL;
  g_autofree char *thinking = NULL;

  ADD (OCG_EVENT_PART);
  ADD (OCG_EVENT_THINKING, .text = "Let me ");
  ADD (OCG_EVENT_THINKING, .text = "see.");
  ADD (OCG_EVENT_REPLAY, .text = "r1");
  ADD (OCG_EVENT_PART);
  ADD (OCG_EVENT_TEXT, .text = "你");
  ADD (OCG_EVENT_TEXT, .text = "好");
  ADD (OCG_EVENT_PART);
  ADD (OCG_EVENT_TOOL_START, .index = 2, .id = "t1", .name = "f");
  ADD (OCG_EVENT_TOOL_DELTA, .index = 2, .text = "{\"a\"");
  ADD (OCG_EVENT_TOOL_DELTA, .index = 2, .text = ":1}");
  ADD (OCG_EVENT_TOOL_END, .index = 2, .id = "t1", .name = "f", .text = "{\"a\":1}");
  ADD (OCG_EVENT_PART);
  ADD (OCG_EVENT_TEXT, .text = "!");
  ADD (OCG_EVENT_STOP, .stop = OCG_STOP_TOOL_CALLS);

  g_assert_cmpuint (completion->parts->len, ==, 4);
  g_assert_cmpint (get_part (completion, 0)->type, ==, OCG_ANSWER_THINKING);
  g_assert_cmpstr (get_part (completion, 0)->text->str, ==, "Let me see.");
  g_assert_cmpstr (get_part (completion, 0)->replay, ==, "r1");
  g_assert_cmpint (get_part (completion, 1)->type, ==, OCG_ANSWER_TEXT);
  g_assert_cmpstr (get_part (completion, 1)->text->str, ==, "你好");
  g_assert_null (get_part (completion, 1)->replay);
  g_assert_cmpint (get_part (completion, 2)->type, ==, OCG_ANSWER_TOOL_CALL);
  g_assert_cmpstr (get_part (completion, 2)->text->str, ==, "{\"a\":1}");
  g_assert_cmpstr (get_part (completion, 2)->id, ==, "t1");
  g_assert_cmpstr (get_part (completion, 2)->name, ==, "f");
  g_assert_true (get_part (completion, 2)->done);
  g_assert_cmpint (completion->stop, ==, OCG_STOP_TOOL_CALLS);
  g_assert_true (completion->has_content);

  text = ocg_completion_dup_text (completion, OCG_ANSWER_TEXT);
  thinking = ocg_completion_dup_text (completion, OCG_ANSWER_THINKING);
  g_assert_cmpstr (text, ==, "你好!");
  g_assert_cmpstr (thinking, ==, "Let me see.");
}

static void
test_completion_new_part (void)
{
  g_autoptr (OcgCompletion) completion = ocg_completion_new ();

  ADD (OCG_EVENT_PART);
  ADD (OCG_EVENT_TEXT, .text = "a");
  ADD (OCG_EVENT_PART);
  ADD (OCG_EVENT_PART);
  ADD (OCG_EVENT_TEXT, .text = "b");
  g_assert_cmpuint (completion->parts->len, ==, 2);
  g_assert_cmpstr (get_part (completion, 0)->text->str, ==, "a");
  g_assert_cmpstr (get_part (completion, 1)->text->str, ==, "b");
}

/* Servers put thoughts and text into one block: the parts differ nevertheless. */
static void
test_completion_mixed_block (void)
{
  g_autoptr (OcgCompletion) completion = ocg_completion_new ();

  ADD (OCG_EVENT_PART);
  ADD (OCG_EVENT_THINKING, .text = "Hm.");
  ADD (OCG_EVENT_TEXT, .text = "Hi");
  g_assert_cmpuint (completion->parts->len, ==, 2);
  g_assert_cmpint (get_part (completion, 0)->type, ==, OCG_ANSWER_THINKING);
  g_assert_cmpint (get_part (completion, 1)->type, ==, OCG_ANSWER_TEXT);
  g_assert_cmpstr (get_part (completion, 1)->text->str, ==, "Hi");
}

/* Redacted thinking has nothing to read, but must come back; it is no content for the client. */
static void
test_completion_redacted (void)
{
  g_autoptr (OcgCompletion) completion = ocg_completion_new ();

  ADD (OCG_EVENT_PART);
  ADD (OCG_EVENT_REPLAY, .text = "r1");
  ADD (OCG_EVENT_PART);
  ADD (OCG_EVENT_REPLAY, .text = "r2");
  g_assert_cmpuint (completion->parts->len, ==, 2);
  g_assert_cmpint (get_part (completion, 0)->type, ==, OCG_ANSWER_THINKING);
  g_assert_cmpstr (get_part (completion, 0)->text->str, ==, "");
  g_assert_cmpstr (get_part (completion, 0)->replay, ==, "r1");
  g_assert_cmpstr (get_part (completion, 1)->replay, ==, "r2");
  g_assert_false (completion->has_content);
}

/* Calls at the same time keep their fragments apart; one that was cut is never done. */
static void
test_completion_calls (void)
{
  g_autoptr (OcgCompletion) completion = ocg_completion_new ();

  ADD (OCG_EVENT_PART);
  ADD (OCG_EVENT_TOOL_START, .index = 0, .id = "t0", .name = "f");
  ADD (OCG_EVENT_PART);
  ADD (OCG_EVENT_TOOL_START, .index = 1, .id = "t1", .name = "g");
  ADD (OCG_EVENT_TOOL_DELTA, .index = 0, .text = "{\"a");
  ADD (OCG_EVENT_TOOL_DELTA, .index = 1, .text = "{}");
  ADD (OCG_EVENT_TOOL_END, .index = 1, .id = "t1", .name = "g", .text = "{}");
  ADD (OCG_EVENT_TOOL_END, .index = 9, .id = "t9", .name = "never started", .text = "{}");
  g_assert_false (get_part (completion, 0)->done);
  g_assert_cmpstr (get_part (completion, 0)->text->str, ==, "{\"a");
  g_assert_true (get_part (completion, 1)->done);
  g_assert_cmpstr (get_part (completion, 1)->text->str, ==, "{}");
}

/* Arguments that came at once, without fragments. */
static void
test_completion_call_at_once (void)
{
  g_autoptr (OcgCompletion) completion = ocg_completion_new ();

  ADD (OCG_EVENT_TOOL_START, .index = 0, .id = "t0", .name = "f");
  g_assert_true (completion->has_content);
  ADD (OCG_EVENT_TOOL_END, .index = 0, .id = "t0", .name = "f", .text = "{\"q\":\"x\"}");
  g_assert_cmpuint (completion->parts->len, ==, 1);
  g_assert_cmpstr (get_part (completion, 0)->text->str, ==, "{\"q\":\"x\"}");
}

static void
test_completion_ends (void)
{
  g_autoptr (OcgCompletion) completion = ocg_completion_new ();
  g_autofree char *text = ocg_completion_dup_text (completion, OCG_ANSWER_TEXT);

  g_assert_cmpstr (text, ==, "");
  g_assert_cmpint (completion->usage.input, ==, -1);
  g_assert_cmpint (completion->usage.output, ==, -1);
  g_assert_cmpint (completion->stop, ==, OCG_STOP_NONE);
  g_assert_false (completion->has_content);

  ADD (OCG_EVENT_USAGE, .usage = { 12, 1, -1, -1 });
  ADD (OCG_EVENT_USAGE, .usage = { 12, 4, 3, -1 });
  ADD (OCG_EVENT_TEXT, .text = "");
  g_assert_false (completion->has_content);
  g_assert_cmpint (completion->usage.input, ==, 12);
  g_assert_cmpint (completion->usage.output, ==, 4);
  g_assert_cmpint (completion->usage.cache_read, ==, 3);
  g_assert_cmpint (completion->usage.cache_write, ==, -1);

  ADD (OCG_EVENT_STOP, .stop = OCG_STOP_STOP, .pause = TRUE);
  g_assert_true (completion->pause);
  ADD (OCG_EVENT_STOP, .stop = OCG_STOP_REFUSAL, .text = "Not this.");
  g_assert_false (completion->pause);
  g_assert_cmpint (completion->stop, ==, OCG_STOP_REFUSAL);
  g_assert_cmpstr (completion->refusal, ==, "Not this.");
  g_assert_false (completion->has_content);
}

static void
test_stop_words (void)
{
  g_assert_cmpstr (ocg_stop_reason_to_string (OCG_STOP_STOP), ==, "stop");
  g_assert_cmpstr (ocg_stop_reason_to_string (OCG_STOP_LENGTH), ==, "length");
  g_assert_cmpstr (ocg_stop_reason_to_string (OCG_STOP_TOOL_CALLS), ==, "tool-calls");
  g_assert_cmpstr (ocg_stop_reason_to_string (OCG_STOP_CONTENT_FILTER), ==, "content-filter");
  g_assert_cmpstr (ocg_stop_reason_to_string (OCG_STOP_REFUSAL), ==, "refusal");
}

enum
{
  HAS_CONTENT = 1 << 0,
  WAS_RETRIED = 1 << 1,
  OTHER_PROFILE = 1 << 2,
};

static void
assert_decision (OcgError code, gint64 retry_after_ms, guint state, OcgDecision expected)
{
  const OcgSetback setback = { .code = code,
                               .retry_after_ms = retry_after_ms,
                               .has_content = (state & HAS_CONTENT) != 0,
                               .was_retried = (state & WAS_RETRIED) != 0,
                               .has_other_profile = (state & OTHER_PROFILE) != 0 };

  g_assert_cmpint (ocg_fallback_decide (&setback), ==, expected);
}

/* What follows a failure of the only profile, and what it is where there is another one. */
static void
test_fallback (void)
{
  static const struct
  {
    OcgError code;
    OcgDecision decision;
    OcgDecision with_other;
  } rows[] = {
    { OCG_ERROR_CREDENTIAL_REJECTED, OCG_DECISION_NEXT, OCG_DECISION_ROTATE },
    { OCG_ERROR_CREDENTIAL_EXPIRED, OCG_DECISION_NEXT, OCG_DECISION_ROTATE },
    { OCG_ERROR_QUOTA_EXCEEDED, OCG_DECISION_NEXT, OCG_DECISION_ROTATE },
    { OCG_ERROR_RATE_LIMITED, OCG_DECISION_NEXT, OCG_DECISION_ROTATE },
    { OCG_ERROR_CREDENTIAL_MISSING, OCG_DECISION_NEXT },
    { OCG_ERROR_KEYRING_LOCKED, OCG_DECISION_NEXT },
    { OCG_ERROR_KEYRING_UNAVAILABLE, OCG_DECISION_NEXT },
    { OCG_ERROR_OVERLOADED, OCG_DECISION_NEXT },
    { OCG_ERROR_PROVIDER_ERROR, OCG_DECISION_NEXT },
    { OCG_ERROR_TIMEOUT, OCG_DECISION_NEXT },
    { OCG_ERROR_NETWORK, OCG_DECISION_NEXT },
    { OCG_ERROR_TLS, OCG_DECISION_NEXT },
    { OCG_ERROR_STREAM_TRUNCATED, OCG_DECISION_NEXT },
    { OCG_ERROR_UNKNOWN_MODEL, OCG_DECISION_NEXT },
    { OCG_ERROR_PROTOCOL_VIOLATION, OCG_DECISION_NEXT },
    { OCG_ERROR_INVALID_REQUEST, OCG_DECISION_STOP },
    { OCG_ERROR_CONTEXT_OVERFLOW, OCG_DECISION_STOP },
    { OCG_ERROR_CONTENT_FILTERED, OCG_DECISION_STOP },
    { OCG_ERROR_CANCELLED, OCG_DECISION_STOP },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", ocg_error_get_name (rows[i].code));
      assert_decision (rows[i].code, -1, 0, rows[i].decision);
      assert_decision (rows[i].code, -1, OTHER_PROFILE,
                       rows[i].with_other != 0 ? rows[i].with_other : rows[i].decision);
      /* Nobody waits but for a limit. */
      if (rows[i].code != OCG_ERROR_RATE_LIMITED)
        assert_decision (rows[i].code, 1000, 0, rows[i].decision);
    }
  for (int code = 0; code < OCG_N_ERRORS; code++)
    assert_decision ((OcgError) code, 0, HAS_CONTENT | OTHER_PROFILE, OCG_DECISION_STOP);
}

static void
test_retry (void)
{
  static const struct
  {
    gint64 retry_after_ms;
    guint state;
    OcgDecision decision;
  } rows[] = {
    { 0, 0, OCG_DECISION_RETRY },
    { 10000, 0, OCG_DECISION_RETRY },
    { 10000, OTHER_PROFILE, OCG_DECISION_RETRY },
    { 10000, WAS_RETRIED, OCG_DECISION_NEXT },
    { 10000, WAS_RETRIED | OTHER_PROFILE, OCG_DECISION_ROTATE },
    { 10001, 0, OCG_DECISION_NEXT },
    { 10001, OTHER_PROFILE, OCG_DECISION_ROTATE },
    { -1, 0, OCG_DECISION_NEXT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_decision (OCG_ERROR_RATE_LIMITED, rows[i].retry_after_ms, rows[i].state,
                     rows[i].decision);
}

/* What commits an answer: text, thoughts and calls, and nothing else. */
static void
test_content_events (void)
{
  static const struct
  {
    OcgEvent event;
    gboolean is_content;
  } rows[] = {
    { { .type = OCG_EVENT_PART }, FALSE },
    { { .type = OCG_EVENT_TEXT, .text = "x", .length = 1 }, TRUE },
    { { .type = OCG_EVENT_THINKING, .text = "x", .length = 1 }, TRUE },
    { { .type = OCG_EVENT_TOOL_START, .id = "t", .name = "f" }, TRUE },
    { { .type = OCG_EVENT_USAGE, .usage = { 0, 0, 0, 0 } }, FALSE },
    { { .type = OCG_EVENT_STOP, .stop = OCG_STOP_STOP }, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_true (ocg_event_is_content (&rows[i].event) == rows[i].is_content);
}

static void
test_failure_render (void)
{
  static const struct
  {
    const char *format, *text;
  } rows[] = {
    { "Plain.", "Plain." },
    { "{model} failed.", "minimax/{provider} failed." },
    { "At {provider}: {model}", "At %s: minimax/{provider}" },
    { "{model}{model}", "minimax/{provider}minimax/{provider}" },
    { "{unknown} {model", "{unknown} {model" },
    { "{} {{model}} }{", "{} {minimax/{provider}} }{" },
    { "100 % of %s %n {provider}", "100 % of %s %n %s" },
    { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      /* Values are not looked into again. */
      g_autoptr (OcgFailure) failure = ocg_failure_new (
          OCG_ERROR_NETWORK, rows[i].format, "model", "minimax/{provider}", "provider", "%s", NULL);
      g_autofree char *text = NULL;

      /* The empty msgid would be the header of a translation. */
      if (rows[i].format[0] == '\0')
        continue;
      text = ocg_failure_render (failure);
      g_assert_cmpstr (text, ==, rows[i].text);
      g_assert_cmpint (failure->retry_after_ms, ==, -1);
      g_assert_cmpint (failure->code, ==, OCG_ERROR_NETWORK);
    }
}

static void
test_failure_provider_words (void)
{
  g_autoptr (OcgFailure) failure
      = ocg_failure_new (OCG_ERROR_NETWORK, "{a} {b} {c} {d}", "a", "1", "b", "2", "c", "3", "d",
                         "4", NULL);
  g_autofree char *text = NULL;
  g_autofree char *without = ocg_failure_render (failure);

  failure->provider_message = g_strdup ("余额不足 {a} %s");
  text = ocg_failure_render (failure);
  g_assert_cmpstr (without, ==, "1 2 3 4");
  g_assert_true (g_str_has_prefix (text, "1 2 3 4"));
  g_assert_nonnull (strstr (text, "余额不足 {a} %s"));
}

static OcgModel *
new_model (const char *provider_id, const char *model_id)
{
  g_autofree char *text = g_strdup_printf (
      "{\"baseUrl\":\"https://x.example\",\"api\":\"anthropic-messages\",\"family\":\"%s\"}",
      provider_id);
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  g_autoptr (OcgProvider) provider
      = provider_fixture_new (provider_id, json_node_get_object (node));

  return ocg_model_new_unlisted (provider, model_id);
}

static OcgFailure *
diagnose (guint status, const char *body, OcgModel *model, const char *secret_text)
{
  g_autoptr (OcgErrorReply) reply = ocg_error_reply_new (status, body, strlen (body));
  g_autoptr (OcgSecret) secret = ocg_secret_new (secret_text, -1);

  return ocg_diagnose_reply (reply, model, "anthropic:default", secret);
}

static void
test_diagnose_codes (void)
{
  static const struct
  {
    guint status;
    const char *type;
    OcgError code;
  } rows[] = {
    { 401, "authentication_error", OCG_ERROR_CREDENTIAL_REJECTED },
    { 402, "billing_error", OCG_ERROR_QUOTA_EXCEEDED },
    { 429, "rate_limit_error", OCG_ERROR_RATE_LIMITED },
    { 529, "overloaded_error", OCG_ERROR_OVERLOADED },
    { 500, "api_error", OCG_ERROR_PROVIDER_ERROR },
    { 504, "timeout_error", OCG_ERROR_TIMEOUT },
    { 404, "not_found_error", OCG_ERROR_UNKNOWN_MODEL },
    { 400, "invalid_request_error", OCG_ERROR_INVALID_REQUEST },
    { 413, "request_too_large", OCG_ERROR_CONTEXT_OVERFLOW },
  };
  g_autoptr (OcgModel) model = new_model ("anthropic", "claude-x");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *body = g_strdup_printf (
          "{\"type\":\"error\",\"error\":{\"type\":\"%s\",\"message\":\"words\"},\"request_id\":"
          "\"req_1\"}",
          rows[i].type);
      g_autoptr (OcgFailure) failure = diagnose (rows[i].status, body, model, "secretsecret");
      g_autofree char *text = ocg_failure_render (failure);

      g_assert_cmpint (failure->code, ==, rows[i].code);
      g_assert_cmpuint (failure->http_status, ==, rows[i].status);
      g_assert_cmpstr (failure->provider_code, ==, rows[i].type);
      g_assert_cmpstr (failure->provider_message, ==, "words");
      g_assert_cmpstr (failure->request_id, ==, "req_1");
      g_assert_cmpstr (failure->model, ==, "anthropic/claude-x");
      g_assert_cmpstr (failure->profile, ==, "anthropic:default");
      g_assert_nonnull (strstr (text, "words"));
      g_assert_null (strchr (text, '{'));
    }
}

/* A server that repeats the key wherever it can. */
static void
test_diagnose_redacts (void)
{
  static const char body[]
      = "{\"error\":{\"type\":\"opaque-key-1234\",\"code\":\"opaque-key-1234\",\"message\":\"bad key "
        "opaque-key-1234 and sk-ant-api03-zzzzzzzz\"},\"request_id\":\"opaque-key-1234\"}";
  g_autoptr (OcgModel) model = new_model ("anthropic", "claude-x");
  g_autoptr (OcgFailure) failure = diagnose (401, body, model, "opaque-key-1234");
  g_autofree char *text = ocg_failure_render (failure);
  const char *const said[]
      = { text, failure->provider_code, failure->provider_message, failure->request_id };

  for (guint i = 0; i < G_N_ELEMENTS (said); i++)
    if (said[i] != NULL)
      {
        g_assert_null (strstr (said[i], "opaque-key"));
        g_assert_null (strstr (said[i], "zzzz"));
      }
  g_assert_nonnull (strstr (failure->provider_message, "bad key"));
}

static void
test_diagnose_long_message (void)
{
  g_autofree char *words = g_strnfill (5000, 'w');
  g_autofree char *body = g_strdup_printf ("{\"error\":{\"message\":\"%s\"}}", words);
  g_autoptr (OcgModel) model = new_model ("anthropic", "claude-x");
  g_autoptr (OcgFailure) failure = diagnose (500, body, model, "secretsecret");

  g_assert_cmpint (g_utf8_strlen (failure->provider_message, -1), ==, 300);
}

/* The wrong region looks like a bad key: the line has to say so. */
static void
test_diagnose_region (void)
{
  static const char *const bodies[] = {
    "{\"type\":\"error\",\"error\":{\"type\":\"authentication_error\",\"message\":\"invalid api key "
    "(2049)\"}}",
    "{\"type\":\"error\",\"error\":{\"type\":\"authorized_error\",\"message\":\"login fail (1004)\"}}",
  };
  g_autoptr (OcgModel) model = new_model ("minimax", "MiniMax-M2.7");

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (OcgFailure) failure = diagnose (401, bodies[i], model, "secretsecret");
      g_autofree char *text = ocg_failure_render (failure);

      g_assert_cmpint (failure->code, ==, OCG_ERROR_CREDENTIAL_REJECTED);
      g_assert_nonnull (strstr (text, "region"));
      g_assert_nonnull (strstr (text, "api.minimaxi.com"));
    }
}

static void
test_cost (void)
{
  static const struct
  {
    OcgPrices prices;
    OcgUsage usage;
    double cost; /* negative: not known */
  } rows[] = {
    /* A bill of Anthropic's that a peer put at half of it: cache reads count. */
    { { 3, 15, 0.3, 3.75 }, { 3, 1059, 73030, 2124 }, 0.045768 },
    { { 3, 15, 0.3, 3.75 }, { 1000000, 0, 0, 0 }, 3 },
    { { 3, 15, 0.3, 3.75 }, { 0, 1000000, 0, 0 }, 15 },
    { { 3, 15, 0.3, 3.75 }, { 0, 0, 1000000, 0 }, 0.3 },
    { { 3, 15, 0.3, 3.75 }, { 0, 0, 0, 1000000 }, 3.75 },
    { { 0.3, 1.2, 0.03, 0.375 }, { 53, 7, 40, 0 }, 0.0000255 },
    { { 3, 15, 0.3, 3.75 }, { 0, 0, 0, 0 }, 0 },
    { { 0, 0, 0, 0 }, { 100, 100, 100, 100 }, 0 },
    { { 3, 15, -1, -1 }, { 100, 10, -1, -1 }, 0.00045 },
    { { 3, 15, -1, -1 }, { 100, 10, 0, 0 }, 0.00045 },
    { { 3, 15, -1, 3.75 }, { 100, 10, 5, 0 }, -1 },
    { { 3, 15, 0.3, -1 }, { 100, 10, 0, 5 }, -1 },
    { { 3, 15, 0.3, 3.75 }, { -1, 10, 0, 0 }, -1 },
    { { 3, 15, 0.3, 3.75 }, { 100, -1, 0, 0 }, -1 },
    { { 3, 15, 0.3, 3.75 }, { -1, -1, -1, -1 }, -1 },
    { { -1, 15, 0.3, 3.75 }, { 100, 10, 0, 0 }, -1 },
    { { 3, -1, 0.3, 3.75 }, { 100, 10, 0, 0 }, -1 },
    { { -1, -1, -1, -1 }, { 100, 10, 0, 0 }, -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      double cost = -7;
      gboolean known = ocg_cost_compute (&rows[i].prices, &rows[i].usage, &cost);

      g_test_message ("row %u", i);
      g_assert_true (known == (rows[i].cost >= 0));
      if (known)
        g_assert_cmpfloat_with_epsilon (cost, rows[i].cost, 1e-12);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/completion/parts", test_completion_parts);
  g_test_add_func ("/completion/new-part", test_completion_new_part);
  g_test_add_func ("/completion/mixed-block", test_completion_mixed_block);
  g_test_add_func ("/completion/redacted", test_completion_redacted);
  g_test_add_func ("/completion/calls", test_completion_calls);
  g_test_add_func ("/completion/call-at-once", test_completion_call_at_once);
  g_test_add_func ("/completion/ends", test_completion_ends);
  g_test_add_func ("/event/stop-words", test_stop_words);
  g_test_add_func ("/event/content", test_content_events);
  g_test_add_func ("/fallback/table", test_fallback);
  g_test_add_func ("/fallback/retry", test_retry);
  g_test_add_func ("/failure/render", test_failure_render);
  g_test_add_func ("/failure/provider-words", test_failure_provider_words);
  g_test_add_func ("/diagnosis/codes", test_diagnose_codes);
  g_test_add_func ("/diagnosis/redacts", test_diagnose_redacts);
  g_test_add_func ("/diagnosis/long-message", test_diagnose_long_message);
  g_test_add_func ("/diagnosis/region", test_diagnose_region);
  g_test_add_func ("/cost/rows", test_cost);
  return g_test_run ();
}
