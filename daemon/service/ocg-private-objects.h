/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Objects of callers on the bus, ROOT/SENDER/TOKEN, which have one method: Cancel(). To anybody but
 * their owner they do not exist. */

#pragma once

#include <gio/gio.h>

typedef struct _OcgPrivateObjects OcgPrivateObjects;

typedef void (*OcgPrivateFunc) (gpointer user_data);

/* @root: static, without a "/" on its end. @interface: static. */
OcgPrivateObjects *ocg_private_objects_new (GDBusConnection *connection, const char *root,
                                            GDBusInterfaceInfo *interface);
void ocg_private_objects_free (OcgPrivateObjects *self);

/* The path for @sender and @token (nullable: a random one). OCG_ERROR_INVALID_ARGS when it is in
 * use. (transfer full) */
char *ocg_private_objects_choose_path (OcgPrivateObjects *self, const char *sender,
                                       const char *token, GError **error);

/* Calls @cancel when @sender calls Cancel() at @path, until remove(). */
void ocg_private_objects_add (OcgPrivateObjects *self, const char *sender, const char *path,
                              OcgPrivateFunc cancel, gpointer user_data);
void ocg_private_objects_remove (OcgPrivateObjects *self, const char *path);
