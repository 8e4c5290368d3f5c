/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-history.h"

#include <string.h>

static void
turn_free (OcgTurn *turn)
{
  if (turn == NULL)
    return;
  g_ptr_array_unref (turn->results);
  g_ptr_array_unref (turn->parts);
  g_free (turn);
}

void
ocg_history_free (OcgHistory *self)
{
  g_free (self->system);
  g_ptr_array_unref (self->turns);
  g_hash_table_unref (self->ids);
  g_free (self);
}

const char *
ocg_history_get_id (OcgHistory *self, OcgPart *part)
{
  return g_hash_table_lookup (self->ids, part);
}

void
ocg_history_ask_for_schema (OcgHistory *self, OcgChat *chat)
{
  g_autofree char *system = self->system;

  if (chat->format_schema == NULL)
    {
      g_steal_pointer (&system);
      return;
    }
  /* For the model, not for people. */
  self->system = g_strconcat (system != NULL ? system : "", system != NULL ? "\n\n" : "",
                              "Answer with nothing but one JSON value that matches this JSON "
                              "schema:\n",
                              chat->format_schema, NULL);
}

gboolean
ocg_history_is_blank (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (!g_unichar_isspace (g_utf8_get_char (text)))
      return FALSE;
  return TRUE;
}

static void
add_system (GString *system, OcgMessage *message)
{
  for (guint i = 0; i < message->parts->len; i++)
    {
      OcgPart *part = g_ptr_array_index (message->parts, i);

      if (part->type != OCG_PART_TEXT || ocg_history_is_blank (part->text))
        continue;
      if (system->len > 0)
        g_string_append (system, "\n\n");
      g_string_append (system, part->text);
    }
}

static OcgTurn *
get_turn (OcgHistory *self, gboolean is_assistant)
{
  OcgTurn *turn
      = self->turns->len > 0 ? g_ptr_array_index (self->turns, self->turns->len - 1) : NULL;

  if (turn != NULL && turn->is_assistant == is_assistant)
    return turn;
  turn = g_new0 (OcgTurn, 1);
  turn->is_assistant = is_assistant;
  turn->results = g_ptr_array_new ();
  turn->parts = g_ptr_array_new ();
  g_ptr_array_add (self->turns, turn);
  return turn;
}

static void
add_message (OcgHistory *self, OcgMessage *message)
{
  OcgTurn *turn = get_turn (self, message->role == OCG_ROLE_ASSISTANT);

  for (guint i = 0; i < message->parts->len; i++)
    {
      OcgPart *part = g_ptr_array_index (message->parts, i);

      if (part->type == OCG_PART_TOOL_RESULT)
        g_ptr_array_add (turn->results, part);
      else if (part->type != OCG_PART_TEXT || !ocg_history_is_blank (part->text))
        g_ptr_array_add (turn->parts, part);
    }
}

/* Mistral's nine letters and digits, the same for the same id. */
static char *
make_fixed_id (const char *id, gsize length, guint try)
{
  g_autofree char *salted = g_strdup_printf ("%s#%u", id, try);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, salted, -1);
  gboolean fits = try == 0 && strlen (id) == length;

  for (const char *p = id; fits && *p != '\0'; p++)
    fits = g_ascii_isalnum (*p);
  return g_strndup (fits ? id : hash, length);
}

static char *
make_id (const char *id, const OcgIdRules *rules, guint try)
{
  g_autofree char *clean = NULL;
  g_autofree char *suffix = try > 0 ? g_strdup_printf ("_%u", try + 1) : g_strdup ("");

  if (rules->is_fixed)
    return make_fixed_id (id, rules->max_length, try);
  clean = g_strndup (*id != '\0' ? id : "call", rules->max_length - strlen (suffix));
  g_strcanon (clean, rules->characters, '_');
  return g_strconcat (clean, suffix, NULL);
}

/* id -> GPtrArray of the results in @turn that have it, in their order. */
static GHashTable *
index_results (OcgTurn *turn)
{
  GHashTable *by_id = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                             (GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; turn != NULL && i < turn->results->len; i++)
    {
      OcgPart *result = g_ptr_array_index (turn->results, i);
      GPtrArray *same = g_hash_table_lookup (by_id, result->id);

      if (same == NULL)
        g_hash_table_insert (by_id, result->id, same = g_ptr_array_new ());
      g_ptr_array_add (same, result);
    }
  return by_id;
}

/* call -> result, both from the end: a call that was given up comes before the one that was made
 * anew under the same id. (transfer full) */
static GHashTable *
match_results (OcgTurn *turn, OcgTurn *next)
{
  GHashTable *pairs = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) by_id = index_results (next);

  for (guint i = turn->parts->len; i > 0; i--)
    {
      OcgPart *part = g_ptr_array_index (turn->parts, i - 1);
      GPtrArray *same = part->type == OCG_PART_TOOL_CALL
                            ? g_hash_table_lookup (by_id, part->id)
                            : NULL;

      if (same != NULL && same->len > 0)
        g_hash_table_insert (pairs, part, g_ptr_array_steal_index (same, same->len - 1));
    }
  return pairs;
}

/* Gives @call and its result one id that nothing else in the conversation has. @used: id -> how
 * often it has been wanted */
static void
name_pair (OcgHistory *self, OcgPart *call, OcgPart *result, GHashTable *used,
           const OcgIdRules *rules)
{
  g_autofree char *wanted = make_id (call->id, rules, 0);
  guint try = GPOINTER_TO_UINT (g_hash_table_lookup (used, wanted));
  char *id = make_id (call->id, rules, try);

  for (; g_hash_table_contains (used, id); try++)
    {
      g_free (id);
      id = make_id (call->id, rules, try + 1);
    }
  if (!g_str_equal (id, wanted))
    g_hash_table_replace (used, g_strdup (id), GUINT_TO_POINTER (1));
  g_hash_table_replace (used, g_steal_pointer (&wanted), GUINT_TO_POINTER (try + 1));
  g_hash_table_insert (self->ids, result, g_strdup (id));
  g_hash_table_insert (self->ids, call, id);
}

/* Pairs the calls of @turn with the results of @next, and puts the results into the order of the
 * calls. What has no counterpart goes: servers refuse it. */
static void
pair_turn (OcgHistory *self, OcgTurn *turn, OcgTurn *next, GHashTable *used,
           const OcgIdRules *rules)
{
  g_autoptr (GHashTable) pairs = match_results (turn, next);
  g_autoptr (GPtrArray) ordered = g_ptr_array_new ();
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();

  for (guint i = 0; i < turn->parts->len; i++)
    {
      OcgPart *part = g_ptr_array_index (turn->parts, i);
      OcgPart *result = g_hash_table_lookup (pairs, part);

      if (part->type == OCG_PART_TOOL_CALL && result == NULL)
        continue;
      g_ptr_array_add (kept, part);
      if (result == NULL)
        continue;
      name_pair (self, part, result, used, rules);
      g_ptr_array_add (ordered, result);
    }
  g_ptr_array_unref (turn->parts);
  turn->parts = g_steal_pointer (&kept);
  if (next == NULL)
    return;
  g_ptr_array_set_size (next->results, 0);
  g_ptr_array_extend_and_steal (next->results, g_steal_pointer (&ordered));
}

static gboolean
has_more_than_thoughts (OcgTurn *turn)
{
  if (turn->results->len > 0)
    return TRUE;
  for (guint i = 0; i < turn->parts->len; i++)
    if (((OcgPart *) g_ptr_array_index (turn->parts, i))->type != OCG_PART_THINKING)
      return TRUE;
  return FALSE;
}

/* Leaves out turns with nothing in them, and joins neighbours that then speak for one side. */
static void
close_gaps (OcgHistory *self)
{
  GPtrArray *kept = g_ptr_array_new_with_free_func ((GDestroyNotify) turn_free);
  OcgTurn *last = NULL;

  for (guint i = 0; i < self->turns->len; i++)
    {
      OcgTurn *turn = g_ptr_array_index (self->turns, i);

      if (!has_more_than_thoughts (turn))
        continue;
      if (last != NULL && last->is_assistant == turn->is_assistant && turn->results->len == 0)
        {
          g_ptr_array_extend (last->parts, turn->parts, NULL, NULL);
          continue;
        }
      last = turn;
      g_ptr_array_add (kept, turn);
      self->turns->pdata[i] = NULL;
    }
  /* Those that stay have moved; the others go with the array. */
  g_ptr_array_unref (self->turns);
  self->turns = kept;
}

OcgHistory *
ocg_history_new (OcgChat *chat, const OcgIdRules *rules)
{
  OcgHistory *self = g_new0 (OcgHistory, 1);
  g_autoptr (GString) system = g_string_new (NULL);
  g_autoptr (GHashTable) used = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  self->turns = g_ptr_array_new_with_free_func ((GDestroyNotify) turn_free);
  self->ids = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  if (chat->system != NULL && !ocg_history_is_blank (chat->system))
    g_string_append (system, chat->system);
  for (guint i = 0; i < chat->messages->len; i++)
    {
      OcgMessage *message = g_ptr_array_index (chat->messages, i);

      if (message->role == OCG_ROLE_SYSTEM)
        add_system (system, message);
      else
        add_message (self, message);
    }
  if (system->len > 0)
    self->system = g_strdup (system->str);

  for (guint i = 0; i < self->turns->len; i++)
    {
      OcgTurn *turn = g_ptr_array_index (self->turns, i);
      OcgTurn *next
          = i + 1 < self->turns->len ? g_ptr_array_index (self->turns, i + 1) : NULL;

      if (turn->is_assistant)
        pair_turn (self, turn, next, used, rules);
      else if (i == 0)
        g_ptr_array_set_size (turn->results, 0);
    }
  close_gaps (self);
  return self;
}
