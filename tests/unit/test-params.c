/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Default request options: how they are written, and what becomes of them. JSON is written with '
 * for ". */

#include <string.h>

#include "catalog-fixture.h"
#include "engine/ocg-chat-defaults.h"

#define REF "minimax/MiniMax-M2.1"
#define PATH "agents.defaults.models[\"" REF "\"]"

/* The problems are exactly those at @paths (separated by blanks, below the entry of REF). */
static void
assert_problems (Fixture *fixture, const char *paths)
{
  g_auto (GStrv) wanted = g_strsplit (paths, " ", -1);
  guint n_wanted = *paths != '\0' ? g_strv_length (wanted) : 0;

  assert_n_problems (fixture, n_wanted);
  for (guint i = 0; i < n_wanted; i++)
    {
      g_autofree char *start = g_strdup_printf (PATH ".%s: this must be ", wanted[i]);

      assert_problem (fixture, start);
    }
}

static Fixture
new_fixture (const char *entry, const char *more)
{
  g_autofree char *text = g_strdup_printf (
      "{'models':{'providers':{'minimax':{},'other':{'baseUrl':'http://127.0.0.1:1/v1',"
      "'api':'openai-completions','models':[{'id':'text'},{'id':'eyes','input':['image']}]}}},"
      "'agents':{'defaults':{%s'models':{'" REF "':%s,'other/text':{}}}}}",
      more, entry);

  return fixture_new (text);
}

/* What is read, how it is to come out (NULL: left out), and what is reported. */
static const struct
{
  const char *entry;
  const char *params;
  const char *problems;
} reading_rows[] = {
  { "{'alias':'x'}", NULL, "" },
  { "{'params':{}}", "{}", "" },
  { "{'params':{'temperature':0.5}}", "{'temperature':0.5}", "" },
  { "{'params':{'temperature':0}}", "{'temperature':0.0}", "" },
  { "{'params':{'temperature':2}}", "{'temperature':2.0}", "" },
  { "{'params':{'temperature':2.01}}", "{}", "params.temperature" },
  { "{'params':{'temperature':-0.1}}", "{}", "params.temperature" },
  { "{'params':{'temperature':'0.5'}}", "{}", "params.temperature" },
  { "{'params':{'temperature':null}}", "{}", "params.temperature" },
  { "{'params':{'topP':0.9}}", "{'top-p':0.9}", "" },
  { "{'params':{'top_p':1}}", "{'top-p':1.0}", "" },
  { "{'params':{'top-p':0.1}}", "{'top-p':0.1}", "" },
  { "{'params':{'topP':0}}", "{}", "params.topP" },
  { "{'params':{'top_p':1.1}}", "{}", "params.top_p" },
  { "{'params':{'maxTokens':4096}}", "{'max-tokens':4096}", "" },
  { "{'params':{'max_tokens':1}}", "{'max-tokens':1}", "" },
  { "{'params':{'max-tokens':1e4}}", "{'max-tokens':10000}", "" },
  { "{'params':{'maxTokens':0}}", "{}", "params.maxTokens" },
  { "{'params':{'maxTokens':1.5}}", "{}", "params.maxTokens" },
  { "{'params':{'maxTokens':1e10}}", "{}", "params.maxTokens" },
  { "{'params':{'thinking':'high'}}", "{'thinking':'high'}", "" },
  { "{'params':{'thinkingLevel':'off'}}", "{'thinking':'off'}", "" },
  { "{'params':{'reasoning':'adaptive'}}", "{'thinking':'adaptive'}", "" },
  { "{'params':{'reasoningEffort':'minimal'}}", "{'thinking':'minimal'}", "" },
  { "{'params':{'thinking':'much'}}", "{}", "params.thinking" },
  { "{'params':{'reasoning':true}}", "{}", "params.reasoning" },
  { "{'params':{'thinking':{'type':'enabled'}}}", "{}", "params.thinking" },
  { "{'params':{'stop':'END'}}", "{'stop':['END']}", "" },
  { "{'params':{'stop':['a','b']}}", "{'stop':['a','b']}", "" },
  { "{'params':{'stop':''}}", "{}", "params.stop" },
  { "{'params':{'stop':['a','']}}", "{}", "params.stop" },
  { "{'params':{'stop':['a',1]}}", "{}", "params.stop" },
  { "{'params':{'stop':['1','2','3','4','5','6','7','8','9','10','11','12','13','14','15','16',"
    "'17']}}",
    "{}", "params.stop" },
  { "{'params':{'streaming':false}}", "{'stream':false}", "" },
  { "{'params':{'streaming':'no'}}", "{}", "params.streaming" },
  { "{'streaming':false}", "{'stream':false}", "" },
  { "{'streaming':0}", "{}", "streaming" },
  { "{'params':{'streaming':true},'streaming':false}", "{'stream':true}", "" },
  { "{'params':{'topP':2,'top_p':0.5,'top-p':0.6}}", "{'top-p':0.5}", "params.topP" },
  { "{'params':{'Temperature':1,'provider':{},'cacheRetention':'long','stop':'x'}}",
    "{'stop':['x']}", "" },
  { "{'params':{'thinking':'x','stop':[],'maxTokens':-1}}", "{'stop':[]}",
    "params.thinking params.maxTokens" },
};

static void
test_reading (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (reading_rows); i++)
    {
      g_auto (Fixture) fixture = new_fixture (reading_rows[i].entry, "");
      g_autoptr (OcgModel) model = resolve (&fixture, REF);
      JsonObject *params = ocg_catalog_get_params (fixture.catalog, model);
      g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
      const char *written = reading_rows[i].params;
      g_autofree char *json = g_strdelimit (g_strdup (written != NULL ? written : "0"), "'", '"');
      g_autoptr (JsonNode) wanted = written != NULL ? parse (json) : NULL;

      g_test_message ("%s", reading_rows[i].entry);
      assert_problems (&fixture, reading_rows[i].problems);
      g_assert_cmpint (params == NULL, ==, wanted == NULL);
      if (params == NULL)
        continue;
      json_node_set_object (node, params);
      g_assert_true (json_node_equal (node, wanted));
    }
}

/* A variable that is not set takes its own value away and no other. */
static void
test_variables (void)
{
  g_auto (Fixture) fixture
      = new_fixture ("{'params':{'stop':['${NOT_SET}'],'thinking':'${LEVEL}','topP':0.5}}",
                     "'thinkingDefault':'low',");
  g_autoptr (OcgModel) model = resolve (&fixture, REF);
  JsonObject *params = ocg_catalog_get_params (fixture.catalog, model);

  assert_n_problems (&fixture, 2);
  assert_problem (&fixture, PATH ".params.stop[0]: ");
  g_assert_cmpuint (json_object_get_size (params), ==, 1);
  g_assert_true (json_object_has_member (params, "top-p"));
}

static OcgPart *
add_part (OcgChat *chat, OcgRole role, OcgPartType type)
{
  OcgMessage *message = ocg_message_new (role);
  OcgPart *part = ocg_part_new (type);

  g_ptr_array_add (message->parts, part);
  g_ptr_array_add (chat->messages, message);
  return part;
}

static OcgChat *
fill_in (Fixture *fixture, const char *ref, OcgChat *chat)
{
  g_autoptr (OcgModel) model = resolve (fixture, ref);

  return ocg_chat_with_defaults (chat, fixture->catalog, model);
}

#define ALL_PARAMS                                                                                \
  "{'params':{'temperature':0.25,'topP':0.5,'maxTokens':77,'thinking':'high','stop':'END'},"        \
  "'streaming':false}"

static void
test_filling_in (void)
{
  g_auto (Fixture) fixture = new_fixture (ALL_PARAMS, "'thinkingDefault':'low',");
  g_autoptr (OcgChat) chat = ocg_chat_new ();
  g_autoptr (OcgChat) filled = NULL;
  g_autoptr (OcgChat) other = NULL;

  chat->system = g_strdup ("Be brief.");
  filled = fill_in (&fixture, REF, chat);
  g_assert_cmpfloat (filled->temperature, ==, 0.25);
  g_assert_cmpfloat (filled->top_p, ==, 0.5);
  g_assert_cmpuint (filled->max_tokens, ==, 77);
  g_assert_cmpint (filled->thinking, ==, OCG_THINKING_HIGH);
  g_assert_cmpuint (g_strv_length (filled->stop), ==, 1);
  g_assert_cmpstr (filled->stop[0], ==, "END");
  g_assert_false (filled->stream);
  g_assert_cmpstr (filled->system, ==, "Be brief.");
  g_assert_true (filled->messages == chat->messages);

  /* Another model has its own, and the conversation is as it was. */
  other = fill_in (&fixture, "other/text", chat);
  g_assert_cmpfloat (other->temperature, <, 0);
  g_assert_cmpint (other->thinking, ==, OCG_THINKING_LOW);
  g_assert_true (other->stream);
  g_assert_cmpfloat (chat->temperature, <, 0);
  g_assert_cmpuint (chat->max_tokens, ==, 0);
  g_assert_cmpint (chat->thinking, ==, OCG_THINKING_DEFAULT);
  g_assert_null (chat->stop);
  g_assert_true (chat->stream);
}

static void
test_caller_comes_first (void)
{
  g_auto (Fixture) fixture = new_fixture (ALL_PARAMS, "'thinkingDefault':'low',");
  g_autoptr (OcgChat) chat = ocg_chat_new ();
  g_autoptr (OcgChat) filled = NULL;

  chat->temperature = 0;
  chat->top_p = 1;
  chat->max_tokens = 5;
  chat->thinking = OCG_THINKING_OFF;
  chat->stop = g_new0 (char *, 1);
  chat->stream = TRUE;
  chat->has_stream = TRUE;
  filled = fill_in (&fixture, REF, chat);
  g_assert_cmpfloat (filled->temperature, ==, 0);
  g_assert_cmpfloat (filled->top_p, ==, 1);
  g_assert_cmpuint (filled->max_tokens, ==, 5);
  g_assert_cmpint (filled->thinking, ==, OCG_THINKING_OFF);
  g_assert_cmpuint (g_strv_length (filled->stop), ==, 0);
  g_assert_true (filled->stream);
}

/* A copy owns what is its own, and keeps what it shares. */
static void
test_copy (void)
{
  g_autoptr (OcgChat) chat = ocg_chat_new ();
  g_autoptr (OcgChat) copy = NULL;
  const char *const stop[] = { "a", NULL };

  chat->system = g_strdup ("s");
  chat->tool_choice_name = g_strdup ("t");
  chat->format_name = g_strdup ("n");
  chat->format_schema = g_strdup ("{}");
  chat->stop = g_strdupv ((char **) stop);
  add_part (chat, OCG_ROLE_USER, OCG_PART_TEXT)->text = g_strdup ("Hi");
  copy = ocg_chat_copy (chat);
  g_clear_pointer (&chat, ocg_chat_unref);
  g_assert_cmpstr (copy->system, ==, "s");
  g_assert_cmpstr (copy->tool_choice_name, ==, "t");
  g_assert_cmpstr (copy->format_name, ==, "n");
  g_assert_cmpstr (copy->format_schema, ==, "{}");
  g_assert_cmpstr (copy->stop[0], ==, "a");
  g_assert_cmpuint (copy->messages->len, ==, 1);
}

static void
test_images (void)
{
  g_autoptr (OcgChat) chat = ocg_chat_new ();
  OcgPart *result;

  g_assert_false (ocg_chat_has_images (chat));
  add_part (chat, OCG_ROLE_USER, OCG_PART_TEXT);
  result = add_part (chat, OCG_ROLE_TOOL, OCG_PART_TOOL_RESULT);
  result->content = g_ptr_array_new_with_free_func ((GDestroyNotify) ocg_part_free);
  g_ptr_array_add (result->content, ocg_part_new (OCG_PART_TEXT));
  g_assert_false (ocg_chat_has_images (chat));
  g_ptr_array_add (result->content, ocg_part_new (OCG_PART_IMAGE));
  g_assert_true (ocg_chat_has_images (chat));
}

static void
test_image_models (void)
{
  g_auto (Fixture) fixture = new_fixture (
      "{}", "'imageModel':{'primary':'other/eyes','fallbacks':['nobody/x','other/text',"
            "'other/eyes','other/unlisted']},");
  g_autoptr (GPtrArray) models
      = ocg_catalog_get_image_models (fixture.catalog, fixture_has_credential, &fixture);
  const char *const refs[] = { "other/eyes", "other/text", "other/unlisted" };

  g_assert_cmpuint (models->len, ==, G_N_ELEMENTS (refs));
  for (guint i = 0; i < models->len; i++)
    g_assert_cmpstr (((OcgModel *) g_ptr_array_index (models, i))->ref, ==, refs[i]);
}

static void
test_no_image_model (void)
{
  g_auto (Fixture) fixture = new_fixture ("{}", "");
  g_autoptr (GPtrArray) models
      = ocg_catalog_get_image_models (fixture.catalog, fixture_has_credential, &fixture);

  g_assert_cmpuint (models->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/params/reading", test_reading);
  g_test_add_func ("/params/variables", test_variables);
  g_test_add_func ("/params/filling-in", test_filling_in);
  g_test_add_func ("/params/caller-comes-first", test_caller_comes_first);
  g_test_add_func ("/chat/copy", test_copy);
  g_test_add_func ("/chat/images", test_images);
  g_test_add_func ("/image-model/order", test_image_models);
  g_test_add_func ("/image-model/none", test_no_image_model);
  return g_test_run ();
}
