/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Our own settings, desktop.json: read, checked, in C types. Immutable. */

#pragma once

#include "ocg-config-tree.h"
#include "ocg-problem.h"

/* desktop.providers.NAME; 0 and NULL: not set. */
typedef struct
{
  char *name; /* in small letters; may be an alias of the provider */
  guint connect_ms, headers_ms, first_event_ms, idle_ms, total_ms; /* timeouts */
  char *family;
  char *class;   /* "local", "cn" or "global" */
  char *ca_file; /* absolute */
  guint max_concurrent;
} OcgDesktopProvider;

typedef struct
{
  double requests, tokens, cost; /* cost in USD; negative: no limit */
} OcgLimits;

typedef struct
{
  OcgLimits day, month;
} OcgBudget;

typedef enum
{
  OCG_WITHIN_ANY,
  OCG_WITHIN_REGION,
  OCG_WITHIN_LOCAL,
} OcgWithin;

typedef struct
{
  GPtrArray *providers;  /* of OcgDesktopProvider; of two that are the same the later one wins */
  gboolean allow_remote; /* desktop.fallback.allow holds "remote" */
  OcgWithin within;      /* desktop.fallback.within */
  OcgBudget total;       /* desktop.budgets.total */
  OcgBudget each_app;    /* desktop.budgets.app */
  GHashTable *app_budgets; /* desktop.budgets.apps: id -> OcgBudget, members that are not set there
                              being negative */
  gboolean notify, notify_login, notify_quota, notify_fallback; /* TRUE */
  gboolean keeps_ledger;  /* TRUE */
  guint keep_ledger_days; /* 400 */
  gboolean search_enabled; /* FALSE */
  char *search_model;      /* (nullable) a reference or alias */
} OcgDesktop;

/* @user wins over @admin member by member. @user, @admin: (nullable) trees of the part "desktop" */
OcgDesktop *ocg_desktop_new (OcgConfigTree *user, OcgConfigTree *admin, OcgProblems *problems);
void ocg_desktop_free (OcgDesktop *self);

/* The families whose quirks there is code for; NULL-terminated. */
const char *const *ocg_desktop_get_families (void);
