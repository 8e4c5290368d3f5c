/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-desktop.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "ocg-config-path.h"
#include "ocg-replace.h"
#include "ocg-settings-reader.h"

#define PROVIDERS "desktop.providers"
#define BUDGETS "desktop.budgets"
#define KEEP_LEDGER_DAYS 400

static void
provider_free (gpointer data)
{
  OcgDesktopProvider *self = data;

  g_free (self->name);
  g_free (self->family);
  g_free (self->class);
  g_free (self->ca_file);
  g_free (self);
}

static OcgDesktop *
desktop_alloc (void)
{
  static const OcgLimits none = { -1, -1, -1 };
  OcgDesktop *self = g_new0 (OcgDesktop, 1);

  self->providers = g_ptr_array_new_with_free_func (provider_free);
  self->app_budgets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->total = self->each_app = (OcgBudget){ none, none };
  self->notify = self->notify_login = self->notify_quota = self->notify_fallback = TRUE;
  self->keeps_ledger = TRUE;
  self->keep_ledger_days = KEEP_LEDGER_DAYS;
  return self;
}

void
ocg_desktop_free (OcgDesktop *self)
{
  g_ptr_array_unref (self->providers);
  g_hash_table_unref (self->app_budgets);
  g_free (self->search_model);
  g_free (self);
}

const char *const *
ocg_desktop_get_families (void)
{
  static const char *const families[] = { "minimax", "anthropic", "openai", NULL };

  return families;
}

static void
set_string (char **place, const char *value)
{
  if (value != NULL)
    ocg_replace_string (place, g_strdup (value));
}

static void
read_count (OcgSettingsReader *reader, JsonObject *parent, const char *path, const char *name,
            const OcgNumberRule *rule, guint *count)
{
  double value = 0;

  if (ocg_settings_reader_get_number (reader, parent, path, name, rule, &value))
    *count = (guint) value;
}

static void
read_timeouts (OcgSettingsReader *reader, JsonObject *entry, const char *entry_path,
               OcgDesktopProvider *out)
{
  static const OcgNumberRule rule
      = { 1, 86400000, FALSE, TRUE,
          N_ ("this must be a whole number of milliseconds from 1 to 86400000") };
  JsonObject *timeouts = ocg_settings_reader_get_object (reader, entry, entry_path, "timeouts");
  g_autofree char *path = ocg_config_path_join (entry_path, "timeouts");

  read_count (reader, timeouts, path, "connectMs", &rule, &out->connect_ms);
  read_count (reader, timeouts, path, "headersMs", &rule, &out->headers_ms);
  read_count (reader, timeouts, path, "firstEventMs", &rule, &out->first_event_ms);
  read_count (reader, timeouts, path, "idleMs", &rule, &out->idle_ms);
  read_count (reader, timeouts, path, "totalMs", &rule, &out->total_ms);
}

static void
read_ca_file (OcgSettingsReader *reader, JsonObject *entry, const char *entry_path,
              OcgDesktopProvider *out)
{
  g_autofree char *text = ocg_settings_reader_get_string (reader, entry, entry_path, "caFile");
  g_autofree char *path = ocg_config_path_join (entry_path, "caFile");
  g_autofree char *beneath_home = NULL;

  if (text == NULL)
    return;
  if (g_str_has_prefix (text, "~/"))
    {
      beneath_home = g_build_filename (g_get_home_dir (), text + 2, NULL);
      set_string (&out->ca_file, beneath_home);
    }
  else if (g_path_is_absolute (text))
    set_string (&out->ca_file, text);
  else
    ocg_settings_reader_fail (reader, path,
                              _ ("this must be the path of a file that begins with “/” or “~/”"));
}

static void
read_family (OcgSettingsReader *reader, JsonObject *entry, const char *path,
             OcgDesktopProvider *out)
{
  g_autofree char *names = g_strjoinv (", ", (GStrv) ocg_desktop_get_families ());
  /* TRANSLATORS: %s is a list of names that are not translated */
  g_autofree char *wanted = g_strdup_printf (_ ("this must be one of %s"), names);

  set_string (&out->family,
                  ocg_settings_reader_get_choice (reader, entry, path, "family",
                                                  ocg_desktop_get_families (), wanted));
}

static void
read_provider (OcgSettingsReader *reader, JsonObject *entry, const char *path,
               OcgDesktopProvider *out)
{
  static const char *const classes[] = { "local", "cn", "global", NULL };
  static const OcgNumberRule rule
      = { 1, 1024, FALSE, TRUE, N_ ("this must be a whole number from 1 to 1024") };

  read_timeouts (reader, entry, path, out);
  read_family (reader, entry, path, out);
  set_string (&out->class, ocg_settings_reader_get_choice (
                                   reader, entry, path, "class", classes,
                                   _ ("this must be one of local, cn, global")));
  read_ca_file (reader, entry, path, out);
  read_count (reader, entry, path, "maxConcurrent", &rule, &out->max_concurrent);
}

/* Made when there is none. @names: name -> provider */
static OcgDesktopProvider *
find_provider (OcgDesktop *out, GHashTable *names, const char *written)
{
  g_autofree char *name = g_ascii_strdown (written, -1);
  OcgDesktopProvider *provider = g_hash_table_lookup (names, name);

  if (provider != NULL)
    return provider;
  provider = g_new0 (OcgDesktopProvider, 1);
  provider->name = g_steal_pointer (&name);
  g_ptr_array_add (out->providers, provider);
  g_hash_table_insert (names, provider->name, provider);
  return provider;
}

static void
read_providers (OcgDesktop *out, OcgSettingsReader *reader, JsonObject *root)
{
  JsonObject *providers = ocg_settings_reader_get_object (reader, root, "desktop", "providers");
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  JsonObjectIter iter;
  const char *name = NULL;

  if (providers == NULL)
    return;
  for (guint i = 0; i < out->providers->len; i++)
    {
      OcgDesktopProvider *provider = g_ptr_array_index (out->providers, i);

      g_hash_table_insert (names, provider->name, provider);
    }
  json_object_iter_init_ordered (&iter, providers);
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    {
      g_autofree char *path = ocg_config_path_join (PROVIDERS, name);
      JsonObject *entry = ocg_settings_reader_get_object (reader, providers, PROVIDERS, name);

      if (entry != NULL)
        read_provider (reader, entry, path, find_provider (out, names, name));
    }
}

static void
read_fallback (OcgDesktop *out, OcgSettingsReader *reader, JsonObject *root)
{
  static const char *const withins[] = { [OCG_WITHIN_ANY] = "any",
                                         [OCG_WITHIN_REGION] = "region",
                                         [OCG_WITHIN_LOCAL] = "local",
                                         NULL };
  JsonObject *fallback = ocg_settings_reader_get_object (reader, root, "desktop", "fallback");
  JsonNode *allow = fallback != NULL ? json_object_get_member (fallback, "allow") : NULL;
  const char *path = "desktop.fallback";
  g_auto (GStrv) names = ocg_settings_reader_take_strings (reader, allow, "desktop.fallback.allow");
  const char *within
      = ocg_settings_reader_get_choice (reader, fallback, path, "within", withins,
                                        _ ("this must be one of local, region, any"));

  if (names != NULL)
    out->allow_remote = g_strv_contains ((const char *const *) names, "remote");
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    if (!g_str_equal (names[i], "remote"))
      ocg_problems_add (reader->problems, OCG_SEVERITY_ERROR, "desktop.fallback.allow",
                        _ ("this list may hold “remote” and nothing else"), "remote");
  for (guint i = 0; within != NULL && withins[i] != NULL; i++)
    if (g_str_equal (withins[i], within))
      out->within = (OcgWithin) i;
}

static void
read_limits (OcgSettingsReader *reader, JsonObject *budget, const char *budget_path,
             const char *name, OcgLimits *out)
{
  static const OcgNumberRule rule
      = { 0, 1e15, FALSE, FALSE, N_ ("this must be a number, 0 or more") };
  JsonObject *limits = ocg_settings_reader_get_object (reader, budget, budget_path, name);
  g_autofree char *path = ocg_config_path_join (budget_path, name);

  ocg_settings_reader_get_number (reader, limits, path, "requests", &rule, &out->requests);
  ocg_settings_reader_get_number (reader, limits, path, "tokens", &rule, &out->tokens);
  ocg_settings_reader_get_number (reader, limits, path, "cost", &rule, &out->cost);
}

static void
read_budget (OcgSettingsReader *reader, JsonObject *parent, const char *parent_path,
             const char *name, OcgBudget *out)
{
  JsonObject *budget = ocg_settings_reader_get_object (reader, parent, parent_path, name);
  g_autofree char *path = ocg_config_path_join (parent_path, name);

  read_limits (reader, budget, path, "day", &out->day);
  read_limits (reader, budget, path, "month", &out->month);
}

static void
read_budgets (OcgDesktop *out, OcgSettingsReader *reader, JsonObject *root)
{
  JsonObject *budgets = ocg_settings_reader_get_object (reader, root, "desktop", "budgets");
  JsonObject *apps = ocg_settings_reader_get_object (reader, budgets, BUDGETS, "apps");
  JsonObjectIter iter;
  const char *id = NULL;

  read_budget (reader, budgets, BUDGETS, "total", &out->total);
  read_budget (reader, budgets, BUDGETS, "app", &out->each_app);
  if (apps == NULL)
    return;
  json_object_iter_init_ordered (&iter, apps);
  while (json_object_iter_next_ordered (&iter, &id, NULL))
    {
      OcgBudget *budget = g_hash_table_lookup (out->app_budgets, id);

      if (budget == NULL)
        {
          budget = g_new (OcgBudget, 1);
          *budget = (OcgBudget){ { -1, -1, -1 }, { -1, -1, -1 } };
          g_hash_table_insert (out->app_budgets, g_strdup (id), budget);
        }
      read_budget (reader, apps, BUDGETS ".apps", id, budget);
    }
}

static void
read_switches (OcgDesktop *out, OcgSettingsReader *reader, JsonObject *root)
{
  static const OcgNumberRule days
      = { 1, 3650, FALSE, TRUE, N_ ("this must be a whole number of days from 1 to 3650") };
  JsonObject *notifications
      = ocg_settings_reader_get_object (reader, root, "desktop", "notifications");
  JsonObject *ledger = ocg_settings_reader_get_object (reader, root, "desktop", "ledger");
  JsonObject *search = ocg_settings_reader_get_object (reader, root, "desktop", "search");
  const char *path = "desktop.notifications";
  g_autofree char *model
      = ocg_settings_reader_get_string (reader, search, "desktop.search", "model");

  ocg_settings_reader_get_boolean (reader, notifications, path, "enabled", &out->notify);
  ocg_settings_reader_get_boolean (reader, notifications, path, "login", &out->notify_login);
  ocg_settings_reader_get_boolean (reader, notifications, path, "quota", &out->notify_quota);
  ocg_settings_reader_get_boolean (reader, notifications, path, "fallback", &out->notify_fallback);
  ocg_settings_reader_get_boolean (reader, ledger, "desktop.ledger", "enabled",
                                   &out->keeps_ledger);
  read_count (reader, ledger, "desktop.ledger", "keepDays", &days, &out->keep_ledger_days);
  ocg_settings_reader_get_boolean (reader, search, "desktop.search", "enabled",
                                   &out->search_enabled);
  set_string (&out->search_model, model);
}

static void
read_tree (OcgDesktop *out, OcgConfigTree *tree, OcgProblems *problems)
{
  OcgSettingsReader reader = { NULL, problems, tree };
  JsonNode *root = tree != NULL ? ocg_config_tree_get_root (tree) : NULL;
  JsonObject *object
      = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;

  ocg_problems_set_source (problems, tree);
  read_providers (out, &reader, object);
  read_fallback (out, &reader, object);
  read_budgets (out, &reader, object);
  read_switches (out, &reader, object);
}

OcgDesktop *
ocg_desktop_new (OcgConfigTree *user, OcgConfigTree *admin, OcgProblems *problems)
{
  OcgDesktop *self = desktop_alloc ();

  read_tree (self, admin, problems);
  read_tree (self, user, problems);
  return self;
}
