/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* How a key travels. */

#pragma once

#include "../credentials/ocg-secret.h"
#include "../wire/ocg-wire.h"

/* The header that carries @key (nullable: not known) to the provider of @model. A key that has to be
 * announced adds its header to @request. */
OcgAuthHeader ocg_key_header_choose (OcgWireRequest *request, OcgModel *model, OcgSecret *key);
