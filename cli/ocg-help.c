/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-help.h"

#include "ocg-output.h"

#include <glib/gi18n.h>
#include <string.h>

/* A longer name gets its description on the next line. */
#define MAX_NAME_COLUMNS 34

static void
append_row (GString *out, const char *name, const char *description, guint columns)
{
  g_string_append (out, "  ");
  if (ocg_output_measure (name) > columns)
    {
      g_string_append_printf (out, "%s\n  ", name);
      name = "";
    }
  ocg_output_append_cell (out, name, columns);
  g_string_append_printf (out, "  %s\n", description);
}

static char *
name_command (const OcgCommand *command)
{
  return g_strconcat (command->words, *command->operands != '\0' ? " " : "", command->operands,
                      NULL);
}

static char *
name_option (const OcgOption *option)
{
  g_autofree char *letter
      = option->letter != 0 ? g_strdup_printf ("-%c, ", option->letter) : g_strdup ("");

  switch (option->kind)
    {
    case OCG_OPTION_VALUE:
      return g_strdup_printf ("%s--%s %s", letter, option->name, option->value);
    case OCG_OPTION_LIST:
      return g_strdup_printf ("%s--%s %s...", letter, option->name, option->value);
    case OCG_OPTION_OPTIONAL_VALUE:
      return g_strdup_printf ("%s--%s [%s]", letter, option->name, option->value);
    case OCG_OPTION_FLAG:
    default:
      return g_strdup_printf ("%s--%s", letter, option->name);
    }
}

static gboolean
is_in_group (const OcgCommand *command, const char *group)
{
  gsize length = strlen (group);

  return length == 0 || g_str_equal (command->words, group)
         || (strncmp (command->words, group, length) == 0 && command->words[length] == ' ');
}

static void
append_commands (GString *out, const char *group)
{
  guint columns = 0;

  for (const OcgCommand *c = ocg_commands; c->words != NULL; c++)
    {
      g_autofree char *name = name_command (c);
      guint measured = ocg_output_measure (name);

      if (is_in_group (c, group) && measured <= MAX_NAME_COLUMNS)
        columns = MAX (columns, measured);
    }
  g_string_append_printf (out, "\n%s\n", _ ("Commands:"));
  for (const OcgCommand *c = ocg_commands; c->words != NULL; c++)
    {
      g_autofree char *name = name_command (c);

      if (is_in_group (c, group))
        append_row (out, name, _ (c->description), columns);
    }
}

/* Whether @option of the common ones means anything to @command; NULL: to some command. */
static gboolean
applies (const OcgOption *option, const OcgCommand *command)
{
  if (command == NULL)
    return TRUE;
  if (g_str_equal (option->name, "json"))
    return (command->flags & OCG_COMMAND_JSON) != 0;
  if (g_str_equal (option->name, "plain"))
    return (command->flags & OCG_COMMAND_PLAIN) != 0;
  return !g_str_equal (option->name, "version");
}

static void
append_options (GString *out, const OcgCommand *command)
{
  const OcgOption *arrays[] = { command != NULL ? command->options : NULL, ocg_common_options };
  guint columns = 0;

  for (guint pass = 0; pass < 2; pass++)
    {
      if (pass == 1)
        g_string_append_printf (out, "\n%s\n", _ ("Options:"));
      for (guint i = 0; i < G_N_ELEMENTS (arrays); i++)
        for (const OcgOption *o = arrays[i]; o != NULL && o->name != NULL; o++)
          {
            g_autofree char *name = name_option (o);

            if (arrays[i] == ocg_common_options && !applies (o, command))
              continue;
            if (pass == 0)
              columns = MAX (columns, ocg_output_measure (name));
            else
              append_row (out, name, _ (o->description), columns);
          }
    }
}

static void
append_command_help (GString *out, const OcgCommand *command)
{
  g_autofree char *name = name_command (command);

  if (command->flags & OCG_COMMAND_PASSES_WORDS)
    g_string_append_printf (out, _ ("Usage: openclawctl %s\n"), name);
  else if (*command->operands == '\0')
    g_string_append_printf (out, _ ("Usage: openclawctl %s [OPTION...]\n"), name);
  else
    /* TRANSLATORS: %s is the command, then what goes behind its options, such as "ALIAS REF". */
    g_string_append_printf (out, _ ("Usage: openclawctl %s [OPTION...] %s\n"), command->words,
                            command->operands);
  g_string_append_printf (out, "\n%s\n", _ (command->description));
  if (command->details != NULL)
    g_string_append_printf (out, "\n%s\n", _ (command->details));
  append_options (out, command);
}

void
ocg_help_append (GString *out, const char *words)
{
  if (!ocg_command_is_group (words))
    {
      append_command_help (out, ocg_command_find (words));
      return;
    }
  if (*words != '\0')
    g_string_append_printf (out, _ ("Usage: openclawctl %s COMMAND [OPTION...]\n"), words);
  else
    g_string_append_printf (out, "%s\n\n%s\n", _ ("Usage: openclawctl COMMAND [OPTION...]"),
                            _ ("Language models for all apps of the desktop: asks them, and "
                               "manages which ones\nthe gateway offers."));
  append_commands (out, words);
  append_options (out, NULL);
  if (*words == '\0')
    g_string_append_printf (
        out, "\n%s\n",
        _ ("Exit status: 0 success, 1 other errors, 2 wrong usage, 3 no such model or provider, "
           "4 key\nor keyring, 5 no session bus or gateway, 6 limit or overload, 7 answer cut off, "
           "8 configuration,\n130 cancelled."));
  g_string_append_printf (out, "\n%s\n",
                          _ ("“openclawctl COMMAND --help” tells more about a command."));
}
