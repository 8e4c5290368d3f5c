/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What the configuration says for the keys that are ours, in C types: the user's openclaw.json upon
 * the administrator's, what stands beside them, and desktop.json. Immutable; a request keeps the
 * one it started with. */

#pragma once

#include <json-glib/json-glib.h>

#include "ocg-config-files.h"
#include "ocg-desktop.h"
#include "ocg-environment.h"
#include "ocg-problem.h"
#include "ocg-provider-layer.h"

/* One entry of agents.defaults.models. */
typedef struct
{
  char *ref;          /* as written, "provider/id" */
  char *alias;        /* (nullable) */
  JsonObject *params; /* (nullable) as ocg_model_params_read() */
  OcgConfigTree *tree; /* (owned) the file that has set the alias, for places of problems */
} OcgModelEntry;

/* auth.cooldowns, in hours. */
typedef struct
{
  double billing_backoff; /* 5 */
  double billing_max;     /* 24 */
  double failure_window;  /* 24 */
  GHashTable *billing_backoff_by_provider; /* id, lower case -> double */
} OcgCooldowns;

typedef struct
{
  int ref_count;

  char *primary;        /* (nullable) agents.defaults.model(.primary), a reference or alias */
  GStrv fallbacks;      /* never NULL */
  char *image_primary;  /* (nullable) */
  GStrv image_fallbacks;
  gboolean has_allowlist;   /* agents.defaults.models is present */
  GPtrArray *model_entries; /* of OcgModelEntry, in file order, the administrator's first */
  guint timeout_seconds;    /* agents.defaults.timeoutSeconds; 0: not set */
  char *thinking_default;   /* (nullable) */

  gboolean replace;  /* models.mode is "replace" */
  GPtrArray *layers; /* of OcgProviderLayer, later ones win. A string that names a missing variable
                        is not expanded */
  JsonObject *auth_order;    /* auth.order; never NULL */
  JsonObject *auth_profiles; /* auth.profiles; never NULL */
  OcgCooldowns cooldowns;
  GHashTable *plugins; /* id -> gboolean, of those whose plugins.entries.ID.enabled is set */

  OcgEnvironment *environment; /* process, .env, env block, login shell */
  gboolean shell_env_enabled;  /* env.shellEnv: whether the login shell is to be asked */
  guint shell_env_timeout_ms;  /* 15000 at most */

  OcgDesktop *desktop; /* never NULL */
} OcgSettings;

typedef struct
{
  OcgConfigFiles *files;      /* (nullable) none of them */
  const char *const *process; /* "NAME=value", as of g_get_environ() */
  const char *const *shell;   /* (nullable) the same, of the login shell */
  GHashTable *places; /* (nullable) id of a provider -> the base URL that its login or key is for */
} OcgSettingsSources;

/* Takes what is ours out of the files; entries that are wrong are left out and described in
 * @problems. Trees that are not valid count as empty and are not described. */
OcgSettings *ocg_settings_new (const OcgSettingsSources *sources, OcgProblems *problems);
OcgSettings *ocg_settings_ref (OcgSettings *self);
void ocg_settings_unref (OcgSettings *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgSettings, ocg_settings_unref)
