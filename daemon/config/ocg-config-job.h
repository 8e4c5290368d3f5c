/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* One write: planned and done in the writer's thread, checked and told about in the main one. */

#pragma once

#include "ocg-config-files.h"
#include "ocg-config-plan.h"
#include "ocg-config.h"

typedef enum
{
  OCG_CONFIG_JOB_DONE,
  OCG_CONFIG_JOB_CANCELLED,
  OCG_CONFIG_JOB_NO_PLAN, /* see plan */
  OCG_CONFIG_JOB_MISTAKE, /* the change would add one; see validate */
  OCG_CONFIG_JOB_BUSY,    /* somebody else keeps writing */
  OCG_CONFIG_JOB_STALE,   /* somebody else has written: plan again */
  OCG_CONFIG_JOB_CANNOT_WRITE,
  OCG_CONFIG_JOB_CANNOT_MAKE_FOLDER,
} OcgConfigOutcome;

typedef struct
{
  OcgConfigChange *change; /* (owned) */
  OcgConfigPlan *plan;     /* (nullable) (owned) */
  OcgConfigFiles *files;   /* (nullable) (owned) as they were when the job was planned */
  OcgConfigOutcome outcome;
  int error_number;
  char *file; /* (nullable) the one that cannot be written, or that is busy */
  guint tries;
  GHashTable *mistakes; /* (nullable) (owned) how often each is in what the change makes */
} OcgConfigJob;

/* @change: (transfer full) */
OcgConfigJob *ocg_config_job_new (OcgConfigChange *change);
void ocg_config_job_free (OcgConfigJob *self);

/* Both block. Planning reads everything; FALSE when there is nothing to do or to write. */
gboolean ocg_config_job_plan (OcgConfigJob *self, const OcgConfigPaths *paths);
void ocg_config_job_commit (OcgConfigJob *self, GCancellable *cancellable);

/* What the change makes of all files. */
OcgConfigFiles *ocg_config_job_get_result (OcgConfigJob *self);

/* FALSE with an error in the language of the thread when the outcome is not DONE. @mistake:
 * (nullable) for MISTAKE: what would be wrong */
gboolean ocg_config_job_finish (OcgConfigJob *self, const OcgProblem *mistake, GError **error);
