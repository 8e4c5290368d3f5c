/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* All files that the configuration is read from, as they were at one moment. Blocks while it reads,
 * so it is made in a worker thread once the gateway runs; immutable. */

#pragma once

#include "ocg-config-tree.h"

/* Where the files are; all absolute. */
typedef struct
{
  char *config;        /* openclaw.json of the user */
  char *desktop;       /* $XDG_CONFIG_HOME/openclaw-gateway/desktop.json */
  char *admin_config;  /* /etc/openclaw/openclaw.json */
  char *admin_desktop; /* /etc/openclaw/desktop.json */
  char *dotenv;        /* .env in the state folder */
  GStrv models_json;   /* in the state folder, and in agents/main/agent of it */
  char *drop_ins[3];   /* folders, in the order of OcgLayerKind */
} OcgConfigPaths;

/* @config: (nullable) NULL finds it, see ocg_config_new() */
OcgConfigPaths *ocg_config_paths_new (const char *config);
void ocg_config_paths_free (OcgConfigPaths *self);

typedef struct
{
  gatomicrefcount ref_count;
  OcgConfigTree *config;
  OcgConfigTree *desktop;       /* part "desktop" */
  OcgConfigTree *admin_config;
  OcgConfigTree *admin_desktop; /* part "desktop" */
  GPtrArray *models_json;       /* of OcgConfigTree, part "models" */
  GPtrArray *drop_ins[3];       /* of OcgConfigTree, part "models.providers.ID"; by file name */
  char *dotenv;                 /* (nullable) the text */
  int dotenv_error;             /* why there is none: errno; 0 when it is not there */
  guint n_left_out;             /* drop-ins that were too many */
  char *dotenv_path;
} OcgConfigFiles;

OcgConfigFiles *ocg_config_files_load (const OcgConfigPaths *paths);
/* As if none of them were there; reads nothing. */
OcgConfigFiles *ocg_config_files_new_empty (const OcgConfigPaths *paths);
/* Adds what could not be read and is no tree: .env, and drop-ins beyond what anybody needs. */
void ocg_config_files_describe (OcgConfigFiles *self, struct _OcgProblems *problems);
/* A copy in which each tree that is not valid is the one of @good, as far as that is valid. */
OcgConfigFiles *ocg_config_files_keep_good (OcgConfigFiles *self, OcgConfigFiles *good);
/* A copy with other trees for the user's own files. @config, @desktop: (nullable) as they are */
OcgConfigFiles *ocg_config_files_replace (OcgConfigFiles *self, OcgConfigTree *config,
                                          OcgConfigTree *desktop);

/* The value of openclaw.json, or of the gateway's own settings, upon the administrator's: objects
 * are merged, everything else is the user's. (transfer full) */
JsonNode *ocg_config_files_get_value (OcgConfigFiles *self, gboolean desktop);
/* All files that are or would be read, but for those in folders that are not there. */
GStrv ocg_config_files_list (OcgConfigFiles *self, const OcgConfigPaths *paths);
/* Whether both are of the same files with the same bytes. */
gboolean ocg_config_files_is_same (OcgConfigFiles *self, OcgConfigFiles *other);

OcgConfigFiles *ocg_config_files_ref (OcgConfigFiles *self);
void ocg_config_files_unref (OcgConfigFiles *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgConfigPaths, ocg_config_paths_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgConfigFiles, ocg_config_files_unref)
