/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-commands.h"

#include "ocg-dialog.h"
#include "ocg-error.h"
#include "ocg-setup.h"

#include <glib/gi18n.h>

#define SECTION "models"

/* What may be chosen; there will be more. */
enum
{
  ITEM_MODELS,
  ITEM_FINISH,
};

static gboolean
check_section (const char *section, GError **error)
{
  if (section == NULL || g_str_equal (section, SECTION) || g_str_equal (section, "model"))
    return TRUE;
  g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
               /* TRANSLATORS: %s is the name of a section. */
               _ ("There is no such section. The sections are: %s."), SECTION);
  return FALSE;
}

/* @suggested: what Enter stands for. */
static gboolean
ask_section (OcgDialog *dialog, guint suggested, guint *chosen, GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (items, g_strdup (_ ("Model/auth: a key or a login, and the default model")));
  g_ptr_array_add (items, g_strdup (_ ("Finish")));
  return ocg_dialog_choose (dialog, _ ("What do you want to set up?"), items, suggested, chosen,
                            error);
}

/* What was done is shown at once: the next question may take a while. */
static gboolean
set_up (OcgCli *cli, GError **error)
{
  g_autoptr (OcgSetup) setup = ocg_setup_new (cli, TRUE, error);

  if (setup == NULL || !ocg_setup_run (setup, NULL, FALSE, error))
    return FALSE;
  ocg_setup_report (setup);
  ocg_dialog_write (setup->dialog, cli->out->str);
  g_string_truncate (cli->out, 0);
  return TRUE;
}

int
ocg_configure (OcgCli *cli, GError **error)
{
  const char *section = ocg_cli_get (cli, "section");
  g_autoptr (OcgDialog) dialog = ocg_dialog_new (FALSE);
  g_autoptr (GError) local_error = NULL;
  gboolean has_done_something = FALSE;
  guint chosen = ITEM_MODELS;

  if (!check_section (section, error) || ocg_cli_connect (cli, error) == NULL)
    return 0;
  if (section != NULL)
    {
      set_up (cli, error);
      return 0;
    }
  while (ask_section (dialog, has_done_something ? ITEM_FINISH : ITEM_MODELS, &chosen, &local_error)
         && chosen == ITEM_MODELS)
    {
      if (!set_up (cli, error))
        return 0;
      has_done_something = TRUE;
    }
  /* To leave the menu is to finish, however it is done. */
  if (local_error != NULL && !has_done_something)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return 0;
}
