/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-json5.h"

#include <glib/gi18n.h>

/* The character as a person can see it. */
static char *
show_character (gunichar c)
{
  if (!g_unichar_isgraph (c))
    return g_strdup_printf ("U+%04X", c);

  g_autoptr (GString) shown = g_string_new ("“");
  g_string_append_unichar (shown, c);
  g_string_append (shown, "”");
  return g_string_free (g_steal_pointer (&shown), FALSE);
}

static char *
describe_missing_comma (const OcgJson5Problem *problem, const char *found)
{
  if (problem->open != '\0')
    return g_strdup_printf (
        /* TRANSLATORS: brackets, and the number of a line */
        _ ("“%1$c” is missing before %2$s: the “%3$c” of line %4$u is still open"),
        problem->expected, found, problem->open, problem->open_line);
  /* TRANSLATORS: %c is a closing bracket, %s a character in quotes */
  return g_strdup_printf (_ ("“,” or “%c” is missing before %s"), problem->expected, found);
}

static char *
describe_missing_value (const OcgJson5Problem *problem, const char *found)
{
  if (problem->open != '\0')
    return g_strdup_printf (
        /* TRANSLATORS: brackets, and the number of a line */
        _ ("a value is expected here, not %1$s: the “%2$c” of line %3$u is still open"), found,
        problem->open, problem->open_line);
  /* TRANSLATORS: %s is a character in quotes, or something like U+0007 */
  return g_strdup_printf (_ ("a value is expected here, not %s"), found);
}

/* What looks like a quote, or begins comments in other languages. Returns NULL for others. */
static char *
describe_foreign (gunichar found)
{
  /* “ ” „ ‘ ’ ‚ « » ` and those of full width */
  static const gunichar quotes[] = { 0x201c, 0x201d, 0x201e, 0x2018, 0x2019, 0x201a,
                                     0xab,   0xbb,   '`',    0xff02, 0xff07, 0 };
  g_autoptr (GString) quote = g_string_new (NULL);

  if (found == '#')
    return g_strdup (_ ("comments begin with “//”, not with “#”"));
  for (guint i = 0; quotes[i] != 0; i++)
    if (quotes[i] == found)
      {
        g_string_append_unichar (quote, found);
        /* TRANSLATORS: %s is a quotation mark such as “ that JSON5 does not know. */
        return g_strdup_printf (_ ("text stands in straight quotes, \" or ', not in %s"),
                                quote->str);
      }
  return NULL;
}

/* Those that name what was found instead. */
static char *
describe_unexpected (const OcgJson5Problem *problem)
{
  g_autofree char *found = show_character (problem->found);
  char *foreign = describe_foreign (problem->found);

  if (foreign != NULL)
    return foreign;
  if (problem->fault == OCG_JSON5_SURPLUS)
    return g_strdup (_ ("the value has ended, but more text follows; remove it"));
  if (problem->fault == OCG_JSON5_NO_VALUE)
    return describe_missing_value (problem, found);
  if (problem->fault == OCG_JSON5_NO_NAME)
    /* TRANSLATORS: %s is a character in quotes, or something like U+0007 */
    return g_strdup_printf (_ ("a member name or “}” is expected here, not %s"), found);
  if (problem->fault == OCG_JSON5_NO_COLON)
    /* TRANSLATORS: %s is a character in quotes, or something like U+0007 */
    return g_strdup_printf (_ ("“:” is missing before %s"), found);
  return describe_missing_comma (problem, found);
}

static char *
describe_early_end (const OcgJson5Problem *problem)
{
  if (problem->open == '\0')
    return g_strdup (_ ("a value is missing; an object without members is “{}”"));
  /* TRANSLATORS: a bracket, and the number of the line that it is on */
  return g_strdup_printf (_ ("it ends too early: the “%c” of line %u is still open"), problem->open,
                          problem->open_line);
}

static char *
describe_word (const OcgJson5Problem *problem)
{
  if (problem->meant == NULL)
    return g_strdup (_ ("this word is not a value; text needs quotes"));
  /* TRANSLATORS: %s is true, false or null. */
  return g_strdup_printf (_ ("this word is not a value; write “%s”, or put it in quotes if it is "
                             "text"),
                          problem->meant);
}

static char *
describe_bound (const OcgJson5Problem *problem)
{
  if (problem->fault == OCG_JSON5_TOO_BIG)
    return g_strdup_printf (_ ("it is larger than %d MiB; make it smaller"),
                            OCG_JSON5_MAX_SIZE / (1024 * 1024));
  if (problem->fault == OCG_JSON5_TOO_DEEP)
    return g_strdup_printf (_ ("brackets are nested deeper than %d levels"), OCG_JSON5_MAX_DEPTH);
  return g_strdup_printf (ngettext ("the list that starts here has only %u element",
                                    "the list that starts here has only %u elements",
                                    problem->count),
                          problem->count);
}

/* Those that nothing is added to. */
static const char *const sentences[] = {
  [OCG_JSON5_OK] = "",
  [OCG_JSON5_BAD_UTF8] = N_ ("this is not valid UTF-8; save the file in UTF-8"),
  [OCG_JSON5_ZERO_BYTE] = N_ ("there is a zero byte here; the file is damaged, or is not UTF-8"),
  [OCG_JSON5_OPEN_STRING] = N_ ("the string that starts here has no closing quote on its line"),
  [OCG_JSON5_OPEN_COMMENT] = N_ ("the comment that starts here has no “*/”"),
  [OCG_JSON5_BAD_ESCAPE] = N_ ("this escape is not known; write “\\\\” for a backslash"),
  [OCG_JSON5_BAD_NUMBER] = N_ ("this is not a number; text needs quotes"),
  [OCG_JSON5_NO_BRACES] = N_ ("“{” is missing here, and “}” at the end: members stand in braces, "
                              "also what was YAML"),
  [OCG_JSON5_NOT_OBJECT] = N_ ("an object, “{ … }”, is expected here"),
  [OCG_JSON5_BAD_EDIT] = N_ ("the change cannot be made in this text without harm; make it in an "
                             "editor"),
};

char *
ocg_json5_problem_describe (const OcgJson5Problem *problem)
{
  switch (problem->fault)
    {
    case OCG_JSON5_EARLY_END:
      return describe_early_end (problem);
    case OCG_JSON5_BAD_WORD:
      return describe_word (problem);
    case OCG_JSON5_TOO_BIG:
    case OCG_JSON5_TOO_DEEP:
    case OCG_JSON5_NO_ELEMENT:
      return describe_bound (problem);
    case OCG_JSON5_SURPLUS:
    case OCG_JSON5_NO_VALUE:
    case OCG_JSON5_NO_NAME:
    case OCG_JSON5_NO_COLON:
    case OCG_JSON5_NO_COMMA:
      return describe_unexpected (problem);
    case OCG_JSON5_OK:
    case OCG_JSON5_BAD_UTF8:
    case OCG_JSON5_ZERO_BYTE:
    case OCG_JSON5_OPEN_STRING:
    case OCG_JSON5_OPEN_COMMENT:
    case OCG_JSON5_BAD_ESCAPE:
    case OCG_JSON5_BAD_NUMBER:
    case OCG_JSON5_NO_BRACES:
    case OCG_JSON5_NOT_OBJECT:
    case OCG_JSON5_BAD_EDIT:
    default:
      return g_strdup (*sentences[problem->fault] != '\0' ? _ (sentences[problem->fault]) : "");
    }
}
