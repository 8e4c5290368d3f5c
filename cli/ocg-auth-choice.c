/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-auth-choice.h"

#include "ocg-args.h"
#include "ocg-error.h"
#include "ocg-records.h"

#include <glib/gi18n.h>
#include <string.h>

/* What OpenClaw has and the gateway does not, and what does the same. */
static const struct
{
  const char *choice;
  const char *instead; /* (nullable) */
} unsupported[] = {
  { "openai", "openai-api-key" },
  { "openai-codex", "openai-api-key" },
  { "openai-device-code", "openai-api-key" },
  { "codex-cli", "openai-api-key" },
  { "google-antigravity", "gemini-api-key" },
  { "google-gemini-cli", "gemini-api-key" },
  { "openrouter-oauth", "openrouter-api-key" },
  { "ollama-cloud", "ollama" },
  { "github-copilot", NULL },
  { "copilot-proxy", NULL },
  { "chutes", NULL },
  { "qwen-portal", NULL },
  { "xai-api-key", NULL },
  { "qianfan-api-key", NULL },
  { "ai-gateway-api-key", NULL },
  { "cloudflare-ai-gateway-api-key", NULL },
  { "opencode-zen", NULL },
  { "xiaomi-api-key", NULL },
  { "synthetic-api-key", NULL },
  { "venice-api-key", NULL },
};

/* What OpenClaw makes the default, whatever is newer. */
static const struct
{
  const char *word; /* (nullable) the choice as it was typed */
  const char *provider;
  const char *model;
} usual_models[] = {
  { "minimax-api-lightning", "minimax", "minimax/MiniMax-M2.1-lightning" },
  { NULL, "minimax", "minimax/MiniMax-M2.1" },
  { NULL, "minimax-portal", "minimax-portal/MiniMax-M2.1" },
};

GVariant *
ocg_auth_choices_list (OcgClient *client, GError **error)
{
  OcgDbusGatewayCredentials *proxy = ocg_client_get_credentials (client, error);
  GVariant *choices = NULL;

  if (proxy == NULL
      || !ocg_dbus_gateway_credentials_call_list_auth_choices_sync (proxy, ocg_client_options (),
                                                                    &choices, NULL, error))
    return NULL;
  return choices;
}

static gboolean
is_called (GVariant *choice, const char *word)
{
  g_autofree const char **aliases = ocg_record_get_strv (choice, "aliases");

  return g_str_equal (ocg_record_get_string (choice, "choice"), word)
         || (aliases != NULL && g_strv_contains (aliases, word));
}

static gboolean
check_is_supported (const char *word, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (unsupported); i++)
    {
      if (!g_str_equal (unsupported[i].choice, word))
        continue;
      if (unsupported[i].instead != NULL)
        g_set_error (error, OCG_ERROR, OCG_ERROR_NOT_SUPPORTED,
                     _ ("OpenClaw has the choice %s, this gateway does not. Use: openclawctl "
                        "onboard --auth-choice %s"),
                     word, unsupported[i].instead);
      else
        g_set_error (error, OCG_ERROR, OCG_ERROR_NOT_SUPPORTED,
                     _ ("OpenClaw has the choice %s, this gateway does not. Many models of others "
                        "can be had with one key of OpenRouter: openclawctl onboard --auth-choice "
                        "openrouter-api-key"),
                     word);
      return FALSE;
    }
  return TRUE;
}

/* All words that name a choice; NULL-terminated. The strings belong to @choices. */
static GPtrArray *
list_words (GVariant *choices, gboolean with_aliases)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; i < g_variant_n_children (choices); i++)
    {
      g_autoptr (GVariant) choice = g_variant_get_child_value (choices, i);
      g_autofree const char **aliases = ocg_record_get_strv (choice, "aliases");

      g_ptr_array_add (words, g_strdup (ocg_record_get_string (choice, "choice")));
      for (guint k = 0; with_aliases && aliases != NULL && aliases[k] != NULL; k++)
        g_ptr_array_add (words, g_strdup (aliases[k]));
    }
  g_ptr_array_add (words, g_strdup ("skip"));
  g_ptr_array_add (words, NULL);
  return words;
}

static void
set_unknown (GVariant *choices, const char *word, GError **error)
{
  g_autoptr (GPtrArray) all = list_words (choices, TRUE);
  g_autoptr (GPtrArray) main = list_words (choices, FALSE);
  const char *nearest = ocg_command_nearest (word, (const char *const *)all->pdata);
  g_autofree char *list = g_strjoinv (", ", (char **) main->pdata);

  if (ocg_args_may_be_secret (word))
    g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                 _ ("That is no auth choice. If it is a key, replace that key: what is on a "
                    "command line can be seen by every program. The choices are: %s."),
                 list);
  else if (nearest != NULL)
    g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                 _ ("There is no auth choice “%s”. The nearest is %s. The choices are: %s."), word,
                 nearest, list);
  else
    g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                 _ ("There is no auth choice “%s”. The choices are: %s."), word, list);
}

GVariant *
ocg_auth_choices_find (GVariant *choices, const char *word, GError **error)
{
  for (gsize i = 0; i < g_variant_n_children (choices); i++)
    {
      g_autoptr (GVariant) choice = g_variant_get_child_value (choices, i);

      if (is_called (choice, word))
        return g_steal_pointer (&choice);
    }
  if (check_is_supported (word, error))
    set_unknown (choices, word, error);
  return NULL;
}

GVariant *
ocg_auth_choices_find_provider (GVariant *choices, const char *provider, const char *method)
{
  g_autoptr (GVariant) found = NULL;

  for (gsize i = 0; i < g_variant_n_children (choices); i++)
    {
      g_autoptr (GVariant) choice = g_variant_get_child_value (choices, i);

      if (!g_str_equal (ocg_record_get_string (choice, "provider"), provider)
          || (method != NULL && !g_str_equal (ocg_record_get_string (choice, "method"), method)))
        continue;
      /* One that leaves the region open is best. */
      if (found == NULL || *ocg_record_get_string (choice, "region") == '\0')
        {
          g_clear_pointer (&found, g_variant_unref);
          found = g_steal_pointer (&choice);
        }
    }
  return g_steal_pointer (&found);
}

gboolean
ocg_auth_choice_is_login (GVariant *choice)
{
  return g_str_equal (ocg_record_get_string (choice, "method"), "oauth");
}

gboolean
ocg_auth_choice_is_token (GVariant *choice)
{
  return g_str_equal (ocg_record_get_string (choice, "method"), "token");
}

gboolean
ocg_auth_choice_is_local (GVariant *choice)
{
  return g_str_equal (ocg_record_get_string (choice, "method"), "none");
}

gboolean
ocg_auth_choice_check_plugin (GVariant *choice, GError **error)
{
  const char *plugin = ocg_record_get_string (choice, "plugin");

  if (*plugin == '\0' || ocg_record_get_boolean (choice, "plugin-enabled", TRUE))
    return TRUE;
  g_set_error (error, OCG_ERROR, OCG_ERROR_NOT_SUPPORTED,
               /* TRANSLATORS: a provider, then a plugin. */
               _ ("The login of %s is a plugin that is off. Turn it on, then try again: "
                  "openclawctl plugins enable %s"),
               ocg_record_get_string (choice, "provider-name"), plugin);
  return FALSE;
}

char *
ocg_auth_choice_suggest_model (GVariant *choice, const char *word)
{
  g_autofree const char **models = ocg_record_get_strv (choice, "models");
  const char *provider = ocg_record_get_string (choice, "provider");

  for (guint i = 0; i < G_N_ELEMENTS (usual_models); i++)
    if (g_str_equal (usual_models[i].provider, provider)
        && (usual_models[i].word == NULL || g_strcmp0 (usual_models[i].word, word) == 0))
      return g_strdup (usual_models[i].model);
  return g_strdup (models != NULL && models[0] != NULL ? models[0] : "");
}

GVariant *
ocg_auth_choice_get_regions (GVariant *choice)
{
  g_autoptr (GVariant) regions = g_variant_lookup_value (choice, "regions",
                                                         G_VARIANT_TYPE ("aa{sv}"));

  return regions != NULL && g_variant_n_children (regions) > 0 ? g_steal_pointer (&regions) : NULL;
}

GVariant *
ocg_auth_choice_find_region (GVariant *choice, const char *id, GError **error)
{
  g_autoptr (GVariant) regions = ocg_auth_choice_get_regions (choice);
  g_autoptr (GString) list = g_string_new (NULL);
  const char *provider = ocg_record_get_string (choice, "provider");

  for (gsize i = 0; regions != NULL && i < g_variant_n_children (regions); i++)
    {
      g_autoptr (GVariant) region = g_variant_get_child_value (regions, i);
      const char *this = ocg_record_get_string (region, "id");

      if (g_ascii_strcasecmp (this, id) == 0)
        return g_steal_pointer (&region);
      g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", this);
    }
  if (list->len == 0)
    g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                 _ ("%s has no regions. Leave --region out."), provider);
  else if (*id == '\0')
    g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                 /* TRANSLATORS: a provider, then a list such as "global, cn". */
                 _ ("%s has several regions. Say which with --region: %s."), provider, list->str);
  else
    g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                 /* TRANSLATORS: a provider, then a list such as "global, cn". */
                 _ ("%s has no such region. Give one of these with --region: %s."), provider,
                 list->str);
  return NULL;
}

/* Who a region is for; NULL when it is not known. */
static const char *
describe_users (const char *id)
{
  if (g_str_equal (id, "global"))
    return _ ("international users");
  if (g_str_equal (id, "cn"))
    return _ ("users in China");
  return NULL;
}

char *
ocg_auth_choice_describe_region (GVariant *region)
{
  const char *id = ocg_record_get_string (region, "id");
  const char *users = describe_users (id);
  g_autoptr (GUri) uri = g_uri_parse (ocg_record_get_string (region, "base-url"), G_URI_FLAGS_NONE,
                                      NULL);
  const char *host = uri != NULL && g_uri_get_host (uri) != NULL ? g_uri_get_host (uri) : "";
  const char *name = g_str_equal (id, "cn") ? "CN" : ocg_record_get_string (region, "name");

  if (users == NULL)
    return g_strdup_printf ("%s (%s)", name, host);
  /* TRANSLATORS: a region such as Global, who it is for, and its server. */
  return g_strdup_printf (_ ("%s – %s (%s)"), name, users, host);
}
