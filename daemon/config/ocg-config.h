/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The configuration in force: reads its files, watches them, keeps the last good values of each, and
 * writes changes, one at a time. */

#pragma once

#include <gio/gio.h>

#include "ocg-config-files.h"
#include "ocg-config-patch.h"
#include "ocg-problem.h"
#include "ocg-settings.h"

#define OCG_TYPE_CONFIG (ocg_config_get_type ())
G_DECLARE_FINAL_TYPE (OcgConfig, ocg_config, OCG, CONFIG, GObject)

typedef enum
{
  OCG_CONFIG_OK,
  OCG_CONFIG_MISSING,
  OCG_CONFIG_INVALID,
} OcgConfigState;

typedef enum
{
  OCG_CONFIG_OPENCLAW, /* openclaw.json */
  OCG_CONFIG_DESKTOP,  /* desktop.json */
} OcgConfigDocumentId;

/* What is wrong in @files. Messages in the language of the calling thread. */
typedef OcgProblems *(*OcgConfigValidateFunc) (const OcgSettingsSources *sources,
                                               gpointer user_data);

/* @path: (nullable) NULL finds it: $OPENCLAW_CONFIG_PATH, $OPENCLAW_STATE_DIR/openclaw.json,
 * ~/.openclaw/openclaw.json. Does not read yet. Signal "changed" (GStrv paths): the values in force
 * or the state are others than before. */
OcgConfig *ocg_config_new (const char *path);
void ocg_config_set_validator (OcgConfig *self, OcgConfigValidateFunc validate,
                               gpointer user_data);

/* Reads everything at once: for the start. A file that cannot be read keeps its last good values,
 * sets the state and fails with OCG_ERROR_CONFIG_INVALID (FILE:LINE:COLUMN: ...). */
gboolean ocg_config_load (OcgConfig *self, GError **error);
/* The same in the writer's thread, behind the writes that wait. */
void ocg_config_reload_async (OcgConfig *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean ocg_config_reload_finish (OcgConfig *self, GAsyncResult *result, GError **error);
/* Reads again by itself when a file changes. */
void ocg_config_watch (OcgConfig *self);

const char *ocg_config_get_path (OcgConfig *self, OcgConfigDocumentId id);
const char *ocg_config_get_hash (OcgConfig *self, OcgConfigDocumentId id);
OcgConfigState ocg_config_get_state (OcgConfig *self, OcgConfigDocumentId id);
/* Whether all files could be read, those that are not the user's too. */
gboolean ocg_config_is_good (OcgConfig *self);
/* FALSE with what is wrong, in the language of the thread, while a state is "invalid". */
gboolean ocg_config_check (OcgConfig *self, GError **error);

/* What settings are made of: the last good values of every file. Valid until the next change. */
OcgSettingsSources ocg_config_get_sources (OcgConfig *self);
/* What the login shell exports, "NAME=value". (transfer full) Emits "changed". */
void ocg_config_set_shell_environment (OcgConfig *self, GStrv shell);

/* What is wrong in all files as they were read last, in the language of the thread. (transfer
 * full) */
OcgProblems *ocg_config_validate (OcgConfig *self);
/* The same of the files as they are now, which are put in force; @text: (nullable) looks at this in
 * the place of the file @id. In the language of the thread that calls finish(). (transfer full) */
void ocg_config_validate_async (OcgConfig *self, OcgConfigDocumentId id, GBytes *text,
                                GAsyncReadyCallback callback, gpointer user_data);
OcgProblems *ocg_config_validate_finish (OcgConfig *self, GAsyncResult *result);

/* The value in force at @segments as it is written, secrets too. (transfer full) (nullable) */
JsonNode *ocg_config_dup_value (OcgConfig *self, const char *const *segments);
/* The value in force at @path ("a.b[\"c.d\"][0]", "" for all) as JSON text with secrets masked;
 * ${VAR} is not expanded. Errors: OCG_ERROR_NOT_FOUND, OCG_ERROR_INVALID_ARGS. */
char *ocg_config_get_value (OcgConfig *self, const char *path, GError **error);

/* One write, of one of these. */
typedef struct
{
  OcgConfigDocumentId id;
  GPtrArray *edits;    /* (nullable) of OcgConfigEdit; paths from the top of the document */
  JsonNode *patch;     /* (nullable) a JSON merge patch, an object */
  GBytes *text;        /* (nullable) the whole new text */
  const char *if_hash; /* (nullable) fails with OCG_ERROR_CONFIG_CONFLICT when the file is another */
  gboolean is_explicit; /* the caller wrote the paths: one that leads nowhere is its mistake, and
                           what is taken away has to be there (OCG_ERROR_NOT_FOUND) */
} OcgConfigWrite;

/* Reads the files as they are now, edits their text, checks what comes out, writes a temporary file
 * beside the target, fsync, rename, fsync of the folder; symlinks and mode are kept, a missing file
 * and folder are made (0600, 0700). Then loads it and emits "changed", before the callback runs. A
 * file that cannot be read is never written but as a whole (OCG_ERROR_CONFIG_INVALID).
 * OCG_ERROR_ACCESS_DENIED: the system does not let us. OCG_ERROR_INVALID_ARGS: edits that would put
 * a mistake into the file. Takes nothing of @write. */
void ocg_config_write_async (OcgConfig *self, const OcgConfigWrite *write,
                             GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data);
gboolean ocg_config_write_finish (OcgConfig *self, GAsyncResult *result, GError **error);
