/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-snapshot.h"

#include <string.h>

static gboolean
grows (const char *value, GString *before)
{
  return strlen (value) > before->len && memcmp (value, before->str, before->len) == 0;
}

static void
drop (GString **string)
{
  if (*string != NULL)
    g_string_free (*string, TRUE);
  *string = NULL;
}

/* What @value adds to what was seen. */
static char *
take_snapshot (OcgSnapshot *self, const char *value)
{
  char *tail;

  if (!grows (value, self->seen))
    {
      /* Shorter is an echo; anything else is another text. */
      if (g_str_has_prefix (self->seen->str, value))
        return g_strdup ("");
      g_string_assign (self->seen, value);
      return g_strdup (value);
    }
  tail = g_strdup (value + self->seen->len);
  g_string_append (self->seen, tail);
  return tail;
}

static char *
decide (OcgSnapshot *self, const char *value)
{
  g_autofree char *held = g_strndup (self->held->str, self->held->len);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  self->is_decided = TRUE;
  self->is_snapshot = grows (value, self->held);
  drop (&self->held);
  if (!self->is_snapshot)
    {
      drop (&self->seen);
      return g_strconcat (held, value, NULL);
    }
  first = take_snapshot (self, held);
  second = take_snapshot (self, value);
  return g_strconcat (first, second, NULL);
}

char *
ocg_snapshot_push (OcgSnapshot *self, const char *value)
{
  if (*value == '\0')
    return g_strdup ("");
  if (self->is_decided)
    return self->is_snapshot ? take_snapshot (self, value) : g_strdup (value);
  if (self->seen == NULL)
    {
      self->seen = g_string_new (value);
      return g_strdup (value);
    }
  if (self->held != NULL)
    return decide (self, value);
  if (grows (value, self->seen))
    {
      self->held = g_string_new (value);
      return g_strdup ("");
    }
  self->is_decided = TRUE;
  drop (&self->seen);
  return g_strdup (value);
}

char *
ocg_snapshot_finish (OcgSnapshot *self)
{
  char *rest;

  if (self->held == NULL)
    return g_strdup ("");
  rest = g_strdup (self->held->str + self->seen->len);
  g_string_assign (self->seen, self->held->str);
  drop (&self->held);
  self->is_decided = self->is_snapshot = TRUE;
  return rest;
}

void
ocg_snapshot_clear (OcgSnapshot *self)
{
  drop (&self->seen);
  drop (&self->held);
  self->is_decided = self->is_snapshot = FALSE;
}
