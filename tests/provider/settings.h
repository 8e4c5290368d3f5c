/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What holds for all requests: whose server this is where the path does not say it, which model
 * lists there are, and what is in them. Set by options, and by PUT /control while it runs. */

#pragma once

#include "flavour.h"
#include "members.h"

typedef struct
{
  Flavour flavour;
  gboolean has_lists; /* else it is up to the flavour */
  Lists lists;
  JsonArray *models; /* (nullable) else it is up to the flavour */
} Settings;

void settings_init (Settings *self);
void settings_clear (Settings *self);

/* @json: {"flavour": "lmstudio", "lists": "v1,api/v1", "models": [...]}, each of them optional and
 * null for what it was at first. Returns what is wrong with it, or NULL. */
char *settings_apply (Settings *self, JsonObject *json);
/* As above, of the options of the command line, which may be NULL. */
char *settings_options (Settings *self, const char *flavour, const char *lists, const char *file);

Lists settings_get_lists (const Settings *self, Flavour flavour);
/* (transfer full) */
JsonArray *settings_get_models (const Settings *self, Flavour flavour);
