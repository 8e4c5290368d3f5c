/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The steps of ocg_setup_run(), each in its file. All fail with an error. */

#pragma once

#include "ocg-setup.h"

/* @word: (nullable) as typed. Leaves the choice NULL when the user skips. */
gboolean ocg_setup_choose (OcgSetup *self, const char *word, gboolean can_skip, GError **error);
gboolean ocg_setup_choose_region (OcgSetup *self, GError **error);
/* The key, checked, or the address of the server. */
gboolean ocg_setup_take_key (OcgSetup *self, GError **error);
gboolean ocg_setup_choose_models (OcgSetup *self, GError **error);
/* Shows what will be written, and does it. */
gboolean ocg_setup_write (OcgSetup *self, GError **error);

const char *ocg_setup_get_provider (OcgSetup *self);
/* "" when there is none. */
const char *ocg_setup_get_region_id (OcgSetup *self);
