/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-import.h"

#include <string.h>

#include "../catalog/ocg-base-url.h"
#include "../config/ocg-config-path.h"
#include "../config/ocg-environment.h"
#include "../credentials/ocg-login-token.h"
#include "../credentials/ocg-plaintext-settings.h"
#include "../wire/ocg-json.h"

#define MAX_PROFILE_LENGTH 128

void
ocg_import_entry_free (OcgImportEntry *self)
{
  g_clear_pointer (&self->provider, ocg_provider_unref);
  g_free (self->profile);
  g_free (self->origin);
  g_clear_pointer (&self->text, ocg_secret_unref);
  g_free (self->user);
  g_clear_pointer (&self->places, g_ptr_array_unref);
  g_strfreev (self->order);
  g_free (self);
}

void
ocg_import_known_free (OcgImportKnown *self)
{
  g_free (self->profile);
  g_free (self->origin);
  g_clear_pointer (&self->secret, ocg_secret_unref);
  g_free (self);
}

GHashTable *
ocg_import_list_variables (OcgCatalog *catalog)
{
  GHashTable *variables = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GPtrArray *providers = ocg_catalog_get_providers (catalog);

  for (guint i = 0; i < providers->len; i++)
    {
      OcgProvider *provider = g_ptr_array_index (providers, i);

      for (char **name = provider->env_keys; *name != NULL; name++)
        if (!g_hash_table_contains (variables, *name))
          g_hash_table_insert (variables, g_strdup (*name), g_strdup (provider->id));
    }
  return variables;
}

/* Whether @segments are the apiKey of @provider and that is nothing but the reference. */
static gboolean
is_key_of (GStrv segments, OcgCatalog *catalog, OcgProvider *provider, JsonNode *root)
{
  JsonNode *value = NULL;

  if (g_strv_length (segments) != 4 || !g_str_equal (segments[0], "models")
      || !g_str_equal (segments[1], "providers") || !g_str_equal (segments[3], "apiKey")
      || ocg_catalog_find_provider (catalog, segments[2]) != provider)
    return FALSE;
  value = ocg_config_path_lookup (root, (const char *const *) segments);
  return value != NULL
         && (JSON_NODE_HOLDS_OBJECT (value)
             || ocg_environment_is_reference (json_node_get_string (value)));
}

/* A variable that is gone while something refers to it keeps OpenClaw from starting. */
static void
find_users (OcgImportEntry *entry, OcgConfigTree *tree, OcgCatalog *catalog)
{
  g_autoptr (GPtrArray) places = ocg_plaintext_find_references (tree, entry->find->variable);

  for (guint i = 0; i < places->len && entry->user == NULL; i++)
    {
      GStrv segments = g_ptr_array_index (places, i);

      if (!is_key_of (segments, catalog, entry->provider, ocg_config_tree_get_root (tree)))
        entry->user = ocg_config_path_format ((const char *const *) segments,
                                              g_strv_length (segments));
    }
  entry->places = g_steal_pointer (&places);
}

static gboolean
is_ordered (OcgCatalog *catalog, OcgProvider *provider)
{
  OcgSettings *settings = ocg_catalog_get_settings (catalog);
  JsonObjectIter iter;
  const char *id = NULL;

  json_object_iter_init (&iter, settings->auth_order);
  while (json_object_iter_next (&iter, &id, NULL))
    if (ocg_provider_is_named (provider, id))
      return TRUE;
  return FALSE;
}

GPtrArray *
ocg_import_new_entries (OcgPlaintextFiles *files, OcgCatalog *catalog)
{
  GPtrArray *entries
      = g_ptr_array_new_with_free_func ((GDestroyNotify) ocg_import_entry_free);

  for (guint i = 0; i < files->finds->len; i++)
    {
      OcgImportEntry *entry = g_new0 (OcgImportEntry, 1);
      OcgProvider *provider = NULL;

      entry->find = g_ptr_array_index (files->finds, i);
      provider = ocg_catalog_find_provider (catalog, entry->find->provider);
      if (provider != NULL)
        entry->provider = ocg_provider_ref (provider);
      entry->is_ordered = provider != NULL && is_ordered (catalog, provider);
      if (provider != NULL && entry->find->variable != NULL)
        find_users (entry, files->tree, catalog);
      g_ptr_array_add (entries, entry);
    }
  return entries;
}

/* The region of @provider whose server is at @origin. (nullable) (transfer none) */
static const char *
find_region (OcgProvider *provider, const char *origin)
{
  JsonObject *regions = provider->regions != NULL && JSON_NODE_HOLDS_OBJECT (provider->regions)
                            ? json_node_get_object (provider->regions)
                            : NULL;
  JsonObjectIter iter;
  const char *id = NULL;

  if (regions == NULL)
    return NULL;
  json_object_iter_init_ordered (&iter, regions);
  while (json_object_iter_next_ordered (&iter, &id, NULL))
    {
      const char *url = ocg_json_get_string (ocg_json_get_object (regions, id), "baseUrl");
      g_autofree char *theirs = url != NULL ? ocg_base_url_get_origin (url) : NULL;

      if (g_strcmp0 (theirs, origin) == 0)
        return id;
    }
  return NULL;
}

/* Where the refresh token goes. (nullable) (transfer full) */
static char *
find_endpoint (OcgProvider *provider, const char *region)
{
  JsonObject *login = provider->login != NULL && JSON_NODE_HOLDS_OBJECT (provider->login)
                          ? json_node_get_object (provider->login)
                          : NULL;
  JsonObject *regions = ocg_json_get_object (login, "regions");
  JsonObject *place = region != NULL && regions != NULL ? ocg_json_get_object (regions, region)
                                                        : login;
  const char *url = ocg_json_get_string (place, "tokenUrl");

  return url != NULL ? ocg_base_url_get_origin (url) : NULL;
}

/* A login is kept with what its next refresh needs. What the file says about the server counts only
 * where that is one of the provider's own. */
static void
make_login (OcgImportEntry *entry)
{
  const OcgPlaintext *find = entry->find;
  OcgProvider *provider = entry->provider;
  g_autofree char *said = find->base_url != NULL ? ocg_base_url_get_origin (find->base_url) : NULL;
  const char *region = said != NULL ? find_region (provider, said) : NULL;
  g_autoptr (OcgLoginToken) token = ocg_login_token_new (find->secret);

  if (region != NULL)
    {
      g_free (entry->origin);
      entry->origin = g_steal_pointer (&said);
      token->base_url = g_strdup (find->base_url);
    }
  else
    region = find_region (provider, provider->origin);
  token->refresh = find->refresh != NULL ? ocg_secret_ref (find->refresh) : NULL;
  token->expires = find->expires;
  token->region = g_strdup (region);
  token->endpoint = find_endpoint (provider, region);
  if (provider->login != NULL && JSON_NODE_HOLDS_OBJECT (provider->login))
    token->login = g_strdup (ocg_json_get_string (json_node_get_object (provider->login), "id"));
  entry->text = ocg_login_token_print (token);
}

static void
make_text (OcgImportEntry *entry)
{
  const OcgPlaintext *find = entry->find;

  entry->origin = g_strdup (entry->provider->origin);
  if (g_str_equal (find->kind, "oauth"))
    make_login (entry);
  else if (find->expires > 0)
    {
      g_autoptr (OcgLoginToken) token = ocg_login_token_new (find->secret);

      token->expires = find->expires;
      entry->text = ocg_login_token_print (token);
    }
  else
    entry->text = ocg_secret_ref (find->secret);
}

/* Whether there is nothing that the keyring would have to be asked about. */
static gboolean
is_out (OcgImportEntry *entry, gint64 now)
{
  const OcgPlaintext *find = entry->find;
  OcgProvider *provider = entry->provider;

  if (find->problem != OCG_PLAINTEXT_FINE)
    entry->outcome = OCG_IMPORT_WRONG;
  else if (provider == NULL)
    entry->outcome = OCG_IMPORT_NO_PROVIDER;
  else if (provider->is_led_astray)
    entry->outcome = OCG_IMPORT_ASTRAY;
  else if (find->expires > 0 && find->expires <= now && find->refresh == NULL)
    entry->outcome = OCG_IMPORT_EXPIRED;
  else if (find->header != NULL
           && g_str_equal (find->header, "x-api-key")
                  != (provider->auth_header == OCG_AUTH_X_API_KEY))
    entry->outcome = OCG_IMPORT_WRONG;
  else
    return FALSE;
  return TRUE;
}

static gboolean
is_equal (OcgSecret *a, OcgSecret *b)
{
  return a != NULL && b != NULL && strcmp (ocg_secret_peek (a), ocg_secret_peek (b)) == 0;
}

static OcgImportKnown *
find_known (GPtrArray *known, const char *profile)
{
  for (guint i = 0; i < known->len; i++)
    {
      OcgImportKnown *one = g_ptr_array_index (known, i);

      if (g_str_equal (one->profile, profile))
        return one;
    }
  return NULL;
}

/* FALSE: that profile is another credential, or nobody knows. */
static gboolean
compare_known (OcgImportEntry *entry, OcgImportKnown *known, const char *wanted)
{
  g_autofree char *prefix = g_strconcat (entry->provider->id, ":", NULL);
  g_autoptr (OcgLoginToken) token = NULL;
  const OcgPlaintext *find = entry->find;

  if (known->secret == NULL || !g_str_has_prefix (known->profile, prefix)
      || g_strcmp0 (known->origin, entry->origin) != 0)
    return FALSE;
  token = ocg_login_token_parse (known->secret);
  if (token == NULL)
    return FALSE;
  if (is_equal (token->access, find->secret) || is_equal (token->refresh, find->refresh))
    entry->outcome = OCG_IMPORT_THERE;
  else if (find->refresh != NULL && token->refresh != NULL && token->expires > find->expires
           && g_str_equal (known->profile, wanted))
    entry->outcome = OCG_IMPORT_NEWER;
  else
    return FALSE;
  entry->profile = g_strdup (known->profile);
  return TRUE;
}

static gboolean
compare_earlier (OcgImportEntry *entry, OcgImportEntry *earlier)
{
  if (earlier->outcome != OCG_IMPORT_FOUND || earlier->find->secret == NULL
      || earlier->provider != entry->provider
      || g_strcmp0 (earlier->origin, entry->origin) != 0
      || !(is_equal (earlier->find->secret, entry->find->secret)
           || is_equal (earlier->find->refresh, entry->find->refresh)))
    return FALSE;
  entry->outcome = OCG_IMPORT_TWICE;
  entry->profile = g_strdup (earlier->profile);
  return TRUE;
}

/* The names of keys that are not in the keyring are taken. */
static gboolean
is_name (const char *name)
{
  return *name != '\0' && !g_str_equal (name, "env") && !g_str_equal (name, "config")
         && strspn (name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_-.@+:") == strlen (name);
}

static gboolean
is_free (const char *profile, GPtrArray *entries, guint n, GPtrArray *known)
{
  if (find_known (known, profile) != NULL)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      OcgImportEntry *earlier = g_ptr_array_index (entries, i);

      if (g_strcmp0 (earlier->profile, profile) == 0)
        return FALSE;
    }
  return TRUE;
}

/* What it is called if nobody else is. (transfer full) */
static char *
make_wanted (OcgImportEntry *entry)
{
  const char *name = entry->find->name;
  g_autofree char *profile = g_strconcat (
      entry->provider->id, ":", name != NULL && is_name (name) ? name : "default", NULL);

  return strlen (profile) <= MAX_PROFILE_LENGTH
             ? g_steal_pointer (&profile)
             : g_strconcat (entry->provider->id, ":imported", NULL);
}

/* What the profile that is called @written in the file of @order is called here. (nullable) */
static const char *
find_profile (GPtrArray *entries, guint n, const OcgImportEntry *order, const char *written,
              GPtrArray *known)
{
  const char *colon = strchr (written, ':');
  OcgImportKnown *there = find_known (known, written);

  for (guint i = 0; i < n; i++)
    {
      const OcgImportEntry *entry = g_ptr_array_index (entries, i);

      if (entry->provider == order->provider && entry->profile != NULL
          && g_str_equal (entry->find->file, order->find->file)
          && g_strcmp0 (entry->find->name, colon != NULL ? colon + 1 : NULL) == 0)
        return entry->profile;
    }
  return there != NULL ? there->profile : NULL;
}

static void
judge_order (GPtrArray *entries, guint n, GPtrArray *known)
{
  OcgImportEntry *self = g_ptr_array_index (entries, n);
  g_autoptr (GStrvBuilder) order = g_strv_builder_new ();

  for (guint i = 0; i < n; i++)
    {
      OcgImportEntry *earlier = g_ptr_array_index (entries, i);

      self->is_ordered = self->is_ordered
                         || (earlier->order != NULL && earlier->provider == self->provider);
    }
  if (self->provider == NULL || self->is_ordered)
    {
      self->outcome = self->provider == NULL ? OCG_IMPORT_NO_PROVIDER : OCG_IMPORT_ORDERED;
      return;
    }
  for (char **written = self->find->order; *written != NULL; written++)
    {
      const char *profile = find_profile (entries, n, self, *written, known);

      if (profile != NULL)
        g_strv_builder_add (order, profile);
    }
  self->order = g_strv_builder_end (order);
  self->outcome = self->order[0] != NULL ? OCG_IMPORT_FOUND : OCG_IMPORT_EMPTY;
  if (self->outcome == OCG_IMPORT_EMPTY)
    g_clear_pointer (&self->order, g_strfreev);
}

static void
judge_one (GPtrArray *entries, guint n, GPtrArray *known, gint64 now)
{
  OcgImportEntry *entry = g_ptr_array_index (entries, n);
  g_autofree char *wanted = NULL;

  if (entry->find->order != NULL)
    {
      judge_order (entries, n, known);
      return;
    }
  if (is_out (entry, now))
    return;
  make_text (entry);
  wanted = make_wanted (entry);
  for (guint i = 0; i < known->len; i++)
    if (compare_known (entry, g_ptr_array_index (known, i), wanted))
      return;
  for (guint i = 0; i < n; i++)
    if (compare_earlier (entry, g_ptr_array_index (entries, i)))
      return;
  for (guint i = 1; !is_free (wanted, entries, n, known); i++)
    {
      g_free (wanted);
      wanted = i == 1 ? g_strconcat (entry->provider->id, ":imported", NULL)
                      : g_strdup_printf ("%s:imported-%u", entry->provider->id, i);
    }
  entry->outcome = OCG_IMPORT_FOUND;
  entry->profile = g_steal_pointer (&wanted);
}

void
ocg_import_judge (GPtrArray *entries, GPtrArray *known, gint64 now)
{
  for (guint i = 0; i < entries->len; i++)
    judge_one (entries, i, known, now);
}

gboolean
ocg_import_entry_is_removable (const OcgImportEntry *self)
{
  return self->find->format != OCG_PLAINTEXT_STORE && self->user == NULL && !self->is_changed
         && self->outcome <= OCG_IMPORT_THERE;
}
