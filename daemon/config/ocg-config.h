/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The configuration in force: reads its files, watches them, keeps the last good values of each, and
 * writes changes, one at a time. */

#pragma once

#include <gio/gio.h>

#include "ocg-config-files.h"
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

/* One change: @value (nullable) NULL takes the member away. */
typedef struct
{
  GStrv path; /* as from the top of openclaw.json; "desktop" first leads into desktop.json */
  JsonNode *value;
} OcgConfigEdit;

/* @value: (transfer full) (nullable) */
OcgConfigEdit *ocg_config_edit_new (const char *const *path, JsonNode *value);
void ocg_config_edit_free (OcgConfigEdit *edit);

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
/* FALSE with what is wrong, in the language of the thread, while a state is "invalid". */
gboolean ocg_config_check (OcgConfig *self, GError **error);
OcgSettings *ocg_config_get_settings (OcgConfig *self); /* (transfer none), never NULL */
OcgProblems *ocg_config_validate (OcgConfig *self);     /* (transfer full) */

/* The value in force at @path ("a.b[\"c.d\"][0]", "" for all) as JSON text with secrets masked;
 * ${VAR} is not expanded. Errors: OCG_ERROR_NOT_FOUND, OCG_ERROR_INVALID_ARGS. */
char *ocg_config_get_value (OcgConfig *self, const char *path, GError **error);

/* Makes @edits (of OcgConfigEdit, transfer full) in one write for each file: reads the files as they
 * are now, edits their text, checks what comes out, writes a temporary file beside the target,
 * fsync, rename, fsync of the folder; symlinks and mode are kept, a missing file and folder are made
 * (0600, 0700). Then loads it and emits "changed", before the callback runs.
 * @if_hash: (nullable) fails with OCG_ERROR_CONFIG_CONFLICT when the file is another. A file that
 * does not parse is never written (OCG_ERROR_CONFIG_INVALID). OCG_ERROR_ACCESS_DENIED: the system
 * does not let us. OCG_ERROR_INVALID_ARGS: a literal at the place of a secret, or a new mistake. */
void ocg_config_write_async (OcgConfig *self, GPtrArray *edits, const char *if_hash,
                             GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data);
gboolean ocg_config_write_finish (OcgConfig *self, GAsyncResult *result, GError **error);
