#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""openclawctl from end to end: output, exit codes, what a script can rely on."""

import json
import os
import pty
import signal
import subprocess
import time

import paths
from harness import GatewayTest, KEY, main

M21 = 'minimax/MiniMax-M2.1'
LIGHTNING = 'minimax/MiniMax-M2.1-lightning'
HELLO = 'Thanks, I read your message: "hello". It came through well.'
SECRET = 'sk-typed-8Hq2Lw5Xn1Bv9Tz4'


class CliTest(GatewayTest):
    def run_ctl(self, *arguments, code=0, **keywords):
        result = self.session.ctl(*arguments, **keywords)
        self.assertEqual(result.returncode, code,
                         f'{arguments}\n{result.stdout[-2000:]}\n{result.stderr[-2000:]}')
        if code == 0:
            self.assertEqual(result.stderr, '')
        return result

    def json(self, *arguments, **keywords):
        return json.loads(self.run_ctl(*arguments, '--json', **keywords).stdout)


class AskTest(CliTest):
    def test_plain_answer(self):
        self.assertEqual(self.run_ctl('ask', 'hello').stdout, HELLO + '\n')

    def test_prompt_from_arguments_and_stdin(self):
        self.run_ctl('ask', 'hello', 'there')
        self.run_ctl('ask', stdin='from a pipe')
        self.run_ctl('ask', 'explain this:', stdin='some text\n')
        self.run_ctl('ask', '--', '--json')
        sent = [json.dumps(r['json']['messages'], ensure_ascii=False)
                for r in self.provider.requests()]
        self.assertIn('hello there', sent[0])
        self.assertIn('from a pipe', sent[1])
        self.assertLess(sent[2].index('explain this:'), sent[2].index('some text'))
        self.assertIn('--json', sent[3])

    def test_chinese(self):
        self.assertEqual(self.run_ctl('ask', '今天天氣如何？').stdout,
                         '你好！我收到了：「今天天氣如何？」。\n')

    def test_json(self):
        answer = self.json('ask', 'hello')
        self.assertEqual(answer['text'], HELLO)
        self.assertEqual(answer['model'], M21)
        self.assertEqual(answer['stop-reason'], 'stop')
        self.assertIn('output', answer['usage'])

    def test_events(self):
        lines = self.run_ctl('ask', 'hello', '--events').stdout.splitlines()
        events = [json.loads(line) for line in lines]
        self.assertEqual(events[0]['type'], 'start')
        self.assertEqual(events[-1]['type'], 'end')
        self.assertEqual(''.join(e['text'] for e in events if e['type'] == 'text'), HELLO)

    def test_options_reach_the_wire(self):
        self.run_ctl('ask', '-m', M21, '-s', 'Be brief.', '--max-tokens', '50', '--no-stream',
                     'hello')
        body = self.provider.requests()[-1]['json']
        self.assertEqual(body['max_tokens'], 50)
        self.assertIn('Be brief.', json.dumps(body['system']))
        self.assertFalse(body.get('stream', False))

    def test_thinking_is_not_on_stdout_unless_asked_for(self):
        self.session.configure({'minimax': 'thinking'})
        self.assertEqual(self.run_ctl('ask', 'hello').stdout, HELLO + '\n')
        self.assertIn('I will say so.', self.run_ctl('ask', 'hello', '--show-thinking').stdout)
        self.assertIn('I will say so.', self.json('ask', 'hello')['thinking'])

    def test_output_streams(self):
        self.session.configure({'minimax': 'paced-100'})
        child = self.session.spawn_ctl('ask', 'hello')
        start = time.monotonic()
        first = os.read(child.stdout.fileno(), 100)
        self.assertTrue(first)
        child.stdout.read()
        self.assertGreater(time.monotonic() - start, 0.5)
        self.assertEqual(child.wait(10), 0)

    def test_closed_stdout_ends_the_request(self):
        self.session.configure({'minimax': 'paced-20+stall-after'})
        child = self.session.spawn_ctl('ask', 'x ' * 3000)
        os.read(child.stdout.fileno(), 10)
        child.stdout.close()
        child.wait(10)
        self.wait_until(self.provider.aborted, 'the upstream to end', 2)


class ExitCodeTest(CliTest):
    TABLE = (
        ('400', 2, 'InvalidRequest'), ('overflow', 1, 'ContextOverflow'),
        ('401', 4, 'CredentialRejected'), ('402', 6, 'QuotaExceeded'), ('404', 3, 'UnknownModel'),
        ('429-30', 6, 'RateLimited'), ('1026', 1, 'ContentFiltered'),
        ('html', 1, 'ProtocolViolation'),
        ('cut-after', 7, 'StreamTruncated'), ('event-overloaded-late', 7, 'Overloaded'),
        ('cut-start', 1, 'Network'),
    )

    def test_provider_errors(self):
        for scenario, code, name in self.TABLE:
            # InvalidRequest is 2 only when it was raised before sending.
            code = 1 if scenario == '400' else code
            with self.subTest(scenario=scenario):
                provider = 'p-' + scenario
                self.session.configure({provider: scenario}, primary=f'{provider}/MiniMax-M2.1')
                result = self.run_ctl('ask', 'hello', code=code)
                self.assertTrue(result.stderr.strip())
                if code != 7:
                    self.assertEqual(result.stdout, '')
                error = self.json('ask', 'hello', code=code)['error']
                self.assertEqual(error['name'], f'org.openclaw.Gateway.Error.{name}')
                self.assertTrue(error['message'])

    def test_partial_answer_stays_on_stdout(self):
        self.session.configure({'minimax': 'cut-after'})
        result = self.run_ctl('ask', 'hello', code=7)
        self.assertTrue(result.stdout.startswith('Thanks, I'))
        error = self.json('ask', 'hello', code=7)['error']
        self.assertEqual(error['partial']['text'], 'Thanks, I ')

    def test_all_failed_takes_the_last_code(self):
        self.session.configure({'first': '402', 'second': '401'}, primary='first/MiniMax-M2.1',
                               fallbacks=['second/MiniMax-M2.1'])
        error = self.json('ask', 'hello', code=4)['error']
        self.assertEqual(error['name'], 'org.openclaw.Gateway.Error.AllFailed')
        self.assertEqual(len(error['attempts']), 2)
        lines = self.run_ctl('ask', 'hello', code=4).stderr.splitlines()
        for ref in ('first/MiniMax-M2.1', 'second/MiniMax-M2.1'):
            self.assertEqual(len([line for line in lines if line.startswith(f'  {ref}: ')]), 1,
                             lines)
        self.json('ask', 'hello', '--no-fallback', code=6)

    def test_usage_errors(self):
        for arguments in (('nonsense',), ('ask', '--nonsense', 'x'), ('models', 'set'),
                          ('models', 'set', 'a', 'b'), ('models', 'nonsense'),
                          ('ask', '--max-tokens', 'many', 'x'), ('ask', '--max-tokens'), ('ask',),
                          ('models', 'aliases', 'add', 'x'), ('ask', '--thinking', 'extreme', 'x')):
            with self.subTest(arguments=arguments):
                result = self.run_ctl(*arguments, code=2)
                self.assertTrue(result.stderr.strip())
                self.assertEqual(result.stdout, '')
        self.assertEqual(self.provider.requests(), [])

    def test_models_that_do_not_resolve(self):
        result = self.run_ctl('ask', '-m', 'nobody/thing', 'hello', code=3)
        self.assertIn('nobody/thing', result.stderr)
        self.run_ctl('models', 'set', 'minimax/minimax-m2.1', code=3)
        self.session.configure(primary=None)
        self.assertIn('models set', self.run_ctl('ask', 'hello', code=3).stderr)

    def test_missing_credential(self):
        self.session.start_keyring()
        self.session.configure({'minimax': self.session.entry(key=None)})
        result = self.run_ctl('ask', 'hello', code=4)
        self.assertIn('openclawctl models auth', result.stderr)

    def test_broken_configuration(self):
        self.session.write_config('{')
        self.run_ctl('models', 'set', LIGHTNING, code=8)

    def test_no_bus(self):
        for address in (f'unix:path={self.session.folder}/nothing', ''):
            with self.subTest(address=address):
                result = self.run_ctl('models', 'list', code=5,
                                      environ={'DBUS_SESSION_BUS_ADDRESS': address})
                self.assertEqual(len(result.stderr.strip().splitlines()), 1, result.stderr)

    def test_no_gateway(self):
        self.session.stop_daemon()
        (self.session.folder / 'services' / 'org.openclaw.Gateway.service').unlink()
        self.client.call_raw('org.freedesktop.DBus', '/org/freedesktop/DBus',
                             'org.freedesktop.DBus', 'ReloadConfig')
        result = self.run_ctl('ask', 'hello', code=5)
        self.assertTrue(result.stderr.strip())

    def test_gateway_that_dies_in_the_middle(self):
        self.session.configure({'minimax': 'stall-after'})
        child = self.session.spawn_ctl('ask', 'hello')
        os.read(child.stdout.fileno(), 10)
        self.session.daemon.kill()
        self.session.daemon.wait()
        self.session.daemon = None
        self.assertIn(child.wait(10), (5, 7))

    def test_interrupt(self):
        for stage in ('stall-after', 'stall-headers'):
            with self.subTest(scenario=stage):
                self.session.configure({'minimax': stage})
                child = self.session.spawn_ctl('ask', 'hello')
                self.wait_until(lambda: self.provider.requests(stage), 'the request')
                time.sleep(0.1)
                child.send_signal(signal.SIGINT)
                self.assertEqual(child.wait(5), 130)
                self.wait_until(lambda: self.provider.aborted(stage), 'the upstream to end', 1)


    def test_interrupt_tells_what_was_used(self):
        self.session.configure({'minimax': 'stall-after'})
        for option in ('--json', '--events'):
            count = len(self.provider.requests('stall-after'))
            child = self.session.spawn_ctl('ask', option, 'hello')
            self.wait_until(lambda: len(self.provider.requests('stall-after')) > count, 'a request')
            time.sleep(0.2)
            # As timeout(1) does.
            child.send_signal(signal.SIGINT)
            child.send_signal(signal.SIGINT)
            shown, _ = child.communicate(timeout=10)
            self.assertEqual(child.returncode, 130)
            error = json.loads(shown.splitlines()[-1])
            error = error.get('error', error)
            self.assertEqual((error['model'], error['profile'], error['retryable']),
                             (M21, 'minimax:config', False))
            self.assertIn('output', error['partial']['usage'])


class ModelsTest(CliTest):
    def test_list(self):
        self.assertEqual(set(self.run_ctl('models', 'list', '--plain').stdout.split()),
                         {m['ref'] for m in self.client.list_models()})
        models = {m['ref']: m for m in self.json('models', 'list')['models']}
        self.assertEqual(models[M21], self.client.resolve(M21))
        self.assertIn(M21, self.run_ctl('models', 'list').stdout)
        everything = self.json('models', 'list', '--all')['models']
        self.assertGreater(len(everything), len(models))
        only = self.json('models', 'list', '--all', '--provider', 'anthropic')['models']
        self.assertEqual({m['provider'] for m in only}, {'anthropic'})

    def test_set(self):
        self.run_ctl('models', 'set', LIGHTNING)
        self.assertEqual(self.client.get('DefaultModel'), LIGHTNING)
        self.assertEqual(self.run_ctl('models', 'status', '--plain').stdout.strip(), LIGHTNING)

    def test_status(self):
        for arguments in (('models',), ('models', 'status')):
            with self.subTest(arguments=arguments):
                self.assertIn(M21, self.run_ctl(*arguments).stdout)
                self.json(*arguments)

    def test_aliases(self):
        result = self.session.ctl('models', 'aliases', 'add', 'quick', LIGHTNING)
        self.assertEqual(result.returncode, 0)
        self.assertIn('agents.defaults.models', result.stdout + result.stderr)
        aliases = self.json('models', 'aliases', 'list')['aliases']
        self.assertIn('quick', json.dumps(aliases))
        self.run_ctl('models', 'set', 'quick')
        self.assertEqual(self.client.get('DefaultModel'), LIGHTNING)
        # It says that the model stays on the allowlist.
        self.assertEqual(self.session.ctl('models', 'aliases', 'remove', 'quick').returncode, 0)
        self.assertEqual(self.json('models', 'aliases', 'list')['aliases'], [])

    def test_clearing_aliases(self):
        for alias, ref in (('quick', LIGHTNING), ('slow', M21)):
            self.assertEqual(self.session.ctl('models', 'aliases', 'add', alias, ref).returncode, 0)
        self.assertEqual(len(self.json('models', 'aliases', 'list')['aliases']), 2)
        result = self.session.ctl('models', 'aliases', 'clear', '--json')
        self.assertEqual((result.returncode, json.loads(result.stdout)['aliases']), (0, []))
        self.assertEqual(self.json('models', 'aliases', 'list')['aliases'], [])
        self.assertEqual(self.json('models', 'aliases', 'clear'), {'aliases': []})

    def test_fallbacks(self):
        self.run_ctl('models', 'fallbacks', 'add', LIGHTNING)
        self.assertEqual(self.run_ctl('models', 'fallbacks', 'list', '--plain').stdout.split(),
                         [LIGHTNING])
        self.assertIn(LIGHTNING, json.dumps(self.json('models', 'fallbacks', 'list')['fallbacks']))
        self.run_ctl('models', 'fallbacks', 'remove', LIGHTNING)
        self.assertEqual(self.client.get('FallbackModels'), [])
        self.run_ctl('models', 'fallbacks', 'add', LIGHTNING)
        self.run_ctl('models', 'fallbacks', 'clear')
        self.assertEqual(self.client.get('FallbackModels'), [])

    def test_config_get(self):
        value = self.run_ctl('config', 'get', 'agents.defaults.model.primary').stdout.strip()
        self.assertEqual(value, M21)
        whole = self.run_ctl('config', 'get', 'models.providers.minimax').stdout
        self.assertNotIn(KEY, whole)
        self.assertIn('********', whole)
        self.assertNotIn(KEY, self.run_ctl('config', 'get', '').stdout)
        self.run_ctl('config', 'get', 'no.such.thing', code=1)

    def test_gateway_status(self):
        self.assertTrue(self.run_ctl('gateway', 'status').stdout.strip())
        self.json('gateway', 'status')

    def test_help_and_version(self):
        self.assertIn('models', self.run_ctl('--help').stdout)
        self.assertIn('--max-tokens', self.run_ctl('ask', '--help').stdout)
        self.assertIn(self.client.get('Version'), self.run_ctl('--version').stdout)


class AuthTest(CliTest):
    keyring = True
    configured = False

    def setUp(self):
        super().setUp()
        self.session.configure({'minimax': self.session.entry(key=None)})

    def test_paste_list_use_remove(self):
        self.run_ctl('models', 'auth', 'paste-token', '--provider', 'minimax', stdin=SECRET + '\n')
        self.assertEqual(self.session.keyring.secrets(), [SECRET.encode()])
        listed = self.json('models', 'auth', 'list')['credentials']
        self.assertEqual([c['profile'] for c in listed], ['minimax:default'])
        self.assertIn('minimax', self.run_ctl('models', 'auth', 'list').stdout)
        self.assertEqual(self.run_ctl('ask', 'hello').stdout, HELLO + '\n')
        self.assertEqual(self.provider.requests()[-1]['headers']['authorization'],
                         f'Bearer {SECRET}')
        self.run_ctl('models', 'auth', 'remove', '--provider', 'minimax')
        self.assertEqual(self.session.keyring.items(), [])
        self.run_ctl('models', 'auth', 'remove', '--provider', 'minimax', code=1)

    def test_named_profiles(self):
        self.run_ctl('models', 'auth', 'add', '--provider', 'minimax', '--profile', 'work',
                     stdin=SECRET)
        self.assertEqual([c['profile'] for c in self.json('models', 'auth', 'list')['credentials']],
                         ['minimax:work'])
        self.run_ctl('models', 'auth', 'remove', '--provider', 'minimax', '--profile', 'work')

    def test_from_env(self):
        self.run_ctl('models', 'auth', 'add', '--provider', 'minimax', '--from-env',
                     environ={'MINIMAX_API_KEY': SECRET})
        self.assertEqual(self.session.keyring.secrets(), [SECRET.encode()])

    def type_secret(self, provider):
        """Types it at the prompt, if there is one; returns the status and what was shown."""
        pid, terminal = pty.fork()
        if pid == 0:
            os.execve(paths.CTL, [str(paths.CTL), 'models', 'auth', 'add', '--provider', provider],
                      self.session.environ)
        shown = b''
        deadline = time.monotonic() + 20
        typed = False
        while time.monotonic() < deadline:
            try:
                data = os.read(terminal, 1000)
            except OSError:
                break
            shown += data
            if not typed and data.endswith(b': '):
                time.sleep(0.3)
                os.write(terminal, SECRET.encode() + b'\r')
                typed = True
        os.close(terminal)
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), shown

    def test_terminal_does_not_show_it(self):
        status, shown = self.type_secret('minimax')
        self.assertEqual(status, 0, shown)
        self.assertNotIn(SECRET.encode(), shown)
        self.assertEqual(self.session.keyring.secrets(), [SECRET.encode()])

    def test_terminal_is_not_asked_for_an_unknown_provider(self):
        status, shown = self.type_secret('nobody')
        self.assertEqual(status, 3, shown)
        self.assertNotIn(b'not shown', shown)
        self.assertIn(b'nobody', shown)
        # It has no models to list, and may need a key all the same.
        status, shown = self.type_secret('lmstudio')
        self.assertEqual(status, 0, shown)
        self.assertIn(b'not shown', shown)

    def test_empty_input(self):
        self.run_ctl('models', 'auth', 'add', '--provider', 'minimax', stdin='', code=2)

    def test_key_on_the_command_line_is_refused_and_not_repeated(self):
        for arguments in (('models', 'auth', 'paste-token', '--provider', 'minimax', SECRET),
                          ('models', 'auth', 'add', '--provider', 'minimax', '--key', SECRET),
                          ('models', 'auth', 'add', '--provider', SECRET)):
            with self.subTest(arguments=arguments[:4]):
                result = self.session.ctl(*arguments, stdin='')
                self.assertEqual(result.returncode, 2)
                self.assertNotIn(SECRET, result.stdout + result.stderr)

    def test_unknown_provider(self):
        self.run_ctl('models', 'auth', 'add', '--provider', 'nobody', stdin=SECRET, code=3)

    def test_secret_is_found_nowhere(self):
        self.run_ctl('models', 'auth', 'add', '--provider', 'minimax', stdin=SECRET)
        self.run_ctl('ask', 'hello')
        self.assertEqual(self.session.find_secret(SECRET), [])


class AbsentKeyringTest(CliTest):
    def test_exit_code_of_a_missing_keyring(self):
        result = self.run_ctl('models', 'auth', 'add', '--provider', 'minimax', stdin=SECRET,
                              code=4)
        self.assertIn('keyring', result.stderr.lower())
        self.assertNotIn(SECRET, result.stderr)


class OtherClientsTest(CliTest):
    """What the README shows must work with the tools that every desktop has."""

    MESSAGES = "[{'role': <'user'>, 'content': <'hello'>}]"

    def test_gdbus(self):
        result = subprocess.run(
            ['gdbus', 'call', '--session', '--dest', 'org.openclaw.Gateway', '--object-path',
             '/org/openclaw/Gateway', '--method', 'org.openclaw.Gateway.Complete', '',
             self.MESSAGES, "{'max-tokens': <100>}"],
            env=self.session.environ, capture_output=True, encoding='utf-8', timeout=30, check=True)
        self.assertIn('Thanks, I read your message', result.stdout)

    def test_busctl(self):
        result = subprocess.run(
            ['busctl', f'--address={self.session.address}', 'call', 'org.openclaw.Gateway',
             '/org/openclaw/Gateway', 'org.openclaw.Gateway', 'Complete', 'saa{sv}a{sv}', '', '1',
             '2', 'role', 's', 'user', 'content', 's', 'hello', '0'],
            env=self.session.environ, capture_output=True, encoding='utf-8', timeout=30, check=True)
        self.assertIn('Thanks, I read your message', result.stdout)

    def test_gjs(self):
        script = self.session.folder / 'app.js'
        script.write_text('''
            const {Gio, GLib} = imports.gi;
            const bus = Gio.bus_get_sync(Gio.BusType.SESSION, null);
            const say = text => ({role: GLib.Variant.new_string('user'),
                                  content: GLib.Variant.new_string(text)});
            const reply = bus.call_sync('org.openclaw.Gateway', '/org/openclaw/Gateway',
                'org.openclaw.Gateway', 'Complete',
                new GLib.Variant('(saa{sv}a{sv})', ['', [say('hello')], {}]), null, 0, -1, null);
            print(reply.recursiveUnpack()[0].text);
        ''')
        result = subprocess.run(['gjs', str(script)], env=self.session.environ, capture_output=True,
                                encoding='utf-8', timeout=30, check=True)
        self.assertEqual(result.stdout.strip(), HELLO)


if __name__ == '__main__':
    main()
