#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""Tables on terminals of any width."""

import re

import terminal
from case import SessionTest, paths
from processes import make_locales
from tap import main

LONG = 'openrouter/anthropic/claude-sonnet-5.5:beta'
MODELS = [
    {'ref': LONG, 'provider': 'openrouter', 'credential': 'openrouter:default', 'default': True,
     'aliases': ['sonnet', '首選'], 'input': ['text', 'image'], 'context-window': 1000000},
    {'ref': 'anthropic/claude-opus-4-6', 'provider': 'anthropic', 'credential': 'missing',
     'aliases': ['opus'], 'fallback-rank': 0, 'input': ['text'], 'context-window': 200000},
    {'ref': 'lmstudio/通义千问-超长的模型名字-量化版本', 'provider': 'lmstudio', 'local': True,
     'credential': 'none-needed', 'aliases': [], 'input': ['text'], 'context-window': 32768},
    {'ref': 'x/cafe\u0301\u202e\u2066evil', 'provider': 'x', 'credential': 'x:default',
     'aliases': [], 'input': ['text'], 'context-window': 1},
]
TAGS = ['default', 'alias:sonnet', 'alias:首選', 'local', 'fallback#1', 'alias:opus', 'missing']
WIDTHS = (40, 41, 47, 60, 72, 80, 99, 100, 132, 500)
CREDENTIALS = [
    {'profile': 'openrouter:a-name-that-somebody-chose', 'kind': 'api_key', 'source': 'keyring',
     'state': 'ok'},
    {'profile': 'minimax:default', 'kind': 'oauth', 'source': 'keyring', 'state': 'expired'}]


class TableTest(SessionTest):
    def setUp(self):
        super().setUp()
        self.start_session(gateway={'models': MODELS, 'credentials': CREDENTIALS})

    def show(self, columns, *words, **environ):
        code, text = terminal.run([paths.CTL, *words], {**self.environ, 'TERM': 'xterm', **environ},
                                  columns)
        self.assertEqual(code, 0, text)
        return text

    def list_models(self, columns, **environ):
        return self.show(columns, 'models', 'list', **environ)

    def assertFits(self, text, columns):
        for line in text.splitlines():
            self.assertLessEqual(terminal.measure(line), columns, text)

    def cells(self, text, start):
        """What stands from a column of the terminal on, line by line, up to the next gap."""
        found = []
        for line in text.splitlines():
            used, rest = 0, ''
            for character in line:
                if used >= start:
                    rest += character
                used += terminal.measure(character)
            found.append(rest.split('  ')[0])
        return found

    def test_fits(self):
        for columns in WIDTHS:
            with self.subTest(columns=columns):
                for words in (('models', 'list'), ('models', 'aliases', 'list'),
                              ('models', 'auth', 'list')):
                    text = self.show(columns, *words)
                    self.assertFits(text, columns)
                    self.assertNotIn('\u202e', text)
                    self.assertNotIn('\u2066', text)

    def test_tags_stay(self):
        for columns in WIDTHS:
            with self.subTest(columns=columns):
                text = self.list_models(columns)
                start = terminal.measure(text[:text.index('TAGS')])
                tags = self.cells(text, start)
                # A tag that is longer than the column goes on in the next line.
                together = ''.join(tags[1:])
                for tag in TAGS:
                    self.assertIn(tag, together, text)

    def test_references_stay_at_eighty(self):
        text = self.list_models(80)
        for model in MODELS[:3]:
            self.assertIn(model['ref'], text)

    def test_wide_characters_line_up(self):
        for columns in (100, 132, 500):
            with self.subTest(columns=columns):
                text = self.list_models(columns)
                start = terminal.measure(text[:text.index('INPUT')])
                inputs = [cell for cell in self.cells(text, start) if cell]
                self.assertEqual(inputs, ['INPUT', 'text+image', 'text', 'text', 'text'], text)

    def test_cut_at_a_character(self):
        for columns in range(40, 58):
            with self.subTest(columns=columns):
                text = self.list_models(columns)
                self.assertNotIn('\ufffd', text)
                self.assertIn('…', text)
                # An accent goes with its letter.
                self.assertNotRegex(text, '[ …]\u0301')
                start = terminal.measure(text[:text.index('TAGS')])
                for line in text.splitlines():
                    head = line.split('…')[0]
                    if '…' in line and terminal.measure(head) < start:
                        model = [m for m in MODELS if m['ref'].startswith(head)]
                        self.assertEqual(len(model), 1, line)

    def test_block_below_forty(self):
        for columns in (10, 20, 39):
            with self.subTest(columns=columns):
                text = self.list_models(columns)
                self.assertFits(text, columns)
                blocks = text.rstrip('\n').split('\n\n')
                self.assertEqual(len(blocks), len(MODELS), text)
                for block, model in zip(blocks, MODELS):
                    self.assertTrue(block.startswith('REF'), text)
                    joined = re.sub(r'\s|REF|TAGS|INPUT|CONTEXT', '', block)
                    ref = model['ref'].replace('\u202e', '').replace('\u2066', '')
                    self.assertTrue(joined.startswith(ref), block)

    def test_columns_variable(self):
        self.assertEqual(self.list_models(200, COLUMNS='60'), self.list_models(60))
        self.assertEqual(self.list_models(60, COLUMNS='200'), self.list_models(200))
        for nonsense in ('', '0', '-5', '60x', '99999999999999999999'):
            with self.subTest(columns=nonsense):
                self.assertEqual(self.list_models(60, COLUMNS=nonsense), self.list_models(60))

    def test_unknown_width_is_eighty(self):
        self.assertEqual(self.list_models(0), self.list_models(80))

    def test_pipes_get_everything(self):
        text = self.run_ctl(0, 'models', 'list', environ={'COLUMNS': '40'})[0]
        self.assertEqual(len(text.splitlines()), 1 + len(MODELS))
        self.assertIn('default,alias:sonnet,alias:首選', text)
        self.assertIn(LONG, text)
        self.assertNotIn('…', text)

    def test_chinese_headings(self):
        locpath = make_locales()
        for language in ('zh_CN', 'zh_TW'):
            catalogue = paths.LOCALEDIR / language / 'LC_MESSAGES' / 'openclaw-gateway.mo'
            self.assertTrue(catalogue.exists(),
                            f'{catalogue} is missing: run "meson install --tags i18n" first')
            environ = {'LANG': f'{language}.UTF-8', 'LC_ALL': f'{language}.UTF-8',
                       'LOCPATH': locpath}
            for columns in WIDTHS:
                with self.subTest(language=language, columns=columns):
                    text = self.list_models(columns, **environ)
                    self.assertRegex(text.splitlines()[0], '[\u4e00-\u9fff]')
                    self.assertFits(text, columns)
            wide = self.list_models(500, **environ)
            start = terminal.measure(wide.splitlines()[1].split('text+image')[0])
            inputs = self.cells(wide, start)[1:]
            self.assertEqual(inputs, ['text+image', 'text', 'text', 'text'], wide)


if __name__ == '__main__':
    main()
