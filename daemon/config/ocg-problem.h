/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What is wrong in the files that the gateway reads: where, how bad, and what to do about it. Made
 * by the readers of settings and catalogue; logged, and answered by Config.Validate. Messages are
 * in the language of the thread that makes them. Of values they hold no more than references,
 * names and addresses as they are written: anything else, and what a variable holds, may be a
 * secret. */

#pragma once

#include <glib.h>

#include "ocg-config-tree.h"

typedef enum
{
  OCG_SEVERITY_ERROR,   /* what stands there is left out */
  OCG_SEVERITY_WARNING, /* it is used, and may not do what was meant */
  OCG_SEVERITY_INFO,    /* it is used as said in the message */
} OcgSeverity;

typedef struct
{
  char *file;         /* "" for none, such as a variable of the environment */
  guint line, column; /* from 1, in characters; 0: not known */
  char *path;         /* as ocg-config-path.h writes it; "" for the whole file */
  OcgSeverity severity;
  char *message;      /* translated: what is wrong and what was expected */
  char *suggestion;   /* (nullable) what to write there instead; text to be put in, no sentence */
  gboolean is_outside; /* the file may be right: it is a variable of the environment that is missing */
} OcgProblem;

typedef struct _OcgProblems OcgProblems;

/* So many are kept; then one more says that there are others. */
#define OCG_PROBLEMS_MAX 1000

OcgProblems *ocg_problems_new (void);
void ocg_problems_free (OcgProblems *self);

/* From now on paths that are added mean places in @tree (nullable: in none). The tree has to live
 * until the next call of this, or as long as the list. */
void ocg_problems_set_source (OcgProblems *self, OcgConfigTree *tree);

/* @path: as from the top of openclaw.json, also where the source is a file that holds only a part
 * of it (see ocg_config_tree_load_part()); the place is that of the longest beginning of @path that is
 * there. @suggestion: (nullable). The same problem is added once only. */
void ocg_problems_add (OcgProblems *self, OcgSeverity severity, const char *path,
                       const char *message, const char *suggestion);

/* A variable of the environment that is needed at @path is not set. */
void ocg_problems_add_missing_variable (OcgProblems *self, OcgSeverity severity, const char *path,
                                        const char *name);

/* At a place that the caller knows. @file: (nullable) */
void ocg_problems_add_at (OcgProblems *self, OcgSeverity severity, const char *file, guint line,
                          guint column, const char *path, const char *message,
                          const char *suggestion);

/* Those of one file together, in the order of their places. */
void ocg_problems_sort (OcgProblems *self);

guint ocg_problems_get_n (OcgProblems *self);
const OcgProblem *ocg_problems_get (OcgProblems *self, guint i);

/* "FILE:LINE:COLUMN: PATH: MESSAGE", without the parts that are not known. */
char *ocg_problem_to_line (const OcgProblem *problem);
const char *ocg_severity_to_string (OcgSeverity severity); /* "error", "warning", "info" */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgProblems, ocg_problems_free)
