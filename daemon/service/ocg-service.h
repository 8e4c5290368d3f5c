/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What the objects on the bus share. Made and owned by OcgDaemon. */

#pragma once

#include "../clock/ocg-clock.h"
#include "../config/ocg-config.h"
#include "../discovery/ocg-discovery.h"
#include "../engine/ocg-engine.h"
#include "../usage/ocg-quota.h"
#include "ocg-callers.h"
#include "ocg-locale.h"
#include "ocg-notifier.h"
#include "ocg-private-objects.h"

typedef struct
{
  GDBusConnection *connection;
  OcgClock *clock;
  OcgConfig *config;
  OcgKeyring *keyring;
  OcgTokenKeeper *keeper;
  OcgCredentials *credentials;
  OcgEngine *engine;
  OcgDiscovery *discovery;
  OcgQuota *quota;
  OcgCallers *callers;
  OcgLocales *locales;
  OcgNotifier *notifier;
  OcgPrivateObjects *objects; /* of requests */
  GPtrArray *pending; /* of GDBusMethodInvocation **: calls that wait for something */
  guint lingering;    /* streams that have ended and are not read to their end */
} OcgService;

/* The language that @options (a{sv}) ask for; FALSE when "locale" is no string. */
gboolean ocg_service_find_locale (OcgService *self, GVariant *options, locale_t *locale,
                                  GError **error);

/* While openclaw.json has a mistake in it, adds where to an @error that may come from that. */
void ocg_service_explain_error (OcgService *self, GError **error);

/* Answers @invocation with @error; what is not ours becomes ProviderError. Takes @invocation. */
void ocg_service_return_error (GDBusMethodInvocation *invocation, const GError *error);

/* A call that is answered later: @slot holds its invocation until take(), which gives NULL when the
 * gateway has stopped in the meantime and answered it. */
void ocg_service_hold (OcgService *self, GDBusMethodInvocation **slot);
GDBusMethodInvocation *ocg_service_take (OcgService *self, GDBusMethodInvocation **slot);
/* The gateway stops. */
void ocg_service_answer_pending (OcgService *self);

/* A call of a method that changes or shows what belongs to the user. */
typedef struct
{
  OcgService *service;
  GDBusMethodInvocation *invocation;
  locale_t locale;
  GVariant *options; /* (owned) */
  gpointer owner; /* the interface that handles it */
  gpointer data;  /* the handler's */
  GDestroyNotify free_data;
} OcgManagedCall;

typedef void (*OcgManagedFunc) (OcgManagedCall *call);

/* Calls @func with @call in the caller's language, unless the caller is in a sandbox or the options
 * are wrong: then the error is sent. @func ends the call, now or later, with one of the return
 * functions. @data belongs to the call. */
void ocg_service_manage (OcgService *self, GDBusMethodInvocation *invocation, GVariant *options,
                         gpointer owner, gpointer data, GDestroyNotify free_data,
                         OcgManagedFunc func);
void ocg_managed_call_return (OcgManagedCall *call, GVariant *value);
void ocg_managed_call_return_error (OcgManagedCall *call, const GError *error);
/* A GAsyncReadyCallback of ocg_config_write_async() that ends the call, @call. */
void ocg_managed_call_written (GObject *config, GAsyncResult *result, gpointer call);
