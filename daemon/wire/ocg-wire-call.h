/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* A tool call while it arrives. Pure. */

#pragma once

#include <glib.h>

typedef struct
{
  guint index;        /* canonical: 0, 1, 2 in the order in which calls begin */
  char *id;           /* (nullable) */
  char *name;         /* (nullable) */
  GString *arguments; /* JSON, as far as it has come */
  gboolean started;   /* the client has been told of it */
  gboolean ended;
  gboolean is_broken; /* nobody can carry it out */
} OcgWireCall;

OcgWireCall *ocg_wire_call_new (const char *id, const char *name);
void ocg_wire_call_free (OcgWireCall *self);

/* Takes over what is neither NULL nor "". */
void ocg_wire_call_set_id (OcgWireCall *self, const char *id);
void ocg_wire_call_set_name (OcgWireCall *self, const char *name);

/* The arguments as a JSON object, "{}" when there are none; NULL when they are something else. */
char *ocg_wire_call_dup_arguments (OcgWireCall *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgWireCall, ocg_wire_call_free)
