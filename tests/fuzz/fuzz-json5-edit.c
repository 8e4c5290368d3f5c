/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The user's file: a path on the first line (with "~" before it: a merge patch follows), a value on
 * the second (not readable: take it away), the text after them. */

#include <string.h>

#include "../unit/json5-model.h"
#include "config/ocg-config-path.h"
#include "config/ocg-json5-edit.h"
#include "config/ocg-json5-merge.h"
#include "fuzz-json-check.h"
#include "fuzz.h"

typedef struct
{
  const char *const *path;
  JsonNode *value; /* (nullable) */
  gboolean merges;
} Change;

static char *
apply (const Change *change, const char *text, OcgJson5Problem *problem)
{
  return change->merges ? ocg_json5_merge (text, change->path, change->value, problem)
                        : ocg_json5_edit (text, change->path, change->value, problem);
}

static JsonNode *
get_expected (const Change *change, JsonNode *root)
{
  return change->merges ? json5_model_merge (root, change->path, change->value)
                        : json5_model_edit (root, change->path, change->value);
}

/* That of a value; what has been taken away twice, or added, is another matter. */
static void
check_again (const Change *change, const char *text)
{
  OcgJson5Problem problem;
  g_autofree char *again = NULL;

  if (change->value == NULL || g_strv_contains (change->path, "-"))
    return;
  if (change->merges && JSON_NODE_HOLDS_NULL (change->value))
    return;
  again = apply (change, text, &problem);
  fuzz_check (again != NULL);
  fuzz_check_equal (again, text);
}

static void
check_refused (const OcgJson5Problem *problem, gboolean possible)
{
  g_autofree char *words = ocg_json5_problem_describe (problem);

  fuzz_check (problem->fault != OCG_JSON5_OK && problem->fault != OCG_JSON5_BAD_EDIT);
  fuzz_check (problem->line >= 1 && problem->column >= 1);
  fuzz_check (words != NULL && *words != '\0' && fuzz_is_text (words));
  fuzz_check (!possible || problem->fault == OCG_JSON5_TOO_DEEP
              || problem->fault == OCG_JSON5_TOO_BIG);
}

/* A file that other programs read as JSON can still be read by them. */
static void
check_still_json (const char *before, const char *after)
{
  if (fuzz_is_json (before, strlen (before)) && strstr (after, "NaN") == NULL
      && strstr (after, "Infinity") == NULL)
    fuzz_check (fuzz_is_json (after, strlen (after)));
}

/* @root: (nullable) what @text says */
static void
check_change (const Change *change, const char *text, JsonNode *root)
{
  OcgJson5Problem problem;
  g_autoptr (JsonNode) expected = root != NULL ? get_expected (change, root) : NULL;
  g_autofree char *after = apply (change, text, &problem);
  gboolean removes = change->value == NULL
                     || (change->merges && JSON_NODE_HOLDS_NULL (change->value));

  if (after == NULL)
    {
      check_refused (&problem, expected != NULL);
      return;
    }
  if (root == NULL)
    {
      fuzz_check (ocg_json5_is_blank (text));
      return;
    }
  fuzz_check (expected != NULL);
  json5_model_check_reads (after, expected);
  json5_model_check_bytes (text, after, change->path, removes ? NULL : change->value);
  check_still_json (text, after);
  check_again (change, after);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *path_text = fuzz_take_line (&data, &size);
  g_autofree char *value_text = fuzz_take_line (&data, &size);
  g_autofree char *text = fuzz_dup_text (data, size);
  gboolean merges = *path_text == '~';
  g_auto (GStrv) path = ocg_config_path_parse (path_text + merges, NULL);
  OcgJson5Problem problem;
  g_autoptr (JsonNode) value = ocg_json5_read (value_text, -1, &problem);
  g_autoptr (JsonNode) root = ocg_json5_read (text, -1, &problem);
  const Change change = { (const char *const *) path, value, merges };

  if (path == NULL || (merges && value == NULL))
    return 0;
  check_change (&change, text, root);
  return 0;
}
