/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Random edits of random messy texts. */

#include <locale.h>
#include <string.h>

#include "config/ocg-json5-edit.h"
#include "config/ocg-json5-merge.h"
#include "config/ocg-json5-places.h"
#include "config/ocg-json5-write.h"
#include "json5-model.h"

#define BOM "\xef\xbb\xbf"

typedef struct
{
  GString *text;
  guint comments; /* so far; each has its number in it */
  const char *newline;
} Mess;

static guint
below (guint n)
{
  return g_test_rand_int_range (0, n);
}

static void
mess_space (Mess *mess, gboolean may_break)
{
  static const char *const blanks[] = { "", "", " ", "  ", "\t", "\xc2\xa0" };
  for (guint i = below (3); i > 0; i--)
    {
      guint kind = below (8);
      if (kind < 4)
        g_string_append (mess->text, blanks[below (G_N_ELEMENTS (blanks))]);
      else if (kind == 4)
        g_string_append_printf (mess->text, "/* #%u: { \"' // */", mess->comments++);
      else if (kind == 5 && may_break)
        g_string_append_printf (mess->text, "/* #%u:%s */", mess->comments++, mess->newline);
      else if (kind == 6 && may_break)
        g_string_append_printf (mess->text, "// #%u: } , ' */%s", mess->comments++, mess->newline);
      else if (may_break)
        g_string_append_printf (mess->text, "%s%*s", mess->newline, (int) below (5), "");
    }
}

static const char *const names[]
    = { "a", "b", "id", "c", "d e", "f/g.h", "'", "\"", "\xe4\xb8\xad", "\\", "i1", "0", "1", "-" };

static void
mess_name (Mess *mess)
{
  const char *name = names[below (G_N_ELEMENTS (names))];
  if (g_ascii_isalpha (*name) && strpbrk (name, " /.") == NULL && below (2) == 0)
    g_string_append (mess->text, name);
  else
    ocg_json5_write_string (mess->text, name, below (2) == 0 ? '"' : '\'');
}

static void
mess_value (Mess *mess, guint depth)
{
  static const char *const scalars[]
      = { "1",     "0x1f", ".5",   "-Infinity", "true", "null", "'it\\'s, {'", "\"// no /* \"",
          "'a\\\n'", "NaN", "[1, [2,], {a: 1,}]", "[]", "{}", "{ }", "[ // ]\n]", "'${X}'" };
  if (depth > 3 || below (3) == 0)
    {
      g_string_append (mess->text, scalars[below (G_N_ELEMENTS (scalars))]);
      return;
    }

  gboolean lines = below (2) == 0;
  gboolean is_array = below (3) == 0;
  guint members = below (5);
  g_string_append_c (mess->text, is_array ? '[' : '{');
  for (guint i = 0; i < members; i++)
    {
      if (lines)
        g_string_append_printf (mess->text, "%s%*s", mess->newline, (int) depth * 2, "");
      mess_space (mess, !lines || below (4) == 0);
      if (!is_array)
        {
          mess_name (mess);
          mess_space (mess, below (8) == 0);
          g_string_append_c (mess->text, ':');
          mess_space (mess, below (8) == 0);
        }
      mess_value (mess, depth + 1);
      mess_space (mess, below (8) == 0);
      if (i + 1 < members || below (2) == 0)
        g_string_append_c (mess->text, ',');
      mess_space (mess, below (4) == 0);
    }
  mess_space (mess, TRUE);
  if (lines)
    g_string_append (mess->text, mess->newline);
  g_string_append_c (mess->text, is_array ? ']' : '}');
}

static char *
random_mess (void)
{
  static const char *const newlines[] = { "\n", "\n", "\r\n", "\r" };
  g_autoptr (GString) text = g_string_new (below (4) == 0 ? BOM : "");
  Mess mess = { .text = text, .newline = newlines[below (G_N_ELEMENTS (newlines))] };
  mess_space (&mess, TRUE);
  mess_value (&mess, 0);
  mess_space (&mess, TRUE);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Goes one step further into @node; a name that may or may not be there. (transfer full) */
static char *
random_segment (JsonNode **node)
{
  char *segment = g_strdup (names[below (G_N_ELEMENTS (names))]);
  JsonNode *here = *node;

  *node = NULL;
  if (here == NULL || below (6) == 0)
    return segment;
  if (JSON_NODE_HOLDS_OBJECT (here) && json_object_get_size (json_node_get_object (here)) > 0)
    {
      JsonObject *object = json_node_get_object (here);
      g_autoptr (GList) members = json_object_get_members (object);
      g_free (segment);
      segment = g_strdup (g_list_nth_data (members, below (g_list_length (members))));
      *node = json_object_get_member (object, segment);
    }
  else if (JSON_NODE_HOLDS_ARRAY (here))
    {
      JsonArray *array = json_node_get_array (here);
      guint i = below (json_array_get_length (array) + 1);
      g_free (segment);
      segment = g_strdup_printf ("%u", i);
      *node = i < json_array_get_length (array) ? json_array_get_element (array, i) : NULL;
    }
  return segment;
}

static GStrv
random_path (JsonNode *root)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonNode *node = root;
  do
    {
      g_autofree char *segment = random_segment (&node);
      g_strv_builder_add (builder, segment);
    }
  while (below (4) > 0);
  return g_strv_builder_end (builder);
}

static JsonNode *
random_value (void)
{
  static const char *const values[]
      = { "1", "'x'", "null", "['a', 'b']", "[1, [2], {a: 2}]", "{k: [1, {l: 2}], 'm n': {}}",
          "{}", "0.25", "[]", "NaN", "'it\\'s \"\\u2028'", "{a: 1, b: {c: null}, id: 'x'}" };
  OcgJson5Problem problem;
  return ocg_json5_read (values[below (G_N_ELEMENTS (values))], -1, &problem);
}

/* Another text made of @before, or NULL when that had to fail and did. */
static char *
check_outcome (const char *before, char *after, const OcgJson5Problem *problem, JsonNode *expected)
{
  if (expected == NULL)
    {
      g_assert_null (after);
      g_assert_true (problem->fault == OCG_JSON5_NOT_OBJECT
                     || problem->fault == OCG_JSON5_NO_ELEMENT);
      return NULL;
    }
  g_test_message ("%s\n-----\n%s", before, after);
  g_assert_nonnull (after);
  json5_model_check_reads (after, expected);
  return after;
}

static char *
random_edit (const char *text, JsonNode *root)
{
  OcgJson5Problem problem;
  g_auto (GStrv) strv = random_path (root);
  const char *const *path = (const char *const *) strv;
  g_autofree char *shown = g_strjoinv (" > ", strv);
  g_autoptr (JsonNode) value = below (3) > 0 ? random_value () : NULL;
  g_autoptr (JsonNode) expected = json5_model_edit (root, path, value);

  g_test_message ("%s %s", value != NULL ? "set" : "unset", shown);
  char *after = ocg_json5_edit (text, path, value, &problem);
  if (check_outcome (text, after, &problem, expected) == NULL)
    return NULL;
  json5_model_check_bytes (text, after, path, value);
  if (value != NULL && strstr (shown, "-") == NULL)
    {
      g_autofree char *again = ocg_json5_edit (after, path, value, &problem);
      g_assert_cmpstr (again, ==, after);
    }
  return after;
}

static char *
random_merge (const char *text, JsonNode *root)
{
  OcgJson5Problem problem;
  g_auto (GStrv) strv = random_path (root);
  const char *const *path = (const char *const *) strv;
  g_autofree char *shown = g_strjoinv (" > ", strv);
  g_autofree char *patch_text = random_mess ();
  g_autoptr (JsonNode) patch = ocg_json5_read (patch_text, -1, &problem);
  g_autoptr (JsonNode) expected = json5_model_merge (root, path, patch);

  g_test_message ("merge %s: %s", shown, patch_text);
  char *after = ocg_json5_merge (text, path, patch, &problem);
  if (check_outcome (text, after, &problem, expected) == NULL)
    return NULL;
  json5_model_check_bytes (text, after, path, JSON_NODE_HOLDS_NULL (patch) ? NULL : patch);
  return after;
}

/* The whole set to what one edit makes of it is that edit. */
static char *
random_whole (const char *text, JsonNode *root)
{
  OcgJson5Problem problem;
  const char *const nowhere[] = { NULL };
  g_auto (GStrv) strv = random_path (root);
  const char *const *path = (const char *const *) strv;
  g_autoptr (JsonNode) value = random_value ();
  g_autoptr (JsonNode) expected = json5_model_edit (root, path, value);
  if (expected == NULL)
    return NULL;

  char *after = ocg_json5_edit (text, nowhere, expected, &problem);
  check_outcome (text, after, &problem, expected);
  json5_model_check_bytes (text, after, nowhere, expected);
  g_autofree char *direct = ocg_json5_edit (text, path, value, &problem);
  OcgJson5Item item = { .value_end = 0 };
  /* Among elements another one may have become equal. */
  if (json5_model_find (text, path, &item) && strchr ("{[", text[item.value_start]) == NULL
      && strpbrk (text, "[") == NULL)
    g_assert_cmpstr (after, ==, direct);
  return after;
}

/* Anything becomes anything. */
static char *
random_replacement (const char *text)
{
  OcgJson5Problem problem;
  const char *const nowhere[] = { NULL };
  g_autofree char *other = random_mess ();
  g_autoptr (JsonNode) value = ocg_json5_read (other, -1, &problem);
  char *after = ocg_json5_edit (text, nowhere, value, &problem);

  check_outcome (text, after, &problem, value);
  json5_model_check_bytes (text, after, nowhere, value);
  return after;
}

static void
check_places (const char *text)
{
  OcgJson5Problem problem;
  g_autoptr (OcgJson5Places) places = NULL;
  g_autoptr (JsonNode) root = ocg_json5_read_places (text, -1, &places, &problem);
  g_auto (GStrv) path = random_path (root);
  JsonNode *node = root;
  OcgJson5Item item = { .value_end = 0 };
  gsize name, value;

  for (guint i = 0; path[i] != NULL && node != NULL; i++)
    node = JSON_NODE_HOLDS_OBJECT (node)
               ? json_object_get_member (json_node_get_object (node), path[i])
               : NULL;
  if (node == NULL)
    return;
  g_assert_true (json5_model_find (text, (const char *const *) path, &item));
  g_assert_true (ocg_json5_places_find (places, node, &name, &value));
  g_assert_cmpuint (name, ==, item.start);
  g_assert_cmpuint (value, ==, item.value_start);
}

typedef enum
{
  MERGE,
  REPLACEMENT,
  WHOLE,
  EDIT,
  N_KINDS,
} Kind;

/* NULL: it had to fail and did. */
static char *
change (const char *text, JsonNode *root, Kind kind)
{
  switch (kind)
    {
    case MERGE:
      return random_merge (text, root);
    case REPLACEMENT:
      return random_replacement (text);
    case WHOLE:
      return random_whole (text, root);
    case EDIT:
    case N_KINDS:
    default:
      return random_edit (text, root);
    }
}

static void
test_random (void)
{
  g_autofree char *text = NULL;
  static const guint wanted[N_KINDS]
      = { [MERGE] = 200, [REPLACEMENT] = 350, [WHOLE] = 200, [EDIT] = 800 };
  guint n_changes[N_KINDS] = { 0 };

  for (guint i = 0; i < 6000; i++)
    {
      if (text == NULL || i % 8 == 0 || strlen (text) > 20000)
        {
          g_free (text);
          text = random_mess ();
        }
      OcgJson5Problem problem;
      g_autoptr (JsonNode) root = ocg_json5_read (text, -1, &problem);
      g_assert_nonnull (root);
      check_places (text);

      guint any = below (8);
      Kind kind = any < EDIT ? (Kind) any : EDIT;
      char *after = change (text, root, kind);
      if (after == NULL)
        continue;
      n_changes[kind] += g_str_equal (after, text) ? 0 : 1;
      g_free (text);
      text = after;
    }
  /* Half of what is to be expected: texts that refuse all would prove nothing. */
  for (guint i = 0; i < N_KINDS; i++)
    {
      g_test_message ("%u changes of kind %u", n_changes[i], i);
      g_assert_cmpuint (n_changes[i], >, wanted[i]);
    }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json5-random/edits", test_random);

  return g_test_run ();
}
