/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-doctor-checks.h"

#include <glib/gi18n.h>
#include <unistd.h>

/* What to do where there is no bus that this terminal knows. */
static void
explain (OcgFinding *finding)
{
  g_autofree char *socket = g_strdup_printf ("/run/user/%u/bus", (guint) getuid ());

  if (g_file_test (socket, G_FILE_TEST_EXISTS))
    ocg_finding_set_fix (finding, "export DBUS_SESSION_BUS_ADDRESS=unix:path=%s", socket);
  else if (g_getenv ("SSH_CONNECTION") != NULL)
    ocg_finding_set_fix (finding, "%s",
                         _ ("A login over SSH has a bus when systemd starts one for the user: "
                            "install dbus-user-session, run “loginctl enable-linger”, and log in "
                            "again. For one command: dbus-run-session -- openclawctl ..."));
  else
    ocg_finding_set_fix (finding, "%s",
                         _ ("Log in to a desktop session, or install dbus-user-session and log in "
                            "again. For one command: dbus-run-session -- openclawctl ..."));
}

void
ocg_check_bus (OcgDoctor *doctor, OcgFinding *finding)
{
  if (doctor->connection != NULL)
    {
      ocg_finding_set (finding, OCG_CHECK_OK, "%s", _ ("It can be reached."));
      return;
    }
  if (doctor->address == NULL)
    {
      ocg_finding_set (finding, OCG_CHECK_PROBLEM, "%s",
                       _ ("There is none that this terminal knows: DBUS_SESSION_BUS_ADDRESS is "
                          "not set, and there is no bus in XDG_RUNTIME_DIR."));
      explain (finding);
      return;
    }
  if (g_error_matches (doctor->connection_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    ocg_finding_set (finding, OCG_CHECK_PROBLEM,
                     /* TRANSLATORS: %s is the address of a bus. */
                     _ ("%s does not answer."), doctor->address);
  else
    ocg_finding_set (finding, OCG_CHECK_PROBLEM,
                     /* TRANSLATORS: %1$s is the address of a bus, %2$s the system's reason. */
                     _ ("%1$s cannot be reached: %2$s"), doctor->address,
                     doctor->connection_error->message);
  ocg_finding_set_fix (finding, "%s",
                       _ ("Log in again, or set DBUS_SESSION_BUS_ADDRESS to the bus of your "
                          "session."));
}
