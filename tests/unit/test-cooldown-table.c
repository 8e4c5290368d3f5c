/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* How long profiles are left alone, on a clock that stands still. */

#include "credentials/ocg-cooldown-table.h"

#define SECOND G_GINT64_CONSTANT (1000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define PROFILE "minimax:default"
#define MODEL "MiniMax-M2.1"

typedef struct
{
  gint64 now;
  OcgClock *clock;
  OcgCooldowns settings;
  OcgCooldownTable *table;
} Fixture;

static gint64
now (gpointer data)
{
  return ((Fixture *) data)->now;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  static const OcgClockClass class = { .now = now };

  fixture->now = 1760000000 * SECOND;
  fixture->clock = ocg_clock_new_with_class (&class, fixture);
  fixture->settings.billing_backoff = 5;
  fixture->settings.billing_max = 24;
  fixture->settings.failure_window = 24;
  fixture->settings.billing_backoff_by_provider
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  fixture->table = ocg_cooldown_table_new (fixture->clock);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  ocg_cooldown_table_free (fixture->table);
  g_hash_table_unref (fixture->settings.billing_backoff_by_provider);
  ocg_clock_unref (fixture->clock);
}

static gboolean
fail_after (Fixture *fixture, OcgError code, gint64 retry_after_ms, gint64 took_ms)
{
  return ocg_cooldown_table_add (fixture->table, &fixture->settings, "minimax", PROFILE, MODEL,
                                 code, retry_after_ms, took_ms);
}

static gboolean
fail (Fixture *fixture, OcgError code, gint64 retry_after_ms)
{
  return fail_after (fixture, code, retry_after_ms, 0);
}

/* @expected: ms from now; 0: none */
static void
assert_cooldown (Fixture *fixture, const char *model, gint64 expected)
{
  const OcgCooldown *cooldown = ocg_cooldown_table_find (fixture->table, PROFILE, model);

  g_assert_cmpint (cooldown != NULL ? cooldown->until - fixture->now : 0, ==, expected);
}

static void
let_it_pass (Fixture *fixture)
{
  const OcgCooldown *cooldown = ocg_cooldown_table_find_any (fixture->table, PROFILE);

  g_assert_nonnull (cooldown);
  fixture->now = cooldown->until;
  g_assert_null (ocg_cooldown_table_find_any (fixture->table, PROFILE));
}

typedef struct
{
  OcgError code;
  gboolean is_of_model;
  const char *reason;
  gint64 lengths[6]; /* of the first error, the second, … */
} Ladder;

static const Ladder ladders[] = {
  { OCG_ERROR_CREDENTIAL_REJECTED, FALSE, "auth",
    { MINUTE, 5 * MINUTE, 25 * MINUTE, 60 * MINUTE, 60 * MINUTE, 60 * MINUTE } },
  { OCG_ERROR_QUOTA_EXCEEDED, FALSE, "billing",
    { 5 * HOUR, 10 * HOUR, 20 * HOUR, 24 * HOUR, 5 * HOUR, 10 * HOUR } },
  { OCG_ERROR_RATE_LIMITED, TRUE, "rate_limit",
    { MINUTE, 5 * MINUTE, 25 * MINUTE, 60 * MINUTE, 60 * MINUTE, 60 * MINUTE } },
  { OCG_ERROR_OVERLOADED, TRUE, "overloaded",
    { 30 * SECOND, 60 * SECOND, 2 * MINUTE, 4 * MINUTE, 5 * MINUTE, 5 * MINUTE } },
  { OCG_ERROR_UNKNOWN_MODEL, TRUE, "model_not_found",
    { 5 * MINUTE, 5 * MINUTE, 5 * MINUTE, 5 * MINUTE, 5 * MINUTE, 5 * MINUTE } },
};

/* A billing pause of 24 hours is as long as the window, so the count begins anew after it. */
static void
test_ladders (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (ladders); i++)
    {
      const Ladder *ladder = &ladders[i];

      for (guint k = 0; k < G_N_ELEMENTS (ladder->lengths); k++)
        {
          const OcgCooldown *cooldown;

          g_assert_true (fail (fixture, ladder->code, -1));
          assert_cooldown (fixture, MODEL, ladder->lengths[k]);
          assert_cooldown (fixture, "another", ladder->is_of_model ? 0 : ladder->lengths[k]);
          assert_cooldown (fixture, NULL, ladder->is_of_model ? 0 : ladder->lengths[k]);
          g_assert_null (ocg_cooldown_table_find (fixture->table, "minimax:other", MODEL));

          cooldown = ocg_cooldown_table_find_any (fixture->table, PROFILE);
          g_assert_cmpstr (cooldown->reason, ==, ladder->reason);
          g_assert_cmpstr (cooldown->model, ==, ladder->is_of_model ? MODEL : NULL);
          let_it_pass (fixture);
        }
      ocg_cooldown_table_clear (fixture->table, NULL);
    }
}

static void
test_no_fault_of_the_profile (Fixture *fixture, gconstpointer data)
{
  for (int code = 0; code < OCG_N_ERRORS; code++)
    {
      gboolean expected = FALSE;

      for (guint i = 0; i < G_N_ELEMENTS (ladders); i++)
        expected = expected || (int) ladders[i].code == code;
      g_assert_cmpint (fail (fixture, (OcgError) code, 1000), ==, expected);
    }
}

static void
test_retry_after (Fixture *fixture, gconstpointer data)
{
  fail (fixture, OCG_ERROR_RATE_LIMITED, 30 * SECOND);
  assert_cooldown (fixture, MODEL, MINUTE);
  ocg_cooldown_table_clear (fixture->table, PROFILE);
  fail (fixture, OCG_ERROR_RATE_LIMITED, 3 * HOUR);
  assert_cooldown (fixture, MODEL, 3 * HOUR);
  /* What comes later does not shorten it. */
  fixture->now += HOUR;
  fail (fixture, OCG_ERROR_RATE_LIMITED, -1);
  assert_cooldown (fixture, MODEL, 2 * HOUR);
}

static void
test_settings (Fixture *fixture, gconstpointer data)
{
  double *hours = g_new (double, 1);

  fixture->settings.billing_backoff = 0.5;
  fixture->settings.billing_max = 1.5;
  fail (fixture, OCG_ERROR_QUOTA_EXCEEDED, -1);
  assert_cooldown (fixture, NULL, HOUR / 2);
  let_it_pass (fixture);
  fail (fixture, OCG_ERROR_QUOTA_EXCEEDED, -1);
  assert_cooldown (fixture, NULL, HOUR);
  let_it_pass (fixture);
  fail (fixture, OCG_ERROR_QUOTA_EXCEEDED, -1);
  assert_cooldown (fixture, NULL, HOUR * 3 / 2);

  ocg_cooldown_table_clear (fixture->table, PROFILE);
  *hours = 1.25;
  g_hash_table_insert (fixture->settings.billing_backoff_by_provider, (gpointer) "minimax", hours);
  fail (fixture, OCG_ERROR_QUOTA_EXCEEDED, -1);
  assert_cooldown (fixture, NULL, HOUR * 5 / 4);

  ocg_cooldown_table_clear (fixture->table, PROFILE);
  fixture->settings.failure_window = 0.05;
  fail (fixture, OCG_ERROR_CREDENTIAL_REJECTED, -1);
  fixture->now += 2 * MINUTE;
  fail (fixture, OCG_ERROR_CREDENTIAL_REJECTED, -1);
  assert_cooldown (fixture, NULL, 5 * MINUTE);
  fixture->now += 6 * MINUTE;
  fail (fixture, OCG_ERROR_CREDENTIAL_REJECTED, -1);
  assert_cooldown (fixture, NULL, MINUTE);
}

/* Twenty requests that are refused together are one failure, those that follow are more. */
static void
test_together (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 20; i++)
    {
      fail_after (fixture, OCG_ERROR_RATE_LIMITED, -1, 500);
      fixture->now += 10;
    }
  assert_cooldown (fixture, MODEL, MINUTE - 10);
  fixture->now += 1000;
  fail_after (fixture, OCG_ERROR_RATE_LIMITED, -1, 500);
  assert_cooldown (fixture, MODEL, 5 * MINUTE);
}

static void
test_success (Fixture *fixture, gconstpointer data)
{
  fail (fixture, OCG_ERROR_CREDENTIAL_REJECTED, -1);
  let_it_pass (fixture);
  fail (fixture, OCG_ERROR_CREDENTIAL_REJECTED, -1);
  fail (fixture, OCG_ERROR_RATE_LIMITED, -1);
  ocg_cooldown_table_forgive (fixture->table, PROFILE, "another");
  /* The key is good; the limit of a model is the model's. */
  assert_cooldown (fixture, NULL, 0);
  assert_cooldown (fixture, MODEL, MINUTE);
  ocg_cooldown_table_forgive (fixture->table, "minimax:other", MODEL);
  assert_cooldown (fixture, MODEL, MINUTE);
  ocg_cooldown_table_forgive (fixture->table, PROFILE, MODEL);
  assert_cooldown (fixture, MODEL, 0);
  fail (fixture, OCG_ERROR_CREDENTIAL_REJECTED, -1);
  assert_cooldown (fixture, NULL, MINUTE);
}

static void
test_clear (Fixture *fixture, gconstpointer data)
{
  fail (fixture, OCG_ERROR_CREDENTIAL_REJECTED, -1);
  ocg_cooldown_table_clear (fixture->table, "minimax:other");
  ocg_cooldown_table_clear_provider (fixture->table, "other");
  assert_cooldown (fixture, NULL, MINUTE);
  ocg_cooldown_table_clear_provider (fixture->table, "minimax");
  assert_cooldown (fixture, NULL, 0);
  fail (fixture, OCG_ERROR_CREDENTIAL_REJECTED, -1);
  ocg_cooldown_table_clear (fixture->table, NULL);
  g_assert_cmpint (ocg_cooldown_table_get_all (fixture->table)->len, ==, 0);
}

/* The one of the whole profile says more to people than a longer one of a single model. */
static void
test_find (Fixture *fixture, gconstpointer data)
{
  fail (fixture, OCG_ERROR_RATE_LIMITED, 3 * HOUR);
  fail (fixture, OCG_ERROR_CREDENTIAL_REJECTED, -1);
  assert_cooldown (fixture, MODEL, 3 * HOUR);
  assert_cooldown (fixture, NULL, MINUTE);
  g_assert_cmpstr (ocg_cooldown_table_find_any (fixture->table, PROFILE)->reason, ==, "auth");
}

static void
test_bounded (Fixture *fixture, gconstpointer data)
{
  fail (fixture, OCG_ERROR_QUOTA_EXCEEDED, -1);
  for (guint i = 0; i < 5000; i++)
    {
      g_autofree char *model = g_strdup_printf ("model-%u", i);

      ocg_cooldown_table_add (fixture->table, &fixture->settings, "minimax", PROFILE, model,
                              OCG_ERROR_UNKNOWN_MODEL, -1, 0);
      fixture->now++;
    }
  g_assert_cmpint (ocg_cooldown_table_get_all (fixture->table)->len, <=, 1024);
  assert_cooldown (fixture, NULL, 5 * HOUR - 5000);
  g_assert_nonnull (ocg_cooldown_table_find (fixture->table, PROFILE, "model-4999"));

  fixture->now += 48 * HOUR;
  fail (fixture, OCG_ERROR_QUOTA_EXCEEDED, -1);
  g_assert_cmpint (ocg_cooldown_table_get_all (fixture->table)->len, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                                       \
  g_test_add ("/cooldown-table/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("ladders", test_ladders);
  ADD ("no-fault-of-the-profile", test_no_fault_of_the_profile);
  ADD ("retry-after", test_retry_after);
  ADD ("settings", test_settings);
  ADD ("together", test_together);
  ADD ("success", test_success);
  ADD ("clear", test_clear);
  ADD ("find", test_find);
  ADD ("bounded", test_bounded);
#undef ADD

  return g_test_run ();
}
