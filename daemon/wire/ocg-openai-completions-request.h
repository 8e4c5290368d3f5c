/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The request half of openai-completions. Pure. */

#pragma once

#include "ocg-wire.h"

char *ocg_openai_completions_get_url (OcgModel *model);
void ocg_openai_completions_build (OcgWireRequest *request, OcgModel *model, OcgChat *chat);
