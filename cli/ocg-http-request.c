/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-http-request.h"

#include "ocg-json-text.h"

static const char *
get_string (JsonObject *object, const char *name)
{
  const char *text = ocg_json_get_string (object, name);

  return text != NULL ? text : "";
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_ascii_strcasecmp (a, b);
}

void
ocg_http_request_append (GString *out, JsonObject *request)
{
  JsonObject *headers = ocg_json_get_object (request, "headers");
  g_autoptr (GList) names = headers != NULL ? json_object_get_members (headers) : NULL;

  g_string_append_printf (out, "%s %s\n", get_string (request, "method"),
                          get_string (request, "url"));
  names = g_list_sort (names, compare_names);
  for (GList *l = names; l != NULL; l = l->next)
    g_string_append_printf (out, "%s: %s\n", (char *) l->data, get_string (headers, l->data));
  g_string_append_c (out, '\n');
  g_string_append (out, get_string (request, "body"));
}
