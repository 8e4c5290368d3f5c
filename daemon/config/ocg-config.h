/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The user's openclaw.json: finds it, reads it, keeps the last good settings, and writes changes
 * to it, one at a time. */

#pragma once

#include <gio/gio.h>

#include "ocg-settings.h"

#define OCG_TYPE_CONFIG (ocg_config_get_type ())
G_DECLARE_FINAL_TYPE (OcgConfig, ocg_config, OCG, CONFIG, GObject)

typedef enum
{
  OCG_CONFIG_OK,
  OCG_CONFIG_MISSING,
  OCG_CONFIG_INVALID,
} OcgConfigState;

/* One change: @value (nullable, transfer full into the edit) NULL takes the member away. */
typedef struct
{
  GStrv path;
  JsonNode *value;
} OcgConfigEdit;

OcgConfigEdit *ocg_config_edit_new (const char *const *path, JsonNode *value);
void ocg_config_edit_free (OcgConfigEdit *edit);

/* @path: (nullable) NULL finds it: $OPENCLAW_CONFIG_PATH, $OPENCLAW_STATE_DIR/openclaw.json,
 * ~/.openclaw/openclaw.json. Does not read yet. */
OcgConfig *ocg_config_new (const char *path);

/* Reads the file; used at start and by Reload(). A file that does not parse keeps the last good
 * settings, sets the state and fails with OCG_ERROR_CONFIG_INVALID (FILE:LINE:COLUMN: ...). Emits
 * "changed" when the settings in force are others than before. */
gboolean ocg_config_load (OcgConfig *self, GError **error);

const char *ocg_config_get_path (OcgConfig *self);
const char *ocg_config_get_hash (OcgConfig *self); /* SHA-256, hex; "" when there is no file */
OcgConfigState ocg_config_get_state (OcgConfig *self);
OcgSettings *ocg_config_get_settings (OcgConfig *self); /* (transfer none), never NULL */

/* The value at @path ("a.b[\"c.d\"][0]", "" for all) as JSON text with secrets masked; ADDS no
 * expansion of ${VAR}. Errors: OCG_ERROR_NOT_FOUND, OCG_ERROR_INVALID_ARGS. */
char *ocg_config_get_value (OcgConfig *self, const char *path, GError **error);

/* Makes @edits (of OcgConfigEdit, transfer full) in one write: reads the file as it is now (loading
 * it if somebody else changed it), edits its text, writes a temporary file beside the target, fsync,
 * rename, fsync of the folder, in the one writer thread; symlinks and mode are kept, a missing file
 * and folder are made (0600, 0700). Then loads it and emits "changed", before the callback runs.
 * @if_hash: (nullable) fails with OCG_ERROR_CONFIG_CONFLICT when the file is another. A file that
 * does not parse is never written (OCG_ERROR_CONFIG_INVALID). OCG_ERROR_ACCESS_DENIED: the system
 * does not let us. Translated messages are made in _finish(), in the thread that calls. */
void ocg_config_write_async (OcgConfig *self, GPtrArray *edits, const char *if_hash,
                             GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data);
gboolean ocg_config_write_finish (OcgConfig *self, GAsyncResult *result, GError **error);
