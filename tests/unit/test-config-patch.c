/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Larger changes as single ones. JSON5 in, "path = value" out. */

#include <locale.h>

#include "config/ocg-config-patch.h"
#include "config/ocg-config-path.h"
#include "config/ocg-json5-write.h"
#include "config/ocg-json5.h"

static JsonNode *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = ocg_json5_parse (text, -1, &error);

  g_assert_no_error (error);
  return node;
}

/* "a.b = 1; c = -" */
static char *
print (GPtrArray *edits)
{
  static const OcgJson5Format format = { .colon = ":", .separator = "", .padding = "" };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < edits->len; i++)
    {
      OcgConfigEdit *edit = g_ptr_array_index (edits, i);
      g_autofree char *path = ocg_config_path_format ((const char *const *) edit->path,
                                                      g_strv_length (edit->path));

      g_string_append_printf (text, "%s%s = ", i > 0 ? "; " : "", path);
      if (edit->value != NULL)
        ocg_json5_write (text, edit->value, &format, "");
      else
        g_string_append_c (text, '-');
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static const struct
{
  const char *root, *patch, *edits;
} patch_rows[] = {
  { "{}", "{}", "" },
  { "{}", "{a: 1}", "a = 1" },
  { "{a: 1}", "{a: null}", "a = -" },
  { "{}", "{a: null}", "" },
  { "{a: {b: 1, c: 2}}", "{a: {b: 3}}", "a.b = 3" },
  { "{a: {b: 1, c: 2}}", "{a: {b: null, d: 4}}", "a.b = -; a.d = 4" },
  { "{a: 1}", "{a: {b: 2}}", "a = {\"b\":2}" },
  { "{a: [1]}", "{a: {b: 2}}", "a = {\"b\":2}" },
  { "{}", "{a: {b: null, c: {d: null, e: 5}}}", "a = {\"c\":{\"e\":5}}" },
  { "{a: {b: 1}}", "{a: 5}", "a = 5" },
  { "{a: {b: 1}}", "{a: [null, {c: null}]}", "a = [null,{\"c\":null}]" },
  { "{a: {}}", "{a: {}}", "" },
  { "{}", "{a: {}}", "a = {}" },
  { "{'x/y': {z: 1}}", "{'x/y': {z: 2}}", "[\"x/y\"].z = 2" },
  { "{a: null}", "{a: {b: 1}}", "a = {\"b\":1}" },
};

static void
test_patch (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (patch_rows); i++)
    {
      g_autoptr (JsonNode) root = parse (patch_rows[i].root);
      g_autoptr (JsonNode) patch = parse (patch_rows[i].patch);
      g_autoptr (GPtrArray) edits = ocg_config_patch_to_edits (patch, root);
      g_autofree char *text = print (edits);

      g_assert_cmpstr (text, ==, patch_rows[i].edits);
    }
}

#define MODEL "agents.defaults.model"

static const struct
{
  const char *root, *path, *value, *edits;
} widen_rows[] = {
  { "{agents: {defaults: {model: 'a/b'}}}", MODEL ".fallbacks", "[]",
    MODEL " = {\"primary\":\"a/b\"}; " MODEL ".fallbacks = []" },
  { "{agents: {defaults: {model: 'a/b'}}}", MODEL ".primary", "'c/d'",
    MODEL " = \"c/d\"" },
  { "{agents: {defaults: {model: 'a/b'}}}", MODEL ".primary", NULL, MODEL " = -" },
  { "{agents: {defaults: {model: 'a/b'}}}", MODEL ".fallbacks", NULL, "" },
  { "{agents: {defaults: {model: 'a/b'}}}", MODEL, "'c/d'", MODEL " = \"c/d\"" },
  { "{agents: {defaults: {model: {primary: 'a/b'}}}}", MODEL ".primary", "'c/d'",
    MODEL ".primary = \"c/d\"" },
  { "{agents: {defaults: {imageModel: 'a/b'}}}", "agents.defaults.imageModel.fallbacks", "[]",
    "agents.defaults.imageModel = {\"primary\":\"a/b\"}; agents.defaults.imageModel.fallbacks = []" },
  { "{agents: {list: {model: 'a/b'}}}", "agents.list.model.x", "1", "agents.list.model.x = 1" },
  { "{}", MODEL ".primary", "'c/d'", MODEL ".primary = \"c/d\"" },
};

static void
test_widen (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (widen_rows); i++)
    {
      g_autoptr (JsonNode) root = parse (widen_rows[i].root);
      g_auto (GStrv) path = ocg_config_path_parse (widen_rows[i].path, NULL);
      const char *value = widen_rows[i].value;
      OcgConfigEdit *edit
          = ocg_config_edit_new ((const char *const *) path, value != NULL ? parse (value) : NULL);
      g_autoptr (GPtrArray) edits = ocg_config_edit_widen (edit, root);
      g_autofree char *text = print (edits);

      g_assert_cmpstr (text, ==, widen_rows[i].edits);
      ocg_config_edit_free (edit);
    }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/config-patch/patch", test_patch);
  g_test_add_func ("/config-patch/widen", test_widen);
  return g_test_run ();
}
