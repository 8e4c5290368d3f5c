/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Takes plain text out of openclaw.json and .env once it is in the keyring. */

#pragma once

#include "../config/ocg-config.h"
#include "ocg-import.h"
#include "ocg-locale.h"

/* Those of @entries (of OcgImportEntry, which live until the callback) that are in the keyring and
 * in a file of ours; what came of each is in its "removed". In openclaw.json the profile takes the
 * place of the key, as auth.profiles has it. @locale: of errors */
void ocg_import_removal_async (OcgConfig *config, GPtrArray *entries, locale_t locale,
                               GAsyncReadyCallback callback, gpointer user_data);
/* FALSE: not everything could be; the error is one of ocg_config_write_finish(). */
gboolean ocg_import_removal_finish (GAsyncResult *result, GError **error);
