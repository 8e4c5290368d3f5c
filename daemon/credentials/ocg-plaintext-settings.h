/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Credentials in openclaw.json and .env. Pure. @variables: the name of each environment variable
 * that holds a key -> the id of its provider. */

#pragma once

#include "../config/ocg-config-tree.h"
#include "ocg-plaintext.h"

/* apiKey and headers beneath models.providers, env and env.vars; nothing that is a reference. */
void ocg_plaintext_read_config (OcgConfigTree *tree, GHashTable *variables, GPtrArray *finds);
/* @text ends with a NUL. */
void ocg_plaintext_read_dotenv (const char *file, const char *text, GHashTable *variables,
                                GPtrArray *finds);

/* Of GStrv, owned: where ${@variable} stands in @tree. */
GPtrArray *ocg_plaintext_find_references (OcgConfigTree *tree, const char *variable);
