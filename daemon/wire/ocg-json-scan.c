/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-json-scan.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>

/* What may come next. */
typedef enum
{
  NEXT_VALUE,
  NEXT_VALUE_OR_END, /* in an array that has just begun */
  NEXT_KEY,
  NEXT_KEY_OR_END, /* in an object that has just begun */
  NEXT_COLON,
  NEXT_COMMA_OR_END,
  NEXT_NOTHING,
} Next;

typedef struct
{
  char *at;
  const char *end;
  guint8 *is_object; /* for each level */
  guint depth;
  guint max_depth;
  guint n_values;
  OcgJsonPurpose purpose;
  Next next;
  gboolean has_controls; /* in strings */
  gboolean has_big;      /* numbers that json-glib would wrap around */
  const char *problem;    /* (nullable) static */
  gboolean is_too_deep; /* or has too many values */
} Scan;

/* The value of the four hexadecimal digits at @digits, or -1. */
static int
read_hex4 (const char *digits, const char *end)
{
  int value = 0;

  if (end - digits < 4)
    return -1;
  for (int i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (digits[i]);

      if (digit < 0)
        return -1;
      value = value * 16 + digit;
    }
  return value;
}

/* Mends the escape at @text (on its "\\u"); returns how many bytes it takes, 0 when it is none. */
static gsize
mend_unicode_escape (char *text, const char *end, OcgJsonPurpose purpose)
{
  int unit = read_hex4 (text + 2, end);
  int low;

  if (unit < 0)
    return 0;
  if (unit >= 0xd800 && unit <= 0xdbff && end - text >= 12 && text[6] == '\\' && text[7] == 'u')
    {
      low = read_hex4 (text + 8, end);
      if (low >= 0xdc00 && low <= 0xdfff)
        return 12;
    }
  if (purpose != OCG_JSON_AS_TEXT && (unit == 0 || (unit >= 0xd800 && unit <= 0xdfff)))
    memcpy (text + 2, "fffd", 4);
  return 6;
}

static gboolean
skip_escape (Scan *self)
{
  gsize taken = 2;

  if (self->end - self->at < 2 || strchr ("\"\\/bfnrtu", self->at[1]) == NULL)
    return FALSE;
  if (self->at[1] == 'u')
    taken = mend_unicode_escape (self->at, self->end, self->purpose);
  self->at += taken;
  return taken > 0;
}

/* From the byte after the opening quote to the one after the closing quote. */
static gboolean
skip_string (Scan *self)
{
  while (self->at < self->end)
    {
      guchar c = (guchar) *self->at;

      if (c == '"')
        {
          self->at++;
          return TRUE;
        }
      if (c == '\\')
        {
          if (!skip_escape (self))
            return FALSE;
          continue;
        }
      if (c == '\0')
        return FALSE;
      self->has_controls = self->has_controls || c < 0x20;
      self->at++;
    }
  return FALSE;
}

static gsize
skip_digits (Scan *self)
{
  const char *start = self->at;

  while (self->at < self->end && g_ascii_isdigit (*self->at))
    self->at++;
  return (gsize) (self->at - start);
}

static gboolean
is_at (Scan *self, const char *set)
{
  return self->at < self->end && *self->at != '\0' && strchr (set, *self->at) != NULL;
}

/* Whether the whole number from @start to @end does not fit into 64 bits. */
static gboolean
is_big (const char *start, const char *end)
{
  g_autofree char *text = end - start > 18 ? g_strndup (start, (gsize) (end - start)) : NULL;

  return text != NULL && !g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, NULL, NULL);
}

static gboolean
skip_number (Scan *self)
{
  const char *start = self->at;
  gboolean is_whole = TRUE;
  gboolean is_zero;
  gsize digits;

  if (*self->at == '-')
    self->at++;
  is_zero = is_at (self, "0");
  digits = skip_digits (self);
  if (digits == 0 || (is_zero && digits > 1))
    return FALSE;
  if (is_at (self, "."))
    {
      is_whole = FALSE;
      self->at++;
      if (skip_digits (self) == 0)
        return FALSE;
    }
  if (is_at (self, "eE"))
    {
      is_whole = FALSE;
      self->at++;
      if (is_at (self, "+-"))
        self->at++;
      if (skip_digits (self) == 0)
        return FALSE;
    }
  if (is_whole)
    self->has_big = self->has_big || is_big (start, self->at);
  return is_whole ? self->at - start < 300 : isfinite (g_ascii_strtod (start, NULL));
}

static gboolean
skip_word (Scan *self, const char *word)
{
  gsize length = strlen (word);

  if ((gsize) (self->end - self->at) < length || memcmp (self->at, word, length) != 0)
    return FALSE;
  self->at += length;
  return TRUE;
}

static void
end_value (Scan *self)
{
  self->next = self->depth > 0 ? NEXT_COMMA_OR_END : NEXT_NOTHING;
}

static gboolean
open_level (Scan *self, gboolean is_object)
{
  if (self->depth == self->max_depth)
    {
      self->is_too_deep = TRUE;
      return FALSE;
    }
  self->is_object[self->depth++] = is_object;
  self->next = is_object ? NEXT_KEY_OR_END : NEXT_VALUE_OR_END;
  self->at++;
  return TRUE;
}

static gboolean
close_level (Scan *self, gboolean is_object)
{
  if (self->depth == 0 || self->is_object[self->depth - 1] != is_object)
    return FALSE;
  self->depth--;
  self->at++;
  end_value (self);
  return TRUE;
}

/* A tree costs a hundred times as much as the text of a small value. */
#define MAX_VALUES 250000

static gboolean
take_value (Scan *self)
{
  gboolean ok;

  if (++self->n_values > MAX_VALUES)
    {
      self->is_too_deep = TRUE;
      return FALSE;
    }
  switch (*self->at)
    {
    case '{':
      return open_level (self, TRUE);
    case '[':
      return open_level (self, FALSE);
    case ']':
      return self->next == NEXT_VALUE_OR_END && close_level (self, FALSE);
    case '"':
      self->at++;
      ok = skip_string (self);
      break;
    case 't':
      ok = skip_word (self, "true");
      break;
    case 'f':
      ok = skip_word (self, "false");
      break;
    case 'n':
      ok = skip_word (self, "null");
      break;
    default:
      ok = (*self->at == '-' || g_ascii_isdigit (*self->at)) && skip_number (self);
      break;
    }
  end_value (self);
  return ok;
}

static gboolean
take_key (Scan *self)
{
  if (*self->at == '}')
    return self->next == NEXT_KEY_OR_END && close_level (self, TRUE);
  if (*self->at != '"')
    return FALSE;
  self->at++;
  self->next = NEXT_COLON;
  return skip_string (self);
}

static gboolean
take_comma (Scan *self)
{
  gboolean is_object = self->is_object[self->depth - 1];

  if (*self->at != ',')
    return (*self->at == '}' && close_level (self, TRUE))
           || (*self->at == ']' && close_level (self, FALSE));
  self->at++;
  self->next = is_object ? NEXT_KEY : NEXT_VALUE;
  return TRUE;
}

static gboolean
take_token (Scan *self)
{
  switch (self->next)
    {
    case NEXT_VALUE:
    case NEXT_VALUE_OR_END:
      return take_value (self);
    case NEXT_KEY:
    case NEXT_KEY_OR_END:
      return take_key (self);
    case NEXT_COLON:
      self->next = NEXT_VALUE;
      return *self->at++ == ':';
    case NEXT_COMMA_OR_END:
      return take_comma (self);
    case NEXT_NOTHING:
      return FALSE;
    }
  return FALSE;
}

/* Control characters in strings become escapes; whole numbers that are too big get a fraction,
 * which makes json-glib read them as what they nearly are. @text is known to be JSON otherwise. */
static char *
mend (const char *text, OcgJsonPurpose purpose)
{
  GString *out = g_string_new (NULL);
  gboolean in_string = FALSE;

  while (*text != '\0')
    {
      gsize digits = !in_string ? strspn (text, "-0123456789") : 0;

      if (digits > 0)
        {
          gboolean is_whole = strchr (".eE", text[digits]) == NULL || text[digits] == '\0';

          g_string_append_len (out, text, (gssize) digits);
          if (purpose == OCG_JSON_FOR_PARSER && is_whole && is_big (text, text + digits))
            g_string_append (out, ".0");
          text += digits;
          /* The fraction and the exponent have digits of their own. */
          if (!is_whole)
            while (*text != '\0' && strchr (".eE+-0123456789", *text) != NULL)
              g_string_append_c (out, *text++);
          continue;
        }
      if (*text == '"')
        in_string = !in_string;
      if (in_string && *text == '\\')
        g_string_append_c (out, *text++);
      if (in_string && (guchar) *text < 0x20)
        g_string_append_printf (out, "\\u%04x", (guint) *text++);
      else
        g_string_append_c (out, *text++);
    }
  return g_string_free (out, FALSE);
}

gboolean
ocg_json_scan (char **text, gsize length, guint max_depth, OcgJsonPurpose purpose, GError **error)
{
  guint8 levels[256];
  Scan self = { .at = *text,
                .end = *text + length,
                .is_object = levels,
                .max_depth = MIN (max_depth, sizeof levels),
                .purpose = purpose,
                .next = NEXT_VALUE };
  gboolean ok = TRUE;

  while (ok)
    {
      while (self.at < self.end
             && (*self.at == ' ' || *self.at == '\n' || *self.at == '\r' || *self.at == '\t'))
        self.at++;
      if (self.at == self.end)
        break;
      ok = take_token (&self);
    }
  if (self.is_too_deep)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "nested deeper than %u levels, or more than %u values",
                   max_depth, MAX_VALUES);
      return FALSE;
    }
  if (!ok || self.next != NEXT_NOTHING)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "not JSON from byte %" G_GSIZE_FORMAT,
                   (gsize) (self.at - *text));
      return FALSE;
    }
  if (self.has_controls || (self.has_big && purpose == OCG_JSON_FOR_PARSER))
    {
      char *mended = mend (*text, purpose);

      g_free (*text);
      *text = mended;
    }
  return TRUE;
}
