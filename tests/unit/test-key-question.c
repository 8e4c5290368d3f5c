/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Which request tells whether a key is good, and what its answer means. */

#include <string.h>

#include "engine/ocg-key-question.h"

static OcgProvider
make_provider (const char *id, const char *family, const char *api)
{
  OcgProvider provider = { 0 };

  provider.id = (char *) id;
  provider.family = (char *) family;
  provider.api = (char *) api;
  provider.origin = (char *) "https://a.io:443";
  provider.auth_header
      = g_str_equal (family, "anthropic") ? OCG_AUTH_X_API_KEY : OCG_AUTH_BEARER;
  provider.needs_key = TRUE;
  return provider;
}

/* "POST URL bearer proof +header". */
static void
assert_question (OcgProvider *provider, const char *base_url, const char *key,
                 const char *expected)
{
  g_autoptr (OcgSecret) secret = ocg_secret_new (key, -1);
  g_autoptr (OcgKeyQuestion) question = ocg_key_question_new (provider, base_url, secret);
  g_autofree char *text = g_strdup_printf (
      "%s %s %s%s%s%s", question->body != NULL ? "POST" : "GET", question->url,
      question->auth_header == OCG_AUTH_BEARER ? "bearer" : "x-api-key",
      question->needs_proof ? " proof" : "",
      g_hash_table_contains (question->headers, "anthropic-beta") ? " +beta" : "",
      g_hash_table_contains (question->headers, "x-mine") ? " +mine" : "");

  g_assert_cmpstr (text, ==, expected);
}

static void
test_questions (void)
{
  OcgProvider minimax = make_provider ("minimax", "minimax", "anthropic-messages");
  OcgProvider minimax_v1 = make_provider ("minimax", "minimax", "openai-completions");
  OcgProvider anthropic = make_provider ("anthropic", "anthropic", "anthropic-messages");
  OcgProvider openai = make_provider ("openai", "openai", "openai-responses");
  OcgProvider openrouter = make_provider ("openrouter", "", "openai-completions");
  OcgProvider local = make_provider ("lmstudio", "", "openai-responses");

  local.needs_key = FALSE;
  assert_question (&minimax, "https://a.io/anthropic", "sk-cp-1",
                   "POST https://a.io/anthropic/v1/messages bearer");
  assert_question (&minimax_v1, "https://a.io/v1", "sk-cp-1",
                   "POST https://a.io/v1/chat/completions bearer");
  assert_question (&anthropic, "https://a.io", "sk-ant-api03-1",
                   "GET https://a.io/v1/models x-api-key");
  assert_question (&anthropic, "https://a.io", "sk-ant-oat01-1",
                   "GET https://a.io/v1/models bearer +beta");
  assert_question (&openai, "https://a.io/v1", "sk-1", "GET https://a.io/v1/models bearer proof");
  assert_question (&openrouter, "https://a.io/api/v1", "sk-or-1",
                   "GET https://a.io/api/v1/key bearer");
  assert_question (&local, "http://127.0.0.1:1/v1", "x", "GET http://127.0.0.1:1/v1/models bearer");
}

/* What the settings add is for their own server alone. */
static void
test_headers (void)
{
  OcgProvider provider = make_provider ("minimax", "minimax", "anthropic-messages");

  provider.headers = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_insert (provider.headers, (gpointer) "X-Mine", (gpointer) "secret");
  assert_question (&provider, "https://a.io/x", "k", "POST https://a.io/x/v1/messages bearer +mine");
  assert_question (&provider, "https://b.cn/x", "k", "POST https://b.cn/x/v1/messages bearer");
  g_hash_table_unref (provider.headers);
}

typedef struct
{
  guint status;
  const char *text;
  OcgKeyVerdict of_minimax;
  OcgKeyVerdict of_others;
} Answer;

static const Answer answers[] = {
  { 200, "{\"data\":[]}", OCG_KEY_UNCLEAR, OCG_KEY_GOOD },
  { 200, "[]", OCG_KEY_UNCLEAR, OCG_KEY_GOOD },
  { 200, "{}", OCG_KEY_UNCLEAR, OCG_KEY_UNCLEAR },
  { 200, "<html>", OCG_KEY_UNCLEAR, OCG_KEY_UNCLEAR },
  { 200, "", OCG_KEY_UNCLEAR, OCG_KEY_UNCLEAR },
  { 200, "5", OCG_KEY_UNCLEAR, OCG_KEY_UNCLEAR },
  { 200, "\xff{}", OCG_KEY_UNCLEAR, OCG_KEY_UNCLEAR },
  { 200, "{\"base_resp\":{\"status_code\":1004,\"status_msg\":\"login fail\"}}", OCG_KEY_REFUSED,
    OCG_KEY_REFUSED },
  { 200, "{\"base_resp\":{\"status_code\":2049,\"status_msg\":\"invalid api key\"}}",
    OCG_KEY_REFUSED, OCG_KEY_REFUSED },
  { 200, "{\"base_resp\":{\"status_code\":1008,\"status_msg\":\"insufficient balance\"}}",
    OCG_KEY_UNPAID, OCG_KEY_UNPAID },
  { 200, "{\"base_resp\":{\"status_code\":0,\"status_msg\":\"success\"}}", OCG_KEY_GOOD,
    OCG_KEY_UNCLEAR },
  { 200, "{\"type\":\"message\",\"content\":[]}", OCG_KEY_GOOD, OCG_KEY_UNCLEAR },
  { 401, "", OCG_KEY_UNCLEAR, OCG_KEY_UNCLEAR },
  { 401, "<html>", OCG_KEY_UNCLEAR, OCG_KEY_UNCLEAR },
  { 401, "{\"error\":{\"message\":\"no\"}}", OCG_KEY_REFUSED, OCG_KEY_REFUSED },
  { 401, "{\"detail\":\"no\"}", OCG_KEY_REFUSED, OCG_KEY_REFUSED },
  { 403, "{}", OCG_KEY_UNCLEAR, OCG_KEY_UNCLEAR },
  { 403, "<html>waf</html>", OCG_KEY_UNCLEAR, OCG_KEY_UNCLEAR },
  { 403, "{\"type\":\"error\",\"error\":{\"type\":\"permission_error\",\"message\":\"no\"}}",
    OCG_KEY_REFUSED, OCG_KEY_REFUSED },
  { 400, "{\"error\":{\"message\":\"invalid params (2013)\"}}", OCG_KEY_GOOD, OCG_KEY_UNCLEAR },
  { 400, "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"m\"}}",
    OCG_KEY_GOOD, OCG_KEY_UNCLEAR },
  { 422, "{\"error\":{\"type\":\"bad_request_error\",\"message\":\"unknown model ''\"}}",
    OCG_KEY_GOOD, OCG_KEY_UNCLEAR },
  { 400, "{\"error\":{\"message\":\"invalid api key\"}}", OCG_KEY_REFUSED, OCG_KEY_REFUSED },
  { 400, "{\"error\":{\"type\":\"authorized_error\",\"message\":\"no\"}}", OCG_KEY_REFUSED,
    OCG_KEY_REFUSED },
  { 400, "{\"base_resp\":{\"status_code\":1004,\"status_msg\":\"login fail\"}}", OCG_KEY_REFUSED,
    OCG_KEY_REFUSED },
  { 400, "{\"error\":{\"message\":\"nope\"}}", OCG_KEY_UNCLEAR, OCG_KEY_UNCLEAR },
  { 400, "<html>", OCG_KEY_UNCLEAR, OCG_KEY_UNCLEAR },
  { 400, "{}", OCG_KEY_UNCLEAR, OCG_KEY_UNCLEAR },
  { 400, "", OCG_KEY_UNCLEAR, OCG_KEY_UNCLEAR },
  { 402, "{\"error\":{\"message\":\"insufficient balance (1008)\"}}", OCG_KEY_UNPAID,
    OCG_KEY_UNPAID },
  { 402, "{}", OCG_KEY_UNCLEAR, OCG_KEY_UNCLEAR },
  { 429, "{\"error\":{\"message\":\"usage limit exceeded (2056)\"}}", OCG_KEY_GOOD,
    OCG_KEY_UNCLEAR },
  { 429, "", OCG_KEY_UNCLEAR, OCG_KEY_UNCLEAR },
  { 404, "", OCG_KEY_UNCLEAR, OCG_KEY_UNCLEAR },
  { 302, "", OCG_KEY_UNCLEAR, OCG_KEY_UNCLEAR },
  { 500, "", OCG_KEY_UNCLEAR, OCG_KEY_UNCLEAR },
  { 500, "{\"base_resp\":{\"status_code\":1004,\"status_msg\":\"login fail\"}}", OCG_KEY_UNCLEAR,
    OCG_KEY_UNCLEAR },
  { 529, "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"o\"}}",
    OCG_KEY_UNCLEAR, OCG_KEY_UNCLEAR },
};

static void
test_answers (void)
{
  OcgProvider minimax = make_provider ("minimax", "minimax", "anthropic-messages");
  OcgProvider other = make_provider ("other", "", "openai-completions");

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      const Answer *answer = &answers[i];
      gsize length = strlen (answer->text);
      g_autofree char *message = NULL;
      g_autofree char *other_message = NULL;

      g_test_message ("%u %s", answer->status, answer->text);
      g_assert_cmpint (ocg_key_question_judge (&minimax, answer->status, answer->text, length,
                                               &message),
                       ==, answer->of_minimax);
      g_assert_cmpint (ocg_key_question_judge (&other, answer->status, answer->text, length,
                                               &other_message),
                       ==, answer->of_others);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/key-question/questions", test_questions);
  g_test_add_func ("/key-question/headers", test_headers);
  g_test_add_func ("/key-question/answers", test_answers);
  return g_test_run ();
}
