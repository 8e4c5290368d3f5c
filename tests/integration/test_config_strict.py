#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""After every write a strict OpenClaw still accepts openclaw.json."""

import random

import json5_reader
import openclaw_keys
from client import DBusError
from config_case import ConfigTest, LIGHTNING, M21
from harness import main
from test_seed import API_KEY, FALLBACK, LM_STUDIO

OWN = ('desktop.providers.minimax.timeouts', 'desktop.providers.minimax.family',
       'desktop.fallback', 'desktop.budgets', 'desktop.notifications', 'desktop.ledger',
       'desktop.search')


class CheckerTest(ConfigTest):
    """What judges the others is able to say no."""

    def test_it(self):
        before = {'models': {'providers': {'a': {'odd': 1}}}, 'foreign': {'b': 1}}
        for after, found in (
                (before, []), ({**before, 'desktop': {}}, ['desktop']),
                ({'models': {'providers': {'a': {'odd': 1, 'timeouts': {}}}}},
                 ['models.providers.a.timeouts']),
                ({'models': {'providers': {'a': {'models': [{'id': 'x', 'family': 'y'}]}}}},
                 ['models.providers.a.models[0].family']),
                ({'env': {'NEW_KEY': '${X}'}}, ['env.NEW_KEY']),
                ({'agents': {'defaults': {'models': {'a/b': {'params': {'any': {'x': 1}}}}}}}, []),
                ({'foreign': {'b': 2}}, ['foreign'])):
            with self.subTest(after=after):
                self.assertEqual(openclaw_keys.unknown(after, before), found)


class StrictTest(ConfigTest):
    environment = {'MINIMAX_API_KEY': 'sk-m', 'ANTHROPIC_API_KEY': 'sk-a'}

    def assertStrict(self, before):
        if self.path.exists():
            self.assertEqual(openclaw_keys.unknown(json5_reader.read(self.data()), before), [])
            self.assertNotIn(b'desktop', self.data())

    def attempt(self, function, *arguments):
        try:
            function(*arguments)
        except DBusError as error:
            self.assertFalse(error.name.startswith('local:'), error)

    def operations(self):
        call = self.client.call
        return [
            lambda: call('SetDefaultModel', '(sa{sv})', LIGHTNING, {}),
            lambda: call('SetDefaultModel', '(sa{sv})', M21, {}),
            lambda: call('SetFallbackModels', '(asa{sv})', [LIGHTNING, M21], {}),
            lambda: call('SetFallbackModels', '(asa{sv})', [], {}),
            lambda: call('SetAlias', '(ssa{sv})', LIGHTNING, 'quick', {}),
            lambda: call('SetAlias', '(ssa{sv})', M21, 'slow', {}),
            lambda: call('SetAlias', '(ssa{sv})', LIGHTNING, '', {}),
            lambda: self.set('agents.defaults.timeoutSeconds', '60'),
            lambda: self.set('agents.defaults.thinkingDefault', '"low"'),
            lambda: self.set('agents.defaults.imageModel', f'{{primary: "{M21}"}}'),
            lambda: self.set('models.mode', '"merge"'),
            lambda: self.set('models.providers.minimax.baseUrl',
                             '"https://api.minimaxi.com/anthropic"'),
            lambda: self.set('models.providers.acme', '{baseUrl: "http://127.0.0.1:9/v1", api:'
                             ' "openai-completions", models: [{id: "a", cost: {input: 1}}]}'),
            lambda: self.set('models.providers.acme.models.-', '{id: "b", family: "minimax"}'),
            lambda: self.set('models.providers.acme.timeoutSeconds', '5'),
            lambda: self.set('models.providers.acme.timeouts', '{connectMs: 5}'),
            lambda: self.set('models.providers.acme.maxConcurrent', '5'),
            lambda: self.set('env.vars.SOME_KEY', '"${OTHER_KEY}"'),
            lambda: self.set('env.shellEnv.enabled', 'false'),
            lambda: self.set('auth.order.minimax', '["minimax:work"]'),
            lambda: self.set('auth.cooldowns.failureWindowHours', '1'),
            lambda: self.set('auth.cooldown', '1'),
            lambda: self.set('plugins.entries.minimax-portal-auth.enabled', 'true'),
            lambda: self.set('unheard.of', '1'),
            lambda: self.patch('{agents: {defaults: {timeoutSeconds: 5, budgets: {}}}}'),
            lambda: self.patch('{agents: {defaults: {timeoutSeconds: 6}}, models: {mode: null}}'),
            lambda: self.patch('{fallback: {allow: []}}'),
            lambda: self.unset('agents.defaults.thinkingDefault'),
            lambda: self.unset('models.providers.acme'),
            *(lambda path=path: self.set(path, '{}') for path in OWN),
            lambda: self.set('desktop.fallback.within', '"local"'),
            lambda: self.patch('{desktop: {providers: {acme: {maxConcurrent: 2}}}}'),
        ]

    def test_each_upon_each_file(self):
        for text in (API_KEY, FALLBACK, LM_STUDIO, '{}', None,
                     '{ channels: { x: { token: "${T}" } }, models: { odd: 1 } }'):
            with self.subTest(text=text):
                if text is None:
                    self.path.unlink()
                else:
                    self.write(self.path, text)
                if self.session.daemon:
                    self.client.reload()
                else:
                    self.session.start_daemon(self.environment)
                before = json5_reader.read(text or '{}')
                written = 0
                for operation in self.operations():
                    old = self.data() if self.path.exists() else b''
                    self.attempt(operation)
                    self.assertStrict(before)
                    written += self.path.exists() and self.data() != old
                self.assertGreater(written, 10)

    def test_in_any_order(self):
        rng = random.Random(4)
        self.start(API_KEY, self.environment)
        for _ in range(150):
            self.attempt(rng.choice(self.operations()))
            self.assertStrict(json5_reader.read(API_KEY))
        for literal in ('MINIMAX_API_KEY: "sk-..."', 'apiKey: "${MINIMAX_API_KEY}"',
                        'cost: { input: 15, output: 60, cacheRead: 2, cacheWrite: 10 },'):
            self.assertIn(literal, self.data().decode())

    def test_command_line(self):
        self.start(API_KEY, self.environment)
        for arguments in (('models', 'set', LIGHTNING), ('models', 'aliases', 'add', 'q', M21),
                          ('models', 'fallbacks', 'add', M21),
                          ('config', 'set', 'desktop.fallback.within', 'local'),
                          ('config', 'set', 'agents.defaults.timeoutSeconds', '60'),
                          ('models', 'fallbacks', 'clear'),
                          ('models', 'aliases', 'remove', 'q'),
                          ('config', 'unset', 'agents.defaults.timeoutSeconds')):
            with self.subTest(arguments=arguments):
                result = self.session.ctl(*arguments)
                self.assertEqual(result.returncode, 0, result.stderr)
                self.assertStrict(json5_reader.read(API_KEY))
        self.assertTrue(self.desktop_path.exists())


if __name__ == '__main__':
    main()
