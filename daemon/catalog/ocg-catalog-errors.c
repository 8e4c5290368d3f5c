/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What to tell somebody whose reference does not resolve. */

#include "config.h"

#include "ocg-catalog-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "../config/ocg-config-path.h"
#include "../config/ocg-nearest.h"
#include "ocg-built-in.h"
#include "ocg-error.h"

#define MAX_SUGGESTIONS 3
#define MAX_LISTED 12

/* "a, b, c", cut after @max. */
static char *
join_names (GPtrArray *names, guint max)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < MIN (names->len, max); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "",
                            (const char *) g_ptr_array_index (names, i));
  if (names->len > max)
    /* TRANSLATORS: %u is how many more names there are than those that were listed before. */
    g_string_append_printf (
        text, ngettext (" and %u more", " and %u more", names->len - max), names->len - max);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static GPtrArray *
list_names (OcgCatalog *self)
{
  GPtrArray *names = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer alias = NULL;

  g_hash_table_iter_init (&iter, self->ref_by_alias);
  while (g_hash_table_iter_next (&iter, &alias, NULL))
    g_ptr_array_add (names, alias);
  for (guint i = 0; i < self->models->len; i++)
    g_ptr_array_add (names, ((OcgModel *) g_ptr_array_index (self->models, i))->ref);
  return names;
}

/* Adds a sentence, which is taken, after those that are there. */
static void
add_sentence (GString *text, char *sentence)
{
  g_autofree char *mine = sentence;
  g_autofree char *joined = NULL;

  if (text->len == 0)
    {
      g_string_assign (text, mine);
      return;
    }
  /* TRANSLATORS: one sentence and the next; Chinese puts no space between them. */
  joined = g_strdup_printf (C_ ("two sentences", "%s %s"), text->str, mine);
  g_string_assign (text, joined);
}

/* @known: nothing is suggested when this is the name of a model */
static void
append_suggestions (OcgCatalog *self, GString *text, const char *name, const char *known)
{
  g_autoptr (GPtrArray) names = list_names (self);
  g_autoptr (GPtrArray) nearest = ocg_nearest_names (name, names, MAX_SUGGESTIONS);
  g_autofree char *joined = NULL;

  for (guint i = 0; i < nearest->len; i++)
    if (g_str_equal (g_ptr_array_index (nearest, i), known))
      return;
  if (nearest->len == 0)
    return;
  joined = join_names (nearest, MAX_SUGGESTIONS);
  /* TRANSLATORS: %s is one to three names of models. */
  add_sentence (text, g_strdup_printf (_ ("Similar names: %s."), joined));
}

/* The provider as far as it is known, or NULL. */
static OcgProvider *
find_known (OcgCatalog *self, const char *id)
{
  OcgProvider *provider = g_hash_table_lookup (self->provider_by_id, id);
  const OcgBuiltIn *built_in = ocg_built_in_find (id);

  if (provider == NULL && built_in != NULL && !self->settings->replace)
    return built_in->provider;
  return provider;
}

static void
append_no_such_provider (OcgCatalog *self, GString *text, const char *provider_id)
{
  g_autofree char *path = ocg_config_path_join ("models.providers", provider_id);

  /* TRANSLATORS: a provider, and a place in openclaw.json. */
  add_sentence (
      text,
      g_strdup_printf (_ ("There is no provider named %s. Add a %s block to openclaw.json."),
                       provider_id, path));
  if (self->settings->replace && ocg_built_in_find (provider_id) != NULL)
    add_sentence (text,
                  g_strdup (_ ("models.mode is “replace”, which hides the built-in providers.")));
}

/* A login takes the place of a key. */
static void
append_login (OcgCatalog *self, GString *text, OcgProvider *provider)
{
  const char *plugin = ocg_provider_find_disabled_plugin (provider, self->settings->plugins);

  if (plugin != NULL)
    add_sentence (
        text,
        g_strdup_printf (
            /* TRANSLATORS: a provider, a plugin, and the provider again. */
            _ ("The provider %s is not configured. Run “openclawctl plugins enable %s”, and then "
               "“openclawctl models auth login --provider %s”."),
            provider->id, plugin, provider->id));
  else
    add_sentence (text,
                  g_strdup_printf (
                      /* TRANSLATORS: a provider, and the provider again. */
                      _ ("The provider %s is not configured. Run “openclawctl models auth login "
                         "--provider %s”."),
                      provider->id, provider->id));
}

static void
append_remedies (OcgCatalog *self, GString *text, const char *provider_id)
{
  g_autofree char *path = ocg_config_path_join ("models.providers", provider_id);
  const char *broken = g_hash_table_lookup (self->broken, provider_id);
  OcgProvider *provider = find_known (self, provider_id);
  const char *variable = provider != NULL ? ocg_provider_get_env_key (provider) : NULL;

  if (broken != NULL)
    {
      /* TRANSLATORS: a provider, and the place in openclaw.json with what is wrong there. */
      add_sentence (text,
                    g_strdup_printf (_ ("The entry of the provider %s is wrong and left out. %s."),
                                     provider_id, broken));
      return;
    }
  if (provider == NULL)
    {
      append_no_such_provider (self, text, provider_id);
      return;
    }
  if (provider->login != NULL)
    {
      append_login (self, text, provider);
      return;
    }
  add_sentence (
      text,
      g_strdup_printf (
          /* TRANSLATORS: a provider, the provider again, and a place in openclaw.json. */
          _ ("The provider %s is not configured. Run “openclawctl models auth add --provider %s” "
             "or add a %s block to openclaw.json."),
          provider_id, provider_id, path));
  if (variable != NULL)
    /* TRANSLATORS: %s is the name of an environment variable. */
    add_sentence (text, g_strdup_printf (_ ("Setting %s to the key works too."), variable));
}

void
ocg_catalog_set_unknown_provider (OcgCatalog *self, const char *provider_id, const char *ref,
                                  gboolean is_brief, GError **error)
{
  g_autoptr (GString) text = NULL;
  g_autofree char *normal_ref = NULL;

  if (error == NULL)
    return;
  text = g_string_new (NULL);
  normal_ref = ocg_catalog_normalize_ref (self, ref);
  g_string_append_printf (text, _ ("Unknown model: %s."), ref);
  append_remedies (self, text, provider_id);
  if (!is_brief)
    append_suggestions (self, text, ref, normal_ref);
  g_set_error_literal (error, OCG_ERROR, OCG_ERROR_UNKNOWN_MODEL, text->str);
}

void
ocg_catalog_set_wrong_case (const char *ref, const char *right, GError **error)
{
  g_set_error (error, OCG_ERROR, OCG_ERROR_UNKNOWN_MODEL,
               /* TRANSLATORS: a model as it was asked for, and the same with the right spelling */
               _ ("Unknown model: %s. Capital and small letters count in the id of a model: write "
                  "%s."),
               ref, right);
}

void
ocg_catalog_set_unknown_name (OcgCatalog *self, const char *name, gboolean is_brief,
                              GError **error)
{
  g_autoptr (GString) text = NULL;

  if (error == NULL)
    return;
  text = g_string_new (NULL);
  g_string_append_printf (
      text,
      _ ("Unknown model: %s. It is neither an alias nor the id of a model of a configured "
         "provider. Write PROVIDER/MODEL; “openclawctl models list --all” shows what there is."),
      name);
  if (!is_brief)
    append_suggestions (self, text, name, name);
  g_set_error_literal (error, OCG_ERROR, OCG_ERROR_UNKNOWN_MODEL, text->str);
}

void
ocg_catalog_set_ambiguous (const char *name, GPtrArray *models, GError **error)
{
  g_autoptr (GPtrArray) refs = g_ptr_array_new ();
  g_autofree char *joined = NULL;

  for (guint i = 0; i < models->len; i++)
    g_ptr_array_add (refs, ((OcgModel *) g_ptr_array_index (models, i))->ref);
  joined = join_names (refs, MAX_LISTED);
  g_set_error (error, OCG_ERROR, OCG_ERROR_UNKNOWN_MODEL,
               /* TRANSLATORS: the id of a model, and a list of references. */
               _ ("Unknown model: %s. More than one provider has a model of this id; write one of "
                  "these: %s."),
               name, joined);
}

void
ocg_catalog_set_not_allowed (OcgCatalog *self, const char *ref, GError **error)
{
  g_autofree char *joined = join_names (self->allowed, MAX_LISTED);
  /* TRANSLATORS: stands in the place of a list of models. */
  const char *allowed = self->allowed->len > 0 ? joined : _ ("none");

  g_set_error (error, OCG_ERROR, OCG_ERROR_MODEL_NOT_ALLOWED,
               /* TRANSLATORS: a model, a list of models, and the first model again. ALIAS stands
                  for a name that the user chooses. */
               _ ("Model not allowed: %s. agents.defaults.models in openclaw.json allows only "
                  "these: %s. Add it there with “openclawctl models aliases add ALIAS %s”, or take "
                  "agents.defaults.models away to allow all models."),
               ref, allowed, ref);
}

void
ocg_catalog_set_no_default (GError **error)
{
  g_set_error_literal (
      error, OCG_ERROR, OCG_ERROR_NO_DEFAULT_MODEL,
      /* TRANSLATORS: REF stands for the reference of a model. */
      _ ("No default model is set. Choose one with “openclawctl models set REF”; “openclawctl "
         "models list” shows what there is."));
}

/* A text that is neither endless nor able to play tricks on a terminal. */
static gboolean
is_printable (const char *text)
{
  if (strlen (text) > 256 || !g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isprint (g_utf8_get_char (p)))
      return FALSE;
  return TRUE;
}

void
ocg_catalog_set_bad_reference (const char *reference, GError **error)
{
  if (is_printable (reference))
    g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                 /* TRANSLATORS: what was written. PROVIDER/MODEL is a pattern,
                    minimax/MiniMax-M2.1 an example. */
                 _ ("“%s” is not a reference of a model. Write PROVIDER/MODEL without white "
                    "space, such as minimax/MiniMax-M2.1, or an alias."),
                 reference);
  else
    g_set_error_literal (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                         _ ("The reference of the model is too long or holds control characters. "
                            "Write PROVIDER/MODEL, such as minimax/MiniMax-M2.1, or an alias."));
}
