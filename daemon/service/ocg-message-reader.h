/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Messages (aa{sv}) into OcgMessage: the first half of ocg-chat-reader. */

#pragma once

#include "ocg-chat-reader.h"

/* Which file descriptors of a message have been asked for. */
typedef struct
{
  GUnixFDList *list; /* (nullable) */
  guint length;
  guint8 *used; /* (not owned) one for each: whether it has been asked for */
} OcgFdTable;

gboolean ocg_messages_read (GVariant *messages, OcgFdTable *fds, OcgCall *call, GError **error);

/* Size and type of the bytes of an image. */
gboolean ocg_image_check (OcgPart *part, const char *where, const char *key, GError **error);

/* Checks that @text is a JSON object and writes it out again, so that what travels on is JSON in
 * every detail. NULL when it is none. (transfer full) */
char *ocg_normalise_json_object (const char *text);

/* OCG_ERROR_INVALID_REQUEST: "WHEREKEY: MESSAGE" */
void ocg_fail_request (GError **error, const char *where, const char *key, const char *message);
