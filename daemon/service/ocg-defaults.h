/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* SetDefaultModel(), SetFallbackModels() and SetAlias(): what is written to openclaw.json, and what
 * the user is told about it. */

#pragma once

#include "ocg-service.h"

/* Each answers @call, now or when the file is written. */
void ocg_defaults_set_model (OcgManagedCall *call, const char *reference);
void ocg_defaults_set_fallbacks (OcgManagedCall *call, const char *const *references);
void ocg_defaults_set_alias (OcgManagedCall *call, const char *reference, const char *alias);
