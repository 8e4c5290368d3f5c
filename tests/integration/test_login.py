#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""BeginLogin() and the objects of logins: who sees them, how they end, where their forms go, and
what they write into openclaw.json."""

import json
import os

import openclaw_keys
from client import CREDENTIALS, ERROR, NAME, PATH, DBusError, Signals, options_of
from harness import main
from json5_reader import read as read_json5
from login_case import (LOGIN, M21, PLUGIN, PLUGINS, PORTAL, PROFILE, LoginTest, plain_config,
                        rfc8628_data, write_drop_in)
from minimax_server import LEGACY_CODE, LEGACY_TOKEN, NEW_CODE, NEW_TOKEN
from rfc8628_server import Rfc8628Server

LIGHTNING = f'{PORTAL}/MiniMax-M2.1-lightning'


class Case(LoginTest):
    primary = None

    def text(self):
        return self.session.config_path.read_text('utf-8')

    def read(self):
        return read_json5(self.session.config_path.read_bytes())

    def finished(self, signals, timeout=20):
        return signals.wait_for('Finished', timeout=timeout)[3]

    def assertUnknown(self, function, *arguments):
        with self.assertRaises(DBusError) as caught:
            function(*arguments)
        self.assertIn('Unknown', caught.exception.name)

    def assertQuiet(self):
        """Nobody is asked any more."""
        polls = self.oauth.polls
        self.client.spin(0.3)
        self.assertEqual(self.oauth.polls, polls)


class OwnerTest(Case):
    def setUp(self):
        super().setUp()
        self.oauth.user = None

    def path(self, token, client=None):
        sender = (client or self.client).unique_name.lstrip(':').replace('.', '_')
        return f'{PATH}/login/{sender}/{token}'

    def test_strangers_see_nothing(self):
        path = self.begin_login(handle_token='mine')[0]
        self.assertEqual(path, self.path('mine'))
        other = self.session.connect()
        foreign = Signals(other)
        self.assertUnknown(self.cancel_login, path, other)
        for place in (path, path.rpartition('/')[0], f'{PATH}/login'):
            self.assertUnknown(other.call_raw, NAME, place, 'org.freedesktop.DBus.Introspectable',
                               'Introspect')
        own = self.client.call_raw(NAME, path, 'org.freedesktop.DBus.Introspectable', 'Introspect')
        self.assertIn('Cancel', own.unpack()[0])
        self.wait_until(lambda: self.oauth.polls > 2, 'some polls')
        self.oauth.user = 'approve'
        self.wait_until(self.stored, 'the token')
        other.spin(0.2)
        self.assertEqual([s for s in foreign.seen if s[1] == LOGIN], [])

    def test_owner_vanishes(self):
        other = self.session.connect()
        self.begin_login(client=other)
        self.wait_until(lambda: self.oauth.polls, 'a poll')
        other.close()
        self.client.spin(0.2)
        self.assertQuiet()
        self.oauth.user = 'approve'
        self.client.spin(0.2)
        self.assertEqual(self.stored(), [])

    def test_owner_vanishes_before_the_code(self):
        self.here.account.fail(NEW_CODE, 'hang')
        other = self.session.connect()
        other.start_call('BeginLogin', '(sa{sv})', PORTAL, options_of({'region': 'global'}),
                         interface=CREDENTIALS)
        self.wait_until(self.here.code_requests, 'the request')
        other.close()
        self.client.spin(0.2)
        self.here.recover()
        self.assertTrue(self.begin_login()[0])

    def test_cancel_before_the_code(self):
        self.here.account.fail(NEW_CODE, 'hang')
        done = self.client.start_call('BeginLogin', '(sa{sv})', PORTAL, options_of(
            {'region': 'global', 'handle_token': 'mine'}), interface=CREDENTIALS)
        self.wait_until(self.here.code_requests, 'the request')
        self.cancel_login(self.path('mine'))
        self.assertEqual(self.client.wait_done(done).name, ERROR + 'Cancelled')

    def test_cancel_while_the_server_does_not_answer(self):
        self.here.fail_token('hang')
        signals = Signals(self.client, LOGIN)
        path = self.begin_login()[0]
        self.wait_until(self.here.polls, 'a poll')
        self.cancel_login(path)
        self.assertEqual(self.finished(signals)[:2], (False, ERROR + 'Cancelled'))
        self.assertUnknown(self.cancel_login, path)

    def test_token_in_use(self):
        self.begin_login(handle_token='mine')
        self.assertIn('handle_token', self.assertDBusError('InvalidArgs', self.begin_login,
                                                           handle_token='mine'))
        self.assertDBusError('InvalidArgs', self.begin_login, handle_token='a-b')

    def test_too_many(self):
        paths = [self.begin_login()[0] for _ in range(4)]
        self.assertDBusError('Busy', self.begin_login)
        others = [self.session.connect() for _ in range(3)]
        for other in others:
            paths += [self.begin_login(client=other)[0] for _ in range(4)]
        self.assertEqual(len(set(paths)), 16)
        late = self.session.connect()
        self.assertDBusError('Busy', self.begin_login, client=late)
        self.cancel_login(paths[0])
        self.assertTrue(self.begin_login(client=late)[0])

    def test_names(self):
        for name in ('', 'a b', 'a/b', 'env', 'config', 'x' * 65, 'ä'):
            with self.subTest(name=name):
                self.assertIn('profile', self.assertDBusError('InvalidArgs', self.begin_login,
                                                              profile=name))
        self.assertDBusError('InvalidArgs', self.begin_login, method='', provider='nobody')
        self.assertIn('auth add', self.assertDBusError('NotSupported', self.begin_login, method='',
                                                       provider='openai', region=None))
        self.assertEqual(self.world.requests(), [])

    def test_gateway_stops(self):
        signals = Signals(self.client, LOGIN)
        self.begin_login()
        self.assertEqual(self.session.stop_daemon(), 0)
        self.assertEqual(self.finished(signals)[:2], (False, ERROR + 'Cancelled'))


class TwoTest(Case):
    def test_the_later_success_wins(self):
        self.oauth.user = None
        signals = Signals(self.client, LOGIN)
        first, second = self.begin_login()[0], self.begin_login(region='cn')[0]
        self.assertNotEqual(first, second)
        self.world.region['cn'].oauth.user = 'approve'
        self.assertTrue(self.finished(signals)[0])
        self.assertEqual(self.stored()[0]['region'], 'cn')
        self.assertEqual(self.read()['models']['providers'][PORTAL]['baseUrl'],
                         self.world.region['cn'].base_url)
        self.oauth.user = 'approve'
        self.wait_until(lambda: len(signals.named('Finished')) == 2, 'the other')
        self.assertEqual([t['region'] for t in self.stored()], ['global'])
        self.assertEqual(self.read()['models']['providers'][PORTAL]['baseUrl'], self.here.base_url)
        self.assertFaithful()


class SecretTest(Case):
    def test_nothing_on_the_bus_and_nowhere_else(self):
        log = self.session.start_monitor()
        self.oauth.pending = 1
        self.assertTrue(self.log_in()[0])
        verifiers = [r.form['code_verifier'] for r in self.here.polls()]
        # The bus carries the token to the keyring encrypted.
        for secret in (*self.oauth.secrets(), *verifiers):
            self.assertEqual(self.session.find_secret(secret), [])
            self.assertNotIn(secret.encode(), log.read_bytes())

    def test_words_of_the_server_are_redacted(self):
        secret = 'sk-' + 'abcdefgh' * 4
        self.here.account.alter(NEW_TOKEN, lambda body: {
            'status': 'error', 'base_resp': {'status_code': 1004, 'status_msg': f'no {secret}'}})
        ok, _, message, _ = self.log_in()
        self.assertFalse(ok)
        self.assertNotIn(secret, message)
        self.assertIn('redacted', message)


class RedirectTest(Case):
    def test_outside(self):
        for status in (301, 302, 303, 307, 308):
            with self.subTest(status=status):
                self.here.account.redirects = {
                    NEW_CODE: (status, self.world.foreign.origin + NEW_CODE)}
                self.assertDBusError('ProtocolViolation', self.begin_login)
        self.assertEqual(list(self.world.foreign.requests), [])

    def test_the_other_region_is_outside(self):
        self.here.account.redirects = {
            NEW_CODE: (307, self.world.region['cn'].account.origin + NEW_CODE)}
        self.assertDBusError('ProtocolViolation', self.begin_login)
        self.assertEqual(self.world.region['cn'].code_requests(), [])

    def test_token_outside(self):
        self.here.account.redirects = {
            NEW_TOKEN: (307, self.world.foreign.origin + NEW_TOKEN)}
        ok, error, _, _ = self.log_in()
        self.assertEqual((ok, error), (False, ERROR + 'ProtocolViolation'))
        self.assertEqual((list(self.world.foreign.requests), self.world.leaks()), ([], []))

    def test_inside_from_the_legacy_ones(self):
        """As MiniMax does since June 2026, when the new code endpoint is not there for once."""
        self.here.account.fail(NEW_CODE, 404)
        self.here.move_legacy()
        self.assertTrue(self.log_in()[0])
        self.assertEqual([r.path for r in self.here.code_requests()],
                         [NEW_CODE, LEGACY_CODE, NEW_CODE])
        self.assertEqual([r.path for r in self.here.token_requests()], [LEGACY_TOKEN, NEW_TOKEN])
        self.assertFaithful()

    def test_relative(self):
        """It leads to nothing, so that the legacy endpoint is asked."""
        self.here.account.redirects = {NEW_CODE: (308, '/elsewhere')}
        self.assertTrue(self.log_in()[0])
        self.assertEqual([r.path for r in self.here.account.requests], [NEW_CODE, '/elsewhere'])
        self.assertEqual(self.here.token_requests()[0].path, LEGACY_TOKEN)

    def test_in_circles(self):
        self.here.account.redirects = {NEW_CODE: (307, NEW_CODE)}
        self.assertDBusError('ProtocolViolation', self.begin_login)
        self.assertEqual(len(self.here.code_requests()), 4)


class AnswerTest(Case):
    def test_state(self):
        for state in ('another', '', None):
            with self.subTest(state=state):
                self.here.account.alter(NEW_CODE, lambda body: {**body, 'state': state})
                self.assertIn('state', self.assertDBusError('ProtocolViolation', self.begin_login))
        self.assertEqual(self.here.polls(), [])

    def test_page_that_is_none(self):
        for page in ('javascript:alert(1)', 'http://platform.minimax.io/', '', None):
            with self.subTest(page=page):
                self.here.account.alter(NEW_CODE, lambda body: {**body, 'verification_uri': page})
                self.assertDBusError('ProtocolViolation', self.begin_login)

    def test_no_json(self):
        self.here.account.fail(NEW_CODE, 'html')
        with self.assertRaises(DBusError):
            self.begin_login()

    def test_address_of_somebody_else(self):
        for url in (self.world.foreign.origin, self.world.region['cn'].base_url, 'nonsense', ''):
            with self.subTest(url=url):
                self.oauth.resource_url = url
                self.assertTrue(self.log_in()[0])
                self.assertEqual(self.read()['models']['providers'][PORTAL]['baseUrl'],
                                 self.here.base_url)
                self.assertEqual(self.session.keyring.items()[0]['origin'], self.here.api.origin)

    def test_host_alone(self):
        self.oauth.resource_url = self.here.api.origin
        self.assertTrue(self.log_in()[0])
        self.assertEqual(self.read()['models']['providers'][PORTAL]['baseUrl'], self.here.base_url)


class SettingsTest(Case):
    def write(self, text):
        self.session.write_config(text)
        self.client.reload()

    def assertStrict(self, before):
        self.assertEqual(openclaw_keys.unknown(self.read(), before), [])

    def test_comments_stay(self):
        text = json.dumps(plain_config(True), indent=2).replace(
            '"models"', '// my models\n  "models"', 1)
        self.write(text + '\n// the end\n')
        before = self.read()
        self.assertTrue(self.log_in()[0])
        self.assertMentions(self.text(), '// my models', '// the end', PORTAL)
        self.assertStrict(before)
        entry = self.read()['models']['providers'][PORTAL]
        self.assertEqual((entry['baseUrl'], entry['api'], entry['models']),
                         (self.here.base_url, 'anthropic-messages', []))
        self.assertNotIn('apiKey', entry)

    def test_what_the_user_has_stays(self):
        models = [{'id': 'MiniMax-M2.1', 'contextWindow': 1000}]
        self.write(plain_config(True, models={'providers': {'MiniMax-Portal': {
            'baseUrl': 'https://old.example/anthropic', 'headers': {'x-mine': '1'},
            'models': models}}}))
        self.assertTrue(self.log_in()[0])
        providers = self.read()['models']['providers']
        self.assertEqual(list(providers), ['MiniMax-Portal'])
        entry = providers['MiniMax-Portal']
        self.assertEqual((entry['baseUrl'], entry['headers'], entry['models'], entry['api']),
                         (self.here.base_url, {'x-mine': '1'}, models, 'anthropic-messages'))

    def test_a_second_login_changes_nothing(self):
        self.assertTrue(self.log_in(set_default=True)[0])
        before = self.text()
        self.assertTrue(self.log_in(set_default=True)[0])
        self.assertEqual(self.text(), before)

    def test_aliases_begin_the_list_and_say_so(self):
        details = self.log_in()[3]
        self.assertEqual(set(details['aliases']),
                         {f'minimax-m2.1={M21}', f'minimax-m2.1-lightning={LIGHTNING}'})
        self.assertMentions(' '.join(details['warnings']), 'agents.defaults.models')
        self.assertEqual(self.client.resolve('MINIMAX-M2.1')['ref'], M21)

    def test_others_stay_usable(self):
        self.client.call('StoreSecret', '(ssha{sv})', 'openai:default', 'api_key', 0, {},
                         interface=CREDENTIALS, fds=[self.secret_fd('sk-of-a-test')])
        before = {m['ref'] for m in self.client.list_models() if m['allowed']}
        details = self.log_in()[3]
        self.assertEqual(details['aliases'], [])
        self.assertMentions(' '.join(details['warnings']),
                            f'models aliases add minimax-m2.1 {M21}')
        self.assertNotIn('agents', self.read())
        after = {m['ref'] for m in self.client.list_models() if m['allowed']}
        self.assertLessEqual(before, after)

    def secret_fd(self, text):
        read_end, write_end = os.pipe()
        os.write(write_end, text.encode())
        os.close(write_end)
        self.addCleanup(os.close, read_end)
        return read_end

    def test_aliases_of_the_user_stay(self):
        models = {M21: {'alias': 'mm'}, 'openai/gpt-6-sol': {'alias': 'minimax-m2.1-lightning'}}
        self.write(plain_config(True, agents={'defaults': {'models': models}}))
        details = self.log_in()[3]
        self.assertEqual(details['aliases'], [f'mm={M21}'])
        self.assertEqual(self.read()['agents']['defaults']['models'], models)

    def test_default_of_plain_text(self):
        self.write(plain_config(True, agents={'defaults': {'model': 'openai/gpt-6-sol'}}))
        details = self.log_in(set_default=True)[3]
        self.assertEqual(details['default-model'], M21)
        self.assertEqual(self.client.resolve('')['ref'], M21)

    def test_settings_that_cannot_be_written(self):
        self.session.config_path.write_text(self.text() + '}}}')
        ok, _, _, details = self.log_in(set_default=True)
        self.assertTrue(ok)
        self.assertEqual(len(self.stored()), 1)
        self.assertMentions(' '.join(details['warnings']), 'openclaw.json')
        self.assertNotIn('default-model', details)


class ChoicesTest(Case):
    plugin = False

    def choices(self, **options):
        found = self.client.call('ListAuthChoices', '(a{sv})', options_of(options),
                                 interface=CREDENTIALS)
        return {c['choice']: c for c in found}

    def test_all_providers(self):
        choices = self.choices()
        self.assertEqual(len(choices), len({c['choice'] for c in choices.values()}))
        providers = {c['provider'] for c in choices.values()}
        self.assertLessEqual({'anthropic', 'minimax', 'minimax-cn', PORTAL, 'qwen-portal', 'openai',
                              'lmstudio', 'ollama', 'openrouter', 'google', 'zai'}, providers)
        for choice in choices.values():
            self.assertTrue(choice['label'] and choice['provider-name'] and choice['api'])
            self.assertIn(choice['method'], ('api-key', 'token', 'oauth', 'none'))
        self.assertEqual(choices['lmstudio']['method'], 'none')
        self.assertEqual(choices['lmstudio']['aliases'], ['minimax'])
        self.assertEqual(choices['setup-token']['method'], 'token')

    def test_what_minimax_suggests(self):
        choices = self.choices(provider='minimax')
        self.assertEqual({c['provider'] for c in choices.values()}, {'minimax'})
        self.assertIn('minimax-api', choices['minimax-global-api']['aliases'])
        self.assertEqual(choices['minimax-global-api']['models'][0], 'minimax/MiniMax-M2.1')
        self.assertEqual(choices['minimax-api-lightning']['models'][0],
                         'minimax/MiniMax-M2.1-lightning')
        self.assertEqual(choices['minimax-cn-api']['base-url'],
                         self.world.region['cn'].base_url)

    def test_logins(self):
        choice = self.choices(provider=PORTAL)[PORTAL]
        self.assertEqual((choice['method'], choice['login'], choice['plugin'],
                          choice['plugin-enabled']), ('oauth', PORTAL, PLUGIN, False))
        self.assertEqual([r['id'] for r in choice['regions']], ['global', 'cn'])
        self.assertEqual(choice['models'][0], M21)
        qwen = self.choices(provider='qwen')['qwen-portal']
        self.assertEqual((qwen['region'], qwen['plugin'], qwen['models'][0]),
                         ('global', 'qwen-portal-auth', 'qwen-portal/coder-model'))

    def test_plugins(self):
        listed = {p['id']: p for p in self.client.call('List', '(a{sv})', {}, interface=PLUGINS)}
        self.assertEqual({i: p['provider'] for i, p in listed.items()},
                         {PLUGIN: PORTAL, 'qwen-portal-auth': 'qwen-portal'})
        self.assertMentions(self.assertDBusError(
            'NotFound', self.client.call, 'SetEnabled', '(sba{sv})', 'nobody', True, {},
            interface=PLUGINS), 'nobody', PLUGIN, 'qwen-portal-auth')
        self.assertIn('enable qwen-portal-auth', self.assertDBusError(
            'NotSupported', self.begin_login, method='qwen-portal', region=None))

    def test_feature(self):
        self.assertIn('login', self.client.get('Features'))


class StandardTest(Case):
    """RFC 8628, and the host that Qwen names instead of an address."""

    plugin = False

    def setUp(self):
        self.server = Rfc8628Server()
        self.addCleanup(self.server.close)
        self.server.interval = 0
        super().setUp()
        write_drop_in(self.session, 'fake-portal', rfc8628_data(self.server))
        self.client.reload()

    def test_what_it_leaves(self):
        self.server.errors = ['authorization_pending'] * 3
        self.server.resource_url = self.server.host.origin
        ok, _, _, details = self.log_in(method='fake-portal', region=None, set_default=True)
        self.assertTrue(ok, details)
        self.assertEqual(self.server.problems, [])
        self.assertEqual(self.server.polls, 4)
        stored = self.stored()[0]
        self.assertEqual((stored['access'], stored['refresh'], stored['endpoint']),
                         (list(self.server.access)[0], self.server.refresh_tokens[0],
                          self.server.host.origin))
        config = self.read()
        self.assertEqual(config['agents']['defaults']['model']['primary'],
                         'fake-portal/fake-coder')
        self.assertEqual(config['models']['providers']['fake-portal'],
                         {'baseUrl': self.server.host.origin + '/v1', 'api': 'openai-completions',
                          'models': []})
        self.assertEqual(openclaw_keys.unknown(config), [])

    def test_errors(self):
        for word, name in (('access_denied', 'CredentialRejected'), ('expired_token', 'Timeout'),
                           ('invalid_client', 'CredentialRejected')):
            with self.subTest(error=word):
                self.server.errors = [word]
                self.assertEqual(self.log_in(method='fake-portal', region=None)[1], ERROR + name)
        self.assertEqual(self.stored(), [])


if __name__ == '__main__':
    main()
