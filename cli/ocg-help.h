/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The help texts, made from the table of commands. */

#pragma once

#include "ocg-command.h"

/* Appends the help of the command or group that is called @words; "" is the program. */
void ocg_help_append (GString *out, const char *words);
