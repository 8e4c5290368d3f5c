#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""models auth order and models auth clear-cooldown."""

import json

from case import GatewayTest
from tap import main

PROFILES = ['minimax:work', 'minimax:default']
KEY = 'sk-Zq7vWx3kLm9RtY2pZq7vWx3kLm9RtY2p'


class OrderTest(GatewayTest):
    def order(self, code, *arguments):
        return self.run_ctl(code, 'models', 'auth', 'order', *arguments)

    def sent(self):
        return [call[:-1] for call in self.calls('SetOrder')]

    def list(self, **moods):
        self.set_moods(credentials=[{'profile': p, 'provider': 'minimax'} for p in PROFILES],
                       **moods)

    def test_get_without_one(self):
        self.list(Get='NotFound')
        shown, _ = self.order(0, 'get', '--provider', 'MiniMax')
        self.assertEqual(shown.splitlines()[1:], PROFILES)
        self.assertIn('usual', shown)
        self.assertEqual(json.loads(self.order(0, 'get', '--provider', 'minimax', '--json')[0]),
                         {'provider': 'minimax', 'explicit': False, 'order': PROFILES})
        self.assertEqual(self.order(0, 'get', '--provider', 'minimax', '--plain')[0],
                         ''.join(f'{p}\n' for p in PROFILES))

    def test_get(self):
        self.list()
        answer = json.loads(self.order(0, 'get', '--provider', 'minimax', '--json')[0])
        self.assertTrue(answer['explicit'])
        self.assertEqual(self.calls('Get')[-1][0], 'auth.order["minimax"]')

    def test_get_with_no_credentials(self):
        self.set_moods(Get='NotFound')
        self.assertIn('models auth add', self.order(0, 'get', '--provider', 'minimax')[0])

    def test_set(self):
        shown, _ = self.order(0, 'set', '--provider', 'Minimax', 'work', 'minimax:default')
        self.assertIn(', '.join(PROFILES), shown)
        answer = json.loads(self.order(0, 'set', '--provider', 'minimax', 'work', '--json')[0])
        self.assertEqual(answer, {'provider': 'minimax', 'order': ['minimax:work']})
        self.assertEqual(self.sent(), [['minimax', PROFILES], ['minimax', ['minimax:work']]])

    def test_clear(self):
        self.assertIn('usual', self.order(0, 'clear', '--provider', 'minimax')[0])
        self.assertEqual(self.sent(), [['minimax', []]])

    def test_what_the_gateway_refuses(self):
        self.set_moods(SetOrder='NotFound', message='there is no minimax:nope')
        self.assertIn('minimax:nope', self.order(1, 'set', '--provider', 'minimax', 'nope')[1])

    def test_bad_arguments(self):
        for arguments in (('get',), ('set', 'work'), ('clear',), ('set', '--provider', 'minimax'),
                          ('set', '--provider', 'minimax', 'a b'),
                          ('set', '--provider', 'minimax', KEY), ('clear', '--provider', KEY)):
            with self.subTest(arguments=arguments):
                shown = self.order(2, *arguments)
                self.assertNotIn(KEY, ''.join(shown))
        self.assertEqual(self.sent(), [])


class CooldownTest(GatewayTest):
    def clear(self, code, *arguments):
        return self.run_ctl(code, 'models', 'auth', 'clear-cooldown', *arguments)

    def sent(self):
        return [call[0] for call in self.calls('ClearCooldown')]

    def test_one(self):
        self.assertIn('minimax:work', self.clear(0, 'minimax:work')[0])
        self.clear(0, 'work', '--provider', 'minimax')
        self.assertEqual(json.loads(self.clear(0, 'minimax:work', '--json')[0]),
                         {'all': False, 'cleared': ['minimax:work']})
        self.assertEqual(self.sent(), ['minimax:work'] * 3)

    def test_all(self):
        self.clear(0, '--all')
        self.assertEqual(json.loads(self.clear(0, '--all', '--json')[0]),
                         {'all': True, 'cleared': []})
        self.assertEqual(self.sent(), ['', ''])

    def test_of_a_provider(self):
        self.set_moods(credentials=[{'profile': p, 'provider': 'minimax'} for p in PROFILES])
        self.assertEqual(len(self.clear(0, '--provider', 'minimax')[0].splitlines()), 2)
        self.assertEqual(self.sent(), PROFILES)

    def test_bad_arguments(self):
        for arguments in ((), ('work',), (KEY,), ('--provider', KEY), ('a', 'b')):
            with self.subTest(arguments=arguments):
                self.assertNotIn(KEY, ''.join(self.clear(2, *arguments)))
        self.assertEqual(self.sent(), [])

    def test_unknown(self):
        self.set_moods(ClearCooldown='NotFound', message='there is no minimax:nope')
        self.assertIn('minimax:nope', self.clear(1, 'minimax:nope')[1])


if __name__ == '__main__':
    main()
