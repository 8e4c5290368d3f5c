/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-classify.h"

#include <string.h>

#define AUTH OCG_CLASS_AUTH
#define BILLING OCG_CLASS_BILLING
#define RATE OCG_CLASS_RATE_LIMIT
#define OVERLOADED OCG_CLASS_OVERLOADED
#define SERVER OCG_CLASS_SERVER
#define TIMEOUT OCG_CLASS_TIMEOUT
#define MODEL OCG_CLASS_MODEL_NOT_FOUND
#define FORMAT OCG_CLASS_FORMAT
#define OVERFLOW OCG_CLASS_CONTEXT_OVERFLOW
#define FILTER OCG_CLASS_CONTENT_FILTER

typedef enum
{
  ANYTHING,
  IN_CODE,  /* error.code, the whole field, any case; "*" stands for anything */
  IN_TYPE,  /* error.type, likewise */
  IN_FIELD, /* either */
  IN_TEXT,  /* whole words of the message, any case; "*" stands for anything between */
} Where;

/* Statuses that rows tell apart. */
enum
{
  IN_STREAM = 1 << 0, /* none: the error came with a 200 */
  S400 = 1 << 1,
  S401 = 1 << 2,
  S402 = 1 << 3,
  S403 = 1 << 4,
  S404 = 1 << 5, /* and 410 */
  S408 = 1 << 6, /* and what else says that it took too long */
  S413 = 1 << 7,
  S422 = 1 << 8,
  S429 = 1 << 9,
  S4XX = 1 << 10, /* all others from 300 on */
  S500 = 1 << 11,
  S503 = 1 << 12,
  S529 = 1 << 13,
  S5XX = 1 << 14, /* all others */
  ANY = (1 << 15) - 1,
  INVALID = IN_STREAM | S400 | S422,
  TOO_LONG = IN_STREAM | S400 | S413 | S422 | S500,
};

typedef struct
{
  guint statuses;
  Where where;
  const char *what;
  OcgErrorClass class;
  const char *text; /* (nullable) must be in the message, too */
} ClassRow;

/* https://platform.minimax.io/docs/api-reference/errorcode, and codes seen in the field. @text: in
 * the message; such rows come first. */
static const struct
{
  gint64 code;
  OcgErrorClass class;
  const char *text;
} minimax_rows[] = {
  { 2013, MODEL, "unknown model" },
  { 1000, SERVER },   { 1001, TIMEOUT }, { 1002, RATE },   { 1004, AUTH },   { 1008, BILLING },
  { 1013, SERVER },   { 1024, SERVER },  { 1026, FILTER }, { 1027, FILTER }, { 1028, RATE },
  { 1030, RATE },     { 1033, SERVER },  { 1039, RATE },   { 1041, RATE },   { 1042, FORMAT },
  { 1043, FORMAT },   { 1044, FORMAT },  { 2013, FORMAT }, { 2037, FORMAT }, { 2039, FORMAT },
  { 2042, AUTH },     { 2045, RATE },    { 2048, FORMAT }, { 2049, AUTH },   { 2056, RATE },
  { 2061, MODEL },    { 2062, RATE },    { 20132, FORMAT },
};

/* What servers say when the conversation does not fit. */
static const char *const overflow_phrases[] = {
  "prompt is too long",
  "exceed context limit",
  "exceeds the context window",
  "maximum context length is",
  "exceeds maximum context length",
  "exceeds the maximum context length",
  "exceeds the context length",
  "reduce the length of the messages",
  "input token count*exceeds the maximum",
  "input token length too long",
  "prompt exceeds max length",
  "maximum prompt length is",
  "exceeds the available context size",
  "context size has been exceeded",
  "greater than the context length",
  "trying to keep the first*tokens when context",
  "does not fit in context length",
  "longer than the maximum model length",
  "contextwindowexceedederror",
  "max_tokens must be at least 1, got -",
  "`inputs` tokens + `max_new_tokens` must be <=",
  "context window exceeds limit",
  "exceeded model token limit",
  "上下文过长",
  "超出最大长度",
  "上下文长度",
};

/* What a structured field says, and a few texts that outrank one. First match wins. */
static const ClassRow field_rows[] = {
  { S413, IN_TEXT, "image", FORMAT },
  { ANY, IN_TEXT, "image exceeds", FORMAT },
  { ANY, IN_TEXT, "image dimensions exceed", FORMAT },
  { ANY, IN_TEXT, "unexpected endpoint or method", MODEL }, /* LM Studio, also with 200 */
  { ANY, IN_TEXT, "404 not_found", MODEL },                 /* Z.AI: a wrong path, with 200 */

  { ANY, IN_FIELD, "context_length_exceeded", OVERFLOW },
  { ANY, IN_FIELD, "request_too_large", OVERFLOW },
  { ANY, IN_FIELD, "exceed_context_size_error", OVERFLOW }, /* llama.cpp */
  { ANY, IN_CODE, "1261", OVERFLOW },                       /* Z.AI */

  { ANY, IN_FIELD, "insufficient_quota", BILLING },
  { ANY, IN_CODE, "billing_hard_limit_reached", BILLING },
  { ANY, IN_FIELD, "billing_not_active", BILLING },
  { ANY, IN_CODE, "credit_limit_exceeded", BILLING },
  { ANY, IN_CODE, "*_spend_limit_reached", BILLING }, /* Anthropic: contract, enforced, linked … */
  { ANY, IN_CODE, "insufficient_user_quota", BILLING },
  { ANY, IN_CODE, "arrearage", BILLING },
  { ANY, IN_CODE, "1113", BILLING },                         /* Z.AI */
  { ANY, IN_TYPE, "exceeded_current_quota_error", BILLING }, /* Moonshot */
  { ANY, IN_FIELD, "insufficient_balance*", BILLING },
  { ANY, IN_FIELD, "insufficient_credits", BILLING },
  { ANY, IN_FIELD, "budget_exceeded", BILLING }, /* LiteLLM */
  /* A used up window is no empty account, whatever the type says. */
  { S402, IN_TEXT, "try again in", RATE },
  { S402, IN_TEXT, "resets at", RATE },
  { S402, IN_TEXT, "resets in", RATE },
  { S402, IN_TEXT, "daily", RATE },
  { S402, IN_TEXT, "weekly", RATE },
  { S402, IN_TEXT, "5-hour", RATE },
  { S402, IN_TEXT, "5 hour", RATE },
  { ANY, IN_TYPE, "billing_error", BILLING },

  { ANY, IN_CODE, "invalid_api_key", AUTH },
  { ANY, IN_CODE, "api_key_invalid", AUTH }, /* Google */
  { ANY, IN_CODE, "invalidapikey", AUTH },   /* DashScope */
  { ANY, IN_CODE, "account_deactivated", AUTH },
  { ANY, IN_CODE, "organization_on_hold", AUTH },
  { ANY, IN_CODE, "unsupported_country_region_territory", AUTH },
  { ANY, IN_CODE, "data_residency_mismatch", AUTH },

  { ANY, IN_FIELD, "engine_overloaded*", OVERLOADED },
  { ANY, IN_FIELD, "overloaded*", OVERLOADED },
  { ANY, IN_FIELD, "server_is_overloaded", OVERLOADED },
  { ANY, IN_FIELD, "slow_down", OVERLOADED },
  { ANY, IN_CODE, "nocapacity", OVERLOADED }, /* Azure */

  { ANY, IN_FIELD, "content_filter", FILTER },
  { ANY, IN_CODE, "*_policy", FILTER },
  { ANY, IN_CODE, "*_policy_violation", FILTER }, /* content, image_content, … */
  { ANY, IN_CODE, "data_inspection_failed", FILTER }, /* DashScope */
  { ANY, IN_CODE, "1301", FILTER },                   /* Z.AI */

  { ANY, IN_CODE, "invalid_prompt", FORMAT },
  { ANY, IN_CODE, "*image*", FORMAT },
  { ANY, IN_CODE, "previous_response_not_found", FORMAT }, /* no model, although it is not found */

  { ANY, IN_FIELD, "rate_limit_exceeded", RATE },
  { ANY, IN_FIELD, "rate_limit_reached_error", RATE }, /* Moonshot */
  { ANY, IN_FIELD, "usage_limit_reached", RATE },
  { ANY, IN_CODE, "1302", RATE }, /* Z.AI: concurrency, frequency, and used up windows */
  { ANY, IN_CODE, "1303", RATE },
  { ANY, IN_CODE, "1304", RATE },
  { ANY, IN_CODE, "1308", RATE },
  { ANY, IN_CODE, "1310", RATE },
  { IN_STREAM, IN_TYPE, "rate_limit_error", RATE },

  { ANY, IN_CODE, "model_not_found", MODEL },
  { ANY, IN_CODE, "model_not_supported", MODEL },
  { ANY, IN_CODE, "deploymentnotfound", MODEL }, /* Azure */
  { ANY, IN_CODE, "1211", MODEL },               /* Z.AI */
  { ANY, IN_CODE, "1311", MODEL },               /* Z.AI: not in the plan */

  { ANY, IN_CODE, "vector_store_timeout", TIMEOUT },
};

/* Limits per minute and day speak of tokens, too: that is no overflow. */
static const ClassRow token_rate_rows[] = {
  { TOO_LONG | S429, IN_TEXT, "tokens per minute", RATE },
  { TOO_LONG | S429, IN_TEXT, "tokens per min", RATE },
  { TOO_LONG | S429, IN_TEXT, "tokens per day", RATE },
  { TOO_LONG | S429, IN_TEXT, "per-minute rate limit", RATE },
  { TOO_LONG | S429, IN_TEXT, "tpm", RATE },
};

/* Words that mean something with a status, then what stands for a status in a stream, then the
 * status alone. */
static const ClassRow status_rows[] = {
  { INVALID, IN_TEXT, "credit balance is too low", BILLING },
  { INVALID, IN_TEXT, "purchase credits", BILLING },
  { INVALID, IN_TEXT, "insufficient credits", BILLING },
  { INVALID, IN_TEXT, "insufficient balance", BILLING },
  { INVALID | S403 | S429, IN_TEXT, "余额不足", BILLING },
  { INVALID, IN_TEXT, "model*does not exist", MODEL },
  { INVALID, IN_TEXT, "model not exist", MODEL }, /* DeepSeek */
  { INVALID, IN_TEXT, "not a valid model", MODEL },
  { INVALID, IN_TEXT, "invalid model identifier", MODEL },
  { INVALID, IN_TEXT, "no models loaded", MODEL },
  { INVALID, IN_TEXT, "model is not supported", MODEL },
  { INVALID, IN_TEXT, "unsupported model", MODEL },
  { INVALID, IN_TEXT, "model*not found, try pulling it", MODEL }, /* Ollama */
  { INVALID, IN_TEXT, "api key not valid", AUTH },                /* Google */
  { INVALID, IN_TEXT, "api key expired", AUTH },
  { INVALID, IN_TEXT, "user location is not supported", AUTH },
  { INVALID, IN_TEXT, "incorrect api key provided", AUTH },  /* xAI */
  { INVALID, IN_TEXT, "content exists risk", FILTER },       /* DeepSeek */
  { S400, IN_TEXT, "model has crashed", SERVER },            /* LM Studio */
  { S400 | S404, IN_TEXT, "failed to load model", SERVER },  /* LM Studio */
  { S403, IN_TEXT, "flagged", FILTER }, /* "No credits were charged" */
  { S403, IN_TEXT, "credit", BILLING },
  { S403, IN_TEXT, "insufficient balance", BILLING },
  { S403, IN_TEXT, "payment method", BILLING },
  { S429, IN_TEXT, "free-models-per", RATE }, /* OpenRouter offers credits as the remedy */
  { S429, IN_TEXT, "credit", BILLING },
  { S429, IN_TEXT, "balance", BILLING },
  { S429, IN_TEXT, "spend limit", BILLING },
  { S429, IN_TEXT, "spending limit", BILLING },
  { S429, IN_TEXT, "overloaded", OVERLOADED },
  { S429, IN_FIELD, "*overloaded*", OVERLOADED, "capacity" },
  { S429, IN_FIELD, "*engine*", OVERLOADED, "capacity" },
  { S503, IN_TEXT, "overloaded", OVERLOADED },
  { S503, IN_TEXT, "capacity", OVERLOADED },
  { S503, IN_TEXT, "currently unavailable due to load", OVERLOADED },
  { S503, IN_TEXT, "high demand", OVERLOADED },
  { S503, IN_TEXT, "busy", OVERLOADED },
  { IN_STREAM, IN_FIELD, "auth*_error", AUTH },
  { IN_STREAM, IN_FIELD, "invalid_auth*", AUTH },
  { IN_STREAM, IN_FIELD, "unauth*", AUTH },
  { IN_STREAM, IN_FIELD, "permission*", AUTH },
  { IN_STREAM, IN_FIELD, "incorrect_api_key*", AUTH },
  { IN_STREAM, IN_FIELD, "*not_found*", MODEL },
  { IN_STREAM, IN_FIELD, "notfound*", MODEL },
  { IN_STREAM, IN_FIELD, "*timeout*", TIMEOUT },
  { IN_STREAM, IN_FIELD, "deadline_exceeded", TIMEOUT },
  { IN_STREAM, IN_FIELD, "resource_exhausted", RATE },
  { IN_STREAM, IN_FIELD, "too_many_requests", RATE },
  { IN_STREAM, IN_FIELD, "throttling*", RATE },
  { IN_STREAM, IN_FIELD, "invalid_*", FORMAT },
  { IN_STREAM, IN_FIELD, "bad*request*", FORMAT },
  { IN_STREAM, IN_FIELD, "unsupported_*", FORMAT },
  { IN_STREAM, IN_FIELD, "not_supported_error", FORMAT },
  { IN_STREAM, IN_FIELD, "missing_*", FORMAT },
  { IN_STREAM, IN_FIELD, "unprocessable_entity*", FORMAT },
  { IN_STREAM, IN_FIELD, "failed_precondition", FORMAT },
  { IN_STREAM, IN_FIELD, "server_error", SERVER },
  { IN_STREAM, IN_FIELD, "api_error", SERVER },
  { IN_STREAM, IN_TEXT, "rate limit exceeded", RATE },
  { IN_STREAM, IN_TEXT, "rate limit reached", RATE },
  { IN_STREAM, IN_TEXT, "too many requests", RATE },
  { IN_STREAM, IN_TEXT, "overloaded", OVERLOADED },
  { S401, ANYTHING, NULL, AUTH },
  { S402, ANYTHING, NULL, BILLING },
  { S403, ANYTHING, NULL, AUTH },
  { S404, ANYTHING, NULL, MODEL },
  { S408, ANYTHING, NULL, TIMEOUT },
  { S413, ANYTHING, NULL, OVERFLOW },
  { S429, ANYTHING, NULL, RATE },
  { S529, ANYTHING, NULL, OVERLOADED },
  { S400 | S422 | S4XX, ANYTHING, NULL, FORMAT },
  { ANY, ANYTHING, NULL, SERVER },
};

/* A reply in lower case. */
typedef struct
{
  guint status; /* one bit */
  char *code;
  char *type;
  char *text;
} Subject;

static guint
get_status_bit (guint status)
{
  static const struct
  {
    guint status, bit;
  } bits[] = {
    { 0, IN_STREAM }, { 200, IN_STREAM }, { 400, S400 }, { 401, S401 }, { 402, S402 },
    { 403, S403 },    { 404, S404 },      { 410, S404 }, { 408, S408 }, { 499, S408 },
    { 504, S408 },    { 522, S408 },      { 524, S408 }, { 413, S413 }, { 422, S422 },
    { 429, S429 },    { 500, S500 },      { 503, S503 }, { 529, S529 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bits); i++)
    if (bits[i].status == status)
      return bits[i].bit;
  return status >= 300 && status <= 499 ? S4XX : S5XX;
}

static gboolean
begins_word (const char *text, const char *place)
{
  return place == text || !g_ascii_isalnum (place[-1]);
}

/* A plural ends a word, too. */
static gboolean
ends_word (const char *end)
{
  return !g_ascii_isalnum (*end) || (*end == 's' && !g_ascii_isalnum (end[1]));
}

/* The end of the first @piece in @text from @from on that stands there in whole words, or NULL:
 * "credit" is not in "accredited", and "balance" not in "balancer". */
static const char *
find_words (const char *text, const char *from, const char *piece)
{
  gsize length = strlen (piece);

  if (length == 0)
    return from;
  for (const char *p = strstr (from, piece); p != NULL; p = strstr (p + 1, piece))
    if ((!g_ascii_isalnum (*piece) || begins_word (text, p))
        && (!g_ascii_isalnum (piece[length - 1]) || ends_word (p + length)))
      return p + length;
  return NULL;
}

/* Whether the pieces of @pattern between "*" stand in @text one after the other. */
static gboolean
text_matches (const char *text, const char *pattern)
{
  g_auto (GStrv) pieces = g_strsplit (pattern, "*", -1);
  const char *from = text;

  for (guint i = 0; pieces[i] != NULL && from != NULL; i++)
    from = find_words (text, from, pieces[i]);
  return from != NULL;
}

static gboolean
field_matches (const char *field, const char *pattern)
{
  return field != NULL && g_pattern_match_simple (pattern, field);
}

/* The number after @word in @text, "Limit 30,000" too, or -1. */
static gint64
find_number (const char *text, const char *word)
{
  for (const char *p = strstr (text, word); p != NULL; p = strstr (p + 1, word))
    {
      const char *digits = p + strlen (word);
      gint64 number = 0;

      digits += strspn (digits, " :");
      if (!g_ascii_isdigit (*digits))
        continue;
      for (; g_ascii_isdigit (*digits) || (*digits == ',' && g_ascii_isdigit (digits[1])); digits++)
        if (*digits != ',' && number < G_MAXINT64 / 100)
          number = number * 10 + g_ascii_digit_value (*digits);
      return number;
    }
  return -1;
}

/* "Request too large …: Limit 30000, Requested 90000": waiting for the next minute never helps. */
static gboolean
exceeds_any_minute (const char *text)
{
  gint64 limit = find_number (text, "limit");
  gint64 requested = find_number (text, "requested");

  return strstr (text, "request too large") != NULL && limit > 0 && requested > limit;
}

static gboolean
has_overflow_phrase (const Subject *subject)
{
  for (guint i = 0; (subject->status & TOO_LONG) != 0 && i < G_N_ELEMENTS (overflow_phrases); i++)
    if (text_matches (subject->text, overflow_phrases[i]))
      return TRUE;
  return FALSE;
}

static gboolean
row_matches (const ClassRow *row, const Subject *subject)
{
  if ((row->statuses & subject->status) == 0
      || (row->text != NULL && !text_matches (subject->text, row->text)))
    return FALSE;
  switch (row->where)
    {
    case IN_CODE:
      return field_matches (subject->code, row->what);
    case IN_TYPE:
      return field_matches (subject->type, row->what);
    case IN_FIELD:
      return field_matches (subject->code, row->what) || field_matches (subject->type, row->what);
    case IN_TEXT:
      return text_matches (subject->text, row->what);
    case ANYTHING:
      return TRUE;
    }
  return FALSE;
}

static gboolean
find_row (const ClassRow *rows, gsize n_rows, const Subject *subject, OcgErrorClass *class)
{
  for (gsize i = 0; i < n_rows; i++)
    if (row_matches (&rows[i], subject))
      {
        *class = rows[i].class;
        return TRUE;
      }
  return FALSE;
}

static gboolean
find_minimax_row (const OcgErrorReply *reply, const Subject *subject, OcgErrorClass *class)
{
  const Subject as_invalid = { .status = S400, .text = subject->text };

  for (guint i = 0; i < G_N_ELEMENTS (minimax_rows); i++)
    if (minimax_rows[i].code == reply->minimax_code
        && (minimax_rows[i].text == NULL || text_matches (subject->text, minimax_rows[i].text)))
      {
        *class = minimax_rows[i].class;
        /* 2013 stands for every invalid parameter, a conversation that is too long too. */
        if (*class == FORMAT && has_overflow_phrase (&as_invalid))
          *class = OVERFLOW;
        return TRUE;
      }
  return FALSE;
}

static OcgErrorClass
classify (const OcgErrorReply *reply, const Subject *subject, gboolean is_minimax)
{
  OcgErrorClass class = SERVER;

  if ((is_minimax || reply->is_base_resp) && find_minimax_row (reply, subject, &class))
    return class;
  if (exceeds_any_minute (subject->text))
    return OVERFLOW;
  if (reply->is_moderation && reply->status == 403)
    return FILTER;
  if (find_row (field_rows, G_N_ELEMENTS (field_rows), subject, &class)
      || find_row (token_rate_rows, G_N_ELEMENTS (token_rate_rows), subject, &class))
    return class;
  if (has_overflow_phrase (subject))
    return OVERFLOW;
  find_row (status_rows, G_N_ELEMENTS (status_rows), subject, &class);
  return class;
}

OcgErrorClass
ocg_classify (const OcgErrorReply *reply, const char *family)
{
  gboolean is_minimax = g_strcmp0 (family, "minimax") == 0;
  /* A number at the end of what others say is no code. */
  const char *said = reply->is_trailing_code && !is_minimax ? NULL : reply->code;
  /* Not by the rules of a language: Turkish has another "i". */
  g_autofree char *code = said != NULL ? g_ascii_strdown (said, -1) : NULL;
  g_autofree char *type = reply->type != NULL ? g_ascii_strdown (reply->type, -1) : NULL;
  g_autofree char *text = g_ascii_strdown (reply->message != NULL ? reply->message : "", -1);
  const Subject subject = { get_status_bit (reply->status), code, type, text };

  return reply->too_deep ? OCG_CLASS_PROTOCOL : classify (reply, &subject, is_minimax);
}
