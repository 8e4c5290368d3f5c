/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Names in the files: strict on what is ours, silent on what is OpenClaw's. */

#include <locale.h>
#include <string.h>

#include "catalog/ocg-provider-schema.h"
#include "config-fixture.h"
#include "config/ocg-config-keys.h"

static char *
check (OcgKeysKind kind, const char *text)
{
  static const char *const tops[] = { NULL, "desktop", "models", "models.providers.acme" };
  static const char *const paths[] = { "/nowhere/openclaw.json", "/nowhere/desktop.json",
                                       "/nowhere/models.json", "/nowhere/acme.json" };
  g_autoptr (OcgConfigTree) tree = config_fixture_tree (paths[kind], tops[kind], text);
  g_autoptr (OcgProblems) problems = ocg_problems_new ();

  g_assert_true (ocg_config_tree_is_valid (tree));
  if (kind == OCG_KEYS_DROP_IN)
    ocg_config_keys_check_drop_in (tree, ocg_provider_schema_get (), problems);
  else
    ocg_config_keys_check (tree, kind, problems);
  return config_fixture_list_problems (problems);
}

#define P "{models: {providers: {acme: {"
#define M P "models: [{id: 'm', "

/* One text, and what is said about it. */
static const struct
{
  const char *text, *problems;
} config_rows[] = {
  { "{}", "" },

  /* OpenClaw's, of any version */
  { "{gateway: {port: 1, prot: 2}, channels: {x: {}}, tools: {}, skills: {}, hooks: {}, ui: {},"
    " session: {}, logging: {}, meta: {}, wizard: {}, bindings: [], cron: {}, media: {}, tts: {},"
    " secrets: {providers: {}}, $schema: 'x', somethingQuiteNew: {base_url: 1}}",
    "" },
  { "{agents: {list: [{id: 'main', modle: 'x'}], defaults: {workspace: '~/w', heartbeat: {},"
    " compaction: {mode: 'x'}, sandbox: {}, maxConcurrent: 4, pdfModel: 'x', brandNew: 1}}}",
    "" },
  { "{models: {mode: 'merge', pricing: {}, bedrockDiscovery: {}}}", "" },
  { P "baseUrl: 1, apiKey: 1, api: 1, auth: 1, headers: {Any_Thing: 1}, authHeader: 1,"
      " timeoutSeconds: 1, injectNumCtxForOpenAICompat: 1, request: {}, params: {}, region: 'x',"
      " contextWindow: 1, contextTokens: 1, maxTokens: 1, localService: {}}}}}",
    "" },
  { M "name: 1, api: 1, reasoning: 1, input: [], cost: {input: 1, output: 1, cacheRead: 1,"
      " cacheWrite: 1, tieredPricing: []}, contextWindow: 1, contextTokens: 1, maxTokens: 1,"
      " headers: {x: 1}, compat: {supportsStore: 1, anything: {}}, baseUrl: 1, params: {},"
      " agentRuntime: {}}]}}}}",
    "" },
  { "{agents: {defaults: {models: {'base_url': {alias: 'x', params: {top_p: 1, odd: 1},"
    " streaming: true, agentRuntime: {}}}}}}",
    "" },
  { "{auth: {profiles: {'a:b': {provider: 'a', mode: 'token', type: 'x', email: 'x',"
    " displayName: 'x'}}, order: {base_url: []}, cooldowns: {billingMaxHours: 1,"
    " overloadedBackoffMs: 1, billingBackoffHoursByProvider: {enable: 1}}}}",
    "" },
  { "{plugins: {enabled: true, allow: [], slots: {}, entries: {x: {enabled: true, config: {a: {}},"
    " env: {}, hooks: {}, apiKey: 'k', somethingElse: 1}}}}",
    "" },
  { "{env: {ENABLED: 'x', VAR: 'x', Vars: 'x', shellenv: 'x', vars: {enabled: 'x'},"
    " shellEnv: {enabled: true, timeoutMs: 1}}}",
    "" },

  /* misspelt */
  { P "base_url: 1}}}}", "error models.providers.acme.base_url -> baseUrl\n" },
  { P "'base-url': 1}}}}", "error models.providers.acme.base-url -> baseUrl\n" },
  { P "baseURL: 1}}}}", "error models.providers.acme.baseURL -> baseUrl\n" },
  { P "bseUrl: 1}}}}", "error models.providers.acme.bseUrl -> baseUrl\n" },
  { P "url: 1}}}}", "error models.providers.acme.url -> baseUrl\n" },
  { P "api_key: 1, apikey: 1, APIKEY: 1, key: 1}}}}",
    "error models.providers.acme.api_key -> apiKey\n"
    "error models.providers.acme.apikey -> apiKey\n"
    "error models.providers.acme.APIKEY -> apiKey\n"
    "error models.providers.acme.key -> apiKey\n" },
  { P "model: []}}}}", "error models.providers.acme.model -> models\n" },
  { P "header: {}}}}}", "error models.providers.acme.header -> headers\n" },
  { P "colour: 1}}}}", "warning models.providers.acme.colour\n" },
  { P "'': 1}}}}", "warning models.providers.acme[\"\"]\n" },
  { M "context_window: 1, maxTokns: 1, context_length: 1, costs: {}}]}}}}",
    "error models.providers.acme.models[0].context_window -> contextWindow\n"
    "error models.providers.acme.models[0].maxTokns -> maxTokens\n"
    "error models.providers.acme.models[0].context_length -> contextWindow\n"
    "error models.providers.acme.models[0].costs -> cost\n" },
  { M "cost: {cached: 1, inptu: 1}}]}}}}",
    "warning models.providers.acme.models[0].cost.cached\n"
    "error models.providers.acme.models[0].cost.inptu -> input\n" },
  { "{models: {provider: {}, modes: 'x', other: 1}}",
    "error models.provider -> providers\nerror models.modes -> mode\nwarning models.other\n" },
  { "{model: {}, agent: {}, Models: {}, envs: {}, plugin: {}, atuh: {}}",
    "error model -> models\nerror agent -> agents\nerror Models -> models\nerror envs -> env\n"
    "error plugin -> plugins\nerror atuh -> auth\n" },
  { "{providers: {}, defaults: {}, defaultModel: 'x'}",
    "error providers -> models.providers\nerror defaults -> agents.defaults\n"
    "error defaultModel -> agents.defaults.model.primary\n" },
  { "{agents: {default: {}, Defaults: {}}}",
    "error agents.default -> defaults\nerror agents.Defaults -> defaults\n" },
  { "{agents: {defaults: {modle: 1, image_model: 1, thinking_default: 1, timeoutSecond: 1}}}",
    "error agents.defaults.modle -> model\nerror agents.defaults.image_model -> imageModel\n"
    "error agents.defaults.thinking_default -> thinkingDefault\n"
    "error agents.defaults.timeoutSecond -> timeoutSeconds\n" },
  { "{agents: {defaults: {model: {primry: 1, fallback: [], other: 1}}}}",
    "error agents.defaults.model.primry -> primary\n"
    "error agents.defaults.model.fallback -> fallbacks\n"
    "warning agents.defaults.model.other\n" },
  { "{agents: {defaults: {models: {'a/b': {aliases: 'x', name: 'y'}}}}}",
    "error agents.defaults.models[\"a/b\"].aliases -> alias\n"
    "error agents.defaults.models[\"a/b\"].name -> alias\n" },
  { "{auth: {profile: {}, cooldowns: {billing_max_hours: 1}, profiles: {a: {prvider: 1}}}}",
    "error auth.profile -> profiles\n"
    "error auth.cooldowns.billing_max_hours -> billingMaxHours\n"
    "error auth.profiles.a.prvider -> provider\n" },
  { "{plugins: {entrys: {}, entries: {x: {enable: true, disabled: true}}}}",
    "error plugins.entrys -> entries\nerror plugins.entries.x.enable -> enabled\n"
    "error plugins.entries.x.disabled -> enabled\n" },
  { "{env: {Vars: {}, shell_env: {}, shellEnv: {enable: true}}}",
    "error env.Vars -> vars\nerror env.shell_env -> shellEnv\n"
    "error env.shellEnv.enable -> enabled\n" },
  { "{desktop: {ledger: {}}}", "error desktop\n" },

  /* values of the wrong kind are not the business of this check */
  { "{models: [], agents: 'x', env: 1, auth: null, plugins: {entries: []}}", "" },
  { "{models: {providers: {a: 1, b: {models: {x: 1}, headers: []}}}}", "" },
};

static void
test_config (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (config_rows); i++)
    {
      g_autofree char *list = NULL;

      g_test_message ("%s", config_rows[i].text);
      list = check (OCG_KEYS_CONFIG, config_rows[i].text);
      g_assert_cmpstr (list, ==, config_rows[i].problems);
    }
}

static void
test_desktop (void)
{
  g_autofree char *good = check (
      OCG_KEYS_DESKTOP,
      "{providers: {any_name: {timeouts: {connectMs: 1, headersMs: 1, firstEventMs: 1, idleMs: 1,"
      " totalMs: 1}, family: 1, class: 1, caFile: 1, maxConcurrent: 1}},"
      " fallback: {allow: [], within: 1}, budgets: {total: {day: {requests: 1, tokens: 1, cost: 1},"
      " month: {}}, app: {}, apps: {any_app: {day: {}}}}, notifications: {enabled: 1, login: 1,"
      " quota: 1, fallback: 1}, ledger: {enabled: 1, keepDays: 1},"
      " search: {enabled: 1, model: 1}}");
  g_autofree char *bad = check (
      OCG_KEYS_DESKTOP,
      "{provider: {}, providers: {a: {timeout: {}, timeouts: {idle: 1, idle_ms: 1}, ca_file: 1}},"
      " budgets: {apps: {x: {daily: {}, day: {token: 1}}}}, notification: {}, odd: 1}");

  g_assert_cmpstr (good, ==, "");
  g_assert_cmpstr (bad, ==,
                   "error desktop.provider -> providers\n"
                   "error desktop.providers.a.timeout -> timeouts\n"
                   "error desktop.providers.a.timeouts.idle -> idleMs\n"
                   "error desktop.providers.a.timeouts.idle_ms -> idleMs\n"
                   "error desktop.providers.a.ca_file -> caFile\n"
                   "error desktop.budgets.apps.x.daily -> day\n"
                   "error desktop.budgets.apps.x.day.token -> tokens\n"
                   "error desktop.notification -> notifications\n"
                   "warning desktop.odd\n");
}

static void
test_models_json (void)
{
  g_autofree char *list = check (OCG_KEYS_MODELS_JSON,
                                 "{\"providers\": {\"a\": {\"baseurl\": 1, \"apiKey\": 1}},"
                                 " \"mode\": 1, \"provider\": {}}");

  g_assert_cmpstr (list, ==,
                   "error models.providers.a.baseurl -> baseUrl\nwarning models.mode\n"
                   "error models.provider -> providers\n");
}

/* Drop-ins have the fields of data/providers.schema.json. */
static void
test_drop_in (void)
{
  g_autofree char *good
      = check (OCG_KEYS_DROP_IN,
               "{$schema: 'x', name: 'A', family: 'openai', baseUrl: 'x', api: 'x', envKeys: [],"
               " needsKey: true, origins: [[]], authHeader: true, headers: {Any: 'x'},"
               " models: [{id: 'm', cost: {input: 1}, compat: {supportsStore: true}, headers: {x: 'y'}}]}");
  g_autofree char *bad
      = check (OCG_KEYS_DROP_IN, "{env_keys: [], zebra: 1,"
                                 " models: [{id: 'm'}, {Id: 'n', cost: {inputs: 1, odd: 1}}]}");

  g_assert_cmpstr (good, ==, "");
  g_assert_cmpstr (bad, ==,
                   "error models.providers.acme.env_keys -> envKeys\n"
                   "warning models.providers.acme.zebra\n"
                   "error models.providers.acme.models[1].Id -> id\n"
                   "error models.providers.acme.models[1].cost.inputs -> input\n"
                   "warning models.providers.acme.models[1].cost.odd\n");
}

/* The message names what is wrong, and never the value. */
static void
test_messages (void)
{
  g_autoptr (OcgConfigTree) tree = config_fixture_tree (
      "/nowhere/openclaw.json", NULL,
      "{models: {providers: {a: {api_key: 'SECRET', odd: 'SECRET'}}}}");
  g_autoptr (OcgProblems) problems = ocg_problems_new ();

  ocg_config_keys_check (tree, OCG_KEYS_CONFIG, problems);
  g_assert_cmpuint (ocg_problems_get_n (problems), ==, 2);
  g_assert_cmpstr (ocg_problems_get (problems, 0)->message, ==,
                   "“api_key” is not known here; “apiKey” may be meant");
  g_assert_null (strstr (ocg_problems_get (problems, 1)->message, "SECRET"));
}

/* A file full of nonsense takes no time worth the name. */
static void
test_size (void)
{
  g_autoptr (GString) text = g_string_new ("{models: {providers: {a: {");
  g_autofree char *long_name = g_strnfill (100000, 'x');
  g_autoptr (OcgConfigTree) tree = NULL;
  g_autoptr (OcgProblems) problems = ocg_problems_new ();

  for (guint i = 0; i < 100000; i++)
    g_string_append_printf (text, "b%u: 0,", i);
  g_string_append_printf (text, "}, b: {%s: 1}}}, %s: 1}", long_name, long_name);
  tree = config_fixture_tree ("/nowhere/openclaw.json", NULL, text->str);
  ocg_config_keys_check (tree, OCG_KEYS_CONFIG, problems);
  g_assert_cmpuint (ocg_problems_get_n (problems), ==, OCG_PROBLEMS_MAX + 1);
}

static void
test_long_name (void)
{
  g_autofree char *name = g_strnfill (100000, 'x');
  g_autofree char *text
      = g_strdup_printf ("{models: {providers: {b: {%s: 1}}}, %s: 1}", name, name);
  g_autofree char *list = check (OCG_KEYS_CONFIG, text);

  g_assert_cmpstr (list, ==, "warning models.providers.b\n");
}

static void
test_is_known (void)
{
  static const struct
  {
    OcgKeysKind kind;
    const char *path; /* segments between blanks */
    gboolean known;
    const char *suggestion;
  } rows[] = {
    { OCG_KEYS_CONFIG, "models mode", TRUE, NULL },
    { OCG_KEYS_CONFIG, "models providers a models 0 id", TRUE, NULL },
    { OCG_KEYS_CONFIG, "models providers a models - cost input", TRUE, NULL },
    { OCG_KEYS_CONFIG, "models providers a base_url", FALSE, "baseUrl" },
    { OCG_KEYS_CONFIG, "models providers a zebra", FALSE, NULL },
    { OCG_KEYS_CONFIG, "models providers a region", TRUE, NULL },
    { OCG_KEYS_CONFIG, "gateway anything at all", TRUE, NULL },
    { OCG_KEYS_CONFIG, "zebra", FALSE, NULL },
    { OCG_KEYS_CONFIG, "agents defaults heartbeat every", TRUE, NULL },
    { OCG_KEYS_CONFIG, "agents defaults zebra", FALSE, NULL },
    { OCG_KEYS_CONFIG, "agents default", FALSE, "defaults" },
    { OCG_KEYS_CONFIG, "env ANY", TRUE, NULL },
    { OCG_KEYS_CONFIG, "env vars ANY", TRUE, NULL },
    { OCG_KEYS_CONFIG, "desktop ledger", FALSE, NULL },
    { OCG_KEYS_CONFIG, "agents defaults models a/b params x", TRUE, NULL },
    { OCG_KEYS_DESKTOP, "providers a timeouts idleMs", TRUE, NULL },
    { OCG_KEYS_DESKTOP, "providers a timeouts idle", FALSE, "idleMs" },
    { OCG_KEYS_DESKTOP, "ledger keepDays", TRUE, NULL },
    { OCG_KEYS_DESKTOP, "zebra", FALSE, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (GStrv) segments = g_strsplit (rows[i].path, " ", -1);
      const char *suggestion = NULL;

      g_test_message ("%s", rows[i].path);
      g_assert_cmpint (ocg_config_keys_is_known (rows[i].kind, (const char *const *) segments,
                                                 &suggestion),
                       ==, rows[i].known);
      g_assert_cmpstr (suggestion, ==, rows[i].suggestion);
    }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/keys/config", test_config);
  g_test_add_func ("/keys/desktop", test_desktop);
  g_test_add_func ("/keys/models-json", test_models_json);
  g_test_add_func ("/keys/drop-in", test_drop_in);
  g_test_add_func ("/keys/messages", test_messages);
  g_test_add_func ("/keys/size", test_size);
  g_test_add_func ("/keys/long-name", test_long_name);
  g_test_add_func ("/keys/is-known", test_is_known);
  return g_test_run ();
}
