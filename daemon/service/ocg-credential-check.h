/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* CheckCredential(). */

#pragma once

#include <gio/gunixfdlist.h>

#include "ocg-service.h"

/* Answers @invocation, which it takes. @fds: (nullable) */
void ocg_credential_check (OcgService *service, GDBusMethodInvocation *invocation, GUnixFDList *fds,
                           const char *profile, GVariant *options, gpointer owner);
