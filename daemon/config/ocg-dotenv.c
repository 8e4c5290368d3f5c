/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-dotenv.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ocg-wipe.h"

#define BOM "\xef\xbb\xbf"

typedef struct
{
  const char *p;          /* where we are */
  const char *line_start; /* of the line that p is in */
  guint line;
  GHashTable *variables;
  GArray *problems;
} Parser;

static gboolean
is_line_end (char c)
{
  return c == '\0' || c == '\n' || c == '\r';
}

/* Behind the line break at @p: LF, CR LF or CR. */
static const char *
after_break (const char *p)
{
  if (*p == '\0')
    return p;
  return p + (p[0] == '\r' && p[1] == '\n' ? 2 : 1);
}

static void
skip_blanks (Parser *self)
{
  while (*self->p == ' ' || *self->p == '\t' || *self->p == '\f' || *self->p == '\v')
    self->p++;
}

static void
skip_line (Parser *self)
{
  while (!is_line_end (*self->p))
    self->p++;
  self->p = after_break (self->p);
  self->line_start = self->p;
  self->line++;
}

static void
fail (Parser *self, OcgDotenvFault fault, const char *at)
{
  OcgDotenvProblem problem
      = { fault, self->line, (guint) g_utf8_pointer_to_offset (self->line_start, at) + 1 };

  g_array_append_val (self->problems, problem);
}

/* "NAME=" or "NAME: ", with the place behind it in self->p; NULL when there is none. */
static char *
parse_name (Parser *self)
{
  const char *start = NULL;
  const char *end = NULL;

  if (g_str_has_prefix (self->p, "export") && (self->p[6] == ' ' || self->p[6] == '\t'))
    {
      self->p += strlen ("export");
      skip_blanks (self);
    }
  start = self->p;
  while (g_ascii_isalnum (*self->p) || (*self->p != '\0' && strchr ("_.-", *self->p) != NULL))
    self->p++;
  end = self->p;
  if (end == start)
    return NULL;
  if (*end == ':' && (end[1] == ' ' || end[1] == '\t'))
    self->p++;
  else
    {
      skip_blanks (self);
      if (*self->p != '=')
        return NULL;
      self->p++;
    }
  return g_strndup (start, (gsize) (end - start));
}

/* The closing quote of what begins at @start, or NULL. Only in double quotes can one be escaped. */
static const char *
find_close (const char *start, char quote)
{
  for (const char *p = start; *p != '\0'; p++)
    {
      if (quote == '"' && *p == '\\' && p[1] != '\0')
        p++;
      else if (*p == quote)
        return p;
    }
  return NULL;
}

/* Line breaks become LF; escapes count in double quotes only. */
static char *
unquote (const char *start, const char *end, char quote)
{
  static const char letters[] = "nrt\"\\";
  static const char meanings[] = "\n\r\t\"\\";
  g_autofree char *value = g_malloc ((gsize) (end - start) + 1);
  char *out = value;

  for (const char *p = start; p < end; p++)
    {
      const char *letter
          = quote == '"' && *p == '\\' && p + 1 < end ? strchr (letters, p[1]) : NULL;

      if (*p == '\r')
        {
          *out++ = '\n';
          p += p + 1 < end && p[1] == '\n' ? 1 : 0;
        }
      else if (letter != NULL && *letter != '\0')
        {
          *out++ = meanings[letter - letters];
          p++;
        }
      else
        *out++ = *p;
    }
  *out = '\0';
  return g_steal_pointer (&value);
}

/* Counts the line breaks up to @end, where self->p stands afterwards. */
static void
advance (Parser *self, const char *end)
{
  while (self->p < end)
    {
      if (is_line_end (*self->p))
        {
          self->p = after_break (self->p);
          self->line_start = self->p;
          self->line++;
        }
      else
        self->p++;
    }
}

/* At an opening quote. NULL when the line is wrong. */
static char *
parse_quoted (Parser *self)
{
  const char *open = self->p;
  const char *close = find_close (open + 1, *open);
  const char *rest = NULL;

  if (close == NULL)
    {
      fail (self, OCG_DOTENV_OPEN_QUOTE, open);
      return NULL;
    }
  advance (self, close + 1);
  rest = self->p;
  skip_blanks (self);
  if (is_line_end (*self->p) || *self->p == '#')
    return unquote (open + 1, close, *open);
  fail (self, OCG_DOTENV_SURPLUS, rest);
  return NULL;
}

static char *
parse_plain (Parser *self)
{
  const char *start = self->p;
  char *value = NULL;

  while (!is_line_end (*self->p) && *self->p != '#')
    self->p++;
  value = g_strndup (start, (gsize) (self->p - start));
  return g_strchomp (value);
}

static void
parse_line (Parser *self)
{
  const char *start = self->p;
  g_autofree char *name = NULL;
  char *value = NULL;

  if (is_line_end (*start) || *start == '#')
    return;
  name = parse_name (self);
  if (name == NULL)
    {
      fail (self, OCG_DOTENV_NO_NAME, start);
      return;
    }
  skip_blanks (self);
  value = *self->p != '\0' && strchr ("\"'`", *self->p) != NULL ? parse_quoted (self)
                                                                : parse_plain (self);
  if (value != NULL)
    g_hash_table_insert (self->variables, g_steal_pointer (&name), value);
}

GHashTable *
ocg_dotenv_parse (const char *text, GArray *problems)
{
  Parser parser = { text, text, 1, NULL, problems };

  parser.variables = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, ocg_wipe_text);
  if (g_str_has_prefix (text, BOM))
    parser.line_start = parser.p = text + strlen (BOM);
  while (*parser.p != '\0')
    {
      skip_blanks (&parser);
      parse_line (&parser);
      skip_line (&parser);
    }
  return parser.variables;
}

/* Whether the line at self->p sets @name to @value, white space around it aside. */
static gboolean
sets (Parser *self, const char *name, const char *value)
{
  const char *found = NULL;
  gboolean is_it = FALSE;

  g_hash_table_remove_all (self->variables);
  skip_blanks (self);
  parse_line (self);
  found = g_hash_table_lookup (self->variables, name);
  if (found != NULL)
    {
      char *bare = g_strstrip (g_strdup (found));

      is_it = g_str_equal (bare, value);
      ocg_wipe_text (bare);
    }
  return is_it;
}

char *
ocg_dotenv_remove (const char *text, const char *name, const char *value)
{
  g_autoptr (GArray) problems = g_array_new (FALSE, FALSE, sizeof (OcgDotenvProblem));
  g_autoptr (GHashTable) variables
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, ocg_wipe_text);
  Parser parser = { text, text, 1, variables, problems };
  /* As long as it may get, so that no copy of it is left behind. */
  GString *rest = g_string_sized_new (strlen (text) + 1);

  if (g_str_has_prefix (text, BOM))
    {
      parser.line_start = parser.p = text + strlen (BOM);
      g_string_append (rest, BOM);
    }
  while (*parser.p != '\0')
    {
      const char *start = parser.p;
      gboolean goes = sets (&parser, name, value);

      skip_line (&parser);
      if (!goes)
        g_string_append_len (rest, start, parser.p - start);
    }
  return g_string_free (rest, FALSE);
}

const char *
ocg_dotenv_fault_describe (OcgDotenvFault fault)
{
  switch (fault)
    {
    case OCG_DOTENV_NO_NAME:
      return _ ("this line is left out: it must be NAME=value, or a comment that begins with “#”");
    case OCG_DOTENV_OPEN_QUOTE:
      return _ ("this line is left out: nothing closes its quote");
    case OCG_DOTENV_SURPLUS:
    default:
      return _ ("this line is left out: only a comment may stand behind the closing quote");
    }
}
