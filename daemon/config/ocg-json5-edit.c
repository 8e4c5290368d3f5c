/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-json5-edit.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ocg-error.h"
#include "ocg-json5-object.h"
#include "ocg-json5-style.h"
#include "ocg-json5-walk.h"

/* A copy of a text under way: what is not replaced is copied. */
typedef struct
{
  const char *text; /* (unowned) */
  gsize length;
  gsize copied;
  GString *result;
} Copy;

static void
copy_init (Copy *copy, const OcgJson5Object *object)
{
  *copy = (Copy) { .text = object->text, .length = object->length };
  copy->result = g_string_sized_new (object->length + 128);
}

/* Replaces [start, end); called in the order of the text. */
static void
copy_replace (Copy *copy, gsize start, gsize end, const char *replacement)
{
  g_string_append_len (copy->result, copy->text + copy->copied, start - copy->copied);
  g_string_append (copy->result, replacement);
  copy->copied = end;
}

static char *
copy_finish (Copy *copy)
{
  copy_replace (copy, copy->length, copy->length, "");
  return g_string_free (g_steal_pointer (&copy->result), FALSE);
}

static gboolean
has_newline (const char *text, gsize start, gsize end)
{
  return memchr (text + start, '\n', end - start) != NULL
         || memchr (text + start, '\r', end - start) != NULL;
}

static char *
replace_value (const OcgJson5Object *object, const OcgJson5Member *member,
               const OcgJson5Style *style, JsonNode *value)
{
  const char *text = object->text;
  OcgJson5Format format = style->format;
  g_autofree char *indent = ocg_json5_indent_at (text, member->name_start);
  g_autoptr (GString) written = g_string_new (NULL);
  Copy copy;

  /* A container that is replaced by another keeps its shape; "{}" has none. */
  if ((text[member->value_start] == '{' || text[member->value_start] == '[')
      && member->value_end - member->value_start > 2)
    format.lines = has_newline (text, member->value_start, member->value_end);
  ocg_json5_write (written, value, &format, indent);

  copy_init (&copy, object);
  copy_replace (&copy, member->value_start, member->value_end, written->str);
  return copy_finish (&copy);
}

/* The first member of an object: behind the comments that may be in it. */
static char *
add_first (const OcgJson5Object *object, const OcgJson5Style *style, const char *const *path,
           JsonNode *value)
{
  const char *text = object->text;
  const OcgJson5Format *format = &style->format;
  OcgJson5Gap gap = ocg_json5_gap (text, object->open + 1, object->close);
  gboolean lines = format->lines || gap.newline;
  g_autofree char *outer = ocg_json5_indent_at (text, object->open);
  g_autofree char *inner = g_strconcat (outer, format->unit, NULL);
  g_autofree char *member = ocg_json5_style_member (style, path[0], path + 1, value, inner);
  g_autofree char *whole = NULL;
  Copy copy;

  if (gap.comments && !gap.newline && !lines)
    whole = g_strconcat (" ", member, format->padding, NULL);
  else if (lines)
    whole = g_strconcat (format->newline, inner, member, style->trailing_comma ? "," : "",
                         format->newline, outer, NULL);
  else
    whole = g_strconcat (format->padding, member, format->padding, NULL);

  /* What is behind the last comment, or the brace, is blank. */
  copy_init (&copy, object);
  copy_replace (&copy, gap.tail, object->close, whole);
  return copy_finish (&copy);
}

/* Behind the last member and the comments on its line. */
static char *
add_last (const OcgJson5Object *object, const OcgJson5Style *style, const char *const *path,
          JsonNode *value)
{
  const char *text = object->text;
  const OcgJson5Format *format = &style->format;
  const OcgJson5Member *last = ocg_json5_object_last (object, 0);
  gsize end = last->comma != 0 ? last->comma + 1 : last->value_end;
  OcgJson5Gap gap = ocg_json5_gap (text, end, object->close);
  gboolean own_line = ocg_json5_has_own_line (text, last);
  Copy copy;

  gboolean on_brace_line = !has_newline (text, object->open, last->name_start);
  g_autofree char *line_indent = ocg_json5_indent_at (text, last->name_start);
  g_autofree char *indent = g_strconcat (line_indent, on_brace_line ? format->unit : "", NULL);
  g_autofree char *member = ocg_json5_style_member (style, path[0], path + 1, value, indent);
  own_line |= gap.ends_in_line_comment;

  copy_init (&copy, object);
  if (last->comma == 0)
    copy_replace (&copy, last->value_end, last->value_end, ",");
  copy_replace (&copy, gap.comment_end, gap.comment_end, own_line ? format->newline : "");
  copy_replace (&copy, gap.comment_end, gap.comment_end,
                own_line ? indent : format->separator);
  copy_replace (&copy, gap.comment_end, gap.comment_end, member);
  if (last->comma != 0)
    copy_replace (&copy, gap.comment_end, gap.comment_end, ",");
  return copy_finish (&copy);
}

static gsize
skip_blanks_back (const char *text, gsize position, gsize limit)
{
  while (position > limit && (text[position - 1] == ' ' || text[position - 1] == '\t'))
    position--;
  return position;
}

/* The comma before the last member goes, so that none trails where none did. */
static void
remove_comma_before (Copy *copy, const OcgJson5Object *object)
{
  const OcgJson5Member *previous = ocg_json5_object_last (object, 1);
  if (previous != NULL)
    copy_replace (copy, previous->comma, previous->comma + 1, "");
}

/* A last member without a comma that shares its line. */
static void
remove_tail (Copy *copy, const OcgJson5Object *object, const OcgJson5Member *member)
{
  const char *text = object->text;
  const OcgJson5Member *previous = ocg_json5_object_last (object, 1);
  gsize start = skip_blanks_back (text, member->name_start, member->before);

  if (previous != NULL && !ocg_json5_gap (text, member->before, member->name_start).comments)
    {
      OcgJson5Gap before = ocg_json5_gap (text, previous->value_end, previous->comma);
      OcgJson5Gap after = ocg_json5_gap (text, member->value_end, object->close);
      /* Commas at the start of lines: the whole line goes. */
      if (before.newline && !before.comments && after.newline && !after.long_first)
        copy_replace (copy, before.line_start, after.line_end, "");
      else
        copy_replace (copy, previous->comma, member->value_end, "");
      return;
    }
  remove_comma_before (copy, object);
  copy_replace (copy, start, member->value_end, "");
}

/* A member with a comma that shares its line. */
static void
remove_with_comma (Copy *copy, const OcgJson5Object *object, const OcgJson5Member *member,
                   gsize next_start)
{
  const char *text = object->text;
  gsize start = skip_blanks_back (text, member->name_start, member->before);
  gsize end = member->comma + 1;
  OcgJson5Gap before_comma = ocg_json5_gap (text, member->value_end, member->comma);
  OcgJson5Gap after = ocg_json5_gap (text, end, next_start);

  gboolean next_on_line = next_start < object->close && !after.comments && !after.newline;
  if (next_on_line)
    end = next_start;
  if (before_comma.comments && before_comma.newline)
    {
      /* A comment on another line is not about the member. */
      copy_replace (copy, start, member->value_end, "");
      start = member->comma;
    }
  else if (next_on_line)
    start = member->name_start; /* the next one takes its place */
  copy_replace (copy, start, end, "");
}

static char *
remove_member (const OcgJson5Object *object, const OcgJson5Member *member)
{
  const char *text = object->text;
  gboolean is_last = member == ocg_json5_object_last (object, 0);
  gsize next_start = is_last ? object->close : member[1].name_start;
  gsize end = member->comma != 0 ? member->comma + 1 : member->value_end;
  OcgJson5Gap before = ocg_json5_gap (text, member->before, member->name_start);
  OcgJson5Gap after = ocg_json5_gap (text, end, next_start);
  gboolean comma_apart
      = member->comma != 0 && ocg_json5_gap (text, member->value_end, member->comma).newline;
  Copy copy;

  copy_init (&copy, object);
  /* Alone on its line, or lines; a comment that goes on beyond them is not about the member. */
  if (before.newline && !before.long_last && after.newline && !after.long_first && !comma_apart)
    {
      if (member->comma == 0)
        remove_comma_before (&copy, object);
      copy_replace (&copy, before.line_start, after.line_end, "");
    }
  else if (object->members->len == 1 && !before.comments && !before.newline && !after.comments
           && !after.newline && !comma_apart)
    copy_replace (&copy, object->open + 1, object->close, "");
  else if (member->comma != 0)
    remove_with_comma (&copy, object, member, next_start);
  else
    remove_tail (&copy, object, member);
  return copy_finish (&copy);
}

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

static gboolean
check (const char *text, OcgJson5Problem *problem)
{
  g_autoptr (JsonNode) root = ocg_json5_read (text, -1, problem);
  return root != NULL;
}

/* Edits a text that reads without a problem. */
static char *
edit_once (const char *text, const char *const *path, JsonNode *value, OcgJson5Problem *problem)
{
  gsize length = strlen (text);
  gsize position = 0;
  g_auto (OcgJson5Style) style;
  ocg_json5_style_init (&style, text);

  for (guint i = 0; path[i] != NULL; i++)
    {
      g_autoptr (OcgJson5Object) object = ocg_json5_object_new (text, length, position);
      if (object == NULL)
        {
          if (value == NULL)
            break;
          *problem = (OcgJson5Problem) { .fault = OCG_JSON5_NOT_OBJECT, .offset = position,
                                         .segment = i };
          ocg_json5_problem_locate (problem, text);
          return NULL;
        }

      ocg_json5_style_learn (&style, object);
      const OcgJson5Member *member = ocg_json5_object_find (object, path[i]);
      if (member != NULL && path[i + 1] != NULL)
        position = member->value_start;
      else if (value == NULL)
        return member != NULL ? remove_member (object, member) : g_strdup (text);
      else if (member != NULL)
        return replace_value (object, member, &style, value);
      else if (object->members->len > 0)
        return add_last (object, &style, path + i, value);
      else
        return add_first (object, &style, path + i, value);
    }
  return g_strdup (text);
}

/* Takes all members of that name away: without the last, an earlier one would come into force. */
static char *
edit_unset (const char *text, const char *const *path, OcgJson5Problem *problem)
{
  g_autofree char *result = g_strdup (text);
  for (;;)
    {
      g_autofree char *shorter = edit_once (result, path, NULL, problem);
      if (g_str_equal (shorter, result))
        return g_steal_pointer (&result);
      g_free (result);
      result = g_steal_pointer (&shorter);
    }
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
  gboolean blank = ocg_json5_is_blank (text);
  g_autofree char *whole = blank ? with_object (text) : g_strdup (text);

  *problem = (OcgJson5Problem) { .fault = OCG_JSON5_OK };
  if (blank && value == NULL)
    return g_strdup (text);
  if (!check (whole, problem))
    return NULL;

  /* The result is read once more: what cannot be read must never get into a file. */
  g_autofree char *result = value != NULL ? edit_once (whole, path, value, problem)
                                          : edit_unset (whole, path, problem);
  if (result == NULL || !check (result, problem))
    return NULL;
  return g_steal_pointer (&result);
}

static char *
edit_with_error (const char *text, const char *const *path, JsonNode *value, GError **error)
{
  OcgJson5Problem problem;
  g_autofree char *result = ocg_json5_edit (text, path, value, &problem);
  if (result == NULL)
    {
      g_autofree char *what = ocg_json5_problem_describe (&problem);
      g_set_error (error, OCG_ERROR, OCG_ERROR_CONFIG_INVALID, _ ("line %u, column %u: %s"),
                   problem.line, problem.column, what);
    }
  return g_steal_pointer (&result);
}

char *
ocg_json5_set (const char *text, const char *const *path, JsonNode *value, GError **error)
{
  g_return_val_if_fail (path[0] != NULL && value != NULL, NULL);

  return edit_with_error (text, path, value, error);
}

char *
ocg_json5_unset (const char *text, const char *const *path, GError **error)
{
  g_return_val_if_fail (path[0] != NULL, NULL);

  return edit_with_error (text, path, NULL, error);
}
