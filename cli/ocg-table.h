/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Rows under a heading, as wide as the terminal allows. */

#pragma once

#include <glib.h>

typedef struct _OcgTable OcgTable;

/* The headings of the columns, ending in NULL. @shrinks: the column that gives way when the
 * terminal is too narrow; what is cut ends in "…". */
OcgTable *ocg_table_new (guint shrinks, ...) G_GNUC_NULL_TERMINATED;
void ocg_table_free (OcgTable *self);

/* As many strings as there are columns, then NULL. They are cleaned of control characters. */
void ocg_table_add_row (OcgTable *self, ...) G_GNUC_NULL_TERMINATED;
guint ocg_table_get_n_rows (OcgTable *self);

/* @indent: spaces before each row. */
void ocg_table_append_to (OcgTable *self, GString *out, guint indent);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgTable, ocg_table_free)
