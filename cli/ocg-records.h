/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The dictionaries of the D-Bus API, read with patience: a key may be missing, and any integer type
 * may be sent. */

#pragma once

#include "ocg-cli.h"

/* "" when it is missing. (transfer none) */
const char *ocg_record_get_string (GVariant *record, const char *key);
gboolean ocg_record_get_boolean (GVariant *record, const char *key, gboolean fallback);
gboolean ocg_record_get_integer (GVariant *record, const char *key, gint64 *number);
/* (nullable) (transfer container) */
const char **ocg_record_get_strv (GVariant *record, const char *key);

/* Whether any of @records (nullable, aa{sv}) has @value under @key. */
gboolean ocg_records_have (GVariant *records, const char *key, const char *value);

/* {@name: [...]} */
JsonNode *ocg_records_to_json (const char *name, GVariant *records);
/* The value of @key of each record, one a line. */
void ocg_records_print_plain (OcgCli *cli, GVariant *records, const char *key);
