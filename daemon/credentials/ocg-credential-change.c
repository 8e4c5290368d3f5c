/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-credential-change.h"

#include "ocg-credential-order.h"

/* Of JsonNode (transfer none): what is written about @provider, one layer upon the other. */
static GPtrArray *
get_entries (OcgProvider *provider, OcgSettings *settings)
{
  GPtrArray *entries = g_ptr_array_new ();

  for (guint i = 0; i < settings->layers->len; i++)
    {
      const OcgProviderLayer *layer = settings->layers->pdata[i];
      JsonObjectIter iter;
      const char *id;
      JsonNode *node;

      json_object_iter_init_ordered (&iter, layer->providers);
      while (json_object_iter_next_ordered (&iter, &id, &node))
        if (ocg_provider_is_named (provider, id))
          g_ptr_array_add (entries, node);
    }
  return entries;
}

gboolean
ocg_credential_settings_differ (OcgProvider *provider, OcgSettings *old, OcgSettings *new)
{
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = get_entries (provider, new);

  if (old == NULL
      || g_strcmp0 (ocg_credential_text (provider, old, OCG_CREDENTIAL_FROM_ENVIRONMENT),
                    ocg_credential_text (provider, new, OCG_CREDENTIAL_FROM_ENVIRONMENT))
             != 0)
    return TRUE;
  before = get_entries (provider, old);
  if (before->len != after->len)
    return TRUE;
  for (guint i = 0; i < before->len; i++)
    if (!json_node_equal (before->pdata[i], after->pdata[i]))
      return TRUE;
  return FALSE;
}
