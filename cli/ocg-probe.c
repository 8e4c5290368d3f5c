/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-probe.h"

#include "ocg-error.h"
#include "ocg-json-text.h"
#include "ocg-output.h"
#include "ocg-records.h"
#include "ocg-stream.h"
#include "ocg-table.h"

#include <glib/gi18n.h>

/* The least that some providers take. */
#define MAX_TOKENS 16

static void
probe_free (OcgProbe *self)
{
  g_free (self->provider);
  g_free (self->ref);
  g_clear_pointer (&self->failure, ocg_failure_free);
  g_free (self);
}

/* The lower, the rather is @model asked; G_MAXINT64: never. */
static gint64
rank (GVariant *model)
{
  gint64 fallback_rank = -1;

  if (ocg_record_get_boolean (model, "default", FALSE))
    return -1;
  ocg_record_get_integer (model, "fallback-rank", &fallback_rank);
  if (fallback_rank >= 0)
    return MIN (fallback_rank, G_MAXINT32);
  if (!ocg_record_get_boolean (model, "allowed", TRUE))
    return G_MAXINT64;
  return ocg_record_get_boolean (model, "available", TRUE) ? G_MAXINT64 - 2 : G_MAXINT64 - 1;
}

GPtrArray *
ocg_probe_plan (GVariant *models)
{
  GPtrArray *probes = g_ptr_array_new_with_free_func ((GDestroyNotify) probe_free);
  g_autoptr (GHashTable) ranks = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_autoptr (GHashTable) by_provider = g_hash_table_new (g_str_hash, g_str_equal);

  for (gsize i = 0; i < g_variant_n_children (models); i++)
    {
      g_autoptr (GVariant) model = g_variant_get_child_value (models, i);
      const char *provider = ocg_record_get_string (model, "provider");
      OcgProbe *probe = g_hash_table_lookup (by_provider, provider);
      gint64 its_rank = rank (model);
      gint64 *best = g_hash_table_lookup (ranks, provider);

      if (its_rank == G_MAXINT64 || (best != NULL && *best <= its_rank))
        continue;
      if (probe == NULL)
        {
          probe = g_new0 (OcgProbe, 1);
          probe->provider = g_strdup (provider);
          probe->ms = -1;
          g_ptr_array_add (probes, probe);
          g_hash_table_insert (by_provider, probe->provider, probe);
        }
      g_free (probe->ref);
      probe->ref = g_strdup (ocg_record_get_string (model, "ref"));
      g_hash_table_insert (ranks, probe->provider, g_memdup2 (&its_rank, sizeof its_rank));
    }
  return probes;
}

/* Everything but the last line is of no interest. */
static gboolean
on_line (const char *line, gsize length, gpointer user_data)
{
  OcgProbe *self = user_data;
  g_autoptr (JsonNode) node = ocg_json_parse (line, length, NULL);
  JsonObject *event
      = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *type = event != NULL ? ocg_json_get_string (event, "type") : NULL;

  if (g_strcmp0 (type, "error") == 0)
    self->failure = ocg_failure_new_from_event (event);
  return g_strcmp0 (type, "error") != 0 && g_strcmp0 (type, "end") != 0;
}

static GVariant *
new_messages (void)
{
  GVariantBuilder messages;

  g_variant_builder_init (&messages, G_VARIANT_TYPE ("aa{sv}"));
  g_variant_builder_open (&messages, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&messages, "{sv}", "role", g_variant_new_string ("user"));
  /* The model reads this, so it is the same in every language. */
  g_variant_builder_add (&messages, "{sv}", "content", g_variant_new_string ("Reply with OK."));
  g_variant_builder_close (&messages);
  return g_variant_builder_end (&messages);
}

static GVariant *
new_options (guint timeout_ms)
{
  g_autoptr (GVariantBuilder) options = ocg_client_new_options ();

  g_variant_builder_add (options, "{sv}", "max-tokens", g_variant_new_uint32 (MAX_TOKENS));
  g_variant_builder_add (options, "{sv}", "fallback", g_variant_new_boolean (FALSE));
  g_variant_builder_add (options, "{sv}", "timeout-ms", g_variant_new_uint32 (timeout_ms));
  return g_variant_builder_end (options);
}

static void
run_one (OcgProbe *self, OcgClient *client, guint timeout_ms)
{
  g_autoptr (OcgWriter) writer = ocg_writer_new ();
  g_autoptr (GError) error = NULL;
  gint64 begin = g_get_monotonic_time ();
  OcgStreamCall call = {
    .model = self->ref,
    .messages = new_messages (),
    .options = new_options (timeout_ms),
    .writer = writer,
    .on_line = on_line,
    .user_data = self,
  };

  if (!ocg_stream_run (client, &call, &error))
    {
      g_clear_pointer (&self->failure, ocg_failure_free);
      self->failure = ocg_failure_new_from_error (error);
    }
  self->ms = (g_get_monotonic_time () - begin) / 1000;
}

gboolean
ocg_probe_run_all (OcgClient *client, GPtrArray *probes, guint timeout_ms, GError **error)
{
  for (guint i = 0; i < probes->len; i++)
    {
      OcgProbe *probe = g_ptr_array_index (probes, i);

      run_one (probe, client, timeout_ms);
      if (probe->failure != NULL && ocg_failure_is (probe->failure, OCG_ERROR_CANCELLED))
        {
          g_set_error_literal (error, OCG_ERROR, OCG_ERROR_CANCELLED, _ ("Cancelled."));
          return FALSE;
        }
    }
  return TRUE;
}

JsonArray *
ocg_probe_list_to_json (GPtrArray *probes)
{
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < probes->len; i++)
    {
      const OcgProbe *probe = g_ptr_array_index (probes, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "provider", probe->provider);
      json_object_set_string_member (object, "model", probe->ref);
      json_object_set_boolean_member (object, "ok", probe->failure == NULL);
      json_object_set_int_member (object, "ms", probe->ms);
      if (probe->failure != NULL)
        json_object_set_object_member (object, "error", json_object_ref (probe->failure->object));
      json_array_add_object_element (list, object);
    }
  return list;
}

void
ocg_probe_list_append (GPtrArray *probes, GString *out, guint indent)
{
  g_autoptr (OcgTable) table
      = ocg_table_new (1, _ ("PROVIDER"), _ ("REF"), _ ("TIME"), _ ("RESULT"), NULL);

  for (guint i = 0; i < probes->len; i++)
    {
      const OcgProbe *probe = g_ptr_array_index (probes, i);
      /* TRANSLATORS: how long something took, in milliseconds. */
      g_autofree char *time = g_strdup_printf (_ ("%u ms"), (guint) probe->ms);

      ocg_table_add_row (table, probe->provider, probe->ref, time,
                         probe->failure != NULL ? _ ("failed") : _ ("ok"), NULL);
    }
  ocg_table_append_to (table, out, indent);
  for (guint i = 0; i < probes->len; i++)
    {
      const OcgProbe *probe = g_ptr_array_index (probes, i);
      g_autofree char *line = NULL;

      if (probe->failure == NULL)
        continue;
      line = g_strdup_printf ("%*s%s: %s", (int) indent, "", probe->provider,
                              ocg_failure_get_message (probe->failure));
      ocg_output_append_clean (out, line, FALSE);
      g_string_append_c (out, '\n');
    }
}
