/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The calls of org.openclaw.Gateway.Credentials that say which profiles are used, and when,
 * and the one that removes a profile. */

#pragma once

#include "ocg-service.h"

/* Each takes @invocation. @owner: the interface that handles the call */
void ocg_profile_calls_set_order (OcgService *service, GDBusMethodInvocation *invocation,
                                  GVariant *options, gpointer owner, const char *provider,
                                  const char *const *profiles);
/* Takes @profile out of auth.order too. */
void ocg_profile_calls_remove (OcgService *service, GDBusMethodInvocation *invocation,
                               GVariant *options, gpointer owner, const char *profile);
void ocg_profile_calls_clear_cooldown (OcgService *service, GDBusMethodInvocation *invocation,
                                       GVariant *options, gpointer owner, const char *profile);
