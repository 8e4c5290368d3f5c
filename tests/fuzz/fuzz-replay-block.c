/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What clients send back as the thoughts of a model: anything. */

#include <string.h>

#include "fuzz-json-check.h"
#include "fuzz-models.h"
#include "fuzz.h"
#include "wire/ocg-json-writer.h"
#include "wire/ocg-replay.h"

static char *
write_block (JsonObject *block)
{
  GString *out = g_string_new (NULL);
  OcgJsonWriter writer = OCG_JSON_WRITER_INIT (out);

  ocg_json_object (&writer, block);
  return g_string_free (out, FALSE);
}

/* A block that is taken once travels unchanged from then on. */
static void
check_travels (JsonObject *block, const char *api, const char *family)
{
  g_autofree char *first = write_block (block);
  g_autofree char *packed = ocg_replay_pack (api, family, first);
  g_autoptr (JsonObject) unpacked = ocg_replay_unpack (packed, api, family);
  g_autoptr (JsonObject) foreign = ocg_replay_unpack (packed, api, "another family");
  g_autofree char *second = NULL;

  fuzz_check (fuzz_is_json_object (first, strlen (first)));
  fuzz_check (fuzz_is_json_object (packed, strlen (packed)));
  fuzz_check (foreign == NULL);
  fuzz_check (unpacked != NULL);
  second = write_block (unpacked);
  fuzz_check_equal (first, second);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = fuzz_dup_text (data, size);
  g_auto (GStrv) apis = ocg_wire_list ();

  for (guint i = 0; apis[i] != NULL; i++)
    for (guint which = 0; which < FUZZ_N_MODELS; which++)
      {
        g_autofree char *family
            = ocg_replay_dup_family (apis[i], fuzz_get_model (apis[i], which));
        g_autoptr (JsonObject) block = ocg_replay_unpack (text, apis[i], family);

        if (block != NULL)
          check_travels (block, apis[i], family);
      }
  return 0;
}
