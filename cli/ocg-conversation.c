/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-conversation.h"

#include "ocg-error.h"
#include "ocg-json-text.h"

#include <glib/gi18n.h>
#include <string.h>

/* A message holds parts, and a part of it (a tool result) holds parts without any. */
#define MAX_CONTENT_DEPTH 2

/* Adds @node, which is not null, to @dict as @key. */
typedef gboolean (*AddMember) (GVariantBuilder *dict, const char *key, JsonNode *node,
                               const char *place, guint depth, GError **error);

static gboolean add_parts (GVariantBuilder *dict, const char *key, JsonNode *node,
                           const char *place, guint depth, GError **error);

gboolean
ocg_conversation_fail (GError **error, const char *place, const char *problem)
{
  /* TRANSLATORS: a place such as "messages[3].content[1].data", then what is wrong there. */
  g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS, C_ ("in JSON", "%s: %s"), place, problem);
  return FALSE;
}

static gboolean
add_string (GVariantBuilder *dict, const char *key, JsonNode *node, const char *place, guint depth,
            GError **error)
{
  if (json_node_get_value_type (node) != G_TYPE_STRING)
    return ocg_conversation_fail (error, place, _ ("must be a string."));
  g_variant_builder_add (dict, "{sv}", key, g_variant_new_string (json_node_get_string (node)));
  return TRUE;
}

static gboolean
add_boolean (GVariantBuilder *dict, const char *key, JsonNode *node, const char *place,
             guint depth, GError **error)
{
  if (json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return ocg_conversation_fail (error, place, _ ("must be true or false."));
  g_variant_builder_add (dict, "{sv}", key, g_variant_new_boolean (json_node_get_boolean (node)));
  return TRUE;
}

/* GLib's decoder passes over what is not base64, so that a mistake would go unseen. */
static gboolean
is_base64 (const char *text)
{
  static const char alphabet[] = G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "+/";
  gsize length = 0;
  gsize padding = 0;

  for (const char *p = text; *p != '\0'; p++)
    {
      if (g_ascii_isspace (*p))
        continue;
      if (*p == '=')
        padding++;
      else if (padding > 0 || strchr (alphabet, *p) == NULL)
        return FALSE;
      length++;
    }
  return length > 0 && length % 4 == 0 && padding <= 2;
}

static gboolean
add_base64 (GVariantBuilder *dict, const char *key, JsonNode *node, const char *place, guint depth,
            GError **error)
{
  const char *text = json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node)
                                                                      : NULL;
  guchar *bytes = NULL;
  gsize length = 0;

  if (text != NULL && g_str_has_prefix (text, "data:"))
    return ocg_conversation_fail (error, place,
                                  _ ("must be base64 alone. Leave out “data:” and what is before "
                                     "the comma."));
  if (text == NULL || !is_base64 (text))
    return ocg_conversation_fail (error, place, _ ("must be the bytes of an image in base64."));
  bytes = g_base64_decode (text, &length);
  g_variant_builder_add (dict, "{sv}", key,
                         g_variant_new_from_data (G_VARIANT_TYPE_BYTESTRING, bytes, length, TRUE,
                                                  g_free, bytes));
  return TRUE;
}

static gboolean
add_object_as_text (GVariantBuilder *dict, const char *key, JsonNode *node, const char *place,
                    guint depth, GError **error)
{
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return add_string (dict, key, node, place, depth, error);
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return ocg_conversation_fail (error, place,
                                  _ ("must be an object, or a string that holds one."));
  g_variant_builder_add (dict, "{sv}", key, g_variant_new_take_string (ocg_json_to_text (node)));
  return TRUE;
}

static gboolean
add_content (GVariantBuilder *dict, const char *key, JsonNode *node, const char *place,
             guint depth, GError **error)
{
  if (JSON_NODE_HOLDS_ARRAY (node) && depth < MAX_CONTENT_DEPTH)
    return add_parts (dict, key, node, place, depth, error);
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return add_string (dict, key, node, place, depth, error);
  return ocg_conversation_fail (error, place, _ ("must be a string or an array of parts."));
}

static gboolean
refuse_descriptor (GVariantBuilder *dict, const char *key, JsonNode *node, const char *place,
                   guint depth, GError **error)
{
  return ocg_conversation_fail (error, place,
                                _ ("there are no file descriptors in JSON. Give the image as "
                                   "“data” in base64, or with --file."));
}

/* D-Bus does not nest as deep as JSON, so that what is inside goes as text. */
static gboolean
add_unknown (GVariantBuilder *dict, const char *key, JsonNode *node)
{
  GType type = json_node_get_value_type (node);
  GVariant *value = NULL;

  if (!JSON_NODE_HOLDS_VALUE (node))
    value = g_variant_new_take_string (ocg_json_to_text (node));
  else if (type == G_TYPE_BOOLEAN)
    value = g_variant_new_boolean (json_node_get_boolean (node));
  else if (type == G_TYPE_INT64)
    value = g_variant_new_int64 (json_node_get_int (node));
  else if (type == G_TYPE_DOUBLE)
    value = g_variant_new_double (json_node_get_double (node));
  else
    value = g_variant_new_string (json_node_get_string (node));
  g_variant_builder_add (dict, "{sv}", key, value);
  return TRUE;
}

/* The keys of messages and parts alike: none means two things. */
static const struct
{
  const char *key;
  AddMember add;
} members[] = {
  { "role", add_string },          { "type", add_string },
  { "content", add_content },      { "text", add_string },
  { "model", add_string },         { "media-type", add_string },
  { "data", add_base64 },          { "fd", refuse_descriptor },
  { "replay", add_string },        { "id", add_string },
  { "name", add_string },          { "arguments", add_object_as_text },
  { "is-error", add_boolean },
};

static gboolean
add_member (GVariantBuilder *dict, const char *key, JsonNode *node, const char *place, guint depth,
            GError **error)
{
  g_autofree char *inner = g_strconcat (place, ".", key, NULL);

  if (JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (g_str_equal (members[i].key, key))
      return members[i].add (dict, key, node, inner, depth, error);
  return add_unknown (dict, key, node);
}

/* Closes nothing on failure: the builder is thrown away then. @required: one key of it. */
static gboolean
add_dict (GVariantBuilder *array, JsonNode *node, const char *required, const char *place,
          guint depth, GError **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  g_autoptr (GList) keys = object != NULL ? json_object_get_members (object) : NULL;

  if (object == NULL)
    return ocg_conversation_fail (error, place, _ ("must be an object."));
  if (!json_object_has_member (object, required) || json_object_get_null_member (object, required))
    {
      g_autofree char *inner = g_strconcat (place, ".", required, NULL);

      return ocg_conversation_fail (error, inner, _ ("is missing."));
    }
  g_variant_builder_open (array, G_VARIANT_TYPE_VARDICT);
  for (GList *l = keys; l != NULL; l = l->next)
    if (!add_member (array, l->data, json_object_get_member (object, l->data), place, depth, error))
      return FALSE;
  g_variant_builder_close (array);
  return TRUE;
}

static gboolean
add_parts (GVariantBuilder *dict, const char *key, JsonNode *node, const char *place, guint depth,
           GError **error)
{
  g_auto (GVariantBuilder) parts = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));
  JsonArray *array = json_node_get_array (node);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *inner = g_strdup_printf ("%s[%u]", place, i);

      if (!add_dict (&parts, json_array_get_element (array, i), "type", inner, depth + 1, error))
        return FALSE;
    }
  g_variant_builder_add (dict, "{sv}", key, g_variant_builder_end (&parts));
  return TRUE;
}

static gboolean
add_messages (GVariantBuilder *messages, JsonNode *node, GError **error)
{
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node)
                                                                  : NULL;

  if (array == NULL)
    return ocg_conversation_fail (error, "messages", _ ("must be an array of messages."));
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *place = g_strdup_printf ("messages[%u]", i);
      JsonNode *element = json_array_get_element (array, i);

      if (!add_dict (messages, element, "role", place, 0, error))
        return FALSE;
      if (!json_object_has_member (json_node_get_object (element), "content")
          || json_object_get_null_member (json_node_get_object (element), "content"))
        {
          g_autofree char *inner = g_strconcat (place, ".content", NULL);

          return ocg_conversation_fail (error, inner, _ ("is missing."));
        }
    }
  return TRUE;
}

static gboolean
get_system (JsonObject *object, const char **system, GError **error)
{
  if (!json_object_has_member (object, "system") || json_object_get_null_member (object, "system"))
    return TRUE;
  *system = ocg_json_get_string (object, "system");
  return *system != NULL || ocg_conversation_fail (error, "system", _ ("must be a string."));
}

gboolean
ocg_conversation_read (JsonNode *root, GVariantBuilder *messages, const char **system,
                       JsonNode **tools, GError **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;

  *system = NULL;
  *tools = NULL;
  if (object == NULL)
    return add_messages (messages, root, error);
  if (json_object_has_member (object, "tools") && !json_object_get_null_member (object, "tools"))
    *tools = json_object_get_member (object, "tools");
  return get_system (object, system, error)
         && add_messages (messages, json_object_get_member (object, "messages"), error);
}
