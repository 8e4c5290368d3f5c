/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-tool-markup.h"

#include <string.h>

#include "../engine/ocg-chat.h"
#include "ocg-json-writer.h"
#include "ocg-json.h"

#define PREFIX "]<]minimax[>["
#define MAX_DEPTH 16

static const struct
{
  const char *open, *close;
} blocks[] = {
  { "<minimax:tool_call>", "</minimax:tool_call>" },
  { PREFIX "<tool_call>", PREFIX "</tool_call>" },
  { PREFIX "<minimax:tool_call>", PREFIX "</minimax:tool_call>" },
};

/* Whether @text of @length bytes begins with @word, or is a beginning of it. */
static gboolean
begins (const char *text, gsize length, const char *word, gboolean *is_partial)
{
  gsize compared = MIN (length, strlen (word));

  if (memcmp (text, word, compared) != 0)
    return FALSE;
  if (compared < strlen (word))
    *is_partial = TRUE;
  return compared == strlen (word);
}

/* What stands at @text. */
static OcgMarkup
look (const char *text, gsize length, gsize *end)
{
  gboolean is_partial = FALSE;

  *end = length;

  for (guint i = 0; i < G_N_ELEMENTS (blocks); i++)
    {
      const char *close;

      if (!begins (text, length, blocks[i].open, &is_partial))
        continue;
      close = g_strstr_len (text, (gssize) length, blocks[i].close);
      if (close == NULL)
        return OCG_MARKUP_PARTIAL;
      *end = (gsize) (close - text) + strlen (blocks[i].close);
      return OCG_MARKUP_WHOLE;
    }
  if (is_partial)
    return OCG_MARKUP_PARTIAL;
  if (!begins (text, length, PREFIX, &is_partial))
    return is_partial ? OCG_MARKUP_PARTIAL : OCG_MARKUP_NONE;
  *end = strlen (PREFIX);
  return OCG_MARKUP_PREFIX;
}

OcgMarkup
ocg_tool_markup_find (const char *text, gsize length, gsize *start, gsize *end)
{
  for (gsize at = 0; at < length; at++)
    {
      OcgMarkup found;

      if (text[at] != '<' && text[at] != ']')
        continue;
      found = look (text + at, length - at, end);
      if (found == OCG_MARKUP_NONE)
        continue;
      *start = at;
      *end += at;
      return found;
    }
  *start = *end = length;
  return OCG_MARKUP_NONE;
}

gboolean
ocg_tool_markup_is_open (const char *text, gsize length, gsize *searched)
{
  for (guint i = 0; i < G_N_ELEMENTS (blocks); i++)
    {
      gsize reach = strlen (blocks[i].close);

      if (!g_str_has_prefix (text, blocks[i].open))
        continue;
      if (g_strstr_len (text + *searched, (gssize) (length - *searched), blocks[i].close) != NULL)
        return FALSE;
      *searched = length > reach ? length - reach : 0;
      return TRUE;
    }
  return FALSE;
}

gboolean
ocg_tool_markup_is_cut (const char *text)
{
  const char *call = strstr (text, "<invoke");
  const char *next;
  gboolean is_block = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (blocks); i++)
    is_block = is_block || g_str_has_prefix (text, blocks[i].open);
  if (!is_block || call == NULL)
    return FALSE;
  while ((next = strstr (call + 1, "<invoke")) != NULL)
    call = next;
  return strstr (call, "</invoke>") == NULL && strstr (call, PREFIX "</invoke>") == NULL;
}

static const char *
skip_blank (const char *text)
{
  return text + strspn (text, " \t\r\n");
}

/* Entities that are none stay as they are: arguments are often source code. */
static void
append_entity (GString *out, const char **text)
{
  static const struct
  {
    const char *entity;
    char c;
  } rows[] = { { "&lt;", '<' }, { "&gt;", '>' }, { "&amp;", '&' }, { "&quot;", '"' }, { "&apos;", '\'' } };
  gboolean is_hex = g_str_has_prefix (*text, "&#x");
  char *end = NULL;
  guint64 number;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_str_has_prefix (*text, rows[i].entity))
      {
        g_string_append_c (out, rows[i].c);
        *text += strlen (rows[i].entity);
        return;
      }
  if (g_str_has_prefix (*text, "&#") && g_ascii_isxdigit ((*text)[is_hex ? 3 : 2]))
    {
      number = g_ascii_strtoull (*text + (is_hex ? 3 : 2), &end, is_hex ? 16 : 10);
      if (*end == ';' && number > 0 && number < 0x110000 && g_unichar_validate ((gunichar) number))
        {
          g_string_append_unichar (out, (gunichar) number);
          *text = end + 1;
          return;
        }
    }
  g_string_append_c (out, '&');
  (*text)++;
}

static char *
decode_entities (const char *text)
{
  GString *out = g_string_new (NULL);

  while (*text != '\0')
    if (*text == '&')
      append_entity (out, &text);
    else
      g_string_append_c (out, *text++);
  return g_string_free (out, FALSE);
}

/* The type that a schema gives to @name among its @properties (nullable), or NULL. */
static const char *
get_type (JsonObject *properties, const char *name)
{
  JsonObject *property = ocg_json_get_object (properties, name);
  JsonArray *types = ocg_json_get_array (property, "type");

  for (guint i = 0; types != NULL && i < json_array_get_length (types); i++)
    {
      JsonNode *node = json_array_get_element (types, i);
      const char *type = json_node_get_value_type (node) == G_TYPE_STRING
                             ? json_node_get_string (node)
                             : NULL;

      if (type != NULL && !g_str_equal (type, "null"))
        return type;
    }
  return ocg_json_get_string (property, "type");
}

static OcgTool *
find_tool (GPtrArray *tools, const char *name)
{
  for (guint i = 0; tools != NULL && i < tools->len; i++)
    {
      OcgTool *tool = g_ptr_array_index (tools, i);

      if (g_str_equal (tool->name, name))
        return tool;
    }
  return NULL;
}

/* Reads "<tag>" or "<parameter name="tag">" at *@text, its contents, and what closes it. */
static gboolean
read_element (const char **text, char **name, char **value)
{
  static const char attribute[] = "parameter name=";
  const char *start = *text + 1;
  gsize length;
  g_autofree char *closing = NULL;
  const char *end;

  if (**text != '<')
    return FALSE;
  if (g_str_has_prefix (start, attribute))
    {
      char quote = start[strlen (attribute)];

      start += strlen (attribute) + 1;
      end = quote == '"' || quote == '\'' ? strchr (start, quote) : NULL;
      if (end == NULL || end[1] != '>')
        return FALSE;
      length = (gsize) (end - start);
      end += 2;
      closing = g_strdup ("</parameter>");
    }
  else
    {
      length = strcspn (start, " \t\r\n<>/\"'");
      end = start + length + 1;
      if (length == 0 || start[length] != '>')
        return FALSE;
      closing = g_strdup_printf ("</%.*s>", (int) length, start);
    }
  *text = strstr (end, closing);
  if (*text == NULL)
    return FALSE;
  *name = g_strndup (start, length);
  *value = g_strndup (end, (gsize) (*text - end));
  *text += strlen (closing);
  return TRUE;
}

static gboolean write_elements (OcgJsonWriter *writer, const char *text, JsonObject *properties,
                                guint depth);

/* Without the one line break on either side that only lays the markup out. */
static char *
dup_plain (const char *value)
{
  const char *start = value + (g_str_has_prefix (value, "\r\n") ? 2 : *value == '\n');
  gsize length = strlen (start);

  if (length > 0 && start[length - 1] == '\n')
    length--;
  return g_strndup (start, length);
}

static void
write_value (OcgJsonWriter *writer, const char *value, const char *type, guint depth)
{
  g_autofree char *plain = dup_plain (value);
  g_autofree char *text = decode_entities (plain);
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  g_autoptr (JsonNode) node = NULL;
  gsize before = writer->out->len;
  gboolean needed_comma = writer->needs_comma;

  if (g_strcmp0 (type, "string") != 0 && *stripped != '"')
    node = ocg_json_parse (stripped, -1, NULL);
  if (node != NULL)
    {
      ocg_json_raw (writer, stripped);
      return;
    }
  if (g_strcmp0 (type, "string") != 0 && *skip_blank (value) == '<' && depth < MAX_DEPTH
      && write_elements (writer, value, NULL, depth + 1))
    return;
  g_string_truncate (writer->out, before);
  writer->needs_comma = needed_comma;
  ocg_json_string (writer, text, -1);
}

/* An object of the elements of @text, or an array when they are all called "item". */
static gboolean
write_elements (OcgJsonWriter *writer, const char *text, JsonObject *properties, guint depth)
{
  gboolean is_list = g_str_has_prefix (skip_blank (text), "<item>") && depth > 0;

  ocg_json_open (writer, is_list ? '[' : '{');
  for (text = skip_blank (text); *text != '\0'; text = skip_blank (text))
    {
      g_autofree char *name = NULL;
      g_autofree char *value = NULL;

      if (!read_element (&text, &name, &value) || (is_list && !g_str_equal (name, "item")))
        return FALSE;
      if (!is_list)
        ocg_json_name (writer, name);
      write_value (writer, value, get_type (properties, name), depth);
    }
  ocg_json_close (writer, is_list ? ']' : '}');
  return TRUE;
}

/* Reads "<invoke name="f">…</invoke>" at *@text. */
static OcgWireCall *
read_invoke (const char **text, GPtrArray *tools)
{
  static const char start[] = "<invoke name=";
  g_autoptr (OcgWireCall) call = ocg_wire_call_new (NULL, NULL);
  OcgJsonWriter writer = OCG_JSON_WRITER_INIT (call->arguments);
  g_autoptr (JsonObject) schema = NULL;
  g_autofree char *body = NULL;
  OcgTool *tool;
  const char *name, *end;
  char quote;

  if (!g_str_has_prefix (*text, start))
    return NULL;
  name = *text + strlen (start);
  quote = *name++;
  end = quote == '"' || quote == '\'' ? strchr (name, quote) : NULL;
  if (end == NULL || end == name || end[1] != '>')
    return NULL;
  call->name = g_strndup (name, (gsize) (end - name));
  *text = strstr (end, "</invoke>");
  if (*text == NULL)
    return NULL;
  body = g_strndup (end + 2, (gsize) (*text - end - 2));
  *text += strlen ("</invoke>");
  tool = find_tool (tools, call->name);
  if (tool != NULL && tool->parameters != NULL)
    schema = ocg_json_parse_object (tool->parameters, -1, NULL);
  if (!write_elements (&writer, body, ocg_json_get_object (schema, "properties"), 0))
    return NULL;
  return g_steal_pointer (&call);
}

GPtrArray *
ocg_tool_markup_parse (const char *block, GPtrArray *tools)
{
  g_auto (GStrv) pieces = g_strsplit (block, PREFIX, -1);
  g_autofree char *clean = g_strjoinv ("", pieces);
  g_autoptr (GPtrArray) calls
      = g_ptr_array_new_with_free_func ((GDestroyNotify) ocg_wire_call_free);
  const char *text = strchr (clean, '>');

  if (text == NULL || (!g_str_has_prefix (clean, "<minimax:tool_call>")
                       && !g_str_has_prefix (clean, "<tool_call>")))
    return NULL;
  for (text = skip_blank (text + 1); *text == '<' && text[1] != '/'; text = skip_blank (text))
    {
      OcgWireCall *call = read_invoke (&text, tools);

      if (call == NULL)
        return NULL;
      g_ptr_array_add (calls, call);
    }
  if (*text != '\0' && !g_str_has_prefix ("</minimax:tool_call>", text)
      && !g_str_has_prefix ("</tool_call>", text))
    return NULL;
  /* An empty block that is closed is nothing; one that is not is text. */
  return calls->len > 0 || *text != '\0' ? g_steal_pointer (&calls) : NULL;
}
