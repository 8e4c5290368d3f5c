/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What a tree is made of: for the files ocg-config-tree-*.c and ocg-config-include.c only. */

#pragma once

#include "ocg-config-tree-source.h"

#define OCG_CONFIG_INCLUDE "$include"

/* An object with an $include. */
typedef struct
{
  GArray *targets; /* guint, documents in order */
  gboolean alone;  /* one file, and nothing beside it */
} OcgConfigInclude;

typedef enum
{
  OCG_CONFIG_FAULT_UNREADABLE, /* error_number says why */
  OCG_CONFIG_FAULT_SYNTAX,     /* problem says what */
  OCG_CONFIG_FAULT_MISSING,
  OCG_CONFIG_FAULT_CYCLE, /* file: the chain */
  OCG_CONFIG_FAULT_TOO_NESTED,
  OCG_CONFIG_FAULT_TOO_MANY,
  OCG_CONFIG_FAULT_TOO_MUCH_TEXT,
  OCG_CONFIG_FAULT_NO_FILE_NAME,
  OCG_CONFIG_FAULT_SIBLINGS,
  OCG_CONFIG_FAULT_NOT_OBJECT,
  OCG_CONFIG_FAULT_TOO_DEEP,
  OCG_CONFIG_FAULT_TOO_BIG,
} OcgConfigFaultCode;

/* Why a tree is not valid, without words: they are made in the language of who asks. */
typedef struct
{
  OcgConfigFaultCode code;
  guint document;
  guint line, column; /* 0: the whole file */
  char *path;
  char *file; /* (nullable) the file that was to be included */
  int error_number;
  OcgJson5Problem problem;
} OcgConfigFault;

struct _OcgConfigTree
{
  gatomicrefcount ref_count;
  GStrv top;            /* (nullable) */
  GPtrArray *documents; /* of OcgConfigSource */
  GHashTable *includes; /* JsonNode of an object -> OcgConfigInclude */
  GHashTable *spliced;  /* set of JsonNode: containers with an include somewhere in them */
  GArray *faults;       /* of OcgConfigFault */
  JsonNode *root;       /* (nullable) */
  char *hash;
};

OcgConfigSource *ocg_config_tree_get_source (OcgConfigTree *self, guint document);

/* Where @node of a document stands; FALSE when it is not of its text. */
gboolean ocg_config_tree_place_node (OcgConfigTree *self, guint document, JsonNode *node,
                                     OcgConfigPlace *place);

/* A fault at @node (nullable: of the whole file). @path: (transfer full); @file: (transfer full)
 * (nullable). The result is valid until the next one is added, and NULL when there are enough. */
OcgConfigFault *ocg_config_tree_add_fault (OcgConfigTree *self, OcgConfigFaultCode code,
                                           guint document, JsonNode *node, char *path, char *file);
