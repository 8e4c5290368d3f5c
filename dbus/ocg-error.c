/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-error.h"

#include "ocg-names.h"

typedef struct
{
  const char *name;
  int exit_code;
} ErrorRow;

#define ROW(code, short_name, exit_code) [OCG_ERROR_##code] = { OCG_ERROR_PREFIX short_name, exit_code }

static const ErrorRow error_rows[] = {
  ROW (UNKNOWN_MODEL, "UnknownModel", 3),
  ROW (MODEL_NOT_ALLOWED, "ModelNotAllowed", 3),
  ROW (NO_DEFAULT_MODEL, "NoDefaultModel", 3),
  ROW (PROVIDER_NOT_CONFIGURED, "ProviderNotConfigured", 3),
  ROW (CREDENTIAL_MISSING, "CredentialMissing", 4),
  ROW (CREDENTIAL_REJECTED, "CredentialRejected", 4),
  ROW (CREDENTIAL_EXPIRED, "CredentialExpired", 4),
  ROW (KEYRING_LOCKED, "KeyringLocked", 4),
  ROW (KEYRING_UNAVAILABLE, "KeyringUnavailable", 4),
  ROW (RATE_LIMITED, "RateLimited", 6),
  ROW (QUOTA_EXCEEDED, "QuotaExceeded", 6),
  ROW (OVERLOADED, "Overloaded", 6),
  ROW (CONTEXT_OVERFLOW, "ContextOverflow", 1),
  ROW (INVALID_REQUEST, "InvalidRequest", 2),
  ROW (CONTENT_FILTERED, "ContentFiltered", 1),
  ROW (TIMEOUT, "Timeout", 1),
  ROW (NETWORK, "Network", 1),
  ROW (TLS, "Tls", 1),
  ROW (PROTOCOL_VIOLATION, "ProtocolViolation", 1),
  ROW (STREAM_TRUNCATED, "StreamTruncated", 7),
  ROW (PROVIDER_ERROR, "ProviderError", 1),
  ROW (ALL_FAILED, "AllFailed", 1),
  ROW (CANCELLED, "Cancelled", 130),
  ROW (CONFIG_INVALID, "ConfigInvalid", 8),
  ROW (CONFIG_CONFLICT, "ConfigConflict", 8),
  ROW (ACCESS_DENIED, "AccessDenied", 1),
  ROW (BUSY, "Busy", 6),
  ROW (NOT_FOUND, "NotFound", 1),
  ROW (INVALID_ARGS, "InvalidArgs", 2),
  ROW (NOT_SUPPORTED, "NotSupported", 1),
};

G_STATIC_ASSERT (G_N_ELEMENTS (error_rows) == OCG_N_ERRORS);

GQuark
ocg_error_quark (void)
{
  static gsize quark = 0;

  if (g_once_init_enter (&quark))
    {
      GQuark domain = g_quark_from_static_string ("ocg-error-quark");

      for (guint code = 0; code < OCG_N_ERRORS; code++)
        g_dbus_error_register_error (domain, (int) code, error_rows[code].name);
      g_once_init_leave (&quark, domain);
    }
  return (GQuark) quark;
}

const char *
ocg_error_get_name (OcgError code)
{
  g_return_val_if_fail ((guint) code < OCG_N_ERRORS, NULL);
  return error_rows[code].name;
}

gboolean
ocg_error_from_name (const char *name, OcgError *code)
{
  for (guint i = 0; i < OCG_N_ERRORS; i++)
    if (g_strcmp0 (error_rows[i].name, name) == 0)
      {
        *code = (OcgError) i;
        return TRUE;
      }
  return FALSE;
}

int
ocg_error_get_exit_code (OcgError code)
{
  g_return_val_if_fail ((guint) code < OCG_N_ERRORS, 1);
  return error_rows[code].exit_code;
}
