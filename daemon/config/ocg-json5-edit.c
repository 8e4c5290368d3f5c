/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-json5-edit.h"

#include <string.h>

#include "ocg-json5-change.h"
#include "ocg-json5-path.h"
#include "ocg-json5-walk.h"

/* One edit under way. */
typedef struct
{
  const char *text;        /* (unowned) */
  const char *const *path; /* (unowned) */
  JsonNode *value;         /* (nullable) (unowned) */
  OcgJson5Style style;
  OcgJson5Problem *problem;

  /* Where the path has led so far. */
  guint segment;
  OcgJson5Value at;
} Edit;

gboolean
ocg_json5_is_blank (const char *text)
{
  gsize length = strlen (text);
  gsize position = 0;
  OcgJson5Space space;
  if (!g_utf8_validate (text, length, NULL))
    return FALSE;
  do
    space = ocg_json5_next_space (text, length, &position);
  while (space != OCG_JSON5_SPACE_NONE && space != OCG_JSON5_SPACE_OPEN_COMMENT);
  return position == length;
}

static char *
fail (Edit *self, OcgJson5Fault fault, guint count)
{
  *self->problem = (OcgJson5Problem) {
    .fault = fault, .offset = self->at.start, .segment = self->segment, .count = count,
  };
  ocg_json5_problem_locate (self->problem, self->text);
  return NULL;
}

/* The text with another for the value at the place; @changed: (transfer full) (nullable) */
static char *
splice (const Edit *self, char *changed)
{
  g_autoptr (GString) result = NULL;
  if (changed == NULL)
    return g_strdup (self->text);

  result = g_string_sized_new (self->style.length + strlen (changed));
  g_string_append_len (result, self->text, self->at.start);
  g_string_append (result, changed);
  g_string_append (result, self->text + self->at.end);
  g_free (changed);
  return g_string_free (g_steal_pointer (&result), FALSE);
}

/* Behind the items of the container at the place. @name: (nullable) */
static char *
append (Edit *self, const OcgJson5Container *container, const char *name)
{
  g_autoptr (JsonNode) value = NULL;
  if (self->value == NULL)
    return g_strdup (self->text);
  value = ocg_json5_path_wrap (self->path + self->segment + 1, self->value);
  return splice (self, ocg_json5_change_append (&self->style, container, name, value));
}

/* Finds what the segment leads to in the container; else @result is what comes of it. */
static gboolean
find (Edit *self, const OcgJson5Container *container, guint *i, char **result)
{
  const char *segment = self->path[self->segment];
  guint length = container->items->len;
  if (!container->is_array)
    {
      if (ocg_json5_container_find (container, segment, i))
        return TRUE;
      *result = append (self, container, segment);
      return FALSE;
    }

  gboolean is_index = ocg_json5_path_index (segment, length, i);
  if (is_index && *i < length)
    return TRUE;
  if (self->value == NULL)
    *result = g_strdup (self->text);
  else if (is_index && *i == length)
    *result = append (self, container, NULL);
  else
    *result = fail (self, is_index ? OCG_JSON5_NO_ELEMENT : OCG_JSON5_NOT_OBJECT, length);
  return FALSE;
}

static void
go_to (Edit *self, const OcgJson5Container *container, guint i)
{
  const OcgJson5Item *item = ocg_json5_container_get (container, i);
  const char *const one[] = { self->path[self->segment++], NULL };
  self->at = (OcgJson5Value) {
    .node = ocg_json5_path_lookup (self->at.node, one),
    .container = item->child,
    .line = item->start,
    .start = item->value_start,
    .end = item->value_end,
  };
}

static char *
run (Edit *self)
{
  while (self->path[self->segment] != NULL)
    {
      char *result = NULL;
      guint i = 0;
      const OcgJson5Container *container = self->at.container;
      if (container == NULL)
        return self->value != NULL ? fail (self, OCG_JSON5_NOT_OBJECT, 0) : g_strdup (self->text);

      ocg_json5_style_learn (&self->style, container);
      if (!find (self, container, &i, &result))
        return result;
      if (self->value == NULL && self->path[self->segment + 1] == NULL)
        return splice (self, ocg_json5_change_remove (&self->style, container, i));
      go_to (self, container, i);
    }
  return splice (self, ocg_json5_change (&self->style, &self->at, self->value));
}

/* Where the one value of a text that reads is. @container: (nullable) it */
static OcgJson5Value
find_root (const char *text, gsize length, JsonNode *root, const OcgJson5Container *container)
{
  OcgJson5Problem ignored = { .fault = OCG_JSON5_OK };
  g_auto (OcgJson5Walk) walk;
  OcgJson5Value value = { .node = root, .container = container };

  ocg_json5_walk_init (&walk, text, length, 0, &ignored);
  ocg_json5_walk_next (&walk);
  value.line = value.start = walk.scanner.start;
  value.end = container != NULL ? container->close + 1 : walk.scanner.end;
  return value;
}

/* What has been made is read once more: what cannot be read, or means something else than it
 * should, must never get into a file. */
static gboolean
check_result (const Edit *self, const char *result, JsonNode *root)
{
  g_autoptr (JsonNode) after = ocg_json5_read (result, -1, self->problem);
  if (after == NULL)
    return FALSE;
  if (ocg_json5_path_is_edit (root, after, self->path, self->value))
    return TRUE;
  *self->problem = (OcgJson5Problem) { .fault = OCG_JSON5_BAD_EDIT, .line = 1, .column = 1 };
  return FALSE;
}

static char *
edit_text (const char *text, const char *const *path, JsonNode *value, OcgJson5Problem *problem)
{
  gsize length = strlen (text);
  g_autoptr (JsonNode) root = ocg_json5_read (text, length, problem);
  if (root == NULL)
    return NULL;

  Edit edit = { .text = text, .path = path, .value = value, .problem = problem };
  g_autoptr (OcgJson5Container) container = ocg_json5_container_new (text, length);
  edit.at = find_root (text, length, root, container);
  ocg_json5_style_init (&edit.style, text, length);
  g_autofree char *result = run (&edit);
  ocg_json5_style_clear (&edit.style);
  if (result == NULL || (!g_str_equal (result, text) && !check_result (&edit, result, root)))
    return NULL;
  return g_steal_pointer (&result);
}

/* A text that is blank, as one that holds an empty object. */
static char *
with_object (const char *text)
{
  const char *newline = strstr (text, "\r\n") != NULL ? "\r\n" : "\n";
  gboolean on_new_line = strpbrk (text, "\r\n/") != NULL && !g_str_has_suffix (text, "\n");
  return g_strconcat (text, on_new_line ? newline : "", "{}", newline, NULL);
}

char *
ocg_json5_edit (const char *text, const char *const *path, JsonNode *value,
                OcgJson5Problem *problem)
{
  g_autoptr (JsonObject) nothing = json_object_new ();
  g_autoptr (JsonNode) emptied = json_node_init_object (json_node_alloc (), nothing);
  JsonNode *wanted = value == NULL && path[0] == NULL ? emptied : value;
  *problem = (OcgJson5Problem) { .fault = OCG_JSON5_OK };
  if (!ocg_json5_is_blank (text))
    return edit_text (text, path, wanted, problem);
  if (value == NULL)
    return g_strdup (text);

  g_autofree char *whole = with_object (text);
  g_autofree char *result = edit_text (whole, path, wanted, problem);
  return result != NULL && g_str_equal (result, whole) ? g_strdup (text)
                                                       : g_steal_pointer (&result);
}
