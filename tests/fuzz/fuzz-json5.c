/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* A JSON5 text from outside. */

#include <string.h>

#include "config/ocg-json5-equal.h"
#include "config/ocg-json5-lines.h"
#include "config/ocg-json5-places.h"
#include "config/ocg-json5-scanner.h"
#include "config/ocg-json5-write.h"
#include "fuzz-json-check.h"
#include "fuzz.h"

/* Texts of which every node is looked for in the lines. */
#define SHORT_TEXT 4096

typedef struct
{
  const char *text;
  gsize size;
  OcgJson5Places *places;
  OcgJson5Lines *lines;
} Run;

/* Where a problem is lies inside the text, and it can be put into words. */
static void
check_problem (const OcgJson5Problem *problem, const char *text, gsize size)
{
  g_autofree char *words = ocg_json5_problem_describe (problem);
  guint line, column;

  fuzz_check (problem->fault != OCG_JSON5_OK);
  fuzz_check (problem->offset <= size);
  fuzz_check (words != NULL && *words != '\0' && fuzz_is_text (words));
  ocg_json5_locate (text, problem->offset, &line, &column);
  fuzz_check (problem->line == line && problem->column == column);
  fuzz_check (line >= 1 && column >= 1);
}

static const OcgJson5Format formats[] = {
  { .newline = "\n", .unit = "", .colon = ":", .separator = "", .padding = "", .json5 = TRUE },
  { .newline = "\r\n", .unit = "\t", .colon = " : ", .separator = " ", .padding = " ",
    .array_padding = " ", .json5 = TRUE, .lines = TRUE, .bare_names = TRUE, .name_quote = '\'',
    .text_quote = '\'', .trailing_comma = TRUE },
};

/* What was read says the same when it is written and read again. */
static void
check_written (JsonNode *node)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      OcgJson5Problem problem;
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (JsonNode) again = NULL;

      ocg_json5_write (text, node, &formats[i], "");
      again = ocg_json5_read (text->str, (gssize) text->len, &problem);
      fuzz_check (again != NULL || problem.fault == OCG_JSON5_TOO_BIG);
      fuzz_check (again == NULL || ocg_json5_equal (node, again));
      fuzz_check (again == NULL || ocg_json5_hash (node) == ocg_json5_hash (again));
    }
}

static void
check_lines (const Run *run, gsize offset)
{
  guint line, column, plain_line, plain_column;

  if (run->size > SHORT_TEXT)
    return;
  ocg_json5_lines_locate (run->lines, offset, &line, &column);
  ocg_json5_locate (run->text, offset, &plain_line, &plain_column);
  fuzz_check (line == plain_line && column == plain_column);
}

/* The token at @offset is @name, in quotes or without. */
static void
check_name (const Run *run, gsize offset, const char *name)
{
  OcgJson5Problem problem = { OCG_JSON5_OK };
  OcgJson5Scanner scanner;
  OcgJson5Token token;

  ocg_json5_scanner_init (&scanner, run->text, run->size, offset, &problem);
  fuzz_check (ocg_json5_scanner_next (&scanner, &token));
  fuzz_check (token == OCG_JSON5_TOKEN_STRING || token == OCG_JSON5_TOKEN_NAME);
  fuzz_check (scanner.start == offset);
  fuzz_check_equal (scanner.string->str, name);
  ocg_json5_scanner_clear (&scanner);
}

static void
check_scalar (const Run *run, gsize offset, JsonNode *node)
{
  OcgJson5Problem problem = { OCG_JSON5_OK };
  OcgJson5Scanner scanner;
  OcgJson5Token token;
  g_autoptr (JsonNode) same = NULL;

  ocg_json5_scanner_init (&scanner, run->text, run->size, offset, &problem);
  fuzz_check (ocg_json5_scanner_next (&scanner, &token) && scanner.start == offset);
  same = ocg_json5_read (run->text + offset, (gssize) (scanner.end - offset), &problem);
  fuzz_check (same != NULL && ocg_json5_equal (node, same));
  ocg_json5_scanner_clear (&scanner);
}

/* @name: (nullable) */
static void
check_place (const Run *run, JsonNode *node, const char *name)
{
  gsize name_offset, offset;

  fuzz_check (ocg_json5_places_find (run->places, node, &name_offset, &offset));
  fuzz_check (offset < run->size && name_offset <= offset);
  check_lines (run, offset);
  if (name != NULL)
    check_name (run, name_offset, name);
  else
    fuzz_check (name_offset == offset);

  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObjectIter iter;
      const char *member;
      JsonNode *value;

      fuzz_check (run->text[offset] == '{');
      json_object_iter_init (&iter, json_node_get_object (node));
      while (json_object_iter_next (&iter, &member, &value))
        check_place (run, value, member);
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      fuzz_check (run->text[offset] == '[');
      for (guint i = 0; i < json_array_get_length (array); i++)
        check_place (run, json_array_get_element (array, i), NULL);
    }
  else
    check_scalar (run, offset, node);
}

static void
check_duplicates (const Run *run)
{
  for (guint i = 0; i < ocg_json5_places_get_n_duplicates (run->places); i++)
    {
      const OcgJson5Duplicate *duplicate = ocg_json5_places_get_duplicate (run->places, i);
      JsonObject *object = json_node_get_object (duplicate->object);

      fuzz_check (duplicate->overridden < duplicate->offset);
      fuzz_check (json_object_has_member (object, duplicate->name));
      check_name (run, duplicate->offset, duplicate->name);
      check_name (run, duplicate->overridden, duplicate->name);
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_memdup2 (size > 0 ? (const char *) data : "", MAX (size, 1));
  g_autoptr (OcgJson5Places) places = NULL;
  g_autoptr (OcgJson5Lines) lines = NULL;
  OcgJson5Problem problem, same;
  g_autoptr (JsonNode) root = ocg_json5_read_places (text, (gssize) size, &places, &problem);
  g_autoptr (JsonNode) again = ocg_json5_read (text, (gssize) size, &same);

  fuzz_check ((root == NULL) == (again == NULL));
  fuzz_check ((root == NULL) == (places == NULL));
  if (root == NULL)
    {
      check_problem (&problem, text, size);
      fuzz_check (problem.fault == OCG_JSON5_TOO_DEEP || problem.fault == OCG_JSON5_TOO_BIG
                  || !fuzz_is_json (text, size) || !g_utf8_validate_len (text, size, NULL));
      return 0;
    }
  fuzz_check (ocg_json5_equal (root, again));
  fuzz_check_node (root);
  check_written (root);
  lines = ocg_json5_lines_new (text, size);
  check_place (&(Run) { text, size, places, lines }, root, NULL);
  check_duplicates (&(Run) { text, size, places, lines });
  return 0;
}
