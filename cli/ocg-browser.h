/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The browser of the desktop. Whatever goes wrong here is nobody's trouble: the address stands on
 * the terminal. */

#pragma once

#include <gio/gio.h>

/* Whether @url may be opened: http or https, and nothing that a terminal could take for more. */
gboolean ocg_browser_accepts (const char *url);
/* Whether there is a display. */
gboolean ocg_browser_is_possible (void);
/* Returns at once, and shows nothing on this terminal. */
void ocg_browser_open (GDBusConnection *bus, const char *url);
