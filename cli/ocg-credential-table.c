/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-credential-table.h"

#include "ocg-records.h"
#include "ocg-table.h"

#include <glib/gi18n.h>

/* Words of the API with their names for people. */
static const struct
{
  const char *word;
  const char *name;
} words[] = {
  { "api_key", N_ ("API key") },   { "token", N_ ("token") },
  { "oauth", N_ ("login") },       { "keyring", N_ ("keyring") },
  { "env", N_ ("environment") },   { "config", N_ ("configuration") },
  { "ok", N_ ("ok") },             { "locked", N_ ("locked") },
  /* TRANSLATORS: of a login: it is renewed by itself when it is used. */
  { "expired", N_ ("expired") },   { "refreshable", N_ ("expired (refreshable)") },
};

static const char *
name_word (const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i].word, word))
      return _ (words[i].name);
  return word;
}

static char *
format_time (gint64 unix_ms)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (unix_ms / 1000);

  return time != NULL ? g_date_time_format (time, "%Y-%m-%d %H:%M") : g_strdup ("?");
}

/* Without the day where that is today. */
static char *
format_soon (gint64 unix_ms)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (unix_ms / 1000);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  if (time != NULL && g_date_time_get_year (time) == g_date_time_get_year (now)
      && g_date_time_get_day_of_year (time) == g_date_time_get_day_of_year (now))
    return g_date_time_format (time, "%H:%M");
  return format_time (unix_ms);
}

/* "rate_limit, MiniMax-M2.1" */
static char *
format_reason (GVariant *credential)
{
  const char *reason = ocg_record_get_string (credential, "cooldown-reason");
  const char *model = ocg_record_get_string (credential, "cooldown-model");

  return g_strconcat (reason, *model != '\0' ? ", " : "", model, NULL);
}

/* "ok", "expired (refreshable)", "in cooldown until 14:05 (rate_limit, MiniMax-M2.1)". */
static char *
format_state (GVariant *credential)
{
  gint64 until = 0;
  const char *state = ocg_record_get_string (credential, "state");

  if (g_str_equal (state, "cooldown")
      && ocg_record_get_integer (credential, "cooldown-until", &until))
    {
      g_autofree char *time = format_soon (until);
      g_autofree char *reason = format_reason (credential);

      /* TRANSLATORS: a key that the provider has refused is not used until then, while there is
       * another one; the words in brackets say why: the class of the failure, as scripts know it,
       * and the model. */
      return g_strdup_printf (_ ("in cooldown until %s (%s)"), time, reason);
    }
  return g_strdup (*state != '\0' ? name_word (state) : "-");
}

static char *
format_expiry (GVariant *credential)
{
  gint64 expires = 0;

  return ocg_record_get_integer (credential, "expires", &expires) && expires > 0
             ? format_time (expires)
             : g_strdup ("-");
}

void
ocg_credential_table_append (GString *out, GVariant *credentials, guint indent)
{
  g_autoptr (OcgTable) table = ocg_table_new (3, _ ("PROFILE"), _ ("KIND"), _ ("SOURCE"),
                                              _ ("STATE"), _ ("EXPIRES"), NULL);

  ocg_table_set_wraps (table, 3);
  ocg_table_set_wraps (table, 4);
  ocg_table_give_way (table, 4, 10);
  ocg_table_give_way (table, 1, 0);
  ocg_table_give_way (table, 2, 0);
  ocg_table_give_way (table, 0, 16);

  for (gsize i = 0; i < g_variant_n_children (credentials); i++)
    {
      g_autoptr (GVariant) credential = g_variant_get_child_value (credentials, i);
      g_autofree char *state = format_state (credential);
      g_autofree char *expires = format_expiry (credential);

      ocg_table_add_row (table, ocg_record_get_string (credential, "profile"),
                         name_word (ocg_record_get_string (credential, "kind")),
                         name_word (ocg_record_get_string (credential, "source")), state, expires,
                         NULL);
    }
  if (ocg_table_get_n_rows (table) > 0)
    ocg_table_append_to (table, out, indent);
  else
    g_string_append_printf (out, "%*s%s\n", (int) indent, "",
                            _ ("There are no credentials. To store a key: openclawctl models auth "
                               "add --provider PROVIDER"));
}
