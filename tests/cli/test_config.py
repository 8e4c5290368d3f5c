#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""openclawctl config, and what other commands say of settings that have mistakes."""

import json
import os
import pty
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / 'integration'))
import paths  # noqa: E402
from case import END, ERROR, START, CliTest, GatewayTest, failure  # noqa: E402
from tap import main  # noqa: E402

PATH = '/home/user/.openclaw/openclaw.json'
DESKTOP = '/home/user/.config/openclaw-gateway/desktop.json'
SECRET = 'sk-value-0123456789'
HASH = 'a' * 64


def problem(message, severity='error', **more):
    return {'file': PATH, 'line': 3, 'column': 7, 'path': 'models.mode', 'severity': severity,
            'message': message, **more}


class ConfigTest(GatewayTest):
    def write(self, name, text, mode=0o600):
        path = Path(self.folder.name, name)
        path.write_text(text, 'utf-8')
        path.chmod(mode)
        return path

    def error_of(self, code, *words, **keywords):
        shown, _ = self.run_ctl(code, *words, '--json', **keywords)
        return json.loads(shown)['error']['name'].removeprefix(ERROR)


class ChangeTest(ConfigTest):
    def test_get(self):
        self.set_moods(values={'': '{"a": 1}'})
        for words in (), ('',):
            self.assertEqual(json.loads(self.run_ctl(0, 'config', 'get', *words)[0]), {'a': 1})
            self.assertEqual(self.calls('Get')[-1], ['', {'locale': 'en'}])
        self.set_moods(Get='NotFound')
        self.assertEqual(self.run_ctl(1, 'config', 'get', 'x'),
                         ('', 'openclawctl: NotFound it is\n'))

    def test_value_travels_in_a_descriptor_only(self):
        for words, stdin, text in ((('a.b', SECRET), '', SECRET), (('a.b', '-'), SECRET, SECRET),
                                   (('a.b', '-'), '[1,\n 2]\r\n', '[1,\n 2]'), (('a', ''), '', ''),
                                   (('a', '--', '-1'), '', '-1'), (('a', '-'), '', '')):
            with self.subTest(words=words):
                shown, errors = self.run_ctl(0, 'config', 'set', *words, stdin=stdin)
                self.assertEqual(shown, f'{words[0]} is set. The settings are in {PATH}.\n')
                self.assertEqual(errors, '')
                self.assertEqual(self.calls('text')[-1], [text, True])
                options = {'locale': 'en', 'value': 0}
                if not text.startswith('['):
                    options['or-string'] = True
                self.assertEqual(self.calls('Set')[-1], [words[0], '', options])

    def test_text_that_is_no_plain_string(self):
        for value, is_plain in (('{oops', False), (' \n[1', False), ('"a', False), ("'a'", False),
                                ('a{}', True), ('-', True), (' ', True), ('true', True)):
            with self.subTest(value=value):
                self.run_ctl(0, 'config', 'set', 'a', '-', stdin=value)
                self.assertEqual('or-string' in self.calls('Set')[-1][-1], is_plain)

    def test_negative_numbers(self):
        for value in '-5', '-.5', '-0x1':
            self.run_ctl(0, 'config', 'set', 'a', value)
            self.assertEqual(self.calls('text')[-1][0], value)
        self.assertIn('“config set” has no option -x. If it is no option, write “--” before it.',
                      self.run_ctl(2, 'config', 'set', 'a', '-x')[1])

    def test_what_a_change_makes_worse(self):
        self.set_moods(problems=[
            problem('old'), problem('worse', changed=True, suggestion='x'),
            problem('noted', severity='info', changed=True)])
        worse = f'{PATH}:3:7: error: models.mode: worse (did you mean “x”?)'
        shown, errors = self.run_ctl(0, 'config', 'set', 'a', '1')
        self.assertEqual(errors, f'openclawctl: {worse}\n')
        self.assertIn('a is set.', shown)
        # It is known from now on.
        self.assertEqual(self.run_ctl(0, 'config', 'set', 'a', '1')[1], '')

    def test_what_a_change_makes_worse_as_json(self):
        self.set_moods(problems=[problem('worse', severity='warning', changed=True)])
        shown, errors = self.run_ctl(0, 'config', 'unset', 'a', '--json')
        self.assertEqual(json.loads(shown)['warnings'],
                         [f'{PATH}:3:7: warning: models.mode: worse'])
        self.assertEqual(errors, '')

    def test_arguments_have_the_names_of_the_command_line(self):
        patch = self.write('patch', '{')
        for words, said, shown in (
                (('set', '', '1'), '“path”: must', 'PATH: must'),
                (('set', 'a..b', '1'), '“path”: must', '“a..b”: must'),
                (('set', 'a', '{'), '「value」：line', 'VALUE：line'),
                (('unset', 'a.'), '“path”: must', '“a.”: must'),
                (('get', 'a.'), '“path”: must', '“a.”: must'),
                (('get',), '“path”: must', 'PATH: must'),
                (('patch', str(patch)), '“value”: line', f'“{patch}”: line'),
                (('patch', '-'), '“value”: line', '“standard input”: line'),
                (('set', 'a', '1'), '“pathology”: must', '“pathology”: must'),
                (('set', 'a', '1'), 'path: must', 'path: must'),
                (('set', 'a', '1'), '“options”: must', '“options”: must')):
            with self.subTest(words=words, said=said):
                self.set_moods(**{words[0].capitalize(): 'InvalidArgs'}, message=said)
                self.assertEqual(self.run_ctl(2, 'config', *words)[1], f'openclawctl: {shown}\n')

    def test_set_as_json(self):
        shown, errors = self.run_ctl(0, 'config', 'set', 'desktop.ledger', 'true', '--json')
        self.assertEqual(json.loads(shown), {'path': 'desktop.ledger', 'file': DESKTOP})
        self.assertEqual(errors, '')
        self.assertIn(DESKTOP, self.run_ctl(0, 'config', 'set', 'desktop["ledger"]', '1')[0])
        self.assertIn(PATH, self.run_ctl(0, 'config', 'set', 'desktopp.ledger', '1')[0])

    def test_large_values(self):
        self.run_ctl(0, 'config', 'set', 'a', '-', stdin='x' * (4 << 20))
        self.assertEqual(len(self.calls('text')[-1][0]), 4 << 20)
        for words in ('set', 'a', '-'), ('patch', '-'), ('validate', '-'):
            self.assertIn('4 MiB', self.run_ctl(2, 'config', *words,
                                                stdin='x' * ((4 << 20) + 1))[1])
        self.assertEqual(len(self.calls('text')), 1)

    def test_only_if_the_file_is_still_the_same(self):
        patch = self.write('patch', '{}')
        for words in ('set', 'a', '1'), ('unset', 'a'), ('patch', str(patch)):
            with self.subTest(words=words):
                method = words[0].capitalize()
                self.run_ctl(0, 'config', *words, '--if-hash', HASH)
                self.assertEqual(self.calls(method)[-1][-1]['if-hash'], HASH)
                self.set_moods(**{method: 'ConfigConflict'})
                self.assertEqual(self.error_of(8, 'config', *words, '--if-hash', HASH),
                                 'ConfigConflict')
                self.set_moods()

    def test_refusals(self):
        for error, code in (('InvalidArgs', 2), ('NotFound', 1), ('ConfigInvalid', 8), ('Busy', 6),
                            ('AccessDenied', 1)):
            with self.subTest(error=error):
                self.set_moods(Set=error)
                self.assertEqual(self.run_ctl(code, 'config', 'set', 'env.KEY', SECRET),
                                 ('', f'openclawctl: {error} it is\n'))
                self.assertEqual(self.error_of(code, 'config', 'set', 'a', 'b'), error)

    def test_unset(self):
        self.assertEqual(self.run_ctl(0, 'config', 'unset', 'a.b'),
                         (f'a.b is taken away. The settings are in {PATH}.\n', ''))
        shown = self.run_ctl(0, 'config', 'unset', 'desktop.x', '--json')[0]
        self.assertEqual(json.loads(shown), {'path': 'desktop.x', 'file': DESKTOP})
        self.set_moods(Unset='NotFound')
        self.assertEqual(self.error_of(1, 'config', 'unset', 'a'), 'NotFound')

    def test_patch(self):
        text = "// comment\n{a: {b: null}}\n"
        file = self.write('patch', text)
        self.assertIn('as the patch says', self.run_ctl(0, 'config', 'patch', str(file))[0])
        self.assertEqual(self.run_ctl(0, 'config', 'patch', '-', '--json', stdin=text)[0], '{}\n')
        self.assertEqual(self.calls('text'), [[text, True]] * 2)
        self.assertEqual(self.calls('Patch')[-1], ['', {'locale': 'en', 'value': 0}])

    def test_new_allowlist_is_told(self):
        made = ('This made the list of allowed models, agents.defaults.models: from now on only '
                'the models on it, the default model and the fallbacks may be used. To allow all '
                'models again: openclawctl config unset agents.defaults.models')
        errors = self.run_ctl(0, 'config', 'set', 'agents.defaults.models', '{}')[1]
        self.assertEqual(errors, f'openclawctl: {made}\n')
        # It is not new any more.
        self.assertEqual(self.run_ctl(0, 'config', 'set', 'agents.defaults.models', '{}')[1], '')

    def test_new_allowlist_by_a_patch(self):
        shown, errors = self.run_ctl(0, 'config', 'patch', '-', '--json', stdin='{"models": {}}')
        self.assertIn('agents.defaults.models', json.loads(shown)['warnings'][0])
        self.assertEqual(errors, '')

    def test_other_changes_are_no_allowlist(self):
        self.assertEqual(self.run_ctl(0, 'config', 'set', 'agents.defaults.model', 'a/b')[1], '')
        self.assertEqual(self.run_ctl(0, 'config', 'set', 'desktop.a', 'b')[1], '')

    def test_path(self):
        self.assertEqual(self.run_ctl(0, 'config', 'path'), (PATH + '\n', ''))
        self.assertEqual(self.run_ctl(0, 'config', 'path', 'desktop')[0], DESKTOP + '\n')
        self.assertEqual(json.loads(self.run_ctl(0, 'config', 'path', '--json')[0]),
                         {'path': PATH, 'state': 'missing', 'hash': '', 'desktop-path': DESKTOP,
                          'desktop-state': 'ok', 'desktop-hash': 'd' * 64})


class ValidateTest(ConfigTest):
    def test_nothing_wrong(self):
        self.assertEqual(self.run_ctl(0, 'config', 'validate'),
                         ('Nothing is wrong in the configuration.\n', ''))
        self.assertEqual(self.run_ctl(0, 'config', 'validate', '--json')[0], '{"problems":[]}\n')

    def test_lines(self):
        self.set_moods(problems=[
            problem('one', suggestion='merge'), problem('other', file=DESKTOP, path='', line=0),
            problem('two', severity='warning', line=1, column=0),
            problem('three', severity='info', file='', line=9), problem('four', severity='new')])
        shown, errors = self.run_ctl(8, 'config', 'validate')
        self.assertEqual(shown.splitlines(), [
            f'{PATH}:1: warning: models.mode: two',
            f'{PATH}:3:7: error: models.mode: one (did you mean “merge”?)',
            f'{PATH}:3:7: note: models.mode: four',
            f'{DESKTOP}: error: other', 'note: models.mode: three', '2 errors, 1 warning.'])
        self.assertEqual(errors, '')

    def test_as_json(self):
        self.set_moods(problems=[problem('one', suggestion='merge')])
        shown, errors = self.run_ctl(8, 'config', 'validate', '--json')
        self.assertEqual(json.loads(shown), {'problems': [problem('one', suggestion='merge')]})
        self.assertEqual(errors, '')

    def test_warnings_count_when_asked_to(self):
        self.set_moods(problems=[problem('one', severity='warning')])
        self.assertIn('0 errors, 1 warning.', self.run_ctl(0, 'config', 'validate')[0])
        self.run_ctl(8, 'config', 'validate', '--strict')
        self.set_moods(problems=[problem('one', severity='info')])
        self.run_ctl(0, 'config', 'validate', '--strict')

    def test_file(self):
        self.set_moods(problems=[problem('one', when='BAD')])
        file = self.write('draft.json', '{BAD}\n')
        self.assertIn(f'{file}:3:7: error', self.run_ctl(8, 'config', 'validate', str(file))[0])
        self.assertIn('standard input:3:7: error',
                      self.run_ctl(8, 'config', 'validate', '-', stdin='BAD')[0])
        self.run_ctl(0, 'config', 'validate', '-', stdin='fine')
        self.assertEqual(self.calls('text'), [['{BAD}\n', True], ['BAD', True], ['fine', True]])
        self.assertEqual([call[0]['document'] for call in self.calls('Validate')],
                         ['openclaw'] * 3)

    def test_document(self):
        self.set_moods(problems=[problem('one'), problem('two', file=DESKTOP)])
        shown = self.run_ctl(8, 'config', 'validate', '--document', 'desktop')[0]
        self.assertIn('two', shown)
        self.assertNotIn('one', shown)
        shown = self.run_ctl(8, 'config', 'validate', '-', '--document', 'desktop', stdin='x')[0]
        self.assertIn('standard input:3:7: error: models.mode: two\n', shown)
        self.assertEqual(self.calls('Validate')[-1][0]['document'], 'desktop')

    def test_only_the_file_that_was_named(self):
        self.set_moods(problems=[problem('one'), problem('two', file=DESKTOP),
                                 problem('three', file='/included')])
        shown = self.run_ctl(8, 'config', 'validate', '-', stdin='x')[0]
        self.assertEqual(shown.splitlines(), ['standard input:3:7: error: models.mode: one',
                                              '/included:3:7: error: models.mode: three',
                                              '2 errors, 0 warnings.'])

    def test_suggestion_that_the_message_has(self):
        self.set_moods(problems=[problem('read as “http://x/v1”; say so', suggestion='http://x/v1'),
                                 problem('merged', suggestion='merge')])
        self.assertEqual([line.rpartition(': ')[2] for line in
                          self.run_ctl(8, 'config', 'validate')[0].splitlines()[:2]],
                         ['read as “http://x/v1”; say so', 'merged (did you mean “merge”?)'])

    def test_only_notes(self):
        self.set_moods(problems=[problem('one', severity='info')])
        self.assertEqual(self.run_ctl(0, 'config', 'validate')[0].splitlines()[1:],
                         ['There are no errors and no warnings.'])

    def test_control_characters(self):
        nasty = '\x1b[31m\n\x07red\x9b0m\r'
        self.set_moods(problems=[problem(nasty, file=nasty, path=nasty, suggestion=nasty,
                                         severity=nasty)])
        shown = self.run_ctl(0, 'config', 'validate')[0]
        self.assertEqual(len(shown.splitlines()), 2)
        self.assertFalse([c for c in shown if ord(c) < 32 and c != '\n' or 127 <= ord(c) < 160])

    def test_many(self):
        self.set_moods(problems=[problem(f'number {i}', line=5000 - i) for i in range(5000)])
        lines = self.run_ctl(8, 'config', 'validate')[0].splitlines()
        self.assertEqual((len(lines), lines[-1]), (5001, '5000 errors, 0 warnings.'))
        self.assertTrue(lines[0].endswith('number 4999'))

    def test_refused(self):
        self.set_moods(Validate='AccessDenied')
        self.assertEqual(self.run_ctl(1, 'config', 'validate'),
                         ('', 'openclawctl: AccessDenied it is\n'))
        self.assertEqual(self.error_of(1, 'config', 'validate'), 'AccessDenied')

    def test_colours(self):
        self.set_moods(problems=[problem('one'), problem('two', severity='warning')])
        _, shown = run_in_terminal([paths.CTL, 'config', 'validate'],
                                   {**self.environ, 'TERM': 'xterm'})
        self.assertIn(b'\x1b[1;31merror:\x1b[0m', shown)
        _, shown = run_in_terminal([paths.CTL, 'config', 'validate'],
                                   {**self.environ, 'NO_COLOR': '1'})
        self.assertNotIn(b'\x1b', shown)


class BannerTest(ConfigTest):
    WANTED = (f'openclawctl: {PATH}:3:7: one (The last good settings, if any, are in use. To see '
              'all that is wrong: openclawctl config validate)\n')

    def test_after_every_command(self):
        self.set_moods(State='invalid', problems=[
            problem('other', file=DESKTOP), problem('elsewhere', file='/etc/x'), problem('one')])
        for words in ('models list', 'models list --json', 'models set a/b --json', 'config path',
                      'gateway status', 'config get 1', 'ask -m [{"type":"end"}] x'):
            with self.subTest(words=words):
                shown, errors = self.run_ctl(0, *words.split())
                self.assertEqual(errors, self.WANTED)
                self.assertNotIn('last good', shown)

    def test_after_failures(self):
        self.set_moods(State='invalid', problems=[problem('one')], SetDefaultModel='ConfigInvalid')
        self.assertEqual(self.run_ctl(8, 'models', 'set', 'a/b')[1],
                         'openclawctl: ConfigInvalid it is\n' + self.WANTED)
        # What has just been said is not said again.
        self.set_moods(State='invalid', SetDefaultModel='ConfigInvalid', problems=[
            problem('ConfigInvalid it is', file='', line=0)])
        self.assertEqual(self.run_ctl(8, 'models', 'set', 'a/b')[1],
                         'openclawctl: ConfigInvalid it is\n')

    def test_not_twice(self):
        self.set_moods(State='invalid', problems=[problem('one')])
        self.assertEqual(self.run_ctl(8, 'config', 'validate')[1], '')

    def test_both_files(self):
        self.set_moods(State='invalid', DesktopState='invalid',
                       problems=[problem('one'), problem('two', file=DESKTOP)])
        first, second = self.run_ctl(0, 'config', 'path')[1].splitlines()
        self.assertEqual(first + '\n', self.WANTED)
        self.assertIn(f' {DESKTOP}:3:7: two (', second)

    def test_problem_of_an_included_file(self):
        self.set_moods(State='invalid', problems=[
            problem('warned', severity='warning'), problem('inside', file='/x/included.json')])
        self.assertIn('/x/included.json:3:7: inside (', self.run_ctl(0, 'config', 'path')[1])

    def test_without_a_problem(self):
        for moods in {'problems': []}, {'Validate': 'AccessDenied'}:
            self.set_moods(State='invalid', **moods)
            self.assertIn(f'openclawctl: {PATH} (The last', self.run_ctl(0, 'config', 'path')[1])

    def test_control_characters(self):
        self.set_moods(State='invalid', Path='/a\x1b[1m\nb', problems=[])
        errors = self.run_ctl(0, 'models', 'list')[1]
        self.assertEqual(len(errors.splitlines()), 1)
        self.assertNotIn('\x1b', errors)

    def test_nothing_else_is_asked_when_all_is_well(self):
        self.run_ctl(0, 'models', 'list')
        self.assertEqual(self.calls('Validate'), [])


class NoEditorTest(CliTest):
    def test_no_terminal(self):
        self.assertIn('VISUAL', self.run_ctl(1, 'config', 'edit')[1])
        self.assertIn('VISUAL', self.run_ctl(1, 'config', 'edit', environ={'VISUAL': ''})[1])

    def test_no_editor(self):
        status, shown = run_in_terminal([paths.CTL, 'config', 'edit'],
                                        {**self.environ, 'PATH': '/nonexistent'})
        self.assertEqual(status, 1)
        self.assertIn(b'VISUAL', shown)


def run_in_terminal(argv, environ, answers=()):
    """Answers each prompt, which ends in a colon and a space; returns the status and the output."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.execve(argv[0], [str(word) for word in argv], environ)
    answers = list(answers)
    shown = b''
    while True:
        try:
            data = os.read(terminal, 4096)
        except OSError:
            break
        shown += data
        if shown.endswith(b'changes: '):
            time.sleep(0.1)
            os.write(terminal, answers.pop(0) if answers else b'\x04')
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), shown


class EditTest(ConfigTest):
    OLD = '// mine\n{a: 1}\n'

    def setUp(self):
        super().setUp()
        self.runtime = Path(self.folder.name, 'runtime')
        self.runtime.mkdir()
        self.file = self.write('openclaw.json', self.OLD)
        self.moods = {'Path': str(self.file), 'Hash': HASH, 'State': 'ok'}
        self.set_moods(**self.moods)

    def editor(self, script):
        """An editor that runs @script with the copy as $1, and notes what it was started with."""
        seen = Path(self.folder.name, 'seen')
        self.write('editor', f'#!/bin/sh\necho "$@" >> {seen}\n{script}\n', 0o700)
        return {**self.environ, 'XDG_RUNTIME_DIR': str(self.runtime),
                'EDITOR': f"'{self.folder.name}/editor' --wait"}

    def edit(self, code, script, *words, **environ):
        environ = {**self.editor(script), **environ}
        return self.run_ctl(code, 'config', 'edit', *words, environ=environ)

    def edit_in_terminal(self, script, *answers):
        return run_in_terminal([paths.CTL, 'config', 'edit'], self.editor(script), answers)

    def kept(self):
        return list(self.runtime.rglob('openclaw.json'))

    def assert_nothing_is_left(self):
        self.assertEqual(list(self.runtime.iterdir()), [])

    def assert_unchanged(self):
        self.assertEqual(self.file.read_text('utf-8'), self.OLD)

    def test_change(self):
        shown, errors = self.edit(0, 'cp "$2" "$2~"; echo "{a: 2}" > "$2.new"; mv "$2.new" "$2"')
        self.assertEqual((shown, errors), (f'{self.file} is saved and in use.\n', ''))
        self.assertEqual(self.file.read_text('utf-8'), '{a: 2}\n')
        self.assertEqual(self.calls('ReplaceText')[-1][-1],
                         {'locale': 'en', 'if-hash': HASH, 'document': 'openclaw'})
        self.assertEqual(self.calls('text')[-1], ['{a: 2}\n', True])
        self.assert_nothing_is_left()

    def test_copy_is_private_and_keeps_its_name(self):
        self.edit(0, 'stat -c "%a %n" "$2" "$(dirname "$2")" >> "$0.out"; cp "$2" "$0.text"')
        modes = Path(self.folder.name, 'editor.out').read_text().splitlines()
        self.assertRegex(modes[0], rf'^600 {self.runtime}/[^/]+/openclaw\.json$')
        self.assertRegex(modes[1], rf'^700 {self.runtime}/[^/]+$')
        self.assertEqual(Path(self.folder.name, 'editor.text').read_text('utf-8'), self.OLD)
        self.assertRegex(Path(self.folder.name, 'seen').read_text(), r'^--wait /.*json\n$')

    def test_no_change(self):
        for script in 'true', 'cp "$2" "$2.x"; mv "$2.x" "$2"':
            shown, errors = self.edit(0, 'sleep 2.1; ' + script)
            self.assertEqual((shown, errors), (f'No change: {self.file} is as it was.\n', ''))
            self.assertEqual(self.calls('ReplaceText'), [])
            self.assert_nothing_is_left()

    def test_editor_that_comes_back_at_once(self):
        shown, errors = self.edit(0, 'true')
        (copy,) = self.kept()
        self.assertEqual(shown, f'No change: {self.file} is as it was.\n')
        self.assertIn('came back at once', errors)
        self.assertIn('VISUAL="code --wait"', errors)
        self.assertIn(f'The copy was kept: {copy}\n', errors)
        self.assertEqual(copy.read_text('utf-8'), self.OLD)

    def test_nothing_instead_of_something(self):
        for text in '', ' \\n\\t\\r\\n':
            shown, errors = self.edit(8, f'printf "{text}" > "$2"')
            self.assertEqual(shown, '')
            (copy,) = self.kept()
            self.assertIn(f'The edited text is empty, so {self.file} was left as it is.', errors)
            self.assertIn(f'Your edited copy was kept: {copy}\n', errors)
            self.assertEqual(self.calls('ReplaceText'), [])
            self.assert_unchanged()
            copy.unlink()

    def test_answers_about_nothing(self):
        for answer, code, wanted in ((b'q\r', 0, self.OLD), (b'\x04', 8, self.OLD),
                                     (b'e\r', 0, '{}\n')):
            with self.subTest(answer=answer):
                status, shown = self.edit_in_terminal(
                    'if test -s "$2"; then : > "$2"; else echo "{}" > "$2"; fi', answer)
                self.assertEqual(status, code, shown)
                self.assertIn('The edited text is empty. To take all'.encode(), shown)
                self.assertNotIn(b'k = keep', shown)
                self.assertEqual(self.file.read_text('utf-8'), wanted)
        self.assertEqual(len(self.kept()), 1)

    def test_mistakes_that_stay(self):
        self.set_moods(**self.moods, problems=[problem('one'), problem('two'),
                                               problem('three', when='a: 1')])
        self.assertIn('2 mistakes of before are still there.',
                      self.edit(0, 'echo "{a: 2}" > "$2"')[0])

    def test_file_that_is_not_there_yet(self):
        self.file.unlink()
        self.edit(0, 'cp "$2" "$0.text"')
        self.assertEqual(Path(self.folder.name, 'editor.text').read_text('utf-8'), '{\n}\n')
        self.assertFalse(self.file.exists())
        self.set_moods(**{**self.moods, 'State': 'missing'})
        self.edit(0, 'echo "{b: 1}" > "$2"')
        self.assertEqual(self.file.read_text('utf-8'), '{b: 1}\n')

    def test_desktop(self):
        desktop = self.write('desktop.json', '{x: 1}')
        self.set_moods(**self.moods, DesktopPath=str(desktop))
        self.edit(0, 'echo "{x: 2}" > "$2"', 'desktop')
        self.assertEqual(desktop.read_text('utf-8'), '{x: 2}\n')
        self.assertEqual(self.calls('ReplaceText')[-1][-1],
                         {'locale': 'en', 'if-hash': 'd' * 64, 'document': 'desktop'})
        self.assert_unchanged()

    def test_bytes_are_kept(self):
        self.file.write_bytes(b'\xef\xbb\xbf{a: "\xff"}\r\n')
        self.edit(0, 'printf "//x" >> "$2"')
        self.assertEqual(self.calls('text')[-1][0].encode('utf-8', 'surrogateescape'),
                         b'\xef\xbb\xbf{a: "\xff"}\r\n//x')

    def test_visual_comes_first(self):
        self.edit(0, 'exit 3', VISUAL='true')
        self.edit(1, 'exit 3', VISUAL='')

    def test_editor_that_fails(self):
        for script, wanted in (('echo "{a: 2}" > "$2"; exit 3', 'status 3'),
                               ('kill -TERM $$', '(Terminated)'), ('exit 127', 'was not found')):
            with self.subTest(script=script):
                shown, errors = self.edit(1, script)
                self.assertEqual(shown, '')
                self.assertIn(wanted, errors)
                self.assert_unchanged()
                self.assert_nothing_is_left()

    def test_editor_that_crashes_after_a_change(self):
        self.edit(1, 'kill -KILL $$')
        self.assert_nothing_is_left()
        _, errors = self.edit(1, 'echo "{a: 2}" > "$2"; kill -KILL $$')
        (copy,) = self.kept()
        self.assertIn('(Killed)', errors)
        self.assertIn(f'Your edited copy was kept: {copy}\n', errors)
        self.assertEqual(copy.read_text(), '{a: 2}\n')
        self.assert_unchanged()

    def test_copy_that_is_gone(self):
        for script, wanted in (('rm "$2"', 'removed the copy'), ('rm -r "${2%/*}"', 'removed the'),
                               ('rm "$2"; mkfifo "$2"', 'cannot be read')):
            shown, errors = self.edit(1, script)
            self.assertEqual(shown, '')
            self.assertIn(wanted, errors)
            self.assertNotIn('kept', errors)
            self.assert_nothing_is_left()
        self.assert_unchanged()

    def test_mistake_without_a_terminal(self):
        self.set_moods(**self.moods, problems=[problem('one', file=str(self.file), when='BAD')])
        shown, errors = self.edit(8, 'echo BAD > "$2"')
        self.assertEqual(shown, '')
        (copy,) = self.kept()
        self.assertEqual(copy.read_text(), 'BAD\n')
        self.assertEqual(stat.S_IMODE(copy.stat().st_mode), 0o600)
        self.assertIn(f'{self.file}:3:7: error: models.mode: one\n1 error, 0 warnings.\n', errors)
        self.assertIn(f'Your edited copy was kept: {copy}\n', errors)
        self.assertEqual(self.calls('ReplaceText'), [])
        self.assert_unchanged()

    def test_mistakes_that_were_there_before(self):
        self.set_moods(**self.moods, problems=[
            problem('one', file=str(self.file), when='a: 1'),
            problem('one', file=str(self.file), line=9, when='BAD')])
        self.assertEqual(self.edit(0, 'echo BAD > "$2"')[1], '')
        self.assertEqual(self.file.read_text(), 'BAD\n')

    def test_new_warning(self):
        self.set_moods(**self.moods, problems=[problem('one', severity='warning', when='BAD')])
        self.assertIn('warning: models.mode: one\n', self.edit(0, 'echo BAD > "$2"')[1])
        self.assertEqual(self.file.read_text(), 'BAD\n')

    def test_conflict(self):
        self.set_moods(**self.moods, ReplaceText='ConfigConflict')
        shown, errors = self.edit(8, 'echo "{a: 2}" > "$2"')
        (copy,) = self.kept()
        self.assertEqual(shown, '')
        self.assertIn(f'diff {self.file} {copy}', errors)
        self.assertIn(f'Your edited copy was kept: {copy}\n', errors)
        self.assertEqual(copy.read_text(), '{a: 2}\n')
        self.assert_unchanged()

    def test_gateway_that_does_not_take_it(self):
        for mood, code in ('Busy', 6), ('ConfigInvalid', 8), ('AccessDenied', 1):
            with self.subTest(mood=mood):
                self.set_moods(**self.moods, ReplaceText=mood)
                self.assertIn(f'{mood} it is\n', self.edit(code, 'echo "{a: 2}" > "$2"')[1])
        self.assertEqual(len(self.kept()), 3)

    def test_too_large(self):
        self.assertIn('4 MiB', self.edit(2, 'head -c 4194305 /dev/zero > "$2"')[1])
        self.assertEqual(len(self.kept()), 1)
        self.assert_unchanged()

    def test_file_that_cannot_be_read(self):
        self.file.unlink()
        self.file.mkdir()
        self.edit(1, 'true')
        self.assertFalse(Path(self.folder.name, 'seen').exists())
        self.assert_nothing_is_left()

    def test_answers(self):
        bad = [problem('one', file=str(self.file), when='BAD')]
        again = 'if grep -q BAD "$2"; then echo "{a: 3}" > "$2"; else echo BAD > "$2"; fi'
        for script, answers, code, wanted in (
                ('echo BAD > "$2"', [b'k\r'], 0, 'BAD\n'), (again, [b'E\r'], 0, '{a: 3}\n'),
                ('echo BAD > "$2"', [b'q\r'], 0, self.OLD),
                ('echo BAD > "$2"', [b'x\r', b'keep\r', b'\r', b'q\r'], 0, self.OLD),
                ('echo BAD > "$2"', [b'\x03'], 130, self.OLD),
                ('echo BAD > "$2"', [b'\x04'], 8, self.OLD)):
            with self.subTest(answers=answers):
                self.file.write_text(self.OLD, 'utf-8')
                self.set_moods(**self.moods, problems=bad)
                status, shown = self.edit_in_terminal(script, *answers)
                self.assertEqual(status, code, shown)
                self.assertEqual(shown.count(b'changes: '), len(answers))
                self.assertEqual(self.file.read_text('utf-8'), wanted)
                self.assertEqual(len(self.kept()), 1 if code else 0)
                for copy in self.kept():
                    copy.unlink()

    def test_text_that_is_no_json5_is_not_kept(self):
        self.set_moods(**self.moods, problems=[
            problem('one', file=str(self.file), path='', when='BAD')])
        status, shown = self.edit_in_terminal('echo BAD > "$2"', b'k\r', b'q\r')
        self.assertEqual(status, 0)
        self.assertNotIn(b'k = keep', shown)
        self.assert_unchanged()

    def test_text_that_the_gateway_finds_unreadable(self):
        script = 'if grep -q REF "$2"; then echo "{a: 3}" > "$2"; else echo REFUSED > "$2"; fi'
        status, shown = self.edit_in_terminal(script, b'e\r')
        self.assertEqual(status, 0, shown)
        self.assertIn(b'unreadable it is', shown)
        self.assertEqual(self.file.read_text(), '{a: 3}\n')

    def test_interrupt_is_for_the_editor(self):
        status, shown = self.edit_in_terminal('trap : INT; kill -INT 0; echo "{a: 4}" > "$2"')
        self.assertEqual(status, 0, shown)
        self.assertEqual(self.file.read_text(), '{a: 4}\n')

    def test_without_a_runtime_folder(self):
        self.edit(0, 'echo "$2" > "$0.out"; echo "{a: 2}" > "$2"', XDG_RUNTIME_DIR='/dev/null',
                  TMPDIR=self.folder.name)
        place = Path(Path(self.folder.name, 'editor.out').read_text())
        self.assertEqual(place.parent.parent, Path(self.folder.name))
        self.assertFalse(place.parent.exists())


class CheckTest(ConfigTest):
    """models status --check and --probe."""

    HOUR = 3600 * 1000
    OLD, SOON, LATE = -HOUR, 23 * HOUR, 25 * HOUR

    def credential(self, provider, expires=None, kind='api_key', state='ok'):
        more = {} if expires is None else {'expires': int(time.time() * 1000) + expires}
        return {'profile': provider + ':default', 'provider': provider, 'kind': kind,
                'state': state, **more}

    def check(self, code, word, *credentials, **moods):
        self.set_moods(credentials=list(credentials), **moods)
        shown, _ = self.run_ctl(code, 'models', 'status', '--check', '--json')
        self.assertEqual(json.loads(shown)['check'], word)
        self.assertNotEqual(self.run_ctl(code, 'models', 'status', '--check')[0], '')

    def test_check(self):
        other = self.credential('anthropic')
        self.check(1, 'missing')
        self.check(1, 'missing', other)
        self.check(0, 'ok', other, self.credential('minimax'))
        self.check(0, 'ok', other, self.credential('minimax', self.LATE, 'token'))
        self.check(2, 'expiring', other, self.credential('minimax', self.SOON, 'token'))
        self.check(1, 'missing', other, self.credential('minimax', self.OLD, 'token'))
        self.check(1, 'missing', other, self.credential('minimax', state='expired'))
        # One that is good is enough, and a login renews itself.
        self.check(0, 'ok', other, self.credential('minimax', self.OLD, 'token'),
                   self.credential('minimax'))
        self.check(0, 'ok', other, self.credential('minimax', self.SOON, 'oauth'))

    def test_worst_counts(self):
        self.check(1, 'missing', self.credential('minimax', self.SOON, 'token'))
        self.check(1, 'missing', self.credential('minimax', self.SOON, 'token'),
                   self.credential('anthropic', self.OLD, 'token'))

    def test_image_model(self):
        good = [self.credential('minimax'), self.credential('anthropic')]
        for value in ('"zai/glm"', '{"primary": "zai/glm"}',
                      '{"primary": "OPUS", "fallbacks": [1, "zai/glm"]}', '"nothing"'):
            self.check(1, 'missing', *good, values={'agents.defaults.imageModel': value})
        for value in ('"Opus"', '"lmstudio/模型\\u001b[31m"', '{"primary": 1}', '[]', '{', '""'):
            self.check(0, 'ok', *good, values={'agents.defaults.imageModel': value})

    def test_keyring_that_does_not_tell(self):
        self.set_moods(ListCredentials='KeyringLocked')
        self.assertEqual(self.error_of(4, 'models', 'status', '--check'), 'KeyringLocked')
        self.run_ctl(0, 'models', 'status')

    def script_models(self, **scripts):
        """Whoever is asked answers from a script, which is the reference of the model."""
        return self.set_moods(models=[
            {'ref': json.dumps(script), 'provider': provider} for provider, script
            in scripts.items()])

    def test_probe(self):
        self.script_models(one=[START, END], two=[START, failure('RateLimited')],
                           three=[START, failure('CredentialMissing')])
        shown, errors = self.run_ctl(4, 'models', 'status', '--probe')
        self.assertIn('Asking 3 providers for one word each. That costs', errors)
        self.assertRegex(shown, r'\n  one .* ms +ok\n  two .* ms +failed\n  three .* ms +failed\n'
                                r'  two: RateLimited it was\n  three: CredentialMissing it was\n$')
        for model, messages, options in self.calls('Stream'):
            self.assertEqual(messages, [{'role': 'user', 'content': 'Reply with OK.'}])
            self.assertEqual(options, {'locale': 'en', 'max-tokens': 16, 'fallback': False,
                                       'timeout-ms': 20000})

    def test_probe_as_json(self):
        self.script_models(one=[START, END], two=[START, failure('RateLimited')])
        shown, _ = self.run_ctl(6, 'models', 'status', '--probe', '--probe-timeout', '7', '--json')
        one, two = json.loads(shown)['probes']
        self.assertEqual((one['provider'], one['ok'], 'error' in one), ('one', True, False))
        self.assertGreaterEqual(one['ms'], 0)
        self.assertEqual((two['ok'], two['error']['name']), (False, ERROR + 'RateLimited'))
        self.assertEqual(self.calls('Stream')[-1][-1]['timeout-ms'], 7000)

    def test_probe_one_provider(self):
        self.script_models(one=[START, END], two=[START, failure('RateLimited')])
        self.run_ctl(0, 'models', 'status', '--probe', '--probe-provider', 'one')
        self.assertEqual(self.error_of(3, 'models', 'status', '--probe-provider', 'nope'),
                         'ProviderNotConfigured')
        self.assertEqual(self.error_of(3, 'models', 'status', '--probe-provider', 'empty'),
                         'ProviderNotConfigured')
        self.assertEqual(len(self.calls('Stream')), 1)

    def test_model_that_is_probed(self):
        def model(name, **more):
            return {'ref': json.dumps([name, START, END][1:]), 'provider': name, **more}
        asked = json.dumps([START, {**END, 'asked': True}])
        for rows in ([{}, {'default': True}], [{'fallback-rank': 1}, {'fallback-rank': 0}],
                     [{'allowed': False}, {}], [{'available': False}, {'available': True}]):
            with self.subTest(rows=rows):
                self.set_moods(models=[model('x', **rows[0]), {**model('x', **rows[1]),
                                                               'ref': asked}])
                self.run_ctl(0, 'models', 'status', '--probe')
                self.assertEqual(self.calls('Stream')[-1][0], asked)

    def test_probe_that_is_interrupted(self):
        self.script_models(one=[START, 60.5, END], two=[START, END])
        process = subprocess.Popen([paths.CTL, 'models', 'status', '--probe', '--json'],
                                   env=self.environ, stdout=subprocess.PIPE,
                                   stderr=subprocess.DEVNULL)
        while not self.calls('Stream'):
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        shown, _ = process.communicate(timeout=30)
        self.assertEqual(process.returncode, 130)
        self.assertEqual(json.loads(shown)['error']['name'], ERROR + 'Cancelled')
        self.assertEqual(len(self.calls('Stream')), 1)

    def test_probe_that_ends_badly(self):
        self.script_models(one=[START], two=['no JSON\n', '[]\n', END])
        shown, _ = self.run_ctl(5, 'models', 'status', '--probe')
        self.assertIn('one: The gateway stopped', shown)


if __name__ == '__main__':
    main()
