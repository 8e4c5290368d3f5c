/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What the files that make a provider share. */

#pragma once

#include "ocg-provider-reader.h"

typedef enum
{
  OCG_UNSAID = -1,
  OCG_SAID_NO = FALSE,
  OCG_SAID_YES = TRUE,
} OcgSaid;

typedef struct
{
  const OcgProviderSources *sources;
  OcgProblems *problems;
  OcgProvider *out;
  const OcgProviderEntry *url_entry; /* whose baseUrl is in force; NULL: that of the base */
  const OcgProviderEntry *key_entry; /* whose apiKey is in force */
  const char *endpoint_api;  /* (nullable) what the end of a pasted baseUrl told */
  OcgSaid bearer;            /* authHeader */
  OcgSaid needs_key;         /* needsKey */
  gboolean key_given;        /* some entry has an apiKey, whatever is in it */
  GHashTable *free_headers;  /* (nullable) those that do not come from openclaw.json */
  char *broken;              /* (nullable) what is wrong with it */
} OcgProviderDraft;

/* The fields that only data files have. */
void ocg_provider_draft_read_own (OcgProviderDraft *draft, const OcgProviderEntry *entry);
/* Everything that follows from where the server is. */
void ocg_provider_draft_place (OcgProviderDraft *draft);

/* Notes that the host of @url is the provider's own, as a trusted entry says. */
void ocg_provider_draft_trust (OcgProviderDraft *draft, const char *url);
/* Takes keys and headers away that must not go to the server, and says so. */
void ocg_provider_draft_withhold (OcgProviderDraft *draft);
