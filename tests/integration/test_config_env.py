#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""Where variables come from, and what a reference to one that is missing does."""

import time
from pathlib import Path

from client import DBusError
from config_case import ConfigTest, M21
from harness import main

KEY = 'MINIMAX_API_KEY'

# What a login shell reads, of a user whose keys are exported there.
PROFILE = '''echo "$$ $0 $*" >>{folder}/shell.log
{before}
export MINIMAX_API_KEY=sk-shell UNRELATED=sk-unrelated
'''


class EnvTest(ConfigTest):
    def file(self, api_key='', **sections):
        minimax = {'baseUrl': self.provider.url()}
        if api_key:
            minimax['apiKey'] = api_key
        return {'agents': {'defaults': {'model': {'primary': M21}}},
                'models': {'providers': {'minimax': minimax}}, **sections}

    def dotenv(self, text, folder=None):
        self.write((folder or self.path.parent) / '.env', text)


class OrderTest(EnvTest):
    """Process, then .env, then the env block, then the login shell: the first one counts."""

    def test_order(self):
        for process, dotenv, block, expected in (
                ('sk-process', 'sk-dotenv', 'sk-block', 'sk-process'),
                (None, 'sk-dotenv', 'sk-block', 'sk-dotenv'),
                (None, None, 'sk-block', 'sk-block'),
                ('', 'sk-dotenv', 'sk-block', 'sk-dotenv'),
                ('', '', 'sk-block', 'sk-block')):
            for form in ('direct', 'vars'):
                for reference in (False, True):
                    with self.subTest(expected=expected, form=form, reference=reference,
                                      process=process):
                        env = {KEY: block} if form == 'direct' else {'vars': {KEY: block}}
                        self.write(self.path, self.file('${%s}' % KEY if reference else '',
                                                        env=env))
                        self.dotenv('' if dotenv is None else f'{KEY}={dotenv}\n')
                        self.session.start_daemon({} if process is None else {KEY: process})
                        self.assertEqual(self.key_used(), expected)
                        self.session.stop_daemon()

    def test_both_forms_at_once(self):
        self.start(self.file(env={'A_NAME': 'sk-direct', 'vars': {KEY: 'sk-vars'}}))
        self.assertEqual(self.key_used(), 'sk-vars')
        self.set('models.providers.minimax.apiKey', '"${A_NAME}"')
        self.assertEqual(self.client.resolve(M21)['available'], True)

    def test_first_name_of_a_provider_that_is_set(self):
        self.start(self.file(), {'MINIMAX_CODE_PLAN_KEY': 'sk-second'})
        self.assertEqual(self.key_used(), 'sk-second')
        self.assertEqual(self.client.resolve(M21)['credential'], 'minimax:env')

    def test_environment_comes_before_the_literal_key(self):
        self.start(self.file('sk-literal'), {KEY: 'sk-process'})
        self.assertEqual(self.key_used(), 'sk-process')

    def test_variable_that_refers_to_a_variable(self):
        self.start(self.file(env={'vars': {KEY: '${INNER}'}}), {'INNER': 'sk-inner'})
        self.assertEqual(self.key_used(), 'sk-inner')


class ReferenceTest(EnvTest):
    def two(self, broken):
        """Two providers, of which one refers to a variable that is missing."""
        file = self.file('sk-fine')
        file['models']['providers']['broken'] = {
            'baseUrl': self.provider.url(), 'api': 'anthropic-messages', 'apiKey': 'sk-x',
            'models': [{'id': 'B-1'}], **broken}
        return file

    def test_missing_one_isolates_its_entry(self):
        for broken in ({'apiKey': '${NOT_THERE}'}, {'baseUrl': '${NOT_THERE}/v1'},
                       {'headers': {'X-One': 'a${NOT_THERE}b'}},
                       {'models': [{'id': 'B-1', 'headers': {'X-One': '${NOT_THERE}'}}]}):
            with self.subTest(broken=broken):
                self.write(self.path, self.two(broken))
                if self.session.daemon:
                    self.client.reload()
                else:
                    self.session.start_daemon()
                self.assertEqual(self.key_used(M21), 'sk-fine')
                self.assertEqual(self.property('State'), 'ok')
                found = [p for p in self.validate() if 'NOT_THERE' in p['message']]
                self.assertEqual(len(found), 1, self.validate())
                self.assertTrue(found[0]['path'].startswith('models.providers.broken'))
                before = len(self.provider.requests())
                # Only a header that cannot be made may be left out, and then all of it.
                if 'apiKey' in broken or 'baseUrl' in broken:
                    with self.assertRaises(DBusError):
                        self.client.complete('hello', 'broken/B-1')
                    self.assertEqual(len(self.provider.requests()), before, 'it was sent')
                else:
                    try:
                        self.client.complete('hello', 'broken/B-1')
                    except DBusError:
                        continue
                    self.assertNotIn('x-one', self.provider.requests()[-1]['headers'])

    def test_empty_one_counts_as_missing(self):
        self.start(self.two({'apiKey': '${EMPTY_ONE}'}), {'EMPTY_ONE': ''})
        self.assertTrue([p for p in self.validate() if 'EMPTY_ONE' in p['message']])
        self.assertIs(self.client.resolve('broken/B-1')['available'], False)

    def test_what_is_a_reference(self):
        values = {'${A_1}': 'one', '-${A_1}-${_B}-': '-one-two-', '$${A_1}': '${A_1}',
                  '$A_1': '$A_1', '${a_1}': '${a_1}', '${1A}': '${1A}', '${A-1}': '${A-1}',
                  '${A_1': '${A_1', '${}': '${}', '$$': '$$', 'x$': 'x$', '$$${A_1}': '$${A_1}',
                  '${A_1}}': 'one}', '${ A_1 }': '${ A_1 }'}
        file = self.file('sk-x')
        file['models']['providers']['minimax']['headers'] = {
            f'X-{i}': value for i, value in enumerate(values)}
        self.start(file, {'A_1': 'one', '_B': 'two'})
        self.key_used()
        headers = self.provider.requests()[-1]['headers']
        self.assertEqual({v: headers[f'x-{i}'] for i, v in enumerate(values)}, values)
        self.assertEqual(self.data().count(b'${A_1}'), sum(v.count('${A_1}') for v in values))

    def test_values_are_not_expanded_twice(self):
        file = self.file('sk-x')
        file['models']['providers']['minimax']['headers'] = {'X-One': '${OUTER}'}
        self.start(file, {'OUTER': '${INNER}', 'INNER': 'no'})
        self.key_used()
        self.assertEqual(self.provider.requests()[-1]['headers']['x-one'], '${INNER}')

    def test_in_an_included_file(self):
        part = self.file('${MY_KEY}')['models']
        self.write(self.path.parent / 'models.json', part)
        self.start({'models': {'$include': 'models.json'}}, {'MY_KEY': 'sk-mine'})
        self.assertEqual(self.key_used(M21), 'sk-mine')

    def test_foreign_sections_may_refer_to_anything(self):
        self.start(self.file('sk-x', channels={'telegram': {'token': '${TELEGRAM_TOKEN}'}}))
        self.assertEqual([p for p in self.validate() if 'TELEGRAM' in p['message']], [])


class DotEnvTest(EnvTest):
    def test_forms(self):
        for line, expected in (
                (f'{KEY}=sk-plain', 'sk-plain'), (f'export {KEY}=sk-exported', 'sk-exported'),
                (f'{KEY}="sk-double"', 'sk-double'), (f"{KEY}='sk-single'", 'sk-single'),
                (f'  {KEY} = sk-spaces  ', 'sk-spaces'), (f'{KEY}=sk-crlf\r', 'sk-crlf'),
                (f'# {KEY}=no\n{KEY}=sk-behind-a-comment', 'sk-behind-a-comment'),
                (f'{KEY}=sk-note # a note', 'sk-note'), (f'{KEY}="sk-#-inside"', 'sk-#-inside'),
                (f'nonsense\n=x\n\n{KEY}=sk-after-nonsense', 'sk-after-nonsense'),
                (f'\ufeff{KEY}=sk-bom', 'sk-bom')):
            with self.subTest(line=line):
                self.write(self.path, self.file())
                self.dotenv(line + '\n')
                self.session.start_daemon()
                self.assertEqual(self.key_used(), expected)
                self.session.stop_daemon()

    def test_changes_are_picked_up(self):
        self.start(self.file())
        self.assertIs(self.client.get('Ready'), False)
        self.dotenv(f'{KEY}=sk-one\n')
        self.wait_until(lambda: self.client.get('Ready'), 'the key')
        self.assertEqual(self.key_used(), 'sk-one')
        self.dotenv(f'{KEY}=sk-two\n')
        self.wait_until(lambda: self.key_used() == 'sk-two', 'the other key')

    def test_in_the_state_folder(self):
        state = self.session.folder / 'state'
        self.write(state / 'openclaw.json', self.file())
        self.dotenv(f'{KEY}=sk-state\n', state)
        self.dotenv(f'{KEY}=sk-home\n')
        self.session.start_daemon({'OPENCLAW_STATE_DIR': str(state)})
        self.assertEqual(self.key_used(), 'sk-state')

    def test_what_is_no_file(self):
        (self.path.parent / '.env').mkdir(parents=True)
        self.start(self.file('sk-x'))
        self.assertEqual(self.key_used(), 'sk-x')

    def test_very_long(self):
        self.dotenv('X=' + 'y' * 3_000_000 + f'\n{KEY}=sk-behind\n')
        self.start(self.file('sk-x'))
        self.assertIn(self.key_used(), ('sk-x', 'sk-behind'))


class ShellTest(EnvTest):
    def login_shell(self, before=':'):
        """A fake $SHELL would have to be in /etc/shells: its startup file does what it would."""
        (self.session.home / '.bash_profile').write_text(
            PROFILE.format(folder=self.session.folder, before=before))
        return {'SHELL': '/bin/bash'}

    def runs(self):
        log = self.session.folder / 'shell.log'
        return log.read_text().splitlines() if log.exists() else []

    def enabled(self, **more):
        return self.file(env={'shellEnv': {'enabled': True, **more}})

    def is_ready(self):
        self.wait_until(lambda: self.client.get('Ready'), 'the key of the shell')

    def assertShellsGone(self):
        def running():
            found = []
            for line in self.runs():
                try:
                    state = Path(f'/proc/{line.split()[0]}/stat').read_text()
                except OSError:
                    continue
                if state.rpartition(')')[2].split()[0] not in 'ZX':
                    found.append(line)
            return found

        self.wait_until(lambda: not running(), 'the shell to end')

    def test_disabled(self):
        self.start(self.file(), self.login_shell())
        self.client.spin(0.5)
        self.assertEqual(self.runs(), [])
        self.assertIs(self.client.get('Ready'), False)

    def test_key_is_imported(self):
        self.start(self.enabled(), self.login_shell())
        self.is_ready()
        self.assertEqual(self.key_used(), 'sk-shell')
        self.assertEqual(len(self.runs()), 1)

    def test_other_shells(self):
        for shell, name in (('/bin/sh', '.profile'), ('/bin/bash', '.profile')):
            with self.subTest(shell=shell):
                (self.session.home / name).write_text(f'echo hello; export {KEY}=sk-profile\n')
                self.start(self.enabled(), {'SHELL': shell})
                self.is_ready()
                self.assertEqual(self.key_used(), 'sk-profile')

    def test_what_is_set_already_is_not_replaced(self):
        for environ, block, expected in (({KEY: 'sk-process'}, {}, 'sk-process'),
                                         ({}, {'vars': {KEY: 'sk-block'}}, 'sk-block')):
            with self.subTest(expected=expected):
                file = self.enabled()
                file['env'].update(block)
                self.start(file, {**self.login_shell(), **environ})
                self.client.spin(1)
                self.assertEqual(self.key_used(), expected)
                self.session.stop_daemon()

    def test_only_what_is_expected_is_imported(self):
        file = self.enabled()
        file['models']['providers']['minimax']['headers'] = {'X-One': 'fixed'}
        self.start(file, self.login_shell())
        self.is_ready()
        self.assertNotIn('sk-unrelated', self.session.daemon_log())
        self.assertEqual(self.session.find_secret('sk-shell', ('provider.log', '.bash_profile')),
                         [])

    def test_slow_one_keeps_nobody_waiting(self):
        self.start(self.enabled(timeoutMs=1000), self.login_shell('sleep 600 & wait'))
        self.client.list_models()
        self.assertIs(self.client.get('Ready'), False)
        self.set('models.providers.minimax.headers', '{"X-A": "${HOME}"}')
        self.wait_until(lambda: self.runs(), 'the shell to be started')
        self.assertShellsGone()
        self.client.list_models()

    def test_children_of_a_slow_one_are_ended_too(self):
        pid_file = self.session.folder / 'sleeper'
        self.start(self.enabled(timeoutMs=500),
                   self.login_shell(f'sleep 601 & echo $! >{pid_file}; wait'))
        self.wait_until(lambda: pid_file.exists() and pid_file.read_text().strip(), 'the child')
        pid = int(pid_file.read_text())
        self.wait_until(lambda: not Path(f'/proc/{pid}').exists()
                        or ') Z ' in Path(f'/proc/{pid}/stat').read_text(), 'its end')

    def test_failing_ones_are_harmless(self):
        noise = 'head -c 20000000 /dev/zero | tr "\\\\0" x; echo'
        for shell, before in (('/bin/bash', 'exit 3'), ('/bin/bash', 'kill -9 $$'),
                              ('/nowhere/at/all', 'exit 3'), ('/etc/passwd', 'exit 3'),
                              ('', 'exit 3'), ('/bin/bash', noise)):
            with self.subTest(shell=shell, before=before):
                environ = {**self.login_shell(before), 'SHELL': shell}
                file = self.enabled(timeoutMs=3000)
                file['models']['providers']['minimax']['apiKey'] = 'sk-literal'
                self.start(file, environ)
                self.assertIn(self.key_used(), ('sk-literal', 'sk-shell'))
                self.client.spin(0.3)
                self.assertIn(self.key_used(), ('sk-literal', 'sk-shell'))
                self.assertEqual(self.session.stop_daemon(), 0)

    def test_output_of_startup_files_is_no_variable(self):
        self.start(self.enabled(), self.login_shell(
            f'echo "welcome to this machine"; echo "{KEY}=sk-printed"; printf "no newline"'))
        self.is_ready()
        self.assertEqual(self.key_used(), 'sk-shell')

    def test_stdin_is_not_waited_for(self):
        self.start(self.enabled(timeoutMs=15000), self.login_shell('read -r line'))
        self.is_ready()

    def test_enabled_while_it_runs(self):
        self.start(self.file(), self.login_shell())
        self.set('env.shellEnv.enabled', 'true')
        self.is_ready()
        self.assertEqual(self.key_used(), 'sk-shell')
        # Once is enough, whatever else changes.
        self.set('agents.defaults.timeoutSeconds', '60')
        self.client.reload()
        self.client.spin(0.5)
        self.assertEqual(len(self.runs()), 1)

    def test_stopped_while_it_runs(self):
        self.start(self.enabled(timeoutMs=15000), self.login_shell('sleep 602 & wait'))
        self.wait_until(lambda: self.runs(), 'the shell')
        start = time.monotonic()
        self.assertEqual(self.session.stop_daemon(), 0)
        self.assertLess(time.monotonic() - start, 10)
        self.assertShellsGone()


if __name__ == '__main__':
    main()
