/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What the gateway says of the models in use, of their credentials and of what is left. */

#pragma once

#include "ocg-auth-check.h"
#include "ocg-cli.h"

typedef struct
{
  GVariant *gateway;     /* properties */
  GVariant *config;      /* (nullable) properties */
  GVariant *models;      /* (nullable) aa{sv} */
  GVariant *credentials; /* (nullable) aa{sv} */
  GError *credentials_error;
  GVariant *quota;    /* (nullable) aa{sv} */
  GPtrArray *images;  /* of char*, models for images */
  char *refusal;      /* (nullable) why the default model cannot be used at all */
  GPtrArray *missing; /* of char*, providers without a credential */
  GPtrArray *hints;   /* of char* */
  OcgAuthVerdict verdict;
  GPtrArray *probes; /* (nullable) of OcgProbe */
} OcgModelStatus;

/* Asks for everything; only the gateway's own properties have to come. @quota_ms: how long to wait
 * for what is left; 0: do not ask. */
gboolean
ocg_model_status_collect (OcgModelStatus *self, OcgCli *cli, guint quota_ms, GError **error);
void ocg_model_status_clear (OcgModelStatus *self);

/* References that requests may go to, of char*. */
GPtrArray *ocg_model_status_list_models (const OcgModelStatus *self);
/* (transfer full) */
JsonObject *ocg_model_status_to_json (const OcgModelStatus *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OcgModelStatus, ocg_model_status_clear)
