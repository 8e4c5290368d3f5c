# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""Logins with servers that lie and clients that do not behave, and where secrets must not be."""

import re
import time

from client import CREDENTIALS, DBusError, Signals, options_of
from harness import main
from login_case import LOGIN, M21, PORTAL, PROFILE, LoginTest
from minimax_server import ALWAYS, LEGACY_CODE, NEW_CODE, NEW_TOKEN, Reply

GLOBAL = options_of({'region': 'global'})
CONTROL = re.compile('[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]')


class HostileTest(LoginTest):
    primary = None

    def alter_code(self, **changes):
        self.here.account.alter(NEW_CODE, lambda answer: {**answer, **changes})

    def alter_token(self, **changes):
        self.here.account.alter(NEW_TOKEN, lambda answer: {**answer, **changes})

    def refuse_code(self, *errors):
        """BeginLogin() has to fail with one of these; returns the message."""
        with self.assertRaises(DBusError) as caught:
            self.begin_login()
        self.assertIn(caught.exception.short, errors, caught.exception.message)
        self.assertNotRegex(caught.exception.message, CONTROL)
        return caught.exception.message

    def assertNothingStored(self):
        self.assertEqual(self.session.keyring.items(), [])
        self.assertEqual(self.listed(), {})

    def assertAlive(self):
        self.here.recover()
        self.assertTrue(self.log_in()[0])
        self.assertEqual(self.client.complete('hi', M21)['text'], 'hello from MiniMax')


class CodeAnswerTest(HostileTest):
    def test_wrong_state(self):
        for state in ('other', '', None, 7, [], 'x' * 100000):
            with self.subTest(state=str(state)[:20]):
                self.alter_code(state=state)
                self.refuse_code('ProtocolViolation')
        self.assertEqual(self.oauth.polls, 0)

    def test_missing_state(self):
        self.here.account.alter(NEW_CODE, lambda answer: {k: v for k, v in answer.items()
                                                          if k != 'state'})
        self.refuse_code('ProtocolViolation')
        self.assertEqual(self.oauth.polls, 0)

    def test_bodies(self):
        bodies = {'huge': b'{"user_code":"' + b'A' * (8 << 20) + b'"}',
                  'deep': b'[' * 200000 + b']' * 200000, 'empty': b'', 'half': b'{"user_code":',
                  'not UTF-8': b'{"user_code":"\xff\xfe"}', 'NUL': b'{"user_code":"a\\u0000b"}',
                  'array': b'[]', 'number': b'7', 'HTML': b'<html>hello</html>'}
        for name, body in bodies.items():
            with self.subTest(body=name):
                self.here.account.alter(NEW_CODE, lambda answer, body=body: body)
                self.refuse_code('ProtocolViolation', 'ProviderError')
        self.assertAlive()

    def test_fields_of_another_kind(self):
        for field in ('user_code', 'verification_uri'):
            for value in (None, 7, '', [], {}):
                with self.subTest(field=field, value=value):
                    self.alter_code(**{field: value})
                    self.refuse_code('ProtocolViolation')

    def test_addresses_that_are_no_pages(self):
        for uri in ('javascript:alert(1)', 'file:///etc/passwd', 'data:text/html,hi', 'ssh://host/',
                    '//host/path', '-oProxyCommand=x', 'x-terminal://run', 'ms-settings:',
                    'https://', 'https:///path', 'no address', 'https://host/\nX', 'http ://host/'):
            with self.subTest(uri=uri):
                self.alter_code(verification_uri=uri)
                self.refuse_code('ProtocolViolation')
        self.assertEqual(self.oauth.polls, 0)

    def test_terminal_escapes_never_reach_a_client(self):
        """Either the answer is refused, or what is shown holds no control characters."""
        nasty = '\x1b]0;title\x07\x1b[2J\x9b31m\u202e'
        for field in ('user_code', 'verification_uri'):
            with self.subTest(field=field):
                before = 'https://platform.minimax.io/?user_code=' if '_uri' in field else 'A'
                self.alter_code(**{field: before + nasty})
                try:
                    path, details = self.begin_login()
                except DBusError as refused:
                    self.assertNotRegex(refused.message, CONTROL)
                    continue
                for value in details.values():
                    self.assertNotRegex(str(value), CONTROL)
                self.cancel_login(path)

    def test_messages_of_errors(self):
        nasty = 'no\x1b[31m\x00\x9b\u202e access ' + 'x' * 100000
        self.here.account.fail(NEW_CODE, Reply(403, {'base_resp': {
            'status_code': 1004, 'status_msg': nasty}}))
        message = self.refuse_code('ProviderError', 'CredentialRejected', 'InvalidRequest')
        self.assertLess(len(message), 2000)

    def test_notification_message(self):
        self.oauth.notification = 'Hello\x1b]0;x\x07\r\x00there' + 'x' * 100000
        message = self.log_in()[2]
        self.assertNotRegex(message, CONTROL)
        self.assertLess(len(message), 5000)

    def test_terminal_stays_whole(self):
        self.oauth.notification = 'Hello\x1b]0;title\x07\x1b[2Jthere'
        child = self.terminal('models', 'auth', 'login', '--provider', PORTAL, '--region', 'global')
        child.wait()
        self.assertNotIn(b'\x1b]0;', child.raw)
        self.assertNotIn(b'\x1b[2J', child.raw)

    def test_absurd_times(self):
        for changes in ({'expired_in': -1}, {'expired_in': 2 ** 63}, {'expired_in': 1e308},
                        {'interval': -5}, {'interval': 2 ** 40}, {'interval': 1e308},
                        {'interval': 'soon'}, {'interval': 0}):
            with self.subTest(**changes):
                self.alter_code(**changes)
                polls = self.oauth.polls
                self.oauth.user = None
                try:
                    path, details = self.begin_login()
                except DBusError as refused:
                    self.assertEqual(refused.short, 'ProtocolViolation')
                    continue
                self.assertLess(details['expires-at'], (time.time() + 86400) * 1000)
                self.client.spin(0.2)
                self.assertLess(self.oauth.polls - polls, 20, 'it polls without a pause')
                self.cancel_login(path)


class TokenAnswerTest(HostileTest):
    def test_tokens_that_break_headers(self):
        for field in ('access_token', 'refresh_token'):
            for value in ('a\r\nX-Evil: 1', 'a\nb', 'a\x00b', 'a\x7fb', 'a\x1b[0m', ' ', '', 7, [],
                          'ä', 'x' * (1 << 20)):
                with self.subTest(field=field, value=str(value)[:12]):
                    self.alter_token(**{field: value})
                    ok, error, message, _ = self.log_in()
                    if field == 'access_token':
                        self.assertFalse(ok, 'such a token was taken')
                        self.assertTrue(error and message)
                        self.assertNothingStored()
                    self.assertFalse([r for r in self.world.requests() if 'x-evil' in r.headers])

    def test_bodies(self):
        """Polls whose answers are no answers: it goes on, or ends with an error; never with a
        login."""
        self.oauth.code_lifetime = 2
        for name, body in (('huge', b'{"access_token":"' + b'A' * (4 << 20) + b'"}'),
                           ('deep', b'[' * 100000), ('text', b'success'), ('array', b'[]')):
            with self.subTest(body=name):
                self.here.account.alter(NEW_TOKEN, lambda answer, body=body: body)
                ok, error, message, _ = self.log_in()
                self.assertFalse(ok)
                self.assertTrue(error and message)
                self.assertNothingStored()
        self.oauth.code_lifetime = 600
        self.assertAlive()

    def test_resource_url_of_somebody_else(self):
        for url in (self.world.foreign.origin + '/anthropic', 'http://thief.example/anthropic',
                    'https://api.minimax.io.thief.example', 'https://api.minimax.io@thief.example',
                    'file:///etc', 'javascript:1', self.here.api.origin + '@thief.example/',
                    self.world.region['cn'].base_url, '', 7, 'x' * 100000):
            with self.subTest(url=str(url)[:60]):
                self.alter_token(resource_url=url)
                ok, error, message, _ = self.log_in()
                if ok:
                    self.assertEqual(self.client.complete('hi', M21)['text'], 'hello from MiniMax')
                    self.client.remove_credential(PROFILE)
                else:
                    self.assertTrue(error and message)
        self.assertEqual(self.world.foreign.requests, [])
        self.assertEqual(self.world.leaks(), [])

    def test_token_of_another_type(self):
        self.alter_token(token_type='mac')
        ok, error, _, _ = self.log_in()
        self.assertTrue(ok or error)

    def test_status_that_contradicts_itself(self):
        self.alter_token(status='error')
        self.assertFalse(self.log_in()[0])
        self.assertNothingStored()
        self.alter_token(base_resp={'status_code': 1004, 'status_msg': 'no'}, access_token=None)
        self.assertFalse(self.log_in()[0])
        self.assertNothingStored()


class RedirectTest(HostileTest):
    def test_elsewhere(self):
        for status in (301, 302, 303, 307, 308):
            with self.subTest(status=status):
                self.here.account.redirects[NEW_CODE] = (status,
                                                         self.world.foreign.origin + NEW_CODE)
                with self.assertRaises(DBusError):
                    self.begin_login()
        self.assertEqual(self.world.foreign.requests, [])

    def test_token_elsewhere(self):
        self.oauth.code_lifetime = 2
        self.here.account.redirects[NEW_TOKEN] = 307, self.world.foreign.origin + NEW_TOKEN
        self.assertFalse(self.log_in()[0])
        self.assertEqual(self.world.foreign.requests, [])
        self.assertNothingStored()

    def test_refresh_elsewhere(self):
        self.here.account.redirects[NEW_TOKEN] = 307, self.world.foreign.origin + NEW_TOKEN
        self.add_login(-1)
        with self.assertRaises(DBusError) as caught:
            self.client.complete('hi', M21)
        self.assertNotEqual(caught.exception.short, 'CredentialExpired')
        self.assertEqual(self.world.foreign.requests, [])
        self.assertEqual(self.listed()[PROFILE]['state'], 'refreshable')

    def test_other_region(self):
        other = self.world.region['cn']
        self.here.account.redirects[NEW_CODE] = 307, other.account.origin + NEW_CODE
        with self.assertRaises(DBusError):
            self.begin_login()
        self.assertEqual(other.account.requests, [])

    def test_without_end(self):
        self.here.account.redirects[NEW_CODE] = 307, self.here.api.origin + LEGACY_CODE
        self.here.move_legacy()
        with self.assertRaises(DBusError):
            self.begin_login()
        self.assertLess(len(self.world.requests()), 25)

    def test_strange_locations(self):
        """What is on the same host and not there may be as good as 404: the legacy one is asked."""
        for location in ('', '/', '#', 'javascript:1', '//', 'http://', '\x7f', 'x' * 60000,
                         '/oauth2/other'):
            with self.subTest(location=location[:20]):
                self.here.account.redirects[NEW_CODE] = 307, location
                try:
                    self.cancel_login(self.begin_login()[0])
                    self.assertEqual(self.here.code_requests()[-1].path, LEGACY_CODE)
                except DBusError as refused:
                    self.assertIn(refused.short, ('ProtocolViolation', 'ProviderError'))
        self.here.account.redirects.clear()
        self.assertAlive()


class SlownessTest(HostileTest):
    def test_dribble(self):
        """One byte at a time, without an end: other callers are served, and it ends."""
        self.here.account.fail(NEW_CODE, 'dribble', ALWAYS)
        done = self.client.start_call('BeginLogin', '(sa{sv})', PORTAL, GLOBAL,
                                      interface=CREDENTIALS, timeout=120)
        self.client.list_models()
        answer = self.client.wait_done(done, 60)
        self.assertIsInstance(answer, DBusError)
        self.assertIn(answer.short, ('Timeout', 'ProtocolViolation', 'Network'))

    def test_silence_while_it_is_cancelled(self):
        self.here.account.fail(NEW_TOKEN, 'hang', ALWAYS)
        signals = Signals(self.client, LOGIN)
        path = self.begin_login()[0]
        self.wait_until(self.here.polls, 'a poll')
        self.cancel_login(path)
        self.assertFalse(signals.wait_for('Finished')[3][0])
        self.assertEqual(self.session.stop_daemon(), 0)


class ClientTest(HostileTest):
    def setUp(self):
        super().setUp()
        self.oauth.user = None

    def test_logins_are_their_owners(self):
        path = self.begin_login()[0]
        other = self.session.connect()
        seen = Signals(other)
        with self.assertRaises(DBusError) as caught:
            self.cancel_login(path, other)
        self.assertIn('Unknown', caught.exception.name)
        self.assertNotIn(LOGIN, self.introspect(other, path))
        folder, _, name = path.rpartition('/')
        self.assertNotIn(name, self.introspect(other, folder))
        self.assertIn(LOGIN, self.introspect(self.client, path))
        self.cancel_login(path)
        other.spin(0.2)
        self.assertEqual([s for s in seen.seen if s[1] == LOGIN], [])

    @staticmethod
    def introspect(client, path):
        try:
            return client.call('Introspect', '()', path=path,
                               interface='org.freedesktop.DBus.Introspectable')
        except DBusError as error:
            return error.name

    def test_handle_tokens(self):
        for token in ('', 'a/b', 'a-b', 'ä', 'x' * 65, '../request', 'a b'):
            with self.subTest(token=token):
                self.assertDBusError('InvalidArgs', self.begin_login, handle_token=token)
        self.assertEqual(self.world.requests(), [])
        path = self.begin_login(handle_token='same')[0]
        self.assertDBusError('InvalidArgs', self.begin_login, handle_token='same')
        self.cancel_login(path)
        self.assertEqual(self.begin_login(handle_token='same')[0], path)

    def test_owner_that_vanishes(self):
        other = self.session.connect()
        self.begin_login(client=other)
        self.wait_until(lambda: self.oauth.polls, 'a poll')
        other.close()
        self.client.spin(0.3)
        polls = self.oauth.polls
        self.oauth.user = 'approve'
        self.client.spin(0.6)
        self.assertEqual(self.oauth.polls, polls)
        self.assertNothingStored()

    def test_owner_that_vanishes_before_the_code(self):
        self.here.account.fail(NEW_CODE, 0.5)
        other = self.session.connect()
        other.start_call('BeginLogin', '(sa{sv})', PORTAL, GLOBAL,
                         interface=CREDENTIALS)
        self.wait_until(self.here.code_requests, 'the request')
        other.close()
        self.client.spin(1)
        self.assertEqual(self.oauth.polls, 0)

    def test_wrong_options(self):
        for options in ({'region': 7}, {'profile': ''}, {'profile': 'a/b'}, {'profile': 'a:b'},
                        {'profile': 'x' * 1000}, {'set_default': 'yes'}, {'provider': 'minimax'},
                        {'profile': 'env'}, {'profile': 'config'}):
            with self.subTest(**options):
                with self.assertRaises(DBusError) as caught:
                    self.begin_login(**options)
                self.assertIn(caught.exception.short, ('InvalidArgs', 'NotSupported'))
        self.assertEqual(self.world.requests(), [])

    def test_a_thousand_logins(self):
        calls = [self.client.start_call('BeginLogin', '(sa{sv})', PORTAL, GLOBAL,
                                        interface=CREDENTIALS, timeout=60)
                 for _ in range(1000)]
        answers = [self.client.wait_done(call, 60) for call in calls]
        refused = [a for a in answers if isinstance(a, DBusError)]
        self.assertEqual({a.short for a in refused}, {'Busy'})
        begun = [a[0] for a in answers if not isinstance(a, DBusError)]
        self.assertTrue(0 < len(begun) < 100, len(begun))
        for path in begun:
            self.cancel_login(path)
        # Another program has its turn at once.
        other = self.session.connect()
        self.cancel_login(self.begin_login(client=other)[0], other)
        self.oauth.user = 'approve'
        self.assertAlive()

    def test_daemon_ends_while_logins_wait(self):
        for _ in range(3):
            self.begin_login()
        self.assertEqual(self.session.stop_daemon(), 0)

    def test_plugin_switched_off_meanwhile(self):
        signals = Signals(self.client, LOGIN)
        self.begin_login()
        self.session.write_config({'models': {'mode': 'merge'}})
        self.client.reload()
        self.oauth.user = 'approve'
        ok, error, _, _ = signals.wait_for('Finished', timeout=20)[3]
        self.assertTrue(ok or error)


class LeakTest(HostileTest):
    def everywhere(self):
        """Logs in, asks, refreshes, is refused, with noise; returns all secrets."""
        self.oauth.pending = 1
        self.log_in(set_default=True)
        self.client.complete('hi', M21)
        self.client.stream_all('hi', M21)
        self.oauth.revoke_access()
        self.client.complete('hi', M21)
        echo = {'base_resp': {'status_code': 1000, 'status_msg': ' '.join(self.oauth.secrets())}}
        self.oauth.revoke_access()
        self.here.fail_token(Reply(500, echo), 10)
        with self.assertRaises(DBusError):
            self.client.complete('hi', M21)
        self.here.recover()
        self.here.fail_token(Reply(400, {'error': 'invalid_grant', **echo}))
        with self.assertRaises(DBusError):
            self.client.complete('hi', M21)
        for command in (('models', 'status'), ('models', 'status', '--json'), ('doctor',),
                        ('models', 'auth', 'list', '--json'), ('config', 'get')):
            self.session.ctl(*command)
        verifiers = [r.form['code_verifier'] for r in self.here.polls()]
        return self.oauth.secrets() + verifiers

    def test_nowhere(self):
        self.session.stop_daemon()
        self.session.start_daemon({'G_MESSAGES_DEBUG': 'all', 'SOUP_DEBUG': '1'})
        monitor = self.session.start_monitor()
        found = self.everywhere()
        time.sleep(0.3)
        self.assertGreater(monitor.stat().st_size, 1000)
        self.assertGreater(len(found), 4)
        for secret in found:
            self.assertEqual(self.session.find_secret(secret), [])
        self.assertNotIn('fake-access', self.session.daemon_log())

    def test_command_line(self):
        """What the CLI is called with, and what it says."""
        child = self.terminal('models', 'auth', 'login', '--provider', PORTAL, '--region', 'global')
        self.assertEqual(child.wait(), 0, child.text)
        for secret in self.oauth.secrets():
            self.assertNotIn(secret, child.text)

    def test_headers_of_the_login(self):
        """Nothing that tells who asks beyond what the flow needs."""
        self.log_in()
        for request in self.here.code_requests() + self.here.token_requests():
            self.assertNotIn('authorization', request.headers)
            self.assertNotIn('cookie', request.headers)
            self.assertNotIn('referer', request.headers)
            self.assertEqual(request.query, {})


if __name__ == '__main__':
    main()
