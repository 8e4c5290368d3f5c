/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Standard output from a main loop: a pager that stops reading must not stop Ctrl-C, too. */

#pragma once

#include <gio/gio.h>

typedef struct _OcgWriter OcgWriter;

/* Called when all is written, or with the @error that ended it. */
typedef void (*OcgWriterDone) (const GError *error, gpointer user_data);

OcgWriter *ocg_writer_new (void);
void ocg_writer_free (OcgWriter *self);

/* Text to be written; append what is to go out, then flush. (transfer none) */
GString *ocg_writer_get_buffer (OcgWriter *self);

/* Writes the buffer. Calls @done at once when there is nothing to write. */
void ocg_writer_flush (OcgWriter *self, OcgWriterDone done, gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgWriter, ocg_writer_free)
