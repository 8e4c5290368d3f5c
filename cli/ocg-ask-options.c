/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-ask-options.h"

#include "ocg-error.h"
#include "ocg-tools.h"

#include <glib/gi18n.h>
#include <float.h>
#include <math.h>
#include <string.h>

static gboolean
add_max_tokens (OcgCli *cli, GVariantBuilder *options, GError **error)
{
  const char *text = ocg_cli_get (cli, "max-tokens");
  guint64 number = 0;

  if (text == NULL)
    return TRUE;
  if (!g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT32, &number, NULL))
    {
      g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                   _ ("--max-tokens takes a whole number from 1 to %u."), G_MAXUINT32);
      return FALSE;
    }
  g_variant_builder_add (options, "{sv}", "max-tokens", g_variant_new_uint32 ((guint32) number));
  return TRUE;
}

/* A decimal number with a point, in every locale; C would take "0x1p1" and "nan" as well. */
static gboolean
parse_number (const char *text, double *number)
{
  char *end = NULL;

  if (*text == '\0' || strspn (text, G_CSET_DIGITS ".+-eE") != strlen (text))
    return FALSE;
  *number = g_ascii_strtod (text, &end);
  return *end == '\0' && isfinite (*number);
}

/* The number that was given to @option, if there was one. FALSE, without an error yet, when it is not
 * from @low to @high. */
static gboolean
get_number (OcgCli *cli, const char *option, double low, double high, const char **text,
            double *number)
{
  *text = ocg_cli_get (cli, option);
  return *text == NULL || (parse_number (*text, number) && *number >= low && *number <= high);
}

static gboolean
add_temperature (OcgCli *cli, GVariantBuilder *options, GError **error)
{
  const char *text;
  double number = 0;

  if (!get_number (cli, "temperature", 0, 2, &text, &number))
    {
      g_set_error_literal (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                           _ ("--temperature takes a number from 0 to 2, with a point, such as "
                              "0.7."));
      return FALSE;
    }
  if (text != NULL)
    g_variant_builder_add (options, "{sv}", "temperature", g_variant_new_double (number));
  return TRUE;
}

static gboolean
add_top_p (OcgCli *cli, GVariantBuilder *options, GError **error)
{
  const char *text;
  double number = 0;

  if (!get_number (cli, "top-p", DBL_MIN, 1, &text, &number))
    {
      g_set_error_literal (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                           _ ("--top-p takes a number above 0 and up to 1, with a point, such as "
                              "0.9."));
      return FALSE;
    }
  if (text != NULL)
    g_variant_builder_add (options, "{sv}", "top-p", g_variant_new_double (number));
  return TRUE;
}

static gboolean
add_timeout (OcgCli *cli, GVariantBuilder *options, GError **error)
{
  guint32 max = G_MAXUINT32 / 1000;
  const char *text;
  double seconds = 0;
  guint32 ms;

  if (!get_number (cli, "timeout", 0, max, &text, &seconds))
    {
      g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                   _ ("--timeout takes a number of seconds up to %u; 0 is no limit."), max);
      return FALSE;
    }
  /* A short time is not the same as none. */
  ms = seconds > 0 ? (guint32) MAX (lround (seconds * 1000), 1) : 0;
  if (text != NULL)
    g_variant_builder_add (options, "{sv}", "timeout-ms", g_variant_new_uint32 (ms));
  return TRUE;
}

static gboolean
add_thinking (OcgCli *cli, GVariantBuilder *options, GError **error)
{
  static const char *const levels[]
      = { "off", "minimal", "low", "medium", "high", "xhigh", "adaptive", NULL };
  const char *level = ocg_cli_get (cli, "thinking");

  if (level == NULL)
    return TRUE;
  if (!g_strv_contains (levels, level))
    {
      g_autofree char *list = g_strjoinv (", ", (GStrv) levels);

      g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS, _ ("--thinking takes one of: %s."),
                   list);
      return FALSE;
    }
  g_variant_builder_add (options, "{sv}", "thinking", g_variant_new_string (level));
  return TRUE;
}

static gboolean
add_stop (OcgCli *cli, GVariantBuilder *options, GError **error)
{
  const GPtrArray *texts = ocg_cli_get_list (cli, "stop");

  if (texts == NULL)
    return TRUE;
  for (guint i = 0; i < texts->len; i++)
    if (*(const char *) g_ptr_array_index (texts, i) == '\0')
      {
        g_set_error_literal (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                             _ ("--stop takes a text that is not empty."));
        return FALSE;
      }
  g_variant_builder_add (options, "{sv}", "stop",
                         g_variant_new_strv ((const char *const *) texts->pdata,
                                             (gssize) texts->len));
  return TRUE;
}

static gboolean
add_text (OcgCli *cli, const char *name, GVariantBuilder *options)
{
  if (ocg_cli_has (cli, name))
    g_variant_builder_add (options, "{sv}", name, g_variant_new_string (ocg_cli_get (cli, name)));
  return TRUE;
}

/* These choose something, so that an empty one is a variable that was not set. */
static gboolean
add_name (OcgCli *cli, const char *name, GVariantBuilder *options, GError **error)
{
  if (ocg_cli_has (cli, name) && *ocg_cli_get (cli, name) == '\0')
    {
      g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                   /* TRANSLATORS: %s is the name of an option. */
                   _ ("--%s takes a name that is not empty."), name);
      return FALSE;
    }
  return add_text (cli, name, options);
}

static gboolean
add_tool_choice (OcgCli *cli, GVariantBuilder *options, GError **error)
{
  const char *choice = ocg_cli_get (cli, "tool-choice");

  if (choice == NULL)
    return TRUE;
  if (*choice == '\0')
    {
      g_set_error_literal (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                           _ ("--tool-choice takes auto, none, required or the name of a tool."));
      return FALSE;
    }
  g_variant_builder_add (options, "{sv}", "tool-choice", ocg_tools_new_choice (choice));
  return TRUE;
}

static void
add_flag (OcgCli *cli, const char *flag, GVariantBuilder *options, const char *name,
          gboolean value)
{
  if (ocg_cli_has (cli, flag))
    g_variant_builder_add (options, "{sv}", name, g_variant_new_boolean (value));
}

gboolean
ocg_ask_options_add (OcgCli *cli, GVariantBuilder *options, GError **error)
{
  add_flag (cli, "no-stream", options, "stream", FALSE);
  add_flag (cli, "no-fallback", options, "fallback", FALSE);
  add_flag (cli, "dry-run", options, "dry-run", TRUE);
  return add_max_tokens (cli, options, error) && add_thinking (cli, options, error)
         && add_temperature (cli, options, error) && add_top_p (cli, options, error)
         && add_stop (cli, options, error)
         && add_timeout (cli, options, error) && add_tool_choice (cli, options, error)
         && add_name (cli, "profile", options, error) && add_text (cli, "tag", options);
}
