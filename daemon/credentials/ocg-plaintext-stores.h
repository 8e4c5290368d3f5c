/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The files in which OpenClaw and the MiniMax CLI keep credentials. Pure. Each adds what it finds
 * to @finds (of OcgPlaintext); text that is not JSON is a find with a problem. */

#pragma once

#include "ocg-plaintext.h"

/* agents/AGENT/agent/auth-profiles.json: {profiles: {ID: {type, provider, ...}}, order: {PROVIDER:
 * [ID, ...]}} */
void ocg_plaintext_read_profiles (const char *file, const char *text, gsize length,
                                  GPtrArray *finds);
/* credentials/oauth.json: {PROVIDER: {access, refresh, expires}} */
void ocg_plaintext_read_oauth (const char *file, const char *text, gsize length,
                               GPtrArray *finds);
/* ~/.minimax/oauth_creds.json: {access_token, refresh_token, expiry_date, resource_url} */
void ocg_plaintext_read_minimax_cli (const char *file, const char *text, gsize length,
                                     GPtrArray *finds);
