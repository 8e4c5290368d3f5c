#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""openclawctl models fallbacks and aliases."""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / 'integration'))
from case import GatewayTest  # noqa: E402
from tap import main  # noqa: E402

OPUS = 'anthropic/claude-opus-4-6'
NONE = 'There are no fallbacks. To add one: openclawctl models fallbacks add REF\n'


class FallbackTest(GatewayTest):
    def fallbacks(self, code, *words):
        return self.run_ctl(code, 'models', 'fallbacks', *words)

    def test_add(self):
        shown, errors = self.fallbacks(0, 'add', 'a/b')
        self.assertEqual(shown, f'1. {OPUS}\n2. a/b\n')
        self.assertEqual(errors, 'openclawctl: mind this\n')
        self.assertEqual(self.calls('SetFallbackModels')[-1],
                         [[OPUS, 'a/b'], {'locale': 'en', 'if-hash': ''}])

    def test_add_what_is_there(self):
        shown, errors = self.fallbacks(0, 'add', OPUS)
        self.assertEqual((shown, errors),
                         (f'{OPUS} is one of the fallbacks already:\n1. {OPUS}\n', ''))
        self.assertEqual(json.loads(self.fallbacks(0, 'add', OPUS, '--json')[0]),
                         {'fallbacks': [OPUS]})
        self.assertEqual(self.calls('SetFallbackModels'), [])

    def test_files_are_read_first(self):
        self.fallbacks(0, 'add', 'a/b')
        self.fallbacks(0, 'clear')
        self.assertEqual(len(self.calls('Reload')), 2)

    def test_somebody_else_is_faster(self):
        self.set_moods(rivals=3)
        shown, _ = self.fallbacks(0, 'add', 'a/b', '--json')
        self.assertEqual(json.loads(shown), {
            'fallbacks': [OPUS, 'rival/1', 'rival/2', 'rival/3', 'a/b'], 'warnings': ['mind this']})
        self.assertEqual(len(self.calls('SetFallbackModels')), 4)

    def test_somebody_else_is_always_faster(self):
        self.set_moods(rivals=1000)
        self.assertEqual(self.fallbacks(8, 'add', 'a/b'), ('', 'openclawctl: too late\n'))

    def test_remove(self):
        self.assertEqual(self.fallbacks(0, 'remove', OPUS)[0],
                         'That was the last one: there are no fallbacks any more.\n')
        self.assertIn('is not one of the fallbacks', self.fallbacks(1, 'remove', OPUS)[1])

    def test_clear(self):
        self.assertEqual(self.fallbacks(0, 'clear')[0], 'There are no fallbacks any more.\n')
        self.assertEqual(self.calls('SetFallbackModels')[-1][0], [])
        self.assertEqual(self.fallbacks(0, 'clear')[0], NONE)
        self.assertEqual(self.fallbacks(0, 'list')[0], NONE)
        self.assertEqual(len(self.calls('SetFallbackModels')), 1)

    def test_refused(self):
        self.set_moods(SetFallbackModels='UnknownModel')
        self.assertEqual(self.fallbacks(3, 'add', 'a/b'), ('', 'openclawctl: UnknownModel it is\n'))
        self.assertEqual(len(self.calls('SetFallbackModels')), 1)


class AliasTest(GatewayTest):
    def test_alias_that_is_taken(self):
        self.set_moods(SetAlias='InvalidArgs', message='“alias”: is the alias of a/b already.')
        self.assertEqual(self.run_ctl(2, 'models', 'aliases', 'add', 'mini', 'c/d')[1],
                         'openclawctl: “mini”: is the alias of a/b already.\n')

    def test_remove(self):
        self.assertEqual(self.run_ctl(0, 'models', 'aliases', 'remove', 'opus')[0],
                         f'opus no longer stands for {OPUS}.\n')
        self.assertEqual(len(self.calls('Reload')), 1)

    def test_alias_of_the_administrator(self):
        self.set_moods(stubborn='opus')
        shown, errors = self.run_ctl(1, 'models', 'aliases', 'remove', 'opus')
        self.assertEqual(shown, '')
        self.assertIn(f'opus still stands for {OPUS}', errors)


if __name__ == '__main__':
    main()
