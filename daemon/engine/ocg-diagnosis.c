/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-diagnosis.h"

#include <glib/gi18n.h>

#include "../wire/ocg-classify.h"
#include "../wire/ocg-redact.h"

#define MAX_PROVIDER_WORDS 300

typedef struct
{
  OcgError code;
  gboolean retryable;
  const char *msgid; /* %1$s: the model, %2$s: the provider id, %3$s: the profile */
} ClassRow;

static const ClassRow class_rows[] = {
  /* TRANSLATORS: in these lines %1$s is a model reference, %2$s a provider id, %3$s the name of a
   * stored credential. */
  [OCG_CLASS_AUTH]
  = { OCG_ERROR_CREDENTIAL_REJECTED, FALSE,
      N_ ("%2$s refused the credential %3$s for %1$s. Store a valid one with: openclawctl models "
          "auth add --provider %2$s") },
  [OCG_CLASS_BILLING]
  = { OCG_ERROR_QUOTA_EXCEEDED, FALSE,
      N_ ("The account behind %3$s has no credit left for %1$s. Top it up at %2$s, or choose "
          "another model.") },
  [OCG_CLASS_RATE_LIMIT]
  = { OCG_ERROR_RATE_LIMITED, TRUE,
      N_ ("%2$s limits how often or how much %1$s may be used with %3$s. Try again later, or "
          "choose another model.") },
  [OCG_CLASS_OVERLOADED]
  = { OCG_ERROR_OVERLOADED, TRUE,
      N_ ("%2$s is overloaded and cannot serve %1$s now. Try again in a moment.") },
  [OCG_CLASS_SERVER]
  = { OCG_ERROR_PROVIDER_ERROR, TRUE,
      N_ ("%2$s failed while serving %1$s. Try again, or choose another model.") },
  [OCG_CLASS_TIMEOUT]
  = { OCG_ERROR_TIMEOUT, TRUE, N_ ("%2$s took too long to serve %1$s. Try again.") },
  [OCG_CLASS_MODEL_NOT_FOUND]
  = { OCG_ERROR_UNKNOWN_MODEL, FALSE,
      N_ ("%2$s does not know the model or the address for %1$s. See: openclawctl models list "
          "--all --provider %2$s") },
  [OCG_CLASS_FORMAT]
  = { OCG_ERROR_INVALID_REQUEST, FALSE, N_ ("%2$s refused the request for %1$s as invalid.") },
  [OCG_CLASS_CONTEXT_OVERFLOW]
  = { OCG_ERROR_CONTEXT_OVERFLOW, FALSE,
      N_ ("The conversation is too long for %1$s. Shorten it, or choose a model with a larger "
          "context window.") },
  [OCG_CLASS_CONTENT_FILTER]
  = { OCG_ERROR_CONTENT_FILTERED, FALSE,
      N_ ("%2$s blocked this request for %1$s because of its content. Change the wording.") },
};

/* Keys are bound to a region, and the wrong region looks just like a bad key. */
static const char minimax_region_line[]
    = N_ ("%2$s refused the credential %3$s for %1$s. Keys of MiniMax are valid in one region "
          "only: global keys at api.minimax.io, keys from China at api.minimaxi.com. If the key "
          "is right, set models.providers.%2$s.baseUrl to the other region and store the key "
          "again with: openclawctl models auth add --provider %2$s");

static OcgFailure *
new_failure (OcgError code, gboolean retryable, const char *msgid, OcgModel *model,
             const char *third)
{
  OcgFailure *failure
      = ocg_failure_new (code, msgid, model->ref, model->provider->id, third, NULL);

  failure->retryable = retryable;
  failure->model = g_strdup (model->ref);
  return failure;
}

OcgFailure *
ocg_diagnose_reply (const OcgErrorReply *reply, OcgModel *model, const char *profile,
                    OcgSecret *secret)
{
  const char *family = ocg_model_get_family (model);
  OcgErrorClass class = ocg_classify (reply, family);
  const ClassRow *row = &class_rows[class];
  const char *msgid = row->msgid;
  const char *key = secret != NULL ? ocg_secret_peek (secret) : NULL;
  OcgFailure *failure;

  if (class == OCG_CLASS_AUTH && g_str_equal (family, "minimax"))
    msgid = minimax_region_line;
  failure = new_failure (row->code, row->retryable, msgid, model, profile);
  failure->profile = g_strdup (profile);
  failure->http_status = reply->status != 0 ? reply->status : 200;
  failure->retry_after_ms = reply->retry_after_ms;
  failure->request_id
      = reply->request_id != NULL ? ocg_redact (reply->request_id, key, MAX_PROVIDER_WORDS) : NULL;
  if (reply->code != NULL || reply->type != NULL)
    failure->provider_code = ocg_redact (reply->code != NULL ? reply->code : reply->type, key,
                                         MAX_PROVIDER_WORDS);
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
                             /* TRANSLATORS: %3$s is an address such as https://example.org:443 */
                             N_ ("The secure connection to %3$s failed. Check the clock, the "
                                 "proxy and the certificates of this computer."),
                             model, origin);
      break;
    case OCG_HTTP_TIMEOUT:
      failure = new_failure (OCG_ERROR_TIMEOUT, TRUE,
                             N_ ("%3$s did not answer in time. Check the network, or try again."),
                             model, origin);
      break;
    case OCG_HTTP_NETWORK:
    case OCG_HTTP_COMPLETE:
    default:
      if (model->provider->local)
        failure = new_failure (OCG_ERROR_NETWORK, TRUE,
                               N_ ("Nothing answers at %3$s. Start the local server of %2$s, or "
                                   "choose another model."),
                               model, origin);
      else
        failure = new_failure (OCG_ERROR_NETWORK, TRUE,
                               N_ ("%3$s cannot be reached. Check the network and the proxy, or "
                                   "choose another model."),
                               model, origin);
      break;
    }
  if (detail != NULL)
    g_debug ("%s: %s", origin, detail);
  return failure;
}

OcgFailure *
ocg_diagnose_credential (const GError *error, OcgModel *model)
{
  OcgError code = error->domain == OCG_ERROR ? (OcgError) error->code
                                             : OCG_ERROR_KEYRING_UNAVAILABLE;
  const char *id = model->provider->id;

  g_debug ("%s: %s", model->ref, error->message);
  if (code == OCG_ERROR_CREDENTIAL_MISSING && model->provider->missing_variable != NULL)
    return new_failure (code, FALSE,
                        /* TRANSLATORS: %3$s is the name of an environment variable. */
                        N_ ("There is no key for %1$s: models.providers.%2$s.apiKey names the "
                            "variable %3$s, which is not set. Set it, or store a key with: "
                            "openclawctl models auth add --provider %2$s"),
                        model, model->provider->missing_variable);
  if (code == OCG_ERROR_CREDENTIAL_MISSING)
    return new_failure (code, FALSE,
                        N_ ("There is no key for %1$s. Store one with: openclawctl models auth "
                            "add --provider %2$s"),
                        model, id);
  if (code == OCG_ERROR_KEYRING_LOCKED)
    return new_failure (code, FALSE,
                        N_ ("The keyring is locked, so there is no key for %1$s. Unlock it (for "
                            "example by logging in to the desktop), or set the key of %2$s in the "
                            "environment."),
                        model, id);
  if (code == OCG_ERROR_CREDENTIAL_REJECTED)
    return new_failure (code, FALSE,
                        /* TRANSLATORS: %3$s is an address such as https://example.org:443 */
                        N_ ("The stored key of %2$s was not stored for %3$s, and is not sent "
                            "there. Store it again if you trust that address: openclawctl models "
                            "auth add --provider %2$s"),
                        model, model->provider->origin);
  if (code == OCG_ERROR_CANCELLED)
    return new_failure (code, FALSE, N_ ("The request was cancelled."), model, id);
  return new_failure (OCG_ERROR_KEYRING_UNAVAILABLE, FALSE,
                      N_ ("There is no usable keyring (Secret Service), so there is no key for "
                          "%1$s. Start one, such as gnome-keyring, or set the key of %2$s in the "
                          "environment."),
                      model, id);
}

OcgFailure *
ocg_diagnose_silence (OcgSilence silence, guint ms, OcgModel *model)
{
  g_autofree char *seconds = g_strdup_printf ("%.3g", ms / 1000.0);

  return new_failure (OCG_ERROR_TIMEOUT, TRUE,
                      silence == OCG_SILENCE_IDLE
                          /* TRANSLATORS: %3$s is a number of seconds. */
                          ? N_ ("%2$s fell silent for %3$s seconds in the middle of the answer of "
                                "%1$s.")
                          : N_ ("%2$s took the request for %1$s but sent nothing for %3$s "
                                "seconds."),
                      model, seconds);
}

OcgFailure *
ocg_diagnose_truncated (OcgModel *model)
{
  return new_failure (OCG_ERROR_STREAM_TRUNCATED, TRUE,
                      N_ ("The answer of %1$s was cut off: %2$s closed the connection before the "
                          "end."),
                      model, NULL);
}

OcgFailure *
ocg_diagnose_protocol (const char *problem, OcgModel *model)
{
  g_debug ("%s: %s", model->ref, problem);
  return new_failure (OCG_ERROR_PROTOCOL_VIOLATION, TRUE,
                      /* TRANSLATORS: %3$s is the name of a wire API, such as anthropic-messages. */
                      N_ ("%2$s answered something else than %3$s for %1$s. Check "
                          "models.providers.%2$s.baseUrl and api."),
                      model, model->api);
}

OcgFailure *
ocg_diagnose_unsupported (OcgModel *model)
{
  return new_failure (OCG_ERROR_NOT_SUPPORTED, FALSE,
                      N_ ("%1$s speaks %3$s, which this version of the gateway does not. Choose a "
                          "model with another API, or set models.providers.%2$s.api if the server "
                          "knows anthropic-messages too."),
                      model, model->api);
}
