/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-key-header.h"

/* MiniMax wants a bearer token wherever it is reached, and so do the APIs of OpenAI and the
 * subscription tokens of Anthropic, which also have to be announced. */
OcgAuthHeader
ocg_key_header_choose (OcgWireRequest *request, OcgModel *model, OcgSecret *key)
{
  if (g_str_equal (ocg_model_get_family (model), "minimax")
      || !g_str_equal (model->api, "anthropic-messages"))
    return OCG_AUTH_BEARER;
  if (key != NULL && g_str_has_prefix (ocg_secret_peek (key), "sk-ant-oat"))
    {
      g_hash_table_replace (request->headers, g_strdup ("anthropic-beta"),
                            g_strdup ("oauth-2025-04-20"));
      return OCG_AUTH_BEARER;
    }
  return model->provider->auth_header;
}
