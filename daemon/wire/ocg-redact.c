/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-redact.h"

#include <string.h>

#define MASK "[redacted]"

/* Shorter secrets would mask ordinary words. */
#define MIN_SECRET_LENGTH 6
/* So much of the beginning or the end of a secret is as good as all of it. */
#define MIN_FRAGMENT_LENGTH 8
/* And so much of it anywhere. */
#define MIN_PART_LENGTH 12
/* So much beside "***" tells that it is the secret that was masked. */
#define MIN_EDGE_LENGTH 3
/* Nobody reads more than a small part of what remains. */
#define MAX_TEXT_SIZE (16 * 1024)

/* What keys look like. ASCII only: letters of other scripts stand beside a key without a space.
 * Quantifiers are possessive or come last, so that no text takes more than one pass. */
static const char key_pattern[]
    = "(?<![A-Za-z0-9])(?:"
      "sk-[A-Za-z0-9_*.…•-]{4,}"
      "|(?:sk|rk|pk)[_](?:live|test|or)[A-Za-z0-9_*-]{8,}"
      "|AIza[A-Za-z0-9_*-]{8,}"
      "|ya29\\.[A-Za-z0-9_*.-]{8,}"
      "|gh[opusr]_[A-Za-z0-9*]{8,}|github_pat_[A-Za-z0-9_*]{8,}|glpat-[A-Za-z0-9_*-]{8,}"
      "|(?:gsk|csk|tgp|r8|xai|hf|pplx|nvapi|tvly)[_-][A-Za-z0-9*]{12,}[A-Za-z0-9_*-]*"
      "|(?:AKIA|ASIA)[A-Z0-9]{12,}"
      "|xox[abeprs]-[A-Za-z0-9-]{8,}"
      "|eyJ[A-Za-z0-9_-]{6,}+(?:\\.[A-Za-z0-9_.*-]++)?"
      ")"
      /* "Bearer token" and "Bearer authentication" are words; what else follows is a key. */
      "|(?<![A-Za-z0-9])Bearer\\s+(?!(?:tokens?|auth|authentication|authorization|scheme|headers?"
      "|credentials?|keys?)(?![A-Za-z0-9_~+/=-]))[A-Za-z0-9_*.~+/=-]{4,}"
      /* The value of a header, of a member or of a parameter with a telling name. */
      "|(?<![A-Za-z0-9])(?:x-api-key|api[_-]?key|x-goog-api-key|x-auth-token|access[_-]token"
      "|refresh[_-]token|client[_-]secret|authorization|password|secret)[\"'\\\\]*\\s*[:=]\\s*"
      "[\"'\\\\]*(?:(?:Basic|Bearer|Token)\\s+)?\\K"
      "(?=[A-Za-z_.*~+/=%-]{0,40}[0-9*]|[A-Za-z_.~+/=%-]{20})[A-Za-z0-9_.*~+/=%-]{6,}"
      "|[?&;](?:key|token|auth|signature|sig|[a-z_-]*api[_-]?key|access_token)=\\K"
      "[A-Za-z0-9_.*~+/=%-]{4,}"
      /* What a server has masked in part: "abcd****wxyz". */
      "|(?<![A-Za-z0-9_*-])[A-Za-z0-9_-]++[*•]{3,}+[A-Za-z0-9_*-]*"
      "|(?<![A-Za-z0-9_*•-])[*•]{3,}+[A-Za-z0-9_-]++";

static char *
mask_patterns (const char *text)
{
  static gsize compiled = 0;

  if (g_once_init_enter (&compiled))
    {
      GRegex *regex = g_regex_new (key_pattern, G_REGEX_CASELESS, 0, NULL);

      g_once_init_leave (&compiled, (gsize) regex);
    }
  return g_regex_replace_literal ((GRegex *) compiled, text, -1, 0, MASK, 0, NULL);
}

/* Characters that make text look like another. */
static gboolean
is_direction_control (gunichar c)
{
  return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

/* Masks @from to @to, which moves on behind the mask. */
static void
mask_range (GString *text, gsize from, gsize *to)
{
  g_string_erase (text, (gssize) from, (gssize) (*to - from));
  g_string_insert (text, (gssize) from, MASK);
  *to = from + strlen (MASK);
}

/* Servers change the case of what they repeat, too. */
static void
mask_all (GString *text, const char *needle)
{
  gsize length = strlen (needle);
  const char *place;

  if (length < MIN_SECRET_LENGTH)
    return;
  for (gsize to = 0; (place = strcasestr (text->str + to, needle)) != NULL;)
    {
      gsize from = (gsize) (place - text->str);

      to = from + length;
      mask_range (text, from, &to);
    }
}

/* The characters of base64 that stand for @secret wherever it begins in what is encoded. */
static void
mask_base64 (GString *text, const char *secret)
{
  gsize length = strlen (secret);

  for (gsize shift = 0; shift < 3; shift++)
    {
      g_autofree guchar *bytes = g_malloc0 (shift + length);
      g_autofree char *encoded = NULL;
      gsize first = (shift * 8 + 5) / 6;
      gsize n_chars = (shift + length) * 8 / 6;

      memcpy (bytes + shift, secret, length);
      encoded = g_base64_encode (bytes, shift + length);
      encoded[n_chars] = '\0';
      mask_all (text, encoded + first);
      mask_all (text, g_strdelimit (g_strdelimit (encoded + first, "+", '-'), "/", '_'));
    }
}

static char *
escape_json (const char *secret, const char *escaped)
{
  GString *out = g_string_new (NULL);

  for (const char *p = secret; *p != '\0'; p++)
    {
      if (strchr (escaped, *p) != NULL)
        g_string_append_c (out, '\\');
      g_string_append_c (out, *p);
    }
  return g_string_free (out, FALSE);
}

static gboolean
is_mask_at (const char *p)
{
  return *p == '*' || *p == '.' || *p == '#' || *p == 'x' || *p == 'X'
         || g_str_has_prefix (p, "…") || g_str_has_prefix (p, "•");
}

/* How much of what comes before @place is a beginning of @secret: the longest there is. */
static gsize
count_head (const char *text, const char *place, const char *secret)
{
  gsize most = MIN ((gsize) (place - text), strlen (secret));

  for (gsize length = most; length >= MIN_EDGE_LENGTH; length--)
    if (g_ascii_strncasecmp (place - length, secret, length) == 0)
      return length;
  return 0;
}

static gsize
count_tail (const char *place, const char *secret)
{
  gsize secret_length = strlen (secret);
  gsize most = MIN (strnlen (place, secret_length), secret_length);

  for (gsize length = most; length >= MIN_EDGE_LENGTH; length--)
    if (g_ascii_strncasecmp (place, secret + secret_length - length, length) == 0)
      return length;
  return 0;
}

/* "abcd...wxyz": the secret itself, masked in part. A single dot or x masks nothing. */
static void
mask_partly_masked (GString *text, const char *secret)
{
  for (gsize i = 0; i < text->len; i++)
    {
      gsize to = i;
      gsize n_marks = 0;
      gsize head, tail;

      for (; is_mask_at (text->str + to); n_marks++)
        to = (gsize) (g_utf8_next_char (text->str + to) - text->str);
      if (n_marks == 0 || (n_marks == 1 && (guchar) text->str[i] < 0x80))
        continue;
      head = count_head (text->str, text->str + i, secret);
      tail = count_tail (text->str + to, secret);
      if (head > 0 || tail > 0)
        {
          to += tail;
          mask_range (text, i - head, &to);
        }
      i = to - 1;
    }
}

static gboolean
is_same (char a, char b)
{
  return g_ascii_tolower (a) == g_ascii_tolower (b);
}

/* A beginning or an end of @secret: where it was cut off, or the message that repeats it. */
static void
mask_fragments (GString *text, const char *secret)
{
  gsize length = strlen (secret);
  g_autofree char *head = g_strndup (secret, MIN_FRAGMENT_LENGTH);
  const char *tail = secret + length - MIN_FRAGMENT_LENGTH;
  const char *place;

  for (gsize to = 0; (place = strcasestr (text->str + to, head)) != NULL;)
    {
      gsize from = (gsize) (place - text->str);
      gsize n_same = MIN_FRAGMENT_LENGTH;

      while (n_same < length && is_same (text->str[from + n_same], secret[n_same]))
        n_same++;
      to = from + n_same;
      mask_range (text, from, &to);
    }
  for (gsize to = 0; (place = strcasestr (text->str + to, tail)) != NULL;)
    {
      gsize from = (gsize) (place - text->str);
      gsize n_more = 0;

      to = from + MIN_FRAGMENT_LENGTH;
      while (n_more < MIN (from, length - MIN_FRAGMENT_LENGTH)
             && is_same (text->str[from - n_more - 1], tail[-1 - (gssize) n_more]))
        n_more++;
      mask_range (text, from - n_more, &to);
    }
}

static guint
hash_part (gconstpointer part)
{
  guint hash = 5381;

  for (guint i = 0; i < MIN_PART_LENGTH; i++)
    hash = hash * 33 + (guint) g_ascii_tolower (((const char *) part)[i]);
  return hash;
}

static gboolean
is_same_part (gconstpointer a, gconstpointer b)
{
  return g_ascii_strncasecmp (a, b, MIN_PART_LENGTH) == 0;
}

/* Any piece of @secret. One pass, however long both are. */
static void
mask_parts (GString *text, const char *secret)
{
  g_autoptr (GHashTable) parts = g_hash_table_new (hash_part, is_same_part);
  gsize length = strlen (secret);

  for (gsize i = 0; i + MIN_PART_LENGTH <= length; i++)
    g_hash_table_add (parts, (gpointer) (secret + i));
  for (gsize i = 0; i + MIN_PART_LENGTH <= text->len; i++)
    {
      gsize to = i;

      while (to + MIN_PART_LENGTH <= text->len && g_hash_table_contains (parts, text->str + to))
        to++;
      if (to == i)
        continue;
      to += MIN_PART_LENGTH - 1;
      mask_range (text, i, &to);
      i = to - 1;
    }
}

/* Servers repeat a key as it stood in a URL, in JSON or in a header, too. */
static void
mask_secret (GString *text, const char *secret)
{
  g_autofree char *percent = g_uri_escape_string (secret, NULL, FALSE);
  g_autofree char *percent_path = g_uri_escape_string (secret, "/+=:", FALSE);
  g_autofree char *json = escape_json (secret, "\"\\");
  g_autofree char *json_slash = escape_json (secret, "\"\\/");
  const char *body = g_str_has_prefix (secret, "sk-") ? secret + 3 : secret;

  mask_all (text, secret);
  mask_all (text, percent);
  mask_all (text, percent_path);
  mask_all (text, json);
  mask_all (text, json_slash);
  mask_base64 (text, secret);
  if (strlen (body) >= MIN_SECRET_LENGTH * 2)
    {
      mask_all (text, body);
      mask_base64 (text, body);
    }
  if (strlen (body) >= MIN_FRAGMENT_LENGTH * 2)
    mask_fragments (text, body);
  mask_parts (text, body);
  mask_partly_masked (text, secret);
}

/* Text for a line of a terminal: nothing that moves the cursor or turns words around. */
static void
mask_controls (char *text)
{
  for (char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      if ((guchar) *p < 0x20 || *p == 0x7f)
        *p = ' ';
      /* C1 controls are two bytes in UTF-8; terminals act on them too. */
      else if ((guchar) p[0] == 0xc2 && (guchar) p[1] < 0xa0)
        p[0] = p[1] = ' ';
      else if (is_direction_control (g_utf8_get_char (p)))
        memset (p, ' ', 3);
    }
}

char *
ocg_redact (const char *text, const char *secret, glong max_chars)
{
  gsize length = strnlen (text, MAX_TEXT_SIZE);
  g_autofree char *valid = g_utf8_make_valid (text, (gssize) length);
  g_autofree char *masked = NULL;
  g_autoptr (GString) out = g_string_new (valid);

  if (secret != NULL && strlen (secret) >= MIN_SECRET_LENGTH)
    mask_secret (out, secret);
  masked = mask_patterns (out->str);
  if (masked == NULL)
    return g_strdup (MASK);
  mask_controls (masked);
  if (g_utf8_strlen (masked, -1) > max_chars)
    *g_utf8_offset_to_pointer (masked, max_chars) = '\0';
  return g_strdup (g_strstrip (masked));
}
