/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Models whose quirks differ, for every wire API. */

#pragma once

#include "wire/ocg-wire.h"

#define FUZZ_N_MODELS 5

/* The first is a model of the API's own makers, the second one of MiniMax. They live as long as the
 * process. */
OcgModel *fuzz_get_model (const char *api, guint which);

/* What the models are offered, of OcgTool. */
GPtrArray *fuzz_tools_new (void);
