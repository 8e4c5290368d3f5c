/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-setup-steps.h"

#include "ocg-auth-store.h"
#include "ocg-browser.h"
#include "ocg-error.h"
#include "ocg-hint.h"
#include "ocg-login.h"
#include "ocg-output.h"
#include "ocg-records.h"

#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

static const char *
get_kind (OcgSetup *self)
{
  return ocg_auth_choice_is_token (self->choice) ? "token" : "api_key";
}

/* Where to get the key, and what may be pasted. */
static char *
explain (OcgSetup *self)
{
  const char *name = ocg_record_get_string (self->choice, "provider-name");
  const char *of_region
      = self->region != NULL ? ocg_record_get_string (self->region, "keys-url") : "";
  const char *url
      = *of_region != '\0' ? of_region : ocg_record_get_string (self->choice, "keys-url");

  name = *name != '\0' ? name : ocg_setup_get_provider (self);
  if (ocg_auth_choice_is_token (self->choice))
    {
      ocg_dialog_say (self->dialog, "\n%s",
                      _ ("A setup token lets the gateway use a Claude subscription. To get one, "
                         "run this in another terminal, log in there, and copy what it prints:"));
      ocg_dialog_show (self->dialog, "  claude setup-token");
      return g_strdup (_ ("Setup token (it is not shown): "));
    }
  if (*url != '\0')
    {
      /* TRANSLATORS: %s is a provider; an address follows on the next line. */
      ocg_dialog_say (self->dialog, _ ("\nKeys of %s are made here:"), name);
      ocg_dialog_show (self->dialog, url);
    }
  /* TRANSLATORS: a prompt on the terminal; %s is a provider such as minimax. */
  return g_strdup_printf (_ ("API key for %s (it is not shown): "), name);
}

static OcgSecretInput *
read_from_env (OcgSetup *self, GError **error)
{
  const char *named = ocg_cli_get (self->cli, "from-env");
  const char *known = ocg_record_get_string (self->choice, "env");
  g_autofree char *usual = *known != '\0'
                               ? g_strdup (known)
                               : ocg_hint_get_key_variable (ocg_setup_get_provider (self));
  gboolean is_usual = *named == '\0' || g_str_equal (named, usual);

  return ocg_secret_input_new_from_env (is_usual ? usual : named, is_usual, error);
}

static OcgSecretInput *
read_key (OcgSetup *self, GError **error)
{
  g_autofree char *prompt = NULL;

  if (ocg_cli_get (self->cli, "from-env") != NULL)
    return read_from_env (self, error);
  if (!self->is_interactive && ocg_output_is_terminal (STDIN_FILENO))
    {
      g_set_error_literal (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                           _ ("With --non-interactive the key comes from standard input or, with "
                              "--from-env, from the environment. Nothing has been changed."));
      return NULL;
    }
  if (!self->is_interactive)
    return ocg_secret_input_read ("", error);
  prompt = explain (self);
  return ocg_dialog_ask_secret (self->dialog, prompt, error);
}

typedef enum
{
  NEXT_GO_ON,
  NEXT_ASK_AGAIN,
  NEXT_FAIL, /* with the error set */
} Next;

/* A key for another place than the one it was checked for. */
static Next
offer_region (OcgSetup *self, GVariant *result, GError **error)
{
  const char *id = ocg_record_get_string (result, "region");
  g_autoptr (GVariant) region = ocg_auth_choice_find_region (self->choice, id, NULL);
  g_autofree char *name = region != NULL ? ocg_auth_choice_describe_region (region) : NULL;
  gboolean yes = FALSE;

  if (region == NULL || !self->is_interactive)
    {
      g_set_error (error, OCG_ERROR, OCG_ERROR_CREDENTIAL_REJECTED,
                   _ ("This key is for another region. Nothing has been changed. Try again with: "
                      "--region %s"),
                   id);
      return NEXT_FAIL;
    }
  /* TRANSLATORS: %s is a region. */
  ocg_dialog_say (self->dialog, _ ("This key is good in another region: %s."), name);
  if (!ocg_dialog_confirm (self->dialog, _ ("Use that region?"), TRUE, &yes, error))
    return NEXT_FAIL;
  if (!yes)
    return NEXT_ASK_AGAIN;
  g_clear_pointer (&self->region, g_variant_unref);
  self->region = g_steal_pointer (&region);
  self->check = "ok";
  return NEXT_GO_ON;
}

static Next
refuse (OcgSetup *self, const char *message, GError **error)
{
  if (*message == '\0')
    message = _ ("The provider refuses this key.");
  if (self->is_interactive && ocg_cli_get (self->cli, "from-env") == NULL)
    {
      ocg_dialog_say (self->dialog, "%s", message);
      return NEXT_ASK_AGAIN;
    }
  g_set_error (error, OCG_ERROR, OCG_ERROR_CREDENTIAL_REJECTED, C_ ("two sentences", "%s %s"),
               message, _ ("Nothing has been changed."));
  return NEXT_FAIL;
}

/* The key is kept: what could not be asked is no refusal. */
static Next
keep_unchecked (OcgSetup *self, const char *message)
{
  g_autofree char *text = g_strdup_printf (
      /* TRANSLATORS: %s is the reason, a sentence. */
      _ ("The key could not be checked, and is kept all the same: %s"), message);

  self->check = "unknown";
  ocg_output_complain (text);
  return NEXT_GO_ON;
}

static gboolean
is_no_refusal (const GError *error)
{
  return g_error_matches (error, OCG_ERROR, OCG_ERROR_NOT_SUPPORTED)
         || g_error_matches (error, OCG_ERROR, OCG_ERROR_NETWORK)
         || g_error_matches (error, OCG_ERROR, OCG_ERROR_TLS)
         || g_error_matches (error, OCG_ERROR, OCG_ERROR_TIMEOUT);
}

static Next
try_key (OcgSetup *self, GError **error)
{
  const char *region = ocg_setup_get_region_id (self);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GVariant) result = NULL;
  const char *state = NULL;

  ocg_dialog_say (self->dialog, "%s", _ ("Checking the key…"));
  result = ocg_auth_try (self->cli->client, self->profile, get_kind (self), self->secret,
                         *region != '\0' ? region : NULL, &local_error);
  if (result == NULL && is_no_refusal (local_error))
    {
      g_dbus_error_strip_remote_error (local_error);
      return keep_unchecked (self, local_error->message);
    }
  if (result == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NEXT_FAIL;
    }
  state = ocg_record_get_string (result, "state");
  if (ocg_record_get_boolean (result, "other-region", FALSE))
    return offer_region (self, result, error);
  if (g_str_equal (state, "rejected") || g_str_equal (state, "expired"))
    return refuse (self, ocg_record_get_string (result, "message"), error);
  if (!g_str_equal (state, "ok"))
    return keep_unchecked (self, ocg_record_get_string (result, "message"));
  self->check = "ok";
  ocg_dialog_say (self->dialog, "%s", _ ("The provider takes it."));
  return NEXT_GO_ON;
}

static gboolean
take_secret (OcgSetup *self, GError **error)
{
  Next next = NEXT_ASK_AGAIN;

  while (next == NEXT_ASK_AGAIN)
    {
      g_clear_pointer (&self->secret, ocg_secret_input_free);
      self->secret = read_key (self, error);
      if (self->secret == NULL)
        return FALSE;
      self->check = "skipped";
      next = ocg_cli_has (self->cli, "skip-check") ? NEXT_GO_ON : try_key (self, error);
    }
  return next == NEXT_GO_ON;
}

/* The gateway stores the login as soon as there is one; what comes after it can still be
 * cancelled. */
static gboolean
log_in (OcgSetup *self, GError **error)
{
  const char *region = ocg_setup_get_region_id (self);
  OcgLoginOptions options = {
    .method = ocg_record_get_string (self->choice, "login"),
    .provider = ocg_setup_get_provider (self),
    .region = *region != '\0' ? region : NULL,
    .name = strchr (self->profile, ':') + 1,
    /* The default is written at the end, with all else. */
    .set_default = FALSE,
    .shows_qr = ocg_cli_has (self->cli, "qr"),
    .opens_browser = !ocg_cli_has (self->cli, "no-browser")
                     && ocg_dialog_is_terminal (self->dialog),
  };
  g_autoptr (GVariant) details = ocg_login_run (self->cli->client, self->dialog, &options, error);

  if (details == NULL)
    return FALSE;
  self->is_logged_in = TRUE;
  ocg_dialog_say (self->dialog, "%s", _ ("You are logged in."));
  ocg_login_report (self->dialog, details);
  return TRUE;
}

/* A server of the user's: where it is. */
static gboolean
take_address (OcgSetup *self, GError **error)
{
  const char *usual = ocg_record_get_string (self->choice, "base-url");

  self->base_url = g_strdup (usual);
  while (self->is_interactive)
    {
      g_free (self->base_url);
      self->base_url = ocg_dialog_ask (self->dialog, _ ("Address of the server"), usual, error);
      if (self->base_url == NULL)
        return FALSE;
      if (ocg_browser_accepts (self->base_url))
        break;
      ocg_dialog_say (self->dialog,
                      _ ("Type an address that begins with http:// or https://, such as %s"),
                      usual);
    }
  return TRUE;
}

gboolean
ocg_setup_take_key (OcgSetup *self, GError **error)
{
  g_autofree char *provider = NULL;

  if (ocg_auth_choice_is_local (self->choice))
    return take_address (self, error);
  self->profile = ocg_auth_get_profile (self->cli, ocg_setup_get_provider (self), &provider, error);
  if (self->profile == NULL)
    return FALSE;
  return ocg_auth_choice_is_login (self->choice) ? log_in (self, error) : take_secret (self, error);
}
