/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* JSON from outside. */

#include <string.h>

#include "fuzz-json-check.h"
#include "fuzz.h"
#include "wire/ocg-json-writer.h"
#include "wire/ocg-json.h"

static guint
get_depth (const char *text, gsize length)
{
  guint depth = 0;
  guint deepest = 0;
  gboolean in_string = FALSE;

  for (gsize i = 0; i < length; i++)
    if (in_string && text[i] == '\\')
      i++;
    else if (text[i] == '"')
      in_string = !in_string;
    else if (!in_string && (text[i] == '[' || text[i] == '{'))
      {
        depth++;
        deepest = MAX (deepest, depth);
      }
    else if (!in_string && (text[i] == ']' || text[i] == '}'))
      depth--;
  return deepest;
}

static gboolean
has_long_number (const char *text, gsize length)
{
  gsize run = 0;

  for (gsize i = 0; i < length; i++)
    {
      run = g_ascii_isdigit (text[i]) ? run + 1 : 0;
      if (run > 200)
        return TRUE;
    }
  return FALSE;
}

/* What is read is JSON when it is written again. */
static void
check_written (JsonObject *object)
{
  g_autoptr (GString) out = g_string_new (NULL);
  OcgJsonWriter writer = OCG_JSON_WRITER_INIT (out);

  ocg_json_object (&writer, object);
  fuzz_check (fuzz_is_json_object (out->str, out->len));
}

/* @data is valid UTF-8, but may hold zero bytes. */
static void
run (const char *data, gsize size)
{
  g_autofree char *copy = g_memdup2 (size > 0 ? data : "", MAX (size, 1));
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = ocg_json_parse (copy, (gssize) size, &error);
  g_autofree char *mended = ocg_json_mend (copy, (gssize) size, NULL);

  fuzz_check ((node == NULL) == (error != NULL));
  fuzz_check ((node == NULL) == (mended == NULL));
  fuzz_check (memcmp (copy, size > 0 ? data : "", size) == 0);
  if (node == NULL)
    {
      fuzz_check (!fuzz_is_json (copy, size) || get_depth (copy, size) > OCG_JSON_MAX_DEPTH
                  || has_long_number (copy, size));
      return;
    }
  fuzz_check (fuzz_is_lenient_json (copy, size));
  fuzz_check (get_depth (copy, size) <= OCG_JSON_MAX_DEPTH);
  fuzz_check (fuzz_is_json (mended, strlen (mended)));
  fuzz_check_node (node);
  if (JSON_NODE_HOLDS_OBJECT (node))
    check_written (json_node_get_object (node));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = fuzz_dup_text (data, size);

  run (text, strlen (text));
  if (g_utf8_validate_len ((const char *) data, size, NULL))
    run ((const char *) data, size);
  return 0;
}
