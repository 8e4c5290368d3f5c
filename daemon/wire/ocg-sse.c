/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-sse.h"

#include <string.h>

struct _OcgSse
{
  OcgSseFunc func;
  gpointer user_data;
  GString *line;  /* a line whose end has not come yet */
  GString *event;
  GString *data;
  gboolean has_data;
  gboolean after_cr; /* the next LF belongs to the CR before it */
  gboolean at_start; /* a byte order mark may still come */
  gboolean stopped;
  guint64 signs_of_life;
};

OcgSse *
ocg_sse_new (OcgSseFunc func, gpointer user_data)
{
  OcgSse *self = g_new0 (OcgSse, 1);

  self->func = func;
  self->user_data = user_data;
  self->line = g_string_new (NULL);
  self->event = g_string_new (NULL);
  self->data = g_string_new (NULL);
  self->at_start = TRUE;
  return self;
}

void
ocg_sse_free (OcgSse *self)
{
  g_string_free (self->line, TRUE);
  g_string_free (self->event, TRUE);
  g_string_free (self->data, TRUE);
  g_free (self);
}

guint64
ocg_sse_get_signs_of_life (OcgSse *self)
{
  return self->signs_of_life;
}

static void
dispatch (OcgSse *self)
{
  g_autofree char *valid_event = NULL;
  g_autofree char *valid_data = NULL;
  const char *event = self->event->str;
  const char *data = self->data->str;
  gsize length = self->data->len;

  if (!self->has_data)
    {
      g_string_truncate (self->event, 0);
      return;
    }

  if (!g_utf8_validate_len (event, self->event->len, NULL))
    event = valid_event = g_utf8_make_valid (event, (gssize) self->event->len);
  if (!g_utf8_validate_len (data, length, NULL))
    {
      data = valid_data = g_utf8_make_valid (data, (gssize) length);
      length = strlen (data);
    }

  self->signs_of_life++;
  if (!self->func (event, data, length, self->user_data))
    self->stopped = TRUE;

  self->has_data = FALSE;
  g_string_truncate (self->event, 0);
  g_string_truncate (self->data, 0);
}

static void
take_field (OcgSse *self, const char *line, gsize length)
{
  const char *colon = memchr (line, ':', length);
  gsize name_length = colon != NULL ? (gsize) (colon - line) : length;
  const char *value = colon != NULL ? colon + 1 : line + length;
  gsize value_length = (gsize) (line + length - value);

  if (value_length > 0 && *value == ' ')
    {
      value++;
      value_length--;
    }

  if (name_length == 4 && memcmp (line, "data", 4) == 0)
    {
      if (self->has_data)
        g_string_append_c (self->data, '\n');
      g_string_append_len (self->data, value, (gssize) value_length);
      self->has_data = TRUE;
    }
  else if (name_length == 5 && memcmp (line, "event", 5) == 0)
    {
      g_string_truncate (self->event, 0);
      g_string_append_len (self->event, value, (gssize) value_length);
    }
}

static void
take_line (OcgSse *self, const char *line, gsize length)
{
  if (self->at_start)
    {
      self->at_start = FALSE;
      if (length >= 3 && memcmp (line, "\xef\xbb\xbf", 3) == 0)
        {
          line += 3;
          length -= 3;
        }
    }

  if (length == 0)
    dispatch (self);
  else if (line[0] == ':')
    self->signs_of_life++;
  else
    take_field (self, line, length);
}

/* The first CR or LF, looking for the common LF first and for a CR only before it. @lf: (inout) the
 * next LF, or @end for none: of many CRs none looks for it again. */
static const char *
find_line_end (const char *bytes, const char *end, const char **lf)
{
  const char *cr;

  if (*lf == NULL || *lf < bytes)
    *lf = memchr (bytes, '\n', (gsize) (end - bytes));
  if (*lf == NULL)
    *lf = end;
  cr = memchr (bytes, '\r', (gsize) (*lf - bytes));
  if (cr != NULL)
    return cr;
  return *lf < end ? *lf : NULL;
}

gboolean
ocg_sse_feed (OcgSse *self, const char *bytes, gsize length)
{
  const char *end = bytes + length;
  const char *lf = NULL;

  while (bytes < end && !self->stopped)
    {
      const char *line_end;

      if (self->after_cr)
        {
          self->after_cr = FALSE;
          if (*bytes == '\n')
            {
              bytes++;
              continue;
            }
        }

      line_end = find_line_end (bytes, end, &lf);
      if (line_end == NULL)
        {
          g_string_append_len (self->line, bytes, end - bytes);
          break;
        }

      self->after_cr = *line_end == '\r';
      if (self->line->len > 0)
        {
          g_string_append_len (self->line, bytes, line_end - bytes);
          take_line (self, self->line->str, self->line->len);
          g_string_truncate (self->line, 0);
        }
      else
        {
          take_line (self, bytes, (gsize) (line_end - bytes));
        }
      bytes = line_end + 1;
      if (self->data->len > OCG_SSE_MAX_EVENT)
        return FALSE;
    }
  return self->line->len <= OCG_SSE_MAX_EVENT;
}
