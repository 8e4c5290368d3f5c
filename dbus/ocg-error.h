/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The one error domain. Each code is one D-Bus error name and one exit code of openclawctl. */

#pragma once

#include <gio/gio.h>

typedef enum
{
  OCG_ERROR_UNKNOWN_MODEL,
  OCG_ERROR_MODEL_NOT_ALLOWED,
  OCG_ERROR_NO_DEFAULT_MODEL,
  OCG_ERROR_PROVIDER_NOT_CONFIGURED,
  OCG_ERROR_CREDENTIAL_MISSING,
  OCG_ERROR_CREDENTIAL_REJECTED,
  OCG_ERROR_CREDENTIAL_EXPIRED,
  OCG_ERROR_KEYRING_LOCKED,
  OCG_ERROR_KEYRING_UNAVAILABLE,
  OCG_ERROR_RATE_LIMITED,
  OCG_ERROR_QUOTA_EXCEEDED,
  OCG_ERROR_OVERLOADED,
  OCG_ERROR_CONTEXT_OVERFLOW,
  OCG_ERROR_INVALID_REQUEST,
  OCG_ERROR_CONTENT_FILTERED,
  OCG_ERROR_TIMEOUT,
  OCG_ERROR_NETWORK,
  OCG_ERROR_TLS,
  OCG_ERROR_PROTOCOL_VIOLATION,
  OCG_ERROR_STREAM_TRUNCATED,
  OCG_ERROR_PROVIDER_ERROR,
  OCG_ERROR_ALL_FAILED,
  OCG_ERROR_CANCELLED,
  OCG_ERROR_CONFIG_INVALID,
  OCG_ERROR_CONFIG_CONFLICT,
  OCG_ERROR_ACCESS_DENIED,
  OCG_ERROR_BUSY,
  OCG_ERROR_NOT_FOUND,
  OCG_ERROR_INVALID_ARGS,
  OCG_ERROR_NOT_SUPPORTED,
} OcgError;

#define OCG_N_ERRORS (OCG_ERROR_NOT_SUPPORTED + 1)

#define OCG_ERROR (ocg_error_quark ())
GQuark ocg_error_quark (void);

/* The full D-Bus name of @code; static. */
const char *ocg_error_get_name (OcgError code);

/* Finds the code of a full D-Bus error name. */
gboolean ocg_error_from_name (const char *name, OcgError *code);

/* What openclawctl exits with when @code ends a command (AllFailed: the code of its last attempt). */
int ocg_error_get_exit_code (OcgError code);
