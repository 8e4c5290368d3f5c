/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-login-settings.h"

#include <glib/gi18n.h>

#include "../catalog/ocg-base-url.h"
#include "../credentials/ocg-credential-place.h"
#include "../wire/ocg-json.h"
#include "ocg-auth-choices.h"

typedef struct
{
  OcgService *service;
  OcgCatalog *catalog;
  OcgProvider *provider;
  OcgLoginSettings *out;
  GStrvBuilder *aliases;
  GStrvBuilder *warnings;
} Draft;

static JsonNode *
new_string (const char *text)
{
  return json_node_init_string (json_node_alloc (), text);
}

/* Takes @value. */
static void
add_edit (Draft *draft, const char *const *path, JsonNode *value)
{
  g_ptr_array_add (draft->out->edits, ocg_config_edit_new (path, value));
}

/* The value at @path when it is an object. (nullable) */
static JsonNode *
dup_object (Draft *draft, const char *const *path)
{
  g_autoptr (JsonNode) node = ocg_config_dup_value (draft->service->config, path);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? g_steal_pointer (&node) : NULL;
}

/* How models.providers spells the provider, or NULL. (transfer full) */
static char *
find_entry (Draft *draft)
{
  static const char *const path[] = { "models", "providers", NULL };
  g_autoptr (JsonNode) node = dup_object (draft, path);
  JsonObjectIter iter;
  const char *name = NULL;

  if (node == NULL)
    return NULL;
  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    if (ocg_provider_is_named (draft->provider, name))
      return g_strdup (name);
  return NULL;
}

/* OpenClaw wants an entry that is complete. */
static JsonNode *
new_entry (Draft *draft, const char *base_url)
{
  JsonObject *entry = json_object_new ();

  json_object_set_string_member (entry, "baseUrl", base_url);
  json_object_set_string_member (entry, "api", draft->provider->api);
  if (g_str_equal (draft->provider->api, "anthropic-messages"))
    json_object_set_boolean_member (entry, "authHeader",
                                    draft->provider->auth_header == OCG_AUTH_BEARER);
  json_object_set_array_member (entry, "models", json_array_new ());
  return json_node_init_object (json_node_alloc (), entry);
}

/* Whether @entry says no more than a login to one of the regions has written. */
static gboolean
is_of_login (Draft *draft, JsonObject *entry)
{
  static const char *const names[] = { "baseUrl", "api", "authHeader", "models", NULL };
  const char *url = ocg_json_get_string (entry, "baseUrl");
  JsonArray *models = ocg_json_get_array (entry, "models");
  g_autofree char *origin = url != NULL ? ocg_base_url_get_origin (url) : NULL;
  JsonObjectIter iter;
  const char *name = NULL;

  json_object_iter_init (&iter, entry);
  while (json_object_iter_next (&iter, &name, NULL))
    if (!g_strv_contains (names, name))
      return FALSE;
  return (models == NULL || json_array_get_length (models) == 0) && origin != NULL
         && ocg_credential_place_find_region (draft->provider, origin) != NULL;
}

static void
warn_of_one_place (Draft *draft, const char *name)
{
  g_autofree char *warning = g_strdup_printf (
      /* TRANSLATORS: twice the name of a provider */
      _ ("Logins to other regions cannot be used while models.providers.%s.baseUrl is in "
         "openclaw.json. To use all of them, remove it: openclawctl config unset "
         "models.providers.%s.baseUrl"),
      name, name);

  g_strv_builder_add (draft->warnings, warning);
}

/* While there are logins to several regions, each goes to its own, unless a baseUrl says otherwise.
 * Whether that is settled. @entry: (nullable) */
static gboolean
edit_regions (Draft *draft, const char *const *path, JsonObject *entry)
{
  if (ocg_catalog_get_settings (draft->catalog)->replace)
    return FALSE;
  if (entry == NULL || !json_object_has_member (entry, "baseUrl"))
    return TRUE;
  if (is_of_login (draft, entry))
    {
      add_edit (draft, path, NULL);
      return TRUE;
    }
  warn_of_one_place (draft, path[2]);
  return FALSE;
}

/* @has_other: there is a login to another region, too */
static void
edit_provider (Draft *draft, const char *base_url, gboolean has_other)
{
  g_autofree char *name = find_entry (draft);
  const char *path[] = { "models", "providers", name != NULL ? name : draft->provider->id, NULL,
                         NULL };
  g_autoptr (JsonNode) node = name != NULL ? dup_object (draft, path) : NULL;
  JsonObject *entry = node != NULL ? json_node_get_object (node) : NULL;

  if (has_other && edit_regions (draft, path, entry))
    return;
  if (entry == NULL)
    {
      add_edit (draft, path, new_entry (draft, base_url));
      return;
    }
  if (g_strcmp0 (ocg_json_get_string (entry, "baseUrl"), base_url) != 0)
    {
      path[3] = "baseUrl";
      add_edit (draft, path, new_string (base_url));
    }
  if (!json_object_has_member (entry, "api"))
    {
      path[3] = "api";
      add_edit (draft, path, new_string (draft->provider->api));
    }
  if (!json_object_has_member (entry, "models"))
    {
      path[3] = "models";
      add_edit (draft, path, json_node_init_array (json_node_alloc (), json_array_new ()));
    }
}

/* Whether a list of allowed models would take away models that can be used today. */
static gboolean
has_other_models (Draft *draft)
{
  GPtrArray *models = ocg_catalog_get_models (draft->catalog);
  OcgProvider *last = NULL;

  for (guint i = 0; i < models->len; i++)
    {
      OcgModel *model = g_ptr_array_index (models, i);
      g_autofree char *profile = NULL;

      if (model->provider == last || g_str_equal (model->provider->id, draft->provider->id))
        continue;
      last = model->provider;
      profile = ocg_credentials_peek (draft->service->credentials, last);
      if (profile != NULL)
        return TRUE;
    }
  return FALSE;
}

/* The entry of agents.defaults.models for @ref, or the one that is called @alias. */
static OcgModelEntry *
find_model_entry (Draft *draft, const char *ref, const char *alias)
{
  GPtrArray *entries = ocg_catalog_get_settings (draft->catalog)->model_entries;
  g_autofree char *folded = alias != NULL ? g_utf8_casefold (alias, -1) : NULL;

  for (guint i = 0; i < entries->len; i++)
    {
      OcgModelEntry *entry = g_ptr_array_index (entries, i);
      g_autofree char *theirs = entry->alias != NULL ? g_utf8_casefold (entry->alias, -1) : NULL;

      if (ref != NULL ? g_str_equal (entry->ref, ref) : g_strcmp0 (theirs, folded) == 0)
        return entry;
    }
  return NULL;
}

static void
note_alias (Draft *draft, const char *alias, const char *ref)
{
  g_autofree char *text = g_strconcat (alias, "=", ref, NULL);

  g_strv_builder_add (draft->aliases, text);
}

static void
edit_alias (Draft *draft, const char *alias, const char *ref)
{
  OcgModelEntry *own = find_model_entry (draft, ref, NULL);
  const char *path[] = { "agents", "defaults", "models", ref, "alias", NULL };

  if (own != NULL && own->alias != NULL)
    note_alias (draft, own->alias, ref);
  else if (find_model_entry (draft, NULL, alias) == NULL)
    {
      note_alias (draft, alias, ref);
      add_edit (draft, path, new_string (alias));
    }
}

/* The command that a user can give instead. */
static void
warn_of_no_aliases (Draft *draft, const char *alias, const char *ref)
{
  g_autofree char *warning = g_strdup_printf (
      /* TRANSLATORS: an alias and a model reference, as arguments of the command */
      _ ("No aliases were added: a list of allowed models, agents.defaults.models, would begin "
         "with them, and the models of your other providers could not be used any more. If you want "
         "that: openclawctl models aliases add %s %s"),
      alias, ref);

  g_strv_builder_add (draft->warnings, warning);
}

static void
edit_aliases (Draft *draft)
{
  JsonNode *login = draft->provider->login;
  JsonObject *aliases = ocg_json_get_object (json_node_get_object (login), "aliases");
  gboolean has_list = ocg_catalog_get_settings (draft->catalog)->has_allowlist;
  JsonObjectIter iter;
  const char *alias = NULL;

  if (aliases == NULL)
    return;
  json_object_iter_init_ordered (&iter, aliases);
  while (json_object_iter_next_ordered (&iter, &alias, NULL))
    {
      const char *id = ocg_json_get_string (aliases, alias);
      g_autofree char *ref
          = id != NULL ? g_strconcat (draft->provider->id, "/", id, NULL) : NULL;

      if (ref == NULL)
        continue;
      if (!has_list && has_other_models (draft))
        {
          warn_of_no_aliases (draft, alias, ref);
          return;
        }
      edit_alias (draft, alias, ref);
    }
  if (!has_list)
    g_strv_builder_add (
        draft->warnings,
        _ ("The aliases made the list of allowed models, agents.defaults.models: from now on only "
           "the models on it, the default model and the fallbacks may be used. To allow all models "
           "again, remove agents.defaults.models from openclaw.json."));
}

static void
edit_default (Draft *draft)
{
  static const char *const path[] = { "agents", "defaults", "model", "primary", NULL };
  g_auto (GStrv) models = ocg_auth_choices_suggest_for_login (draft->catalog, draft->provider);

  if (models[0] == NULL)
    return;
  draft->out->default_model = g_strdup (models[0]);
  add_edit (draft, path, new_string (models[0]));
}

OcgLoginSettings *
ocg_login_settings_new (OcgService *service, OcgLoginPlan *plan, const char *profile,
                        const char *base_url, gboolean set_default)
{
  OcgLoginSettings *self = g_new0 (OcgLoginSettings, 1);
  g_autoptr (GStrvBuilder) aliases = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) warnings = g_strv_builder_new ();
  OcgCatalog *catalog = ocg_engine_get_catalog (service->engine);
  OcgProvider *provider = ocg_catalog_find_provider (catalog, plan->provider);
  Draft draft = { service, catalog, provider, self, aliases, warnings };
  gboolean has_other = provider != NULL && plan->region != NULL
                       && ocg_credentials_has_other_region (service->credentials, provider,
                                                            profile, plan->region);

  self->edits = g_ptr_array_new_with_free_func ((GDestroyNotify) ocg_config_edit_free);
  /* The settings may have lost it meanwhile. */
  if (provider != NULL && provider->login != NULL)
    {
      edit_provider (&draft, base_url, has_other);
      edit_aliases (&draft);
      if (set_default)
        edit_default (&draft);
    }
  self->aliases = g_strv_builder_end (aliases);
  self->warnings = g_strv_builder_end (warnings);
  return self;
}

void
ocg_login_settings_free (OcgLoginSettings *self)
{
  g_ptr_array_unref (self->edits);
  g_free (self->default_model);
  g_strfreev (self->aliases);
  g_strfreev (self->warnings);
  g_free (self);
}
