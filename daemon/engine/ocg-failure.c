/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-failure.h"

#include <glib/gi18n.h>
#include <stdarg.h>
#include <string.h>

OcgFailure *
ocg_failure_new (OcgError code, const char *msgid, ...)
{
  OcgFailure *self = g_new0 (OcgFailure, 1);
  va_list args;

  self->ref_count = 1;
  self->code = code;
  self->msgid = msgid;
  self->retry_after_ms = -1;

  va_start (args, msgid);
  for (guint i = 0; i < OCG_FAILURE_MAX_ARGS; i++)
    {
      self->names[i] = va_arg (args, const char *);
      if (self->names[i] == NULL)
        break;
      self->values[i] = g_strdup (va_arg (args, const char *));
    }
  va_end (args);
  return self;
}

OcgFailure *
ocg_failure_new_from_error (const GError *error)
{
  OcgError code = error->domain == OCG_ERROR ? (OcgError) error->code : OCG_ERROR_PROVIDER_ERROR;

  return ocg_failure_new (code, "{message}", "message", error->message, NULL);
}

OcgFailure *
ocg_failure_ref (OcgFailure *self)
{
  self->ref_count++;
  return self;
}

void
ocg_failure_unref (OcgFailure *self)
{
  if (--self->ref_count > 0)
    return;
  for (guint i = 0; i < OCG_FAILURE_MAX_ARGS; i++)
    g_free (self->values[i]);
  g_free (self->provider_code);
  g_free (self->provider_message);
  g_free (self->request_id);
  g_free (self->model);
  g_free (self->profile);
  g_free (self);
}

static const char *
find_value (OcgFailure *self, const char *name, gsize length)
{
  for (guint i = 0; i < OCG_FAILURE_MAX_ARGS && self->names[i] != NULL; i++)
    if (strlen (self->names[i]) == length && strncmp (self->names[i], name, length) == 0)
      return self->values[i];
  return NULL;
}

static char *
expand (OcgFailure *self, const char *format)
{
  GString *text = g_string_new (NULL);

  while (*format != '\0')
    {
      const char *open = strchr (format, '{');
      const char *close = open != NULL ? strchr (open, '}') : NULL;
      const char *value
          = close != NULL ? find_value (self, open + 1, (gsize) (close - open - 1)) : NULL;
      const char *end = open != NULL ? open + 1 : format + strlen (format);

      if (value != NULL)
        {
          g_string_append_len (text, format, open - format);
          g_string_append (text, value);
          end = close + 1;
        }
      else
        {
          g_string_append_len (text, format, end - format);
        }
      format = end;
    }
  return g_string_free (text, FALSE);
}

char *
ocg_failure_render (OcgFailure *self)
{
  g_autofree char *line = expand (self, _ (self->msgid));

  if (self->provider_message == NULL || *self->provider_message == '\0')
    return g_steal_pointer (&line);
  /* TRANSLATORS: our own line, then what the provider said, in its own language. */
  return g_strdup_printf (_ ("%s\n(The provider says: %s)"), line, self->provider_message);
}
