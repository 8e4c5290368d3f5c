/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Compares what we make of the answer of a golden case with what the official SDK makes of the same
 * bytes: "sdk" of CASE.json, written by fixtures/sdk/replay.mjs. Both are brought to one form:
 *   outcome      "complete", or "failed" where the SDK raises an error
 *   text · thinking · replay (the blocks that thoughts go back with) · refusal
 *   tool-calls   [{id, name, arguments}]
 *   stop · pause
 *   input · output · cache-read · cache-write
 * "differs" of CASE.json names the fields that are meant to be different, each with the reason. */

#pragma once

#include "golden-run.h"

/* What is not as it should be, one line each; a "differs" that does not differ is wrong too. When
 * the SDK raises an error, only the outcome is there to be compared. (transfer full) */
GPtrArray *golden_sdk_compare (GoldenCase *golden, GoldenRun *run);
