/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Asks a provider whether it takes a key, and where it does not, whether it would in another of its
 * regions. Costs no tokens. */

#pragma once

#include "../net/ocg-http.h"
#include "ocg-failure.h"
#include "ocg-key-question.h"

typedef enum
{
  OCG_KEY_STATE_OK,
  OCG_KEY_STATE_REJECTED,
  OCG_KEY_STATE_EXPIRED,
  OCG_KEY_STATE_UNKNOWN, /* it could not be asked, or the answer tells nothing */
} OcgKeyState;

typedef struct
{
  OcgKeyState state;
  OcgFailure *why;   /* what people are told; its code means nothing */
  gboolean is_unpaid; /* good, but nothing is left behind it */
  char *region;      /* (nullable) another one, in which the key is good */
  char *region_name; /* (nullable) for people */
} OcgKeyResult;

OcgKeyResult *ocg_key_result_new (OcgKeyState state, OcgFailure *why);
void ocg_key_result_free (OcgKeyResult *self);

typedef struct
{
  OcgProvider *provider;
  OcgProvider *regional; /* (nullable) whose regions count */
  const char *base_url;  /* where the key would be used */
  OcgSecret *secret;     /* (nullable) none is needed */
} OcgKeyCheck;

/* Takes nothing of @check. The key goes to @check->base_url, and if that is the server of a region,
 * to the servers of the others, as far as built-in data or the administrator names them. Never
 * fails but with G_IO_ERROR_CANCELLED. */
void ocg_key_check_async (OcgHttp *http, const OcgKeyCheck *check, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data);
OcgKeyResult *ocg_key_check_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgKeyResult, ocg_key_result_free)
