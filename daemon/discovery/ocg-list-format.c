/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-list-format.h"

#include <string.h>

#include "../catalog/ocg-model.h"
#include "../wire/ocg-json.h"

/* More tokens than any model takes are a mistake, or an attack. */
#define MAX_CONTEXT (G_GINT64_CONSTANT (1) << 31)

#define MAX_NAME_LENGTH 256

typedef struct
{
  GPtrArray *models; /* of OcgServedModel */
  GHashTable *seen;  /* ids, borrowed */
} List;

guint
ocg_list_format_get_order (OcgProvider *provider, OcgListFormat order[OCG_N_LISTS])
{
  static const OcgListFormat of_lm_studio[]
      = { OCG_LIST_LM_STUDIO, OCG_LIST_LM_STUDIO_V0, OCG_LIST_OPENAI };
  static const OcgListFormat of_ollama[] = { OCG_LIST_OLLAMA, OCG_LIST_OPENAI };
  static const OcgListFormat of_others[]
      = { OCG_LIST_LM_STUDIO, OCG_LIST_LM_STUDIO_V0, OCG_LIST_OPENAI, OCG_LIST_OLLAMA };
  const OcgListFormat *chosen = of_others;
  guint length = G_N_ELEMENTS (of_others);

  if (g_str_has_prefix (provider->id, "lmstudio"))
    {
      chosen = of_lm_studio;
      length = G_N_ELEMENTS (of_lm_studio);
    }
  else if (g_str_has_prefix (provider->id, "ollama"))
    {
      chosen = of_ollama;
      length = G_N_ELEMENTS (of_ollama);
    }
  memcpy (order, chosen, length * sizeof *order);
  return length;
}

char *
ocg_list_format_get_url (OcgListFormat format, OcgProvider *provider)
{
  static const char *const native_paths[OCG_N_LISTS] = {
    [OCG_LIST_LM_STUDIO] = "/api/v1/models",
    [OCG_LIST_LM_STUDIO_V0] = "/api/v0/models",
    [OCG_LIST_OLLAMA] = "/api/tags",
  };
  const char *base = provider->base_url;
  gsize length = strlen (base);
  g_autofree char *root = NULL;

  if (format == OCG_LIST_OPENAI)
    /* The base URL of this API ends before the version, that of the others after it. */
    return g_strconcat (
        base, g_str_equal (provider->api, "anthropic-messages") ? "/v1/models" : "/models", NULL);
  if (g_str_has_suffix (base, "/v1"))
    length -= strlen ("/v1");
  root = g_strndup (base, length);
  return g_strconcat (root, native_paths[format], NULL);
}

static gboolean
contains (const char *text, const char *part)
{
  g_autofree char *lower = text != NULL ? g_ascii_strdown (text, -1) : NULL;

  return lower != NULL && strstr (lower, part) != NULL;
}

/* 0 for what is no number of tokens. */
static guint64
read_tokens (JsonObject *json, const char *name)
{
  gint64 value = 0;

  return ocg_json_get_int (json, name, &value) && value > 0 && value <= MAX_CONTEXT
             ? (guint64) value
             : 0;
}

/* Names are shown on terminals. */
static char *
dup_name (JsonObject *json, const char *member)
{
  const char *text = ocg_json_get_string (json, member);

  if (text == NULL || *text == '\0' || strlen (text) > MAX_NAME_LENGTH)
    return NULL;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isprint (g_utf8_get_char (p)))
      return NULL;
  return g_strdup (text);
}

/* The model to fill in; NULL when it cannot be taken. */
static OcgServedModel *
add_model (List *list, const char *id)
{
  OcgServedModel *model = NULL;

  if (!ocg_model_is_name (id) || g_hash_table_contains (list->seen, id)
      || list->models->len >= OCG_LIST_MAX_MODELS)
    return NULL;
  model = ocg_served_model_new (id);
  g_ptr_array_add (list->models, model);
  g_hash_table_add (list->seen, model->id);
  return model;
}

/* "llm" and "vlm"; "embedding" and whatever else is not for conversations. */
static gboolean
is_chat_type (JsonObject *json)
{
  const char *type = ocg_json_get_string (json, "type");

  return type == NULL || g_str_equal (type, "llm") || g_str_equal (type, "vlm");
}

static gboolean
is_vision_type (JsonObject *json)
{
  return g_strcmp0 (ocg_json_get_string (json, "type"), "vlm") == 0;
}

static guint64
read_instance (JsonObject *instance)
{
  return read_tokens (ocg_json_get_object (instance, "config"), "context_length");
}

/* The context that a request for @key gets. Of instances with names of their own any may answer:
 * the smallest counts. */
static guint64
find_loaded_context (JsonArray *instances, const char *key)
{
  guint length = instances != NULL ? json_array_get_length (instances) : 0;
  guint64 smallest = 0;

  for (guint i = 0; i < length; i++)
    {
      JsonObject *instance = ocg_json_array_get_object (instances, i);
      guint64 context = read_instance (instance);

      if (g_strcmp0 (ocg_json_get_string (instance, "id"), key) == 0)
        return context;
      if (context > 0 && (smallest == 0 || context < smallest))
        smallest = context;
    }
  return smallest;
}

static void
fill_lm_studio (OcgServedModel *model, JsonObject *json, guint64 loaded_context)
{
  JsonObject *capabilities = ocg_json_get_object (json, "capabilities");
  gboolean vision = FALSE;
  gboolean reasoning = ocg_json_get_object (capabilities, "reasoning") != NULL;

  ocg_json_get_boolean (capabilities, "vision", &vision);
  ocg_json_get_boolean (capabilities, "reasoning", &reasoning);
  model->name = dup_name (json, "display_name");
  model->max_context = read_tokens (json, "max_context_length");
  model->loaded_context = loaded_context;
  model->takes_images = vision || is_vision_type (json);
  model->reasoning = reasoning;
}

/* A model, and those of its instances that were loaded under another name. */
static gboolean
read_lm_studio (List *list, JsonObject *json)
{
  const char *key = ocg_json_get_string (json, "key");
  JsonArray *instances = ocg_json_get_array (json, "loaded_instances");
  guint length = instances != NULL ? json_array_get_length (instances) : 0;
  OcgServedModel *model = NULL;

  if (key == NULL)
    return FALSE;
  if (!is_chat_type (json))
    return TRUE;
  model = add_model (list, key);
  if (model != NULL)
    fill_lm_studio (model, json, find_loaded_context (instances, key));
  for (guint i = 0; i < length; i++)
    {
      JsonObject *instance = ocg_json_array_get_object (instances, i);
      const char *id = ocg_json_get_string (instance, "id");

      model = id != NULL ? add_model (list, id) : NULL;
      if (model != NULL)
        fill_lm_studio (model, json, read_instance (instance));
    }
  return TRUE;
}

static gboolean
read_lm_studio_v0 (List *list, JsonObject *json)
{
  const char *id = ocg_json_get_string (json, "id");
  OcgServedModel *model = NULL;

  /* Without a type it is OCG_LIST_OPENAI, an answer to another question. */
  if (id == NULL || ocg_json_get_string (json, "type") == NULL)
    return FALSE;
  model = is_chat_type (json) ? add_model (list, id) : NULL;
  if (model == NULL)
    return TRUE;
  model->max_context = read_tokens (json, "max_context_length");
  if (g_strcmp0 (ocg_json_get_string (json, "state"), "loaded") == 0)
    model->loaded_context = read_tokens (json, "loaded_context_length");
  model->takes_images = is_vision_type (json);
  return TRUE;
}

/* Whether one of the families that a model is made of has @part in its name. */
static gboolean
has_family (JsonObject *details, const char *part)
{
  JsonArray *families = ocg_json_get_array (details, "families");
  guint length = families != NULL ? json_array_get_length (families) : 0;
  gboolean found = contains (ocg_json_get_string (details, "family"), part);

  for (guint i = 0; i < length && !found; i++)
    {
      JsonNode *node = json_array_get_element (families, i);

      found = json_node_get_value_type (node) == G_TYPE_STRING
              && contains (json_node_get_string (node), part);
    }
  return found;
}

static gboolean
read_ollama (List *list, JsonObject *json)
{
  const char *model_id = ocg_json_get_string (json, "model");
  const char *id = model_id != NULL ? model_id : ocg_json_get_string (json, "name");
  const char *remote_host = ocg_json_get_string (json, "remote_host");
  JsonObject *details = ocg_json_get_object (json, "details");
  OcgServedModel *model = NULL;

  if (id == NULL)
    return FALSE;
  /* Ollama passes questions to some models on to its makers: those are not on this machine. */
  if (contains (id, "embed") || has_family (details, "bert")
      || (remote_host != NULL && *remote_host != '\0'))
    return TRUE;
  model = add_model (list, id);
  if (model != NULL)
    model->takes_images = has_family (details, "clip") || has_family (details, "mllama");
  return TRUE;
}

/* vLLM and llama.cpp tell what they were started with. */
static gboolean
read_openai (List *list, JsonObject *json)
{
  const char *id = ocg_json_get_string (json, "id");
  JsonObject *meta = ocg_json_get_object (json, "meta");
  guint64 started_with = read_tokens (json, "max_model_len");
  guint64 trained_with = read_tokens (meta, "n_ctx_train");
  OcgServedModel *model = NULL;

  if (id == NULL)
    return FALSE;
  model = !contains (id, "embed") ? add_model (list, id) : NULL;
  if (model == NULL)
    return TRUE;
  model->name = dup_name (json, "display_name");
  model->loaded_context = started_with > 0 ? started_with : read_tokens (meta, "n_ctx");
  model->max_context = trained_with > 0 ? trained_with : started_with;
  return TRUE;
}

GPtrArray *
ocg_list_format_parse (OcgListFormat format, const char *text, gsize length)
{
  static const struct
  {
    const char *member;
    /* FALSE when the entry is none of such a list. */
    gboolean (*read) (List *list, JsonObject *json);
  } rows[OCG_N_LISTS] = {
    [OCG_LIST_LM_STUDIO] = { "models", read_lm_studio },
    [OCG_LIST_LM_STUDIO_V0] = { "data", read_lm_studio_v0 },
    [OCG_LIST_OLLAMA] = { "models", read_ollama },
    [OCG_LIST_OPENAI] = { "data", read_openai },
  };
  gboolean is_text = g_utf8_validate (text, (gssize) length, NULL);
  g_autoptr (JsonObject) root
      = is_text ? ocg_json_parse_object (text, (gssize) length, NULL) : NULL;
  JsonArray *array = ocg_json_get_array (root, rows[format].member);
  g_autoptr (GPtrArray) models
      = g_ptr_array_new_with_free_func ((GDestroyNotify) ocg_served_model_free);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  List list = { models, seen };
  guint entries = array != NULL ? json_array_get_length (array) : 0;
  guint understood = 0;

  for (guint i = 0; i < entries; i++)
    understood += rows[format].read (&list, ocg_json_array_get_object (array, i)) ? 1 : 0;
  if (array == NULL || (entries > 0 && understood == 0))
    return NULL;
  return g_steal_pointer (&models);
}
