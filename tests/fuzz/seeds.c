/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "seeds.h"

#include <string.h>

#define TEXT_DELTA                                                                                 \
  "data: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\","        \
  "\"text\":\""
#define CONTENT "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\""
#define OUTPUT_DELTA                                                                               \
  "data: {\"type\":\"response.output_text.delta\",\"item_id\":\"x\",\"output_index\":0,"           \
  "\"content_index\":0,\"delta\":\""

/* 4 KiB. */
#define A(n) n n n n n n n n n n n n n n n n
#define LONG_TEXT A (A (A ("a")))

/* A call and its result, of the same id as all others. */
#define ROUND                                                                                      \
  "{\"role\":\"assistant\","                                                                       \
  "\"content\":[{\"type\":\"tool-call\",\"id\":\"x\",\"name\":\"f\"}]},"                           \
  "{\"role\":\"tool\",\"content\":[{\"type\":\"tool-result\",\"id\":\"x\",\"content\":\"\"}]}"

/* @unit @count times between @head and @tail. */
static const struct
{
  const char *prefix; /* of the names of the targets that get it */
  const char *head, *unit;
  guint count;
  const char *tail;
} big[] = {
  { "", "", "[", 300000, "" },
  { "", "", "{\"a\":", 200000, "1" },
  { "", "[/*\"*/", "[", 300000, "\"" },
  { "", "['\"',", "[", 300000, "\"" },
  { "", "", "\"", 300000, "" },
  { "", "", "\\", 300000, "" },
  { "", "", "9", 300000, "" },
  { "", "-", "1e9", 100000, "" },
  { "", "\"", "\\u0000", 100000, "\"" },
  { "", "\"", "\\ud800", 100000, "\"" },
  { "", "\"", "\xf0\x9f\xa6\x9e", 250000, "\"" },
  { "", "", "\xf0\x9f\xa6", 300000, "" },
  { "", "[", "0,", 100000, "0]" },
  { "", "", "\r", 300000, "" },
  { "", "data: ", "x", 1 << 20, "\n\n" },
  { "sse", "", "data: x\n", 100000, "\n" },
  { "sse", "", "data\n\n", 100000, "" },
  { "sse", "event: ", "e", 1 << 20, "\ndata\n\n" },
  { "sse", "", ": ", 1 << 19, "\n" },
  { "decoder", "data: ", "[", 300000, "\n\n" },
  { "decoder", "data: {\"error\":", "[", 300000, "}\n\n" },
  { "decoder", "data: {\"error\":{\"message\":\"retry ", "1s", 150000, "\"}}\n\n" },
  { "decoder", "data: {\"error\":\"", "{", 300000, "\"}\n\n" },
  { "decoder", "", "data: {}\n\n", 30000, "" },
  { "decoder-anthropic", TEXT_DELTA, "]<]minimax[>[", 500000, "\"}}\n\n" },
  { "decoder-anthropic", TEXT_DELTA, "<minimax:tool_call>", 40000, "\"}}\n\n" },
  { "decoder-anthropic", "", TEXT_DELTA "<minimax:tool_call>\"}}\n\n", 5000, "" },
  { "decoder-anthropic", TEXT_DELTA "<minimax:tool_call>\"}}\n\n",
    TEXT_DELTA "tool_call>\"}}\n\n", 20000, "" },
  { "decoder-openai-c", "", CONTENT "tool_call>\"}}]}\n\n", 5000, "" },
  { "decoder-openai-c", CONTENT, "<think>", 100000, "\"}}]}\n\n" },
  { "decoder-openai-c", CONTENT "<think>\"}}]}\n\n", CONTENT LONG_TEXT "\"}}]}\n\n", 4500, "" },
  { "decoder-openai-c", CONTENT "<minimax:tool_call>", "<invoke name=\\\"f\\\"></invoke>", 1025,
    "</minimax:tool_call>x\"}}]}\n\n" },
  { "decoder-anthropic", TEXT_DELTA "<minimax:tool_call>", "<invoke name=\\\"f\\\"></invoke>", 1025,
    "</minimax:tool_call>x\"}}\n\n" },
  { "decoder-anthropic", TEXT_DELTA "<minimax:tool_call>\"}}\n\n",
    TEXT_DELTA LONG_TEXT "\"}}\n\n", 4500, "" },
  { "decoder-openai-r", "", OUTPUT_DELTA LONG_TEXT "\"}\n\n", 4500, "" },
  { "decoder-openai-r", OUTPUT_DELTA, "]<]minimax[>[", 500000, "\"}\n\n" },
  { "decoder-openai-r", OUTPUT_DELTA "<minimax:tool_call>", "<invoke name=\\\"f\\\"></invoke>",
    1025, "</minimax:tool_call>x\"}\n\n" },
  { "decoder-openai-r", "", OUTPUT_DELTA "a\"}\n\n", 20000, "" },
  { "text-filter", "", "<think>", 40000, "" },
  { "text-filter", "<think>", "</thin", 40000, "" },
  { "text-filter", "", "]<]minimax[>[", 20000, "" },
  { "text-filter", "", "[e~", 60000, "[" },
  { "text-filter", "[e~[", " ", 200000, "" },
  { "text-filter", "<minimax:tool_call>", "<invoke name=\"f\">", 20000, "</minimax:tool_call>" },
  { "text-filter", "<minimax:tool_call><invoke name=\"f\">", "<a>", 20000,
    "</a></invoke></minimax:tool_call>" },
  { "text-filter", "", "<minimax:tool_call></minimax:tool_call>", 8000, "" },
  { "text-filter", "<minimax:tool_call>", "]<]minimax[>[</tool_call>", 8000, "" },
  { "classify", "429 zai\n\n{\"error\":{\"message\":\"retry ", "1s", 120000, "\"}}" },
  { "classify", "429 zai\n\n{\"error\":{\"message\":\"reset ", "2026-05-15 15:00", 15000, "\"}}" },
  { "classify", "429 zai\n\n{\"error\":{\"message\":\"", "wait ", 50000, "\"}}" },
  { "classify", "400 x\n\n", "{\"error\":", 25000, "" },
  { "classify", "400 x\n\n{\"error\":{\"message\":\"", "sk-", 80000, "\"}}" },
  { "classify", "400 x\n\n{\"message\":\"", "{", 250000, "\"}" },
  { "json5", "{", "a:1,", 200000, "}" },
  { "json5", "[", "{a:{},a:[1]},", 20000, "]" },
  { "json5", "", "/*", 300000, "" },
  { "json5", "[\n", "'a\\\n',\n", 60000, "]" },
  { "json5-edit", "a\n1\n", "[", 300000, "" },
  { "json5-edit", "a\n1\n{", "a:1,", 20000, "}" },
  { "json5-edit", "a\n\n{", "a:1,", 20000, "}" },
  { "json5-edit", "a\n1\n", "/*", 300000, "" },
  { "json5-edit", "a[5]\n\n{a:[", "1,", 200000, "]}" },
  { "json5-edit", "\n[]\n[", "/* c */ 1 // d\n,", 60000, "]" },
  { "json5-edit", "\n[2]\n[", "1,2,", 100000, "]" },
  { "json5-edit", "~\n{a:null}\n{", "a:{b:1},", 60000, "}" },
  { "json5-edit", "a.b\n1\n", "{a:", 127, "{b:2}" },
  { "request", "{\"messages\":[", ROUND ",", 5000, ROUND "]}" },
  { "login-answer", "token minimax 200\n", "[", 300000, "" },
  { "login-answer", "token minimax 200\n{\"access_token\":\"", "a", 300000, "\"}" },
  { "model-list", "{\"data\":[{\"id\":\"a\"}", ",{\"id\":\"b\"}", 50000, "]}" },
};

/* Without the binary noise that a name on a terminal should not have. */
static char *
describe (const char *head, const char *unit, guint count)
{
  g_autofree char *shown = g_strescape (unit, NULL);
  g_autofree char *before = g_strescape (head, NULL);

  return g_strdup_printf ("%.60s, then %u times %.60s", before, count, shown);
}

void
fuzz_seeds_foreach_big (const FuzzTarget *target, FuzzSeedFunc func, gpointer user_data)
{
  for (guint i = 0; i < G_N_ELEMENTS (big); i++)
    {
      g_autoptr (GString) input = NULL;
      g_autofree char *name = NULL;

      if (!g_str_has_prefix (target->name, big[i].prefix))
        continue;
      name = describe (big[i].head, big[i].unit, big[i].count);
      input = g_string_new (big[i].head);
      for (guint n = 0; n < big[i].count; n++)
        g_string_append (input, big[i].unit);
      g_string_append (input, big[i].tail);
      func (name, (const uint8_t *) input->str, input->len, user_data);
    }
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static gboolean
foreach_in (const char *folder, const char *suffix, FuzzSeedFunc func, gpointer user_data)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, suffix))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (folder, names->pdata[i], NULL);
      g_autofree char *contents = NULL;
      gsize length;

      if (!g_file_get_contents (path, &contents, &length, NULL))
        return FALSE;
      func (names->pdata[i], (const uint8_t *) contents, length, user_data);
    }
  return names->len > 0;
}

gboolean
fuzz_seeds_foreach_file (const FuzzTarget *target, const char *tests, FuzzSeedFunc func,
                         gpointer user_data)
{
  g_autofree char *corpus = g_build_filename (tests, "fuzz", "corpus", target->name, NULL);
  gboolean ok = foreach_in (corpus, "", func, user_data);

  if (target->folder != NULL)
    {
      g_autofree char *folder = g_build_filename (tests, target->folder, NULL);

      ok = foreach_in (folder, target->suffix, func, user_data) && ok;
    }
  return ok;
}
