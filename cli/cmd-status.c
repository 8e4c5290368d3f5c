/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-commands.h"

#include "ocg-auth-check.h"
#include "ocg-credential-table.h"
#include "ocg-error.h"
#include "ocg-failure.h"
#include "ocg-hint.h"
#include "ocg-json-text.h"
#include "ocg-names.h"
#include "ocg-output.h"
#include "ocg-probe.h"
#include "ocg-records.h"

#include <glib/gi18n.h>
#include <string.h>

#define PROBE_TIMEOUT_S 20
#define MAX_PROBE_TIMEOUT_S 3600

/* Width of the first column, for any language at least two words. */
#define LABEL_COLUMNS 16

typedef struct
{
  GVariant *gateway;     /* properties */
  GVariant *config;      /* (nullable) properties */
  GVariant *models;      /* (nullable) aa{sv} */
  GVariant *credentials; /* (nullable) aa{sv} */
  GError *credentials_error;
  GPtrArray *images;  /* of char*, models for images */
  char *refusal;      /* (nullable) why the default model cannot be used at all */
  GPtrArray *missing; /* of char*, providers without a credential */
  GPtrArray *hints;   /* of char* */
  OcgAuthVerdict verdict;
  GPtrArray *probes; /* (nullable) of OcgProbe */
} Status;

static void
status_clear (Status *self)
{
  g_clear_pointer (&self->gateway, g_variant_unref);
  g_clear_pointer (&self->config, g_variant_unref);
  g_clear_pointer (&self->models, g_variant_unref);
  g_clear_pointer (&self->credentials, g_variant_unref);
  g_clear_error (&self->credentials_error);
  g_clear_pointer (&self->images, g_ptr_array_unref);
  g_clear_pointer (&self->refusal, g_free);
  g_clear_pointer (&self->missing, g_ptr_array_unref);
  g_clear_pointer (&self->hints, g_ptr_array_unref);
  g_clear_pointer (&self->probes, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Status, status_clear)

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
check_auth (Status *status, const char *ref)
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
check_all_auth (Status *status)
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
static gboolean
collect (OcgCli *cli, Status *status, GError **error)
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
  status->missing = g_ptr_array_new_with_free_func (g_free);
  status->hints = g_ptr_array_new_with_free_func (g_free);
  check_all_auth (status);
  keyless = list_providers_without_key (status->models);
  ocg_hint_compare_environment (client, keyless, status->hints);
  return TRUE;
}

/* References that requests may go to, of char*. */
static GPtrArray *
list_models_in_use (const Status *status)
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

/* Fails when the keyring does not say what is to be told. */
static gboolean
check (Status *status, GError **error)
{
  g_autoptr (GPtrArray) refs = list_models_in_use (status);

  status->verdict = ocg_auth_check (refs, status->models, status->credentials,
                                    g_get_real_time () / 1000);
  if (status->verdict == OCG_AUTH_OK || refs->len == 0 || status->credentials_error == NULL)
    return TRUE;
  g_propagate_error (error, g_error_copy (status->credentials_error));
  return FALSE;
}

/* Milliseconds, or 0. */
static guint
get_probe_timeout (OcgCli *cli, GError **error)
{
  const char *typed = ocg_cli_get (cli, "probe-timeout");
  guint64 seconds = PROBE_TIMEOUT_S;

  if (typed == NULL
      || g_ascii_string_to_unsigned (typed, 10, 1, MAX_PROBE_TIMEOUT_S, &seconds, NULL))
    return (guint) seconds * 1000;
  g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
               _ ("--probe-timeout takes a number of seconds from 1 to %d."),
               MAX_PROBE_TIMEOUT_S);
  return 0;
}

static gboolean
probe (OcgCli *cli, Status *status, guint timeout_ms, GError **error)
{
  OcgDbusGateway *gateway = ocg_client_get_gateway (cli->client, error);
  const char *provider = ocg_cli_get (cli, "probe-provider");
  g_autoptr (GVariantBuilder) options = ocg_client_new_options ();
  g_autoptr (GVariant) models = NULL;
  g_autofree char *note = NULL;

  if (provider != NULL)
    g_variant_builder_add (options, "{sv}", "provider", g_variant_new_string (provider));
  if (gateway == NULL
      || !ocg_dbus_gateway_call_list_models_sync (gateway, g_variant_builder_end (options), &models,
                                                  NULL, error))
    return FALSE;
  status->probes = ocg_probe_plan (models);
  if (status->probes->len == 0)
    {
      g_set_error_literal (error, OCG_ERROR, OCG_ERROR_PROVIDER_NOT_CONFIGURED,
                           _ ("No such provider is configured, so there is nobody to ask. To see "
                              "all that are known: openclawctl models list --all"));
      return FALSE;
    }
  note = g_strdup_printf (ngettext ("Asking %u provider for one word. That costs a few tokens.",
                                    "Asking %u providers for one word each. That costs a few "
                                    "tokens.",
                                    status->probes->len),
                          status->probes->len);
  ocg_output_note (note);
  return ocg_probe_run_all (cli->client, status->probes, timeout_ms, error);
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

static JsonNode *
status_to_json (OcgCli *cli, const Status *status)
{
  g_autoptr (JsonObject) root = json_object_new ();
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
  if (ocg_cli_has (cli, "check"))
    json_object_set_string_member (root, "check", ocg_auth_verdict_to_string (status->verdict));
  if (status->probes != NULL)
    json_object_set_array_member (root, "probes", ocg_probe_list_to_json (status->probes));
  return json_node_init_object (json_node_alloc (), root);
}

static void
print_line (OcgCli *cli, const char *label, const char *value)
{
  ocg_output_append_cell (cli->out, label, MAX (LABEL_COLUMNS, ocg_output_measure (label)));
  ocg_cli_print (cli, "  %s\n", value);
}

static void
print_models (OcgCli *cli, const Status *status)
{
  const char *model = ocg_record_get_string (status->gateway, "DefaultModel");
  g_autofree const char **fallbacks = ocg_record_get_strv (status->gateway, "FallbackModels");
  const char *label = _ ("Fallbacks");

  print_line (cli, _ ("Default model"),
              *model != '\0' ? model : _ ("none; to set one: openclawctl models set REF"));
  for (guint i = 0; fallbacks != NULL && fallbacks[i] != NULL; i++)
    {
      print_line (cli, label, fallbacks[i]);
      label = "";
    }
  label = _ ("Image models");
  for (guint i = 0; i < status->images->len; i++)
    {
      print_line (cli, label, g_ptr_array_index (status->images, i));
      label = "";
    }
}

static void
print_aliases (OcgCli *cli, const Status *status)
{
  const char *label = _ ("Aliases");

  for (gsize i = 0; status->models != NULL && i < g_variant_n_children (status->models); i++)
    {
      g_autoptr (GVariant) model = g_variant_get_child_value (status->models, i);
      g_autofree const char **aliases = ocg_record_get_strv (model, "aliases");

      for (guint a = 0; aliases != NULL && aliases[a] != NULL; a++)
        {
          g_autofree char *line
              = g_strdup_printf ("%s = %s", aliases[a], ocg_record_get_string (model, "ref"));

          print_line (cli, label, line);
          label = "";
        }
    }
}

static void
print_config (OcgCli *cli, const Status *status)
{
  g_autofree char *line = ocg_client_describe_config (status->config);

  print_line (cli, _ ("Configuration"), line);
}

static void
print_missing (OcgCli *cli, const Status *status)
{
  if (status->missing->len > 0)
    ocg_cli_print (cli, "\n%s\n", _ ("Missing auth"));
  for (guint i = 0; i < status->missing->len; i++)
    {
      const char *provider = g_ptr_array_index (status->missing, i);

      if (ocg_records_have (status->models, "provider", provider))
        ocg_cli_print (cli, "  %s: openclawctl models auth add --provider %s\n", provider,
                       provider);
      else
        /* TRANSLATORS: the name of a provider. */
        ocg_cli_print (cli, _ ("  %s: there is no such provider; see: openclawctl config "
                               "validate\n"),
                       provider);
    }
  if (status->hints->len > 0)
    ocg_cli_print (cli, "\n");
  for (guint i = 0; i < status->hints->len; i++)
    ocg_cli_print (cli, "%s\n", (char *) g_ptr_array_index (status->hints, i));
}

static void
print_status (OcgCli *cli, const Status *status)
{
  gboolean ready = ocg_record_get_boolean (status->gateway, "Ready", FALSE);

  print_models (cli, status);
  print_line (cli, _ ("Ready"), ready ? _ ("yes") : _ ("no"));
  if (status->refusal != NULL)
    print_line (cli, "", status->refusal);
  print_aliases (cli, status);
  print_config (cli, status);
  ocg_cli_print (cli, "\n%s\n", _ ("Credentials"));
  if (status->credentials != NULL)
    ocg_credential_table_append (cli->out, status->credentials, 2);
  else
    {
      g_autoptr (OcgFailure) failure = ocg_failure_new_from_error (status->credentials_error);

      ocg_cli_print (cli, "  %s\n", ocg_failure_get_message (failure));
    }
  print_missing (cli, status);
  if (status->probes != NULL)
    {
      ocg_cli_print (cli, "\n%s\n", _ ("Answers"));
      ocg_probe_list_append (status->probes, cli->out, 2);
    }
}

static void
print_plain (OcgCli *cli, const Status *status)
{
  const char *model = ocg_record_get_string (status->gateway, "DefaultModel");

  if (*model != '\0')
    ocg_cli_print (cli, "%s\n", model);
}

/* That of the last provider which did not answer, else what the check found. */
static int
get_exit_code (const Status *status)
{
  int exit_code = (int) status->verdict;

  for (guint i = 0; status->probes != NULL && i < status->probes->len; i++)
    {
      const OcgProbe *its_probe = g_ptr_array_index (status->probes, i);

      if (its_probe->failure != NULL)
        exit_code = its_probe->failure->exit_code;
    }
  return exit_code;
}

int
ocg_models_status (OcgCli *cli, GError **error)
{
  g_auto (Status) status = { 0 };
  guint timeout_ms = get_probe_timeout (cli, error);
  gboolean is_probe = ocg_cli_has (cli, "probe") || ocg_cli_has (cli, "probe-provider");

  if (timeout_ms == 0 || !collect (cli, &status, error)
      || (ocg_cli_has (cli, "check") && !check (&status, error))
      || (is_probe && !probe (cli, &status, timeout_ms, error)))
    return 0;
  if (ocg_cli_has (cli, "json"))
    {
      ocg_cli_print_json (cli, status_to_json (cli, &status));
      for (guint i = 0; i < status.hints->len; i++)
        ocg_output_complain (g_ptr_array_index (status.hints, i));
    }
  else if (ocg_cli_has (cli, "plain"))
    print_plain (cli, &status);
  else
    print_status (cli, &status);
  return get_exit_code (&status);
}
