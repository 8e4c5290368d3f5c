/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The gateway names arguments as its D-Bus API does; people know the words of the command line. */

#pragma once

#include "ocg-args.h"

/* @message with the operand of the command in place of the argument that it begins with; NULL: it
 * begins with none that the command has. */
char *ocg_argument_name_translate (const char *message, const OcgArgs *args);
