/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The lists of models that servers offer: where each is, and what it says. Pure. */

#pragma once

#include "../catalog/ocg-provider.h"
#include "../catalog/ocg-served.h"

/* Of one server, however many it lists. */
#define OCG_LIST_MAX_MODELS 1000

typedef enum
{
  OCG_LIST_LM_STUDIO,    /* /api/v1/models: contexts, capabilities, what is loaded */
  OCG_LIST_LM_STUDIO_V0, /* /api/v0/models: the same before LM Studio 0.4 */
  OCG_LIST_OLLAMA,       /* /api/tags */
  OCG_LIST_OPENAI,       /* {base}/models: often names only; all servers have it */
  OCG_N_LISTS,
} OcgListFormat;

/* Fills @order with the lists that are worth asking for, the one that likely tells most first;
 * returns how many. */
guint ocg_list_format_get_order (OcgProvider *provider, OcgListFormat order[OCG_N_LISTS]);

char *ocg_list_format_get_url (OcgListFormat format, OcgProvider *provider);

/* Of OcgServedModel, without models that are no language models or are somewhere else. NULL when
 * @text is not that list: some servers answer 200 to whatever they are asked. (transfer full) */
GPtrArray *ocg_list_format_parse (OcgListFormat format, const char *text, gsize length);
