/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-choice.h"

#include "ocg-output.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* More than anybody types to answer. */
#define LINE_SIZE 256

static volatile sig_atomic_t was_interrupted;

static void
on_interrupt (int number)
{
  was_interrupted = TRUE;
}

gboolean
ocg_choice_is_possible (void)
{
  return ocg_output_is_terminal (STDIN_FILENO) && ocg_output_is_terminal (STDERR_FILENO);
}

/* Returns the letter, what ends the questions, or '?' for anything else. */
static char
read_answer (void)
{
  char line[LINE_SIZE];
  gssize n = read (STDIN_FILENO, line, sizeof line);
  gssize i = 0;

  if (was_interrupted)
    return OCG_CHOICE_INTERRUPTED;
  if (n <= 0)
    return n < 0 && errno == EINTR ? '?' : OCG_CHOICE_END;
  while (i < n && g_ascii_isspace (line[i]))
    i++;
  /* One letter and nothing behind it. */
  if (i < n && g_ascii_isalpha (line[i]) && (i + 1 == n || g_ascii_isspace (line[i + 1])))
    return g_ascii_tolower (line[i]);
  return '?';
}

char
ocg_choice_ask (const char *question, const char *letters)
{
  /* Without SA_RESTART, so that read() comes back. */
  struct sigaction action = { .sa_handler = on_interrupt };
  struct sigaction before;
  char answer = '?';

  was_interrupted = FALSE;
  sigaction (SIGINT, &action, &before);
  while (answer != OCG_CHOICE_END && answer != OCG_CHOICE_INTERRUPTED
         && strchr (letters, answer) == NULL)
    {
      fputs (question, stderr);
      fflush (stderr);
      answer = read_answer ();
    }
  sigaction (SIGINT, &before, NULL);
  if (answer == OCG_CHOICE_END || answer == OCG_CHOICE_INTERRUPTED)
    fputc ('\n', stderr);
  return answer;
}
