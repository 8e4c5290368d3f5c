/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What a provider says of what is left: of a plan, of a balance, or of its rate limits. */

#pragma once

#include "../engine/ocg-failure.h"

typedef enum
{
  OCG_QUOTA_OK,
  OCG_QUOTA_UNKNOWN, /* nothing that can be relied on was said */
  OCG_QUOTA_ERROR,   /* the provider refused to say */
} OcgQuotaState;

typedef enum
{
  OCG_QUOTA_PLAN,
  OCG_QUOTA_BALANCE,
  OCG_QUOTA_HEADERS,
} OcgQuotaSource;

typedef enum
{
  OCG_QUOTA_PERCENT,
  OCG_QUOTA_REQUESTS,
  OCG_QUOTA_TOKENS,
} OcgQuotaUnit;

/* A stretch of time, or a kind of use, with a limit of its own. */
typedef struct
{
  const char *label;   /* (nullable) static or interned: "5h", "week", "tokens" */
  double used_percent; /* 0 to 100; negative: not known */
  double used, total;  /* total is 0 when they are not known */
  OcgQuotaUnit unit;   /* of used and total */
  gint64 resets_at;    /* Unix ms; 0: not known */
} OcgQuotaWindow;

typedef struct
{
  int ref_count;

  OcgQuotaState state;
  OcgQuotaSource source;
  gboolean is_rejected; /* the credential was refused */
  gboolean is_of_plan;  /* the credential is that of a plan: a key of one, or a login */
  char *plan;           /* (nullable) its name */
  char *region;         /* (nullable) whose server was asked */
  GArray *windows;      /* of OcgQuotaWindow */
  gboolean has_balance;
  double balance;
  gint64 updated;  /* Unix ms */
  OcgFailure *why; /* (nullable) what people are told beside it; its code means nothing */
} OcgQuotaReport;

OcgQuotaReport *ocg_quota_report_new (OcgQuotaSource source);
OcgQuotaReport *ocg_quota_report_ref (OcgQuotaReport *self);
void ocg_quota_report_unref (OcgQuotaReport *self);

/* Sets state and reason. Takes @why (nullable). */
void ocg_quota_report_set_state (OcgQuotaReport *self, OcgQuotaState state, OcgFailure *why);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgQuotaReport, ocg_quota_report_unref)
