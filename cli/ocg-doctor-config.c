/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-doctor-checks.h"

#include "ocg-names.h"
#include "ocg-records.h"

#include <glib/gi18n.h>

#define MAX_SHOWN 3

/* One of the two documents; the gateway keeps the last good values of one that cannot be read. */
static void
check_state (OcgDoctor *doctor, OcgFinding *finding, const char *state_key, const char *path_key)
{
  const char *path = ocg_record_get_string (doctor->config, path_key);

  if (!g_str_equal (ocg_record_get_string (doctor->config, state_key), "invalid"))
    return;
  ocg_finding_set (finding, OCG_CHECK_PROBLEM,
                   /* TRANSLATORS: %s is a file. */
                   _ ("%s cannot be read. The gateway goes on with what it read before, and does "
                      "not write to the file."),
                   path);
}

static void
add_problem (OcgFinding *finding, GVariant *problem)
{
  const char *file = ocg_record_get_string (problem, "file");
  gint64 line = 0;
  gint64 column = 0;
  g_autoptr (GString) text = g_string_new (file);

  ocg_record_get_integer (problem, "line", &line);
  ocg_record_get_integer (problem, "column", &column);
  if (line > 0)
    g_string_append_printf (text, ":%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT, line, column);
  ocg_finding_add_detail (finding, "%s%s%s", text->str, *file != '\0' ? ": " : "",
                          ocg_record_get_string (problem, "message"));
}

static guint
count (GVariant *problems, const char *severity)
{
  guint n = 0;

  for (gsize i = 0; i < g_variant_n_children (problems); i++)
    {
      g_autoptr (GVariant) problem = g_variant_get_child_value (problems, i);

      n += g_str_equal (ocg_record_get_string (problem, "severity"), severity);
    }
  return n;
}

/* The first few: errors before warnings. */
static void
show_first (OcgFinding *finding, GVariant *problems)
{
  static const char *const severities[] = { "error", "warning" };
  guint n_shown = 0;

  for (guint s = 0; s < G_N_ELEMENTS (severities); s++)
    for (gsize i = 0; i < g_variant_n_children (problems) && n_shown < MAX_SHOWN; i++)
      {
        g_autoptr (GVariant) problem = g_variant_get_child_value (problems, i);

        if (!g_str_equal (ocg_record_get_string (problem, "severity"), severities[s]))
          continue;
        add_problem (finding, problem);
        n_shown++;
      }
}

/* "2 errors, 1 warning", without what there is none of. */
static char *
describe_counts (guint n_errors, guint n_warnings)
{
  g_autofree char *errors
      = g_strdup_printf (ngettext ("%u error", "%u errors", n_errors), n_errors);
  g_autofree char *warnings
      = g_strdup_printf (ngettext ("%u warning", "%u warnings", n_warnings), n_warnings);

  if (n_errors == 0)
    return g_steal_pointer (&warnings);
  if (n_warnings == 0)
    return g_steal_pointer (&errors);
  /* TRANSLATORS: "2 errors", then "1 warning". */
  return g_strdup_printf (_ ("%s, %s"), errors, warnings);
}

static void
check_problems (OcgFinding *finding, GVariant *problems)
{
  guint n_errors = count (problems, "error");
  guint n_warnings = count (problems, "warning");
  g_autofree char *counts = describe_counts (n_errors, n_warnings);
  /* TRANSLATORS: %s is such as "2 errors, 1 warning". */
  g_autofree char *text = g_strdup_printf (_ ("In the files: %s."), counts);

  if (n_errors > 0)
    ocg_finding_suggest (finding, OCG_CHECK_PROBLEM, text);
  else if (n_warnings > 0)
    ocg_finding_suggest (finding, OCG_CHECK_WARNING, text);
  if (n_errors + n_warnings > 0)
    ocg_finding_set_fix (finding, "openclawctl config validate");
  show_first (finding, problems);
}

void
ocg_check_config (OcgDoctor *doctor, OcgFinding *finding)
{
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GVariant) problems = NULL;
  g_autoptr (GError) error = NULL;

  if (!ocg_doctor_has_gateway (doctor, finding))
    return;
  if (doctor->config != NULL)
    {
      check_state (doctor, finding, "State", "Path");
      check_state (doctor, finding, "DesktopState", "DesktopPath");
    }
  reply = ocg_doctor_call (doctor, OCG_BUS_NAME, OCG_OBJECT_PATH, OCG_IFACE_CONFIG, "Validate",
                           g_variant_new ("(@a{sv})", ocg_client_options ()), "(aa{sv})", &error);
  if (reply == NULL)
    {
      ocg_finding_suggest (finding, OCG_CHECK_WARNING, error->message);
      return;
    }
  problems = g_variant_get_child_value (reply, 0);
  check_problems (finding, problems);
  if (doctor->config != NULL && *finding->message == '\0')
    {
      g_autofree char *line = ocg_client_describe_config (doctor->config);

      ocg_finding_suggest (finding, OCG_CHECK_OK, line);
    }
}
