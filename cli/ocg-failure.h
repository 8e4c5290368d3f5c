/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What went wrong, as people, scripts and the shell are told. */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

typedef struct
{
  JsonObject *object; /* the error object: name, message and what else is known */
  int exit_code;
  gboolean is_usage; /* the command line was wrong, as openclawctl itself found */
} OcgFailure;

/* Of a D-Bus call or of our own; messages of the bus are replaced by what to do next. */
OcgFailure *ocg_failure_new_from_error (const GError *error);
/* Of the error line of a stream. */
OcgFailure *ocg_failure_new_from_event (JsonObject *event);
/* Notes that part of the answer had arrived, which decides the exit status unless the user
 * cancelled, and keeps that part in the error object. */
void ocg_failure_set_delivered (OcgFailure *self, const char *text, const char *thinking);
void ocg_failure_free (OcgFailure *self);

/* Says it in other words. */
void ocg_failure_set_message (OcgFailure *self, const char *message);
const char *ocg_failure_get_name (const OcgFailure *self);
const char *ocg_failure_get_message (const OcgFailure *self);
gboolean ocg_failure_is (const OcgFailure *self, int ocg_error_code);

/* {"error": {...}}. (transfer full) */
JsonNode *ocg_failure_to_json (const OcgFailure *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgFailure, ocg_failure_free)
