/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What the secret of a keyring item says: a key or token as it is, or, for what expires, JSON text
 * of type oauth or token: {type, access, refresh, expires, lifetime, region, baseUrl, login,
 * endpoint}. Pure. */

#pragma once

#include "ocg-secret.h"

typedef struct
{
  OcgSecret *access;  /* what is sent */
  OcgSecret *refresh; /* (nullable) gives the next access token */
  gint64 expires;     /* Unix ms; 0: not known, or never */
  gint64 lifetime;    /* ms from when it was given to expires; 0: not known */
  char *region;       /* (nullable) of the provider's regions */
  char *base_url;     /* (nullable) what the login said where to send requests (resource_url) */
  char *login;        /* (nullable) the id of the login that it came from */
  char *endpoint;     /* (nullable) the origin of the token endpoint that gave it, to which alone, or
                         to one that counts as the same, the refresh token may go */
} OcgLoginToken;

OcgLoginToken *ocg_login_token_new (OcgSecret *access);
OcgLoginToken *ocg_login_token_copy (const OcgLoginToken *self);
void ocg_login_token_free (OcgLoginToken *self);

/* What stands in the keyring. Text that is no such JSON is a key without an end. NULL when it is
 * damaged: JSON that is broken, or has no access token. */
OcgLoginToken *ocg_login_token_parse (OcgSecret *secret);
OcgSecret *ocg_login_token_print (const OcgLoginToken *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgLoginToken, ocg_login_token_free)
