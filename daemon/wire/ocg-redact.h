/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Takes secrets out of text that other people wrote. Pure. */

#pragma once

#include <glib.h>

/* Masks @secret (nullable) and whatever looks like a key ("sk-…", "Bearer …", JSON web tokens),
 * turns control characters into spaces and keeps the first @max_chars characters. */
char *ocg_redact (const char *text, const char *secret, glong max_chars);
