/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* A file that goes with the prompt. */

#pragma once

#include <gio/gunixfdlist.h>

/* The part of a message (a{sv}) for the file @name: an image as a descriptor in @fds, known by its
 * first bytes, or text under a line that names the file. Errors: OCG_ERROR_INVALID_ARGS. Returns:
 * (transfer floating) */
GVariant *ocg_attachment_new_part (const char *name, GUnixFDList *fds, GError **error);
