/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* plugins.entries of openclaw.json: which are switched on. The rest of them is OpenClaw's. */

#include "ocg-settings-sections.h"

#include "ocg-config-path.h"

#define ENTRIES "plugins.entries"

void
ocg_settings_read_plugins (OcgSettings *out, OcgSettingsReader *reader, JsonObject *root)
{
  JsonObject *plugins = ocg_settings_reader_get_object (reader, root, NULL, "plugins");
  JsonObject *entries = ocg_settings_reader_get_object (reader, plugins, "plugins", "entries");
  JsonObjectIter iter;
  const char *id = NULL;

  if (entries == NULL)
    return;
  json_object_iter_init_ordered (&iter, entries);
  while (json_object_iter_next_ordered (&iter, &id, NULL))
    {
      g_autofree char *path = ocg_config_path_join (ENTRIES, id);
      JsonObject *entry = ocg_settings_reader_get_object (reader, entries, ENTRIES, id);
      gboolean enabled = FALSE;

      if (ocg_settings_reader_get_boolean (reader, entry, path, "enabled", &enabled))
        g_hash_table_insert (out->plugins, g_strdup (id), GINT_TO_POINTER (enabled));
    }
}
