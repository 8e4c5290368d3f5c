/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-problem-list.h"

#include "ocg-json-text.h"
#include "ocg-output.h"
#include "ocg-records.h"

#include <gio/gunixfdlist.h>
#include <glib/gi18n.h>
#include <string.h>

#define PLAIN "\033[0m"

typedef struct
{
  GVariant *record;
  char *file;
  gint64 line, column; /* from 1; 0: not known */
  OcgSeverity severity;
} Problem;

struct _OcgProblemList
{
  GPtrArray *problems; /* of Problem */
};

static const struct
{
  const char *word;
  const char *name; /* for people */
  const char *style;
} severities[] = {
  [OCG_SEVERITY_ERROR] = { "error", N_ ("error"), "\033[1;31m" },
  [OCG_SEVERITY_WARNING] = { "warning", N_ ("warning"), "\033[1;33m" },
  /* TRANSLATORS: neither an error nor a warning, but worth knowing. */
  [OCG_SEVERITY_INFO] = { "info", N_ ("note"), "\033[1;36m" },
};

static void
problem_free (Problem *self)
{
  g_variant_unref (self->record);
  g_free (self->file);
  g_free (self);
}

static OcgSeverity
parse_severity (const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (severities); i++)
    if (g_str_equal (severities[i].word, word))
      return (OcgSeverity) i;
  return OCG_SEVERITY_INFO;
}

/* Takes @record. */
static Problem *
problem_new (GVariant *record)
{
  Problem *self = g_new0 (Problem, 1);

  self->record = record;
  self->file = g_strdup (ocg_record_get_string (record, "file"));
  ocg_record_get_integer (record, "line", &self->line);
  ocg_record_get_integer (record, "column", &self->column);
  self->severity = parse_severity (ocg_record_get_string (record, "severity"));
  return self;
}

/* @user_data: file -> its place among the files. */
static gint
compare (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Problem *first = *(const Problem *const *) a;
  const Problem *second = *(const Problem *const *) b;
  guint first_place = GPOINTER_TO_UINT (g_hash_table_lookup (user_data, first->file));
  guint second_place = GPOINTER_TO_UINT (g_hash_table_lookup (user_data, second->file));

  if (first_place != second_place)
    return first_place < second_place ? -1 : 1;
  if (first->line != second->line)
    return first->line < second->line ? -1 : 1;
  return (first->column > second->column) - (first->column < second->column);
}

/* Files stay in the order in which the gateway names them. */
static void
sort_by_file (OcgProblemList *self)
{
  g_autoptr (GHashTable) places = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->problems->len; i++)
    {
      Problem *problem = g_ptr_array_index (self->problems, i);

      if (!g_hash_table_contains (places, problem->file))
        g_hash_table_insert (places, problem->file, GUINT_TO_POINTER (i));
    }
  g_ptr_array_sort_with_data (self->problems, compare, places);
}

static OcgProblemList *
problem_list_new (GVariant *records)
{
  OcgProblemList *self = g_new0 (OcgProblemList, 1);

  self->problems = g_ptr_array_new_with_free_func ((GDestroyNotify) problem_free);
  for (gsize i = 0; i < g_variant_n_children (records); i++)
    g_ptr_array_add (self->problems, problem_new (g_variant_get_child_value (records, i)));
  sort_by_file (self);
  return self;
}

OcgProblemList *
ocg_problem_list_fetch (OcgClient *client, int text, const char *document, GError **error)
{
  OcgDbusGatewayConfig *config = ocg_client_get_config (client, error);
  g_autoptr (GVariantBuilder) options = ocg_client_new_options ();
  g_autoptr (GUnixFDList) fds = g_unix_fd_list_new ();
  g_autoptr (GVariant) records = NULL;
  int index = -1;

  if (text != -1 && (index = g_unix_fd_list_append (fds, text, error)) == -1)
    return NULL;
  if (index != -1)
    g_variant_builder_add (options, "{sv}", "text", g_variant_new_handle (index));
  g_variant_builder_add (options, "{sv}", "document", g_variant_new_string (document));
  if (config == NULL
      || !ocg_dbus_gateway_config_call_validate_sync (config, g_variant_builder_end (options), fds,
                                                      &records, NULL, NULL, error))
    return NULL;
  return problem_list_new (records);
}

void
ocg_problem_list_free (OcgProblemList *self)
{
  g_ptr_array_unref (self->problems);
  g_free (self);
}

void
ocg_problem_list_rename_file (OcgProblemList *self, const char *from, const char *to)
{
  for (guint i = 0; i < self->problems->len; i++)
    {
      Problem *problem = g_ptr_array_index (self->problems, i);

      if (!g_str_equal (problem->file, from))
        continue;
      g_free (problem->file);
      problem->file = g_strdup (to);
    }
}

/* Leaves what is about @file, or what is not. */
static void
filter_file (OcgProblemList *self, const char *file, gboolean is_wanted)
{
  g_autoptr (GPtrArray) all = g_steal_pointer (&self->problems);

  self->problems = g_ptr_array_new_with_free_func ((GDestroyNotify) problem_free);
  g_ptr_array_set_free_func (all, NULL);
  for (guint i = 0; i < all->len; i++)
    {
      Problem *problem = g_ptr_array_index (all, i);

      if (g_str_equal (problem->file, file) == is_wanted)
        g_ptr_array_add (self->problems, problem);
      else
        problem_free (problem);
    }
}

void
ocg_problem_list_keep_file (OcgProblemList *self, const char *file)
{
  filter_file (self, file, TRUE);
}

void
ocg_problem_list_drop_file (OcgProblemList *self, const char *file)
{
  filter_file (self, file, FALSE);
}

/* What makes it the same one in another version of the file. */
static char *
identify (const Problem *problem)
{
  return g_strdup_printf ("%d\n%s\n%s\n%s", problem->severity, problem->file,
                          ocg_record_get_string (problem->record, "path"),
                          ocg_record_get_string (problem->record, "message"));
}

void
ocg_problem_list_subtract (OcgProblemList *self, OcgProblemList *known)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) all = g_steal_pointer (&self->problems);

  for (guint i = 0; i < known->problems->len; i++)
    g_hash_table_add (names, identify (g_ptr_array_index (known->problems, i)));
  self->problems = g_ptr_array_new_with_free_func ((GDestroyNotify) problem_free);
  g_ptr_array_set_free_func (all, NULL);
  for (guint i = 0; i < all->len; i++)
    {
      Problem *problem = g_ptr_array_index (all, i);
      g_autofree char *name = identify (problem);

      if (g_hash_table_contains (names, name))
        problem_free (problem);
      else
        g_ptr_array_add (self->problems, problem);
    }
}

guint
ocg_problem_list_count (OcgProblemList *self, OcgSeverity severity)
{
  guint n = 0;

  for (guint i = 0; i < self->problems->len; i++)
    n += ((Problem *) g_ptr_array_index (self->problems, i))->severity == severity;
  return n;
}

gboolean
ocg_problem_list_is_unreadable (OcgProblemList *self, const char *file)
{
  for (guint i = 0; i < self->problems->len; i++)
    {
      Problem *problem = g_ptr_array_index (self->problems, i);

      if (problem->severity == OCG_SEVERITY_ERROR && g_str_equal (problem->file, file)
          && *ocg_record_get_string (problem->record, "path") == '\0')
        return TRUE;
    }
  return FALSE;
}

/* "FILE:LINE:COLUMN: ", as far as it is known. */
static void
append_place (GString *out, const Problem *problem)
{
  ocg_output_append_clean (out, problem->file, FALSE);
  if (*problem->file != '\0' && problem->line > 0)
    g_string_append_printf (out, ":%" G_GINT64_FORMAT, problem->line);
  if (*problem->file != '\0' && problem->line > 0 && problem->column > 0)
    g_string_append_printf (out, ":%" G_GINT64_FORMAT, problem->column);
  if (*problem->file != '\0')
    g_string_append (out, ": ");
}

char *
ocg_problem_list_describe_first (OcgProblemList *self, const char *file, const char *other)
{
  Problem *found = NULL;
  GString *line = NULL;

  for (guint i = 0; i < self->problems->len; i++)
    {
      Problem *problem = g_ptr_array_index (self->problems, i);
      gboolean is_wanted = g_str_equal (problem->file, file);

      if (problem->severity != OCG_SEVERITY_ERROR
          || (!is_wanted && (found != NULL || g_str_equal (problem->file, other))))
        continue;
      found = problem;
      if (is_wanted)
        break;
    }
  if (found == NULL)
    return NULL;
  line = g_string_new (NULL);
  append_place (line, found);
  ocg_output_append_clean (line, ocg_record_get_string (found->record, "message"), FALSE);
  return g_string_free (line, FALSE);
}

/* Whether @text has @word with no letter or digit beside it. */
static gboolean
has_word (const char *text, const char *word)
{
  gsize length = strlen (word);

  for (const char *p = strstr (text, word); p != NULL; p = strstr (p + 1, word))
    if ((p == text || !g_ascii_isalnum (p[-1])) && !g_ascii_isalnum (p[length]))
      return TRUE;
  return FALSE;
}

static void
append_problem (GString *out, const Problem *problem, gboolean has_style)
{
  const char *path = ocg_record_get_string (problem->record, "path");
  const char *message = ocg_record_get_string (problem->record, "message");
  const char *suggestion = ocg_record_get_string (problem->record, "suggestion");
  g_autofree char *question = NULL;

  append_place (out, problem);
  g_string_append_printf (out, "%s%s:%s ", has_style ? severities[problem->severity].style : "",
                          _ (severities[problem->severity].name), has_style ? PLAIN : "");
  if (*path != '\0')
    {
      ocg_output_append_clean (out, path, FALSE);
      g_string_append (out, ": ");
    }
  ocg_output_append_clean (out, message, FALSE);
  /* Some messages name it themselves. */
  if (*suggestion != '\0' && !has_word (message, suggestion))
    {
      /* TRANSLATORS: behind what is wrong; %s is what could stand there. */
      question = g_strdup_printf (_ (" (did you mean “%s”?)"), suggestion);
      ocg_output_append_clean (out, question, FALSE);
    }
  g_string_append_c (out, '\n');
}

GPtrArray *
ocg_problem_list_describe_all (OcgProblemList *self)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->problems->len; i++)
    {
      const Problem *problem = g_ptr_array_index (self->problems, i);
      GString *line = NULL;

      if (problem->severity == OCG_SEVERITY_INFO)
        continue;
      line = g_string_new (NULL);
      append_problem (line, problem, FALSE);
      g_string_truncate (line, line->len - 1);
      g_ptr_array_add (lines, g_string_free (line, FALSE));
    }
  return lines;
}

static void
append_summary (OcgProblemList *self, GString *out)
{
  guint n_errors = ocg_problem_list_count (self, OCG_SEVERITY_ERROR);
  guint n_warnings = ocg_problem_list_count (self, OCG_SEVERITY_WARNING);
  g_autofree char *errors
      = g_strdup_printf (ngettext ("%u error", "%u errors", n_errors), n_errors);
  g_autofree char *warnings
      = g_strdup_printf (ngettext ("%u warning", "%u warnings", n_warnings), n_warnings);

  if (self->problems->len == 0)
    g_string_append (out, _ ("Nothing is wrong in the configuration."));
  else if (n_errors + n_warnings == 0)
    g_string_append (out, _ ("There are no errors and no warnings."));
  else
    /* TRANSLATORS: "2 errors", then "1 warning". */
    g_string_append_printf (out, _ ("%s, %s."), errors, warnings);
  g_string_append_c (out, '\n');
}

void
ocg_problem_list_append (OcgProblemList *self, GString *out, gboolean has_style)
{
  for (guint i = 0; i < self->problems->len; i++)
    append_problem (out, g_ptr_array_index (self->problems, i), has_style);
  append_summary (self, out);
}

JsonNode *
ocg_problem_list_to_json (OcgProblemList *self)
{
  g_autoptr (JsonObject) root = json_object_new ();
  g_autoptr (JsonArray) problems = json_array_new ();

  for (guint i = 0; i < self->problems->len; i++)
    {
      const Problem *problem = g_ptr_array_index (self->problems, i);
      JsonNode *node = ocg_json_from_variant (problem->record);

      json_object_set_string_member (json_node_get_object (node), "file", problem->file);
      json_array_add_element (problems, node);
    }
  json_object_set_array_member (root, "problems", json_array_ref (problems));
  return json_node_init_object (json_node_alloc (), root);
}
