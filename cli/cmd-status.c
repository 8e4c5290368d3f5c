/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-commands.h"

#include "ocg-credential-table.h"
#include "ocg-error.h"
#include "ocg-failure.h"
#include "ocg-model-status.h"
#include "ocg-output.h"
#include "ocg-probe.h"
#include "ocg-quota-table.h"
#include "ocg-records.h"

#include <glib/gi18n.h>
#include <string.h>

#define PROBE_TIMEOUT_S 20
#define MAX_PROBE_TIMEOUT_S 3600

/* How long to wait for what is left: beside other things, and when that is what was asked for. */
#define QUOTA_MS 4000
#define PATIENT_QUOTA_MS (20 * 1000)

/* Width of the first column, for any language at least two words. */
#define LABEL_COLUMNS 16

/* Fails when the keyring does not say what is to be told. */
static gboolean
check (OcgModelStatus *status, GError **error)
{
  g_autoptr (GPtrArray) refs = ocg_model_status_list_models (status);

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
probe (OcgCli *cli, OcgModelStatus *status, guint timeout_ms, GError **error)
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

static void
print_line (OcgCli *cli, const char *label, const char *value)
{
  ocg_output_append_cell (cli->out, label, MAX (LABEL_COLUMNS, ocg_output_measure (label)));
  ocg_cli_print (cli, "  %s\n", value);
}

static void
print_models (OcgCli *cli, const OcgModelStatus *status)
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
print_aliases (OcgCli *cli, const OcgModelStatus *status)
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
print_config (OcgCli *cli, const OcgModelStatus *status)
{
  g_autofree char *line = ocg_client_describe_config (status->config);

  print_line (cli, _ ("Configuration"), line);
}

static void
print_missing (OcgCli *cli, const OcgModelStatus *status)
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
print_credentials (OcgCli *cli, const OcgModelStatus *status)
{
  g_autoptr (OcgFailure) failure = NULL;

  ocg_cli_print (cli, "\n%s\n", _ ("Credentials"));
  if (status->credentials != NULL)
    {
      ocg_credential_table_append (cli->out, status->credentials, 2);
      return;
    }
  failure = ocg_failure_new_from_error (status->credentials_error);
  ocg_cli_print (cli, "  %s\n", ocg_failure_get_message (failure));
}

/* @is_asked_for: also when there is nothing to tell. */
static void
print_quota (OcgCli *cli, const OcgModelStatus *status, gboolean is_asked_for)
{
  g_autoptr (GPtrArray) refs = ocg_model_status_list_models (status);

  if (!is_asked_for && (status->quota == NULL || g_variant_n_children (status->quota) == 0))
    return;
  ocg_cli_print (cli, "\n%s\n", _ ("Plans and limits"));
  if (status->quota == NULL)
    {
      ocg_cli_print (cli, "  %s\n", _ ("unknown: no answer came in time"));
      return;
    }
  ocg_quota_table_append (cli->out, status->quota, 2);
  ocg_quota_table_append_notes (cli->out, status->quota, refs);
}

static void
print_probes (OcgCli *cli, const OcgModelStatus *status)
{
  if (status->probes == NULL)
    return;
  ocg_cli_print (cli, "\n%s\n", _ ("Answers"));
  ocg_probe_list_append (status->probes, cli->out, 2);
}

static void
print_status (OcgCli *cli, const OcgModelStatus *status, gboolean with_aliases,
              gboolean is_quota_asked_for)
{
  gboolean ready = ocg_record_get_boolean (status->gateway, "Ready", FALSE);

  print_models (cli, status);
  print_line (cli, _ ("Ready"), ready ? _ ("yes") : _ ("no"));
  if (status->refusal != NULL)
    print_line (cli, "", status->refusal);
  if (with_aliases)
    print_aliases (cli, status);
  print_config (cli, status);
  print_credentials (cli, status);
  print_quota (cli, status, is_quota_asked_for);
  print_missing (cli, status);
  print_probes (cli, status);
}

static void
print_plain (OcgCli *cli, const OcgModelStatus *status)
{
  const char *model = ocg_record_get_string (status->gateway, "DefaultModel");

  if (*model != '\0')
    ocg_cli_print (cli, "%s\n", model);
}

/* That of the last provider which did not answer, else what the check found. */
static int
get_exit_code (const OcgModelStatus *status)
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

/* Takes @root. */
static void
print_json (OcgCli *cli, const OcgModelStatus *status, JsonObject *root)
{
  g_autoptr (JsonObject) mine = root;

  ocg_cli_print_json (cli, json_node_init_object (json_node_alloc (), mine));
  for (guint i = 0; i < status->hints->len; i++)
    ocg_output_complain (g_ptr_array_index (status->hints, i));
}

int
ocg_models_status (OcgCli *cli, GError **error)
{
  g_auto (OcgModelStatus) status = { 0 };
  guint timeout_ms = get_probe_timeout (cli, error);
  gboolean is_probe = ocg_cli_has (cli, "probe") || ocg_cli_has (cli, "probe-provider");
  guint quota_ms = ocg_cli_has (cli, "plain") ? 0 : QUOTA_MS;

  if (timeout_ms == 0 || !ocg_model_status_collect (&status, cli, quota_ms, error)
      || (ocg_cli_has (cli, "check") && !check (&status, error))
      || (is_probe && !probe (cli, &status, timeout_ms, error)))
    return 0;
  if (ocg_cli_has (cli, "json"))
    {
      JsonObject *root = ocg_model_status_to_json (&status);

      if (ocg_cli_has (cli, "check"))
        json_object_set_string_member (root, "check", ocg_auth_verdict_to_string (status.verdict));
      print_json (cli, &status, root);
    }
  else if (ocg_cli_has (cli, "plain"))
    print_plain (cli, &status);
  else
    print_status (cli, &status, TRUE, FALSE);
  return get_exit_code (&status);
}

int
ocg_status (OcgCli *cli, GError **error)
{
  g_auto (OcgModelStatus) status = { 0 };
  gboolean is_all = ocg_cli_has (cli, "all");
  gboolean with_usage = is_all || ocg_cli_has (cli, "usage");
  guint quota_ms = with_usage ? PATIENT_QUOTA_MS : 0;

  if (!ocg_model_status_collect (&status, cli, quota_ms, error)
      || (ocg_cli_has (cli, "deep") && !probe (cli, &status, PROBE_TIMEOUT_S * 1000, error)))
    return 0;
  if (ocg_cli_has (cli, "json"))
    {
      JsonObject *root = ocg_model_status_to_json (&status);

      json_object_set_string_member (root, "version",
                                     ocg_record_get_string (status.gateway, "Version"));
      print_json (cli, &status, root);
      return get_exit_code (&status);
    }
  /* TRANSLATORS: a label before the version of the gateway that is running. */
  print_line (cli, _ ("Gateway"), ocg_record_get_string (status.gateway, "Version"));
  print_status (cli, &status, is_all, with_usage);
  return get_exit_code (&status);
}
