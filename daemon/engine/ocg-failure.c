/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-failure.h"

#include <glib/gi18n.h>
#include <stdarg.h>

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
      const char *arg = va_arg (args, const char *);

      if (arg == NULL)
        break;
      self->args[i] = g_strdup (arg);
    }
  va_end (args);
  return self;
}

OcgFailure *
ocg_failure_new_from_error (const GError *error)
{
  OcgError code = error->domain == OCG_ERROR ? (OcgError) error->code : OCG_ERROR_PROVIDER_ERROR;

  return ocg_failure_new (code, "%s", error->message, NULL);
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
    g_free (self->args[i]);
  g_free (self->provider_code);
  g_free (self->provider_message);
  g_free (self->request_id);
  g_free (self->model);
  g_free (self->profile);
  g_free (self);
}

char *
ocg_failure_render (OcgFailure *self)
{
  g_autofree char *line = NULL;

  /* The formats are ours, and msgfmt checks that a translation takes the same strings. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  line = g_strdup_printf (_ (self->msgid), self->args[0], self->args[1], self->args[2]);
#pragma GCC diagnostic pop

  if (self->provider_message == NULL || *self->provider_message == '\0')
    return g_steal_pointer (&line);
  /* TRANSLATORS: our own line, then what the provider said, in its own language. */
  return g_strdup_printf (_ ("%s The provider says: %s"), line, self->provider_message);
}
