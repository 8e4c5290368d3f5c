/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "openai-errors.h"

#include <string.h>

#include "errors.h"

/* clang-format off */
const ErrorRow openai_error_rows[] = {
  /* name, status, type, message, code, header, help */
  { "400", 400, "invalid_request_error", "Invalid type for 'messages[0].content': expected a string or an array of objects, but got an integer instead.", "invalid_type", NULL, "format" },
  { "overflow", 400, "invalid_request_error", "This model's maximum context length is 128000 tokens. However, your messages resulted in 210000 tokens. Please reduce the length of the messages.", "context_length_exceeded", NULL, "context overflow" },
  { "overflow-text", 400, "invalid_request_error", "Your input exceeds the context window of this model. Please adjust your input and try again.", NULL, NULL, "context overflow, by its words only" },
  { "overflow-string", 400, NULL, "{\"error\":\"Trying to keep the first 21000 tokens when context the overflows. However, the model is loaded with context length of only 4096 tokens, which is not enough.\"}", NULL, NULL, "context overflow, LM Studio" },
  { "overflow-local", 400, NULL, "{\"error\":\"The number of tokens to keep from the initial prompt is greater than the context length. Try to load the model with a larger context length.\"}", NULL, NULL, "context overflow, LM Studio" },
  { "400-billing", 400, "invalid_request_error", "Billing hard limit has been reached", "billing_hard_limit_reached", NULL, "billing" },
  { "400-temperature", 400, "invalid_request_error", "Unsupported parameter: 'temperature' is not supported with this model.", "unsupported_parameter", NULL, "format" },
  { "previous-response", 400, "invalid_request_error", "Previous response with id 'resp_1' not found.", "previous_response_not_found", NULL, "format, although it says not found" },
  { "encrypted", 400, "invalid_request_error", "The encrypted content for item rs_1 could not be verified.", "invalid_encrypted_content", NULL, "thoughts that are not taken back" },
  { "401", 401, "invalid_request_error", "Incorrect API key provided. You can find your API key at https://example.invalid/keys.", "invalid_api_key", NULL, "auth" },
  { "401-detail", 401, NULL, "{\"detail\":\"Not authenticated\"}", NULL, NULL, "auth, FastAPI" },
  { "402", 402, "unknown_error", "Insufficient Balance", "invalid_request_error", NULL, "billing, DeepSeek" },
  { "402-number", 402, NULL, "{\"error\":{\"message\":\"This request requires more credits, or fewer max_tokens.\",\"code\":402,\"metadata\":{\"provider_name\":null}},\"user_id\":\"user_1\"}", NULL, NULL, "billing with a numeric code, OpenRouter" },
  { "403", 403, "request_forbidden", "Country, region, or territory not supported", "unsupported_country_region_territory", NULL, "auth" },
  { "404", 404, "invalid_request_error", "The model `@MODEL@` does not exist or you do not have access to it.", "model_not_found", NULL, "no such model" },
  { "404-string", 404, NULL, "{\"error\":\"model \\\"@MODEL@\\\" not found, try pulling it first\"}", NULL, NULL, "no such model, Ollama" },
  { "422-detail", 422, NULL, "{\"detail\":[{\"type\":\"extra_forbidden\",\"loc\":[\"body\",\"store\"],\"msg\":\"Extra inputs are not permitted\"}]}", NULL, NULL, "format, FastAPI" },
  { "429", 429, "requests", "Rate limit reached for @MODEL@ on requests per min (RPM): Limit 3, Used 3, Requested 1. Please try again later.", "rate_limit_exceeded", "retry-after: @N@", "rate limit; 429-N: retry after N s" },
  { "429-ms", 429, "tokens", "Rate limit reached for @MODEL@ on tokens per min (TPM): Limit 30000, Used 29000, Requested 2000.", "rate_limit_exceeded", "retry-after-ms: @N@", "rate limit; 429-ms-N: retry after N ms" },
  { "429-plain", 429, "requests", "Too many requests", "rate_limit_exceeded", NULL, "rate limit, no hint" },
  { "429-billing", 429, "insufficient_quota", "You exceeded your current quota, please check your plan and billing details.", "insufficient_quota", NULL, "billing" },
  { "429-raw", 429, NULL, "{\"error\":{\"message\":\"Provider returned error\",\"code\":429,\"metadata\":{\"raw\":\"{\\\"error\\\":{\\\"message\\\":\\\"The upstream is rate-limited, please retry shortly\\\"}}\",\"provider_name\":\"Upstream\"}},\"user_id\":\"user_1\"}", NULL, NULL, "rate limit inside metadata.raw, OpenRouter" },
  { "500", 500, "server_error", "The server had an error while processing your request. Sorry about that!", NULL, NULL, "server" },
  { "503", 503, "server_error", "The model is currently overloaded with other requests.", NULL, NULL, "overloaded" },
  { "503-text", 503, NULL, "Upstream connect error or disconnect/reset before headers", NULL, NULL, "server, plain text" },
  { "1008-choices", 200, NULL, "{\"id\":\"1\",\"choices\":null,\"base_resp\":{\"status_code\":1008,\"status_msg\":\"insufficient balance\"}}", NULL, NULL, "billing inside a 200, MiniMax" },
  { "1002-choices", 200, NULL, "{\"id\":\"1\",\"choices\":null,\"base_resp\":{\"status_code\":1002,\"status_msg\":\"rate limit\"}}", NULL, NULL, "rate limit inside a 200, MiniMax" },
  { "endpoint", 200, NULL, "{\"error\":\"Unexpected endpoint or method. (POST @PATH@)\"}", NULL, NULL, "no such endpoint, with 200, LM Studio" },
  { "endpoint-404", 404, NULL, "{\"error\":\"Unexpected endpoint or method. (POST @PATH@)\"}", NULL, NULL, "the same with 404" },
  { "error-string", 500, NULL, "{\"error\":\"Model unloaded.\"}", NULL, NULL, "server, a plain string, LM Studio" },
  { "error-null", 200, NULL, "{\"error\":null}", NULL, NULL, "a 200 with nothing but error: null" },
};
/* clang-format on */

const guint n_openai_error_rows = G_N_ELEMENTS (openai_error_rows);

typedef struct
{
  const char *anthropic;
  const char *type;
  const char *code;
} Words;

static const Words words[] = {
  { "authentication_error", "invalid_request_error", "invalid_api_key" },
  { "permission_error", "request_forbidden", NULL },
  { "not_found_error", "invalid_request_error", NULL },
  { "request_too_large", "invalid_request_error", NULL },
  { "rate_limit_error", "requests", "rate_limit_exceeded" },
  { "billing_error", "insufficient_quota", "insufficient_quota" },
  { "overloaded_error", "server_error", NULL },
  { "timeout_error", "server_error", NULL },
  { "api_error", "server_error", NULL },
};

void
openai_words (const char **type, const char **code)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (*type, words[i].anthropic) == 0)
      {
        *type = words[i].type;
        *code = *code ? *code : words[i].code;
        return;
      }
}

/* MiniMax answers on /v1 as on /anthropic; others that pass its errors on make them look like
 * OpenAI's. */
static char *
render_minimax (const ApiError *error, Flavour flavour)
{
  g_autofree char *status = g_strdup_printf ("%u", error->status);

  if (flavour != FLAVOUR_MINIMAX)
    return json_text_take (json_make ("o:error",
                                      json_make ("s:message", error->message, "s:type", error->type,
                                                 "s:param", "", "n:code", NULL),
                                      NULL));
  return json_text_take (json_make (
      "s:type", "error", "o:error",
      json_make ("s:type", error->type, "s:message", error->message, "s:http_code", status, NULL),
      "s:request_id", "req_loopback_1", NULL));
}

char *
openai_render_error (const ApiError *error, Flavour flavour)
{
  const char *type = error->type;
  const char *code = error->code;

  if (error->minimax)
    return render_minimax (error, flavour);
  openai_words (&type, &code);
  if (flavour == FLAVOUR_LMSTUDIO && !error->param)
    return json_text_take (json_make ("s:error", error->message, NULL));
  if (flavour == FLAVOUR_OPENROUTER)
    return json_text_take (json_make (
        "o:error", json_make ("s:message", error->message, "i:code", (int)error->status, NULL),
        "s:user_id", "user_1", NULL));
  return json_text_take (json_make ("o:error",
                                    json_make ("s:message", error->message, "s:type", type,
                                               "s:param", error->param, "s:code", code, NULL),
                                    NULL));
}

gboolean
openai_model_reasons (const char *model)
{
  static const char *const families[] = { "o1", "o3", "o4", "gpt-5", "gpt-6" };

  if (!model || strstr (model, "chat-latest"))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (families); i++)
    if (g_str_has_prefix (model, families[i]))
      return TRUE;
  return FALSE;
}

gboolean
openai_tool_name_is_good (const char *name)
{
  gsize length = name ? strlen (name) : 0;

  return length > 0 && length <= 64
         && strspn (name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")
                == length;
}
