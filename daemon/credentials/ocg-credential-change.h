/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What new settings mean for the keys of a provider. Pure. */

#pragma once

#include "../catalog/ocg-provider.h"
#include "../config/ocg-settings.h"

/* Whether @provider has another entry or another key in the environment in @new than in @old, so
 * that what its server has said before says nothing any more. @old: (nullable) */
gboolean ocg_credential_settings_differ (OcgProvider *provider, OcgSettings *old, OcgSettings *new);
