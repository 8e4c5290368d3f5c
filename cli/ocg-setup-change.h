/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What setting up a provider changes in openclaw.json: one merge patch, as it is the user's file
 * and OpenClaw's. */

#pragma once

#include "ocg-setup.h"

typedef struct
{
  JsonObject *patch; /* NULL: nothing */
  JsonNode *model;   /* goes to the end of the provider's list; NULL: nothing */
} OcgSetupChange;

/* Looks at what is there, and takes over no more than it needs. */
void ocg_setup_change_init (OcgSetupChange *self, OcgSetup *setup);
void ocg_setup_change_clear (OcgSetupChange *self);
/* Adds lines (char*) that say what it changes beside models. */
void ocg_setup_change_describe (OcgSetupChange *self, OcgSetup *setup, GPtrArray *lines);
gboolean ocg_setup_change_write (OcgSetupChange *self, OcgSetup *setup, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OcgSetupChange, ocg_setup_change_clear)
