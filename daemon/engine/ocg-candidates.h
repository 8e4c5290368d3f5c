/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Which models a request may run on, apart from who can serve it now. */

#pragma once

#include "ocg-request.h"

/* The model that @chat goes to first: @model, unless the conversation has images and it takes none.
 * Then a default model (@is_default) gives way to agents.defaults.imageModel, and @stands_in is
 * set; one that was asked for by name is OCG_ERROR_INVALID_REQUEST. Models that are not listed are
 * taken at their word. (transfer full) */
OcgModel *ocg_candidates_choose (OcgModel *model, gboolean is_default, OcgChat *chat,
                                 OcgCatalog *catalog, OcgCredentials *credentials,
                                 gboolean *stands_in, GError **error);

/* The models that follow, those left out that cannot take what the conversation has. Of OcgModel,
 * which the array owns. (transfer full) */
GPtrArray *ocg_candidates_get_fallbacks (OcgRequest *request, OcgCredentials *credentials);
