/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-login-plan.h"

#include <string.h>

#include "../catalog/ocg-base-url.h"
#include "../wire/ocg-json.h"

#define DEVICE_GRANT "urn:ietf:params:oauth:grant-type:device_code"

static JsonObject *
get_login (OcgProvider *provider)
{
  if (provider->login == NULL || !JSON_NODE_HOLDS_OBJECT (provider->login))
    return NULL;
  return json_node_get_object (provider->login);
}

/* The entry of @region in "regions" of the provider. (nullable) */
static JsonObject *
get_region (OcgProvider *provider, const char *region)
{
  if (provider->regions == NULL || !JSON_NODE_HOLDS_OBJECT (provider->regions))
    return NULL;
  return ocg_json_get_object (json_node_get_object (provider->regions), region);
}

gboolean
ocg_login_plan_exists (OcgProvider *provider)
{
  g_auto (GStrv) regions = ocg_login_plan_list_regions (provider);

  return regions[0] != NULL;
}

GStrv
ocg_login_plan_list_regions (OcgProvider *provider)
{
  JsonObject *regions = ocg_json_get_object (get_login (provider), "regions");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonObjectIter iter;
  const char *name = NULL;

  if (regions == NULL)
    return g_strv_builder_end (builder);
  json_object_iter_init_ordered (&iter, regions);
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    {
      JsonObject *region = ocg_json_get_object (regions, name);

      if (ocg_json_get_string (region, "codeUrl") != NULL
          && ocg_json_get_string (region, "tokenUrl") != NULL)
        g_strv_builder_add (builder, name);
    }
  return g_strv_builder_end (builder);
}

static GHashTable *
new_hosts (JsonObject *object)
{
  GHashTable *hosts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  JsonObjectIter iter;
  const char *name = NULL;

  if (object == NULL)
    return hosts;
  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, NULL))
    if (ocg_json_get_string (object, name) != NULL)
      g_hash_table_insert (hosts, g_ascii_strdown (name, -1),
                           g_strdup (ocg_json_get_string (object, name)));
  return hosts;
}

/* The origins that count as that of its base_url and that a trusted file names. */
static GStrv
list_trusted (OcgLoginPlan *self, OcgProvider *provider)
{
  g_autofree char *own = ocg_base_url_get_origin (self->base_url);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  GPtrArray *groups = provider->origin_groups;

  for (guint i = 0; own != NULL && groups != NULL && i < groups->len; i++)
    {
      GStrv group = g_ptr_array_index (groups, i);

      if (g_strv_contains ((const char *const *) group, own))
        g_strv_builder_addv (builder, (const char **) group);
    }
  if (own != NULL && provider->trusted_origins != NULL
      && g_ptr_array_find_with_equal_func (provider->trusted_origins, own, g_str_equal, NULL))
    g_strv_builder_add (builder, own);
  return g_strv_builder_end (builder);
}

static GStrv
list_origins (OcgLoginPlan *self)
{
  const char *urls[] = { self->base_url, self->code_url, self->token_url, self->legacy_code_url,
                         self->legacy_token_url };
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < G_N_ELEMENTS (urls); i++)
    {
      g_autofree char *origin = urls[i] != NULL ? ocg_base_url_get_origin (urls[i]) : NULL;

      if (origin != NULL)
        g_strv_builder_add (builder, origin);
    }
  g_strv_builder_addv (builder, (const char **) self->trusted);
  return g_strv_builder_end (builder);
}

static void
read_login (OcgLoginPlan *self, JsonObject *login)
{
  gint64 interval = 0;

  self->id = g_strdup (ocg_json_get_string (login, "id"));
  self->plugin = g_strdup (ocg_json_get_string (login, "plugin"));
  self->dialect = g_strcmp0 (ocg_json_get_string (login, "dialect"), "minimax") == 0
                      ? OCG_LOGIN_MINIMAX
                      : OCG_LOGIN_RFC8628;
  self->client_id = g_strdup (ocg_json_get_string (login, "clientId"));
  self->scope = g_strdup (ocg_json_get_string (login, "scope"));
  self->grant_type = g_strdup (ocg_json_get_string (login, "grantType"));
  self->pkce = g_strcmp0 (ocg_json_get_string (login, "pkce"), "S256") == 0;
  ocg_json_get_boolean (login, "state", &self->state);
  if (ocg_json_get_int (login, "pollIntervalMs", &interval))
    self->interval_ms = (guint) CLAMP (interval, 0, G_MAXINT);
  if (self->id == NULL)
    self->id = g_strdup (self->provider);
  if (self->scope == NULL)
    self->scope = g_strdup ("");
  if (self->grant_type == NULL)
    self->grant_type = g_strdup (DEVICE_GRANT);
}

static void
read_region (OcgLoginPlan *self, OcgProvider *provider, JsonObject *region, const char *name)
{
  JsonObject *place = get_region (provider, name);
  const char *base_url = ocg_json_get_string (place, "baseUrl");

  self->region = place != NULL ? g_strdup (name) : NULL;
  self->base_url = g_strdup (base_url != NULL ? base_url : provider->base_url);
  self->code_url = g_strdup (ocg_json_get_string (region, "codeUrl"));
  self->token_url = g_strdup (ocg_json_get_string (region, "tokenUrl"));
  self->legacy_code_url = g_strdup (ocg_json_get_string (region, "legacyCodeUrl"));
  self->legacy_token_url = g_strdup (ocg_json_get_string (region, "legacyTokenUrl"));
  self->verification_hosts = new_hosts (ocg_json_get_object (region, "verificationHosts"));
  self->trusted = list_trusted (self, provider);
  self->origins = list_origins (self);
}

/* A login at the company's own server must not hand its token to one that only a file of less trust
 * names; nor is anything sent that everybody on the way can read. */
static gboolean
is_sound (OcgLoginPlan *self)
{
  const char *const *trusted = (const char *const *) self->trusted;
  g_autofree char *base = ocg_base_url_get_origin (self->base_url);
  g_autofree char *token = ocg_base_url_get_origin (self->token_url);

  return self->client_id != NULL && ocg_login_plan_accepts_url (self, self->base_url)
         && ocg_login_plan_accepts_url (self, self->code_url)
         && ocg_login_plan_accepts_url (self, self->token_url)
         && (!g_strv_contains (trusted, token) || g_strv_contains (trusted, base));
}

OcgLoginPlan *
ocg_login_plan_new (OcgProvider *provider, const char *region)
{
  g_autoptr (OcgLoginPlan) self = NULL;
  g_auto (GStrv) regions = ocg_login_plan_list_regions (provider);
  JsonObject *login = get_login (provider);

  if (region == NULL && g_strv_length (regions) == 1)
    region = regions[0];
  if (region == NULL || !g_strv_contains ((const char *const *) regions, region))
    return NULL;
  self = g_new0 (OcgLoginPlan, 1);
  self->ref_count = 1;
  self->provider = g_strdup (provider->id);
  read_login (self, login);
  read_region (self, provider,
               ocg_json_get_object (ocg_json_get_object (login, "regions"), region), region);
  return is_sound (self) ? g_steal_pointer (&self) : NULL;
}

OcgLoginPlan *
ocg_login_plan_ref (OcgLoginPlan *self)
{
  self->ref_count++;
  return self;
}

void
ocg_login_plan_unref (OcgLoginPlan *self)
{
  if (--self->ref_count > 0)
    return;
  g_free (self->id);
  g_free (self->provider);
  g_free (self->plugin);
  g_free (self->region);
  g_free (self->client_id);
  g_free (self->scope);
  g_free (self->grant_type);
  g_free (self->code_url);
  g_free (self->token_url);
  g_free (self->legacy_code_url);
  g_free (self->legacy_token_url);
  g_clear_pointer (&self->verification_hosts, g_hash_table_unref);
  g_free (self->base_url);
  g_strfreev (self->origins);
  g_strfreev (self->trusted);
  g_free (self);
}

gboolean
ocg_login_plan_accepts_url (OcgLoginPlan *self, const char *url)
{
  g_autofree char *origin = ocg_base_url_get_origin (url);

  if (origin == NULL || !g_strv_contains ((const char *const *) self->origins, origin))
    return FALSE;
  return g_str_has_prefix (origin, "https://") || ocg_base_url_is_loopback (url);
}

gboolean
ocg_login_plan_may_have (OcgLoginPlan *self, const char *endpoint, const char *url)
{
  g_autofree char *origin = ocg_base_url_get_origin (url);
  const char *const *trusted = (const char *const *) self->trusted;

  if (!ocg_login_plan_accepts_url (self, url))
    return FALSE;
  if (endpoint != NULL && g_str_equal (endpoint, origin))
    return TRUE;
  return g_strv_contains (trusted, origin)
         && (endpoint == NULL || g_strv_contains (trusted, endpoint));
}
