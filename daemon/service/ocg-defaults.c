/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-defaults.h"

#include <glib/gi18n.h>
#include <string.h>

#include "../credentials/ocg-key-text.h"
#include "../wire/ocg-wire.h"
#include "ocg-options.h"

#define MAX_ALIAS_LENGTH 64

/* A write on its way. */
typedef struct
{
  OcgManagedCall *call;
  GStrvBuilder *warnings;
} Write;

static void
written (GObject *config, GAsyncResult *result, gpointer user_data)
{
  g_autofree Write *write = user_data;
  OCG_LOCALE_SCOPE (write->call->locale);
  g_autoptr (GStrvBuilder) warnings = write->warnings;
  g_auto (GStrv) list = g_strv_builder_end (warnings);
  g_autoptr (GError) error = NULL;
  GVariantDict reply;

  if (!ocg_config_write_finish (OCG_CONFIG (config), result, &error))
    {
      ocg_managed_call_return_error (write->call, error);
      return;
    }
  g_variant_dict_init (&reply, NULL);
  g_variant_dict_insert_value (&reply, "warnings",
                               g_variant_new_strv ((const char *const *) list, -1));
  ocg_managed_call_return (write->call,
                           g_variant_new ("(@a{sv})", g_variant_dict_end (&reply)));
}

/* Takes @warnings and @value. @value: NULL takes the member away. */
static void
start_write (OcgManagedCall *call, GStrvBuilder *warnings, const char *const *path,
             JsonNode *value)
{
  g_autoptr (GPtrArray) edits
      = g_ptr_array_new_with_free_func ((GDestroyNotify) ocg_config_edit_free);
  OcgConfigWrite change
      = { .id = OCG_CONFIG_OPENCLAW, .edits = edits, .is_explicit = value == NULL };
  Write *write = NULL;
  g_autoptr (GError) error = NULL;

  if (!ocg_options_string (call->options, "", "if-hash", &change.if_hash, &error))
    {
      g_strv_builder_unref (warnings);
      g_clear_pointer (&value, json_node_unref);
      ocg_managed_call_return_error (call, error);
      return;
    }
  write = g_new0 (Write, 1);

  write->call = call;
  write->warnings = warnings;
  g_ptr_array_add (edits, ocg_config_edit_new (path, value));
  ocg_config_write_async (call->service->config, &change, NULL, written, write);
}

static JsonNode *
new_string (const char *text)
{
  JsonNode *node = json_node_new (JSON_NODE_VALUE);

  json_node_set_string (node, text);
  return node;
}

/* What the user should know about a model that is going to be used. */
static void
warn_about (GStrvBuilder *warnings, OcgService *service, OcgModel *model)
{
  g_autofree char *profile = ocg_credentials_peek (service->credentials, model->provider);
  g_autofree char *no_key = g_strdup_printf (
      _ ("There is no key for %s yet. Store one with: openclawctl models auth add --provider %s"),
      model->ref, model->provider->id);
  g_autofree char *not_listed = g_strdup_printf (
      _ ("The catalogue does not know %s; it is passed on to %s as it is."), model->ref,
      model->provider->name);
  g_autofree char *no_wire = g_strdup_printf (
      /* TRANSLATORS: a model reference and the name of a wire API, such as openai-responses. */
      _ ("%s speaks %s, which this version of the gateway does not."), model->ref, model->api);

  if (profile == NULL)
    g_strv_builder_add (warnings, no_key);
  if (!model->listed)
    g_strv_builder_add (warnings, not_listed);
  if (ocg_wire_find (model->api) == NULL)
    g_strv_builder_add (warnings, no_wire);
}

/* The model that is to be written into the settings. What is written is expanded when it is read
 * again: a reference with a variable in it would show the variable's value to everybody. */
static OcgModel *
resolve_for_settings (OcgManagedCall *call, const char *reference, const char *argument,
                      GError **error)
{
  if (*reference == '\0' || strstr (reference, "${") != NULL)
    {
      ocg_options_fail (error, "", argument,
                        _ ("must be a model reference or an alias, without “${”."));
      return NULL;
    }
  return ocg_engine_resolve_any (call->service->engine, reference, error);
}

/* SetDefaultModel() of a model that a plan would not serve. */
typedef struct
{
  OcgManagedCall *call;
  OcgModel *model;
  GStrvBuilder *warnings;
} FastModel;

static const char *const primary_path[] = { "agents", "defaults", "model", "primary", NULL };

static void
got_credential (GObject *credentials, GAsyncResult *result, gpointer user_data)
{
  g_autofree FastModel *fast = user_data;
  OCG_LOCALE_SCOPE (fast->call->locale);
  g_autoptr (OcgModel) model = fast->model;
  g_autoptr (OcgCredential) credential = ocg_credentials_get_finish (OCG_CREDENTIALS (credentials),
                                                                     result, NULL);
  g_autofree char *warning = NULL;

  if (model->provider->login != NULL
      || (credential != NULL && credential->secret != NULL
          && ocg_key_text_is_plan_key (credential->secret)))
    {
      /* TRANSLATORS: a model reference such as minimax/MiniMax-M2.1-lightning. */
      warning = g_strdup_printf (
          _ ("A plan cannot choose %s: MiniMax sends most requests of a plan "
             "to the fast models by itself. Set the model without that "
             "ending instead."),
          model->ref);
      g_strv_builder_add (fast->warnings, warning);
    }
  start_write (fast->call, fast->warnings, primary_path, new_string (model->ref));
}

/* Takes @warnings. Whether it is a plan shows in the key. */
static void
set_fast_model (OcgManagedCall *call, OcgModel *model, GStrvBuilder *warnings)
{
  FastModel *fast = g_new0 (FastModel, 1);

  fast->call = call;
  fast->model = ocg_model_ref (model);
  fast->warnings = warnings;
  ocg_credentials_get_quietly_async (call->service->credentials, model->provider, NULL, NULL,
                                     got_credential, fast);
}

void
ocg_defaults_set_model (OcgManagedCall *call, const char *reference)
{
  g_autoptr (GStrvBuilder) warnings = g_strv_builder_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (OcgModel) model = resolve_for_settings (call, reference, "model", &error);

  if (model == NULL)
    {
      ocg_managed_call_return_error (call, error);
      return;
    }
  warn_about (warnings, call->service, model);
  if (ocg_model_is_fast_minimax (model))
    set_fast_model (call, model, g_steal_pointer (&warnings));
  else
    start_write (call, g_steal_pointer (&warnings), primary_path, new_string (model->ref));
}

static gboolean
array_has_string (JsonArray *array, const char *text)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (g_str_equal (json_array_get_string_element (array, i), text))
      return TRUE;
  return FALSE;
}

/* How @reference is written on the list of fallbacks: ${NAME} stays what it is. NULL when it is not
 * on it. (transfer full) */
static char *
find_written (OcgManagedCall *call, const char *reference)
{
  static const char *const path[] = { "agents", "defaults", "model", "fallbacks", NULL };
  OcgSettings *settings
      = ocg_catalog_get_settings (ocg_engine_get_catalog (call->service->engine));
  g_autoptr (JsonNode) node = ocg_config_dup_value (call->service->config, path);
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *item = json_array_get_element (array, i);
      const char *written = json_node_get_value_type (item) == G_TYPE_STRING
                                ? json_node_get_string (item)
                                : "";
      g_autofree char *missing = NULL;
      g_autofree char *text = ocg_environment_expand (settings->environment, written, &missing);

      if (text != NULL && g_str_equal (g_strstrip (text), reference))
        return g_strdup (written);
    }
  return NULL;
}

/* Adds one fallback; FALSE when it names no model. */
static gboolean
add_fallback (OcgManagedCall *call, JsonArray *array, const char *reference,
              GStrvBuilder *warnings, GError **error)
{
  g_autofree char *written = find_written (call, reference);
  g_autoptr (OcgModel) model = NULL;

  /* What is on the list already may stay, whatever has become of it. */
  if (written != NULL)
    {
      if (!array_has_string (array, written))
        json_array_add_string_element (array, written);
      return TRUE;
    }
  model = resolve_for_settings (call, reference, "models", error);
  if (model == NULL)
    return FALSE;
  if (array_has_string (array, model->ref))
    return TRUE;
  json_array_add_string_element (array, model->ref);
  warn_about (warnings, call->service, model);
  return TRUE;
}

void
ocg_defaults_set_fallbacks (OcgManagedCall *call, const char *const *references)
{
  static const char *const path[] = { "agents", "defaults", "model", "fallbacks", NULL };
  g_autoptr (GStrvBuilder) warnings = g_strv_builder_new ();
  g_autoptr (JsonArray) array = json_array_new ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; references[i] != NULL; i++)
    if (!add_fallback (call, array, references[i], warnings, &error))
      {
        ocg_managed_call_return_error (call, error);
        return;
      }
  start_write (call, g_steal_pointer (&warnings), path,
               json_node_init_array (json_node_alloc (), array));
}

static gboolean
is_alias (const char *alias)
{
  if (g_utf8_strlen (alias, -1) > MAX_ALIAS_LENGTH)
    return FALSE;
  for (const char *p = alias; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '/' || c == '$' || g_unichar_isspace (c) || g_unichar_iscntrl (c))
        return FALSE;
    }
  return TRUE;
}

/* References differ in how people write the provider; the file keeps its own spelling. */
static gboolean
is_same_ref (const char *written, const char *ref)
{
  const char *id = strchr (written, '/');
  const char *ref_id = strchr (ref, '/');

  return id != NULL && g_str_equal (id, ref_id) && id - written == ref_id - ref
         && g_ascii_strncasecmp (written, ref, (gsize) (id - written)) == 0;
}

static OcgModelEntry *
find_entry (OcgSettings *settings, const char *ref)
{
  for (guint i = 0; i < settings->model_entries->len; i++)
    {
      OcgModelEntry *entry = g_ptr_array_index (settings->model_entries, i);

      if (is_same_ref (entry->ref, ref))
        return entry;
    }
  return NULL;
}

static gboolean
check_alias (OcgSettings *settings, const char *alias, OcgModelEntry *own, GError **error)
{
  if (!is_alias (alias))
    {
      ocg_options_fail (error, "", "alias",
                        _ ("must be up to 64 characters without spaces, “/” and “$”."));
      return FALSE;
    }
  for (guint i = 0; i < settings->model_entries->len; i++)
    {
      OcgModelEntry *entry = g_ptr_array_index (settings->model_entries, i);
      g_autofree char *theirs = entry->alias != NULL ? g_utf8_casefold (entry->alias, -1) : NULL;
      g_autofree char *ours = g_utf8_casefold (alias, -1);
      g_autofree char *message = NULL;

      if (entry == own || g_strcmp0 (theirs, ours) != 0)
        continue;
      message = g_strdup_printf (
          _ ("is the alias of %s already. Remove it there first: openclawctl models aliases "
             "remove %s"),
          entry->ref, alias);
      ocg_options_fail (error, "", "alias", message);
      return FALSE;
    }
  return TRUE;
}

static void
remove_alias (OcgManagedCall *call, OcgModel *model, OcgModelEntry *entry, GStrvBuilder *warnings)
{
  g_autoptr (GStrvBuilder) mine = warnings;
  g_autoptr (GError) error = NULL;
  g_autofree char *stays = g_strdup_printf (
      _ ("%s stays on the list of allowed models, agents.defaults.models. Remove its entry there "
         "if it should not be used any more."),
      model->ref);

  if (entry == NULL || entry->alias == NULL)
    {
      g_set_error (&error, OCG_ERROR, OCG_ERROR_NOT_FOUND, _ ("%s has no alias."), model->ref);
      ocg_managed_call_return_error (call, error);
      return;
    }
  g_strv_builder_add (mine, stays);
  start_write (call, g_steal_pointer (&mine),
               (const char *const[]){ "agents", "defaults", "models", entry->ref, "alias", NULL },
               NULL);
}

void
ocg_defaults_set_alias (OcgManagedCall *call, const char *reference, const char *alias)
{
  OcgSettings *settings
      = ocg_catalog_get_settings (ocg_engine_get_catalog (call->service->engine));
  g_autoptr (GStrvBuilder) warnings = g_strv_builder_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (OcgModel) model = resolve_for_settings (call, reference, "model", &error);
  OcgModelEntry *entry = NULL;

  if (model != NULL)
    entry = find_entry (settings, model->ref);
  if (model != NULL && *alias == '\0')
    {
      remove_alias (call, model, entry, g_steal_pointer (&warnings));
      return;
    }
  if (model == NULL || !check_alias (settings, alias, entry, &error))
    {
      ocg_managed_call_return_error (call, error);
      return;
    }
  if (entry != NULL && entry->alias != NULL && !g_str_equal (entry->alias, alias))
    {
      /* TRANSLATORS: a model, and a name that it had */
      g_autofree char *replaced = g_strdup_printf (
          _ ("A model has one alias: %s is not called “%s” any more."), model->ref, entry->alias);

      g_strv_builder_add (warnings, replaced);
    }
  if (!settings->has_allowlist)
    g_strv_builder_add (
        warnings,
        _ ("This made the list of allowed models, agents.defaults.models: from now on only the "
           "models on it, the default model and the fallbacks may be used. To allow all models "
           "again, remove agents.defaults.models from openclaw.json."));
  start_write (call, g_steal_pointer (&warnings),
               (const char *const[]){ "agents", "defaults", "models",
                                      entry != NULL ? entry->ref : model->ref, "alias", NULL },
               new_string (alias));
}
