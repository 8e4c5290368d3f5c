/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-compat.h"

#include <string.h>

#include "ocg-json.h"

gboolean
ocg_compat_get (OcgModel *model, const char *flag, gboolean fallback)
{
  gboolean value = fallback;

  ocg_json_get_boolean (model->compat, flag, &value);
  return value;
}

const char *
ocg_compat_get_word (OcgModel *model, const char *name, const char *fallback)
{
  const char *word = ocg_json_get_string (model->compat, name);

  return word != NULL ? word : fallback;
}

double
ocg_compat_fit_sampling (OcgModel *model, double value)
{
  /* MiniMax refuses 0 and everything above 1. */
  return g_str_equal (ocg_model_get_family (model), "minimax") ? CLAMP (value, 0.01, 1.0) : value;
}

OcgMinimax
ocg_compat_get_minimax (OcgModel *model)
{
  g_autofree char *id = g_ascii_strdown (model->id, -1);
  const char *name = strstr (id, "minimax-m");

  if (name == NULL)
    return OCG_MINIMAX_OTHER;
  if (g_str_has_prefix (name, "minimax-m3.1"))
    return OCG_MINIMAX_M3_1;
  return g_str_has_prefix (name, "minimax-m3") ? OCG_MINIMAX_M3 : OCG_MINIMAX_M2;
}
