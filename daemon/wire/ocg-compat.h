/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The "compat" object of a model: which parts of its API a server knows. Pure. */

#pragma once

#include "../catalog/ocg-model.h"

/* A flag such as "supportsStore"; @fallback when it is not set. */
gboolean ocg_compat_get (OcgModel *model, const char *flag, gboolean fallback);
/* How a model of MiniMax thinks goes by its generation. */
typedef enum
{
  OCG_MINIMAX_OTHER, /* of another name, or of another maker */
  OCG_MINIMAX_M2,    /* always thinks, whatever it is told */
  OCG_MINIMAX_M3,    /* thinks when asked */
  OCG_MINIMAX_M3_1,  /* always thinks, and takes only "adaptive" */
} OcgMinimax;

OcgMinimax ocg_compat_get_minimax (OcgModel *model);

/* A temperature or a top_p as the model takes it, whatever the API. */
double ocg_compat_fit_sampling (OcgModel *model, double value);
/* A word such as "maxTokensField"; @fallback (nullable) when it is not set. */
const char *ocg_compat_get_word (OcgModel *model, const char *name, const char *fallback);
