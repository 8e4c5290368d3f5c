/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-diagnosis.h"

#include <glib/gi18n.h>
#include <string.h>

#include "../credentials/ocg-credential-order.h"
#include "../credentials/ocg-key-text.h"
#include "../wire/ocg-classify.h"
#include "../wire/ocg-redact.h"

#define MAX_PROVIDER_WORDS 300

typedef struct
{
  OcgError code;
  gboolean retryable;
  const char *msgid; /* {model}, {provider}, {profile} */
} ClassRow;

static const ClassRow class_rows[] = {
  /* TRANSLATORS: in these lines {model} is a model reference, {provider} the id of a provider, and
   * {profile} the name of a stored key. Names in braces stay as they are. */
  [OCG_CLASS_AUTH]
  = { OCG_ERROR_CREDENTIAL_REJECTED, FALSE,
      N_ ("{provider} refused the credential {profile} for {model}. Store a valid one with: openclawctl models "
          "auth add --provider {provider}") },
  [OCG_CLASS_BILLING]
  = { OCG_ERROR_QUOTA_EXCEEDED, FALSE,
      N_ ("The account behind {profile} has no credit left for {model}. Top it up at {provider}, or choose "
          "another model.") },
  [OCG_CLASS_RATE_LIMIT]
  = { OCG_ERROR_RATE_LIMITED, TRUE,
      N_ ("{provider} limits how often or how much {model} may be used with {profile}. Try again later, or "
          "choose another model.") },
  [OCG_CLASS_OVERLOADED]
  = { OCG_ERROR_OVERLOADED, TRUE,
      N_ ("{provider} is overloaded and cannot serve {model} now. Try again in a moment.") },
  [OCG_CLASS_SERVER]
  = { OCG_ERROR_PROVIDER_ERROR, TRUE,
      N_ ("{provider} failed while serving {model}. Try again, or choose another model.") },
  [OCG_CLASS_TIMEOUT]
  = { OCG_ERROR_TIMEOUT, TRUE, N_ ("{provider} took too long to serve {model}. Try again.") },
  [OCG_CLASS_MODEL_NOT_FOUND]
  = { OCG_ERROR_UNKNOWN_MODEL, FALSE,
      N_ ("{provider} does not know the model or the address for {model}. See: openclawctl models list "
          "--all --provider {provider}") },
  [OCG_CLASS_FORMAT]
  = { OCG_ERROR_INVALID_REQUEST, FALSE, N_ ("{provider} refused the request for {model} as invalid.") },
  [OCG_CLASS_CONTEXT_OVERFLOW]
  = { OCG_ERROR_CONTEXT_OVERFLOW, FALSE,
      N_ ("The conversation is too long for {model}. Shorten it, or choose a model with a larger "
          "context window.") },
  [OCG_CLASS_CONTENT_FILTER]
  = { OCG_ERROR_CONTENT_FILTERED, FALSE,
      N_ ("{provider} blocked this request for {model} because of its content. Change the wording.") },
  [OCG_CLASS_PROTOCOL]
  = { OCG_ERROR_PROTOCOL_VIOLATION, TRUE,
      N_ ("{provider} answered {model} with something that makes no sense. Check "
          "models.providers.{provider}.baseUrl and api.") },
};

/* Keys of MiniMax are bound to a region, and the wrong region looks just like a bad key. */
static const struct
{
  const char *host;
  const char *other_host;
  const char *msgid; /* {other}: the base URL in the other region */
} minimax_hosts[] = {
  /* TRANSLATORS: {other} is an address such as https://api.minimaxi.com/v1 */
  { "api.minimax.io", "api.minimaxi.com",
    N_ ("{provider} refused the credential {profile} for {model}. Keys of MiniMax are valid in one "
        "region only, and api.minimax.io is for global keys. If the key is from China, set "
        "models.providers.{provider}.baseUrl to {other} and store the key again; otherwise store a "
        "valid one. Both with: openclawctl models auth add --provider {provider}") },
  { "api.minimaxi.com", "api.minimax.io",
    N_ ("{provider} refused the credential {profile} for {model}. Keys of MiniMax are valid in one "
        "region only, and api.minimaxi.com is for keys from China. If the key is a global one, set "
        "models.providers.{provider}.baseUrl to {other} and store the key again; otherwise store a "
        "valid one. Both with: openclawctl models auth add --provider {provider}") },
};

static const char minimax_proxy_line[]
    = N_ ("{provider} refused the credential {profile} for {model}. Keys of MiniMax are valid in "
          "one region only: global keys at api.minimax.io, keys from China at api.minimaxi.com. "
          "Check which of them {address} passes requests to, or store a valid key with: openclawctl "
          "models auth add --provider {provider}");

static const char minimax_lookalike_line[]
    = N_ ("{provider} refused the credential {profile} for {model}. {address} only looks like an "
          "address of MiniMax: global keys are valid in the region of api.minimax.io, keys from "
          "China at api.minimaxi.com. Set models.providers.{provider}.baseUrl to the right one and "
          "store the key again with: openclawctl models auth add --provider {provider}");

static const char plan_line[]
    = N_ ("{provider} does not serve {model} with {profile}: a plan cannot choose the fast models. "
          "MiniMax sends most requests of a plan there by itself; ask for {other} instead.");

static const char login_line[]
    = N_ ("{provider} refused the login {profile} for {model}. Log in again with: openclawctl "
          "models auth login --provider {provider}");

static const char redirect_line[]
    = N_ ("{provider} sends the request for {model} to another address, which is not followed with "
          "a key. Set models.providers.{provider}.baseUrl to the right address.");

static OcgFailure *
new_failure (OcgError code, gboolean retryable, const char *msgid, OcgModel *model,
             const char *name, const char *value)
{
  OcgFailure *failure = ocg_failure_new (code, msgid, "model", model->ref, "provider",
                                         model->provider->id, name, value, NULL);

  failure->retryable = retryable;
  failure->model = g_strdup (model->ref);
  return failure;
}

/* A model of MiniMax behind somebody else's keys is not meant, unless MiniMax itself refuses. */
static gboolean
is_region_like (const OcgErrorReply *reply, OcgModel *model)
{
  if (!g_str_equal (ocg_model_get_family (model), "minimax"))
    return FALSE;
  if (reply->minimax_code == 1004 || reply->minimax_code == 2049)
    return TRUE;
  return reply->status == 401 && g_str_equal (model->provider->family, "minimax");
}

/* minimaxi.io, minimax.com, api.minimaxi.chat, api.minimax.io.example.com, … */
static gboolean
is_minimax_lookalike (const char *host)
{
  static const char *const known[] = { "api.minimax.chat", "api.minimax.cn" };
  g_auto (GStrv) labels = g_strsplit (host, ".", -1);
  guint n_labels = g_strv_length (labels);

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_str_equal (host, known[i]))
      return FALSE;
  if (g_str_has_prefix (host, "api.minimax.") || g_str_has_prefix (host, "api.minimaxi."))
    return TRUE;
  return n_labels >= 2 && !g_str_equal (labels[n_labels - 1], "local")
         && (g_str_equal (labels[n_labels - 2], "minimax")
             || g_str_equal (labels[n_labels - 2], "minimaxi"));
}

static OcgFailure *
diagnose_region (OcgModel *model, const char *profile)
{
  const char *origin = model->provider->origin;
  const char *authority = strstr (origin, "://") + 3;
  const char *path = strchr (strstr (model->provider->base_url, "://") + 3, '/');
  g_autofree char *host = g_strndup (authority, strcspn (authority, ":"));
  g_autofree char *other = NULL;
  const char *name = "address";
  const char *value = origin;
  const char *msgid = is_minimax_lookalike (host) ? minimax_lookalike_line : minimax_proxy_line;

  for (guint i = 0; i < G_N_ELEMENTS (minimax_hosts); i++)
    if (g_str_equal (host, minimax_hosts[i].host))
      {
        other = g_strconcat ("https://", minimax_hosts[i].other_host, path, NULL);
        name = "other";
        value = other;
        msgid = minimax_hosts[i].msgid;
      }
  return ocg_failure_new (class_rows[OCG_CLASS_AUTH].code, msgid, "model", model->ref, "provider",
                          model->provider->id, "profile", profile, name, value, NULL);
}

/* @key: (nullable) */
static gboolean
is_of_plan (OcgModel *model, OcgSecret *key)
{
  return model->provider->login != NULL || (key != NULL && ocg_key_text_is_plan_key (key));
}

static OcgFailure *
diagnose_plan (OcgModel *model, const char *profile)
{
  gsize length = (gsize) (strrchr (model->ref, '-') - model->ref);
  g_autofree char *other = g_strndup (model->ref, length);

  return ocg_failure_new (OCG_ERROR_UNKNOWN_MODEL, plan_line, "model", model->ref, "provider",
                          model->provider->id, "profile", profile, "other", other, NULL);
}

static OcgFailure *
new_reply_failure (const OcgErrorReply *reply, OcgErrorClass class, OcgModel *model,
                   const char *profile, OcgSecret *secret)
{
  const ClassRow *row = &class_rows[class];
  OcgFailure *failure;

  /* A server that seemed to need no key wants one. */
  if (class == OCG_CLASS_AUTH && g_strcmp0 (profile, OCG_CREDENTIAL_NONE_NEEDED) == 0)
    failure = new_failure (row->code, row->retryable,
                           N_ ("There is no key for {model}. Store one with: openclawctl models auth "
                               "add --provider {provider}"),
                           model, NULL, NULL);
  else if (class == OCG_CLASS_AUTH && model->provider->login != NULL)
    failure = new_failure (row->code, row->retryable, login_line, model, "profile", profile);
  else if (class == OCG_CLASS_AUTH && is_region_like (reply, model))
    failure = diagnose_region (model, profile);
  else if (class == OCG_CLASS_MODEL_NOT_FOUND && reply->status / 100 != 3
           && ocg_model_is_fast_minimax (model) && is_of_plan (model, secret))
    failure = diagnose_plan (model, profile);
  else
    failure = new_failure (row->code, row->retryable,
                           reply->status / 100 == 3 ? redirect_line : row->msgid, model, "profile",
                           profile);
  failure->retryable = reply->should_retry >= 0 ? reply->should_retry : row->retryable;
  g_free (failure->model);
  failure->model = g_strdup (model->ref);
  return failure;
}

OcgFailure *
ocg_diagnose_reply (const OcgErrorReply *reply, OcgModel *model, const char *profile,
                    OcgSecret *secret)
{
  const char *family = ocg_model_get_family (model);
  gboolean has_code = !reply->is_trailing_code || g_str_equal (family, "minimax");
  const char *code = reply->code != NULL && has_code ? reply->code : reply->type;
  const char *key = secret != NULL ? ocg_secret_peek (secret) : NULL;
  OcgFailure *failure = new_reply_failure (reply, ocg_classify (reply, family), model, profile, secret);

  failure->profile = g_strdup (profile);
  failure->http_status = reply->http_status != 0 ? reply->http_status : 200;
  failure->retry_after_ms = reply->retry_after_ms;
  failure->request_id
      = reply->request_id != NULL ? ocg_redact (reply->request_id, key, MAX_PROVIDER_WORDS) : NULL;
  if (code != NULL)
    failure->provider_code = ocg_redact (code, key, MAX_PROVIDER_WORDS);
  if (reply->message != NULL)
    failure->provider_message = ocg_redact (reply->message, key, MAX_PROVIDER_WORDS);
  return failure;
}

OcgFailure *
ocg_diagnose_http (OcgHttpEnd end, const char *detail, OcgModel *model)
{
  const char *origin = model->provider->origin;
  OcgFailure *failure;

  switch (end)
    {
    case OCG_HTTP_TLS:
      failure = new_failure (OCG_ERROR_TLS, FALSE,
                             N_ ("The secure connection to {address} failed. Check the clock, the "
                                 "proxy and the certificates of this computer."),
                             model, "address", origin);
      break;
    case OCG_HTTP_TIMEOUT:
      failure = new_failure (OCG_ERROR_TIMEOUT, TRUE,
                             N_ ("{address} did not answer in time. Check the network, or try again."),
                             model, "address", origin);
      break;
    case OCG_HTTP_BROKEN:
      failure = new_failure (OCG_ERROR_NETWORK, TRUE,
                             N_ ("{address} broke off the connection before it answered. Try "
                                 "again, or choose another model."),
                             model, "address", origin);
      break;
    case OCG_HTTP_NO_ROOM:
      failure = new_failure (OCG_ERROR_BUSY, TRUE,
                             N_ ("The gateway has too many open streams. Try again in a moment."),
                             model, NULL, NULL);
      break;
    case OCG_HTTP_NETWORK:
    case OCG_HTTP_COMPLETE:
    default:
      if (model->provider->local)
        failure = new_failure (OCG_ERROR_NETWORK, TRUE,
                               N_ ("Nothing answers at {address}. Start the local server of {provider}, or "
                                   "choose another model."),
                               model, "address", origin);
      else
        failure = new_failure (OCG_ERROR_NETWORK, TRUE,
                               N_ ("{address} cannot be reached. Check the network and the proxy, or "
                                   "choose another model."),
                               model, "address", origin);
      break;
    }
  if (detail != NULL)
    g_debug ("%s: %s", origin, detail);
  return failure;
}

/* @plugin: (nullable) */
static OcgFailure *
new_missing_login (OcgModel *model, const char *plugin)
{
  if (plugin == NULL)
    return new_failure (OCG_ERROR_CREDENTIAL_MISSING, FALSE,
                        N_ ("There is no login for {model}. Log in with: openclawctl models auth "
                            "login --provider {provider}"),
                        model, NULL, NULL);
  return new_failure (OCG_ERROR_CREDENTIAL_MISSING, FALSE,
                      /* TRANSLATORS: two commands, the second after the first. */
                      N_ ("There is no login for {model}. Log in with: openclawctl plugins enable "
                          "{plugin}, and then: openclawctl models auth login --provider "
                          "{provider}"),
                      model, "plugin", plugin);
}

/* @plugin: (nullable) */
static OcgFailure *
new_missing_credential (OcgModel *model, const char *plugin)
{
  const char *variable = ocg_provider_get_env_key (model->provider);

  if (model->provider->login != NULL && model->provider->missing_variable == NULL)
    return new_missing_login (model, plugin);
  if (model->provider->missing_variable != NULL)
    return new_failure (OCG_ERROR_CREDENTIAL_MISSING, FALSE,
                        N_ ("There is no key for {model}: models.providers.{provider}.apiKey names "
                            "the variable {variable}, which is not set. Set it, or store a key "
                            "with: openclawctl models auth add --provider {provider}"),
                        model, "variable", model->provider->missing_variable);
  if (variable == NULL)
    return new_failure (OCG_ERROR_CREDENTIAL_MISSING, FALSE,
                        N_ ("There is no key for {model}. Store one with: openclawctl models auth "
                            "add --provider {provider}"),
                        model, NULL, NULL);
  return new_failure (OCG_ERROR_CREDENTIAL_MISSING, FALSE,
                      N_ ("There is no key for {model}. Store one with: openclawctl models auth "
                          "add --provider {provider}. Or set {variable} in the environment of the "
                          "gateway."),
                      model, "variable", variable);
}

static OcgFailure *
new_rejected_origin (OcgModel *model, const char *bound_origin)
{
  OcgFailure *failure = ocg_failure_new (
      OCG_ERROR_CREDENTIAL_REJECTED,
      /* TRANSLATORS: {bound} and {address} are addresses such as https://example.org:443 */
      N_ ("The stored key of {provider} is for {bound} and is not sent to {address}. If you trust "
          "that address, store the key again with: openclawctl models auth add --provider "
          "{provider}"),
      "provider", model->provider->id, "bound", bound_origin, "address", model->provider->origin,
      NULL);

  failure->model = g_strdup (model->ref);
  return failure;
}

OcgFailure *
ocg_diagnose_ended (const char *profile, gboolean is_login, OcgModel *model)
{
  const char *name = profile != NULL ? profile : model->provider->id;

  if (is_login)
    return new_failure (OCG_ERROR_CREDENTIAL_EXPIRED, FALSE,
                        N_ ("The login {profile} has ended, so {model} cannot be used. Log in again "
                            "with: openclawctl models auth login --provider {provider}"),
                        model, "profile", name);
  return new_failure (OCG_ERROR_CREDENTIAL_EXPIRED, FALSE,
                      N_ ("The token {profile} has expired, so {model} cannot be used. Store a new "
                          "one with: openclawctl models auth paste-token --provider {provider}"),
                      model, "profile", name);
}

OcgFailure *
ocg_diagnose_endpoint (const char *endpoint, OcgModel *model)
{
  return new_failure (
      OCG_ERROR_CREDENTIAL_REJECTED, FALSE,
      /* TRANSLATORS: {bound} is an address such as https://example.org:443 */
      N_ ("The login of {provider} came from {bound} and is not renewed anywhere else, but the "
          "settings lead to another server. Log in again with: openclawctl models auth login "
          "--provider {provider}"),
      model, "bound", endpoint);
}

/* The login server could not be asked. */
static OcgFailure *
new_unrenewed (OcgError code, OcgModel *model)
{
  return new_failure (code, TRUE,
                      code == OCG_ERROR_PROVIDER_ERROR || code == OCG_ERROR_RATE_LIMITED
                          ? N_ ("The login server of {provider} does not renew the login for {model} "
                                "now. Try again in a moment.")
                          : N_ ("The login server of {provider} cannot be reached, so the login for "
                                "{model} is not renewed. Check the connection, and try again."),
                      model, NULL, NULL);
}

OcgFailure *
ocg_diagnose_credential (const GError *error, OcgModel *model, const char *bound_origin,
                         const char *plugin)
{
  OcgError code = error->domain == OCG_ERROR ? (OcgError) error->code
                                             : OCG_ERROR_KEYRING_UNAVAILABLE;

  g_debug ("%s: %s", model->ref, error->message);
  if (code == OCG_ERROR_CREDENTIAL_MISSING)
    return new_missing_credential (model, plugin);
  if (code == OCG_ERROR_CREDENTIAL_REJECTED && bound_origin != NULL)
    return new_rejected_origin (model, bound_origin);
  if (code == OCG_ERROR_CREDENTIAL_REJECTED)
    return new_failure (code, FALSE,
                        N_ ("The key for {model} has characters that no key has. Store it again "
                            "with: openclawctl models auth add --provider {provider}"),
                        model, NULL, NULL);
  if (code == OCG_ERROR_NETWORK || code == OCG_ERROR_TLS || code == OCG_ERROR_TIMEOUT
      || code == OCG_ERROR_RATE_LIMITED || code == OCG_ERROR_PROVIDER_ERROR)
    return new_unrenewed (code, model);
  if (code == OCG_ERROR_KEYRING_LOCKED)
    return new_failure (code, FALSE,
                        N_ ("The keyring is locked, so there is no key for {model}. Unlock it, for "
                            "example by logging in to the desktop, or set the key of {provider} in "
                            "the environment of the gateway."),
                        model, NULL, NULL);
  return new_failure (OCG_ERROR_KEYRING_UNAVAILABLE, FALSE,
                      N_ ("There is no usable keyring (Secret Service), so there is no key for "
                          "{model}. Start one, such as gnome-keyring, and store the key with: "
                          "openclawctl models auth add --provider {provider}. Or set it in the "
                          "environment of the gateway."),
                      model, NULL, NULL);
}

OcgFailure *
ocg_diagnose_missing_profile (const char *profile, OcgModel *model)
{
  OcgFailure *failure = new_failure (
      OCG_ERROR_CREDENTIAL_MISSING, FALSE,
      N_ ("There is no key {profile} for {model}. See which there are: openclawctl models auth list "
          "--provider {provider}"),
      model, "profile", profile);

  failure->profile = g_strdup (profile);
  return failure;
}

OcgFailure *
ocg_diagnose_silence (OcgSilence silence, guint ms, OcgModel *model)
{
  g_autofree char *seconds = g_strdup_printf ("%.3g", ms / 1000.0);

  return new_failure (OCG_ERROR_TIMEOUT, TRUE,
                      silence == OCG_SILENCE_IDLE
                          ? N_ ("{provider} fell silent for {seconds} seconds in the middle of the answer of "
                                "{model}.")
                          : N_ ("{provider} took the request for {model} but sent nothing for {seconds} "
                                "seconds."),
                      model, "seconds", seconds);
}

OcgFailure *
ocg_diagnose_truncated (OcgModel *model)
{
  return new_failure (OCG_ERROR_STREAM_TRUNCATED, TRUE,
                      N_ ("The answer of {model} was cut off: {provider} closed the connection before the "
                          "end."),
                      model, NULL, NULL);
}

OcgFailure *
ocg_diagnose_thoughts_only (OcgModel *model)
{
  return new_failure (OCG_ERROR_PROTOCOL_VIOLATION, TRUE,
                      N_ ("{model} thought about it but did not answer. Try again, or ask it to think "
                          "less."),
                      model, NULL, NULL);
}

OcgFailure *
ocg_diagnose_empty (OcgModel *model, gboolean stopped_by_length, gsize prompt_tokens)
{
  g_autofree char *loaded = g_strdup_printf ("%" G_GUINT64_FORMAT, model->loaded_context);
  gboolean is_overflow = stopped_by_length
                         || (model->loaded_context > 0 && prompt_tokens > model->loaded_context);
  OcgError code = is_overflow ? OCG_ERROR_CONTEXT_OVERFLOW : OCG_ERROR_PROTOCOL_VIOLATION;

  if (model->loaded_context > 0)
    return new_failure (code, !is_overflow,
                        N_ ("{provider} sent an empty answer for {model}. It has loaded the model "
                            "with a context of {tokens} tokens: shorten the conversation, or load "
                            "the model with a larger context."),
                        model, "tokens", loaded);
  if (model->provider->local)
    return new_failure (code, !is_overflow,
                        N_ ("{provider} sent an empty answer for {model}. The conversation may be "
                            "longer than the context that the model is loaded with: shorten it, or "
                            "load the model with a larger context."),
                        model, NULL, NULL);
  if (is_overflow)
    return new_failure (code, FALSE, class_rows[OCG_CLASS_CONTEXT_OVERFLOW].msgid, model, NULL,
                        NULL);
  return new_failure (code, TRUE,
                      N_ ("{provider} sent an empty answer for {model}. Try again, or choose "
                          "another model."),
                      model, NULL, NULL);
}

OcgFailure *
ocg_diagnose_protocol (const char *problem, OcgModel *model)
{
  g_debug ("%s: %s", model->ref, problem);
  return new_failure (OCG_ERROR_PROTOCOL_VIOLATION, TRUE,
                      N_ ("{provider} answered something else than {api} for {model}. Check "
                          "models.providers.{provider}.baseUrl and api."),
                      model, "api", model->api);
}

OcgFailure *
ocg_diagnose_unsupported (OcgModel *model)
{
  return new_failure (OCG_ERROR_NOT_SUPPORTED, FALSE,
                      N_ ("{model} speaks {api}, which this version of the gateway does not. Choose a "
                          "model with another API, or set models.providers.{provider}.api if the server "
                          "knows anthropic-messages, openai-completions or openai-responses too."),
                      model, "api", model->api);
}
