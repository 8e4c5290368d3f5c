/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What the gateway finds wrong in the configuration, file by file. */

#pragma once

#include <json-glib/json-glib.h>

#include "ocg-client.h"

typedef enum
{
  OCG_SEVERITY_ERROR,
  OCG_SEVERITY_WARNING,
  OCG_SEVERITY_INFO, /* also what this version does not know */
} OcgSeverity;

typedef struct _OcgProblemList OcgProblemList;

/* Asks the gateway. @text: a descriptor with the text to look at in place of what is in the file,
 * or -1; @document: "openclaw" or "desktop". */
OcgProblemList *ocg_problem_list_fetch (OcgClient *client, int text, const char *document,
                                        GError **error);
void ocg_problem_list_free (OcgProblemList *self);

/* What is about the file @from is now about @to. */
void ocg_problem_list_rename_file (OcgProblemList *self, const char *from, const char *to);
/* Leaves only what is about @file. */
void ocg_problem_list_keep_file (OcgProblemList *self, const char *file);
/* Leaves only what is not. */
void ocg_problem_list_drop_file (OcgProblemList *self, const char *file);
/* Takes away what @known has too, wherever it moved to in its file. */
void ocg_problem_list_subtract (OcgProblemList *self, OcgProblemList *known);

guint ocg_problem_list_count (OcgProblemList *self, OcgSeverity severity);
/* Whether an error is about @file as a whole, so that nothing in it can be read. */
gboolean ocg_problem_list_is_unreadable (OcgProblemList *self, const char *file);
/* "FILE:LINE:COLUMN: MESSAGE" of the first error in @file, else of the first in another one than
 * @other; NULL: there is none. */
char *ocg_problem_list_describe_first (OcgProblemList *self, const char *file, const char *other);

/* One line each of the errors and warnings, of char*. */
GPtrArray *ocg_problem_list_describe_all (OcgProblemList *self);
/* One line each, then how many there are. */
void ocg_problem_list_append (OcgProblemList *self, GString *out, gboolean has_style);
/* {"problems": [...]} with the keys of the D-Bus API. (transfer full) */
JsonNode *ocg_problem_list_to_json (OcgProblemList *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgProblemList, ocg_problem_list_free)
