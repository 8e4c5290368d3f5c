/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What a user sees of a login: where to go, which code to enter, and how much time is left. */

#pragma once

#include "ocg-dialog.h"

typedef struct _OcgLoginPage OcgLoginPage;

/* @details: of BeginLogin(). Error: OCG_ERROR_PROTOCOL_VIOLATION, when there is no address that
 * could be opened. */
OcgLoginPage *ocg_login_page_new (OcgDialog *dialog, GVariant *details, GError **error);
void ocg_login_page_free (OcgLoginPage *self);

/* The address with the code in it, if the provider has one. */
const char *ocg_login_page_get_url (OcgLoginPage *self);

void ocg_login_page_show (OcgLoginPage *self, gboolean has_browser, gboolean can_ask);
void ocg_login_page_show_qr (OcgLoginPage *self);
/* @state and @details: of Progress(). */
void ocg_login_page_set_state (OcgLoginPage *self, const char *state, GVariant *details);
/* Writes the line of the progress anew; to be called once a second. */
void ocg_login_page_tick (OcgLoginPage *self);
/* Takes that line away. */
void ocg_login_page_end (OcgLoginPage *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgLoginPage, ocg_login_page_free)
