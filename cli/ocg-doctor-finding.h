/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What one check of the doctor has found, and what can be done about it. */

#pragma once

#include <glib.h>

typedef enum
{
  OCG_CHECK_OK,
  OCG_CHECK_NOTE,
  OCG_CHECK_WARNING,
  OCG_CHECK_PROBLEM,
} OcgCheckState;

typedef struct
{
  OcgCheckState state;
  char *message;      /* one sentence or two */
  GPtrArray *details; /* of char*: files, places, names */
  char *fix;          /* (nullable) what to do: a command, or words */
  GPtrArray *repairs; /* of OcgRepair: what --fix can do */
} OcgFinding;

OcgFinding *ocg_finding_new (void);
void ocg_finding_free (OcgFinding *self);

/* Says this instead of what was said; the old state stays if it was worse. */
void ocg_finding_set (OcgFinding *self, OcgCheckState state, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
/* The same, and nothing is lost: the worst is the message, and what is not as bad, or was said
 * later, becomes a detail. */
void ocg_finding_suggest (OcgFinding *self, OcgCheckState state, const char *message);
void ocg_finding_set_fix (OcgFinding *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
void ocg_finding_add_detail (OcgFinding *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* "ok", "note", "warning", "problem" */
const char *ocg_check_state_to_string (OcgCheckState state);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgFinding, ocg_finding_free)
