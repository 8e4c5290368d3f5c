/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-login-keep.h"

#include <glib/gi18n.h>
#include <string.h>

#include "../catalog/ocg-base-url.h"
#include "ocg-login-settings.h"

/* A keyring that does not answer gets the login again: the provider gives it out once. */
#define TRIES 5
#define TRY_AGAIN_MS 2000

typedef struct
{
  OcgService *service;
  OcgLoginPlan *plan;
  char *profile;
  char *base_url; /* where requests go */
  gboolean set_default;
  locale_t locale;
  OcgSecret *secret; /* what is stored */
  guint n_tries;
  OcgLoginSettings *settings; /* (nullable) */
} Keep;

static void
keep_free (Keep *self)
{
  g_clear_pointer (&self->settings, ocg_login_settings_free);
  ocg_login_plan_unref (self->plan);
  ocg_secret_unref (self->secret);
  g_free (self->profile);
  g_free (self->base_url);
  g_free (self);
}

/* What the login itself said, if that is one of the region's addresses. Some servers name the host
 * alone, and mean the path that everybody knows. */
static char *
choose_base_url (OcgLoginPlan *plan, const OcgLoginToken *token)
{
  g_autoptr (GUri) told = NULL;
  g_autoptr (GUri) known = g_uri_parse (plan->base_url, G_URI_FLAGS_ENCODED, NULL);

  if (token->base_url == NULL || !ocg_login_plan_accepts_url (plan, token->base_url))
    return g_strdup (plan->base_url);
  told = g_uri_parse (token->base_url, G_URI_FLAGS_ENCODED, NULL);
  if (told == NULL || known == NULL || strlen (g_uri_get_path (told)) > 1)
    return g_strdup (token->base_url);
  return g_uri_join (G_URI_FLAGS_ENCODED, g_uri_get_scheme (told), NULL, g_uri_get_host (told),
                     g_uri_get_port (told), g_uri_get_path (known), NULL, NULL);
}

static GVariant *
new_details (Keep *self, const char *const *warnings, gboolean is_written)
{
  OcgLoginSettings *settings = self->settings;
  const char *const none[] = { NULL };
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "profile", "s", self->profile);
  g_variant_dict_insert (&dict, "provider", "s", self->plan->provider);
  if (self->plan->region != NULL)
    g_variant_dict_insert (&dict, "region", "s", self->plan->region);
  if (is_written && settings->default_model != NULL)
    g_variant_dict_insert (&dict, "default-model", "s", settings->default_model);
  g_variant_dict_insert_value (
      &dict, "aliases",
      g_variant_new_strv (is_written ? (const char *const *) settings->aliases : none, -1));
  g_variant_dict_insert_value (&dict, "warnings", g_variant_new_strv (warnings, -1));
  return g_variant_ref_sink (g_variant_dict_end (&dict));
}

static void
return_details (GTask *task, const char *const *warnings, gboolean is_written)
{
  g_task_return_pointer (task, new_details (g_task_get_task_data (task), warnings, is_written),
                         (GDestroyNotify) g_variant_unref);
}

static void
written (GObject *config, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Keep *self = g_task_get_task_data (task);
  OCG_LOCALE_SCOPE (self->locale);
  g_autoptr (GError) error = NULL;
  g_autofree char *warning = NULL;

  if (ocg_config_write_finish (OCG_CONFIG (config), result, &error))
    {
      return_details (task, (const char *const *) self->settings->warnings, TRUE);
      return;
    }
  warning = g_strdup_printf (
      /* TRANSLATORS: the name of a file, and why it could not be written */
      _ ("You are logged in, but %s stayed as it was: %s"),
      ocg_config_get_path (self->service->config, OCG_CONFIG_OPENCLAW), error->message);
  return_details (task, (const char *const[]){ warning, NULL }, FALSE);
}

static void store (GTask *task);

static gboolean
store_again (gpointer task)
{
  if (g_task_return_error_if_cancelled (task))
    g_object_unref (task);
  else
    store (task);
  return G_SOURCE_REMOVE;
}

static void
stored (GObject *keyring, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Keep *self = g_task_get_task_data (task);
  OCG_LOCALE_SCOPE (self->locale);
  OcgConfigWrite change = { .id = OCG_CONFIG_OPENCLAW };
  g_autoptr (GError) error = NULL;

  if (!ocg_keyring_store_finish (OCG_KEYRING (keyring), result, &error))
    {
      if (g_error_matches (error, OCG_ERROR, OCG_ERROR_KEYRING_UNAVAILABLE)
          && ++self->n_tries < TRIES)
        {
          g_timeout_add (TRY_AGAIN_MS, store_again, g_steal_pointer (&task));
          return;
        }
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  /* The user is logged in now, whatever comes. */
  g_task_set_check_cancellable (task, FALSE);
  self->settings = ocg_login_settings_new (self->service, self->plan, self->profile, self->base_url,
                                           self->set_default);
  if (self->settings->edits->len == 0)
    {
      return_details (task, (const char *const *) self->settings->warnings, TRUE);
      return;
    }
  change.edits = self->settings->edits;
  ocg_config_write_async (self->service->config, &change, NULL, written,
                          g_steal_pointer (&task));
}

/* Takes @task. */
static void
store (GTask *task)
{
  Keep *self = g_task_get_task_data (task);
  g_autofree char *origin = ocg_base_url_get_origin (self->base_url);
  const OcgKeyringItem item = { .profile = self->profile, .provider = self->plan->provider,
                                .kind = (char *) "oauth", .origin = origin,
                                .region = self->plan->region };

  ocg_keyring_store_async (self->service->keyring, &item, self->secret,
                           g_task_get_cancellable (task), stored, task);
}

void
ocg_login_keep_async (OcgService *service, const OcgLoginKeep *keep, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Keep *self = g_new0 (Keep, 1);
  g_autoptr (OcgLoginToken) token = ocg_login_token_copy (keep->token);

  g_task_set_source_tag (task, ocg_login_keep_async);
  g_task_set_task_data (task, self, (GDestroyNotify) keep_free);
  self->service = service;
  self->plan = ocg_login_plan_ref (keep->plan);
  self->profile = g_strdup (keep->profile);
  self->base_url = choose_base_url (keep->plan, keep->token);
  self->set_default = keep->set_default;
  self->locale = keep->locale;

  g_free (token->base_url);
  token->base_url = g_strdup (self->base_url);
  self->secret = ocg_login_token_print (token);
  store (task);
}

GVariant *
ocg_login_keep_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, ocg_login_keep_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
