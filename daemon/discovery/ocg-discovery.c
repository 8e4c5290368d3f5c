/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-discovery.h"

#include "ocg-probe.h"

#define PERIOD_SECONDS 30
/* How long after its last use the gateway counts as used. */
#define USE_SECONDS 300
/* Between two questions to one server. */
#define DISTANCE_MS 1000
/* Servers that are asked at the same time; libsoup looks at all messages for each one of them. */
#define MAX_PROBES 16

/* One ocg_discovery_refresh(). */
typedef struct
{
  guint pending; /* servers, and ocg_discovery_refresh() itself */
  OcgDiscoveryFunc done;
  gpointer user_data;
} Round;

/* A server that may be asked. */
typedef struct
{
  OcgDiscovery *owner;
  OcgProvider *provider;
  OcgProbe *probe;   /* (nullable) one at a time */
  guint delay;       /* until the next one may start */
  gboolean waiting;  /* in the queue of the owner */
  gint64 asked_at;   /* monotonic, microseconds; 0: never */
  OcgListFormat had; /* the list that it had the last time, or OCG_N_LISTS */
  gboolean refused;  /* it wanted a key */
  gboolean new_keys; /* since the probe began */
  GPtrArray *rounds; /* of Round, borrowed: those that wait for it */
} Server;

struct _OcgDiscovery
{
  OcgHttp *http;
  OcgCredentials *credentials;
  OcgDiscoveryFunc changed;
  gpointer user_data;
  GHashTable *servers; /* provider id -> Server */
  GHashTable *served;  /* provider id -> OcgServedList */
  GQueue waiting;      /* of Server, borrowed: those whose turn has not come */
  guint probes;        /* that are under way */
  guint period;        /* a source while the gateway is used */
  gint64 used_at;      /* monotonic, microseconds */
};

static void
round_take (Round *round)
{
  if (--round->pending > 0)
    return;
  round->done (round->user_data);
  g_free (round);
}

static void
release_rounds (GPtrArray *rounds)
{
  for (guint i = 0; i < rounds->len; i++)
    round_take (g_ptr_array_index (rounds, i));
  g_ptr_array_unref (rounds);
}

static void
end_probe (Server *server)
{
  if (server->probe == NULL)
    return;
  server->owner->probes--;
  g_clear_pointer (&server->probe, ocg_probe_free);
}

static void
server_free (Server *server)
{
  end_probe (server);
  if (server->waiting)
    g_queue_remove (&server->owner->waiting, server);
  g_clear_handle_id (&server->delay, g_source_remove);
  release_rounds (server->rounds);
  ocg_provider_unref (server->provider);
  g_free (server);
}

static Server *
server_new (OcgDiscovery *owner, OcgProvider *provider)
{
  Server *server = g_new0 (Server, 1);

  server->owner = owner;
  server->provider = ocg_provider_ref (provider);
  server->had = OCG_N_LISTS;
  server->rounds = g_ptr_array_new ();
  return server;
}

OcgDiscovery *
ocg_discovery_new (OcgHttp *http, OcgCredentials *credentials, OcgDiscoveryFunc changed,
                   gpointer user_data)
{
  OcgDiscovery *self = g_new0 (OcgDiscovery, 1);

  self->http = http;
  self->credentials = g_object_ref (credentials);
  self->changed = changed;
  self->user_data = user_data;
  self->servers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                         (GDestroyNotify) server_free);
  self->served = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                        (GDestroyNotify) ocg_served_list_free);
  return self;
}

void
ocg_discovery_free (OcgDiscovery *self)
{
  g_clear_handle_id (&self->period, g_source_remove);
  g_hash_table_unref (self->servers);
  g_hash_table_unref (self->served);
  g_object_unref (self->credentials);
  g_free (self);
}

GHashTable *
ocg_discovery_get_served (OcgDiscovery *self)
{
  return self->served;
}

/* By nobody but a user who names it: a server elsewhere that the settings have and that takes no
 * key. */
static gboolean
may_be_asked (OcgProvider *provider)
{
  return provider->local || (provider->in_config && !provider->needs_key);
}

/* Many servers on a machine speak the APIs of OpenAI and have a key; what speaks Anthropic's and
 * wants one passes everything on to somebody far away, and its list would not be one of local
 * models. */
static gboolean
is_asked_unbidden (OcgProvider *provider)
{
  return provider->local
         && !(provider->needs_key && g_str_equal (provider->api, "anthropic-messages"));
}

static gboolean
is_obsolete (gpointer key, gpointer value, gpointer user_data)
{
  OcgCatalog *catalog = user_data;
  Server *server = value;
  OcgProvider *provider = ocg_catalog_find_provider (catalog, key);

  return provider == NULL || !may_be_asked (provider)
         || !g_str_equal (provider->base_url, server->provider->base_url);
}

static gboolean
has_no_server (gpointer key, gpointer value, gpointer user_data)
{
  OcgDiscovery *self = user_data;

  return !g_hash_table_contains (self->servers, key);
}

static void ask (Server *server);
static void start_waiting (OcgDiscovery *self);

void
ocg_discovery_set_catalog (OcgDiscovery *self, OcgCatalog *catalog)
{
  GPtrArray *providers = ocg_catalog_get_providers (catalog);

  g_hash_table_foreach_remove (self->servers, is_obsolete, catalog);
  g_hash_table_foreach_remove (self->served, has_no_server, self);
  start_waiting (self);
  for (guint i = 0; i < providers->len; i++)
    {
      OcgProvider *provider = g_ptr_array_index (providers, i);
      Server *server = g_hash_table_lookup (self->servers, provider->id);

      if (!may_be_asked (provider))
        continue;
      if (server == NULL)
        {
          g_hash_table_insert (self->servers, g_strdup (provider->id),
                               server_new (self, provider));
          continue;
        }
      ocg_provider_unref (server->provider);
      server->provider = ocg_provider_ref (provider);
    }
}

/* Takes @list (nullable). Returns whether that is something new. */
static gboolean
put_list (OcgDiscovery *self, const char *id, OcgServedList *list)
{
  g_autoptr (OcgServedList) mine = list;

  if (ocg_served_list_equal (g_hash_table_lookup (self->served, id), mine))
    return FALSE;
  if (mine != NULL)
    g_hash_table_replace (self->served, g_strdup (id), g_steal_pointer (&mine));
  else
    g_hash_table_remove (self->served, id);
  return TRUE;
}

static void
on_probe_done (OcgProbe *probe, OcgProbeEnd end, GPtrArray *models, OcgListFormat format,
               gpointer user_data)
{
  Server *server = user_data;
  OcgDiscovery *self = server->owner;
  const char *base_url = server->provider->base_url;
  GPtrArray *rounds = g_steal_pointer (&server->rounds);
  OcgServedList *list = NULL;
  gboolean is_new = FALSE;

  g_debug ("%s: %s, %u models", server->provider->id,
           end == OCG_PROBE_FOUND ? "has a list" : "has no list for us",
           models != NULL ? models->len : 0);
  server->rounds = g_ptr_array_new ();
  /* One that is busy answering somebody has not lost its models. */
  if (end != OCG_PROBE_SILENT)
    {
      server->had = format;
      server->refused = end == OCG_PROBE_REFUSED;
      if (models != NULL)
        list = ocg_served_list_new (base_url, g_ptr_array_ref (models));
      is_new = put_list (self, server->provider->id, list);
    }
  end_probe (server);
  start_waiting (self);
  if (server->refused && server->new_keys)
    ask (server);
  /* May free the server. */
  if (is_new)
    self->changed (self->user_data);
  release_rounds (rounds);
}

static void
start_probe (Server *server)
{
  OcgDiscovery *self = server->owner;

  self->probes++;
  server->asked_at = g_get_monotonic_time ();
  server->new_keys = FALSE;
  server->probe = ocg_probe_start (server->provider, server->had, self->http, self->credentials,
                                   on_probe_done, server);
}

static void
start_waiting (OcgDiscovery *self)
{
  while (self->probes < MAX_PROBES && !g_queue_is_empty (&self->waiting))
    {
      Server *server = g_queue_pop_head (&self->waiting);

      server->waiting = FALSE;
      start_probe (server);
    }
}

static void
wait_for_turn (Server *server)
{
  server->waiting = TRUE;
  g_queue_push_tail (&server->owner->waiting, server);
  start_waiting (server->owner);
}

static gboolean
on_delay (gpointer user_data)
{
  Server *server = user_data;

  server->delay = 0;
  wait_for_turn (server);
  return G_SOURCE_REMOVE;
}

static void
ask (Server *server)
{
  gint64 since = (g_get_monotonic_time () - server->asked_at) / G_TIME_SPAN_MILLISECOND;

  if (server->probe != NULL || server->delay != 0 || server->waiting)
    return;
  if (server->asked_at != 0 && since < DISTANCE_MS)
    server->delay = g_timeout_add ((guint) (DISTANCE_MS - since), on_delay, server);
  else
    wait_for_turn (server);
}

void
ocg_discovery_ask (OcgDiscovery *self)
{
  GHashTableIter iter;
  gpointer server;

  g_hash_table_iter_init (&iter, self->servers);
  while (g_hash_table_iter_next (&iter, NULL, &server))
    if (is_asked_unbidden (((Server *) server)->provider))
      ask (server);
}

static void
ask_for_round (Server *server, Round *round)
{
  ask (server);
  round->pending++;
  g_ptr_array_add (server->rounds, round);
}

void
ocg_discovery_refresh (OcgDiscovery *self, OcgProvider *provider, OcgDiscoveryFunc done,
                       gpointer user_data)
{
  Round *round = g_new0 (Round, 1);
  GHashTableIter iter;
  gpointer id, value;

  round->pending = 1;
  round->done = done;
  round->user_data = user_data;
  g_hash_table_iter_init (&iter, self->servers);
  while (g_hash_table_iter_next (&iter, &id, &value))
    {
      Server *server = value;

      if (provider != NULL ? g_str_equal (id, provider->id) : is_asked_unbidden (server->provider))
        ask_for_round (server, round);
    }
  round_take (round);
}

static gboolean
on_period (gpointer user_data)
{
  OcgDiscovery *self = user_data;

  if (g_get_monotonic_time () - self->used_at > USE_SECONDS * G_TIME_SPAN_SECOND)
    {
      self->period = 0;
      return G_SOURCE_REMOVE;
    }
  ocg_discovery_ask (self);
  return G_SOURCE_CONTINUE;
}

void
ocg_discovery_note_use (OcgDiscovery *self)
{
  self->used_at = g_get_monotonic_time ();
  if (self->period == 0)
    self->period = g_timeout_add_seconds (PERIOD_SECONDS, on_period, self);
}

void
ocg_discovery_doubt (OcgDiscovery *self, const char *provider_id)
{
  Server *server = g_hash_table_lookup (self->servers, provider_id);

  if (server != NULL && is_asked_unbidden (server->provider))
    ask (server);
}

void
ocg_discovery_note_load (OcgDiscovery *self, const char *provider_id)
{
  Server *server = g_hash_table_lookup (self->servers, provider_id);

  /* The other lists do not tell what is loaded. */
  if (server != NULL
      && (server->had == OCG_LIST_LM_STUDIO || server->had == OCG_LIST_LM_STUDIO_V0))
    ocg_discovery_doubt (self, provider_id);
}

void
ocg_discovery_note_credentials (OcgDiscovery *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->servers);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Server *server = value;

      server->new_keys = TRUE;
      if (server->refused && is_asked_unbidden (server->provider))
        ask (server);
    }
}
