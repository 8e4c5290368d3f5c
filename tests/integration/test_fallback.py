#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""What follows when the model that was asked for does not answer."""

from client import ERROR, Signals
from harness import GatewayTest, main

HELLO = 'Thanks, I read your message: "hello". It came through well.'


class FallbackTest(GatewayTest):
    PRIMARY = 'first/MiniMax-M2.1'
    SECOND = 'second/MiniMax-M2.1'

    def configure(self, first, second='ok', **more):
        self.session.configure({'first': first, 'second': second}, primary=self.PRIMARY,
                               fallbacks=[self.SECOND], **more)

    def test_next_candidate_answers(self):
        for scenario, name in (('401', 'CredentialRejected'), ('402', 'QuotaExceeded'),
                               ('429-30', 'RateLimited'), ('404', 'UnknownModel'),
                               ('504', 'Timeout'), ('html', 'ProtocolViolation'),
                               ('cut-start', 'Network'), ('event-limit', 'RateLimited'),
                               ('eof-before', 'StreamTruncated')):
            with self.subTest(scenario=scenario):
                first = f'first-{scenario}'
                self.session.configure({first: scenario, 'second': 'ok'},
                                       primary=f'{first}/MiniMax-M2.1', fallbacks=[self.SECOND])
                answer = self.client.complete('hello')
                self.assertEqual(answer['text'], HELLO)
                self.assertEqual(answer['requested'], f'{first}/MiniMax-M2.1')
                self.assertEqual(answer['model'], self.SECOND)
                self.assertEqual(answer['profile'], 'second:config')
                last = answer['attempts'][-1]
                self.assertEqual({a['model'] for a in answer['attempts']},
                                 {f'{first}/MiniMax-M2.1'})
                self.assertEqual(last['error'], ERROR + name)
                self.assertEqual(last['profile'], f'{first}:config')
                self.assertTrue(last['message'])
                self.assertIn('ms', last)

    def test_terminal_errors_end_the_chain(self):
        for scenario, name in (('400', 'InvalidRequest'), ('overflow', 'ContextOverflow'),
                               ('1026', 'ContentFiltered')):
            with self.subTest(scenario=scenario):
                self.configure(scenario)
                self.assertDBusError(name, self.client.complete, 'hello')
        self.assertEqual(self.provider.requests('ok'), [])

    def test_no_switch_after_content(self):
        for scenario in ('eof-after', 'event-overloaded-late', 'cut-after'):
            with self.subTest(scenario=scenario):
                self.configure(scenario)
                with self.assertRaises(Exception):
                    self.client.complete('hello')
        self.assertEqual(self.provider.requests('ok'), [])

    def test_switched_off(self):
        self.configure('429-30')
        self.assertDBusError('RateLimited', self.client.complete, 'hello', fallback=False)
        self.assertEqual(self.provider.requests('ok'), [])

    def test_all_failed(self):
        self.configure('402', '401')
        message = self.assertDBusError('AllFailed', self.client.complete, 'hello')
        self.assertMentions(message, self.PRIMARY, self.SECOND)

    def test_missing_credential_falls_back(self):
        self.session.configure({'minimax': self.session.entry(key=None), 'second': 'ok'},
                               fallbacks=[self.SECOND])
        answer = self.client.complete('hello')
        self.assertEqual(answer['model'], self.SECOND)
        # There is no keyring in this session.
        self.assertIn(answer['attempts'][0]['error'].removeprefix(ERROR),
                      ('CredentialMissing', 'KeyringUnavailable'))

    def test_transition_is_announced_once_each_way(self):
        self.configure('404')
        signals = Signals(self.client)
        for _ in range(2):
            self.client.complete('hello')
        signals.wait_for('FallbackChanged')
        self.client.spin(0.2)
        self.assertEqual([s[3] for s in signals.named('FallbackChanged')],
                         [(self.PRIMARY, self.SECOND, ERROR + 'UnknownModel')])

    def test_back_on_the_primary(self):
        self.configure('504')
        signals = Signals(self.client)
        self.assertEqual(self.client.complete('hello')['model'], self.SECOND)
        self.configure('keyless')
        self.assertEqual(self.client.complete('hello')['model'], self.PRIMARY)
        signals.wait_for('FallbackChanged', count=2)
        self.assertEqual(signals.named('FallbackChanged')[1][3], (self.PRIMARY, self.PRIMARY, ''))

    def test_thinking_of_the_first_is_not_shown_to_the_second(self):
        def configure(scenario):
            self.session.configure(
                {'first': scenario, 'second': self.session.entry(models=['claude-1'])},
                primary=self.PRIMARY, fallbacks=['second/claude-1'])

        configure('thinking')
        first = self.client.complete('hello')
        configure('404')
        # The provider refuses thoughts that another family has signed.
        answer = self.client.complete([
            {'role': 'user', 'content': 'hello'},
            {'role': 'assistant', 'content': first['parts'], 'model': first['model']},
            {'role': 'user', 'content': 'and now?'}])
        self.assertEqual(answer['model'], 'second/claude-1')


if __name__ == '__main__':
    main()
