/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-login-notices.h"

#include <glib/gi18n.h>
#include <string.h>

#include "../engine/ocg-failure.h"

struct _OcgLoginNotices
{
  OcgTokenKeeper *keeper;
  OcgNotifier *notifier;
};

static char *
make_key (const char *profile)
{
  return g_strconcat ("login:", profile, NULL);
}

static void
on_login_needed (OcgTokenKeeper *keeper, const char *profile, OcgLoginNotices *self)
{
  g_autofree char *key = make_key (profile);
  g_autofree char *provider = g_strndup (profile, strcspn (profile, ":"));
  g_autofree char *text = NULL;
  g_autoptr (OcgFailure) body = ocg_failure_new (
      OCG_ERROR_CREDENTIAL_EXPIRED,
      N_ ("The login {profile} has ended. Log in again with: openclawctl models auth login "
          "--provider {provider}"),
      "profile", profile, "provider", provider, NULL);

  text = ocg_failure_render (body);
  /* TRANSLATORS: the title of a notification on the desktop */
  ocg_notifier_show (self->notifier, OCG_NOTICE_LOGIN, key, _ ("Please log in again"), text);
}

static void
on_login_restored (OcgTokenKeeper *keeper, const char *profile, OcgLoginNotices *self)
{
  g_autofree char *key = make_key (profile);

  ocg_notifier_withdraw (self->notifier, key);
}

OcgLoginNotices *
ocg_login_notices_new (OcgTokenKeeper *keeper, OcgNotifier *notifier)
{
  OcgLoginNotices *self = g_new0 (OcgLoginNotices, 1);

  self->keeper = keeper;
  self->notifier = notifier;
  g_signal_connect (keeper, "login-needed", G_CALLBACK (on_login_needed), self);
  g_signal_connect (keeper, "login-restored", G_CALLBACK (on_login_restored), self);
  return self;
}

void
ocg_login_notices_free (OcgLoginNotices *self)
{
  g_signal_handlers_disconnect_by_data (self->keeper, self);
  g_free (self);
}
