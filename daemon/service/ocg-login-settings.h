/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What a login writes into openclaw.json: the provider's entry, aliases of its models and, if it
 * was asked for, the default model. What the user has there stays, but for baseUrl: a login to another
 * region has to move it, or to take it away where there is a login to the old one as well. */

#pragma once

#include "../login/ocg-login-plan.h"
#include "ocg-service.h"

typedef struct
{
  GPtrArray *edits;    /* of OcgConfigEdit; may be empty */
  char *default_model; /* (nullable) the reference that they set */
  GStrv aliases;       /* "alias=REF" that there are then */
  GStrv warnings;      /* in the language of the thread */
} OcgLoginSettings;

/* @profile: what the login is stored as. @base_url: where its requests go. */
OcgLoginSettings *ocg_login_settings_new (OcgService *service, OcgLoginPlan *plan,
                                          const char *profile, const char *base_url,
                                          gboolean set_default);
void ocg_login_settings_free (OcgLoginSettings *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgLoginSettings, ocg_login_settings_free)
