/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-profile-calls.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ocg-credential-args.h"
#include "ocg-options.h"

typedef struct
{
  char *provider;
  GStrv profiles;
} Order;

static void
order_free (Order *order)
{
  g_free (order->provider);
  g_strfreev (order->profiles);
  g_free (order);
}

/* An id that the settings expand when they are read could show a variable to everybody. */
static gboolean
is_profile_of (OcgProvider *provider, const char *profile)
{
  const char *colon = strchr (profile, ':');
  g_autofree char *id = colon != NULL ? g_strndup (profile, (gsize) (colon - profile)) : NULL;

  return id != NULL && colon[1] != '\0' && strstr (profile, "${") == NULL
         && ocg_provider_is_named (provider, id);
}

static gboolean
check_profile (OcgService *service, OcgProvider *provider, const char *const *profiles, guint index,
               GError **error)
{
  const char *profile = profiles[index];
  g_autofree char *message = NULL;

  if (!is_profile_of (provider, profile))
    message = g_strdup_printf (
        /* TRANSLATORS: what somebody has written, and the id of a provider, twice. */
        _ ("“%s” is no profile of %s. The profiles of a provider are called %s:NAME."), profile,
        provider->id, provider->id);
  for (guint i = 0; message == NULL && i < index; i++)
    if (g_str_equal (profiles[i], profile))
      message = g_strdup_printf (_ ("“%s” is there twice."), profile);
  if (message != NULL)
    {
      ocg_options_fail (error, "", "profiles", message);
      return FALSE;
    }
  if (ocg_credentials_has_profile (service->credentials, provider, profile))
    return TRUE;
  g_set_error (error, OCG_ERROR, OCG_ERROR_NOT_FOUND,
               _ ("There is no profile %s. See: openclawctl models auth list"), profile);
  return FALSE;
}

/* The members of auth.order of openclaw.json that are about @provider, as they are written. */
static GStrv
find_written (OcgService *service, OcgProvider *provider)
{
  static const char *const path[] = { "auth", "order", NULL };
  g_autoptr (JsonNode) node = ocg_config_dup_value (service->config, path);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  JsonObjectIter iter;
  const char *name;

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    {
      json_object_iter_init_ordered (&iter, json_node_get_object (node));
      while (json_object_iter_next_ordered (&iter, &name, NULL))
        if (ocg_provider_is_named (provider, name))
          g_strv_builder_add (names, name);
    }
  return g_strv_builder_end (names);
}

/* (nullable) NULL for an empty list */
static JsonNode *
make_list (const char *const *profiles)
{
  JsonArray *array;
  JsonNode *node;

  if (profiles[0] == NULL)
    return NULL;
  array = json_array_new ();
  for (guint i = 0; profiles[i] != NULL; i++)
    json_array_add_string_element (array, profiles[i]);
  node = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (node, array);
  return node;
}

static void
add_edit (GPtrArray *edits, const char *member, JsonNode *value)
{
  const char *const path[] = { "auth", "order", member, NULL };

  g_ptr_array_add (edits, ocg_config_edit_new (path, value));
}

/* One member is left, where there was one, under the name that it had. */
static void
write_order (OcgManagedCall *call, OcgProvider *provider)
{
  const Order *order = call->data;
  g_auto (GStrv) names = find_written (call->service, provider);
  g_autoptr (GPtrArray) edits
      = g_ptr_array_new_with_free_func ((GDestroyNotify) ocg_config_edit_free);
  const OcgConfigWrite write = { .id = OCG_CONFIG_OPENCLAW, .edits = edits };

  for (guint i = 1; names[0] != NULL && names[i] != NULL; i++)
    add_edit (edits, names[i], NULL);
  if (names[0] != NULL || order->profiles[0] != NULL)
    add_edit (edits, names[0] != NULL ? names[0] : provider->id,
              make_list ((const char *const *) order->profiles));
  if (edits->len == 0)
    ocg_managed_call_return (call, NULL);
  else
    ocg_config_write_async (call->service->config, &write, NULL, ocg_managed_call_written, call);
}

static void
set_order (OcgManagedCall *call)
{
  const Order *order = call->data;
  OcgProvider *provider = ocg_catalog_find_provider (
      ocg_engine_get_catalog (call->service->engine), order->provider);
  g_autoptr (GError) error = NULL;

  if (provider == NULL)
    g_set_error (&error, OCG_ERROR, OCG_ERROR_PROVIDER_NOT_CONFIGURED,
                 _ ("There is no provider “%s”. See: openclawctl models list --all"),
                 order->provider);
  for (guint i = 0; error == NULL && order->profiles[i] != NULL; i++)
    check_profile (call->service, provider, (const char *const *) order->profiles, i, &error);
  if (error != NULL)
    ocg_managed_call_return_error (call, error);
  else
    write_order (call, provider);
}

void
ocg_profile_calls_set_order (OcgService *service, GDBusMethodInvocation *invocation,
                             GVariant *options, gpointer owner, const char *provider,
                             const char *const *profiles)
{
  Order *order = g_new0 (Order, 1);

  order->provider = g_strdup (provider);
  order->profiles = g_strdupv ((GStrv) profiles);
  ocg_service_manage (service, invocation, options, owner, order, (GDestroyNotify) order_free,
                      set_order);
}

static void
clear_cooldown (OcgManagedCall *call)
{
  const char *profile = call->data;
  OcgCatalog *catalog = ocg_engine_get_catalog (call->service->engine);
  g_autofree char *id = g_strndup (profile, strcspn (profile, ":"));
  OcgProvider *provider = ocg_catalog_find_provider (catalog, id);
  g_autoptr (GError) error = NULL;

  if (*profile != '\0'
      && (provider == NULL
          || !ocg_credentials_has_profile (call->service->credentials, provider, profile)))
    {
      g_set_error (&error, OCG_ERROR, OCG_ERROR_NOT_FOUND,
                   _ ("There is no profile %s. See: openclawctl models auth list"), profile);
      ocg_managed_call_return_error (call, error);
      return;
    }
  ocg_credentials_clear_cooldown (call->service->credentials, *profile != '\0' ? profile : NULL);
  ocg_managed_call_return (call, NULL);
}

void
ocg_profile_calls_clear_cooldown (OcgService *service, GDBusMethodInvocation *invocation,
                                  GVariant *options, gpointer owner, const char *profile)
{
  ocg_service_manage (service, invocation, options, owner, g_strdup (profile), g_free,
                      clear_cooldown);
}

/* It is gone, whatever the file says. */
static void
order_written (GObject *config, GAsyncResult *result, gpointer user_data)
{
  OcgManagedCall *call = user_data;
  g_autoptr (GError) error = NULL;

  if (!ocg_config_write_finish (OCG_CONFIG (config), result, &error))
    g_info ("%s stays in auth.order: %s", (const char *) call->data, error->message);
  ocg_managed_call_return (call, NULL);
}

/* Takes @profile out of the member @name of auth.order, and an empty list with it. */
static void
add_removals (OcgService *service, GPtrArray *edits, const char *name, const char *profile)
{
  const char *const path[] = { "auth", "order", name, NULL };
  g_autoptr (JsonNode) node = ocg_config_dup_value (service->config, path);
  JsonArray *array
      = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint length = array != NULL ? json_array_get_length (array) : 0;
  guint first = edits->len;

  /* From the end, so that the numbers before stay right. */
  for (guint i = length; i > 0; i--)
    {
      JsonNode *element = json_array_get_element (array, i - 1);
      g_autofree char *number = g_strdup_printf ("%u", i - 1);
      const char *const place[] = { "auth", "order", name, number, NULL };

      if (json_node_get_value_type (element) == G_TYPE_STRING
          && g_str_equal (json_node_get_string (element), profile))
        g_ptr_array_add (edits, ocg_config_edit_new (place, NULL));
    }
  if (length == 0 || edits->len - first < length)
    return;
  g_ptr_array_set_size (edits, (gint) first);
  g_ptr_array_add (edits, ocg_config_edit_new (path, NULL));
}

static void
remove_from_order (OcgManagedCall *call)
{
  OcgService *service = call->service;
  g_autofree char *id = g_strndup (call->data, strcspn (call->data, ":"));
  OcgProvider *provider = ocg_catalog_find_provider (ocg_engine_get_catalog (service->engine), id);
  g_auto (GStrv) names = provider != NULL ? find_written (service, provider) : NULL;
  g_autoptr (GPtrArray) edits
      = g_ptr_array_new_with_free_func ((GDestroyNotify) ocg_config_edit_free);
  /* The numbers are those of the file as it was read. */
  const OcgConfigWrite write
      = { .id = OCG_CONFIG_OPENCLAW,
          .edits = edits,
          .if_hash = ocg_config_get_hash (service->config, OCG_CONFIG_OPENCLAW) };

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    add_removals (service, edits, names[i], call->data);
  if (edits->len == 0)
    ocg_managed_call_return (call, NULL);
  else
    ocg_config_write_async (service->config, &write, NULL, order_written, call);
}

static void
removed (GObject *keyring, GAsyncResult *result, gpointer user_data)
{
  OcgManagedCall *call = user_data;
  OCG_LOCALE_SCOPE (call->locale);
  g_autoptr (GError) error = NULL;

  if (!ocg_keyring_remove_finish (OCG_KEYRING (keyring), result, &error))
    {
      ocg_credential_args_return_keyring_error (call, call->data, error);
      return;
    }
  ocg_credentials_clear_cooldown (call->service->credentials, call->data);
  remove_from_order (call);
}

static void
remove_credential (OcgManagedCall *call)
{
  g_autoptr (GError) error = NULL;

  if (ocg_credential_args_is_profile (call->data))
    {
      ocg_keyring_remove_async (call->service->keyring, call->data, NULL, removed, call);
      return;
    }
  ocg_options_fail (&error, "", "profile", _ ("must be provider:name, such as minimax:default."));
  ocg_managed_call_return_error (call, error);
}

void
ocg_profile_calls_remove (OcgService *service, GDBusMethodInvocation *invocation, GVariant *options,
                          gpointer owner, const char *profile)
{
  ocg_service_manage (service, invocation, options, owner, g_strdup (profile), g_free,
                      remove_credential);
}
