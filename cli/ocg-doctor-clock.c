/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-doctor-checks.h"
#include "ocg-doctor-places.h"

#include <glib/gi18n.h>
#include <sys/stat.h>

/* 2026-01-01: this program did not exist before. */
#define FIRST_SECOND G_GINT64_CONSTANT (1767225600)
/* Builders and users may be in other time zones, and clocks differ a little. */
#define PROGRAM_TOLERANCE_SECONDS (2 * 24 * 60 * 60)
#define FILE_TOLERANCE_SECONDS 120

/* When @path was last changed; 0 when nobody knows. */
static gint64
get_time (const char *path)
{
  struct stat info;

  return stat (path, &info) == 0 ? (gint64) info.st_mtime : 0;
}

static void
check_against_files (OcgFinding *finding, const OcgPlaces *places, gint64 now)
{
  const char *const files[]
      = { places->state_folder, places->openclaw_folder, places->config, places->desktop };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      if (get_time (files[i]) <= now + FILE_TOLERANCE_SECONDS)
        continue;
      ocg_finding_suggest (finding, OCG_CHECK_WARNING,
                           _ ("Files were changed at a time that is yet to come: the clock is "
                              "slow, or was fast."));
      ocg_finding_add_detail (finding, "%s", files[i]);
    }
}

void
ocg_check_clock (OcgDoctor *doctor, OcgFinding *finding)
{
  g_autoptr (OcgPlaces) places = ocg_places_new (doctor);
  g_autoptr (GDateTime) time = g_date_time_new_now_local ();
  g_autofree char *text = g_date_time_format (time, "%Y-%m-%d %H:%M");
  gint64 now = g_date_time_to_unix (time);

  if (now < FIRST_SECOND || now < get_time ("/proc/self/exe") - PROGRAM_TOLERANCE_SECONDS)
    ocg_finding_set (finding, OCG_CHECK_PROBLEM,
                     /* TRANSLATORS: %s is a date and a time. */
                     _ ("It says %s, which is before this program was made. Logins and secure "
                        "connections fail."),
                     text);
  else
    check_against_files (finding, places, now);
  if (finding->state > OCG_CHECK_OK)
    ocg_finding_set_fix (finding, "timedatectl set-ntp true");
  ocg_finding_suggest (finding, OCG_CHECK_OK, text);
}
