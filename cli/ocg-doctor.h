/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What the checks of the doctor share: the bus, and what the gateway says of itself. Every call has
 * a limit in time, and what is missing is NULL. */

#pragma once

#include <json-glib/json-glib.h>

#include "ocg-client.h"
#include "ocg-doctor-finding.h"

typedef struct
{
  char *address;               /* (nullable) of the session bus, as far as this terminal knows */
  GDBusConnection *connection; /* (nullable) */
  GError *connection_error;    /* set when there is an address and no connection */
  OcgClient *client;           /* (nullable) */
  GVariant *gateway;           /* (nullable) properties */
  GError *gateway_error;       /* set when there is a connection and the gateway does not answer */
  GVariant *config;            /* (nullable) properties */
  GVariant *models;            /* (nullable) aa{sv}: all of them */
  JsonNode *settings;          /* (nullable) openclaw.json as it is in force, secrets masked */
} OcgDoctor;

/* Connects and asks; starts the gateway if the bus can. */
OcgDoctor *ocg_doctor_new (void);
void ocg_doctor_free (OcgDoctor *self);

/* A call with a limit in time. @reply_type: (nullable) */
GVariant *ocg_doctor_call (OcgDoctor *self, const char *name, const char *path,
                           const char *interface, const char *method, GVariant *parameters,
                           const char *reply_type, GError **error);
GVariant *ocg_doctor_call_bus (OcgDoctor *self, const char *method, GVariant *parameters,
                               const char *reply_type, GError **error);
/* FALSE, too, when the bus does not answer. */
gboolean ocg_doctor_is_running (OcgDoctor *self, const char *name);
gboolean ocg_doctor_is_activatable (OcgDoctor *self, const char *name);

/* FALSE when there is nothing to check, which @finding then says. */
gboolean ocg_doctor_has_bus (OcgDoctor *self, OcgFinding *finding);
gboolean ocg_doctor_has_gateway (OcgDoctor *self, OcgFinding *finding);

/* The value at @member, @member, ... NULL of the settings, or NULL. (transfer none) */
JsonNode *ocg_doctor_get_setting (OcgDoctor *self, const char *member, ...)
    G_GNUC_NULL_TERMINATED;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgDoctor, ocg_doctor_free)
