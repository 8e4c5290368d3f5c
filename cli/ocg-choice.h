/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* A question on the terminal that one letter answers. */

#pragma once

#include <glib.h>

/* Whether there is somebody to ask. */
gboolean ocg_choice_is_possible (void);

#define OCG_CHOICE_END '\0'
#define OCG_CHOICE_INTERRUPTED '\003'

/* Asks @question, again if need be, until the answer is one of @letters, in either case. Returns
 * that letter, OCG_CHOICE_INTERRUPTED after Ctrl-C, or OCG_CHOICE_END. */
char ocg_choice_ask (const char *question, const char *letters);
