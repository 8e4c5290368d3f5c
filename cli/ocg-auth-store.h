/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* A credential on its way into the keyring: its profile id, and the call that stores it. */

#pragma once

#include "ocg-cli.h"
#include "ocg-secret-input.h"

/* PROVIDER:NAME, from --provider and --profile; @usual: (nullable) the provider without the former.
 * Error: OCG_ERROR_INVALID_ARGS, which shows nothing that may be a key. */
char *ocg_auth_get_profile (OcgCli *cli, const char *usual, char **provider, GError **error);

/* For calls during which the user may have to unlock the keyring: they wait without a limit. */
OcgDbusGatewayCredentials *ocg_auth_get_patient_proxy (OcgClient *client, GError **error);

/* @region: (nullable); @expires: Unix ms, or 0. */
gboolean ocg_auth_store (OcgClient *client, const char *profile, const char *kind,
                         OcgSecretInput *secret, const char *region, gint64 expires,
                         GError **error);
/* Asks the provider whether it takes what is not stored yet: what CheckCredential() answers. */
GVariant *ocg_auth_try (OcgClient *client, const char *profile, const char *kind,
                        OcgSecretInput *secret, const char *region, GError **error);
