/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* A QR code in characters, for a phone to read off the terminal. */

#pragma once

#include <glib.h>

/* Lines of @text as a QR code, with its quiet zone, no wider than @columns; NULL: it does not fit.
 * @has_style: black on white whatever the colours of the terminal are; without, its own, which have
 * to be light on dark or a reader that takes both. */
char *ocg_qr_draw (const char *text, gboolean has_style, guint columns);
