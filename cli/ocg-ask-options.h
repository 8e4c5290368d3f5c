/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The options of a completion that stand on the command line. */

#pragma once

#include "ocg-cli.h"

/* Adds them to @options (a{sv}). Errors: OCG_ERROR_INVALID_ARGS. Files are left to others. */
gboolean ocg_ask_options_add (OcgCli *cli, GVariantBuilder *options, GError **error);
