/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Providers and models of one piece of JSON, without a catalogue. What is wrong in it ends the
 * program. */

#pragma once

#include "catalog/ocg-model.h"

/* @json: the fields of data/providers/ID.json; those that are missing have their defaults */
OcgProvider *provider_fixture_new (const char *id, JsonObject *json);
/* @json: one entry of models[] */
OcgModel *provider_fixture_model (OcgProvider *provider, JsonObject *json);
