/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Logging in to a provider: the gateway does it, and this shows the user what to do meanwhile. */

#pragma once

#include "ocg-client.h"
#include "ocg-dialog.h"

typedef struct
{
  const char *method; /* of BeginLogin() */
  const char *provider;
  const char *region; /* (nullable) */
  const char *name;   /* (nullable) of the profile, behind the colon */
  gboolean set_default;
  gboolean shows_qr;
  gboolean opens_browser; /* where there is one */
} OcgLoginOptions;

/* Returns the details of Finished(), with "message" for what the provider wants to tell the user.
 * Errors: those of BeginLogin() and Finished(); OCG_ERROR_CANCELLED after Ctrl-C;
 * G_DBUS_ERROR_NO_REPLY when the gateway is gone. (transfer full) */
GVariant *ocg_login_run (OcgClient *client, OcgDialog *dialog, const OcgLoginOptions *options,
                         GError **error);

/* Shows what the provider wants to tell the user, and what the gateway warns of. */
void ocg_login_report (OcgDialog *dialog, GVariant *details);
