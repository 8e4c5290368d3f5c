/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* One profile at the keeper: what is known of its token, who waits for it, and the renewal that is
 * under way for all of them. */

#pragma once

#include "ocg-kept-token.h"
#include "ocg-token-keeper.h"

typedef struct
{
  OcgTokenKeeper *keeper; /* its owner */
  OcgKeptToken *kept;
  GPtrArray *waiters; /* of Waiter */
  gboolean busy;      /* a renewal is under way: it must not be freed */
  gboolean forced;    /* and it does not look at the time */
  gboolean told;      /* that a login is needed */
  guint alarm;
  guint backoff_ms;
  gint64 not_before; /* Unix ms: of renewals that nobody needs yet */
  GError *failure;   /* (nullable) why the last one failed, for a reason that passes */
  gint64 failed_at;  /* Unix ms: when */
  gint64 rests_to;   /* monotonic, microseconds: until then nobody asks again, who waits or not */
  guint rest;        /* the timer that ends it */
  gint64 retry_at;   /* Unix ms: when the login server wants to be asked again; 0: not said */
} OcgTokenSlot;

OcgTokenSlot *ocg_token_slot_new (OcgTokenKeeper *keeper, const char *profile);
void ocg_token_slot_free (OcgTokenSlot *self);

/* Says once that somebody has to log in, or that nobody has to any more. */
void ocg_token_slot_tell (OcgTokenSlot *self, gboolean needed);
/* Sets the alarm for the next renewal that nobody asks for. What has ended while the gateway did not
 * run waits for its next use. */
void ocg_token_slot_wind (OcgTokenSlot *self);
/* Takes note of @token, which is stored. */
void ocg_token_slot_learn (OcgTokenSlot *self, const OcgLoginToken *token);
/* Starts a renewal that nobody waits for. It must not be busy. */
void ocg_token_slot_renew_ahead (OcgTokenSlot *self);
/* See ocg_token_keeper_get_async(), whose task @task is. (transfer full) */
void ocg_token_slot_get (OcgTokenSlot *self, GTask *task, OcgProvider *provider,
                         const OcgLoginToken *stored, OcgSecret *refused);
