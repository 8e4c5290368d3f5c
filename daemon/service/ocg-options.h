/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Reads dictionaries that clients send. A key that is missing leaves the value alone; one of the
 * wrong type, or out of range, is OCG_ERROR_INVALID_ARGS naming it. Each returns FALSE on error. */

#pragma once

#include <gio/gio.h>

/* @where: what goes before the key in errors, "" or "messages[0]." */
gboolean ocg_options_string (GVariant *dict, const char *where, const char *key,
                             const char **value, GError **error);
gboolean ocg_options_boolean (GVariant *dict, const char *where, const char *key,
                              gboolean *value, GError **error);
/* Any D-Bus integer from @min to G_MAXUINT32. */
gboolean ocg_options_uint (GVariant *dict, const char *where, const char *key, guint min,
                           guint *value, GError **error);
/* The same from @min to G_MAXINT64. */
gboolean ocg_options_int64 (GVariant *dict, const char *where, const char *key, gint64 min,
                            gint64 *value, GError **error);
/* A double or any integer from @min to @max. */
gboolean ocg_options_double (GVariant *dict, const char *where, const char *key, double min,
                             double max, double *value, GError **error);
/* (transfer full) */
gboolean ocg_options_strv (GVariant *dict, const char *where, const char *key, GStrv *value,
                           GError **error);
/* A value of exactly this type. (transfer full) (nullable) */
gboolean ocg_options_variant (GVariant *dict, const char *where, const char *key,
                              const char *type, GVariant **value, GError **error);

/* "handle_token": the end of the path of an object that the call makes. */
gboolean ocg_options_handle_token (GVariant *dict, const char **token, GError **error);

/* OCG_ERROR_INVALID_ARGS: "WHEREKEY: MESSAGE" */
void ocg_options_fail (GError **error, const char *where, const char *key, const char *message);

/* Logs keys of @dict that are not in @known (NULL-terminated). */
void ocg_options_log_unknown (GVariant *dict, const char *const *known);
