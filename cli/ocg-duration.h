/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Spans of time as users type them: 365d, 12h, 30m, 90s, 2w; a number alone is days. */

#pragma once

#include <glib.h>

/* Error: OCG_ERROR_INVALID_ARGS. */
gboolean ocg_duration_parse (const char *text, gint64 *milliseconds, GError **error);
