/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* One configuration file with everything that it includes, merged; it remembers which file and line
 * each value came from. Immutable and reference counted; may be made in one thread and used in
 * another. */

#pragma once

#include <json-glib/json-glib.h>

#include "ocg-config-file.h"
#include "ocg-json5.h"

#define OCG_CONFIG_TREE_MAX_INCLUDE_DEPTH 10
#define OCG_CONFIG_TREE_MAX_INCLUDES 256            /* files read for one tree, repeats counted */
#define OCG_CONFIG_TREE_MAX_TEXT (16 * 1024 * 1024) /* bytes of all of them */

typedef struct _OcgConfigTree OcgConfigTree;
struct _OcgProblems;

/* One file of a tree. */
typedef struct
{
  char *path; /* absolute, as it was asked for: symlinks are not followed in it */
  gboolean exists;
  char *text; /* "" when there is none */
  gsize length;
  char *hash; /* SHA-256 in hexadecimal; "" when there is no file */
} OcgConfigDocument;

typedef struct
{
  guint document;     /* index into ocg_config_tree_get_documents() */
  guint line, column; /* from 1, in characters */
  gsize offset;       /* of the value, in bytes */
} OcgConfigPlace;

/* Reads a file as ocg_config_file_read() does: 0 or errno. */
typedef int (*OcgConfigReadFunc) (OcgConfigFile *file, const char *path, gpointer user_data);

/* Never fails: what cannot be read makes a tree that is not valid. A file that is not there is an
 * empty object. @read: (nullable) NULL reads from the disk. */
OcgConfigTree *ocg_config_tree_load (const char *path, OcgConfigReadFunc read, gpointer user_data);
/* The same for a file that holds only what stands at @top ("models", "models.providers.acme") of
 * openclaw.json: paths are still those of openclaw.json. */
OcgConfigTree *ocg_config_tree_load_part (const char *path, const char *top, OcgConfigReadFunc read,
                                          gpointer user_data);
OcgConfigTree *ocg_config_tree_ref (OcgConfigTree *self);
void ocg_config_tree_unref (OcgConfigTree *self);

const char *ocg_config_tree_get_path (OcgConfigTree *self);
/* The name of the file without its folder and ".json": of a drop-in the provider. */
char *ocg_config_tree_dup_id (OcgConfigTree *self);
/* Whether the file is there and all of it could be read. A file that is missing is valid. */
gboolean ocg_config_tree_exists (OcgConfigTree *self);
gboolean ocg_config_tree_is_valid (OcgConfigTree *self);
/* Of all its files: that of the file alone when it includes none; "" when it is not there. */
const char *ocg_config_tree_get_hash (OcgConfigTree *self);
/* The merged value with ${...} literal; (nullable) NULL when it is not valid, else an object. For a
 * part it is the part. Must not be changed. */
JsonNode *ocg_config_tree_get_root (OcgConfigTree *self);
/* Of OcgConfigDocument: the file itself, then what it includes, each file once, those that are
 * missing too (they may appear). */
GPtrArray *ocg_config_tree_get_documents (OcgConfigTree *self);

/* Adds why the tree is not valid, and names that stand twice in an object, translated: nothing but
 * warnings for one that is. */
void ocg_config_tree_describe (OcgConfigTree *self, struct _OcgProblems *problems);
/* The first of these as OCG_ERROR_CONFIG_INVALID. FALSE when the tree is not valid. */
gboolean ocg_config_tree_check (OcgConfigTree *self, GError **error);

/* Where the value at the longest beginning of @path that is there stands: where its name stands for
 * a member of an object. FALSE: nothing of it is there. */
gboolean ocg_config_tree_find (OcgConfigTree *self, const char *path, OcgConfigPlace *place);

/* Where an edit has to be made. */
typedef struct
{
  guint document;
  GStrv segments;  /* within that file, for ocg_json5_edit(); none: its whole value */
  gboolean shared; /* an object or array that is set there is merged with those of other files, or
                      the file is included at other places too: what is read back may be more than
                      what was set */
} OcgConfigTarget;

void ocg_config_target_free (OcgConfigTarget *self);

/* The file in which a value at @segments (from the root) has to be set: where it lives now, else
 * where the innermost object around it lives. An item "-", or the one behind the last, is added to the
 * last file that has some. An $include itself is set in the file in which it is written. Never NULL
 * for a valid tree; what cannot be done, such as a member of a number, the edit refuses. */
OcgConfigTarget *ocg_config_tree_locate (OcgConfigTree *self, const char *const *segments);
/* All places (of OcgConfigTarget) that have to go so that nothing is left at @segments. */
GPtrArray *ocg_config_tree_locate_all (OcgConfigTree *self, const char *const *segments);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgConfigTree, ocg_config_tree_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgConfigTarget, ocg_config_target_free)
