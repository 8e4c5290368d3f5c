/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Profiles and secrets as callers hand them in. Errors are translated. */

#pragma once

#include "ocg-service.h"

/* "provider:name", both of characters that need no quoting anywhere. The names of keys that are not
 * in the keyring are taken. */
gboolean ocg_credential_args_is_profile (const char *profile);
/* The provider of @profile, or NULL with an error. (transfer none) */
OcgProvider *
ocg_credential_args_find_provider (OcgService *service, const char *profile, GError **error);
/* The one printable word that a key is, of what came through a descriptor. */
OcgSecret *ocg_credential_args_take_secret (GBytes *bytes, GError **error);
/* @error is the keyring's own, which is for logs. */
void ocg_credential_args_return_keyring_error (OcgManagedCall *call, const char *profile,
                                               const GError *error);
