/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Why a request, or one attempt of it, did not end well. The message is put into words only when
 * it is delivered, in the language of whoever gets it. Immutable once made; reference counted. */

#pragma once

#include "../../dbus/ocg-error.h"

#define OCG_FAILURE_MAX_ARGS 4

typedef struct
{
  int ref_count;

  OcgError code;
  const char *msgid; /* static, with {name} where a value goes */
  const char *names[OCG_FAILURE_MAX_ARGS];
  char *values[OCG_FAILURE_MAX_ARGS];

  gboolean retryable;
  gint64 retry_after_ms;  /* -1: not known */
  guint http_status;      /* 0: there was no answer */
  char *provider_code;    /* (nullable) */
  char *provider_message; /* (nullable) redacted, at most 300 characters */
  char *request_id;       /* (nullable) the provider's */
  char *model;            /* (nullable) a reference */
  char *profile;          /* (nullable) */
} OcgFailure;

/* @msgid: marked by N_(); then up to OCG_FAILURE_MAX_ARGS pairs of a name (static) and its value, and
 * NULL. Names instead of printf directives, because translations leave values out and move them. */
OcgFailure *ocg_failure_new (OcgError code, const char *msgid, ...) G_GNUC_NULL_TERMINATED;
/* A message that is in words already, and in the right language. */
OcgFailure *ocg_failure_new_from_error (const GError *error);
OcgFailure *ocg_failure_ref (OcgFailure *self);
void ocg_failure_unref (OcgFailure *self);

/* Our line in the language of the thread's locale, then the provider's own words. */
char *ocg_failure_render (OcgFailure *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgFailure, ocg_failure_unref)
