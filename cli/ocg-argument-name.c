/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-argument-name.h"

#include "ocg-input.h"

#include <string.h>

/* What operands are called in the help. */
static const struct
{
  const char *argument; /* of a method */
  const char *operand;
  gboolean shows_typed; /* what was typed says more than what it is called */
} names[] = {
  { "alias", "ALIAS", TRUE },       { "json5", "FILE", TRUE },  { "json5", "VALUE", FALSE },
  { "model", "REF", TRUE },         { "models", "REF", TRUE },  { "model", "REF|ALIAS", TRUE },
  { "path", "PATH", TRUE },         { "value", "FILE", TRUE },  { "value", "VALUE", FALSE },
};

/* Where the name in quotes that @message begins with ends; NULL: it begins otherwise. */
static const char *
skip_argument (const char *message, const char *name)
{
  gsize length = strlen (name);
  const char *start = *message != '\0' ? g_utf8_next_char (message) : message;

  /* The quotes are those of the language. */
  if (g_ascii_isalnum (*message) || strncmp (start, name, length) != 0
      || start[length] == '\0' || (guchar) start[length] < 0x80)
    return NULL;
  return g_utf8_next_char (start + length);
}

/* What was typed in quotes, or the operand's name. */
static char *
name_operand (const char *typed, const char *operand, gboolean shows_typed)
{
  if (!shows_typed || typed == NULL || *typed == '\0')
    return g_strdup (operand);
  if (g_str_equal (operand, "FILE"))
    typed = ocg_input_describe (typed);
  return g_strdup_printf ("“%s”", typed);
}

char *
ocg_argument_name_translate (const char *message, const OcgArgs *args)
{
  g_auto (GStrv) operands
      = g_strsplit (args->command != NULL ? args->command->operands : "", " ", -1);

  for (guint i = 0; operands[i] != NULL; i++)
    {
      g_autofree char *operand = g_strdup (g_strdelimit (operands[i], "[]", ' '));

      g_strstrip (operand);
      for (guint n = 0; n < G_N_ELEMENTS (names); n++)
        {
          const char *rest = g_str_equal (names[n].operand, operand)
                                 ? skip_argument (message, names[n].argument)
                                 : NULL;
          g_autofree char *words = NULL;

          if (rest == NULL)
            continue;
          words = name_operand (ocg_args_operand (args, i), operand, names[n].shows_typed);
          return g_strconcat (words, rest, NULL);
        }
    }
  return NULL;
}
