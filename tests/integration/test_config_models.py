#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""Which model a word means, what the allowlist allows, and what the commands for both write."""

import json5_reader
from config_case import ConfigTest, LIGHTNING, M21
from harness import main

OPUS = 'anthropic/claude-opus-4-6'


class ModelTest(ConfigTest):
    environment = {'MINIMAX_API_KEY': 'sk-m', 'ANTHROPIC_API_KEY': 'sk-a'}

    def entry(self, *ids):
        return {'baseUrl': 'http://127.0.0.1:9/v1', 'api': 'openai-completions', 'apiKey': 'sk-x',
                'models': [{'id': i} for i in ids]}

    def configure(self, defaults=None, **providers):
        self.write(self.path, {'agents': {'defaults': defaults or {}},
                               'models': {'providers': providers}})
        if self.session.daemon:
            self.client.reload()
        else:
            self.session.start_daemon(self.environment)

    def ref(self, word):
        return self.client.resolve(word)['ref']


class ChoiceTest(ModelTest):
    def test_plain_string_and_object(self):
        for model, primary, fallbacks in (
                (M21, M21, []), ({'primary': M21}, M21, []),
                ({'primary': M21, 'fallbacks': [OPUS, LIGHTNING]}, M21, [OPUS, LIGHTNING]),
                ({'fallbacks': [OPUS]}, '', [OPUS]), (None, '', [])):
            with self.subTest(model=model):
                self.configure({'model': model} if model else {})
                self.assertEqual(self.client.get('DefaultModel'), primary)
                self.assertEqual(self.client.get('FallbackModels'), fallbacks)
                if primary:
                    self.assertEqual(self.ref(''), primary)
                else:
                    self.assertDBusError('NoDefaultModel', self.client.resolve, '')

    def test_references_by_alias(self):
        self.configure({'model': {'primary': 'quick', 'fallbacks': ['OP']},
                        'models': {LIGHTNING: {'alias': 'Quick'}, OPUS: {'alias': 'op'}}})
        self.assertEqual(self.ref(''), LIGHTNING)
        records = {m['ref']: m for m in self.client.list_models()}
        self.assertIs(records[LIGHTNING]['default'], True)
        self.assertEqual(records[OPUS]['fallback-rank'], 0)

    def test_set_default_keeps_the_form(self):
        for before in ('{ agents: { defaults: { model: "%s" /* mine */ } } }' % M21,
                       '{ agents: { defaults: { model: { primary: "%s" /* mine */ } } } }' % M21):
            with self.subTest(before=before):
                self.write(self.path, before)
                if not self.session.daemon:
                    self.session.start_daemon(self.environment)
                self.client.reload()
                self.client.call('SetDefaultModel', '(sa{sv})', LIGHTNING, {})
                self.assertUntouched(before.replace(M21, LIGHTNING))

    def test_set_fallbacks_of_a_plain_string(self):
        self.configure({'model': M21})
        self.client.call('SetFallbackModels', '(asa{sv})', [OPUS], {})
        self.assertEqual(json5_reader.read(self.data())['agents']['defaults']['model'],
                         {'primary': M21, 'fallbacks': [OPUS]})
        self.assertEqual(self.client.get('DefaultModel'), M21)
        self.assertEqual(self.client.get('FallbackModels'), [OPUS])


class ResolveTest(ModelTest):
    def test_first_slash(self):
        self.configure(router=self.entry('moonshotai/kimi-k2', 'a/b/c'))
        for word, provider, model in (
                ('router/moonshotai/kimi-k2', 'router', 'moonshotai/kimi-k2'),
                ('router/a/b/c', 'router', 'a/b/c'),
                ('Router/x/y', 'router', 'x/y')):
            with self.subTest(word=word):
                record = self.client.resolve(word)
                self.assertEqual((record['provider'], record['id']), (provider, model))
        # What stands before the first slash is the provider, also in an id that has slashes.
        self.assertDBusError('UnknownModel', self.client.resolve, 'moonshotai/kimi-k2')

    def test_alias_comes_first(self):
        self.configure({'model': M21, 'models': {M21: {}, LIGHTNING: {'alias': 'MiniMax-M2.1'},
                                                 OPUS: {'alias': 'acme/One'},
                                                 'acme/One': {}}}, acme=self.entry('One'))
        self.assertEqual(self.ref('MiniMax-M2.1'), LIGHTNING)
        self.assertEqual(self.ref('minimax-m2.1'), LIGHTNING)
        self.assertEqual(self.ref('acme/one'), OPUS)
        self.assertEqual(self.ref(M21), M21)

    def test_bare_id(self):
        self.configure({'model': M21}, one=self.entry('Only-here', 'Both'),
                       two=self.entry('Both'))
        self.assertEqual(self.ref('Only-here'), 'one/Only-here')
        self.assertEqual(self.ref('claude-opus-4-6'), OPUS)
        # Nobody lists it: it is asked of the default provider.
        record = self.client.resolve('Never-heard-of')
        self.assertEqual((record['ref'], record['listed']), ('minimax/Never-heard-of', False))
        with self.assertRaises(Exception) as caught:
            self.client.resolve('Both')
        self.assertIn(caught.exception.short, ('UnknownModel', 'InvalidArgs'))
        self.assertMentions(caught.exception.message, 'one/Both', 'two/Both')

    def test_bare_id_that_the_default_provider_has_too_is_still_ambiguous(self):
        self.configure({'model': 'one/Both'}, one=self.entry('Both'), two=self.entry('Both'))
        with self.assertRaises(Exception) as caught:
            self.client.resolve('Both')
        self.assertMentions(caught.exception.message, 'one/Both', 'two/Both')

    def test_bare_id_without_a_default_provider(self):
        self.configure(one=self.entry('Only-here'))
        self.assertEqual(self.ref('Only-here'), 'one/Only-here')
        with self.assertRaises(Exception) as caught:
            self.client.resolve('Never-heard-of')
        self.assertIn(caught.exception.short, ('UnknownModel', 'NoDefaultModel'))

    def test_ids_are_case_sensitive(self):
        self.configure(acme=self.entry('CamelCase'))
        self.assertEqual(self.ref('ACME/CamelCase'), 'acme/CamelCase')
        for word in ('acme/camelcase', 'acme/CAMELCASE', 'camelcase'):
            with self.subTest(word=word):
                message = self.assertDBusError('UnknownModel', self.client.resolve, word)
                self.assertIn('acme/CamelCase', message)

    def test_two_ids_that_differ_in_case_only(self):
        self.configure(acme=self.entry('Model', 'model'))
        self.assertEqual(self.ref('acme/Model'), 'acme/Model')
        self.assertEqual(self.ref('acme/model'), 'acme/model')

    def test_provider_aliases(self):
        self.configure(zai=self.entry('glm-x'))
        for word in ('zai/glm-x', 'z.ai/glm-x', 'z-ai/glm-x', 'Z.AI/glm-x'):
            with self.subTest(word=word):
                self.assertEqual(self.ref(word), 'zai/glm-x')

    def test_unlisted_id_passes_through(self):
        self.configure(acme=self.entry('One'))
        for word in ('acme/Other', 'acme/some/other:free', 'minimax/MiniMax-M99'):
            with self.subTest(word=word):
                record = self.client.resolve(word)
                self.assertEqual((record['ref'], record['listed'], record['context-window'],
                                  record['max-tokens'], record['input'], record['allowed']),
                                 (word, False, 200000, 8192, ['text'], True))

    def test_unknown_provider_names_what_is_near(self):
        self.configure(acme=self.entry('One'))
        message = self.assertDBusError('UnknownModel', self.client.resolve,
                                       'minimx/MiniMax-M2.1')
        self.assertMentions(message, 'minimx/MiniMax-M2.1', M21)

    def test_remedies(self):
        self.configure()
        message = self.assertDBusError('UnknownModel', self.client.resolve, 'openai/gpt-5.2')
        self.assertMentions(message, 'Unknown model: openai/gpt-5.2', 'OPENAI_API_KEY',
                            'openclawctl', 'models.providers.openai')

    def test_odd_words(self):
        self.configure({'model': M21})
        for word in ('/', '/x', 'minimax/', ' ', 'a b', '\n', 'minimax/ x', 'x' * 10000,
                     'minimax/' + 'y' * 100000):
            with self.subTest(word=word[:20]):
                try:
                    self.assertTrue(self.ref(word))
                except Exception as error:
                    self.assertIn(getattr(error, 'short', error), ('UnknownModel', 'InvalidArgs'))
                    self.assertLess(len(error.message), 5000)


class AllowlistTest(ModelTest):
    def test_entry_is_enough(self):
        self.configure({'models': {'acme/One': {}, 'acme/not-listed': {}}},
                       acme=self.entry('One', 'Two'))
        self.assertIs(self.client.resolve('acme/One')['allowed'], True)
        record = self.client.resolve('acme/not-listed')
        self.assertEqual((record['allowed'], record['listed']), (True, False))

    def test_error_names_the_place_and_what_is_allowed(self):
        self.configure({'model': {'primary': M21, 'fallbacks': [LIGHTNING]},
                        'models': {'acme/One': {'alias': 'one'}, OPUS: {}}},
                       acme=self.entry('One', 'Two'))
        for word in ('acme/Two', 'acme/not-listed', 'Two', 'minimax/MiniMax-M2'):
            with self.subTest(word=word):
                message = self.assertDBusError('ModelNotAllowed', self.client.resolve, word)
                self.assertMentions(message, 'agents.defaults.models', 'acme/One', OPUS, M21,
                                    LIGHTNING)
        message = self.assertDBusError('ModelNotAllowed', self.client.complete, 'hello',
                                       'acme/Two')
        self.assertIn('agents.defaults.models', message)
        self.assertEqual(self.provider.requests(), [])

    def test_primary_and_fallbacks_are_always_allowed(self):
        self.configure({'model': {'primary': M21, 'fallbacks': [OPUS]}, 'models': {
            'acme/One': {}}}, acme=self.entry('One'))
        for word in (M21, OPUS, 'acme/One', ''):
            self.assertIs(self.client.resolve(word)['allowed'], True)
        allowed = {m['ref'] for m in self.client.list_models(all=True) if m['allowed']}
        self.assertEqual(allowed, {M21, OPUS, 'acme/One'})

    def test_empty_object_is_a_list_too(self):
        self.configure({'model': M21, 'models': {}})
        self.assertIs(self.client.resolve(M21)['allowed'], True)
        self.assertDBusError('ModelNotAllowed', self.client.resolve, LIGHTNING)

    def test_no_object_allows_everything(self):
        self.configure({'model': M21})
        self.assertEqual({m['allowed'] for m in self.client.list_models(all=True)}, {True})

    def test_many_allowed_ones_make_no_endless_message(self):
        self.configure({'models': {f'acme/M-{i}': {} for i in range(1000)}},
                       acme=self.entry('One'))
        message = self.assertDBusError('ModelNotAllowed', self.client.resolve, 'acme/One')
        self.assertIn('acme/M-0', message)
        self.assertLess(len(message), 5000)

    def test_provider_in_another_case(self):
        self.configure({'models': {'ACME/One': {'alias': 'one'}}}, acme=self.entry('One'))
        self.assertEqual(self.ref('acme/One'), 'acme/One')
        self.assertEqual(self.ref('one'), 'acme/One')


class AliasTest(ModelTest):
    def set_alias(self, ref, alias):
        return self.client.call('SetAlias', '(ssa{sv})', ref, alias, {})['warnings']

    def test_first_one_warns_and_says_how_to_undo_it(self):
        self.configure({'model': M21})
        warnings = self.set_alias(LIGHTNING, 'quick')
        self.assertEqual(len(warnings), 1)
        self.assertMentions(warnings[0], 'agents.defaults.models', 'remove')
        self.assertDBusError('ModelNotAllowed', self.client.resolve, OPUS)
        self.assertEqual(self.set_alias(OPUS, 'op'), [])
        self.unset('agents.defaults.models')
        self.assertEqual(self.ref(OPUS), OPUS)

    def test_list_of_the_administrator_counts(self):
        self.write(self.admin / 'openclaw.json', {'agents': {'defaults': {'models': {M21: {}}}}})
        self.configure({'model': M21})
        self.assertEqual(self.set_alias(LIGHTNING, 'quick'), [])

    def test_alias_that_another_model_has(self):
        self.configure({'model': M21, 'models': {M21: {'alias': 'mini'}, LIGHTNING: {}}})
        before = self.data()
        try:
            self.set_alias(LIGHTNING, 'MINI')
        except Exception as error:
            self.assertIn(M21, error.message)
            self.assertUntouched(before)
        else:
            self.assertEqual(self.ref('mini'), LIGHTNING)
            self.assertEqual(self.client.resolve(M21)['aliases'], [])

    def test_taking_away_keeps_the_entry_and_its_params(self):
        self.configure({'model': M21, 'models': {M21: {'alias': 'mini', 'params': {'topP': 0.5}}}})
        self.set_alias(M21, '')
        self.assertEqual(self.value('agents.defaults.models'), {M21: {'params': {'topP': 0.5}}})

    def test_aliases_that_are_none(self):
        self.configure({'model': M21})
        before = self.data()
        for alias in ('a b', '${HOME}', 'a/b', 'x' * 2000, '\n', 'a\0b'[:1] + '\t'):
            with self.subTest(alias=alias[:10]):
                self.assertDBusError('InvalidArgs', self.set_alias, M21, alias)
        self.assertUntouched(before)

    def test_entry_with_another_spelling_of_the_provider_is_used(self):
        self.configure({'model': M21, 'models': {'MiniMax/MiniMax-M2.1': {}}})
        self.set_alias(M21, 'mini')
        self.assertEqual(self.value('agents.defaults.models'),
                         {'MiniMax/MiniMax-M2.1': {'alias': 'mini'}})


class PluginTest(ModelTest):
    """A section of ours that is only kept here."""

    def test_enabling_keeps_the_rest(self):
        before = '{ plugins: { allow: ["x"], entries: { x: { enabled: false, config: { a: 1 } } }' \
                 ' } }'
        self.write(self.path, before)
        self.session.start_daemon()
        self.set('plugins.entries.x.enabled', 'true')
        self.assertUntouched(before.replace('false', 'true'))
        self.set('plugins.entries.minimax-portal-auth.enabled', 'true')
        self.assertEqual(json5_reader.read(self.data())['plugins'], {
            'allow': ['x'], 'entries': {'x': {'enabled': True, 'config': {'a': 1}},
                                        'minimax-portal-auth': {'enabled': True}}})


if __name__ == '__main__':
    main()
