/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-json-writer.h"

#include <math.h>
#include <string.h>

static void
separate (OcgJsonWriter *self)
{
  if (self->needs_comma)
    g_string_append_c (self->out, ',');
  self->needs_comma = TRUE;
}

void
ocg_json_open (OcgJsonWriter *self, char bracket)
{
  separate (self);
  g_string_append_c (self->out, bracket);
  self->needs_comma = FALSE;
}

void
ocg_json_close (OcgJsonWriter *self, char bracket)
{
  g_string_append_c (self->out, bracket);
  self->needs_comma = TRUE;
}

void
ocg_json_key (OcgJsonWriter *self, const char *key)
{
  separate (self);
  g_string_append_c (self->out, '"');
  g_string_append (self->out, key);
  g_string_append (self->out, "\":");
  self->needs_comma = FALSE;
}

static void
append_escape (GString *out, unsigned char c)
{
  static const char short_escapes[] = "b\bf\fn\nr\rt\t\"\"\\\\";

  for (const char *pair = short_escapes; *pair != '\0'; pair += 2)
    if ((unsigned char) pair[1] == c)
      {
        g_string_append_c (out, '\\');
        g_string_append_c (out, pair[0]);
        return;
      }
  g_string_append_printf (out, "\\u%04x", c);
}

void
ocg_json_string (OcgJsonWriter *self, const char *value, gssize length)
{
  const char *end = value + (length < 0 ? (gssize) strlen (value) : length);
  const char *run = value;

  separate (self);
  g_string_append_c (self->out, '"');
  for (const char *p = value; p < end; p++)
    {
      unsigned char c = (unsigned char) *p;

      if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7f)
        continue;
      g_string_append_len (self->out, run, p - run);
      append_escape (self->out, c);
      run = p + 1;
    }
  g_string_append_len (self->out, run, end - run);
  g_string_append_c (self->out, '"');
}

void
ocg_json_int (OcgJsonWriter *self, gint64 value)
{
  separate (self);
  g_string_append_printf (self->out, "%" G_GINT64_FORMAT, value);
}

void
ocg_json_double (OcgJsonWriter *self, double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  separate (self);
  if (isfinite (value))
    g_string_append (self->out, g_ascii_formatd (buffer, sizeof buffer, "%.12g", value));
  else
    g_string_append (self->out, "null");
}

void
ocg_json_boolean (OcgJsonWriter *self, gboolean value)
{
  separate (self);
  g_string_append (self->out, value ? "true" : "false");
}

void
ocg_json_raw (OcgJsonWriter *self, const char *json)
{
  separate (self);
  g_string_append (self->out, json);
}

void
ocg_json_member_string (OcgJsonWriter *self, const char *key, const char *value)
{
  if (value == NULL)
    return;
  ocg_json_key (self, key);
  ocg_json_string (self, value, -1);
}

void
ocg_json_member_int (OcgJsonWriter *self, const char *key, gint64 value)
{
  ocg_json_key (self, key);
  ocg_json_int (self, value);
}
