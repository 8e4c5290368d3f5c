/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* One class for every way in which a provider says no. Table-driven and pure. */

#pragma once

#include "ocg-error-reply.h"

typedef enum
{
  OCG_CLASS_AUTH,
  OCG_CLASS_BILLING,
  OCG_CLASS_RATE_LIMIT,
  OCG_CLASS_OVERLOADED,
  OCG_CLASS_SERVER,
  OCG_CLASS_TIMEOUT,
  OCG_CLASS_MODEL_NOT_FOUND,
  OCG_CLASS_FORMAT,
  OCG_CLASS_CONTEXT_OVERFLOW,
  OCG_CLASS_CONTENT_FILTER,
  OCG_CLASS_PROTOCOL,
} OcgErrorClass;

/* @family: whose numeric codes count: "minimax" or another. */
OcgErrorClass ocg_classify (const OcgErrorReply *reply, const char *family);
