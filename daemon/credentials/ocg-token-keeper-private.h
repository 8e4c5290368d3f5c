/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What the files of OcgTokenKeeper share. */

#pragma once

#include "ocg-token-keeper.h"

struct _OcgTokenKeeper
{
  GObject parent_instance;

  OcgKeyring *keyring;
  OcgHttp *http;
  OcgClock *clock;
  OcgCatalog *catalog; /* (nullable) */
  GHashTable *slots;   /* profile -> OcgTokenSlot */
};

/* Of the login that is stored as @profile. (transfer none) (nullable) */
OcgProvider *ocg_token_keeper_find_provider (OcgTokenKeeper *self, const char *profile);
/* Emits "changed". */
void ocg_token_keeper_note_change (OcgTokenKeeper *self);
/* Emits "login-needed" or "login-restored". */
void ocg_token_keeper_note_login (OcgTokenKeeper *self, const char *profile, gboolean needed);
