/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-secret.h"

#include <string.h>

struct _OcgSecret
{
  gsize length;
  char value[]; /* length bytes and a NUL */
};

OcgSecret *
ocg_secret_new (const char *value, gssize length)
{
  OcgSecret *self;
  gsize size;

  g_return_val_if_fail (value != NULL, NULL);

  size = length < 0 ? strlen (value) : (gsize) length;
  self = g_atomic_rc_box_alloc (sizeof *self + size + 1);
  self->length = size;
  memcpy (self->value, value, size);
  self->value[size] = '\0';
  return self;
}

OcgSecret *
ocg_secret_ref (OcgSecret *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
secret_clear (gpointer data)
{
  OcgSecret *self = data;

  ocg_secret_wipe (self->value, self->length);
}

void
ocg_secret_unref (OcgSecret *self)
{
  g_atomic_rc_box_release_full (self, secret_clear);
}

const char *
ocg_secret_peek (OcgSecret *self)
{
  return self->value;
}

void
ocg_secret_wipe (gpointer memory, gsize size)
{
  if (size > 0)
    explicit_bzero (memory, size);
}
