/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-json5-context.h"

#include <string.h>

#include "ocg-json5-lines.h"
#include "ocg-name-guess.h"

#define NAME_CHARACTERS G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_-."

/* What other languages call it. */
static const struct
{
  const char *word;
  const char *meant;
} synonyms[] = {
  { "yes", "true" },    { "on", "true" },           { "no", "false" },
  { "off", "false" },   { "none", "null" },         { "nil", "null" },
  { "nan", "NaN" },     { "infinity", "Infinity" }, { "inf", "Infinity" },
  { "undefined", "null" },
};

static const char *
guess_word (const char *word)
{
  static const char *const words[] = { "true", "false", "null", NULL };

  for (guint i = 0; i < G_N_ELEMENTS (synonyms); i++)
    if (g_ascii_strcasecmp (word, synonyms[i].word) == 0)
      return synonyms[i].meant;
  return ocg_name_guess (word, words);
}

/* Whether "name:" stands at @position, which is not in an object. */
static gboolean
is_member (const char *text, gsize length, gsize position)
{
  while (position < length && strchr (NAME_CHARACTERS, text[position]) != NULL)
    position++;
  return position < length && text[position] == ':'
         && (position + 1 == length || g_ascii_isspace (text[position + 1]));
}

static gboolean
lacks_braces (const OcgJson5Problem *problem, const OcgJson5Walk *walk)
{
  const OcgJson5Scanner *scanner = &walk->scanner;

  if (walk->depth > 0)
    return FALSE;
  if (problem->fault == OCG_JSON5_SURPLUS)
    return problem->found == ':';
  if (problem->fault == OCG_JSON5_BAD_NUMBER)
    return scanner->length - problem->offset >= strlen ("---")
           && memcmp (scanner->text + problem->offset, "---", strlen ("---")) == 0;
  return problem->fault == OCG_JSON5_BAD_WORD
         && is_member (scanner->text, scanner->length, problem->offset);
}

/* Whether it is the end, or the partner of another bracket, that comes before the one of @open. */
static gboolean
lacks_partner (const OcgJson5Problem *problem, char open)
{
  if (problem->fault == OCG_JSON5_EARLY_END)
    return TRUE;
  return problem->found == (open == '{' ? ']' : '}') && problem->fault != OCG_JSON5_BAD_NUMBER;
}

void
ocg_json5_add_context (OcgJson5Problem *problem, const OcgJson5Walk *walk, const gsize *opened)
{
  char open = walk->depth > 0 ? walk->brackets[walk->depth - 1] : '\0';
  guint column = 0;

  if (lacks_braces (problem, walk))
    problem->fault = OCG_JSON5_NO_BRACES;
  else if (problem->fault == OCG_JSON5_BAD_WORD)
    problem->meant = guess_word (walk->scanner.string->str);
  else if (open != '\0' && lacks_partner (problem, open))
    {
      problem->open = open;
      ocg_json5_locate (walk->scanner.text, opened[walk->depth - 1], &problem->open_line, &column);
    }
}
