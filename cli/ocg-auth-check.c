/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-auth-check.h"

#include "ocg-json-text.h"
#include "ocg-records.h"

#include <string.h>

#define SOON_MS (24 * 60 * 60 * G_GINT64_CONSTANT (1000))

const char *
ocg_auth_verdict_to_string (OcgAuthVerdict verdict)
{
  static const char *const words[] = {
    [OCG_AUTH_OK] = "ok",
    [OCG_AUTH_MISSING] = "missing",
    [OCG_AUTH_EXPIRING] = "expiring",
  };

  return words[verdict];
}

/* Aliases are the same in any case, references are not. */
static gboolean
is_called (GVariant *model, const char *name)
{
  g_autofree const char **aliases = ocg_record_get_strv (model, "aliases");
  g_autofree char *wanted = g_utf8_casefold (name, -1);

  if (g_str_equal (ocg_record_get_string (model, "ref"), name))
    return TRUE;
  for (guint i = 0; aliases != NULL && aliases[i] != NULL; i++)
    {
      g_autofree char *alias = g_utf8_casefold (aliases[i], -1);

      if (g_str_equal (alias, wanted))
        return TRUE;
    }
  return FALSE;
}

/* (nullable) (transfer full) */
static GVariant *
find_model (GVariant *models, const char *name)
{
  for (gsize i = 0; models != NULL && i < g_variant_n_children (models); i++)
    {
      g_autoptr (GVariant) model = g_variant_get_child_value (models, i);

      if (is_called (model, name))
        return g_steal_pointer (&model);
    }
  return NULL;
}

static OcgAuthVerdict
check_credential (GVariant *credential, gint64 now)
{
  gint64 expires = 0;
  gboolean is_login = g_str_equal (ocg_record_get_string (credential, "kind"), "oauth");

  if (g_str_equal (ocg_record_get_string (credential, "state"), "expired"))
    return OCG_AUTH_MISSING;
  /* A login is renewed without the user. */
  if (is_login || !ocg_record_get_integer (credential, "expires", &expires) || expires <= 0)
    return OCG_AUTH_OK;
  if (expires <= now)
    return OCG_AUTH_MISSING;
  return expires - now <= SOON_MS ? OCG_AUTH_EXPIRING : OCG_AUTH_OK;
}

/* The best of what @provider has; @any tells whether it has something. */
static OcgAuthVerdict
check_provider (GVariant *credentials, const char *provider, gint64 now, gboolean *any)
{
  OcgAuthVerdict best = OCG_AUTH_MISSING;

  *any = FALSE;
  for (gsize i = 0; credentials != NULL && i < g_variant_n_children (credentials); i++)
    {
      g_autoptr (GVariant) credential = g_variant_get_child_value (credentials, i);
      OcgAuthVerdict verdict = OCG_AUTH_MISSING;

      if (!g_str_equal (ocg_record_get_string (credential, "provider"), provider))
        continue;
      *any = TRUE;
      verdict = check_credential (credential, now);
      if (verdict == OCG_AUTH_OK || best == OCG_AUTH_MISSING)
        best = verdict;
    }
  return best;
}

static OcgAuthVerdict
check_ref (const char *name, GVariant *models, GVariant *credentials, gint64 now)
{
  g_autoptr (GVariant) model = find_model (models, name);
  const char *credential = model != NULL ? ocg_record_get_string (model, "credential") : "";
  const char *slash = strchr (name, '/');
  g_autofree char *provider = NULL;
  OcgAuthVerdict verdict = OCG_AUTH_MISSING;
  gboolean any = FALSE;

  if (g_str_equal (credential, "none-needed"))
    return OCG_AUTH_OK;
  if (model != NULL)
    provider = g_strdup (ocg_record_get_string (model, "provider"));
  else if (slash != NULL)
    provider = g_ascii_strdown (name, slash - name);
  if (provider != NULL)
    verdict = check_provider (credentials, provider, now, &any);
  /* One that is not listed, such as from the environment. */
  if (!any && *credential != '\0' && !g_str_equal (credential, "missing"))
    return OCG_AUTH_OK;
  return verdict;
}

OcgAuthVerdict
ocg_auth_check (GPtrArray *refs, GVariant *models, GVariant *credentials, gint64 now)
{
  OcgAuthVerdict worst = refs->len > 0 ? OCG_AUTH_OK : OCG_AUTH_MISSING;

  for (guint i = 0; i < refs->len && worst != OCG_AUTH_MISSING; i++)
    {
      OcgAuthVerdict verdict
          = check_ref (g_ptr_array_index (refs, i), models, credentials, now);

      if (verdict != OCG_AUTH_OK)
        worst = verdict;
    }
  return worst;
}

static void
add_string (GPtrArray *refs, JsonNode *node)
{
  const char *ref = node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
                        ? json_node_get_string (node)
                        : "";

  if (*ref != '\0')
    g_ptr_array_add (refs, g_strdup (ref));
}

/* @json: the value of agents.defaults.imageModel. */
static void
add_image_models (GPtrArray *refs, const char *json)
{
  g_autoptr (JsonNode) node = ocg_json_parse (json, strlen (json), NULL);
  JsonObject *object = NULL;
  JsonArray *fallbacks = NULL;

  if (node == NULL)
    return;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      add_string (refs, node);
      return;
    }
  object = json_node_get_object (node);
  add_string (refs, json_object_get_member (object, "primary"));
  fallbacks = ocg_json_get_array (object, "fallbacks");
  for (guint i = 0; fallbacks != NULL && i < json_array_get_length (fallbacks); i++)
    add_string (refs, json_array_get_element (fallbacks, i));
}

GPtrArray *
ocg_auth_list_image_models (OcgClient *client)
{
  OcgDbusGatewayConfig *config = ocg_client_get_config (client, NULL);
  GPtrArray *refs = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *json = NULL;

  if (config != NULL
      && ocg_dbus_gateway_config_call_get_sync (config, "agents.defaults.imageModel",
                                                ocg_client_options (), &json, NULL, NULL))
    add_image_models (refs, json);
  return refs;
}
