/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#pragma once

#include "api.h"

/* A quirk of the list of /v1/models: it has Anthropic's form. */
#define LIST_ANTHROPIC 1

/* The row of the model that the request names, or NULL. */
JsonObject *list_find (const Answer *answer);
