/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-mend.h"

#include <string.h>

/* All words must stand in the code and the message, in lower case. */
static const struct
{
  const char *words[3];
  OcgMends mend;
} rows[] = {
  { { "invalid_encrypted_content" }, OCG_MEND_REASONING },
  { { "encrypted content", "could not be verified" }, OCG_MEND_REASONING },
  { { "thinking", "allowed: adaptive, disabled" }, OCG_MEND_THINKING_WORD },
  { { "thinking", "must be enabled or disabled" }, OCG_MEND_THINKING_WORD },
  { { "thinking", "adaptive", "2013" }, OCG_MEND_THINKING_WORD },
  { { "stream_options" }, OCG_MEND_STREAM_OPTIONS },
  { { "unsupported", "max_tokens", "max_completion_tokens" }, OCG_MEND_MAX_TOKENS },
  { { "max_completion_tokens", "unrecognized" }, OCG_MEND_MAX_TOKENS },
  { { "max_completion_tokens", "not supported" }, OCG_MEND_MAX_TOKENS },
  { { "max_completion_tokens", "extra" }, OCG_MEND_MAX_TOKENS },
  { { "max_completion_tokens", "unknown" }, OCG_MEND_MAX_TOKENS },
  { { "unsupported", "temperature" }, OCG_MEND_TEMPERATURE },
  { { "temperature", "not supported" }, OCG_MEND_TEMPERATURE },
  { { "temperature", "deprecated" }, OCG_MEND_TEMPERATURE },
  { { "unsupported", "top_p" }, OCG_MEND_TEMPERATURE },
  { { "role", "developer" }, OCG_MEND_DEVELOPER },
  { { "store", "unknown" }, OCG_MEND_STORE },
  { { "store", "unsupported" }, OCG_MEND_STORE },
  { { "store", "unrecognized" }, OCG_MEND_STORE },
  { { "store", "not permitted" }, OCG_MEND_STORE },
  { { "store", "not supported" }, OCG_MEND_STORE },
};

OcgMends
ocg_mend_find (const OcgErrorReply *reply, OcgMends mends)
{
  g_autofree char *said
      = g_strconcat (reply->code != NULL ? reply->code : "", " ",
                     reply->message != NULL ? reply->message : "", NULL);
  g_autofree char *text = g_ascii_strdown (said, -1);

  if (reply->status != 400 && reply->status != 422)
    return 0;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gboolean matches = (mends & rows[i].mend) == 0;

      for (guint j = 0; j < G_N_ELEMENTS (rows[i].words) && rows[i].words[j] != NULL; j++)
        matches = matches && strstr (text, rows[i].words[j]) != NULL;
      if (matches)
        return rows[i].mend;
    }
  return 0;
}
