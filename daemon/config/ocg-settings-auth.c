/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* auth of openclaw.json: which credentials there are and how they take turns, without secrets. */

#include "config.h"

#include "ocg-settings-sections.h"

#include <glib/gi18n.h>
#include <math.h>

#include "ocg-config-path.h"

#define PROFILES "auth.profiles"
#define ORDER "auth.order"
#define COOLDOWNS "auth.cooldowns"

static void
read_order (OcgSettings *out, OcgSettingsReader *reader, JsonObject *auth)
{
  JsonObject *order = ocg_settings_reader_get_object (reader, auth, "auth", "order");
  JsonObjectIter iter;
  const char *provider = NULL;
  JsonNode *value = NULL;

  if (order == NULL)
    return;
  json_object_iter_init_ordered (&iter, order);
  while (json_object_iter_next_ordered (&iter, &provider, &value))
    {
      g_autofree char *path = ocg_config_path_join (ORDER, provider);
      g_auto (GStrv) profiles = ocg_settings_reader_take_strings (reader, value, path);
      JsonArray *array = profiles != NULL ? json_array_new () : NULL;

      for (guint i = 0; array != NULL && profiles[i] != NULL; i++)
        json_array_add_string_element (array, profiles[i]);
      if (array != NULL)
        json_object_set_array_member (out->auth_order, provider, array);
    }
}

static void
set_string (JsonObject *object, const char *name, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, name, value);
}

/* Without a provider or with a mode that is wrong a profile is none. @base: (nullable) what the
 * administrator says about it. Returns: (transfer full) (nullable) */
static JsonObject *
read_profile (OcgSettingsReader *reader, JsonObject *written, JsonObject *base, const char *path)
{
  static const char *const modes[] = { "api_key", "oauth", "token", NULL };
  g_autoptr (JsonObject) profile = json_object_new ();
  g_autofree char *provider = ocg_settings_reader_get_string (reader, written, path, "provider");
  g_autofree char *email = ocg_settings_reader_get_string (reader, written, path, "email");
  g_autofree char *provider_path = ocg_config_path_join (path, "provider");
  const char *mode
      = ocg_settings_reader_get_choice (reader, written, path, "mode", modes,
                                        _ ("this must be one of api_key, oauth, token"));

  if (base != NULL)
    {
      static const char *const names[] = { "provider", "mode", "email" };

      for (guint i = 0; i < G_N_ELEMENTS (names); i++)
        set_string (profile, names[i],
                    json_object_get_string_member_with_default (base, names[i], NULL));
    }
  set_string (profile, "provider", provider);
  set_string (profile, "mode", mode);
  set_string (profile, "email", email);
  if (!json_object_has_member (profile, "provider")
      && !json_object_has_member (written, "provider"))
    ocg_settings_reader_fail (reader, provider_path, _ ("this must name the provider"));
  if (!json_object_has_member (profile, "provider")
      || (mode == NULL && json_object_has_member (written, "mode")))
    return NULL;
  return g_steal_pointer (&profile);
}

static void
read_profiles (OcgSettings *out, OcgSettingsReader *reader, JsonObject *auth)
{
  JsonObject *profiles = ocg_settings_reader_get_object (reader, auth, "auth", "profiles");
  JsonObjectIter iter;
  const char *id = NULL;

  if (profiles == NULL)
    return;
  json_object_iter_init_ordered (&iter, profiles);
  while (json_object_iter_next_ordered (&iter, &id, NULL))
    {
      g_autofree char *path = ocg_config_path_join (PROFILES, id);
      JsonObject *written = ocg_settings_reader_get_object (reader, profiles, PROFILES, id);
      JsonObject *base = json_object_has_member (out->auth_profiles, id)
                             ? json_object_get_object_member (out->auth_profiles, id)
                             : NULL;
      JsonObject *profile
          = written != NULL ? read_profile (reader, written, base, path) : NULL;

      if (profile != NULL)
        json_object_set_object_member (out->auth_profiles, id, profile);
    }
}

static const OcgNumberRule hours_rule
    = { 0, G_MAXINT32, TRUE, FALSE, N_ ("this must be a number of hours, more than 0") };

static void
read_hours_by_provider (OcgSettings *out, OcgSettingsReader *reader, JsonObject *cooldowns)
{
  const char *name = "billingBackoffHoursByProvider";
  JsonObject *by_provider
      = ocg_settings_reader_get_object (reader, cooldowns, COOLDOWNS, name);
  JsonObjectIter iter;
  const char *id = NULL;
  JsonNode *node = NULL;

  if (by_provider == NULL)
    return;
  json_object_iter_init_ordered (&iter, by_provider);
  while (json_object_iter_next_ordered (&iter, &id, &node))
    {
      g_autofree char *path = g_strdup_printf ("%s.%s", COOLDOWNS, name);
      g_autofree char *id_path = ocg_config_path_join (path, id);
      double *hours = g_new0 (double, 1);

      if (ocg_settings_reader_take_number (reader, node, id_path, &hours_rule, hours))
        g_hash_table_insert (out->cooldowns.billing_backoff_by_provider,
                             g_ascii_strdown (id, -1), g_steal_pointer (&hours));
      g_free (hours);
    }
}

static void
read_cooldowns (OcgSettings *out, OcgSettingsReader *reader, JsonObject *auth)
{
  JsonObject *cooldowns = ocg_settings_reader_get_object (reader, auth, "auth", "cooldowns");

  ocg_settings_reader_get_number (reader, cooldowns, COOLDOWNS, "billingBackoffHours", &hours_rule,
                                  &out->cooldowns.billing_backoff);
  ocg_settings_reader_get_number (reader, cooldowns, COOLDOWNS, "billingMaxHours", &hours_rule,
                                  &out->cooldowns.billing_max);
  ocg_settings_reader_get_number (reader, cooldowns, COOLDOWNS, "failureWindowHours", &hours_rule,
                                  &out->cooldowns.failure_window);
  read_hours_by_provider (out, reader, cooldowns);
}

void
ocg_settings_read_auth (OcgSettings *out, OcgSettingsReader *reader, JsonObject *root)
{
  JsonObject *auth = ocg_settings_reader_get_object (reader, root, NULL, "auth");

  read_order (out, reader, auth);
  read_profiles (out, reader, auth);
  read_cooldowns (out, reader, auth);
}
