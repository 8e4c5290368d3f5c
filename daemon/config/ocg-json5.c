/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-json5.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "ocg-error.h"
#include "ocg-json5-context.h"
#include "ocg-json5-lines.h"
#include "ocg-json5-places.h"
#include "ocg-json5-walk.h"

void
ocg_json5_problem_locate (OcgJson5Problem *problem, const char *text)
{
  ocg_json5_locate (text, problem->offset, &problem->line, &problem->column);
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
  gsize opened[OCG_JSON5_MAX_DEPTH];          /* where the bracket of each depth is */
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
          build->opened[walk->depth - 1] = walk->scanner.start;
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
      if (!good)
        ocg_json5_add_context (problem, &walk, build.opened);
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
