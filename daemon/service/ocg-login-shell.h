/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Asks the login shell for variables that the gateway lacks, once the settings want that
 * (env.shellEnv). */

#pragma once

#include "../catalog/ocg-catalog.h"
#include "../config/ocg-config.h"

typedef struct _OcgLoginShell OcgLoginShell;

/* @config: (transfer none) gets the variables. @answered: called when the answer to a question is
 * there, or none is coming. */
OcgLoginShell *ocg_login_shell_new (OcgConfig *config, void (*answered) (gpointer user_data),
                                    gpointer user_data);
/* A question that is under way is dropped. */
void ocg_login_shell_free (OcgLoginShell *self);

/* Looks at the settings of @catalog, and asks if they want it and want something new. Returns
 * whether a question is under way. */
gboolean ocg_login_shell_update (OcgLoginShell *self, OcgCatalog *catalog);
