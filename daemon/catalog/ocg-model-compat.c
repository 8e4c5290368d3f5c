/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-model-compat.h"

#include "../config/ocg-config-path.h"
#include "ocg-json-merge.h"

/* Those that are read here and those of the built-in data; OpenClaw has more. */
static const char *const flags[] = {
  "forceAdaptiveThinking",
  "requiresMistralToolIds",
  "requiresReasoningContentOnAssistantMessages",
  "requiresToolResultName",
  "sendSessionAffinityHeaders",
  "supportsAdditionalTools",
  "supportsDeveloperRole",
  "supportsExplicitPromptCacheMode",
  "supportsMidConvoEffort",
  "supportsMidConvoSystemMessages",
  "supportsMidConvoToolAdditions",
  "supportsMidConvoToolChanges",
  "supportsOpenAIGrammarTools",
  "supportsReasoningEffort",
  "supportsStore",
  "supportsStrictMode",
  "supportsStrictTools",
  "supportsTemperature",
  "supportsToolSearch",
  "supportsUsageInStreaming",
  "zaiToolStream",
};

static const char *const max_tokens_fields[] = { "max_tokens", "max_completion_tokens", NULL };

static const char *const thinking_formats[] = {
  "openai", "openrouter", "deepseek", "zai", "qwen", "qwen-chat-template", "together", "minimax",
  "none", NULL,
};

static const struct
{
  const char *name;
  const char *const *words;
} choices[] = {
  { "maxTokensField", max_tokens_fields },
  { "thinkingFormat", thinking_formats },
};

/* Describes @name and takes it out of @compat when it is wrong. */
static void
check_flag (OcgFields *compat, const char *name, JsonObject *kept)
{
  compat->failed = FALSE;
  ocg_fields_get_boolean (compat, name, FALSE);
  if (compat->failed)
    json_object_remove_member (kept, name);
}

static void
check_choice (OcgFields *compat, guint i, JsonObject *kept)
{
  g_autofree char *word = NULL;

  compat->failed = FALSE;
  word = ocg_fields_dup_word (compat, choices[i].name, choices[i].words, NULL);
  if (compat->failed)
    json_object_remove_member (kept, choices[i].name);
}

JsonNode *
ocg_model_compat_read (OcgFields *fields, JsonNode *base)
{
  JsonObject *json = ocg_fields_get_object (fields, "compat");
  g_autofree char *path = ocg_config_path_join (fields->path, "compat");
  g_auto (OcgFields) compat = { json, path, fields->problems, FALSE, NULL };
  g_autoptr (JsonNode) kept = NULL;

  if (json == NULL)
    return NULL;
  kept = ocg_json_merge (NULL, json_object_get_member (fields->json, "compat"));
  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    check_flag (&compat, flags[i], json_node_get_object (kept));
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    check_choice (&compat, i, json_node_get_object (kept));
  return ocg_json_merge (base, kept);
}
