#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""Providers from drop-ins, models.json, the administrator and openclaw.json, field by field."""

import json

from client import DBusError
from config_case import ConfigTest, LIGHTNING, M21
from harness import main


class LayerTest(ConfigTest):
    """write_layer(n, entry) puts an entry of the provider "acme" into the nth place: later win."""

    def places(self):
        folder, state = self.session.folder, self.path.parent
        return [(folder / 'data' / 'providers.d' / 'acme.json', None),
                (self.admin / 'providers.d' / 'acme.json', None),
                (self.desktop_path.parent / 'providers.d' / 'acme.json', None),
                (state / 'models.json', ('providers',)),
                (state / 'agents' / 'main' / 'agent' / 'models.json', ('providers',)),
                (self.admin / 'openclaw.json', ('models', 'providers')),
                (self.path, ('models', 'providers'))]

    def write_layer(self, n, entry, provider='acme'):
        path, around = self.places()[n]
        if around is None:
            self.write(path.with_name(f'{provider}.json'), entry)
            return
        value = {provider: entry}
        for name in reversed(around):
            value = {name: value}
        self.write(path, value)

    def entry(self, **more):
        return {'baseUrl': self.provider.url('keyless'), 'api': 'anthropic-messages',
                'models': [{'id': 'A-1'}], **more}


class OrderTest(LayerTest):
    def test_each_alone(self):
        for n in range(len(self.places())):
            with self.subTest(place=str(self.places()[n][0].relative_to(self.session.folder))):
                self.write_layer(n, self.entry(apiKey='sk-x') if n >= 5 else self.entry())
                self.session.start_daemon()
                record = {m['ref']: m for m in self.client.list_models(all=True)}['acme/A-1']
                self.assertEqual((record['context-window'], record['max-tokens'], record['input'],
                                  record['reasoning']), (200000, 8192, ['text'], False))
                self.session.stop_daemon()
                self.places()[n][0].unlink()

    def test_later_ones_win(self):
        for n in range(len(self.places())):
            self.write_layer(n, self.entry(models=[{'id': 'A-1', 'contextWindow': 1000 + n,
                                                    'name': f'Layer {n}'}]))
        self.start()
        for n in reversed(range(len(self.places()))):
            record = {m['ref']: m for m in self.client.list_models(all=True)}['acme/A-1']
            self.assertEqual((record['context-window'], record['name']), (1000 + n, f'Layer {n}'))
            self.places()[n][0].unlink()
            self.client.reload()
        self.assertNotIn('acme/A-1', {m['ref'] for m in self.client.list_models(all=True)})

    def test_field_by_field(self):
        """Each layer says one thing; all of it is true."""
        self.write_layer(0, {**self.entry(), 'name': 'Acme', 'needsKey': True, 'envKeys':
                             ['ACME_KEY'], 'models': [{'id': 'A-1', 'name': 'First'}]})
        self.write_layer(1, {'models': [{'id': 'A-1', 'contextWindow': 11}]})
        self.write_layer(2, {'models': [{'id': 'A-1', 'maxTokens': 12},
                                        {'id': 'A-2', 'name': 'Second'}]})
        self.write_layer(3, {'models': [{'id': 'A-1', 'cost': {'input': 1.5}}]})
        self.write_layer(4, {'models': [{'id': 'A-1', 'cost': {'output': 2.5}}]})
        self.write_layer(5, {'models': [{'id': 'A-1', 'reasoning': True}]})
        self.write_layer(6, {'models': [{'id': 'A-1', 'input': ['text', 'image']}]})
        self.start(environ={'ACME_KEY': 'sk-acme'})
        self.assertEqual([p for p in self.validate() if p['severity'] == 'error'], [])
        record = self.client.resolve('acme/A-1')
        self.assertEqual(record['name'], 'First')
        self.assertEqual((record['context-window'], record['max-tokens']), (11, 12))
        self.assertEqual((record['cost']['input'], record['cost']['output']), (1.5, 2.5))
        self.assertEqual((record['reasoning'], record['input']), (True, ['text', 'image']))
        self.assertEqual(record['credential'], 'acme:env')
        self.assertEqual(self.client.resolve('acme/A-2')['name'], 'Second')

    def test_built_in_provider_keeps_what_is_not_said(self):
        self.write_layer(2, {'models': [{'id': 'MiniMax-M2.1', 'contextWindow': 11}]}, 'minimax')
        self.write_layer(4, {'models': [{'id': 'MiniMax-M2.1', 'maxTokens': 12}]}, 'minimax')
        self.write(self.path, {})
        self.start(environ={'MINIMAX_API_KEY': 'sk-x'})
        record = self.client.resolve(M21)
        self.assertEqual((record['context-window'], record['max-tokens']), (11, 12))
        self.assertEqual(record['cost']['input'], 0.3)
        self.assertEqual(record['api'], 'anthropic-messages')
        self.assertIs(self.client.resolve(LIGHTNING)['listed'], True)

    def test_ids_in_any_case_and_aliases(self):
        self.write(self.path, {'models': {'providers': {
            'Z.AI': {'models': [{'id': 'glm-x', 'contextWindow': 11}]},
            'MiniMax': {'models': [{'id': 'MiniMax-M2.1', 'contextWindow': 12}]}}}})
        self.start(environ={'ZAI_API_KEY': 'sk-x', 'MINIMAX_API_KEY': 'sk-y'})
        for spelling in ('zai/glm-x', 'z.ai/glm-x', 'z-ai/glm-x', 'ZAI/glm-x', 'Z-AI/glm-x'):
            with self.subTest(spelling=spelling):
                record = self.client.resolve(spelling)
                self.assertEqual((record['ref'], record['context-window']), ('zai/glm-x', 11))
        self.assertEqual(self.client.resolve(M21)['context-window'], 12)

    def test_order_within_a_folder_does_not_matter(self):
        folder = self.desktop_path.parent / 'providers.d'
        for name in 'zebra', 'acme', 'middle':
            self.write(folder / f'{name}.json', {**self.entry(), 'needsKey': False})
        for name in ('acme.json~', '.acme.json.swp', 'README', 'acme.json.dpkg-old', 'x.txt'):
            (folder / name).write_text('{ no JSON')
        (folder / 'folder.json').mkdir()
        self.start('{}')
        self.assertLessEqual({'zebra', 'acme', 'middle'},
                             {m['provider'] for m in self.client.list_models(all=True)})
        self.assertTrue(all('folder.json' in p['file'] for p in self.validate()), self.validate())


class ModeTest(LayerTest):
    def test_merge_and_replace(self):
        self.write_layer(2, {**self.entry(), 'needsKey': False})
        self.write(self.path, {'models': {'mode': 'merge', 'providers': {'mine': self.entry()}}})
        self.start()
        providers = {m['provider'] for m in self.client.list_models(all=True)}
        self.assertLessEqual({'mine', 'acme', 'minimax', 'anthropic'}, providers)
        self.set('models.mode', '"replace"')
        self.wait_until(lambda: {m['provider'] for m in self.client.list_models(all=True)}
                        == {'mine'}, 'only what is configured')
        self.unset('models.mode')
        self.assertEqual({m['provider'] for m in self.client.list_models(all=True)}, providers)

    def test_replace_takes_fields_of_nobody_else(self):
        self.write(self.path, {'models': {'mode': 'replace', 'providers': {'minimax': {
            'baseUrl': self.provider.url('keyless'), 'api': 'anthropic-messages', 'apiKey': 'sk-x',
            'models': [{'id': 'MiniMax-M2.1'}]}}}})
        self.start()
        record = self.client.resolve(M21)
        self.assertEqual((record['context-window'], record['max-tokens']), (200000, 8192))
        self.assertEqual([m['ref'] for m in self.client.list_models(all=True)], [M21])

    def test_replace_of_the_administrator(self):
        self.write(self.admin / 'openclaw.json', {'models': {'mode': 'replace', 'providers': {
            'corp': self.entry(apiKey='sk-c')}}})
        self.start('{}', {'MINIMAX_API_KEY': 'sk-x'})
        self.assertEqual({m['provider'] for m in self.client.list_models(all=True)}, {'corp'})
        self.replace(self.path, '{ models: { mode: "merge" } }')
        self.client.reload()
        self.assertLessEqual({'corp', 'minimax'},
                             {m['provider'] for m in self.client.list_models(all=True)})


class AdministratorTest(LayerTest):
    def test_beneath_the_users(self):
        self.write(self.admin / 'openclaw.json', '''{ // of the company
  agents: { defaults: { model: { primary: "corp/C-1", fallbacks: ["corp/C-2"] },
            timeoutSeconds: 100, models: { "corp/C-1": { alias: "one" }, "corp/C-2": {} } } },
  models: { providers: { corp: { baseUrl: "%s", api: "anthropic-messages", apiKey: "sk-corp",
            models: [ { id: "C-1" }, { id: "C-2" } ] } } } }''' % self.provider.url())
        self.start('{ agents: { defaults: { timeoutSeconds: 5 } } }')
        self.assertEqual(self.client.get('DefaultModel'), 'corp/C-1')
        self.assertEqual(self.client.get('FallbackModels'), ['corp/C-2'])
        self.assertEqual(self.value('agents.defaults.timeoutSeconds'), 5)
        self.assertEqual(self.client.resolve('one')['ref'], 'corp/C-1')
        self.assertEqual(self.key_used(), 'sk-corp')
        self.assertEqual([p for p in self.validate() if p['severity'] == 'error'], [])
        # What the user sets goes into the user's file, and wins.
        before = self.data(self.admin / 'openclaw.json')
        self.client.call('SetDefaultModel', '(sa{sv})', 'corp/C-2', {})
        self.assertEqual(self.client.get('DefaultModel'), 'corp/C-2')
        self.assertUntouched(before, self.admin / 'openclaw.json')
        self.assertIn(b'corp/C-2', self.data())
        self.unset('agents.defaults.model.primary')
        self.assertEqual(self.client.get('DefaultModel'), 'corp/C-1')
        # What only the administrator has set is not the user's to take away.
        self.assertDBusError('NotFound', self.unset, 'agents.defaults.model.fallbacks')
        self.assertUntouched(before, self.admin / 'openclaw.json')

    def test_lists_are_not_merged(self):
        self.write(self.admin / 'openclaw.json', {'agents': {'defaults': {'model': {
            'primary': M21, 'fallbacks': ['a/b', 'c/d']}}}})
        self.start({'agents': {'defaults': {'model': {'fallbacks': [LIGHTNING]}}}},
                   {'MINIMAX_API_KEY': 'sk-x'})
        self.assertEqual(self.client.get('FallbackModels'), [LIGHTNING])
        self.assertEqual(self.client.get('DefaultModel'), M21)

    def test_alone(self):
        self.write(self.admin / 'openclaw.json', {'agents': {'defaults': {'model': M21}}})
        self.start(environ={'MINIMAX_API_KEY': 'sk-x'})
        self.assertEqual(self.property('State'), 'missing')
        self.assertEqual(self.client.get('DefaultModel'), M21)

    def test_broken(self):
        for path in (self.admin / 'openclaw.json', self.admin / 'desktop.json'):
            self.write(path, '{\n broken')
        self.start({'agents': {'defaults': {'model': M21}}}, {'MINIMAX_API_KEY': 'sk-x'})
        self.assertEqual(self.client.get('DefaultModel'), M21)
        self.assertIs(self.client.get('Ready'), True)
        found = {p['file'] for p in self.validate() if p['severity'] == 'error'}
        self.assertEqual(found, {str(self.admin / 'openclaw.json'),
                                 str(self.admin / 'desktop.json')})
        self.assertIn(str(self.admin / 'openclaw.json'), self.session.daemon_log())
        self.set('agents.defaults.timeoutSeconds', '5')

    def test_desktop(self):
        self.write(self.admin / 'desktop.json',
                   '{ fallback: { within: "region", allow: ["remote"] },'
                   ' providers: { minimax: { timeouts: { connectMs: 1, idleMs: 2 } } } }')
        self.write(self.desktop_path,
                   '{ providers: { minimax: { timeouts: { idleMs: 3000 } } } }')
        self.start('{}')
        self.assertEqual(self.value('desktop'), {
            'fallback': {'within': 'region', 'allow': ['remote']},
            'providers': {'minimax': {'timeouts': {'connectMs': 1, 'idleMs': 3000}}}})


class IsolationTest(LayerTest):
    """A drop-in that is wrong does harm to itself only."""

    def test_broken_ones(self):
        folder = self.desktop_path.parent / 'providers.d'
        broken = {'syntax': b'{ "baseUrl": ', 'kind': b'[1]', 'url': b'{ "baseUrl": 17 }',
                  'bytes': b'\xff\xff', 'empty': b'', 'deep': b'[' * 100000,
                  'api': b'{ "baseUrl": "http://127.0.0.1:9/v1", "api": "carrier-pigeon",'
                         b' "models": [ { "id": "a" } ] }',
                  'models': b'{ "baseUrl": "http://127.0.0.1:9/v1", "api":'
                            b' "openai-completions", "models": { "id": "a" } }',
                  'nobase': b'{ "api": "openai-completions", "models": [ { "id": "a" } ] }',
                  'minimax': b'{ "models": "none", "baseUrl": [] }'}
        for name, data in broken.items():
            self.write(folder / f'{name}.json', data)
        self.write(folder / 'good.json', {**self.entry(), 'needsKey': False})
        self.start('{}', {'MINIMAX_API_KEY': 'sk-x'})
        self.assertEqual(self.property('State'), 'ok')
        self.assertTrue(self.client.complete('hello', 'good/A-1')['text'])
        # Its key could go to a server that nobody meant.
        self.assertDBusError('UnknownModel', self.client.resolve, M21)
        named = {p['file'] for p in self.validate()}
        for name in broken:
            with self.subTest(name=name):
                self.assertIn(str(folder / f'{name}.json'), named)
        self.assertNotIn(str(folder / 'good.json'), named)
        self.set('agents.defaults.timeoutSeconds', '5')
        for name, data in broken.items():
            self.assertUntouched(data, folder / f'{name}.json')

    def test_broken_models_json(self):
        path = self.path.parent / 'models.json'
        self.write(path, '{ "providers": {\n "acme": ,')
        self.start({'models': {'providers': {'minimax': {'apiKey': 'sk-x'}}}})
        self.assertIs(self.client.resolve(M21)['available'], True)
        found = [(p['file'], p['line']) for p in self.validate() if p['severity'] == 'error']
        self.assertEqual(found, [(str(path), 2)])

    def test_last_good_one_stays(self):
        path = self.path.parent / 'models.json'
        self.write(path, {'providers': {'minimax': {'models': [
            {'id': 'MiniMax-M2.1', 'contextWindow': 77}]}}})
        self.start({'models': {'providers': {'minimax': {'apiKey': 'sk-x'}}}})
        self.assertEqual(self.client.resolve(M21)['context-window'], 77)
        self.replace(path, '{ broken')
        self.wait_until(lambda: [p for p in self.validate() if p['file'] == str(path)],
                        'the problem')
        self.assertEqual(self.client.resolve(M21)['context-window'], 77)

    def test_places_in_a_drop_in(self):
        path = self.desktop_path.parent / 'providers.d' / 'acme.json'
        self.write(path, '{\n  "baseUrl": "http://127.0.0.1:9/v1",\n'
                         '  "api": "openai-completions",\n  "envKeyss": ["X"],\n'
                         '  "models": [ { "id": "a",\n    "contextWindw": 5 } ]\n}\n')
        self.start('{}')
        found = [(p['line'], p['column'], p['path'], p['suggestion']) for p in self.validate()
                 if p['file'] == str(path)]
        self.assertEqual(sorted(found), [
            (4, 3, 'models.providers.acme.envKeyss', 'envKeys'),
            (6, 5, 'models.providers.acme.models[0].contextWindw', 'contextWindow')])


class TrustTest(LayerTest):
    """Keys of the environment and of the settings go where the catalogue or the user's own file
    leads, not where something else in the way would like them."""

    SECRETS = ('sk-of-the-environment', 'sk-of-the-file')

    def attack(self, n, provider='minimax', file=None, environ=None):
        self.write_layer(n, {'baseUrl': self.provider.url('keyless')}, provider)
        if file is not None:
            self.write(self.path, file)
        self.session.start_daemon(environ)
        try:
            self.client.complete('hello', M21 if provider == 'minimax' else f'{provider}/x')
        except DBusError as error:
            outcome = error.short
        else:
            outcome = 'answered'
        self.session.stop_daemon()
        return outcome

    def assertNotSent(self):
        seen = json.dumps(self.provider.lines())
        for secret in self.SECRETS:
            self.assertNotIn(secret, seen)

    def test_redirecting_drop_ins_get_no_key(self):
        environ = {'MINIMAX_API_KEY': self.SECRETS[0]}
        for n in (2, 3, 4):
            with self.subTest(place=self.places()[n][0].name, key='environment'):
                self.attack(n, environ=environ)
                self.assertNotSent()
            with self.subTest(place=self.places()[n][0].name, key='settings'):
                self.attack(n, file={'models': {'providers': {'minimax': {
                    'apiKey': self.SECRETS[1]}}}})
                self.assertNotSent()
            self.path.unlink()
            self.places()[n][0].with_name('minimax.json' if n < 3 else 'models.json').unlink()

    def test_keyless_provider_turned_elsewhere(self):
        self.attack(2, 'openai', environ={'OPENAI_API_KEY': self.SECRETS[0]})
        self.assertNotSent()

    def test_env_block(self):
        self.attack(2, file={'env': {'vars': {'MINIMAX_API_KEY': self.SECRETS[0]}}})
        self.assertNotSent()

    def test_env_keys_of_a_drop_in_cannot_take_the_key_of_another(self):
        self.write_layer(2, {**self.entry(), 'envKeys': ['MINIMAX_API_KEY', 'HOME'],
                             'needsKey': True})
        self.session.start_daemon({'MINIMAX_API_KEY': self.SECRETS[0]})
        try:
            self.client.complete('hello', 'acme/A-1')
        except DBusError:
            pass
        self.assertNotSent()

    def test_headers_of_a_drop_in_hold_no_variables(self):
        self.write_layer(2, {**self.entry(), 'needsKey': False,
                             'headers': {'X-Steal': '${MINIMAX_API_KEY}'}})
        self.session.start_daemon({'MINIMAX_API_KEY': self.SECRETS[0]})
        try:
            self.client.complete('hello', 'acme/A-1')
        except DBusError:
            pass
        self.assertNotSent()

    def test_users_own_file_may_lead_anywhere(self):
        self.write(self.path, {'models': {'providers': {'minimax': {
            'baseUrl': self.provider.url(), 'apiKey': 'sk-mine'}}}})
        self.start()
        self.assertEqual(self.key_used(M21), 'sk-mine')

    def test_users_own_file_wins_over_the_drop_in(self):
        self.write_layer(2, {'baseUrl': 'http://127.0.0.1:9/nowhere'}, 'minimax')
        self.write(self.path, {'models': {'providers': {'minimax': {
            'baseUrl': self.provider.url()}}}})
        self.start(environ={'MINIMAX_API_KEY': 'sk-env'})
        self.assertEqual(self.key_used(M21), 'sk-env')

    def test_drop_in_of_the_user_gets_no_variable(self):
        """Who can write such a file could have any variable sent anywhere."""
        for layer, expected in ((2, None), (1, 'sk-acme')):
            with self.subTest(layer=layer):
                self.write_layer(layer, {**self.entry(), 'baseUrl': self.provider.url(),
                                         'envKeys': ['ACME_TEST_KEY'], 'needsKey': True})
                self.start('{}', {'ACME_TEST_KEY': 'sk-acme'})
                if expected is None:
                    self.assertDBusError('UnknownModel', self.client.complete, 'hello', 'acme/A-1')
                    self.assertIn('models.providers.acme.envKeys',
                                  [p['path'] for p in self.validate()])
                else:
                    self.assertEqual(self.key_used('acme/A-1'), expected)
                self.session.stop_daemon()

    def test_administrators_drop_in_may_lead_a_known_provider_elsewhere(self):
        """A private deployment: what is in /etc is not less trusted than the program."""
        self.write_layer(1, {'baseUrl': self.provider.url()}, 'minimax')
        self.start('{}', {'MINIMAX_API_KEY': 'sk-corp'})
        self.assertEqual(self.key_used(M21), 'sk-corp')


if __name__ == '__main__':
    main()
