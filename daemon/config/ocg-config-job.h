/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* One write to openclaw.json: runs in a thread, is told about in another. */

#pragma once

#include "ocg-config-file.h"
#include "ocg-config.h"
#include "ocg-json5.h"

typedef enum
{
  OCG_CONFIG_JOB_DONE,
  OCG_CONFIG_JOB_CANCELLED,
  OCG_CONFIG_JOB_CONFLICT,
  OCG_CONFIG_JOB_BUSY,
  OCG_CONFIG_JOB_INVALID, /* see problem */
  OCG_CONFIG_JOB_CANNOT_READ,
  OCG_CONFIG_JOB_CANNOT_WRITE,
  OCG_CONFIG_JOB_CANNOT_MAKE_FOLDER,
} OcgConfigOutcome;

typedef struct
{
  char *path;
  GPtrArray *edits; /* of OcgConfigEdit */
  char *if_hash;    /* (nullable) */

  char *target; /* (nullable) where the symlinks of path end */
  OcgConfigOutcome outcome;
  int error_number;
  OcgJson5Problem problem;
  guint failed_edit;  /* when the problem is NOT_OBJECT */
  gboolean has_file;
  OcgConfigFile file; /* with has_file: as it is now, written or not */
} OcgConfigJob;

/* @edits: (transfer full) */
OcgConfigJob *ocg_config_job_new (const char *path, GPtrArray *edits, const char *if_hash);
void ocg_config_job_free (OcgConfigJob *self);

/* Blocks. */
void ocg_config_job_run (OcgConfigJob *self, GCancellable *cancellable);

/* FALSE with a translated error when the outcome is not DONE. */
gboolean ocg_config_job_finish (OcgConfigJob *self, GError **error);

/* @text after all edits; NULL with problem and failed_edit filled. A model that is plain text
 * becomes an object when an edit goes beneath it. */
char *ocg_config_job_edit_text (OcgConfigJob *self, const char *text);
