#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""openclawctl models: which are used, fallbacks and aliases."""

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


def model(ref, **more):
    return {'ref': ref, 'provider': ref.split('/')[0], 'credential': 'x', **more}


class ModelsTest(GatewayTest):
    def tags(self, *words):
        lines = self.run_ctl(0, 'models', 'list', *words)[0].splitlines()[1:]
        return [tuple(line.split()[:2]) for line in lines]

    def test_order(self):
        self.set_moods(models=[model('z/3'), model('y/1', **{'fallback-rank': 1}),
                               model(OPUS, **{'fallback-rank': 0}), model('a/4'),
                               model('minimax/MiniMax-M2.1', default=True)])
        self.assertEqual(
            self.run_ctl(0, 'models', 'list', '--plain')[0].split(),
            ['minimax/MiniMax-M2.1', OPUS, 'y/1', 'z/3', 'a/4'])

    def test_models_that_the_gateway_does_not_know(self):
        self.set_moods(models=[model('z/3', local=True)])
        self.assertEqual(self.tags(), [('minimax/MiniMax-M2.1', 'default,missing'),
                                       ('z/3', 'local'), (OPUS, 'fallback#1,missing')])
        self.assertEqual(self.tags('--provider', 'z'), [('z/3', 'local')])

    def test_image_models(self):
        self.set_moods(models=[model('z/3', local=True)],
                       values={'agents.defaults.imageModel': '{"primary": "z/3"}'})
        self.assertIn(('z/3', 'image,local'), self.tags())
        self.assertRegex(self.run_ctl(0, 'models', 'status')[0], r'(?m)^Image models +z/3$')
        status = json.loads(self.run_ctl(0, 'models', 'status', '--json')[0])
        self.assertEqual(status['image-models'], ['z/3'])

    def test_default_model_that_is_none(self):
        self.set_moods(ResolveModel='UnknownModel')
        self.assertRegex(self.run_ctl(0, 'models', 'status')[0],
                         r'(?m)^Ready +no\n +UnknownModel it is$')
        self.set_moods(ResolveModel='AccessDenied')
        self.assertNotIn('it is', self.run_ctl(0, 'models', 'status')[0])

    def test_provider_that_is_none(self):
        self.set_moods(models=[model('minimax/MiniMax-M2.1', credential='missing')],
                       credentials=[])
        shown = self.run_ctl(0, 'models', 'status')[0]
        self.assertIn('  minimax: openclawctl models auth add --provider minimax\n', shown)
        self.assertIn('  anthropic: there is no such provider; see: openclawctl config validate\n',
                      shown)


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
