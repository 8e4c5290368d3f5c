/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Whether a process is in a sandbox, read from /proc. */

#pragma once

#include <glib.h>

typedef enum
{
  OCG_SANDBOX_NONE,
  OCG_SANDBOX_FLATPAK,
  OCG_SANDBOX_SNAP,
  OCG_SANDBOX_UNKNOWN, /* could not be found out: treated like a sandbox */
} OcgSandbox;

/* Looks at process @pid through @pidfd, which the caller opened before it asked again who @pid is.
 * May block on file systems that the process has mounted: not for the main loop. */
OcgSandbox ocg_sandbox_inspect (int pid, int pidfd);
