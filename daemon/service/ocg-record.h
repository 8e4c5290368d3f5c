/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Models, completions and failures as the dictionaries of the D-Bus API, and those as JSON. One
 * serializer for each, whatever the transport. */

#pragma once

#include <gio/gio.h>

#include "../credentials/ocg-credentials.h"
#include "../engine/ocg-request.h"
#include "../wire/ocg-json-writer.h"

/* a{sv}, floating. */
GVariant *ocg_record_model (OcgModel *model, OcgCatalog *catalog, const char *credential);
/* A number that is another one when the record is another one. */
guint64 ocg_record_hash_model (OcgModel *model, OcgCatalog *catalog, const char *credential);
/* a{sv}, floating. @with_text: FALSE leaves text and thinking out, as in the end line. */
GVariant *ocg_record_completion (OcgRequest *request, gboolean with_text);
/* a{sv}, floating: the details of Failed(). In the language of the thread's locale. */
GVariant *ocg_record_failure (OcgRequest *request, OcgFailure *failure);

/* Writes @value; members of an a{sv} named "arguments" are JSON already. */
void ocg_record_write_json (OcgJsonWriter *writer, GVariant *value);
/* The same for the members of a dictionary, without its braces. */
void ocg_record_write_members (OcgJsonWriter *writer, GVariant *dict);
