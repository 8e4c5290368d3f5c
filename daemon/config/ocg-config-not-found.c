/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-config-not-found.h"

#include <glib/gi18n.h>

#include "ocg-config-path.h"
#include "ocg-error.h"
#include "ocg-name-guess.h"

/* The name in the innermost object on the way that is nearest to the first segment that is missing. */
static char *
guess (JsonNode *root, const char *const *segments)
{
  JsonNode *node = root;
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  JsonObjectIter iter;
  const char *name = NULL;

  for (; *segments != NULL && JSON_NODE_HOLDS_OBJECT (node); segments++)
    {
      JsonNode *next = json_object_get_member (json_node_get_object (node), *segments);

      if (next == NULL)
        break;
      node = next;
    }
  if (*segments == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return NULL;
  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    g_ptr_array_add (names, (gpointer) name);
  g_ptr_array_add (names, NULL);
  return g_strdup (ocg_name_guess (*segments, (const char *const *) names->pdata));
}

void
ocg_config_set_not_found (JsonNode *root, const char *const *segments, const char *top,
                          const char *file, GError **error)
{
  g_autofree char *beneath
      = ocg_config_path_format (segments, g_strv_length ((char **) segments));
  g_autofree char *path = top == NULL       ? g_strdup (beneath)
                          : *beneath == '\0' ? g_strdup (top)
                                            : g_strconcat (top, ".", beneath, NULL);
  g_autofree char *meant = guess (root, segments);

  if (meant != NULL)
    /* TRANSLATORS: a path such as models.mode; a file; a name that is there */
    g_set_error (error, OCG_ERROR, OCG_ERROR_NOT_FOUND,
                 _ ("“%s” is not set in “%s”. Did you mean “%s”?"), path, file, meant);
  else
    g_set_error (error, OCG_ERROR, OCG_ERROR_NOT_FOUND,
                 _ ("“%s” is not set in “%s”. Check the spelling; names are case-sensitive."), path,
                 file);
}
