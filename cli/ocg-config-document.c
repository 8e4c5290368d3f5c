/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-config-document.h"

#include "ocg-error.h"
#include "ocg-names.h"
#include "ocg-records.h"

#include <glib/gi18n.h>
#include <string.h>

static const char *const names[] = {
  [OCG_CONFIG_DOCUMENT_OPENCLAW] = "openclaw",
  [OCG_CONFIG_DOCUMENT_DESKTOP] = "desktop",
};

gboolean
ocg_config_document_parse (const char *word, OcgConfigDocument *document, GError **error)
{
  *document = OCG_CONFIG_DOCUMENT_OPENCLAW;
  for (guint i = 0; word != NULL && i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (word, names[i]))
      {
        *document = (OcgConfigDocument) i;
        return TRUE;
      }
  if (word != NULL)
    g_set_error_literal (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                         _ ("The files of settings are called openclaw and desktop; without a name "
                            "it is openclaw."));
  return word == NULL;
}

OcgConfigDocument
ocg_config_document_of_path (const char *path)
{
  gsize length = strcspn (path, ".[");

  return length == strlen ("desktop") && g_str_has_prefix (path, "desktop")
             ? OCG_CONFIG_DOCUMENT_DESKTOP
             : OCG_CONFIG_DOCUMENT_OPENCLAW;
}

const char *
ocg_config_document_to_string (OcgConfigDocument document)
{
  return names[document];
}

void
ocg_config_document_reload (OcgClient *client)
{
  OcgDbusGatewayConfig *config = ocg_client_get_config (client, NULL);

  if (config != NULL)
    ocg_dbus_gateway_config_call_reload_sync (config, ocg_client_options (), NULL, NULL);
}

GVariant *
ocg_config_document_get_all (OcgClient *client, GError **error)
{
  return ocg_client_get_properties (client, OCG_IFACE_CONFIG, TRUE, error);
}

const char *
ocg_config_document_get_path (GVariant *all, OcgConfigDocument document)
{
  return ocg_record_get_string (
      all, document == OCG_CONFIG_DOCUMENT_DESKTOP ? "DesktopPath" : "Path");
}

const char *
ocg_config_document_get_hash (GVariant *all, OcgConfigDocument document)
{
  return ocg_record_get_string (
      all, document == OCG_CONFIG_DOCUMENT_DESKTOP ? "DesktopHash" : "Hash");
}
