/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-key-check.h"

#include <glib/gi18n.h>

#include "../catalog/ocg-base-url.h"
#include "../net/ocg-fetch.h"
#include "../wire/ocg-json.h"
#include "../wire/ocg-redact.h"

#define ANSWER_MS (15 * 1000)
/* Some lists of models are long. */
#define MAX_SIZE (4 * 1024 * 1024)
#define MAX_WORDS 300

/* One server that is asked. */
typedef struct
{
  char *region;      /* (nullable) its id */
  char *region_name; /* (nullable) */
  char *base_url;
} Place;

typedef struct
{
  OcgHttp *http;
  OcgProvider *provider;
  OcgSecret *secret; /* (nullable) */
  GPtrArray *places; /* of Place: the one that counts, then other regions */
  guint next;        /* of places */
  OcgKeyQuestion *question;
  gboolean is_proof;   /* what is under way goes without the key */
  OcgKeyResult *first; /* (nullable) what the first place said: no */
} Check;

static void
place_free (gpointer data)
{
  Place *place = data;

  g_free (place->region);
  g_free (place->region_name);
  g_free (place->base_url);
  g_free (place);
}

static void
check_free (Check *check)
{
  ocg_provider_unref (check->provider);
  g_clear_pointer (&check->secret, ocg_secret_unref);
  g_ptr_array_unref (check->places);
  g_clear_pointer (&check->question, ocg_key_question_free);
  g_clear_pointer (&check->first, ocg_key_result_free);
  g_free (check);
}

OcgKeyResult *
ocg_key_result_new (OcgKeyState state, OcgFailure *why)
{
  OcgKeyResult *self = g_new0 (OcgKeyResult, 1);

  self->state = state;
  self->why = why;
  return self;
}

void
ocg_key_result_free (OcgKeyResult *self)
{
  ocg_failure_unref (self->why);
  g_free (self->region);
  g_free (self->region_name);
  g_free (self);
}

static void
add_place (GPtrArray *places, const char *region, const char *name, const char *base_url)
{
  Place *place = g_new0 (Place, 1);

  place->region = g_strdup (region);
  place->region_name = g_strdup (name);
  place->base_url = g_strdup (base_url);
  g_ptr_array_add (places, place);
}

static gboolean
is_trusted (OcgProvider *provider, const char *origin)
{
  return g_ptr_array_find_with_equal_func (provider->trusted_origins, origin, g_str_equal, NULL);
}

/* The servers of the other regions, when @origin is that of one: what a proxy refuses is none of
 * their business. */
static void
add_other_regions (GPtrArray *places, OcgProvider *provider, const char *origin)
{
  JsonObject *regions = provider->regions != NULL && JSON_NODE_HOLDS_OBJECT (provider->regions)
                            ? json_node_get_object (provider->regions)
                            : NULL;
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func (place_free);
  gboolean is_region = FALSE;
  JsonObjectIter iter;
  const char *name = NULL;

  if (regions == NULL)
    return;
  json_object_iter_init_ordered (&iter, regions);
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    {
      JsonObject *region = ocg_json_get_object (regions, name);
      const char *url = ocg_json_get_string (region, "baseUrl");
      g_autofree char *of_region = url != NULL ? ocg_base_url_get_origin (url) : NULL;

      if (of_region == NULL || !is_trusted (provider, of_region))
        continue;
      if (g_str_equal (of_region, origin))
        is_region = TRUE;
      else
        add_place (others, name, ocg_json_get_string (region, "name"), url);
    }
  if (is_region)
    g_ptr_array_extend_and_steal (places, g_steal_pointer (&others));
}

static OcgFailure *
new_why (Check *check, const char *msgid)
{
  const Place *place = check->places->pdata[check->next];
  g_autofree char *origin = ocg_base_url_get_origin (place->base_url);

  return ocg_failure_new (OCG_ERROR_PROVIDER_ERROR, msgid, "provider", check->provider->name,
                          "address", origin != NULL ? origin : place->base_url, NULL);
}

static OcgKeyResult *
new_result (Check *check, OcgKeyVerdict verdict, const char *message)
{
  const char *secret = check->secret != NULL ? ocg_secret_peek (check->secret) : NULL;
  OcgKeyResult *result = NULL;

  /* TRANSLATORS: {provider} is a provider such as MiniMax, {address} an address of it. */
  if (verdict == OCG_KEY_GOOD)
    result = ocg_key_result_new (OCG_KEY_STATE_OK,
                                 new_why (check, N_ ("{provider} takes the key.")));
  else if (verdict == OCG_KEY_UNPAID)
    result = ocg_key_result_new (
        OCG_KEY_STATE_OK,
        new_why (check, N_ ("{provider} takes the key, but its balance is used up.")));
  else if (verdict == OCG_KEY_REFUSED)
    result = ocg_key_result_new (OCG_KEY_STATE_REJECTED,
                                 new_why (check, N_ ("{provider} refused the key at {address}.")));
  else
    result = ocg_key_result_new (
        OCG_KEY_STATE_UNKNOWN,
        new_why (check, N_ ("{address} answered, but not whether it takes the key.")));
  result->is_unpaid = verdict == OCG_KEY_UNPAID;
  if (verdict != OCG_KEY_GOOD && message != NULL)
    result->why->provider_message = ocg_redact (message, secret, MAX_WORDS);
  return result;
}

static OcgKeyResult *
new_other_region (Check *check)
{
  const Place *place = check->places->pdata[check->next];
  g_autofree char *origin = ocg_base_url_get_origin (place->base_url);
  OcgKeyResult *result = ocg_key_result_new (
      OCG_KEY_STATE_REJECTED,
      ocg_failure_new (OCG_ERROR_PROVIDER_ERROR,
                       /* TRANSLATORS: {region} is the id of a region such as cn. */
                       N_ ("The key is good, but it is one for the region {region} ({address})."),
                       "region", place->region, "address",
                       origin != NULL ? origin : place->base_url, NULL));

  result->region = g_strdup (place->region);
  result->region_name = g_strdup (place->region_name != NULL ? place->region_name : place->region);
  return result;
}

/* Takes @result. */
static void
check_return (GTask *task, OcgKeyResult *result)
{
  g_task_return_pointer (task, result, (GDestroyNotify) ocg_key_result_free);
}

static void check_ask (GTask *new_task);

/* Takes @new_task. */
static void
check_conclude (GTask *new_task, OcgKeyVerdict verdict, const char *message)
{
  g_autoptr (GTask) task = new_task;
  Check *check = g_task_get_task_data (task);

  if (check->next > 0 && (verdict == OCG_KEY_GOOD || verdict == OCG_KEY_UNPAID))
    {
      check_return (task, new_other_region (check));
      return;
    }
  if (check->next == 0 && verdict != OCG_KEY_REFUSED)
    {
      check_return (task, new_result (check, verdict, message));
      return;
    }
  if (check->next == 0)
    check->first = new_result (check, verdict, message);
  check->next++;
  check->is_proof = FALSE;
  if (check->next < check->places->len)
    check_ask (g_steal_pointer (&task));
  else
    check_return (task, g_steal_pointer (&check->first));
}

/* What a server answers to anybody proves nothing. Takes @new_task. */
static void
take_proof (GTask *new_task, const OcgFetchReply *reply)
{
  gboolean is_public = reply != NULL && reply->status / 100 == 2;

  check_conclude (new_task, is_public ? OCG_KEY_UNCLEAR : OCG_KEY_GOOD, NULL);
}

static void
take_reply (GTask *new_task, const OcgFetchReply *reply)
{
  g_autoptr (GTask) task = new_task;
  Check *check = g_task_get_task_data (task);
  g_autofree char *message = NULL;
  OcgKeyVerdict verdict = ocg_key_question_judge (check->provider, reply->status, reply->text,
                                                  reply->length, &message);

  if (verdict == OCG_KEY_GOOD && check->question->needs_proof && check->secret != NULL)
    {
      check->is_proof = TRUE;
      check_ask (g_steal_pointer (&task));
      return;
    }
  check_conclude (g_steal_pointer (&task), verdict, message);
}

static const char *
explain_error (const GError *error)
{
  if (g_error_matches (error, OCG_ERROR, OCG_ERROR_TLS))
    return N_ ("The secure connection to {address} failed, so the key could not be checked. Check "
               "the clock, the proxy and the certificates of this computer.");
  if (g_error_matches (error, OCG_ERROR, OCG_ERROR_PROTOCOL_VIOLATION))
    return N_ ("The answer of {address} is too long, so the key could not be checked.");
  return N_ ("{address} could not be reached, so the key could not be checked. Check the network "
             "and the proxy.");
}

/* Takes @new_task. */
static void
fail_network (GTask *new_task, const GError *error)
{
  g_autoptr (GTask) task = new_task;
  Check *check = g_task_get_task_data (task);

  g_debug ("%s: check of a key: %s", check->provider->id, error->message);
  /* That another region cannot be asked changes nothing of what this one said. */
  if (check->next > 0)
    check_conclude (g_steal_pointer (&task), OCG_KEY_UNCLEAR, NULL);
  else
    check_return (task, ocg_key_result_new (OCG_KEY_STATE_UNKNOWN,
                                            new_why (check, explain_error (error))));
}

static void
on_fetched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Check *check = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (OcgFetchReply) reply = ocg_fetch_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (check->is_proof)
    take_proof (g_steal_pointer (&task), reply);
  else if (reply == NULL)
    fail_network (g_steal_pointer (&task), error);
  else
    take_reply (g_steal_pointer (&task), reply);
}

/* Asks the place whose turn it is. Takes @new_task. */
static void
check_ask (GTask *new_task)
{
  GTask *task = new_task;
  Check *check = g_task_get_task_data (task);
  const Place *place = check->places->pdata[check->next];
  OcgFetchRequest request = { .timeout_ms = ANSWER_MS, .max_size = MAX_SIZE };

  g_clear_pointer (&check->question, ocg_key_question_free);
  check->question = ocg_key_question_new (check->provider, place->base_url, check->secret);
  request.url = check->question->url;
  request.body = check->question->body;
  request.headers = check->question->headers;
  request.auth_header = check->question->auth_header;
  request.secret = check->is_proof ? NULL : check->secret;
  ocg_fetch_async (check->http, &request, g_task_get_cancellable (task), on_fetched, task);
}

void
ocg_key_check_async (OcgHttp *http, const OcgKeyCheck *request, GCancellable *cancellable,
                     GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Check *check = g_new0 (Check, 1);
  g_autofree char *origin = ocg_base_url_get_origin (request->base_url);

  check->http = http;
  check->provider = ocg_provider_ref (request->provider);
  check->secret = request->secret != NULL ? ocg_secret_ref (request->secret) : NULL;
  check->places = g_ptr_array_new_with_free_func (place_free);
  add_place (check->places, NULL, NULL, request->base_url);
  if (request->regional != NULL && request->secret != NULL && origin != NULL)
    add_other_regions (check->places, request->regional, origin);
  g_task_set_source_tag (task, ocg_key_check_async);
  g_task_set_task_data (task, check, (GDestroyNotify) check_free);
  check_ask (task);
}

OcgKeyResult *
ocg_key_check_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, ocg_key_check_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
