/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Options of OpenClaw that take a key on the command line. They are refused: every program of the
 * machine can read it there. */

#pragma once

#include <glib.h>

/* @word: as it was typed, such as --minimax-api-key=VALUE. */
gboolean ocg_secret_option_is_one (const char *word);
/* Says why, and how it is done, without the value. Error: OCG_ERROR_INVALID_ARGS. */
void ocg_secret_option_refuse (const char *word, const char *command, GError **error);
