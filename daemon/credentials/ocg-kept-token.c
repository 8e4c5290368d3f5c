/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-kept-token.h"

#include "../login/ocg-login-plan.h"

/* Milliseconds. What has less left is renewed before it is used: the request takes time, too. */
#define SHORT_MS (60 * 1000)
/* A token that lives shorter than that is used as it is, instead of a new one for each request. */
#define FRESH_MS (10 * 1000)
/* How long before its end it is renewed while nobody uses it: a hundredth of its life. */
#define MIN_MARGIN_MS (3 * 1000)
#define MAX_MARGIN_MS (300 * 1000)

OcgKeptToken *
ocg_kept_token_new (const char *profile)
{
  OcgKeptToken *self = g_new0 (OcgKeptToken, 1);

  self->profile = g_strdup (profile);
  return self;
}

void
ocg_kept_token_free (OcgKeptToken *self)
{
  ocg_kept_token_forget_unsaved (self);
  g_free (self->profile);
  g_free (self->region);
  g_free (self->base_url);
  g_free (self->endpoint);
  g_free (self->print);
  g_free (self->spent);
  g_free (self->lost);
  g_free (self->refused);
  g_free (self);
}

char *
ocg_kept_token_print (const OcgLoginToken *token)
{
  return token->refresh != NULL ? g_compute_checksum_for_string (
             G_CHECKSUM_SHA256, ocg_secret_peek (token->refresh), -1)
                                : NULL;
}

static gboolean
replace (char **place, const char *text)
{
  if (g_strcmp0 (*place, text) == 0)
    return FALSE;
  g_free (*place);
  *place = g_strdup (text);
  return TRUE;
}

gboolean
ocg_kept_token_learn (OcgKeptToken *self, const OcgLoginToken *token, gint64 now)
{
  g_autofree char *print = ocg_kept_token_print (token);
  gboolean changed = FALSE;

  if (self->expires != token->expires || token->lifetime > 0)
    self->lifetime = token->lifetime > 0 ? token->lifetime : MAX (token->expires - now, 0);
  self->expires = token->expires;
  changed = (self->print != NULL) != (print != NULL);
  if (replace (&self->print, print))
    self->renewed_at = self->forced_at = 0;
  changed |= replace (&self->region, token->region);
  changed |= replace (&self->base_url, token->base_url);
  changed |= replace (&self->endpoint, token->endpoint);
  if (self->refused != NULL && g_strcmp0 (self->refused, print) != 0)
    changed |= replace (&self->refused, NULL);
  return changed;
}

gboolean
ocg_kept_token_is_stale (const OcgKeptToken *self, const OcgLoginToken *token)
{
  g_autofree char *print = self->spent != NULL ? ocg_kept_token_print (token) : NULL;

  return print != NULL && g_str_equal (print, self->spent);
}

gboolean
ocg_kept_token_learn_next (OcgKeptToken *self, const OcgLoginToken *token,
                           const OcgLoginToken *old, gint64 now)
{
  gboolean changed = ocg_kept_token_learn (self, token, now);

  g_free (self->spent);
  self->spent = ocg_kept_token_print (old);
  if (g_strcmp0 (self->spent, self->print) == 0)
    g_clear_pointer (&self->spent, g_free);
  return changed;
}

void
ocg_kept_token_keep_unsaved (OcgKeptToken *self, const OcgLoginToken *token,
                             const OcgLoginToken *old, const char *origin)
{
  ocg_kept_token_forget_unsaved (self);
  self->unsaved = ocg_login_token_copy (token);
  self->unsaved_print = ocg_kept_token_print (old);
  self->unsaved_origin = g_strdup (origin);
}

gboolean
ocg_kept_token_has_good_unsaved (const OcgKeptToken *self, gint64 now)
{
  return self->unsaved != NULL && (self->unsaved->expires == 0 || self->unsaved->expires > now);
}

void
ocg_kept_token_forget_unsaved (OcgKeptToken *self)
{
  g_clear_pointer (&self->unsaved, ocg_login_token_free);
  g_clear_pointer (&self->unsaved_print, g_free);
  g_clear_pointer (&self->unsaved_origin, g_free);
}

gboolean
ocg_kept_token_is_renewable (const OcgKeptToken *self, OcgProvider *provider)
{
  g_autoptr (OcgLoginPlan) plan = NULL;

  if (self->print == NULL || self->refused != NULL || provider == NULL)
    return FALSE;
  plan = ocg_login_plan_new (provider, self->region);
  return plan != NULL;
}

gboolean
ocg_kept_token_has_ended (const OcgKeptToken *self, gint64 now)
{
  return self->expires > 0 && self->expires <= now;
}

static gboolean
is_lately (gint64 time, gint64 now)
{
  return time > 0 && now >= time && now - time < FRESH_MS;
}

gboolean
ocg_kept_token_was_forced_lately (const OcgKeptToken *self, gint64 now)
{
  return is_lately (self->forced_at, now);
}

gboolean
ocg_kept_token_is_short (const OcgKeptToken *self, gint64 now)
{
  return self->expires > 0 && self->expires - now < SHORT_MS
         && !(is_lately (self->renewed_at, now) && !ocg_kept_token_has_ended (self, now));
}

gint64
ocg_kept_token_get_due_time (const OcgKeptToken *self)
{
  gint64 margin = CLAMP (self->lifetime / 100, MIN_MARGIN_MS, MAX_MARGIN_MS);

  return MAX (self->expires - margin, self->renewed_at > 0 ? self->renewed_at + FRESH_MS : 0);
}
