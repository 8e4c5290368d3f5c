/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-wire-call.h"

#include <string.h>

#include "ocg-json.h"

OcgWireCall *
ocg_wire_call_new (const char *id, const char *name)
{
  OcgWireCall *self = g_new0 (OcgWireCall, 1);

  self->arguments = g_string_new (NULL);
  ocg_wire_call_set_id (self, id);
  ocg_wire_call_set_name (self, name);
  return self;
}

void
ocg_wire_call_free (OcgWireCall *self)
{
  g_free (self->id);
  g_free (self->name);
  g_string_free (self->arguments, TRUE);
  g_free (self);
}

static void
replace (char **field, const char *value)
{
  if (value == NULL || *value == '\0')
    return;
  g_free (*field);
  *field = g_strdup (value);
}

void
ocg_wire_call_set_id (OcgWireCall *self, const char *id)
{
  replace (&self->id, id);
}

void
ocg_wire_call_set_name (OcgWireCall *self, const char *name)
{
  replace (&self->name, name);
}

char *
ocg_wire_call_dup_arguments (OcgWireCall *self)
{
  g_autofree char *text = g_strstrip (g_strndup (self->arguments->str, self->arguments->len));
  g_autoptr (JsonObject) parsed = NULL;

  if (*text == '\0' || g_str_equal (text, "null"))
    return g_strdup ("{}");
  parsed = ocg_json_parse_object (text, -1, NULL);
  return parsed != NULL ? ocg_json_mend (text, -1, NULL) : NULL;
}
