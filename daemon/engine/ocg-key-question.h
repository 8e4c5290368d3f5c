/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The request that tells whether a provider takes a key, and costs no tokens; and what its answer
 * means. Pure. */

#pragma once

#include "../catalog/ocg-provider.h"
#include "../credentials/ocg-secret.h"

typedef enum
{
  OCG_KEY_GOOD,
  OCG_KEY_UNPAID, /* it is good, but nothing is left behind it */
  OCG_KEY_REFUSED,
  OCG_KEY_UNCLEAR, /* the answer tells nothing of the key */
} OcgKeyVerdict;

typedef struct
{
  char *url;
  GBytes *body;        /* (nullable) makes it a POST */
  GHashTable *headers; /* name -> value */
  OcgAuthHeader auth_header;
  gboolean needs_proof; /* servers may answer it without a key, too: ask once more without one */
} OcgKeyQuestion;

/* @base_url: where the key would be used */
OcgKeyQuestion *ocg_key_question_new (OcgProvider *provider, const char *base_url,
                                      OcgSecret *secret);
void ocg_key_question_free (OcgKeyQuestion *self);

/* @message: (out) (nullable) (transfer full) the provider's own words, as they came. */
OcgKeyVerdict ocg_key_question_judge (OcgProvider *provider, guint status, const char *text,
                                      gsize length, char **message);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgKeyQuestion, ocg_key_question_free)
