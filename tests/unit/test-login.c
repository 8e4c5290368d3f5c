/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Plans out of the data, what is posted, and what servers answer: fixtures/login/NAME.answer, whose
 * first line is "code|token DIALECT STATUS", and what is made of it in NAME.expected. */

#include <string.h>

#include "catalog/ocg-built-in.h"
#include "login/ocg-login-answer.h"
#include "login/ocg-login-form.h"
#include "login/ocg-login-value.h"
#include "login/ocg-pkce.h"
#include "ocg-error.h"
#include "provider-fixture.h"
#include "wire/ocg-json.h"

#define NOW G_GINT64_CONSTANT (1767225600000)

static OcgLoginPlan *
new_plan (const char *provider, const char *region)
{
  const OcgBuiltIn *built_in = ocg_built_in_find (provider);
  OcgLoginPlan *plan = ocg_login_plan_new (built_in->provider, region);

  g_assert_nonnull (plan);
  return plan;
}

static OcgLoginPlan *
new_plan_of (const char *text, const char *region)
{
  g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr (JsonObject) object = ocg_json_parse_object (json, -1, NULL);
  g_autoptr (OcgProvider) provider = provider_fixture_new ("mine", object);

  return ocg_login_plan_new (provider, region);
}

static void
test_challenge (void)
{
  /* RFC 7636, appendix B */
  g_autofree char *challenge
      = ocg_pkce_make_challenge ("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");

  g_assert_cmpstr (challenge, ==, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
}

static void
test_pkce (void)
{
  g_autoptr (OcgPkce) one = ocg_pkce_new ();
  g_autoptr (OcgPkce) two = ocg_pkce_new ();
  const char *verifier = ocg_secret_peek (one->verifier);
  g_autofree char *challenge = ocg_pkce_make_challenge (verifier);

  g_assert_cmpuint (strlen (verifier), ==, 43);
  g_assert_cmpuint (strspn (verifier, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_"), ==, 43);
  g_assert_cmpstr (one->challenge, ==, challenge);
  g_assert_cmpuint (strlen (one->state), ==, 22);
  g_assert_cmpstr (verifier, !=, ocg_secret_peek (two->verifier));
  g_assert_cmpstr (one->state, !=, two->state);
}

static void
test_plans (void)
{
  const OcgBuiltIn *portal = ocg_built_in_find ("minimax-portal");
  const OcgBuiltIn *openai = ocg_built_in_find ("openai");
  g_auto (GStrv) regions = ocg_login_plan_list_regions (portal->provider);
  g_autofree char *joined = g_strjoinv (" ", regions);
  g_autoptr (OcgLoginPlan) cn = new_plan ("minimax-portal", "cn");
  g_autoptr (OcgLoginPlan) qwen = new_plan ("qwen-portal", NULL);

  g_assert_cmpstr (joined, ==, "global cn");
  g_assert_false (ocg_login_plan_exists (openai->provider));
  g_assert_null (ocg_login_plan_new (openai->provider, NULL));
  g_assert_null (ocg_login_plan_new (portal->provider, NULL));
  g_assert_null (ocg_login_plan_new (portal->provider, "mars"));
  g_assert_cmpstr (cn->token_url, ==, "https://account.minimaxi.com/oauth2/token");
  g_assert_cmpstr (cn->base_url, ==, "https://api.minimaxi.com/anthropic");
  g_assert_cmpint (cn->dialect, ==, OCG_LOGIN_MINIMAX);
  g_assert_true (cn->pkce && cn->state);
  g_assert_cmpstr (qwen->region, ==, "global");
  g_assert_cmpint (qwen->dialect, ==, OCG_LOGIN_RFC8628);
  g_assert_true (qwen->pkce && !qwen->state);
}

static const struct
{
  const char *url;
  gboolean accepted;
} url_rows[] = {
  { "https://api.minimax.io/anthropic", TRUE },
  { "https://account.minimax.io/oauth2/token?x=1", TRUE },
  { "https://ACCOUNT.minimax.io:443/", TRUE },
  { "http://api.minimax.io/anthropic", FALSE },
  { "https://api.minimax.io:8443/", FALSE },
  { "https://api.minimaxi.com/anthropic", FALSE },
  { "https://api.minimax.io.evil.example/", FALSE },
  { "https://api.minimax.io@evil.example/", FALSE },
  { "https://evil.example/api.minimax.io", FALSE },
  { "api.minimax.io", FALSE },
  { "", FALSE },
};

static void
test_urls (void)
{
  g_autoptr (OcgLoginPlan) plan = new_plan ("minimax-portal", "global");
  const char *token = plan->token_url;

  for (guint i = 0; i < G_N_ELEMENTS (url_rows); i++)
    {
      g_test_message ("%s", url_rows[i].url);
      g_assert_cmpint (ocg_login_plan_accepts_url (plan, url_rows[i].url), ==,
                       url_rows[i].accepted);
    }
  g_assert_true (ocg_login_plan_may_have (plan, "https://account.minimax.io:443", token));
  g_assert_true (ocg_login_plan_may_have (plan, "https://api.minimax.io:443", token));
  g_assert_true (ocg_login_plan_may_have (plan, NULL, token));
  g_assert_false (ocg_login_plan_may_have (plan, "https://account.minimaxi.com:443", token));
  g_assert_false (ocg_login_plan_may_have (plan, "https://evil.example:443", token));
}

#define OWN(url)                                                                                   \
  "{'baseUrl':'" url "/v1','api':'openai-completions','login':{'clientId':'c','regions':{"         \
  "'all':{'codeUrl':'" url "/code','tokenUrl':'" url "/token'}}}}"

static void
test_private_plans (void)
{
  g_autoptr (OcgLoginPlan) plan = new_plan_of (OWN ("https://login.office.example"), NULL);
  g_autoptr (OcgLoginPlan) here = new_plan_of (OWN ("http://127.0.0.1:4321"), "all");

  g_assert_nonnull (plan);
  g_assert_null (plan->region);
  g_assert_cmpstr (plan->id, ==, "mine");
  g_assert_cmpstr (plan->grant_type, ==, "urn:ietf:params:oauth:grant-type:device_code");
  g_assert_nonnull (here);
  g_assert_true (ocg_login_plan_accepts_url (here, "http://127.0.0.1:4321/x"));
  g_assert_false (ocg_login_plan_accepts_url (here, "http://127.0.0.1:4322/x"));
  /* Everybody on the way could read it. */
  g_assert_null (new_plan_of (OWN ("http://login.office.example"), NULL));
}

static void
assert_form (GBytes *form, const char *expected)
{
  gsize length = 0;
  const char *text = g_bytes_get_data (form, &length);
  g_autofree char *copy = g_strndup (text, length);

  g_assert_cmpstr (copy, ==, expected);
  g_bytes_unref (form);
}

static void
test_forms (void)
{
  g_autoptr (OcgLoginPlan) minimax = new_plan ("minimax-portal", "global");
  g_autoptr (OcgLoginPlan) qwen = new_plan ("qwen-portal", NULL);
  g_autoptr (OcgSecret) refresh = ocg_secret_new ("r&r", -1);
  OcgPkce pkce = { ocg_secret_new ("verifier", -1), (char *) "challenge", (char *) "state" };
  OcgLoginCode code = { .user_code = (char *) "AB-12" };

  assert_form (ocg_login_form_for_code (minimax, &pkce),
               "response_type=code&client_id=78257093-7e40-4613-99e0-527b14b39113&"
               "scope=group_id%20profile%20model.completion&state=state&"
               "code_challenge=challenge&code_challenge_method=S256");
  assert_form (ocg_login_form_for_poll (minimax, &code, &pkce),
               "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Auser_code&"
               "client_id=78257093-7e40-4613-99e0-527b14b39113&user_code=AB-12&"
               "code_verifier=verifier");
  assert_form (ocg_login_form_for_refresh (minimax, refresh),
               "grant_type=refresh_token&client_id=78257093-7e40-4613-99e0-527b14b39113&"
               "refresh_token=r%26r");
  code.device_code = ocg_secret_new ("device", -1);
  assert_form (ocg_login_form_for_code (qwen, &pkce),
               "client_id=f0304373b74a44d2b584a3fb70ca9e56&"
               "scope=openid%20profile%20email%20model.completion&"
               "code_challenge=challenge&code_challenge_method=S256");
  qwen->pkce = FALSE;
  assert_form (ocg_login_form_for_poll (qwen, &code, &pkce),
               "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&"
               "client_id=f0304373b74a44d2b584a3fb70ca9e56&device_code=device");
  ocg_secret_unref (code.device_code);
  ocg_secret_unref (pkce.verifier);
}

static char *
describe_code (const OcgLoginPlan *plan, guint status, const char *body)
{
  OcgFailure *failure = NULL;
  g_autoptr (OcgLoginCode) code = ocg_login_code_parse (
      plan, status, body, strlen (body), plan->state ? "the-state" : NULL, NOW, &failure);
  g_autofree char *message = NULL;
  char *text = NULL;

  g_assert_true ((code == NULL) == (failure != NULL));
  if (code != NULL)
    return g_strdup_printf (
        "code %s\ndevice %s\nuri %s\ncomplete %s\nlifetime %u\ninterval %u\nfloor %u\n",
        code->user_code,
        code->device_code != NULL ? ocg_secret_peek (code->device_code) : "none",
        code->verification_uri,
        code->verification_uri_complete != NULL ? code->verification_uri_complete : "none",
        code->lifetime_ms, code->interval_ms, code->floor_ms);
  message = ocg_failure_render (failure);
  text = g_strdup_printf ("failure %s\n%s\n", strrchr (ocg_error_get_name (failure->code), '.') + 1,
                          message);
  ocg_failure_unref (failure);
  return text;
}

static char *
describe_token (const OcgLoginPlan *plan, guint status, const char *body)
{
  static const char *const outcomes[]
      = { "token",  "pending", "slow-down", "trouble", "limited",
          "denied", "expired", "refused",   "garbled" };
  g_autoptr (OcgLoginAnswer) answer
      = ocg_login_answer_parse (plan, status, body, strlen (body), NULL, NOW);
  OcgLoginToken *token = answer->token;

  g_assert_true ((token != NULL) == (answer->outcome == OCG_LOGIN_TOKEN));
  if (token == NULL)
    return g_strdup_printf ("%s\nmessage %s\n", outcomes[answer->outcome],
                            answer->message != NULL ? answer->message : "none");
  return g_strdup_printf (
      "token %s\nrefresh %s\nexpires %" G_GINT64_FORMAT "\nlifetime %" G_GINT64_FORMAT
      "\nbase %s\nnotification %s\n",
      ocg_secret_peek (token->access),
      token->refresh != NULL ? ocg_secret_peek (token->refresh) : "none", token->expires,
      token->lifetime, token->base_url != NULL ? token->base_url : "none",
      answer->notification != NULL ? answer->notification : "none");
}

/* What a server repeats of the request, and of its own answer. */
static void
test_secrets (void)
{
  static const char verifier[] = "9ysVixYuFtElzOJWKrLt3ClOM9UU1MYPnbS6PadQACc";
  static const char *const secrets[] = { verifier, "device-code-0123456789", NULL };
  static const char *const bodies[] = {
    "{'error':'invalid_grant','error_description':'bad 9ysVixYuFtElzOJWKrLt3ClOM9UU1MYPnbS6PadQACc'}",
    "{'error':'9YSVIXYUFTELZOJWKRLT3CLOM9UU1MYPNBS6PADQACC'}",
    "{'status':'error','base_resp':{'status_msg':'\\'WKrLt3ClOM9UU\\' is bad'}}",
    "{'status':'error','base_resp':{'status_msg':'no DEVICE-code-0123456789'}}",
    "{'status':'error','base_resp':{'status_msg':'made the-access-1 of it'},"
    "'access_token':'the-access-1'}",
    "{'status':'error','base_resp':{'status_msg':'fake-refresh-global-NbhJkwTDn1LBzMv3XUt1'}}",
    "{'status':'success','access_token':'the-access-1','refresh_token':'the-refresh-1',"
    "'notification_message':'Hi the-access-1 and the-refresh-1'}",
  };
  static const char *const parts[] = { "9ysVixYuFtElzOJW", "WKrLt3ClOM9U", "device-code", "the-access",
                                       "the-refresh", "NbhJkwTDn1LB" };
  g_autoptr (OcgLoginPlan) plan = new_plan ("minimax-portal", "global");

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autofree char *body = g_strdelimit (g_strdup (bodies[i]), "'", '"');
      g_autoptr (OcgLoginAnswer) answer
          = ocg_login_answer_parse (plan, 200, body, strlen (body), secrets, NOW);
      const char *said = answer->message != NULL ? answer->message : answer->notification;
      g_autofree char *lower = NULL;

      g_assert_nonnull (said);
      lower = g_ascii_strdown (said, -1);
      g_assert_nonnull (strstr (lower, "[redacted]"));
      for (guint j = 0; j < G_N_ELEMENTS (parts); j++)
        {
          g_autofree char *part = g_ascii_strdown (parts[j], -1);

          g_assert_null (strstr (lower, part));
        }
    }
}

/* Pages that nobody is sent to, and codes that are none. */
static void
test_pages (void)
{
  static const struct
  {
    const char *uri;
    const char *code;
    gboolean good;
  } rows[] = {
    { "https://platform.minimax.io/x", "AB-12", TRUE },
    { "https://user:pw@platform.minimax.io/x", "AB-12", FALSE },
    { "https://platform.minimax.io@evil.example/x", "AB-12", FALSE },
    { "http://127.0.0.1/x", "AB-12", FALSE },
    { "https://localhost/x", "AB-12", FALSE },
    { "http://platform.minimax.io/x", "AB-12", FALSE },
    { "https://platform.minimax.io/x", "AB 12", FALSE },
    { "https://platform.minimax.io/x", "AB\xc3\xa4", FALSE },
  };
  g_autoptr (OcgLoginPlan) plan = new_plan ("qwen-portal", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      OcgFailure *failure = NULL;
      g_autofree char *body
          = g_strdup_printf ("{\"device_code\":\"d\",\"user_code\":\"%s\",\"verification_uri\":\"%s\"}",
                             rows[i].code, rows[i].uri);
      g_autoptr (OcgLoginCode) code
          = ocg_login_code_parse (plan, 200, body, strlen (body), NULL, NOW, &failure);

      g_test_message ("%s %s", rows[i].uri, rows[i].code);
      g_assert_true ((code != NULL) == rows[i].good);
      g_clear_pointer (&failure, ocg_failure_unref);
    }
}

static char *
read_fixture (const char *name, const char *suffix)
{
  g_autofree char *file = g_strconcat (name, suffix, NULL);
  g_autofree char *path
      = g_test_build_filename (G_TEST_DIST, "fixtures", "login", file, NULL);
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  return text;
}

static void
test_answer (gconstpointer data)
{
  const char *name = data;
  g_autofree char *text = read_fixture (name, ".answer");
  g_autofree char *expected = read_fixture (name, ".expected");
  char *body = strchr (text, '\n');
  g_auto (GStrv) head = NULL;
  g_autoptr (OcgLoginPlan) plan = NULL;
  g_autofree char *came = NULL;
  guint status = 0;

  *body++ = '\0';
  head = g_strsplit (text, " ", 3);
  status = (guint) atoi (head[2]);
  plan = g_str_equal (head[1], "minimax") ? new_plan ("minimax-portal", "global")
                                          : new_plan ("qwen-portal", NULL);
  came = g_str_equal (head[0], "code") ? describe_code (plan, status, body)
                                       : describe_token (plan, status, body);
  g_assert_cmpstr (came, ==, expected);
}

static void
add_answers (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "fixtures", "login", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *file = NULL;
  guint n = 0;

  g_assert_nonnull (dir);
  while ((file = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (file, ".answer"))
      {
        char *name = g_strndup (file, strlen (file) - strlen (".answer"));
        g_autofree char *path = g_strconcat ("/login/answer/", name, NULL);

        g_test_add_data_func_full (path, name, test_answer, g_free);
        n++;
      }
  g_assert_cmpuint (n, >, 70);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/login/challenge", test_challenge);
  g_test_add_func ("/login/pkce", test_pkce);
  g_test_add_func ("/login/plans", test_plans);
  g_test_add_func ("/login/urls", test_urls);
  g_test_add_func ("/login/private-plans", test_private_plans);
  g_test_add_func ("/login/forms", test_forms);
  g_test_add_func ("/login/pages", test_pages);
  g_test_add_func ("/login/secrets", test_secrets);
  add_answers ();
  return g_test_run ();
}
