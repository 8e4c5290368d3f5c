/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-model-status.h"

#include "ocg-error.h"
#include "ocg-hint.h"
#include "ocg-json-text.h"
#include "ocg-names.h"
#include "ocg-probe.h"
#include "ocg-quota-table.h"
#include "ocg-records.h"

#include <string.h>

void
ocg_model_status_clear (OcgModelStatus *self)
{
  g_clear_pointer (&self->gateway, g_variant_unref);
  g_clear_pointer (&self->config, g_variant_unref);
  g_clear_pointer (&self->models, g_variant_unref);
  g_clear_pointer (&self->credentials, g_variant_unref);
  g_clear_error (&self->credentials_error);
  g_clear_pointer (&self->quota, g_variant_unref);
  g_clear_pointer (&self->images, g_ptr_array_unref);
  g_clear_pointer (&self->refusal, g_free);
  g_clear_pointer (&self->missing, g_ptr_array_unref);
  g_clear_pointer (&self->hints, g_ptr_array_unref);
  g_clear_pointer (&self->probes, g_ptr_array_unref);
}

/* The credential that the gateway would use for @ref: "" when it does not list it. */
static char *
get_credential_of (GVariant *models, const char *ref)
{
  for (gsize i = 0; models != NULL && i < g_variant_n_children (models); i++)
    {
      g_autoptr (GVariant) model = g_variant_get_child_value (models, i);

      if (g_str_equal (ocg_record_get_string (model, "ref"), ref))
        return g_strdup (ocg_record_get_string (model, "credential"));
    }
  return g_strdup ("");
}

/* Notes the provider of @ref if it has no credential and needs one. */
static void
check_auth (OcgModelStatus *status, const char *ref)
{
  const char *slash = strchr (ref, '/');
  g_autofree char *provider = slash != NULL ? g_strndup (ref, (gsize) (slash - ref)) : NULL;
  g_autofree char *credential = get_credential_of (status->models, ref);

  if (provider == NULL || ocg_records_have (status->credentials, "provider", provider)
      || (*credential != '\0' && !g_str_equal (credential, "missing"))
      || g_ptr_array_find_with_equal_func (status->missing, provider, g_str_equal, NULL))
    return;
  g_ptr_array_add (status->missing, g_steal_pointer (&provider));
}

static void
check_all_auth (OcgModelStatus *status)
{
  g_autofree const char **fallbacks = ocg_record_get_strv (status->gateway, "FallbackModels");

  check_auth (status, ocg_record_get_string (status->gateway, "DefaultModel"));
  for (guint i = 0; fallbacks != NULL && fallbacks[i] != NULL; i++)
    check_auth (status, fallbacks[i]);
}

/* The providers that the gateway knows and has no credential for, of char*. */
static GPtrArray *
list_providers_without_key (GVariant *models)
{
  GPtrArray *providers = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; models != NULL && i < g_variant_n_children (models); i++)
    {
      g_autoptr (GVariant) model = g_variant_get_child_value (models, i);
      const char *provider = ocg_record_get_string (model, "provider");

      if (g_str_equal (ocg_record_get_string (model, "credential"), "missing")
          && !g_ptr_array_find_with_equal_func (providers, provider, g_str_equal, NULL))
        g_ptr_array_add (providers, g_strdup (provider));
    }
  return providers;
}

/* Why there is no such model; what lacks a key only is told elsewhere. */
static char *
find_refusal (OcgDbusGateway *gateway, GVariant *properties)
{
  const char *model = ocg_record_get_string (properties, "DefaultModel");
  g_autoptr (GVariant) record = NULL;
  g_autoptr (GError) error = NULL;

  if (*model == '\0' || ocg_record_get_boolean (properties, "Ready", FALSE)
      || ocg_dbus_gateway_call_resolve_model_sync (gateway, model, ocg_client_options (), &record,
                                                   NULL, &error)
      || !g_error_matches (error, OCG_ERROR, OCG_ERROR_UNKNOWN_MODEL))
    return NULL;
  g_dbus_error_strip_remote_error (error);
  return g_strdup (error->message);
}

/* All but the gateway's own properties may be refused, and the rest is still worth showing. */
gboolean
ocg_model_status_collect (OcgModelStatus *status, OcgCli *cli, guint quota_ms, GError **error)
{
  OcgClient *client = ocg_cli_connect (cli, error);
  OcgDbusGateway *gateway = client != NULL ? ocg_client_get_gateway (client, error) : NULL;
  OcgDbusGatewayCredentials *credentials = NULL;
  g_autoptr (GVariantBuilder) options = ocg_client_new_options ();
  g_autoptr (GPtrArray) keyless = NULL;

  if (gateway == NULL)
    return FALSE;
  status->gateway = ocg_client_get_properties (client, OCG_IFACE_GATEWAY, TRUE, error);
  if (status->gateway == NULL)
    return FALSE;
  status->config = ocg_client_get_properties (client, OCG_IFACE_CONFIG, TRUE, NULL);
  status->images = ocg_auth_list_image_models (client);
  status->refusal = find_refusal (gateway, status->gateway);
  /* A fallback or alias may be of a provider that is not configured. */
  g_variant_builder_add (options, "{sv}", "all", g_variant_new_boolean (TRUE));
  ocg_dbus_gateway_call_list_models_sync (gateway, g_variant_builder_end (options), &status->models,
                                          NULL, NULL);
  credentials = ocg_client_get_credentials (client, &status->credentials_error);
  if (credentials != NULL)
    ocg_dbus_gateway_credentials_call_list_credentials_sync (credentials, ocg_client_options (),
                                                             &status->credentials, NULL,
                                                             &status->credentials_error);
  if (quota_ms > 0)
    status->quota = ocg_quota_table_fetch (client, quota_ms);
  status->missing = g_ptr_array_new_with_free_func (g_free);
  status->hints = g_ptr_array_new_with_free_func (g_free);
  check_all_auth (status);
  keyless = list_providers_without_key (status->models);
  ocg_hint_compare_environment (client, keyless, status->hints);
  return TRUE;
}

GPtrArray *
ocg_model_status_list_models (const OcgModelStatus *status)
{
  const char *model = ocg_record_get_string (status->gateway, "DefaultModel");
  g_autofree const char **fallbacks = ocg_record_get_strv (status->gateway, "FallbackModels");
  GPtrArray *refs = g_ptr_array_new_with_free_func (g_free);

  if (*model != '\0')
    g_ptr_array_add (refs, g_strdup (model));
  for (guint i = 0; fallbacks != NULL && fallbacks[i] != NULL; i++)
    g_ptr_array_add (refs, g_strdup (fallbacks[i]));
  for (guint i = 0; i < status->images->len; i++)
    g_ptr_array_add (refs, g_strdup (g_ptr_array_index (status->images, i)));
  return refs;
}

/* (transfer full) */
static JsonArray *
strings_to_json (GPtrArray *strings)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < strings->len; i++)
    json_array_add_string_element (array, g_ptr_array_index (strings, i));
  return array;
}

JsonObject *
ocg_model_status_to_json (const OcgModelStatus *status)
{
  JsonObject *root = json_object_new ();
  JsonObject *config = json_object_new ();
  g_autoptr (GVariant) fallbacks
      = g_variant_lookup_value (status->gateway, "FallbackModels", G_VARIANT_TYPE_STRING_ARRAY);

  json_object_set_string_member (root, "default",
                                 ocg_record_get_string (status->gateway, "DefaultModel"));
  if (fallbacks != NULL)
    json_object_set_member (root, "fallbacks", ocg_json_from_variant (fallbacks));
  json_object_set_array_member (root, "image-models", strings_to_json (status->images));
  json_object_set_boolean_member (root, "ready",
                                  ocg_record_get_boolean (status->gateway, "Ready", FALSE));
  if (status->config != NULL)
    {
      json_object_set_string_member (config, "path",
                                     ocg_record_get_string (status->config, "Path"));
      json_object_set_string_member (config, "state",
                                     ocg_record_get_string (status->config, "State"));
    }
  json_object_set_object_member (root, "config", config);
  if (status->credentials != NULL)
    json_object_set_member (root, "credentials", ocg_json_from_variant (status->credentials));
  else
    json_object_set_array_member (root, "credentials", json_array_new ());
  if (status->credentials_error != NULL)
    {
      g_autoptr (OcgFailure) failure = ocg_failure_new_from_error (status->credentials_error);

      json_object_set_object_member (root, "credentials-error", json_object_ref (failure->object));
    }
  json_object_set_array_member (root, "missing-auth", strings_to_json (status->missing));
  if (status->probes != NULL)
    json_object_set_array_member (root, "probes", ocg_probe_list_to_json (status->probes));
  if (status->quota != NULL)
    json_object_set_member (root, "quota", ocg_json_from_variant (status->quota));
  return root;
}
