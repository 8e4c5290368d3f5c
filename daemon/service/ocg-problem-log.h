/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Writes what is wrong in the settings to the log: each thing once, until it is mended. */

#pragma once

#include "../config/ocg-problem.h"

typedef struct _OcgProblemLog OcgProblemLog;

OcgProblemLog *ocg_problem_log_new (void);
void ocg_problem_log_free (OcgProblemLog *self);

/* @problems: all that is wrong now */
void ocg_problem_log_take (OcgProblemLog *self, OcgProblems *problems);
