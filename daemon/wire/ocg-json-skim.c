/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-json-skim.h"

#include <string.h>

/* Deeper texts are no deltas. */
#define MAX_DEPTH 32

/* Ids of levels and members that nobody asked for. */
#define UNWANTED (-2)

typedef struct
{
  const char *at;
  const char *end;
  const OcgJsonWanted *wanted;
  guint n_wanted;
  OcgJsonSlice *slices;
  guint depth;
} Skim;

static gboolean skim_value (Skim *self, int id);

static void
skip_blank (Skim *self)
{
  while (self->at < self->end
         && (*self->at == ' ' || *self->at == '\n' || *self->at == '\r' || *self->at == '\t'))
    self->at++;
}

static gboolean
take (Skim *self, char c)
{
  skip_blank (self);
  if (self->at == self->end || *self->at != c)
    return FALSE;
  self->at++;
  return TRUE;
}

/* From the byte after the opening quote to the one after the closing quote. */
static gboolean
skim_string (Skim *self, gboolean *has_escapes)
{
  *has_escapes = FALSE;
  for (; self->at < self->end; self->at++)
    {
      guchar c = (guchar) *self->at;

      if (c == '"')
        {
          self->at++;
          return TRUE;
        }
      if (c < 0x20)
        return FALSE;
      if (c != '\\')
        continue;
      *has_escapes = TRUE;
      self->at++;
      if (self->at == self->end || *self->at == '\0' || strchr ("\"\\/bfnrtu", *self->at) == NULL)
        return FALSE;
      if (*self->at != 'u')
        continue;
      for (int i = 0; i < 4; i++)
        if (++self->at >= self->end || !g_ascii_isxdigit (*self->at))
          return FALSE;
    }
  return FALSE;
}

static int
find_wanted (Skim *self, int parent, const char *key, gsize length)
{
  if (parent == UNWANTED)
    return UNWANTED;
  for (guint i = 0; i < self->n_wanted; i++)
    if (self->wanted[i].parent == parent && self->wanted[i].key != NULL
        && strncmp (self->wanted[i].key, key, length) == 0 && self->wanted[i].key[length] == '\0')
      return (int) i;
  return UNWANTED;
}

static gboolean
skim_object (Skim *self, int id)
{
  gboolean has_escapes;

  if (take (self, '}'))
    return TRUE;
  do
    {
      const char *key;
      int member;

      if (!take (self, '"'))
        return FALSE;
      key = self->at;
      /* A key that is spelled with escapes may be one of those that are wanted. */
      if (!skim_string (self, &has_escapes) || has_escapes)
        return FALSE;
      member = find_wanted (self, id, key, (gsize) (self->at - 1 - key));
      if (!take (self, ':') || !skim_value (self, member))
        return FALSE;
    }
  while (take (self, ','));
  return take (self, '}');
}

static int
find_element (Skim *self, int parent)
{
  for (guint i = 0; parent != UNWANTED && i < self->n_wanted; i++)
    if (self->wanted[i].parent == parent && self->wanted[i].key == NULL)
      return (int) i;
  return UNWANTED;
}

static gboolean
skim_array (Skim *self, int id)
{
  int element = find_element (self, id);

  if (take (self, ']'))
    return TRUE;
  /* A second element of those that are wanted is seen as said twice. */
  do
    if (!skim_value (self, element))
      return FALSE;
  while (take (self, ','));
  return take (self, ']');
}

static gboolean
skim_word (Skim *self, const char *word)
{
  gsize length = strlen (word);

  if ((gsize) (self->end - self->at) < length || memcmp (self->at, word, length) != 0)
    return FALSE;
  self->at += length;
  return TRUE;
}

/* Only what is certain to be a number, and no fractions: others are left to the tree. */
static gboolean
skim_number (Skim *self)
{
  const char *start = self->at;

  if (self->at < self->end && *self->at == '-')
    self->at++;
  if (self->at < self->end && *self->at == '0')
    {
      self->at++;
      return self->at < self->end && strchr (",}] \n\r\t", *self->at) != NULL;
    }
  while (self->at < self->end && g_ascii_isdigit (*self->at))
    self->at++;
  return self->at > start && self->at - start < 18 && self->at < self->end
         && g_ascii_isdigit (self->at[-1]) && strchr (",}] \n\r\t", *self->at) != NULL;
}

static gboolean
skim_scalar (Skim *self, OcgJsonSlice *slice)
{
  switch (*self->at)
    {
    case '"':
      slice->kind = OCG_JSON_STRING;
      slice->start = ++self->at;
      if (!skim_string (self, &slice->has_escapes))
        return FALSE;
      slice->length = (gsize) (self->at - 1 - slice->start);
      return TRUE;
    case 'n':
      slice->kind = OCG_JSON_NULL;
      return skim_word (self, "null");
    case 't':
      slice->kind = OCG_JSON_OTHER;
      return skim_word (self, "true");
    case 'f':
      slice->kind = OCG_JSON_OTHER;
      return skim_word (self, "false");
    default:
      slice->kind = OCG_JSON_NUMBER;
      slice->start = self->at;
      if (!skim_number (self))
        return FALSE;
      slice->length = (gsize) (self->at - slice->start);
      return TRUE;
    }
}

static gboolean
skim_value (Skim *self, int id)
{
  OcgJsonSlice unwanted = { 0 };
  OcgJsonSlice *slice = id >= 0 ? &self->slices[id] : &unwanted;
  gboolean is_object;

  skip_blank (self);
  if (self->at == self->end || slice->kind != OCG_JSON_ABSENT)
    return FALSE;
  is_object = *self->at == '{';
  if (!is_object && *self->at != '[')
    return skim_scalar (self, slice);
  if (++self->depth > MAX_DEPTH)
    return FALSE;
  slice->kind = is_object ? OCG_JSON_OBJECT : OCG_JSON_ARRAY;
  slice->start = self->at++;
  if (is_object ? !skim_object (self, id) : !skim_array (self, id))
    return FALSE;
  slice->length = (gsize) (self->at - slice->start);
  self->depth--;
  return TRUE;
}

gboolean
ocg_json_skim (const char *text, gsize length, const OcgJsonWanted *wanted, guint n_wanted,
               OcgJsonSlice *slices)
{
  Skim self = { text, text + length, wanted, n_wanted, slices, 0 };

  memset (slices, 0, n_wanted * sizeof *slices);
  if (!take (&self, '{') || !skim_object (&self, -1))
    return FALSE;
  skip_blank (&self);
  return self.at == self.end;
}

gboolean
ocg_json_slice_is (const OcgJsonSlice *self, const char *string)
{
  return self->kind == OCG_JSON_STRING && !self->has_escapes && strlen (string) == self->length
         && memcmp (self->start, string, self->length) == 0;
}

gboolean
ocg_json_slice_is_nothing (const OcgJsonSlice *self)
{
  return self->kind == OCG_JSON_ABSENT || self->kind == OCG_JSON_NULL;
}

gboolean
ocg_json_slice_get_index (const OcgJsonSlice *self, guint *value)
{
  guint64 number = 0;

  if (self->kind != OCG_JSON_NUMBER || self->length > 9)
    return FALSE;
  for (gsize i = 0; i < self->length; i++)
    {
      if (!g_ascii_isdigit (self->start[i]))
        return FALSE;
      number = number * 10 + (guint64) (self->start[i] - '0');
    }
  *value = (guint) number;
  return TRUE;
}

static gunichar
read_unit (const char *digits)
{
  gunichar unit = 0;

  for (int i = 0; i < 4; i++)
    unit = unit * 16 + (gunichar) g_ascii_xdigit_value (digits[i]);
  return unit;
}

/* Reads "\uXXXX" at @text, and the second half of a pair. What D-Bus cannot hold is U+FFFD. */
static const char *
append_unicode (GString *buffer, const char *text, const char *end)
{
  gunichar unit = read_unit (text + 2);
  gunichar low = 0;

  if (unit >= 0xd800 && unit <= 0xdbff && end - text >= 12 && text[6] == '\\' && text[7] == 'u')
    low = read_unit (text + 8);
  if (low >= 0xdc00 && low <= 0xdfff)
    {
      g_string_append_unichar (buffer, 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00));
      return text + 12;
    }
  if (unit == 0 || (unit >= 0xd800 && unit <= 0xdfff))
    unit = 0xfffd;
  g_string_append_unichar (buffer, unit);
  return text + 6;
}

static void
append_unescaped (GString *buffer, const char *text, const char *end)
{
  static const char letters[] = "b\bf\fn\nr\rt\t\"\"\\\\//";

  while (text < end)
    {
      const char *escape = memchr (text, '\\', (gsize) (end - text));
      const char *letter;

      if (escape == NULL)
        escape = end;
      g_string_append_len (buffer, text, escape - text);
      if (escape == end)
        return;
      if (escape[1] == 'u')
        {
          text = append_unicode (buffer, escape, end);
          continue;
        }
      for (letter = letters; *letter != escape[1]; letter += 2)
        ;
      g_string_append_c (buffer, letter[1]);
      text = escape + 2;
    }
}

const char *
ocg_json_slice_read (const OcgJsonSlice *self, GString *buffer)
{
  g_string_truncate (buffer, 0);
  if (self->has_escapes)
    append_unescaped (buffer, self->start, self->start + self->length);
  else
    g_string_append_len (buffer, self->start, (gssize) self->length);
  return buffer->str;
}
