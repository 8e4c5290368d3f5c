/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Rows under a heading, as wide as the terminal allows. In less than forty columns each row becomes
 * a block with one field on a line. What is no terminal gets everything. */

#pragma once

#include <glib.h>

typedef struct _OcgTable OcgTable;

/* The headings of the columns, ending in NULL. @shrinks: the column that gives way first when the
 * terminal is too narrow; what is cut ends in "…". */
OcgTable *ocg_table_new (guint shrinks, ...) G_GNUC_NULL_TERMINATED;
void ocg_table_free (OcgTable *self);

/* The column that gives way next: down to @minimum columns of the terminal, or as a whole for 0.
 * When all have and it is not enough, the widest are cut further. */
void ocg_table_give_way (OcgTable *self, guint column, guint minimum);
/* Lets the column continue on the next line rather than be cut. */
void ocg_table_set_wraps (OcgTable *self, guint column);

/* As many strings as there are columns, then NULL. They are cleaned of control characters. */
void ocg_table_add_row (OcgTable *self, ...) G_GNUC_NULL_TERMINATED;
guint ocg_table_get_n_rows (OcgTable *self);

/* @indent: spaces before each row. */
void ocg_table_append_to (OcgTable *self, GString *out, guint indent);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgTable, ocg_table_free)
