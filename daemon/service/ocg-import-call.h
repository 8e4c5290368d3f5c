/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* ImportPlaintext(). */

#pragma once

#include "ocg-service.h"

/* Handles the call; @owner: the interface. */
void ocg_import_call_handle (OcgService *service, GDBusMethodInvocation *invocation,
                             GVariant *options, gpointer owner);
