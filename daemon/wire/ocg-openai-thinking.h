/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* How a level of thinking is asked for in openai-completions: everybody has a switch of their own.
 * Pure. */

#pragma once

#include "ocg-json-writer.h"
#include "ocg-openai-dialect.h"

/* Writes the members that it takes, or none. */
void ocg_openai_write_thinking (OcgJsonWriter *json, OcgModel *model, OcgThinking level,
                                const OcgOpenaiDialect *dialect, OcgMends mends);
