/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Runs a request: the requested model first, then the fallbacks, until one answers or the policy
 * says stop. */

#pragma once

#include "../net/ocg-http.h"
#include "ocg-request.h"

/* Starts @request, which ends by itself or by ocg_request_cancel(). */
void ocg_router_run (OcgRequest *request, OcgCredentials *credentials, OcgHttp *http);
