/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Our own settings, desktop.json: read, checked, in C types. Immutable. */

#pragma once

#include "ocg-config-tree.h"
#include "ocg-problem.h"

/* desktop.providers.ID; 0 and NULL: not set. */
typedef struct
{
  guint connect_ms, headers_ms, first_event_ms, idle_ms, total_ms; /* timeouts */
  char *family;
  char *class; /* "local", "cn" or "global" */
  char *ca_file;
  guint max_concurrent;
} OcgDesktopProvider;

typedef struct
{
  GHashTable *providers;    /* id, lower case -> OcgDesktopProvider */
  gboolean allow_remote;    /* desktop.fallback.allow holds "remote" */
  char *within;             /* desktop.fallback.within: "local", "region" or "any" (the default) */
  JsonObject *budgets;      /* (nullable) checked */
  JsonObject *notifications; /* (nullable) checked */
  JsonObject *ledger;       /* (nullable) checked */
  JsonObject *search;       /* (nullable) checked */
} OcgDesktop;

/* @user wins over @admin member by member. @user, @admin: (nullable) trees of the part "desktop" */
OcgDesktop *ocg_desktop_new (OcgConfigTree *user, OcgConfigTree *admin, OcgProblems *problems);
void ocg_desktop_free (OcgDesktop *self);

/* (nullable) @id: normalised */
const OcgDesktopProvider *ocg_desktop_find_provider (const OcgDesktop *self, const char *id);
