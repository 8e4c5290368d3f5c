/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* A conversation out of any JSON object with the names of the D-Bus API, as the gateway lets it
 * through: what it would refuse is left out. */

#pragma once

#include <json-glib/json-glib.h>

#include "engine/ocg-chat.h"

OcgChat *fuzz_chat_new (JsonObject *json);
