/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The ways to get a credential, as the data of the providers have them: ListAuthChoices(). */

#pragma once

#include "../catalog/ocg-catalog.h"

/* aa{sv}, in the language of the thread. @provider: (nullable) only this one's. Floating. */
GVariant *ocg_auth_choices_list (OcgCatalog *catalog, const char *provider);

/* References of the models of @provider, the suggested default first: what its login suggests, then
 * what is listed and not out of date. (transfer full) */
GStrv ocg_auth_choices_suggest_for_login (OcgCatalog *catalog, OcgProvider *provider);

/* Whether plugins.entries turns @plugin on; NULL is always on. */
gboolean ocg_auth_choices_is_enabled (OcgSettings *settings, const char *plugin);
