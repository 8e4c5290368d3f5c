/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-setup.h"

#include "ocg-error.h"
#include "ocg-json-text.h"
#include "ocg-names.h"
#include "ocg-records.h"
#include "ocg-setup-steps.h"

#include <glib/gi18n.h>

/* Nobody should look up and type a key for nothing. */
static gboolean
check_settings (OcgClient *client, GError **error)
{
  g_autoptr (GVariant) config = ocg_client_get_properties (client, OCG_IFACE_CONFIG, TRUE, error);

  if (config == NULL)
    return FALSE;
  if (!g_str_equal (ocg_record_get_string (config, "State"), "invalid"))
    return TRUE;
  g_set_error (error, OCG_ERROR, OCG_ERROR_CONFIG_INVALID,
               /* TRANSLATORS: %s is a file. */
               _ ("%s cannot be read, so nothing can be written to it. To see what is wrong: "
                  "openclawctl config validate"),
               ocg_record_get_string (config, "Path"));
  return FALSE;
}

OcgSetup *
ocg_setup_new (OcgCli *cli, gboolean is_interactive, GError **error)
{
  OcgClient *client = ocg_cli_connect (cli, error);
  gboolean ok = client != NULL && check_settings (client, error);
  g_autoptr (GVariant) choices = ok ? ocg_auth_choices_list (client, error) : NULL;
  g_autoptr (GVariant) properties
      = choices != NULL ? ocg_client_get_properties (client, OCG_IFACE_GATEWAY, TRUE, error) : NULL;
  g_autofree const char **fallbacks = NULL;
  OcgSetup *self = NULL;

  if (properties == NULL)
    return NULL;
  self = g_new0 (OcgSetup, 1);
  self->cli = cli;
  self->dialog = ocg_dialog_new (ocg_cli_has (cli, "json"));
  self->is_interactive = is_interactive;
  self->choices = g_steal_pointer (&choices);
  self->check = "none";
  self->default_before = g_strdup (ocg_record_get_string (properties, "DefaultModel"));
  fallbacks = ocg_record_get_strv (properties, "FallbackModels");
  self->fallbacks_before = g_strdupv ((char **) fallbacks);
  return self;
}

void
ocg_setup_free (OcgSetup *self)
{
  ocg_dialog_free (self->dialog);
  g_clear_pointer (&self->choices, g_variant_unref);
  g_free (self->word);
  g_clear_pointer (&self->choice, g_variant_unref);
  g_clear_pointer (&self->region, g_variant_unref);
  g_free (self->profile);
  g_clear_pointer (&self->secret, ocg_secret_input_free);
  g_free (self->base_url);
  g_clear_pointer (&self->found, g_variant_unref);
  g_free (self->default_before);
  g_strfreev (self->fallbacks_before);
  g_free (self->primary);
  g_strfreev (self->fallbacks);
  g_free (self);
}

const char *
ocg_setup_get_provider (OcgSetup *self)
{
  return ocg_record_get_string (self->choice, "provider");
}

const char *
ocg_setup_get_region_id (OcgSetup *self)
{
  return self->region != NULL ? ocg_record_get_string (self->region, "id") : "";
}

gboolean
ocg_setup_run (OcgSetup *self, const char *word, gboolean can_skip, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (ocg_setup_choose (self, word, can_skip, &local_error) && self->choice != NULL
      && ocg_setup_choose_region (self, &local_error) && ocg_setup_take_key (self, &local_error)
      && ocg_setup_choose_models (self, &local_error) && ocg_setup_write (self, &local_error))
    return TRUE;
  if (self->is_logged_in && g_error_matches (local_error, OCG_ERROR, OCG_ERROR_CANCELLED))
    g_set_error_literal (error, OCG_ERROR, OCG_ERROR_CANCELLED,
                         _ ("Cancelled. The login is in the keyring, and its provider in openclaw.json; the "
                            "default model is as it was."));
  else if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static JsonNode *
report_to_json (OcgSetup *self)
{
  g_autoptr (JsonObject) root = json_object_new ();
  g_autoptr (JsonArray) fallbacks = json_array_new ();
  GStrv list = self->fallbacks != NULL ? self->fallbacks : self->fallbacks_before;

  json_object_set_string_member (root, "choice", ocg_record_get_string (self->choice, "choice"));
  json_object_set_string_member (root, "provider", ocg_setup_get_provider (self));
  if (self->profile != NULL)
    json_object_set_string_member (root, "profile", self->profile);
  if (self->region != NULL)
    json_object_set_string_member (root, "region", ocg_setup_get_region_id (self));
  json_object_set_string_member (root, "check", self->check);
  json_object_set_string_member (root, "default",
                                 self->primary != NULL ? self->primary : self->default_before);
  for (guint i = 0; list != NULL && list[i] != NULL; i++)
    json_array_add_string_element (fallbacks, list[i]);
  json_object_set_array_member (root, "fallbacks", g_steal_pointer (&fallbacks));
  return json_node_init_object (json_node_alloc (), root);
}

void
ocg_setup_report (OcgSetup *self)
{
  const char *model = self->primary != NULL ? self->primary : self->default_before;
  /* TRANSLATORS: an example of a question to a model, in double quotes on a command line. */
  const char *question = _ ("Why is the sky blue?");

  if (ocg_cli_has (self->cli, "json"))
    {
      ocg_cli_print_json (self->cli, report_to_json (self));
      return;
    }
  if (self->profile != NULL)
    ocg_cli_print (self->cli, _ ("Stored in the keyring as %s.\n"), self->profile);
  if (self->primary != NULL)
    ocg_cli_print (self->cli, _ ("The default model is now %s.\n"), self->primary);
  else if (*model != '\0')
    ocg_cli_print (self->cli, _ ("The default model is still %s.\n"), model);
  if (*model != '\0')
    ocg_cli_print (self->cli, _ ("Try it: openclawctl ask \"%s\"\n"), question);
  else
    ocg_cli_print (self->cli, _ ("See the models: openclawctl models list --provider %s\n"),
                   ocg_setup_get_provider (self));
}
