/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The methods of org.openclaw.Gateway.Config that take a value or a text. */

#pragma once

#include "ocg-service.h"
#include "ocg-dbus-generated.h"

/* Connects the handlers to @skeleton. */
void ocg_config_calls_connect (OcgDbusGatewayConfig *skeleton, OcgService *service);
