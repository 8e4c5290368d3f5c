/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-plaintext-files.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../config/ocg-dotenv.h"
#include "../config/ocg-wipe.h"
#include "ocg-plaintext-settings.h"
#include "ocg-plaintext-stores.h"

typedef void (*ReadFunc) (const char *file, const char *text, gsize length, GPtrArray *finds);

/* Reads up to @size bytes; what a growing file has more is cut, and then no JSON. */
static OcgPlaintextProblem
read_open (int fd, char **text, gsize *length)
{
  struct stat info;
  gsize size = 0;
  gssize count = 0;

  if (fstat (fd, &info) != 0)
    return OCG_PLAINTEXT_UNREADABLE;
  if (!S_ISREG (info.st_mode))
    return OCG_PLAINTEXT_NO_FILE;
  if (info.st_uid != geteuid ())
    return OCG_PLAINTEXT_NOT_YOURS;
  if (info.st_size > OCG_PLAINTEXT_MAX_SIZE)
    return OCG_PLAINTEXT_TOO_BIG;
  size = (gsize) info.st_size;
  *text = g_malloc0 (size + 1);
  while (*length < size && (count = read (fd, *text + *length, size - *length)) != 0)
    {
      if (count < 0 && errno != EINTR)
        {
          ocg_wipe (g_steal_pointer (text), size);
          return OCG_PLAINTEXT_UNREADABLE;
        }
      *length += count > 0 ? (gsize) count : 0;
    }
  return OCG_PLAINTEXT_FINE;
}

/* Files of other programs: these write them anew, so that a link is none of theirs. */
static void
look_at_store (const char *path, ReadFunc read_text, GPtrArray *finds)
{
  g_autofree char *text = NULL;
  gsize length = 0;
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW);
  OcgPlaintextProblem problem = OCG_PLAINTEXT_UNREADABLE;

  if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
    return;
  if (fd < 0 && (errno == ELOOP || errno == ENXIO))
    problem = OCG_PLAINTEXT_NO_FILE;
  if (fd >= 0)
    {
      problem = read_open (fd, &text, &length);
      close (fd);
    }
  if (problem != OCG_PLAINTEXT_FINE)
    ocg_plaintext_add_problem (finds, OCG_PLAINTEXT_STORE, path, problem);
  else
    {
      read_text (path, text, length, finds);
      ocg_wipe (g_steal_pointer (&text), length);
    }
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
look_at_agents (const char *state, GPtrArray *finds)
{
  g_autofree char *folder = g_build_filename (state, "agents", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL
         && names->len <= OCG_PLAINTEXT_MAX_FILES)
    g_ptr_array_add (names, g_strdup (name));
  if (names->len > OCG_PLAINTEXT_MAX_FILES)
    ocg_plaintext_add_problem (finds, OCG_PLAINTEXT_STORE, folder, OCG_PLAINTEXT_SURPLUS);
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < MIN (names->len, OCG_PLAINTEXT_MAX_FILES); i++)
    {
      g_autofree char *path = g_build_filename (folder, g_ptr_array_index (names, i), "agent",
                                                "auth-profiles.json", NULL);

      look_at_store (path, ocg_plaintext_read_profiles, finds);
    }
}

static void
look_at_dotenv (const char *path, GHashTable *variables, GPtrArray *finds)
{
  g_auto (OcgConfigFile) file = { 0 };

  if (ocg_config_file_read (&file, path) != 0)
    {
      ocg_plaintext_add_problem (finds, OCG_PLAINTEXT_DOTENV, path, OCG_PLAINTEXT_UNREADABLE);
      return;
    }
  if (file.exists && file.stat.st_uid != geteuid ())
    ocg_plaintext_add_problem (finds, OCG_PLAINTEXT_DOTENV, path, OCG_PLAINTEXT_NOT_YOURS);
  else if (file.exists)
    ocg_plaintext_read_dotenv (path, file.text, variables, finds);
  ocg_secret_wipe (file.text, file.length);
}

OcgPlaintextFiles *
ocg_plaintext_files_new (const OcgConfigPaths *paths, GHashTable *variables)
{
  OcgPlaintextFiles *self = g_new0 (OcgPlaintextFiles, 1);
  g_autofree char *state = g_path_get_dirname (paths->dotenv);
  g_autofree char *oauth = g_build_filename (state, "credentials", "oauth.json", NULL);
  g_autofree char *cli = g_build_filename (g_get_home_dir (), ".minimax", "oauth_creds.json", NULL);

  self->finds = g_ptr_array_new_with_free_func ((GDestroyNotify) ocg_plaintext_free);
  self->tree = ocg_config_tree_load (paths->config, NULL, NULL);
  /* Those that have names come first, so that they keep them. */
  look_at_agents (state, self->finds);
  look_at_store (oauth, ocg_plaintext_read_oauth, self->finds);
  look_at_store (cli, ocg_plaintext_read_minimax_cli, self->finds);
  ocg_plaintext_read_config (self->tree, variables, self->finds);
  look_at_dotenv (paths->dotenv, variables, self->finds);
  return self;
}

void
ocg_plaintext_files_free (OcgPlaintextFiles *self)
{
  g_ptr_array_unref (self->finds);
  ocg_config_tree_unref (self->tree);
  g_free (self);
}

/* The text without those lines; wiped when it is freed, as the others may be keys. (transfer full) */
static GBytes *
leave_out (const OcgConfigFile *file, GPtrArray *finds)
{
  char *text = g_strndup (file->text, file->length);

  for (guint i = 0; i < finds->len; i++)
    {
      OcgPlaintext *find = g_ptr_array_index (finds, i);
      char *shorter = ocg_dotenv_remove (text, find->variable, ocg_secret_peek (find->secret));

      ocg_wipe_text (text);
      text = shorter;
    }
  return g_bytes_new_with_free_func (text, strlen (text), ocg_wipe_text, text);
}

int
ocg_plaintext_files_remove_lines (const char *path, GPtrArray *finds)
{
  g_auto (OcgConfigFile) file = { 0 };
  g_autofree char *target = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GBytes) text = NULL;
  int folder = -1;
  int problem = ocg_config_file_resolve (path, &target);

  if (problem == 0)
    problem = ocg_config_file_lock (target, &folder);
  if (problem != 0)
    return problem;
  name = g_path_get_basename (target);
  problem = ocg_config_file_read (&file, target);
  /* A zero byte ends the text for the reader, but what is behind it is not ours to drop. */
  if (problem == 0 && (!file.exists || memchr (file.text, '\0', file.length) != NULL))
    problem = EINVAL;
  if (problem == 0)
    {
      text = leave_out (&file, finds);
      problem = ocg_config_file_prepare (folder, name, &file, text);
    }
  if (problem == 0)
    problem = ocg_config_file_put (folder, name, &file);
  close (folder);
  if (file.text != NULL)
    ocg_secret_wipe (file.text, file.length);
  return problem;
}
