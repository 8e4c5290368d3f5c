/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Plain text credentials for people. */

#pragma once

#include <glib.h>

/* @finds: the answer of ImportPlaintext(). What there is to know about them follows the table, each
 * thing once. */
void ocg_import_table_append (GString *out, GVariant *finds);
