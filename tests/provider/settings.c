/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "settings.h"

/* clang-format off */
static const char cloud_models[] =
  "[{\"id\":\"MiniMax-M2.1\",\"name\":\"MiniMax M2.1\",\"context\":204800},"
  "{\"id\":\"MiniMax-M2.1-lightning\",\"name\":\"MiniMax M2.1 Lightning\",\"context\":204800}]";

/* One that is loaded with less than it could have, one that is not, one that sees, one that only
 * embeds. */
static const char local_models[] =
  "[{\"id\":\"minimax-m2.1-gs32\",\"name\":\"MiniMax M2.1 GS32\",\"context\":196608,\"loaded\":32768,"
  "\"tools\":true,\"reasoning\":true,\"owner\":\"lmstudio-community\",\"arch\":\"minimax-m2\","
  "\"quantization\":\"Q4_K_M\",\"parameters\":\"229B\",\"bytes\":129000000000},"
  "{\"id\":\"qwen3-8b\",\"name\":\"Qwen3 8B\",\"context\":40960,\"tools\":true,\"reasoning\":true,"
  "\"owner\":\"qwen\",\"arch\":\"qwen3\",\"quantization\":\"Q4_K_M\",\"parameters\":\"8B\",\"bytes\":5030000000},"
  "{\"id\":\"gemma-3-4b-it\",\"name\":\"Gemma 3 4B\",\"type\":\"vlm\",\"context\":131072,\"loaded\":8192,"
  "\"vision\":true,\"owner\":\"google\",\"arch\":\"gemma3\",\"quantization\":\"Q4_0\",\"parameters\":\"4B\",\"bytes\":3340000000},"
  "{\"id\":\"text-embedding-nomic-embed-text-v1.5\",\"name\":\"Nomic Embed Text v1.5\",\"type\":\"embedding\","
  "\"context\":2048,\"owner\":\"nomic-ai\",\"arch\":\"nomic-bert\",\"quantization\":\"Q4_K_M\",\"parameters\":\"137M\",\"bytes\":84000000}]";
/* clang-format on */

void
settings_init (Settings *self)
{
  *self = (Settings){ .flavour = FLAVOUR_GENERIC };
}

void
settings_clear (Settings *self)
{
  g_clear_pointer (&self->models, json_array_unref);
}

static JsonArray *
parse_array (const char *text)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonNode *root;

  if (!json_parser_load_from_data (parser, text, -1, NULL))
    return NULL;
  root = json_parser_get_root (parser);
  return root && JSON_NODE_HOLDS_ARRAY (root) ? json_node_dup_array (root) : NULL;
}

static char *
set_flavour (Settings *self, const char *name)
{
  const FlavourRow *row = flavour_find (name ? name : "generic");

  if (!row)
    return g_strdup_printf ("no such flavour: %s", name);
  self->flavour = row->flavour;
  return NULL;
}

static char *
set_lists (Settings *self, const char *names)
{
  self->has_lists = names != NULL;
  if (names && !lists_parse (names, &self->lists))
    return g_strdup_printf ("no such model list among %s", names);
  return NULL;
}

static char *
set_models (Settings *self, JsonArray *models)
{
  for (guint i = 0; i < array_size (models); i++)
    if (!member_string (element_object (models, i), "id"))
      return g_strdup_printf ("models.%u: an object with an id is wanted", i);
  g_clear_pointer (&self->models, json_array_unref);
  self->models = models ? json_array_ref (models) : NULL;
  return NULL;
}

char *
settings_apply (Settings *self, JsonObject *json)
{
  static const char *const known[] = { "flavour", "lists", "models", NULL };
  const char *unknown = member_unknown (json, known, NULL);
  char *problem = unknown ? g_strdup_printf ("no such setting: %s", unknown) : NULL;

  if (!problem && json_object_has_member (json, "flavour"))
    problem = set_flavour (self, member_string (json, "flavour"));
  if (!problem && json_object_has_member (json, "lists"))
    problem = set_lists (self, member_string (json, "lists"));
  if (!problem && json_object_has_member (json, "models"))
    problem = set_models (self, member_array (json, "models"));
  return problem;
}

static char *
read_models (Settings *self, const char *file)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonArray) models = NULL;

  if (!g_file_get_contents (file, &text, NULL, &error))
    return g_strdup (error->message);
  models = parse_array (text);
  if (!models)
    return g_strdup_printf ("%s: a JSON array is wanted", file);
  return set_models (self, models);
}

char *
settings_options (Settings *self, const char *flavour, const char *lists, const char *file)
{
  char *problem = set_flavour (self, flavour);

  if (!problem)
    problem = set_lists (self, lists);
  if (!problem && file)
    problem = read_models (self, file);
  return problem;
}

Lists
settings_get_lists (const Settings *self, Flavour flavour)
{
  return self->has_lists ? self->lists : flavour_row (flavour)->lists;
}

JsonArray *
settings_get_models (const Settings *self, Flavour flavour)
{
  if (self->models)
    return json_array_ref (self->models);
  return parse_array (flavour_needs_key (flavour) ? cloud_models : local_models);
}
