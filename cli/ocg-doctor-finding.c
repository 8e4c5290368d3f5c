/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-doctor-finding.h"

#include "ocg-doctor-repair.h"

OcgFinding *
ocg_finding_new (void)
{
  OcgFinding *self = g_new0 (OcgFinding, 1);

  self->message = g_strdup ("");
  self->details = g_ptr_array_new_with_free_func (g_free);
  self->repairs = g_ptr_array_new_with_free_func ((GDestroyNotify) ocg_repair_free);
  return self;
}

void
ocg_finding_free (OcgFinding *self)
{
  g_free (self->message);
  g_free (self->fix);
  g_ptr_array_unref (self->details);
  g_ptr_array_unref (self->repairs);
  g_free (self);
}

void
ocg_finding_set (OcgFinding *self, OcgCheckState state, const char *format, ...)
{
  va_list arguments;

  self->state = MAX (self->state, state);
  g_free (self->message);
  va_start (arguments, format);
  self->message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
}

/* What is well need not be said beside what is not. */
static void
keep (OcgFinding *self, OcgCheckState state, const char *message)
{
  if (state > OCG_CHECK_OK
      && !g_ptr_array_find_with_equal_func (self->details, message, g_str_equal, NULL))
    ocg_finding_add_detail (self, "%s", message);
}

void
ocg_finding_suggest (OcgFinding *self, OcgCheckState state, const char *message)
{
  if (*self->message == '\0' || state > self->state)
    {
      keep (self, self->state, self->message);
      ocg_finding_set (self, state, "%s", message);
    }
  else if (!g_str_equal (self->message, message))
    keep (self, state, message);
}

void
ocg_finding_set_fix (OcgFinding *self, const char *format, ...)
{
  va_list arguments;

  g_free (self->fix);
  va_start (arguments, format);
  self->fix = g_strdup_vprintf (format, arguments);
  va_end (arguments);
}

void
ocg_finding_add_detail (OcgFinding *self, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_ptr_array_add (self->details, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

const char *
ocg_check_state_to_string (OcgCheckState state)
{
  static const char *const names[] = { "ok", "note", "warning", "problem" };

  return names[state];
}
