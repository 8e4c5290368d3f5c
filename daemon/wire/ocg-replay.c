/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-replay.h"

#include "ocg-json-writer.h"
#include "ocg-json.h"
#include "ocg-wire.h"

char *
ocg_replay_dup_family (const char *api, OcgModel *model)
{
  const char *family = ocg_model_get_family (model);

  const OcgWire *wire = ocg_wire_find (api);

  /* A provider of no family may serve models of anybody. */
  if (*family == '\0')
    return g_strdup (model->ref);
  return wire != NULL && wire->replays_to_one_model ? g_strconcat (family, "/", model->id, NULL)
                                                    : g_strdup (family);
}

char *
ocg_replay_pack (const char *api, const char *family, const char *block)
{
  GString *out = g_string_new (NULL);
  OcgJsonWriter writer = OCG_JSON_WRITER_INIT (out);

  ocg_json_open (&writer, '{');
  ocg_json_member_string (&writer, "api", api);
  ocg_json_member_string (&writer, "family", family);
  ocg_json_key (&writer, "block");
  ocg_json_raw (&writer, block);
  ocg_json_close (&writer, '}');
  return g_string_free (out, FALSE);
}

JsonObject *
ocg_replay_unpack (const char *replay, const char *api, const char *family)
{
  g_autoptr (JsonObject) root = NULL;
  JsonObject *block;

  if (replay == NULL)
    return NULL;
  root = ocg_json_parse_object (replay, -1, NULL);
  if (root == NULL || g_strcmp0 (ocg_json_get_string (root, "api"), api) != 0
      || g_strcmp0 (ocg_json_get_string (root, "family"), family) != 0)
    return NULL;
  block = ocg_json_get_object (root, "block");
  return block != NULL ? json_object_ref (block) : NULL;
}
