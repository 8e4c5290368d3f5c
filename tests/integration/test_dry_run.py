#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""dry-run: the request is shown as it would be sent, without a secret in it. Nothing is sent."""

import json
import os
import select
import socket
import subprocess
import sys
import time

from client import Signals
from harness import GatewayTest, KEY, main

M21 = 'minimax/MiniMax-M2.1'
MASK = '********'
SECRET = 'sk-stored-0hN4bVt8Qw'
HEADER_SECRET = 'blue-7Kd2xPz'
# What a connection adds by itself.
OF_THE_CONNECTION = {'host', 'connection', 'content-length'}
CONVERSATION = [
    {'role': 'user', 'content': '今天天氣如何？'},
    {'role': 'assistant', 'model': M21, 'content': [
        {'type': 'tool-call', 'id': 'call_1', 'name': 'weather', 'arguments': '{"city":"臺北"}'}]},
    {'role': 'tool', 'content': [
        {'type': 'tool-result', 'id': 'call_1', 'content': '"sunny" \\ \n 28°'}]},
]
TOOLS = [{'name': 'weather', 'description': 'The weather', 'parameters': '{"type":"object"}'}]
OPTIONS = {'system': 'Be brief.', 'max_tokens': 64, 'temperature': 0.5, 'stop': ['END'],
           'thinking': 'low', 'tools': TOOLS}

# Connects, and only then moves to where the gateway takes it for an app in a sandbox: into a folder
# that looks like a Flatpak, or, without the right to do that, out of sight.
SANDBOXED = '''
import ctypes, os, sys
sys.path.insert(0, sys.argv[1])
from client import Client, DBusError
client = Client(sys.argv[2])
client.list_models()
if os.geteuid() == 0:
    os.chroot(sys.argv[3])
else:
    ctypes.CDLL(None).prctl(4, 0, 0, 0, 0)
for options in ({'dry_run': True}, {'dry_run': False}):
    try:
        print(client.complete('hello', **options)['text'])
    except DBusError as error:
        print(error.short, error.message)
'''


class DryRunTest(GatewayTest):
    def shown(self, prompt='hello', model='', **options):
        answer = self.client.complete(prompt, model, dry_run=True, **options)
        for member in ('text', 'thinking'):
            self.assertEqual(answer[member], '')
        for member in ('attempts', 'parts', 'tool-calls'):
            self.assertEqual(answer[member], [])
        self.assertEqual(answer['usage'], {})
        for member in ('stop-reason', 'cost', 'ttft-ms'):
            self.assertNotIn(member, answer)
        request = answer['http-request']
        self.assertEqual(set(request), {'method', 'url', 'headers', 'body'})
        self.answer = answer
        return request

    def assertSame(self, shown, sent):
        """What was shown is what was sent, but for the key."""
        self.assertEqual(shown['method'], sent['method'])
        self.assertEqual(shown['url'], self.provider.origin + sent['path'])
        self.assertEqual(shown['body'], sent['body'])
        headers = {k.lower(): v for k, v in sent['headers'].items()
                   if k.lower() not in OF_THE_CONNECTION}
        self.assertEqual(headers['authorization'], f'Bearer {KEY}')
        headers['authorization'] = f'Bearer {MASK}'
        self.assertEqual(shown['headers'], headers)


class ShownTest(DryRunTest):
    def test_it_is_what_would_be_sent(self):
        for prompt, options in (('hello', {}), ('hello', {'stream': False}),
                                (CONVERSATION, OPTIONS)):
            with self.subTest(options=options):
                shown = self.shown(prompt, **options)
                self.assertEqual(self.answer['model'], M21)
                self.assertEqual(self.answer['requested'], M21)
                self.assertEqual(self.answer['profile'], 'minimax:config')
                sent_before = len(self.provider.requests())
                self.client.complete(prompt, **options)
                self.assertEqual(len(self.provider.requests()), sent_before + 1)
                self.assertSame(shown, self.provider.requests()[-1])

    def test_other_apis(self):
        for api, path in (('openai-completions', '/v1/chat/completions'),
                          ('openai-responses', '/v1/responses')):
            with self.subTest(api=api):
                self.session.configure({'minimax': self.session.entry(
                    api=api, baseUrl=self.provider.url('ok') + '/v1')})
                shown = self.shown(CONVERSATION, **OPTIONS)
                self.assertEqual(shown['url'], self.provider.url('ok') + path)
                self.client.complete(CONVERSATION, **OPTIONS)
                self.assertSame(shown, self.provider.requests()[-1])

    def test_headers(self):
        headers = self.shown()['headers']
        self.assertEqual(headers['authorization'], f'Bearer {MASK}')
        self.assertEqual(headers['content-type'], 'application/json')
        self.assertTrue(headers['user-agent'].startswith('openclaw-gateway/'))
        self.assertFalse(OF_THE_CONNECTION & set(headers))

    def test_stream(self):
        wanted = self.shown(CONVERSATION, **OPTIONS)
        events = self.client.stream_all(CONVERSATION, dry_run=True, **OPTIONS)
        self.assertEqual([e['type'] for e in events], ['start', 'end'])
        self.assertEqual(events[1]['http-request'], wanted)
        self.assertNotIn('text', events[1])
        self.assertEqual(self.provider.requests(), [])

    def test_submit(self):
        signals = Signals(self.client)
        self.client.submit('hello', dry_run=True)
        finished = signals.wait_for('Finished')[3][0]
        self.assertEqual(finished['http-request'], self.shown())
        self.assertEqual(signals.named('Delta'), [])
        self.assertEqual(self.provider.requests(), [])

    def test_false_is_no_dry_run(self):
        answer = self.client.complete('hello', dry_run=False)
        self.assertTrue(answer['text'])
        self.assertNotIn('http-request', answer)

    def test_command_line(self):
        result = self.session.ctl('ask', '--dry-run', '--json', 'hello')
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(json.loads(result.stdout)['http-request'], self.shown())

    def test_params(self):
        self.session.configure(defaults={'models': {M21: {
            'params': {'temperature': 0.25, 'maxTokens': 7}, 'streaming': False}}})
        body = json.loads(self.shown()['body'])
        self.assertEqual((body['temperature'], body['max_tokens'], body['stream']),
                         (0.25, 7, False))

    def test_errors_before_sending(self):
        self.assertDBusError('UnknownModel', self.client.complete, 'hello', 'nobody/x',
                             dry_run=True)
        self.assertDBusError('InvalidRequest', self.client.complete, '', dry_run=True)
        self.session.configure({'minimax': self.session.entry(api='google-generative-ai')})
        self.assertDBusError('NotSupported', self.client.complete, 'hello', dry_run=True)


class NobodyIsAskedTest(DryRunTest):
    """A server that would notice so much as a connection."""

    def setUp(self):
        super().setUp()
        self.server = socket.create_server(('127.0.0.1', 0))
        self.addCleanup(self.server.close)
        url = f'http://127.0.0.1:{self.server.getsockname()[1]}/anthropic'
        self.session.configure(
            {'minimax': self.session.entry(baseUrl=url),
             'anthropic': self.session.entry(baseUrl=url, key=None)},
            fallbacks=['anthropic/MiniMax-M2.1'])
        # Whoever wants to know which models it has comes now.
        while self.connections(1):
            pass

    def connections(self, timeout=0.3):
        """Takes the connections that have come, and closes them."""
        count = 0
        while select.select([self.server], [], [], timeout)[0]:
            self.server.accept()[0].close()
            count += 1
        return count

    def test_nothing_connects(self):
        for _ in range(3):
            self.shown(CONVERSATION, **OPTIONS)
            self.client.stream_all('hello', dry_run=True)
        self.assertEqual(self.connections(), 0)
        # The server would have noticed.
        events = self.client.stream('hello', fallback=False)[1]
        self.assertGreater(self.connections(), 0)
        events.close()

    def test_only_the_first_candidate(self):
        self.shown()
        self.assertEqual(self.answer['model'], M21)
        self.assertEqual(self.shown(model='anthropic/MiniMax-M2.1')['headers']['authorization'],
                         f'Bearer {MASK}')
        self.assertNotIn('profile', self.answer)


class SecretTest(DryRunTest):
    def test_nothing_secret_is_shown(self):
        self.session.configure({'minimax': self.session.entry(
            headers={'X-Team': HEADER_SECRET, 'Arguments': HEADER_SECRET,
                     'User-Agent': HEADER_SECRET, 'Anthropic-Version': '2023-06-01'})})
        monitor = self.session.start_monitor()
        headers = self.shown()['headers']
        for name in ('x-team', 'arguments', 'user-agent', 'anthropic-version'):
            self.assertEqual(headers[name], MASK)
        self.assertEqual(self.client.stream_all('hello', dry_run=True)[-1]['http-request'],
                         self.shown())
        time.sleep(0.2)
        self.assertIn(MASK.encode(), monitor.read_bytes())
        for secret in (KEY, HEADER_SECRET):
            self.assertEqual(self.session.find_secret(secret, but_not=('openclaw.json',)), [])
        self.client.complete('hello')
        sent = {k.lower(): v for k, v in self.provider.requests()[-1]['headers'].items()}
        self.assertEqual(set(headers), set(sent) - OF_THE_CONNECTION)
        self.assertEqual(sent['user-agent'], HEADER_SECRET)
        self.assertEqual(sent['x-team'], HEADER_SECRET)

    def test_without_a_key(self):
        self.session.configure({'minimax': self.session.entry(key=None)})
        self.assertDBusError('KeyringUnavailable', self.client.complete, 'hello')
        start = time.monotonic()
        self.assertEqual(self.shown()['headers']['authorization'], f'Bearer {MASK}')
        self.assertNotIn('profile', self.answer)
        self.assertLess(time.monotonic() - start, 3)

    def test_where_no_key_is_needed(self):
        self.session.configure({'local': self.session.entry('keyless', key=None)},
                               primary='local/some-model')
        self.assertNotIn('x-api-key', self.shown()['headers'])
        self.assertNotIn('authorization', self.shown()['headers'])
        self.assertEqual(self.answer['profile'], 'none-needed')

    def test_profile(self):
        self.shown(profile='minimax:config')
        self.assertEqual(self.answer['profile'], 'minimax:config')
        self.shown(profile='minimax:work')
        self.assertEqual(self.answer['profile'], 'minimax:work')
        self.assertDBusError('InvalidArgs', self.client.complete, 'hello', dry_run=True,
                             profile='other:x')

    def test_apps_in_a_sandbox(self):
        folder = self.session.folder / 'sandbox'
        folder.mkdir()
        (folder / '.flatpak-info').touch()
        result = subprocess.run(
            [sys.executable, '-c', SANDBOXED, os.path.dirname(os.path.abspath(__file__)),
             self.session.address, str(folder)],
            env=self.session.environ, capture_output=True, encoding='utf-8', timeout=60,
            check=False)
        lines = result.stdout.splitlines()
        self.assertEqual(len(lines), 2, result.stderr)
        self.assertTrue(lines[0].startswith('AccessDenied '), lines)
        self.assertIn('dry-run', lines[0])
        self.assertTrue(lines[1].startswith('Thanks'), lines)


class KeyringTest(DryRunTest):
    keyring = True
    # A prompt would be possible.
    environ = {'DISPLAY': ':4711'}

    def store(self, profile, secret):
        read_end, write_end = os.pipe()
        os.write(write_end, secret.encode())
        os.close(write_end)
        self.client.store_secret(profile, read_end)
        os.close(read_end)

    def test_stored_key(self):
        self.session.configure({'minimax': self.session.entry(key=None)})
        self.store('minimax:default', SECRET)
        self.assertEqual(self.shown()['headers']['authorization'], f'Bearer {MASK}')
        self.assertEqual(self.answer['profile'], 'minimax:default')

    def test_kind_of_key_decides(self):
        self.session.configure({'anthropic': self.session.entry(key=None)},
                               primary='anthropic/MiniMax')
        self.store('anthropic:default', 'sk-ant-api03-' + SECRET)
        headers = self.shown()['headers']
        self.assertEqual(headers['x-api-key'], MASK)
        self.assertNotIn('anthropic-beta', headers)
        self.store('anthropic:default', 'sk-ant-oat01-' + SECRET)
        headers = self.shown()['headers']
        self.assertNotIn('x-api-key', headers)
        self.assertEqual(headers['authorization'], f'Bearer {MASK}')
        self.assertIn('anthropic-beta', headers)

    def test_nobody_is_prompted(self):
        self.session.configure({'minimax': self.session.entry(key=None)})
        self.store('minimax:default', SECRET)
        self.session.keyring.lock()
        monitor = self.session.start_monitor()
        start = time.monotonic()
        self.assertEqual(self.shown()['headers']['authorization'], f'Bearer {MASK}')
        self.assertEqual(self.answer['profile'], 'minimax:default')
        self.assertLess(time.monotonic() - start, 3)
        time.sleep(0.2)
        seen = monitor.read_text('utf-8', 'replace')
        self.assertIn('member=Complete', seen)
        self.assertNotIn('member=Unlock', seen)
        self.assertNotIn('member=Prompt', seen)
        self.assertTrue(self.session.keyring.is_locked())

    def test_key_of_another_address(self):
        self.session.configure({'minimax': self.session.entry(key=None)})
        self.store('minimax:default', SECRET)
        self.session.configure({'minimax': self.session.entry(
            key=None, baseUrl='http://127.0.0.1:9/anthropic')})
        self.assertDBusError('CredentialRejected', self.client.complete, 'hello', dry_run=True)


if __name__ == '__main__':
    main()
