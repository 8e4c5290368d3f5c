/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What is posted to the endpoints of a login, as application/x-www-form-urlencoded. Wiped when it
 * is freed. Pure. */

#pragma once

#include "ocg-login-code.h"
#include "ocg-pkce.h"

/* Asks for a code. */
GBytes *ocg_login_form_for_code (const OcgLoginPlan *plan, const OcgPkce *pkce);
/* Asks whether the user has entered it. */
GBytes *ocg_login_form_for_poll (const OcgLoginPlan *plan, const OcgLoginCode *code,
                                 const OcgPkce *pkce);
/* Asks for the next access token. */
GBytes *ocg_login_form_for_refresh (const OcgLoginPlan *plan, OcgSecret *refresh);
