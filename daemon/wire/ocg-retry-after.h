/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* When a provider wants to be asked again, in the many ways in which providers say so. All of it in
 * milliseconds; -1 when nothing is said, or nonsense: the past, and more than 30 days. Pure. */

#pragma once

#include "ocg-error-reply.h"

/* The first of these that makes sense: retry-after-ms, retry-after (seconds, a duration or an HTTP
 * date), the rate limit headers of what is used up, what the body says in a member of its own, and
 * "resets at TIME" or "try again in 2s" in the message. @now_ms: Unix time. */
gint64 ocg_retry_after_find (const OcgErrorReply *reply, OcgHeaderFunc get_header,
                             gpointer user_data, gint64 now_ms);

/* "1m3.5s", "20ms", "2 hours and 5 minutes", "30秒" at the beginning of @text. @end: (out)
 * (optional) what follows. */
gint64 ocg_retry_after_parse_duration (const char *text, const char **end);
