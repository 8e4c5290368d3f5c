/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-login-page.h"

#include "ocg-browser.h"
#include "ocg-error.h"
#include "ocg-output.h"
#include "ocg-qr.h"
#include "ocg-records.h"

#include <glib/gi18n.h>

struct _OcgLoginPage
{
  OcgDialog *dialog;
  char *url;      /* as it is shown */
  char *full_url; /* with the code in it, if there is one such */
  char *code;
  gint64 expires_at; /* Unix ms; 0: not known */
  char *state;       /* what is told of it; "" at first */
  gboolean has_line; /* the cursor is on the line of the progress */
};

OcgLoginPage *
ocg_login_page_new (OcgDialog *dialog, GVariant *details, GError **error)
{
  g_autoptr (OcgLoginPage) self = g_new0 (OcgLoginPage, 1);
  const char *full = ocg_record_get_string (details, "verification-uri-complete");

  self->dialog = dialog;
  self->url = g_strdup (ocg_record_get_string (details, "verification-uri"));
  self->full_url = g_strdup (*full != '\0' ? full : self->url);
  self->code = g_strdup (ocg_record_get_string (details, "user-code"));
  self->state = g_strdup ("");
  ocg_record_get_integer (details, "expires-at", &self->expires_at);
  if (ocg_browser_accepts (self->url) && ocg_browser_accepts (self->full_url))
    return g_steal_pointer (&self);
  g_set_error_literal (error, OCG_ERROR, OCG_ERROR_PROTOCOL_VIOLATION,
                       _ ("The provider gave no address of a web page to log in at. Try again "
                          "later."));
  return NULL;
}

void
ocg_login_page_free (OcgLoginPage *self)
{
  g_free (self->url);
  g_free (self->full_url);
  g_free (self->code);
  g_free (self->state);
  g_free (self);
}

const char *
ocg_login_page_get_url (OcgLoginPage *self)
{
  return self->full_url;
}

static gboolean
has_escapes (OcgLoginPage *self)
{
  return ocg_dialog_is_terminal (self->dialog) && g_strcmp0 (g_getenv ("TERM"), "dumb") != 0;
}

/* On a line of its own and never broken, so that it can be copied; a link where terminals know
 * them, and the plain address everywhere. */
static void
show_url (OcgLoginPage *self)
{
  g_autofree char *link = has_escapes (self) ? g_strdup_printf (
                              "\033]8;;%s\033\\%s\033]8;;\033\\\n", self->full_url, self->full_url)
                                             : g_strdup_printf ("%s\n", self->full_url);

  ocg_dialog_write (self->dialog, link);
}

void
ocg_login_page_show (OcgLoginPage *self, gboolean has_browser, gboolean can_ask)
{
  ocg_dialog_say (self->dialog, "%s",
                  has_browser ? _ ("Your browser opens this page. If it does not, open it "
                                   "yourself:")
                              : _ ("Open this page in a browser, on any device:"));
  ocg_dialog_write (self->dialog, "\n");
  show_url (self);
  ocg_dialog_write (self->dialog, "\n");
  if (*self->code != '\0')
    /* TRANSLATORS: %s is a code such as TUE3-FXNG, which the user types on a web page. */
    ocg_dialog_say (self->dialog, _ ("If the page asks for a code, enter: %s"), self->code);
  if (can_ask)
    ocg_dialog_say (self->dialog, "%s", _ ("Type q and Enter for a QR code. Ctrl-C cancels."));
}

void
ocg_login_page_show_qr (OcgLoginPage *self)
{
  g_autofree char *lines = ocg_qr_draw (
      self->full_url, has_escapes (self) && ocg_output_has_style (ocg_dialog_get_fd (self->dialog)),
      ocg_dialog_get_columns (self->dialog));

  ocg_login_page_end (self);
  if (lines != NULL)
    ocg_dialog_write (self->dialog, lines);
  else
    ocg_dialog_say (self->dialog, "%s",
                    _ ("This terminal is too narrow for the QR code. Make it wider, or open the "
                       "address."));
}

/* "9:05", or "" when it is not known. */
static char *
format_time_left (OcgLoginPage *self)
{
  gint64 left = (self->expires_at - g_get_real_time () / 1000) / 1000;

  if (self->expires_at <= 0)
    return g_strdup ("");
  left = CLAMP (left, 0, 24 * 60 * 60);
  return g_strdup_printf ("%" G_GINT64_FORMAT ":%02u", left / 60, (guint) (left % 60));
}

static char *
describe (OcgLoginPage *self)
{
  g_autofree char *left = format_time_left (self);
  const char *text = NULL;

  if (g_str_equal (self->state, "storing"))
    return g_strdup (_ ("Storing the login in the keyring…"));
  text = g_str_equal (self->state, "retrying") ? _ ("The provider does not answer; trying again…")
                                               : _ ("Waiting for you to confirm…");
  if (*left == '\0')
    return g_strdup (text);
  /* TRANSLATORS: what is going on, then a time such as 9:05. */
  return g_strdup_printf (_ ("%s %s left"), text, left);
}

void
ocg_login_page_tick (OcgLoginPage *self)
{
  guint columns = ocg_dialog_get_columns (self->dialog);
  g_autofree char *text = NULL;
  g_autoptr (GString) line = NULL;

  if (!has_escapes (self) || columns < 2)
    return;
  text = describe (self);
  line = g_string_new ("\r");
  /* The last column stays free: some terminals begin a new line there. */
  ocg_output_append_cell (line, text, MIN (columns, 200) - 1);
  ocg_dialog_write (self->dialog, line->str);
  self->has_line = TRUE;
}

void
ocg_login_page_set_state (OcgLoginPage *self, const char *state, GVariant *details)
{
  gboolean is_news = !g_str_equal (self->state, state)
                     && !(g_str_equal (state, "slow-down")
                          || (g_str_equal (state, "waiting")
                              && g_str_equal (self->state, "slow-down")));
  g_autofree char *text = NULL;

  ocg_record_get_integer (details, "expires-at", &self->expires_at);
  g_free (self->state);
  self->state = g_strdup (state);
  if (has_escapes (self))
    ocg_login_page_tick (self);
  else if (is_news)
    {
      text = describe (self);
      ocg_dialog_say (self->dialog, "%s", text);
    }
}

void
ocg_login_page_end (OcgLoginPage *self)
{
  g_autoptr (GString) line = g_string_new ("\r");

  if (!self->has_line)
    return;
  ocg_output_append_cell (line, "", MIN (ocg_dialog_get_columns (self->dialog), 200) - 1);
  g_string_append_c (line, '\r');
  ocg_dialog_write (self->dialog, line->str);
  self->has_line = FALSE;
}
