/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* openai-responses where servers are odd, fed whole, byte by byte and at random splits, and what a
 * request looks like. JSON is written with ' for ". What comes out is written one after the other:
 *   T:text H:thought | (a part begins) R:replay S0:id:name D0:fragment E0:id:name:arguments
 *   U:input,output,read,written X:stop:words, and how it ends: "ok", "running", "broken",
 *   "error:code" */

#include <string.h>

#include "provider-fixture.h"
#include "wire/ocg-replay.h"
#include "wire/ocg-sse.h"
#include "wire/ocg-wire.h"

#define API "openai-responses"
#define OPENAI "https://api.openai.com/v1"
#define LM_STUDIO "http://127.0.0.1:1234/v1"
#define N_SPLITS 20

#define ADDED(index, item) \
  "{'type':'response.output_item.added','output_index':" #index ",'item':" item "}\n"
#define DONE(index, item) \
  "{'type':'response.output_item.done','output_index':" #index ",'item':" item "}\n"
#define TEXT(id, delta) \
  "{'type':'response.output_text.delta','item_id':'" id "','output_index':0,'content_index':0," \
  "'delta':'" delta "','logprobs':[],'obfuscation':'x'}\n"
#define MESSAGE(id, text) \
  "{'type':'message','id':'" id "','role':'assistant','status':'completed','content':[" \
  "{'type':'output_text','text':'" text "','annotations':[]}]}"
#define CALL(id, call_id, name, arguments) \
  "{'type':'function_call','id':'" id "','call_id':'" call_id "','name':'" name "'," \
  "'arguments':'" arguments "','status':'completed'}"
#define COMPLETED(output) \
  "{'type':'response.completed','response':{'object':'response','status':'completed'," \
  "'error':null,'output':[" output "],'usage':null}}\n"

typedef struct
{
  OcgDecoder *decoder;
  GString *out;
  char last[4]; /* which fragments go on */
} Recorder;

static char *
quote (const char *text)
{
  return g_strdelimit (g_strdup (text), "'", '"');
}

static OcgModel *
new_model (const char *provider_id, const char *base_url, const char *model)
{
  g_autofree char *text = quote (model);
  g_autofree char *entry = g_strdup_printf (
      "{\"baseUrl\":\"%s\",\"api\":\"" API "\",\"family\":\"%s\",\"needsKey\":false}", base_url,
      provider_id);
  g_autoptr (JsonNode) entry_node = json_from_string (entry, NULL);
  g_autoptr (JsonNode) model_node = json_from_string (text, NULL);
  g_autoptr (OcgProvider) provider
      = provider_fixture_new (provider_id, json_node_get_object (entry_node));
  OcgModel *self;

  self = provider_fixture_model (provider, json_node_get_object (model_node));
  return self;
}

static OcgModel *
new_gpt (void)
{
  return new_model ("openai", OPENAI, "{'id':'gpt-5.4','reasoning':true,'maxTokens':1000}");
}

static OcgModel *
new_local (void)
{
  return new_model ("lmstudio", LM_STUDIO, "{'id':'qwen3','reasoning':true,'maxTokens':1000}");
}

/* "T:ab" for the fragments "a" and "b". */
static void
put (Recorder *self, const char *kind, const char *text)
{
  if (!g_str_equal (self->last, kind))
    g_string_append_printf (self->out, "%s%s:", self->out->len > 0 ? " " : "", kind);
  g_string_append (self->out, text);
  g_strlcpy (self->last, kind, sizeof self->last);
}

static void
put_replay (Recorder *self, const char *replay)
{
  g_autofree char *family = ocg_replay_dup_family (API, self->decoder->model);
  g_autoptr (JsonObject) block = ocg_replay_unpack (replay, API, family);
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *json = NULL;

  g_assert_nonnull (block);
  node = json_node_init_object (json_node_alloc (), block);
  json = json_to_string (node, FALSE);
  g_strdelimit (json, "\"", '\'');
  put (self, "R", json);
}

static void
record (const OcgEvent *event, gpointer user_data)
{
  static const char *const kinds[]
      = { [OCG_EVENT_TEXT] = "T", [OCG_EVENT_THINKING] = "H",     [OCG_EVENT_TOOL_START] = "S",
          [OCG_EVENT_TOOL_DELTA] = "D", [OCG_EVENT_TOOL_END] = "E", [OCG_EVENT_STOP] = "X",
          [OCG_EVENT_REVISION] = "V" };
  Recorder *self = user_data;
  g_autofree char *text = NULL;
  char kind[4] = "";

  if (event->type == OCG_EVENT_PART)
    {
      g_string_append (self->out, self->out->len > 0 ? " |" : "|");
      self->last[0] = '\0';
      return;
    }
  if (event->type == OCG_EVENT_REPLAY)
    {
      put_replay (self, event->text);
      return;
    }
  if (event->type == OCG_EVENT_USAGE)
    {
      text = g_strdup_printf ("%d,%d,%d,%d", (int) event->usage.input, (int) event->usage.output,
                              (int) event->usage.cache_read, (int) event->usage.cache_write);
      put (self, "U", text);
      return;
    }
  g_strlcpy (kind, kinds[event->type], sizeof kind);
  if (event->type == OCG_EVENT_TOOL_START || event->type == OCG_EVENT_TOOL_DELTA
      || event->type == OCG_EVENT_TOOL_END)
    g_snprintf (kind, sizeof kind, "%s%u", kinds[event->type], event->index % 10);
  if (event->type == OCG_EVENT_TOOL_START || event->type == OCG_EVENT_TOOL_END)
    text = g_strjoin (":", event->id, event->name, event->text, NULL);
  else if (event->type == OCG_EVENT_STOP)
    text = g_strjoin (":", ocg_stop_reason_to_string (event->stop), event->text, NULL);
  put (self, kind, text != NULL ? text : event->text);
}

static void
put_state (Recorder *self)
{
  OcgDecoder *decoder = self->decoder;

  self->last[0] = '\0';
  if (decoder->state == OCG_DECODER_RUNNING)
    g_string_append (self->out, " running");
  else if (decoder->state == OCG_DECODER_COMPLETE)
    g_string_append (self->out, " ok");
  else if (decoder->state == OCG_DECODER_BROKEN)
    g_string_append (self->out, " broken");
  else
    g_string_append_printf (self->out, " error:%s",
                            decoder->error->code != NULL ? decoder->error->code : "-");
  if (*self->out->str == ' ')
    g_string_erase (self->out, 0, 1);
  g_strdelimit (self->out->str, "\"\n", '\'');
}

static gboolean
on_sse (const char *event, const char *data, gsize length, gpointer user_data)
{
  Recorder *self = user_data;

  ocg_decoder_take_event (self->decoder, data, length);
  return self->decoder->state == OCG_DECODER_RUNNING;
}

/* @size: of the pieces, 0: at random. */
static char *
run_stream (OcgModel *model, const char *text, gsize size, GRand *rand)
{
  Recorder self = { .out = g_string_new (NULL) };
  g_autoptr (OcgDecoder) decoder = ocg_decoder_new (ocg_wire_find (API), model, record, &self);
  g_autoptr (OcgSse) sse = ocg_sse_new (on_sse, &self);
  gsize length = strlen (text);

  self.decoder = decoder;
  for (gsize at = 0; at < length;)
    {
      gsize wanted = size > 0 ? size : (gsize) g_rand_int_range (rand, 1, 200);
      gsize taken = MIN (wanted, length - at);
      g_autofree char *copy = g_memdup2 (text + at, taken);

      g_assert_true (ocg_sse_feed (sse, copy, taken));
      at += taken;
    }
  ocg_decoder_finish (decoder);
  put_state (&self);
  return g_string_free (self.out, FALSE);
}

/* @is_slow: with a member that no delta has, so that each takes the way of all other events. */
static char *
make_sse (const char *events, gboolean is_slow)
{
  g_autofree char *text = quote (events);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GString *sse = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    if (is_slow && g_str_has_suffix (lines[i], "}"))
      g_string_append_printf (sse, "data: %.*s,\"error\":null}\n\n", (int) strlen (lines[i]) - 1,
                              lines[i]);
    else if (lines[i][0] != '\0')
      g_string_append_printf (sse, "data: %s\n\n", lines[i]);
  return g_string_free (sse, FALSE);
}

/* @events: one on each line */
static void
check_stream (OcgModel *model, const char *events, const char *expected)
{
  g_autofree char *sse = make_sse (events, FALSE);
  g_autofree char *slow_sse = make_sse (events, TRUE);
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autofree char *whole = run_stream (model, sse, strlen (sse), NULL);
  g_autofree char *bytes = run_stream (model, sse, 1, NULL);
  g_autofree char *slow = run_stream (model, slow_sse, strlen (slow_sse), NULL);

  g_assert_cmpstr (whole, ==, expected);
  g_assert_cmpstr (slow, ==, expected);
  g_assert_cmpstr (bytes, ==, expected);
  for (guint i = 0; i < N_SPLITS; i++)
    {
      g_autofree char *random = run_stream (model, sse, 0, rand);

      g_assert_cmpstr (random, ==, expected);
    }
}

static void
check_body (const char *body, const char *expected)
{
  g_autoptr (OcgModel) model = new_local ();
  g_autofree char *text = quote (body);
  Recorder self = { .out = g_string_new (NULL) };
  g_autoptr (OcgDecoder) decoder = ocg_decoder_new (ocg_wire_find (API), model, record, &self);

  self.decoder = decoder;
  ocg_decoder_take_body (decoder, text, strlen (text));
  put_state (&self);
  g_assert_cmpstr (self.out->str, ==, expected);
  g_string_free (self.out, TRUE);
}

typedef struct
{
  const char *events;
  const char *expected;
} Row;

static void
check_rows (const Row *rows, guint n_rows)
{
  g_autoptr (OcgModel) model = new_local ();

  for (guint i = 0; i < n_rows; i++)
    check_stream (model, rows[i].events, rows[i].expected);
}

static void
test_text (void)
{
  static const Row rows[] = {
    /* In order, everything said four times. */
    { ADDED (0, "{'type':'message','id':'m','content':[]}") TEXT ("m", "He") TEXT ("m", "y")
      "{'type':'response.output_text.done','item_id':'m','content_index':0,'text':'Hey'}\n"
      "{'type':'response.content_part.done','item_id':'m',"
      "'part':{'type':'output_text','text':'Hey'}}\n"
      DONE (0, MESSAGE ("m", "Hey")) COMPLETED (MESSAGE ("m", "Hey")),
      "| T:Hey X:stop ok" },
    /* Ids that change, and none at all. */
    { TEXT ("a", "He") TEXT ("b", "y") DONE (0, MESSAGE ("c", "Hey"))
      COMPLETED (MESSAGE ("d", "Hey")),
      "| T:Hey X:stop ok" },
    { "{'type':'response.output_text.delta','delta':'He'}\n"
      "{'type':'response.output_text.delta','delta':'y'}\n"
      "{'type':'response.output_text.done','text':'Hey'}\n" COMPLETED (MESSAGE ("d", "Hey")),
      "| T:Hey X:stop ok" },
    /* Only at the end, and only a tail of it. */
    { COMPLETED (MESSAGE ("m", "Hey")), "| T:Hey X:stop ok" },
    { TEXT ("m", "He") DONE (0, MESSAGE ("m", "Hey")) COMPLETED (MESSAGE ("m", "Hey you")),
      "| T:Hey you X:stop ok" },
    /* What differs is not sent again; null content, an empty list. */
    { TEXT ("m", "He") COMPLETED (MESSAGE ("m", "Else")), "| T:He V:Else X:stop ok" },
    { TEXT ("m", "He") DONE (0, "{'type':'message','id':'m','content':null}") COMPLETED (""),
      "| T:He X:stop ok" },
    /* Two messages, and one that is never announced. */
    { ADDED (0, "{'type':'message','id':'m'}") TEXT ("m", "A") DONE (0, MESSAGE ("m", "A"))
      DONE (1, MESSAGE ("n", "B")) COMPLETED (MESSAGE ("m", "A") "," MESSAGE ("n", "B")),
      "| T:A | T:B X:stop ok" },
    { TEXT ("m", "He") "[DONE]\n", "| T:He running" },
    { TEXT ("m", "He") "{garbled\n" TEXT ("m", "y") COMPLETED (MESSAGE ("m", "Hey")),
      "| T:Hey X:stop ok" },
    { COMPLETED (""), "X:stop ok" },
    { "{'type':'response.completed'}\n", "X:stop ok" },
    { "{'type':'response.web_search_call.searching','item_id':'w'}\n"
      ADDED (0, "{'type':'web_search_call','id':'w'}") DONE (0, "{'type':'web_search_call'}")
      COMPLETED ("{'type':'web_search_call','id':'w'},null,3"),
      "X:stop ok" },
  };

  check_rows (rows, G_N_ELEMENTS (rows));
}

static const Row call_rows[] = {
  { ADDED (0, CALL ("f", "c", "go", "")) "@" DONE (0, CALL ("f", "c", "go", "{}"))
    COMPLETED (CALL ("f", "c", "go", "{}")),
    "S0:c:go D0:{} E0:c:go:{} X:tool-calls ok" },
  /* Only whole items, only at the end, only its arguments. */
  { DONE (0, CALL ("f", "c", "go", "{}")) DONE (1, CALL ("g", "d", "stop", "{}")) COMPLETED (""),
    "S0:c:go D0:{} E0:c:go:{} S1:d:stop D1:{} E1:d:stop:{} X:tool-calls ok" },
  { COMPLETED (CALL ("f", "c", "go", "{}")), "S0:c:go D0:{} E0:c:go:{} X:tool-calls ok" },
  { "{'type':'response.function_call_arguments.done','item_id':'f','output_index':0,"
    "'name':'go','arguments':'{}'}\n" COMPLETED (""),
    "S0:f:go D0:{} E0:f:go:{} X:tool-calls ok" },
  { "{'type':'response.function_call_arguments.done','item_id':'f','output_index':0,"
    "'name':'go','arguments':'{}'}\n" COMPLETED (CALL ("f", "c", "go", "{}")),
    "S0:c:go D0:{} E0:c:go:{} X:tool-calls ok" },
  /* Arguments after an item without any; none at all. */
  { ADDED (0, CALL ("f", "c", "go", "")) DONE (0, CALL ("f", "c", "go", ""))
    "{'type':'response.function_call_arguments.done','item_id':'f','arguments':'{ }'}\n"
    COMPLETED (""),
    "S0:c:go D0:{ } E0:c:go:{ } X:tool-calls ok" },
  { DONE (0, CALL ("f", "c", "go", "")) COMPLETED (""), "S0:c:go E0:c:go:{} X:tool-calls ok" },
  /* The item knows better. */
  { ADDED (0, CALL ("f", "c", "go", "")) "@" DONE (0, CALL ("f", "c", "go", "[]"))
    COMPLETED (CALL ("f", "c", "go", "{}")),
    "S0:c:go D0:{} X:tool-calls broken" },
  /* Interleaved. */
  { ADDED (0, CALL ("f", "c", "go", "")) ADDED (1, CALL ("g", "d", "stop", "")) "@"
    "{'type':'response.function_call_arguments.delta','output_index':1,'delta':'{ }'}\n"
    DONE (1, CALL ("g", "d", "stop", "{ }")) DONE (0, CALL ("f", "c", "go", "{}")) COMPLETED (""),
    "S0:c:go S1:d:stop D0:{} D1:{ } E1:d:stop:{ } E0:c:go:{} X:tool-calls ok" },
  /* Cut by the limit: never carried out. */
  { ADDED (0, CALL ("f", "c", "go", "")) "@"
    "{'type':'response.incomplete','response':{'status':'incomplete',"
    "'incomplete_details':{'reason':'max_output_tokens'}}}\n",
    "S0:c:go D0:{} X:length ok" },
  { DONE (0, "{'type':'function_call','id':'f','call_id':'c','name':'go','arguments':'{}',"
             "'status':'incomplete'}")
    "{'type':'response.incomplete','response':{'incomplete_details':{'reason':'odd'}}}\n",
    "X:length ok" },
  { DONE (0, "{'type':'function_call','call_id':'c','name':'go','arguments':'{}',"
             "'status':'incomplete'}") COMPLETED (""),
    "X:stop broken" },
  { ADDED (0, CALL ("f", "c", "go", "")) "@", "S0:c:go D0:{} running" },
};

static void
test_calls (void)
{
  static const char delta[] = "{'type':'response.function_call_arguments.delta','item_id':'f',"
                              "'output_index':0,'delta':'{}'}\n";
  g_autoptr (OcgModel) model = new_local ();

  for (guint i = 0; i < G_N_ELEMENTS (call_rows); i++)
    {
      g_auto (GStrv) halves = g_strsplit (call_rows[i].events, "@", 2);
      g_autofree char *events = g_strjoinv (delta, halves);

      check_stream (model, events, call_rows[i].expected);
    }
}

#define REASONING(id, members) "{'type':'reasoning','id':'" id "'," members "}"
#define SUMMARY(index, what, member, text) \
  "{'type':'response.reasoning_summary_text." what "','item_id':'r','output_index':0," \
  "'summary_index':" #index ",'" member "':'" text "'}\n"

static void
test_thoughts (void)
{
  static const Row rows[] = {
    { ADDED (0, REASONING ("r", "'encrypted_content':'half'")) SUMMARY (0, "delta", "delta", "A")
      SUMMARY (0, "done", "text", "A.") SUMMARY (1, "delta", "delta", "B")
      DONE (0, REASONING ("r", "'summary':[{'type':'summary_text','text':'A.'},"
                               "{'type':'summary_text','text':'B.'}],'encrypted_content':'x'"))
      DONE (1, MESSAGE ("m", "Hi")) COMPLETED (REASONING ("r", "'encrypted_content':'other'")),
      "| H:A.''B. R:{'type':'reasoning','id':'r','summary':[{'type':'summary_text','text':'A.'},"
      "{'type':'summary_text','text':'B.'}],'encrypted_content':'x'} | T:Hi X:stop ok" },
    /* LM Studio: a thought at once, of an item that nobody knows; again in the list. */
    { "{'type':'response.reasoning_text.done','item_id':'r','output_index':0,'text':'Hm'}\n"
      TEXT ("m", "Hi") COMPLETED (REASONING ("q", "'summary':[{'type':'summary_text','text':'hm'}],"
                                  "'content':[{'type':'reasoning_text','text':'Hm'}]")
                                  "," MESSAGE ("m", "Hi")),
      "| H:Hm | T:Hi X:stop ok" },
    { "{'type':'response.reasoning_text.delta','item_id':'r','content_index':0,'delta':'H'}\n"
      "{'type':'response.reasoning_text.delta','item_id':'r','content_index':0,'delta':'m'}\n"
      "{'type':'response.reasoning_text.done','item_id':'r','content_index':0,'text':'Hm'}\n"
      COMPLETED (""),
      "| H:Hm X:stop ok" },
    { TEXT ("m", "<think>Hm</think>Hi") COMPLETED (MESSAGE ("m", "<think>Hm</think>Hi")),
      "| H:Hm T:Hi X:stop ok" },
    /* Encrypted in the list only: before the text, after it, and too late to tell where. */
    { SUMMARY (0, "done", "text", "A") COMPLETED (REASONING ("r", "'encrypted_content':'x'")
                                                  "," MESSAGE ("m", "Hi")),
      "| H:A R:{'type':'reasoning','id':'r','encrypted_content':'x'} | T:Hi X:stop ok" },
    { SUMMARY (0, "done", "text", "A") TEXT ("m", "Hi")
      COMPLETED (REASONING ("r", "'encrypted_content':'x'") "," MESSAGE ("m", "Hi")),
      "| H:A | T:Hi | R:{'lead':{'type':'reasoning','id':'r','encrypted_content':'x'}} X:stop ok" },
    { TEXT ("m", "Hi") COMPLETED (MESSAGE ("m", "Hi") ","
                                  REASONING ("r", "'encrypted_content':'x'")),
      "| T:Hi X:stop ok" },
    { ADDED (0, "{'type':'message','id':'m','phase':'commentary'}") TEXT ("m", "Hi")
      DONE (0, "{'type':'message','id':'m','phase':'commentary','content':null}") COMPLETED (""),
      "| R:{'phase':'commentary'} | T:Hi X:stop ok" },
  };

  check_rows (rows, G_N_ELEMENTS (rows));
}

static void
test_ends (void)
{
  static const char usage[] = "'usage':{'input_tokens':9,'input_tokens_details':{'cached_tokens':4,"
                              "'cache_write_tokens':2},'output_tokens':5}";
  static const Row rows[] = {
    { "{'type':'response.completed','response':{@}}\n", "U:3,5,4,2 X:stop ok" },
    { "{'type':'response.failed','response':{'status':'failed','error':{'code':'server_error',"
      "'message':'Oh'},@}}\n",
      "U:3,5,4,2 error:server_error" },
    { "{'type':'response.completed','response':{'status':'failed','error':{'code':'server_error'},"
      "@}}\n",
      "U:3,5,4,2 error:server_error" },
    { "{'type':'response.cancelled','response':{@}}\n", "U:3,5,4,2 error:-" },
    { "{'type':'error','code':'rate_limit_exceeded','message':'Slow','param':null}\n",
      "error:rate_limit_exceeded" },
    { "{'type':'response.completed','response':{'usage':{'input_tokens':3,"
      "'input_tokens_details':{'cached_tokens':4}}}}\n",
      "U:0,-1,4,-1 X:stop ok" },
    { "{'type':'response.incomplete',"
      "'response':{'incomplete_details':{'reason':'content_filter'}}}\n",
      "X:content-filter ok" },
    { "{'type':'response.completed','response':{'status':'incomplete'}}\n", "X:length ok" },
    { "{'type':'response.refusal.delta','item_id':'m','delta':'I can'}\n"
      "{'type':'response.refusal.done','item_id':'m','refusal':'I will not'}\n" COMPLETED (""),
      "X:refusal:I will not ok" },
    { DONE (0, "{'type':'message','content':[{'type':'refusal','refusal':'No'}]}")
      COMPLETED ("{'type':'message','content':[{'type':'refusal','refusal':'No'}]}"),
      "X:refusal:No ok" },
  };
  g_autoptr (OcgModel) model = new_local ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (GStrv) halves = g_strsplit (rows[i].events, "@", 2);
      g_autofree char *events = g_strjoinv (usage, halves);

      check_stream (model, events, rows[i].expected);
    }
}

static void
test_bodies (void)
{
  check_body ("{'object':'response','status':'completed','error':null,'output':["
              REASONING ("r", "'summary':[{'type':'summary_text','text':'A'}]") ","
              MESSAGE ("m", "Hi") "," CALL ("f", "c", "go", "{}") "]}",
              "| H:A | T:Hi S0:c:go D0:{} E0:c:go:{} X:tool-calls ok");
  check_body ("{'output':[]}", "X:stop ok");
  check_body ("{'object':'response','status':'incomplete','incomplete_details':null,'output':["
              MESSAGE ("m", "Hi") "]}", "| T:Hi X:length ok");
  check_body ("{'object':'response','status':'failed','error':{'code':'server_error'},"
              "'usage':{'input_tokens':1,'output_tokens':0}}", "U:1,0,-1,-1 error:server_error");
  check_body ("{'object':'response','status':'cancelled','error':null,'output':[]}", "error:-");
  check_body ("{'object':'response','status':'in_progress','output':[]}", "broken");
  check_body ("{'object':'response','status':'completed'}", "broken");
  check_body ("{'choices':[{'message':{'content':'Hi'}}]}", "broken");
  check_body ("{'output':[{'type':'function_call','name':'go','arguments':{'a':1}}]}",
              "S0:call_0:go D0:{'a':1} E0:call_0:go:{'a':1} X:tool-calls ok");
}

/* As many of everything as fits, each of which may cost no more than the one before. */
static void
test_many (void)
{
  static const char *const events[] = {
    "{\"type\":\"response.output_text.delta\",\"item_id\":\"i@\",\"delta\":\"x\"}",
    "{\"type\":\"response.output_text.delta\",\"content_index\":@,\"delta\":\"x\"}",
    "{\"type\":\"response.refusal.delta\",\"item_id\":\"m\",\"content_index\":-@,\"delta\":\"x\"}",
    "{\"type\":\"response.output_item.done\",\"item\":{\"type\":\"function_call\",\"id\":\"i@\"}}",
    ("{\"type\":\"response.output_item.added\",\"output_index\":@000000,"
     "\"item\":{\"type\":\"message\"}}"),
    "{\"type\":\"response.function_call_arguments.delta\",\"output_index\":@,\"delta\":\"x\"}",
  };
  g_autoptr (OcgModel) model = new_local ();

  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    {
      g_auto (GStrv) halves = g_strsplit (events[i], "@", 2);
      Recorder self = { .out = g_string_new (NULL) };
      g_autoptr (OcgDecoder) decoder = ocg_decoder_new (ocg_wire_find (API), model, record, &self);
      gint64 begin = g_get_monotonic_time ();

      self.decoder = decoder;
      for (guint n = 0; n < 20000 && decoder->state == OCG_DECODER_RUNNING; n++)
        {
          g_autofree char *number = g_strdup_printf ("%u", n);
          g_autofree char *event = g_strjoinv (number, halves);

          ocg_decoder_take_event (decoder, event, strlen (event));
        }
      ocg_decoder_take_event (decoder, "{\"type\":\"response.completed\"}",
                              strlen ("{\"type\":\"response.completed\"}"));
      g_assert_cmpint (decoder->state, !=, OCG_DECODER_RUNNING);
      g_test_message ("%u: %d ms", i, (int) (g_get_monotonic_time () - begin) / 1000);
      g_assert_cmpint (g_get_monotonic_time () - begin, <, 15 * G_USEC_PER_SEC);
      g_string_free (self.out, TRUE);
    }
}

/* Requests */

static OcgPart *
add_part (OcgChat *chat, OcgRole role, OcgPartType type, const char *text)
{
  OcgMessage *message = ocg_message_new (role);
  OcgPart *part = ocg_part_new (type);

  part->text = g_strdup (text);
  g_ptr_array_add (message->parts, part);
  g_ptr_array_add (chat->messages, message);
  return part;
}

static OcgChat *
new_chat (const char *text)
{
  OcgChat *chat = ocg_chat_new ();

  chat->stream = TRUE;
  chat->temperature = -1;
  chat->top_p = -1;
  add_part (chat, OCG_ROLE_USER, OCG_PART_TEXT, text);
  return chat;
}

static void
add_thought (OcgChat *chat, OcgModel *model, const char *block)
{
  OcgPart *part = add_part (chat, OCG_ROLE_ASSISTANT, OCG_PART_THINKING, "");
  g_autofree char *json = quote (block);
  g_autofree char *family = ocg_replay_dup_family (API, model);

  part->replay = ocg_replay_pack (API, family, json);
}

static void
add_call (OcgChat *chat, const char *id)
{
  OcgPart *part = add_part (chat, OCG_ROLE_ASSISTANT, OCG_PART_TOOL_CALL, NULL);

  part->id = g_strdup (id);
  part->name = g_strdup ("go");
  part->arguments = g_strdup ("{}");
}

static OcgPart *
new_image (void)
{
  OcgPart *part = ocg_part_new (OCG_PART_IMAGE);

  part->media_type = g_strdup ("image/png");
  part->data = g_bytes_new_static ("abc", 3);
  return part;
}

static void
add_result (OcgChat *chat, const char *id, OcgPart *content)
{
  OcgPart *part = add_part (chat, OCG_ROLE_TOOL, OCG_PART_TOOL_RESULT, NULL);

  part->id = g_strdup (id);
  part->content = g_ptr_array_new_with_free_func ((GDestroyNotify) ocg_part_free);
  g_ptr_array_add (part->content, content);
}

static void
check_request (OcgModel *model, OcgChat *chat, OcgMends mends, const char *expected)
{
  g_autoptr (OcgWireRequest) request
      = ocg_wire_build_mended (ocg_wire_find (API), model, chat, mends);
  gsize length;
  const char *data = g_bytes_get_data (request->body, &length);
  g_autofree char *body = g_strndup (data, length);
  g_autoptr (JsonNode) node = json_from_string (body, NULL);

  g_assert_nonnull (node);
  g_strdelimit (body, "\"", '\'');
  g_assert_cmpstr (body, ==, expected);
}

#define HI "'input':[{'role':'user','content':[{'type':'input_text','text':'Hi'}]}],'stream':true"
#define GPT \
  "{'model':'gpt-5.4'," HI ",'stream_options':{'include_obfuscation':false},'store':false," \
  "'include':['reasoning.encrypted_content'],"

static void
test_options (void)
{
  static const struct
  {
    OcgThinking thinking;
    const char *gpt;
    const char *local;
  } rows[] = {
    { OCG_THINKING_DEFAULT, ",'reasoning':{'summary':'auto'}", "" },
    { OCG_THINKING_ADAPTIVE, ",'reasoning':{'summary':'auto'}", "" },
    { OCG_THINKING_OFF, ",'reasoning':{'effort':'none'}", ",'reasoning':{'effort':'none'}" },
    { OCG_THINKING_HIGH, ",'reasoning':{'effort':'high','summary':'auto'}",
      ",'reasoning':{'effort':'high'}" },
  };
  g_autoptr (OcgModel) gpt = new_gpt ();
  g_autoptr (OcgModel) local = new_local ();
  g_autoptr (OcgModel) minimax
      = new_model ("lmstudio", LM_STUDIO, "{'id':'MiniMax-M2','reasoning':true}");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (OcgChat) chat = new_chat ("Hi");
      g_autofree char *to_gpt
          = g_strconcat (GPT, rows[i].gpt + 1, ",'max_output_tokens':16}", NULL);
      g_autofree char *to_local
          = g_strconcat ("{'model':'qwen3'," HI, rows[i].local,
                         ",'max_output_tokens':5,'temperature':0.5,'top_p':0.9}", NULL);

      chat->max_tokens = 5;
      chat->temperature = 0.5;
      chat->top_p = 0.9;
      chat->thinking = rows[i].thinking;
      check_request (gpt, chat, 0, to_gpt);
      check_request (local, chat, 0, to_local);
      chat->temperature = chat->top_p = -1;
      chat->max_tokens = 0;
      check_request (minimax, chat, 0, "{'model':'MiniMax-M2'," HI "}");
    }
}

static void
test_url (void)
{
  static const struct
  {
    const char *base;
    const char *url;
  } rows[] = {
    { OPENAI, OPENAI "/responses" },
    { LM_STUDIO, LM_STUDIO "/responses" },
    { "http://127.0.0.1:1234", LM_STUDIO "/responses" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (OcgModel) model = new_model ("lmstudio", rows[i].base, "{'id':'qwen3'}");
      g_autofree char *url = ocg_wire_find (API)->get_url (model);

      g_assert_cmpstr (url, ==, rows[i].url);
    }
}

static void
test_tools_and_format (void)
{
  g_autoptr (OcgModel) model = new_local ();
  g_autoptr (OcgChat) chat = new_chat ("Hi");
  OcgTool *tool = g_new0 (OcgTool, 1);

  tool->name = g_strdup ("go");
  tool->parameters = g_strdup ("{}");
  g_ptr_array_add (chat->tools, tool);
  chat->tool_choice = OCG_TOOL_CHOICE_NAMED;
  chat->tool_choice_name = g_strdup ("go");
  chat->format_schema = g_strdup ("{}");
  check_request (model, chat, 0,
                 "{'model':'qwen3'," HI ",'tools':[{'type':'function','name':'go','parameters':{},"
                 "'strict':false}],'tool_choice':{'type':'function','name':'go'},"
                 "'text':{'format':{'type':'json_schema','name':'response','schema':{},"
                 "'strict':false}}}");
}

static const char reasoning_item[]
    = "{'type':'reasoning','encrypted_content':'%s','summary':[]},";
static const char request_format[]
    = "'input':[{'role':'%s','content':'Be'},"
      "{'role':'user','content':[{'type':'input_text','text':'Hi'}]},%s"
      "{'type':'message','role':'assistant','status':'completed',%s'content':["
      "{'type':'output_text','text':'Well','annotations':[]}]},%s"
      "{'type':'function_call','call_id':'a_b','name':'go','arguments':'{}'},"
      "{'type':'function_call_output','call_id':'a_b','output':'(see the attached image)'},"
      "{'role':'user','content':[{'type':'input_image','detail':'auto',"
      "'image_url':'data:image/png;base64,YWJj'}]}],'stream':true";

/* What a tool loop looks like to the model itself, and to any other. */
static void
test_conversation (void)
{
  g_autoptr (OcgModel) gpt = new_gpt ();
  g_autoptr (OcgModel) local = new_local ();
  g_autoptr (OcgChat) chat = new_chat ("Hi");
  g_autofree char *first = g_strdup_printf (reasoning_item, "x");
  g_autofree char *second = g_strdup_printf (reasoning_item, "y");
  g_autofree char *to_gpt
      = g_strdup_printf (request_format, "developer", first, "'phase':'commentary',", second);
  g_autofree char *mended
      = g_strdup_printf (request_format, "developer", "", "'phase':'commentary',", "");
  g_autofree char *to_local = g_strdup_printf (request_format, "system", "", "", "");
  g_autofree char *body = NULL;

  chat->system = g_strdup ("Be");
  add_thought (chat, gpt, "{'phase':'commentary'}");
  add_part (chat, OCG_ROLE_ASSISTANT, OCG_PART_TEXT, "Well");
  add_thought (chat, gpt, "{'type':'reasoning','id':'rs','status':null,'encrypted_content':'y'}");
  add_call (chat, "a|b");
  add_thought (chat, gpt, "{'lead':{'type':'reasoning','id':'rs','encrypted_content':'x'}}");
  add_thought (chat, gpt, "{'type':'reasoning','encrypted_content':'nothing follows'}");
  add_thought (chat, gpt, "{'type':'message','encrypted_content':'no thought'}");
  add_result (chat, "a|b", new_image ());

  body = g_strconcat ("{'model':'gpt-5.4',", to_gpt,
                      ",'stream_options':{'include_obfuscation':false},'store':false,"
                      "'include':['reasoning.encrypted_content'],"
                      "'reasoning':{'summary':'auto'}}", NULL);
  check_request (gpt, chat, 0, body);
  g_free (body);
  body = g_strconcat ("{'model':'gpt-5.4',", mended, ",'store':false,"
                      "'include':['reasoning.encrypted_content'],'reasoning':{'summary':'auto'}}",
                      NULL);
  check_request (gpt, chat, OCG_MEND_REASONING | OCG_MEND_STREAM_OPTIONS, body);
  g_free (body);
  body = g_strconcat ("{'model':'qwen3',", to_local, "}", NULL);
  check_request (local, chat, 0, body);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/responses/text", test_text);
  g_test_add_func ("/responses/calls", test_calls);
  g_test_add_func ("/responses/thoughts", test_thoughts);
  g_test_add_func ("/responses/ends", test_ends);
  g_test_add_func ("/responses/bodies", test_bodies);
  g_test_add_func ("/responses/many", test_many);
  g_test_add_func ("/responses/request/options", test_options);
  g_test_add_func ("/responses/request/url", test_url);
  g_test_add_func ("/responses/request/tools-and-format", test_tools_and_format);
  g_test_add_func ("/responses/request/conversation", test_conversation);
  return g_test_run ();
}
