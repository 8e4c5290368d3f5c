/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Lists of models as servers send them, and as nobody should. */

#include <string.h>

#include "discovery/ocg-list-format.h"
#include "provider-fixture.h"

#define LM_STUDIO \
  "{'models':[" \
  "{'type':'llm','publisher':'openai','key':'openai/gpt-oss-20b','display_name':'gpt-oss 20B'," \
  "'architecture':'gpt_oss','quantization':{'name':'MXFP4','bits_per_weight':4}," \
  "'size_bytes':12109565632,'params_string':'20B','loaded_instances':[{'id':'openai/gpt-oss-20b'," \
  "'config':{'context_length':4096,'eval_batch_size':512,'parallel':4}}]," \
  "'max_context_length':131072,'format':'gguf','capabilities':{'vision':false," \
  "'trained_for_tool_use':true,'reasoning':{'allowed_options':['low','high']}}}," \
  "{'type':'llm','key':'qwen/qwen3-vl-4b','display_name':'Qwen3 VL 4B','loaded_instances':[]," \
  "'max_context_length':262144,'capabilities':{'vision':true,'trained_for_tool_use':true}}," \
  "{'type':'embedding','publisher':'nomic-ai','key':'text-embedding-nomic-embed-text-v1.5'," \
  "'display_name':'Nomic Embed Text v1.5','loaded_instances':[],'max_context_length':2048}]}"

#define LM_STUDIO_V0 \
  "{'object':'list','data':[" \
  "{'id':'qwen2-vl-7b-instruct','object':'model','type':'vlm','publisher':'mlx-community'," \
  "'arch':'qwen2_vl','state':'not-loaded','max_context_length':32768}," \
  "{'id':'meta-llama-3.1-8b-instruct','object':'model','type':'llm','state':'loaded'," \
  "'max_context_length':131072,'loaded_context_length':8192,'capabilities':['tool_use']}," \
  "{'id':'text-embedding-nomic-embed-text-v1.5','object':'model','type':'embeddings'," \
  "'state':'not-loaded','max_context_length':2048}]}"

#define OLLAMA \
  "{'models':[" \
  "{'name':'llama3.2:latest','model':'llama3.2:latest','modified_at':'2026-05-04T17:37:44Z'," \
  "'size':2019393189,'digest':'a80c','details':{'parent_model':'','format':'gguf'," \
  "'family':'llama','families':['llama'],'parameter_size':'3.2B','quantization_level':'Q4_K_M'}}," \
  "{'name':'llava:7b','model':'llava:7b','details':{'family':'llama'," \
  "'families':['llama','clip']}}," \
  "{'name':'nomic-embed-text:latest','model':'nomic-embed-text:latest','details':{" \
  "'family':'nomic-bert','families':['nomic-bert']}}," \
  "{'name':'bge-m3:latest','model':'bge-m3:latest','details':{'family':'bert'}}," \
  "{'name':'qwen3-embedding:8b','model':'qwen3-embedding:8b','details':{'family':'qwen3'}}," \
  "{'name':'gpt-oss:120b-cloud','model':'gpt-oss:120b-cloud','remote_model':'gpt-oss:120b'," \
  "'remote_host':'https://ollama.com:443','size':384,'details':{'family':'gptoss'," \
  "'families':null}}]}"

#define VLLM \
  "{'object':'list','data':[{'id':'Qwen/Qwen3-8B','object':'model','created':1700000000," \
  "'owned_by':'vllm','root':'Qwen/Qwen3-8B','parent':null,'max_model_len':40960," \
  "'permission':[{'id':'modelperm-1'}]}]}"

#define LLAMA_CPP \
  "{'models':[{'name':'m.gguf','model':'m.gguf','capabilities':['completion'],'details':{}}]," \
  "'object':'list','data':[{'id':'m.gguf','object':'model','owned_by':'llamacpp','meta':{" \
  "'vocab_type':2,'n_vocab':128256,'n_ctx':8192,'n_ctx_train':131072.0}}]}"

#define UNEXPECTED "{'error':'Unexpected endpoint or method. (GET /api/v1/models)'}"

static GPtrArray *
parse (OcgListFormat format, const char *text)
{
  g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');

  return ocg_list_format_parse (format, json, strlen (json));
}

/* "id (name) max/loaded image reasoning; …", "nothing" for no list. */
static char *
describe (GPtrArray *models)
{
  GString *text = g_string_new (models == NULL ? "nothing" : NULL);

  for (guint i = 0; models != NULL && i < models->len; i++)
    {
      OcgServedModel *model = g_ptr_array_index (models, i);

      g_string_append_printf (text, "%s%s", i > 0 ? "; " : "", model->id);
      if (model->name != NULL)
        g_string_append_printf (text, " (%s)", model->name);
      g_string_append_printf (text, " %" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT "%s%s",
                              model->max_context, model->loaded_context,
                              model->takes_images ? " image" : "",
                              model->reasoning ? " reasoning" : "");
    }
  return g_string_free (text, FALSE);
}

static void
assert_list (OcgListFormat format, const char *json, const char *expected)
{
  g_autoptr (GPtrArray) models = parse (format, json);
  g_autofree char *text = describe (models);

  g_assert_cmpstr (text, ==, expected);
  g_clear_pointer (&models, g_ptr_array_unref);
}

static void
test_lists (void)
{
  assert_list (OCG_LIST_LM_STUDIO, LM_STUDIO,
               "openai/gpt-oss-20b (gpt-oss 20B) 131072/4096 reasoning; "
               "qwen/qwen3-vl-4b (Qwen3 VL 4B) 262144/0 image");
  assert_list (OCG_LIST_LM_STUDIO_V0, LM_STUDIO_V0,
               "qwen2-vl-7b-instruct 32768/0 image; meta-llama-3.1-8b-instruct 131072/8192");
  assert_list (OCG_LIST_OLLAMA, OLLAMA, "llama3.2:latest 0/0; llava:7b 0/0 image");
  assert_list (OCG_LIST_OPENAI, VLLM, "Qwen/Qwen3-8B 40960/40960");
  assert_list (OCG_LIST_OPENAI, LLAMA_CPP, "m.gguf 131072/8192");
  assert_list (OCG_LIST_OPENAI,
               "{'object':'list','data':[{'id':'a'},{'id':'text-Embedding-3-small'}]}", "a 0/0");
  assert_list (OCG_LIST_OPENAI,
               "{'data':[{'type':'model','id':'MiniMax-M2.1','display_name':'MiniMax M2.1'}],"
               "'has_more':false}",
               "MiniMax-M2.1 (MiniMax M2.1) 0/0");
}

static void
test_instances (void)
{
  assert_list (OCG_LIST_LM_STUDIO,
               "{'models':[{'key':'m','type':'llm','max_context_length':9000,'loaded_instances':["
               "{'id':'m:2','config':{'context_length':2000}},"
               "{'id':'m','config':{'context_length':4000}}]}]}",
               "m 9000/4000; m:2 9000/2000");
  assert_list (OCG_LIST_LM_STUDIO,
               "{'models':[{'key':'m','loaded_instances':["
               "{'id':'mine','config':{'context_length':4000}},"
               "{'id':'yours','config':{'context_length':3000}},{'id':'odd'},7,{'id':5}]}]}",
               "m 0/3000; mine 0/4000; yours 0/3000; odd 0/0");
}

/* Nothing to serve is an answer, too. */
static void
test_empty (void)
{
  assert_list (OCG_LIST_LM_STUDIO, "{'models':[]}", "");
  assert_list (OCG_LIST_LM_STUDIO_V0, "{'object':'list','data':[]}", "");
  assert_list (OCG_LIST_OLLAMA, "{'models':[]}", "");
  assert_list (OCG_LIST_OPENAI, "{'data':[]}", "");
  assert_list (OCG_LIST_LM_STUDIO, "{'models':[{'key':'e','type':'embedding'}]}", "");
}

static void
test_wrong_list (void)
{
  static const char *const texts[]
      = { "", "{", "null", "[]", "7", "'text'", "{}", UNEXPECTED, "<html>404</html>",
          "{'models':{}}", "{'data':7}", "{'models':null,'data':null}", "{'data':[7,null,'a',[]]}",
          "{'models':['a',{},{'other':1}]}", "{'models':[{'key':7},{'name':[]},{'model':{}}]}",
          "{'error':{'message':'no','type':'x'}}" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    for (int format = 0; format < OCG_N_LISTS; format++)
      {
        g_test_message ("%d: %s", format, texts[i]);
        assert_list ((OcgListFormat) format, texts[i], "nothing");
      }
  assert_list (OCG_LIST_LM_STUDIO, OLLAMA, "nothing");
  assert_list (OCG_LIST_OLLAMA, LM_STUDIO, "nothing");
  assert_list (OCG_LIST_LM_STUDIO, VLLM, "nothing");
  assert_list (OCG_LIST_LM_STUDIO_V0, VLLM, "nothing");
  assert_list (OCG_LIST_OPENAI, OLLAMA, "nothing");
}

static void
test_bad_entries (void)
{
  g_autofree char *long_id = g_strnfill (300, 'x');
  g_autofree char *with_long = g_strdup_printf ("{'data':[{'id':'%s'},{'id':'ok'}]}", long_id);

  assert_list (OCG_LIST_OPENAI, with_long, "ok 0/0");
  assert_list (OCG_LIST_OPENAI,
               "{'data':[{'id':''},{'id':'a b'},{'id':'a\\u001b[2J'},{'id':'a\\u0000b'},"
               "{'id':'a\\u202eb'},{'id':'a\\nb'},{'id':7},null,{'id':'ok'},{'id':'ok',"
               "'display_name':'again'}]}",
               "a\357\277\275b 0/0; ok 0/0");
  assert_list (OCG_LIST_OPENAI,
               "{'data':[{'id':'a','display_name':'x\\u001b]0;y'},{'id':'b','display_name':''},"
               "{'id':'c','display_name':'一 个'},{'id':'d','display_name':9}]}",
               "a 0/0; b 0/0; c (一 个) 0/0; d 0/0");
  assert_list (OCG_LIST_OPENAI,
               "{'data':[{'id':'a','max_model_len':-5},{'id':'b','max_model_len':1e300},"
               "{'id':'c','max_model_len':'4096'},{'id':'d','max_model_len':0},"
               "{'id':'e','max_model_len':99999999999},{'id':'f','meta':[]},"
               "{'id':'g','max_model_len':0.5}]}",
               "a 0/0; b 0/0; c 0/0; d 0/0; e 0/0; f 0/0; g 0/0");
  assert_list (OCG_LIST_LM_STUDIO,
               "{'models':[{'key':'a','capabilities':7,'loaded_instances':{},'display_name':{}},"
               "{'key':'b','capabilities':{'vision':'yes','reasoning':true}},"
               "{'key':'c','type':'tts'}]}",
               "a 0/0; b 0/0 reasoning");
  assert_list (OCG_LIST_OLLAMA, "{'models':[{'name':'a','details':{'families':[7,null,{}]}}]}",
               "a 0/0");
}

static void
test_bounds (void)
{
  g_autoptr (GString) many = g_string_new ("{'data':[");
  g_autofree char *open = g_strnfill (200000, '[');
  g_autofree char *deep = g_strconcat ("{'data':", open, NULL);
  g_autoptr (GPtrArray) models = NULL;

  for (guint i = 0; i < 3000; i++)
    g_string_append_printf (many, "%s{'id':'m%u'}", i > 0 ? "," : "", i);
  g_string_append (many, "]}");
  models = parse (OCG_LIST_OPENAI, many->str);
  g_assert_nonnull (models);
  g_assert_cmpuint (models->len, ==, OCG_LIST_MAX_MODELS);

  for (int format = 0; format < OCG_N_LISTS; format++)
    assert_list ((OcgListFormat) format, deep, "nothing");
}

static void
test_not_text (void)
{
  static const char bytes[] = "{\"data\":[{\"id\":\"a\xff\xfe\"}]}";
  static const char zero[] = "{\"data\":[{\"id\":\"a\"}]}\0{}";
  g_autoptr (GPtrArray) none
      = ocg_list_format_parse (OCG_LIST_OPENAI, bytes, sizeof bytes - 1);
  g_autoptr (GPtrArray) also_none
      = ocg_list_format_parse (OCG_LIST_OPENAI, zero, sizeof zero - 1);

  g_assert_null (none);
  g_assert_null (also_none);
}

/* No prefix of a list crashes. */
static void
test_cut (void)
{
  static const char *const texts[] = { LM_STUDIO, LM_STUDIO_V0, OLLAMA, VLLM, LLAMA_CPP };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *json = g_strdelimit (g_strdup (texts[i]), "'", '"');

      for (gsize length = 0; length < strlen (json); length++)
        for (int format = 0; format < OCG_N_LISTS; format++)
          {
            g_autoptr (GPtrArray) models
                = ocg_list_format_parse ((OcgListFormat) format, json, length);

            g_assert_null (models);
          }
    }
}

static OcgProvider *
new_provider (const char *id, const char *base_url, const char *api)
{
  g_autoptr (JsonObject) json = json_object_new ();
  OcgProvider *provider = NULL;

  json_object_set_string_member (json, "baseUrl", base_url);
  json_object_set_string_member (json, "api", api);
  provider = provider_fixture_new (id, json);
  return provider;
}

static void
test_urls (void)
{
  static const struct
  {
    const char *id, *base_url, *api, *urls;
  } rows[] = {
    { "lmstudio", "http://127.0.0.1:1234/v1", "openai-responses",
      "http://127.0.0.1:1234/api/v1/models http://127.0.0.1:1234/api/v0/models "
      "http://127.0.0.1:1234/v1/models " },
    { "ollama", "http://localhost:11434", "openai-completions",
      "http://localhost:11434/api/tags http://localhost:11434/models " },
    { "mine", "http://[::1]:8000/up/v1", "openai-completions",
      "http://[::1]:8000/up/api/v1/models http://[::1]:8000/up/api/v0/models "
      "http://[::1]:8000/up/v1/models http://[::1]:8000/up/api/tags " },
    { "mine", "http://127.0.0.1:1234", "anthropic-messages",
      "http://127.0.0.1:1234/api/v1/models http://127.0.0.1:1234/api/v0/models "
      "http://127.0.0.1:1234/v1/models http://127.0.0.1:1234/api/tags " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (OcgProvider) provider
          = new_provider (rows[i].id, rows[i].base_url, rows[i].api);
      g_autoptr (GString) urls = g_string_new (NULL);
      OcgListFormat order[OCG_N_LISTS];
      guint length = ocg_list_format_get_order (provider, order);

      for (guint k = 0; k < length; k++)
        {
          g_autofree char *url = ocg_list_format_get_url (order[k], provider);

          g_string_append_printf (urls, "%s ", url);
        }
      g_assert_cmpstr (urls->str, ==, rows[i].urls);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/list-format/lists", test_lists);
  g_test_add_func ("/list-format/instances", test_instances);
  g_test_add_func ("/list-format/empty", test_empty);
  g_test_add_func ("/list-format/wrong-list", test_wrong_list);
  g_test_add_func ("/list-format/bad-entries", test_bad_entries);
  g_test_add_func ("/list-format/bounds", test_bounds);
  g_test_add_func ("/list-format/not-text", test_not_text);
  g_test_add_func ("/list-format/cut", test_cut);
  g_test_add_func ("/list-format/urls", test_urls);
  return g_test_run ();
}
