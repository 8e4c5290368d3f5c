/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The dictionaries of ListCredentials() for people. */

#pragma once

#include <glib.h>

void ocg_credential_table_append (GString *out, GVariant *credentials, guint indent);
