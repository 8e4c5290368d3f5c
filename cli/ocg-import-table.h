/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Plain text credentials for people. */

#pragma once

#include <glib.h>

/* @answer: of ImportPlaintext(). What there is to know about the finds follows the table, each
 * thing once. @only_news: without those for which nothing was done. */
void ocg_import_table_append (GString *out, GVariant *answer, gboolean only_news);
