#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""Listing, resolving and choosing models, and what that does to openclaw.json."""

import os
import stat

from client import Signals
from harness import GatewayTest, KEY, PRICES, main

M21 = 'minimax/MiniMax-M2.1'
LIGHTNING = 'minimax/MiniMax-M2.1-lightning'
RECORD = {'ref': str, 'id': str, 'provider': str, 'name': str, 'aliases': list, 'reasoning': bool,
          'input': list, 'context-window': int, 'max-tokens': int, 'cost': dict, 'api': str,
          'local': bool, 'listed': bool, 'allowed': bool, 'default': bool, 'fallback-rank': int,
          'available': bool, 'credential': str}

# A file as people write it. Not one byte of it may change but the one value.
FILE = '''// my settings, do not lose them
{
  env: { SOME_VAR: "x", }, // trailing comma
  'agents': {
    defaults: {
      model: { primary: "minimax/MiniMax-M2.1" /* the good one */, fallbacks: [] },
      workspace: '~/things',
    },
  },
  models: { providers: { minimax: {
    baseUrl: "%s", apiKey: "${SOME_VAR}", api: "anthropic-messages",
  } } },
  channels: { telegram: { token: "123:abc" } },   // not ours
}
'''


class ListTest(GatewayTest):
    def test_record(self):
        record = self.client.resolve(M21)
        self.assertEqual({k: type(v) for k, v in record.items()}, RECORD)
        self.assertEqual(record['ref'], M21)
        self.assertEqual(record['id'], 'MiniMax-M2.1')
        self.assertEqual(record['provider'], 'minimax')
        self.assertEqual(record['input'], ['text', 'image'])
        self.assertEqual(record['context-window'], 200000)
        self.assertEqual(record['max-tokens'], 8192)
        self.assertEqual(record['api'], 'anthropic-messages')
        self.assertEqual(record['cost'], {'input': PRICES['input'], 'output': PRICES['output'],
                                          'cache-read': PRICES['cacheRead'],
                                          'cache-write': PRICES['cacheWrite']})
        self.assertEqual(record['credential'], 'minimax:config')
        self.assertEqual(record['fallback-rank'], -1)
        for key in ('local', 'listed', 'allowed', 'default', 'available', 'reasoning'):
            self.assertIs(record[key], True, key)

    def test_list_is_what_is_configured(self):
        models = {m['ref']: m for m in self.client.list_models()}
        self.assertIn(M21, models)
        self.assertIn(LIGHTNING, models)
        self.assertEqual({m['provider'] for m in models.values()}, {'minimax'})
        self.assertEqual(models[M21], self.client.resolve(M21))
        self.assertEqual([r for r, m in models.items() if m['default']], [M21])

    def test_all_shows_the_catalogue(self):
        providers = {m['provider'] for m in self.client.list_models(all=True)}
        self.assertLessEqual({'minimax', 'anthropic'}, providers)
        missing = [m for m in self.client.list_models(all=True) if m['provider'] == 'anthropic']
        self.assertEqual({m['credential'] for m in missing}, {'missing'})
        self.assertEqual({m['available'] for m in missing}, {False})

    def test_filters(self):
        self.session.configure({'minimax': 'anthropic', 'far': self.session.entry(
            baseUrl='https://far.example.invalid/anthropic', models=['Far-1'])})
        self.assertEqual([m['ref'] for m in self.client.list_models(provider='far')], ['far/Far-1'])
        self.assertEqual({m['provider'] for m in self.client.list_models(local=True)}, {'minimax'})
        self.assertDBusError('ProviderNotConfigured', self.client.list_models, provider='nobody')

    def test_replace_hides_the_catalogue(self):
        self.session.write_config({'models': {'mode': 'replace', 'providers': {
            'mine': self.session.entry(models=['Only-1'])}}})
        self.client.reload()
        self.assertEqual([m['ref'] for m in self.client.list_models(all=True)], ['mine/Only-1'])

    def test_partial_entry_merges_field_by_field(self):
        self.session.write_config({'models': {'providers': {'minimax': {
            'models': [{'id': 'MiniMax-M2.1', 'contextWindow': 12345}]}}}})
        self.client.reload()
        record = self.client.resolve(M21)
        self.assertEqual(record['context-window'], 12345)
        self.assertGreater(record['max-tokens'], 0)
        self.assertIn('M2.1', record['name'])
        self.assertEqual(record['credential'], 'missing')

    def test_five_hundred_models_come_from_memory(self):
        models = [f'Model-{i}' for i in range(500)]
        self.session.configure({'big': self.session.entry(models=models)}, primary=None)
        self.assertEqual(len(self.client.list_models()), 500)
        self.assertEqual(self.provider.requests(), [])


class EnvironmentKeyTest(GatewayTest):
    environ = {'MINIMAX_API_KEY': KEY}
    configured = False

    def test_key_makes_the_provider_available(self):
        models = {m['ref']: m for m in self.client.list_models()}
        self.assertIn(M21, models)
        self.assertIn(LIGHTNING, models)
        self.assertEqual(models[M21]['credential'], 'minimax:env')
        self.assertIs(models[M21]['available'], True)
        self.assertIs(models[M21]['local'], False)

    def test_no_default_model(self):
        self.assertEqual(self.client.get('DefaultModel'), '')
        self.assertIs(self.client.get('Ready'), False)
        message = self.assertDBusError('NoDefaultModel', self.client.resolve, '')
        self.assertMentions(message, 'openclawctl models set')


class ResolveTest(GatewayTest):
    def configure(self, **entries):
        self.session.configure({'minimax': 'anthropic', 'other': self.session.entry(
            models=['Shared-1', 'Other-1']), 'third': self.session.entry(models=['Shared-1'])},
            defaults={'models': entries} if entries else None)

    def test_empty_is_the_default(self):
        self.assertEqual(self.client.resolve('')['ref'], M21)

    def test_alias_in_any_case(self):
        self.configure(**{M21: {'alias': 'Mini'}, 'other/Other-1': {}})
        for alias in ('Mini', 'mini', 'MINI'):
            with self.subTest(alias=alias):
                self.assertEqual(self.client.resolve(alias)['ref'], M21)
        self.assertEqual(self.client.resolve('mini')['aliases'], ['Mini'])

    def test_provider_in_any_case(self):
        self.assertEqual(self.client.resolve('MiniMax/MiniMax-M2.1')['ref'], M21)

    def test_bare_id_with_one_match(self):
        self.configure()
        self.assertEqual(self.client.resolve('Other-1')['ref'], 'other/Other-1')

    def test_ambiguous_bare_id_lists_the_candidates(self):
        self.configure()
        with self.assertRaises(Exception) as caught:
            self.client.resolve('Shared-1')
        self.assertIn(caught.exception.short, ('UnknownModel', 'InvalidArgs'))
        self.assertMentions(caught.exception.message, 'other/Shared-1', 'third/Shared-1')

    def test_unlisted_id_passes_through(self):
        record = self.client.resolve('minimax/MiniMax-M9')
        self.assertIs(record['listed'], False)
        self.assertEqual(record['context-window'], 200000)
        self.assertEqual(record['max-tokens'], 8192)
        self.assertNotIn('input', record['cost'])

    def test_id_with_slashes(self):
        self.configure()
        record = self.client.resolve('other/moonshotai/kimi-k2')
        self.assertEqual((record['provider'], record['id']), ('other', 'moonshotai/kimi-k2'))

    def test_id_in_the_wrong_case_names_the_right_one(self):
        message = self.assertDBusError('UnknownModel', self.client.resolve, 'minimax/minimax-m2.1')
        self.assertMentions(message, 'minimax/minimax-m2.1', M21)

    def test_unknown_provider(self):
        message = self.assertDBusError('UnknownModel', self.client.resolve, 'nobody/thing')
        self.assertMentions(message, 'Unknown model', 'nobody/thing', 'models.providers')

    def test_known_provider_that_is_not_configured_names_the_remedies(self):
        self.session.configure({'other': self.session.entry(models=['Other-1'])}, primary=None)
        message = self.assertDBusError('UnknownModel', self.client.resolve, M21)
        self.assertMentions(message, 'Unknown model: ' + M21, 'MINIMAX_API_KEY', 'openclawctl',
                            'models.providers.minimax')

    def test_not_on_the_allowlist(self):
        self.configure(**{'other/Other-1': {}})
        message = self.assertDBusError('ModelNotAllowed', self.client.resolve, 'third/Shared-1')
        self.assertMentions(message, 'agents.defaults.models', 'other/Other-1')
        self.assertEqual(self.client.resolve(M21)['allowed'], True, 'the primary is always allowed')
        listed = {m['ref']: m['allowed'] for m in self.client.list_models(all=True)}
        self.assertEqual([listed['other/Other-1'], listed['third/Shared-1']], [True, False])


class ChangeTest(GatewayTest):
    configured = False
    started = False

    def setUp(self):
        super().setUp()
        self.before = FILE % self.provider.url()
        self.session.write_config(self.before)
        self.session.start_daemon()
        self.signals = Signals(self.client)

    def after(self):
        return self.session.config_path.read_text('utf-8')

    def set_default(self, model):
        return self.client.call('SetDefaultModel', '(sa{sv})', model, {})

    def set_fallbacks(self, *models):
        return self.client.call('SetFallbackModels', '(asa{sv})', models, {})

    def set_alias(self, model, alias):
        return self.client.call('SetAlias', '(ssa{sv})', model, alias, {})

    def changed(self, name):
        """The value that PropertiesChanged carried for the property."""
        found = lambda: [s[3][1][name] for s in self.signals.named('PropertiesChanged')
                         if name in s[3][1]]
        return self.wait_until(found, f'PropertiesChanged of {name}')[-1]

    def test_set_default_changes_one_value_only(self):
        reply = self.set_default(LIGHTNING)
        self.assertEqual(reply, {'warnings': []})
        self.assertEqual(self.after(), self.before.replace(f'"{M21}" /*', f'"{LIGHTNING}" /*'))
        self.assertEqual(self.client.get('DefaultModel'), LIGHTNING)
        self.assertEqual(self.changed('DefaultModel'), LIGHTNING)
        self.assertEqual(self.client.resolve('')['ref'], LIGHTNING)
        self.signals.wait_for('ModelsChanged')

    def test_set_default_to_what_it_is_changes_nothing(self):
        self.set_default(M21)
        self.assertEqual(self.after(), self.before)

    def test_unknown_default_is_refused_and_the_file_left_alone(self):
        for model in ('nobody/thing', 'minimax/minimax-m2.1'):
            with self.subTest(model=model):
                self.assertDBusError('UnknownModel', self.set_default, model)
        self.assertEqual(self.after(), self.before)

    def test_fallbacks(self):
        self.set_fallbacks(LIGHTNING)
        after = self.after()
        self.assertIn('/* the good one */', after)
        self.assertEqual(after.replace(f'"{LIGHTNING}"', '').replace(' ', '').replace('\n', ''),
                         self.before.replace(' ', '').replace('\n', ''))
        self.assertEqual(self.client.get('FallbackModels'), [LIGHTNING])
        self.assertEqual(self.changed('FallbackModels'), [LIGHTNING])
        self.assertEqual(self.client.resolve(LIGHTNING)['fallback-rank'], 0)
        self.set_fallbacks()
        self.assertEqual(self.client.get('FallbackModels'), [])
        self.assertEqual(self.client.resolve(LIGHTNING)['fallback-rank'], -1)

    def test_unknown_fallback_is_refused(self):
        self.assertDBusError('UnknownModel', self.set_fallbacks, LIGHTNING, 'nobody/thing')
        self.assertEqual(self.after(), self.before)

    def test_first_alias_warns_of_the_allowlist(self):
        warnings = self.set_alias(LIGHTNING, 'quick')['warnings']
        self.assertEqual(len(warnings), 1)
        self.assertMentions(warnings[0], 'agents.defaults.models')
        self.assertEqual(self.client.resolve('QUICK')['ref'], LIGHTNING)
        self.assertIn("workspace: '~/things',", self.after())
        self.assertIn('// not ours', self.after())
        self.assertEqual(self.set_alias(M21, 'slow')['warnings'], [])
        self.assertEqual(self.client.resolve('slow')['aliases'], ['slow'])

    def test_alias_is_accepted_as_default_and_taken_away_again(self):
        self.set_alias(LIGHTNING, 'quick')
        self.set_default('quick')
        self.assertEqual(self.client.get('DefaultModel'), LIGHTNING)
        self.set_alias(LIGHTNING, '')
        self.assertEqual(self.client.resolve(LIGHTNING)['aliases'], [])
        # A bare id now, at the default provider, which the allowlist does not have.
        self.assertDBusError('ModelNotAllowed', self.client.resolve, 'quick')

    def test_references_stay_unexpanded(self):
        self.set_default(LIGHTNING)
        self.assertIn('apiKey: "${SOME_VAR}"', self.after())

    def test_mode_and_symlink_are_kept(self):
        path = self.session.config_path
        real = path.with_name('real.json5')
        path.rename(real)
        real.chmod(0o640)
        path.symlink_to(real.name)
        self.set_default(LIGHTNING)
        self.assertTrue(path.is_symlink())
        self.assertEqual(stat.S_IMODE(real.stat().st_mode), 0o640)
        self.assertIn(LIGHTNING, real.read_text('utf-8'))
        self.assertEqual(sorted(os.listdir(path.parent)), ['openclaw.json', 'real.json5'])

    def test_file_that_was_changed_meanwhile_is_not_undone(self):
        edited = self.before.replace("'~/things'", "'~/elsewhere'")
        self.session.write_config(edited)
        self.set_default(LIGHTNING)
        self.assertEqual(self.after(), edited.replace(f'"{M21}" /*', f'"{LIGHTNING}" /*'))

    def test_file_that_does_not_parse_is_never_written(self):
        broken = self.before.replace('models: {', 'models: {{')
        self.session.write_config(broken)
        message = self.assertDBusError('ConfigInvalid', self.set_default, LIGHTNING)
        self.assertMentions(message, 'openclaw.json:10:')
        self.assertEqual(self.after(), broken)
        self.assertEqual(self.client.resolve('')['ref'], M21, 'the last good settings are in force')

    def test_missing_file_is_made(self):
        self.session.config_path.unlink()
        self.client.reload()
        self.session.write_config({'models': {'providers': {'minimax': self.session.entry()}}})
        self.client.reload()
        self.set_default(M21)
        self.session.config_path.unlink()
        self.client.reload()
        self.assertEqual(self.client.get('DefaultModel'), '')


class NoFileTest(GatewayTest):
    environ = {'MINIMAX_API_KEY': KEY}
    configured = False

    def test_set_default_makes_file_and_folder(self):
        self.client.call('SetDefaultModel', '(sa{sv})', M21, {})
        path = self.session.config_path
        self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600)
        self.assertEqual(stat.S_IMODE(path.parent.stat().st_mode), 0o700)
        self.assertIn(M21, path.read_text('utf-8'))
        self.assertNotIn(KEY, path.read_text('utf-8'))
        self.assertIs(self.client.get('Ready'), True)


class PropertiesTest(GatewayTest):
    def test_properties(self):
        self.assertRegex(self.client.get('Version'), r'^\d+\.\d+')
        self.assertEqual(self.client.get('ApiVersion'), 1)
        self.assertIn('anthropic-messages', self.client.get('Features'))
        self.assertEqual(self.client.get('DefaultModel'), M21)
        self.assertEqual(self.client.get('FallbackModels'), [])
        self.assertIs(self.client.get('Ready'), True)
        self.assertEqual(self.client.get('ActiveRequests'), 0)

    def test_active_requests(self):
        self.session.configure({'minimax': 'stall-after'})
        path, events = self.client.stream('hello')
        events.wait_for('text')
        self.assertEqual(self.client.get('ActiveRequests'), 1)
        self.client.cancel(path)
        events.rest()
        self.wait_until(lambda: self.client.get('ActiveRequests') == 0, 'no active requests')

    def test_ready_follows_the_credential(self):
        signals = Signals(self.client)
        self.session.configure({'minimax': self.session.entry(key=None)})
        self.assertIs(self.client.get('Ready'), False)
        self.wait_until(lambda: any('Ready' in s[3][1] for s in signals.named('PropertiesChanged')),
                        'PropertiesChanged of Ready')

    def test_bad_entry_is_isolated(self):
        self.session.configure({'minimax': 'anthropic', 'broken': {
            'baseUrl': 17, 'models': 'none'}, 'odd': self.session.entry(api='carrier-pigeon')})
        self.assertEqual(self.client.resolve(M21)['available'], True)
        self.assertTrue(self.client.complete('hello')['text'])


if __name__ == '__main__':
    main()
