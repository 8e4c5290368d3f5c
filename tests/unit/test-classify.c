/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* One class for every refusal that providers are known to send, and when to come back. Bodies are
 * written with ' for ". */

#include <string.h>

#include "wire/ocg-classify.h"
#include "wire/ocg-json.h"

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

#define IN_STREAM 0

typedef struct
{
  guint status; /* IN_STREAM: the error came inside a 200 */
  const char *family;
  const char *body;
  OcgErrorClass class;
} Row;

/* {'type':'error','error':{'type':T,'message':M}} */
#define A(type, message)                                                                           \
  "{'type':'error','error':{'type':'" type "','message':'" message "'},'request_id':'req_1'}"
/* The form of OpenAI and its followers. */
#define O(type, code, message)                                                                     \
  "{'error':{'message':'" message "','type':'" type "','param':null,'code':'" code "'}}"
#define HTML "<html><head><title>oops</title></head><body><h1>429 capacity credit</h1></body></html>"

static const Row anthropic_rows[] = {
  { 400, "anthropic", A ("invalid_request_error", "messages: at least one message is required"),
    FORMAT },
  { 400, "anthropic",
    A ("invalid_request_error", "prompt is too long: 210000 tokens > 200000 maximum"), OVERFLOW },
  { 400, "anthropic",
    A ("invalid_request_error",
       "input length and `max_tokens` exceed context limit: 190000 + 32000 > 200000"),
    OVERFLOW },
  { 400, "anthropic",
    A ("invalid_request_error",
       "Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing"),
    BILLING },
  { 401, "anthropic", A ("authentication_error", "invalid x-api-key"), AUTH },
  { 402, "anthropic", A ("billing_error", "Payment required"), BILLING },
  { 403, "anthropic", A ("permission_error", "Your API key does not have permission"), AUTH },
  { 404, "anthropic", A ("not_found_error", "model: claude-9"), MODEL },
  { 409, "anthropic", A ("conflict_error", "conflict"), FORMAT },
  { 413, "anthropic", A ("request_too_large", "Request exceeds the maximum size"), OVERFLOW },
  { 429, "anthropic", A ("rate_limit_error", "Number of requests has exceeded your limit"), RATE },
  { 429, "anthropic",
    "{'type':'error','error':{'type':'rate_limit_error','message':'Limit','details':{'error_code':"
    "'contract_spend_limit_reached'}}}",
    BILLING },
  { 429, "anthropic",
    "{'type':'error','error':{'type':'rate_limit_error','message':'Limit','details':{'error_code':"
    "'enforced_spend_limit_reached'}}}",
    BILLING },
  { 429, "anthropic",
    "{'type':'error','error':{'type':'rate_limit_error','message':'Limit','details':{'error_code':"
    "'ramp_limit_exceeded'}}}",
    RATE },
  { 402, "anthropic",
    "{'type':'error','error':{'type':'billing_error','message':'Limit','details':{'error_code':"
    "'linked_organization_spend_limit_reached'}}}",
    BILLING },
  { 400, "anthropic",
    "{'type':'error','error':{'type':'invalid_request_error','message':'On hold','details':"
    "{'error_code':'organization_on_hold'}}}",
    AUTH },
  { 400, "anthropic",
    "{'type':'error','error':{'type':'invalid_request_error','message':'Too large','details':"
    "{'error_code':'image_dimensions_too_large'}}}",
    FORMAT },
  { 500, "anthropic", A ("api_error", "Internal server error"), SERVER },
  { 504, "anthropic", A ("timeout_error", "Request timed out"), TIMEOUT },
  { 529, "anthropic", A ("overloaded_error", "Overloaded"), OVERLOADED },
};

/* In the order of the table: what the body says, then what the status says. */
static const Row status_rows[] = {
  { 400, "", O ("invalid_request_error", "context_length_exceeded", "x"), OVERFLOW },
  { 429, "", O ("x", "context_length_exceeded", "x"), OVERFLOW },
  { 400, "", A ("request_too_large", "x"), OVERFLOW },
  { 400, "", O ("x", "request_too_large", "x"), OVERFLOW },
  { 429, "", O ("insufficient_quota", "insufficient_quota", "You exceeded your current quota"),
    BILLING },
  { 400, "", O ("x", "billing_hard_limit_reached", "Billing hard limit has been reached"), BILLING },
  { 403, "", O ("x", "credit_limit_exceeded", "x"), BILLING },
  { 400, "", O ("x", "contract_spend_limit_reached", "x"), BILLING },
  { 400, "", A ("billing_error", "x"), BILLING },
  { 403, "", A ("billing_error", "x"), BILLING },
  { 500, "", A ("insufficient_balance_error", "x"), BILLING },
  { 429, "", A ("overloaded_error", "x"), OVERLOADED },
  { 500, "", A ("overloaded_error", "x"), OVERLOADED },
  { 503, "", O ("x", "engine_overloaded", "x"), OVERLOADED },
  { 503, "", O ("x", "slow_down", "Slow down"), OVERLOADED },
  { 400, "", O ("x", "content_policy_violation", "Your request was rejected"), FILTER },
  { 400, "", O ("x", "content_filter", "The response was filtered"), FILTER },
  { 400, "", O ("x", "x", "Your credit balance is too low"), BILLING },
  { 422, "", O ("x", "x", "Your credit balance is too low"), BILLING },
  { 400, "", O ("x", "x", "Please purchase credits"), BILLING },
  { 422, "", O ("x", "x", "Please purchase credits"), BILLING },
  { 400, "", O ("x", "x", "Insufficient credits. Add more"), BILLING },
  { 422, "", O ("x", "x", "Insufficient credits. Add more"), BILLING },
  { 400, "", O ("x", "previous_response_not_found", "Previous response not found"), FORMAT },
  { 400, "", O ("x", "model_not_found", "x"), MODEL },
  { 400, "", O ("x", "x", "The model `gpt-9` does not exist"), MODEL },
  { 400, "", "{'error':{'code':400,'message':'API key not valid. Please pass a valid API key.',"
             "'status':'INVALID_ARGUMENT'}}",
    AUTH },
  { 400, "", O ("invalid_request_error", "x", "Unknown parameter"), FORMAT },
  { 405, "", "", FORMAT },
  { 409, "", "", FORMAT },
  { 415, "", "", FORMAT },
  { 422, "", "{'detail':'Unprocessable'}", FORMAT },
  { 401, "", O ("x", "invalid_api_key", "Incorrect API key provided: sk-12**34"), AUTH },
  { 401, "", HTML, AUTH },
  { 401, "", "", AUTH },
  { 402, "", O ("x", "x", "Usage limit reached, try again in 3 hours"), RATE },
  { 402, "", O ("x", "x", "Limit resets at 2026-05-15T15:00:00Z"), RATE },
  { 402, "", O ("x", "x", "Daily limit reached"), RATE },
  { 402, "", O ("x", "x", "You reached your weekly limit"), RATE },
  { 402, "", O ("x", "x", "Payment required"), BILLING },
  { 402, "", "", BILLING },
  { 403, "", O ("x", "insufficient_quota", "x"), BILLING },
  { 403, "", O ("x", "x", "This key has no credits left"), BILLING },
  { 403, "", "{'error':{'code':403,'message':'Input moderation','metadata':{'reasons':['violence'],"
             "'flagged_input':'x'}}}",
    FILTER },
  { 403, "", O ("x", "x", "Your input was flagged"), FILTER },
  { 403, "", O ("x", "unsupported_country_region_territory", "Country not supported"), AUTH },
  { 403, "", HTML, AUTH },
  { 404, "", O ("x", "x", "No such thing"), MODEL },
  { 404, "", "404 page not found", MODEL },
  { 410, "", "", MODEL },
  { 408, "", "", TIMEOUT },
  { 499, "", "", TIMEOUT },
  { 504, "", HTML, TIMEOUT },
  { 522, "", "error code: 522", TIMEOUT },
  { 524, "", "error code: 524", TIMEOUT },
  { 413, "", HTML, OVERFLOW },
  { 413, "", "", OVERFLOW },
  { 413, "", O ("x", "x", "Image is too large"), FORMAT },
  { 429, "", O ("x", "x", "You have no credit left"), BILLING },
  { 429, "", O ("x", "x", "Account balance not sufficient"), BILLING },
  { 429, "", O ("x", "x", "Monthly spend limit reached"), BILLING },
  { 429, "", O ("engine_overloaded_error", "x", "The engine is currently overloaded"), OVERLOADED },
  { 429, "", O ("x", "engine_overloaded", "No capacity"), OVERLOADED },
  { 429, "", O ("requests", "rate_limit_exceeded", "Rate limit reached for gpt-5"), RATE },
  { 429, "", HTML, RATE },
  { 429, "", "", RATE },
  { 503, "", O ("x", "x", "The server is overloaded"), OVERLOADED },
  { 503, "", O ("x", "x", "No capacity"), OVERLOADED },
  { 503, "", O ("x", "x", "Currently unavailable due to load"), OVERLOADED },
  { 503, "", HTML, SERVER },
  { 503, "", "", SERVER },
  { 529, "", "", OVERLOADED },
  { 529, "", HTML, OVERLOADED },
  { 500, "", O ("server_error", "x", "The server had an error"), SERVER },
  { 500, "", "", SERVER },
  { 502, "", HTML, SERVER },
  { 520, "", HTML, SERVER },
  { 599, "", "x", SERVER },
  { 301, "", HTML, FORMAT },
  { 307, "", "", FORMAT },
  /* Digits and words inside texts are no statuses. */
  { 500, "", O ("x", "x", "request 429 took 402 ms and expired"), SERVER },
  { 400, "", O ("x", "x", "field authentication at offset 401 has expired"), FORMAT },
  { 401, "", O ("x", "x", "quota of attempts, rate limit 429"), AUTH },
};

static const Row stream_rows[] = {
  { IN_STREAM, "anthropic", A ("overloaded_error", "Overloaded"), OVERLOADED },
  { IN_STREAM, "anthropic", A ("rate_limit_error", "Slow"), RATE },
  { IN_STREAM, "anthropic", A ("api_error", "Internal"), SERVER },
  { IN_STREAM, "anthropic", A ("authentication_error", "No"), AUTH },
  { IN_STREAM, "anthropic", A ("permission_error", "No"), AUTH },
  { IN_STREAM, "anthropic", A ("billing_error", "No"), BILLING },
  { IN_STREAM, "anthropic", A ("not_found_error", "model: x"), MODEL },
  { IN_STREAM, "anthropic", A ("invalid_request_error", "No"), FORMAT },
  { IN_STREAM, "anthropic", A ("timeout_error", "Slow"), TIMEOUT },
  { IN_STREAM, "anthropic", A ("request_too_large", "Big"), OVERFLOW },
  { IN_STREAM, "anthropic", A ("invalid_request_error", "prompt is too long: 9 tokens > 8 maximum"),
    OVERFLOW },
  { IN_STREAM, "anthropic", A ("error_of_another_day", "?"), SERVER },
  { IN_STREAM, "", O ("server_error", "server_error", "x"), SERVER },
  { IN_STREAM, "", O ("x", "rate_limit_exceeded", "x"), RATE },
  { IN_STREAM, "", O ("x", "insufficient_quota", "x"), BILLING },
  { IN_STREAM, "", O ("x", "context_length_exceeded", "x"), OVERFLOW },
  { IN_STREAM, "", O ("x", "content_filter", "x"), FILTER },
  { IN_STREAM, "", "{'error':{'code':502,'message':'Provider returned error'}}", SERVER },
  { IN_STREAM, "", "{'error':{'code':429,'message':'Provider returned error'}}", RATE },
  { IN_STREAM, "", "{'error':{'code':402,'message':'x'}}", BILLING },
  { IN_STREAM, "", "{'error':{'code':404,'message':'x'}}", MODEL },
  { 200, "", "{'error':{'code':401,'message':'User not found.'}}", AUTH },
  { 200, "", "{'error':'Model is loading'}", SERVER },
  { 200, "", "{'error':{}}", SERVER },
  /* OpenRouter wraps the words of the provider. */
  { IN_STREAM, "",
    "{'error':{'code':400,'message':'Provider returned error','metadata':{'raw':"
    "'{\\'error\\':{\\'message\\':\\'prompt is too long: 9 > 8\\'}}','provider_name':'x'}}}",
    OVERFLOW },
};

#define P(message) O ("invalid_request_error", "x", message)

static const Row overflow_rows[] = {
  { 400, "", P ("prompt is too long: 1 token"), OVERFLOW },
  { 400, "", P ("PROMPT IS TOO LONG"), OVERFLOW },
  { 400, "", P ("input length and `max_tokens` exceed context limit"), OVERFLOW },
  { 400, "", P ("Your input exceeds the context window of this model"), OVERFLOW },
  { 400, "", P ("This model's maximum context length is 8192 tokens, however"), OVERFLOW },
  { 400, "", P ("Please reduce the length of the messages or completion"), OVERFLOW },
  { 400, "", P ("The input token count (1200000) exceeds the maximum number of tokens"), OVERFLOW },
  { 400, "", P ("This model's maximum prompt length is 131072 but"), OVERFLOW },
  { 400, "", P ("the request exceeds the available context size, try increasing it"), OVERFLOW },
  { 400, "", P ("Trying to keep the first 9 tokens, greater than the context length"), OVERFLOW },
  { 400, "", P ("Invalid request: Your request exceeded model token limit: 8192"), OVERFLOW },
  { 400, "", P ("上下文过长，请缩短"), OVERFLOW },
  { 400, "", P ("输入超出最大长度"), OVERFLOW },
  { 400, "", P ("上下文长度不足"), OVERFLOW },
  { 413, "", P ("prompt is too long"), OVERFLOW },
  { 422, "", P ("prompt is too long"), OVERFLOW },
  { 500, "", P ("prompt is too long"), OVERFLOW },
  { IN_STREAM, "", P ("prompt is too long"), OVERFLOW },
  /* A phrase counts with those statuses only. */
  { 401, "", P ("prompt is too long"), AUTH },
  { 429, "", P ("prompt is too long"), RATE },
  /* Tokens per minute are no context, */
  { 429, "", P ("Rate limit reached on tokens per min (TPM): Limit 30000, Used 29000, Requested 2000"),
    RATE },
  { 429, "", P ("tokens per day (TPD): Limit 100000, Used 99999, Requested 5"), RATE },
  { IN_STREAM, "",
    A ("rate_limit_error", "per-minute rate limit; please reduce the length of the messages"), RATE },
  /* unless one request is larger than a whole minute. */
  { 429, "", P ("Request too large for gpt-5 on tokens per min (TPM): Limit 30000, Requested 90000"),
    OVERFLOW },
  { 413, "", P ("Request too large for model on tokens per minute (TPM): Limit 6000, Requested 9000"),
    OVERFLOW },
  { 400, "", P ("messages.0.content.0.image: image exceeds 5 MB maximum"), FORMAT },
  { 400, "", P ("image dimensions exceed max allowed size: 8000 pixels"), FORMAT },
};

#define B(code, text) "{'base_resp':{'status_code':" #code ",'status_msg':'" text "'}}"

static const Row minimax_rows[] = {
  { 200, "minimax", B (1000, "unknown error"), SERVER },
  { 200, "minimax", B (1001, "request timeout"), TIMEOUT },
  { 200, "minimax", B (1002, "rate limit"), RATE },
  { 200, "minimax", B (1004, "login fail"), AUTH },
  { 200, "minimax", B (1008, "insufficient balance"), BILLING },
  { 402, "minimax", B (1008, "insufficient balance"), BILLING },
  { 429, "minimax", B (1008, "insufficient balance"), BILLING },
  { 500, "minimax", A ("insufficient_balance_error", "insufficient balance (1008)"), BILLING },
  { 200, "minimax", B (1013, "internal"), SERVER },
  { 200, "minimax", B (1024, "internal error"), SERVER },
  { 200, "minimax", B (1026, "input new_sensitive"), FILTER },
  { 422, "minimax", A ("unprocessable_entity_error", "input new_sensitive (1026)"), FILTER },
  { 200, "minimax", B (1027, "output new_sensitive"), FILTER },
  { 200, "minimax", B (1028, "plan quota"), RATE },
  { 200, "minimax", B (1030, "plan quota"), RATE },
  { 200, "minimax", B (1033, "system error"), SERVER },
  { 200, "minimax", B (1039, "token limit"), RATE },
  { 200, "minimax", B (1041, "connection limit"), RATE },
  { 200, "minimax", B (1042, "invisible characters"), FORMAT },
  { 200, "minimax", B (1043, "x"), FORMAT },
  { 200, "minimax", B (1044, "x"), FORMAT },
  { 400, "minimax", A ("bad_request_error", "invalid params, tool call id is invalid (2013)"),
    FORMAT },
  { 400, "minimax",
    "{'error':{'message':'invalid params, x (2013)','type':'bad_request_error','param':'',"
    "'code':null}}",
    FORMAT },
  { 400, "minimax",
    A ("bad_request_error", "invalid params, context window exceeds limit (2013)"), OVERFLOW },
  { 200, "minimax", B (2013, "invalid params, context window exceeds limit"), OVERFLOW },
  { 200, "minimax", B (2037, "x"), FORMAT },
  { 200, "minimax", B (2039, "x"), FORMAT },
  { 200, "minimax", B (2042, "no access"), AUTH },
  { 200, "minimax", B (2045, "rate growth limit"), RATE },
  { 200, "minimax", B (2048, "x"), FORMAT },
  { 200, "minimax", B (2049, "invalid api key"), AUTH },
  { 401, "minimax", A ("authentication_error", "invalid api key (2049)"), AUTH },
  { 429, "minimax",
    A ("rate_limit_error",
       "usage limit exceeded, 5-hour usage limit reached for Token Plan Starter (0/0 used), resets "
       "at 2026-05-15T15:00:00Z (2056)"),
    RATE },
  { 200, "minimax", B (2056, "usage limit exceeded"), RATE },
  { 402, "minimax", A ("x", "usage limit exceeded (2056)"), RATE },
  { 200, "minimax", B (2061, "model not in plan"), MODEL },
  { 500, "minimax", A ("api_error", "your plan does not support this model (2061)"), MODEL },
  { 200, "minimax", B (20132, "x"), FORMAT },
  { 500, "minimax", A ("x", "voice check failed (20132)"), FORMAT },
  { 401, "minimax",
    "{'type':'error','error':{'type':'authorized_error','message':'login fail: Please carry the API "
    "secret key in the \\'Authorization\\' field of the request header (1004)','http_code':'401'},"
    "'request_id':'05e1'}",
    AUTH },
  /* The number in error.code, and white space after the parenthesis. */
  { 400, "minimax", "{'error':{'code':1008,'message':'x'}}", BILLING },
  { 400, "minimax", "{'error':{'code':'1008','message':'x'}}", BILLING },
  { 400, "minimax", A ("x", "invalid api key (2049) \\n"), AUTH },
  /* base_resp comes first, then error.code, then the end of the message. */
  { 400, "minimax",
    "{'error':{'code':1002,'message':'x (2049)'},'base_resp':{'status_code':1008,'status_msg':'y'}}",
    BILLING },
  { 400, "minimax", "{'error':{'code':1002,'message':'x (2049)'}}", RATE },
  /* Codes that the table does not know leave it to the rest. */
  { 401, "minimax", A ("x", "what (9999)"), AUTH },
  { 429, "minimax", A ("x", "what (9999)"), RATE },
  { 500, "minimax", A ("overloaded_error", "what"), OVERLOADED },
  /* Parentheses elsewhere are none, */
  { 500, "minimax", A ("api_error", "(1008) is what it says"), SERVER },
  { 500, "minimax", A ("api_error", "in 1008 ms"), SERVER },
  { 500, "minimax", A ("api_error", "x (100800)"), SERVER },
  { 500, "minimax", A ("api_error", "x (108)"), SERVER },
  /* nor are they with other providers. */
  { 500, "anthropic", A ("api_error", "since the year (1008)"), SERVER },
  { 400, "", O ("x", "x", "line (2049)"), FORMAT },
};

static OcgErrorReply *
new_reply (const Row *row)
{
  g_autofree char *body = g_strdelimit (g_strdup (row->body), "'", '"');
  g_autoptr (JsonObject) root = NULL;

  /* "'" inside a string is written as \' and so becomes \". */
  if (row->status != IN_STREAM && row->status != 200)
    return ocg_error_reply_new (row->status, body, strlen (body));
  root = ocg_json_parse_object (body, -1, NULL);
  g_assert_nonnull (root);
  return ocg_error_reply_new_from_json (row->status, root);
}

static void
check_rows (const Row *rows, guint n_rows)
{
  for (guint i = 0; i < n_rows; i++)
    {
      g_autoptr (OcgErrorReply) reply = new_reply (&rows[i]);
      OcgErrorClass class = reply != NULL ? ocg_classify (reply, rows[i].family) : 99;

      if (class == rows[i].class)
        continue;
      g_test_message ("row %u: %u %s: expected class %d, got %d", i, rows[i].status, rows[i].body,
                      rows[i].class, class);
      g_test_fail ();
    }
}

#define ROWS_TEST(name)                                                                            \
  static void test_##name (void)                                                                   \
  {                                                                                                \
    check_rows (name##_rows, G_N_ELEMENTS (name##_rows));                                          \
  }

ROWS_TEST (anthropic)
ROWS_TEST (status)
ROWS_TEST (stream)
ROWS_TEST (overflow)
ROWS_TEST (minimax)

static void
test_fields (void)
{
  static const char body[]
      = "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"No 你 (2056)\","
        "\"details\":{\"error_code\":\"x_limit\"}},\"request_id\":\"req_7\"}";
  g_autoptr (OcgErrorReply) reply = ocg_error_reply_new (429, body, strlen (body));
  g_autoptr (OcgErrorReply) nothing = ocg_error_reply_new (500, "", 0);
  g_autoptr (OcgErrorReply) invalid = ocg_error_reply_new (500, "a\xff\0b", 4);

  g_assert_cmpuint (reply->status, ==, 429);
  g_assert_cmpstr (reply->type, ==, "rate_limit_error");
  g_assert_cmpstr (reply->code, ==, "x_limit");
  g_assert_cmpstr (reply->message, ==, "No 你 (2056)");
  g_assert_cmpint (reply->minimax_code, ==, 2056);
  g_assert_cmpstr (reply->request_id, ==, "req_7");
  g_assert_cmpint (reply->retry_after_ms, ==, -1);
  g_assert_null (nothing->message);
  if (invalid->message != NULL)
    g_assert_true (g_utf8_validate (invalid->message, -1, NULL));
}

/* What is no error. */
static void
test_no_error (void)
{
  static const char *const rows[] = {
    "{}", "{'error':null}", "{'base_resp':{'status_code':0,'status_msg':'success'}}",
    "{'base_resp':null}", "{'base_resp':{}}", "{'type':'message','content':[]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = g_strdelimit (g_strdup (rows[i]), "'", '"');
      g_autoptr (JsonObject) root = ocg_json_parse_object (text, -1, NULL);

      g_test_message ("%s", text);
      g_assert_null (ocg_error_reply_new_from_json (0, root));
    }
}

/* Bodies of any kind are read without harm. */
static void
test_garbage (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  static const char seed[] = "{\"type\":\"error\",\"error\":{\"code\":1e99,\"details\":[{}],\"message\":"
                             "\"x (2013)\"},\"base_resp\":{\"status_code\":1.5}}";

  for (guint i = 0; i < 2000; i++)
    {
      g_autofree char *body = g_memdup2 (seed, sizeof seed);
      g_autoptr (OcgErrorReply) reply = NULL;

      for (guint j = 0; j < 4; j++)
        body[g_rand_int_range (rand, 0, sizeof seed - 1)] = (char) g_rand_int_range (rand, 0, 256);
      reply = ocg_error_reply_new (400, body, sizeof seed - 1);
      g_assert_nonnull (reply);
      ocg_classify (reply, "minimax");
      ocg_classify (reply, NULL);
    }
}

/* "name: value" lines. */
static const char *
get_header (const char *name, gpointer user_data)
{
  char **lines = user_data;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      gsize length = strlen (name);

      if (g_ascii_strncasecmp (lines[i], name, length) == 0 && lines[i][length] == ':')
        return lines[i] + length + 2;
    }
  return NULL;
}

/* 2026-05-15T12:00:00Z */
#define NOW G_GINT64_CONSTANT (1778846400000)

typedef struct
{
  const char *headers, *message;
  gint64 ms;
} RetryRow;

static const RetryRow retry_rows[] = {
  { "", "x", -1 },
  { "retry-after-ms: 1500", "x", 1500 },
  { "retry-after-ms: 1500.7", "x", 1500 },
  { "retry-after-ms: 0", "x", 0 },
  { "Retry-After-Ms: 20\nretry-after: 9", "x", 20 },
  { "retry-after: 7", "x", 7000 },
  { "retry-after: 0", "x", 0 },
  { "retry-after: 1.5", "x", 1500 },
  { "retry-after: Fri, 15 May 2026 12:00:30 GMT", "x", 30000 },
  { "retry-after: Fri, 15 May 2026 13:00:00 GMT", "x", 3600000 },
  { "retry-after: Fri, 15 May 2026 11:59:00 GMT", "x", -1 },
  { "retry-after: -3", "x", -1 },
  { "retry-after: soon", "x", -1 },
  { "retry-after: nan", "x", -1 },
  { "retry-after: inf", "x", -1 },
  { "retry-after: ", "x", -1 },
  { "retry-after: 99999999999999999999", "x", -1 },
  { "retry-after: 2592000", "x", G_GINT64_CONSTANT (2592000000) },
  { "retry-after: 2592001", "x", -1 },
  /* Only the kind that is used up counts. */
  { "anthropic-ratelimit-requests-remaining: 3\n"
    "anthropic-ratelimit-requests-reset: 2026-05-15T12:00:01Z\n"
    "anthropic-ratelimit-tokens-remaining: 0\n"
    "anthropic-ratelimit-tokens-reset: 2026-05-15T12:01:00Z",
    "x", 60000 },
  { "anthropic-ratelimit-input-tokens-remaining: 0\n"
    "anthropic-ratelimit-input-tokens-reset: 2026-05-15T14:00:10+02:00",
    "x", 10000 },
  { "anthropic-ratelimit-output-tokens-remaining: 0\n"
    "anthropic-ratelimit-output-tokens-reset: 2026-05-15T12:00:02.5Z",
    "x", 2500 },
  { "anthropic-ratelimit-requests-remaining: 3\n"
    "anthropic-ratelimit-requests-reset: 2026-05-15T12:00:01Z",
    "x", -1 },
  { "x-ratelimit-remaining-requests: 0\nx-ratelimit-reset-requests: 1m3.5s", "x", 63500 },
  { "x-ratelimit-remaining-tokens: 0\nx-ratelimit-reset-tokens: 20ms", "x", 20 },
  { "x-ratelimit-remaining-tokens: 5\nx-ratelimit-reset-tokens: 20ms", "x", -1 },
  { "", "usage limit exceeded, resets at 2026-05-15T15:00:00Z (2056)", 10800000 },
  { "", "limit (0/0 used), resets at 2026-05-15T23:00:00+08:00 (2056)", 10800000 },
  { "", "resets at 2026-05-15T11:00:00Z", -1 },
  { "", "resets at noon", -1 },
  { "", "Please try again in 2s.", 2000 },
  { "", "Please try again in 350ms. Visit", 350 },
  { "", "Please try again in 1m2.3s. Visit", 62300 },
  { "", "Please try again in a while", -1 },
  { "retry-after: 4", "resets at 2026-05-15T15:00:00Z", 4000 },
};

/* Values that are ignored leave it to the next in order, and a reset may come alone. */
static const RetryRow next_rows[] = {
  { "retry-after-ms: -5\nretry-after: 3", "x", 3000 },
  { "retry-after-ms: soon\nretry-after: 3", "x", 3000 },
  { "retry-after-ms: nan\nretry-after: 3", "x", 3000 },
  { "retry-after: soon\nanthropic-ratelimit-requests-remaining: 0\n"
    "anthropic-ratelimit-requests-reset: 2026-05-15T12:00:05Z",
    "x", 5000 },
  { "retry-after: 99999999", "try again in 2s", 2000 },
  { "x-ratelimit-reset-requests: 2h1m0s", "x", 7260000 },
};

static void
check_retry_rows (const RetryRow *rows, guint n_rows)
{
  for (guint i = 0; i < n_rows; i++)
    {
      g_autofree char *body
          = g_strdup_printf ("{\"error\":{\"message\":\"%s\"}}", rows[i].message);
      g_autoptr (OcgErrorReply) reply = ocg_error_reply_new (429, body, strlen (body));
      g_auto (GStrv) lines = g_strsplit (rows[i].headers, "\n", -1);

      ocg_error_reply_add_headers (reply, get_header, lines, NOW);
      if (reply->retry_after_ms == rows[i].ms)
        continue;
      g_test_message ("%s / %s: expected %" G_GINT64_FORMAT ", got %" G_GINT64_FORMAT,
                      rows[i].headers, rows[i].message, rows[i].ms,
                      reply->retry_after_ms);
      g_test_fail ();
    }
}

static void
test_retry_after (void)
{
  check_retry_rows (retry_rows, G_N_ELEMENTS (retry_rows));
}

static void
test_retry_after_next (void)
{
  check_retry_rows (next_rows, G_N_ELEMENTS (next_rows));
}

/* Google writes it into the body. */
static void
test_retry_delay (void)
{
  static const char body[]
      = "{\"error\":{\"code\":429,\"message\":\"x\",\"status\":\"RESOURCE_EXHAUSTED\",\"details\":["
        "{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"34s\"}]}}";
  g_autoptr (OcgErrorReply) reply = ocg_error_reply_new (429, body, strlen (body));
  g_auto (GStrv) lines = g_strsplit ("", "\n", -1);

  ocg_error_reply_add_headers (reply, get_header, lines, NOW);
  g_assert_cmpint (reply->retry_after_ms, ==, 34000);
}

static void
test_request_id (void)
{
  static const struct
  {
    const char *headers, *body, *id;
  } rows[] = {
    { "request-id: a", "{}", "a" },
    { "x-request-id: b", "{}", "b" },
    { "Trace-Id: c", "{}", "c" },
    { "request-id: a\nx-request-id: b", "{}", "a" },
    { "", "{\"error\":{},\"request_id\":\"d\"}", "d" },
    { "", "{}", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (OcgErrorReply) reply = ocg_error_reply_new (500, rows[i].body, strlen (rows[i].body));
      g_auto (GStrv) lines = g_strsplit (rows[i].headers, "\n", -1);

      ocg_error_reply_add_headers (reply, get_header, lines, NOW);
      g_assert_cmpstr (reply->request_id, ==, rows[i].id);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/classify/anthropic", test_anthropic);
  g_test_add_func ("/classify/status", test_status);
  g_test_add_func ("/classify/stream", test_stream);
  g_test_add_func ("/classify/overflow", test_overflow);
  g_test_add_func ("/classify/minimax", test_minimax);
  g_test_add_func ("/classify/fields", test_fields);
  g_test_add_func ("/classify/no-error", test_no_error);
  g_test_add_func ("/classify/garbage", test_garbage);
  g_test_add_func ("/classify/retry-after", test_retry_after);
  g_test_add_func ("/classify/retry-after-next", test_retry_after_next);
  g_test_add_func ("/classify/retry-delay", test_retry_delay);
  g_test_add_func ("/classify/request-id", test_request_id);
  return g_test_run ();
}
