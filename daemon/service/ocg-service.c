/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-service.h"

#include <glib/gi18n.h>

#include "ocg-options.h"

#define MAX_CALLS 1024
#define MAX_CALLS_EACH 256

gboolean
ocg_service_find_locale (OcgService *self, GVariant *options, locale_t *locale, GError **error)
{
  const char *name = NULL;

  *locale = LC_GLOBAL_LOCALE;
  if (!ocg_options_string (options, "", "locale", &name, error))
    return FALSE;
  *locale = ocg_locales_find (self->locales, name);
  return TRUE;
}

void
ocg_service_explain_error (OcgService *self, GError **error)
{
  static const OcgError codes[] = { OCG_ERROR_UNKNOWN_MODEL, OCG_ERROR_NO_DEFAULT_MODEL,
                                    OCG_ERROR_MODEL_NOT_ALLOWED, OCG_ERROR_NOT_FOUND };
  g_autoptr (GError) config_error = NULL;
  g_autoptr (GError) explained = NULL;
  g_autofree char *message = NULL;
  gboolean is_one = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    is_one = is_one || g_error_matches (*error, OCG_ERROR, (int) codes[i]);
  if (!is_one || ocg_config_get_state (self->config, OCG_CONFIG_OPENCLAW) != OCG_CONFIG_INVALID)
    return;
  if (ocg_config_check (self->config, &config_error))
    return;
  message = g_strdup_printf ("%s\n%s", (*error)->message, config_error->message);
  explained = g_error_new_literal ((*error)->domain, (*error)->code, message);
  g_clear_error (error);
  *error = g_steal_pointer (&explained);
}

void
ocg_service_return_error (GDBusMethodInvocation *invocation, const GError *error)
{
  if (error->domain == OCG_ERROR || error->domain == G_DBUS_ERROR)
    g_dbus_method_invocation_return_gerror (invocation, error);
  else
    g_dbus_method_invocation_return_error_literal (invocation, OCG_ERROR,
                                                   OCG_ERROR_PROVIDER_ERROR, error->message);
}

static void
managed_call_free (OcgManagedCall *call)
{
  if (call->free_data != NULL)
    call->free_data (call->data);
  g_variant_unref (call->options);
  g_free (call);
}

void
ocg_service_hold (OcgService *self, GDBusMethodInvocation **slot)
{
  g_ptr_array_add (self->pending, slot);
}

GDBusMethodInvocation *
ocg_service_take (OcgService *self, GDBusMethodInvocation **slot)
{
  g_ptr_array_remove_fast (self->pending, slot);
  return g_steal_pointer (slot);
}

void
ocg_service_answer_pending (OcgService *self)
{
  while (self->pending->len > 0)
    {
      GDBusMethodInvocation *invocation
          = ocg_service_take (self, g_ptr_array_index (self->pending, 0));

      g_dbus_method_invocation_return_error_literal (
          invocation, OCG_ERROR, OCG_ERROR_BUSY,
          _ ("The gateway is shutting down. Try again in a moment."));
    }
}

void
ocg_managed_call_return (OcgManagedCall *call, GVariant *value)
{
  g_autoptr (GVariant) mine = value != NULL ? g_variant_ref_sink (value) : NULL;
  GDBusMethodInvocation *invocation = ocg_service_take (call->service, &call->invocation);

  if (invocation != NULL)
    g_dbus_method_invocation_return_value (invocation, mine);
  managed_call_free (call);
}

void
ocg_managed_call_return_error (OcgManagedCall *call, const GError *error)
{
  GDBusMethodInvocation *invocation = ocg_service_take (call->service, &call->invocation);

  if (invocation != NULL)
    ocg_service_return_error (invocation, error);
  managed_call_free (call);
}

void
ocg_managed_call_written (GObject *config, GAsyncResult *result, gpointer user_data)
{
  OcgManagedCall *call = user_data;
  OCG_LOCALE_SCOPE (call->locale);
  g_autoptr (GError) error = NULL;

  if (ocg_config_write_finish (OCG_CONFIG (config), result, &error))
    ocg_managed_call_return (call, NULL);
  else
    ocg_managed_call_return_error (call, error);
}

typedef struct
{
  OcgManagedCall *call;
  OcgManagedFunc func;
} Check;

static void
checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Check *check = user_data;
  OcgManagedCall *call = check->call;
  OCG_LOCALE_SCOPE (call->locale);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) refusal = NULL;

  if (ocg_callers_check_unsandboxed_finish (call->service->callers, result, &error))
    {
      check->func (call);
      return;
    }
  g_debug ("refused: %s", error->message);
  refusal = g_error_new_literal (OCG_ERROR, OCG_ERROR_ACCESS_DENIED,
                                 _ ("Apps in a sandbox may use models but not change settings or "
                                    "keys. Use openclawctl in a terminal instead."));
  ocg_managed_call_return_error (call, refusal);
}

/* Calls may hold descriptors and wait, so there is a bound on them, and a smaller one for each
 * caller. */
static gboolean
check_busy (OcgService *self, const char *sender, GError **error)
{
  guint own = 0;

  for (guint i = 0; i < self->pending->len; i++)
    {
      GDBusMethodInvocation **slot = g_ptr_array_index (self->pending, i);

      own += g_strcmp0 (g_dbus_method_invocation_get_sender (*slot), sender) == 0;
    }
  if (self->pending->len < MAX_CALLS && own < MAX_CALLS_EACH)
    return TRUE;
  g_set_error (error, OCG_ERROR, OCG_ERROR_BUSY,
               ngettext ("The gateway is busy with %d request. Try again in a moment.",
                         "The gateway is busy with %d requests. Try again in a moment.",
                         (int) self->pending->len),
               (int) self->pending->len);
  return FALSE;
}

void
ocg_service_manage (OcgService *self, GDBusMethodInvocation *invocation, GVariant *options,
                    gpointer owner, gpointer data, GDestroyNotify free_data, OcgManagedFunc func)
{
  OcgManagedCall *call = g_new0 (OcgManagedCall, 1);
  g_autoptr (GError) error = NULL;
  gboolean is_busy
      = !check_busy (self, g_dbus_method_invocation_get_sender (invocation), &error);
  Check *check;

  call->service = self;
  call->invocation = invocation;
  call->options = g_variant_ref (options);
  call->owner = owner;
  call->data = data;
  call->free_data = free_data;
  ocg_service_hold (self, &call->invocation);
  if (is_busy || !ocg_service_find_locale (self, options, &call->locale, &error))
    {
      ocg_managed_call_return_error (call, error);
      return;
    }
  check = g_new0 (Check, 1);
  check->call = call;
  check->func = func;
  ocg_callers_check_unsandboxed_async (self->callers,
                                       g_dbus_method_invocation_get_sender (invocation), checked,
                                       check);
}
