/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Whether a change of a file is noticed, however it is made. A change that is not noticed hangs the
 * test until its time is up. */

#include <glib/gstdio.h>
#include <locale.h>
#include <unistd.h>

#include "config/ocg-config-watch.h"

typedef struct
{
  char *folder;
  char *path;
  OcgConfigWatch *watch;
  guint changes;
} Fixture;

static void
on_changed (gpointer user_data)
{
  ((Fixture *) user_data)->changes++;
}

static void
watch (Fixture *fixture)
{
  const char *const files[] = { fixture->path, NULL };
  const char *const folders[] = { NULL };

  ocg_config_watch_set (fixture->watch, files, folders);
}

static void
put (const char *path, const char *text)
{
  g_assert_true (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

static void
wait_for_change (Fixture *fixture)
{
  guint before = fixture->changes;

  while (fixture->changes == before)
    g_main_context_iteration (NULL, TRUE);
  /* What the daemon does: it has read everything anew. */
  watch (fixture);
}

static gboolean
on_time (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
wait_ms (guint ms)
{
  gboolean done = FALSE;

  g_timeout_add (ms, on_time, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("ocg-watch-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "openclaw.json", NULL);
  fixture->watch = ocg_config_watch_new (on_changed, fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autofree char *command = g_strdup_printf ("rm -r %s", fixture->folder);

  ocg_config_watch_free (fixture->watch);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  g_free (fixture->folder);
  g_free (fixture->path);
}

static void
test_file (Fixture *fixture, gconstpointer data)
{
  g_autofree char *other = g_strconcat (fixture->path, ".new", NULL);

  watch (fixture);
  put (fixture->path, "1"); /* made */
  wait_for_change (fixture);
  put (fixture->path, "2"); /* written */
  wait_for_change (fixture);
  put (other, "3"); /* replaced, as editors do */
  g_assert_cmpint (g_rename (other, fixture->path), ==, 0);
  wait_for_change (fixture);
  g_unlink (fixture->path); /* removed */
  wait_for_change (fixture);
  put (fixture->path, "4"); /* made again */
  wait_for_change (fixture);
}

/* Both the link and what it leads to. */
static void
test_symlink (Fixture *fixture, gconstpointer data)
{
  g_autofree char *elsewhere = g_build_filename (fixture->folder, "dotfiles", NULL);
  g_autofree char *target = g_build_filename (elsewhere, "real.json", NULL);
  g_autofree char *other = g_build_filename (elsewhere, "other.json", NULL);

  g_mkdir (elsewhere, 0700);
  put (target, "1");
  put (other, "2");
  g_assert_cmpint (symlink ("dotfiles/real.json", fixture->path), ==, 0);
  watch (fixture);
  put (target, "3");
  wait_for_change (fixture);
  g_assert_cmpint (g_rename (other, target), ==, 0);
  wait_for_change (fixture);
  put (other, "4");
  g_unlink (fixture->path);
  g_assert_cmpint (symlink (other, fixture->path), ==, 0);
  wait_for_change (fixture);
  put (other, "5");
  wait_for_change (fixture);
}

/* Folders that come one after the other. */
static void
test_missing_folder (Fixture *fixture, gconstpointer data)
{
  g_autofree char *outer = g_build_filename (fixture->folder, "a", NULL);
  g_autofree char *inner = g_build_filename (outer, "b", NULL);

  g_free (fixture->path);
  fixture->path = g_build_filename (inner, "openclaw.json", NULL);
  watch (fixture);
  g_mkdir (outer, 0700);
  wait_for_change (fixture);
  g_mkdir (inner, 0700);
  wait_for_change (fixture);
  put (fixture->path, "1");
  wait_for_change (fixture);
}

/* A burst is one change, and files that nobody asked for are none. */
static void
test_rest (Fixture *fixture, gconstpointer data)
{
  g_autofree char *stranger = g_build_filename (fixture->folder, "stranger", NULL);
  guint before = 0;

  watch (fixture);
  for (guint i = 0; i < 20; i++)
    put (fixture->path, i % 2 == 0 ? "even" : "odd");
  wait_for_change (fixture);
  wait_ms (400);
  g_assert_cmpuint (fixture->changes, <=, 3);

  before = fixture->changes;
  put (stranger, "1");
  g_unlink (stranger);
  wait_ms (400);
  g_assert_cmpuint (fixture->changes, ==, before);
}

static void
test_folder (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "providers.d", NULL);
  g_autofree char *file = g_build_filename (folder, "one.json", NULL);
  const char *const files[] = { NULL };
  const char *const folders[] = { folder, NULL };
  guint before = 0;

  ocg_config_watch_set (fixture->watch, files, folders);
  g_mkdir (folder, 0700);
  while (fixture->changes == 0)
    g_main_context_iteration (NULL, TRUE);
  ocg_config_watch_set (fixture->watch, files, folders);
  before = fixture->changes;
  put (file, "1");
  while (fixture->changes == before)
    g_main_context_iteration (NULL, TRUE);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test)                                                                            \
  g_test_add ("/config-watch/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("file", test_file);
  ADD ("symlink", test_symlink);
  ADD ("missing-folder", test_missing_folder);
  ADD ("rest", test_rest);
  ADD ("folder", test_folder);
  return g_test_run ();
}
