/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What shows that whoever fetches the token is who asked for the code (RFC 7636, S256), and the
 * state that has to come back. */

#pragma once

#include "../credentials/ocg-secret.h"

typedef struct
{
  OcgSecret *verifier;
  char *challenge;
  char *state;
} OcgPkce;

/* Of random bytes of the system. */
OcgPkce *ocg_pkce_new (void);
void ocg_pkce_free (OcgPkce *self);

/* The challenge of @verifier. Pure. (transfer full) */
char *ocg_pkce_make_challenge (const char *verifier);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgPkce, ocg_pkce_free)
