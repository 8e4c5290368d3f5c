/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-setup-steps.h"

#include "ocg-error.h"
#include "ocg-records.h"

#include <glib/gi18n.h>
#include <string.h>

/* As many as are read before somebody chooses; any other can be typed. */
#define MAX_MODELS 12

static gboolean
has (GPtrArray *list, const char *ref)
{
  return g_ptr_array_find_with_equal_func (list, ref, g_str_equal, NULL);
}

static void
add (GPtrArray *list, const char *ref)
{
  if (*ref != '\0' && list->len < MAX_MODELS && !has (list, ref))
    g_ptr_array_add (list, g_strdup (ref));
}

/* (nullable) (transfer full) aa{sv} */
static GVariant *
list_models (OcgSetup *self, const char *provider, gboolean all, GError **error)
{
  OcgDbusGateway *gateway = ocg_client_get_gateway (self->cli->client, error);
  g_autoptr (GVariantBuilder) options = ocg_client_new_options ();
  GVariant *models = NULL;

  if (gateway == NULL)
    return NULL;
  if (all)
    g_variant_builder_add (options, "{sv}", "all", g_variant_new_boolean (TRUE));
  if (provider != NULL)
    g_variant_builder_add (options, "{sv}", "provider", g_variant_new_string (provider));
  if (!ocg_dbus_gateway_call_list_models_sync (gateway, g_variant_builder_end (options), &models,
                                               NULL, error))
    return NULL;
  return models;
}

/* Asks the server of the user what it has now. */
static void
find_local_models (OcgSetup *self)
{
  OcgDbusGateway *gateway = ocg_client_get_gateway (self->cli->client, NULL);
  const char *provider = ocg_setup_get_provider (self);
  g_autoptr (GVariantBuilder) options = ocg_client_new_options ();

  g_variant_builder_add (options, "{sv}", "provider", g_variant_new_string (provider));
  if (gateway == NULL
      || !ocg_dbus_gateway_call_refresh_models_sync (gateway, g_variant_builder_end (options), NULL,
                                                     NULL))
    return;
  self->found = list_models (self, provider, FALSE, NULL);
}

/* The models of the provider, the suggested one first. */
static GPtrArray *
list_offers (OcgSetup *self)
{
  GPtrArray *offers = g_ptr_array_new_with_free_func (g_free);
  g_autofree const char **models = ocg_record_get_strv (self->choice, "models");
  g_autofree char *suggested = ocg_auth_choice_suggest_model (self->choice, self->word);

  if (!ocg_auth_choice_is_local (self->choice))
    {
      add (offers, suggested);
      for (guint i = 0; models != NULL && models[i] != NULL; i++)
        add (offers, models[i]);
      return offers;
    }
  if (g_str_equal (self->base_url, ocg_record_get_string (self->choice, "base-url")))
    find_local_models (self);
  for (gsize i = 0; self->found != NULL && i < g_variant_n_children (self->found); i++)
    {
      g_autoptr (GVariant) model = g_variant_get_child_value (self->found, i);

      add (offers, ocg_record_get_string (model, "ref"));
    }
  return offers;
}

/* A reference as it was typed; the provider may be left out. */
static char *
complete_ref (OcgSetup *self, const char *typed)
{
  g_autofree char *prefix = g_strconcat (ocg_setup_get_provider (self), "/", NULL);

  if (*typed == '\0' || g_str_has_prefix (typed, prefix))
    return g_strdup (typed);
  return g_strconcat (prefix, typed, NULL);
}

static gboolean
ask_other_model (OcgSetup *self, GError **error)
{
  g_autofree char *typed = ocg_dialog_ask (self->dialog, _ ("Name of the model, or Enter for none"),
                                           NULL, error);

  if (typed == NULL)
    return FALSE;
  self->primary = *typed != '\0' ? complete_ref (self, typed) : NULL;
  return TRUE;
}

/* No server answers there, or it has no model. */
static void
explain_local_server (OcgSetup *self)
{
  ocg_dialog_say (self->dialog,
                  /* TRANSLATORS: an address of a server on the network. */
                  _ ("No models are known at %s. If that is LM Studio: open its Developer tab and "
                     "start the server, or run “lms server start”, and load a model."),
                  self->base_url);
}

/* Whether the user has asked for the suggestion, and it is not the default already. */
static gboolean
wants_another (OcgSetup *self, GPtrArray *offers)
{
  return ocg_cli_has (self->cli, "set-default")
         && !g_str_equal (g_ptr_array_index (offers, 0), self->default_before);
}

static void
leave_out (GPtrArray *offers, const char *ref)
{
  guint index = 0;

  if (g_ptr_array_find_with_equal_func (offers, ref, g_str_equal, &index))
    g_ptr_array_remove_index (offers, index);
}

static gboolean
ask_primary (OcgSetup *self, GPtrArray *offers, GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_free);
  gboolean keeps = *self->default_before != '\0';
  guint n_kept = keeps ? 1 : 0;
  guint chosen = wants_another (self, offers) ? n_kept : 0;

  leave_out (offers, self->default_before);
  if (keeps)
    /* TRANSLATORS: %s is a model. */
    g_ptr_array_add (items, g_strdup_printf (_ ("%s (as it is)"), self->default_before));
  for (guint i = 0; i < offers->len; i++)
    g_ptr_array_add (items, g_strdup (g_ptr_array_index (offers, i)));
  g_ptr_array_add (items, g_strdup (_ ("Another one, or none")));
  if (!ocg_dialog_choose (self->dialog, _ ("Which model is the default?"), items, chosen, &chosen,
                          error))
    return FALSE;
  if (chosen == items->len - 1)
    return ask_other_model (self, error);
  if (chosen >= n_kept)
    self->primary = g_strdup (g_ptr_array_index (offers, chosen - n_kept));
  return TRUE;
}

static gboolean
choose_primary (OcgSetup *self, GError **error)
{
  g_autoptr (GPtrArray) offers = list_offers (self);
  gboolean wants = ocg_cli_has (self->cli, "set-default");

  if (ocg_cli_has (self->cli, "no-set-default"))
    return TRUE;
  if (offers->len == 0 && ocg_auth_choice_is_local (self->choice))
    explain_local_server (self);
  if (offers->len == 0 && self->is_interactive)
    return ask_other_model (self, error);
  if (self->is_interactive)
    return ask_primary (self, offers, error);
  if (offers->len > 0 && (wants || *self->default_before == '\0'))
    self->primary = g_strdup (g_ptr_array_index (offers, 0));
  if (self->primary != NULL || !wants)
    return TRUE;
  g_set_error (error, OCG_ERROR, OCG_ERROR_UNKNOWN_MODEL,
               _ ("No model of %s is known that could be the default. Nothing has been changed."),
               ocg_setup_get_provider (self));
  return FALSE;
}

/* What may stand in for @primary: what does so now, what was the default, and what has a key. */
static GPtrArray *
list_stand_ins (OcgSetup *self, const char *primary)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (g_free);
  g_autofree const char **own = ocg_record_get_strv (self->choice, "models");
  g_autoptr (GVariant) models = list_models (self, NULL, FALSE, NULL);

  for (guint i = 0; self->fallbacks_before != NULL && self->fallbacks_before[i] != NULL; i++)
    add (list, self->fallbacks_before[i]);
  add (list, self->default_before);
  for (gsize i = 0; models != NULL && i < g_variant_n_children (models); i++)
    {
      g_autoptr (GVariant) model = g_variant_get_child_value (models, i);

      if (!g_str_equal (ocg_record_get_string (model, "credential"), "missing"))
        add (list, ocg_record_get_string (model, "ref"));
    }
  for (guint i = 0; own != NULL && own[i] != NULL; i++)
    add (list, own[i]);
  for (guint i = list->len; i > 0; i--)
    if (g_str_equal (g_ptr_array_index (list, i - 1), primary))
      g_ptr_array_remove_index (list, i - 1);
  return list;
}

static void
take_fallbacks (OcgSetup *self, GPtrArray *list, GArray *chosen)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < chosen->len; i++)
    g_strv_builder_add (builder, g_ptr_array_index (list, g_array_index (chosen, guint, i)));
  self->fallbacks = g_strv_builder_end (builder);
}

static gboolean
choose_fallbacks (OcgSetup *self, GError **error)
{
  const char *primary = self->primary != NULL ? self->primary : self->default_before;
  g_autoptr (GPtrArray) list = list_stand_ins (self, primary);
  g_autofree char *now = self->fallbacks_before != NULL ? g_strjoinv (", ", self->fallbacks_before)
                                                        : g_strdup ("");
  g_autofree char *question = NULL;
  g_autoptr (GArray) chosen = NULL;

  if (!self->is_interactive || *primary == '\0' || list->len == 0)
    return TRUE;
  if (*now != '\0')
    /* TRANSLATORS: %s is a list of models. */
    question = g_strdup_printf (_ ("Which models are tried when the default one fails? Now: %s"),
                                now);
  else
    question = g_strdup (_ ("Which models are tried when the default one fails? Now: none"));
  if (!ocg_dialog_choose_several (self->dialog, question, list, &chosen, error))
    return FALSE;
  if (chosen != NULL)
    take_fallbacks (self, list, chosen);
  return TRUE;
}

gboolean
ocg_setup_choose_models (OcgSetup *self, GError **error)
{
  return choose_primary (self, error) && choose_fallbacks (self, error);
}
