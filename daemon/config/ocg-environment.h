/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The environment variables that count for providers and ${VAR}: the process's own win over what
 * other places add. Immutable. */

#pragma once

#include <json-glib/json-glib.h>

typedef struct _OcgEnvironment OcgEnvironment;

/* @process: "NAME=value" strings, as of g_get_environ(); @added: (nullable) name -> value */
OcgEnvironment *ocg_environment_new (const char *const *process, GHashTable *added);
void ocg_environment_free (OcgEnvironment *self);

/* The value, or NULL when it is not set, empty, or no UTF-8. */
const char *ocg_environment_get (OcgEnvironment *self, const char *name);

/* Replaces ${NAME} (NAME: [A-Z_][A-Z0-9_]*), makes $${NAME} a literal ${NAME}, leaves any other
 * $ alone. NULL when a variable is missing or empty; its name goes to @missing (transfer full). */
char *ocg_environment_expand (OcgEnvironment *self, const char *text, char **missing);

/* The first ${NAME} in @text that ocg_environment_expand() would replace, or NULL.
 * @name: (out) (optional) (transfer full) set when there is one */
const char *ocg_environment_find_reference (const char *text, char **name);

/* Whether @text is one ${NAME} and nothing else. */
gboolean ocg_environment_is_reference (const char *text);

/* Adds the names of all ${NAME} in @node to @names, a set of char* that it owns. */
void ocg_environment_collect_names (JsonNode *node, GHashTable *names);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgEnvironment, ocg_environment_free)
