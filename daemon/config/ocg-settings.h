/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What openclaw.json says for the keys that are ours, in C types. Immutable; a request keeps the
 * one it started with. */

#pragma once

#include <json-glib/json-glib.h>

#include "ocg-environment.h"

/* One entry of agents.defaults.models. */
typedef struct
{
  char *ref;          /* as written, "provider/id" */
  char *alias;        /* (nullable) */
  JsonObject *params; /* (nullable) as ocg_model_params_read() */
} OcgModelEntry;

typedef struct
{
  int ref_count;

  char *primary;        /* (nullable) agents.defaults.model(.primary), a reference or alias */
  GStrv fallbacks;      /* never NULL */
  char *image_primary;  /* (nullable) */
  GStrv image_fallbacks;
  gboolean has_allowlist;   /* agents.defaults.models is present */
  GPtrArray *model_entries; /* of OcgModelEntry, in file order */
  guint timeout_seconds;    /* agents.defaults.timeoutSeconds; 0: not set */
  char *thinking_default;   /* (nullable) */

  gboolean replace;      /* models.mode is "replace" */
  JsonObject *providers; /* models.providers, ${VAR} expanded; never NULL. A provider whose strings
                            name a missing variable carries that string unexpanded, see problems */
  JsonObject *auth_order;    /* auth.order; never NULL */
  JsonObject *auth_profiles; /* auth.profiles; never NULL */

  OcgEnvironment *environment; /* process and env block */
  GPtrArray *problems; /* of char*: one line each, "PATH: what is wrong" (translated); never NULL */
} OcgSettings;

/* Takes what is ours out of a parsed openclaw.json; entries that are wrong are left out and
 * described in problems. @root: (nullable) NULL for no file. @process: see OcgEnvironment. */
OcgSettings *ocg_settings_new (JsonNode *root, const char *const *process);
OcgSettings *ocg_settings_ref (OcgSettings *self);
void ocg_settings_unref (OcgSettings *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgSettings, ocg_settings_unref)
