/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-answer.h"

#include <string.h>

/* Bytes of a body that is read whole, and of an error page. */
#define MAX_BODY_SIZE (64 * 1024 * 1024)
#define MAX_ERROR_SIZE (256 * 1024)

OcgAnswer *
ocg_answer_new (const OcgWire *wire, OcgModel *model, OcgChat *chat, OcgEventFunc emit,
                gpointer user_data)
{
  OcgAnswer *self = g_new0 (OcgAnswer, 1);

  self->decoder = ocg_decoder_new (wire, model, emit, user_data);
  ocg_decoder_set_tools (self->decoder, chat->tools);
  ocg_decoder_set_stop (self->decoder, chat->stop);
  return self;
}

void
ocg_answer_free (OcgAnswer *self)
{
  ocg_decoder_free (self->decoder);
  g_clear_pointer (&self->sse, ocg_sse_free);
  g_clear_pointer (&self->body, g_byte_array_unref);
  g_clear_pointer (&self->opening, g_byte_array_unref);
  g_free (self);
}

static gboolean
on_sse_event (const char *event, const char *data, gsize length, gpointer user_data)
{
  OcgAnswer *self = user_data;

  ocg_decoder_take_event (self->decoder, data, length);
  return self->decoder->state == OCG_DECODER_RUNNING;
}

void
ocg_answer_begin (OcgAnswer *self, gboolean is_success, const char *content_type)
{
  static const char stream_type[] = "text/event-stream";

  self->has_begun = TRUE;
  self->is_success = is_success;
  if (is_success && content_type != NULL
      && g_ascii_strncasecmp (content_type, stream_type, strlen (stream_type)) == 0)
    {
      self->sse = ocg_sse_new (on_sse_event, self);
      self->opening = g_byte_array_new ();
      return;
    }
  self->body = g_byte_array_new ();
}

guint64
ocg_answer_get_signs_of_life (OcgAnswer *self)
{
  return self->sse != NULL ? ocg_sse_get_signs_of_life (self->sse) : self->body->len;
}

static gboolean
feed_stream (OcgAnswer *self, const char *bytes, gsize length)
{
  if (self->opening != NULL && self->opening->len < MAX_ERROR_SIZE)
    g_byte_array_append (self->opening, (const guint8 *) bytes, (guint) length);
  if (!ocg_sse_feed (self->sse, bytes, length))
    ocg_decoder_break_off (self->decoder, "an event of the stream is too large");
  if (ocg_sse_get_signs_of_life (self->sse) > 0)
    g_clear_pointer (&self->opening, g_byte_array_unref);
  return self->decoder->state == OCG_DECODER_RUNNING;
}

gboolean
ocg_answer_feed (OcgAnswer *self, const char *bytes, gsize length)
{
  if (self->sse != NULL)
    return feed_stream (self, bytes, length);
  if (self->body->len + length <= (self->is_success ? MAX_BODY_SIZE : MAX_ERROR_SIZE))
    {
      g_byte_array_append (self->body, (const guint8 *) bytes, (guint) length);
      return TRUE;
    }
  if (self->is_success)
    ocg_decoder_break_off (self->decoder, "the body is too large");
  return FALSE;
}

/* Some servers stream without saying so. */
static gboolean
looks_like_events (GByteArray *body)
{
  static const char *const starts[] = { "event:", "data:", "id:", "retry:", ":" };
  static const char bom[] = "\xef\xbb\xbf";
  guint at = 0;

  if (body->len > strlen (bom) && memcmp (body->data, bom, strlen (bom)) == 0)
    at = (guint) strlen (bom);
  while (at < body->len && (body->data[at] == '\n' || body->data[at] == '\r'))
    at++;
  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    if (body->len - at > strlen (starts[i])
        && memcmp (body->data + at, starts[i], strlen (starts[i])) == 0)
      return TRUE;
  return FALSE;
}

/* Others say that they stream, and do not. */
static gboolean
looks_like_body (GByteArray *opening)
{
  guint at = 0;

  while (at < opening->len && g_ascii_isspace (opening->data[at]))
    at++;
  return at < opening->len && strchr ("{[<", opening->data[at]) != NULL
         && opening->data[at] != '\0';
}

static void
take_body (OcgAnswer *self, GByteArray *body)
{
  ocg_decoder_take_body (self->decoder, body->data != NULL ? (const char *) body->data : "",
                         body->len);
}

void
ocg_answer_finish (OcgAnswer *self)
{
  if (self->body != NULL && looks_like_events (self->body))
    {
      self->sse = ocg_sse_new (on_sse_event, self);
      feed_stream (self, (const char *) self->body->data, self->body->len);
    }
  else if (self->body != NULL)
    {
      take_body (self, self->body);
    }
  else if (self->opening != NULL && looks_like_body (self->opening))
    {
      take_body (self, self->opening);
    }
  ocg_decoder_finish (self->decoder);
}

OcgErrorReply *
ocg_answer_read_refusal (OcgAnswer *self, guint status)
{
  return ocg_error_reply_new (
      status, self->body->data != NULL ? (const char *) self->body->data : "", self->body->len);
}

gboolean
ocg_answer_is_suspicious (OcgAnswer *self)
{
  OcgDecoder *decoder = self->decoder;

  /* Thoughts without an answer are none. A server that knows the caller's own end may have met it at
   * once. */
  if (decoder->has_answer
      || (decoder->stop_text.stops != NULL && decoder->stop == OCG_STOP_STOP))
    return FALSE;
  if (decoder->stop == OCG_STOP_LENGTH)
    return !decoder->has_content && decoder->usage.output <= 0;
  /* The models of Anthropic have nothing to say now and then, and mean it. */
  return (decoder->stop == OCG_STOP_STOP || decoder->stop == OCG_STOP_NONE)
         && !g_str_equal (ocg_model_get_family (decoder->model), "anthropic");
}
