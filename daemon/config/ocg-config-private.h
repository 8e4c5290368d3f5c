/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What the files of OcgConfig share. */

#pragma once

#include "ocg-config-job.h"
#include "ocg-config-watch.h"

struct _OcgConfig
{
  GObject parent_instance;

  OcgConfigPaths *paths;
  GStrv environment; /* of the process */
  GStrv shell;       /* (nullable) */
  OcgConfigFiles *files; /* as they were read; never NULL */
  OcgConfigFiles *good;  /* as they are in force; never NULL */
  OcgConfigValidateFunc validate; /* (nullable) */
  gpointer validate_data;
  OcgConfigWatch *watch; /* (nullable) */

  gint64 believe_at;     /* monotonic, microseconds: when a file that seems to have become worse
                            has; 0: none seems to */

  GHashTable *mistakes;  /* (nullable) how often each is in files */

  GQueue tasks; /* of GTask (owned); the first one runs while is_working */
  gboolean is_working;
};

/* What is wrong in @files. */
OcgProblems *ocg_config_validate_files (OcgConfig *self, OcgConfigFiles *files);

/* Reads everything because a file changed. */
void ocg_config_look (OcgConfig *self);
/* Whether @files should not be believed yet: then they are looked at once more, soon. */
gboolean ocg_config_doubts (OcgConfig *self, OcgConfigFiles *files);

/* Puts what was read in force and emits "changed" if that makes a difference. Takes @files. */
void ocg_config_adopt (OcgConfig *self, OcgConfigFiles *files);
