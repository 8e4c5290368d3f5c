/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-doctor-checks.h"
#include "ocg-doctor-places.h"
#include "ocg-doctor-repair.h"

#include <glib/gi18n.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What the gateway calls a file that it is about to put in the place of another. */
#define TEMPORARY_SUFFIX ".tmp-openclaw-gateway"
/* A write takes no longer. */
#define MIN_AGE_SECONDS 60
#define MAX_ENTRIES 10000
/* What “config edit” calls its folders; g_mkdtemp() fills in the last letters. */
#define COPY_PREFIX "openclawctl-"
#define COPY_NAME_LENGTH (sizeof COPY_PREFIX - 1 + 6)
/* An editor may well be open for a day. */
#define MIN_COPY_AGE_SECONDS (24 * 60 * 60)

static void
check_file (OcgFinding *finding, const char *path)
{
  struct stat info;
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  if (lstat (path, &info) != 0 || !S_ISREG (info.st_mode) || info.st_uid != geteuid ()
      || now - info.st_mtime < MIN_AGE_SECONDS)
    return;
  ocg_finding_suggest (finding, OCG_CHECK_NOTE,
                       _ ("A write that was broken off has left files behind. They are not "
                          "used."));
  ocg_finding_add_detail (finding, "%s", path);
  g_ptr_array_add (finding->repairs, ocg_repair_new (OCG_REPAIR_REMOVE, path));
}

static void
check_folder (OcgFinding *finding, const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name = NULL;

  for (guint i = 0; folder != NULL && i < MAX_ENTRIES && (name = g_dir_read_name (folder)); i++)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      if (g_str_has_suffix (name, TEMPORARY_SUFFIX))
        check_file (finding, file);
    }
}

/* Copies that an editor was left with may be wanted, so they are not removed. */
static void
check_copies (OcgFinding *finding, const char *place)
{
  g_autoptr (GDir) folder = place != NULL ? g_dir_open (place, 0, NULL) : NULL;
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  const char *name = NULL;

  for (guint i = 0; folder != NULL && i < MAX_ENTRIES && (name = g_dir_read_name (folder)); i++)
    {
      g_autofree char *path = g_build_filename (place, name, NULL);
      struct stat info;

      if (!g_str_has_prefix (name, COPY_PREFIX) || strlen (name) != COPY_NAME_LENGTH
          || lstat (path, &info) != 0 || !S_ISDIR (info.st_mode) || info.st_uid != geteuid ()
          || now - info.st_mtime < MIN_COPY_AGE_SECONDS)
        continue;
      ocg_finding_suggest (finding, OCG_CHECK_NOTE,
                           _ ("Copies of the configuration that were edited are still there."));
      ocg_finding_add_detail (finding, "%s", path);
      ocg_finding_set_fix (finding, "%s", _ ("Remove the copies that you no longer need."));
    }
}

static void
check_state_folder (OcgFinding *finding, const char *path)
{
  struct stat info;

  if (stat (path, &info) != 0 || (info.st_mode & 0077) == 0 || info.st_uid != geteuid ())
    return;
  ocg_finding_suggest (finding, OCG_CHECK_WARNING,
                       _ ("Other users of this machine can read what the gateway notes of its "
                          "use."));
  ocg_finding_add_detail (finding, "%s (%04o)", path, (guint) (info.st_mode & 07777));
  g_ptr_array_add (finding->repairs, ocg_repair_new (OCG_REPAIR_MAKE_PRIVATE, path));
}

void
ocg_check_stale_files (OcgDoctor *doctor, OcgFinding *finding)
{
  g_autoptr (OcgPlaces) places = ocg_places_new (doctor);

  check_folder (finding, places->config_folder);
  if (!g_str_equal (places->desktop_folder, places->config_folder))
    check_folder (finding, places->desktop_folder);
  check_state_folder (finding, places->state_folder);
  check_copies (finding, g_getenv ("XDG_RUNTIME_DIR"));
  check_copies (finding, g_get_tmp_dir ());
  if (finding->repairs->len > 0)
    ocg_finding_set_fix (finding, "openclawctl doctor --fix");
  ocg_finding_suggest (finding, OCG_CHECK_OK, _ ("There are none."));
}
