/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What this terminal has in its environment and the gateway does not see. A gateway that the bus
 * starts gets the environment of the session, not of a shell. */

#pragma once

#include "ocg-client.h"
#include "ocg-failure.h"

/* The variable that usually holds the key of @provider: MINIMAX_API_KEY. */
char *ocg_hint_get_key_variable (const char *provider);

/* Adds to @hints (of char*) a line for each of @providers (of char*) that has a key here and no
 * credential there, and one when another configuration file is named here. */
void ocg_hint_compare_environment (OcgClient *client, GPtrArray *providers, GPtrArray *hints);

/* The lines that may help with @failure; @model: (nullable) the reference that was asked for. */
GPtrArray *ocg_hint_explain (OcgClient *client, const OcgFailure *failure, const char *model);
