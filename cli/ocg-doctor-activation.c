/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-doctor-checks.h"

#include "ocg-names.h"
#include "ocg-records.h"

#include <glib/gi18n.h>
#include <unistd.h>

#define SERVICE_FILE OCG_BUS_NAME ".service"
#define SERVICE_GROUP "D-BUS Service"
#define UNIT "openclaw-gatewayd.service"

/* One that the bus may start the gateway from. */
typedef struct
{
  char *path;
  char *program; /* (nullable) what its Exec names */
} ServiceFile;

static void
service_file_free (ServiceFile *self)
{
  g_free (self->path);
  g_free (self->program);
  g_free (self);
}

static char *
read_program (const char *path)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *command = NULL;
  g_auto (GStrv) argv = NULL;

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL))
    return NULL;
  command = g_key_file_get_string (file, SERVICE_GROUP, "Exec", NULL);
  if (command == NULL || !g_shell_parse_argv (command, NULL, &argv, NULL))
    return NULL;
  return g_strdup (argv[0]);
}

static void
add_service_file (GPtrArray *files, const char *data_folder)
{
  g_autofree char *path
      = g_build_filename (data_folder, "dbus-1", "services", SERVICE_FILE, NULL);
  ServiceFile *file = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return;
  file = g_new0 (ServiceFile, 1);
  file->program = read_program (path);
  file->path = g_steal_pointer (&path);
  g_ptr_array_add (files, file);
}

/* In the order in which the bus looks: the first one counts. */
static GPtrArray *
list_service_files (void)
{
  GPtrArray *files = g_ptr_array_new_with_free_func ((GDestroyNotify) service_file_free);
  const char *const *folders = g_get_system_data_dirs ();
  const char *runtime = g_getenv ("XDG_RUNTIME_DIR");

  if (runtime != NULL && *runtime != '\0')
    add_service_file (files, runtime);
  add_service_file (files, g_get_user_data_dir ());
  for (guint i = 0; folders[i] != NULL; i++)
    add_service_file (files, folders[i]);
  return files;
}

static gboolean
can_run (const ServiceFile *file)
{
  g_autofree char *found = file->program != NULL ? g_find_program_in_path (file->program) : NULL;

  return found != NULL;
}

static void
check_service_files (OcgFinding *finding, GPtrArray *files)
{
  const ServiceFile *first = files->len > 0 ? g_ptr_array_index (files, 0) : NULL;

  for (guint i = 1; i < files->len; i++)
    {
      const ServiceFile *file = g_ptr_array_index (files, i);

      if (g_strcmp0 (file->program, first->program) == 0)
        continue;
      /* TRANSLATORS: two files; the bus reads only the first. */
      ocg_finding_add_detail (finding, _ ("%1$s hides %2$s, which starts another program."),
                              first->path, file->path);
      ocg_finding_suggest (finding, OCG_CHECK_WARNING,
                           _ ("There are several gateways that the bus could start."));
      ocg_finding_set_fix (finding, _ ("Remove the file that you do not mean, then run: %s"),
                           "gdbus call --session --dest org.freedesktop.DBus --object-path "
                           "/org/freedesktop/DBus --method org.freedesktop.DBus.ReloadConfig");
    }
  if (first != NULL && !can_run (first))
    {
      g_autofree char *text = g_strdup_printf (
          /* TRANSLATORS: %1$s is a file, %2$s the program it should start. */
          _ ("%1$s starts %2$s, which cannot be run."), first->path,
          first->program != NULL ? first->program : "?");

      ocg_finding_suggest (finding, OCG_CHECK_PROBLEM, text);
      ocg_finding_set_fix (finding, _ ("Install the gateway again, or remove %s."), first->path);
    }
}

static void
check_version (OcgDoctor *doctor, OcgFinding *finding)
{
  const char *version = ocg_record_get_string (doctor->gateway, "Version");
  /* TRANSLATORS: %s is a version. */
  g_autofree char *good = g_strdup_printf (_ ("It runs, version %s."), version);
  g_autofree char *bad = g_strdup_printf (
      /* TRANSLATORS: two versions. */
      _ ("The gateway that runs is version %1$s, but openclawctl is version %2$s."), version,
      OCG_VERSION);

  if (g_str_equal (version, OCG_VERSION))
    {
      ocg_finding_suggest (finding, OCG_CHECK_OK, good);
      return;
    }
  ocg_finding_suggest (finding, OCG_CHECK_WARNING, bad);
  if (finding->fix == NULL)
    ocg_finding_set_fix (finding, "systemctl --user restart " UNIT);
}

/* Nobody starts the gateway when it is needed. */
static void
explain_not_activatable (OcgFinding *finding, gboolean is_running, GPtrArray *files)
{
  if (is_running)
    ocg_finding_suggest (finding, OCG_CHECK_WARNING,
                         _ ("It runs, but the session bus does not know how to start it again."));
  else
    ocg_finding_suggest (
        finding, OCG_CHECK_PROBLEM,
        _ ("It does not run, and the session bus does not know how to start it."));
  if (finding->fix != NULL)
    return;
  if (files->len > 0)
    ocg_finding_set_fix (finding, "%s",
                         "gdbus call --session --dest org.freedesktop.DBus --object-path "
                         "/org/freedesktop/DBus --method org.freedesktop.DBus.ReloadConfig");
  else
    ocg_finding_set_fix (finding,
                         /* TRANSLATORS: %s is a file. */
                         _ ("Install the gateway, so that %s is in a folder of the bus; or for "
                            "now: openclawctl gateway run"),
                         "dbus-1/services/" SERVICE_FILE);
}

static void
explain_silence (OcgDoctor *doctor, OcgFinding *finding)
{
  /* TRANSLATORS: %s is the reason that the bus gave. */
  g_autofree char *text
      = g_strdup_printf (_ ("It does not answer: %s"), doctor->gateway_error->message);

  ocg_finding_suggest (finding, OCG_CHECK_PROBLEM, text);
  if (finding->fix == NULL)
    ocg_finding_set_fix (finding, "journalctl --user -u " UNIT);
}

void
ocg_check_activation (OcgDoctor *doctor, OcgFinding *finding)
{
  g_autoptr (GPtrArray) files = list_service_files ();
  gboolean is_running = FALSE;
  gboolean is_activatable = FALSE;

  check_service_files (finding, files);
  if (doctor->connection == NULL)
    {
      ocg_finding_suggest (finding, OCG_CHECK_NOTE, _ ("Skipped: there is no session bus."));
      return;
    }
  is_running = ocg_doctor_is_running (doctor, OCG_BUS_NAME);
  is_activatable = ocg_doctor_is_activatable (doctor, OCG_BUS_NAME);
  if (doctor->gateway != NULL)
    check_version (doctor, finding);
  else if (is_running || is_activatable)
    explain_silence (doctor, finding);
  if (!is_activatable)
    explain_not_activatable (finding, is_running, files);
}
