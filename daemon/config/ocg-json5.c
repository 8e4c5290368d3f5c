/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-json5.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "ocg-error.h"
#include "ocg-json5-lines.h"
#include "ocg-json5-places.h"
#include "ocg-json5-walk.h"

void
ocg_json5_problem_locate (OcgJson5Problem *problem, const char *text)
{
  ocg_json5_locate (text, problem->offset, &problem->line, &problem->column);
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

/* Those of edits. */
static char *
describe_edit (const OcgJson5Problem *problem)
{
  if (problem->fault == OCG_JSON5_NOT_OBJECT)
    return g_strdup (_ ("an object, “{ … }”, is expected here"));
  if (problem->fault == OCG_JSON5_NO_ELEMENT)
    return g_strdup_printf (ngettext ("the list that starts here has only %u element",
                                      "the list that starts here has only %u elements",
                                      problem->count),
                            problem->count);
  return g_strdup (_ ("the change cannot be made in this text without harm; make it in an editor"));
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
    case OCG_JSON5_NO_ELEMENT:
    case OCG_JSON5_BAD_EDIT:
      return describe_edit (problem);
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

/* A tree under way. */
typedef struct
{
  JsonNode *root;
  JsonNode *parents[OCG_JSON5_MAX_DEPTH + 1]; /* (unowned), one for each depth */
  char *name;                                 /* of the member whose value comes next */
  gsize name_offset;
  OcgJson5Places *places; /* (nullable) (unowned) */
} Build;

static void
take_name (Build *build, const OcgJson5Scanner *scanner)
{
  g_free (build->name);
  build->name = g_strndup (scanner->string->str, scanner->string->len);
  build->name_offset = scanner->start;
}

static void
note_place (Build *build, JsonNode *parent, JsonNode *node, gsize offset)
{
  if (parent == NULL || !JSON_NODE_HOLDS_OBJECT (parent))
    {
      ocg_json5_places_add (build->places, node, offset, offset);
      return;
    }

  JsonNode *old = json_object_get_member (json_node_get_object (parent), build->name);
  if (old != NULL)
    ocg_json5_places_add_duplicate (build->places, parent, build->name, old, build->name_offset);
  ocg_json5_places_add (build->places, node, build->name_offset, offset);
}

/* @node: (transfer full) starts at @offset */
static void
attach (Build *build, guint depth, JsonNode *node, gsize offset)
{
  JsonNode *parent = build->parents[depth];
  if (build->places != NULL)
    note_place (build, parent, node, offset);
  if (parent == NULL)
    build->root = node;
  else if (JSON_NODE_HOLDS_OBJECT (parent))
    json_object_set_member (json_node_get_object (parent), build->name, node);
  else
    json_array_add_element (json_node_get_array (parent), node);
}

/* FALSE when the text is wrong; then too there may be a root. */
static gboolean
run (Build *build, OcgJson5Walk *walk)
{
  for (;;)
    {
      JsonNode *node = NULL;
      switch (ocg_json5_walk_next (walk))
        {
        case OCG_JSON5_STEP_NAME:
          take_name (build, &walk->scanner);
          break;
        case OCG_JSON5_STEP_OPEN:
          node = container_node (walk);
          attach (build, walk->depth - 1, node, walk->scanner.start);
          build->parents[walk->depth] = node;
          break;
        case OCG_JSON5_STEP_SCALAR:
          attach (build, walk->depth, scalar_node (walk), walk->scanner.start);
          break;
        case OCG_JSON5_STEP_CLOSE:
        case OCG_JSON5_STEP_COMMA:
          break;
        case OCG_JSON5_STEP_DONE:
          return TRUE;
        case OCG_JSON5_STEP_FAILED:
        default:
          return FALSE;
        }
    }
}

/* @places: (nullable) */
static JsonNode *
read_text (const char *text, gssize length, OcgJson5Places *places, OcgJson5Problem *problem)
{
  gsize size = length < 0 ? strlen (text) : (gsize) length;
  Build build = { .places = places };
  gboolean good = FALSE;

  *problem = (OcgJson5Problem) { .fault = OCG_JSON5_OK };
  if (ocg_json5_check_text (text, size, problem))
    {
      g_auto (OcgJson5Walk) walk;
      ocg_json5_walk_init (&walk, text, size, 0, problem);
      good = run (&build, &walk);
    }
  g_free (build.name);
  if (good)
    return build.root;
  g_clear_pointer (&build.root, json_node_unref);
  ocg_json5_problem_locate (problem, text);
  return NULL;
}

JsonNode *
ocg_json5_read (const char *text, gssize length, OcgJson5Problem *problem)
{
  return read_text (text, length, NULL, problem);
}

JsonNode *
ocg_json5_read_places (const char *text, gssize length, OcgJson5Places **places,
                       OcgJson5Problem *problem)
{
  g_autoptr (OcgJson5Places) found = ocg_json5_places_new ();
  JsonNode *root = read_text (text, length, found, problem);

  *places = NULL;
  if (root != NULL)
    {
      ocg_json5_places_finish (found);
      *places = g_steal_pointer (&found);
    }
  return root;
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
