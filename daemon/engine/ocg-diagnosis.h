/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Puts what went wrong with a provider into a failure: the code, our line with the remedy, and the
 * provider's own words without secrets. */

#pragma once

#include "../credentials/ocg-credentials.h"
#include "../net/ocg-http.h"
#include "ocg-failure.h"

typedef enum
{
  OCG_SILENCE_FIRST_EVENT,
  OCG_SILENCE_IDLE,
} OcgSilence;

/* @secret: (nullable) masked wherever the provider repeats it. */
OcgFailure *ocg_diagnose_reply (const OcgErrorReply *reply, OcgModel *model, const char *profile,
                                OcgSecret *secret);
OcgFailure *ocg_diagnose_http (OcgHttpEnd end, const char *detail, OcgModel *model);
/* @bound_origin: (nullable) where the key that was refused may go. @plugin: (nullable) what has to
 * be enabled before anybody can log in. */
OcgFailure *ocg_diagnose_credential (const GError *error, OcgModel *model,
                                     const char *bound_origin, const char *plugin);
/* The login or token @profile (nullable) has ended. @is_login: there is somebody to log in to. */
OcgFailure *ocg_diagnose_ended (const char *profile, gboolean is_login, OcgModel *model);
/* The login came from @endpoint, an origin that is another one than that of @model's provider. */
OcgFailure *ocg_diagnose_endpoint (const char *endpoint, OcgModel *model);
/* The profile that was chosen by hand does not exist. */
OcgFailure *ocg_diagnose_missing_profile (const char *profile, OcgModel *model);
OcgFailure *ocg_diagnose_silence (OcgSilence silence, guint ms, OcgModel *model);
OcgFailure *ocg_diagnose_truncated (OcgModel *model);
/* An answer with nothing but thoughts in it. */
OcgFailure *ocg_diagnose_thoughts_only (OcgModel *model);
/* An answer with nothing in it. @prompt_tokens: what the request was, at least. */
OcgFailure *ocg_diagnose_empty (OcgModel *model, gboolean stopped_by_length, gsize prompt_tokens);
OcgFailure *ocg_diagnose_protocol (const char *problem, OcgModel *model);
OcgFailure *ocg_diagnose_unsupported (OcgModel *model);
