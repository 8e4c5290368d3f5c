/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "flavour.h"

#include <string.h>

#define LISTS_LMSTUDIO (LIST_V1 | LIST_API_V1 | LIST_API_V0)

/* clang-format off */
const FlavourRow flavour_rows[] = {
  { "generic", "a compatible server nobody knows: no developer role, no store, no strict tools", FLAVOUR_GENERIC, AUTH_BEARER, LIST_V1 },
  { "openai", "OpenAI: unknown members are refused, reasoning models take no max_tokens", FLAVOUR_OPENAI, AUTH_BEARER, LIST_V1 },
  { "minimax", "MiniMax: its 2013 errors, thoughts in reasoning_details or <think>, usage zeros, base_resp", FLAVOUR_MINIMAX, AUTH_BEARER, LIST_V1 },
  { "deepseek", "DeepSeek: wants reasoning_content back with tool calls", FLAVOUR_DEEPSEEK, AUTH_BEARER, LIST_V1 },
  { "openrouter", "OpenRouter: comments before the answer, thoughts in two fields, metadata.raw", FLAVOUR_OPENROUTER, AUTH_BEARER, LIST_V1 },
  { "lmstudio", "LM Studio: no key, tool_calls [], no sequence_number, plain-string errors, native lists", FLAVOUR_LMSTUDIO, AUTH_NONE, LISTS_LMSTUDIO },
  { "ollama", "Ollama: no key, /api/tags and /api/show", FLAVOUR_OLLAMA, AUTH_NONE, LIST_V1 | LIST_TAGS },
};
/* clang-format on */

const guint n_flavour_rows = G_N_ELEMENTS (flavour_rows);

const FlavourRow *
flavour_find (const char *name)
{
  for (guint i = 0; i < n_flavour_rows; i++)
    if (strcmp (flavour_rows[i].name, name) == 0)
      return &flavour_rows[i];
  return NULL;
}

const FlavourRow *
flavour_row (Flavour flavour)
{
  for (guint i = 0; i < n_flavour_rows; i++)
    if (flavour_rows[i].flavour == flavour)
      return &flavour_rows[i];
  return &flavour_rows[0];
}

gboolean
flavour_needs_key (Flavour flavour)
{
  return flavour_row (flavour)->auth != AUTH_NONE;
}

gboolean
lists_parse (const char *names, Lists *lists)
{
  static const char *const known[] = { "v1", "api/v1", "api/v0", "tags" };
  g_auto (GStrv) words = g_strsplit (names, ",", -1);
  guint found = 0;

  for (guint i = 0; words[i]; i++)
    {
      guint n = 0;

      while (n < G_N_ELEMENTS (known) && strcmp (words[i], known[n]) != 0)
        n++;
      if (n == G_N_ELEMENTS (known) && *words[i])
        return FALSE;
      if (*words[i])
        found |= 1u << n;
    }
  *lists = (Lists)found;
  return TRUE;
}
