/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What follows from where a provider's server is. */

#include <string.h>

#include "ocg-base-url.h"
#include "ocg-provider-draft.h"

#define DEFAULT_API "openai-completions"

/* Takes keys as Anthropic does when it is spoken to like that. */
#define KIMI_ORIGIN "https://api.kimi.com:443"

static const struct
{
  const char *host;
  const char *family;
  const char *class;
} known_hosts[] = {
  { "api.minimax.io", "minimax", "global" },     { "api.minimaxi.com", "minimax", "cn" },
  { "api.minimax.chat", "minimax", "cn" },       { "api.anthropic.com", "anthropic", "global" },
  { "api.openai.com", "openai", "global" },      { "api.deepseek.com", "", "cn" },
};

/* G_N_ELEMENTS (known_hosts) for a host that is not known. */
static guint
find_host (const char *origin)
{
  const char *host = strstr (origin, "://") + 3;
  guint i = 0;

  for (; i < G_N_ELEMENTS (known_hosts); i++)
    {
      gsize length = strlen (known_hosts[i].host);

      if (strncmp (host, known_hosts[i].host, length) == 0 && host[length] == ':')
        break;
    }
  return i;
}

static const char *
family_of_origin (const char *origin)
{
  guint i = find_host (origin);

  return i < G_N_ELEMENTS (known_hosts) ? known_hosts[i].family : "";
}

static const char *
family_of_id (const char *id)
{
  if (g_str_has_prefix (id, "minimax"))
    return "minimax";
  return g_str_equal (id, "anthropic") || g_str_equal (id, "openai") ? id : "";
}

/* What the user says, the data, the id, the host. */
static void
place_family (OcgProviderDraft *draft)
{
  OcgProvider *out = draft->out;
  const char *family = draft->sources->family != NULL ? draft->sources->family : out->family;
  char *chosen = NULL;

  if (family == NULL || *family == '\0')
    family = family_of_id (out->id);
  if (*family == '\0')
    family = family_of_origin (out->origin);
  chosen = g_strdup (family);
  g_free (out->family);
  out->family = chosen;
}

/* The class of the region that the server is in, or NULL. */
static const char *
class_of_region (OcgProvider *out)
{
  JsonObjectIter iter;
  JsonNode *node = NULL;

  if (out->regions == NULL)
    return NULL;
  json_object_iter_init (&iter, json_node_get_object (out->regions));
  while (json_object_iter_next (&iter, NULL, &node))
    {
      JsonObject *region = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      g_autofree char *origin = NULL;

      if (region == NULL)
        continue;
      origin = ocg_base_url_get_origin (
          json_object_get_string_member_with_default (region, "baseUrl", ""));
      if (g_strcmp0 (origin, out->origin) == 0)
        return json_object_get_string_member_with_default (region, "class", NULL);
    }
  return NULL;
}

static const char *
class_of_origin (const char *origin)
{
  guint i = find_host (origin);
  const char *port = strrchr (origin, ':');

  if (i < G_N_ELEMENTS (known_hosts))
    return known_hosts[i].class;
  return port - origin > 3 && strncmp (port - 3, ".cn", 3) == 0 ? "cn" : "global";
}

/* What the data say of a server does not hold for another one that has taken its place. */
static void
place_class (OcgProviderDraft *draft)
{
  OcgProvider *out = draft->out;
  const char *class = draft->sources->class;

  out->class_is_chosen = class != NULL;
  if (class == NULL && out->local)
    class = "local";
  if (class == NULL)
    class = class_of_region (out);
  if (class == NULL && out->class != NULL
      && (out->class_origin == NULL || g_str_equal (out->class_origin, out->origin)))
    class = out->class;
  if (class == NULL)
    class = class_of_origin (out->origin);
  if (class == out->class)
    return;
  g_free (out->class);
  out->class = g_strdup (class);
}

static void
place_api (OcgProviderDraft *draft)
{
  OcgProvider *out = draft->out;
  const char *api = draft->endpoint_api;

  if (api == NULL && out->api != NULL)
    return;
  if (api == NULL)
    api = g_str_has_suffix (out->base_url, "/anthropic") ? "anthropic-messages" : DEFAULT_API;
  g_free (out->api);
  out->api = g_strdup (api);
}

/* The members of @group, our origin first, when it is among them. */
static GStrv
join_group (OcgProvider *out, GStrv group)
{
  g_autoptr (GStrvBuilder) builder = NULL;

  if (!g_strv_contains ((const char *const *) group, out->origin))
    return NULL;
  builder = g_strv_builder_new ();
  g_strv_builder_add (builder, out->origin);
  for (guint i = 0; group[i] != NULL; i++)
    if (!g_str_equal (group[i], out->origin))
      g_strv_builder_add (builder, group[i]);
  return g_strv_builder_end (builder);
}

/* A key that is bound to one of the built-in origins must not follow a baseUrl to another place:
 * only a group that our origin is in counts. */
static void
place_origins (OcgProviderDraft *draft)
{
  OcgProvider *out = draft->out;
  const char *const alone[] = { out->origin, NULL };
  GPtrArray *groups = out->origin_groups;

  for (guint i = 0; groups != NULL && i < groups->len && out->origins == NULL; i++)
    out->origins = join_group (out, groups->pdata[i]);
  if (out->origins == NULL)
    out->origins = g_strdupv ((GStrv) alone);
}

static void
place_auth_header (OcgProviderDraft *draft)
{
  OcgProvider *out = draft->out;
  OcgProvider *base = draft->sources->base;
  const char *origin_family = family_of_origin (out->origin);
  gboolean is_messages = g_str_equal (out->api, "anthropic-messages");
  gboolean bearer = !is_messages
                    || (!g_str_equal (out->family, "anthropic")
                        && !g_str_equal (origin_family, "anthropic")
                        && !g_str_equal (out->origin, KIMI_ORIGIN));

  if (base != NULL && base->api != NULL && g_str_equal (base->api, out->api))
    bearer = base->auth_header == OCG_AUTH_BEARER;
  if (draft->bearer != OCG_UNSAID)
    bearer = draft->bearer == OCG_SAID_YES;
  /* x-api-key is a header of this API only, and MiniMax refuses it there. */
  if (!is_messages || g_str_equal (out->family, "minimax")
      || g_str_equal (origin_family, "minimax"))
    bearer = TRUE;
  out->auth_header = bearer ? OCG_AUTH_BEARER : OCG_AUTH_X_API_KEY;
}

void
ocg_provider_draft_place (OcgProviderDraft *draft)
{
  OcgProvider *out = draft->out;
  OcgProvider *base = draft->sources->base;

  out->origin = ocg_base_url_get_origin (out->base_url);
  out->local = ocg_base_url_is_loopback (out->base_url);
  if (out->name == NULL)
    out->name = g_strdup (out->id);
  place_api (draft);
  place_family (draft);
  place_class (draft);
  place_origins (draft);
  place_auth_header (draft);
  if (draft->needs_key != OCG_UNSAID)
    out->needs_key = draft->needs_key == OCG_SAID_YES;
  else if (base != NULL && base->base_url != NULL)
    out->needs_key = base->needs_key;
  else
    out->needs_key = !out->local || draft->key_given;
}

/* Everything that does not follow from where the server is. */
static OcgProvider *
copy_identity (OcgProvider *self)
{
  OcgProvider *copy = g_new0 (OcgProvider, 1);

  copy->ref_count = 1;
  copy->id = g_strdup (self->id);
  copy->name = g_strdup (self->name);
  copy->aliases = g_strdupv (self->aliases);
  copy->api = g_strdup (self->api);
  copy->family = g_strdup (self->family);
  copy->class = g_strdup (self->class);
  copy->class_origin = g_strdup (self->class_origin);
  copy->env_keys = g_strdupv (self->env_keys);
  copy->api_key = g_strdup (self->api_key);
  copy->missing_variable = g_strdup (self->missing_variable);
  copy->in_config = self->in_config;
  copy->headers = self->headers != NULL ? g_hash_table_ref (self->headers) : NULL;
  copy->timeout_seconds = self->timeout_seconds;
  copy->docs = g_strdup (self->docs);
  copy->keys_url = g_strdup (self->keys_url);
  copy->regions = self->regions != NULL ? json_node_ref (self->regions) : NULL;
  copy->auth_choices = self->auth_choices != NULL ? json_node_ref (self->auth_choices) : NULL;
  copy->login = self->login != NULL ? json_node_ref (self->login) : NULL;
  copy->quota = self->quota != NULL ? json_node_ref (self->quota) : NULL;
  copy->origin_groups
      = self->origin_groups != NULL ? g_ptr_array_ref (self->origin_groups) : NULL;
  copy->trusted_origins = g_ptr_array_ref (self->trusted_origins);
  return copy;
}

OcgProvider *
ocg_provider_new_at (OcgProvider *self, const char *base_url)
{
  OcgProvider *copy = copy_identity (self);
  const OcgProviderSources sources = { .id = self->id, .base = self, .family = self->family,
                                       .class = self->class_is_chosen ? self->class : NULL };
  OcgProviderDraft draft = { .sources = &sources, .out = copy, .bearer = OCG_UNSAID,
                             .needs_key = OCG_UNSAID };

  copy->base_url = g_strdup (base_url);
  copy->follows_regions = self->follows_regions;
  copy->is_led_astray = self->is_led_astray;
  ocg_provider_draft_place (&draft);
  return copy;
}
