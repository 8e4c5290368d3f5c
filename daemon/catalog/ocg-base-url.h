/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Base URLs as people write them, and what they tell. Pure. */

#pragma once

#include <glib.h>

/* @text without the white space around it and without a "/" or an endpoint (/v1/messages,
 * /chat/completions, /responses) on its end. @api: (out) (optional) the wire API that a removed
 * endpoint belongs to (static), or NULL. Errors: OCG_ERROR_CONFIG_INVALID for anything but an http
 * or https URL, and for one with a user, a query or a fragment; the message does not repeat the
 * text, which may hold a secret. */
char *ocg_base_url_normalize (const char *text, const char **api, GError **error);

/* scheme://host:port in lower case, the port always written; NULL when @url is no http(s) URL. */
char *ocg_base_url_get_origin (const char *url);

/* Whether the host of @url is 127.0.0.0/8, ::1, localhost or below localhost. */
gboolean ocg_base_url_is_loopback (const char *url);
