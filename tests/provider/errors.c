/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "errors.h"

#include <string.h>

/* clang-format off */
const ErrorRow error_rows[] = {
  /* name, status, type, message, code, header, help */
  { "400", 400, "invalid_request_error", "messages.0.content: Input should be a valid list", NULL, NULL, "format" },
  { "2013", 400, "bad_request_error", "invalid params, invalid chat setting (2013)", NULL, NULL, "format, MiniMax" },
  { "overflow", 400, "invalid_request_error", "prompt is too long: 210000 tokens > 200000 maximum", NULL, NULL, "context overflow" },
  { "overflow-2013", 400, "bad_request_error", "invalid params, context window exceeds limit (2013)", NULL, NULL, "context overflow, MiniMax" },
  { "400-billing", 400, "invalid_request_error", "Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.", NULL, NULL, "billing" },
  { "401", 401, "authentication_error", "invalid x-api-key", NULL, NULL, "auth" },
  { "1004", 401, "authorized_error", "login fail: Please carry the API secret key in the 'Authorization' field of the request header (1004)", NULL, NULL, "auth, MiniMax" },
  { "2049", 401, "authorized_error", "invalid api key (2049)", NULL, NULL, "auth or wrong region, MiniMax" },
  { "echo-key", 401, "authentication_error", "Incorrect API key provided: @KEY@. Find yours at https://example.invalid/keys. Authorization: Bearer @KEY@", NULL, "x-echo: @KEY@", "repeats the key in body and header" },
  { "402", 402, "billing_error", "Your account has an unpaid invoice.", NULL, NULL, "billing" },
  { "402-window", 402, "billing_error", "Your daily limit is used up, try again in 2 hours.", NULL, NULL, "a used-up window" },
  { "1008", 402, "insufficient_balance_error", "insufficient balance (1008)", NULL, NULL, "billing, MiniMax" },
  { "1008-500", 500, "api_error", "insufficient balance (1008)", NULL, NULL, "billing that claims to be a server error" },
  { "1008-200", 200, NULL, "{\"base_resp\":{\"status_code\":1008,\"status_msg\":\"insufficient balance\"}}", NULL, NULL, "billing inside a 200" },
  { "403", 403, "permission_error", "Your API key does not have permission to use the specified resource.", NULL, NULL, "auth" },
  { "404", 404, "not_found_error", "model: @MODEL@", NULL, NULL, "no such model" },
  { "2061", 400, "bad_request_error", "your current plan does not support this model (2061)", NULL, NULL, "model not in the plan, MiniMax" },
  { "409", 409, "conflict_error", "The request conflicts with the state of the resource.", NULL, NULL, "format" },
  { "413", 413, "request_too_large", "Request exceeds the maximum size", NULL, NULL, "context overflow" },
  { "1026", 422, "unprocessable_entity_error", "input new_sensitive (1026)", NULL, NULL, "content filter, MiniMax" },
  { "1027-200", 200, NULL, "{\"base_resp\":{\"status_code\":1027,\"status_msg\":\"output new_sensitive\"}}", NULL, NULL, "content filter inside a 200" },
  { "429", 429, "rate_limit_error", "This request would exceed your organization's rate limit.", NULL, "retry-after: @N@", "rate limit; 429-N: retry after N s" },
  { "429-ms", 429, "rate_limit_error", "Number of requests exceeded.", NULL, "retry-after-ms: @N@", "rate limit; 429-ms-N: retry after N ms" },
  { "429-plain", 429, "rate_limit_error", "Number of requests exceeded.", NULL, NULL, "rate limit, no hint" },
  { "429-billing", 429, "rate_limit_error", "You have reached your spend limit.", "contract_spend_limit_reached", NULL, "billing" },
  { "1002", 429, "rate_limit_error", "rate limit exceeded(RPM) (1002)", NULL, NULL, "rate limit, MiniMax" },
  { "2056", 429, "rate_limit_error", "usage limit exceeded, 5-hour usage limit reached for Token Plan Starter (0/0 used), resets at @RESET@ (2056)", NULL, NULL, "plan window used up, resets in 10 minutes" },
  { "500", 500, "api_error", "Internal server error", NULL, NULL, "server" },
  { "500-html", 500, NULL, "<html><head><title>500</title></head><body><h1>500 Internal Server Error</h1></body></html>", NULL, NULL, "server, HTML" },
  { "500-empty", 500, NULL, "", NULL, NULL, "server, no body" },
  { "1033", 500, "api_error", "system error (1033)", NULL, NULL, "server, MiniMax" },
  { "502", 502, NULL, "<html><body><center><h1>502 Bad Gateway</h1></center></body></html>", NULL, NULL, "server, HTML" },
  { "503", 503, "api_error", "Service is currently unavailable due to load, please try again later.", NULL, NULL, "overloaded" },
  { "504", 504, "timeout_error", "The request timed out.", NULL, NULL, "timeout" },
  { "529", 529, "overloaded_error", "Overloaded", NULL, NULL, "overloaded" },
  { "html", 200, NULL, "<!DOCTYPE html><html><body>Please log in to the hotel network.</body></html>", NULL, NULL, "HTML with 200" },
  { "empty", 200, NULL, "", NULL, NULL, "nothing with 200" },
  { "null", 200, NULL, "null", NULL, NULL, "JSON null with 200" },
  { "odd-json", 200, NULL, "{\"status\":\"ok\"}", NULL, NULL, "JSON with 200 that is no message" },
  { "error-200", 200, "overloaded_error", "Overloaded", NULL, NULL, "an error body with 200" },
  { "redirect", 302, NULL, "", NULL, "Location: http://localhost:@PORT@/stolen@API@", "302 to another origin" },
  { "redirect-307", 307, NULL, "", NULL, "Location: http://localhost:@PORT@/stolen@API@", "307 to another origin" },
  { "redirect-same", 308, NULL, "", NULL, "Location: /anthropic@API@", "308 to the same origin" },
};
/* clang-format on */

const guint n_error_rows = G_N_ELEMENTS (error_rows);

static gboolean
is_openai (const Api *api)
{
  return api == &completions_api || api == &responses_api;
}

const ErrorRow *
error_find (const char *name, const Api *api)
{
  for (guint i = 0; is_openai (api) && i < n_openai_error_rows; i++)
    if (strcmp (name, openai_error_rows[i].name) == 0)
      return &openai_error_rows[i];
  for (guint i = 0; i < n_error_rows; i++)
    if (strcmp (name, error_rows[i].name) == 0)
      return &error_rows[i];
  return NULL;
}

static char *
reset_time (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) then = g_date_time_add_minutes (now, 10);

  return g_date_time_format (then, "%Y-%m-%dT%H:%M:%SZ");
}

static GString *
expand (const char *text, Plan *plan)
{
  GString *out = g_string_new (text);
  g_autofree char *reset = reset_time ();
  g_autofree char *port = g_strdup_printf ("%u", plan->port);
  g_autofree char *api_path = g_strconcat (
      g_str_has_prefix (plan->api->path, "/v1") ? "" : "/v1", plan->api->path, NULL);
  g_autofree char *number = g_strdup_printf ("%u", plan->number > 0 ? plan->number : 2);

  g_string_replace (out, "@RESET@", reset, 0);
  g_string_replace (out, "@PORT@", port, 0);
  g_string_replace (out, "@N@", number, 0);
  g_string_replace (out, "@KEY@", plan->key ? plan->key : "", 0);
  g_string_replace (out, "@MODEL@", plan->chat->model ? plan->chat->model : "", 0);
  g_string_replace (out, "@PATH@", plan->request->path, 0);
  g_string_replace (out, "@API@", api_path, 0);
  return out;
}

static const char *
content_type (const char *body)
{
  if (*body == '<')
    return "text/html; charset=utf-8";
  return g_ascii_isupper (*body) ? "text/plain" : "application/json";
}

void
error_apply (const ErrorRow *row, Plan *plan)
{
  g_autoptr (GString) message = expand (row->message, plan);
  ApiError error = { .status = row->status,
                     .type = row->type,
                     .message = message->str,
                     .code = row->code,
                     /* Its messages end in a code. */
                     .minimax = g_str_has_suffix (row->message, ")") };
  g_autofree char *body = NULL;

  body = row->type ? plan->api->render_error (&error, plan->flavour) : g_strdup (message->str);
  if (row->header)
    {
      g_autoptr (GString) header = expand (row->header, plan);

      g_string_append_printf (plan->headers, "%s\r\n", header->str);
    }
  plan_respond (plan, row->status, content_type (body), body);
}

static void
describe_rows (GString *out, const ErrorRow *rows, guint n_rows)
{
  for (guint i = 0; i < n_rows; i++)
    g_string_append_printf (out, "  %-22s %u, %s\n", rows[i].name, rows[i].status, rows[i].help);
}

void
error_describe (GString *out)
{
  describe_rows (out, error_rows, n_error_rows);
  g_string_append (out, "\nErrors of openai-completions and openai-responses, some in words of "
                        "their own:\n");
  describe_rows (out, openai_error_rows, n_openai_error_rows);
}
