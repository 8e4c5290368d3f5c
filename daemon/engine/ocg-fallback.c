/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-fallback.h"

/* A longer pause is not worth waiting for. */
#define PATIENCE_MS (10 * 1000)

typedef enum
{
  ENDS = 1 << 0,    /* others would refuse this too, or must not be asked behind one's back */
  ROTATES = 1 << 1, /* it is the profile's matter */
  RETRIES = 1 << 2, /* it may pass soon */
} Nature;

static const struct
{
  OcgError code;
  Nature nature;
} natures[] = {
  { OCG_ERROR_INVALID_REQUEST, ENDS },
  { OCG_ERROR_INVALID_ARGS, ENDS },
  { OCG_ERROR_CONTEXT_OVERFLOW, ENDS },
  { OCG_ERROR_CONTENT_FILTERED, ENDS },
  { OCG_ERROR_CANCELLED, ENDS },
  { OCG_ERROR_CREDENTIAL_REJECTED, ROTATES },
  { OCG_ERROR_CREDENTIAL_EXPIRED, ROTATES },
  { OCG_ERROR_QUOTA_EXCEEDED, ROTATES },
  { OCG_ERROR_RATE_LIMITED, ROTATES | RETRIES },
};

static Nature
get_nature (OcgError code)
{
  for (guint i = 0; i < G_N_ELEMENTS (natures); i++)
    if (natures[i].code == code)
      return natures[i].nature;
  return 0;
}

OcgDecision
ocg_fallback_decide (const OcgSetback *setback)
{
  Nature nature = get_nature (setback->code);
  gboolean is_short = setback->retry_after_ms >= 0 && setback->retry_after_ms <= PATIENCE_MS;

  if (setback->has_content || (nature & ENDS) != 0)
    return OCG_DECISION_STOP;
  if ((nature & RETRIES) != 0 && is_short && !setback->was_retried)
    return OCG_DECISION_RETRY;
  if ((nature & ROTATES) != 0 && setback->has_other_profile)
    return OCG_DECISION_ROTATE;
  return OCG_DECISION_NEXT;
}
