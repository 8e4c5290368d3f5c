/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Files in which credentials stand as plain text. */

#include <string.h>

#include "config/ocg-dotenv.h"
#include "credentials/ocg-plaintext-settings.h"
#include "credentials/ocg-plaintext-stores.h"
#include "fuzz.h"

#define FILE_NAME "/f"
#define VARIABLE "K"

static void
check_find (OcgPlaintext *find)
{
  fuzz_check (fuzz_is_text (find->place) && fuzz_is_text (find->provider));
  fuzz_check ((find->problem == OCG_PLAINTEXT_FINE)
              == (find->secret != NULL || find->order != NULL));
  fuzz_check (find->expires >= 0);
  if (find->secret == NULL)
    return;
  fuzz_check (*ocg_secret_peek (find->secret) != '\0');
  for (const char *p = ocg_secret_peek (find->secret); *p != '\0'; p++)
    fuzz_check (g_ascii_isgraph (*p));
}

static GPtrArray *
new_finds (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) ocg_plaintext_free);
}

static void
check_finds (GPtrArray *finds)
{
  for (guint i = 0; i < finds->len; i++)
    check_find (g_ptr_array_index (finds, i));
}

/* What was found in a .env is gone when it is taken out, and the rest is what it was. */
static void
check_dotenv (const char *text)
{
  g_autoptr (GHashTable) variables
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GPtrArray) finds = new_finds ();
  g_autoptr (GPtrArray) left = new_finds ();
  g_autofree char *rest = NULL;

  g_hash_table_insert (variables, g_strdup (VARIABLE), g_strdup ("minimax"));
  ocg_plaintext_read_dotenv (FILE_NAME, text, variables, finds);
  check_finds (finds);
  for (guint i = 0; i < finds->len; i++)
    {
      OcgPlaintext *find = g_ptr_array_index (finds, i);

      if (find->secret == NULL)
        return;
      rest = ocg_dotenv_remove (text, VARIABLE, ocg_secret_peek (find->secret));
      fuzz_check (strlen (rest) < strlen (text));
      ocg_plaintext_read_dotenv (FILE_NAME, rest, variables, left);
      for (guint j = 0; j < left->len; j++)
        {
          OcgPlaintext *other = g_ptr_array_index (left, j);

          fuzz_check (other->secret == NULL
                      || strcmp (ocg_secret_peek (other->secret), ocg_secret_peek (find->secret))
                             != 0);
        }
      return;
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup (size > 0 ? (const char *) data : "", size);
  g_autofree char *copy = g_memdup2 (size > 0 ? (const char *) data : "", MAX (size, 1));
  g_autoptr (GPtrArray) finds = new_finds ();

  ocg_plaintext_read_profiles (FILE_NAME, copy, size, finds);
  ocg_plaintext_read_oauth (FILE_NAME, copy, size, finds);
  ocg_plaintext_read_minimax_cli (FILE_NAME, copy, size, finds);
  check_finds (finds);
  check_dotenv (text);
  return 0;
}
