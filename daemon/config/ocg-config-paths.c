/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include <string.h>

#include "../../dbus/ocg-names.h"
#include "ocg-config-files.h"

#define FILE_NAME "openclaw.json"
#define DESKTOP_FILE_NAME "desktop.json"
#define ADMIN_DIR "/etc/openclaw"
#define DROP_IN_DIR "providers.d"

/* Absolute, with "~" as in a shell: services get the variable without one. */
static char *
complete_path (const char *path)
{
  if (g_str_equal (path, "~") || g_str_has_prefix (path, "~/"))
    {
      g_autofree char *beneath_home = g_build_filename (g_get_home_dir (), path + 1, NULL);
      return g_canonicalize_filename (beneath_home, NULL);
    }
  return g_canonicalize_filename (path, NULL);
}

/* The value of a variable that holds a path; NULL when it is not set. */
static char *
get_path (const char *variable)
{
  const char *path = g_getenv (variable);
  return path != NULL && *path != '\0' ? complete_path (path) : NULL;
}

OcgConfigPaths *
ocg_config_paths_new (const char *config)
{
  OcgConfigPaths *self = g_new0 (OcgConfigPaths, 1);
  g_autofree char *state = get_path (OCG_ENV_STATE_DIR);
  g_autofree char *admin = get_path (OCG_ENV_ADMIN_DIR);
  g_autofree char *data = get_path (OCG_ENV_DATA_DIR);
  g_autofree char *own = g_build_filename (g_get_user_config_dir (), "openclaw-gateway", NULL);
  g_autoptr (GStrvBuilder) models = g_strv_builder_new ();

  if (state == NULL)
    state = g_build_filename (g_get_home_dir (), ".openclaw", NULL);
  if (admin == NULL)
    admin = g_strdup (ADMIN_DIR);
  if (data == NULL)
    data = g_strdup (OCG_PKGDATADIR);
  g_autofree char *outer = g_build_filename (state, "models.json", NULL);
  g_autofree char *inner
      = g_build_filename (state, "agents", "main", "agent", "models.json", NULL);

  self->config = config != NULL ? complete_path (config) : get_path (OCG_ENV_CONFIG_PATH);
  if (self->config == NULL)
    self->config = g_build_filename (state, FILE_NAME, NULL);
  self->desktop = g_build_filename (own, DESKTOP_FILE_NAME, NULL);
  self->admin_config = g_build_filename (admin, FILE_NAME, NULL);
  self->admin_desktop = g_build_filename (admin, DESKTOP_FILE_NAME, NULL);
  self->dotenv = g_build_filename (state, ".env", NULL);
  g_strv_builder_add (models, outer);
  g_strv_builder_add (models, inner);
  self->models_json = g_strv_builder_end (models);
  self->drop_ins[0] = g_build_filename (data, DROP_IN_DIR, NULL);
  self->drop_ins[1] = g_build_filename (admin, DROP_IN_DIR, NULL);
  self->drop_ins[2] = g_build_filename (own, DROP_IN_DIR, NULL);
  return self;
}

void
ocg_config_paths_free (OcgConfigPaths *self)
{
  g_free (self->config);
  g_free (self->desktop);
  g_free (self->admin_config);
  g_free (self->admin_desktop);
  g_free (self->dotenv);
  g_strfreev (self->models_json);
  for (guint i = 0; i < G_N_ELEMENTS (self->drop_ins); i++)
    g_free (self->drop_ins[i]);
  g_free (self);
}
