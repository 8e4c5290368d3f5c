/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The dictionaries of GetQuota() for people. */

#pragma once

#include "ocg-client.h"

/* What is left with all providers, aa{sv}; NULL when it does not come in @timeout_ms. */
GVariant *ocg_quota_table_fetch (OcgClient *client, guint timeout_ms);

void ocg_quota_table_append (GString *out, GVariant *quota, guint indent);

/* What a plan makes of the models @refs (of char*, references), one line each. */
void ocg_quota_table_append_notes (GString *out, GVariant *quota, GPtrArray *refs);
