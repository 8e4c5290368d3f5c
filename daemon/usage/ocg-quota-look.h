/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* One look at what is left: fetches the credential, and asks address by address. */

#pragma once

#include "../credentials/ocg-credentials.h"
#include "../net/ocg-http.h"
#include "ocg-quota-report.h"

typedef struct _OcgQuotaLook OcgQuotaLook;

/* Called once, unless the look is cancelled; it is gone then. @report: (nullable) when there is no
 * such credential: @error is OCG_ERROR_CREDENTIAL_MISSING. */
typedef void (*OcgQuotaLookFunc) (OcgQuotaReport *report, const GError *error, gpointer user_data);

/* @quiet: nobody is asked to unlock a keyring. */
OcgQuotaLook *ocg_quota_look_start (OcgCredentials *credentials, OcgHttp *http,
                                    OcgProvider *provider, const char *profile, gboolean quiet,
                                    OcgQuotaLookFunc func, gpointer user_data);
void ocg_quota_look_cancel (OcgQuotaLook *self);
