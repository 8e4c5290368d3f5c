/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What anthropic-messages servers send, and the canonical events that come of it. Each case of
 * fixtures/anthropic-messages is CASE.sse (or CASE.body.json, not streamed) with CASE.events.
 * "{{repeat N C}}" stands for N times C. Names that begin with "minimax-" speak to MiniMax.
 *
 * Lines of CASE.events ("#" begins a comment; texts are quoted, long ones given by their hash):
 *   text T · thinking T · part (where it parts two texts or two thoughts) · replay BLOCK
 *   tool-start INDEX ID NAME · tool-delta INDEX T · tool-end INDEX ID NAME ARGUMENTS
 *   usage INPUT OUTPUT CACHE-READ CACHE-WRITE ("-": unknown) · stop REASON [pause] [T]
 *   error CLASS type= code= minimax= request= T · state running|complete|error|broken */

#include <string.h>

#include "wire/ocg-classify.h"
#include "wire/ocg-replay.h"
#include "wire/ocg-sse.h"
#include "wire/ocg-wire.h"

#define API "anthropic-messages"
#define N_SPLITS 20
#define LONG_TEXT 2000

typedef struct
{
  OcgDecoder *decoder;
  const char *family;
  GString *out;
  GString *run;         /* neighbouring fragments of one kind */
  OcgEventType run_type;
  guint run_index;
  gboolean has_run;
  gboolean parted;      /* a part began since the last fragment */
  OcgEventType last_type; /* of the last line, when it was text or thinking */
  gboolean has_last;
} Recorder;

static void
append_text (GString *out, const char *text, gsize length)
{
  if (length > LONG_TEXT)
    {
      g_autofree char *hash
          = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) text, length);

      g_string_append_printf (out, "%" G_GSIZE_FORMAT " bytes %s", length, hash);
      return;
    }
  g_string_append_c (out, '"');
  for (gsize i = 0; i < length; i++)
    if (text[i] == '"' || text[i] == '\\')
      g_string_append_printf (out, "\\%c", text[i]);
    else if (text[i] == '\n' || text[i] == '\r' || text[i] == '\t')
      g_string_append (out, text[i] == '\n' ? "\\n" : text[i] == '\r' ? "\\r" : "\\t");
    else if ((guchar) text[i] < 0x20 || text[i] == 0x7f)
      g_string_append_printf (out, "\\u%04x", (guint) text[i]);
    else
      g_string_append_c (out, text[i]);
  g_string_append_c (out, '"');
}

static void
end_run (Recorder *self)
{
  if (!self->has_run)
    return;
  self->has_run = FALSE;
  if (self->run_type == OCG_EVENT_TOOL_DELTA)
    g_string_append_printf (self->out, "tool-delta %u ", self->run_index);
  else
    g_string_append (self->out, self->run_type == OCG_EVENT_TEXT ? "text " : "thinking ");
  append_text (self->out, self->run->str, self->run->len);
  g_string_append_c (self->out, '\n');
  g_string_truncate (self->run, 0);
}

static void
take_fragment (Recorder *self, const OcgEvent *event)
{
  gboolean is_tool = event->type == OCG_EVENT_TOOL_DELTA;

  if (self->parted && self->has_last && self->last_type == event->type && !is_tool)
    {
      end_run (self);
      g_string_append (self->out, "part\n");
    }
  if (self->has_run
      && (self->run_type != event->type || (is_tool && self->run_index != event->index)))
    end_run (self);
  self->has_run = TRUE;
  self->run_type = event->type;
  self->run_index = event->index;
  g_string_append_len (self->run, event->text, (gssize) event->length);
  self->has_last = !is_tool;
  self->last_type = event->type;
  self->parted = FALSE;
}

static void
append_count (GString *out, gint64 count)
{
  if (count < 0)
    g_string_append (out, " -");
  else
    g_string_append_printf (out, " %" G_GINT64_FORMAT, count);
}

static void
take_replay (Recorder *self, const char *replay)
{
  g_autoptr (JsonObject) block = ocg_replay_unpack (replay, API, self->family);
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *json = NULL;

  if (block != NULL)
    {
      json_node_set_object (node, block);
      json = json_to_string (node, FALSE);
    }
  g_string_append_printf (self->out, "replay %s\n", json != NULL ? json : "unreadable");
}

static void
take_stop (Recorder *self, const OcgEvent *event)
{
  g_string_append_printf (self->out, "stop %s%s", ocg_stop_reason_to_string (event->stop),
                          event->pause ? " pause" : "");
  if (event->text != NULL)
    {
      g_string_append_c (self->out, ' ');
      append_text (self->out, event->text, strlen (event->text));
    }
  g_string_append_c (self->out, '\n');
}

static void
take_tool_end (Recorder *self, const OcgEvent *event)
{
  g_string_append_printf (self->out, "tool-end %u %s %s ", event->index, event->id, event->name);
  if (event->length > LONG_TEXT)
    append_text (self->out, event->text, event->length);
  else
    g_string_append_len (self->out, event->text, (gssize) event->length);
  g_string_append_c (self->out, '\n');
}

static void
record (const OcgEvent *event, gpointer user_data)
{
  Recorder *self = user_data;

  if (event->text != NULL)
    g_assert_true (g_utf8_validate (event->text, -1, NULL));
  if (event->type == OCG_EVENT_TEXT || event->type == OCG_EVENT_THINKING
      || event->type == OCG_EVENT_TOOL_DELTA)
    {
      g_assert_cmpuint (strlen (event->text), ==, event->length);
      take_fragment (self, event);
      return;
    }
  if (event->type == OCG_EVENT_PART)
    {
      self->parted = TRUE;
      return;
    }

  end_run (self);
  self->has_last = FALSE;
  if (event->type == OCG_EVENT_REPLAY)
    take_replay (self, event->text);
  else if (event->type == OCG_EVENT_TOOL_START)
    g_string_append_printf (self->out, "tool-start %u %s %s\n", event->index, event->id,
                            event->name);
  else if (event->type == OCG_EVENT_TOOL_END)
    take_tool_end (self, event);
  else if (event->type == OCG_EVENT_STOP)
    take_stop (self, event);
  else
    {
      g_string_append (self->out, "usage");
      append_count (self->out, event->usage.input);
      append_count (self->out, event->usage.output);
      append_count (self->out, event->usage.cache_read);
      append_count (self->out, event->usage.cache_write);
      g_string_append_c (self->out, '\n');
    }
}

static const char *
class_to_string (OcgErrorClass class)
{
  static const char *const names[] = {
    [OCG_CLASS_AUTH] = "auth",
    [OCG_CLASS_BILLING] = "billing",
    [OCG_CLASS_RATE_LIMIT] = "rate-limit",
    [OCG_CLASS_OVERLOADED] = "overloaded",
    [OCG_CLASS_SERVER] = "server",
    [OCG_CLASS_TIMEOUT] = "timeout",
    [OCG_CLASS_MODEL_NOT_FOUND] = "model-not-found",
    [OCG_CLASS_FORMAT] = "format",
    [OCG_CLASS_CONTEXT_OVERFLOW] = "context-overflow",
    [OCG_CLASS_CONTENT_FILTER] = "content-filter",
  };

  return names[class];
}

static void
end_record (Recorder *self)
{
  static const char *const states[] = {
    [OCG_DECODER_RUNNING] = "running",
    [OCG_DECODER_COMPLETE] = "complete",
    [OCG_DECODER_ERROR] = "error",
    [OCG_DECODER_BROKEN] = "broken",
  };
  const OcgErrorReply *error = self->decoder->error;

  end_run (self);
  g_assert_true ((self->decoder->state == OCG_DECODER_ERROR) == (error != NULL));
  g_assert_true ((self->decoder->state == OCG_DECODER_BROKEN) == (self->decoder->problem != NULL));
  if (error != NULL)
    {
      g_string_append_printf (self->out, "error %s type=%s code=%s minimax=%" G_GINT64_FORMAT
                              " request=%s ",
                              class_to_string (ocg_classify (error, self->family)),
                              error->type != NULL ? error->type : "-",
                              error->code != NULL ? error->code : "-", error->minimax_code,
                              error->request_id != NULL ? error->request_id : "-");
      if (error->message != NULL)
        append_text (self->out, error->message, strlen (error->message));
      else
        g_string_append_c (self->out, '-');
      g_string_append_c (self->out, '\n');
    }
  g_string_append_printf (self->out, "state %s\n", states[self->decoder->state]);
}

static OcgModel *
new_model (const char *provider_id, const char *model_id)
{
  g_autofree char *text = g_strdup_printf ("{\"baseUrl\":\"https://%s.example\",\"api\":\"" API "\","
                                           "\"family\":\"%s\",\"needsKey\":true,\"models\":[]}",
                                           provider_id, provider_id);
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (OcgProvider) provider = ocg_provider_new_from_json (
      provider_id, json_node_get_object (node), NULL, FALSE, &error);

  g_assert_no_error (error);
  return ocg_model_new_unlisted (provider, model_id);
}

static gboolean
on_sse (const char *event, const char *data, gsize length, gpointer user_data)
{
  Recorder *self = user_data;

  ocg_decoder_take_event (self->decoder, data, length);
  return self->decoder->state == OCG_DECODER_RUNNING;
}

/* Feeds pieces of @rand's choice; @piece: their size instead, 0: all at once. */
static void
feed (Recorder *self, GBytes *bytes, gsize piece, GRand *rand)
{
  g_autoptr (OcgSse) sse = ocg_sse_new (on_sse, self);
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  for (gsize at = 0; at < length;)
    {
      gsize size = piece > 0 ? piece : length;
      g_autofree char *copy = NULL;

      if (rand != NULL)
        size = 1 + (gsize) g_rand_int_range (rand, 0, MAX (2, (gint32) (length / 3)));
      size = MIN (size, length - at);
      /* A copy of the exact size: reading beyond it is seen by the sanitizer. */
      copy = g_memdup2 (data + at, size);
      g_assert_true (ocg_sse_feed (sse, copy, size));
      at += size;
    }
}

typedef enum
{
  FEED_WHOLE,
  FEED_BYTES,
  FEED_RANDOM,
  FEED_BODY,
} FeedMode;

static char *
run_case (const char *name, GBytes *bytes, FeedMode mode, guint32 seed)
{
  gboolean is_minimax = g_str_has_prefix (name, "minimax-");
  g_autoptr (OcgModel) model = is_minimax ? new_model ("minimax", "MiniMax-M2.7")
                                          : new_model ("anthropic", "claude-sonnet-4-6");
  g_autoptr (GString) run = g_string_new (NULL);
  Recorder self = { .family = ocg_model_get_family (model),
                    .out = g_string_new (NULL),
                    .run = run };
  g_autoptr (OcgDecoder) decoder
      = ocg_decoder_new (ocg_wire_find (API), model, record, &self);
  g_autoptr (GRand) rand = mode == FEED_RANDOM ? g_rand_new_with_seed (seed) : NULL;

  self.decoder = decoder;
  if (mode == FEED_BODY)
    {
      gsize length;
      g_autofree char *copy = NULL;
      const char *data = g_bytes_get_data (bytes, &length);

      copy = g_memdup2 (data != NULL ? data : "", MAX (length, 1));
      ocg_decoder_take_body (decoder, copy, length);
    }
  else
    {
      feed (&self, bytes, mode == FEED_BYTES ? 1 : 0, rand);
    }
  end_record (&self);
  return g_string_free (self.out, FALSE);
}

/* Replaces "{{repeat N C}}". */
static GBytes *
expand (const char *bytes, gsize length)
{
  GString *out = g_string_sized_new (length);
  const char *end = bytes + length;
  const char *mark;

  while ((mark = memmem (bytes, (gsize) (end - bytes), "{{repeat ", 9)) != NULL)
    {
      char *rest;
      guint64 count = g_ascii_strtoull (mark + 9, &rest, 10);

      g_string_append_len (out, bytes, mark - bytes);
      g_assert_true (g_str_has_prefix (rest + 2, "}}"));
      for (guint64 i = 0; i < count; i++)
        g_string_append_c (out, rest[1]);
      bytes = rest + 4;
    }
  g_string_append_len (out, bytes, end - bytes);
  return g_string_free_to_bytes (out);
}

static char *
dup_path (const char *name, const char *suffix)
{
  g_autofree char *file = g_strconcat (name, suffix, NULL);

  return g_test_build_filename (G_TEST_DIST, "fixtures", API, file, NULL);
}

static GBytes *
load_input (const char *name, gboolean *is_body)
{
  g_autofree char *stream_path = dup_path (name, ".sse");
  g_autofree char *body_path = dup_path (name, ".body.json");
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  *is_body = !g_file_test (stream_path, G_FILE_TEST_EXISTS);
  g_file_get_contents (*is_body ? body_path : stream_path, &contents, &length, &error);
  g_assert_no_error (error);
  return expand (contents, length);
}

/* The lines that are no comments, each with its line end. */
static char *
load_expected (const char *name)
{
  g_autofree char *path = dup_path (name, ".events");
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) lines = NULL;
  GString *out = g_string_new (NULL);

  g_file_get_contents (path, &contents, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (contents[0], ==, '#');
  lines = g_strsplit (contents, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (lines[i][0] != '#' && lines[i][0] != '\0')
      g_string_append_printf (out, "%s\n", lines[i]);
  return g_string_free (out, FALSE);
}

/* The one comparison that both the cases and the self-check use. */
static gboolean
matches (const char *events, const char *expected)
{
  return strcmp (events, expected) == 0;
}

static void
check (const char *name, const char *how, const char *events, const char *expected)
{
  if (matches (events, expected))
    return;
  g_test_message ("%s, fed %s, expected:\n%s", name, how, expected);
  g_test_message ("came:\n%s", events);
  g_test_fail ();
}

static void
test_case (gconstpointer data)
{
  const char *name = data;
  gboolean is_body;
  g_autoptr (GBytes) bytes = load_input (name, &is_body);
  g_autofree char *expected = load_expected (name);
  g_autofree char *whole = run_case (name, bytes, is_body ? FEED_BODY : FEED_WHOLE, 0);
  g_autofree char *single = NULL;

  check (name, "whole", whole, expected);
  if (is_body)
    return;

  single = run_case (name, bytes, FEED_BYTES, 0);
  check (name, "byte by byte", single, expected);
  for (guint32 seed = 1; seed <= N_SPLITS; seed++)
    {
      g_autofree char *events = run_case (name, bytes, FEED_RANDOM, seed);
      g_autofree char *how = g_strdup_printf ("at random, seed %u", seed);

      check (name, how, events, expected);
    }
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
list_cases (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", API, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (path, 0, &error);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  const char *file;

  g_assert_no_error (error);
  while (dir != NULL && (file = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (file, ".events"))
      g_ptr_array_add (names, g_strndup (file, strlen (file) - strlen (".events")));
  g_ptr_array_sort (names, compare_names);
  return names;
}

/* @lines with line @at changed in the given way. */
static char *
mutate (char **lines, guint at, guint way)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL && lines[i][0] != '\0'; i++)
    {
      gsize length = strlen (lines[i]);

      if (i != at)
        g_string_append_printf (out, "%s\n", lines[i]);
      else if (way == 0)
        g_string_append_printf (out, "%.*s%c\n", (int) length - 1, lines[i],
                                lines[i][length - 1] == 'x' ? 'y' : 'x');
      else if (way == 1)
        g_string_append_printf (out, "%s\n%s\n", lines[i], lines[i]);
    }
  return g_string_free (out, FALSE);
}

/* Expectations that are changed, doubled or left out must never pass. */
static void
test_self_check (void)
{
  g_autoptr (GPtrArray) names = list_cases ();
  guint n_mutations = 0;

  g_assert_cmpuint (names->len, >=, 35);
  for (guint n = 0; n < names->len; n++)
    {
      const char *name = names->pdata[n];
      gboolean is_body;
      g_autoptr (GBytes) bytes = load_input (name, &is_body);
      g_autofree char *expected = load_expected (name);
      g_autofree char *events = run_case (name, bytes, is_body ? FEED_BODY : FEED_WHOLE, 0);
      g_auto (GStrv) lines = g_strsplit (expected, "\n", -1);

      for (guint i = 0; lines[i] != NULL && lines[i][0] != '\0'; i++)
        for (guint way = 0; way < 3; way++)
          {
            g_autofree char *mutated = mutate (lines, i, way);

            g_assert_false (matches (events, mutated));
            n_mutations++;
          }
    }
  g_test_message ("%u mutations, all noticed", n_mutations);
  g_assert_cmpuint (n_mutations, >, 3 * names->len);
}

int
main (int argc, char **argv)
{
  g_autoptr (GPtrArray) names = NULL;

  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  names = list_cases ();
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_strconcat ("/anthropic/", names->pdata[i], NULL);

      g_test_add_data_func (path, names->pdata[i], test_case);
    }
  g_test_add_func ("/anthropic-self-check", test_self_check);
  return g_test_run ();
}
