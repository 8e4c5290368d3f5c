/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What MiniMax says of plans and balances, and what nobody should: fixtures/quota/CASE.json with
 * what must come of it in CASE.quota. */

#include <glib.h>
#include <string.h>

#include "usage/ocg-quota-minimax.h"

#define SECRET "sk-cp-Zq7vWx3kLm9RtY2pAbCd"
#define ENDING ".json"

static void
describe_window (GString *text, const OcgQuotaWindow *window)
{
  static const char *const units[] = { [OCG_QUOTA_PERCENT] = "percent",
                                       [OCG_QUOTA_REQUESTS] = "requests",
                                       [OCG_QUOTA_TOKENS] = "tokens" };

  g_string_append (text, window->label != NULL ? window->label : "-");
  if (window->used_percent < 0)
    {
      g_string_append (text, " unknown");
      return;
    }
  g_string_append_printf (text, " %g%% (%g/%g %s)", window->used_percent, window->used,
                          window->total, units[window->unit]);
  if (window->resets_at != 0)
    g_string_append_printf (text, " resets %" G_GINT64_FORMAT, window->resets_at);
}

static char *
describe (const OcgQuotaReport *report)
{
  static const char *const states[]
      = { [OCG_QUOTA_OK] = "ok", [OCG_QUOTA_UNKNOWN] = "unknown", [OCG_QUOTA_ERROR] = "error" };
  GString *text = g_string_new (states[report->state]);

  if (report->is_rejected)
    g_string_append (text, " rejected");
  g_string_append (text, report->source == OCG_QUOTA_PLAN ? " plan" : " balance");
  if (report->plan != NULL)
    g_string_append_printf (text, " %s", report->plan);
  if (report->has_balance)
    g_string_append_printf (text, " %g", report->balance);
  g_string_append (text, report->windows->len == 0 ? ": nothing" : ": ");
  for (guint i = 0; i < report->windows->len; i++)
    {
      g_string_append (text, i > 0 ? "; " : "");
      describe_window (text, &g_array_index (report->windows, OcgQuotaWindow, i));
    }
  if (report->why != NULL && report->why->provider_message != NULL)
    g_string_append_printf (text, ", says %s", report->why->provider_message);
  return g_string_free (text, FALSE);
}

static void
test_case (gconstpointer data)
{
  const char *name = data;
  g_autofree char *input_name = g_strconcat (name, ENDING, NULL);
  g_autofree char *wanted_name = g_strconcat (name, ".quota", NULL);
  g_autofree char *input_path = g_test_build_filename (G_TEST_DIST, "fixtures", "quota", input_name,
                                                       NULL);
  g_autofree char *wanted_path = g_test_build_filename (G_TEST_DIST, "fixtures", "quota",
                                                        wanted_name, NULL);
  g_autofree char *input = NULL;
  g_autofree char *wanted = NULL;
  g_autofree char *found = NULL;
  g_autoptr (OcgQuotaReport) report = NULL;
  gsize length = 0;

  g_assert_true (g_file_get_contents (input_path, &input, &length, NULL));
  g_assert_true (g_file_get_contents (wanted_path, &wanted, NULL, NULL));
  report = g_str_has_prefix (name, "balance")
               ? ocg_quota_minimax_read_balance (input, length, SECRET)
               : ocg_quota_minimax_read_plan (input, length, SECRET);
  found = describe (report);
  g_assert_cmpstr (found, ==, g_strchomp (wanted));
}

/* Bytes that are no text, at any length. */
static void
test_bytes (void)
{
  static const char bytes[] = "{\"model_remains\":[{\"model_name\":\"\xff\"}]}";

  for (gsize length = 0; length <= sizeof bytes; length++)
    {
      g_autoptr (OcgQuotaReport) report = ocg_quota_minimax_read_plan (bytes, length, NULL);

      g_assert_cmpint (report->state, ==, OCG_QUOTA_UNKNOWN);
      g_assert_nonnull (report->why);
    }
}

int
main (int argc, char *argv[])
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *folder = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *entry = NULL;
  int status = 0;

  g_test_init (&argc, &argv, NULL);
  folder = g_test_build_filename (G_TEST_DIST, "fixtures", "quota", NULL);
  dir = g_dir_open (folder, 0, NULL);
  g_assert_nonnull (dir);
  while ((entry = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (entry, ENDING))
      {
        char *name = g_strndup (entry, strlen (entry) - strlen (ENDING));
        g_autofree char *path = g_strconcat ("/quota-minimax/", name, NULL);

        g_ptr_array_add (names, name);
        g_test_add_data_func (path, name, test_case);
      }
  g_assert_cmpuint (names->len, >, 40);
  g_test_add_func ("/quota-minimax/bytes", test_bytes);
  status = g_test_run ();
  return status;
}
