#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""Submit(): request objects and the signals that only their owner gets."""

import time

from gi.repository import GLib

from client import ERROR, NAME, PATH, REQUEST, Signals
from harness import GatewayTest, main

M21 = 'minimax/MiniMax-M2.1'
HELLO = 'Thanks, I read your message: "hello". It came through well.'


def deltas(signals, kind='text'):
    return ''.join(s[3][1] for s in signals.named('Delta') if s[3][0] == kind)


class SubmitCase(GatewayTest):
    def setUp(self):
        super().setUp()
        self.signals = Signals(self.client, REQUEST)

    def path(self, token, client=None):
        sender = (client or self.client).unique_name.lstrip(':').replace('.', '_')
        return f'{PATH}/request/{sender}/{token}'


class SubmitTest(SubmitCase):
    def test_answer(self):
        path = self.client.submit('hello', handle_token='my_token_1')
        self.assertEqual(path, self.path('my_token_1'))
        completion = self.signals.wait_for('Finished')[3][0]
        self.assertEqual(completion['text'], HELLO)
        self.assertEqual(completion['model'], M21)
        self.assertEqual(completion['stop-reason'], 'stop')
        self.assertEqual(deltas(self.signals), HELLO)
        self.assertEqual({s[0] for s in self.signals.seen}, {path})
        self.assertEqual([s[2] for s in self.signals.seen][-1], 'Finished')
        self.assertEqual(len(self.signals.named('Finished', 'Failed')), 1)

    def test_thinking_has_its_own_kind(self):
        self.session.configure({'minimax': 'thinking'})
        self.client.submit('hello')
        completion = self.signals.wait_for('Finished')[3][0]
        self.assertEqual(deltas(self.signals, 'thinking'), completion['thinking'])
        self.assertEqual(deltas(self.signals), HELLO)

    def test_deltas_are_gathered(self):
        self.session.configure({'minimax': 'flood-20000'})
        self.client.submit('hello')
        completion = self.signals.wait_for('Finished', timeout=20)[3][0]
        self.assertTrue(deltas(self.signals) == completion['text'])
        self.assertGreater(len(completion['text']), 150000)
        self.assertLess(len(self.signals.named('Delta')), 2000)

    def test_reply_comes_at_once_and_before_the_signals(self):
        self.session.configure({'minimax': 'stall-headers'})
        start = time.monotonic()
        path = self.client.submit('hello')
        self.assertLess(time.monotonic() - start, 0.5)
        self.assertRegex(path, f'^{PATH}/request/[0-9_]+/[A-Za-z0-9_]{{1,64}}$')
        self.client.cancel(path)

    def test_random_paths_differ(self):
        self.assertEqual(len({self.client.submit('hello') for _ in range(10)}), 10)

    def test_failure(self):
        self.session.configure({'minimax': '429-30'})
        self.client.submit('hello')
        name, message, details = self.signals.wait_for('Failed')[3]
        self.assertEqual(name, ERROR + 'RateLimited')
        self.assertIn('rate limit', message)
        self.assertIs(details['retryable'], True)
        self.assertEqual(details['retry-after-ms'], 30000)
        self.assertEqual(details['http-status'], 429)
        self.assertEqual(details['model'], M21)
        self.assertEqual(details['attempts'][-1]['error'], ERROR + 'RateLimited')

    def test_partial_answer(self):
        self.session.configure({'minimax': 'cut-after'})
        self.client.submit('hello')
        name, _, details = self.signals.wait_for('Failed')[3]
        self.assertEqual(name, ERROR + 'StreamTruncated')
        self.assertEqual(details['partial']['text'], deltas(self.signals))
        self.assertTrue(deltas(self.signals))

    def test_errors_before_the_request_are_errors_of_the_call(self):
        self.assertDBusError('UnknownModel', self.client.submit, 'hello', 'nobody/thing')
        self.assertDBusError('InvalidArgs', self.client.submit,
                             [{'role': 'nobody', 'content': 'x'}])
        self.client.spin(0.1)
        self.assertEqual(self.signals.seen, [])

    def test_cancel(self):
        self.session.configure({'minimax': 'stall-after'})
        path = self.client.submit('hello')
        self.signals.wait_for('Delta')
        self.client.cancel(path)
        name, _, details = self.signals.wait_for('Failed')[3]
        self.assertEqual(name, ERROR + 'Cancelled')
        self.assertEqual(details['partial']['text'], 'Thanks, I ')
        self.wait_until(self.provider.aborted, 'the upstream to end', 1)
        self.assertEqual(self.client.get('ActiveRequests'), 0)


class TokenTest(SubmitCase):
    def setUp(self):
        super().setUp()
        self.session.configure({'minimax': 'stall-after'})

    def test_bad_tokens(self):
        for token in ('', 'a b', 'a/b', 'ä', 'x' * 65, 'a-b', '.'):
            with self.subTest(token=token):
                message = self.assertDBusError('InvalidArgs', self.client.submit, 'hello',
                                               handle_token=token)
                self.assertIn('handle_token', message)
        self.assertDBusError('InvalidArgs', self.client.submit, 'hello', handle_token=5)

    def test_longest_token(self):
        self.assertEqual(self.client.submit('hello', handle_token='x' * 64), self.path('x' * 64))

    def test_token_in_use(self):
        path = self.client.submit('hello', handle_token='twice')
        self.assertDBusError('InvalidArgs', self.client.submit, 'hello', handle_token='twice')
        other = self.session.connect()
        self.assertEqual(other.submit('hello', handle_token='twice'), self.path('twice', other))
        self.client.cancel(path)
        self.signals.wait_for('Failed')
        self.assertEqual(self.client.submit('hello', handle_token='twice'), path)


class PrivacyTest(SubmitCase):
    def unknown(self, function, *arguments):
        with self.assertRaises(Exception) as caught:
            function(*arguments)
        self.assertIn('Unknown', caught.exception.name)

    def introspect(self, client, path):
        return client.call_raw(NAME, path, 'org.freedesktop.DBus.Introspectable',
                               'Introspect').unpack()[0]

    def test_signals_go_to_the_owner_only(self):
        other = self.session.connect()
        foreign = Signals(other)
        self.client.submit('hello')
        self.signals.wait_for('Finished')
        other.spin(0.2)
        self.assertEqual([s for s in foreign.seen if s[1] == REQUEST], [])

    def test_monitor_sees_a_destination_on_every_signal(self):
        monitor = self.session.start_monitor()
        self.client.submit('hello')
        self.signals.wait_for('Finished')
        time.sleep(0.2)
        lines = [l for l in monitor.read_text('utf-8', 'replace').splitlines()
                 if f'interface={REQUEST};' in l and l.startswith('signal')]
        self.assertTrue(lines)
        for line in lines:
            self.assertIn(f'destination={self.client.unique_name} ', line)

    def test_objects_do_not_exist_for_others(self):
        self.session.configure({'minimax': 'stall-after'})
        path = self.client.submit('hello', handle_token='mine')
        self.signals.wait_for('Delta')
        other = self.session.connect()
        self.unknown(other.cancel, path)
        self.assertNotIn('Cancel', self.introspect(other, path) if self.can_introspect(other, path)
                         else '')
        parent = path.rpartition('/')[0]
        for ancestor in (parent, parent.rpartition('/')[0]):
            text = self.introspect(other, ancestor) if self.can_introspect(other, ancestor) else ''
            self.assertNotIn('mine', text)
        self.assertEqual(self.provider.aborted(), [])
        self.assertIn('Cancel', self.introspect(self.client, path))

    def can_introspect(self, client, path):
        try:
            self.introspect(client, path)
        except Exception:
            return False
        return True

    def test_guessed_paths_are_unknown(self):
        for path in (self.path('nothing'), f'{PATH}/request/1_1/x', f'{PATH}/request',
                     f'{PATH}/request/x/y/z'):
            with self.subTest(path=path):
                self.unknown(self.client.cancel, path)

    def test_no_properties(self):
        self.session.configure({'minimax': 'stall-after'})
        path = self.client.submit('hello')
        try:
            values = self.client.call_raw(NAME, path, 'org.freedesktop.DBus.Properties', 'GetAll',
                                          GLib.Variant('(s)', (REQUEST,))).unpack()[0]
        except Exception:
            values = {}
        self.assertEqual(values, {})

    def test_vanished_owner_ends_the_request(self):
        for scenario in ('stall-after', 'stall-start', 'paced-100'):
            with self.subTest(scenario=scenario):
                self.session.configure({'minimax': scenario})
                other = self.session.connect()
                other.submit('hello')
                self.wait_until(lambda: self.provider.requests(scenario), 'the request')
                other.close()
                self.wait_until(lambda: self.provider.aborted(scenario), 'the upstream to end', 1)
                self.assertEqual(len(self.provider.requests(scenario)), 1)
        self.wait_until(lambda: self.client.get('ActiveRequests') == 0, 'no active requests')


if __name__ == '__main__':
    main()
