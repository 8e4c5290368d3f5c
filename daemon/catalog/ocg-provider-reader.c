/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-provider-reader.h"

#include <glib/gi18n.h>
#include <string.h>

#include "../config/ocg-config-path.h"
#include "../config/ocg-replace.h"
#include "../config/ocg-wipe.h"
#include "ocg-base-url.h"
#include "ocg-fields.h"
#include "ocg-provider-draft.h"

/* What OpenClaw writes in the place of a key after a login; never a key. */
#define LOGIN_PLACEHOLDER "minimax-oauth"

static const char *const spoken_apis[]
    = { "anthropic-messages", "openai-completions", "openai-responses", NULL };

/* Those of OpenClaw. */
static const char *const other_apis[] = {
  "azure-openai-responses", "bedrock-converse-stream", "github-copilot", "google-gemini-cli",
  "google-generative-ai", "google-vertex", "mistral-conversations", "ollama",
  "openai-chatgpt-responses", "openai-codex-responses", NULL,
};

static const char *const kinds_of_auth[] = { "api-key", "oauth", "token", NULL };

char *
ocg_provider_read_api (OcgFields *fields)
{
  JsonNode *node = json_object_get_member (fields->json, "api");
  const char *api = node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
                        ? json_node_get_string (node)
                        : NULL;
  g_autofree char *message = NULL;

  if (api == NULL || !g_strv_contains (other_apis, api))
    return ocg_fields_dup_word (fields, "api", spoken_apis, NULL);
  /* TRANSLATORS: %s is the name of a wire API, such as google-generative-ai. */
  message = g_strdup_printf (_ ("%s is not supported; requests that need it fail"), api);
  ocg_fields_note (fields, OCG_SEVERITY_WARNING, "api", message, NULL);
  return g_strdup (api);
}

char *
ocg_provider_entry_get_path (const OcgProviderEntry *entry)
{
  return ocg_config_path_join ("models.providers", entry->name);
}

gboolean
ocg_provider_entry_is_openclaw (const OcgProviderEntry *entry)
{
  return entry->layer != NULL && entry->layer->kind >= OCG_LAYER_MODELS_JSON;
}

gboolean
ocg_provider_entry_is_trusted (const OcgProviderEntry *entry)
{
  return entry->layer == NULL
         || (entry->layer->kind != OCG_LAYER_USER && entry->layer->kind != OCG_LAYER_MODELS_JSON
             && entry->layer->kind != OCG_LAYER_LOGINS);
}

gboolean
ocg_provider_entry_follows_regions (const OcgProviderEntry *entry)
{
  return entry->layer == NULL || entry->layer->kind <= OCG_LAYER_ADMIN
         || entry->layer->kind == OCG_LAYER_LOGINS;
}

/* Whether a variable, which may hold a secret, is in the URL as it stands in the file. */
static gboolean
has_variable (const OcgProviderEntry *entry)
{
  const char *const path[] = { "models", "providers", entry->name, "baseUrl", NULL };
  JsonNode *root = entry->layer != NULL ? ocg_config_tree_get_root (entry->layer->tree) : NULL;
  JsonNode *node = root != NULL ? ocg_config_path_lookup (root, path) : NULL;

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
         && ocg_environment_find_reference (json_node_get_string (node), NULL) != NULL;
}

/* Says so when the URL that is used is not @given, the one that was written. */
static void
note_base_url (const OcgProviderEntry *entry, OcgFields *fields, const char *given,
               const char *used)
{
  g_autofree char *stripped = g_strstrip (g_strdup (given));

  if (g_str_equal (stripped, used))
    return;
  ocg_fields_note (fields, OCG_SEVERITY_INFO, "baseUrl",
                   _ ("a base URL has no “/” and no endpoint on its end; it is read without"),
                   has_variable (entry) ? NULL : used);
}

static void
read_base_url (OcgProviderDraft *draft, const OcgProviderEntry *entry, OcgFields *fields)
{
  g_autofree char *text = ocg_fields_dup_string (fields, "baseUrl", NULL);
  g_autofree char *missing = text != NULL ? ocg_fields_find_missing (fields, "baseUrl", text) : NULL;
  g_autofree char *message = NULL;
  g_autoptr (GError) error = NULL;
  const char *api = NULL;
  char *url = NULL;

  if (text == NULL)
    return;
  if (missing != NULL)
    {
      message = g_strdup_printf (
          /* TRANSLATORS: %s is the name of an environment variable */
          _ ("the environment variable “%s” is not set; set it, or remove it from here"), missing);
      ocg_fields_fail (fields, "baseUrl", message, NULL);
      return;
    }
  url = ocg_base_url_normalize (text, &api, &error);
  if (url == NULL)
    {
      ocg_fields_fail (fields, "baseUrl", error->message, NULL);
      return;
    }
  note_base_url (entry, fields, text, url);
  ocg_replace_string (&draft->out->base_url, url);
  draft->url_entry = entry;
  draft->endpoint_api = api;
}

static void
read_api (OcgProviderDraft *draft, OcgFields *fields)
{
  char *api = ocg_provider_read_api (fields);

  if (api == NULL)
    return;
  ocg_replace_string (&draft->out->api, api);
  draft->endpoint_api = NULL;
}

static void
read_api_key (OcgProviderDraft *draft, const OcgProviderEntry *entry, OcgFields *fields)
{
  OcgProvider *out = draft->out;
  g_autofree char *text = ocg_fields_dup_string (fields, "apiKey", NULL);

  draft->key_given = draft->key_given || json_object_has_member (fields->json, "apiKey");
  if (text == NULL)
    return;
  g_clear_pointer (&out->api_key, ocg_wipe_text);
  ocg_replace_string (&out->missing_variable, ocg_fields_find_missing (fields, "apiKey", text));
  draft->key_entry = entry;
  g_strchomp (text);
  if (out->missing_variable == NULL && *text != '\0' && !g_str_equal (text, LOGIN_PLACEHOLDER))
    out->api_key = g_steal_pointer (&text);
  else
    ocg_wipe_text (g_steal_pointer (&text));
}

static void
read_headers (OcgProviderDraft *draft, const OcgProviderEntry *entry, OcgFields *fields)
{
  OcgProvider *out = draft->out;
  GHashTable *headers = ocg_fields_dup_headers (fields, "headers", out->headers);
  GHashTable *free_headers = NULL;

  g_clear_pointer (&out->headers, g_hash_table_unref);
  out->headers = headers;
  if (entry->layer != NULL && entry->layer->kind >= OCG_LAYER_ADMIN_CONFIG)
    return;
  free_headers = ocg_fields_dup_headers (fields, "headers", draft->free_headers);
  g_clear_pointer (&draft->free_headers, g_hash_table_unref);
  draft->free_headers = free_headers;
}

static void
read_auth (OcgProviderDraft *draft, OcgFields *server)
{
  G_GNUC_UNUSED g_autofree char *auth = ocg_fields_dup_word (server, "auth", kinds_of_auth, NULL);

  if (json_object_has_member (server->json, "authHeader"))
    draft->bearer = ocg_fields_get_boolean (server, "authHeader", draft->bearer);
}

static void
read_entry (OcgProviderDraft *draft, const OcgProviderEntry *entry)
{
  g_autofree char *path = ocg_provider_entry_get_path (entry);
  GHashTable *missing = entry->layer != NULL ? entry->layer->missing : NULL;
  g_auto (OcgFields) server = { entry->json, path, draft->problems, FALSE, NULL, missing };
  g_auto (OcgFields) rest = { entry->json, path, draft->problems, FALSE, NULL, missing };

  ocg_problems_set_source (draft->problems, entry->layer != NULL ? entry->layer->tree : NULL);
  read_base_url (draft, entry, &server);
  read_api (draft, &server);
  read_headers (draft, entry, &server);
  read_auth (draft, &server);
  read_api_key (draft, entry, &rest);
  if (draft->url_entry == entry && ocg_provider_entry_is_trusted (entry))
    ocg_provider_draft_trust (draft, draft->out->base_url);
  draft->out->timeout_seconds = (guint) MIN (
      ocg_fields_get_count (&rest, "timeoutSeconds", draft->out->timeout_seconds), G_MAXUINT);
  if (entry->layer != NULL && entry->layer->kind >= OCG_LAYER_ADMIN_CONFIG)
    draft->out->in_config = TRUE;
  if (!ocg_provider_entry_is_openclaw (entry))
    ocg_provider_draft_read_own (draft, entry);
  if (server.failed && draft->broken == NULL)
    draft->broken = g_steal_pointer (&server.first);
}

/* @base: (nullable) */
static OcgProvider *
new_upon (const char *id, OcgProvider *base)
{
  const char *const none[] = { NULL };
  OcgProvider *self = g_new0 (OcgProvider, 1);

  self->ref_count = 1;
  self->id = g_strdup (id);
  self->trusted_origins = g_ptr_array_new_with_free_func (g_free);
  self->aliases = g_strdupv ((GStrv) (base != NULL ? (const char *const *) base->aliases : none));
  self->env_keys = g_strdupv ((GStrv) (base != NULL ? (const char *const *) base->env_keys : none));
  if (base == NULL)
    return self;
  self->name = g_strdup (base->name);
  self->family = g_strdup (base->family);
  self->class = g_strdup (base->class);
  self->class_origin = g_strdup (base->class_origin);
  self->docs = g_strdup (base->docs);
  self->keys_url = g_strdup (base->keys_url);
  self->regions = base->regions != NULL ? json_node_ref (base->regions) : NULL;
  self->auth_choices = base->auth_choices != NULL ? json_node_ref (base->auth_choices) : NULL;
  self->login = base->login != NULL ? json_node_ref (base->login) : NULL;
  self->quota = base->quota != NULL ? json_node_ref (base->quota) : NULL;
  return self;
}

OcgProvider *
ocg_provider_new_identity (OcgProvider *full)
{
  OcgProvider *self = new_upon (full->id, full);

  ocg_replace_string (&self->name, NULL);
  return self;
}

static void
take_server (OcgProvider *self, OcgProvider *base)
{
  self->base_url = g_strdup (base->base_url);
  self->api = g_strdup (base->api);
  self->headers = base->headers != NULL ? g_hash_table_ref (base->headers) : NULL;
  self->timeout_seconds = base->timeout_seconds;
  self->origin_groups
      = base->origin_groups != NULL ? g_ptr_array_ref (base->origin_groups) : NULL;
  for (guint i = 0; i < base->trusted_origins->len; i++)
    g_ptr_array_add (self->trusted_origins, g_strdup (base->trusted_origins->pdata[i]));
}

/* The entry that a missing baseUrl is missing in. */
static void
fail_without_url (OcgProviderDraft *draft)
{
  GPtrArray *entries = draft->sources->entries;
  const OcgProviderEntry *entry = g_ptr_array_index (entries, entries->len - 1);
  g_autofree char *path = ocg_provider_entry_get_path (entry);
  g_auto (OcgFields) fields = { entry->json, path, draft->problems, FALSE, NULL };

  if (draft->broken != NULL)
    return;
  ocg_problems_set_source (draft->problems, entry->layer != NULL ? entry->layer->tree : NULL);
  ocg_fields_fail (&fields, "baseUrl",
                   _ ("“baseUrl” is missing; it must be the URL of the provider's server"), NULL);
  draft->broken = g_steal_pointer (&fields.first);
}

OcgProvider *
ocg_provider_read (const OcgProviderSources *sources, OcgProblems *problems, char **broken)
{
  OcgProvider *base = sources->base;
  g_autoptr (OcgProvider) out = new_upon (sources->id, base);
  OcgProviderDraft draft = { .sources = sources, .problems = problems, .out = out,
                             .bearer = OCG_UNSAID, .needs_key = OCG_UNSAID };

  if (base != NULL && base->base_url != NULL)
    take_server (out, base);
  draft.free_headers = out->headers != NULL ? g_hash_table_ref (out->headers) : NULL;
  for (guint i = 0; i < sources->entries->len; i++)
    read_entry (&draft, g_ptr_array_index (sources->entries, i));
  if (out->base_url == NULL)
    fail_without_url (&draft);
  if (out->base_url != NULL && draft.broken == NULL)
    {
      ocg_provider_draft_place (&draft);
      out->follows_regions
          = draft.url_entry == NULL || ocg_provider_entry_follows_regions (draft.url_entry);
      ocg_provider_draft_withhold (&draft);
    }
  g_clear_pointer (&draft.free_headers, g_hash_table_unref);
  *broken = draft.broken;
  return draft.broken == NULL ? g_steal_pointer (&out) : NULL;
}
