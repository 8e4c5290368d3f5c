/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-error-reply.h"

#include <string.h>

#include "ocg-json.h"

#define MAX_RETRY_AFTER_MS (G_GINT64_CONSTANT (30) * 24 * 3600 * 1000)

void
ocg_error_reply_free (OcgErrorReply *self)
{
  g_free (self->type);
  g_free (self->code);
  g_free (self->message);
  g_free (self->request_id);
  g_free (self);
}

/* MiniMax ends a message with its own code: "invalid params (2013)". */
static gint64
find_trailing_code (const char *message)
{
  g_autofree char *text = g_strchomp (g_strdup (message));
  gsize length = strlen (text);
  const char *open;
  gsize digits;

  if (length < 6 || text[length - 1] != ')')
    return 0;
  open = strrchr (text, '(');
  if (open == NULL)
    return 0;
  digits = strspn (open + 1, "0123456789");
  if ((digits != 4 && digits != 5) || open[1 + digits] != ')')
    return 0;
  return g_ascii_strtoll (open + 1, NULL, 10);
}

/* A code is a string with some providers and a number with others. */
static char *
dup_code (JsonObject *object, const char *member)
{
  const char *text = ocg_json_get_string (object, member);
  gint64 number;

  if (text != NULL)
    return g_strdup (text);
  if (ocg_json_get_int (object, member, &number))
    return g_strdup_printf ("%" G_GINT64_FORMAT, number);
  return NULL;
}

/* "1m3.5s", "20ms", "2s" */
static gint64
parse_duration (const char *text)
{
  double total = 0;
  gboolean any = FALSE;

  while (g_ascii_isdigit (*text))
    {
      char *end = NULL;
      double value = g_ascii_strtod (text, &end);
      double scale;

      if (g_str_has_prefix (end, "ms"))
        scale = 1;
      else if (*end == 's')
        scale = 1000;
      else if (*end == 'm')
        scale = 60000;
      else if (*end == 'h')
        scale = 3600000;
      else
        break;
      total += value * scale;
      any = TRUE;
      text = end + (g_str_has_prefix (end, "ms") ? 2 : 1);
    }
  return any && total < (double) MAX_RETRY_AFTER_MS ? (gint64) total : -1;
}

static gboolean
is_number (const char *text)
{
  return text != NULL && *text != '\0' && text[strspn (text, "0123456789")] == '\0';
}

/* OpenRouter wraps what the host of the model said into error.metadata. */
static void
read_metadata (OcgErrorReply *self, JsonObject *metadata)
{
  const char *raw = ocg_json_get_string (metadata, "raw");
  g_autoptr (JsonObject) root = raw != NULL ? ocg_json_parse_object (raw, -1, NULL) : NULL;
  JsonObject *error = ocg_json_get_object (root, "error");
  g_autofree char *code = error != NULL ? dup_code (error, "code") : NULL;

  self->is_moderation = ocg_json_get_array (metadata, "reasons") != NULL;
  if (error == NULL)
    return;
  if (self->type == NULL)
    self->type = g_strdup (ocg_json_get_string (error, "type"));
  if (code != NULL && !is_number (code))
    {
      g_free (self->code);
      self->code = g_steal_pointer (&code);
    }
  if (ocg_json_get_string (error, "message") != NULL)
    {
      g_free (self->message);
      self->message = g_strdup (ocg_json_get_string (error, "message"));
    }
}

/* Google puts {"retryDelay": "3s"} among error.details. */
static void
read_retry_delay (OcgErrorReply *self, JsonArray *details)
{
  for (guint i = 0; details != NULL && i < json_array_get_length (details); i++)
    {
      const char *delay
          = ocg_json_get_string (ocg_json_array_get_object (details, i), "retryDelay");

      if (delay != NULL)
        self->hinted_ms = parse_duration (delay);
    }
}

static void
read_error_object (OcgErrorReply *self, JsonObject *error)
{
  JsonObject *details = ocg_json_get_object (error, "details");

  self->type = g_strdup (ocg_json_get_string (error, "type"));
  self->message = g_strdup (ocg_json_get_string (error, "message"));
  self->code = dup_code (error, "code");
  if (self->code == NULL)
    self->code = g_strdup (ocg_json_get_string (details, "error_code"));
  read_metadata (self, ocg_json_get_object (error, "metadata"));
  read_retry_delay (self, ocg_json_get_array (error, "details"));
}

static void
read_base_resp (OcgErrorReply *self, JsonObject *base_resp)
{
  gint64 code = 0;

  if (!ocg_json_get_int (base_resp, "status_code", &code) || code == 0)
    return;
  self->minimax_code = code;
  if (self->message == NULL)
    self->message = g_strdup (ocg_json_get_string (base_resp, "status_msg"));
}

static void
derive_codes (OcgErrorReply *self)
{
  gint64 number = self->code != NULL ? g_ascii_strtoll (self->code, NULL, 10) : 0;

  if (self->minimax_code == 0 && number >= 1000 && number <= 99999)
    self->minimax_code = number;
  if (self->minimax_code == 0 && self->message != NULL)
    self->minimax_code = find_trailing_code (self->message);
  if (self->code == NULL && self->minimax_code != 0)
    self->code = g_strdup_printf ("%" G_GINT64_FORMAT, self->minimax_code);
  /* OpenRouter and others put a status into error.code, and answer 200 themselves. */
  if ((self->status == 0 || self->status == 200) && number >= 400 && number <= 599)
    self->status = (guint) number;
}

OcgErrorReply *
ocg_error_reply_new_from_json (guint status, JsonObject *root)
{
  g_autoptr (OcgErrorReply) self = NULL;
  JsonObject *error = ocg_json_get_object (root, "error");
  const char *error_text = ocg_json_get_string (root, "error");
  JsonObject *base_resp = ocg_json_get_object (root, "base_resp");
  gboolean is_error = error != NULL || error_text != NULL
                      || g_strcmp0 (ocg_json_get_string (root, "type"), "error") == 0;

  /* Every event of every stream comes this way. */
  if (!is_error && base_resp == NULL)
    return NULL;

  self = g_new0 (OcgErrorReply, 1);
  self->status = status;
  self->retry_after_ms = self->hinted_ms = -1;
  self->request_id = g_strdup (ocg_json_get_string (root, "request_id"));
  if (self->request_id == NULL)
    self->request_id = g_strdup (ocg_json_get_string (root, "id"));
  if (error != NULL)
    read_error_object (self, error);
  else if (error_text != NULL)
    self->message = g_strdup (error_text);
  if (base_resp != NULL)
    read_base_resp (self, base_resp);

  if (!is_error && self->minimax_code == 0)
    return NULL;
  derive_codes (self);
  return g_steal_pointer (&self);
}

/* Some proxies answer {"message": …} or {"detail": …} and nothing more. */
static char *
dup_loose_message (JsonObject *root)
{
  const char *message = ocg_json_get_string (root, "message");

  if (message == NULL)
    message = ocg_json_get_string (root, "detail");
  return g_strdup (message);
}

OcgErrorReply *
ocg_error_reply_new (guint status, const char *body, gsize length)
{
  g_autofree char *text = g_utf8_make_valid (body, (gssize) length);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) root = ocg_json_parse_object (text, -1, &error);
  OcgErrorReply *self = root != NULL ? ocg_error_reply_new_from_json (status, root) : NULL;

  if (self != NULL)
    return self;

  self = g_new0 (OcgErrorReply, 1);
  self->status = status;
  self->retry_after_ms = self->hinted_ms = -1;
  self->too_deep = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
  if (self->too_deep)
    return self;
  if (root != NULL)
    self->message = dup_loose_message (root);
  else if (strchr (text, '<') == NULL && *g_strstrip (text) != '\0')
    self->message = g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), 1000));
  derive_codes (self);
  return self;
}

static gint64
ms_until (GDateTime *time, gint64 now_ms)
{
  if (time == NULL)
    return -1;
  return g_date_time_to_unix (time) * 1000 + g_date_time_get_microsecond (time) / 1000 - now_ms;
}

static gint64
ms_until_iso8601 (const char *text, gint64 now_ms)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, utc);

  return ms_until (time, now_ms);
}

/* "Sun, 06 Nov 1994 08:49:37 GMT" */
static gint64
ms_until_http_date (const char *text, gint64 now_ms)
{
  static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
  g_auto (GStrv) words = g_strsplit_set (text, " -:", -1);
  g_autoptr (GDateTime) time = NULL;
  const char *month;

  if (g_strv_length (words) < 7)
    return -1;
  month = strlen (words[2]) == 3 ? strstr (months, words[2]) : NULL;
  if (month == NULL)
    return -1;
  time = g_date_time_new_utc ((int) g_ascii_strtoll (words[3], NULL, 10),
                              (int) (month - months) / 3 + 1,
                              (int) g_ascii_strtoll (words[1], NULL, 10),
                              (int) g_ascii_strtoll (words[4], NULL, 10),
                              (int) g_ascii_strtoll (words[5], NULL, 10),
                              g_ascii_strtod (words[6], NULL));
  return ms_until (time, now_ms);
}

static gint64
parse_retry_after (const char *value, gint64 now_ms)
{
  char *end = NULL;
  /* Only plain numbers: the function reads "0x10" and "inf" as well. */
  double seconds = g_ascii_isdigit (*value) && value[1] != 'x' ? g_ascii_strtod (value, &end) : -1;

  if (end != NULL && end != value && *end == '\0')
    return seconds >= 0 && seconds < 1e9 ? (gint64) (seconds * 1000) : -1;
  return ms_until_http_date (value, now_ms);
}

static gint64
find_in_message (const char *message, gint64 now_ms)
{
  g_autofree char *word = NULL;
  const char *place;

  if (message == NULL)
    return -1;
  place = strstr (message, "resets at ");
  if (place != NULL)
    {
      place += strlen ("resets at ");
      word = g_strndup (place, strcspn (place, " ,;()"));
      return ms_until_iso8601 (word, now_ms);
    }
  place = strstr (message, "try again in ");
  return place != NULL ? parse_duration (place + strlen ("try again in ")) : -1;
}

static gboolean
is_sane (gint64 wait)
{
  return wait >= 0 && wait <= MAX_RETRY_AFTER_MS;
}

static gint64
parse_retry_after_ms (const char *value)
{
  char *end = NULL;
  double ms = g_ascii_strtod (value, &end);

  return end != value && *end == '\0' && ms >= 0 && ms <= (double) MAX_RETRY_AFTER_MS
             ? (gint64) ms
             : -1;
}

/* The limits of which nothing is left: their reset headers say when. */
static gint64
find_reset (OcgHeaderFunc get_header, gpointer user_data, gint64 now_ms)
{
  static const struct
  {
    const char *left;
    const char *reset;
    gboolean is_date;
  } rows[] = {
    { "anthropic-ratelimit-requests-remaining", "anthropic-ratelimit-requests-reset", TRUE },
    { "anthropic-ratelimit-tokens-remaining", "anthropic-ratelimit-tokens-reset", TRUE },
    { "anthropic-ratelimit-input-tokens-remaining", "anthropic-ratelimit-input-tokens-reset",
      TRUE },
    { "anthropic-ratelimit-output-tokens-remaining", "anthropic-ratelimit-output-tokens-reset",
      TRUE },
    { "x-ratelimit-remaining-requests", "x-ratelimit-reset-requests", FALSE },
    { "x-ratelimit-remaining-tokens", "x-ratelimit-reset-tokens", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const char *left = get_header (rows[i].left, user_data);
      const char *reset = get_header (rows[i].reset, user_data);
      gint64 wait;

      if (reset == NULL || (left == NULL ? rows[i].is_date : !g_str_equal (left, "0")))
        continue;
      wait = rows[i].is_date ? ms_until_iso8601 (reset, now_ms) : parse_duration (reset);
      if (is_sane (wait))
        return wait;
    }
  return -1;
}

/* The first source that says something sensible. */
static gint64
find_retry_after (OcgErrorReply *self, OcgHeaderFunc get_header, gpointer user_data,
                  gint64 now_ms)
{
  const char *value = get_header ("retry-after-ms", user_data);
  gint64 wait = value != NULL ? parse_retry_after_ms (value) : -1;

  if (is_sane (wait))
    return wait;
  value = get_header ("retry-after", user_data);
  wait = value != NULL ? parse_retry_after (value, now_ms) : -1;
  if (is_sane (wait))
    return wait;
  wait = find_reset (get_header, user_data, now_ms);
  if (is_sane (wait))
    return wait;
  wait = find_in_message (self->message, now_ms);
  return is_sane (wait) ? wait : self->hinted_ms;
}

void
ocg_error_reply_add_headers (OcgErrorReply *self, OcgHeaderFunc get_header, gpointer user_data,
                             gint64 now_ms)
{
  static const char *const id_headers[] = { "request-id", "x-request-id", "trace-id" };

  self->retry_after_ms = find_retry_after (self, get_header, user_data, now_ms);
  for (guint i = 0; i < G_N_ELEMENTS (id_headers) && self->request_id == NULL; i++)
    self->request_id = g_strdup (get_header (id_headers[i], user_data));
}
