/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* A provider and a model from their entries alone, without a catalogue. What is wrong in an entry
 * ends the program. */

#pragma once

#include "catalog/ocg-model.h"

/* @json: the fields of data/providers/ID.json; those that are missing have their defaults */
OcgProvider *entry_fixture_provider (const char *id, JsonObject *json);
/* @json: one entry of models[] */
OcgModel *entry_fixture_model (OcgProvider *provider, JsonObject *json);
