/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What is found in one pass is what the tree says. */

#include <string.h>

#include "fuzz.h"
#include "wire/ocg-json-skim.h"
#include "wire/ocg-json.h"

static const OcgJsonWanted wanted[] = {
  { -1, "type" },  { -1, "index" }, { -1, "delta" },  { 2, "text" },       { 2, "type" },
  { -1, "choices" }, { 5, NULL },   { 6, "index" },   { 6, "delta" },      { 8, "content" },
  { 8, "tool_calls" }, { 10, NULL }, { 11, "index" }, { 11, "function" }, { 13, "arguments" },
};

/* The node of a slice in the tree, or NULL. */
static JsonNode *
find_node (JsonNode **nodes, JsonNode *root, const OcgJsonWanted *what)
{
  JsonNode *parent = what->parent < 0 ? root : nodes[what->parent];
  JsonArray *array;

  if (parent == NULL)
    return NULL;
  if (what->key != NULL)
    return JSON_NODE_HOLDS_OBJECT (parent)
               ? json_object_get_member (json_node_get_object (parent), what->key)
               : NULL;
  array = JSON_NODE_HOLDS_ARRAY (parent) ? json_node_get_array (parent) : NULL;
  return array != NULL && json_array_get_length (array) > 0 ? json_array_get_element (array, 0)
                                                            : NULL;
}

static OcgJsonKind
get_kind (JsonNode *node)
{
  GType type = node != NULL ? json_node_get_value_type (node) : G_TYPE_INVALID;

  if (node == NULL)
    return OCG_JSON_ABSENT;
  if (JSON_NODE_HOLDS_NULL (node))
    return OCG_JSON_NULL;
  if (JSON_NODE_HOLDS_OBJECT (node))
    return OCG_JSON_OBJECT;
  if (JSON_NODE_HOLDS_ARRAY (node))
    return OCG_JSON_ARRAY;
  if (type == G_TYPE_STRING)
    return OCG_JSON_STRING;
  return type == G_TYPE_BOOLEAN ? OCG_JSON_OTHER : OCG_JSON_NUMBER;
}

static void
check_slice (const OcgJsonSlice *slice, JsonNode *node, const char *text, gsize size)
{
  g_autoptr (GString) buffer = g_string_new (NULL);
  guint index = 0;

  fuzz_check (slice->kind == get_kind (node));
  fuzz_check (ocg_json_slice_is_nothing (slice)
              == (slice->kind == OCG_JSON_ABSENT || slice->kind == OCG_JSON_NULL));
  if (slice->start != NULL)
    fuzz_check (slice->start >= text && slice->start + slice->length <= text + size);
  if (slice->kind == OCG_JSON_NUMBER && ocg_json_slice_get_index (slice, &index))
    fuzz_check (json_node_get_double (node) == index);
  if (slice->kind != OCG_JSON_STRING)
    return;
  fuzz_check_equal (ocg_json_slice_read (slice, buffer), json_node_get_string (node));
  fuzz_check (buffer->len == strlen (buffer->str));
  if (!slice->has_escapes)
    fuzz_check (ocg_json_slice_is (slice, buffer->str));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = fuzz_dup_text (data, size);
  gsize length = strlen (text);
  g_autofree char *copy = g_memdup2 (text, MAX (length, 1));
  OcgJsonSlice slices[G_N_ELEMENTS (wanted)];
  JsonNode *nodes[G_N_ELEMENTS (wanted)];
  g_autoptr (JsonNode) root = NULL;

  if (!ocg_json_skim (copy, length, wanted, G_N_ELEMENTS (wanted), slices))
    return 0;
  root = ocg_json_parse (copy, (gssize) length, NULL);
  fuzz_check (root != NULL && JSON_NODE_HOLDS_OBJECT (root));
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      nodes[i] = find_node (nodes, root, &wanted[i]);
      check_slice (&slices[i], nodes[i], copy, length);
    }
  return 0;
}
