/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Finds out who sends a request, and has a scenario of a flavour answer it. */

#pragma once

#include "api.h"
#include "provider.h"

/* @prefix: what stands before the path of @api. NULL when there is no such list of models. */
Script *
respond (Provider *provider, const Api *api, const char *prefix, Request *request, guint nth);
