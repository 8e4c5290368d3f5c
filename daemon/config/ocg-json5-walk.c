/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-json5-walk.h"

#include <string.h>

void
ocg_json5_walk_init (OcgJson5Walk *self, const char *text, gsize length, gsize position,
                     OcgJson5Problem *problem)
{
  ocg_json5_scanner_init (&self->scanner, text, length, position, problem);
  self->want = OCG_JSON5_WANT_VALUE;
  self->depth = 0;
}

void
ocg_json5_walk_clear (OcgJson5Walk *self)
{
  ocg_json5_scanner_clear (&self->scanner);
}

gboolean
ocg_json5_check_text (const char *text, gsize length, OcgJson5Problem *problem)
{
  const char *end = NULL;
  if (length > OCG_JSON5_MAX_SIZE)
    problem->fault = OCG_JSON5_TOO_BIG;
  else if (!g_utf8_validate_len (text, length, &end))
    {
      problem->fault = *end == '\0' ? OCG_JSON5_ZERO_BYTE : OCG_JSON5_BAD_UTF8;
      problem->offset = end - text;
    }
  return problem->fault == OCG_JSON5_OK;
}

static OcgJson5Step
fail (OcgJson5Walk *self, OcgJson5Fault fault)
{
  if (self->token == OCG_JSON5_TOKEN_END)
    fault = OCG_JSON5_EARLY_END;
  ocg_json5_scanner_fail (&self->scanner, fault, self->scanner.start);
  return OCG_JSON5_STEP_FAILED;
}

static void
value_ended (OcgJson5Walk *self)
{
  self->want = self->depth > 0 ? OCG_JSON5_WANT_COMMA : OCG_JSON5_WANT_END;
}

static OcgJson5Step
take_close (OcgJson5Walk *self)
{
  self->depth--;
  value_ended (self);
  return OCG_JSON5_STEP_CLOSE;
}

/* Whether the token is the bracket that closes the innermost container. */
static gboolean
is_close (OcgJson5Walk *self)
{
  char open = self->brackets[self->depth - 1];
  return self->token == OCG_JSON5_TOKEN_CLOSE
         && self->scanner.text[self->scanner.start] == (open == '{' ? '}' : ']');
}

static OcgJson5Step
take_open (OcgJson5Walk *self)
{
  if (self->depth == OCG_JSON5_MAX_DEPTH)
    return fail (self, OCG_JSON5_TOO_DEEP);

  char bracket = self->scanner.text[self->scanner.start];
  self->brackets[self->depth++] = bracket;
  self->want = bracket == '{' ? OCG_JSON5_WANT_NAME : OCG_JSON5_WANT_ITEM;
  return OCG_JSON5_STEP_OPEN;
}

static OcgJson5Step
take_value (OcgJson5Walk *self)
{
  static const char *const words[] = { "true", "false", "null", "Infinity", "NaN", NULL };
  OcgJson5Scanner *scanner = &self->scanner;

  if (self->token == OCG_JSON5_TOKEN_OPEN)
    return take_open (self);
  if (self->token == OCG_JSON5_TOKEN_NAME)
    {
      /* A word with an escape in it is longer in the text; only names may have escapes. */
      if (!g_strv_contains (words, scanner->string->str)
          || scanner->end - scanner->start != scanner->string->len)
        return fail (self, OCG_JSON5_BAD_WORD);
    }
  else if (self->token != OCG_JSON5_TOKEN_STRING && self->token != OCG_JSON5_TOKEN_NUMBER)
    return fail (self, OCG_JSON5_NO_VALUE);

  value_ended (self);
  return OCG_JSON5_STEP_SCALAR;
}

static OcgJson5Step
take_name (OcgJson5Walk *self)
{
  if (is_close (self))
    return take_close (self);
  if (self->token != OCG_JSON5_TOKEN_NAME && self->token != OCG_JSON5_TOKEN_STRING)
    return fail (self, OCG_JSON5_NO_NAME);
  self->want = OCG_JSON5_WANT_COLON;
  return OCG_JSON5_STEP_NAME;
}

static OcgJson5Step
take_comma (OcgJson5Walk *self)
{
  gboolean in_object = self->brackets[self->depth - 1] == '{';
  if (is_close (self))
    return take_close (self);
  if (self->token != OCG_JSON5_TOKEN_COMMA)
    {
      self->scanner.problem->expected = in_object ? '}' : ']';
      return fail (self, OCG_JSON5_NO_COMMA);
    }
  self->want = in_object ? OCG_JSON5_WANT_NAME : OCG_JSON5_WANT_ITEM;
  return OCG_JSON5_STEP_COMMA;
}

OcgJson5Step
ocg_json5_walk_next (OcgJson5Walk *self)
{
  if (!ocg_json5_scanner_next (&self->scanner, &self->token))
    {
      /* Where no number can be, a bad one is not what is wrong: a-b: 1 lacks quotes. */
      if (self->scanner.problem->fault != OCG_JSON5_BAD_NUMBER || self->want == OCG_JSON5_WANT_VALUE
          || self->want == OCG_JSON5_WANT_ITEM)
        return OCG_JSON5_STEP_FAILED;
      self->token = OCG_JSON5_TOKEN_OTHER;
    }

  switch (self->want)
    {
    case OCG_JSON5_WANT_COLON:
      if (self->token != OCG_JSON5_TOKEN_COLON)
        return fail (self, OCG_JSON5_NO_COLON);
      if (!ocg_json5_scanner_next (&self->scanner, &self->token))
        return OCG_JSON5_STEP_FAILED;
      return take_value (self);
    case OCG_JSON5_WANT_VALUE:
      return take_value (self);
    case OCG_JSON5_WANT_ITEM:
      return is_close (self) ? take_close (self) : take_value (self);
    case OCG_JSON5_WANT_NAME:
      return take_name (self);
    case OCG_JSON5_WANT_COMMA:
      return take_comma (self);
    case OCG_JSON5_WANT_END:
    default:
      if (self->token != OCG_JSON5_TOKEN_END)
        return fail (self, OCG_JSON5_SURPLUS);
      return OCG_JSON5_STEP_DONE;
    }
}
