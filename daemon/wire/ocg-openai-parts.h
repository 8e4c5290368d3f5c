/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Pieces of requests that openai-completions and openai-responses have in common. Pure. */

#pragma once

#include "../catalog/ocg-model.h"
#include "../engine/ocg-chat.h"
#include "ocg-json-writer.h"
#include "ocg-openai-dialect.h"

/* "data:image/png;base64,…" (transfer full) */
char *ocg_openai_dup_data_url (OcgPart *image);
guint ocg_openai_count_images (GPtrArray *parts);
/* All images of tool results. (transfer container) */
GPtrArray *ocg_openai_collect_images (GPtrArray *results);

/* All text among @parts, with @separator between. (transfer full) */
char *ocg_openai_join_text (GPtrArray *parts, const char *separator);
/* What a tool result says, in words. (transfer full) */
char *ocg_openai_dup_result_text (OcgPart *result);

/* Writes "tool_choice" as far as the server takes it; FALSE when it names a tool, which each API
 * writes its own way. */
gboolean ocg_openai_write_tool_choice (OcgJsonWriter *writer, const OcgOpenaiDialect *dialect,
                                       OcgToolChoice choice);
/* The members name, schema and strict. */
void ocg_openai_write_schema (OcgJsonWriter *writer, OcgChat *chat);
/* What was asked for, as far as the model goes; 0: nothing was. */
guint64 ocg_openai_max_tokens (OcgModel *model, OcgChat *chat);
