/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-schema-check.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "../config/ocg-config-path.h"
#include "../config/ocg-name-guess.h"
#include "ocg-json-merge.h"

/* Nothing that has to look in some way is longer, and a word that is longer is no mistyped one. */
#define MAX_TEXT 4096
#define MAX_WORD 64

/* A "$ref" that leads to a "$ref" that … */
#define MAX_REFERENCES 8

typedef struct
{
  JsonObject *root;
  OcgProblems *problems;
  GHashTable *patterns; /* pattern (borrowed) -> GRegex */
} Check;

/* What a value has to be. */
typedef struct
{
  JsonObject *schema;
  JsonObject *complete; /* (nullable) what is required, where nothing is beneath */
} Rules;

static JsonNode *keep (Check *self, Rules rules, JsonNode *node, JsonNode *beneath,
                       const char *path);

static JsonObject *
get_object (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static JsonArray *
get_array (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static const char *
get_text (JsonNode *node)
{
  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

static const char *
get_word (JsonObject *schema, const char *name)
{
  return get_text (json_object_get_member (schema, name));
}

/* The number at @name, or @fallback. */
static double
get_number (JsonObject *schema, const char *name, double fallback)
{
  JsonNode *node = json_object_get_member (schema, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_double (node) : fallback;
}

static JsonObject *
follow (Check *self, JsonObject *schema)
{
  static const char prefix[] = "#/$defs/";
  JsonObject *definitions = get_object (self->root, "$defs");

  for (guint i = 0; i < MAX_REFERENCES; i++)
    {
      const char *reference = get_word (schema, "$ref");
      JsonObject *meant = reference != NULL && g_str_has_prefix (reference, prefix)
                              ? get_object (definitions, reference + strlen (prefix))
                              : NULL;

      if (meant == NULL)
        break;
      schema = meant;
    }
  return schema;
}

static void
report (Check *self, const char *path, const char *message, const char *suggestion)
{
  ocg_problems_add (self->problems, OCG_SEVERITY_ERROR, path, message, suggestion);
}

static GRegex *
get_regex (Check *self, const char *pattern)
{
  GRegex *regex = g_hash_table_lookup (self->patterns, pattern);

  if (regex != NULL)
    return regex;
  regex = g_regex_new (pattern, G_REGEX_DOLLAR_ENDONLY, 0, NULL);
  g_return_val_if_fail (regex != NULL, NULL);
  g_hash_table_insert (self->patterns, (gpointer) pattern, regex);
  return regex;
}

static const char *
describe_format (const char *format)
{
  static const struct
  {
    const char *format, *message;
  } rows[] = {
    { "http-url", N_ ("this must be an http:// or https:// URL, without “/”, “?” or “#” on its "
                      "end and without a user name") },
    { "http-origin", N_ ("this must be a URL without a path, such as https://host:8443") },
    { "host-name", N_ ("this must be the name of a host, such as login.example.com") },
    { "variable", N_ ("this must be the name of an environment variable, in capital letters, "
                      "digits and “_”") },
    { "provider-id", N_ ("this must be the id of a provider: letters, digits, “.”, “_” and “-”") },
    { "word", N_ ("this must be a name of small letters, digits and “-”, with a letter in front") },
    { "auth-choice", N_ ("this must be a name of letters, digits and “-”, with a letter in "
                         "front") },
  };

  for (guint i = 0; format != NULL && i < G_N_ELEMENTS (rows); i++)
    if (g_str_equal (rows[i].format, format))
      return _ (rows[i].message);
  return _ ("this is not written as it has to be here");
}

static gboolean
check_enum (Check *self, JsonArray *words, const char *text, const char *path)
{
  g_autoptr (GPtrArray) known = g_ptr_array_new ();
  g_autofree char *all = NULL;
  g_autofree char *message = NULL;

  for (guint i = 0; i < json_array_get_length (words); i++)
    {
      const char *word = get_text (json_array_get_element (words, i));

      if (word != NULL && g_strcmp0 (word, text) == 0)
        return TRUE;
      if (word != NULL)
        g_ptr_array_add (known, (gpointer) word);
    }
  g_ptr_array_add (known, NULL);
  all = g_strjoinv (", ", (char **) known->pdata);
  /* TRANSLATORS: %s is a list of words that stay as they are */
  message = g_strdup_printf (_ ("this must be one of: %s"), all);
  report (self, path, message,
          text != NULL && strlen (text) <= MAX_WORD
              ? ocg_name_guess (text, (const char *const *) known->pdata)
              : NULL);
  return FALSE;
}

static gboolean
check_text (Check *self, JsonObject *schema, const char *text, const char *path)
{
  const char *pattern = get_word (schema, "pattern");
  GRegex *regex = pattern != NULL ? get_regex (self, pattern) : NULL;

  if (*text == '\0' && get_number (schema, "minLength", 0) >= 1)
    {
      report (self, path, _ ("this must not be empty"), NULL);
      return FALSE;
    }
  if (regex == NULL
      || (strlen (text) <= MAX_TEXT && g_utf8_validate (text, -1, NULL)
          && g_regex_match (regex, text, 0, NULL)))
    return TRUE;
  report (self, path, describe_format (get_word (schema, "format")), NULL);
  return FALSE;
}

static gboolean
check_number (Check *self, JsonObject *schema, JsonNode *node, gboolean whole, const char *path)
{
  GType type = json_node_get_value_type (node);
  double minimum = get_number (schema, "minimum", -(double) INFINITY);
  double value = type == G_TYPE_INT64 || type == G_TYPE_DOUBLE ? json_node_get_double (node)
                                                               : (double) NAN;

  if (isfinite (value) && value >= minimum && (!whole || floor (value) >= value))
    return TRUE;
  if (whole && minimum >= 1)
    report (self, path, _ ("this must be a whole number, more than 0"), NULL);
  else if (whole)
    report (self, path, _ ("this must be a whole number, 0 or more"), NULL);
  else
    report (self, path, _ ("this must be a number, 0 or more"), NULL);
  return FALSE;
}

/* @type: (nullable) */
static gboolean
check_value (Check *self, JsonObject *schema, const char *type, JsonNode *node, const char *path)
{
  JsonArray *words = get_array (schema, "enum");
  const char *text = get_text (node);

  if (words != NULL)
    return check_enum (self, words, text, path);
  if (g_strcmp0 (type, "integer") == 0 || g_strcmp0 (type, "number") == 0)
    return check_number (self, schema, node, *type == 'i', path);
  if (g_strcmp0 (type, "boolean") == 0 && json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    {
      report (self, path, _ ("this must be true or false"), NULL);
      return FALSE;
    }
  if (g_strcmp0 (type, "string") != 0)
    return TRUE;
  if (text != NULL)
    return check_text (self, schema, text, path);
  report (self, path, _ ("this must be text in quotes"), NULL);
  return FALSE;
}

/* Adds to @missing what @schema (nullable) requires, and neither @json nor @beneath (nullable)
 * has. */
static void
find_missing (JsonObject *schema, JsonObject *json, JsonObject *beneath, GPtrArray *missing)
{
  JsonArray *required = schema != NULL ? get_array (schema, "required") : NULL;

  for (guint i = 0; required != NULL && i < json_array_get_length (required); i++)
    {
      const char *name = json_array_get_string_element (required, i);

      if (!json_object_has_member (json, name)
          && (beneath == NULL || !json_object_has_member (beneath, name)))
        g_ptr_array_add (missing, (gpointer) name);
    }
}

/* Whether all of it is there. What is in @written is wrong there, and has been described. */
static gboolean
check_required (Check *self, Rules rules, JsonObject *json, JsonObject *beneath,
                JsonObject *written, const char *path)
{
  g_autoptr (GPtrArray) missing = g_ptr_array_new ();
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *message = NULL;

  find_missing (rules.schema, json, beneath, missing);
  find_missing (rules.complete, json, beneath, missing);
  for (guint i = 0; i < missing->len; i++)
    if (!json_object_has_member (written, g_ptr_array_index (missing, i)))
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "",
                              (const char *) g_ptr_array_index (missing, i));
  if (names->len > 0)
    {
      /* TRANSLATORS: %s is a list of names that stay as they are. */
      message = g_strdup_printf (_ ("this is not complete; there has to be in it: %s"), names->str);
      report (self, path, message, NULL);
    }
  return missing->len == 0;
}

/* The schema of a member; NULL when there is none: anything goes. @schema: (nullable) */
static JsonObject *
get_below (JsonObject *schema, const char *name)
{
  JsonObject *below = get_object (get_object (schema, "properties"), name);

  return below != NULL ? below : get_object (schema, "additionalProperties");
}

static JsonNode *
keep_member (Check *self, Rules rules, const char *name, JsonNode *node, JsonObject *beneath,
             const char *path)
{
  JsonObject *names = get_object (rules.schema, "propertyNames");
  Rules below = { get_below (rules.schema, name), get_below (rules.complete, name) };

  if (names != NULL && !check_text (self, follow (self, names), name, path))
    return NULL;
  if (below.schema == NULL)
    return ocg_json_merge (NULL, node);
  return keep (self, below, node, beneath != NULL ? json_object_get_member (beneath, name) : NULL,
               path);
}

static JsonNode *
keep_object (Check *self, Rules rules, JsonObject *written, JsonNode *beneath_node,
             const char *path)
{
  g_autoptr (JsonObject) json = json_object_new ();
  JsonObject *beneath = beneath_node != NULL && JSON_NODE_HOLDS_OBJECT (beneath_node)
                            ? json_node_get_object (beneath_node)
                            : NULL;
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *node = NULL;

  json_object_iter_init_ordered (&iter, written);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      g_autofree char *member_path = ocg_config_path_join (path, name);
      JsonNode *kept = keep_member (self, rules, name, node, beneath, member_path);

      if (kept != NULL)
        json_object_set_member (json, name, kept);
    }
  if (json_object_get_size (written) < (guint) get_number (rules.schema, "minProperties", 0))
    {
      report (self, path, _ ("this must not be empty"), NULL);
      return NULL;
    }
  return check_required (self, rules, json, beneath, written, path)
             ? json_node_init_object (json_node_alloc (), json)
             : NULL;
}

/* @seen: (nullable) set of the texts that the list had before */
static gboolean
check_new (Check *self, GHashTable *seen, JsonNode *element, const char *path)
{
  const char *text = get_text (element);

  if (seen == NULL || text == NULL || g_hash_table_add (seen, (gpointer) text))
    return TRUE;
  report (self, path, _ ("the list has this already"), NULL);
  return FALSE;
}

static gboolean
check_length (Check *self, JsonObject *schema, JsonArray *array, const char *path)
{
  double length = json_array_get_length (array);

  if (length < get_number (schema, "minItems", 0))
    report (self, path, _ ("this must not be empty"), NULL);
  else if (length > get_number (schema, "maxItems", (double) INFINITY))
    report (self, path, _ ("this list is too long"), NULL);
  else
    return TRUE;
  return FALSE;
}

static JsonNode *
keep_array (Check *self, JsonObject *schema, JsonArray *array, const char *path)
{
  JsonObject *items = get_object (schema, "items");
  gboolean unique = json_object_has_member (schema, "uniqueItems");
  g_autoptr (GHashTable) seen = unique ? g_hash_table_new (g_str_hash, g_str_equal) : NULL;
  g_autoptr (JsonArray) kept = json_array_new ();

  if (!check_length (self, schema, array, path))
    return NULL;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      g_autofree char *item_path = ocg_config_path_join_index (path, i);
      JsonNode *one = items != NULL
                          ? keep (self, (Rules){ items, NULL }, element, NULL, item_path)
                          : ocg_json_merge (NULL, element);

      if (one != NULL && check_new (self, seen, element, item_path))
        json_array_add_element (kept, one);
      else
        g_clear_pointer (&one, json_node_unref);
    }
  /* A list of which nothing can be used must not take the place of one that can. */
  if (json_array_get_length (array) > 0 && json_array_get_length (kept) == 0)
    return NULL;
  return json_node_init_array (json_node_alloc (), kept);
}

static JsonNode *
keep (Check *self, Rules rules, JsonNode *node, JsonNode *beneath, const char *path)
{
  const char *type = NULL;

  rules.schema = follow (self, rules.schema);
  type = get_word (rules.schema, "type");

  if (g_strcmp0 (type, "object") == 0)
    {
      if (JSON_NODE_HOLDS_OBJECT (node))
        return keep_object (self, rules, json_node_get_object (node), beneath, path);
      report (self, path, _ ("this must be an object, “{ … }”"), NULL);
      return NULL;
    }
  if (g_strcmp0 (type, "array") == 0)
    {
      if (JSON_NODE_HOLDS_ARRAY (node))
        return keep_array (self, rules.schema, json_node_get_array (node), path);
      report (self, path, _ ("this must be a list, “[ … ]”"), NULL);
      return NULL;
    }
  return check_value (self, rules.schema, type, node, path) ? ocg_json_merge (NULL, node) : NULL;
}

JsonNode *
ocg_schema_check_keep (JsonObject *root, JsonObject *schema, JsonObject *complete, JsonNode *node,
                       JsonNode *beneath, const char *path, OcgProblems *problems)
{
  g_autoptr (GHashTable) patterns = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                                           (GDestroyNotify) g_regex_unref);
  Check self = { root, problems, patterns };

  return keep (&self, (Rules){ schema, complete }, node, beneath, path);
}
