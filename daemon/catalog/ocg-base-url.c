/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-base-url.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

#include "ocg-error.h"

static const struct
{
  const char *path;
  const char *api;
} endpoints[] = {
  { "/v1/messages", "anthropic-messages" },
  { "/chat/completions", "openai-completions" },
  { "/responses", "openai-responses" },
};

static gboolean
has_odd_characters (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    if ((guchar) *p <= ' ' || *p == 0x7f || *p == '\\')
      return TRUE;
  return FALSE;
}

/* GUri takes white space and "\" in places where others read the host differently. */
static GUri *
parse_http_url (const char *text)
{
  g_autoptr (GUri) uri = NULL;
  const char *host = NULL;

  if (has_odd_characters (text) || !g_utf8_validate (text, -1, NULL))
    return NULL;
  uri = g_uri_parse (text, G_URI_FLAGS_NONE, NULL);
  if (uri == NULL)
    return NULL;
  if (g_ascii_strcasecmp (g_uri_get_scheme (uri), "http") != 0
      && g_ascii_strcasecmp (g_uri_get_scheme (uri), "https") != 0)
    return NULL;
  host = g_uri_get_host (uri);
  if (host == NULL || *host == '\0' || has_odd_characters (host) || strpbrk (host, "/@?#") != NULL
      || g_uri_get_port (uri) == 0)
    return NULL;
  return g_steal_pointer (&uri);
}

static void
cut_slashes (char *path)
{
  for (gsize length = strlen (path); length > 0 && path[length - 1] == '/'; length--)
    path[length - 1] = '\0';
}

char *
ocg_base_url_normalize (const char *text, const char **api, GError **error)
{
  g_autofree char *url = g_strstrip (g_strdup (text));
  g_autoptr (GUri) uri = parse_http_url (url);
  char *path = NULL;

  if (api != NULL)
    *api = NULL;
  if (uri == NULL)
    {
      g_set_error_literal (error, OCG_ERROR, OCG_ERROR_CONFIG_INVALID,
                           _ ("this must be a URL that begins with http:// or https://"));
      return NULL;
    }
  if (g_uri_get_userinfo (uri) != NULL || g_uri_get_query (uri) != NULL
      || g_uri_get_fragment (uri) != NULL)
    {
      g_set_error_literal (error, OCG_ERROR, OCG_ERROR_CONFIG_INVALID,
                           _ ("a base URL must not hold a user, “?” or “#”"));
      return NULL;
    }

  path = strchr (strstr (url, "://") + 3, '/');
  if (path == NULL)
    return g_steal_pointer (&url);
  cut_slashes (path);
  for (guint i = 0; i < G_N_ELEMENTS (endpoints); i++)
    if (g_str_has_suffix (path, endpoints[i].path))
      {
        path[strlen (path) - strlen (endpoints[i].path)] = '\0';
        cut_slashes (path);
        if (api != NULL)
          *api = endpoints[i].api;
        break;
      }
  return g_steal_pointer (&url);
}

char *
ocg_base_url_get_origin (const char *url)
{
  g_autoptr (GUri) uri = parse_http_url (url);
  g_autofree char *host = NULL;
  g_autofree char *scheme = NULL;
  int port = 0;
  gboolean v6 = FALSE;

  if (uri == NULL)
    return NULL;
  scheme = g_ascii_strdown (g_uri_get_scheme (uri), -1);
  host = g_ascii_strdown (g_uri_get_host (uri), -1);
  v6 = strchr (host, ':') != NULL;
  port = g_uri_get_port (uri);
  if (port < 0)
    port = g_str_equal (scheme, "https") ? 443 : 80;
  return g_strdup_printf ("%s://%s%s%s:%d", scheme, v6 ? "[" : "", host, v6 ? "]" : "", port);
}

gboolean
ocg_base_url_is_loopback (const char *url)
{
  g_autoptr (GUri) uri = parse_http_url (url);
  g_autoptr (GInetAddress) address = NULL;
  g_autofree char *host = NULL;

  if (uri == NULL)
    return FALSE;
  host = g_ascii_strdown (g_uri_get_host (uri), -1);
  if (g_str_has_suffix (host, "."))
    host[strlen (host) - 1] = '\0';
  if (g_str_equal (host, "localhost") || g_str_has_suffix (host, ".localhost"))
    return TRUE;
  address = g_inet_address_new_from_string (host);
  return address != NULL && g_inet_address_get_is_loopback (address);
}
