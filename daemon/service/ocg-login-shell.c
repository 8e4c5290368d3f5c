/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-login-shell.h"

#include "../catalog/ocg-expected-variables.h"
#include "../config/ocg-shell-env.h"

struct _OcgLoginShell
{
  OcgConfig *config; /* (owned) */
  void (*answered) (gpointer user_data);
  gpointer user_data;
  GStrv asked; /* (nullable) for what, last */
  gboolean is_asking;
  GCancellable *cancellable;
};

OcgLoginShell *
ocg_login_shell_new (OcgConfig *config, void (*answered) (gpointer user_data), gpointer user_data)
{
  OcgLoginShell *self = g_new0 (OcgLoginShell, 1);

  self->config = g_object_ref (config);
  self->answered = answered;
  self->user_data = user_data;
  self->cancellable = g_cancellable_new ();
  return self;
}

void
ocg_login_shell_free (OcgLoginShell *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  g_object_unref (self->config);
  g_strfreev (self->asked);
  g_free (self);
}

static void
answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OcgLoginShell *self = user_data;
  g_autoptr (GError) error = NULL;
  GStrv shell = ocg_shell_env_read_finish (result, &error);

  /* Then we are gone. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->is_asking = FALSE;
  if (error != NULL)
    {
      /* The next change of the settings is another chance. */
      g_clear_pointer (&self->asked, g_strfreev);
      g_warning ("%s", error->message);
    }
  else
    ocg_config_set_shell_environment (self->config, shell);
  self->answered (self->user_data);
}

gboolean
ocg_login_shell_update (OcgLoginShell *self, OcgCatalog *catalog)
{
  OcgSettings *settings = ocg_catalog_get_settings (catalog);
  const OcgSettingsSources sources = ocg_config_get_sources (self->config);
  g_auto (GStrv) names = NULL;
  g_autofree char *shell = NULL;

  if (!settings->shell_env_enabled)
    g_clear_pointer (&self->asked, g_strfreev);
  if (self->is_asking || !settings->shell_env_enabled)
    return self->is_asking;
  names = ocg_expected_variables (catalog, sources.files, sources.process);
  if (self->asked != NULL
      && g_strv_equal ((const char *const *) self->asked, (const char *const *) names))
    return FALSE;
  g_strfreev (self->asked);
  self->asked = g_strdupv (names);
  self->is_asking = TRUE;
  shell = ocg_shell_env_find_shell ();
  ocg_shell_env_read_async (shell, (const char *const *) names, settings->shell_env_timeout_ms,
                            self->cancellable, answered, self);
  return TRUE;
}
