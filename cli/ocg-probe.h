/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* One small real request to each provider, to see whether it answers. */

#pragma once

#include "ocg-cli.h"

typedef struct
{
  char *provider;
  char *ref;           /* the model that is asked */
  gint64 ms;           /* how long it took; -1: it was not asked */
  OcgFailure *failure; /* NULL: it answered */
} OcgProbe;

/* Whom to ask, of OcgProbe: for each provider of @models (aa{sv}) the default model, else its first
 * fallback, else the first model that may be used. */
GPtrArray *ocg_probe_plan (GVariant *models);

/* Asks one after the other; @timeout_ms is for each. Fails with OCG_ERROR_CANCELLED only. */
gboolean ocg_probe_run_all (OcgClient *client, GPtrArray *probes, guint timeout_ms,
                            GError **error);

/* [{"provider", "model", "ok", "ms", "error"}] */
JsonArray *ocg_probe_list_to_json (GPtrArray *probes);
void ocg_probe_list_append (GPtrArray *probes, GString *out, guint indent);
