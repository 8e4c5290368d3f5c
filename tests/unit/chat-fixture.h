/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Models and conversations of golden cases, read from JSON with the names of the D-Bus API. What is
 * wrong in a fixture ends the test. */

#pragma once

#include "catalog/ocg-model.h"
#include "engine/ocg-chat.h"

/* @node: the name of a model in fixtures/models.json, or an object like those in it: "provider" (an
 * id), "entry" (its entry in models.providers, with family and needsKey) and "model" (an entry of
 * models[], or an id that the catalogue does not know). Returns: (transfer full) */
OcgModel *model_fixture_read (JsonNode *node);

/* @chat: "messages", "system", "tools" and the options of Complete() that go to the model; images
 * are base64, arguments, schemas and replay blocks are JSON. Returns: (transfer full) */
OcgChat *chat_fixture_read (JsonObject *chat);
