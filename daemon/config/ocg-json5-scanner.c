/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-json5-scanner.h"

#include <errno.h>
#include <math.h>
#include <string.h>

#define LINE_SEPARATOR 0x2028
#define PARAGRAPH_SEPARATOR 0x2029
#define REPLACEMENT 0xfffd

/* The text is without zero bytes, so 0 is the end. */
static gunichar
char_at (const char *text, gsize length, gsize position)
{
  return position < length ? g_utf8_get_char (text + position) : 0;
}

static gunichar
peek (const OcgJson5Scanner *self)
{
  return char_at (self->text, self->length, self->position);
}

static gsize
char_size (gunichar c)
{
  return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
}

static gboolean
is_digit (gunichar c)
{
  return c >= '0' && c <= '9';
}

static gboolean
is_name_start (gunichar c)
{
  if (c < 0x80)
    return g_ascii_isalpha (c) || c == '$' || c == '_';

  GUnicodeType type = g_unichar_type (c);
  return type == G_UNICODE_UPPERCASE_LETTER || type == G_UNICODE_LOWERCASE_LETTER
         || type == G_UNICODE_TITLECASE_LETTER || type == G_UNICODE_MODIFIER_LETTER
         || type == G_UNICODE_OTHER_LETTER || type == G_UNICODE_LETTER_NUMBER;
}

static gboolean
is_name_part (gunichar c)
{
  if (is_name_start (c) || is_digit (c))
    return TRUE;
  if (c < 0x80)
    return FALSE;

  GUnicodeType type = g_unichar_type (c);
  return type == G_UNICODE_NON_SPACING_MARK || type == G_UNICODE_SPACING_MARK
         || type == G_UNICODE_DECIMAL_NUMBER || type == G_UNICODE_CONNECT_PUNCTUATION
         || c == 0x200c || c == 0x200d; /* zero width (non-)joiner */
}

gboolean
ocg_json5_is_name (const char *name)
{
  if (!is_name_start (g_utf8_get_char (name)))
    return FALSE;
  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    if (!is_name_part (g_utf8_get_char (p)))
      return FALSE;
  return TRUE;
}

static gboolean
is_newline (gunichar c)
{
  return c == '\n' || c == '\r' || c == LINE_SEPARATOR || c == PARAGRAPH_SEPARATOR;
}

static gboolean
is_blank (gunichar c)
{
  if (c < 0x80)
    return c == ' ' || c == '\t' || c == '\v' || c == '\f';
  return c == 0xa0 || c == 0xfeff || g_unichar_type (c) == G_UNICODE_SPACE_SEPARATOR;
}

static gsize
skip_newline (const char *text, gsize length, gsize position)
{
  gunichar c = char_at (text, length, position);
  if (c == '\r' && char_at (text, length, position + 1) == '\n')
    return position + 2;
  return position + char_size (c);
}

OcgJson5Space
ocg_json5_next_space (const char *text, gsize length, gsize *position)
{
  gunichar c = char_at (text, length, *position);
  if (is_newline (c))
    {
      *position = skip_newline (text, length, *position);
      return OCG_JSON5_SPACE_NEWLINE;
    }
  if (is_blank (c))
    {
      *position += char_size (c);
      return OCG_JSON5_SPACE_BLANK;
    }
  if (c != '/')
    return OCG_JSON5_SPACE_NONE;

  gunichar second = char_at (text, length, *position + 1);
  if (second == '/')
    {
      for (c = '/'; c != 0 && !is_newline (c); c = char_at (text, length, *position))
        *position += char_size (c);
      return OCG_JSON5_SPACE_LINE_COMMENT;
    }
  if (second == '*')
    {
      const char *end = g_strstr_len (text + *position + 2, length - *position - 2, "*/");
      if (end == NULL)
        return OCG_JSON5_SPACE_OPEN_COMMENT;
      *position = end + 2 - text;
      return OCG_JSON5_SPACE_BLOCK_COMMENT;
    }
  return OCG_JSON5_SPACE_NONE;
}

void
ocg_json5_scanner_init (OcgJson5Scanner *self, const char *text, gsize length, gsize position,
                        OcgJson5Problem *problem)
{
  *self = (OcgJson5Scanner) {
    .text = text,
    .length = length,
    .position = position,
    .string = g_string_new (NULL),
    .problem = problem,
  };
}

void
ocg_json5_scanner_clear (OcgJson5Scanner *self)
{
  g_string_free (g_steal_pointer (&self->string), TRUE);
}

gboolean
ocg_json5_scanner_fail (OcgJson5Scanner *self, OcgJson5Fault fault, gsize offset)
{
  self->problem->fault = fault;
  self->problem->offset = offset;
  self->problem->found = char_at (self->text, self->length, offset);
  return FALSE;
}

/* Exactly @digits hexadecimal digits at the position. */
static gboolean
scan_hex (OcgJson5Scanner *self, guint digits, gunichar *value)
{
  *value = 0;
  for (guint i = 0; i < digits; i++)
    {
      gunichar c = peek (self);
      if (c >= 0x80 || !g_ascii_isxdigit (c))
        return FALSE;
      *value = *value * 16 + g_ascii_xdigit_value (c);
      self->position++;
    }
  return TRUE;
}

/* Behind "\u": one character, of two escapes when they are a surrogate pair. */
static gboolean
scan_unicode_escape (OcgJson5Scanner *self, gunichar *value)
{
  if (!scan_hex (self, 4, value))
    return FALSE;
  if (*value < 0xd800 || *value > 0xdfff)
    return TRUE;

  gsize lone_end = self->position;
  gunichar low = 0;
  if (*value < 0xdc00 && peek (self) == '\\')
    {
      self->position++;
      if (peek (self) == 'u')
        {
          self->position++;
          if (scan_hex (self, 4, &low) && low >= 0xdc00 && low <= 0xdfff)
            {
              *value = 0x10000 + ((*value - 0xd800) << 10) + (low - 0xdc00);
              return TRUE;
            }
        }
    }
  self->position = lone_end;
  *value = REPLACEMENT;
  return TRUE;
}

static gunichar
simple_escape (gunichar c)
{
  switch (c)
    {
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    case 'v':
      return '\v';
    default:
      return c;
    }
}

/* Behind the backslash of a string. */
static gboolean
scan_escape (OcgJson5Scanner *self)
{
  gsize start = self->position - 1;
  gunichar c = peek (self);
  if (c == 0)
    return TRUE; /* the caller finds the end */
  if (is_newline (c))
    {
      self->position = skip_newline (self->text, self->length, self->position);
      return TRUE;
    }

  gunichar value = 0;
  self->position += char_size (c);
  if (c == 'x' || c == 'u')
    {
      if (!(c == 'x' ? scan_hex (self, 2, &value) : scan_unicode_escape (self, &value)))
        return ocg_json5_scanner_fail (self, OCG_JSON5_BAD_ESCAPE, start);
    }
  else if (is_digit (c))
    {
      if (c != '0' || is_digit (peek (self)))
        return ocg_json5_scanner_fail (self, OCG_JSON5_BAD_ESCAPE, start);
    }
  else
    value = simple_escape (c);

  g_string_append_unichar (self->string, value != 0 ? value : REPLACEMENT);
  return TRUE;
}

static gboolean
scan_string (OcgJson5Scanner *self)
{
  char quote = self->text[self->position++];
  while (self->position < self->length)
    {
      gsize run = self->position;
      while (run < self->length && self->text[run] != quote && self->text[run] != '\\'
             && self->text[run] != '\n' && self->text[run] != '\r')
        run++;
      g_string_append_len (self->string, self->text + self->position, run - self->position);
      self->position = run;
      if (run == self->length || self->text[run] == '\n' || self->text[run] == '\r')
        break;

      self->position++;
      if (self->text[run] == quote)
        return TRUE;
      if (!scan_escape (self))
        return FALSE;
    }
  return ocg_json5_scanner_fail (self, OCG_JSON5_OPEN_STRING, self->start);
}

static gboolean
scan_name (OcgJson5Scanner *self)
{
  for (;;)
    {
      gsize start = self->position;
      gunichar c = peek (self);
      if (c == '\\')
        {
          self->position++;
          if (peek (self) != 'u')
            return ocg_json5_scanner_fail (self, OCG_JSON5_BAD_ESCAPE, start);
          self->position++;
          if (!scan_hex (self, 4, &c)
              || !(self->string->len == 0 ? is_name_start (c) : is_name_part (c)))
            return ocg_json5_scanner_fail (self, OCG_JSON5_BAD_ESCAPE, start);
        }
      else if (is_name_part (c))
        self->position += char_size (c);
      else
        return TRUE;
      g_string_append_unichar (self->string, c);
    }
}

static gsize
skip_digits (OcgJson5Scanner *self)
{
  gsize start = self->position;
  while (is_digit (peek (self)))
    self->position++;
  return self->position - start;
}

static gboolean
skip_word (OcgJson5Scanner *self, const char *word)
{
  gsize size = strlen (word);
  if (self->length - self->position < size
      || memcmp (self->text + self->position, word, size) != 0)
    return FALSE;
  self->position += size;
  return TRUE;
}

/* Moves behind a number without its sign; FALSE when it is none. */
static gboolean
skip_number (OcgJson5Scanner *self, gboolean *is_integer)
{
  *is_integer = FALSE;
  if (skip_word (self, "0x") || skip_word (self, "0X"))
    {
      gsize start = self->position;
      while (self->position < self->length && g_ascii_isxdigit (self->text[self->position]))
        self->position++;
      *is_integer = TRUE;
      return self->position > start;
    }

  gboolean zero = peek (self) == '0';
  gsize digits = skip_digits (self);
  if (zero && digits > 1)
    return FALSE;
  *is_integer = digits > 0;
  if (peek (self) == '.')
    {
      *is_integer = FALSE;
      self->position++;
      digits += skip_digits (self);
    }
  if (digits == 0)
    return FALSE;
  if (peek (self) == 'e' || peek (self) == 'E')
    {
      *is_integer = FALSE;
      self->position++;
      if (peek (self) == '+' || peek (self) == '-')
        self->position++;
      return skip_digits (self) > 0;
    }
  return TRUE;
}

static void
convert_number (OcgJson5Scanner *self)
{
  /* strtod() and strtoll() want an end, and the text may go on with something they would eat. */
  g_string_append_len (self->string, self->text + self->start, self->position - self->start);
  const char *word = self->string->str;
  if (self->is_integer)
    {
      const char *digits = word + (*word == '-' || *word == '+');
      int base = digits[0] == '0' && g_ascii_tolower (digits[1]) == 'x' ? 16 : 10;
      errno = 0;
      self->integer = g_ascii_strtoll (word, NULL, base);
      self->is_integer = errno == 0;
    }
  self->number = self->is_integer ? (double) self->integer : g_ascii_strtod (word, NULL);
}

static gboolean
scan_number (OcgJson5Scanner *self)
{
  gboolean negative = peek (self) == '-';
  self->is_integer = FALSE;
  if (negative || peek (self) == '+')
    self->position++;

  gboolean is_word = TRUE;
  if (skip_word (self, "Infinity"))
    self->number = negative ? -INFINITY : INFINITY;
  else if (skip_word (self, "NaN"))
    self->number = NAN;
  else if (skip_number (self, &self->is_integer))
    is_word = FALSE;
  else
    return ocg_json5_scanner_fail (self, OCG_JSON5_BAD_NUMBER, self->start);

  gunichar next = peek (self);
  if (is_name_part (next) || next == '\\')
    return ocg_json5_scanner_fail (self, OCG_JSON5_BAD_NUMBER, self->start);
  if (!is_word)
    convert_number (self);
  return TRUE;
}

static OcgJson5Token
token_kind (gunichar c)
{
  switch (c)
    {
    case 0:
      return OCG_JSON5_TOKEN_END;
    case '{':
    case '[':
      return OCG_JSON5_TOKEN_OPEN;
    case '}':
    case ']':
      return OCG_JSON5_TOKEN_CLOSE;
    case ':':
      return OCG_JSON5_TOKEN_COLON;
    case ',':
      return OCG_JSON5_TOKEN_COMMA;
    case '"':
    case '\'':
      return OCG_JSON5_TOKEN_STRING;
    case '+':
    case '-':
    case '.':
      return OCG_JSON5_TOKEN_NUMBER;
    case '\\':
      return OCG_JSON5_TOKEN_NAME;
    default:
      return is_digit (c)        ? OCG_JSON5_TOKEN_NUMBER
             : is_name_start (c) ? OCG_JSON5_TOKEN_NAME
                                 : OCG_JSON5_TOKEN_OTHER;
    }
}

gboolean
ocg_json5_scanner_next (OcgJson5Scanner *self, OcgJson5Token *token)
{
  OcgJson5Space space;
  do
    space = ocg_json5_next_space (self->text, self->length, &self->position);
  while (space != OCG_JSON5_SPACE_NONE && space != OCG_JSON5_SPACE_OPEN_COMMENT);
  if (space == OCG_JSON5_SPACE_OPEN_COMMENT)
    return ocg_json5_scanner_fail (self, OCG_JSON5_OPEN_COMMENT, self->position);

  gboolean good = TRUE;
  gunichar c = peek (self);
  self->start = self->position;
  g_string_truncate (self->string, 0);
  *token = token_kind (c);
  if (*token == OCG_JSON5_TOKEN_STRING)
    good = scan_string (self);
  else if (*token == OCG_JSON5_TOKEN_NUMBER)
    good = scan_number (self);
  else if (*token == OCG_JSON5_TOKEN_NAME)
    good = scan_name (self);
  else if (*token != OCG_JSON5_TOKEN_END)
    self->position += char_size (c);
  self->end = self->position;
  return good;
}
