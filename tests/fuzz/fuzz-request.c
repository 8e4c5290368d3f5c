/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* A conversation, as JSON; golden cases are such: every API makes a request of it that its servers
 * take, whatever the conversation. */

#include <string.h>

#include "fuzz-chat.h"
#include "fuzz-json-check.h"
#include "fuzz-models.h"
#include "fuzz.h"
#include "wire/ocg-json.h"

#define ID_CHARACTERS G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_-"

/* The calls whose results have to come next, in any order. */
typedef struct
{
  GHashTable *used;    /* ids of the whole conversation */
  GHashTable *waiting; /* ids without a result */
  gsize max_length;
  gboolean is_fixed;
} Pairs;

static void
pairs_clear (Pairs *self)
{
  g_hash_table_unref (self->used);
  g_hash_table_unref (self->waiting);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pairs, pairs_clear)

static void
take_call (Pairs *self, const char *id)
{
  fuzz_check (id != NULL && *id != '\0');
  fuzz_check (strspn (id, ID_CHARACTERS) == strlen (id));
  fuzz_check (self->is_fixed ? strlen (id) == self->max_length : strlen (id) <= self->max_length);
  if (self->is_fixed)
    fuzz_check (strpbrk (id, "_-") == NULL);
  fuzz_check (g_hash_table_add (self->used, g_strdup (id)));
  g_hash_table_add (self->waiting, g_strdup (id));
}

static void
take_result (Pairs *self, const char *id)
{
  fuzz_check (id != NULL);
  fuzz_check (g_hash_table_remove (self->waiting, id));
}

static gboolean
is_string (JsonObject *object, const char *member, const char *value)
{
  return g_strcmp0 (ocg_json_get_string (object, member), value) == 0;
}

static void
check_anthropic_block (Pairs *pairs, JsonObject *block, gboolean is_assistant)
{
  if (is_string (block, "type", "tool_use"))
    {
      fuzz_check (is_assistant);
      take_call (pairs, ocg_json_get_string (block, "id"));
      fuzz_check (ocg_json_get_object (block, "input") != NULL);
    }
  else if (is_string (block, "type", "tool_result"))
    {
      fuzz_check (!is_assistant);
      take_result (pairs, ocg_json_get_string (block, "tool_use_id"));
    }
  else
    {
      /* Results come before everything else. */
      fuzz_check (is_assistant || g_hash_table_size (pairs->waiting) == 0);
      if (is_string (block, "type", "text"))
        fuzz_check (*ocg_json_get_string (block, "text") != '\0');
    }
}

static void
check_anthropic (Pairs *pairs, JsonObject *body)
{
  JsonArray *messages = ocg_json_get_array (body, "messages");
  gboolean before = FALSE;

  fuzz_check (messages != NULL);
  for (guint i = 0; i < json_array_get_length (messages); i++)
    {
      JsonObject *message = ocg_json_array_get_object (messages, i);
      JsonArray *content = ocg_json_get_array (message, "content");
      gboolean is_assistant = is_string (message, "role", "assistant");

      fuzz_check (i == 0 || is_assistant != before);
      fuzz_check (content != NULL && json_array_get_length (content) > 0);
      for (guint j = 0; j < json_array_get_length (content); j++)
        check_anthropic_block (pairs, ocg_json_array_get_object (content, j), is_assistant);
      fuzz_check (is_assistant || g_hash_table_size (pairs->waiting) == 0);
      before = is_assistant;
    }
}

static void
check_completions_call (Pairs *pairs, JsonObject *call)
{
  JsonObject *function = ocg_json_get_object (call, "function");
  const char *arguments = ocg_json_get_string (function, "arguments");

  take_call (pairs, ocg_json_get_string (call, "id"));
  fuzz_check (is_string (call, "type", "function"));
  fuzz_check (ocg_json_get_string (function, "name") != NULL);
  fuzz_check (arguments != NULL && fuzz_is_json_object (arguments, strlen (arguments)));
}

static void
check_completions (Pairs *pairs, JsonObject *body)
{
  JsonArray *messages = ocg_json_get_array (body, "messages");

  fuzz_check (messages != NULL);
  for (guint i = 0; i < json_array_get_length (messages); i++)
    {
      JsonObject *message = ocg_json_array_get_object (messages, i);
      JsonArray *calls = ocg_json_get_array (message, "tool_calls");

      if (is_string (message, "role", "tool"))
        {
          take_result (pairs, ocg_json_get_string (message, "tool_call_id"));
          fuzz_check (ocg_json_get_string (message, "content") != NULL);
          continue;
        }
      fuzz_check (g_hash_table_size (pairs->waiting) == 0);
      fuzz_check (json_object_has_member (message, "content"));
      fuzz_check (calls == NULL || is_string (message, "role", "assistant"));
      fuzz_check (calls == NULL || json_array_get_length (calls) > 0);
      for (guint j = 0; calls != NULL && j < json_array_get_length (calls); j++)
        check_completions_call (pairs, ocg_json_array_get_object (calls, j));
    }
}

static void
check_responses (Pairs *pairs, JsonObject *body)
{
  JsonArray *items = ocg_json_get_array (body, "input");
  gboolean has_results = FALSE;

  fuzz_check (items != NULL);
  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      JsonObject *item = ocg_json_array_get_object (items, i);

      if (is_string (item, "type", "function_call"))
        {
          const char *arguments = ocg_json_get_string (item, "arguments");

          fuzz_check (!has_results || g_hash_table_size (pairs->waiting) == 0);
          take_call (pairs, ocg_json_get_string (item, "call_id"));
          fuzz_check (arguments != NULL && fuzz_is_json_object (arguments, strlen (arguments)));
          has_results = FALSE;
        }
      else if (is_string (item, "type", "function_call_output"))
        {
          take_result (pairs, ocg_json_get_string (item, "call_id"));
          has_results = TRUE;
        }
      else if (is_string (item, "role", "user"))
        {
          fuzz_check (g_hash_table_size (pairs->waiting) == 0);
        }
    }
}

static void
check_header (gpointer name, gpointer value, gpointer user_data)
{
  fuzz_check (fuzz_is_text (name) && fuzz_is_text (value));
  fuzz_check (strpbrk (name, "\r\n") == NULL && strpbrk (value, "\r\n") == NULL);
}

static void
check_request (const char *api, OcgWireRequest *request, gboolean is_fixed)
{
  gsize length;
  const char *data = g_bytes_get_data (request->body, &length);
  g_autoptr (JsonObject) body = NULL;
  g_auto (Pairs) pairs
      = { .used = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
          .waiting = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
          .max_length = 64 };

  fuzz_check (g_str_has_prefix (request->url, "http"));
  g_hash_table_foreach (request->headers, check_header, NULL);
  fuzz_check (fuzz_is_json_object (data, length));
  body = ocg_json_parse_object (data, (gssize) length, NULL);
  fuzz_check (body != NULL);
  if (g_str_equal (api, "anthropic-messages"))
    check_anthropic (&pairs, body);
  else if (g_str_equal (api, "openai-completions"))
    {
      pairs.is_fixed = is_fixed;
      pairs.max_length = is_fixed ? 9 : 40;
      check_completions (&pairs, body);
    }
  else
    check_responses (&pairs, body);
  fuzz_check (g_hash_table_size (pairs.waiting) == 0);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = fuzz_dup_text (data, size);
  g_autoptr (JsonObject) root = ocg_json_parse_object (text, -1, NULL);
  JsonObject *inner = ocg_json_get_object (root, "chat");
  g_auto (GStrv) apis = ocg_wire_list ();
  g_autoptr (OcgChat) chat = NULL;

  if (root == NULL)
    return 0;
  chat = fuzz_chat_new (inner != NULL ? inner : root);
  for (guint i = 0; apis[i] != NULL; i++)
    for (guint which = 0; which < FUZZ_N_MODELS; which++)
      {
        OcgModel *model = fuzz_get_model (apis[i], which);
        /* Every other one after everything has been refused once. */
        OcgMends mends = which % 2 == 1 ? (OcgMends) 0xff : 0;
        g_autoptr (OcgWireRequest) request
            = ocg_wire_build_mended (ocg_wire_find (apis[i]), model, chat, mends);

        check_request (apis[i], request, g_str_equal (model->provider->id, "mistral"));
      }
  return 0;
}
