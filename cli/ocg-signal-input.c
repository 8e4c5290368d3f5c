/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-signal-input.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#define MAX_SIGNALS 8

/* A handler can reach nothing else. */
static volatile sig_atomic_t caught_signal;
static int wake_fds[2] = { -1, -1 };

static struct
{
  int number;
  struct sigaction before;
} watched[MAX_SIGNALS];
static guint n_watched;

static void
on_signal (int number)
{
  int saved_errno = errno;

  caught_signal = number;
  /* One byte is enough, and the pipe may hold it already. */
  (void)!write (wake_fds[1], "", 1);
  errno = saved_errno;
}

void
ocg_signal_input_begin (const int *signals)
{
  struct sigaction action = { .sa_handler = on_signal };
  g_autoptr (GError) error = NULL;

  caught_signal = 0;
  if (!g_unix_open_pipe (wake_fds, FD_CLOEXEC, &error)
      || !g_unix_set_fd_nonblocking (wake_fds[1], TRUE, &error))
    g_error ("%s", error->message);
  for (n_watched = 0; n_watched < MAX_SIGNALS && signals[n_watched] != 0; n_watched++)
    {
      watched[n_watched].number = signals[n_watched];
      sigaction (signals[n_watched], &action, &watched[n_watched].before);
    }
}

void
ocg_signal_input_end (void)
{
  for (guint i = 0; i < n_watched; i++)
    sigaction (watched[i].number, &watched[i].before, NULL);
  n_watched = 0;
  for (guint i = 0; i < G_N_ELEMENTS (wake_fds); i++)
    {
      close (wake_fds[i]);
      wake_fds[i] = -1;
    }
}

gssize
ocg_signal_input_read (char *bytes, gsize size)
{
  struct pollfd fds[] = { { STDIN_FILENO, POLLIN, 0 }, { wake_fds[0], POLLIN, 0 } };

  while (caught_signal == 0)
    {
      int n = poll (fds, G_N_ELEMENTS (fds), -1);

      if (n < 0 && errno != EINTR)
        return -1;
      if (n > 0 && fds[1].revents == 0 && fds[0].revents != 0)
        {
          gssize length = read (STDIN_FILENO, bytes, size);

          if (length >= 0 || errno != EINTR)
            return length;
        }
    }
  errno = EINTR;
  return -1;
}

int
ocg_signal_input_get_caught (void)
{
  return caught_signal;
}
