/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* A call of org.openclaw.Gateway.Config whose text comes as an argument or by a descriptor: for what
 * may be a secret, or is long. */

#pragma once

#include "ocg-service.h"

#include <gio/gunixfdlist.h>

typedef struct OcgConfigCall OcgConfigCall;

/* Goes on once the text is there, and ends the call. @text: (nullable) */
typedef void (*OcgConfigTextFunc) (OcgManagedCall *call, OcgConfigCall *self, GBytes *text);

struct OcgConfigCall
{
  OcgConfigTextFunc use_text;
  char *path;        /* (nullable) as the caller wrote it */
  GVariant *options; /* (owned) */
  const char *name;  /* of the argument or option that the text comes in */
  GBytes *text;      /* (nullable) (owned) */
  int fd;            /* -1: none, or the reader has it */
};

typedef struct
{
  const char *path;  /* (nullable) */
  const char *json5; /* (nullable) the text, unless it comes by a descriptor */
  GVariant *handle;  /* (nullable) type h */
  const char *name;
  OcgConfigTextFunc use_text;
} OcgConfigArguments;

/* Answers @invocation, now or later. Returns what a handler returns. */
gboolean ocg_config_call_begin (OcgService *service, GDBusMethodInvocation *invocation,
                                GUnixFDList *fds, GVariant *options,
                                const OcgConfigArguments *arguments);

/* The descriptor that the option @key is; FALSE with an answer sent when it is something else. */
gboolean ocg_config_call_find_handle (OcgService *service, GDBusMethodInvocation *invocation,
                                      GVariant *options, const char *key, GVariant **handle);
