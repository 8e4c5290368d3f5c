/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "fuzz-models.h"

#include <string.h>

#include "../unit/provider-fixture.h"
#include "fuzz.h"

typedef struct
{
  const char *provider, *family, *base_url, *id, *members;
} Row;

/* JSON is written with ' for ". */
static const Row anthropic_rows[FUZZ_N_MODELS] = {
  { "anthropic", "anthropic", "https://api.anthropic.com", "claude-opus-4-5",
    "'reasoning':true,'input':['text','image']" },
  { "minimax", "minimax", "https://api.minimax.io/anthropic", "MiniMax-M2.5", "'reasoning':true" },
  { "minimax", "minimax", "https://api.minimax.io/anthropic", "MiniMax-M3",
    "'reasoning':true,'input':['text','image']" },
  { "anthropic", "anthropic", "https://api.anthropic.com/v1", "claude-sonnet-4-6",
    "'reasoning':true,'compat':{'forceAdaptiveThinking':true}" },
  { "lmstudio", "", "http://127.0.0.1:1234", "qwen3", "'input':['text']" },
};

static const Row openai_rows[FUZZ_N_MODELS] = {
  { "openai", "openai", "https://api.openai.com/v1", "gpt-5.2",
    "'reasoning':true,'input':['text','image']" },
  { "minimax", "minimax", "https://api.minimax.io/v1", "MiniMax-M2.5", "'reasoning':true" },
  { "mistral", "", "https://api.mistral.ai/v1", "mistral-large", "'input':['text','image']" },
  { "deepseek", "", "https://api.deepseek.com", "deepseek-reasoner", "'reasoning':true" },
  { "openrouter", "", "https://openrouter.ai/api/v1", "z/glm", "'reasoning':true" },
};

static JsonObject *
parse (const char *text)
{
  g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr (JsonNode) node = json_from_string (json, NULL);

  fuzz_check (node != NULL);
  return json_object_ref (json_node_get_object (node));
}

static OcgModel *
model_new (const Row *row, const char *api)
{
  g_autofree char *entry = g_strdup_printf ("{'baseUrl':'%s','api':'%s','family':'%s'}",
                                            row->base_url, api, row->family);
  g_autofree char *text
      = g_strdup_printf ("{'id':'%s','maxTokens':64000,%s}", row->id, row->members);
  g_autoptr (JsonObject) provider_json = parse (entry);
  g_autoptr (JsonObject) model_json = parse (text);
  g_autoptr (OcgProvider) provider
      = provider_fixture_new (row->provider, provider_json);
  OcgModel *model;

  fuzz_check (provider != NULL);
  model = provider_fixture_model (provider, model_json);
  fuzz_check (model != NULL);
  return model;
}

OcgModel *
fuzz_get_model (const char *api, guint which)
{
  static GHashTable *models = NULL;
  const Row *row = g_str_equal (api, "anthropic-messages") ? anthropic_rows : openai_rows;
  g_autofree char *key = g_strdup_printf ("%s/%u", api, which);
  OcgModel *model;

  fuzz_check (which < FUZZ_N_MODELS);
  if (models == NULL)
    models = g_hash_table_new (g_str_hash, g_str_equal);
  model = g_hash_table_lookup (models, key);
  if (model == NULL)
    {
      model = model_new (row + which, api);
      g_hash_table_insert (models, g_steal_pointer (&key), model);
    }
  return model;
}

GPtrArray *
fuzz_tools_new (void)
{
  static const char *const rows[][2] = {
    { "f", "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"},"
           "\"b\":{\"type\":[\"null\",\"integer\"]},\"q\":{\"type\":\"object\"}}}" },
    { "get_weather", "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}" },
  };
  GPtrArray *tools = g_ptr_array_new_with_free_func ((GDestroyNotify) ocg_tool_free);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      OcgTool *tool = g_new0 (OcgTool, 1);

      tool->name = g_strdup (rows[i][0]);
      tool->parameters = g_strdup (rows[i][1]);
      g_ptr_array_add (tools, tool);
    }
  return tools;
}
