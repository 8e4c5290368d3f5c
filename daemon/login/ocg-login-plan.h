/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* How to log in to one region of a provider: "login" and "regions" of its data (see
 * data/providers.schema.json) in C types. Pure. Immutable, reference counted. */

#pragma once

#include "../catalog/ocg-provider.h"

typedef enum
{
  OCG_LOGIN_RFC8628,
  OCG_LOGIN_MINIMAX,
} OcgLoginDialect;

typedef struct
{
  int ref_count;

  char *id;       /* the method, such as minimax-portal */
  char *provider; /* its id */
  char *plugin;   /* (nullable) the entry of plugins.entries that enables it */
  char *region;   /* (nullable) when the provider has one place only */
  OcgLoginDialect dialect;
  char *client_id, *scope, *grant_type;
  gboolean pkce, state;
  guint interval_ms; /* between two questions, at least; 0: as the dialect has it */
  char *code_url, *token_url;
  char *legacy_code_url, *legacy_token_url; /* (nullable) */
  GHashTable *verification_hosts;           /* (nullable) host -> the one to take instead */
  char *base_url; /* where requests of this region go */
  GStrv origins;  /* of this region: the only ones that anything is sent to */
  GStrv trusted;  /* those of them that count as one for a token, of files that are trusted */
} OcgLoginPlan;

/* Whether the provider has a login. */
gboolean ocg_login_plan_exists (OcgProvider *provider);
/* @region: (nullable) NULL is the only one. NULL when there is no such region, it has to be said and
 * was not, or its addresses are not safe. */
OcgLoginPlan *ocg_login_plan_new (OcgProvider *provider, const char *region);
OcgLoginPlan *ocg_login_plan_ref (OcgLoginPlan *self);
void ocg_login_plan_unref (OcgLoginPlan *self);
/* Ids of its regions, in the order of the data. (transfer full) never NULL */
GStrv ocg_login_plan_list_regions (OcgProvider *provider);

/* Whether @url is at one of its origins, over https (or on a loopback address when they are). */
gboolean ocg_login_plan_accepts_url (OcgLoginPlan *self, const char *url);
/* Whether a token that @endpoint (an origin; NULL: not known) gave may go to @url. */
gboolean ocg_login_plan_may_have (OcgLoginPlan *self, const char *endpoint, const char *url);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgLoginPlan, ocg_login_plan_unref)
