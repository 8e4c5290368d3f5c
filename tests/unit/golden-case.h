/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* A golden case of a wire API, fixtures/API/CASE.*:
 *   CASE.json    what it is about, the conversation, the request we send for it, and what the
 *                official SDK makes of the answer
 *   CASE.sse     the answer as a stream, or CASE.body.json, not streamed
 *   CASE.events  what it is about once more, then the canonical events that we make of the answer
 *                (see golden-run.h)
 * "{{repeat N C}}" stands for N times C in all three. */

#pragma once

#include "wire/ocg-wire.h"

typedef struct
{
  char *api;
  char *name;
  const OcgWire *wire;
  JsonObject *json;
  OcgModel *model;
  OcgChat *chat;
  GBytes *bytes;
  gboolean is_body;
  char *events; /* the lines that are no comments, each with its line end */
} GoldenCase;

/* The names of all cases, sorted. (transfer full) */
GPtrArray *golden_case_list (const char *api);

GoldenCase *golden_case_load (const char *api, const char *name);
void golden_case_free (GoldenCase *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GoldenCase, golden_case_free)
