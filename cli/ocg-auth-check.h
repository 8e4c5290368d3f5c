/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Whether the models that are in use can be used, today and tomorrow. */

#pragma once

#include "ocg-client.h"

/* What “models status --check” exits with. */
typedef enum
{
  OCG_AUTH_OK = 0,
  OCG_AUTH_MISSING = 1, /* or expired, or nothing is configured */
  OCG_AUTH_EXPIRING = 2,
} OcgAuthVerdict;

/* The worst of the providers of @refs (of char*, references or aliases). @models: (nullable) aa{sv}
 * as of ListModels; @credentials: (nullable) aa{sv} as of ListCredentials; @now: Unix time in ms. */
OcgAuthVerdict ocg_auth_check (GPtrArray *refs, GVariant *models, GVariant *credentials,
                               gint64 now);
/* "ok", "missing", "expiring" */
const char *ocg_auth_verdict_to_string (OcgAuthVerdict verdict);

/* What agents.defaults.imageModel names, of char*: references or aliases. */
GPtrArray *ocg_auth_list_image_models (OcgClient *client);
