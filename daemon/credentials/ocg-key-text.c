/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-key-text.h"

#include <string.h>

/* Finds the part of @text without white space around it. */
static const char *
strip (const char *text, gsize *length)
{
  while (g_ascii_isspace (*text))
    text++;
  *length = strlen (text);
  while (*length > 0 && g_ascii_isspace (text[*length - 1]))
    (*length)--;
  return text;
}

/* Marks that stand in OpenClaw's files for a credential that is kept elsewhere, and the asterisks
 * that configuration readers show instead of one. */
static gboolean
is_placeholder (const char *text, gsize length)
{
  static const char *const words[] = {
    "minimax-oauth", "qwen-oauth",        "ollama-local",           "custom-local",
    "********",      "secretref-managed", "gcp-vertex-credentials", "codex-app-server",
  };
  static const char *const prefixes[] = { "oauth:", "secretref-env:" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strlen (words[i]) == length && strncmp (text, words[i], length) == 0)
      return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (g_str_has_prefix (text, prefixes[i]))
      return TRUE;
  return FALSE;
}

OcgKeyTextState
ocg_key_text_check (const char *text)
{
  const char *key;
  gsize length;

  if (text == NULL)
    return OCG_KEY_TEXT_ABSENT;
  key = strip (text, &length);
  if (length == 0 || is_placeholder (key, length))
    return OCG_KEY_TEXT_ABSENT;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isprint (key[i]))
      return OCG_KEY_TEXT_BAD;
  return OCG_KEY_TEXT_USABLE;
}

OcgSecret *
ocg_key_text_to_secret (const char *text)
{
  const char *key;
  gsize length;

  if (ocg_key_text_check (text) != OCG_KEY_TEXT_USABLE)
    return NULL;
  key = strip (text, &length);
  return ocg_secret_new (key, (gssize) length);
}

gboolean
ocg_key_text_is_plan_key (OcgSecret *key)
{
  return g_str_has_prefix (ocg_secret_peek (key), "sk-cp-");
}
