#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""Several keys of one provider: their order, how they take turns, and how long they rest."""

import json
import os
import time

from client import CREDENTIALS, ERROR, Signals, options_of
from harness import GatewayTest, KEY, main
from test_credentials import pipe_with

M21 = 'minimax/MiniMax-M2.1'
SECOND = 'second/MiniMax-M2.1'
# The provider knows what is wrong with a key by its beginning.
GOOD, BAD, BROKE, LIMITED = 'sk-good-', 'sk-bad-', 'sk-broke-', 'sk-limited-'
MINUTE = 60 * 1000
HOUR = 60 * MINUTE


class RotationTest(GatewayTest):
    keyring = True
    configured = False

    def setUp(self):
        super().setUp()
        self.configure()

    def configure(self, scenario='anthropic', key=None, fallbacks=(), auth=None, **more):
        providers = {'minimax': self.session.entry(scenario, key, models=('MiniMax-M2.1', 'other'),
                                                   **more)}
        if fallbacks:
            providers['second'] = 'ok'
        self.session.configure(providers, fallbacks=fallbacks)
        if auth:
            settings = json.loads(self.session.config_path.read_text('utf-8'))
            self.session.write_config({**settings, 'auth': auth})
            self.session.reload()

    def store(self, **keys):
        """Stores NAME='key' as minimax:NAME."""
        for name, key in keys.items():
            self.store_as(f'minimax:{name}', key)

    def store_as(self, profile, key, kind='api_key', **options):
        fd = pipe_with(key.encode())
        try:
            self.client.store_secret(profile, fd, kind, **options)
        finally:
            os.close(fd)

    def listed(self):
        return {c['profile'].partition(':')[2]: c
                for c in self.client.list_credentials(provider='minimax')}

    def order(self):
        return ' '.join(self.listed())

    def states(self):
        return {name: c['state'] for name, c in self.listed().items()}

    def set_order(self, *profiles, provider='minimax', **options):
        return self.client.call('SetOrder', '(sasa{sv})', provider, profiles, options_of(options),
                                interface=CREDENTIALS)

    def clear_cooldown(self, profile=''):
        return self.client.call('ClearCooldown', '(sa{sv})', profile, {}, interface=CREDENTIALS)

    def used(self, times, **options):
        return [self.client.complete('hello', **options)['profile'].partition(':')[2]
                for _ in range(times)]

    def keys_sent(self):
        return [r['headers']['authorization'].removeprefix('Bearer ')
                for r in self.provider.requests()]

    def assertCooldown(self, name, length, reason, model=None):
        entry = self.listed()[name]
        now = time.time() * 1000
        self.assertEqual((entry['state'], entry['cooldown-reason'], entry.get('cooldown-model')),
                         ('cooldown', reason, model))
        # It was set within the last half minute, and not after now.
        self.assertTrue(length - 30000 < entry['cooldown-until'] - now <= length,
                        entry['cooldown-until'] - now)


class NextProfileTest(RotationTest):
    def test_refused_key_gives_way_to_the_next(self):
        for bad, error, reason, length, model in (
                (BAD, 'CredentialRejected', 'auth', MINUTE, None),
                (BROKE, 'QuotaExceeded', 'billing', 5 * HOUR, None),
                (LIMITED, 'RateLimited', 'rate_limit', MINUTE, 'MiniMax-M2.1')):
            with self.subTest(key=bad):
                self.store(a=bad + 'a', b=GOOD + 'b')
                answer = self.client.complete('hello')
                self.assertEqual((answer['model'], answer['profile']), (M21, 'minimax:b'))
                self.assertEqual([(a['model'], a['profile'], a['error'])
                                  for a in answer['attempts']],
                                 [(M21, 'minimax:a', ERROR + error)])
                self.assertEqual(self.keys_sent()[-2:], [bad + 'a', GOOD + 'b'])
                self.assertCooldown('a', length, reason, model)
                # Left alone now.
                self.assertEqual(self.used(3), ['b'] * 3)
                self.clear_cooldown()
                for name in 'ab':
                    self.client.remove_credential(f'minimax:{name}')

    def test_it_is_no_fallback(self):
        self.store(a=BAD + 'a', b=GOOD + 'b')
        signals = Signals(self.client)
        events = self.client.stream_all('hello')
        self.assertEqual([e for e in events if e['type'] == 'fallback'], [])
        self.assertEqual(events[-1]['profile'], 'minimax:b')
        self.client.spin(0.2)
        self.assertEqual(signals.named('FallbackChanged'), [])

    def test_one_model_has_the_error_of_its_last_profile(self):
        self.configure(auth={'order': {'minimax': ['minimax:a', 'minimax:b', 'minimax:c']}})
        self.store(a=BAD + 'a', b=LIMITED + 'b', c=BROKE + 'c')
        events = self.client.stream_all('hello')
        error = events[-1]
        self.assertEqual((error['type'], error['name'], error['profile']),
                         ('error', ERROR + 'QuotaExceeded', 'minimax:c'))
        self.assertEqual([(a['profile'], a['error'].removeprefix(ERROR))
                          for a in error['attempts']],
                         [('minimax:a', 'CredentialRejected'), ('minimax:b', 'RateLimited'),
                          ('minimax:c', 'QuotaExceeded')])

    def test_then_the_next_model(self):
        self.configure(fallbacks=[SECOND])
        self.store(a=BAD + 'a', b=BROKE + 'b')
        events = self.client.stream_all('hello')
        self.assertEqual([(e['from'], e['to']) for e in events if e['type'] == 'fallback'],
                         [(M21, SECOND)])
        self.assertEqual(events[-1]['model'], SECOND)
        self.assertEqual([a['profile'] for a in events[-1]['attempts']],
                         ['minimax:a', 'minimax:b'])

    def test_all_models_failed(self):
        self.session.configure({'minimax': self.session.entry(key=None), 'second': '402'},
                               fallbacks=[SECOND])
        self.store(a=BAD + 'a', b=BROKE + 'b')
        message = self.assertDBusError('AllFailed', self.client.complete, 'hello')
        self.assertEqual(message.count(M21), 1)
        self.assertMentions(message, f'{M21} (QuotaExceeded)', f'{SECOND} (QuotaExceeded)')

    def test_table_of_the_command_line(self):
        self.store(a=LIMITED + 'a', b=GOOD + 'b')
        self.client.complete('hello')
        until = time.strftime('%H:%M', time.localtime(self.listed()['a']['cooldown-until'] / 1000))
        table = self.session.ctl('models', 'auth', 'list', environ={'COLUMNS': '200'}).stdout
        self.assertIn(f'in cooldown until {until} (rate_limit, MiniMax-M2.1)', table)

    def test_chosen_profile_stays(self):
        self.configure(fallbacks=[SECOND])
        self.store(a=BAD + 'a', b=GOOD + 'b')
        answer = self.client.complete('hello', profile='minimax:a')
        self.assertEqual(answer['model'], SECOND)
        self.assertEqual(self.keys_sent()[0], BAD + 'a')
        self.assertNotIn(GOOD + 'b', self.keys_sent())
        self.assertDBusError('CredentialRejected', self.client.complete, 'hello',
                             profile='minimax:a', fallback=False)

    def test_other_failures_are_not_the_profiles(self):
        for scenario in ('500', '400', 'cut-start', 'html'):
            with self.subTest(scenario=scenario):
                self.configure(scenario)
                self.store(a=GOOD + 'a', b=GOOD + 'b')
                sent = len(self.keys_sent())
                with self.assertRaises(Exception):
                    self.client.complete('hello')
                self.assertEqual(len(set(self.keys_sent()[sent:])), 1)
                self.assertEqual(self.states(), {'a': 'ok', 'b': 'ok'})

    def test_not_after_content(self):
        # The second answer of the scenario would be a good one.
        self.configure('event-overloaded-late')
        self.store(a=GOOD + 'a', b=GOOD + 'b')
        self.assertDBusError('Overloaded', self.client.complete, 'hello')
        self.assertEqual(len(self.keys_sent()), 1)

    def test_environment_and_settings_are_profiles_too(self):
        self.session.start_daemon({'MINIMAX_API_KEY': BROKE + 'env'})
        self.configure(key=GOOD + 'config')
        self.store(a=BAD + 'a')
        self.assertEqual(self.client.complete('hello')['profile'], 'minimax:config')
        self.assertEqual(self.keys_sent(), [BAD + 'a', BROKE + 'env', GOOD + 'config'])
        self.assertEqual(self.states(), {'config': 'ok', 'a': 'cooldown', 'env': 'cooldown'})


class RetryTest(RotationTest):
    def test_short_limit_is_waited_for(self):
        self.configure('429-1+ok')
        self.store(a=GOOD + 'a', b=GOOD + 'b')
        start = time.monotonic()
        answer = self.client.complete('hello')
        self.assertGreaterEqual(time.monotonic() - start, 1)
        self.assertEqual(answer['profile'], 'minimax:a')
        self.assertEqual([a['profile'] for a in answer['attempts']], ['minimax:a'])
        self.assertEqual(self.keys_sent(), [GOOD + 'a'] * 2)
        # A short pause is no offence.
        self.assertEqual(self.states(), {'a': 'ok', 'b': 'ok'})

    def test_once(self):
        self.configure('429-ms-50')
        self.store(a=GOOD + 'a', b=GOOD + 'b')
        self.assertDBusError('RateLimited', self.client.complete, 'hello')
        self.assertEqual(self.keys_sent(), [GOOD + 'a'] * 2 + [GOOD + 'b'] * 2)

    def test_cancelled_while_it_waits(self):
        self.configure('429-9')
        self.store(a=GOOD + 'a')
        request, events = self.client.stream('hello')
        self.wait_until(self.provider.requests, 'the first request')
        self.client.spin(0.2)
        self.client.cancel(request)
        errors = [e for e in events.rest() if e['type'] == 'error']
        self.assertEqual([e['name'] for e in errors], [ERROR + 'Cancelled'])
        self.assertEqual(len(errors[0]['attempts']), 1)
        self.assertEqual(len(self.provider.requests()), 1)

    def test_longer_than_the_caller_waits(self):
        self.configure('429-9')
        self.store(a=GOOD + 'a')
        self.assertDBusError('Timeout', self.client.complete, 'hello', timeout_ms=500)
        self.assertEqual(len(self.provider.requests()), 1)


class CooldownTest(RotationTest):
    def test_limit_is_of_one_model(self):
        self.store(a=LIMITED + 'a', b=GOOD + 'b')
        self.client.complete('hello')
        self.assertCooldown('a', MINUTE, 'rate_limit', 'MiniMax-M2.1')
        # b was used last, and the other model is not limited.
        first = self.client.complete('hello', 'minimax/other')
        self.assertEqual(first['attempts'][0]['profile'], 'minimax:a')

    def test_when_all_rest_the_soonest_is_tried(self):
        self.store(a=BROKE + 'a', b=BAD + 'b')
        self.assertDBusError('CredentialRejected', self.client.complete, 'hello')
        self.assertEqual(self.states(), {'a': 'cooldown', 'b': 'cooldown'})
        self.assertEqual(self.order(), 'b a')
        sent = len(self.keys_sent())
        self.assertDBusError('CredentialRejected', self.client.complete, 'hello')
        self.assertEqual(self.keys_sent()[sent:], [BAD + 'b'])
        self.assertCooldown('b', 5 * MINUTE, 'auth')

    def test_success_forgets(self):
        # The same key is refused, then good, then refused.
        self.configure('401+ok+401')
        self.store(a=GOOD + 'a')
        self.assertDBusError('CredentialRejected', self.client.complete, 'hello')
        self.assertCooldown('a', MINUTE, 'auth')
        self.client.complete('hello')
        self.assertEqual(self.states(), {'a': 'ok'})
        self.assertDBusError('CredentialRejected', self.client.complete, 'hello')
        self.assertCooldown('a', MINUTE, 'auth')

    def test_hours_of_the_settings(self):
        self.configure(auth={'cooldowns': {'billingBackoffHours': 2, 'billingMaxHours': 3}})
        self.store(a=BROKE + 'a')
        for length in (2 * HOUR, 3 * HOUR, 3 * HOUR):
            self.assertDBusError('QuotaExceeded', self.client.complete, 'hello')
            self.assertCooldown('a', length, 'billing')
        self.clear_cooldown('minimax:a')
        self.configure(auth={'cooldowns': {'billingBackoffHoursByProvider': {'MiniMax': 0.5}}})
        self.assertDBusError('QuotaExceeded', self.client.complete, 'hello')
        self.assertCooldown('a', HOUR // 2, 'billing')

    def test_what_lifts_it(self):
        def another_secret():
            self.store(a=BROKE + 'again')

        def by_hand():
            self.assertEqual(self.clear_cooldown('minimax:a'), ())

        def all_by_hand():
            self.clear_cooldown()

        def another_entry():
            self.configure(timeoutSeconds=77)

        for lift in (another_secret, by_hand, all_by_hand, another_entry):
            with self.subTest(by=lift.__name__):
                self.configure()
                self.store(a=BROKE + 'a')
                self.assertDBusError('QuotaExceeded', self.client.complete, 'hello')
                self.assertCooldown('a', 5 * HOUR, 'billing')
                lift()
                self.assertEqual(self.states(), {'a': 'ok'})

    def test_another_key_in_the_settings_lifts_it(self):
        self.configure(key=BROKE + '1')
        self.assertDBusError('QuotaExceeded', self.client.complete, 'hello')
        self.assertEqual(self.states(), {'config': 'cooldown'})
        # What is none of its business does not.
        self.configure(key=BROKE + '1', fallbacks=[SECOND])
        self.assertEqual(self.states(), {'config': 'cooldown'})
        self.configure(key=GOOD + '2')
        self.assertEqual(self.states(), {'config': 'ok'})
        self.assertEqual(self.client.complete('hello')['model'], M21)

    def test_clear_what_is_not_there(self):
        for profile in ('minimax:nobody', 'nobody:default', 'x'):
            with self.subTest(profile=profile):
                message = self.assertDBusError('NotFound', self.clear_cooldown, profile)
                self.assertIn(profile, message)


class OrderTest(RotationTest):
    def test_keys_of_one_kind_take_turns(self):
        self.store(a=GOOD + 'a', b=GOOD + 'b', c=GOOD + 'c')
        self.assertEqual(self.used(6), ['a', 'b', 'c'] * 2)
        listed = self.listed()
        self.assertEqual(list(listed), ['a', 'b', 'c'])
        times = [entry['last-used'] for entry in listed.values()]
        self.assertEqual(times, sorted(times))
        # What a program shows is not another one with every request.
        signals = Signals(self.client)
        self.used(2)
        self.client.spin(0.2)
        self.assertEqual(signals.named('ModelsChanged'), [])
        self.assertEqual(self.client.resolve(M21)['credential'], 'minimax:a')

    def test_tokens_come_before_keys(self):
        self.configure(key=KEY)
        self.store(a=GOOD + 'a')
        self.store_as('minimax:t', GOOD + 't', 'token')
        self.assertEqual(self.order(), 't a config')
        self.assertEqual(self.used(3), ['t'] * 3)

    def test_set_order(self):
        self.configure(key=KEY)
        before = json.loads(self.session.config_path.read_text('utf-8'))
        self.store(a=GOOD + 'a', b=GOOD + 'b', c=GOOD + 'c')
        self.assertEqual(self.set_order('minimax:c', 'minimax:config', 'minimax:a'), ())
        after = json.loads(self.session.config_path.read_text('utf-8'))
        self.assertEqual(after.pop('auth'),
                         {'order': {'minimax': ['minimax:c', 'minimax:config', 'minimax:a']}})
        self.assertEqual(after, before)
        self.assertEqual(self.order(), 'c config a b')
        self.assertEqual(self.used(3), ['c'] * 3)

        self.set_order('minimax:b')
        self.assertEqual(self.used(2), ['b'] * 2)
        self.set_order()
        after = json.loads(self.session.config_path.read_text('utf-8'))
        self.assertEqual(after['auth']['order'], {})
        self.assertEqual(self.set_order(), ())

    def test_order_keeps_its_spelling(self):
        self.store(a=GOOD + 'a', b=GOOD + 'b')
        self.configure(auth={'order': {'MiniMax': ['minimax:b'], 'minimax': ['minimax:a']}})
        self.set_order('minimax:a', 'minimax:b')
        after = json.loads(self.session.config_path.read_text('utf-8'))
        self.assertEqual(list(after['auth']['order'].values()), [['minimax:a', 'minimax:b']])
        self.assertEqual(self.used(2), ['a', 'a'])

    def written_order(self):
        settings = json.loads(self.session.config_path.read_text('utf-8'))
        return settings['auth']['order']

    def test_removed_profile_leaves_the_order(self):
        self.store(a=GOOD + 'a', b=GOOD + 'b', c=GOOD + 'c')
        self.set_order('minimax:b', 'minimax:c')
        self.client.remove_credential('minimax:b')
        self.assertEqual(self.written_order(), {'minimax': ['minimax:c']})
        self.assertEqual(self.used(2), ['c'] * 2)
        self.client.remove_credential('minimax:c')
        self.assertEqual(self.written_order(), {})
        self.assertEqual(self.used(2), ['a'] * 2)

    def test_removal_is_done_though_the_file_cannot_be_written(self):
        self.store(a=GOOD + 'a', b=GOOD + 'b')
        self.set_order('minimax:b')
        self.session.write_config('{ "auth": { "order": { "minimax": ["minimax:b"] } }, oops')
        broken = self.session.config_path.read_bytes()
        self.client.remove_credential('minimax:b')
        self.assertEqual(self.session.config_path.read_bytes(), broken)
        self.assertEqual(self.order(), 'a')

    def test_order_of_what_is_gone_is_none(self):
        self.store(a=GOOD + 'a', b=GOOD + 'b')
        self.configure(auth={'order': {'minimax': ['minimax:gone', 'minimax:env']}})
        self.assertEqual(self.order(), 'a b')
        self.assertEqual(self.used(2), ['a', 'b'])

    def test_cooling_ones_go_last_all_the_same(self):
        self.store(a=BAD + 'a', b=GOOD + 'b', c=GOOD + 'c')
        self.set_order('minimax:a', 'minimax:b', 'minimax:c')
        self.assertEqual(self.used(2), ['b', 'b'])
        self.assertEqual(self.order(), 'b c a')

    def test_bad_orders(self):
        self.store(a=GOOD + 'a')
        self.store_as('anthropic:x', GOOD + 'x')
        before = self.session.config_path.read_bytes()
        for error, profiles in (('InvalidArgs', ['anthropic:x']), ('InvalidArgs', ['a']),
                                ('InvalidArgs', ['minimax:']), ('InvalidArgs', ['minimax:${HOME}']),
                                ('InvalidArgs', ['minimax:a', 'minimax:a']),
                                ('NotFound', ['minimax:a', 'minimax:nobody'])):
            with self.subTest(profiles=profiles):
                message = self.assertDBusError(error, self.set_order, *profiles)
                self.assertIn(profiles[-1], message)
        self.assertDBusError('ProviderNotConfigured', self.set_order, provider='nobody')
        self.assertEqual(self.session.config_path.read_bytes(), before)

    def test_profiles_of_the_settings_may_be_named_before_they_are_stored(self):
        self.configure(auth={'profiles': {'minimax:later': {'provider': 'minimax',
                                                            'mode': 'api_key'}}})
        self.set_order('minimax:later', 'minimax:env')


class StoreTest(RotationTest):
    def test_region(self):
        self.store_as('minimax:cn', GOOD + 'cn', region='cn')
        item = self.session.keyring.items()[0]
        self.assertEqual((item['region'], item['origin']), ('cn', 'https://api.minimaxi.com:443'))
        self.assertEqual(self.listed()['cn']['region'], 'cn')
        # It is bound to that region, and goes nowhere else.
        self.assertDBusError('CredentialRejected', self.client.complete, 'hello')
        self.assertEqual(self.provider.requests(), [])

    def test_bad_options(self):
        message = self.assertDBusError('InvalidArgs', self.store_as, 'minimax:a', GOOD,
                                       region='mars')
        self.assertMentions(message, 'region', 'global', 'cn')
        message = self.assertDBusError('InvalidArgs', self.store_as, 'openai:a', GOOD,
                                       region='cn')
        self.assertMentions(message, 'region', 'openai')
        future = int(time.time() * 1000) + HOUR
        for kind, expires in (('api_key', future), ('token', 1), ('token', 1760000000),
                              ('token', 'tomorrow')):
            with self.subTest(kind=kind, expires=expires):
                message = self.assertDBusError('InvalidArgs', self.store_as, 'minimax:a', GOOD,
                                               kind, expires=expires)
                self.assertIn('expires', message)
        self.assertEqual(self.session.keyring.items(), [])

    def test_token_that_expires(self):
        expires = int(time.time() * 1000) + HOUR
        self.store_as('minimax:t', GOOD + 't', 'token', expires=expires)
        kept = json.loads(self.session.keyring.secrets()[0])
        self.assertEqual((kept['access'], kept['expires']), (GOOD + 't', expires))


if __name__ == '__main__':
    main()
