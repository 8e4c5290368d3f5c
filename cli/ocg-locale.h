/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The language that openclawctl shows itself in. */

#pragma once

#include <glib.h>

/* Sets the locale up and finds the message catalogues. Call once, before any translation. */
void ocg_locale_init (void);

/* "en", "zh_CN" or "zh_TW": what the gateway is asked to answer in, so that both speak the same. */
const char *ocg_locale_get_language (void);
