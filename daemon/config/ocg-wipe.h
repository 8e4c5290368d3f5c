/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What may hold a key is overwritten before it is freed. */

#pragma once

#include <glib.h>
#include <string.h>

/* @size bytes that g_free() takes; NULL is none. */
static inline void
ocg_wipe (gpointer memory, gsize size)
{
  if (memory != NULL)
    explicit_bzero (memory, size);
  g_free (memory);
}

/* A GDestroyNotify for text. */
static inline void
ocg_wipe_text (gpointer text)
{
  ocg_wipe (text, text != NULL ? strlen (text) : 0);
}
