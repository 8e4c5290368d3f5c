/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "flood.h"

#include <string.h>

/* One chunk for so many deltas, about 8 KiB: what a fast server sends in one write. */
#define PER_CHUNK 64
#define DIGITS 7

typedef struct
{
  guint next;
  guint last;
  GString *delta; /* one event with the digits to be replaced */
  gsize digits_at;
} Flood;

static void
flood_free (gpointer data)
{
  Flood *self = data;

  g_string_free (self->delta, TRUE);
  g_free (self);
}

static void
write_number (char *digits, guint number)
{
  for (int i = DIGITS - 1; i >= 0; i--, number /= 10)
    digits[i] = (char) ('0' + number % 10);
}

static gboolean
flood_fill (gpointer state, GString *out)
{
  Flood *self = state;
  guint count = MIN (PER_CHUNK, self->last - self->next + 1);

  g_string_append_printf (out, "%zx\r\n", count * self->delta->len);
  for (guint i = 0; i < count; i++)
    {
      write_number (self->delta->str + self->digits_at, self->next++);
      g_string_append_len (out, self->delta->str, (gssize) self->delta->len);
    }
  g_string_append (out, "\r\n");
  return self->next <= self->last;
}

void
flood_add (Script *script, const Api *api, const Answer *answer, guint count)
{
  Flood *self = g_new0 (Flood, 1);

  self->next = 1;
  self->last = count;
  self->delta = g_string_new (NULL);
  api->append_delta (answer, self->delta, "@@@@@@@ ");
  self->digits_at = (gsize) (strstr (self->delta->str, "@@@@@@@") - self->delta->str);
  script_generate (script, flood_fill, self, flood_free, 0);
}

gboolean
flood_ping (gpointer state, GString *out)
{
  Pings *self = state;

  g_string_append_printf (out, "%zx\r\n%s\r\n", strlen (self->text), self->text);
  return self->left == 0 || --self->left > 0;
}
