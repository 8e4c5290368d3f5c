#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""The models that are built in: all of two eras of OpenClaw, with their limits and prices."""

import json

import paths
from config_case import ConfigTest, LIGHTNING, M21
from harness import main

# catalog-models.json: provider -> newest: id -> [context, answer, thinks, sees, prices ...], or
# null where a market makes the prices; older: ids that only older versions listed.
MODELS = json.loads((paths.HERE / 'catalog-models.json').read_text('utf-8'))
# Those that are asked for with the environment as OpenClaw's users have it.
VARIABLES = {
    'anthropic': ('ANTHROPIC_OAUTH_TOKEN', 'ANTHROPIC_API_KEY'), 'openai': ('OPENAI_API_KEY',),
    'minimax': ('MINIMAX_API_KEY', 'MINIMAX_CODE_PLAN_KEY', 'MINIMAX_CODING_API_KEY'),
    'minimax-portal': ('MINIMAX_OAUTH_TOKEN',), 'moonshot': ('MOONSHOT_API_KEY',),
    'kimi-coding': ('KIMI_API_KEY', 'KIMICODE_API_KEY'), 'zai': ('ZAI_API_KEY', 'Z_AI_API_KEY'),
    'openrouter': ('OPENROUTER_API_KEY',), 'deepseek': ('DEEPSEEK_API_KEY',),
}
APIS = {'anthropic': 'anthropic-messages', 'openai': 'openai-responses',
        'minimax': 'anthropic-messages', 'minimax-portal': 'anthropic-messages',
        'moonshot': 'openai-completions', 'kimi-coding': 'openai-completions',
        'zai': 'openai-completions', 'deepseek': 'openai-completions'}


class CatalogTest(ConfigTest):
    def records(self, **options):
        return {m['ref']: m for m in self.client.list_models(all=True, **options)}


class ListTest(CatalogTest):
    def setUp(self):
        super().setUp()
        self.start('{}')
        self.all = self.records()

    def test_every_id_of_two_eras(self):
        for provider, eras in MODELS.items():
            with self.subTest(provider=provider):
                listed = {m['id'] for m in self.all.values() if m['provider'] == provider}
                self.assertEqual({*eras['newest'], *eras['older']} - listed, set())

    def test_limits_and_prices_of_the_newest(self):
        for provider, eras in MODELS.items():
            for model, numbers in eras['newest'].items():
                record = self.all.get(f'{provider}/{model}')
                if numbers is None or record is None:
                    continue
                with self.subTest(model=f'{provider}/{model}'):
                    context, answer, thinks, sees, *prices = numbers
                    self.assertEqual((record['context-window'], record['max-tokens'],
                                      record['reasoning'], record['input']),
                                     (context, answer, bool(thinks),
                                      ['text', 'image'] if sees else ['text']))
                    cost = [record['cost'].get(key, 0) for key in (
                        'input', 'output', 'cache-read', 'cache-write')]
                    for found, expected in zip(cost, prices):
                        self.assertAlmostEqual(found, expected, 6)

    def test_every_record_is_whole(self):
        for ref, record in self.all.items():
            with self.subTest(ref=ref):
                self.assertEqual(ref, f"{record['provider']}/{record['id']}")
                self.assertTrue(record['name'].strip())
                self.assertGreaterEqual(record['context-window'], 1024)
                self.assertGreaterEqual(record['max-tokens'], 256)
                self.assertIn('text', record['input'])
                self.assertTrue(all(price >= 0 for price in record['cost'].values()))
                self.assertIs(record['listed'], True)
                self.assertIs(record['allowed'], True)
                self.assertIn(record['api'], ('anthropic-messages', 'openai-completions',
                                              'openai-responses'))

    def test_apis(self):
        for provider, api in APIS.items():
            with self.subTest(provider=provider):
                found = {m['api'] for m in self.all.values() if m['provider'] == provider}
                self.assertIn(api, found)

    def test_models_of_the_seed(self):
        for ref in (M21, LIGHTNING):
            record = self.all[ref]
            self.assertEqual(record['api'], 'anthropic-messages')
            self.assertEqual(record['context-window'], 204800)
            self.assertAlmostEqual(record['cost']['input'], 0.3)
        self.assertAlmostEqual(self.all[M21]['cost']['output'], 1.2)
        self.assertAlmostEqual(self.all[LIGHTNING]['cost']['output'], 2.4)

    def test_portal_has_the_same_models_for_nothing(self):
        for ref, record in self.all.items():
            if record['provider'] == 'minimax-portal':
                self.assertEqual(set(record['cost'].values()) - {0}, set(), ref)
        portal = {m['id'] for m in self.all.values() if m['provider'] == 'minimax-portal'}
        self.assertLessEqual({'MiniMax-M2.1', 'MiniMax-M2.1-lightning', *MODELS['minimax']['newest']},
                             portal)

    def test_no_model_twice(self):
        refs = [m['ref'] for m in self.client.list_models(all=True)]
        self.assertEqual(len(refs), len(set(refs)))

    def test_none_is_available_without_a_key(self):
        self.assertEqual({m['ref'] for m in self.all.values()
                          if m['available'] and not m['local']}, set())
        self.assertEqual({m['provider'] for m in self.client.list_models()}
                         - {'lmstudio', 'ollama'}, set())


class KeyTest(CatalogTest):
    def test_variables(self):
        for provider, names in VARIABLES.items():
            for name in names:
                with self.subTest(name=name):
                    self.session.start_daemon({name: 'sk-test'})
                    found = {m['provider'] for m in self.client.list_models()
                             if not m['local']}
                    self.assertEqual(found, {provider})
                    record = self.client.list_models(provider=provider)[0]
                    self.assertEqual((record['credential'], record['available']),
                                     (f'{provider}:env', True))

    def test_key_alone_is_enough_to_be_asked(self):
        self.session.start_daemon({'MINIMAX_API_KEY': 'sk-test'})
        self.client.call('SetDefaultModel', '(sa{sv})', M21, {})
        self.assertIs(self.client.get('Ready'), True)
        answer = self.client.complete('hello', dry_run=True)
        self.assertIn('https://api.minimax.io/anthropic/v1/messages', json.dumps(answer))


class RegionTest(CatalogTest):
    """A private deployment, or the other region of a company, needs one line."""

    def test_china(self):
        self.start({'models': {'providers': {'minimax': {
            'baseUrl': 'https://api.minimaxi.com/anthropic', 'apiKey': 'sk-x'}}}})
        record = self.client.resolve(M21)
        self.assertEqual(record['available'], True)
        answer = self.client.complete('hello', M21, dry_run=True)
        self.assertIn('https://api.minimaxi.com/anthropic/v1/messages', json.dumps(answer))


if __name__ == '__main__':
    main()
