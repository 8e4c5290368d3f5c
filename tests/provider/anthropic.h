/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#pragma once

#include "api.h"

void anthropic_read (JsonObject *json, Chat *chat);
char *anthropic_check (JsonObject *json, gboolean strict);
