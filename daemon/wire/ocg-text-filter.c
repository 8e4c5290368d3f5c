/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-text-filter.h"

#include <string.h>

#include "ocg-decoder.h"
#include "ocg-json-writer.h"
#include "ocg-tool-markup.h"

/* Calls that are longer are text, and so is more white space before a thought. */
#define MAX_MARKUP (4 * 1024 * 1024)
#define MAX_BLANK 4096

/* Spellings of the tag, in lower case; the closing tag has the same. */
static const char *const thought_tags[] = { "think", "thinking", "thought", "antthinking", "mm:think" };

void
ocg_text_filter_init (OcgTextFilter *self, OcgDecoder *decoder)
{
  const char *family = ocg_model_get_family (decoder->model);

  self->is_idle = g_str_equal (family, "openai") || g_str_equal (family, "anthropic");
  self->decoder = decoder;
  self->is_minimax = g_str_equal (family, "minimax");
  self->thoughts = self->is_idle ? OCG_THOUGHTS_AFTER : OCG_THOUGHTS_BEFORE;
}

static void
free_string (GString **string)
{
  if (*string != NULL)
    g_string_free (*string, TRUE);
  *string = NULL;
}

void
ocg_text_filter_clear (OcgTextFilter *self)
{
  free_string (&self->held);
  free_string (&self->thought);
  free_string (&self->markup);
  ocg_end_marker_clear (&self->marker);
}

static GString *
ensure (GString **string)
{
  if (*string == NULL)
    *string = g_string_new (NULL);
  return *string;
}

gboolean
ocg_text_filter_concerns (OcgTextFilter *self, const char *text)
{
  if (self->thoughts != OCG_THOUGHTS_AFTER)
    return TRUE;
  if (!self->is_minimax)
    return FALSE;
  return (self->markup != NULL && self->markup->len > 0) || strpbrk (text, "<]") != NULL
         || ocg_end_marker_concerns (&self->marker, text, strlen (text));
}

static void
take_out_marker (OcgTextFilter *self, const char *text)
{
  g_autofree char *ready = NULL;

  if (!self->is_minimax || !ocg_end_marker_concerns (&self->marker, text, strlen (text)))
    {
      ocg_decoder_emit_text (self->decoder, text);
      return;
    }
  ready = ocg_end_marker_push (&self->marker, text);
  ocg_decoder_emit_text (self->decoder, ready);
}

static void
flush_marker (OcgTextFilter *self)
{
  g_autofree char *rest = ocg_end_marker_finish (&self->marker);

  ocg_decoder_emit_text (self->decoder, rest);
}

static void
pass_on (OcgTextFilter *self, const char *text, gsize length)
{
  g_autofree char *copy = g_strndup (text, length);

  take_out_marker (self, copy);
}

static void
emit_calls (OcgTextFilter *self, GPtrArray *calls)
{
  flush_marker (self);
  for (guint i = 0; i < calls->len; i++)
    {
      OcgWireCall *call = g_ptr_array_index (calls, i);

      ocg_decoder_start_call (self->decoder, call);
      ocg_decoder_end_call (self->decoder, call);
      self->n_calls++;
    }
}

/* A complete block: calls, or just text. */
static void
take_block (OcgTextFilter *self, const char *text, gsize length)
{
  g_autofree char *block = g_strndup (text, length);
  g_autoptr (GPtrArray) calls = ocg_tool_markup_parse (block, self->decoder->tools);

  if (calls != NULL)
    emit_calls (self, calls);
  else
    take_out_marker (self, block);
}

/* Passes on what can be passed on; returns how many bytes of what is held that is. */
static gsize
look_through_markup (OcgTextFilter *self)
{
  const char *text = self->markup->str;
  gsize length = self->markup->len;
  gsize at = 0;

  while (at < length)
    {
      gsize start, end;
      OcgMarkup found = ocg_tool_markup_find (text + at, length - at, &start, &end);

      if (start > 0)
        pass_on (self, text + at, start);
      if (found == OCG_MARKUP_WHOLE)
        take_block (self, text + at + start, end - start);
      else if (found == OCG_MARKUP_PARTIAL && length - at - start > MAX_MARKUP)
        pass_on (self, text + at + start, length - at - start);
      else if (found == OCG_MARKUP_PARTIAL)
        return at + start;
      at += found == OCG_MARKUP_PARTIAL ? length - at : end;
    }
  return at;
}

static void
take_out_markup (OcgTextFilter *self, const char *text)
{
  if (!self->is_minimax)
    {
      take_out_marker (self, text);
      return;
    }
  g_string_append (ensure (&self->markup), text);
  /* A long block that arrives in small pieces is not searched again and again. */
  if (ocg_tool_markup_is_open (self->markup->str, self->markup->len, &self->searched)
      && self->markup->len < MAX_MARKUP)
    return;
  self->searched = 0;
  g_string_erase (self->markup, 0, (gssize) look_through_markup (self));
}

/* At the end: a call whose last tags are missing may be whole all the same. */
static void
flush_markup (OcgTextFilter *self)
{
  if (self->markup == NULL || self->markup->len == 0)
    return;
  if (ocg_tool_markup_is_cut (self->markup->str))
    {
      /* Nobody can carry it out, and nobody wants to read it. */
      self->decoder->has_broken_call = TRUE;
      g_string_truncate (self->markup, 0);
      return;
    }
  take_block (self, self->markup->str, self->markup->len);
  g_string_truncate (self->markup, 0);
}

/* How @text begins with one of the tags: its length, 0 for none, -1 when more text has to tell. */
static int
match_tag (const char *text, guint *tag)
{
  gboolean is_open = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (thought_tags); i++)
    {
      g_autofree char *whole = g_strdup_printf ("<%s>", thought_tags[i]);

      if (g_ascii_strncasecmp (text, whole, strlen (whole)) == 0)
        {
          *tag = i;
          return (int) strlen (whole);
        }
      is_open = is_open || g_ascii_strncasecmp (text, whole, strlen (text)) == 0;
    }
  return is_open ? -1 : 0;
}

/* White space alone is no thought: models that were told not to think send an empty pair of tags. */
static void
add_thought (OcgTextFilter *self, const char *text, gsize length)
{
  g_autofree char *piece = g_strndup (text, length);
  gboolean had_words = self->has_words;

  if (self->has_structured_thoughts)
    return;
  if (self->keeps_thoughts || !had_words)
    {
      ocg_decoder_keep (self->decoder, length);
      g_string_append (ensure (&self->thought), piece);
    }
  self->has_words = had_words || piece[strspn (piece, " \t\r\n")] != '\0';
  if (self->has_words)
    ocg_decoder_emit_thinking (self->decoder, had_words ? piece : self->thought->str);
}

static void
end_thought (OcgTextFilter *self)
{
  g_autoptr (GString) json = g_string_new (NULL);
  OcgJsonWriter writer = OCG_JSON_WRITER_INIT (json);

  self->thoughts = OCG_THOUGHTS_BREAK;
  if (!self->keeps_thoughts || !self->has_words)
    return;
  self->has_words = FALSE;
  ocg_json_open (&writer, '{');
  ocg_json_member_string (&writer, "think", self->thought->str);
  ocg_json_close (&writer, '}');
  ocg_decoder_add_replay (self->decoder, json->str);
  g_string_truncate (self->thought, 0);
}

/* Where @tag closes in @text, in any case; the length of @text when it does not. @held: (out) how
 * many bytes at its end may be the beginning of it. */
static gsize
find_closing (const char *text, gsize length, const char *tag, gsize *held)
{
  gsize tag_length = strlen (tag);

  for (gsize at = 0; at < length; at++)
    {
      const char *next = memchr (text + at, '<', length - at);
      gsize left;

      if (next == NULL)
        break;
      at = (gsize) (next - text);
      left = MIN (tag_length, length - at);
      if (g_ascii_strncasecmp (next, tag, left) != 0)
        continue;
      *held = left < tag_length ? left : 0;
      return at;
    }
  *held = 0;
  return length;
}

/* Each returns whether the state has changed and what is left in @held has to be looked at. */
static gboolean
look_for_tag (OcgTextFilter *self)
{
  gsize blank = strspn (self->held->str, " \t\r\n");
  int length;

  if (self->held->str[blank] == '\0' && blank < MAX_BLANK)
    return FALSE;
  length = match_tag (self->held->str + blank, &self->tag);
  if (length < 0)
    return FALSE;
  self->thoughts = length > 0 ? OCG_THOUGHTS_INSIDE : OCG_THOUGHTS_AFTER;
  if (length > 0)
    g_string_erase (self->held, 0, (gssize) blank + length);
  return TRUE;
}

static gboolean
read_thought (OcgTextFilter *self)
{
  g_autofree char *closing = g_strdup_printf ("</%s>", thought_tags[self->tag]);
  gsize held;
  gsize end = find_closing (self->held->str, self->held->len, closing, &held);
  gboolean is_closed = end < self->held->len && held == 0;

  add_thought (self, self->held->str, end);
  g_string_erase (self->held, 0, (gssize) (end + (is_closed ? strlen (closing) : 0)));
  if (is_closed)
    end_thought (self);
  return is_closed;
}

static gboolean
skip_break (OcgTextFilter *self)
{
  g_string_erase (self->held, 0, (gssize) strspn (self->held->str, "\r\n"));
  if (self->held->len == 0)
    return FALSE;
  self->thoughts = OCG_THOUGHTS_AFTER;
  return TRUE;
}

/* Passes on what is held; from now on tags are text. */
static void
leave_thoughts (OcgTextFilter *self)
{
  g_autofree char *rest = NULL;

  if (self->held == NULL)
    return;
  rest = g_string_free (g_steal_pointer (&self->held), FALSE);
  if (*rest != '\0')
    take_out_markup (self, rest);
}

static void
push (OcgTextFilter *self, const char *text)
{
  gboolean goes_on = TRUE;

  if (self->thoughts == OCG_THOUGHTS_AFTER)
    {
      take_out_markup (self, text);
      return;
    }
  g_string_append (ensure (&self->held), text);
  while (goes_on && self->thoughts != OCG_THOUGHTS_AFTER)
    {
      if (self->thoughts == OCG_THOUGHTS_BEFORE)
        goes_on = look_for_tag (self);
      else if (self->thoughts == OCG_THOUGHTS_INSIDE)
        goes_on = read_thought (self);
      else
        goes_on = skip_break (self);
    }
  if (self->thoughts == OCG_THOUGHTS_AFTER)
    leave_thoughts (self);
}

void
ocg_text_filter_push (OcgTextFilter *self, const char *text)
{
  self->is_busy = TRUE;
  push (self, text);
  self->is_busy = FALSE;
}

static void
finish (OcgTextFilter *self)
{
  if (self->thoughts == OCG_THOUGHTS_INSIDE && self->held != NULL)
    {
      add_thought (self, self->held->str, self->held->len);
      g_string_truncate (self->held, 0);
      end_thought (self);
      self->thoughts = OCG_THOUGHTS_INSIDE;
    }
  else if (self->thoughts == OCG_THOUGHTS_BEFORE && self->held != NULL && self->held->len > 0)
    {
      self->thoughts = OCG_THOUGHTS_AFTER;
      leave_thoughts (self);
    }
  flush_markup (self);
  flush_marker (self);
}

/* An answer that is broken off in the middle of a push is not looked at again: it would pull what is
 * held from under that push. */
void
ocg_text_filter_finish (OcgTextFilter *self)
{
  if (self->is_busy)
    return;
  self->is_busy = TRUE;
  finish (self);
  self->is_busy = FALSE;
}
