/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-commands.h"

#include "ocg-doctor-checks.h"
#include "ocg-doctor-repair.h"
#include "ocg-error.h"
#include "ocg-output.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define PLAIN "\033[0m"

/* How states look on a terminal. */
static const struct
{
  const char *style;
  const char *symbol;
  const char *word;
} looks[] = {
  [OCG_CHECK_OK] = { "\033[32m", "✓", N_ ("ok") },
  [OCG_CHECK_NOTE] = { "\033[36m", "i", N_ ("note") },
  [OCG_CHECK_WARNING] = { "\033[33m", "!", N_ ("warning") },
  [OCG_CHECK_PROBLEM] = { "\033[31m", "✗", N_ ("problem") },
};

/* One check with what it found last. */
typedef struct
{
  const OcgCheck *check;
  OcgFinding *finding;
  gboolean is_fixed;
} Result;

static void
result_free (Result *self)
{
  ocg_finding_free (self->finding);
  g_free (self);
}

static Result *
run_check (const OcgCheck *check, OcgDoctor *doctor)
{
  Result *result = g_new0 (Result, 1);

  result->check = check;
  result->finding = ocg_finding_new ();
  check->run (doctor, result->finding);
  return result;
}

/* A line from the terminal without spaces around it; NULL at the end of input. */
static char *
read_line (void)
{
  char *line = NULL;
  size_t size = 0;
  g_autofree char *copy = NULL;

  if (getline (&line, &size, stdin) >= 0)
    copy = g_strdup (line);
  free (line);
  return copy != NULL ? g_strstrip (g_steal_pointer (&copy)) : NULL;
}

/* Asks on the terminal; an end of input is a no. */
static gboolean
agree (const OcgRepair *repair)
{
  g_autofree char *what = ocg_repair_describe (repair);
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree char *answer = NULL;

  ocg_output_append_clean (line, what, FALSE);
  /* TRANSLATORS: asks for "y" or "n"; other answers mean no. */
  fprintf (stderr, "%s %s ", line->str, _ ("[y/N]?"));
  fflush (stderr);
  answer = read_line ();
  if (answer == NULL)
    return FALSE;
  /* TRANSLATORS: the letter that means yes in "[y/N]?". */
  return g_ascii_strncasecmp (answer, "y", 1) == 0 || g_str_has_prefix (answer, _ ("y"));
}

/* Does what the user agrees to, and looks again. */
static void
repair (OcgCli *cli, OcgDoctor *doctor, Result *result)
{
  GPtrArray *repairs = result->finding->repairs;
  guint n_done = 0;

  for (guint i = 0; i < repairs->len; i++)
    {
      const OcgRepair *one = g_ptr_array_index (repairs, i);
      g_autoptr (GError) error = NULL;

      if (!ocg_cli_has (cli, "yes") && !agree (one))
        continue;
      if (ocg_repair_run (one, &error))
        n_done++;
      else
        ocg_output_complain (error->message);
    }
  if (n_done == 0)
    return;
  ocg_finding_free (result->finding);
  result->finding = ocg_finding_new ();
  result->check->run (doctor, result->finding);
  result->is_fixed = result->finding->repairs->len == 0;
}

static JsonNode *
results_to_json (GPtrArray *results)
{
  g_autoptr (JsonObject) root = json_object_new ();
  JsonArray *checks = json_array_new ();

  for (guint i = 0; i < results->len; i++)
    {
      const Result *result = g_ptr_array_index (results, i);
      const OcgFinding *finding = result->finding;
      JsonObject *object = json_object_new ();
      JsonArray *details = json_array_new ();

      for (guint d = 0; d < finding->details->len; d++)
        json_array_add_string_element (details, g_ptr_array_index (finding->details, d));
      json_object_set_string_member (object, "id", result->check->id);
      json_object_set_string_member (object, "state", ocg_check_state_to_string (finding->state));
      json_object_set_string_member (object, "message", finding->message);
      json_object_set_array_member (object, "details", details);
      json_object_set_string_member (object, "fix", finding->fix != NULL ? finding->fix : "");
      json_object_set_boolean_member (object, "fixable", finding->repairs->len > 0);
      json_object_set_boolean_member (object, "fixed", result->is_fixed);
      json_array_add_object_element (checks, object);
    }
  json_object_set_array_member (root, "checks", checks);
  return json_node_init_object (json_node_alloc (), root);
}

/* The columns of the longest word for a state, and of the longest title. */
static void
measure (guint *state_columns, guint *title_columns)
{
  *state_columns = 1;
  *title_columns = 0;
  for (guint i = 0; i < G_N_ELEMENTS (looks) && !ocg_output_has_style (STDOUT_FILENO); i++)
    *state_columns = MAX (*state_columns, ocg_output_measure (_ (looks[i].word)));
  for (const OcgCheck *check = ocg_checks; check->id != NULL; check++)
    *title_columns = MAX (*title_columns, ocg_output_measure (_ (check->title)));
}

static void
print_result (OcgCli *cli, const Result *result, guint state_columns, guint title_columns)
{
  const OcgFinding *finding = result->finding;
  gboolean has_style = ocg_output_has_style (STDOUT_FILENO);
  guint margin = state_columns + 2;

  if (has_style)
    g_string_append_printf (cli->out, "%s%s" PLAIN, looks[finding->state].style,
                            looks[finding->state].symbol);
  else
    ocg_output_append_cell (cli->out, _ (looks[finding->state].word), state_columns);
  g_string_append (cli->out, "  ");
  ocg_output_append_cell (cli->out, _ (result->check->title), title_columns);
  ocg_cli_print (cli, "  %s%s%s\n", finding->message, result->is_fixed ? " " : "",
                 result->is_fixed ? _ ("(repaired)") : "");
  for (guint i = 0; i < finding->details->len; i++)
    ocg_cli_print (cli, "%*s- %s\n", (int) margin, "",
                   (char *) g_ptr_array_index (finding->details, i));
  if (finding->fix != NULL)
    ocg_cli_print (cli, "%*s→ %s\n", (int) margin, "", finding->fix);
}

static guint
count (GPtrArray *results, OcgCheckState state)
{
  guint n = 0;

  for (guint i = 0; i < results->len; i++)
    n += ((const Result *) g_ptr_array_index (results, i))->finding->state == state;
  return n;
}

static void
print_summary (OcgCli *cli, GPtrArray *results)
{
  guint n_problems = count (results, OCG_CHECK_PROBLEM);
  guint n_warnings = count (results, OCG_CHECK_WARNING);
  gboolean is_fixable = FALSE;
  g_autofree char *problems
      = g_strdup_printf (ngettext ("%u problem", "%u problems", n_problems), n_problems);
  g_autofree char *warnings
      = g_strdup_printf (ngettext ("%u warning", "%u warnings", n_warnings), n_warnings);

  for (guint i = 0; i < results->len; i++)
    is_fixable |= ((const Result *) g_ptr_array_index (results, i))->finding->repairs->len > 0;
  if (n_problems + n_warnings == 0)
    ocg_cli_print (cli, "\n%s\n", _ ("All is well."));
  else
    /* TRANSLATORS: "1 problem" and "2 warnings". */
    ocg_cli_print (cli, _ ("\n%1$s, %2$s.\n"), problems, warnings);
  if (is_fixable && !ocg_cli_has (cli, "fix"))
    ocg_cli_print (cli, "%s\n",
                   _ ("Some of it can be repaired by: openclawctl doctor --fix"));
}

static gboolean
check_options (OcgCli *cli, GError **error)
{
  gboolean can_ask
      = ocg_output_is_terminal (STDIN_FILENO) && ocg_output_is_terminal (STDERR_FILENO);

  if (!ocg_cli_has (cli, "fix") || ocg_cli_has (cli, "yes") || can_ask)
    return TRUE;
  g_set_error_literal (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                       _ ("--fix asks before each repair, and here is no terminal to ask on. Add "
                          "--yes to have everything repaired."));
  return FALSE;
}

int
ocg_doctor (OcgCli *cli, GError **error)
{
  g_autoptr (OcgDoctor) doctor = NULL;
  g_autoptr (GPtrArray) results = g_ptr_array_new_with_free_func ((GDestroyNotify) result_free);
  guint state_columns = 0;
  guint title_columns = 0;

  if (!check_options (cli, error))
    return EXIT_FAILURE;
  doctor = ocg_doctor_new ();
  for (const OcgCheck *check = ocg_checks; check->id != NULL; check++)
    {
      Result *result = run_check (check, doctor);

      g_ptr_array_add (results, result);
      if (ocg_cli_has (cli, "fix"))
        repair (cli, doctor, result);
    }
  measure (&state_columns, &title_columns);
  if (ocg_cli_has (cli, "json"))
    ocg_cli_print_json (cli, results_to_json (results));
  else
    {
      for (guint i = 0; i < results->len; i++)
        print_result (cli, g_ptr_array_index (results, i), state_columns, title_columns);
      print_summary (cli, results);
    }
  return count (results, OCG_CHECK_PROBLEM) > 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
