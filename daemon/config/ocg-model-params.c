/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-model-params.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "ocg-config-path.h"

#define MAX_STOPS 16
#define MAX_STOP_SIZE 256

/* Each returns the value as the gateway wants it, or NULL. (transfer full) */
typedef JsonNode *(*ReadFunc) (JsonNode *node);

typedef struct
{
  const char *name;
  const char *spellings[5];
  ReadFunc read;
  const char *wanted;
} Row;

/* NAN when it is no number. */
static double
get_number (JsonNode *node)
{
  GType type = json_node_get_value_type (node);

  return type == G_TYPE_INT64 || type == G_TYPE_DOUBLE ? json_node_get_double (node) : (double) NAN;
}

static JsonNode *
read_temperature (JsonNode *node)
{
  double value = get_number (node);

  return value >= 0 && value <= 2 ? json_node_init_double (json_node_alloc (), value) : NULL;
}

static JsonNode *
read_top_p (JsonNode *node)
{
  double value = get_number (node);

  return value > 0 && value <= 1 ? json_node_init_double (json_node_alloc (), value) : NULL;
}

static JsonNode *
read_max_tokens (JsonNode *node)
{
  double value = get_number (node);

  return value >= 1 && value <= G_MAXUINT32 && floor (value) >= value
             ? json_node_init_int (json_node_alloc (), (gint64) value)
             : NULL;
}

const char *const *
ocg_model_params_get_levels (void)
{
  static const char *const levels[]
      = { "off", "minimal", "low", "medium", "high", "xhigh", "adaptive", NULL };

  return levels;
}

static JsonNode *
read_thinking (JsonNode *node)
{
  return json_node_get_value_type (node) == G_TYPE_STRING
                 && g_strv_contains (ocg_model_params_get_levels (), json_node_get_string (node))
             ? json_node_copy (node)
             : NULL;
}

static gboolean
is_stop (JsonNode *node)
{
  const char *text
      = json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : "";

  return *text != '\0' && strlen (text) <= MAX_STOP_SIZE;
}

static JsonNode *
read_stop (JsonNode *node)
{
  g_autoptr (JsonArray) one = NULL;
  JsonArray *array;

  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      array = json_node_get_array (node);
      for (guint i = 0; i < json_array_get_length (array); i++)
        if (!is_stop (json_array_get_element (array, i)))
          return NULL;
      return json_array_get_length (array) <= MAX_STOPS ? json_node_copy (node) : NULL;
    }
  if (!is_stop (node))
    return NULL;
  one = json_array_new ();
  json_array_add_string_element (one, json_node_get_string (node));
  return json_node_init_array (json_node_alloc (), one);
}

static JsonNode *
read_stream (JsonNode *node)
{
  return json_node_get_value_type (node) == G_TYPE_BOOLEAN ? json_node_copy (node) : NULL;
}

static const Row rows[] = {
  { "temperature", { "temperature" }, read_temperature, N_ ("this must be a number from 0 to 2") },
  { "top-p", { "topP", "top_p", "top-p" }, read_top_p,
    N_ ("this must be a number above 0, and 1 at most") },
  { "max-tokens", { "maxTokens", "max_tokens", "max-tokens" }, read_max_tokens,
    N_ ("this must be a whole number, more than 0") },
  { "thinking", { "thinking", "thinkingLevel", "reasoning", "reasoningEffort" }, read_thinking,
    N_ ("this must be one of off, minimal, low, medium, high, xhigh, adaptive") },
  { "stop", { "stop" }, read_stop, N_ ("this must be text in quotes, or a list of at most 16") },
  { "stream", { "streaming" }, read_stream, N_ ("this must be true or false") },
};

static const Row *
find_row (const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_strv_contains (rows[i].spellings, key))
      return &rows[i];
  return NULL;
}

/* Of several spellings the first one that is right counts. */
static void
take (JsonObject *params, const char *key, JsonNode *node, const char *path, OcgProblems *problems)
{
  const Row *row = find_row (key);
  g_autofree char *full_path = ocg_config_path_join (path, key);
  g_autoptr (JsonNode) value = row != NULL ? row->read (node) : NULL;

  if (row == NULL)
    g_debug ("%s is not known and ignored", full_path);
  else if (value == NULL)
    ocg_problems_add (problems, OCG_SEVERITY_ERROR, full_path, _ (row->wanted), NULL);
  else if (!json_object_has_member (params, row->name))
    json_object_set_member (params, row->name, g_steal_pointer (&value));
}

JsonObject *
ocg_model_params_read (JsonObject *written, JsonNode *streaming, const char *path,
                       OcgProblems *problems)
{
  g_autoptr (JsonObject) params = NULL;
  g_autofree char *params_path = ocg_config_path_join (path, "params");
  JsonObjectIter iter;
  const char *key = NULL;
  JsonNode *node = NULL;

  if (written == NULL && streaming == NULL)
    return NULL;
  params = json_object_new ();
  if (written != NULL)
    {
      json_object_iter_init_ordered (&iter, written);
      while (json_object_iter_next_ordered (&iter, &key, &node))
        take (params, key, node, params_path, problems);
    }
  if (streaming != NULL)
    take (params, "streaming", streaming, path, problems);
  return g_steal_pointer (&params);
}
