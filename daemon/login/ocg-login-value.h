/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Members of what a login server says, as they come: numbers in strings, times of every kind.
 * Pure. */

#pragma once

#include <json-glib/json-glib.h>

#include "../credentials/ocg-secret.h"

/* The object that an answer is, with a byte order mark before it or bytes that are no text in it, too:
 * a login must not be lost for a byte that nobody needs. NULL when it is none. */
JsonObject *ocg_login_value_parse (const char *text, gsize length);

/* A number, or a string that is one. FALSE for anything else. */
gboolean ocg_login_value_get_number (JsonObject *object, const char *member, double *value);

/* When something expires, as Unix ms: seconds from @now, Unix seconds or Unix ms, whatever @value
 * can only be. 0 for what makes no sense: in the past, or in more than fifty years. */
gint64 ocg_login_value_to_time (double value, gint64 now);

/* A word of printable ASCII that may stand in a header; NULL for anything else. The text in the
 * tree is wiped. (transfer full) */
OcgSecret *ocg_login_value_take_secret (JsonObject *object, const char *member);

/* What a server says to people: one line, without control characters, @secrets (nullable, NULL at its
 * end: those of the request), the tokens in @root, and whatever looks like one. NULL when it is
 * empty. (transfer full) */
char *ocg_login_value_dup_words (JsonObject *root, const char *text, const char *const *secrets);
