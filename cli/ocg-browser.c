/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-browser.h"

#include <gio/gdesktopappinfo.h>
#include <unistd.h>

#define SPAWN_FLAGS (G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL)

#define PORTAL_NAME "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"
#define PORTAL_INTERFACE "org.freedesktop.portal.OpenURI"

gboolean
ocg_browser_accepts (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : "";

  for (const char *p = url; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p) || *p == ' ')
      return FALSE;
  return (g_ascii_strcasecmp (scheme, "https") == 0 || g_ascii_strcasecmp (scheme, "http") == 0)
         && g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0';
}

static gboolean
is_set (const char *variable)
{
  const char *value = g_getenv (variable);

  return value != NULL && *value != '\0';
}

gboolean
ocg_browser_is_possible (void)
{
  return is_set ("DISPLAY") || is_set ("WAYLAND_DISPLAY");
}

/* Ctrl-C in this terminal is not meant for the browser. */
static void
leave_terminal (gpointer data)
{
  setsid ();
}

/* The program that the desktop has for such addresses. */
static gboolean
run_default_application (const char *url)
{
  g_autofree char *scheme = g_uri_parse_scheme (url);
  g_autofree char *lower = g_ascii_strdown (scheme, -1);
  g_autoptr (GAppInfo) application = g_app_info_get_default_for_uri_scheme (lower);
  GList urls = { (gpointer) url, NULL, NULL };

  return application != NULL && G_IS_DESKTOP_APP_INFO (application)
         && g_desktop_app_info_launch_uris_as_manager (G_DESKTOP_APP_INFO (application), &urls,
                                                       NULL, SPAWN_FLAGS, leave_terminal, NULL,
                                                       NULL, NULL, NULL);
}

static gboolean
run_opener (const char *url)
{
  const char *argv[] = { "xdg-open", url, NULL };

  return g_spawn_async (NULL, (char **) argv, NULL, SPAWN_FLAGS, leave_terminal, NULL, NULL, NULL);
}

void
ocg_browser_open (GDBusConnection *bus, const char *url)
{
  if (!ocg_browser_accepts (url) || !ocg_browser_is_possible () || run_opener (url)
      || run_default_application (url))
    return;
  /* No answer is waited for. */
  g_dbus_connection_call (bus, PORTAL_NAME, PORTAL_PATH, PORTAL_INTERFACE, "OpenURI",
                          g_variant_new ("(ssa{sv})", "", url, NULL), NULL, G_DBUS_CALL_FLAGS_NONE,
                          -1, NULL, NULL, NULL);
}
