/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-model.h"

#include <string.h>

#define DEFAULT_CONTEXT_WINDOW 200000
#define DEFAULT_MAX_TOKENS 8192

/* Longer names are mistakes, and each unknown one is compared with every name that is known. */
#define MAX_NAME_LENGTH 256

gboolean
ocg_model_is_name (const char *text)
{
  gsize length = strlen (text);

  if (length == 0 || length > MAX_NAME_LENGTH || !g_utf8_validate (text, (gssize) length, NULL))
    return FALSE;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c) || !g_unichar_isprint (c))
        return FALSE;
    }
  return TRUE;
}

static OcgPrices
unlisted_prices (OcgProvider *provider)
{
  /* A server on this machine that wants a key is likely a proxy to somebody who charges. */
  double price = provider->local && !provider->needs_key ? 0 : -1;

  return (OcgPrices){ price, price, price, price, NULL };
}

OcgModel *
ocg_model_new_unlisted (OcgProvider *provider, const char *id)
{
  OcgModel *self = g_new0 (OcgModel, 1);

  self->ref_count = 1;
  self->provider = ocg_provider_ref (provider);
  self->id = g_strdup (id);
  self->ref = g_strconcat (provider->id, "/", id, NULL);
  self->name = g_strdup (id);
  self->api = g_strdup (provider->api);
  ocg_model_set_window (self, DEFAULT_CONTEXT_WINDOW);
  self->max_tokens = DEFAULT_MAX_TOKENS;
  self->prices = unlisted_prices (provider);
  return self;
}

OcgModel *
ocg_model_new_upon (OcgProvider *provider, const char *id, OcgModel *base)
{
  OcgModel *self = ocg_model_new_unlisted (provider, id);

  self->listed = TRUE;
  if (base == NULL)
    return self;
  ocg_model_replace_string (&self->name, g_strdup (base->name));
  self->own_api = g_strdup (base->own_api);
  if (self->own_api != NULL)
    ocg_model_replace_string (&self->api, g_strdup (self->own_api));
  self->alias = g_strdup (base->alias);
  self->reasoning = base->reasoning;
  self->takes_images = base->takes_images;
  self->working_limit = base->working_limit;
  ocg_model_set_window (self, base->full_window);
  self->loaded_context = base->loaded_context;
  self->max_tokens = base->max_tokens;
  if (base->prices.input >= 0)
    self->prices = base->prices;
  if (self->prices.tiers != NULL)
    g_array_ref (self->prices.tiers);
  self->headers = base->headers != NULL ? g_hash_table_ref (base->headers) : NULL;
  if (base->compat_node != NULL)
    ocg_model_take_compat (self, json_node_ref (base->compat_node));
  self->deprecated = base->deprecated;
  return self;
}

OcgModel *
ocg_model_new_copy (OcgProvider *provider, OcgModel *base)
{
  OcgModel *self = ocg_model_new_upon (provider, base->id, base);

  self->discovered = base->discovered;
  return self;
}

OcgModel *
ocg_model_new_at (OcgProvider *provider, OcgModel *self)
{
  OcgModel *copy = ocg_model_new_copy (provider, self);

  copy->listed = self->listed;
  return copy;
}

void
ocg_model_set_window (OcgModel *self, guint64 window)
{
  self->full_window = window;
  self->context_window
      = self->working_limit > 0 ? MIN (window, self->working_limit) : window;
}

void
ocg_model_take_compat (OcgModel *self, JsonNode *compat)
{
  g_clear_pointer (&self->compat_node, json_node_unref);
  self->compat_node = compat;
  self->compat = compat != NULL ? json_node_get_object (compat) : NULL;
}

void
ocg_model_replace_string (char **place, char *value)
{
  g_free (*place);
  *place = value;
}

OcgModel *
ocg_model_new_served (OcgProvider *provider, const OcgServedModel *served, OcgModel *base)
{
  OcgModel *self = ocg_model_new_upon (provider, served->id, base);

  self->discovered = base == NULL;
  if (served->name != NULL)
    ocg_model_replace_string (&self->name, g_strdup (served->name));
  self->reasoning = self->reasoning || served->reasoning;
  self->takes_images = self->takes_images || served->takes_images;
  self->loaded_context = served->loaded_context;
  if (served->loaded_context > 0)
    ocg_model_set_window (self, served->loaded_context);
  else if (served->max_context > 0)
    ocg_model_set_window (self, served->max_context);
  /* A server that is asked for as much as it can take has no room left for the question. */
  self->max_tokens = MIN (self->max_tokens, MAX (self->context_window / 2, 1));
  return self;
}

OcgModel *
ocg_model_ref (OcgModel *self)
{
  g_atomic_int_inc (&self->ref_count);
  return self;
}

void
ocg_model_unref (OcgModel *self)
{
  if (!g_atomic_int_dec_and_test (&self->ref_count))
    return;
  ocg_provider_unref (self->provider);
  g_free (self->id);
  g_free (self->ref);
  g_free (self->name);
  g_free (self->api);
  g_free (self->own_api);
  g_free (self->alias);
  g_clear_pointer (&self->prices.tiers, g_array_unref);
  g_clear_pointer (&self->headers, g_hash_table_unref);
  g_clear_pointer (&self->compat_node, json_node_unref);
  g_free (self);
}

const char *
ocg_model_get_family (OcgModel *self)
{
  const char *slash = strrchr (self->id, '/');
  const char *last = slash != NULL ? slash + 1 : self->id;

  return g_ascii_strncasecmp (last, "minimax-", strlen ("minimax-")) == 0 ? "minimax"
                                                                          : self->provider->family;
}

gboolean
ocg_model_is_fast_minimax (OcgModel *self)
{
  g_autofree char *lower = g_ascii_strdown (self->id, -1);

  return g_str_equal (ocg_model_get_family (self), "minimax")
         && (g_str_has_suffix (lower, "-lightning") || g_str_has_suffix (lower, "-highspeed"));
}
