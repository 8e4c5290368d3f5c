/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-setup-steps.h"

#include "ocg-auth-store.h"
#include "ocg-error.h"
#include "ocg-output.h"
#include "ocg-records.h"
#include "ocg-setup-change.h"

#include <glib/gi18n.h>
#include <signal.h>

/* Which credential there will be. */
static char *
describe_credential (OcgSetup *self)
{
  g_autofree char *region = self->region != NULL ? ocg_auth_choice_describe_region (self->region)
                                                 : NULL;
  /* TRANSLATORS: %s is a profile such as minimax:default. */
  g_autofree char *text = g_strdup_printf (_ ("%s in the keyring"), self->profile);

  return region != NULL ? g_strdup_printf ("%s: %s", text, region) : g_steal_pointer (&text);
}

/* Says what will be written, and asks. */
static gboolean
confirm (OcgSetup *self, OcgSetupChange *change, GError **error)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *fallbacks = self->fallbacks != NULL ? g_strjoinv (", ", self->fallbacks) : NULL;
  gboolean yes = TRUE;

  if (self->secret != NULL)
    g_ptr_array_add (lines, describe_credential (self));
  ocg_setup_change_describe (change, self, lines);
  if (self->primary != NULL)
    g_ptr_array_add (lines, g_strdup_printf (_ ("The default model: %s"), self->primary));
  if (fallbacks != NULL)
    g_ptr_array_add (lines, g_strdup_printf (_ ("The fallbacks: %s"),
                                             *fallbacks != '\0' ? fallbacks : _ ("none")));
  if (lines->len == 0)
    {
      ocg_dialog_say (self->dialog, "\n%s", _ ("Everything is set up like this already. Nothing has been changed."));
      return TRUE;
    }
  ocg_dialog_say (self->dialog, "\n%s", _ ("This will be written:"));
  for (guint i = 0; i < lines->len; i++)
    ocg_dialog_say (self->dialog, "  - %s", (char *) g_ptr_array_index (lines, i));
  if (!ocg_dialog_confirm (self->dialog, _ ("Write it?"), TRUE, &yes, error))
    return FALSE;
  if (!yes)
    g_set_error_literal (error, OCG_ERROR, OCG_ERROR_CANCELLED,
                         _ ("Cancelled. Nothing has been changed."));
  return yes;
}

static gboolean
store (OcgSetup *self, GError **error)
{
  const char *region = ocg_setup_get_region_id (self);
  const char *kind = ocg_auth_choice_is_token (self->choice) ? "token" : "api_key";

  return ocg_auth_store (self->cli->client, self->profile, kind, self->secret,
                         *region != '\0' ? region : NULL, 0, error);
}

gboolean
ocg_setup_write (OcgSetup *self, GError **error)
{
  g_auto (OcgSetupChange) change = { 0 };
  gboolean ok = TRUE;

  ocg_setup_change_init (&change, self);
  if ((self->is_interactive && !confirm (self, &change, error))
      || (self->secret != NULL && !store (self, error)))
    return FALSE;
  /* What follows takes no time, and belongs to what is stored. */
  signal (SIGINT, SIG_IGN);
  ok = ocg_setup_change_write (&change, self, error);
  signal (SIGINT, SIG_DFL);
  if (!ok && self->secret != NULL)
    ocg_output_complain (
        _ ("The key is stored in the keyring, but the settings are as they were."));
  return ok;
}
