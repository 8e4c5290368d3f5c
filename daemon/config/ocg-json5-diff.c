/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-json5-diff.h"

#include "ocg-json5-equal.h"

/* Numbers stand for elements: the same number, the same element. */
typedef struct
{
  guint *old_keys, *new_keys;
  guint old_start, old_end; /* the part that is looked at */
  guint new_start, new_end;
} Part;

typedef struct
{
  JsonArray *old_array, *new_array; /* (unowned) */
  guint *same; /* for each old element the new one that it is, or NONE */
} Diff;

/* --- the longest common subsequence of a part --- */

static gboolean
trim_start (Diff *self, Part *part)
{
  if (part->old_start == part->old_end || part->new_start == part->new_end
      || part->old_keys[part->old_start] != part->new_keys[part->new_start])
    return FALSE;
  self->same[part->old_start++] = part->new_start++;
  return TRUE;
}

static gboolean
trim_end (Diff *self, Part *part)
{
  if (part->old_start == part->old_end || part->new_start == part->new_end
      || part->old_keys[part->old_end - 1] != part->new_keys[part->new_end - 1])
    return FALSE;
  self->same[--part->old_end] = --part->new_end;
  return TRUE;
}

/* How many elements the ends from each pair of places on have in common. */
static guint *
count_common (const Part *part, guint rows, guint columns)
{
  guint *common = g_new0 (guint, (gsize) (rows + 1) * (columns + 1));
  for (guint r = rows; r-- > 0;)
    for (guint c = columns; c-- > 0;)
      {
        guint *cell = common + (gsize) r * (columns + 1) + c;
        if (part->old_keys[part->old_start + r] == part->new_keys[part->new_start + c])
          *cell = cell[columns + 2] + 1;
        else
          *cell = MAX (cell[1], cell[columns + 1]);
      }
  return common;
}

static void
match (Diff *self, Part part)
{
  while (trim_start (self, &part))
    ;
  while (trim_end (self, &part))
    ;

  guint rows = part.old_end - part.old_start;
  guint columns = part.new_end - part.new_start;
  if (rows == 0 || columns == 0 || (guint64) rows * columns > OCG_JSON5_DIFF_MAX_CELLS)
    return;

  g_autofree guint *common = count_common (&part, rows, columns);
  for (guint r = 0, c = 0; r < rows && c < columns;)
    {
      const guint *cell = common + (gsize) r * (columns + 1) + c;
      if (part.old_keys[part.old_start + r] == part.new_keys[part.new_start + c])
        self->same[part.old_start + r++] = part.new_start + c++;
      else if (cell[columns + 1] >= cell[1])
        r++;
      else
        c++;
    }
}

/* --- numbers for elements --- */

static gboolean
equal_nodes (gconstpointer a, gconstpointer b)
{
  return ocg_json5_equal ((JsonNode *) a, (JsonNode *) b);
}

static guint
hash_node (gconstpointer node)
{
  return ocg_json5_hash ((JsonNode *) node);
}

/* NULL: the element is nothing but itself. */
typedef JsonNode *(*IdentityFunc) (JsonNode *element);

static JsonNode *
get_whole (JsonNode *element)
{
  return element;
}

static JsonNode *
get_id (JsonNode *element)
{
  if (!JSON_NODE_HOLDS_OBJECT (element))
    return NULL;
  JsonNode *id = json_object_get_member (json_node_get_object (element), "id");
  return id != NULL && json_node_get_value_type (id) == G_TYPE_STRING ? id : NULL;
}

static guint *
number_elements (JsonArray *array, IdentityFunc identify, GHashTable *numbers, guint *next)
{
  guint length = json_array_get_length (array);
  guint *keys = g_new (guint, length + 1);
  for (guint i = 0; i < length; i++)
    {
      JsonNode *identity = identify (json_array_get_element (array, i));
      gpointer number = identity != NULL ? g_hash_table_lookup (numbers, identity) : NULL;
      keys[i] = number != NULL ? GPOINTER_TO_UINT (number) : ++*next;
      if (identity != NULL && number == NULL)
        g_hash_table_insert (numbers, identity, GUINT_TO_POINTER (keys[i]));
    }
  return keys;
}

static Part
part_new (Diff *self, IdentityFunc identify)
{
  g_autoptr (GHashTable) numbers = g_hash_table_new (hash_node, equal_nodes);
  guint next = 0;
  return (Part) {
    .old_keys = number_elements (self->old_array, identify, numbers, &next),
    .new_keys = number_elements (self->new_array, identify, numbers, &next),
    .old_end = json_array_get_length (self->old_array),
    .new_end = json_array_get_length (self->new_array),
  };
}

static void
part_clear (Part *part)
{
  g_free (part->old_keys);
  g_free (part->new_keys);
}

/* --- what is left between elements that stay --- */

typedef void (*RunFunc) (Diff *self, Part run, gpointer user_data);

static void
foreach_run (Diff *self, Part part, RunFunc func, gpointer user_data)
{
  Part run = part;
  for (guint i = 0; i <= part.old_end; i++)
    {
      gboolean end = i == part.old_end;
      if (!end && self->same[i] == OCG_JSON5_DIFF_NONE)
        continue;
      run.old_end = i;
      run.new_end = end ? part.new_end : self->same[i];
      func (self, run, user_data);
      run.old_start = run.old_end + 1;
      run.new_start = run.new_end + 1;
    }
}

static gboolean
has_id (JsonArray *array, guint start, guint end)
{
  for (guint i = start; i < end; i++)
    if (get_id (json_array_get_element (array, i)) != NULL)
      return TRUE;
  return FALSE;
}

static void
match_run (Diff *self, Part run, gpointer user_data)
{
  if (has_id (self->old_array, run.old_start, run.old_end)
      && has_id (self->new_array, run.new_start, run.new_end))
    match (self, run);
}

/* Another id is another thing. */
static gboolean
may_become (JsonNode *old_node, JsonNode *new_node)
{
  return get_id (old_node) == NULL || get_id (new_node) == NULL;
}

static void
add_step (GArray *steps, guint old_index, guint new_index)
{
  OcgJson5DiffStep step = { .old_index = old_index, .new_index = new_index };
  g_array_append_val (steps, step);
}

/* Elements at the same place take each other's place; what is over goes, then comes. */
static void
pair_run (Diff *self, Part run, gpointer steps)
{
  guint o = run.old_start;
  guint n = run.new_start;
  while (o < run.old_end && n < run.new_end
         && may_become (json_array_get_element (self->old_array, o),
                        json_array_get_element (self->new_array, n)))
    add_step (steps, o++, n++);
  while (o < run.old_end)
    add_step (steps, o++, OCG_JSON5_DIFF_NONE);
  while (n < run.new_end)
    add_step (steps, OCG_JSON5_DIFF_NONE, n++);
  if (run.old_end < json_array_get_length (self->old_array))
    add_step (steps, run.old_end, run.new_end);
}

GArray *
ocg_json5_diff (JsonArray *old_array, JsonArray *new_array)
{
  guint length = json_array_get_length (old_array);
  Diff self = { .old_array = old_array, .new_array = new_array };
  GArray *steps = g_array_new (FALSE, FALSE, sizeof (OcgJson5DiffStep));

  self.same = g_new (guint, length + 1);
  for (guint i = 0; i < length; i++)
    self.same[i] = OCG_JSON5_DIFF_NONE;

  Part whole = part_new (&self, get_whole);
  match (&self, whole);
  Part ids = part_new (&self, get_id);
  foreach_run (&self, ids, match_run, NULL);
  foreach_run (&self, ids, pair_run, steps);

  part_clear (&whole);
  part_clear (&ids);
  g_free (self.same);
  return steps;
}
