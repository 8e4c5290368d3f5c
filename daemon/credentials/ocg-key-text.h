/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What people and programs put where a key belongs: told apart from a key. Pure. */

#pragma once

#include "ocg-secret.h"

typedef enum
{
  OCG_KEY_TEXT_ABSENT, /* NULL, blank, or a placeholder that OpenClaw writes */
  OCG_KEY_TEXT_USABLE,
  OCG_KEY_TEXT_BAD, /* not printable ASCII: it must not get into a header */
} OcgKeyTextState;

OcgKeyTextState ocg_key_text_check (const char *text);

/* Whether it is the key of a subscription of MiniMax, as its beginning says. */
gboolean ocg_key_text_is_plan_key (OcgSecret *key);

/* A usable @text without the white space around it; NULL otherwise. */
OcgSecret *ocg_key_text_to_secret (const char *text);
