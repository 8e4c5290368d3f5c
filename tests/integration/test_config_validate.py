#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""Validate: each mistake with file, line, column, path, severity, words and what was meant."""

import json5_reader
from config_case import ConfigTest
from harness import main
from test_seed import API_KEY, FALLBACK, LM_STUDIO

SEVERITIES = ('error', 'warning', 'info')
PROVIDER = 'models.providers.acme'
MODEL = PROVIDER + '.models[0]'

# In %s goes what is wrong; ⟦ stands where the problem has to be told.
ACME = '''{
  // a provider of mine
  models: { providers: { acme: {
    baseUrl: "http://127.0.0.1:9/v1", api: "openai-completions",
    models: [ { id: "a" }, { id: "b" } ],
    %s
  } } },
}
'''
ACME_MODEL = '''{
  models: { providers: { acme: { baseUrl: "http://127.0.0.1:9/v1", api: "openai-completions",
    apiKey: "${KEY_OF_ACME}", models: [ /* 世界🦞 */ { id: "a", %s } ],
  } } },
}
'''
DEFAULTS = '{\r\n\tagents: { defaults: {\r\n\t\tworkspace: "~", %s\r\n\t} },\r\n}\r\n'

# (text around, what is wrong, path, severity, words, suggestion)
MISTAKES = (
    # Names that are nearly right
    ('%s', '{\n  ⟦modles: { mode: "merge" } }', 'modles', None, ['modles'], 'models'),
    ('%s', '{ ⟦agnets: {} }', 'agnets', None, ['agnets'], 'agents'),
    ('%s', '{ models: { ⟦mdoe: "merge" } }', 'models.mdoe', None, [], 'mode'),
    ('%s', '{ models: { ⟦provider: {} } }', 'models.provider', None, ['provider'], 'providers'),
    (ACME, '⟦apikey: "${K}"', PROVIDER + '.apikey', None, ['apikey'], 'apiKey'),
    (ACME, '⟦authheader: true', PROVIDER + '.authheader', None, [], 'authHeader'),
    (ACME, '⟦header: { a: "b" }', PROVIDER + '.header', None, [], 'headers'),
    (ACME, '⟦"timeoutSecond": 5', PROVIDER + '.timeoutSecond', None, [], 'timeoutSeconds'),
    (ACME, "⟦'baseURL': 'x'", PROVIDER + '.baseURL', None, [], 'baseUrl'),
    (ACME_MODEL, '⟦contextWindo: 5', MODEL + '.contextWindo', None, [], 'contextWindow'),
    (ACME_MODEL, '⟦maxtokens: 5', MODEL + '.maxtokens', None, [], 'maxTokens'),
    (ACME_MODEL, '⟦reasonning: true', MODEL + '.reasonning', None, [], 'reasoning'),
    (ACME_MODEL, 'cost: { ⟦inptu: 1 }', MODEL + '.cost.inptu', None, [], 'input'),
    (ACME_MODEL, 'cost: { ⟦cacheread: 1 }', MODEL + '.cost.cacheread', None, [], 'cacheRead'),
    (ACME_MODEL, 'compat: { ⟦supportStore: true }', MODEL + '.compat.supportStore', None, [],
     'supportsStore'),
    (DEFAULTS, '⟦modle: "a/b"', 'agents.defaults.modle', None, [], 'model'),
    (DEFAULTS, '⟦thinkingDefualt: "low"', 'agents.defaults.thinkingDefualt', None, [],
     'thinkingDefault'),
    (DEFAULTS, 'model: { ⟦primry: "acme/a" }', 'agents.defaults.model.primry', None, [],
     'primary'),
    (DEFAULTS, 'model: { ⟦fallback: [] }', 'agents.defaults.model.fallback', None, [],
     'fallbacks'),
    (DEFAULTS, 'imageModel: { ⟦fallbaks: [] }', 'agents.defaults.imageModel.fallbaks', None, [],
     'fallbacks'),
    (DEFAULTS, 'models: { "minimax/MiniMax-M2.1": { ⟦alais: "x" } }',
     'agents.defaults.models["minimax/MiniMax-M2.1"].alais', None, [], 'alias'),
    (DEFAULTS, 'models: { "minimax/MiniMax-M2.1": { ⟦param: {} } }',
     'agents.defaults.models["minimax/MiniMax-M2.1"].param', None, [], 'params'),
    ('%s', '{ auth: { ⟦profile: {} } }', 'auth.profile', None, [], 'profiles'),
    ('%s', '{ auth: { ⟦oder: {} } }', 'auth.oder', None, [], 'order'),
    ('%s', '{ auth: { profiles: { "minimax:work": { ⟦providr: "minimax", mode: "api_key" } } } }',
     'auth.profiles["minimax:work"].providr', None, [], 'provider'),
    ('%s', '{ auth: { cooldowns: { ⟦billingBackofHours: 1 } } }',
     'auth.cooldowns.billingBackofHours', None, [], 'billingBackoffHours'),
    ('%s', '{ plugins: { entries: { x: { ⟦enable: true } } } }', 'plugins.entries.x.enable', None,
     [], 'enabled'),
    ('%s', '{ env: { shellEnv: { ⟦enable: true } } }', 'env.shellEnv.enable', None, [], 'enabled'),
    ('%s', '{ env: { shellEnv: { enabled: true, ⟦timeoutMS: 5 } } }', 'env.shellEnv.timeoutMS',
     None, [], 'timeoutMs'),
    # Values of the wrong kind
    ('%s', '{ ⟦models: [] }', 'models', 'error', ['object'], None),
    ('%s', '{ models: { ⟦providers: [] } }', 'models.providers', 'error', ['object'], None),
    ('%s', '{ models: { providers: { ⟦acme: "x" } } }', PROVIDER, 'error', ['object'], None),
    (ACME, '⟦authHeader: "yes"', PROVIDER + '.authHeader', 'error', ['true'], None),
    (ACME, '⟦headers: []', PROVIDER + '.headers', 'error', ['object'], None),
    (ACME, 'headers: { ⟦"X-A": 5 }', PROVIDER + '.headers.X-A', 'error', [], None),
    (ACME, '⟦apiKey: 12345', PROVIDER + '.apiKey', 'error', [], None),
    (ACME_MODEL, '⟦contextWindow: "big"', MODEL + '.contextWindow', 'error', ['number'], None),
    (ACME_MODEL, '⟦contextWindow: -5', MODEL + '.contextWindow', 'error', [], None),
    (ACME_MODEL, '⟦maxTokens: 1.5', MODEL + '.maxTokens', 'error', [], None),
    (ACME_MODEL, '⟦cost: 5', MODEL + '.cost', 'error', [], None),
    (ACME_MODEL, 'cost: { ⟦input: "1" }', MODEL + '.cost.input', 'error', [], None),
    (ACME_MODEL, 'cost: { ⟦input: -1 }', MODEL + '.cost.input', 'error', [], None),
    (ACME_MODEL, '⟦input: "text"', MODEL + '.input', 'error', [], None),
    (ACME_MODEL, '⟦reasoning: 1', MODEL + '.reasoning', 'error', [], None),
    (DEFAULTS, '⟦timeoutSeconds: "60"', 'agents.defaults.timeoutSeconds', 'error', [], None),
    (DEFAULTS, '⟦timeoutSeconds: -1', 'agents.defaults.timeoutSeconds', 'error', [], None),
    (DEFAULTS, '⟦model: 5', 'agents.defaults.model', 'error', [], None),
    (DEFAULTS, 'model: { ⟦fallbacks: "a/b" }', 'agents.defaults.model.fallbacks', 'error', [],
     None),
    (DEFAULTS, 'model: { fallbacks: ["acme/a", ⟦5] }', 'agents.defaults.model.fallbacks[1]',
     'error', [], None),
    (DEFAULTS, '⟦models: ["a/b"]', 'agents.defaults.models', 'error', [], None),
    ('%s', '{ plugins: { entries: { x: { ⟦enabled: "true" } } } }', 'plugins.entries.x.enabled',
     'error', [], None),
    ('%s', '{ env: { ⟦A_NAME: 5 } }', 'env.A_NAME', None, [], None),
    ('%s', '{ env: { vars: { ⟦A_NAME: {} } } }', 'env.vars.A_NAME', None, [], None),
    ('%s', '{ env: { shellEnv: { ⟦enabled: "yes" } } }', 'env.shellEnv.enabled', 'error', [],
     None),
    # Values that are none of those that are possible
    ('%s', '{ models: { ⟦mode: "mrege" } }', 'models.mode', 'error', ['merge', 'replace'],
     'merge'),
    (DEFAULTS, '⟦thinkingDefault: "hihg"', 'agents.defaults.thinkingDefault', 'error',
     ['off', 'xhigh'], 'high'),
    (ACME, '⟦auth: "api_key"', PROVIDER + '.auth', None, ['api-key'], 'api-key'),
    (ACME_MODEL, 'input: ["text", ⟦"imgae"]', MODEL + '.input[1]', None, ['image'], 'image'),
    ('%s', '{ auth: { profiles: { "minimax:work": { provider: "minimax", ⟦mode: "api-key" } } } }',
     'auth.profiles["minimax:work"].mode', None, ['api_key'], 'api_key'),
    # What is missing, and what does not fit together
    ('%s', '{ models: { providers: {\n ⟦acme: { api: "openai-completions", models: [{ id: "a" }] }'
     ' } } }', PROVIDER + '.baseUrl', 'error', ['missing'], None),
    ('%s', '{ models: { providers: { acme: { baseUrl: "http://127.0.0.1:9/v1", api:'
     ' "openai-completions", models: [ ⟦{ name: "no id" } ] } } } }', MODEL + '.id', 'error',
     [], None),
    (ACME, '⟦apiKey: "${NOT_THERE_AT_ALL}"', PROVIDER + '.apiKey', None, ['NOT_THERE_AT_ALL'],
     None),
)

APIS = (('openai-completion', 'openai-completions'), ('anthropic-message', 'anthropic-messages'),
        ('openai-response', 'openai-responses'), ('carrier-pigeon', None))
FOREIGN_APIS = ('google-generative-ai', 'github-copilot', 'bedrock-converse-stream')


def place_of(text):
    """(text without the mark, line, column) of what the mark stands before."""
    before, mark, after = text.partition('⟦')
    assert mark and '⟦' not in after
    lines = before.replace('\r\n', '\n').split('\n')
    return before + after, len(lines), len(lines[-1]) + 1


class ValidateTest(ConfigTest):
    def setUp(self):
        super().setUp()
        self.start('{}', {'KEY_OF_ACME': 'sk-acme', 'K': 'sk-k'})

    def at(self, problems, path):
        return [p for p in problems if p['path'] == path]

    def assertShape(self, problems):
        for problem in problems:
            self.assertLessEqual({'file', 'line', 'column', 'path', 'severity', 'message'},
                                 set(problem))
            self.assertLessEqual(set(problem), {'file', 'line', 'column', 'path', 'severity',
                                                'message', 'suggestion'})
            self.assertIn(problem['severity'], SEVERITIES)
            self.assertTrue(problem['message'].strip())
            self.assertGreater(len(problem['message']), 15, 'says what was expected')


class MistakeTest(ValidateTest):
    def test_each(self):
        for around, wrong, path, severity, words, suggestion in MISTAKES:
            with self.subTest(path=path, wrong=wrong):
                text, line, column = place_of(around.replace('%s', wrong))
                json5_reader.read(text)
                problems = self.validate(text)
                self.assertShape(problems)
                found = self.at(problems, path)
                self.assertEqual(len(found), 1, problems)
                self.assertEqual((found[0]['file'], found[0]['line'], found[0]['column']),
                                 (str(self.path), line, column))
                if severity:
                    self.assertEqual(found[0]['severity'], severity)
                else:
                    self.assertIn(found[0]['severity'], ('error', 'warning'))
                self.assertMentions(found[0]['message'], *words)
                self.assertEqual(found[0].get('suggestion'), suggestion)
                # Nothing else is wrong with it.
                others = [p for p in problems if p is not found[0] and p['severity'] == 'error'
                          and not p['path'].startswith(path.rpartition('.')[0])]
                self.assertEqual(others, [])

    def test_apis(self):
        for api, suggestion in APIS:
            with self.subTest(api=api):
                text, line, column = place_of(ACME.replace(
                    'api: "openai-completions"', f'⟦api: "{api}"').replace('%s', ''))
                found = self.at(self.validate(text), PROVIDER + '.api')
                self.assertEqual([(p['line'], p['column'], p['severity'], p.get('suggestion'))
                                  for p in found], [(line, column, 'error', suggestion)])
                self.assertMentions(found[0]['message'], 'anthropic-messages',
                                    'openai-completions', 'openai-responses')

    def test_apis_of_openclaw_that_are_not_spoken(self):
        for api in FOREIGN_APIS:
            with self.subTest(api=api):
                text, line, column = place_of(ACME.replace(
                    'api: "openai-completions"', f'⟦api: "{api}"').replace('%s', ''))
                found = self.at(self.validate(text), PROVIDER + '.api')
                self.assertEqual([(p['line'], p['column']) for p in found], [(line, column)])
                self.assertNotIn('suggestion', found[0])

    def test_base_urls_with_an_endpoint_on_the_end(self):
        for url, better in (
                ('https://acme.example/v1/', 'https://acme.example/v1'),
                ('https://acme.example/v1/chat/completions', 'https://acme.example/v1'),
                ('https://acme.example/v1/chat/completions/', 'https://acme.example/v1')):
            with self.subTest(url=url):
                text, line, column = place_of(ACME.replace(
                    'baseUrl: "http://127.0.0.1:9/v1"', f'⟦baseUrl: "{url}"').replace('%s', ''))
                found = self.at(self.validate(text), PROVIDER + '.baseUrl')
                self.assertEqual([(p['line'], p['column'], p.get('suggestion')) for p in found],
                                 [(line, column, better)])
                self.assertIn(found[0]['severity'], ('info', 'warning'))

    def test_base_urls_that_are_none(self):
        for url in ('acme.example/v1', 'ftp://acme.example', 'http://', 'https:///v1', '',
                    'http://[::1', 'https://acme.example/v1#x', 'javascript:alert(1)'):
            with self.subTest(url=url):
                text, line, column = place_of(ACME.replace(
                    'baseUrl: "http://127.0.0.1:9/v1"', f'⟦baseUrl: "{url}"').replace('%s', ''))
                found = self.at(self.validate(text), PROVIDER + '.baseUrl')
                self.assertEqual([(p['line'], p['column'], p['severity']) for p in found],
                                 [(line, column, 'error')])


class ReferenceTest(ValidateTest):
    FILE = '''{
  models: { providers: { acme: { baseUrl: "http://127.0.0.1:9/v1", api: "openai-completions",
    apiKey: "${K}", models: [ { id: "Fine-1" }, { id: "Same" } ] },
    other: { baseUrl: "http://127.0.0.1:9/v1", api: "openai-completions",
    apiKey: "${K}", models: [ { id: "Same" } ] } } },
  agents: { defaults: {
    %s
  } },
}
'''

    def check(self, wrong, path, words, suggestion='any'):
        text, line, column = place_of(self.FILE.replace('%s', wrong))
        problems = self.validate(text)
        self.assertShape(problems)
        found = self.at(problems, path)
        self.assertEqual([(p['line'], p['column']) for p in found], [(line, column)], problems)
        self.assertMentions(found[0]['message'], *words)
        if suggestion != 'any':
            self.assertEqual(found[0].get('suggestion'), suggestion)

    def test_provider_that_is_not_there(self):
        self.check('⟦model: "acem/Fine-1"', 'agents.defaults.model', ['acem'])
        self.check('model: { ⟦primary: "nobody/x" }', 'agents.defaults.model.primary', ['nobody'])
        self.check('model: { primary: "acme/Fine-1", fallbacks: ["acme/Same", ⟦"nobody/x"] }',
                   'agents.defaults.model.fallbacks[1]', ['nobody'])
        self.check('⟦imageModel: "nobody/x"', 'agents.defaults.imageModel', ['nobody'])
        self.check('models: { ⟦"nobody/x": { alias: "n" } }',
                   'agents.defaults.models["nobody/x"]', ['nobody'])

    def test_other_case(self):
        self.check('⟦model: "acme/fine-1"', 'agents.defaults.model', ['acme/Fine-1'],
                   'acme/Fine-1')

    def test_ambiguous(self):
        self.check('⟦model: "Same"', 'agents.defaults.model', ['acme/Same', 'other/Same'])

    def test_alias_twice(self):
        self.check('models: { "acme/Fine-1": { alias: "quick" },\n "acme/Same":'
                   ' { ⟦alias: "QUICK" } }', 'agents.defaults.models["acme/Same"].alias',
                   ['acme/Fine-1'])

    def test_what_is_fine(self):
        for fine in ('model: "acme/Fine-1"', 'model: "acme/not-listed"', 'model: "Fine-1"',
                     'model: { primary: "quick" }, models: { "acme/Fine-1": { alias: "quick" } }',
                     'imageModel: { primary: "acme/Fine-1", fallbacks: ["ACME/Same"] }',
                     'models: { "acme/Fine-1": { params: { temperature: 0.5, anything: [1] },'
                     ' streaming: false } }', 'models: {}', 'thinkingDefault: "xhigh"'):
            with self.subTest(fine=fine):
                problems = self.validate(self.FILE.replace('%s', fine))
                self.assertEqual([p for p in problems if p['severity'] != 'info'], [])


class DesktopTest(ValidateTest):
    def test_each(self):
        for wrong, path, suggestion in (
                ('{ ⟦provider: {} }', 'desktop.provider', 'providers'),
                ('{ ⟦fallbakc: {} }', 'desktop.fallbakc', 'fallback'),
                ('{ ⟦budget: {} }', 'desktop.budget', 'budgets'),
                ('{ providers: { acme: { ⟦timeout: {} } } }', 'desktop.providers.acme.timeout',
                 'timeouts'),
                ('{ providers: { acme: { timeouts: { ⟦connectMS: 1 } } } }',
                 'desktop.providers.acme.timeouts.connectMS', 'connectMs'),
                ('{ providers: { acme: { timeouts: { ⟦idle: 1000 } } } }',
                 'desktop.providers.acme.timeouts.idle', 'idleMs'),
                ('{ providers: { acme: { timeouts: { ⟦totalMs: "1" } } } }',
                 'desktop.providers.acme.timeouts.totalMs', None),
                ('{ providers: { acme: { ⟦famly: "minimax" } } }',
                 'desktop.providers.acme.famly', 'family'),
                ('{ providers: { acme: { ⟦cafile: "/x" } } }', 'desktop.providers.acme.cafile',
                 'caFile'),
                ('{ providers: { acme: { ⟦maxConcurent: 1 } } }',
                 'desktop.providers.acme.maxConcurent', 'maxConcurrent'),
                ('{ providers: { acme: { ⟦maxConcurrent: 0.5 } } }',
                 'desktop.providers.acme.maxConcurrent', None),
                ('{ fallback: { ⟦allow: "remote" } }', 'desktop.fallback.allow', None),
                ('{ fallback: { ⟦within: "locla" } }', 'desktop.fallback.within', 'local'),
                ('{ // ours\n  ⟦fallback: [] }', 'desktop.fallback', None)):
            with self.subTest(path=path):
                text, line, column = place_of(wrong)
                problems = self.validate(text, document='desktop')
                self.assertShape(problems)
                found = self.at(problems, path)
                self.assertEqual([(p['file'], p['line'], p['column'], p.get('suggestion'))
                                  for p in found],
                                 [(str(self.desktop_path), line, column, suggestion)], problems)

    def test_what_is_fine(self):
        fine = '''{ providers: { minimax: { timeouts: { connectMs: 1, headersMs: 2,
            firstEventMs: 3, idleMs: 4, totalMs: 5 }, family: "minimax", class: "cn",
            caFile: "/etc/ssl/ca.pem", maxConcurrent: 4 } },
          fallback: { allow: ["remote"], within: "region" } }'''
        self.assertEqual([p for p in self.validate(fine, document='desktop')
                          if p['severity'] == 'error'], [])


MESSY = {
    'everything of OpenClaw': ('''{
  meta: { lastTouchedVersion: "2026.2.9", lastTouchedAt: "2026-02-10T10:00:00.000Z" },
  wizard: { lastRunAt: "x", lastRunCommand: "onboard" },
  logging: { level: "info", redactSensitive: "tools" },
  agents: {
    defaults: {
      workspace: "~/.openclaw/workspace", repoRoot: "~/src", skipBootstrap: true,
      bootstrapMaxChars: 20000, userTimezone: "Asia/Taipei", contextTokens: 200000,
      model: { primary: "minimax/MiniMax-M2.1" },
      verboseDefault: "off", elevatedDefault: "on", mediaMaxMb: 5, typingMode: "instant",
      heartbeat: { every: "30m", model: "minimax/MiniMax-M2.1" }, maxConcurrent: 3,
      subagents: { maxConcurrent: 2 }, sandbox: { mode: "off", docker: { image: "x" } },
      compaction: { mode: "safeguard" }, memorySearch: { enabled: false },
      blockStreamingDefault: "off", humanDelay: { mode: "natural" },
    },
    list: [ { id: "main", default: true, model: "minimax/MiniMax-M2.1", identity: {} } ],
  },
  tools: { allow: ["exec"], web: { search: { enabled: true, apiKey: "${BRAVE_API_KEY}" } } },
  channels: { whatsapp: { dmPolicy: "pairing", allowFrom: ["+1"] } },
  messages: {}, commands: {}, session: { scope: "per-sender" }, cron: { enabled: true },
  hooks: {}, gateway: { mode: "local", port: 18789, auth: { token: "${GATEWAY_TOKEN}" } },
  skills: {}, browser: {}, ui: {}, talk: {}, discovery: {}, canvasHost: {}, web: {},
  plugins: { enabled: true, allow: ["x"], load: { paths: [] }, slots: { memory: "x" },
             entries: { "minimax-portal-auth": { enabled: true, config: { any: [1] } } } },
}''', ()),
    'hand-written, with mistakes in it': ('''// ~/.openclaw/openclaw.json
{
  "env": { "MINIMAX_API_KEY": "sk-x", },
  agents: { "defaults": {
      model: {
        primary: 'minimax/MiniMax-M2.1',
        fallbacks: [ 'minimax/MiniMax-M2.1-lightning', 'anthropc/claude-opus-4-6', ],   // typo
      },
      timeoutSecs: 60,
  } },
  models: {
    mode: 'merge',
    providers: {
      minimax: { models: [ { id: 'MiniMax-M2.1', contextwindow: 1000, cost: { input: '0.3' } } ] },
      myproxy: { baseUrl: 'http://127.0.0.1:9/v1/', api: 'openai', models: [] },
    },
  },
}
''', ((7, 'agents.defaults.model.fallbacks[1]'),
      (9, 'agents.defaults.timeoutSecs'),
      (14, 'models.providers.minimax.models[0].contextwindow'),
      (14, 'models.providers.minimax.models[0].cost.input'),
      (15, 'models.providers.myproxy.api'))),
    'pasted from two places': ('''\ufeff{\r
\t"models": {\r
\t\t"providers": {\r
\t\t\t"lmstudio": { "baseUrl": "http://localhost:1234/v1/chat/completions", "models": [] },\r
\t\t\t"ollama": { "baseUrl": "http://127.0.0.1:11434", "api": "ollama", "models": [] },\r
\t\t\t"gemini": { "baseUrl": "https://g.example/v1beta", "api": "google-generative-ai",\r
\t\t\t\t"models": [ { "id": "gemini-x" } ] }\r
\t\t}\r
\t},\r
\t"agents": { "defaults": { "model": "lmstudio/any", "thinkingDefault": true } }\r
}\r
''', ((4, 'models.providers.lmstudio.baseUrl'), (5, 'models.providers.ollama.api'),
      (6, 'models.providers.gemini.api'), (10, 'agents.defaults.thinkingDefault'))),
}


class MessyTest(ValidateTest):
    def test_seed(self):
        for text in (API_KEY, FALLBACK, LM_STUDIO):
            problems = self.validate(text)
            self.assertShape(problems)
            self.assertEqual([p for p in problems if p['severity'] == 'error'], [])

    def test_messy_files(self):
        for name, (text, expected) in MESSY.items():
            with self.subTest(name=name):
                problems = self.validate(text)
                self.assertShape(problems)
                wrong = {(p['line'], p['path']) for p in problems}
                self.assertEqual({p for p in expected if p not in wrong}, set(), problems)
                said = {path for line, path in expected}
                self.assertEqual([p for p in problems if p['severity'] == 'error'
                                  and p['path'] not in said], [])

    def test_foreign_sections_are_silent(self):
        problems = self.validate(MESSY['everything of OpenClaw'][0])
        for problem in problems:
            self.assertTrue(problem['path'].startswith(('models', 'agents.defaults.model', 'env',
                                                        'auth')), problem)

    def test_from_the_disk_and_as_a_text_alike(self):
        text = MESSY['hand-written, with mistakes in it'][0]
        from_text = self.validate(text)
        self.replace(self.path, text)
        self.client.reload()
        self.assertEqual(self.validate(), from_text)
        # Each one is in the log too, at the place.
        for problem in from_text:
            if problem['severity'] == 'error':
                self.assertIn(f"openclaw.json:{problem['line']}:{problem['column']}",
                              self.session.daemon_log())

    def test_each_problem_once(self):
        for text, expected in MESSY.values():
            problems = self.validate(text)
            keys = [(p['file'], p['line'], p['column'], p['path'], p['message']) for p in problems]
            self.assertEqual(len(keys), len(set(keys)))

    def test_included_files(self):
        self.write(self.path.parent / 'p.json', '{\n\n  minimax: {\n    modles: [] } }')
        self.replace(self.path, '{ models: { providers: { $include: "p.json" } } }')
        self.client.reload()
        found = self.at(self.validate(), 'models.providers.minimax.modles')
        self.assertEqual([(p['file'], p['line'], p['column'], p.get('suggestion')) for p in found],
                         [(str(self.path.parent / 'p.json'), 4, 5, 'models')])

    def test_language(self):
        text = '{ models: { provider: 1 } }'
        english, chinese = (self.validate(text, locale=l)[0] for l in ('en_US.UTF-8',
                                                                       'zh_CN.UTF-8'))
        for key in ('file', 'line', 'column', 'path', 'severity', 'suggestion'):
            self.assertEqual(english[key], chinese[key])

    def test_unreadable_text(self):
        problems = self.validate('{\n  a: [1, 2\n}')
        self.assertEqual([(p['line'], p['column'], p['severity']) for p in problems],
                         [(3, 1, 'error')])

    def test_nothing_is_changed_by_looking(self):
        before = self.data()
        signals = self.watch()
        self.validate('{ models: { mode: "replace" } }')
        self.validate('{ broken')
        self.client.spin(0.3)
        self.assertEqual(signals.seen, [])
        self.assertUntouched(before)
        self.assertEqual(self.value(), {})

    def test_ten_thousand_mistakes(self):
        text = '{ models: { providers: { %s } } }' % ', '.join(
            f'p{i}: {{ baseURL: "x" }}' for i in range(10000))
        problems = self.validate(text)
        self.assertTrue(problems)
        self.assertLessEqual(len(problems), 20000)


if __name__ == '__main__':
    main()
