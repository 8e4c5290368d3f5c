/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include <glib.h>

#include "catalog/ocg-catalog.h"
#include "config-fixture.h"
#include "credentials/ocg-kept-token.h"

#define NOW G_GINT64_CONSTANT (1760000000000)
#define SECOND 1000
#define MINUTE (60 * SECOND)

static OcgLoginToken *
new_token (const char *refresh, gint64 expires, gint64 lifetime)
{
  g_autoptr (OcgSecret) access = ocg_secret_new ("at", -1);
  OcgLoginToken *token = ocg_login_token_new (access);

  token->refresh = refresh != NULL ? ocg_secret_new (refresh, -1) : NULL;
  token->expires = expires;
  token->lifetime = lifetime;
  token->region = g_strdup ("cn");
  return token;
}

/* When it is renewed while nobody asks: a hundredth of its life before its end, 3 s to 5 min. */
static void
test_due_time (void)
{
  static const struct
  {
    gint64 lifetime;
    gint64 margin;
  } rows[] = {
    { 15 * MINUTE, 9 * SECOND },
    { 2 * 60 * MINUTE, 72 * SECOND },
    { 2 * 24 * 60 * MINUTE, 5 * MINUTE },
    { 30 * SECOND, 3 * SECOND },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (OcgKeptToken) kept = ocg_kept_token_new ("a:b");
      g_autoptr (OcgKeptToken) unsaid = ocg_kept_token_new ("a:b");
      g_autoptr (OcgLoginToken) token = new_token ("r", NOW + rows[i].lifetime, rows[i].lifetime);
      g_autoptr (OcgLoginToken) short_token = new_token ("r", NOW + rows[i].lifetime, 0);

      ocg_kept_token_learn (kept, token, NOW + MINUTE);
      g_assert_cmpint (ocg_kept_token_get_due_time (kept), ==, token->expires - rows[i].margin);
      /* A life that nobody tells begins when it is seen. */
      ocg_kept_token_learn (unsaid, short_token, NOW);
      ocg_kept_token_learn (unsaid, short_token, NOW + 10 * SECOND);
      g_assert_cmpint (ocg_kept_token_get_due_time (unsaid), ==, token->expires - rows[i].margin);
    }
}

static void
test_short (void)
{
  g_autoptr (OcgKeptToken) kept = ocg_kept_token_new ("a:b");
  g_autoptr (OcgLoginToken) token = new_token ("r", NOW + 15 * MINUTE, 15 * MINUTE);

  ocg_kept_token_learn (kept, token, NOW);
  g_assert_false (ocg_kept_token_is_short (kept, NOW + 14 * MINUTE));
  g_assert_true (ocg_kept_token_is_short (kept, NOW + 14 * MINUTE + 1));
  g_assert_false (ocg_kept_token_has_ended (kept, NOW + 15 * MINUTE - 1));
  g_assert_true (ocg_kept_token_has_ended (kept, NOW + 15 * MINUTE));
}

/* One that lives shorter than a minute is used as it is while it is new. */
static void
test_new_and_short (void)
{
  g_autoptr (OcgKeptToken) kept = ocg_kept_token_new ("a:b");
  g_autoptr (OcgLoginToken) token = new_token ("r", NOW + 30 * SECOND, 30 * SECOND);

  ocg_kept_token_learn (kept, token, NOW);
  g_assert_true (ocg_kept_token_is_short (kept, NOW));
  kept->renewed_at = NOW;
  g_assert_false (ocg_kept_token_is_short (kept, NOW + 9 * SECOND));
  g_assert_true (ocg_kept_token_is_short (kept, NOW + 10 * SECOND));

  token->expires = NOW + 5 * SECOND;
  ocg_kept_token_learn (kept, token, NOW);
  g_assert_false (ocg_kept_token_is_short (kept, NOW + 4 * SECOND));
  g_assert_true (ocg_kept_token_is_short (kept, NOW + 5 * SECOND));
  g_assert_cmpint (ocg_kept_token_get_due_time (kept), ==, NOW + 10 * SECOND);
}

static void
test_refused (void)
{
  g_autoptr (OcgKeptToken) kept = ocg_kept_token_new ("a:b");
  g_autoptr (OcgLoginToken) token = new_token ("r1", NOW, 0);
  g_autoptr (OcgLoginToken) other = new_token ("r2", NOW, 0);

  g_assert_true (ocg_kept_token_learn (kept, token, NOW));
  kept->refused = ocg_kept_token_print (token);
  g_assert_false (ocg_kept_token_learn (kept, token, NOW));
  g_assert_nonnull (kept->refused);
  g_assert_true (ocg_kept_token_learn (kept, other, NOW));
  g_assert_null (kept->refused);
}

/* What somebody read before a renewal, and brings after it, must not be taken for news. */
static void
test_stale (void)
{
  g_autoptr (OcgKeptToken) kept = ocg_kept_token_new ("a:b");
  g_autoptr (OcgLoginToken) first = new_token ("r1", NOW, 0);
  g_autoptr (OcgLoginToken) second = new_token ("r2", NOW, 0);
  g_autoptr (OcgLoginToken) same = new_token ("r2", NOW + MINUTE, 0);

  ocg_kept_token_learn (kept, first, NOW);
  g_assert_false (ocg_kept_token_is_stale (kept, first));
  ocg_kept_token_learn_next (kept, second, first, NOW);
  g_assert_true (ocg_kept_token_is_stale (kept, first));
  g_assert_false (ocg_kept_token_is_stale (kept, second));
  ocg_kept_token_learn_next (kept, same, second, NOW);
  g_assert_false (ocg_kept_token_is_stale (kept, second));
}

static void
test_renewable (void)
{
  g_autoptr (OcgProblems) problems = ocg_problems_new ();
  g_autoptr (OcgSettings) settings = config_fixture_settings ("{}", NULL, problems);
  g_autoptr (OcgCatalog) catalog = ocg_catalog_new (settings, NULL, problems);
  OcgProvider *portal = ocg_catalog_find_provider (catalog, "minimax-portal");
  OcgProvider *keys = ocg_catalog_find_provider (catalog, "openai");
  g_autoptr (OcgKeptToken) kept = ocg_kept_token_new ("minimax-portal:default");
  g_autoptr (OcgLoginToken) token = new_token ("r", NOW, 0);
  g_autoptr (OcgLoginToken) without = new_token (NULL, NOW, 0);

  ocg_kept_token_learn (kept, token, NOW);
  g_assert_true (ocg_kept_token_is_renewable (kept, portal));
  g_assert_false (ocg_kept_token_is_renewable (kept, keys));
  g_assert_false (ocg_kept_token_is_renewable (kept, NULL));
  kept->refused = ocg_kept_token_print (token);
  g_assert_false (ocg_kept_token_is_renewable (kept, portal));
  ocg_kept_token_learn (kept, without, NOW);
  g_assert_false (ocg_kept_token_is_renewable (kept, portal));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kept-token/due-time", test_due_time);
  g_test_add_func ("/kept-token/short", test_short);
  g_test_add_func ("/kept-token/new-and-short", test_new_and_short);
  g_test_add_func ("/kept-token/refused", test_refused);
  g_test_add_func ("/kept-token/stale", test_stale);
  g_test_add_func ("/kept-token/renewable", test_renewable);
  return g_test_run ();
}
