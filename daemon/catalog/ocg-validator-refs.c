/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Whether what names a model names one. */

#include "config.h"

#include "ocg-validator-checks.h"

#include <glib/gi18n.h>
#include <string.h>

#include "../config/ocg-config-path.h"
#include "../config/ocg-nearest.h"
#include "ocg-catalog-private.h"

#define DEFAULTS "agents.defaults"

/* Each name is compared with all models: whoever mistook a provider knows after a few. */
#define MAX_GUESSES 20

typedef struct
{
  OcgCatalog *catalog;
  OcgEnvironment *environment; /* (nullable) for ${VAR} in values */
  OcgProblems *problems;
  guint n_guesses;
} Check;

/* Keys may be in the keyring, which nobody asks here. */
static gboolean
assume_credential (OcgProvider *provider, gpointer user_data)
{
  return TRUE;
}

/* The model that was meant, by spelling or by looks; NULL when none comes near. */
static const char *
find_meant (OcgCatalog *catalog, const char *name)
{
  GPtrArray *models = ocg_catalog_get_models (catalog);
  gboolean is_bare = strchr (name, '/') == NULL;
  g_autoptr (GPtrArray) refs = g_ptr_array_new ();
  g_autoptr (GPtrArray) nearest = NULL;

  for (guint i = 0; i < models->len; i++)
    {
      const OcgModel *model = g_ptr_array_index (models, i);

      if (g_ascii_strcasecmp (is_bare ? model->id : model->ref, name) == 0)
        return model->ref;
      g_ptr_array_add (refs, model->ref);
    }
  nearest = ocg_nearest_names (name, refs, 1);
  return nearest->len > 0 ? g_ptr_array_index (nearest, 0) : NULL;
}

static gboolean
is_bare_id (OcgCatalog *catalog, const char *name)
{
  OcgModelChain chain = ocg_catalog_chain_of_id (catalog, name);

  if (strchr (name, '/') != NULL)
    return FALSE;
  for (OcgModel *model = ocg_model_chain_next (&chain); model != NULL;
       model = ocg_model_chain_next (&chain))
    if (g_str_equal (model->id, name))
      return TRUE;
  return FALSE;
}

static const char *
guess (Check *check, const char *name)
{
  if (!ocg_model_is_name (name) || check->n_guesses >= MAX_GUESSES)
    return NULL;
  check->n_guesses++;
  return find_meant (check->catalog, name);
}

/* A bare id that several providers have means that of the one that is configured; who has a key in
 * the keyring only is not known here. */
static char *
find_ambiguity (Check *check, const char *id)
{
  g_autoptr (GPtrArray) meanings = NULL;
  g_autoptr (GError) error = NULL;

  if (ocg_catalog_find_alias (check->catalog, id) != NULL)
    return NULL;
  meanings = ocg_catalog_find_meanings (check->catalog, id, NULL, NULL);
  if (meanings->len < 2)
    return NULL;
  ocg_catalog_set_ambiguous (id, meanings, &error);
  return g_strdup (error->message);
}

/* What is wrong with @name as the reference of a model, or NULL. @is_choice: the model is asked for
 * under this name; else something is said about it. */
static char *
find_fault (Check *check, const char *name, gboolean is_choice)
{
  g_autoptr (OcgModel) model = NULL;
  g_autoptr (GError) error = NULL;

  /* "provider/" with a star stands for all models of a provider. */
  if (*name == '\0' || g_str_has_suffix (name, "/*")
      || ocg_problems_get_n (check->problems) > OCG_PROBLEMS_MAX)
    return NULL;
  if (is_bare_id (check->catalog, name))
    return is_choice ? find_ambiguity (check, name) : NULL;
  model = ocg_catalog_resolve_briefly (check->catalog, name, assume_credential, NULL, &error);
  return model == NULL ? g_strdup (error->message) : NULL;
}

static void
check_name (Check *check, const char *path, const char *name, gboolean is_choice)
{
  g_autofree char *stripped = g_strstrip (g_strdup (name));
  g_autofree char *fault = find_fault (check, stripped, is_choice);
  const char *meant = NULL;

  if (fault == NULL)
    return;
  if (!is_bare_id (check->catalog, stripped))
    meant = guess (check, stripped);
  ocg_problems_add (check->problems, OCG_SEVERITY_WARNING, path, fault, meant);
}

/* What a variable holds may be a secret, and is not repeated. */
static void
check_with_variables (Check *check, const char *path, const char *name)
{
  g_autofree char *stripped = g_strstrip (g_strdup (name));
  g_autofree char *fault = find_fault (check, stripped, TRUE);

  if (fault != NULL)
    ocg_problems_add (check->problems, OCG_SEVERITY_WARNING, path,
                      _ ("with the environment variables filled in, this is not the reference of "
                         "a model; check them, or write PROVIDER/MODEL"),
                      NULL);
}

static void
check_node (Check *check, const char *path, JsonNode *node)
{
  const char *written = node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
                            ? json_node_get_string (node)
                            : "";
  g_autofree char *missing = NULL;
  g_autofree char *name = check->environment != NULL
                              ? ocg_environment_expand (check->environment, written, &missing)
                              : g_strdup (written);

  if (name == NULL)
    return;
  if (check->environment != NULL && ocg_environment_find_reference (written, NULL) != NULL)
    check_with_variables (check, path, name);
  else
    check_name (check, path, name, TRUE);
}

/* Text, or {primary, fallbacks}. */
static void
check_choice (Check *check, JsonObject *defaults, const char *name)
{
  JsonNode *node = json_object_get_member (defaults, name);
  g_autofree char *path = ocg_config_path_join (DEFAULTS, name);
  g_autofree char *primary_path = ocg_config_path_join (path, "primary");
  g_autofree char *fallbacks_path = ocg_config_path_join (path, "fallbacks");
  JsonNode *fallbacks = NULL;
  JsonArray *array = NULL;

  check_node (check, path, node);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;
  check_node (check, primary_path, json_object_get_member (json_node_get_object (node), "primary"));
  fallbacks = json_object_get_member (json_node_get_object (node), "fallbacks");
  if (fallbacks == NULL || !JSON_NODE_HOLDS_ARRAY (fallbacks))
    return;
  array = json_node_get_array (fallbacks);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *item_path = ocg_config_path_join_index (fallbacks_path, i);

      check_node (check, item_path, json_array_get_element (array, i));
    }
}

/* An alias comes before a reference, so that the model of that reference could not be asked for. */
static void
check_alias (Check *check, const char *entry_path, JsonNode *entry)
{
  JsonNode *node = JSON_NODE_HOLDS_OBJECT (entry)
                       ? json_object_get_member (json_node_get_object (entry), "alias")
                       : NULL;
  const char *alias = node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
                          ? json_node_get_string (node)
                          : "";
  const char *slash = strchr (alias, '/');
  g_autofree char *provider_id
      = slash != NULL ? g_strndup (alias, (gsize) (slash - alias)) : NULL;
  g_autofree char *path = g_strconcat (entry_path, ".alias", NULL);

  if (slash != NULL && ocg_catalog_find_provider (check->catalog, provider_id) != NULL)
    ocg_problems_add (check->problems, OCG_SEVERITY_ERROR, path,
                      _ ("an alias that is the reference of a model hides that model; choose a "
                         "name without “/”"),
                      NULL);
}

static void
check_entries (Check *check, JsonObject *defaults)
{
  JsonNode *models = json_object_get_member (defaults, "models");
  JsonObjectIter iter;
  const char *ref = NULL;
  JsonNode *entry = NULL;

  if (models == NULL || !JSON_NODE_HOLDS_OBJECT (models))
    return;
  json_object_iter_init_ordered (&iter, json_node_get_object (models));
  while (json_object_iter_next_ordered (&iter, &ref, &entry))
    {
      g_autofree char *path = ocg_config_path_join (DEFAULTS ".models", ref);

      check_name (check, path, ref, FALSE);
      check_alias (check, path, entry);
    }
}

static JsonObject *
get_object (JsonObject *parent, const char *name)
{
  JsonNode *node = parent != NULL ? json_object_get_member (parent, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static JsonObject *
get_root (OcgConfigTree *tree)
{
  JsonNode *root = ocg_config_tree_get_root (tree);

  return root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
}

void
ocg_validator_check_refs (OcgCatalog *catalog, OcgConfigTree *tree, OcgProblems *problems)
{
  Check check = { catalog, ocg_catalog_get_settings (catalog)->environment, problems, 0 };
  JsonObject *defaults = get_object (get_object (get_root (tree), "agents"), "defaults");

  if (defaults == NULL)
    return;
  check_choice (&check, defaults, "model");
  check_choice (&check, defaults, "imageModel");
  check_entries (&check, defaults);
}

void
ocg_validator_check_desktop_refs (OcgCatalog *catalog, OcgConfigTree *tree, OcgProblems *problems)
{
  Check check = { catalog, NULL, problems, 0 };
  JsonObject *search = get_object (get_root (tree), "search");

  if (search != NULL)
    check_node (&check, "desktop.search.model", json_object_get_member (search, "model"));
}
