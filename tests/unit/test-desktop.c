/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* desktop.json: what is taken, what is refused, and whose member wins. */

#include <gio/gio.h>
#include <locale.h>

#include "config-fixture.h"

typedef struct
{
  OcgDesktop *d;
  OcgProblems *problems;
} Fixture;

static void
fixture_clear (Fixture *fixture)
{
  ocg_desktop_free (fixture->d);
  ocg_problems_free (fixture->problems);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

/* @admin: (nullable) */
static Fixture
read_two (const char *user, const char *admin)
{
  g_autoptr (OcgConfigTree) user_tree
      = config_fixture_tree ("/nowhere/desktop.json", "desktop", user);
  g_autoptr (OcgConfigTree) admin_tree
      = config_fixture_tree ("/nowhere/admin/desktop.json", "desktop", admin);
  Fixture fixture = { NULL, ocg_problems_new () };

  fixture.d = ocg_desktop_new (user_tree, admin_tree, fixture.problems);
  ocg_problems_set_source (fixture.problems, NULL);
  return fixture;
}

static void
assert_list (Fixture *fixture, const char *wanted)
{
  g_autofree char *list = config_fixture_list_problems (fixture->problems);

  g_assert_cmpstr (list, ==, wanted);
}

static void
test_defaults (void)
{
  g_auto (Fixture) f = read_two (NULL, NULL);

  assert_list (&f, "");
  g_assert_false (f.d->allow_remote);
  g_assert_cmpint (f.d->within, ==, OCG_WITHIN_ANY);
  g_assert_cmpfloat (f.d->total.day.cost, <, 0);
  g_assert_cmpfloat (f.d->each_app.month.requests, <, 0);
  g_assert_true (f.d->notify && f.d->notify_login && f.d->notify_quota && f.d->notify_fallback);
  g_assert_true (f.d->keeps_ledger);
  g_assert_cmpuint (f.d->keep_ledger_days, ==, 400);
  g_assert_false (f.d->search_enabled);
  g_assert_null (f.d->search_model);
  g_assert_cmpuint (f.d->providers->len, ==, 0);
}

static const OcgDesktopProvider *
find_provider (const Fixture *f, const char *name)
{
  for (guint i = 0; i < f->d->providers->len; i++)
    {
      const OcgDesktopProvider *provider = g_ptr_array_index (f->d->providers, i);

      if (g_str_equal (provider->name, name))
        return provider;
    }
  return NULL;
}

static void
test_providers (void)
{
  g_auto (Fixture) f = read_two (
      "{providers: {'Z.ai': {timeouts: {connectMs: 1, headersMs: 2, firstEventMs: 3, idleMs: 4,"
      "   totalMs: 86400000}, family: 'minimax', class: 'cn', caFile: '/etc/ca.pem',"
      "   maxConcurrent: 1024}, home: {caFile: '~/ca.pem'}}}",
      NULL);
  const OcgDesktopProvider *zai = find_provider (&f, "z.ai");
  g_autofree char *ca = g_build_filename (g_get_home_dir (), "ca.pem", NULL);

  assert_list (&f, "");
  g_assert_cmpuint (f.d->providers->len, ==, 2);
  g_assert_nonnull (zai);
  g_assert_cmpuint (zai->connect_ms, ==, 1);
  g_assert_cmpuint (zai->headers_ms, ==, 2);
  g_assert_cmpuint (zai->first_event_ms, ==, 3);
  g_assert_cmpuint (zai->idle_ms, ==, 4);
  g_assert_cmpuint (zai->total_ms, ==, 86400000);
  g_assert_cmpstr (zai->family, ==, "minimax");
  g_assert_cmpstr (zai->class, ==, "cn");
  g_assert_cmpstr (zai->ca_file, ==, "/etc/ca.pem");
  g_assert_cmpuint (zai->max_concurrent, ==, 1024);
  g_assert_cmpstr (find_provider (&f, "home")->ca_file, ==, ca);
}

static void
test_rest (void)
{
  g_auto (Fixture) f = read_two (
      "{fallback: {allow: ['remote'], within: 'region'},"
      " budgets: {total: {day: {requests: 10, tokens: 1e6, cost: 0.5}, month: {cost: 0}},"
      "   app: {month: {tokens: 7}}, apps: {'org.gnome.Builder': {day: {cost: 2}}}},"
      " notifications: {enabled: false, login: false, quota: true, fallback: false},"
      " ledger: {enabled: false, keepDays: 3650}, search: {enabled: true, model: 'a/b'}}",
      NULL);
  const OcgBudget *app = g_hash_table_lookup (f.d->app_budgets, "org.gnome.Builder");

  assert_list (&f, "");
  g_assert_true (f.d->allow_remote);
  g_assert_cmpint (f.d->within, ==, OCG_WITHIN_REGION);
  g_assert_cmpfloat (f.d->total.day.requests, ==, 10);
  g_assert_cmpfloat (f.d->total.day.tokens, ==, 1e6);
  g_assert_cmpfloat (f.d->total.month.cost, ==, 0);
  g_assert_cmpfloat (f.d->total.month.tokens, <, 0);
  g_assert_cmpfloat (f.d->each_app.month.tokens, ==, 7);
  g_assert_nonnull (app);
  g_assert_cmpfloat (app->day.cost, ==, 2);
  g_assert_cmpfloat (app->month.cost, <, 0);
  g_assert_false (f.d->notify || f.d->notify_login || f.d->notify_fallback);
  g_assert_true (f.d->notify_quota);
  g_assert_false (f.d->keeps_ledger);
  g_assert_cmpuint (f.d->keep_ledger_days, ==, 3650);
  g_assert_true (f.d->search_enabled);
  g_assert_cmpstr (f.d->search_model, ==, "a/b");
}

/* What is refused, one value at a time. */
static const struct
{
  const char *text, *problem;
} wrong_rows[] = {
  { "{providers: []}", "error desktop.providers\n" },
  { "{providers: {a: 1}}", "error desktop.providers.a\n" },
  { "{providers: {a: {timeouts: 5}}}", "error desktop.providers.a.timeouts\n" },
  { "{providers: {a: {timeouts: {idleMs: 0}}}}", "error desktop.providers.a.timeouts.idleMs\n" },
  { "{providers: {a: {timeouts: {idleMs: 1.5}}}}", "error desktop.providers.a.timeouts.idleMs\n" },
  { "{providers: {a: {timeouts: {idleMs: 86400001}}}}",
    "error desktop.providers.a.timeouts.idleMs\n" },
  { "{providers: {a: {timeouts: {idleMs: '5'}}}}", "error desktop.providers.a.timeouts.idleMs\n" },
  { "{providers: {a: {timeouts: {idleMs: NaN}}}}", "error desktop.providers.a.timeouts.idleMs\n" },
  { "{providers: {a: {family: 'minmax'}}}", "error desktop.providers.a.family -> minimax\n" },
  { "{providers: {a: {family: 'deepseek'}}}", "error desktop.providers.a.family\n" },
  { "{providers: {a: {class: 'us'}}}", "error desktop.providers.a.class\n" },
  { "{providers: {a: {class: 'Local'}}}", "error desktop.providers.a.class -> local\n" },
  { "{providers: {a: {caFile: 'ca.pem'}}}", "error desktop.providers.a.caFile\n" },
  { "{providers: {a: {caFile: '~other/ca.pem'}}}", "error desktop.providers.a.caFile\n" },
  { "{providers: {a: {maxConcurrent: 0}}}", "error desktop.providers.a.maxConcurrent\n" },
  { "{providers: {a: {maxConcurrent: 1025}}}", "error desktop.providers.a.maxConcurrent\n" },
  { "{fallback: {allow: 'remote'}}", "error desktop.fallback.allow\n" },
  { "{fallback: {allow: ['remot']}}", "error desktop.fallback.allow -> remote\n" },
  { "{fallback: {allow: [1]}}", "error desktop.fallback.allow[0]\n" },
  { "{fallback: {within: 'regoin'}}", "error desktop.fallback.within -> region\n" },
  { "{budgets: {total: {day: 5}}}", "error desktop.budgets.total.day\n" },
  { "{budgets: {total: {day: {cost: -1}}}}", "error desktop.budgets.total.day.cost\n" },
  { "{budgets: {app: {month: {tokens: '5'}}}}", "error desktop.budgets.app.month.tokens\n" },
  { "{budgets: {apps: {'a.b': []}}}", "error desktop.budgets.apps[\"a.b\"]\n" },
  { "{notifications: {login: 'no'}}", "error desktop.notifications.login\n" },
  { "{notifications: true}", "error desktop.notifications\n" },
  { "{ledger: {keepDays: 0}}", "error desktop.ledger.keepDays\n" },
  { "{ledger: {keepDays: 3651}}", "error desktop.ledger.keepDays\n" },
  { "{search: {enabled: 1}}", "error desktop.search.enabled\n" },
  { "{search: {model: {}}}", "error desktop.search.model\n" },
};

static void
test_wrong (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (wrong_rows); i++)
    {
      g_auto (Fixture) f = read_two (wrong_rows[i].text, NULL);

      g_test_message ("%s", wrong_rows[i].text);
      assert_list (&f, wrong_rows[i].problem);
    }
}

/* What is wrong in the user's file leaves the administrator's value. */
static void
test_two_layers (void)
{
  g_auto (Fixture) f = read_two (
      "{providers: {a: {timeouts: {idleMs: 'x', totalMs: 9}, class: 'global'}},"
      " fallback: {allow: []}, budgets: {total: {day: {cost: 3}}, apps: {x: {day: {tokens: 1}}}},"
      " notifications: {login: 5}, ledger: {enabled: true}}",
      "{providers: {A: {timeouts: {idleMs: 5, connectMs: 6}, family: 'openai', class: 'cn'}},"
      " fallback: {allow: ['remote'], within: 'local'},"
      " budgets: {total: {day: {cost: 9, requests: 4}}, apps: {x: {day: {cost: 2}}}},"
      " notifications: {login: false}, ledger: {enabled: false, keepDays: 30}}");
  const OcgDesktopProvider *provider = find_provider (&f, "a");
  const OcgBudget *app = g_hash_table_lookup (f.d->app_budgets, "x");

  assert_list (&f, "error desktop.providers.a.timeouts.idleMs\n"
                   "error desktop.notifications.login\n");
  g_assert_cmpstr (ocg_problems_get (f.problems, 0)->file, ==, "/nowhere/desktop.json");
  g_assert_cmpuint (provider->idle_ms, ==, 5);
  g_assert_cmpuint (provider->connect_ms, ==, 6);
  g_assert_cmpuint (provider->total_ms, ==, 9);
  g_assert_cmpstr (provider->family, ==, "openai");
  g_assert_cmpstr (provider->class, ==, "global");
  g_assert_false (f.d->allow_remote);
  g_assert_cmpint (f.d->within, ==, OCG_WITHIN_LOCAL);
  g_assert_cmpfloat (f.d->total.day.cost, ==, 3);
  g_assert_cmpfloat (f.d->total.day.requests, ==, 4);
  g_assert_cmpfloat (app->day.cost, ==, 2);
  g_assert_cmpfloat (app->day.tokens, ==, 1);
  g_assert_false (f.d->notify_login);
  g_assert_true (f.d->keeps_ledger);
  g_assert_cmpuint (f.d->keep_ledger_days, ==, 30);
}

/* The families are those of the data. */
static void
test_families (void)
{
  g_autoptr (GBytes) bytes = g_resources_lookup_data (
      "/org/openclaw/Gateway/providers.schema.json", G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autofree char *text
      = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_autoptr (JsonNode) schema = json_from_string (text, NULL);
  JsonObject *properties
      = json_object_get_object_member (json_node_get_object (schema), "properties");
  JsonArray *families = json_object_get_array_member (
      json_object_get_object_member (properties, "family"), "enum");
  const char *const *ours = ocg_desktop_get_families ();

  g_assert_cmpuint (json_array_get_length (families), ==, g_strv_length ((GStrv) ours));
  for (guint i = 0; i < json_array_get_length (families); i++)
    g_assert_true (g_strv_contains (ours, json_array_get_string_element (families, i)));
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desktop/defaults", test_defaults);
  g_test_add_func ("/desktop/providers", test_providers);
  g_test_add_func ("/desktop/rest", test_rest);
  g_test_add_func ("/desktop/wrong", test_wrong);
  g_test_add_func ("/desktop/two-layers", test_two_layers);
  g_test_add_func ("/desktop/families", test_families);
  return g_test_run ();
}
