/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Tells the user on the desktop that a login has ended, until there is another one. */

#pragma once

#include "../credentials/ocg-token-keeper.h"
#include "ocg-notifier.h"

typedef struct _OcgLoginNotices OcgLoginNotices;

/* Both have to outlive it. */
OcgLoginNotices *ocg_login_notices_new (OcgTokenKeeper *keeper, OcgNotifier *notifier);
void ocg_login_notices_free (OcgLoginNotices *self);
