/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The ways to get a credential, as ListAuthChoices() tells them: what the user may choose from. */

#pragma once

#include "ocg-client.h"

/* aa{sv} (transfer full) */
GVariant *ocg_auth_choices_list (OcgClient *client, GError **error);
/* The choice that @word names, itself or by one of its aliases. Errors: OCG_ERROR_INVALID_ARGS with
 * the nearest and all others, OCG_ERROR_NOT_SUPPORTED for one that only OpenClaw has. */
GVariant *ocg_auth_choices_find (GVariant *choices, const char *word, GError **error);
/* (nullable) (transfer full) the first of @provider with @method (nullable: any). */
GVariant *
ocg_auth_choices_find_provider (GVariant *choices, const char *provider, const char *method);

gboolean ocg_auth_choice_is_login (GVariant *choice);
gboolean ocg_auth_choice_is_token (GVariant *choice);
/* A server of the user's, which needs no key. */
gboolean ocg_auth_choice_is_local (GVariant *choice);
/* Error: OCG_ERROR_NOT_SUPPORTED, and the command that turns the plugin on. */
gboolean ocg_auth_choice_check_plugin (GVariant *choice, GError **error);
/* The model that becomes the default when there is none; "" is none. @word: what was typed. */
char *ocg_auth_choice_suggest_model (GVariant *choice, const char *word);

/* aa{sv} {id, name, base-url}, or NULL when there is but one place. (transfer full) */
GVariant *ocg_auth_choice_get_regions (GVariant *choice);
/* Error: OCG_ERROR_INVALID_ARGS. (transfer full) */
GVariant *ocg_auth_choice_find_region (GVariant *choice, const char *id, GError **error);
/* "Global - international users, api.minimax.io" */
char *ocg_auth_choice_describe_region (GVariant *region);
