/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-doctor-checks.h"

#include "ocg-records.h"

#include <glib/gi18n.h>

#define GNOME_SCHEMA "org.gnome.system.proxy"

/* Each is known in small letters and in capitals; the first is what most programs read. */
static const char *const variables[][2] = {
  { "http_proxy", "HTTP_PROXY" },
  { "https_proxy", "HTTPS_PROXY" },
  { "all_proxy", "ALL_PROXY" },
};

static const char *
get (const char *name)
{
  const char *value = g_getenv (name);

  return value != NULL && *value != '\0' ? value : NULL;
}

static gboolean
is_known_scheme (const char *scheme)
{
  static const char *const schemes[]
      = { "http", "https", "socks", "socks4", "socks4a", "socks5", "socks5h", NULL };

  return scheme != NULL && g_strv_contains (schemes, scheme);
}

/* Tells the name only: there may be a password in the value. */
static void
check_value (OcgFinding *finding, const char *name)
{
  g_autoptr (GUri) uri = NULL;

  if (get (name) == NULL)
    return;
  uri = g_uri_parse (get (name), G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_PARSE_RELAXED, NULL);
  if (uri != NULL && is_known_scheme (g_uri_get_scheme (uri)) && g_uri_get_host (uri) != NULL
      && *g_uri_get_host (uri) != '\0')
    {
      if (g_uri_get_port (uri) > 0)
        return;
      ocg_finding_suggest (finding, OCG_CHECK_NOTE,
                           _ ("A proxy's address has no port, and not every program takes the "
                              "same then."));
    }
  else
    ocg_finding_suggest (finding, OCG_CHECK_WARNING, _ ("The proxy's address cannot be used."));
  /* TRANSLATORS: %s is a variable such as https_proxy. */
  ocg_finding_add_detail (finding, _ ("%s should look like http://proxy.example:3128"), name);
}

static void
check_cases (OcgFinding *finding, const char *small, const char *capitals)
{
  if (get (small) == NULL || get (capitals) == NULL || g_str_equal (get (small), get (capitals)))
    return;
  ocg_finding_suggest (finding, OCG_CHECK_WARNING,
                       _ ("Two variables say different things, and each program reads another."));
  /* TRANSLATORS: two variables, such as https_proxy and HTTPS_PROXY. */
  ocg_finding_add_detail (finding, _ ("%1$s and %2$s are not the same."), small, capitals);
}

static gboolean
has_local_models (OcgDoctor *doctor)
{
  for (gsize i = 0; doctor->models != NULL && i < g_variant_n_children (doctor->models); i++)
    {
      g_autoptr (GVariant) model = g_variant_get_child_value (doctor->models, i);

      if (ocg_record_get_boolean (model, "local", FALSE))
        return TRUE;
    }
  return FALSE;
}

/* Whether programs reach this machine without the proxy. */
static gboolean
excepts_this_machine (void)
{
  const char *list = get ("no_proxy") != NULL ? get ("no_proxy") : get ("NO_PROXY");
  g_auto (GStrv) entries = g_strsplit_set (list != NULL ? list : "", ", ", -1);

  for (guint i = 0; entries[i] != NULL; i++)
    if (g_str_equal (entries[i], "*") || g_ascii_strcasecmp (entries[i], "localhost") == 0
        || g_str_has_prefix (entries[i], "127."))
      return TRUE;
  return FALSE;
}

static void
check_exceptions (OcgDoctor *doctor, OcgFinding *finding, gboolean has_proxy)
{
  if (!has_proxy || excepts_this_machine () || !has_local_models (doctor)
      || finding->state >= OCG_CHECK_WARNING)
    return;
  ocg_finding_suggest (finding, OCG_CHECK_NOTE,
                       _ ("no_proxy does not name localhost. The gateway reaches servers on this "
                          "machine without a proxy, but other programs may not."));
  /* TRANSLATORS: %s is a list of names. */
  ocg_finding_set_fix (finding, _ ("Add %s to no_proxy."), "localhost,127.0.0.1,::1");
}

/* Only where GNOME's settings are installed: asking for others ends the program. */
static void
check_gnome (OcgFinding *finding)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema
      = source != NULL ? g_settings_schema_source_lookup (source, GNOME_SCHEMA, TRUE) : NULL;
  g_autoptr (GSettings) settings = NULL;
  g_autoptr (GSettings) https = NULL;
  g_auto (GStrv) children = schema != NULL ? g_settings_schema_list_children (schema) : NULL;
  g_autofree char *mode = NULL;
  g_autofree char *host = NULL;

  if (schema == NULL || !g_settings_schema_has_key (schema, "mode")
      || !g_strv_contains ((const char *const *) children, "https"))
    return;
  settings = g_settings_new_full (schema, NULL, NULL);
  mode = g_settings_get_string (settings, "mode");
  if (!g_str_equal (mode, "manual"))
    return;
  https = g_settings_get_child (settings, "https");
  host = g_settings_get_string (https, "host");
  if (*host == '\0')
    ocg_finding_suggest (finding, OCG_CHECK_WARNING,
                         _ ("The desktop's settings switch a proxy on, but name none for secure "
                            "connections."));
}

void
ocg_check_proxy (OcgDoctor *doctor, OcgFinding *finding)
{
  gboolean has_proxy = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (variables); i++)
    {
      for (guint c = 0; c < G_N_ELEMENTS (variables[i]); c++)
        {
          check_value (finding, variables[i][c]);
          has_proxy |= get (variables[i][c]) != NULL;
        }
      check_cases (finding, variables[i][0], variables[i][1]);
    }
  check_cases (finding, "no_proxy", "NO_PROXY");
  check_exceptions (doctor, finding, has_proxy);
  check_gnome (finding);
  ocg_finding_suggest (finding, OCG_CHECK_OK,
                       has_proxy ? _ ("The proxy's address can be used.")
                                 : _ ("No proxy is set in this terminal."));
}
