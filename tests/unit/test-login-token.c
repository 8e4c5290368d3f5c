/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include <glib.h>
#include <string.h>

#include "credentials/ocg-login-token.h"

static OcgLoginToken *
parse (const char *text)
{
  g_autoptr (OcgSecret) secret = ocg_secret_new (text, -1);

  return ocg_login_token_parse (secret);
}

static void
test_round_trip (void)
{
  g_autoptr (OcgSecret) access = ocg_secret_new ("at-1 \"quoted\\\" \t é", -1);
  g_autoptr (OcgLoginToken) token = ocg_login_token_new (access);
  g_autoptr (OcgSecret) text = NULL;
  g_autoptr (OcgLoginToken) again = NULL;
  g_autoptr (OcgLoginToken) copy = NULL;

  token->refresh = ocg_secret_new ("rt-1", -1);
  token->expires = 1764000000123;
  token->lifetime = 900000;
  token->region = g_strdup ("cn");
  token->base_url = g_strdup ("https://api.minimaxi.com/anthropic");
  token->login = g_strdup ("minimax-portal");
  token->endpoint = g_strdup ("https://account.minimaxi.com:443");

  text = ocg_login_token_print (token);
  g_assert_null (strchr (ocg_secret_peek (text), '\n'));
  g_assert_true (g_str_has_prefix (ocg_secret_peek (text), "{\"type\":\"oauth\","));
  again = ocg_login_token_parse (text);
  copy = ocg_login_token_copy (again);
  g_assert_cmpstr (ocg_secret_peek (copy->access), ==, ocg_secret_peek (access));
  g_assert_cmpstr (ocg_secret_peek (copy->refresh), ==, "rt-1");
  g_assert_cmpint (copy->expires, ==, 1764000000123);
  g_assert_cmpint (copy->lifetime, ==, 900000);
  g_assert_cmpstr (copy->region, ==, "cn");
  g_assert_cmpstr (copy->base_url, ==, "https://api.minimaxi.com/anthropic");
  g_assert_cmpstr (copy->login, ==, "minimax-portal");
  g_assert_cmpstr (copy->endpoint, ==, "https://account.minimaxi.com:443");
}

static void
test_little (void)
{
  g_autoptr (OcgSecret) access = ocg_secret_new ("at", -1);
  g_autoptr (OcgLoginToken) token = ocg_login_token_new (access);
  g_autoptr (OcgSecret) text = ocg_login_token_print (token);
  g_autoptr (OcgLoginToken) again = ocg_login_token_parse (text);

  g_assert_cmpstr (ocg_secret_peek (text), ==, "{\"type\":\"token\",\"access\":\"at\"}");
  g_assert_cmpstr (ocg_secret_peek (again->access), ==, "at");
  g_assert_null (again->refresh);
  g_assert_cmpint (again->expires, ==, 0);
  g_assert_null (again->region);
}

/* What is no such JSON is a key, as it is. */
static void
test_keys (void)
{
  static const char *const keys[] = {
    "sk-api-123", "", " sk-1\n", "[1]", "\"a\"",
    "{\"type\":\"service_account\",\"private_key\":\"k\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autoptr (OcgLoginToken) token = parse (keys[i]);

      g_assert_nonnull (token);
      g_assert_cmpstr (ocg_secret_peek (token->access), ==, keys[i]);
      g_assert_null (token->refresh);
      g_assert_cmpint (token->expires, ==, 0);
    }
}

/* A refresh token must not be sent as a key because something is wrong with the text around it. */
static void
test_damaged (void)
{
  static const char *const texts[] = {
    "{",
    "{\"type\":\"oauth\"}",
    "{\"type\":\"oauth\",\"access\":\"\"}",
    "{\"type\":\"oauth\",\"access\":7,\"refresh\":\"r\"}",
    "{\"type\":\"token\",\"access\":null}",
    "{\"type\":\"oauth\",\"access\":\"a\",\"refresh\":\"r\"",
    "{\"type\":\"oauth\",\"access\":\"a\",\"access\":\"b\"}",
    "  {\"type\":\"oauth\",\"refresh\":\"r\"}",
    "{\"type\":\"oauth\",\"access\":\"a\"} {}",
    "{\"access\":\"a\"}",
    "{\"type\":\"api_key\",\"access\":\"a\",\"refresh\":\"r\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_null (parse (texts[i]));
}

/* By other hands: unknown members, other types, blanks, a new line at the end. */
static void
test_lenient (void)
{
  g_autoptr (OcgLoginToken) token
      = parse (" {\"type\": \"oauth\", \"access\": \"a\\u0062\", \"refresh\": null,\n"
               "\"expires\": 1764000000000, \"lifetime\": -4, \"region\": 3, \"baseUrl\": \"\","
               "\"more\": {\"access\": \"z\"}}\n");
  g_autoptr (OcgLoginToken) huge
      = parse ("{\"type\":\"oauth\",\"access\":\"a\",\"expires\":99999999999999999,\"lifetime\":\"900\"}");

  g_assert_cmpstr (ocg_secret_peek (token->access), ==, "ab");
  g_assert_null (token->refresh);
  g_assert_cmpint (token->expires, ==, 1764000000000);
  g_assert_cmpint (token->lifetime, ==, 0);
  g_assert_null (token->region);
  g_assert_null (token->base_url);
  g_assert_cmpint (huge->expires, ==, 0);
  g_assert_cmpint (huge->lifetime, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/login-token/round-trip", test_round_trip);
  g_test_add_func ("/login-token/little", test_little);
  g_test_add_func ("/login-token/keys", test_keys);
  g_test_add_func ("/login-token/damaged", test_damaged);
  g_test_add_func ("/login-token/lenient", test_lenient);
  return g_test_run ();
}
