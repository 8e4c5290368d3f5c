/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-fallback.h"

OcgDecision
ocg_fallback_decide (OcgError code, gboolean has_content)
{
  /* Another model would refuse these too, or must not be asked behind the user's back. */
  static const OcgError terminal[] = {
    OCG_ERROR_INVALID_REQUEST, OCG_ERROR_INVALID_ARGS, OCG_ERROR_CONTEXT_OVERFLOW,
    OCG_ERROR_CONTENT_FILTERED, OCG_ERROR_CANCELLED,
  };

  if (has_content)
    return OCG_DECISION_STOP;
  for (guint i = 0; i < G_N_ELEMENTS (terminal); i++)
    if (terminal[i] == code)
      return OCG_DECISION_STOP;
  return OCG_DECISION_NEXT;
}
