/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-record.h"

#include <string.h>

static void
add_string (GVariantDict *dict, const char *key, const char *value)
{
  if (value != NULL)
    g_variant_dict_insert (dict, key, "s", value);
}

static GVariant *
new_prices (const OcgPrices *prices)
{
  GVariantBuilder builder;
  const struct
  {
    const char *key;
    double price;
  } rows[] = {
    { "input", prices->input },
    { "output", prices->output },
    { "cache-read", prices->cache_read },
    { "cache-write", prices->cache_write },
  };

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{sd}"));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (rows[i].price >= 0)
      g_variant_builder_add (&builder, "{sd}", rows[i].key, rows[i].price);
  return g_variant_builder_end (&builder);
}

static void
add (GVariantBuilder *builder, const char *key, GVariant *value)
{
  g_variant_builder_add (builder, "{sv}", key, value);
}

/* Built in the order of the keys, so that two records can be compared. */
GVariant *
ocg_record_model (OcgModel *model, OcgCatalog *catalog, const char *credential)
{
  static const char *const text[] = { "text", NULL };
  static const char *const text_and_image[] = { "text", "image", NULL };
  g_autofree char **aliases = ocg_catalog_get_aliases (catalog, model);
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  add (&builder, "ref", g_variant_new_string (model->ref));
  add (&builder, "id", g_variant_new_string (model->id));
  add (&builder, "provider", g_variant_new_string (model->provider->id));
  add (&builder, "name", g_variant_new_string (model->name));
  add (&builder, "api", g_variant_new_string (model->api));
  add (&builder, "aliases", g_variant_new_strv ((const char *const *) aliases, -1));
  add (&builder, "reasoning", g_variant_new_boolean (model->reasoning));
  add (&builder, "input", g_variant_new_strv (model->takes_images ? text_and_image : text, -1));
  add (&builder, "context-window", g_variant_new_uint64 (model->context_window));
  if (model->loaded_context > 0)
    add (&builder, "loaded-context", g_variant_new_uint64 (model->loaded_context));
  add (&builder, "max-tokens", g_variant_new_uint64 (model->max_tokens));
  add (&builder, "cost", new_prices (&model->prices));
  add (&builder, "local", g_variant_new_boolean (model->provider->local));
  add (&builder, "listed", g_variant_new_boolean (model->listed));
  add (&builder, "allowed", g_variant_new_boolean (ocg_catalog_is_allowed (catalog, model)));
  add (&builder, "default", g_variant_new_boolean (ocg_catalog_is_default (catalog, model)));
  add (&builder, "fallback-rank",
       g_variant_new_int32 (ocg_catalog_get_fallback_rank (catalog, model)));
  add (&builder, "available", g_variant_new_boolean (credential != NULL));
  add (&builder, "credential", g_variant_new_string (credential != NULL ? credential : "missing"));
  return g_variant_builder_end (&builder);
}

/* FNV-1a. */
static void
mix (guint64 *hash, gconstpointer data, gsize length)
{
  const guchar *bytes = data;

  for (gsize i = 0; i < length; i++)
    *hash = (*hash ^ bytes[i]) * G_GUINT64_CONSTANT (1099511628211);
}

/* With the zero byte, so that no text runs into the next one. */
static void
mix_text (guint64 *hash, const char *text)
{
  mix (hash, text != NULL ? text : "", text != NULL ? strlen (text) + 1 : 1);
}

guint64
ocg_record_hash_model (OcgModel *model, OcgCatalog *catalog, const char *credential)
{
  guint64 hash = G_GUINT64_CONSTANT (14695981039346656037);
  g_autofree char **aliases = ocg_catalog_get_aliases (catalog, model);
  const guint64 numbers[] = {
    model->reasoning,
    model->takes_images,
    model->context_window,
    model->loaded_context,
    model->max_tokens,
    model->provider->local,
    model->listed,
    ocg_catalog_is_allowed (catalog, model),
    ocg_catalog_is_default (catalog, model),
    (guint64) ocg_catalog_get_fallback_rank (catalog, model),
    credential != NULL,
  };
  const double prices[] = { model->prices.input, model->prices.output, model->prices.cache_read,
                            model->prices.cache_write };
  const char *const texts[] = { model->ref, model->name, model->api, credential };

  mix (&hash, numbers, sizeof numbers);
  mix (&hash, prices, sizeof prices);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    mix_text (&hash, texts[i]);
  for (guint i = 0; aliases[i] != NULL; i++)
    mix_text (&hash, aliases[i]);
  return hash;
}

static GVariant *
new_usage (const OcgUsage *usage)
{
  GVariantBuilder builder;
  const struct
  {
    const char *key;
    gint64 tokens;
  } rows[] = {
    { "input", usage->input },
    { "output", usage->output },
    { "cache-read", usage->cache_read },
    { "cache-write", usage->cache_write },
  };

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{st}"));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (rows[i].tokens >= 0)
      g_variant_builder_add (&builder, "{st}", rows[i].key, (guint64) rows[i].tokens);
  return g_variant_builder_end (&builder);
}

static GVariant *
new_tool_calls (OcgCompletion *completion)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < completion->parts->len; i++)
    {
      OcgAnswerPart *part = g_ptr_array_index (completion->parts, i);
      GVariantDict dict;

      if (part->type != OCG_ANSWER_TOOL_CALL || !part->done)
        continue;
      g_variant_dict_init (&dict, NULL);
      add_string (&dict, "id", part->id);
      add_string (&dict, "name", part->name);
      add_string (&dict, "arguments", part->text->str);
      g_variant_builder_add_value (&builder, g_variant_dict_end (&dict));
    }
  return g_variant_builder_end (&builder);
}

static GVariant *
new_parts (OcgCompletion *completion)
{
  static const char *const types[] = {
    [OCG_ANSWER_TEXT] = "text",
    [OCG_ANSWER_THINKING] = "thinking",
    [OCG_ANSWER_TOOL_CALL] = "tool-call",
  };
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < completion->parts->len; i++)
    {
      OcgAnswerPart *part = g_ptr_array_index (completion->parts, i);
      GVariantDict dict;

      if (part->type == OCG_ANSWER_TOOL_CALL && !part->done)
        continue;
      g_variant_dict_init (&dict, NULL);
      add_string (&dict, "type", types[part->type]);
      add_string (&dict, part->type == OCG_ANSWER_TOOL_CALL ? "arguments" : "text",
                  part->text->str);
      add_string (&dict, "id", part->id);
      add_string (&dict, "name", part->name);
      add_string (&dict, "replay", part->replay);
      g_variant_builder_add_value (&builder, g_variant_dict_end (&dict));
    }
  return g_variant_builder_end (&builder);
}

static GVariant *
new_attempts (OcgRequest *request)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < request->attempts->len; i++)
    {
      OcgAttemptRecord *record = g_ptr_array_index (request->attempts, i);
      g_autofree char *message = ocg_failure_render (record->failure);
      GVariantDict dict;

      g_variant_dict_init (&dict, NULL);
      add_string (&dict, "model", record->failure->model);
      add_string (&dict, "profile", record->failure->profile);
      add_string (&dict, "error", ocg_error_get_name (record->failure->code));
      add_string (&dict, "message", message);
      g_variant_dict_insert (&dict, "ms", "t", record->ms);
      g_variant_builder_add_value (&builder, g_variant_dict_end (&dict));
    }
  return g_variant_builder_end (&builder);
}

static void
add_text (GVariantDict *dict, const char *key, OcgCompletion *completion, OcgAnswerPartType type)
{
  g_autofree char *text = ocg_completion_dup_text (completion, type);

  g_variant_dict_insert (dict, key, "s", text);
}

static gboolean
shows_thinking (OcgRequest *request)
{
  return request->chat->thinking != OCG_THINKING_OFF;
}

static GVariant *
new_http_request (OcgDryRun *dry_run)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  add_string (&dict, "method", "POST");
  add_string (&dict, "url", dry_run->url);
  g_variant_dict_insert_value (&dict, "headers", dry_run->headers);
  add_string (&dict, "body", dry_run->body);
  return g_variant_dict_end (&dict);
}

GVariant *
ocg_record_completion (OcgRequest *request, gboolean with_text)
{
  OcgCompletion *completion = request->completion;
  gint64 now = g_get_monotonic_time ();
  GVariantDict dict;
  double cost;

  g_variant_dict_init (&dict, NULL);
  add_string (&dict, "request", request->id);
  add_string (&dict, "requested", request->requested->ref);
  add_string (&dict, "model", request->model->ref);
  add_string (&dict, "profile", request->profile);
  if (with_text)
    add_text (&dict, "text", completion, OCG_ANSWER_TEXT);
  if (with_text && shows_thinking (request))
    add_text (&dict, "thinking", completion, OCG_ANSWER_THINKING);
  else if (with_text)
    add_string (&dict, "thinking", "");
  g_variant_dict_insert_value (&dict, "tool-calls", new_tool_calls (completion));
  g_variant_dict_insert_value (&dict, "parts", new_parts (completion));
  if (request->dry_run == NULL)
    add_string (&dict, "stop-reason", ocg_stop_reason_to_string (completion->stop));
  g_variant_dict_insert (&dict, "pause", "b", completion->pause);
  add_string (&dict, "refusal", completion->refusal);
  g_variant_dict_insert_value (&dict, "usage", new_usage (&completion->usage));
  if (ocg_request_get_cost (request, &cost))
    g_variant_dict_insert (&dict, "cost", "d", cost);
  g_variant_dict_insert_value (&dict, "attempts", new_attempts (request));
  if (request->first_content != 0)
    g_variant_dict_insert (&dict, "ttft-ms", "t",
                           (guint64) (request->first_content - request->started) / 1000);
  g_variant_dict_insert (&dict, "total-ms", "t", (guint64) (now - request->started) / 1000);
  if (request->dry_run != NULL)
    g_variant_dict_insert_value (&dict, "http-request", new_http_request (request->dry_run));
  return g_variant_dict_end (&dict);
}

static GVariant *
new_partial (OcgRequest *request)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  add_text (&dict, "text", request->completion, OCG_ANSWER_TEXT);
  if (shows_thinking (request))
    add_text (&dict, "thinking", request->completion, OCG_ANSWER_THINKING);
  else
    add_string (&dict, "thinking", "");
  g_variant_dict_insert_value (&dict, "tool-calls", new_tool_calls (request->completion));
  g_variant_dict_insert_value (&dict, "usage", new_usage (&request->completion->usage));
  return g_variant_dict_end (&dict);
}

GVariant *
ocg_record_failure (OcgRequest *request, OcgFailure *failure)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "retryable", "b", failure->retryable);
  if (failure->retry_after_ms >= 0)
    g_variant_dict_insert (&dict, "retry-after-ms", "t", (guint64) failure->retry_after_ms);
  if (failure->http_status != 0)
    g_variant_dict_insert (&dict, "http-status", "u", failure->http_status);
  add_string (&dict, "provider-code", failure->provider_code);
  add_string (&dict, "request-id", failure->request_id);
  add_string (&dict, "model", failure->model);
  add_string (&dict, "profile", failure->profile);
  g_variant_dict_insert_value (&dict, "attempts", new_attempts (request));
  if (request->completion->has_content)
    g_variant_dict_insert_value (&dict, "partial", new_partial (request));
  return g_variant_dict_end (&dict);
}

static void
write_scalar (OcgJsonWriter *writer, GVariant *value)
{
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    ocg_json_string (writer, g_variant_get_string (value, NULL), -1);
  else if (g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN))
    ocg_json_boolean (writer, g_variant_get_boolean (value));
  else if (g_variant_is_of_type (value, G_VARIANT_TYPE_DOUBLE))
    ocg_json_double (writer, g_variant_get_double (value));
  else if (g_variant_is_of_type (value, G_VARIANT_TYPE_UINT64))
    ocg_json_int (writer, (gint64) g_variant_get_uint64 (value));
  else if (g_variant_is_of_type (value, G_VARIANT_TYPE_UINT32))
    ocg_json_int (writer, g_variant_get_uint32 (value));
  else
    ocg_json_int (writer, g_variant_get_int32 (value));
}

void
ocg_record_write_members (OcgJsonWriter *writer, GVariant *dict)
{
  for (gsize i = 0; i < g_variant_n_children (dict); i++)
    {
      g_autoptr (GVariant) entry = g_variant_get_child_value (dict, i);
      g_autoptr (GVariant) key = g_variant_get_child_value (entry, 0);
      g_autoptr (GVariant) value = g_variant_get_child_value (entry, 1);
      const char *name = g_variant_get_string (key, NULL);
      /* Names of headers are not ours. */
      gboolean is_json = g_str_equal (name, "arguments")
                         && g_variant_is_of_type (value, G_VARIANT_TYPE_VARIANT);

      if (g_variant_is_of_type (value, G_VARIANT_TYPE_VARIANT))
        {
          GVariant *inner = g_variant_get_variant (value);

          g_variant_unref (value);
          value = inner;
        }
      ocg_json_key (writer, name);
      if (is_json)
        ocg_json_raw (writer, g_variant_get_string (value, NULL));
      else
        ocg_record_write_json (writer, value);
    }
}

void
ocg_record_write_json (OcgJsonWriter *writer, GVariant *value)
{
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_DICTIONARY))
    {
      ocg_json_open (writer, '{');
      ocg_record_write_members (writer, value);
      ocg_json_close (writer, '}');
    }
  else if (g_variant_is_of_type (value, G_VARIANT_TYPE_ARRAY))
    {
      ocg_json_open (writer, '[');
      for (gsize i = 0; i < g_variant_n_children (value); i++)
        {
          g_autoptr (GVariant) child = g_variant_get_child_value (value, i);

          ocg_record_write_json (writer, child);
        }
      ocg_json_close (writer, ']');
    }
  else
    {
      write_scalar (writer, value);
    }
}
