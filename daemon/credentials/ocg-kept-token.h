/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What the keeper knows of one profile, and when it is due. No I/O. */

#pragma once

#include "../catalog/ocg-provider.h"
#include "ocg-login-token.h"

typedef struct
{
  char *profile;
  gint64 expires;    /* Unix ms; 0: never, or not known */
  gint64 lifetime;   /* ms */
  gint64 renewed_at; /* Unix ms, when it was renewed here; 0: was not */
  gint64 forced_at;  /* the same, because it had been refused before its time */
  char *region;      /* (nullable) */
  char *base_url;    /* (nullable) */
  char *endpoint;    /* (nullable) */
  char *print;       /* (nullable) of the refresh token, when there is one */
  char *spent;       /* (nullable) print of the refresh token that was exchanged for it here */
  char *lost;        /* (nullable) print of a refresh token whose exchange had no answer */
  char *refused;     /* (nullable) print of the refresh token that the provider has refused */

  OcgLoginToken *unsaved; /* (nullable) the successor that the keyring has not taken yet */
  char *unsaved_print;    /* (nullable) print of the refresh token that it came of */
  char *unsaved_origin;   /* (nullable) that its item is bound to */
} OcgKeptToken;

OcgKeptToken *ocg_kept_token_new (const char *profile);
void ocg_kept_token_free (OcgKeptToken *self);

/* What tells refresh tokens apart, and is no secret. (nullable) */
char *ocg_kept_token_print (const OcgLoginToken *token);

/* Takes note of what is stored. Returns whether more has changed than the times. */
gboolean ocg_kept_token_learn (OcgKeptToken *self, const OcgLoginToken *token, gint64 now);
/* Whether @token is what was stored before the last renewal: somebody has read it just before. */
gboolean ocg_kept_token_is_stale (const OcgKeptToken *self, const OcgLoginToken *token);
/* Takes note that @token has taken the place of @old. */
gboolean ocg_kept_token_learn_next (OcgKeptToken *self, const OcgLoginToken *token,
                                    const OcgLoginToken *old, gint64 now);
void ocg_kept_token_keep_unsaved (OcgKeptToken *self, const OcgLoginToken *token,
                                  const OcgLoginToken *old, const char *origin);
/* Whether there is one that has not ended. */
gboolean ocg_kept_token_has_good_unsaved (const OcgKeptToken *self, gint64 now);
void ocg_kept_token_forget_unsaved (OcgKeptToken *self);

/* Whether there is a refresh token that may be tried, and @provider (nullable) has an endpoint. */
gboolean ocg_kept_token_is_renewable (const OcgKeptToken *self, OcgProvider *provider);
gboolean ocg_kept_token_has_ended (const OcgKeptToken *self, gint64 now);
/* Whether one that was refused has been renewed so lately that doing it again would be no use. */
gboolean ocg_kept_token_was_forced_lately (const OcgKeptToken *self, gint64 now);
/* Whether it is too near its end to be used. */
gboolean ocg_kept_token_is_short (const OcgKeptToken *self, gint64 now);
/* When it is renewed while nobody uses it; Unix ms. */
gint64 ocg_kept_token_get_due_time (const OcgKeptToken *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgKeptToken, ocg_kept_token_free)
