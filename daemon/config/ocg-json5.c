/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-json5.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "ocg-error.h"
#include "ocg-json5-walk.h"

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

void
ocg_json5_problem_locate (OcgJson5Problem *problem, const char *text)
{
  const char *at = text + problem->offset;
  const char *p = text;

  problem->line = problem->column = 1;
  /* Editors do not show it. */
  if (problem->offset >= strlen (BYTE_ORDER_MARK) && g_str_has_prefix (text, BYTE_ORDER_MARK))
    p += strlen (BYTE_ORDER_MARK);

  while (p < at)
    {
      gboolean newline = *p == '\n' || *p == '\r';
      if (*p == '\r' && p + 1 < at && p[1] == '\n')
        p++;
      p = g_utf8_next_char (p);
      problem->column = newline ? 1 : problem->column + 1;
      problem->line += newline;
    }
}

/* The character as a person can see it. */
static char *
show_character (gunichar c)
{
  if (!g_unichar_isgraph (c))
    return g_strdup_printf ("U+%04X", c);

  g_autoptr (GString) shown = g_string_new ("“");
  g_string_append_unichar (shown, c);
  g_string_append (shown, "”");
  return g_string_free (g_steal_pointer (&shown), FALSE);
}

/* Those that name what was found instead. */
static char *
describe_unexpected (const OcgJson5Problem *problem)
{
  g_autofree char *found = show_character (problem->found);
  if (problem->fault == OCG_JSON5_NO_VALUE)
    /* TRANSLATORS: %s is a character in quotes, or something like U+0007 */
    return g_strdup_printf (_ ("a value is expected here, not %s"), found);
  if (problem->fault == OCG_JSON5_NO_NAME)
    /* TRANSLATORS: %s is a character in quotes, or something like U+0007 */
    return g_strdup_printf (_ ("a member name or “}” is expected here, not %s"), found);
  if (problem->fault == OCG_JSON5_NO_COLON)
    /* TRANSLATORS: %s is a character in quotes, or something like U+0007 */
    return g_strdup_printf (_ ("“:” is missing before %s"), found);
  /* TRANSLATORS: %c is a closing bracket, %s a character in quotes */
  return g_strdup_printf (_ ("“,” or “%c” is missing before %s"), problem->expected, found);
}

char *
ocg_json5_problem_describe (const OcgJson5Problem *problem)
{
  switch (problem->fault)
    {
    case OCG_JSON5_TOO_BIG:
      return g_strdup_printf (_ ("it is larger than %d MiB; make it smaller"),
                              OCG_JSON5_MAX_SIZE / (1024 * 1024));
    case OCG_JSON5_TOO_DEEP:
      return g_strdup_printf (_ ("brackets are nested deeper than %d levels"), OCG_JSON5_MAX_DEPTH);
    case OCG_JSON5_BAD_UTF8:
      return g_strdup (_ ("this is not valid UTF-8; save the file in UTF-8"));
    case OCG_JSON5_ZERO_BYTE:
      return g_strdup (_ ("there is a zero byte here; the file is damaged, or is not UTF-8"));
    case OCG_JSON5_EARLY_END:
      return g_strdup (_ ("it ends too early; a closing bracket or a value is missing"));
    case OCG_JSON5_OPEN_STRING:
      return g_strdup (_ ("the string that starts here has no closing quote on its line"));
    case OCG_JSON5_OPEN_COMMENT:
      return g_strdup (_ ("the comment that starts here has no “*/”"));
    case OCG_JSON5_BAD_ESCAPE:
      return g_strdup (_ ("this escape is not known; write “\\\\” for a backslash"));
    case OCG_JSON5_BAD_NUMBER:
      return g_strdup (_ ("this is not a number; text needs quotes"));
    case OCG_JSON5_BAD_WORD:
      return g_strdup (_ ("this word is not a value; text needs quotes"));
    case OCG_JSON5_SURPLUS:
      return g_strdup (_ ("the value has ended, but more text follows; remove it"));
    case OCG_JSON5_NOT_OBJECT:
      return g_strdup (_ ("an object, “{ … }”, is expected here"));
    case OCG_JSON5_NO_VALUE:
    case OCG_JSON5_NO_NAME:
    case OCG_JSON5_NO_COLON:
    case OCG_JSON5_NO_COMMA:
      return describe_unexpected (problem);
    case OCG_JSON5_OK:
    default:
      return g_strdup ("");
    }
}

static JsonNode *
scalar_node (const OcgJson5Walk *walk)
{
  const OcgJson5Scanner *scanner = &walk->scanner;
  const char *word = scanner->string->str;
  JsonNode *node = json_node_alloc ();

  if (walk->token == OCG_JSON5_TOKEN_STRING)
    return json_node_init_string (node, word);
  if (walk->token == OCG_JSON5_TOKEN_NUMBER)
    return scanner->is_integer ? json_node_init_int (node, scanner->integer)
                               : json_node_init_double (node, scanner->number);
  if (g_str_equal (word, "null"))
    return json_node_init_null (node);
  if (g_str_equal (word, "Infinity"))
    return json_node_init_double (node, INFINITY);
  if (g_str_equal (word, "NaN"))
    return json_node_init_double (node, NAN);
  return json_node_init_boolean (node, g_str_equal (word, "true"));
}

static JsonNode *
container_node (const OcgJson5Walk *walk)
{
  JsonNode *node = json_node_alloc ();
  if (walk->brackets[walk->depth - 1] == '{')
    {
      g_autoptr (JsonObject) object = json_object_new ();
      return json_node_init_object (node, object);
    }
  g_autoptr (JsonArray) array = json_array_new ();
  return json_node_init_array (node, array);
}

/* @node: (transfer full) */
static void
attach (JsonNode *parent, const char *name, JsonNode *node, JsonNode **root)
{
  if (parent == NULL)
    *root = node;
  else if (JSON_NODE_HOLDS_OBJECT (parent))
    json_object_set_member (json_node_get_object (parent), name, node);
  else
    json_array_add_element (json_node_get_array (parent), node);
}

static JsonNode *
build (OcgJson5Walk *walk)
{
  JsonNode *parents[OCG_JSON5_MAX_DEPTH + 1] = { NULL }; /* (unowned), one for each depth */
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *name = NULL;

  for (;;)
    {
      JsonNode *node = NULL;
      switch (ocg_json5_walk_next (walk))
        {
        case OCG_JSON5_STEP_NAME:
          g_free (name);
          name = g_strdup (walk->scanner.string->str);
          break;
        case OCG_JSON5_STEP_OPEN:
          node = container_node (walk);
          attach (parents[walk->depth - 1], name, node, &root);
          parents[walk->depth] = node;
          break;
        case OCG_JSON5_STEP_SCALAR:
          attach (parents[walk->depth], name, scalar_node (walk), &root);
          break;
        case OCG_JSON5_STEP_CLOSE:
        case OCG_JSON5_STEP_COMMA:
          break;
        case OCG_JSON5_STEP_DONE:
          return g_steal_pointer (&root);
        case OCG_JSON5_STEP_FAILED:
        default:
          return NULL;
        }
    }
}

JsonNode *
ocg_json5_read (const char *text, gssize length, OcgJson5Problem *problem)
{
  gsize size = length < 0 ? strlen (text) : (gsize) length;
  JsonNode *node = NULL;

  *problem = (OcgJson5Problem) { .fault = OCG_JSON5_OK };
  if (ocg_json5_check_text (text, size, problem))
    {
      g_auto (OcgJson5Walk) walk;
      ocg_json5_walk_init (&walk, text, size, 0, problem);
      node = build (&walk);
    }
  if (node == NULL)
    ocg_json5_problem_locate (problem, text);
  return node;
}

JsonNode *
ocg_json5_parse (const char *text, gssize length, GError **error)
{
  OcgJson5Problem problem;
  JsonNode *node = ocg_json5_read (text, length, &problem);
  if (node == NULL)
    {
      g_autofree char *what = ocg_json5_problem_describe (&problem);
      g_set_error (error, OCG_ERROR, OCG_ERROR_CONFIG_INVALID, _ ("line %u, column %u: %s"),
                   problem.line, problem.column, what);
    }
  return node;
}
