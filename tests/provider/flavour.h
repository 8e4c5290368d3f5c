/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Whose server is played, where servers of one API differ: what they refuse, how they dress their
 * answers, which model lists they have. The first part of the path may name one. */

#pragma once

#include <glib.h>

typedef enum
{
  FLAVOUR_GENERIC,
  FLAVOUR_ANTHROPIC, /* by the scenario anthropic-strict */
  FLAVOUR_OPENAI,
  FLAVOUR_MINIMAX,
  FLAVOUR_DEEPSEEK,
  FLAVOUR_OPENROUTER,
  FLAVOUR_LMSTUDIO,
  FLAVOUR_OLLAMA,
} Flavour;

typedef enum
{
  AUTH_BEARER,    /* as MiniMax: Authorization: Bearer, nothing else */
  AUTH_X_API_KEY, /* as Anthropic, strictly: x-api-key and anthropic-version */
  AUTH_NONE,
  AUTH_ALWAYS, /* Bearer, even where the flavour wants none */
} Auth;

/* Model lists, as bits. */
typedef enum
{
  LIST_V1 = 1 << 0,     /* /v1/models */
  LIST_API_V1 = 1 << 1, /* /api/v1/models */
  LIST_API_V0 = 1 << 2, /* /api/v0/models */
  LIST_TAGS = 1 << 3,   /* /api/tags and /api/show */
} Lists;

typedef struct
{
  const char *name;
  const char *help;
  Flavour flavour;
  Auth auth;
  Lists lists;
} FlavourRow;

extern const FlavourRow flavour_rows[];
extern const guint n_flavour_rows;

const FlavourRow *flavour_find (const char *name); /* or NULL */
const FlavourRow *flavour_row (Flavour flavour);   /* of one that has a name */
gboolean flavour_needs_key (Flavour flavour);
/* "v1,api/v1": FALSE when a name is not known. */
gboolean lists_parse (const char *names, Lists *lists);
