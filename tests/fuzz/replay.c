/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Plays the seeds of every target through it, without a fuzzer and with any compiler:
 *
 *   fuzz-replay TESTS [TARGET [FILE…]]   TAP; TESTS: the folder of all tests
 *   fuzz-replay --list                   names of targets and their dictionaries
 *   fuzz-replay --collect TESTS FOLDER   writes all seeds into FOLDER/TARGET/
 *
 * Each target runs in a process of its own, so that one that crashes is only one that fails. */

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "seeds.h"

/* Of the processor, which others may want too; sanitizers take their time. */
#define SECONDS_PER_SEED 30
/* What takes as long as that is worth a look. */
#define SLOW_SECONDS 5

#define DECLARE(name) int name (const uint8_t *data, size_t size)

DECLARE (fuzz_sse);
DECLARE (fuzz_json);
DECLARE (fuzz_json_skim);
DECLARE (fuzz_json5);
DECLARE (fuzz_json5_edit);
DECLARE (fuzz_classify);
DECLARE (fuzz_config_tree);
DECLARE (fuzz_request);
DECLARE (fuzz_replay_block);
DECLARE (fuzz_text_filter);
DECLARE (fuzz_login_answer);
DECLARE (fuzz_model_list);
DECLARE (fuzz_quota);
DECLARE (fuzz_plaintext);
DECLARE (fuzz_decoder_anthropic_messages);
DECLARE (fuzz_decoder_openai_completions);
DECLARE (fuzz_decoder_openai_responses);
DECLARE (fuzz_body_anthropic_messages);
DECLARE (fuzz_body_openai_completions);
DECLARE (fuzz_body_openai_responses);

#define FIXTURES "unit/fixtures/"

static const FuzzTarget targets[] = {
  { "sse", fuzz_sse, "sse", FIXTURES "anthropic-messages", ".sse" },
  { "json", fuzz_json, "json", FIXTURES "openai-completions", ".body.json" },
  { "json-skim", fuzz_json_skim, "json-skim", FIXTURES "openai-completions", ".body.json" },
  { "json5", fuzz_json5, "json5", FIXTURES "config", ".json5" },
  { "json5-edit", fuzz_json5_edit, "json5", NULL, NULL },
  { "classify", fuzz_classify, "classify", NULL, NULL },
  { "config-tree", fuzz_config_tree, "config-tree", NULL, NULL },
  { "request", fuzz_request, "request", FIXTURES "anthropic-messages", ".json" },
  { "replay-block", fuzz_replay_block, "request", NULL, NULL },
  { "text-filter", fuzz_text_filter, "text-filter", NULL, NULL },
  { "login-answer", fuzz_login_answer, "login-answer", FIXTURES "login", ".answer" },
  { "model-list", fuzz_model_list, "model-list", NULL, NULL },
  { "quota", fuzz_quota, "quota", FIXTURES "quota", ".json" },
  { "plaintext", fuzz_plaintext, "json", NULL, NULL },
  { "decoder-anthropic-messages", fuzz_decoder_anthropic_messages, "anthropic-messages",
    FIXTURES "anthropic-messages", ".sse" },
  { "decoder-openai-completions", fuzz_decoder_openai_completions, "openai-completions",
    FIXTURES "openai-completions", ".sse" },
  { "decoder-openai-responses", fuzz_decoder_openai_responses, "openai-responses",
    FIXTURES "openai-responses", ".sse" },
  { "body-anthropic-messages", fuzz_body_anthropic_messages, "anthropic-messages",
    FIXTURES "anthropic-messages", ".body.json" },
  { "body-openai-completions", fuzz_body_openai_completions, "openai-completions",
    FIXTURES "openai-completions", ".body.json" },
  { "body-openai-responses", fuzz_body_openai_responses, "openai-responses",
    FIXTURES "openai-responses", ".body.json" },
};

/* What the child is doing, for the parent to tell when it is dead. */
typedef struct
{
  guint n_seeds;
  char seed[256];
} Progress;

typedef struct
{
  const FuzzTarget *target;
  Progress *progress;
  const char *folder; /* with --collect */
} Run;

/* SIGPROF ends the process after so many seconds of work; 0: never. */
static void
limit (time_t seconds)
{
  struct itimerval timer = { .it_value = { .tv_sec = seconds } };

  setitimer (ITIMER_PROF, &timer, NULL);
}

/* A copy of the exact size: reading beyond it is seen by the sanitizer. */
static void
play (const char *name, const uint8_t *data, size_t size, gpointer user_data)
{
  Run *self = user_data;
  g_autofree uint8_t *copy = g_memdup2 (size > 0 ? data : (const uint8_t *) "", MAX (size, 1));
  clock_t start = clock ();
  double seconds;

  g_strlcpy (self->progress->seed, name, sizeof self->progress->seed);
  self->progress->n_seeds++;
  limit (SECONDS_PER_SEED);
  self->target->run (copy, size);
  limit (0);
  seconds = (double) (clock () - start) / CLOCKS_PER_SEC;
  if (seconds > SLOW_SECONDS)
    fprintf (stderr, "# %s, %s: %.1f s\n", self->target->name, name, seconds);
}

static int
play_all (const FuzzTarget *target, Progress *progress, const char *tests, char **files)
{
  Run self = { target, progress, NULL };
  gboolean ok = TRUE;

  LLVMFuzzerInitialize (NULL, NULL);
  for (guint i = 0; files[i] != NULL; i++)
    {
      g_autofree char *contents = NULL;
      gsize length;

      if (!g_file_get_contents (files[i], &contents, &length, NULL))
        return EXIT_FAILURE;
      play (files[i], (const uint8_t *) contents, length, &self);
    }
  if (files[0] != NULL)
    return EXIT_SUCCESS;
  g_strlcpy (progress->seed, "a folder that is missing or empty", sizeof progress->seed);
  ok = fuzz_seeds_foreach_file (target, tests, play, &self);
  if (ok)
    fuzz_seeds_foreach_big (target, play, &self);
  return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}

static gboolean
run_target (guint number, const FuzzTarget *target, const char *tests, char **files)
{
  Progress *progress = mmap (NULL, sizeof *progress, PROT_READ | PROT_WRITE,
                             MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  int status = 0;
  gboolean ok;
  pid_t child;

  if (progress == MAP_FAILED)
    return FALSE;
  fflush (stdout);
  child = fork ();
  if (child == 0)
    exit (play_all (target, progress, tests, files));
  while (waitpid (child, &status, 0) < 0 && errno == EINTR)
    ;
  ok = child > 0 && WIFEXITED (status) && WEXITSTATUS (status) == 0;
  printf ("%sok %u - %s (%u seeds)\n", ok ? "" : "not ", number, target->name, progress->n_seeds);
  if (!ok)
    printf ("# %s at the seed %s\n",
            WIFSIGNALED (status) && WTERMSIG (status) == SIGPROF ? "took too long" : "ended",
            progress->seed);
  fflush (stdout);
  munmap (progress, sizeof *progress);
  return ok;
}

static void
save (const char *name, const uint8_t *data, size_t size, gpointer user_data)
{
  Run *self = user_data;
  g_autofree char *path = g_build_filename (self->folder, name, NULL);

  if (!g_file_set_contents (path, (const char *) data, (gssize) size, NULL))
    fuzz_fail (path, "can be written");
}

static int
collect (const char *tests, const char *folder)
{
  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      g_autofree char *path = g_build_filename (folder, targets[i].name, NULL);
      Run self = { &targets[i], NULL, path };

      if (g_mkdir_with_parents (path, 0755) != 0
          || !fuzz_seeds_foreach_file (&targets[i], tests, save, &self))
        {
          fprintf (stderr, "%s: no seeds\n", path);
          return EXIT_FAILURE;
        }
    }
  return EXIT_SUCCESS;
}

static int
list (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    printf ("%s %s\n", targets[i].name, targets[i].dictionary);
  return EXIT_SUCCESS;
}

int
main (int argc, char **argv)
{
  const char *only = argc > 2 ? argv[2] : NULL;
  char **files = argv + MIN (argc, 3);
  gboolean ok = TRUE;

  if (argc == 2 && g_str_equal (argv[1], "--list"))
    return list ();
  if (argc == 4 && g_str_equal (argv[1], "--collect"))
    return collect (argv[2], argv[3]);
  if (argc < 2)
    return EXIT_FAILURE;
  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    if (only == NULL || g_str_equal (only, targets[i].name))
      ok = run_target (i + 1, &targets[i], argv[1], files) && ok;
  if (only == NULL)
    printf ("1..%zu\n", G_N_ELEMENTS (targets));
  return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
