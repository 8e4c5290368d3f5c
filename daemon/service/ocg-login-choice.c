/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-login-choice.h"

#include <glib/gi18n.h>
#include <string.h>

#include "../wire/ocg-json.h"
#include "ocg-auth-choices.h"
#include "ocg-options.h"

#define MAX_NAME_LENGTH 64

static const char *
get_text (OcgProvider *provider, const char *member)
{
  if (provider->login == NULL || !JSON_NODE_HOLDS_OBJECT (provider->login))
    return NULL;
  return ocg_json_get_string (json_node_get_object (provider->login), member);
}

static gboolean
has_method (OcgProvider *provider, const char *method)
{
  const char *id = get_text (provider, "id");

  if (!ocg_login_plan_exists (provider))
    return FALSE;
  return *method == '\0' || g_strcmp0 (id, method) == 0
         || ocg_provider_is_named (provider, method);
}

static void
fail_method (OcgCatalog *catalog, GError **error)
{
  GPtrArray *providers = ocg_catalog_get_providers (catalog);
  g_autoptr (GString) known = g_string_new (NULL);
  g_autofree char *message = NULL;

  for (guint i = 0; i < providers->len; i++)
    {
      OcgProvider *provider = g_ptr_array_index (providers, i);
      const char *id = get_text (provider, "id");

      if (ocg_login_plan_exists (provider))
        g_string_append_printf (known, "%s%s", known->len > 0 ? ", " : "",
                                id != NULL ? id : provider->id);
    }
  message = g_strdup_printf (_ ("must be one of: %s."), known->str);
  ocg_options_fail (error, "", "method", message);
}

/* The provider by its id; its login has to be the one that was asked for. */
static OcgProvider *
find_provider (OcgCatalog *catalog, const char *method, const char *id, GError **error)
{
  OcgProvider *provider = ocg_catalog_find_provider (catalog, id);
  g_autofree char *message = NULL;

  if (provider == NULL)
    {
      message = g_strdup_printf (
          _ ("there is no provider “%s”. See: openclawctl models list --all"), id);
      ocg_options_fail (error, "", "provider", message);
    }
  else if (!ocg_login_plan_exists (provider))
    g_set_error (error, OCG_ERROR, OCG_ERROR_NOT_SUPPORTED,
                 _ ("%s has no login here, but takes a key: openclawctl models auth add --provider "
                    "%s"),
                 provider->name, provider->id);
  else if (has_method (provider, method))
    return provider;
  else
    fail_method (catalog, error);
  return NULL;
}

static OcgProvider *
find (OcgCatalog *catalog, const char *method, const char *id, GError **error)
{
  GPtrArray *providers = ocg_catalog_get_providers (catalog);

  if (id != NULL)
    return find_provider (catalog, method, id, error);
  for (guint i = 0; *method != '\0' && i < providers->len; i++)
    if (has_method (g_ptr_array_index (providers, i), method))
      return g_ptr_array_index (providers, i);
  fail_method (catalog, error);
  return NULL;
}

static gboolean
check_plugin (OcgCatalog *catalog, OcgProvider *provider, GError **error)
{
  const char *plugin = get_text (provider, "plugin");

  if (ocg_auth_choices_is_enabled (ocg_catalog_get_settings (catalog), plugin))
    return TRUE;
  /* TRANSLATORS: a provider, the id of a plugin */
  g_set_error (error, OCG_ERROR, OCG_ERROR_NOT_SUPPORTED,
               _ ("The login of %s is a plugin that is off. Turn it on, then try again: "
                  "openclawctl plugins enable %s"),
               provider->name, plugin);
  return FALSE;
}

static OcgLoginPlan *
find_plan (OcgProvider *provider, const char *region, GError **error)
{
  g_auto (GStrv) regions = ocg_login_plan_list_regions (provider);
  g_autofree char *known = g_strjoinv (", ", regions);
  g_autofree char *message = NULL;
  OcgLoginPlan *plan = ocg_login_plan_new (provider, region);

  if (plan != NULL)
    return plan;
  if (region == NULL || g_strv_contains ((const char *const *) regions, region))
    message = g_strdup_printf (region == NULL ? _ ("has to be said; it is one of: %s.")
                                              : _ ("has addresses that are not safe to log in at. "
                                                   "Look at what providers.d says of it. There "
                                                   "is: %s."),
                               known);
  else
    message = g_strdup_printf (_ ("must be one of: %s."), known);
  ocg_options_fail (error, "", "region", message);
  return NULL;
}

/* The part behind the colon, of characters that need no quoting anywhere. */
static gboolean
check_name (const char *name, GError **error)
{
  if (*name != '\0' && strlen (name) <= MAX_NAME_LENGTH
      && strspn (name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_-.@+") == strlen (name)
      && !g_str_equal (name, "env") && !g_str_equal (name, "config"))
    return TRUE;
  ocg_options_fail (error, "", "profile",
                    _ ("must be a name such as default or work, of up to 64 letters, digits and "
                       "“_-.@+”; env and config are taken."));
  return FALSE;
}

OcgLoginChoice *
ocg_login_choice_read (OcgCatalog *catalog, const char *method, GVariant *options, GError **error)
{
  g_autoptr (OcgLoginChoice) self = g_new0 (OcgLoginChoice, 1);
  const char *id = NULL, *region = NULL, *name = "default", *token = NULL;
  OcgProvider *provider = NULL;

  if (!ocg_options_string (options, "", "provider", &id, error)
      || !ocg_options_string (options, "", "region", &region, error)
      || !ocg_options_string (options, "", "profile", &name, error)
      || !ocg_options_boolean (options, "", "set-default", &self->set_default, error)
      || !ocg_options_handle_token (options, &token, error) || !check_name (name, error))
    return NULL;
  provider = find (catalog, method, id, error);
  if (provider == NULL || !check_plugin (catalog, provider, error)
      || (self->plan = find_plan (provider, region, error)) == NULL)
    return NULL;
  self->profile = g_strconcat (provider->id, ":", name, NULL);
  self->handle_token = g_strdup (token);
  return g_steal_pointer (&self);
}

void
ocg_login_choice_free (OcgLoginChoice *self)
{
  g_clear_pointer (&self->plan, ocg_login_plan_unref);
  g_free (self->profile);
  g_free (self->handle_token);
  g_free (self);
}
