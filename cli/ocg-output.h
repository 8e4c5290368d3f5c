/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The terminal: what may be written to it and how wide it is. Everything is written as UTF-8,
 * whatever the locale: answers must survive LANG=C. */

#pragma once

#include <gio/gio.h>

/* Writes all of @text to standard output, or fails; G_IO_ERROR_BROKEN_PIPE: nobody reads it. */
gboolean ocg_output_write (const char *text, gsize length, GError **error);
/* Writes "openclawctl: TEXT" to standard error. */
void ocg_output_complain (const char *text);
/* Writes TEXT alone, on one line, to standard error: it is no complaint. */
void ocg_output_note (const char *text);
/* Writes "  NAME: TEXT" to standard error, on one line: it belongs to the complaint above. */
void ocg_output_complain_more (const char *name, const char *text);

gboolean ocg_output_is_terminal (int fd);
/* Whether @fd is a terminal that wants styles: NO_COLOR and TERM=dumb say no. */
gboolean ocg_output_has_style (int fd);
/* Columns of the terminal on standard output, or of $COLUMNS; G_MAXUINT when it is none. */
guint ocg_output_get_columns (void);
guint ocg_output_get_columns_of (int fd);

/* Columns that @text takes, and those of its widest word; see ocg-grapheme.h. */
guint ocg_output_measure (const char *text);
guint ocg_output_measure_word (const char *text);
/* Appends @text and spaces up to @columns; a longer text is cut and ends in "…". */
void ocg_output_append_cell (GString *out, const char *text, guint columns);
/* The lines of @text in @columns, at least one: between words, and within those that are longer. */
GStrv ocg_output_wrap (const char *text, guint columns);
/* Appends @text without the controls that could command a terminal or change the order in which
 * text is read; with @keep_lines, line ends and tabs stay, else they become spaces. */
void ocg_output_append_clean (GString *out, const char *text, gboolean keep_lines);
