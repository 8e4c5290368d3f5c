#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""agents.defaults.models.REF.params: what is asked for unless the caller says otherwise."""

from harness import GatewayTest, main

M21 = 'minimax/MiniMax-M2.1'
SECOND = 'second/MiniMax-M2.1'
HIGH = {'type': 'enabled', 'budget_tokens': 16384}
LOW = {'type': 'enabled', 'budget_tokens': 2048}


class ParamsTest(GatewayTest):
    def configure(self, params, scenario='anthropic', streaming=None, **more):
        entry = {'params': params}
        if streaming is not None:
            entry['streaming'] = streaming
        self.session.configure({'minimax': scenario},
                               defaults={'models': {M21: entry}, **more})

    def sent(self, **options):
        self.client.complete('hello', **options)
        return self.provider.requests()[-1]['json']


class DefaultsTest(ParamsTest):
    def test_without(self):
        body = self.sent()
        for member in ('temperature', 'top_p', 'stop_sequences', 'thinking'):
            self.assertNotIn(member, body)
        self.assertIs(body['stream'], True)

    def test_all(self):
        self.configure({'temperature': 0.25, 'topP': 0.5, 'maxTokens': 77, 'stop': 'END'},
                       streaming=False)
        body = self.sent()
        self.assertEqual(body['temperature'], 0.25)
        self.assertEqual(body['top_p'], 0.5)
        self.assertEqual(body['max_tokens'], 77)
        self.assertEqual(body['stop_sequences'], ['END'])
        self.assertIs(body['stream'], False)

    def test_spellings(self):
        for params in ({'top_p': 0.5, 'max_tokens': 9, 'reasoning': 'high'},
                       {'top-p': 0.5, 'max-tokens': 9, 'reasoningEffort': 'high'},
                       {'topP': 0.5, 'maxTokens': 9, 'thinkingLevel': 'high'}):
            with self.subTest(params=params):
                self.configure({**params, 'streaming': False})
                body = self.sent(max_tokens=8192, thinking='off')
                self.assertEqual(body['top_p'], 0.5)
                self.assertEqual(self.sent(thinking='off')['max_tokens'], 9)
                self.assertIs(body['stream'], False)

    def test_caller_comes_first(self):
        self.configure({'temperature': 0.25, 'topP': 0.5, 'maxTokens': 77, 'stop': 'END',
                        'streaming': False, 'thinking': 'high'})
        body = self.sent(temperature=0.75, top_p=0.125, max_tokens=5, stop=['A', 'B'],
                         stream=True, thinking='off')
        self.assertEqual(body['temperature'], 0.75)
        self.assertEqual(body['top_p'], 0.125)
        self.assertEqual(body['max_tokens'], 5)
        self.assertEqual(body['stop_sequences'], ['A', 'B'])
        self.assertIs(body['stream'], True)
        self.assertNotEqual(body.get('thinking'), HIGH)

    def test_nothing_else_is_sent(self):
        self.configure({'temperature': 0.25, 'cacheRetention': 'long', 'provider': {'a': 1},
                        'Temperature': 1, 'model': 'other', 'apiKey': 'sk-not-here'})
        body = self.sent()
        self.assertEqual(body['model'], 'MiniMax-M2.1')
        self.assertFalse({'cacheRetention', 'provider', 'Temperature', 'apiKey'} & set(body))

    def test_reloaded(self):
        self.configure({'maxTokens': 5})
        self.assertEqual(self.sent()['max_tokens'], 5)
        self.configure({'maxTokens': 6})
        self.assertEqual(self.sent()['max_tokens'], 6)

    def test_written_otherwise(self):
        self.session.configure(defaults={'models': {'MiniMax/MiniMax-M2.1': {
            'alias': 'fast', 'params': {'maxTokens': 7}}}})
        for model in ('', 'fast', M21):
            with self.subTest(model=model):
                self.client.complete('hello', model)
                self.assertEqual(self.provider.requests()[-1]['json']['max_tokens'], 7)

    def test_wrong_ones_are_reported_and_left_out(self):
        self.configure({'temperature': 'hot', 'topP': 7, 'maxTokens': 40, 'thinking': 'deep',
                        'stop': ['']}, streaming='no')
        body = self.sent()
        self.assertEqual(body['max_tokens'], 40)
        self.assertIs(body['stream'], True)
        for member in ('temperature', 'top_p', 'stop_sequences', 'thinking'):
            self.assertNotIn(member, body)
        log = self.session.daemon_log()
        for key in ('params.temperature', 'params.topP', 'params.thinking', 'params.stop',
                    'streaming'):
            self.assertIn(f'agents.defaults.models["{M21}"].{key}: ', log)
        self.assertNotIn('hot', log)


class ThinkingTest(ParamsTest):
    def large(self, **more):
        """A model that has room for thoughts."""
        entry = self.session.entry('thinking')
        entry['models'][0]['maxTokens'] = 64000
        self.session.configure({'minimax': entry}, defaults=more)

    def test_order(self):
        for defaults, option, wanted in (
                ({'thinkingDefault': 'low'}, {}, LOW),
                ({'models': {M21: {'params': {'thinking': 'high'}}}}, {}, HIGH),
                ({'thinkingDefault': 'low', 'models': {M21: {'params': {'thinking': 'high'}}}}, {},
                 HIGH),
                ({'thinkingDefault': 'high', 'models': {M21: {'params': {'thinking': 'high'}}}},
                 {'thinking': 'low'}, LOW)):
            with self.subTest(defaults=defaults, option=option):
                self.large(**defaults)
                self.assertEqual(self.sent(**option)['thinking'], wanted)

    def test_switched_off_there(self):
        self.large()
        self.assertTrue(self.client.complete('hello')['thinking'])
        self.large(models={M21: {'params': {'thinking': 'off'}}})
        answer = self.client.complete('hello')
        self.assertEqual(answer['thinking'], '')
        self.assertIn('thinking', [part['type'] for part in answer['parts']])
        events = self.client.stream_all('hello')
        self.assertNotIn('thinking', [event['type'] for event in events])
        self.assertTrue(self.client.complete('hello', thinking='high')['thinking'])


class FallbackTest(ParamsTest):
    def test_each_candidate_has_its_own(self):
        self.session.configure(
            {'minimax': '429-30', 'second': 'ok'}, fallbacks=[SECOND],
            defaults={'models': {M21: {'params': {'temperature': 0.25, 'maxTokens': 5}},
                                 SECOND: {'params': {'topP': 0.5}, 'streaming': False}}})
        answer = self.client.complete('hello')
        self.assertEqual(answer['model'], SECOND)
        first = self.provider.requests('429-30')[-1]['json']
        second = self.provider.requests('ok')[-1]['json']
        self.assertEqual((first['temperature'], first['max_tokens'], first['stream']),
                         (0.25, 5, True))
        self.assertNotIn('top_p', first)
        self.assertEqual((second['top_p'], second['stream']), (0.5, False))
        self.assertNotIn('temperature', second)
        self.assertNotEqual(second['max_tokens'], 5)

    def test_what_the_caller_says_holds_for_all(self):
        self.session.configure(
            {'minimax': '429-30', 'second': 'ok'}, fallbacks=[SECOND],
            defaults={'models': {M21: {'params': {'temperature': 0.25}},
                                 SECOND: {'params': {'temperature': 0.5}}}})
        self.client.complete('hello', temperature=0.75)
        self.assertEqual({r['json']['temperature'] for r in self.provider.requests()}, {0.75})


if __name__ == '__main__':
    main()
