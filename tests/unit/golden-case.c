/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "golden-case.h"

#include <string.h>

#include "chat-fixture.h"

void
golden_case_free (GoldenCase *self)
{
  g_free (self->api);
  g_free (self->name);
  json_object_unref (self->json);
  ocg_model_unref (self->model);
  ocg_chat_unref (self->chat);
  g_bytes_unref (self->bytes);
  g_free (self->events);
  g_free (self);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

GPtrArray *
golden_case_list (const char *api)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", api, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (path, 0, &error);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  const char *file;

  g_assert_no_error (error);
  while ((file = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (file, ".events"))
      g_ptr_array_add (names, g_strndup (file, strlen (file) - strlen (".events")));
  g_ptr_array_sort (names, compare_names);
  return names;
}

static char *
dup_path (GoldenCase *self, const char *suffix)
{
  g_autofree char *file = g_strconcat (self->name, suffix, NULL);

  return g_test_build_filename (G_TEST_DIST, "fixtures", self->api, file, NULL);
}

/* Replaces "{{repeat N C}}". */
static GString *
load (GoldenCase *self, const char *suffix)
{
  g_autofree char *path = dup_path (self, suffix);
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;
  GString *out;
  const char *at, *end, *mark;

  g_file_get_contents (path, &contents, &length, &error);
  g_assert_no_error (error);
  out = g_string_sized_new (length);
  at = contents;
  end = contents + length;
  while ((mark = memmem (at, (gsize) (end - at), "{{repeat ", 9)) != NULL)
    {
      char *rest;
      guint64 count = g_ascii_strtoull (mark + 9, &rest, 10);

      g_string_append_len (out, at, mark - at);
      g_assert_true (g_str_has_prefix (rest + 2, "}}"));
      for (guint64 i = 0; i < count; i++)
        g_string_append_c (out, rest[1]);
      at = rest + 4;
    }
  g_string_append_len (out, at, end - at);
  return out;
}

static void
load_json (GoldenCase *self)
{
  g_autoptr (GError) error = NULL;
  GString *text = load (self, ".json");
  g_autoptr (JsonNode) node = json_from_string (text->str, &error);

  g_string_free (text, TRUE);
  g_assert_no_error (error);
  self->json = json_object_ref (json_node_get_object (node));
  self->model = model_fixture_read (json_object_get_member (self->json, "model"));
  self->chat = chat_fixture_read (json_object_get_object_member (self->json, "chat"));
}

static void
load_answer (GoldenCase *self)
{
  g_autofree char *stream = dup_path (self, ".sse");

  self->is_body = !g_file_test (stream, G_FILE_TEST_EXISTS);
  self->bytes = g_string_free_to_bytes (load (self, self->is_body ? ".body.json" : ".sse"));
}

static void
load_events (GoldenCase *self)
{
  GString *text = load (self, ".events");
  g_auto (GStrv) lines = g_strsplit (text->str, "\n", -1);
  g_autofree char *about = g_strdup_printf (
      "# %s", json_object_get_string_member_with_default (self->json, "about", ""));
  GString *out = g_string_new (NULL);

  g_string_free (text, TRUE);
  g_assert_cmpstr (lines[0], ==, about);
  for (guint i = 0; lines[i] != NULL; i++)
    if (lines[i][0] != '#' && lines[i][0] != '\0')
      g_string_append_printf (out, "%s\n", lines[i]);
  self->events = g_string_free (out, FALSE);
}

GoldenCase *
golden_case_load (const char *api, const char *name)
{
  GoldenCase *self = g_new0 (GoldenCase, 1);

  self->api = g_strdup (api);
  self->name = g_strdup (name);
  self->wire = ocg_wire_find (api);
  g_assert_nonnull (self->wire);
  load_json (self);
  load_answer (self);
  load_events (self);
  return self;
}
