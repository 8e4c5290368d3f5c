/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What is left out or said otherwise when a server has refused a request because of it: servers
 * that say they speak an API know different parts of it, and one more try is better than an error
 * that nobody can act on. Pure. */

#pragma once

#include "ocg-error-reply.h"

typedef enum
{
  OCG_MEND_REASONING = 1 << 0,      /* no thoughts of earlier turns */
  OCG_MEND_THINKING_WORD = 1 << 1,  /* "adaptive" for "enabled", and the reverse */
  OCG_MEND_STREAM_OPTIONS = 1 << 2, /* none */
  OCG_MEND_MAX_TOKENS = 1 << 3,     /* the other of its two names */
  OCG_MEND_TEMPERATURE = 1 << 4,    /* none, and no top_p */
  OCG_MEND_DEVELOPER = 1 << 5,      /* "system" */
  OCG_MEND_STORE = 1 << 6,          /* none */
} OcgMends;

/* What to change after @reply to a request that was built with @mends; 0: nothing would help. */
OcgMends ocg_mend_find (const OcgErrorReply *reply, OcgMends mends);
