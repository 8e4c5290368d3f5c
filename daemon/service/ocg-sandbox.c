/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A pidfd becomes readable when its process ends: then @pid may be somebody else by now. */
static gboolean
is_alive (int pidfd)
{
  struct pollfd poll_fd = { .fd = pidfd, .events = POLLIN };

  return poll (&poll_fd, 1, 0) == 0;
}

/* Snap confinement shows in the AppArmor label, "snap.NAME.APP (enforce)", or in the cgroup. */
static gboolean
is_snap (int pid)
{
  static const char *const files[] = { "attr/current", "cgroup" };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_strdup_printf ("/proc/%d/%s", pid, files[i]);
      g_autofree char *text = NULL;

      if (!g_file_get_contents (path, &text, NULL, NULL))
        continue;
      if (i == 0 ? g_str_has_prefix (text, "snap.") : strstr (text, "/snap.") != NULL)
        return TRUE;
    }
  return FALSE;
}

OcgSandbox
ocg_sandbox_inspect (int pid, int pidfd)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/root", pid);
  int root = open (path, O_RDONLY | O_DIRECTORY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
  OcgSandbox sandbox = OCG_SANDBOX_UNKNOWN;
  struct stat info;

  if (root < 0)
    return OCG_SANDBOX_UNKNOWN;
  if (fstatat (root, ".flatpak-info", &info, AT_SYMLINK_NOFOLLOW) == 0)
    sandbox = OCG_SANDBOX_FLATPAK;
  else if (errno == ENOENT)
    sandbox = is_snap (pid) ? OCG_SANDBOX_SNAP : OCG_SANDBOX_NONE;
  close (root);
  return is_alive (pidfd) ? sandbox : OCG_SANDBOX_UNKNOWN;
}
