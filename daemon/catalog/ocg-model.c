/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-model.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ocg-fields.h"

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

  return (OcgPrices){ price, price, price, price };
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
  self->context_window = DEFAULT_CONTEXT_WINDOW;
  self->max_tokens = DEFAULT_MAX_TOKENS;
  self->prices = unlisted_prices (provider);
  return self;
}

/* A model that is @base where nothing else is said, or an unlisted one. */
static OcgModel *
new_upon (OcgProvider *provider, const char *id, OcgModel *base)
{
  OcgModel *self = ocg_model_new_unlisted (provider, id);

  self->listed = TRUE;
  if (base == NULL)
    return self;
  self->reasoning = base->reasoning;
  self->takes_images = base->takes_images;
  self->context_window = base->context_window;
  self->loaded_context = base->loaded_context;
  self->max_tokens = base->max_tokens;
  self->prices = base->prices;
  return self;
}

static void
replace_string (char **place, char *value)
{
  g_free (*place);
  *place = value;
}

static void
read_input (OcgModel *self, OcgFields *fields)
{
  g_auto (GStrv) kinds = ocg_fields_dup_strings (fields, "input", NULL);

  if (kinds != NULL)
    self->takes_images = g_strv_contains ((const char *const *) kinds, "image");
}

/* In a "cost" that is given a price that is missing is 0, as in OpenClaw. */
static void
read_prices (OcgModel *self, OcgFields *fields)
{
  JsonObject *json = ocg_fields_get_object (fields, "cost");
  g_autofree char *path = NULL;
  OcgFields cost = { json, "cost", NULL };

  if (json == NULL)
    return;
  if (*fields->path != '\0')
    cost.path = path = g_strconcat (fields->path, ".cost", NULL);
  self->prices.input = ocg_fields_get_price (&cost, "input", MAX (self->prices.input, 0));
  self->prices.output = ocg_fields_get_price (&cost, "output", MAX (self->prices.output, 0));
  self->prices.cache_read
      = ocg_fields_get_price (&cost, "cacheRead", MAX (self->prices.cache_read, 0));
  self->prices.cache_write
      = ocg_fields_get_price (&cost, "cacheWrite", MAX (self->prices.cache_write, 0));
  if (fields->error == NULL)
    fields->error = g_steal_pointer (&cost.error);
  g_clear_error (&cost.error);
}

static void
read_limits (OcgModel *self, OcgFields *fields)
{
  guint64 window = ocg_fields_get_count (fields, "contextWindow", G_MAXUINT64);
  /* Newer OpenClaw: how much of the window to use. */
  guint64 working_limit = ocg_fields_get_count (fields, "contextTokens", G_MAXUINT64);

  if (MIN (window, working_limit) != G_MAXUINT64)
    self->context_window = MIN (window, working_limit);
  self->max_tokens = ocg_fields_get_count (fields, "maxTokens", self->max_tokens);
}

static JsonObject *
merge_objects (JsonObject *above, JsonObject *base)
{
  JsonObject *merged = NULL;
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *node = NULL;

  if (above == NULL || base == NULL)
    return above != NULL ? json_object_ref (above) : base != NULL ? json_object_ref (base) : NULL;
  merged = json_object_new ();
  json_object_iter_init (&iter, base);
  while (json_object_iter_next (&iter, &name, &node))
    json_object_set_member (merged, name, json_node_copy (node));
  json_object_iter_init (&iter, above);
  while (json_object_iter_next (&iter, &name, &node))
    json_object_set_member (merged, name, json_node_copy (node));
  return merged;
}

OcgModel *
ocg_model_new_from_json (OcgProvider *provider, JsonObject *json, OcgModel *base, GError **error)
{
  OcgFields fields = { json, "", NULL };
  g_autofree char *id = ocg_fields_dup_string (&fields, "id", "");
  g_autoptr (OcgModel) self = new_upon (provider, id, base);

  if (!ocg_model_is_name (id))
    ocg_fields_fail (&fields, "id", _ ("this must be the id of a model, without white space"));
  replace_string (&self->name, ocg_fields_dup_string (&fields, "name",
                                                      base != NULL ? base->name : self->name));
  replace_string (&self->api,
                  ocg_fields_dup_string (&fields, "api", base != NULL ? base->api : self->api));
  self->reasoning = ocg_fields_get_boolean (&fields, "reasoning", self->reasoning);
  read_input (self, &fields);
  read_limits (self, &fields);
  read_prices (self, &fields);
  self->headers = ocg_fields_dup_headers (&fields, "headers", base != NULL ? base->headers : NULL);
  self->compat
      = merge_objects (ocg_fields_get_object (&fields, "compat"), base ? base->compat : NULL);
  return ocg_fields_finish (&fields, error) ? g_steal_pointer (&self) : NULL;
}

static void
take_over (OcgModel *self, OcgModel *base)
{
  replace_string (&self->name, g_strdup (base->name));
  replace_string (&self->api, g_strdup (base->api));
  self->headers = base->headers != NULL ? g_hash_table_ref (base->headers) : NULL;
  self->compat = base->compat != NULL ? json_object_ref (base->compat) : NULL;
}

OcgModel *
ocg_model_new_served (OcgProvider *provider, const OcgServedModel *served, OcgModel *base)
{
  OcgModel *self = new_upon (provider, served->id, base);

  if (base != NULL)
    take_over (self, base);
  else
    self->discovered = TRUE;
  if (served->name != NULL)
    replace_string (&self->name, g_strdup (served->name));
  self->reasoning = self->reasoning || served->reasoning;
  self->takes_images = self->takes_images || served->takes_images;
  self->loaded_context = served->loaded_context;
  if (served->loaded_context > 0)
    self->context_window = served->loaded_context;
  else if (served->max_context > 0)
    self->context_window = served->max_context;
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
  g_clear_pointer (&self->headers, g_hash_table_unref);
  g_clear_pointer (&self->compat, json_object_unref);
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
