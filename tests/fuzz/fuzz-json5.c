/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The user's file: a path on the first line, a value on the second (empty: take it away), the text
 * after them. */

#include <string.h>

#include "config/ocg-config-path.h"
#include "config/ocg-json5-edit.h"
#include "config/ocg-json5-object.h"
#include "fuzz-json-check.h"
#include "fuzz.h"

/* Where a problem is lies inside the text, and it can be put into words. */
static void
check_problem (const OcgJson5Problem *problem, gsize length)
{
  g_autofree char *words = ocg_json5_problem_describe (problem);

  fuzz_check (problem->fault != OCG_JSON5_OK);
  fuzz_check (problem->offset <= length);
  fuzz_check (problem->line >= 1 && problem->column >= 1);
  fuzz_check (words != NULL && fuzz_is_text (words));
}

/* NaN is not equal to itself, so texts are compared that json-glib writes of both. */
static void
check_same (JsonNode *a, JsonNode *b)
{
  g_autofree char *x = json_to_string (a, FALSE);
  g_autofree char *y = json_to_string (b, FALSE);

  fuzz_check_equal (x, y);
}

/* Sets or takes away (@value NULL) the member at @path in a tree; FALSE when it cannot be done. */
static gboolean
apply (JsonNode *root, const char *const *path, JsonNode *value)
{
  JsonObject *object;

  if (!JSON_NODE_HOLDS_OBJECT (root))
    return value == NULL;
  object = json_node_get_object (root);
  for (; path[1] != NULL; path++)
    {
      JsonNode *node = json_object_get_member (object, path[0]);

      if (node == NULL && value == NULL)
        return TRUE;
      if (node == NULL)
        json_object_set_object_member (object, path[0], json_object_new ());
      else if (!JSON_NODE_HOLDS_OBJECT (node))
        return value == NULL;
      object = json_object_get_object_member (object, path[0]);
    }
  if (value != NULL)
    json_object_set_member (object, path[0], json_node_copy (value));
  else if (json_object_has_member (object, path[0]))
    json_object_remove_member (object, path[0]);
  return TRUE;
}

/* The place of the member in force at @path; FALSE when there is none. */
static gboolean
find_member (const char *text, const char *const *path, OcgJson5Member *found)
{
  gsize position = 0;

  for (; *path != NULL; path++)
    {
      g_autoptr (OcgJson5Object) object = ocg_json5_object_new (text, strlen (text), position);
      const OcgJson5Member *member
          = object != NULL ? ocg_json5_object_find (object, *path) : NULL;

      if (member == NULL)
        return FALSE;
      *found = *member;
      found->name = NULL;
      position = member->value_start;
    }
  return TRUE;
}

/* Every byte that is not the value stays where it was. */
static void
check_replaced (const char *before, const char *after, const OcgJson5Member *member)
{
  gsize tail = strlen (before) - member->value_end;

  fuzz_check (strlen (after) >= member->value_start + tail);
  fuzz_check (memcmp (before, after, member->value_start) == 0);
  fuzz_check (g_str_equal (before + member->value_end, after + strlen (after) - tail));
}

static gboolean
is_blank (gunichar c)
{
  return g_unichar_isspace (c) || c == 0x0b || c == 0xfeff;
}

/* What was there is still there: @after has all of @before in its order, but for blanks. */
static void
check_added (const char *before, const char *after)
{
  for (; *before != '\0'; before = g_utf8_next_char (before))
    {
      gunichar c = g_utf8_get_char (before);
      const char *found = g_utf8_strchr (after, -1, c);

      fuzz_check (found != NULL || is_blank (c));
      /* Blanks that are gone are not looked for further on. */
      if (found != NULL && (!is_blank (c) || found == after))
        after = g_utf8_next_char (found);
    }
}

/* Only what was there before is left, in its order. */
static void
check_removed (const char *before, const char *after)
{
  for (; *after != '\0'; after++, before++)
    {
      while (*before != '\0' && *before != *after)
        before++;
      fuzz_check (*before != '\0');
    }
}

static void
check_refused (const char *text, const OcgJson5Problem *problem, gboolean possible)
{
  check_problem (problem, MAX (strlen (text), problem->offset));
  fuzz_check (!possible || problem->fault == OCG_JSON5_TOO_DEEP
              || problem->fault == OCG_JSON5_TOO_BIG);
}

static void
check_reads_as (const char *text, JsonNode *root)
{
  OcgJson5Problem problem;
  g_autoptr (JsonNode) result = ocg_json5_read (text, -1, &problem);

  fuzz_check (result != NULL);
  check_same (root, result);
}

/* The same again may lay a new value out in another way, once it has neighbours to learn from. */
static void
check_again (const char *text, const char *const *path, JsonNode *value, JsonNode *root)
{
  OcgJson5Problem problem;
  g_autofree char *again = ocg_json5_edit (text, path, value, &problem);

  fuzz_check (again != NULL);
  check_reads_as (again, root);
  if (value == NULL)
    fuzz_check_equal (again, text);
}

/* @root: (nullable) what @text says */
static void
check_edit (const char *text, const char *const *path, JsonNode *value, JsonNode *root)
{
  OcgJson5Problem problem;
  OcgJson5Member member = { 0 };
  gboolean has_member = root != NULL && find_member (text, path, &member);
  gboolean possible = root != NULL && apply (root, path, value);
  g_autofree char *after = ocg_json5_edit (text, path, value, &problem);

  if (after == NULL)
    {
      check_refused (text, &problem, possible);
      return;
    }
  if (root == NULL)
    {
      fuzz_check (ocg_json5_is_blank (text));
      return;
    }
  fuzz_check (possible);
  check_reads_as (after, root);
  if (value == NULL)
    check_removed (text, after);
  else if (has_member)
    check_replaced (text, after, &member);
  else
    check_added (text, after);
  check_again (after, path, value, root);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *path_text = fuzz_take_line (&data, &size);
  g_autofree char *value_text = fuzz_take_line (&data, &size);
  g_autofree char *copy = g_memdup2 (size > 0 ? (const char *) data : "", MAX (size, 1));
  g_autofree char *text = fuzz_dup_text (data, size);
  g_auto (GStrv) path = ocg_config_path_parse (path_text, NULL);
  OcgJson5Problem problem = { OCG_JSON5_OK };
  g_autoptr (JsonNode) value = NULL;
  g_autoptr (JsonNode) raw = ocg_json5_read (copy, (gssize) size, &problem);
  g_autoptr (JsonNode) root = NULL;

  if (raw != NULL)
    fuzz_check_node (raw);
  else
    check_problem (&problem, size);
  if (path == NULL || path[0] == NULL)
    return 0;
  value = ocg_json5_read (value_text, -1, &problem);
  root = ocg_json5_read (text, -1, &problem);
  check_edit (text, (const char *const *) path, value, root);
  return 0;
}
