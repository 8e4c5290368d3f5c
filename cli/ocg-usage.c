/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-usage.h"

#include <glib/gi18n.h>
#include <math.h>

/* Digits that count in a small amount, and the most behind the point. */
#define SIGNIFICANT_DIGITS 2
#define MAX_DECIMALS 12

static gboolean
get_number (JsonNode *node, double *number)
{
  GType type = node != NULL ? json_node_get_value_type (node) : G_TYPE_INVALID;

  if (type != G_TYPE_INT64 && type != G_TYPE_DOUBLE)
    return FALSE;
  *number = json_node_get_double (node);
  return *number >= 0 && isfinite (*number);
}

static char *
format_tokens (JsonObject *usage, const char *key)
{
  double tokens = 0;

  if (usage == NULL || !get_number (json_object_get_member (usage, key), &tokens))
    return g_strdup (_ ("unknown"));
  return g_strdup_printf ("%.0f", tokens);
}

/* At least four decimals, and more when they would all be zero; none for nothing. */
static char *
format_cost (JsonNode *node)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  char format[] = "%.00f";
  double cost = 0;
  int decimals = 4;

  if (!get_number (node, &cost))
    return g_strdup (_ ("unknown"));
  if (cost > 0 && cost < 0.01)
    decimals = MIN ((int) ceil (-log10 (cost)) - 1 + SIGNIFICANT_DIGITS, MAX_DECIMALS);
  if (cost <= 0)
    decimals = 0;
  format[2] = (char) ('0' + decimals / 10);
  format[3] = (char) ('0' + decimals % 10);
  g_ascii_formatd (digits, sizeof digits, format, cost);
  /* TRANSLATORS: an amount of US dollars. */
  return g_strdup_printf (_ ("%s USD"), digits);
}

char *
ocg_usage_describe (JsonObject *usage, JsonNode *cost, const char *model)
{
  g_autofree char *input = format_tokens (usage, "input");
  g_autofree char *output = format_tokens (usage, "output");
  g_autofree char *cache_read = format_tokens (usage, "cache-read");
  g_autofree char *cache_write = format_tokens (usage, "cache-write");
  g_autofree char *amount = format_cost (cost);

  /* TRANSLATORS: numbers of tokens, or "unknown", then an amount or "unknown", then a model. */
  return g_strdup_printf (_ ("Tokens: input %s, output %s, cache read %s, cache write %s. Cost: "
                             "%s. Model: %s"),
                          input, output, cache_read, cache_write, amount,
                          model != NULL ? model : _ ("unknown"));
}
