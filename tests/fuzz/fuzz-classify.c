/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* A refusal: "STATUS FAMILY", headers, an empty line, the body. "{{key}}" is the key that was sent,
 * which nobody may see again. */

#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "wire/ocg-classify.h"
#include "wire/ocg-mend.h"
#include "wire/ocg-redact.h"

#define NOW G_GINT64_CONSTANT (1767225600000)
#define MAX_WAIT_MS (G_GINT64_CONSTANT (30) * 24 * 3600 * 1000)
#define MAX_CHARS 300

static const char *
get_header (const char *name, gpointer user_data)
{
  return g_hash_table_lookup (user_data, name);
}

static GHashTable *
take_headers (const uint8_t **data, size_t *size)
{
  GHashTable *headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  while (*size > 0)
    {
      g_autofree char *line = fuzz_take_line (data, size);
      char *colon = strchr (line, ':');

      if (*line == '\0')
        break;
      if (colon != NULL)
        g_hash_table_replace (headers, g_ascii_strdown (line, colon - line),
                              g_strstrip (g_strdup (colon + 1)));
    }
  return headers;
}

/* The header "key" tells how the key looks; keys are printable ASCII without spaces. */
static char *
dup_key (GHashTable *headers)
{
  const char *given = g_hash_table_lookup (headers, "key");
  g_autoptr (GString) key = g_string_new (NULL);

  for (const char *p = given != NULL ? given : ""; *p != '\0' && key->len < 200; p++)
    if (g_ascii_isalnum (*p) || strchr ("-_.~+/=*", *p) != NULL)
      g_string_append_c (key, *p);
  if (key->len < 8 || strstr ("redacted", key->str) != NULL)
    g_string_assign (key, "0123-opaque_key.4567");
  return g_strdup (key->str);
}

static void
check_character (gunichar c)
{
  fuzz_check (!g_unichar_iscntrl (c));
  fuzz_check (!((c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069)));
}

static void
check_redacted (const char *text, const char *key, glong max_chars)
{
  g_autofree char *redacted = ocg_redact (text, key, max_chars);

  fuzz_check (fuzz_is_text (redacted));
  fuzz_check (g_utf8_strlen (redacted, -1) <= max_chars);
  for (const char *p = redacted; *p != '\0'; p = g_utf8_next_char (p))
    check_character (g_utf8_get_char (p));
  if (key != NULL)
    fuzz_check (strstr (redacted, key) == NULL);
}

static void
check_text (const char *text, const char *key)
{
  gsize middle;
  g_autoptr (GString) planted = NULL;

  fuzz_check (fuzz_is_text (text));
  if (text == NULL)
    return;
  check_redacted (text, key, MAX_CHARS);
  check_redacted (text, NULL, MAX_CHARS);
  planted = g_string_new (text);
  middle = planted->len / 2;
  g_string_insert (planted, (gssize) middle, key);
  check_redacted (planted->str, key, MAX_CHARS);
  check_redacted (planted->str, key, (glong) middle + 4);
}

static void
check_reply (OcgErrorReply *reply, const char *key)
{
  check_text (reply->type, key);
  check_text (reply->code, key);
  check_text (reply->message, key);
  check_text (reply->request_id, key);
  fuzz_check (reply->retry_after_ms >= -1 && reply->retry_after_ms <= MAX_WAIT_MS);
  fuzz_check (reply->minimax_code >= 0);
  fuzz_check (reply->should_retry >= -1 && reply->should_retry <= 1);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *start = fuzz_take_line (&data, &size);
  g_autoptr (GHashTable) headers = take_headers (&data, &size);
  g_autofree char *key = dup_key (headers);
  g_autoptr (GString) body = g_string_new_len ((const char *) data, (gssize) size);
  char *family = NULL;
  guint status = (guint) strtoul (start, &family, 10) % 1000;
  g_autoptr (OcgErrorReply) reply = NULL;
  OcgErrorClass class;

  /* g_string_replace() would stop at the first zero byte and at no other; so does a key. */
  g_string_replace (body, "{{key}}", key, 0);
  reply = ocg_error_reply_new (status, body->str, body->len);
  fuzz_check (reply != NULL);
  ocg_error_reply_add_headers (reply, get_header, headers, NOW);
  check_reply (reply, key);
  class = ocg_classify (reply, g_strstrip (family));
  fuzz_check (class <= OCG_CLASS_PROTOCOL);
  fuzz_check (class == ocg_classify (reply, family));
  ocg_mend_find (reply, 0);
  check_redacted (start, key, MAX_CHARS);
  return 0;
}
