/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-plugins-object.h"

#include <glib/gi18n.h>

#include "../../dbus/ocg-names.h"
#include "../wire/ocg-json.h"
#include "ocg-auth-choices.h"
#include "ocg-dbus-generated.h"

struct _OcgPluginsObject
{
  OcgService *service;
  OcgDbusGatewayPlugins *skeleton;
};

/* SetEnabled() on its way. */
typedef struct
{
  char *id;
  gboolean enabled;
} Change;

static void
change_free (Change *change)
{
  g_free (change->id);
  g_free (change);
}

static const char *
get_plugin (OcgProvider *provider)
{
  if (provider->login == NULL || !JSON_NODE_HOLDS_OBJECT (provider->login))
    return NULL;
  return ocg_json_get_string (json_node_get_object (provider->login), "plugin");
}

/* Of OcgProvider*: one for each plugin. (transfer container) */
static GPtrArray *
list_providers (OcgService *service)
{
  GPtrArray *providers = ocg_catalog_get_providers (ocg_engine_get_catalog (service->engine));
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *list = g_ptr_array_new ();

  for (guint i = 0; i < providers->len; i++)
    {
      OcgProvider *provider = g_ptr_array_index (providers, i);
      const char *plugin = get_plugin (provider);

      if (plugin != NULL && g_hash_table_add (seen, (gpointer) plugin))
        g_ptr_array_add (list, provider);
    }
  return list;
}

static GVariant *
new_record (OcgSettings *settings, OcgProvider *provider)
{
  const char *plugin = get_plugin (provider);
  /* TRANSLATORS: the name of a provider, such as "MiniMax (login)" */
  g_autofree char *description = g_strdup_printf (
      _ ("%s: log in with an account in the browser, without an API key."), provider->name);
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "id", "s", plugin);
  g_variant_dict_insert (&dict, "enabled", "b", ocg_auth_choices_is_enabled (settings, plugin));
  g_variant_dict_insert (&dict, "description", "s", description);
  g_variant_dict_insert (&dict, "provider", "s", provider->id);
  return g_variant_dict_end (&dict);
}

static void
list_plugins (OcgManagedCall *call)
{
  OcgService *service = call->service;
  OcgSettings *settings = ocg_catalog_get_settings (ocg_engine_get_catalog (service->engine));
  g_autoptr (GPtrArray) providers = list_providers (service);
  GVariantBuilder list;

  g_variant_builder_init (&list, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < providers->len; i++)
    g_variant_builder_add_value (&list,
                                 new_record (settings, g_ptr_array_index (providers, i)));
  ocg_managed_call_return (call, g_variant_new ("(@aa{sv})", g_variant_builder_end (&list)));
}

static gboolean
on_list (OcgDbusGatewayPlugins *skeleton, GDBusMethodInvocation *invocation, GVariant *options,
         OcgPluginsObject *self)
{
  ocg_service_manage (self->service, invocation, options, self, NULL, NULL, list_plugins);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/* What may be turned on, for people; or NULL when @id is one of them. */
static char *
find_others (OcgService *service, const char *id)
{
  g_autoptr (GPtrArray) providers = list_providers (service);
  GString *others = g_string_new (NULL);

  for (guint i = 0; i < providers->len; i++)
    {
      const char *plugin = get_plugin (g_ptr_array_index (providers, i));

      if (g_str_equal (plugin, id))
        {
          g_string_free (others, TRUE);
          return NULL;
        }
      g_string_append_printf (others, "%s%s", others->len > 0 ? ", " : "", plugin);
    }
  return g_string_free (others, FALSE);
}

static void
set_enabled (OcgManagedCall *call)
{
  Change *plugin = call->data;
  const char *path[] = { "plugins", "entries", plugin->id, "enabled", NULL };
  g_autofree char *others = find_others (call->service, plugin->id);
  g_autoptr (GPtrArray) edits
      = g_ptr_array_new_with_free_func ((GDestroyNotify) ocg_config_edit_free);
  OcgConfigWrite change = { .id = OCG_CONFIG_OPENCLAW, .edits = edits };
  JsonNode *value = NULL;

  if (others != NULL)
    {
      /* TRANSLATORS: what somebody wrote, and the ids that there are */
      g_autoptr (GError) error
          = g_error_new (OCG_ERROR, OCG_ERROR_NOT_FOUND,
                         _ ("There is no plugin “%s”. There is: %s"), plugin->id, others);

      ocg_managed_call_return_error (call, error);
      return;
    }
  value = json_node_init_boolean (json_node_alloc (), plugin->enabled);
  g_ptr_array_add (edits, ocg_config_edit_new (path, value));
  ocg_config_write_async (call->service->config, &change, NULL, ocg_managed_call_written, call);
}

static gboolean
on_set_enabled (OcgDbusGatewayPlugins *skeleton, GDBusMethodInvocation *invocation,
                const char *id, gboolean enabled, GVariant *options, OcgPluginsObject *self)
{
  Change *change = g_new0 (Change, 1);

  change->id = g_strdup (id);
  change->enabled = enabled;
  ocg_service_manage (self->service, invocation, options, self, change,
                      (GDestroyNotify) change_free, set_enabled);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

OcgPluginsObject *
ocg_plugins_object_new (OcgService *service)
{
  OcgPluginsObject *self = g_new0 (OcgPluginsObject, 1);

  self->service = service;
  self->skeleton = ocg_dbus_gateway_plugins_skeleton_new ();
  g_signal_connect (self->skeleton, "handle-list", G_CALLBACK (on_list), self);
  g_signal_connect (self->skeleton, "handle-set-enabled", G_CALLBACK (on_set_enabled), self);
  return self;
}

void
ocg_plugins_object_free (OcgPluginsObject *self)
{
  g_dbus_interface_skeleton_unexport (G_DBUS_INTERFACE_SKELETON (self->skeleton));
  g_object_unref (self->skeleton);
  g_free (self);
}

gboolean
ocg_plugins_object_export (OcgPluginsObject *self, GError **error)
{
  return g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (self->skeleton),
                                           self->service->connection, OCG_OBJECT_PATH, error);
}
