/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-end-marker.h"

#include <string.h>

#define MARKER "[e~["
#define MARKER_LENGTH (sizeof MARKER - 1)
/* More white space than this ends no message. */
#define MAX_BLANK 1024

/* Where the tail of @text begins that is the marker with white space after it, or a beginning of
 * that; the length of @text when there is none. */
static gsize
find_tail (const char *text, gsize length)
{
  gsize end = length;

  while (end > 0 && length - end < MAX_BLANK && g_ascii_isspace (text[end - 1]))
    end--;
  if (end >= MARKER_LENGTH && memcmp (text + end - MARKER_LENGTH, MARKER, MARKER_LENGTH) == 0)
    return end - MARKER_LENGTH;
  for (gsize part = MIN (MARKER_LENGTH - 1, length); part > 0; part--)
    if (memcmp (text + length - part, MARKER, part) == 0)
      return length - part;
  return length;
}

gboolean
ocg_end_marker_concerns (OcgEndMarker *self, const char *text, gsize length)
{
  if (self->held != NULL && self->held->len > 0)
    return TRUE;
  return length > 0
         && (strchr (MARKER, text[length - 1]) != NULL || g_ascii_isspace (text[length - 1]));
}

char *
ocg_end_marker_push (OcgEndMarker *self, const char *text)
{
  gsize tail;
  char *ready;

  if (self->held == NULL)
    self->held = g_string_new (NULL);
  g_string_append (self->held, text);
  tail = find_tail (self->held->str, self->held->len);
  ready = g_strndup (self->held->str, tail);
  g_string_erase (self->held, 0, (gssize) tail);
  return ready;
}

char *
ocg_end_marker_finish (OcgEndMarker *self)
{
  char *rest;

  if (self->held == NULL)
    return g_strdup ("");
  if (strncmp (self->held->str, MARKER, MARKER_LENGTH) == 0)
    g_string_truncate (self->held, 0);
  rest = g_strdup (self->held->str);
  g_string_truncate (self->held, 0);
  return rest;
}

void
ocg_end_marker_clear (OcgEndMarker *self)
{
  if (self->held != NULL)
    g_string_free (self->held, TRUE);
  self->held = NULL;
}
