/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What a change makes of the files: reads them and edits their texts in memory. Blocks, and may run
 * in any thread: what is wrong has no words yet. */

#pragma once

#include "ocg-config-overlay.h"
#include "ocg-config-patch.h"
#include "ocg-config-tree.h"

/* What is wanted; one of edits, patch and text. */
typedef struct
{
  char *path; /* of the main file */
  char *top;  /* (nullable) what it holds a part of: "desktop" */
  GPtrArray *edits; /* (nullable) of OcgConfigEdit, without the top in their paths */
  JsonNode *patch;  /* (nullable) an object */
  GBytes *text;     /* (nullable) the whole new text */
  char *if_hash;    /* (nullable) */
  gboolean is_explicit; /* somebody wrote the paths: one that leads nowhere is their mistake */
} OcgConfigChange;

void ocg_config_change_free (OcgConfigChange *self);

typedef enum
{
  OCG_CONFIG_PLAN_DONE,
  OCG_CONFIG_PLAN_INVALID,  /* before: see the tree */
  OCG_CONFIG_PLAN_CONFLICT, /* before is not the one of if_hash */
  OCG_CONFIG_PLAN_NOT_FOUND,
  OCG_CONFIG_PLAN_REFUSED,  /* see file, problem and edit */
  OCG_CONFIG_PLAN_SPOILT,   /* after cannot be read: see the tree */
} OcgConfigPlanOutcome;

typedef struct
{
  OcgConfigPlanOutcome outcome;
  OcgConfigOverlay *overlay;
  OcgConfigTree *before;
  OcgConfigTree *after; /* the same as before where nothing was changed */
  char *file;           /* (nullable) the one that could not be edited */
  OcgJson5Problem problem;
  GStrv edit; /* (nullable) the path of the edit that was refused */
} OcgConfigPlan;

OcgConfigPlan *ocg_config_plan_new (const OcgConfigChange *change);
void ocg_config_plan_free (OcgConfigPlan *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgConfigPlan, ocg_config_plan_free)
