/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Complete(), Stream() and Submit(): from the call to a running request. */

#pragma once

#include <gio/gunixfdlist.h>

#include "ocg-service.h"

typedef enum
{
  OCG_COMPLETION_COMPLETE,
  OCG_COMPLETION_STREAM,
  OCG_COMPLETION_SUBMIT,
} OcgCompletionKind;

/* Takes @invocation. @fds: (nullable) */
void ocg_completions_handle (OcgService *service, OcgCompletionKind kind,
                             GDBusMethodInvocation *invocation, GUnixFDList *fds,
                             const char *model, GVariant *messages, GVariant *options);
