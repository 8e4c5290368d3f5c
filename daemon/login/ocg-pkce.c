/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-pkce.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

#include "../config/ocg-wipe.h"

#define VERIFIER_BYTES 32
#define STATE_BYTES 16

/* RFC 4648 section 5, without padding. */
static char *
encode (const guint8 *bytes, gsize size)
{
  char *text = g_base64_encode (bytes, size);

  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  text[strcspn (text, "=")] = '\0';
  return text;
}

/* getrandom() waits for nothing but the first seconds after the machine was started. */
static char *
new_random (gsize size)
{
  g_autofree guint8 *bytes = g_malloc (size);
  gsize done = 0;
  char *text = NULL;

  while (done < size)
    {
      gssize n = getrandom (bytes + done, size - done, 0);

      if (n < 0 && errno != EINTR)
        g_error ("no random bytes: %s", g_strerror (errno));
      done += (gsize) MAX (n, 0);
    }
  text = encode (bytes, size);
  explicit_bzero (bytes, size);
  return text;
}

char *
ocg_pkce_make_challenge (const char *verifier)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize size = sizeof digest;

  g_checksum_update (checksum, (const guchar *) verifier, (gssize) strlen (verifier));
  g_checksum_get_digest (checksum, digest, &size);
  return encode (digest, size);
}

OcgPkce *
ocg_pkce_new (void)
{
  OcgPkce *self = g_new0 (OcgPkce, 1);
  char *verifier = new_random (VERIFIER_BYTES);

  self->verifier = ocg_secret_new (verifier, -1);
  ocg_wipe_text (verifier);
  self->challenge = ocg_pkce_make_challenge (ocg_secret_peek (self->verifier));
  self->state = new_random (STATE_BYTES);
  return self;
}

void
ocg_pkce_free (OcgPkce *self)
{
  ocg_secret_unref (self->verifier);
  g_free (self->challenge);
  g_free (self->state);
  g_free (self);
}
