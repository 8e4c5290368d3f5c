/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Questions and answers, line by line: on a terminal, over SSH, and with answers from a pipe. An
 * answer is a number, y or n, a short text, or nothing, which takes what is suggested. Text goes to
 * standard output, or to standard error when the former is for a program or is kept in a file. */

#pragma once

#include "ocg-secret-input.h"

typedef struct _OcgDialog OcgDialog;

/* @keeps_output: standard output is for the result alone. */
OcgDialog *ocg_dialog_new (gboolean keeps_output);
void ocg_dialog_free (OcgDialog *self);

/* Where its text goes, and whether lines there can be written over. */
int ocg_dialog_get_fd (OcgDialog *self);
gboolean ocg_dialog_is_terminal (OcgDialog *self);
guint ocg_dialog_get_columns (OcgDialog *self);

/* A paragraph, in lines as long as the terminal allows; ocg_dialog_show() breaks nothing. Both
 * clean what they are given of control characters. */
void ocg_dialog_say (OcgDialog *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
void ocg_dialog_show (OcgDialog *self, const char *line);
/* Text that may hold escape sequences of our own, as it is. */
void ocg_dialog_write (OcgDialog *self, const char *text);

/* The questions. Errors: OCG_ERROR_CANCELLED after Ctrl-C, and when there are no more answers. */

/* "" is an answer, unless something is @suggested (nullable). */
char *ocg_dialog_ask (OcgDialog *self, const char *question, const char *suggested, GError **error);
gboolean ocg_dialog_confirm (
    OcgDialog *self, const char *question, gboolean suggested, gboolean *yes, GError **error);
/* @items: char*; @suggested and @chosen count from 0. */
gboolean ocg_dialog_choose (OcgDialog *self, const char *question, GPtrArray *items,
                            guint suggested, guint *chosen, GError **error);
/* @chosen: guint, in the order in which they were typed; NULL: Enter; empty: "0". */
gboolean ocg_dialog_choose_several (
    OcgDialog *self, const char *question, GPtrArray *items, GArray **chosen, GError **error);
/* One line, not shown on a terminal. */
OcgSecretInput *ocg_dialog_ask_secret (OcgDialog *self, const char *question, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgDialog, ocg_dialog_free)
