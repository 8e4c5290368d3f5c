/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-classify.h"

#include <string.h>

typedef enum
{
  IN_CODE, /* error.code, the whole field */
  IN_TYPE, /* error.type, the whole field */
  IN_TEXT, /* somewhere in the message, any case; "*" stands for anything between */
  ANYTHING,
} Where;

typedef struct
{
  guint first_status;
  guint last_status;
  Where where;
  const char *what;
  OcgErrorClass class;
} ClassRow;

#define ANY_STATUS 0, 999
#define ONLY(status) (status), (status)

/* https://platform.minimax.io/docs/api-reference/errorcode, and codes seen in the field. */
static const struct
{
  gint64 code;
  OcgErrorClass class;
} minimax_rows[] = {
  { 1000, OCG_CLASS_SERVER },         { 1001, OCG_CLASS_TIMEOUT },
  { 1002, OCG_CLASS_RATE_LIMIT },     { 1004, OCG_CLASS_AUTH },
  { 1008, OCG_CLASS_BILLING },        { 1013, OCG_CLASS_SERVER },
  { 1024, OCG_CLASS_SERVER },         { 1026, OCG_CLASS_CONTENT_FILTER },
  { 1027, OCG_CLASS_CONTENT_FILTER }, { 1028, OCG_CLASS_RATE_LIMIT },
  { 1030, OCG_CLASS_RATE_LIMIT },     { 1033, OCG_CLASS_SERVER },
  { 1039, OCG_CLASS_RATE_LIMIT },     { 1041, OCG_CLASS_RATE_LIMIT },
  { 1042, OCG_CLASS_FORMAT },         { 1043, OCG_CLASS_FORMAT },
  { 1044, OCG_CLASS_FORMAT },         { 2013, OCG_CLASS_FORMAT },
  { 2037, OCG_CLASS_FORMAT },         { 2039, OCG_CLASS_FORMAT },
  { 2042, OCG_CLASS_AUTH },           { 2045, OCG_CLASS_RATE_LIMIT },
  { 2048, OCG_CLASS_FORMAT },         { 2049, OCG_CLASS_AUTH },
  { 2056, OCG_CLASS_RATE_LIMIT },     { 2061, OCG_CLASS_MODEL_NOT_FOUND },
  { 20132, OCG_CLASS_FORMAT },
};

/* What servers say when the conversation does not fit. */
static const char *const overflow_phrases[] = {
  "prompt is too long",
  "exceed context limit",
  "exceeds the context window",
  "maximum context length is",
  "reduce the length of the messages",
  "input token count*exceeds the maximum",
  "maximum prompt length is",
  "exceeds the available context size",
  "greater than the context length",
  "context window exceeds limit",
  "exceeded model token limit",
  "上下文过长",
  "超出最大长度",
  "上下文长度",
};

static const guint overflow_statuses[] = { 0, 200, 400, 413, 422, 500 };

/* What a structured field says, and a few texts that outrank one. First match wins. */
static const ClassRow field_rows[] = {
  { ONLY (413), IN_TEXT, "image", OCG_CLASS_FORMAT },
  { ONLY (402), IN_TEXT, "try again in", OCG_CLASS_RATE_LIMIT },
  { ONLY (402), IN_TEXT, "resets at", OCG_CLASS_RATE_LIMIT },
  { ONLY (402), IN_TEXT, "daily", OCG_CLASS_RATE_LIMIT },
  { ONLY (402), IN_TEXT, "weekly", OCG_CLASS_RATE_LIMIT },
  { ANY_STATUS, IN_CODE, "context_length_exceeded", OCG_CLASS_CONTEXT_OVERFLOW },
  { ANY_STATUS, IN_TYPE, "context_length_exceeded", OCG_CLASS_CONTEXT_OVERFLOW },
  { ANY_STATUS, IN_CODE, "request_too_large", OCG_CLASS_CONTEXT_OVERFLOW },
  { ANY_STATUS, IN_TYPE, "request_too_large", OCG_CLASS_CONTEXT_OVERFLOW },
  { ANY_STATUS, IN_CODE, "insufficient_quota", OCG_CLASS_BILLING },
  { ANY_STATUS, IN_TYPE, "insufficient_quota", OCG_CLASS_BILLING },
  { ANY_STATUS, IN_CODE, "billing_hard_limit_reached", OCG_CLASS_BILLING },
  { ANY_STATUS, IN_CODE, "credit_limit_exceeded", OCG_CLASS_BILLING },
  { ANY_STATUS, IN_CODE, "contract_spend_limit_reached", OCG_CLASS_BILLING },
  { ANY_STATUS, IN_CODE, "enforced_spend_limit_reached", OCG_CLASS_BILLING },
  { ANY_STATUS, IN_CODE, "linked_organization_spend_limit_reached", OCG_CLASS_BILLING },
  { ANY_STATUS, IN_TYPE, "billing_error", OCG_CLASS_BILLING },
  { ANY_STATUS, IN_TYPE, "insufficient_balance_error", OCG_CLASS_BILLING },
  { ANY_STATUS, IN_CODE, "organization_on_hold", OCG_CLASS_AUTH },
  { ANY_STATUS, IN_CODE, "image_dimensions_too_large", OCG_CLASS_FORMAT },
  { ANY_STATUS, IN_CODE, "engine_overloaded", OCG_CLASS_OVERLOADED },
  { ANY_STATUS, IN_TYPE, "engine_overloaded_error", OCG_CLASS_OVERLOADED },
  { ANY_STATUS, IN_CODE, "slow_down", OCG_CLASS_OVERLOADED },
  { ANY_STATUS, IN_TYPE, "overloaded_error", OCG_CLASS_OVERLOADED },
  { ANY_STATUS, IN_CODE, "content_policy_violation", OCG_CLASS_CONTENT_FILTER },
  { ANY_STATUS, IN_CODE, "content_filter", OCG_CLASS_CONTENT_FILTER },
  { ANY_STATUS, IN_CODE, "rate_limit_exceeded", OCG_CLASS_RATE_LIMIT },
  { ANY_STATUS, IN_CODE, "model_not_found", OCG_CLASS_MODEL_NOT_FOUND },
  { 0, 200, IN_TYPE, "rate_limit_error", OCG_CLASS_RATE_LIMIT },
};

/* Words that mean something with a status, then the status, or what stands for it in a stream. */
static const ClassRow status_rows[] = {
  { ONLY (400), IN_TEXT, "credit balance is too low", OCG_CLASS_BILLING },
  { ONLY (400), IN_TEXT, "purchase credits", OCG_CLASS_BILLING },
  { ONLY (400), IN_TEXT, "insufficient credits", OCG_CLASS_BILLING },
  { ONLY (422), IN_TEXT, "credit balance is too low", OCG_CLASS_BILLING },
  { ONLY (422), IN_TEXT, "purchase credits", OCG_CLASS_BILLING },
  { ONLY (422), IN_TEXT, "insufficient credits", OCG_CLASS_BILLING },
  { ONLY (400), IN_TEXT, "model*does not exist", OCG_CLASS_MODEL_NOT_FOUND },
  { ONLY (400), IN_TEXT, "api key not valid", OCG_CLASS_AUTH },
  { ONLY (403), IN_TEXT, "credit", OCG_CLASS_BILLING },
  { ONLY (403), IN_TEXT, "flagged", OCG_CLASS_CONTENT_FILTER },
  { ONLY (429), IN_TEXT, "credit", OCG_CLASS_BILLING },
  { ONLY (429), IN_TEXT, "balance", OCG_CLASS_BILLING },
  { ONLY (429), IN_TEXT, "spend limit", OCG_CLASS_BILLING },
  { ONLY (503), IN_TEXT, "overloaded", OCG_CLASS_OVERLOADED },
  { ONLY (503), IN_TEXT, "capacity", OCG_CLASS_OVERLOADED },
  { ONLY (503), IN_TEXT, "currently unavailable due to load", OCG_CLASS_OVERLOADED },
  { 0, 200, IN_TYPE, "invalid_request_error", OCG_CLASS_FORMAT },
  { 0, 200, IN_TYPE, "bad_request_error", OCG_CLASS_FORMAT },
  { 0, 200, IN_TYPE, "authentication_error", OCG_CLASS_AUTH },
  { 0, 200, IN_TYPE, "authorized_error", OCG_CLASS_AUTH },
  { 0, 200, IN_TYPE, "permission_error", OCG_CLASS_AUTH },
  { 0, 200, IN_TYPE, "not_found_error", OCG_CLASS_MODEL_NOT_FOUND },
  { 0, 200, IN_TYPE, "timeout_error", OCG_CLASS_TIMEOUT },
  { ONLY (401), ANYTHING, NULL, OCG_CLASS_AUTH },
  { ONLY (402), ANYTHING, NULL, OCG_CLASS_BILLING },
  { ONLY (403), ANYTHING, NULL, OCG_CLASS_AUTH },
  { ONLY (404), ANYTHING, NULL, OCG_CLASS_MODEL_NOT_FOUND },
  { ONLY (410), ANYTHING, NULL, OCG_CLASS_MODEL_NOT_FOUND },
  { ONLY (408), ANYTHING, NULL, OCG_CLASS_TIMEOUT },
  { ONLY (499), ANYTHING, NULL, OCG_CLASS_TIMEOUT },
  { ONLY (504), ANYTHING, NULL, OCG_CLASS_TIMEOUT },
  { ONLY (522), ANYTHING, NULL, OCG_CLASS_TIMEOUT },
  { ONLY (524), ANYTHING, NULL, OCG_CLASS_TIMEOUT },
  { ONLY (413), ANYTHING, NULL, OCG_CLASS_CONTEXT_OVERFLOW },
  { ONLY (429), ANYTHING, NULL, OCG_CLASS_RATE_LIMIT },
  { ONLY (529), ANYTHING, NULL, OCG_CLASS_OVERLOADED },
  { 500, 599, ANYTHING, NULL, OCG_CLASS_SERVER },
  { 300, 499, ANYTHING, NULL, OCG_CLASS_FORMAT },
  { ANY_STATUS, ANYTHING, NULL, OCG_CLASS_SERVER },
};

/* Whether the pieces of @pattern between "*" stand in @text one after the other. */
static gboolean
text_matches (const char *text, const char *pattern)
{
  g_auto (GStrv) pieces = g_strsplit (pattern, "*", -1);

  for (guint i = 0; pieces[i] != NULL; i++)
    {
      text = strstr (text, pieces[i]);
      if (text == NULL)
        return FALSE;
      text += strlen (pieces[i]);
    }
  return TRUE;
}

/* The number after @word in @text, or -1. */
static gint64
find_number (const char *text, const char *word)
{
  const char *place = strstr (text, word);

  return place != NULL ? g_ascii_strtoll (place + strlen (word), NULL, 10) : -1;
}

/* "Request too large …: Limit 30000, Requested 90000": waiting for the next minute never helps. */
static gboolean
exceeds_any_minute (const char *text)
{
  gint64 limit = find_number (text, "limit ");
  gint64 requested = find_number (text, "requested ");

  return strstr (text, "request too large") != NULL && limit > 0 && requested > limit;
}

static gboolean
has_overflow_phrase (guint status, const char *text)
{
  gboolean counts = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (overflow_statuses); i++)
    counts = counts || overflow_statuses[i] == status;
  for (guint i = 0; counts && i < G_N_ELEMENTS (overflow_phrases); i++)
    if (text_matches (text, overflow_phrases[i]))
      return TRUE;
  return FALSE;
}

static gboolean
row_matches (const ClassRow *row, const OcgErrorReply *reply, const char *text)
{
  if (reply->status < row->first_status || reply->status > row->last_status)
    return FALSE;
  switch (row->where)
    {
    case IN_CODE:
      return g_strcmp0 (reply->code, row->what) == 0;
    case IN_TYPE:
      return g_strcmp0 (reply->type, row->what) == 0;
    case IN_TEXT:
      return text_matches (text, row->what);
    case ANYTHING:
      return TRUE;
    }
  return FALSE;
}

static gboolean
find_row (const ClassRow *rows, gsize n_rows, const OcgErrorReply *reply, const char *text,
          OcgErrorClass *class)
{
  for (gsize i = 0; i < n_rows; i++)
    if (row_matches (&rows[i], reply, text))
      {
        *class = rows[i].class;
        return TRUE;
      }
  return FALSE;
}

static gboolean
find_minimax_row (const OcgErrorReply *reply, const char *text, OcgErrorClass *class)
{
  for (guint i = 0; i < G_N_ELEMENTS (minimax_rows); i++)
    if (minimax_rows[i].code == reply->minimax_code)
      {
        *class = minimax_rows[i].class;
        /* 2013 stands for every invalid parameter, a conversation that is too long too. */
        if (*class == OCG_CLASS_FORMAT && has_overflow_phrase (400, text))
          *class = OCG_CLASS_CONTEXT_OVERFLOW;
        return TRUE;
      }
  return FALSE;
}

OcgErrorClass
ocg_classify (const OcgErrorReply *reply, const char *family)
{
  g_autofree char *text
      = reply->message != NULL ? g_utf8_strdown (reply->message, -1) : g_strdup ("");
  OcgErrorClass class = OCG_CLASS_SERVER;

  if (reply->too_deep)
    return OCG_CLASS_PROTOCOL;
  if (g_strcmp0 (family, "minimax") == 0 && find_minimax_row (reply, text, &class))
    return class;
  if (exceeds_any_minute (text))
    return OCG_CLASS_CONTEXT_OVERFLOW;
  if (reply->is_moderation && reply->status == 403)
    return OCG_CLASS_CONTENT_FILTER;
  if (find_row (field_rows, G_N_ELEMENTS (field_rows), reply, text, &class))
    return class;
  if (has_overflow_phrase (reply->status, text))
    return OCG_CLASS_CONTEXT_OVERFLOW;
  find_row (status_rows, G_N_ELEMENTS (status_rows), reply, text, &class);
  return class;
}
