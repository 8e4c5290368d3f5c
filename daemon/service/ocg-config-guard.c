/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-config-guard.h"

#include <glib/gi18n.h>

#include "../config/ocg-config-keys.h"
#include "../config/ocg-config-mask.h"
#include "../config/ocg-config-path.h"
#include "../../dbus/ocg-error.h"

/* Refuses a literal where secrets stand: it would be readable by everybody who can read the file. */
static gboolean
check_secret (OcgConfigDocumentId id, const char *const *path, JsonNode *value, GError **error)
{
  g_autofree char *place = ocg_config_find_secret (path, value);
  g_auto (GStrv) segments = place != NULL ? ocg_config_path_parse (place, NULL) : NULL;
  gboolean names_provider = segments != NULL && g_strv_length (segments) > 2
                            && g_str_equal (segments[0], "models")
                            && g_str_equal (segments[1], "providers");

  if (place == NULL)
    return TRUE;
  /* TRANSLATORS: "desktop." or nothing; a path such as models.providers.minimax.apiKey; a provider,
   * or PROVIDER */
  g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
               _ ("“%s%s” is a place for a secret, which does not belong into a file. Keys of models "
                  "go into the keyring: openclawctl models auth paste-token --provider %s. What may "
                  "stand here is a reference to an environment variable, such as ${NAME}."),
               id == OCG_CONFIG_DESKTOP ? "desktop." : "", place, names_provider ? segments[2] : "PROVIDER");
  return FALSE;
}

static gboolean check_names (OcgConfigDocumentId id, GPtrArray *path, JsonNode *value,
                             GError **error);

/* @path: with a NULL at its end */
static void
set_unknown_name (OcgConfigDocumentId id, GPtrArray *path, const char *suggestion, GError **error)
{
  g_autofree char *text
      = ocg_config_path_format ((const char *const *) path->pdata, path->len - 1);
  const char *top = id == OCG_CONFIG_DESKTOP ? "desktop." : "";

  if (suggestion != NULL)
    /* TRANSLATORS: a path such as models.mdoe; the name that was probably meant */
    g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                 _ ("“%s%s” is not known; did you mean “%s”? Nothing was written."), top, text,
                 suggestion);
  else if (id == OCG_CONFIG_DESKTOP)
    /* TRANSLATORS: a path such as desktop.odd */
    g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                 _ ("“%s%s” is not known. Check the spelling. Nothing was written."), top, text);
  else
    /* TRANSLATORS: a path such as models.odd */
    g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                 _ ("“%s” is not known, and OpenClaw refuses to start with a name that it does not "
                    "know. Nothing was written. If your version of OpenClaw knows it, use: "
                    "openclawctl config edit"),
                 text);
}

/* Versions of OpenClaw that people have refuse a time limit of a provider; ours has a place of its
 * own. @path: with a NULL at its end */
static gboolean
check_age (OcgConfigDocumentId id, GPtrArray *path, GError **error)
{
  const char *const *segments = (const char *const *) path->pdata;

  if (id != OCG_CONFIG_OPENCLAW || path->len != 5 || !g_str_equal (segments[0], "models")
      || !g_str_equal (segments[1], "providers") || !g_str_equal (segments[3], "timeoutSeconds"))
    return TRUE;
  /* TRANSLATORS: a provider */
  g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
               _ ("Only newer versions of OpenClaw know timeoutSeconds of a provider, and others "
                  "would not start any more. Use the gateway's own setting: openclawctl config set "
                  "desktop.providers.%s.timeouts.totalMs MILLISECONDS"),
               segments[2]);
  return FALSE;
}

static gboolean
check_member_names (OcgConfigDocumentId id, GPtrArray *path, JsonObject *object, GError **error)
{
  gboolean known = TRUE;
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *value = NULL;

  json_object_iter_init_ordered (&iter, object);
  while (known && json_object_iter_next_ordered (&iter, &name, &value))
    {
      g_ptr_array_add (path, (gpointer) name);
      /* What a patch takes away may be called anything. */
      known = JSON_NODE_HOLDS_NULL (value) || check_names (id, path, value, error);
      g_ptr_array_set_size (path, (int) path->len - 1);
    }
  return known;
}

static gboolean
check_item_names (OcgConfigDocumentId id, GPtrArray *path, JsonArray *array, GError **error)
{
  gboolean known = TRUE;

  g_ptr_array_add (path, (gpointer) "0");
  for (guint i = 0; known && i < json_array_get_length (array); i++)
    known = check_names (id, path, json_array_get_element (array, i), error);
  g_ptr_array_set_size (path, (int) path->len - 1);
  return known;
}

/* Refuses names that neither OpenClaw nor we would know. @path: of @value, without the top, as long as
 * @length */
static gboolean
check_names (OcgConfigDocumentId id, GPtrArray *path, JsonNode *value, GError **error)
{
  OcgKeysKind kind = id == OCG_CONFIG_DESKTOP ? OCG_KEYS_DESKTOP : OCG_KEYS_CONFIG;
  const char *suggestion = NULL;
  guint length = path->len;
  gboolean known = TRUE;

  g_ptr_array_add (path, NULL);
  known = ocg_config_keys_is_known (kind, (const char *const *) path->pdata, &suggestion);
  if (!known)
    set_unknown_name (id, path, suggestion, error);
  else
    known = check_age (id, path, error);
  g_ptr_array_set_size (path, (int) length);
  if (known && JSON_NODE_HOLDS_OBJECT (value))
    known = check_member_names (id, path, json_node_get_object (value), error);
  else if (known && JSON_NODE_HOLDS_ARRAY (value))
    known = check_item_names (id, path, json_node_get_array (value), error);
  return known;
}

gboolean
ocg_config_guard (OcgConfigDocumentId id, const char *const *path, JsonNode *value, GError **error)
{
  g_autoptr (GPtrArray) segments = g_ptr_array_new ();

  for (guint i = 0; path[i] != NULL; i++)
    g_ptr_array_add (segments, (gpointer) path[i]);
  return check_secret (id, path, value, error) && check_names (id, segments, value, error);
}
