/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-config-call.h"

#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include "../config/ocg-json5.h"
#include "ocg-fd.h"
#include "ocg-options.h"

static void
config_call_free (OcgConfigCall *self)
{
  g_free (self->path);
  g_variant_unref (self->options);
  g_clear_pointer (&self->text, g_bytes_unref);
  if (self->fd >= 0)
    close (self->fd);
  g_free (self);
}

static void
text_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OcgManagedCall *call = user_data;
  OcgConfigCall *self = call->data;
  OCG_LOCALE_SCOPE (call->locale);
  g_autoptr (GError) error = NULL;

  self->text = ocg_fd_read_finish (result, &error);
  if (self->text != NULL)
    self->use_text (call, self, self->text);
  else
    ocg_managed_call_return_error (call, error);
}

static void
read_text (OcgManagedCall *call)
{
  OcgConfigCall *self = call->data;
  const char *problem = self->fd >= 0 ? ocg_fd_check (self->fd, OCG_FD_SECRET) : NULL;
  g_autoptr (GError) error = NULL;
  int fd = self->fd;

  if (fd < 0)
    {
      self->use_text (call, self, self->text);
      return;
    }
  if (problem != NULL)
    {
      ocg_options_fail (&error, "", self->name, problem);
      ocg_managed_call_return_error (call, error);
      return;
    }
  self->fd = -1;
  ocg_fd_read_async (fd, OCG_JSON5_MAX_SIZE, self->name, text_read, call);
}

/* The one descriptor that @handle (nullable) means; -1 without one. FALSE: there are too many, or it
 * is missing. */
static gboolean
take_fd (GUnixFDList *fds, GVariant *handle, int *fd)
{
  int length = fds != NULL ? g_unix_fd_list_get_length (fds) : 0;

  *fd = -1;
  if (handle == NULL)
    return length == 0;
  if (length == 1 && g_variant_get_handle (handle) == 0)
    *fd = g_unix_fd_list_get (fds, 0, NULL);
  return *fd >= 0;
}

/* @message: to be translated */
static gboolean
refuse (OcgService *service, GDBusMethodInvocation *invocation, GVariant *options,
        const char *name, const char *message)
{
  g_autoptr (GError) error = NULL;
  locale_t locale;
  gboolean found = ocg_service_find_locale (service, options, &locale, &error);
  OCG_LOCALE_SCOPE (locale);

  if (found)
    ocg_options_fail (&error, "", name, _ (message));
  ocg_service_return_error (invocation, error);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

gboolean
ocg_config_call_begin (OcgService *service, GDBusMethodInvocation *invocation, GUnixFDList *fds,
                       GVariant *options, const OcgConfigArguments *arguments)
{
  OcgConfigCall *self = NULL;
  int fd = -1;

  if (arguments->handle != NULL && arguments->json5 != NULL && *arguments->json5 != '\0')
    return refuse (service, invocation, options, "json5",
                   N_ ("must be \"\" when the value comes by a file descriptor."));
  if (!take_fd (fds, arguments->handle, &fd))
    return refuse (service, invocation, options, arguments->name,
                   N_ ("exactly one file descriptor must come with the message."));
  self = g_new0 (OcgConfigCall, 1);
  self->use_text = arguments->use_text;
  self->path = g_strdup (arguments->path);
  self->options = g_variant_ref (options);
  self->name = arguments->name;
  self->text = arguments->json5 != NULL && fd < 0
                   ? g_bytes_new (arguments->json5, strlen (arguments->json5))
                   : NULL;
  self->fd = fd;
  ocg_service_manage (service, invocation, options, service, self,
                      (GDestroyNotify) config_call_free, read_text);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

gboolean
ocg_config_call_find_handle (OcgService *service, GDBusMethodInvocation *invocation,
                             GVariant *options, const char *key, GVariant **handle)
{
  g_autoptr (GError) error = NULL;
  locale_t locale;

  if (!ocg_service_find_locale (service, options, &locale, &error))
    {
      ocg_service_return_error (invocation, error);
      return FALSE;
    }
  OCG_LOCALE_SCOPE (locale);
  if (ocg_options_variant (options, "", key, "h", handle, &error))
    return TRUE;
  ocg_service_return_error (invocation, error);
  return FALSE;
}
