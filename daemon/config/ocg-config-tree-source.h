/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* One document of a tree with what is known of it. */

#pragma once

#include "ocg-config-tree.h"
#include "ocg-json5-lines.h"
#include "ocg-json5-places.h"

typedef struct
{
  OcgConfigDocument document; /* first: this is what the list of documents points to */
  char *at;                   /* the path of its root in the whole; of several, the first */
  int error_number;           /* of reading it, 0: none */
  dev_t device;               /* with inode, which file it really is; inode 0: not known */
  ino_t inode;

  JsonNode *root;         /* (nullable) NULL: missing or wrong; blank is an empty object */
  OcgJson5Places *places; /* (nullable) NULL: blank too */
  OcgJson5Lines *lines;   /* (nullable) */

  guint depth;       /* of its containers */
  GArray *targets;   /* guint: the documents that it includes */
  guint height;      /* of the longest chain of includes that starts here */
  guint64 n_reads;   /* how often files are read for it, itself counted */
  gboolean repeated; /* stands at more than one place of the tree */
} OcgConfigSource;

/* @at: (transfer full) */
OcgConfigSource *ocg_config_source_new (const char *path, char *at);
void ocg_config_source_free (OcgConfigSource *self);

/* Fills the document and what the system knows. @read: (nullable) NULL reads from the disk */
void ocg_config_source_read (OcgConfigSource *self, OcgConfigReadFunc read, gpointer user_data);

/* FALSE with @problem when its text is wrong. */
gboolean ocg_config_source_parse (OcgConfigSource *self, OcgJson5Problem *problem);

/* Whether both are one file, be it through symlinks. */
gboolean ocg_config_source_is_same (const OcgConfigSource *self, const OcgConfigSource *other);
