/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What the two APIs of OpenAI share: how they say no. */

#pragma once

#include "api.h"

char *openai_render_error (const ApiError *error, Flavour flavour);

/* The type and code that OpenAI has for a @type of anthropic-messages; others are left alone. */
void openai_words (const char **type, const char **code);

/* Models that think, and therefore refuse some parameters. */
gboolean openai_model_reasons (const char *model);
/* Whether @name is a tool's name that is taken. */
gboolean openai_tool_name_is_good (const char *name);
