/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The "compat" of a model as it stands in a file: which parts of its API a server knows. */

#pragma once

#include "ocg-fields.h"

/* The member "compat" of @fields upon @base (nullable). A value that is wrong is left out and
 * described, and the model is used without it; members that are not known are kept.
 * (transfer full) (nullable) NULL: @fields has none, or something else there. */
JsonNode *ocg_model_compat_read (OcgFields *fields, JsonNode *base);
