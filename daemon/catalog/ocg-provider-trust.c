/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Which keys may go to a provider's server. Those in the environment and in openclaw.json are bound
 * to no server, so they go only where the built-in data, the administrator or openclaw.json says: a
 * file of the user that programs may write, too, could otherwise lead them anywhere. */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "../config/ocg-config-path.h"
#include "../config/ocg-wipe.h"
#include "ocg-base-url.h"
#include "ocg-provider-draft.h"

void
ocg_provider_draft_trust (OcgProviderDraft *draft, const char *url)
{
  char *origin = ocg_base_url_get_origin (url);

  if (origin != NULL)
    g_ptr_array_add (draft->out->trusted_origins, origin);
}

static gboolean
is_trusted (OcgProviderDraft *draft)
{
  GPtrArray *trusted = draft->out->trusted_origins;

  if (draft->url_entry == NULL || ocg_provider_entry_is_trusted (draft->url_entry))
    return TRUE;
  return g_ptr_array_find_with_equal_func (trusted, draft->out->origin, g_str_equal, NULL);
}

/* A key in a file that is trusted less is for the server in the same file; without one there, for
 * the provider's own. */
static gboolean
may_have_api_key (OcgProviderDraft *draft, gboolean trusted)
{
  const OcgProviderEntry *key = draft->key_entry;
  g_autofree char *origin = NULL;

  if (key == NULL || key == draft->url_entry)
    return TRUE;
  if (ocg_provider_entry_is_trusted (key) || !json_object_has_member (key->json, "baseUrl"))
    return trusted;
  origin = ocg_base_url_get_origin (
      json_object_get_string_member_with_default (key->json, "baseUrl", ""));
  return g_strcmp0 (origin, draft->out->origin) == 0;
}

/* models.json of OpenClaw holds the variable's name in the key's place. */
static void
drop_variable_name (OcgProvider *out)
{
  if (out->api_key != NULL
      && g_strv_contains ((const char *const *) out->env_keys, out->api_key))
    g_clear_pointer (&out->api_key, g_free);
}

/* Keeps the variables that nobody else names. TRUE when one that is set was taken away. */
static gboolean
withhold_variables (OcgProviderDraft *draft)
{
  const OcgProviderSources *sources = draft->sources;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  GStrv names = draft->out->env_keys;
  gboolean withheld = FALSE;

  for (guint i = 0; names[i] != NULL; i++)
    {
      if (sources->claimed == NULL || !g_hash_table_contains (sources->claimed, names[i]))
        g_strv_builder_add (builder, names[i]);
      else if (sources->environment != NULL
               && ocg_environment_get (sources->environment, names[i]) != NULL)
        withheld = TRUE;
    }
  draft->out->env_keys = g_strv_builder_end (builder);
  g_strfreev (names);
  return withheld;
}

static gboolean
withhold_api_key (OcgProviderDraft *draft)
{
  OcgProvider *out = draft->out;
  gboolean withheld = out->api_key != NULL;

  g_clear_pointer (&out->api_key, ocg_wipe_text);
  g_clear_pointer (&out->missing_variable, g_free);
  return withheld;
}

/* They may hold a key, too. */
static gboolean
withhold_headers (OcgProviderDraft *draft)
{
  OcgProvider *out = draft->out;
  guint n_all = out->headers != NULL ? g_hash_table_size (out->headers) : 0;
  guint n_free = draft->free_headers != NULL ? g_hash_table_size (draft->free_headers) : 0;

  g_clear_pointer (&out->headers, g_hash_table_unref);
  out->headers = g_steal_pointer (&draft->free_headers);
  return n_free < n_all;
}

static void
warn (OcgProviderDraft *draft, const OcgProviderEntry *entry, const char *field)
{
  g_autofree char *provider_path = ocg_provider_entry_get_path (entry);
  g_autofree char *path = ocg_config_path_join (provider_path, field);
  g_autofree char *target = ocg_config_path_join ("models.providers", draft->out->id);
  g_autofree char *message = g_strdup_printf (
      /* TRANSLATORS: an address such as https://host:443, a provider, a place in openclaw.json */
      _ ("keys and headers that were given without this address do not go to %s: this file could "
         "lead them anywhere. Store a key for it with “openclawctl models auth add --provider %s”, "
         "or set %s.baseUrl in openclaw.json"),
      draft->out->origin, draft->out->id, target);

  ocg_problems_set_source (draft->problems, entry->layer != NULL ? entry->layer->tree : NULL);
  ocg_problems_add (draft->problems, OCG_SEVERITY_WARNING, path, message, NULL);
}

void
ocg_provider_draft_withhold (OcgProviderDraft *draft)
{
  gboolean trusted = is_trusted (draft);
  gboolean withheld = FALSE;

  draft->out->is_led_astray = !trusted;
  drop_variable_name (draft->out);
  if (!trusted)
    {
      withheld = withhold_variables (draft);
      withheld = withhold_headers (draft) || withheld;
    }
  if (!may_have_api_key (draft, trusted) && withhold_api_key (draft))
    {
      if (trusted)
        warn (draft, draft->key_entry, "apiKey");
      withheld = TRUE;
    }
  if (withheld && !trusted)
    warn (draft, draft->url_entry, "baseUrl");
}
