/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-secret-input.h"

#include "ocg-error.h"
#include "ocg-names.h"
#include "ocg-signal-input.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <termios.h>
#include <unistd.h>

/* One byte more than is allowed tells a secret that is too long from one that just fits. */
#define BUFFER_SIZE (OCG_MAX_SECRET_SIZE + 1)

/* The longest line that the kernel hands out from a terminal in line mode; more is cut silently. */
#define TERMINAL_LINE_MAX 4095

struct _OcgSecretInput
{
  char *bytes; /* BUFFER_SIZE of them, in pages of their own */
  gsize length;
  gboolean has_ended; /* there was nothing more to read, not even the end of a line */
};

static OcgSecretInput *
secret_new (void)
{
  OcgSecretInput *self = g_new0 (OcgSecretInput, 1);
  struct rlimit none = { 0, 0 };

  /* No core file can have the key in it from here on. */
  setrlimit (RLIMIT_CORE, &none);
  self->bytes
      = mmap (NULL, BUFFER_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (self->bytes == MAP_FAILED)
    g_error ("mmap: %s", g_strerror (errno));
  /* Best effort: the limit on locked memory may be small. */
  mlock (self->bytes, BUFFER_SIZE);
  return self;
}

void
ocg_secret_input_free (OcgSecretInput *self)
{
  explicit_bzero (self->bytes, BUFFER_SIZE);
  munmap (self->bytes, BUFFER_SIZE);
  g_free (self);
}

static void
strip_line_end (OcgSecretInput *self)
{
  while (self->length > 0
         && (self->bytes[self->length - 1] == '\n' || self->bytes[self->length - 1] == '\r'))
    self->length--;
}

static gboolean
check (OcgSecretInput *self, GError **error)
{
  gboolean is_blank = TRUE;

  strip_line_end (self);
  for (gsize i = 0; i < self->length; i++)
    is_blank &= g_ascii_isspace (self->bytes[i]);

  if (is_blank)
    g_set_error_literal (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                         _ ("No key was given. Nothing has been stored."));
  else if (self->length > OCG_MAX_SECRET_SIZE)
    g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                 _ ("The key is longer than %d KiB. Nothing has been stored."),
                 OCG_MAX_SECRET_SIZE / 1024);
  else
    return TRUE;
  return FALSE;
}

static gboolean
set_read_error (int saved_errno, GError **error)
{
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved_errno),
               _ ("The key could not be read from standard input: %s."), g_strerror (saved_errno));
  return FALSE;
}

static gboolean
read_all (OcgSecretInput *self, GError **error)
{
  while (self->length < BUFFER_SIZE)
    {
      gssize n = read (STDIN_FILENO, self->bytes + self->length, BUFFER_SIZE - self->length);

      if (n == 0)
        break;
      if (n > 0)
        self->length += (gsize) n;
      else if (errno != EINTR)
        return set_read_error (errno, error);
    }
  return TRUE;
}

static const int watched_signals[]
    = { SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGTTIN, SIGTTOU, 0 };

/* Returns how the terminal was. */
static struct termios
quiet_terminal_begin (void)
{
  struct termios before, quiet;

  /* Before the echo goes, so that it comes back. */
  ocg_signal_input_begin (watched_signals);
  tcgetattr (STDIN_FILENO, &before);
  quiet = before;
  quiet.c_lflag &= ~(tcflag_t) (ECHO | ECHOE | ECHOK | ECHONL);
  quiet.c_lflag |= ICANON | ISIG;
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &quiet);
  return before;
}

static void
quiet_terminal_end (const struct termios *before)
{
  tcsetattr (STDIN_FILENO, TCSAFLUSH, before);
  ocg_signal_input_end ();
}

/* Reads one line without echo. Returns the signal that ended it, or 0, or -1 with errno set. */
static int
read_quiet_line (OcgSecretInput *self, const char *prompt)
{
  struct termios before = quiet_terminal_begin ();
  gssize n = 0;
  int saved_errno = 0;

  fputs (prompt, stderr);
  fflush (stderr);
  n = ocg_signal_input_read (self->bytes, TERMINAL_LINE_MAX + 1);
  saved_errno = errno;
  fputc ('\n', stderr);
  quiet_terminal_end (&before);

  self->length = n > 0 ? (gsize) n : 0;
  self->has_ended = n == 0;
  if (ocg_signal_input_get_caught () != 0)
    return ocg_signal_input_get_caught ();
  errno = saved_errno;
  return n < 0 ? -1 : 0;
}

static gboolean
ask (OcgSecretInput *self, const char *prompt, GError **error)
{
  int ending = 0;

  while ((ending = read_quiet_line (self, prompt)) > 0 && ending != SIGINT && ending != SIGTERM)
    {
      /* Stopped, and asked again once continued; or ended for good. */
      explicit_bzero (self->bytes, BUFFER_SIZE);
      raise (ending);
    }
  if (ending == -1)
    return set_read_error (errno, error);
  if (ending != 0)
    {
      g_set_error_literal (error, OCG_ERROR, OCG_ERROR_CANCELLED,
                           _ ("Cancelled. Nothing has been stored."));
      return FALSE;
    }
  if (self->length >= TERMINAL_LINE_MAX)
    {
      g_set_error_literal (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                           _ ("The key is too long for a terminal. Send it to standard input from "
                              "a file or a password manager."));
      return FALSE;
    }
  return TRUE;
}

OcgSecretInput *
ocg_secret_input_read (const char *prompt, GError **error)
{
  g_autoptr (OcgSecretInput) self = secret_new ();
  gboolean ok
      = isatty (STDIN_FILENO) == 1 ? ask (self, prompt, error) : read_all (self, error);

  return ok && check (self, error) ? g_steal_pointer (&self) : NULL;
}

/* A byte at a time, as what follows is not for us. */
static gboolean
read_line (OcgSecretInput *self, GError **error)
{
  while (self->length < BUFFER_SIZE)
    {
      gssize n = read (STDIN_FILENO, self->bytes + self->length, 1);

      self->has_ended = n == 0 && self->length == 0;
      if (n == 0 || (n == 1 && self->bytes[self->length] == '\n'))
        break;
      if (n > 0)
        self->length += (gsize) n;
      else if (errno != EINTR)
        return set_read_error (errno, error);
    }
  return TRUE;
}

OcgSecretInput *
ocg_secret_input_read_line (const char *prompt, GError **error)
{
  g_autoptr (OcgSecretInput) self = secret_new ();
  gboolean ok
      = isatty (STDIN_FILENO) == 1 ? ask (self, prompt, error) : read_line (self, error);

  if (ok && self->has_ended)
    {
      g_set_error_literal (error, OCG_ERROR, OCG_ERROR_CANCELLED,
                           _ ("There are no more answers to read, so this stops here. Nothing has "
                              "been changed."));
      return NULL;
    }
  return ok && check (self, error) ? g_steal_pointer (&self) : NULL;
}

gboolean
ocg_secret_input_has_prefix (OcgSecretInput *self, const char *prefix)
{
  gsize length = strlen (prefix);
  gsize blanks = 0;

  while (blanks < self->length && g_ascii_isspace (self->bytes[blanks]))
    blanks++;
  return self->length - blanks >= length && memcmp (self->bytes + blanks, prefix, length) == 0;
}

OcgSecretInput *
ocg_secret_input_new_from_env (const char *variable, gboolean is_usual, GError **error)
{
  g_autoptr (OcgSecretInput) self = secret_new ();
  const char *value = g_getenv (variable);

  if (value == NULL || *value == '\0')
    {
      if (is_usual)
        g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                     _ ("%s is not set in this terminal. Set it, or name another variable: "
                        "--from-env VARIABLE."),
                     variable);
      else
        /* What was typed may be the key itself. */
        g_set_error_literal (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                             _ ("The environment variable named with --from-env is not set. The "
                                "option takes the name of a variable, never a key."));
      return NULL;
    }
  self->length = MIN (strlen (value), BUFFER_SIZE);
  memcpy (self->bytes, value, self->length);
  return check (self, error) ? g_steal_pointer (&self) : NULL;
}

int
ocg_secret_input_to_pipe (OcgSecretInput *self, GError **error)
{
  int fds[2] = { -1, -1 };
  gssize written = 0;

  if (!g_unix_open_pipe (fds, FD_CLOEXEC, error))
    return -1;
  /* Nobody reads yet, so all of it has to fit: 64 KiB is what a pipe takes, unless the user has
   * very many of them. */
  fcntl (fds[1], F_SETFL, O_NONBLOCK);
  written = write (fds[1], self->bytes, self->length);
  close (fds[1]);
  if (written == (gssize) self->length)
    return fds[0];

  close (fds[0]);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
                       _ ("The key does not fit into a pipe. Close some programs and try again."));
  return -1;
}
