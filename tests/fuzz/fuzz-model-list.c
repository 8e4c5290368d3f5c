/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What a server says that it serves. */

#include <string.h>

#include "catalog/ocg-model.h"
#include "discovery/ocg-list-format.h"
#include "fuzz-models.h"
#include "fuzz.h"

#define MAX_CONTEXT (G_GUINT64_CONSTANT (1) << 31)

static void
check_model (OcgServedModel *served, GHashTable *seen)
{
  OcgModel *base = fuzz_get_model ("openai-completions", 0);
  g_autoptr (OcgModel) model = NULL;

  fuzz_check (ocg_model_is_name (served->id) && fuzz_is_text (served->id));
  fuzz_check (g_hash_table_add (seen, served->id));
  fuzz_check (served->max_context <= MAX_CONTEXT && served->loaded_context <= MAX_CONTEXT);
  for (const char *p = served->name; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    fuzz_check (g_unichar_isprint (g_utf8_get_char_validated (p, -1)));
  model = ocg_model_new_served (base->provider, served, NULL);
  fuzz_check (g_str_equal (model->id, served->id));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  for (guint format = 0; format < OCG_N_LISTS; format++)
    {
      g_autofree char *copy = g_memdup2 (size > 0 ? (const char *) data : "", MAX (size, 1));
      g_autoptr (GPtrArray) models
          = ocg_list_format_parse ((OcgListFormat) format, copy, size);
      g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

      fuzz_check (models == NULL || models->len <= OCG_LIST_MAX_MODELS);
      for (guint i = 0; models != NULL && i < models->len; i++)
        check_model (g_ptr_array_index (models, i), seen);
    }
  return 0;
}
