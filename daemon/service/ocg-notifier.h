/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Notifications of the desktop, straight to org.freedesktop.Notifications: the portal refuses a
 * process that cannot be looked into. Nobody waits for them, and without a server there are none. */

#pragma once

#include <gio/gio.h>

typedef struct _OcgNotifier OcgNotifier;

/* Which of them the user wants; see desktop.notifications. */
typedef enum
{
  OCG_NOTICE_LOGIN,
  OCG_NOTICE_QUOTA,
  OCG_NOTICE_FALLBACK,
} OcgNoticeKind;

typedef gboolean (*OcgNoticeWantedFunc) (OcgNoticeKind kind, gpointer user_data);

OcgNotifier *ocg_notifier_new (GDBusConnection *connection, OcgNoticeWantedFunc wanted,
                               gpointer user_data);
void ocg_notifier_free (OcgNotifier *self);

/* Shows @title and @body (plain text, in the language of the session). A later one with the same
 * @key takes the place of the earlier one. */
void ocg_notifier_show (OcgNotifier *self, OcgNoticeKind kind, const char *key, const char *title,
                        const char *body);
/* Takes it away again, when what it said is not so any more. */
void ocg_notifier_withdraw (OcgNotifier *self, const char *key);
