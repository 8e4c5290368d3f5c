/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-doctor-checks.h"

#include "ocg-hint.h"
#include "ocg-names.h"
#include "ocg-records.h"

#include <glib/gi18n.h>
#include <string.h>

#define UNIT "openclaw-gatewayd.service"

/* Variables that change what the gateway does. */
static const char *const variables[] = {
  OCG_ENV_CONFIG_PATH, OCG_ENV_STATE_DIR, "http_proxy",     "HTTP_PROXY", "https_proxy",
  "HTTPS_PROXY",       "all_proxy",       "ALL_PROXY",      "no_proxy",   "NO_PROXY",
  "XDG_CONFIG_HOME",   "XDG_DATA_HOME",   "XDG_STATE_HOME", "HOME",       "LANG",
};

/* The gateway itself lets nobody read its environment; that of the user's systemd, which starts it,
 * is as good. NULL: there is no systemd. */
static GStrv
get_service_environment (OcgDoctor *doctor)
{
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GVariant) reply = ocg_doctor_call (
      doctor, "org.freedesktop.systemd1", "/org/freedesktop/systemd1",
      "org.freedesktop.DBus.Properties", "Get",
      g_variant_new ("(ss)", "org.freedesktop.systemd1.Manager", "Environment"), "(v)", NULL);

  if (reply == NULL)
    return NULL;
  g_variant_get (reply, "(v)", &value);
  if (!g_variant_is_of_type (value, G_VARIANT_TYPE_STRING_ARRAY))
    return NULL;
  return g_variant_dup_strv (value, NULL);
}

/* Tells names only: a proxy may have a password in it. */
static void
compare_variables (OcgFinding *finding, GStrv service)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (variables); i++)
    {
      const char *here = g_getenv (variables[i]);
      const char *there = g_environ_getenv (service, variables[i]);

      if (g_strcmp0 (here != NULL ? here : "", there != NULL ? there : "") == 0)
        continue;
      if (here == NULL)
        /* TRANSLATORS: %s is a variable. */
        ocg_finding_add_detail (finding, _ ("%s is set for services, but not in this terminal."),
                                variables[i]);
      else if (there == NULL)
        ocg_finding_add_detail (finding, _ ("%s is set in this terminal, but not for services."),
                                variables[i]);
      else
        ocg_finding_add_detail (finding, _ ("%s is another in this terminal than for services."),
                                variables[i]);
      if (here != NULL)
        g_string_append_printf (names, " %s", variables[i]);
      ocg_finding_suggest (finding,
                           g_str_equal (variables[i], "LANG") ? OCG_CHECK_NOTE : OCG_CHECK_WARNING,
                           _ ("The gateway does not see the environment of this terminal."));
    }
  if (names->len > 0)
    ocg_finding_set_fix (finding,
                         "dbus-update-activation-environment --systemd%s && systemctl --user "
                         "restart " UNIT,
                         names->str);
}

static gboolean
is_key_name (const char *name)
{
  return g_str_has_suffix (name, "_API_KEY") || g_str_has_suffix (name, "_OAUTH_TOKEN");
}

/* Keys that services have and programs started here have not. */
static void
find_keys_of_services (OcgFinding *finding, GStrv service)
{
  for (guint i = 0; service[i] != NULL; i++)
    {
      g_autofree char *name = g_strndup (service[i], strcspn (service[i], "="));

      if (!is_key_name (name) || g_getenv (name) != NULL)
        continue;
      if (finding->state < OCG_CHECK_NOTE)
        ocg_finding_suggest (finding, OCG_CHECK_NOTE,
                             _ ("Services have keys that programs in this terminal have not."));
      ocg_finding_add_detail (finding, _ ("%s is set for services, but not in this terminal."),
                              name);
    }
}

/* The providers without a key, of char*. */
static GPtrArray *
list_keyless (OcgDoctor *doctor)
{
  GPtrArray *providers = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; doctor->models != NULL && i < g_variant_n_children (doctor->models); i++)
    {
      g_autoptr (GVariant) model = g_variant_get_child_value (doctor->models, i);
      const char *provider = ocg_record_get_string (model, "provider");

      if (g_str_equal (ocg_record_get_string (model, "credential"), "missing")
          && !g_ptr_array_find_with_equal_func (providers, provider, g_str_equal, NULL))
        g_ptr_array_add (providers, g_strdup (provider));
    }
  return providers;
}

static void
add_hints (OcgDoctor *doctor, OcgFinding *finding)
{
  g_autoptr (GPtrArray) keyless = list_keyless (doctor);
  g_autoptr (GPtrArray) hints = g_ptr_array_new_with_free_func (g_free);

  if (doctor->client == NULL)
    return;
  ocg_hint_compare_environment (doctor->client, keyless, hints);
  for (guint i = 0; i < hints->len; i++)
    {
      ocg_finding_suggest (finding, OCG_CHECK_WARNING,
                           _ ("The gateway does not see the environment of this terminal."));
      ocg_finding_add_detail (finding, "%s", (char *) g_ptr_array_index (hints, i));
    }
}

void
ocg_check_environment (OcgDoctor *doctor, OcgFinding *finding)
{
  g_auto (GStrv) service = NULL;

  if (!ocg_doctor_has_bus (doctor, finding))
    return;
  service = get_service_environment (doctor);
  if (service != NULL)
    {
      compare_variables (finding, service);
      find_keys_of_services (finding, service);
    }
  if (doctor->gateway != NULL)
    add_hints (doctor, finding);
  else if (service == NULL)
    ocg_doctor_has_gateway (doctor, finding);
  ocg_finding_suggest (finding, OCG_CHECK_OK,
                       _ ("The gateway sees what it needs of this terminal's environment."));
}
