/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-plaintext.h"

#include <string.h>

#include "../config/ocg-environment.h"
#include "../config/ocg-secret-ref.h"
#include "ocg-key-text.h"

#define ID_LENGTH 16

OcgPlaintext *
ocg_plaintext_new (OcgPlaintextFormat format, const char *file, const char *place,
                   const char *provider, const char *kind)
{
  OcgPlaintext *self = g_new0 (OcgPlaintext, 1);
  g_autofree char *where = g_strconcat (file, "\n", place, NULL);

  self->format = format;
  self->id = g_compute_checksum_for_string (G_CHECKSUM_SHA256, where, -1);
  self->id[ID_LENGTH] = '\0';
  self->file = g_strdup (file);
  self->place = g_strdup (place);
  self->provider = g_strdup (provider);
  self->kind = kind;
  return self;
}

void
ocg_plaintext_free (OcgPlaintext *self)
{
  g_free (self->id);
  g_free (self->file);
  g_free (self->place);
  g_strfreev (self->segments);
  g_free (self->variable);
  g_free (self->header);
  g_free (self->provider);
  g_free (self->name);
  g_clear_pointer (&self->secret, ocg_secret_unref);
  g_clear_pointer (&self->refresh, ocg_secret_unref);
  g_free (self->base_url);
  g_strfreev (self->order);
  g_free (self);
}

void
ocg_plaintext_add_problem (GPtrArray *finds, OcgPlaintextFormat format, const char *file,
                           OcgPlaintextProblem problem)
{
  OcgPlaintext *find = ocg_plaintext_new (format, file, "", "", "");

  find->problem = problem;
  g_ptr_array_add (finds, find);
}

/* What people write where a server on their machine wants a key and takes any. */
static gboolean
is_filler (const char *text, const char *provider)
{
  static const char *const words[] = {
    "lmstudio", "lm-studio", "ollama",     "local", "none",     "no-key",  "not-needed",
    "dummy",    "empty",     "your-key",   "xxx",   "llama.cpp", "vllm",   "test",
    "sk-...",   "...",       "placeholder", "-",
  };

  if (g_ascii_strcasecmp (text, provider) == 0)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (text, words[i]) == 0)
      return TRUE;
  return FALSE;
}

gboolean
ocg_plaintext_set_secret (OcgPlaintext *self, const char *text)
{
  g_autoptr (OcgSecret) secret = ocg_key_text_to_secret (text);

  if (ocg_key_text_check (text) == OCG_KEY_TEXT_ABSENT
      || ocg_environment_find_reference (text, NULL) != NULL || ocg_secret_ref_is_marker (text))
    return FALSE;
  if (secret == NULL || strchr (ocg_secret_peek (secret), ' ') != NULL)
    {
      self->problem = OCG_PLAINTEXT_NO_KEY;
      return TRUE;
    }
  if (is_filler (ocg_secret_peek (secret), self->provider))
    return FALSE;
  g_clear_pointer (&self->secret, ocg_secret_unref);
  self->secret = g_steal_pointer (&secret);
  return TRUE;
}
