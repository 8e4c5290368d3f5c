/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-provider.h"

#include <glib/gi18n.h>
#include <string.h>

#include "../config/ocg-config-path.h"
#include "ocg-base-url.h"
#include "ocg-error.h"
#include "ocg-fields.h"

#define DEFAULT_API "openai-completions"

/* What OpenClaw writes in the place of a key after a login; never a key. */
#define LOGIN_PLACEHOLDER "minimax-oauth"

static const struct
{
  const char *host;
  const char *family;
} known_hosts[] = {
  { "api.minimax.io", "minimax" },     { "api.minimaxi.com", "minimax" },
  { "api.minimax.chat", "minimax" },   { "api.anthropic.com", "anthropic" },
  { "api.openai.com", "openai" },
};

static const char *
family_of_origin (const char *origin)
{
  const char *host = strstr (origin, "://") + 3;

  for (guint i = 0; i < G_N_ELEMENTS (known_hosts); i++)
    {
      gsize length = strlen (known_hosts[i].host);

      if (strncmp (host, known_hosts[i].host, length) == 0 && host[length] == ':')
        return known_hosts[i].family;
    }
  return "";
}

static const char *
family_of_id (const char *id)
{
  if (g_str_has_prefix (id, "minimax"))
    return "minimax";
  return g_str_equal (id, "anthropic") || g_str_equal (id, "openai") ? id : "";
}

/* Returns the wire API that a pasted endpoint told, or NULL. */
static const char *
read_base_url (OcgProvider *self, OcgFields *fields, OcgProvider *base)
{
  g_autofree char *text = ocg_fields_dup_string (fields, "baseUrl", NULL);
  g_autofree char *missing = NULL;
  g_autofree char *message = NULL;
  g_autoptr (GError) error = NULL;
  const char *api = NULL;

  if (text == NULL)
    {
      self->base_url = base != NULL ? g_strdup (base->base_url) : NULL;
      if (self->base_url == NULL)
        ocg_fields_fail (fields, "baseUrl",
                         _ ("this is missing; it must be the URL of the provider's server"));
      return NULL;
    }
  missing = ocg_fields_find_variable (text);
  if (missing != NULL)
    {
      message = g_strdup_printf (
          /* TRANSLATORS: %s is the name of an environment variable */
          _ ("the environment variable “%s” is not set; set it, or remove it from here"), missing);
      ocg_fields_fail (fields, "baseUrl", message);
      return NULL;
    }
  self->base_url = ocg_base_url_normalize (text, &api, &error);
  if (self->base_url == NULL)
    ocg_fields_fail (fields, "baseUrl", error->message);
  return api;
}

static void
read_api (OcgProvider *self, OcgFields *fields, OcgProvider *base, const char *endpoint_api)
{
  const char *usual = DEFAULT_API;

  if (endpoint_api != NULL)
    usual = endpoint_api;
  else if (base != NULL && base->api != NULL)
    usual = base->api;
  else if (self->base_url != NULL && g_str_has_suffix (self->base_url, "/anthropic"))
    usual = "anthropic-messages";
  self->api = ocg_fields_dup_string (fields, "api", usual);
  if (*self->api == '\0')
    ocg_fields_fail (fields, "api", _ ("this must name a wire API, such as anthropic-messages"));
}

static void
read_api_key (OcgProvider *self, OcgFields *fields)
{
  self->api_key = ocg_fields_dup_string (fields, "apiKey", NULL);
  if (self->api_key == NULL)
    return;
  g_strchomp (self->api_key);
  self->missing_variable = ocg_fields_find_variable (self->api_key);
  if (self->missing_variable != NULL || *self->api_key == '\0'
      || g_str_equal (self->api_key, LOGIN_PLACEHOLDER))
    g_clear_pointer (&self->api_key, g_free);
}

/* The fields that only data files have. */
static void
read_identity (OcgProvider *self, OcgFields *own, OcgProvider *base)
{
  const char *const none[] = { NULL };
  JsonArray *groups = ocg_fields_get_array (own, "origins");

  self->name = ocg_fields_dup_string (
      own, "name", base != NULL && base->name != NULL ? base->name : self->id);
  self->env_keys = ocg_fields_dup_strings (
      own, "envKeys", base != NULL ? (const char *const *) base->env_keys : none);
  if (groups == NULL && base != NULL)
    groups = base->origin_groups;
  self->origin_groups = groups != NULL ? json_array_ref (groups) : NULL;
  self->family = ocg_fields_dup_string (own, "family", base != NULL ? base->family : "");
  if (*self->family == '\0')
    {
      const char *family = family_of_id (self->id);

      g_free (self->family);
      self->family = g_strdup (*family != '\0' ? family : family_of_origin (self->origin));
    }
}

/* @group: origins that count as one. Returns them, ours first, when ours is among them. */
static GStrv
read_group (OcgProvider *self, OcgFields *own, JsonNode *group)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (group) ? json_node_get_array (group) : NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  gboolean ours = FALSE;

  g_strv_builder_add (builder, self->origin);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      g_autofree char *origin = NULL;

      if (json_node_get_value_type (node) == G_TYPE_STRING)
        origin = ocg_base_url_get_origin (json_node_get_string (node));
      if (origin == NULL)
        ocg_fields_fail (own, "origins", _ ("this must hold lists of URLs"));
      else if (g_str_equal (origin, self->origin))
        ours = TRUE;
      else
        g_strv_builder_add (builder, origin);
    }
  if (array == NULL)
    ocg_fields_fail (own, "origins", _ ("this must hold lists of URLs"));
  return ours ? g_strv_builder_end (builder) : NULL;
}

/* A key that is bound to one of the built-in origins must not follow a baseUrl to another place:
 * only a group that our origin is in counts. */
static void
read_origins (OcgProvider *self, OcgFields *own)
{
  const char *const alone[] = { self->origin, NULL };
  guint length = self->origin_groups != NULL ? json_array_get_length (self->origin_groups) : 0;

  for (guint i = 0; i < length; i++)
    {
      GStrv group = read_group (self, own, json_array_get_element (self->origin_groups, i));

      if (self->origins == NULL)
        self->origins = g_steal_pointer (&group);
      g_strfreev (group);
    }
  if (self->origins == NULL)
    self->origins = g_strdupv ((GStrv) alone);
}

static void
read_auth_header (OcgProvider *self, OcgFields *fields, OcgProvider *base)
{
  gboolean anthropic = g_str_equal (self->api, "anthropic-messages")
                       && (g_str_equal (self->family, "anthropic")
                           || g_str_equal (family_of_origin (self->origin), "anthropic"));
  gboolean bearer = !anthropic;

  if (base != NULL && base->api != NULL && g_str_equal (base->api, self->api))
    bearer = base->auth_header == OCG_AUTH_BEARER;
  bearer = ocg_fields_get_boolean (fields, "authHeader", bearer);
  /* x-api-key is a header of this API only, and MiniMax refuses it there. */
  if (!g_str_equal (self->api, "anthropic-messages") || g_str_equal (self->family, "minimax")
      || g_str_equal (family_of_origin (self->origin), "minimax"))
    bearer = TRUE;
  self->auth_header = bearer ? OCG_AUTH_BEARER : OCG_AUTH_X_API_KEY;
}

/* Everything that needs to know where the server is. */
static void
read_about_server (OcgProvider *self, OcgFields *fields, OcgFields *own, OcgProvider *base)
{
  gboolean key_given = json_object_has_member (fields->json, "apiKey");

  self->origin = ocg_base_url_get_origin (self->base_url);
  self->local = ocg_base_url_is_loopback (self->base_url);
  read_identity (self, own, base);
  read_origins (self, own);
  read_auth_header (self, fields, base);
  self->needs_key = ocg_fields_get_boolean (
      own, "needsKey",
      base != NULL && base->base_url != NULL ? base->needs_key : !self->local || key_given);
}

OcgProvider *
ocg_provider_new_from_json (const char *id, JsonObject *json, OcgProvider *base,
                            gboolean in_config, GError **error)
{
  g_autoptr (OcgProvider) self = g_new0 (OcgProvider, 1);
  g_autoptr (JsonObject) nothing = json_object_new ();
  g_autofree char *path = ocg_config_path_join ("models.providers", id);
  OcgFields fields = { json, path, NULL };
  /* openclaw.json has no fields of ours: OpenClaw refuses keys that it does not know. */
  OcgFields own = { in_config ? nothing : json, path, NULL };
  const char *endpoint_api = NULL;

  self->ref_count = 1;
  self->id = g_strdup (id);
  self->in_config = in_config;
  endpoint_api = read_base_url (self, &fields, base);
  read_api (self, &fields, base, endpoint_api);
  read_api_key (self, &fields);
  self->headers = ocg_fields_dup_headers (&fields, "headers", base != NULL ? base->headers : NULL);
  self->timeout_seconds = (guint) MIN (
      ocg_fields_get_count (&fields, "timeoutSeconds", base != NULL ? base->timeout_seconds : 0),
      G_MAXUINT);
  if (self->base_url != NULL)
    read_about_server (self, &fields, &own, base);

  if (!ocg_fields_finish (&fields, error))
    {
      g_clear_error (&own.error);
      return NULL;
    }
  return ocg_fields_finish (&own, error) ? g_steal_pointer (&self) : NULL;
}

OcgProvider *
ocg_provider_new_identity (OcgProvider *full)
{
  OcgProvider *self = g_new0 (OcgProvider, 1);

  self->ref_count = 1;
  self->id = g_strdup (full->id);
  self->family = g_strdup (full->family);
  self->env_keys = g_strdupv (full->env_keys);
  return self;
}

OcgProvider *
ocg_provider_ref (OcgProvider *self)
{
  g_atomic_int_inc (&self->ref_count);
  return self;
}

void
ocg_provider_unref (OcgProvider *self)
{
  if (!g_atomic_int_dec_and_test (&self->ref_count))
    return;
  if (self->api_key != NULL)
    explicit_bzero (self->api_key, strlen (self->api_key));
  g_free (self->api_key);
  g_free (self->id);
  g_free (self->name);
  g_free (self->base_url);
  g_free (self->origin);
  g_strfreev (self->origins);
  g_clear_pointer (&self->origin_groups, json_array_unref);
  g_free (self->api);
  g_free (self->family);
  g_strfreev (self->env_keys);
  g_free (self->missing_variable);
  g_clear_pointer (&self->headers, g_hash_table_unref);
  g_free (self);
}

gboolean
ocg_provider_accepts_origin (OcgProvider *self, const char *origin)
{
  g_autofree char *full = origin != NULL ? ocg_base_url_get_origin (origin) : NULL;

  return full != NULL && g_strv_contains ((const char *const *) self->origins, full);
}

char *
ocg_provider_normalize_id (const char *id)
{
  char *lower = g_ascii_strdown (id, -1);

  if (g_str_equal (lower, "z.ai") || g_str_equal (lower, "z-ai"))
    {
      g_free (lower);
      return g_strdup ("zai");
    }
  return lower;
}
