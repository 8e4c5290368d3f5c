/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Every wire API; each is defined in the file of its name. */

#pragma once

#include "ocg-wire.h"

extern const OcgWire ocg_wire_anthropic_messages;
extern const OcgWire ocg_wire_openai_completions;
extern const OcgWire ocg_wire_openai_responses;
