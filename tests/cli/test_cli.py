#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""openclawctl alone: its help, its usage errors, and what it makes of gateways that misbehave."""

import json
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / 'integration'))
import paths  # noqa: E402
from case import (  # noqa: E402
    BUS_ERROR, END, ERROR, START, BusTest, CliTest, GatewayTest, failure, text, thought)
from tap import main  # noqa: E402

KEY = 'sk-ant-0123456789abcdef'
COMMANDS = (
    'ask', 'help', 'models list', 'models status', 'models set', 'models aliases list',
    'models aliases add', 'models aliases remove', 'models aliases clear', 'models fallbacks list',
    'models fallbacks add', 'models fallbacks remove', 'models fallbacks clear', 'models auth add',
    'models auth paste-token', 'models auth list', 'models auth remove', 'gateway status',
    'gateway run', 'config get', 'config set', 'config unset', 'config patch', 'config validate',
    'config path', 'config edit',
)


class HelpTest(CliTest):
    def test_every_command_has_help(self):
        overview, _ = self.run_ctl(0, '--help')
        for command in COMMANDS:
            with self.subTest(command=command):
                self.assertIn(f'  {command} ', overview)
                for option in ('--help', '-h'):
                    shown, errors = self.run_ctl(0, *command.split(), option)
                    self.assertTrue(shown.startswith(f'Usage: openclawctl {command} '.strip()))
                    self.assertEqual(errors, '')

    def test_every_group_has_help(self):
        for group in ('models', 'models aliases', 'models fallbacks', 'models auth', 'gateway',
                      'config'):
            with self.subTest(group=group):
                shown, _ = self.run_ctl(0, *group.split(), '--help')
                wanted = [c for c in COMMANDS if c.startswith(group + ' ')]
                self.assertTrue(wanted)
                for command in wanted:
                    self.assertIn(f'  {command} ', shown)

    def test_help_fits_a_hundred_columns(self):
        for command in ('', *COMMANDS):
            for line in self.run_ctl(0, *command.split(), '--help')[0].splitlines():
                self.assertLessEqual(len(line), 100, line)

    def test_every_option_is_in_the_help(self):
        for command, options in (
                ('ask', '-m, --model|-s, --system|--max-tokens|--thinking|--events|'
                        '--show-thinking|--no-fallback|--no-stream|--json|-f, --file|--messages|'
                        '--tools|--tool-choice|--schema|--temperature|--top-p|--stop|--timeout|'
                        '--profile|--tag|--usage|--dry-run'),
                ('models list', '--all|--local|--provider|--refresh|--json|--plain'),
                ('models auth add', '--provider|--profile|--from-env')):
            shown, _ = self.run_ctl(0, *command.split(), '--help')
            for option in options.split('|'):
                self.assertIn(f'  {option} ', shown)

    def test_help_command(self):
        for words in ('', 'ask', 'models', 'models auth', 'models auth add', 'help'):
            with self.subTest(words=words):
                self.assertEqual(self.run_ctl(0, 'help', *words.split()),
                                 self.run_ctl(0, *words.split(), '--help'))
        self.assertIn('models list', self.run_ctl(2, 'help', 'models', 'lsit')[1])
        self.run_ctl(2, 'help', 'nonsense')

    def test_options_that_repeat_are_marked(self):
        shown, _ = self.run_ctl(0, 'ask', '--help')
        self.assertIn('  -f, --file FILE... ', shown)
        self.assertIn('  --stop TEXT... ', shown)

    def test_version(self):
        self.assertRegex(self.run_ctl(0, '--version')[0], r'^openclawctl \d+\.\d+\.\d+\n$')


class UsageTest(CliTest):
    WRONG = (
        '', 'models auth', 'gateway', 'nonsense', 'models nonsense', 'models auth nonsense',
        '-x models list', 'models list --nonsense', 'models list extra',
        'models list --json=yes', 'models list --provider', 'models set', 'models set a b',
        'models set a --plain', 'models aliases add a', 'models aliases remove', 'config set a',
        'ask', 'ask --plain x', 'ask -m', 'ask -z x', 'ask --modle x y',
        'ask --max-tokens 0 x', 'ask --max-tokens many x', 'ask --max-tokens 4294967296 x',
        'ask --thinking extreme x', 'models auth add', 'models auth remove', 'gateway status x',
        'models auth add --provider a/b', 'models auth add --provider x --profile y:z',
        'models aliases clear x', '--bogus', '--model x ask y', '--',
        'models auth remove --provider x --profile env',
        'models auth remove --provider x --profile x:config',
        'config get a b', 'config set', 'config unset', 'config patch', 'config validate a b',
        'config path nonsense', 'config edit nonsense', 'config validate --document nonsense',
        'config set a b --if-hash', 'config edit --plain', 'models status --probe-timeout 0',
        'models status --probe-timeout many', 'config patch /nonexistent',
        'config validate /nonexistent', 'config validate /',
    )

    def test_wrong_usage_is_2_before_any_bus(self):
        for words in self.WRONG:
            with self.subTest(words=words):
                shown, errors = self.run_ctl(2, *words.split())
                self.assertEqual(shown, '')
                self.assertRegex(errors, r'^openclawctl: .+\nopenclawctl: For help, run: .+\n$')

    def test_wrong_usage_as_json(self):
        for words in ('models set', 'models aliases nonsense', 'ask', 'models list --plain',
                      'ask --events x'):
            with self.subTest(words=words):
                shown, errors = self.run_ctl(2, *words.split(), '--json')
                self.assertEqual(json.loads(shown)['error']['name'], ERROR + 'InvalidArgs')
                self.assertEqual(errors, '')

    def test_nearest_names(self):
        for words, nearest in (('modles list', 'models list'), ('list', 'models list'),
                               ('statsu', 'gateway status'), ('models auth ad', 'models auth add'),
                               ('aliases list', 'models aliases list'), ('aks hello', 'ask'),
                               ('models stauts', 'models status')):
            with self.subTest(words=words):
                self.assertRegex(self.run_ctl(2, *words.split())[1], f'nearest are: .*{nearest}')
        self.assertIn('--model', self.run_ctl(2, 'ask', '--modle', 'x', 'y')[1])

    def test_options_that_no_command_has(self):
        for words, wanted in (('--bogus', 'no option --bogus.'), ('--bogus=1 x', 'option --bogus.'),
                              ('-x models list', 'no option -x.'),
                              ('models auth --bogus', 'no option --bogus.'),
                              ('--' + 'b' * 41, 'no such option.'),
                              ('--model x ask y', 'Options come after')):
            with self.subTest(words=words):
                self.assertIn(wanted, self.run_ctl(2, *words.split())[1])

    def test_long_words_are_cut(self):
        for letter in 'x', '字':
            errors = self.run_ctl(2, letter * 100)[1]
            self.assertIn(f'“{letter * 40}…”', errors)
        self.assertIn('“' + 'x' * 40 + '”', self.run_ctl(2, 'x' * 40)[1])
        self.assertIn('“models ' + 'x' * 33 + '…”', self.run_ctl(2, 'models', 'x' * 100)[1])

    def test_bounds_of_max_tokens(self):
        for value in ('0', '-1', '4294967296', 'many'):
            self.assertIn('from 1 to 4294967295', self.run_ctl(2, 'ask', '--max-tokens=' + value,
                                                               'x')[1])
        self.run_ctl(5, 'ask', '--max-tokens', '4294967295', 'x')

    def test_keys_that_are_not_in_the_keyring(self):
        remove = ('models', 'auth', 'remove', '--provider', 'MiniMax', '--profile')
        for profile in ('env', 'minimax:env'):
            errors = self.run_ctl(2, *remove, profile)[1]
            self.assertRegex(errors, 'minimax:env comes from the environment .* not .* keyring')
        self.assertRegex(self.run_ctl(2, *remove, 'config')[1],
                         r'minimax:config comes from openclaw\.json.*models\.providers\.minimax\.')
        self.run_ctl(5, *remove, 'environment')

    def test_options_stand_anywhere(self):
        for words in ('--json models set', 'models --json set', 'models set --json'):
            self.assertIn('error', json.loads(self.run_ctl(2, *words.split())[0]))

    def test_keys_are_refused_and_not_repeated(self):
        add = ('models', 'auth', 'add', '--provider')
        for words in ((*add, 'x', KEY), (*add, 'x', '--key', KEY), (*add, 'x', '--api-key=' + KEY),
                      (*add, KEY), (*add, 'x', '--profile', KEY), (*add, 'x', '--from-env', KEY),
                      (*add, 'x', '--from-env=' + KEY), (*add, 'x', '-k' + KEY),
                      ('models', 'auth', KEY), ('models', 'auth', 'list', KEY), (KEY,),
                      ('--' + KEY,), ('models', 'auth', '--' + KEY), ('models', 'sk-short'),
                      ('ask', '--minimax-api-key=' + KEY, 'x')):
            with self.subTest(words=words):
                shown, errors = self.run_ctl(2, *words)
                self.assertNotIn(KEY, shown + errors)
                self.assertNotIn('sk-short', shown + errors)
                shown, errors = self.run_ctl(2, *words, '--json')
                self.assertNotIn(KEY, shown + errors)

    def test_key_that_is_not_there(self):
        self.assertIn('X_Y_API_KEY', self.run_ctl(2, 'models', 'auth', 'add', '--provider', 'x-y',
                                                  '--from-env')[1])
        self.run_ctl(2, 'models', 'auth', 'add', '--provider', 'x', stdin=' \n')
        self.run_ctl(2, 'models', 'auth', 'add', '--provider', 'x', stdin='k' * 65537)

    def test_prompts(self):
        for stdin in ('', '\n', ' \n'):
            self.run_ctl(2, 'ask', stdin=stdin)
        self.run_ctl(2, 'ask', b'\xff')
        self.assertIn('UTF-8', self.run_ctl(2, 'ask', stdin=b'\xff')[1])
        self.run_ctl(2, 'ask', stdin=b'a\0b')
        self.run_ctl(2, 'ask', stdin='\ufeff\n')


class ClosedOutputTest(CliTest):
    def test_exit_code(self):
        for words in ('--help', '--version', 'models list --json', 'ask x', 'ask --events x'):
            for closed in ('>&-', '<&- >&-'):
                with self.subTest(words=words, closed=closed):
                    result = subprocess.run(['sh', '-c', f'exec "$0" "$@" {closed}', paths.CTL,
                                             *words.split()], env=self.environ, check=False,
                                            stdin=subprocess.DEVNULL, capture_output=True)
                    self.assertEqual(result.returncode, 1)
                    self.assertIn(b'openclawctl: Standard output is closed', result.stderr)

    def test_other_closed_files(self):
        for closed in ('<&-', '2>&-'):
            result = subprocess.run(['sh', '-c', f'exec "$0" --version {closed}', paths.CTL],
                                    env=self.environ, check=False, capture_output=True)
            self.assertEqual((result.returncode, result.stderr), (0, b''))
            self.assertTrue(result.stdout)


class NoBusTest(CliTest):
    def test_exit_code(self):
        for words in ('models', 'models list', 'ask x', 'gateway status', 'config get a',
                      'models set a', 'models auth list', 'models fallbacks clear'):
            for address in (self.environ['DBUS_SESSION_BUS_ADDRESS'], ''):
                with self.subTest(words=words, address=address):
                    shown, errors = self.run_ctl(5, *words.split(),
                                                 environ={'DBUS_SESSION_BUS_ADDRESS': address})
                    self.assertEqual(shown, '')
                    self.assertEqual(len(errors.splitlines()), 1, errors)
                    self.assertRegex(errors, 'dbus-run-session|export ')

    def test_json(self):
        error = json.loads(self.run_ctl(5, 'models', '--json')[0])['error']
        self.assertEqual(error['name'], BUS_ERROR + 'NoServer')
        event = json.loads(self.run_ctl(5, 'ask', 'x', '--events')[0])
        self.assertEqual((event['type'], event['name']), ('error', BUS_ERROR + 'NoServer'))


class NoGatewayTest(BusTest):
    def test_exit_code(self):
        for words in ('models', 'ask x', 'gateway status', 'models set a', 'models auth list'):
            with self.subTest(words=words):
                shown, errors = self.run_ctl(5, *words.split())
                self.assertEqual(shown, '')
                self.assertIn('openclawctl gateway run', errors)

    def test_status_as_json(self):
        status = json.loads(self.run_ctl(5, 'gateway', 'status', '--json')[0])
        self.assertFalse(status['running'])
        self.assertFalse(status['activatable'])
        self.assertEqual(status['error']['name'], BUS_ERROR + 'ServiceUnknown')


class StreamTest(GatewayTest):
    EXIT_CODES = {
        'UnknownModel': 3, 'ModelNotAllowed': 3, 'NoDefaultModel': 3, 'ProviderNotConfigured': 3,
        'CredentialMissing': 4, 'CredentialRejected': 4, 'CredentialExpired': 4, 'KeyringLocked': 4,
        'KeyringUnavailable': 4, 'RateLimited': 6, 'QuotaExceeded': 6, 'Overloaded': 6,
        'ContextOverflow': 1, 'InvalidRequest': 2, 'ContentFiltered': 1, 'Timeout': 1, 'Network': 1,
        'Tls': 1, 'ProtocolViolation': 1, 'StreamTruncated': 7, 'ProviderError': 1, 'AllFailed': 1,
        'Cancelled': 130, 'ConfigInvalid': 8, 'ConfigConflict': 8, 'AccessDenied': 1, 'Busy': 6,
        'NotFound': 1, 'InvalidArgs': 2, 'NotSupported': 1,
    }

    def test_exit_code_of_every_error(self):
        for name, code in self.EXIT_CODES.items():
            with self.subTest(name=name):
                shown, errors = self.ask(code, START, failure(name))
                self.assertEqual((shown, errors), ('', f'openclawctl: {name} it was\n'))
                # The same names come back from calls, without the prefix that GDBus adds.
                errors = self.run_ctl(code, 'models', 'set', ERROR + name)[1]
                self.assertEqual(errors, 'openclawctl: what happened\n')
                error = json.loads(self.run_ctl(code, 'models', 'set', ERROR + name, '--json')[0])
                self.assertEqual(error, {'error': {'name': ERROR + name,
                                                   'message': 'what happened'}})

    def test_exit_codes_that_need_a_second_look(self):
        last = [{'model': 'a/b', 'error': ERROR + 'Timeout'},
                {'model': 'c/d', 'error': ERROR + 'QuotaExceeded'}]
        self.ask(6, START, failure('AllFailed', attempts=last))
        self.ask(1, START, failure('InvalidRequest', **{'http-status': 400}))
        self.ask(7, START, text('part'), failure('RateLimited'))
        self.ask(7, START, thought('hm'), failure('RateLimited'))
        self.ask(7, START, {'type': 'tool-call-start', 'index': 0, 'id': '1', 'name': 'f'},
                 failure('RateLimited'))
        self.ask(130, START, text('part'), failure('Cancelled'))
        self.run_ctl(5, 'models', 'set', BUS_ERROR + 'Spawn.ChildExited')
        self.run_ctl(5, 'models', 'set', BUS_ERROR + 'NoReply')
        self.run_ctl(1, 'models', 'set', BUS_ERROR + 'AccessDenied')
        self.run_ctl(1, 'models', 'set', BUS_ERROR + 'UnknownMethod')

    def test_attempts_of_all_failed(self):
        attempts = [{'model': 'a/b', 'error': ERROR + 'Timeout', 'message': 'too\nslow'},
                    {'model': 'c/d', 'error': ERROR + 'QuotaExceeded'}, {}, 'nonsense']
        self.assertEqual(
            self.ask(1, START, failure('AllFailed', attempts=attempts)),
            ('', 'openclawctl: AllFailed it was\n  a/b: too slow\n'
                 f'  c/d: {ERROR}QuotaExceeded\n  ?: ?\n  ?: ?\n'))
        self.assertEqual(self.ask(1, START, failure('Timeout', attempts=attempts))[1],
                         'openclawctl: Timeout it was\n')
        for option in ('--json', '--events'):
            self.assertEqual(self.ask(1, START, failure('AllFailed', attempts=attempts),
                                      options=[option])[1], '')

    def test_broken_streams(self):
        self.ask(5, START)
        self.ask(7, START, text('half'))
        self.ask(1, START, 'no json\n')
        self.ask(5, START, None)
        self.run_ctl(5, 'ask', 'hello')
        # A new gateway for the one that has just ended.
        self.setUp()
        self.run_ctl(1, 'ask', '-m', 'no-fd', 'hello')
        self.run_ctl(3, 'ask', '-m', ERROR + 'UnknownModel', 'hello')

    def test_text(self):
        self.assertEqual(self.ask(0, START, thought('hm'), text('你'), text('好'), END),
                         ('你好\n', ''))
        self.assertEqual(self.ask(0, START, text('with end\n'), END)[0], 'with end\n')
        self.assertEqual(self.ask(0, START, thought('hm'), text('a'), END,
                                  options=['--show-thinking'])[0], 'hm\n\na\n')
        self.assertEqual(self.ask(0, START, thought('hm'), text('a'), END,
                                  options=['--thinking', 'high'])[0], 'a\n')
        self.assertEqual(self.ask(7, START, text('half'), failure('Network')),
                         ('half\n', 'openclawctl: Network it was\n'))

    def test_lines_in_pieces(self):
        lines = ''.join(json.dumps(e, ensure_ascii=False) + '\n' for e in (START, text('好'), END))
        self.assertEqual(self.ask(0, lines[:70], 0.05, lines[70:80], 0.05, lines[80:])[0], '好\n')
        self.assertEqual(self.ask(0, lines)[0], '好\n')

    def test_fallback_and_endings_are_told_on_stderr(self):
        step = {'type': 'fallback', 'from': 'a/b', 'to': 'c/d', 'error': ERROR + 'Timeout',
                'message': 'too\nslow'}
        self.assertEqual(self.ask(0, START, step, text('x'), END),
                         ('x\n', 'openclawctl: a/b failed (too slow), trying c/d\n'))
        for reason in ('length', 'content-filter', 'refusal'):
            shown, errors = self.ask(0, START, text('x'), {**END, 'stop-reason': reason})
            self.assertEqual((shown, len(errors.splitlines())), ('x\n', 1))

    def test_json(self):
        shown, errors = self.ask(0, START, thought('h'), text('a'), text('b'), END,
                                 options=['--json'])
        answer = json.loads(shown)
        self.assertEqual((answer['text'], answer['thinking'], errors), ('ab', 'h', ''))
        self.assertEqual(answer['tool-calls'][0]['arguments'], {'a': [1]})
        self.assertEqual(answer['parts'], END['parts'])
        self.assertIn('0.3,', shown)
        self.assertNotIn('type', answer)
        error = json.loads(self.ask(7, START, text('a'), failure('Tls', retryable=True),
                                    options=['--json'])[0])['error']
        self.assertEqual((error['name'], error['retryable']), (ERROR + 'Tls', True))
        self.assertEqual(error['partial']['text'], 'a')

    def test_events_are_verbatim(self):
        script = ['{"type" : "start"}\n', '{"type":"new in 2030","x":0.10}\n', thought('h'), END]
        self.assertEqual(self.ask(0, *script, options=['--events'])[0],
                         ''.join(s if isinstance(s, str) else json.dumps(s) + '\n' for s in script))
        lines = self.ask(6, START, failure('Busy'), options=['--events'])[0].splitlines()
        self.assertEqual([json.loads(line)['type'] for line in lines], ['start', 'error'])
        lines = self.ask(7, START, text('a'), options=['--events'])[0].splitlines()
        self.assertEqual(json.loads(lines[-1])['name'], BUS_ERROR + 'NoReply')

    def test_what_is_sent(self):
        self.ask(0, START, text('x'), END, stdin='from stdin\n\n',
                 options=['-s', 'Be brief.', '--max-tokens', '7', '--no-fallback', '--no-stream',
                          '--thinking', 'low'], environ={'LANGUAGE': 'de:zh_HK:zh_TW.UTF-8:en'})
        _, messages, options = self.calls('Stream')[0]
        self.assertEqual(messages, [{'role': 'user', 'content': 'hello\n\nfrom stdin'}])
        self.ask(0, START, text('x'), END, stdin='\ufeffwith \ufeff mark')
        self.assertEqual(self.calls('Stream')[-1][1][0]['content'], 'hello\n\nwith \ufeff mark')
        self.ask(0, START, text('x'), END, stdin='\ufeff\n')
        self.assertEqual(self.calls('Stream')[-1][1][0]['content'], 'hello')
        self.assertEqual(options, {'system': 'Be brief.', 'max-tokens': 7, 'fallback': False,
                                   'stream': False, 'thinking': 'low', 'locale': 'zh_TW'})
        self.ask(0, START, text('x'), END, environ={'LC_ALL': 'C', 'LANGUAGE': 'zh_TW'})
        self.assertEqual(self.calls('Stream')[-1][2], {'locale': 'en'})

    def test_interrupt(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            child = self.spawn(START, text('part'), *[0.05] * 400)
            self.assertEqual(os.read(child.stdout.fileno(), 100), b'part')
            child.send_signal(number)
            self.assertEqual(child.communicate(timeout=10), (b'\n', b'openclawctl: Ended.\n'))
            self.assertEqual(child.returncode, 130)
        self.assertEqual(len(self.calls('Cancel')), 2)

    def interrupt(self, script, *options, times=2):
        child = self.spawn(*script, options=options)
        for _ in range(times):
            time.sleep(0.2)
            child.send_signal(signal.SIGINT)
        shown, errors = child.communicate(timeout=10)
        self.assertEqual(child.returncode, 130, errors)
        return shown.decode().splitlines(), errors.decode()

    def test_interrupt_shows_the_last_line_of_the_gateway(self):
        # The signal comes twice, as from timeout(1), and before there is a request to cancel.
        for script in ((START, text('part'), 0.8, 0.8), (0.8, START, text('part'), 0.3, 0.3)):
            with self.subTest(script=script):
                error = json.loads(self.interrupt(script, '--json')[0][0])['error']
                self.assertEqual((error['name'], error['message'], error['model'],
                                  error['profile'], error['retryable'], error['partial']['usage']),
                                 (ERROR + 'Cancelled', 'Ended.', 'a/b', 'a:default', False,
                                  {'output': 7}))
                self.assertEqual(error['partial']['text'], 'from the gateway')
                shown, errors = self.interrupt(script, '--events')
                self.assertEqual(json.loads(shown[-1])['profile'], 'a:default')
                self.assertEqual(errors, '')
                self.assertEqual(self.interrupt(script)[1], 'openclawctl: Ended.\n')
        self.assertEqual(len(self.calls('Cancel')), 6)

    def test_interrupt_without_a_last_line(self):
        for script, partial in (((START, text('part'), 60), 'part'), ((60.0, START), None),
                                ((START, text('part'), 0.5), 'part')):
            with self.subTest(script=script):
                started = time.monotonic()
                error = json.loads(self.interrupt(script, '--json', times=1)[0][0])['error']
                self.assertLess(time.monotonic() - started, 4)
                self.assertEqual(error['name'], ERROR + 'Cancelled')
                self.assertEqual(error.get('partial', {}).get('text'), partial)

    def test_interrupt_when_nobody_reads_or_answers(self):
        for script in ((START, True), (START, text('x'), 60)):
            child = self.spawn(*script)
            time.sleep(0.3)
            child.send_signal(signal.SIGINT)
            self.assertEqual(child.wait(10), 130)
            child.communicate()

    def test_reader_that_leaves(self):
        child = self.spawn(START, True)
        os.read(child.stdout.fileno(), 100)
        child.stdout.close()
        self.assertEqual(child.wait(10), -signal.SIGPIPE)
        self.assertEqual(child.stderr.read(), b'')
        child.stderr.close()
        time.sleep(0.2)
        self.assertTrue(self.calls('reader gone'))

    def test_full_disk(self):
        with open('/dev/full', 'wb') as full:
            ask = ('ask', '-m', json.dumps([START, text('x'), END]), 'x')
            for words in (ask, (*ask, '--json'), (*ask, '--events'), ('models', 'list'),
                          ('models', 'list', '--json'), ('--help',)):
                result = subprocess.run([paths.CTL, *words], env=self.environ, check=False,
                                        stdin=subprocess.DEVNULL, stdout=full,
                                        stderr=subprocess.PIPE)
                self.assertEqual(result.returncode, 1, result)
                self.assertRegex(result.stderr, rb'^openclawctl: The output could not be .*\n$')
            # What went wrong before is told, too, and decides.
            words = ('models', 'set', ERROR + 'UnknownModel', '--json')
            result = subprocess.run([paths.CTL, *words], env=self.environ, check=False,
                                    stdin=subprocess.DEVNULL, stdout=full, stderr=subprocess.PIPE)
            self.assertEqual(result.returncode, 3, result)
            self.assertRegex(result.stderr, rb'^openclawctl: what happened\nopenclawctl: The out')


class ManagementTest(GatewayTest):
    def test_lists(self):
        models = json.loads(self.run_ctl(0, 'models', 'list', '--json')[0])['models']
        self.assertEqual(models[0]['cost'], {'input': 0.3, 'output': 1.2})
        self.assertEqual(self.run_ctl(0, 'models', 'list', '--plain')[0].splitlines()[0],
                         'minimax/MiniMax-M2.1')
        table = self.run_ctl(0, 'models', 'list')[0]
        self.assertIn('fallback#1,alias:opus,missing', table)
        self.assertNotIn('\x1b', table)
        # The Chinese name takes two columns a character.
        starts = {line.index('text') + (2 if '模型' in line else 0) + (2 if '本地' in line else 0)
                  for line in table.splitlines()[1:]}
        self.assertEqual(len(starts), 1, table)
        aliases = json.loads(self.run_ctl(0, 'models', 'aliases', 'list', '--json')[0])['aliases']
        self.assertIn({'alias': 'opus', 'ref': 'anthropic/claude-opus-4-6'}, aliases)

    def test_local_models(self):
        self.run_ctl(0, 'models', 'list', '--local', '--provider', 'lmstudio')
        self.assertEqual(self.calls('ListModels')[-1],
                         [{'locale': 'en', 'local': True, 'provider': 'lmstudio'}])
        self.assertEqual(self.calls('RefreshModels'), [])
        shown, _ = self.run_ctl(0, 'models', 'list', '--local', '--provider', 'empty')
        self.assertRegex(shown, 'on this machine.* --local --refresh')
        self.assertIn('Store a key', self.run_ctl(0, 'models', 'list', '--provider', 'empty')[0])
        for option, wanted in (('--plain', ''), ('--json', '{"models":[]}\n')):
            self.assertEqual(self.run_ctl(0, 'models', 'list', '--local', '--provider', 'empty',
                                          option)[0], wanted)

    def test_refreshing_models(self):
        self.run_ctl(0, 'models', 'list', '--refresh')
        self.run_ctl(0, 'models', 'list', '--refresh', '--provider', 'ollama', '--json')
        self.assertEqual(self.calls('RefreshModels'),
                         [[{'locale': 'en'}], [{'locale': 'en', 'provider': 'ollama'}]])
        names = [json.loads(line)[0] for line in self.record.read_text('utf-8').splitlines()]
        self.assertEqual([name for name in names if name.endswith('Models')],
                         ['RefreshModels', 'ListModels'] * 2)

    def test_refreshing_models_that_fails(self):
        for error, code, wanted in ((BUS_ERROR + 'UnknownMethod', 1, 'of the same version'),
                                    ('ProviderNotConfigured', 3, 'ProviderNotConfigured it is')):
            with self.subTest(error=error):
                self.set_moods(RefreshModels=error)
                shown, errors = self.run_ctl(code, 'models', 'list', '--refresh')
                self.assertEqual(shown, '')
                self.assertIn(wanted, errors)
                self.assertNotIn('For help', errors)
        self.assertEqual(self.calls('ListModels'), [])

    def test_clearing_aliases(self):
        shown, errors = self.run_ctl(0, 'models', 'aliases', 'clear')
        self.assertEqual(shown, 'There are no aliases any more.\n')
        self.assertEqual(errors.count('the list stays'), 1)
        self.assertIn('mind anthropic/claude-opus-4-6', errors)
        self.assertEqual({tuple(call[:2]) for call in self.calls('SetAlias')},
                         {('lmstudio/模型\x1b[31m', ''), ('anthropic/claude-opus-4-6', '')})
        self.assertEqual(self.run_ctl(0, 'models', 'aliases', 'list', '--plain')[0], '')
        # There is nothing left to call for.
        self.assertEqual(json.loads(self.run_ctl(0, 'models', 'aliases', 'clear', '--json')[0]),
                         {'aliases': []})
        self.assertEqual(len(self.calls('SetAlias')), 2)

    def test_clearing_aliases_as_json(self):
        shown, errors = self.run_ctl(0, 'models', 'aliases', 'clear', '--json')
        self.assertEqual((json.loads(shown)['aliases'], errors), ([], ''))
        self.assertEqual(len(json.loads(shown)['warnings']), 3)

    def test_aliases_that_cannot_be_cleared(self):
        self.set_moods(SetAlias='ConfigInvalid')
        self.assertEqual(self.run_ctl(8, 'models', 'aliases', 'clear'),
                         ('', 'openclawctl: ConfigInvalid it is\n'))

    def test_state_of_the_configuration(self):
        for state, wanted in (('ok', r'\(ok\)$'), ('missing', r'\(missing\)$'),
                              ('invalid', r'\(invalid; .*: openclawctl config validate\)$')):
            self.set_moods(State=state)
            for command in ('models status', 'gateway status'):
                with self.subTest(state=state, command=command):
                    shown, _ = self.run_ctl(0, *command.split())
                    self.assertRegex(shown, r'(?m)^ *Configuration:? +/home/.*json ' + wanted)
                    self.assertNotIn('last good', shown)
                    shown = self.run_ctl(0, *command.split(), '--json')[0]
                    self.assertEqual(json.loads(shown)['config']['state'], state)
                    self.assertNotIn('last good', shown)

    def test_keyring_that_is_not_there(self):
        for error in ('KeyringUnavailable', 'KeyringLocked'):
            with self.subTest(error=error):
                self.set_moods(ListCredentials=error)
                self.assertEqual(self.run_ctl(4, 'models', 'auth', 'list'),
                                 ('', f'openclawctl: {error} it is\n'))
                shown = self.run_ctl(4, 'models', 'auth', 'list', '--json')[0]
                self.assertEqual(json.loads(shown)['error']['name'], ERROR + error)
                shown, errors = self.run_ctl(0, 'models', 'status')
                self.assertIn(f'\nCredentials\n  {error} it is\n', shown)
                self.assertEqual(errors, '')
                status = json.loads(self.run_ctl(0, 'models', 'status', '--json')[0])
                self.assertEqual(status['credentials-error'],
                                 {'name': ERROR + error, 'message': error + ' it is'})
                self.assertEqual(status['credentials'], [])

    def test_warnings(self):
        self.assertEqual(self.run_ctl(0, 'models', 'set', 'a/b')[1], 'openclawctl: mind this\n')
        shown, errors = self.run_ctl(0, 'models', 'set', 'a/b', '--json')
        self.assertEqual((json.loads(shown)['warnings'], errors), (['mind this'], ''))
        self.assertEqual(self.calls('SetDefaultModel')[-1], ['a/b', {'locale': 'en'}])

    def test_status(self):
        status = json.loads(self.run_ctl(0, 'models', '--json')[0])
        self.assertEqual(status['missing-auth'], ['minimax', 'anthropic'])
        self.assertEqual(status['config'], {'path': '/home/user/.openclaw/openclaw.json',
                                            'state': 'missing'})
        self.assertEqual(self.run_ctl(0, 'models', 'status', '--plain')[0],
                         'minimax/MiniMax-M2.1\n')

    def test_hints(self):
        here = {'MINIMAX_API_KEY': KEY, 'OPENCLAW_CONFIG_PATH': '/other/openclaw.json'}
        for words, code in ((['models'], 0), (['ask', '-m', ERROR + 'NoDefaultModel', 'x'], 3)):
            shown, errors = self.run_ctl(code, *words, environ=here)
            self.assertIn('/other/openclaw.json', shown + errors)
            self.assertEqual('MINIMAX_API_KEY is' in shown, words == ['models'])
            self.assertNotIn(KEY, shown + errors)
        missing = failure('CredentialMissing', model='minimax/MiniMax-M2.1')
        errors = self.ask(4, START, missing, environ=here)[1]
        self.assertIn('MINIMAX_API_KEY', errors)
        self.assertIn('openclawctl models auth add --provider minimax --from-env', errors)
        self.assertNotIn('API_KEY', self.ask(4, START, missing)[1])
        self.assertNotIn('API_KEY', self.ask(6, START, failure('Busy'), environ=here)[1])
        self.assertNotIn(KEY, self.record.read_text('utf-8'))

    def test_config_get(self):
        self.assertEqual(self.run_ctl(0, 'config', 'get', '"a text"')[0], 'a text\n')
        self.assertEqual(self.run_ctl(0, 'config', 'get', '"a text"', '--json')[0], '"a text"\n')
        self.assertEqual(json.loads(self.run_ctl(0, 'config', 'get', '{"a": 0.1}')[0]), {'a': 0.1})


class SecretTest(GatewayTest):
    ADD = ('models', 'auth', 'add', '--provider', 'MiniMax')

    def test_ways_in(self):
        self.run_ctl(0, *self.ADD, stdin='one\n')
        self.run_ctl(0, *self.ADD, '--profile', 'work', '--from-env',
                     environ={'MINIMAX_API_KEY': 'two'})
        self.run_ctl(0, *self.ADD, '--from-env', 'OTHER', environ={'OTHER': 'three'})
        self.run_ctl(0, 'models', 'auth', 'paste-token', '--provider', 'x', stdin='k' * 65536)
        self.assertEqual([call[:2] for call in self.calls('StoreSecret')],
                         [['minimax:default', 'api_key'], ['minimax:work', 'api_key'],
                          ['minimax:default', 'api_key'], ['x:default', 'token']])
        self.assertEqual([call[0] for call in self.calls('secret')],
                         ['one', 'two', 'three', 'k' * 65536])

    def prompt(self, typed, words=ADD):
        """Types at the prompt; returns the exit status and all that the terminal showed."""
        pid, terminal = pty.fork()
        if pid == 0:
            os.execve(paths.CTL, [str(paths.CTL), *words], self.environ)
        shown = b''
        while True:
            try:
                data = os.read(terminal, 1000)
            except OSError:
                break
            shown += data
            if data.endswith(b': '):
                time.sleep(0.2)
                # The end of the file, at a prompt that should not be there.
                os.write(terminal, typed or b'\x04')
                typed = b''
        os.close(terminal)
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), shown

    def test_prompt(self):
        status, shown = self.prompt(KEY.encode() + b'\r')
        self.assertEqual(status, 0, shown)
        self.assertNotIn(KEY.encode(), shown)
        self.assertEqual(self.calls('secret'), [[KEY]])

    def test_prompt_that_is_left(self):
        for typed, code in ((KEY.encode() + b'\x03', 130), (b'\r', 2), (b'\x04', 2)):
            status, shown = self.prompt(typed)
            self.assertEqual(status, code, shown)
            self.assertNotIn(KEY.encode(), shown)
        self.assertEqual(self.calls('secret'), [])

    def test_no_prompt_for_a_provider_that_is_not_there(self):
        for command in ('add', 'paste-token'):
            status, shown = self.prompt(b'', ('models', 'auth', command, '--provider', 'Nope'))
            self.assertEqual((status, shown), (3, b'openclawctl: no such provider\r\n'))
        self.assertEqual(self.calls('ListModels')[-1],
                         [{'locale': 'en', 'all': True, 'provider': 'nope'}])
        self.assertEqual(self.calls('StoreSecret'), [])


if __name__ == '__main__':
    main()
