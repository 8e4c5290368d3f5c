/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What in the entry of a provider works against the user: a server without encryption, a key that
 * everybody can read. */

#include "config.h"

#include "ocg-validator-checks.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

#include "../config/ocg-config-path.h"
#include "../config/ocg-secret-ref.h"
#include "../config/ocg-wipe.h"
#include "ocg-base-url.h"

typedef struct
{
  OcgCatalog *catalog;
  OcgEnvironment *environment; /* (nullable) */
  OcgProblems *problems;
  const char *id;
} Check;

/* The text at @name, expanded; NULL when there is none. */
static char *
get_text (Check *check, JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  g_autofree char *missing = NULL;

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return check->environment != NULL
             ? ocg_environment_expand (check->environment, json_node_get_string (node), &missing)
             : json_node_dup_string (node);
}

/* Addresses that are not routed: RFC 4193, and RFC 6598 which VPNs use. */
static gboolean
is_private_address (GInetAddress *address)
{
  const guint8 *bytes = g_inet_address_to_bytes (address);
  gboolean v6 = g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6;

  return g_inet_address_get_is_loopback (address) || g_inet_address_get_is_site_local (address)
         || g_inet_address_get_is_link_local (address) || (v6 && (bytes[0] & 0xfe) == 0xfc)
         || (!v6 && bytes[0] == 100 && (bytes[1] & 0xc0) == 64);
}

static gboolean
is_private_host (const char *host)
{
  static const char *const domains[]
      = { ".local", ".lan", ".home", ".internal", ".home.arpa", ".localdomain", ".localhost" };
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);
  g_autofree char *lower = g_ascii_strdown (host, -1);

  if (address != NULL)
    return is_private_address (address);
  for (guint i = 0; i < G_N_ELEMENTS (domains); i++)
    if (g_str_has_suffix (lower, domains[i]))
      return TRUE;
  return strchr (lower, '.') == NULL;
}

static void
check_base_url (Check *check, JsonObject *entry, const char *entry_path)
{
  g_autofree char *text = get_text (check, entry, "baseUrl");
  g_autofree char *path = ocg_config_path_join (entry_path, "baseUrl");
  g_autoptr (GUri) uri
      = text != NULL ? g_uri_parse (g_strstrip (text), G_URI_FLAGS_NONE, NULL) : NULL;

  if (uri == NULL || g_ascii_strcasecmp (g_uri_get_scheme (uri), "http") != 0
      || g_uri_get_host (uri) == NULL || is_private_host (g_uri_get_host (uri)))
    return;
  ocg_problems_add (check->problems, OCG_SEVERITY_WARNING, path,
                    _ ("the key and everything that is asked go to this server without "
                       "encryption; write https:// if it has that"),
                    NULL);
}

/* What servers on this machine get, and what OpenClaw writes after a login. */
static gboolean
is_placeholder (const char *id, const char *text)
{
  static const char *const words[]
      = { "lmstudio",   "lm-studio",     "ollama", "ollama-local", "vllm",   "local", "none",
          "no-key",     "not-needed",    "dummy",  "empty",        "x",      "xxx",   "null",
          "no-api-key", "minimax-oauth", "oauth",  "qwen-oauth",   "sk-xxx", "test" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (words[i], text) == 0)
      return TRUE;
  return *text == '\0' || g_ascii_strcasecmp (id, text) == 0 || ocg_secret_ref_is_marker (text);
}

/* @id: (nullable) of the provider that the key is for */
static void
report_plain_key (OcgProblems *problems, const char *path, const char *id)
{
  /* TRANSLATORS: %s is the id of a provider, or PROVIDER for any. */
  g_autofree char *what = g_strdup_printf (
      _ ("a key in plain text: store it in the keyring with “openclawctl models auth paste-token "
         "--provider %s”, and take it away from here"),
      id != NULL ? id : "PROVIDER");

  ocg_problems_add (problems, OCG_SEVERITY_WARNING, path, what, NULL);
}

static void
check_key (Check *check, JsonObject *entry, const char *entry_path)
{
  JsonNode *node = json_object_get_member (entry, "apiKey");
  OcgProvider *provider = ocg_catalog_find_provider (check->catalog, check->id);
  g_autofree char *path = ocg_config_path_join (entry_path, "apiKey");
  g_autofree char *text = NULL;

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_STRING
      || ocg_environment_find_reference (json_node_get_string (node), NULL) != NULL
      || (provider != NULL && provider->local))
    return;
  text = g_strstrip (json_node_dup_string (node));
  if (!is_placeholder (check->id, text))
    report_plain_key (check->problems, path, check->id);
  ocg_wipe_text (g_steal_pointer (&text));
}

void
ocg_validator_check_provider (OcgCatalog *catalog, const char *id, JsonNode *entry,
                              OcgEnvironment *environment, OcgProblems *problems)
{
  Check check = { catalog, environment, problems, id };
  g_autofree char *path = ocg_config_path_join ("models.providers", id);

  if (!JSON_NODE_HOLDS_OBJECT (entry))
    return;
  check_base_url (&check, json_node_get_object (entry), path);
  check_key (&check, json_node_get_object (entry), path);
}

/* The provider that takes its key from a variable, or NULL. */
static OcgProvider *
find_by_variable (OcgCatalog *catalog, const char *name)
{
  GPtrArray *providers = ocg_catalog_get_providers (catalog);

  for (guint i = 0; i < providers->len; i++)
    {
      OcgProvider *provider = g_ptr_array_index (providers, i);

      if (g_strv_contains ((const char *const *) provider->env_keys, name))
        return provider;
    }
  return NULL;
}

/* By the looks: long, without white space, under such a name. */
static gboolean
looks_like_key (const char *name, const char *value)
{
  static const char *const endings[] = { "_KEY", "_TOKEN", "_SECRET" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (name, endings[i]))
      return strlen (value) >= 16 && strpbrk (value, " \t\r\n/\\") == NULL;
  return FALSE;
}

static void
check_variables (OcgCatalog *catalog, JsonNode *block, const char *block_path,
                 OcgProblems *problems)
{
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *node = NULL;

  if (block == NULL || !JSON_NODE_HOLDS_OBJECT (block))
    return;
  json_object_iter_init_ordered (&iter, json_node_get_object (block));
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      const char *value
          = json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : "";
      OcgProvider *provider = find_by_variable (catalog, name);
      g_autofree char *path = ocg_config_path_join (block_path, name);

      if (ocg_environment_find_reference (value, NULL) != NULL
          || is_placeholder (provider != NULL ? provider->id : "", value))
        continue;
      if ((provider != NULL && !provider->local) || looks_like_key (name, value))
        report_plain_key (problems, path, provider != NULL ? provider->id : NULL);
    }
}

void
ocg_validator_check_env (OcgCatalog *catalog, OcgConfigTree *tree, OcgProblems *problems)
{
  JsonNode *root = ocg_config_tree_get_root (tree);
  JsonNode *env = root != NULL && JSON_NODE_HOLDS_OBJECT (root)
                      ? json_object_get_member (json_node_get_object (root), "env")
                      : NULL;

  if (env == NULL || !JSON_NODE_HOLDS_OBJECT (env))
    return;
  check_variables (catalog, env, "env", problems);
  check_variables (catalog, json_object_get_member (json_node_get_object (env), "vars"), "env.vars",
                   problems);
}
