/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-setup-change.h"

#include "ocg-json-text.h"
#include "ocg-records.h"
#include "ocg-setup-steps.h"

#include <glib/gi18n.h>
#include <string.h>

/* The member @name of @object, made if it is not there. (transfer none) */
static JsonObject *
get_child (JsonObject *object, const char *name)
{
  JsonObject *child = ocg_json_get_object (object, name);

  if (child == NULL)
    {
      child = json_object_new ();
      json_object_set_object_member (object, name, child);
    }
  return child;
}

/* (transfer full) NULL: it is not there, or no object */
static JsonObject *
get_object (OcgSetup *setup, const char *path)
{
  OcgDbusGatewayConfig *config = ocg_client_get_config (setup->cli->client, NULL);
  g_autofree char *json = NULL;
  g_autoptr (JsonNode) node = NULL;

  if (config == NULL
      || !ocg_dbus_gateway_config_call_get_sync (config, path, ocg_client_options (), &json, NULL,
                                                 NULL))
    return NULL;
  node = ocg_json_parse (json, strlen (json), NULL);
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_dup_object (node) : NULL;
}

/* (transfer full) NULL: there is none */
static JsonObject *
get_entry (OcgSetup *setup)
{
  g_autofree char *path = g_strdup_printf ("models.providers[\"%s\"]",
                                           ocg_setup_get_provider (setup));

  return get_object (setup, path);
}

/* An entry that OpenClaw takes, too: it wants an address and a list in each. */
static void
fill_new_entry (JsonObject *entry, OcgSetup *setup)
{
  const char *api = ocg_record_get_string (setup->choice, "api");

  if (*api != '\0')
    json_object_set_string_member (entry, "api", api);
  if (!json_object_has_member (entry, "models"))
    json_object_set_array_member (entry, "models", json_array_new ());
}

static JsonObject *
get_patch_entry (OcgSetupChange *self, OcgSetup *setup)
{
  if (self->patch == NULL)
    self->patch = json_object_new ();
  return get_child (get_child (get_child (self->patch, "models"), "providers"),
                    ocg_setup_get_provider (setup));
}

/* Requests go to the region of the key; without an entry they go to the first of the list. */
static void
add_region (OcgSetupChange *self, OcgSetup *setup, JsonObject *before)
{
  g_autoptr (GVariant) regions = ocg_auth_choice_get_regions (setup->choice);
  g_autoptr (GVariant) first = g_variant_get_child_value (regions, 0);
  const char *wanted = ocg_record_get_string (setup->region, "base-url");
  const char *usual = ocg_record_get_string (first, "base-url");
  const char *now = before != NULL ? ocg_json_get_string (before, "baseUrl") : NULL;
  JsonObject *entry = NULL;

  if (*wanted == '\0' || g_str_equal (now != NULL ? now : usual, wanted))
    return;
  entry = get_patch_entry (self, setup);
  json_object_set_string_member (entry, "baseUrl", wanted);
  if (before == NULL)
    fill_new_entry (entry, setup);
}

static gboolean
has_model (JsonObject *entry, const char *id)
{
  JsonArray *models = entry != NULL ? ocg_json_get_array (entry, "models") : NULL;

  for (guint i = 0; models != NULL && i < json_array_get_length (models); i++)
    {
      JsonNode *node = json_array_get_element (models, i);

      if (JSON_NODE_HOLDS_OBJECT (node)
          && g_strcmp0 (ocg_json_get_string (json_node_get_object (node), "id"), id) == 0)
        return TRUE;
    }
  return FALSE;
}

/* (nullable) (transfer full) what the server says of @ref */
static GVariant *
find_record (OcgSetup *setup, const char *ref)
{
  for (gsize i = 0; setup->found != NULL && i < g_variant_n_children (setup->found); i++)
    {
      g_autoptr (GVariant) model = g_variant_get_child_value (setup->found, i);

      if (g_str_equal (ocg_record_get_string (model, "ref"), ref))
        return g_steal_pointer (&model);
    }
  return NULL;
}

static JsonObject *
new_cost (void)
{
  static const char *const kinds[] = { "input", "output", "cacheRead", "cacheWrite" };
  JsonObject *cost = json_object_new ();

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    json_object_set_int_member (cost, kinds[i], 0);
  return cost;
}

/* @ref: of a model of the user's server. (transfer full) */
static JsonNode *
new_local_model (OcgSetup *setup, const char *ref)
{
  g_autoptr (GVariant) record = find_record (setup, ref);
  const char *id = strchr (ref, '/') + 1;
  const char *name = record != NULL ? ocg_record_get_string (record, "name") : "";
  g_autoptr (JsonObject) model = json_object_new ();
  JsonArray *input = json_array_new ();
  gint64 number = 0;

  json_object_set_string_member (model, "id", id);
  json_object_set_string_member (model, "name", *name != '\0' ? name : id);
  json_object_set_boolean_member (model, "reasoning", FALSE);
  json_array_add_string_element (input, "text");
  json_object_set_array_member (model, "input", input);
  json_object_set_object_member (model, "cost", new_cost ());
  /* Without them the server is asked each time. */
  if (record != NULL && ocg_record_get_integer (record, "context-window", &number))
    json_object_set_int_member (model, "contextWindow", number);
  if (record != NULL && ocg_record_get_integer (record, "max-tokens", &number))
    json_object_set_int_member (model, "maxTokens", number);
  return json_node_init_object (json_node_alloc (), model);
}

/* The user's own server, with the model that was chosen: OpenClaw knows neither by itself. */
static void
add_server (OcgSetupChange *self, OcgSetup *setup, JsonObject *before)
{
  const char *now = before != NULL ? ocg_json_get_string (before, "baseUrl") : NULL;

  if (setup->primary != NULL && !has_model (before, strchr (setup->primary, '/') + 1))
    self->model = new_local_model (setup, setup->primary);
  if (g_strcmp0 (now, setup->base_url) != 0)
    json_object_set_string_member (get_patch_entry (self, setup), "baseUrl", setup->base_url);
  /* A list in a patch takes the place of the one that is there. */
  if (self->model != NULL && (before == NULL || !json_object_has_member (before, "models")))
    {
      JsonArray *models = json_array_new ();

      json_array_add_element (models, g_steal_pointer (&self->model));
      json_object_set_array_member (get_patch_entry (self, setup), "models", models);
    }
  if (before == NULL)
    fill_new_entry (get_patch_entry (self, setup), setup);
}

/* The primary goes along with the fallbacks: where the value was but a string, they would take its
 * place. */
static void
add_defaults (OcgSetupChange *self, OcgSetup *setup)
{
  const char *primary = setup->primary != NULL ? setup->primary : setup->default_before;
  JsonObject *model = NULL;

  if ((setup->primary == NULL && setup->fallbacks == NULL) || *primary == '\0')
    return;
  if (self->patch == NULL)
    self->patch = json_object_new ();
  model = get_child (get_child (get_child (self->patch, "agents"), "defaults"), "model");
  json_object_set_string_member (model, "primary", primary);
  if (setup->fallbacks != NULL)
    {
      JsonArray *fallbacks = json_array_new ();

      for (guint i = 0; setup->fallbacks[i] != NULL; i++)
        json_array_add_string_element (fallbacks, setup->fallbacks[i]);
      json_object_set_array_member (model, "fallbacks", fallbacks);
    }
}

static void
allow (OcgSetupChange *self, JsonObject *allowed, const char *ref)
{
  JsonObject *models = NULL;

  if (json_object_has_member (allowed, ref))
    return;
  if (self->patch == NULL)
    self->patch = json_object_new ();
  models = get_child (get_child (get_child (self->patch, "agents"), "defaults"), "models");
  json_object_set_object_member (models, ref, json_object_new ());
}

/* Where there is a list of the models that may be used, those that were just set up are on it. */
static void
add_allowed (OcgSetupChange *self, OcgSetup *setup)
{
  g_autoptr (JsonObject) allowed = get_object (setup, "agents.defaults.models");
  g_autofree const char **models = ocg_record_get_strv (setup->choice, "models");

  if (allowed == NULL || json_object_get_size (allowed) == 0)
    return;
  if (setup->primary != NULL)
    allow (self, allowed, setup->primary);
  for (guint i = 0; setup->fallbacks != NULL && setup->fallbacks[i] != NULL; i++)
    allow (self, allowed, setup->fallbacks[i]);
  for (guint i = 0; models != NULL && models[i] != NULL; i++)
    allow (self, allowed, models[i]);
}

void
ocg_setup_change_init (OcgSetupChange *self, OcgSetup *setup)
{
  g_autoptr (JsonObject) before = NULL;

  self->patch = NULL;
  self->model = NULL;
  before = get_entry (setup);
  if (ocg_auth_choice_is_local (setup->choice))
    add_server (self, setup, before);
  /* A login writes its provider itself. */
  else if (setup->region != NULL && !ocg_auth_choice_is_login (setup->choice))
    add_region (self, setup, before);
  add_defaults (self, setup);
  add_allowed (self, setup);
}

void
ocg_setup_change_clear (OcgSetupChange *self)
{
  g_clear_pointer (&self->patch, json_object_unref);
  g_clear_pointer (&self->model, json_node_unref);
}

void
ocg_setup_change_describe (OcgSetupChange *self, OcgSetup *setup, GPtrArray *lines)
{
  JsonObject *models = self->patch != NULL ? ocg_json_get_object (self->patch, "models") : NULL;
  JsonObject *agents = self->patch != NULL ? ocg_json_get_object (self->patch, "agents") : NULL;
  JsonObject *defaults = agents != NULL ? ocg_json_get_object (agents, "defaults") : NULL;
  const char *provider = ocg_setup_get_provider (setup);
  const char *url = setup->region != NULL ? ocg_record_get_string (setup->region, "base-url")
                                          : setup->base_url;

  if (models != NULL || self->model != NULL)
    /* TRANSLATORS: a provider, then the address of its server. */
    g_ptr_array_add (
        lines, g_strdup_printf (_ ("models.providers.%s in openclaw.json (%s)"), provider, url));
  if (defaults != NULL && json_object_has_member (defaults, "models"))
    g_ptr_array_add (lines, g_strdup (_ ("More allowed models: agents.defaults.models")));
}

gboolean
ocg_setup_change_write (OcgSetupChange *self, OcgSetup *setup, GError **error)
{
  OcgDbusGatewayConfig *config = ocg_client_get_config (setup->cli->client, error);
  g_autoptr (JsonNode) root = json_node_init_object (json_node_alloc (), self->patch);
  g_autofree char *patch = self->patch != NULL ? ocg_json_to_text (root) : NULL;
  g_autofree char *model = self->model != NULL ? ocg_json_to_text (self->model) : NULL;
  g_autofree char *path = g_strdup_printf ("models.providers[\"%s\"].models[-]",
                                           ocg_setup_get_provider (setup));

  return config != NULL
         && (model == NULL
             || ocg_dbus_gateway_config_call_set_sync (config, path, model, ocg_client_options (),
                                                       NULL, NULL, NULL, error))
         && (patch == NULL
             || ocg_dbus_gateway_config_call_patch_sync (config, patch, ocg_client_options (), NULL,
                                                         NULL, NULL, error));
}
