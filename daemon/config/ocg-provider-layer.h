/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Where entries of providers come from. Later ones win, field by field. */

#pragma once

#include <json-glib/json-glib.h>

#include "ocg-config-tree.h"

typedef enum
{
  OCG_LAYER_INSTALLED,    /* providers.d in the data folder of the program */
  OCG_LAYER_ADMIN,        /* providers.d in /etc/openclaw */
  OCG_LAYER_USER,         /* providers.d in $XDG_CONFIG_HOME/openclaw-gateway */
  OCG_LAYER_MODELS_JSON,  /* models.json of OpenClaw */
  OCG_LAYER_LOGINS,       /* the regions that the user's logins and keys are of */
  OCG_LAYER_ADMIN_CONFIG, /* models.providers of /etc/openclaw/openclaw.json */
  OCG_LAYER_CONFIG,       /* models.providers of the user's openclaw.json */
} OcgLayerKind;

typedef struct
{
  OcgLayerKind kind;
  OcgConfigTree *tree;   /* (owned) for places of problems */
  JsonObject *providers; /* (owned) id as written -> entry; ${VAR} expanded in those of config */
  GHashTable *missing;   /* (owned) (nullable) path -> variable: those that could not be expanded,
                            and are there as they are written. NULL: nothing is expanded here */
} OcgProviderLayer;

/* @missing: (nullable) (transfer none) */
OcgProviderLayer *ocg_provider_layer_new (OcgLayerKind kind, OcgConfigTree *tree,
                                          JsonObject *providers, GHashTable *missing);
void ocg_provider_layer_free (OcgProviderLayer *self);
