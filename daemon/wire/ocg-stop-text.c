/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-stop-text.h"

#include <string.h>

void
ocg_stop_text_set (OcgStopText *self, GStrv stops)
{
  ocg_stop_text_clear (self);
  if (stops == NULL || stops[0] == NULL)
    return;
  self->stops = g_strdupv (stops);
  self->held = g_string_new (NULL);
}

void
ocg_stop_text_clear (OcgStopText *self)
{
  g_clear_pointer (&self->stops, g_strfreev);
  if (self->held != NULL)
    g_string_free (self->held, TRUE);
  self->held = NULL;
}

/* Where the first of the stops begins in @text; its length when there is none. */
static gsize
find_stop (OcgStopText *self, const char *text, gsize length)
{
  gsize first = length;

  for (guint i = 0; self->stops[i] != NULL; i++)
    {
      const char *place = strstr (text, self->stops[i]);

      if (place != NULL)
        first = MIN (first, (gsize) (place - text));
    }
  return first;
}

/* How many bytes at the end of @text may be the beginning of a stop. */
static gsize
count_open_end (OcgStopText *self, const char *text, gsize length)
{
  gsize most = 0;

  for (guint i = 0; self->stops[i] != NULL; i++)
    for (gsize part = MIN (strlen (self->stops[i]) - 1, length); part > most; part--)
      if (memcmp (text + length - part, self->stops[i], part) == 0)
        most = part;
  return most;
}

char *
ocg_stop_text_push (OcgStopText *self, const char *text, gboolean *is_found)
{
  gsize end;
  char *ready;

  *is_found = FALSE;
  if (self->stops == NULL)
    return g_strdup (text);
  g_string_append (self->held, text);
  end = find_stop (self, self->held->str, self->held->len);
  *is_found = end < self->held->len;
  if (!*is_found)
    end -= count_open_end (self, self->held->str, self->held->len);
  ready = g_strndup (self->held->str, end);
  g_string_erase (self->held, 0, *is_found ? -1 : (gssize) end);
  return ready;
}

char *
ocg_stop_text_finish (OcgStopText *self)
{
  char *rest = self->held != NULL ? g_strndup (self->held->str, self->held->len) : g_strdup ("");

  if (self->held != NULL)
    g_string_truncate (self->held, 0);
  return rest;
}
