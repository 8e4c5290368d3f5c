/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* A request that is shown instead of sent. */

#pragma once

#include "../credentials/ocg-credentials.h"
#include "../wire/ocg-wire.h"
#include "ocg-failure.h"

/* No secret is in it. */
typedef struct
{
  char *url;
  GVariant *headers; /* a{ss}: names in lower case, sorted; keys and what settings say are masked */
  char *body;
} OcgDryRun;

/* What would be sent for @chat. @key: (nullable) decides how a key travels; where the provider needs
 * one and there is none, the place is shown all the same. NULL and @failure when it is too large to
 * be shown. */
OcgDryRun *ocg_dry_run_new (const OcgWire *wire, OcgModel *model, OcgChat *chat, OcgSecret *key,
                            OcgFailure **failure);
void ocg_dry_run_free (OcgDryRun *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgDryRun, ocg_dry_run_free)
