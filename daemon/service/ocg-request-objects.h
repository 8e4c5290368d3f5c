/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The request objects on the bus: /org/openclaw/Gateway/request/SENDER/TOKEN. To anybody but their
 * owner they do not exist. */

#pragma once

#include "../engine/ocg-request.h"

typedef struct _OcgRequestObjects OcgRequestObjects;

OcgRequestObjects *ocg_request_objects_new (GDBusConnection *connection);
void ocg_request_objects_free (OcgRequestObjects *self);

/* The path for @sender and @token (nullable: a random one). OCG_ERROR_INVALID_ARGS when it is in
 * use. (transfer full) */
char *ocg_request_objects_choose_path (OcgRequestObjects *self, const char *sender,
                                       const char *token, GError **error);

/* Lets @sender cancel @request, whose id is its path, until remove(). */
void ocg_request_objects_add (OcgRequestObjects *self, const char *sender, OcgRequest *request);
void ocg_request_objects_remove (OcgRequestObjects *self, OcgRequest *request);
