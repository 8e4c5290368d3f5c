/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Lists of models in the forms of OpenAI, Anthropic, LM Studio and Ollama, all of one table. A row
 * of the table is {"id", "name", "type": llm, vlm or embedding, "context", "loaded": with which
 * context, "tools", "vision", "reasoning", "owner", "arch", "quantization", "parameters", "bytes"};
 * all but the id may be missing. */

#include "model-lists.h"

#include <string.h>

#include "openai-errors.h"

typedef JsonObject *(*RowFunc) (JsonObject *model);

static JsonArray *
map_rows (const Answer *answer, RowFunc func)
{
  JsonArray *rows = json_array_new ();

  for (guint i = 0; i < array_size (answer->models); i++)
    json_array_add_object_element (rows, func (element_object (answer->models, i)));
  return rows;
}

static const char *
word (JsonObject *model, const char *name, const char *fallback)
{
  const char *value = member_string (model, name);

  return value ? value : fallback;
}

static JsonObject *
openai_row (JsonObject *model)
{
  return json_make ("s:id", member_string (model, "id"), "s:object", "model", "i:created",
                    1766448000, "s:owned_by", word (model, "owner", "organization_owner"), NULL);
}

static JsonObject *
anthropic_row (JsonObject *model)
{
  return json_make ("s:type", "model", "s:id", member_string (model, "id"), "s:display_name",
                    word (model, "name", member_string (model, "id")), "s:created_at",
                    "2025-12-23T00:00:00Z", NULL);
}

static char *
render_v1 (const Answer *answer)
{
  guint n = array_size (answer->models);
  JsonObject *list;

  if (!(answer->quirks & LIST_ANTHROPIC))
    return json_text_take (
        json_make ("s:object", "list", "a:data", map_rows (answer, openai_row), NULL));
  list = json_make ("a:data", map_rows (answer, anthropic_row), "b:has_more", FALSE, NULL);
  if (n > 0)
    json_extend (list, "s:first_id", member_string (element_object (answer->models, 0), "id"),
                 "s:last_id", member_string (element_object (answer->models, n - 1), "id"), NULL);
  return json_text_take (list);
}

static JsonArray *
loaded_instances (JsonObject *model)
{
  gint64 loaded = member_int (model, "loaded", 0);

  if (loaded == 0)
    return json_list (NULL, NULL);
  return json_list (
      json_make ("s:id", member_string (model, "id"), "o:config",
                 json_make ("t:context_length", (guint64)loaded, "i:eval_batch_size", 512,
                            "b:flash_attention", TRUE, "b:offload_kv_cache_to_gpu", TRUE, NULL),
                 NULL),
      NULL);
}

static JsonObject *
api_v1_row (JsonObject *model)
{
  gboolean embeds = member_is (model, "type", "embedding");
  JsonObject *row = json_make (
      "s:type", embeds ? "embedding" : "llm", "s:publisher", word (model, "owner", "nobody"),
      "s:key", member_string (model, "id"), "s:display_name",
      word (model, "name", member_string (model, "id")), "s:architecture",
      word (model, "arch", NULL), "o:quantization",
      json_make ("s:name", word (model, "quantization", NULL), "i:bits_per_weight", 4, NULL),
      "t:size_bytes", (guint64)member_int (model, "bytes", 0), "s:params_string",
      word (model, "parameters", NULL), "a:loaded_instances", loaded_instances (model), NULL);

  if (member_has (model, "context"))
    json_extend (row, "t:max_context_length", (guint64)member_int (model, "context", 0), NULL);
  json_extend (row, "s:format", "gguf", NULL);
  if (!embeds)
    json_extend (row, "o:capabilities",
                 json_make ("b:vision",
                            member_true (model, "vision") || member_is (model, "type", "vlm"),
                            "b:trained_for_tool_use", member_true (model, "tools"), NULL),
                 "n:description", NULL);
  return row;
}

static char *
render_api_v1 (const Answer *answer)
{
  return json_text_take (json_make ("a:models", map_rows (answer, api_v1_row), NULL));
}

static JsonObject *
api_v0_row (JsonObject *model)
{
  const char *type = word (model, "type", "llm");
  gint64 loaded = member_int (model, "loaded", 0);
  JsonObject *row = json_make ("s:id", member_string (model, "id"), "s:object", "model", "s:type",
                               strcmp (type, "embedding") == 0 ? "embeddings" : type, "s:publisher",
                               word (model, "owner", "nobody"), "s:arch",
                               word (model, "arch", NULL), "s:compatibility_type", "gguf",
                               "s:quantization", word (model, "quantization", NULL), "s:state",
                               loaded ? "loaded" : "not-loaded", NULL);

  if (member_has (model, "context"))
    json_extend (row, "t:max_context_length", (guint64)member_int (model, "context", 0), NULL);
  if (loaded)
    json_extend (row, "t:loaded_context_length", (guint64)loaded, NULL);
  if (member_true (model, "tools"))
    {
      JsonArray *capabilities = json_array_new ();

      json_array_add_string_element (capabilities, "tool_use");
      json_extend (row, "a:capabilities", capabilities, NULL);
    }
  return row;
}

static char *
render_api_v0 (const Answer *answer)
{
  return json_text_take (
      json_make ("a:data", map_rows (answer, api_v0_row), "s:object", "list", NULL));
}

static JsonObject *
model_details (JsonObject *model)
{
  JsonArray *families = json_array_new ();

  json_array_add_string_element (families, word (model, "arch", "llama"));
  return json_make ("s:parent_model", "", "s:format", "gguf", "s:family",
                    word (model, "arch", "llama"), "a:families", families, "s:parameter_size",
                    word (model, "parameters", ""), "s:quantization_level",
                    word (model, "quantization", ""), NULL);
}

static JsonObject *
tags_row (JsonObject *model)
{
  return json_make ("s:name", member_string (model, "id"), "s:model", member_string (model, "id"),
                    "s:modified_at", "2026-01-02T03:04:05.678901234Z", "t:size",
                    (guint64)member_int (model, "bytes", 0), "s:digest",
                    "365c0bd3c000a25d28ddbf732fe1c6add414de7275464c4e4d1c3b5fcb5d8ad1", "o:details",
                    model_details (model), NULL);
}

static char *
render_tags (const Answer *answer)
{
  return json_text_take (json_make ("a:models", map_rows (answer, tags_row), NULL));
}

static JsonArray *
capabilities (JsonObject *model)
{
  JsonArray *array = json_array_new ();

  if (member_is (model, "type", "embedding"))
    {
      json_array_add_string_element (array, "embedding");
      return array;
    }
  json_array_add_string_element (array, "completion");
  if (member_true (model, "tools"))
    json_array_add_string_element (array, "tools");
  if (member_true (model, "vision") || member_is (model, "type", "vlm"))
    json_array_add_string_element (array, "vision");
  if (member_true (model, "reasoning"))
    json_array_add_string_element (array, "thinking");
  return array;
}

JsonObject *
list_find (const Answer *answer)
{
  for (guint i = 0; i < array_size (answer->models); i++)
    if (member_is (element_object (answer->models, i), "id", answer->model))
      return element_object (answer->models, i);
  return NULL;
}

static char *
render_show (const Answer *answer)
{
  JsonObject *model = list_find (answer);
  const char *arch = word (model, "arch", "llama");
  g_autofree char *length = g_strdup_printf ("t:%s.context_length", arch);

  return json_text_take (json_make ("s:license", "", "o:details", model_details (model),
                                    "o:model_info",
                                    json_make ("s:general.architecture", arch, length,
                                               (guint64)member_int (model, "context", 4096), NULL),
                                    "a:capabilities", capabilities (model), NULL));
}

static void
read_nothing (JsonObject *json, Chat *chat)
{
}

static void
read_show (JsonObject *json, Chat *chat)
{
  const char *name = member_string (json, "model");

  chat->model = g_strdup (name ? name : member_string (json, "name"));
}

static void
no_delta (const Answer *answer, GString *out, const char *text)
{
}

static void
no_error (GString *out, const char *type, const char *message)
{
}

static char *
render_error (const ApiError *error, Flavour flavour)
{
  return flavour == FLAVOUR_GENERIC ? anthropic_api.render_error (error, flavour)
                                    : openai_render_error (error, flavour);
}

#define LIST(verb, where, bit, reader, renderer)                                                   \
  {                                                                                                \
    .method = verb, .path = where, .list = bit, .read = reader, .render_body = renderer,           \
    .render_error = render_error, .append_delta = no_delta, .append_error = no_error, .ping = "",  \
    .garbage = "", .noise = "",                                                                    \
  }

/* The longer paths first. */
const Api list_apis[] = {
  LIST ("GET", "/api/v1/models", LIST_API_V1, read_nothing, render_api_v1),
  LIST ("GET", "/api/v0/models", LIST_API_V0, read_nothing, render_api_v0),
  LIST ("GET", "/api/tags", LIST_TAGS, read_nothing, render_tags),
  LIST ("POST", "/api/show", LIST_TAGS, read_show, render_show),
  LIST ("GET", "/models", LIST_V1, read_nothing, render_v1),
};

const guint n_list_apis = G_N_ELEMENTS (list_apis);
