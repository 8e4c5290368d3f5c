/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* A line on standard error, whatever the command, when a file of the configuration cannot be read.
 * The gateway is asked while the command does its work, so that this costs no time. */

#pragma once

#include "ocg-client.h"

typedef struct _OcgConfigBanner OcgConfigBanner;

/* Asks, and does not wait. @client has to outlive this. */
OcgConfigBanner *ocg_config_banner_new (OcgClient *client);
void ocg_config_banner_free (OcgConfigBanner *self);

/* For the end of a command. Waits a second at most, since a gateway that hangs is no reason to.
 * @said: (nullable) what the user has been told already, and is not told again. */
void ocg_config_banner_show (OcgConfigBanner *self, const char *said);
