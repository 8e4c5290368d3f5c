/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-hint.h"

#include "ocg-error.h"
#include "ocg-json-text.h"
#include "ocg-names.h"

#include <glib/gi18n.h>
#include <string.h>

/* Variables that do not follow from the provider's name. */
static const struct
{
  const char *provider;
  const char *variable;
  gboolean is_token;
} other_variables[] = {
  { "anthropic", "ANTHROPIC_OAUTH_TOKEN", TRUE },
  { "google", "GEMINI_API_KEY", FALSE },
  { "lmstudio", "LM_API_TOKEN", FALSE },
  { "minimax", "MINIMAX_CODE_PLAN_KEY", FALSE },
  { "minimax", "MINIMAX_CODING_API_KEY", FALSE },
  { "minimax-portal", "MINIMAX_OAUTH_TOKEN", TRUE },
  { "zai", "Z_AI_API_KEY", FALSE },
};

char *
ocg_hint_get_key_variable (const char *provider)
{
  g_autofree char *name = g_ascii_strup (provider, -1);

  g_strcanon (name, G_CSET_A_2_Z G_CSET_DIGITS, '_');
  return g_strconcat (name, "_API_KEY", NULL);
}

static gboolean
is_set (const char *variable)
{
  const char *value = g_getenv (variable);

  return value != NULL && *value != '\0';
}

/* The name of the variable here that holds a key for @provider, or NULL; and the words behind
 * "openclawctl models auth" that store it. */
static char *
find_key_variable (const char *provider, char **command)
{
  g_autofree char *usual = ocg_hint_get_key_variable (provider);

  if (is_set (usual))
    {
      *command = g_strdup_printf ("add --provider %s --from-env", provider);
      return g_steal_pointer (&usual);
    }
  for (guint i = 0; i < G_N_ELEMENTS (other_variables); i++)
    if (g_str_equal (other_variables[i].provider, provider) && is_set (other_variables[i].variable))
      {
        *command = g_strdup_printf ("%s --provider %s --from-env %s",
                                    other_variables[i].is_token ? "paste-token" : "add", provider,
                                    other_variables[i].variable);
        return g_strdup (other_variables[i].variable);
      }
  return NULL;
}

/* Whether the gateway has any credential for @provider; FALSE when it does not say. */
static gboolean
gateway_has_credential (OcgClient *client, const char *provider)
{
  OcgDbusGatewayCredentials *proxy = ocg_client_get_credentials (client, NULL);
  g_autoptr (GVariantBuilder) options = ocg_client_new_options ();
  g_autoptr (GVariant) credentials = NULL;

  g_variant_builder_add (options, "{sv}", "provider", g_variant_new_string (provider));
  return proxy != NULL
         && ocg_dbus_gateway_credentials_call_list_credentials_sync (
             proxy, g_variant_builder_end (options), &credentials, NULL, NULL)
         && g_variant_n_children (credentials) > 0;
}

static void
compare_key (OcgClient *client, const char *provider, GPtrArray *hints)
{
  g_autofree char *command = NULL;
  g_autofree char *variable = find_key_variable (provider, &command);

  if (variable == NULL || gateway_has_credential (client, provider))
    return;
  g_ptr_array_add (
      hints,
      /* TRANSLATORS: a variable such as MINIMAX_API_KEY, then the rest of the command. */
      g_strdup_printf (_ ("%s is set in this terminal, but the gateway does not see it. To store "
                          "the key for all apps: openclawctl models auth %s"),
                       variable, command));
}

/* The configuration file that this terminal's environment names, or NULL. */
static char *
get_config_path_here (const char **variable)
{
  *variable = OCG_ENV_CONFIG_PATH;
  if (is_set (OCG_ENV_CONFIG_PATH))
    return g_canonicalize_filename (g_getenv (OCG_ENV_CONFIG_PATH), NULL);
  *variable = OCG_ENV_STATE_DIR;
  if (is_set (OCG_ENV_STATE_DIR))
    {
      g_autofree char *path
          = g_build_filename (g_getenv (OCG_ENV_STATE_DIR), "openclaw.json", NULL);

      return g_canonicalize_filename (path, NULL);
    }
  return NULL;
}

static void
compare_config_path (OcgClient *client, GPtrArray *hints)
{
  const char *variable = NULL;
  g_autofree char *here = get_config_path_here (&variable);
  g_autoptr (GVariant) config = NULL;
  g_autofree char *there = NULL;
  const char *path = NULL;

  if (here == NULL)
    return;
  config = ocg_client_get_properties (client, OCG_IFACE_CONFIG, TRUE, NULL);
  if (config == NULL || !g_variant_lookup (config, "Path", "&s", &path) || *path == '\0')
    return;
  there = g_canonicalize_filename (path, NULL);
  if (!g_str_equal (here, there))
    g_ptr_array_add (
        hints,
        /* TRANSLATORS: %1$s is a variable such as OPENCLAW_CONFIG_PATH, %2$s and %3$s are files. */
        g_strdup_printf (_ ("%1$s in this terminal means %2$s, but the gateway reads %3$s. To tell "
                            "the gateway: dbus-update-activation-environment --systemd %1$s && "
                            "systemctl --user restart openclaw-gatewayd.service"),
                         variable, here, there));
}

void
ocg_hint_compare_environment (OcgClient *client, GPtrArray *providers, GPtrArray *hints)
{
  for (guint i = 0; i < providers->len; i++)
    compare_key (client, g_ptr_array_index (providers, i), hints);
  compare_config_path (client, hints);
}

static void
add_provider (GPtrArray *providers, const char *model)
{
  const char *slash = model != NULL ? strchr (model, '/') : NULL;
  g_autofree char *name = slash != NULL ? g_strndup (model, (gsize) (slash - model)) : NULL;
  g_autofree char *provider = name != NULL ? g_ascii_strdown (name, -1) : NULL;

  if (provider != NULL
      && !g_ptr_array_find_with_equal_func (providers, provider, g_str_equal, NULL))
    g_ptr_array_add (providers, g_steal_pointer (&provider));
}

static gboolean
is_about_credentials (const char *name)
{
  OcgError code;

  return name != NULL && ocg_error_from_name (name, &code)
         && (code == OCG_ERROR_CREDENTIAL_MISSING || code == OCG_ERROR_UNKNOWN_MODEL
             || code == OCG_ERROR_PROVIDER_NOT_CONFIGURED || code == OCG_ERROR_NO_DEFAULT_MODEL);
}

GPtrArray *
ocg_hint_explain (OcgClient *client, const OcgFailure *failure, const char *model)
{
  g_autoptr (GPtrArray) hints = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) providers = g_ptr_array_new_with_free_func (g_free);
  JsonArray *attempts = ocg_json_get_array (failure->object, "attempts");
  gboolean is_ours = is_about_credentials (ocg_failure_get_name (failure));

  if (is_ours)
    {
      add_provider (providers, ocg_json_get_string (failure->object, "model"));
      add_provider (providers, model);
    }
  for (guint i = 0; attempts != NULL && i < json_array_get_length (attempts); i++)
    {
      JsonNode *node = json_array_get_element (attempts, i);
      JsonObject *attempt = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

      if (attempt == NULL || !is_about_credentials (ocg_json_get_string (attempt, "error")))
        continue;
      is_ours = TRUE;
      add_provider (providers, ocg_json_get_string (attempt, "model"));
    }
  if (is_ours)
    ocg_hint_compare_environment (client, providers, hints);
  return g_steal_pointer (&hints);
}
