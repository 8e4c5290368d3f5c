/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Turns the messages and options of a D-Bus call into a canonical conversation, and says exactly
 * what is wrong with those that are not one. */

#pragma once

#include <gio/gio.h>
#include <gio/gunixfdlist.h>

#include "../engine/ocg-request.h"

/* Everything of one call, read and checked; images may still be in file descriptors. */
typedef struct
{
  OcgChat *chat;
  OcgRequestOptions options;
  char *handle_token;  /* (nullable) */
  gboolean has_timeout; /* timeout-ms was given */
  GPtrArray *images;   /* of OcgPart whose fd is to be read; they belong to the chat */
  GPtrArray *image_names; /* of char*: where each is, for errors */
} OcgCall;

/* @fds: (nullable). Errors: OCG_ERROR_INVALID_ARGS or OCG_ERROR_INVALID_REQUEST, translated. */
OcgCall *ocg_call_read (GVariant *messages, GVariant *options, GUnixFDList *fds, GError **error);
void ocg_call_free (OcgCall *self);

/* Fetches the images that are still in file descriptors. */
void ocg_call_read_images_async (OcgCall *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean ocg_call_read_images_finish (OcgCall *self, GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgCall, ocg_call_free)
