/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What the doctor may do by itself: make a file private, or remove what a writer left behind. Only
 * what belongs to the user is touched. */

#pragma once

#include <gio/gio.h>

typedef enum
{
  OCG_REPAIR_MAKE_PRIVATE, /* 0600, or 0700 for a folder */
  OCG_REPAIR_REMOVE,       /* a regular file */
} OcgRepairKind;

typedef struct
{
  OcgRepairKind kind;
  char *path;
} OcgRepair;

OcgRepair *ocg_repair_new (OcgRepairKind kind, const char *path);
void ocg_repair_free (OcgRepair *self);

/* What will be done, for people to agree to. (transfer full) */
char *ocg_repair_describe (const OcgRepair *self);
gboolean ocg_repair_run (const OcgRepair *self, GError **error);
