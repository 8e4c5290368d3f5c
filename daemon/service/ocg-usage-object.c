/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-usage-object.h"

#include <glib/gi18n.h>
#include <string.h>

#include "../../dbus/ocg-names.h"
#include "ocg-dbus-generated.h"
#include "ocg-options.h"
#include "ocg-quota-record.h"

struct _OcgUsageObject
{
  OcgService *service;
  OcgDbusGatewayUsage *skeleton;
};

/* GetQuota() on its way. */
typedef struct
{
  OcgManagedCall *call;
  GPtrArray *parts; /* of Part, in the order of the answer */
  guint missing;    /* parts that have not come */
  gboolean is_one;  /* the caller named the provider */
} Asking;

typedef struct
{
  Asking *asking;
  char *provider;
  char *profile;          /* (nullable) */
  OcgQuotaReport *report; /* (nullable) */
  GError *error;
} Part;

static void
part_free (gpointer data)
{
  Part *part = data;

  g_free (part->provider);
  g_free (part->profile);
  g_clear_pointer (&part->report, ocg_quota_report_unref);
  g_clear_error (&part->error);
  g_free (part);
}

/* Takes @asking. */
static void
return_missing (Asking *asking, const Part *part)
{
  g_autoptr (GError) shown = g_error_new (
      OCG_ERROR, OCG_ERROR_CREDENTIAL_MISSING,
      _ ("There is no such key of %s. Store one with: openclawctl models auth add --provider %s"),
      part->provider, part->provider);

  g_debug ("quota: %s", part->error->message);
  ocg_managed_call_return_error (asking->call, shown);
}

static void
asking_end (Asking *asking)
{
  OCG_LOCALE_SCOPE (asking->call->locale);
  g_autoptr (GPtrArray) parts = asking->parts;
  GVariantBuilder list;

  if (asking->is_one && ((Part *) parts->pdata[0])->report == NULL)
    {
      return_missing (asking, parts->pdata[0]);
      g_free (asking);
      return;
    }
  g_variant_builder_init (&list, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < parts->len; i++)
    {
      Part *part = parts->pdata[i];

      if (part->report != NULL)
        ocg_quota_record_add (&list, part->provider, part->profile, part->report);
    }
  ocg_managed_call_return (asking->call, g_variant_new ("(aa{sv})", &list));
  g_free (asking);
}

static void
got_quota (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Part *part = user_data;
  Asking *asking = part->asking;

  part->report = ocg_quota_get_finish (asking->call->service->quota, result, &part->profile,
                                       &part->error);
  if (--asking->missing == 0)
    asking_end (asking);
}

static void
add_part (Asking *asking, OcgProvider *provider)
{
  Part *part = g_new0 (Part, 1);

  part->asking = asking;
  part->provider = g_strdup (provider->id);
  g_ptr_array_add (asking->parts, part);
}

/* Fills in whom to ask. */
static gboolean
choose_providers (Asking *asking, GPtrArray *chosen, const char *id, GError **error)
{
  OcgService *service = asking->call->service;
  OcgCatalog *catalog = ocg_engine_get_catalog (service->engine);
  GPtrArray *all = ocg_catalog_get_providers (catalog);
  OcgProvider *provider = *id != '\0' ? ocg_catalog_find_provider (catalog, id) : NULL;

  asking->is_one = *id != '\0';
  if (asking->is_one && provider == NULL)
    {
      g_set_error (error, OCG_ERROR, OCG_ERROR_PROVIDER_NOT_CONFIGURED,
                   _ ("There is no provider “%s”. To see all that are known: openclawctl models "
                      "list --all"),
                   id);
      return FALSE;
    }
  if (provider != NULL)
    g_ptr_array_add (chosen, provider);
  for (guint i = 0; !asking->is_one && i < all->len; i++)
    if (ocg_quota_has (service->quota, all->pdata[i]))
      g_ptr_array_add (chosen, all->pdata[i]);
  return TRUE;
}

static gboolean
check_profile (const char *profile, GPtrArray *chosen, gboolean is_one, GError **error)
{
  gsize length = profile != NULL ? strcspn (profile, ":") : 0;
  g_autofree char *id = profile != NULL ? g_strndup (profile, length) : NULL;

  if (profile == NULL
      || (is_one && profile[length] == ':' && profile[length + 1] != '\0'
          && ocg_provider_is_named (chosen->pdata[0], id)))
    return TRUE;
  ocg_options_fail (error, "", "profile",
                    _ ("must be a profile of the provider that is asked about, such as "
                       "minimax:default."));
  return FALSE;
}

static void
get_quota (OcgManagedCall *call)
{
  Asking *asking = g_new0 (Asking, 1);
  OcgService *service = call->service;
  g_autoptr (GPtrArray) chosen = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  const char *profile = NULL;
  gboolean refresh = FALSE;

  asking->call = call;
  asking->parts = g_ptr_array_new_with_free_func (part_free);
  if (!choose_providers (asking, chosen, call->data, &error)
      || !ocg_options_string (call->options, "", "profile", &profile, &error)
      || !ocg_options_boolean (call->options, "", "refresh", &refresh, &error)
      || !check_profile (profile, chosen, asking->is_one, &error))
    {
      g_ptr_array_unref (asking->parts);
      g_free (asking);
      ocg_managed_call_return_error (call, error);
      return;
    }
  for (guint i = 0; i < chosen->len; i++)
    add_part (asking, chosen->pdata[i]);
  asking->missing = chosen->len;
  if (chosen->len == 0)
    asking_end (asking);
  for (guint i = 0; i < chosen->len; i++)
    ocg_quota_get_async (service->quota, chosen->pdata[i], profile, refresh, got_quota,
                         asking->parts->pdata[i]);
}

static gboolean
on_get_quota (OcgDbusGatewayUsage *skeleton, GDBusMethodInvocation *invocation,
              const char *provider, GVariant *options, OcgUsageObject *self)
{
  ocg_service_manage (self->service, invocation, options, self, g_strdup (provider), g_free,
                      get_quota);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

OcgUsageObject *
ocg_usage_object_new (OcgService *service)
{
  OcgUsageObject *self = g_new0 (OcgUsageObject, 1);

  self->service = service;
  self->skeleton = ocg_dbus_gateway_usage_skeleton_new ();
  g_signal_connect (self->skeleton, "handle-get-quota", G_CALLBACK (on_get_quota), self);
  return self;
}

void
ocg_usage_object_free (OcgUsageObject *self)
{
  g_dbus_interface_skeleton_unexport (G_DBUS_INTERFACE_SKELETON (self->skeleton));
  g_object_unref (self->skeleton);
  g_free (self);
}

gboolean
ocg_usage_object_export (OcgUsageObject *self, GError **error)
{
  return g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (self->skeleton),
                                           self->service->connection, OCG_OBJECT_PATH, error);
}
