/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The server: finds out what a request is for. */

#pragma once

#include "connection.h"
#include "settings.h"

typedef struct
{
  Server server;
  guint port;
  const char *fixtures; /* (nullable) */
  Settings settings;
  GHashTable *counts;   /* path -> how many requests came, for sequences */
} Provider;

Provider *provider_new (Loop *loop, Log *log);
void provider_free (Provider *self);

/* Listens on 127.0.0.1; @port 0 picks one. Returns the descriptor, or -1 with errno set. */
int provider_listen (Provider *self, guint port);
