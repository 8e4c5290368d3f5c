/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* BeginLogin(), and the objects of the logins under way. */

#pragma once

#include "ocg-service.h"

typedef struct _OcgLogins OcgLogins;

OcgLogins *ocg_logins_new (OcgService *service);
void ocg_logins_free (OcgLogins *self);

/* Ends all logins but those that are being stored; their owners are told. */
void ocg_logins_shut_down (OcgLogins *self);
/* Whether there are any. */
gboolean ocg_logins_is_busy (OcgLogins *self);

/* Takes @invocation. */
void ocg_logins_handle_begin (OcgLogins *self, GDBusMethodInvocation *invocation,
                              const char *method, GVariant *options);
