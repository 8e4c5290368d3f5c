/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What the files of OcgCredentials share. */

#pragma once

#include "ocg-credential-order.h"
#include "ocg-credentials.h"

struct _OcgCredentials
{
  GObject parent_instance;

  OcgKeyring *keyring;
  OcgTokenKeeper *keeper;
  OcgSettings *settings; /* (nullable) */
  OcgClock *clock;
  OcgCooldownTable *cooldowns;
  GHashTable *blamed;    /* id -> OcgProvider: those that @cooldowns are about, as they were */
  GHashTable *last_used; /* profile -> gint64, Unix ms */
};

/* @provider at the region that @item is of, as far as that is known. (transfer full) */
OcgProvider *ocg_credentials_place (OcgCredentials *self, const OcgKeyringItem *item,
                                    OcgProvider *provider);
/* Whether @item is a key of @provider that may go to its server, or that of the key's region. */
gboolean ocg_credentials_is_bound_to (OcgCredentials *self, const OcgKeyringItem *item,
                                      OcgProvider *provider);
/* Whose turn it is when somebody wants to use @model (nullable). @settings: (nullable) */
GPtrArray *ocg_credentials_get_turns (OcgCredentials *self, OcgProvider *provider,
                                      OcgSettings *settings, const char *model);
