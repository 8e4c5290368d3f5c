/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-doctor-places.h"

#include "ocg-names.h"
#include "ocg-records.h"

#include <stdlib.h>

/* More agents than that are not looked at. */
#define MAX_AGENTS 100

static char *
get_path (const char *variable)
{
  const char *path = g_getenv (variable);

  if (path == NULL || *path == '\0')
    return NULL;
  if (g_str_equal (path, "~") || g_str_has_prefix (path, "~/"))
    return g_build_filename (g_get_home_dir (), path + 1, NULL);
  return g_canonicalize_filename (path, NULL);
}

static char *
find_folder (const char *path)
{
  char *resolved = realpath (path, NULL);
  char *folder = g_path_get_dirname (resolved != NULL ? resolved : path);

  free (resolved);
  return folder;
}

OcgPlaces *
ocg_places_new (OcgDoctor *doctor)
{
  OcgPlaces *self = g_new0 (OcgPlaces, 1);
  const char *config = doctor->config != NULL ? ocg_record_get_string (doctor->config, "Path") : "";
  const char *desktop
      = doctor->config != NULL ? ocg_record_get_string (doctor->config, "DesktopPath") : "";

  self->openclaw_folder = get_path (OCG_ENV_STATE_DIR);
  if (self->openclaw_folder == NULL)
    self->openclaw_folder = g_build_filename (g_get_home_dir (), ".openclaw", NULL);
  self->config = *config != '\0' ? g_strdup (config) : get_path (OCG_ENV_CONFIG_PATH);
  if (self->config == NULL)
    self->config = g_build_filename (self->openclaw_folder, "openclaw.json", NULL);
  self->desktop = *desktop != '\0' ? g_strdup (desktop)
                                   : g_build_filename (g_get_user_config_dir (), GETTEXT_PACKAGE,
                                                       "desktop.json", NULL);
  self->state_folder = g_build_filename (g_get_user_state_dir (), GETTEXT_PACKAGE, NULL);
  self->config_folder = find_folder (self->config);
  self->desktop_folder = find_folder (self->desktop);
  return self;
}

void
ocg_places_free (OcgPlaces *self)
{
  g_free (self->config);
  g_free (self->config_folder);
  g_free (self->desktop);
  g_free (self->desktop_folder);
  g_free (self->openclaw_folder);
  g_free (self->state_folder);
  g_free (self);
}

/* @name in the folder of every agent. */
static void
add_agent_files (const OcgPlaces *self, const char *name, GStrvBuilder *files)
{
  g_autofree char *agents = g_build_filename (self->openclaw_folder, "agents", NULL);
  g_autoptr (GDir) folder = g_dir_open (agents, 0, NULL);
  const char *agent = NULL;

  for (guint i = 0; folder != NULL && i < MAX_AGENTS && (agent = g_dir_read_name (folder)); i++)
    {
      g_autofree char *file = g_build_filename (agents, agent, "agent", name, NULL);

      g_strv_builder_add (files, file);
    }
}

GStrv
ocg_places_list_key_files (const OcgPlaces *self)
{
  g_autoptr (GStrvBuilder) files = g_strv_builder_new ();
  g_autofree char *dotenv = g_build_filename (self->openclaw_folder, ".env", NULL);
  g_autofree char *oauth
      = g_build_filename (self->openclaw_folder, "credentials", "oauth.json", NULL);
  g_autofree char *minimax
      = g_build_filename (g_get_home_dir (), ".minimax", "oauth_creds.json", NULL);

  g_strv_builder_add (files, dotenv);
  g_strv_builder_add (files, oauth);
  g_strv_builder_add (files, minimax);
  add_agent_files (self, "auth-profiles.json", files);
  return g_strv_builder_end (files);
}

GStrv
ocg_places_list_settings_files (const OcgPlaces *self)
{
  g_autoptr (GStrvBuilder) files = g_strv_builder_new ();
  g_autofree char *models = g_build_filename (self->openclaw_folder, "models.json", NULL);

  g_strv_builder_add (files, self->config);
  g_strv_builder_add (files, models);
  add_agent_files (self, "models.json", files);
  return g_strv_builder_end (files);
}
