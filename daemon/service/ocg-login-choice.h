/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What a caller of BeginLogin() wants: which login of which provider, in which region, under which
 * name. */

#pragma once

#include "../login/ocg-login-plan.h"
#include "ocg-service.h"

typedef struct
{
  OcgLoginPlan *plan;
  char *profile; /* "provider:name" */
  gboolean set_default;
  char *handle_token; /* (nullable) */
} OcgLoginChoice;

/* @options: those of BeginLogin(). NULL with an error in the language of the thread:
 * OCG_ERROR_INVALID_ARGS, OCG_ERROR_NOT_SUPPORTED. */
OcgLoginChoice *ocg_login_choice_read (OcgCatalog *catalog, const char *method,
                                       GVariant *options, GError **error);
void ocg_login_choice_free (OcgLoginChoice *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgLoginChoice, ocg_login_choice_free)
