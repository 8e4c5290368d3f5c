/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-candidates.h"

#include <glib/gi18n.h>

/* What the catalogue does not list may take anything, and what only its server lists, more than that
 * says: sending tells. */
static gboolean
may_take_images (OcgModel *model)
{
  return model->takes_images || !model->listed || model->discovered;
}

static void
remove_without_images (GPtrArray *models)
{
  for (guint i = models->len; i > 0; i--)
    {
      OcgModel *model = g_ptr_array_index (models, i - 1);

      if (may_take_images (model))
        continue;
      g_debug ("%s takes no images and is left out", model->ref);
      g_ptr_array_remove_index (models, i - 1);
    }
}

/* Those of agents.defaults.imageModel that can be used. */
static GPtrArray *
get_image_models (OcgCatalog *catalog, OcgCredentials *credentials)
{
  GPtrArray *models = ocg_catalog_get_image_models (catalog, ocg_credentials_has, credentials);

  remove_without_images (models);
  return models;
}

OcgModel *
ocg_candidates_choose (OcgModel *model, gboolean is_default, OcgChat *chat, OcgCatalog *catalog,
                       OcgCredentials *credentials, gboolean *stands_in, GError **error)
{
  g_autoptr (GPtrArray) models = NULL;

  if (may_take_images (model) || !ocg_chat_has_images (chat))
    return ocg_model_ref (model);
  models = get_image_models (catalog, credentials);
  if (is_default && models->len > 0)
    {
      *stands_in = TRUE;
      return ocg_model_ref (g_ptr_array_index (models, 0));
    }
  g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_REQUEST,
               /* TRANSLATORS: the reference of a model, twice, and the id of its provider. */
               _ ("%s does not take images, so nothing was sent. Ask for a model that takes them "
                  "(openclawctl models list --all --json shows the input of each), or name one in "
                  "agents.defaults.imageModel of openclaw.json for requests to the default model. "
                  "If %s does take images, add “image” to its input in models.providers.%s."),
               model->ref, model->ref, model->provider->id);
  return NULL;
}

GPtrArray *
ocg_candidates_get_fallbacks (OcgRequest *request, OcgCredentials *credentials)
{
  GPtrArray *models;

  if (request->options.image_model)
    models = get_image_models (request->catalog, credentials);
  else
    models = ocg_catalog_get_fallbacks (request->catalog, request->requested, ocg_credentials_has,
                                        credentials);
  if (ocg_chat_has_images (request->asked))
    remove_without_images (models);
  for (guint i = models->len; i > 0; i--)
    if (g_str_equal (((OcgModel *) g_ptr_array_index (models, i - 1))->ref,
                     request->requested->ref))
      g_ptr_array_remove_index (models, i - 1);
  return models;
}
