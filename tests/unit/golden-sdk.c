/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "golden-sdk.h"

#include <string.h>

#include "golden-sdk-fields.h"
#include "wire/ocg-replay.h"

static const char *const fields[] = { "outcome", "text",       "thinking",   "replay",
                                      "refusal", "tool-calls", "stop",       "pause",
                                      "input",   "output",     "cache-read", "cache-write" };

/* Tool calls whose end never came are not handed out. */
static void
add_our_parts (JsonObject *ours, GoldenCase *golden, OcgCompletion *completion)
{
  g_autofree char *family = ocg_replay_dup_family (golden->api, golden->model);
  JsonArray *calls = json_array_new ();
  JsonArray *blocks = json_array_new ();

  for (guint i = 0; i < completion->parts->len; i++)
    {
      OcgAnswerPart *part = g_ptr_array_index (completion->parts, i);

      if (part->type == OCG_ANSWER_TOOL_CALL && part->done)
        golden_add_call (calls, part->id, part->name, golden_parse_arguments (part->text->str));
      if (part->type == OCG_ANSWER_THINKING && part->replay != NULL)
        json_array_add_object_element (blocks,
                                       ocg_replay_unpack (part->replay, golden->api, family));
    }
  json_object_set_array_member (ours, "tool-calls", calls);
  json_object_set_array_member (ours, "replay", blocks);
}

static JsonObject *
describe_ours (GoldenCase *golden, GoldenRun *run)
{
  OcgCompletion *completion = run->completion;
  g_autofree char *text = ocg_completion_dup_text (completion, OCG_ANSWER_TEXT);
  g_autofree char *thinking = ocg_completion_dup_text (completion, OCG_ANSWER_THINKING);
  JsonObject *ours = json_object_new ();

  json_object_set_string_member (ours, "outcome",
                                 run->state == OCG_DECODER_COMPLETE ? "complete" : "failed");
  json_object_set_string_member (ours, "text", text);
  json_object_set_string_member (ours, "thinking", thinking);
  json_object_set_string_member (ours, "stop", ocg_stop_reason_to_string (completion->stop));
  json_object_set_boolean_member (ours, "pause", completion->pause);
  if (completion->refusal != NULL)
    json_object_set_string_member (ours, "refusal", completion->refusal);
  add_our_parts (ours, golden, completion);
  golden_set_count (ours, "input", completion->usage.input);
  golden_set_count (ours, "output", completion->usage.output);
  golden_set_count (ours, "cache-read", completion->usage.cache_read);
  golden_set_count (ours, "cache-write", completion->usage.cache_write);
  return ours;
}

static JsonObject *
describe_theirs (GoldenCase *golden)
{
  JsonObject *sdk = json_object_get_object_member (golden->json, "sdk");
  JsonObject *theirs = json_object_new ();

  if (json_object_has_member (sdk, "raises"))
    {
      json_object_set_string_member (theirs, "outcome", "failed");
      return theirs;
    }
  json_object_set_string_member (theirs, "outcome", "complete");
  if (g_str_equal (golden->api, "anthropic-messages"))
    golden_describe_message (theirs, sdk);
  else if (g_str_equal (golden->api, "openai-completions"))
    golden_describe_chat_completion (theirs, sdk);
  else
    golden_describe_response (theirs, sdk);
  return theirs;
}

static char *
dup_json (JsonNode *node)
{
  return node != NULL ? json_to_string (node, FALSE) : g_strdup ("nothing");
}

static gboolean
is_same (JsonNode *a, JsonNode *b)
{
  return a == NULL || b == NULL ? a == b : json_node_equal (a, b);
}

static char *
compare_field (const char *field, JsonObject *ours, JsonObject *theirs, JsonObject *differs)
{
  JsonNode *our = json_object_get_member (ours, field);
  JsonNode *their = json_object_get_member (theirs, field);
  g_autofree char *our_text = dup_json (our);
  g_autofree char *their_text = dup_json (their);
  const char *reason = differs != NULL
                           ? json_object_get_string_member_with_default (differs, field, NULL)
                           : NULL;

  if (is_same (our, their) && reason != NULL)
    return g_strdup_printf ("%s does not differ any more: %s", field, our_text);
  if (!is_same (our, their) && reason == NULL)
    return g_strdup_printf ("%s: ours is %s, the SDK has %s", field, our_text, their_text);
  return NULL;
}

GPtrArray *
golden_sdk_compare (GoldenCase *golden, GoldenRun *run)
{
  GPtrArray *problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (JsonObject) ours = describe_ours (golden, run);
  g_autoptr (JsonObject) theirs = describe_theirs (golden);
  JsonObject *differs = json_object_has_member (golden->json, "differs")
                            ? json_object_get_object_member (golden->json, "differs")
                            : NULL;
  guint n_fields = json_object_has_member (theirs, "text") ? G_N_ELEMENTS (fields) : 1;
  guint n_reasons = 0;

  for (guint i = 0; i < n_fields; i++)
    {
      char *problem = compare_field (fields[i], ours, theirs, differs);

      n_reasons += differs != NULL && json_object_has_member (differs, fields[i]);
      if (problem != NULL)
        g_ptr_array_add (problems, problem);
    }
  if (differs != NULL && n_reasons != json_object_get_size (differs))
    g_ptr_array_add (problems, g_strdup ("differs names a field that is not compared"));
  return problems;
}
