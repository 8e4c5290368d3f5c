/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-quota-table.h"

#include "ocg-output.h"
#include "ocg-records.h"
#include "ocg-table.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define BAR_CELLS 10

/* Labels of the API that are words. */
static const struct
{
  const char *word;
  const char *name;
} labels[] = {
  { "day", N_ ("day") },
  { "week", N_ ("week") },
  { "requests", N_ ("requests") },
  { "tokens", N_ ("tokens") },
  { "input-tokens", N_ ("input tokens") },
  { "output-tokens", N_ ("output tokens") },
};

GVariant *
ocg_quota_table_fetch (OcgClient *client, guint timeout_ms)
{
  OcgDbusGatewayUsage *usage = ocg_client_get_usage (client, NULL);
  GVariant *quota = NULL;

  if (usage == NULL)
    return NULL;
  g_dbus_proxy_set_default_timeout (G_DBUS_PROXY (usage), (int) timeout_ms);
  ocg_dbus_gateway_usage_call_get_quota_sync (usage, "", ocg_client_options (), &quota, NULL, NULL);
  return quota;
}

static const char *
name_window (GVariant *record)
{
  const char *label = ocg_record_get_string (record, "label");

  if (g_str_equal (ocg_record_get_string (record, "source"), "balance"))
    return _ ("balance");
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    if (g_str_equal (labels[i].word, label))
      return _ (labels[i].name);
  return *label != '\0' ? label : "-";
}

/* "25 %", "12.50" or "unknown". What is not quite used up is not shown as if it were. */
static char *
format_used (GVariant *record)
{
  double value = 0;

  if (g_variant_lookup (record, "used-percent", "d", &value))
    return g_strdup_printf ("%.0f %%", floor (value));
  if (g_variant_lookup (record, "balance", "d", &value))
    return g_strdup_printf ("%.2f", value);
  return g_strdup (g_str_equal (ocg_record_get_string (record, "state"), "error") ? _ ("refused")
                                                                                  : _ ("unknown"));
}

/* "[##........]"; all of ASCII, whose width is the same everywhere. */
static char *
format_bar (GVariant *record)
{
  double percent = 0;
  char bar[BAR_CELLS + 1] = { 0 };

  if (!g_variant_lookup (record, "used-percent", "d", &percent))
    return g_strdup ("");
  for (guint i = 0; i < BAR_CELLS; i++)
    bar[i] = i < percent / 100 * BAR_CELLS ? '#' : '.';
  return g_strdup_printf ("[%s]", bar);
}

static char *
format_reset (GVariant *record)
{
  gint64 unix_ms = 0;
  g_autoptr (GDateTime) time = NULL;

  if (!ocg_record_get_integer (record, "resets-at", &unix_ms))
    return g_strdup ("-");
  time = g_date_time_new_from_unix_local (unix_ms / 1000);
  return time != NULL ? g_date_time_format (time, "%Y-%m-%d %H:%M") : g_strdup ("-");
}

/* Why there is no number, or what else the provider said. */
static void
append_messages (GString *out, GVariant *quota, guint indent)
{
  for (gsize i = 0; i < g_variant_n_children (quota); i++)
    {
      g_autoptr (GVariant) record = g_variant_get_child_value (quota, i);
      const char *message = ocg_record_get_string (record, "message");

      if (*message == '\0')
        continue;
      g_string_append_printf (out, "%*s%s: ", (int) indent, "",
                              ocg_record_get_string (record, "profile"));
      ocg_output_append_clean (out, message, FALSE);
      g_string_append_c (out, '\n');
    }
}

static char *
name_profile (GVariant *record)
{
  const char *plan = ocg_record_get_string (record, "plan");
  const char *profile = ocg_record_get_string (record, "profile");

  return *plan != '\0' ? g_strdup_printf ("%s (%s)", profile, plan) : g_strdup (profile);
}

void
ocg_quota_table_append (GString *out, GVariant *quota, guint indent)
{
  g_autoptr (OcgTable) table = ocg_table_new (0, _ ("PROFILE"), _ ("WINDOW"), _ ("USED"), "",
                                              _ ("STARTS ANEW"), NULL);

  ocg_table_give_way (table, 3, 0);
  ocg_table_set_wraps (table, 4);
  ocg_table_give_way (table, 4, 10);
  for (gsize i = 0; i < g_variant_n_children (quota); i++)
    {
      g_autoptr (GVariant) record = g_variant_get_child_value (quota, i);
      g_autofree char *profile = name_profile (record);
      g_autofree char *used = format_used (record);
      g_autofree char *bar = format_bar (record);
      g_autofree char *reset = format_reset (record);

      ocg_table_add_row (table, profile, name_window (record), used, bar, reset, NULL);
    }
  if (ocg_table_get_n_rows (table) > 0)
    ocg_table_append_to (table, out, indent);
  else
    g_string_append_printf (out, "%*s%s\n", (int) indent, "",
                            _ ("Nothing is known yet of what is left with any provider."));
  append_messages (out, quota, indent);
}

/* Whether @ref is of a provider whose credential is that of a plan. */
static gboolean
is_under_plan (GVariant *quota, const char *ref)
{
  for (gsize i = 0; i < g_variant_n_children (quota); i++)
    {
      g_autoptr (GVariant) record = g_variant_get_child_value (quota, i);
      const char *provider = ocg_record_get_string (record, "provider");
      gsize length = strlen (provider);

      if (ocg_record_get_boolean (record, "plan-key", FALSE)
          && g_ascii_strncasecmp (ref, provider, length) == 0 && ref[length] == '/')
        return TRUE;
    }
  return FALSE;
}

void
ocg_quota_table_append_notes (GString *out, GVariant *quota, GPtrArray *refs)
{
  for (guint i = 0; i < refs->len; i++)
    {
      const char *ref = g_ptr_array_index (refs, i);
      g_autofree char *lower = g_ascii_strdown (ref, -1);

      if ((g_str_has_suffix (lower, "-lightning") || g_str_has_suffix (lower, "-highspeed"))
          && is_under_plan (quota, ref))
        /* TRANSLATORS: %s is a model reference such as minimax/MiniMax-M2.1-lightning. */
        g_string_append_printf (out,
                                _ ("\n%s: a plan cannot choose the fast models. MiniMax sends most "
                                   "requests of a plan there by itself; ask for the model without "
                                   "that ending.\n"),
                                ref);
    }
}
