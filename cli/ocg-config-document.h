/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The two files of settings: openclaw.json, which OpenClaw reads too, and the gateway's own, which
 * is called "desktop". */

#pragma once

#include "ocg-client.h"

/* The most that the gateway takes as a file. */
#define OCG_CONFIG_DOCUMENT_MAX_SIZE (4 * 1024 * 1024)

typedef enum
{
  OCG_CONFIG_DOCUMENT_OPENCLAW,
  OCG_CONFIG_DOCUMENT_DESKTOP,
} OcgConfigDocument;

/* @word: (nullable) as typed: "openclaw", "desktop", or nothing. Error: OCG_ERROR_INVALID_ARGS. */
gboolean ocg_config_document_parse (const char *word, OcgConfigDocument *document, GError **error);
/* Which one a path such as "desktop.fallback" leads into. */
OcgConfigDocument ocg_config_document_of_path (const char *path);
/* As the gateway calls it. */
const char *ocg_config_document_to_string (OcgConfigDocument document);

/* Has the gateway read the files, so that what it says is about them as they are now. What is wrong
 * with them is told elsewhere. */
void ocg_config_document_reload (OcgClient *client);

/* Where both are and in what state: the properties of OCG_IFACE_CONFIG. (transfer full) */
GVariant *ocg_config_document_get_all (OcgClient *client, GError **error);
/* (transfer none) */
const char *ocg_config_document_get_path (GVariant *all, OcgConfigDocument document);
const char *ocg_config_document_get_hash (GVariant *all, OcgConfigDocument document);
