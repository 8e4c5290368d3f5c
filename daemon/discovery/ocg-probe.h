/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* One question to one server: which models do you have? */

#pragma once

#include "../credentials/ocg-credentials.h"
#include "../net/ocg-http.h"
#include "ocg-list-format.h"

typedef struct _OcgProbe OcgProbe;

typedef enum
{
  OCG_PROBE_FOUND,   /* it has a list */
  OCG_PROBE_NOTHING, /* nobody is there, or somebody without a list */
  OCG_PROBE_REFUSED, /* it wants a key, another one, or one that is locked */
  OCG_PROBE_SILENT,  /* it is there and did not answer in time */
} OcgProbeEnd;

/* @models: of OcgServedModel when there is a list, else NULL; @format: which list it was. The probe
 * may be freed in it. */
typedef void (*OcgProbeFunc) (OcgProbe *probe, OcgProbeEnd end, GPtrArray *models,
                              OcgListFormat format, gpointer user_data);

/* @first: the list that it had the last time, or OCG_N_LISTS. @done is called once, from the main
 * loop, within two seconds.
 *
 * The server is asked without a key, and once more with one when it wants one and there is one that
 * needs no prompt: a key goes to nobody who can do without, and no user is asked for a password
 * because of a list. */
OcgProbe *ocg_probe_start (OcgProvider *provider, OcgListFormat first, OcgHttp *http,
                           OcgCredentials *credentials, OcgProbeFunc done, gpointer user_data);
/* Before the end, too: then @done is not called. */
void ocg_probe_free (OcgProbe *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgProbe, ocg_probe_free)
