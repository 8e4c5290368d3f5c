/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-setup-steps.h"

#include "ocg-error.h"
#include "ocg-records.h"

#include <glib/gi18n.h>

/* What most people want; the rest is under "Other". */
static const struct
{
  const char *label;
  const char *provider;
  const char *word; /* (nullable) the auth choice, where the provider alone does not tell */
} usual[] = {
  { N_ ("MiniMax M2.1 (API key)"), "minimax", NULL },
  { N_ ("MiniMax M2.1 Lightning (API key)"), "minimax", "minimax-api-lightning" },
  { N_ ("MiniMax OAuth (coding plan, no key)"), "minimax-portal", NULL },
  { N_ ("Anthropic"), "anthropic", NULL },
  { N_ ("OpenAI"), "openai", NULL },
  { N_ ("LM Studio (on this computer, no key)"), "lmstudio", NULL },
};

typedef struct
{
  GPtrArray *labels;  /* char* */
  GPtrArray *choices; /* GVariant*; NULL is none of them */
  GPtrArray *words;   /* char*, nullable */
} Menu;

static void
menu_init (Menu *self)
{
  self->labels = g_ptr_array_new_with_free_func (g_free);
  self->choices = g_ptr_array_new ();
  self->words = g_ptr_array_new ();
}

static void
menu_clear (Menu *self)
{
  for (guint i = 0; i < self->choices->len; i++)
    if (g_ptr_array_index (self->choices, i) != NULL)
      g_variant_unref (g_ptr_array_index (self->choices, i));
  g_ptr_array_unref (self->labels);
  g_ptr_array_unref (self->choices);
  g_ptr_array_unref (self->words);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Menu, menu_clear)

/* Takes @choice (nullable). */
static void
menu_add (Menu *self, const char *label, GVariant *choice, const char *word)
{
  g_ptr_array_add (self->labels, g_strdup (label));
  g_ptr_array_add (self->choices, choice);
  g_ptr_array_add (self->words, (gpointer) word);
}

static gboolean
menu_ask (Menu *self, OcgSetup *setup, const char *question, guint *chosen, GError **error)
{
  return ocg_dialog_choose (setup->dialog, question, self->labels, 0, chosen, error);
}

static gboolean
is_usual (const char *provider)
{
  for (guint i = 0; i < G_N_ELEMENTS (usual); i++)
    if (g_str_equal (usual[i].provider, provider))
      return TRUE;
  return FALSE;
}

/* The ways to get a credential of one provider, one for each method. */
static gboolean
choose_method (OcgSetup *self, const char *provider, GError **error)
{
  static const char *const methods[] = { "api-key", "token", "oauth", "none" };
  g_auto (Menu) menu = { 0 };
  guint chosen = 0;

  menu_init (&menu);
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      GVariant *choice = ocg_auth_choices_find_provider (self->choices, provider, methods[i]);

      if (choice != NULL)
        menu_add (&menu, ocg_record_get_string (choice, "label"), choice, NULL);
    }
  if (menu.labels->len == 0)
    {
      g_set_error (error, OCG_ERROR, OCG_ERROR_PROVIDER_NOT_CONFIGURED,
                   _ ("%s takes no key, and has no login here."), provider);
      return FALSE;
    }
  if (menu.labels->len > 1 && !menu_ask (&menu, self, _ ("How do you log in?"), &chosen, error))
    return FALSE;
  self->choice = g_variant_ref (g_ptr_array_index (menu.choices, chosen));
  return TRUE;
}

static gboolean
choose_other (OcgSetup *self, GError **error)
{
  g_auto (Menu) menu = { 0 };
  guint chosen = 0;

  menu_init (&menu);
  for (gsize i = 0; i < g_variant_n_children (self->choices); i++)
    {
      g_autoptr (GVariant) choice = g_variant_get_child_value (self->choices, i);
      const char *provider = ocg_record_get_string (choice, "provider");
      const char *name = ocg_record_get_string (choice, "provider-name");

      name = *name != '\0' ? name : provider;
      if (!is_usual (provider)
          && !g_ptr_array_find_with_equal_func (menu.labels, name, g_str_equal, NULL))
        menu_add (&menu, name, g_steal_pointer (&choice), NULL);
    }
  if (menu.labels->len == 0)
    {
      g_set_error_literal (error, OCG_ERROR, OCG_ERROR_NOT_FOUND, _ ("There are no others."));
      return FALSE;
    }
  return menu_ask (&menu, self, _ ("Which provider?"), &chosen, error)
         && choose_method (
             self, ocg_record_get_string (g_ptr_array_index (menu.choices, chosen), "provider"),
             error);
}

static gboolean
choose_from_menu (OcgSetup *self, gboolean can_skip, GError **error)
{
  g_auto (Menu) menu = { 0 };
  GVariant *chosen_choice = NULL;
  guint n_usual = 0;
  guint chosen = 0;

  menu_init (&menu);
  for (guint i = 0; i < G_N_ELEMENTS (usual); i++)
    {
      GVariant *choice = ocg_auth_choices_find_provider (self->choices, usual[i].provider, NULL);

      if (choice != NULL)
        menu_add (&menu, _ (usual[i].label), choice, usual[i].word);
    }
  n_usual = menu.labels->len;
  menu_add (&menu, _ ("Other providers"), NULL, NULL);
  if (can_skip)
    menu_add (&menu, _ ("Skip for now"), NULL, NULL);
  if (!menu_ask (&menu, self, _ ("Which model do you want to use?"), &chosen, error))
    return FALSE;

  self->is_region_open = TRUE;
  if (chosen == n_usual)
    return choose_other (self, error);
  if (chosen > n_usual)
    return TRUE;
  chosen_choice = g_ptr_array_index (menu.choices, chosen);
  self->word = g_strdup (g_ptr_array_index (menu.words, chosen));
  return choose_method (self, ocg_record_get_string (chosen_choice, "provider"), error);
}

/* Logins, and tokens that somebody has to fetch first, need somebody who is there. */
static gboolean
check_is_possible (OcgSetup *self, GError **error)
{
  gboolean is_token = g_strcmp0 (self->word, "setup-token") == 0
                      || g_strcmp0 (self->word, "oauth") == 0
                      || g_strcmp0 (self->word, "anthropic-cli") == 0
                      || g_strcmp0 (self->word, "claude-cli") == 0;

  if (!ocg_auth_choice_check_plugin (self->choice, error))
    return FALSE;
  if (self->is_interactive)
    return TRUE;
  if (ocg_auth_choice_is_login (self->choice))
    g_set_error_literal (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                         _ ("A login needs somebody to confirm it in a browser. Leave out "
                            "--non-interactive."));
  else if (is_token)
    g_set_error_literal (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                         _ ("A setup token is made by somebody who logs in. Leave out "
                            "--non-interactive, or store one that was made before with: "
                            "openclawctl models auth paste-token --provider anthropic"));
  else
    return TRUE;
  return FALSE;
}

gboolean
ocg_setup_choose (OcgSetup *self, const char *word, gboolean can_skip, GError **error)
{
  if (word == NULL && !choose_from_menu (self, can_skip, error))
    return FALSE;
  if (word != NULL)
    {
      self->word = g_strdup (word);
      self->choice = ocg_auth_choices_find (self->choices, word, error);
      if (self->choice == NULL)
        return FALSE;
    }
  return self->choice == NULL || check_is_possible (self, error);
}

static gboolean
ask_region (OcgSetup *self, GVariant *regions, GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_free);
  guint chosen = 0;

  for (gsize i = 0; i < g_variant_n_children (regions); i++)
    {
      g_autoptr (GVariant) region = g_variant_get_child_value (regions, i);

      g_ptr_array_add (items, ocg_auth_choice_describe_region (region));
    }
  if (self->is_interactive
      && !ocg_dialog_choose (self->dialog, _ ("Where is your account?"), items, chosen, &chosen,
                             error))
    return FALSE;
  self->region = g_variant_get_child_value (regions, chosen);
  return TRUE;
}

gboolean
ocg_setup_choose_region (OcgSetup *self, GError **error)
{
  g_autoptr (GVariant) regions = ocg_auth_choice_get_regions (self->choice);
  const char *given = ocg_cli_get (self->cli, "region");
  const char *fixed = ocg_record_get_string (self->choice, "region");

  if (given == NULL && *fixed != '\0' && !self->is_region_open)
    given = fixed;
  if (given != NULL)
    {
      self->region = ocg_auth_choice_find_region (self->choice, given, error);
      return self->region != NULL;
    }
  return regions == NULL || ask_region (self, regions, error);
}
