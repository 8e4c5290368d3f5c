#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""The three wire APIs as a client sees them: the same question, whatever the server speaks and
whatever it does on the way."""

import json
import os
import socket
import threading
import time
from pathlib import Path

from client import text_of
from harness import GatewayTest, main

ANTHROPIC, COMPLETIONS, RESPONSES = 'anthropic-messages', 'openai-completions', 'openai-responses'
APIS = (ANTHROPIC, COMPLETIONS, RESPONSES)
HELLO = 'Thanks, I read your message: "hello". It came through well.'
TOOLS = [{'name': 'weather', 'description': 'The weather',
          'parameters': '{"type":"object","properties":{"city":{"type":"string"}}}'},
         {'name': 'time', 'description': 'The time', 'parameters': '{"type":"object"}'}]
USAGE = {'input': 1000, 'output': 200, 'cache-read': 300, 'cache-write': 40}

# What comes out of a whole answer, by scenario; the same for each API that has it.
TEXT = ['ok', 'usage', 'no-usage', 'null-usage', 'crlf', 'cr', 'bytes', 'bytes-crlf', 'bare', 'noise',
        'length', 'http10', 'close', 'gzip', 'ignores-stream']
TEXT_OF = {
    COMPLETIONS: ['usage-finish', 'usage-each', 'usage-bare', 'usage-hit-miss', 'usage-cached',
                  'timings', 'no-done', 'two-choices', 'snapshot', 'processing', 'garbage-late'],
    RESPONSES: ['no-sequence', 'text-done', 'text-item', 'text-terminal', 'no-part', 'index-only',
                'null-content', 'empty-output', 'phase', 'done'],
}
THINKING = {
    ANTHROPIC: ['thinking'],
    COMPLETIONS: ['thinking', 'reasoning', 'reasoning-text', 'reasoning-details', 'reasoning-both',
                  'reasoning-mixed', 'think-tags', 'think-twice'],
    RESPONSES: ['thinking', 'reasoning', 'thought-done', 'two-parts'],
}
CALLS = {
    ANTHROPIC: ['tool', 'tool-whole'],
    COMPLETIONS: ['tool', 'tool-stop', 'tool-legacy', 'tool-with-text'],
    RESPONSES: ['tool', 'arguments-done', 'arguments-item'],
}
TWO_CALLS = {
    ANTHROPIC: ['tools'],
    COMPLETIONS: ['tools', 'tools-interleaved', 'tools-together', 'tools-no-index', 'tools-repeat'],
    RESPONSES: ['tools', 'tools-interleaved'],
}
# Scenario: error, and whether part of the answer has come by then.
ERRORS = {
    'eof-content': ('StreamTruncated', True),
    'reset-content': (None, True),
    'eof-before': ('StreamTruncated', False),
    'event-overloaded': (None, False),
    'event-overloaded-late': (None, True),
    'event-limit': ('RateLimited', False),
    'html': ('ProtocolViolation', False),
    'empty': ('ProtocolViolation', False),
    'null': ('ProtocolViolation', False),
    'odd-json': ('ProtocolViolation', False),
    'error-200': (None, False),
    'brackets': ('ProtocolViolation', None),
    'endless-line': ('ProtocolViolation', None),
    '401': ('CredentialRejected', False),
    '402': ('QuotaExceeded', False),
    '404': ('UnknownModel', False),
    '429': ('RateLimited', False),
    '429-billing': ('QuotaExceeded', False),
    '400': ('InvalidRequest', False),
    'overflow': ('ContextOverflow', False),
    '500-html': ('ProviderError', False),
    '503': ('Overloaded', False),
    '504': ('Timeout', False),
    'redirect': ('InvalidRequest', False),
}
ERRORS_OF = {
    COMPLETIONS: {'no-finish': ('StreamTruncated', True),
                  'think-open': ('ProtocolViolation', None), 'finish-error': ('ProviderError', None),
                  'event-raw-late': (None, True), 'event-string-late': (None, True),
                  'event-bare': ('ContextOverflow', False),
                  'event-overflow': ('ContextOverflow', False),
                  'event-status': ('Overloaded', None),
                  'overflow-text': ('ContextOverflow', False),
                  'overflow-local': ('ContextOverflow', False),
                  '401-detail': ('CredentialRejected', False),
                  '402-number': ('QuotaExceeded', False),
                  '422-detail': ('InvalidRequest', False),
                  'previous-response': ('InvalidRequest', False),
                  'tool-bad': ('ProtocolViolation', True),
                  'tool-cut': ('StreamTruncated', True)},
    RESPONSES: {'failed': ('ProviderError', False), 'failed-late': ('ProviderError', True),
                'failed-limit': ('RateLimited', False), 'failed-quota': ('QuotaExceeded', False),
                'failed-overflow': ('ContextOverflow', False),
                'failed-policy': ('ContentFiltered', False), 'no-terminal': ('StreamTruncated', True),
                'event-wrapped': (None, False), 'event-bare': ('ContextOverflow', False)},
    ANTHROPIC: {'tool-bad': ('ProtocolViolation', True), 'tool-cut': ('StreamTruncated', True)},
}
FLAVOURS = {ANTHROPIC: '', COMPLETIONS: 'generic/', RESPONSES: 'openai/'}


class ApiTest(GatewayTest):
    def use(self, api, scenario, flavour=None, **more):
        flavour = FLAVOURS[api] if flavour is None else flavour
        base = self.session.provider.url(flavour + scenario)
        entry = self.session.entry(api=api, models=['m'], **more)
        entry['baseUrl'] = base + ('' if api == ANTHROPIC else '/v1')
        self.session.configure({'x': entry}, primary='x/m')

    def ask(self, api, scenario, flavour=None, **options):
        self.use(api, scenario, flavour)
        events = self.client.stream_all('hello', **options)
        self.assertEqual([e['type'] for e in events if e['type'] in ('end', 'error')],
                         [events[-1]['type']])
        return events

    def complete(self, api, scenario, **options):
        events = self.ask(api, scenario, **options)
        self.assertEqual(events[-1]['type'], 'end', events[-1])
        return events


def add(cls, kind, api, scenario, check, **options):
    def test(self):
        check(self, api, scenario, **options)
    test.__name__ = f'test_{kind}_{api}_{scenario}'.replace('-', '_')
    setattr(cls, test.__name__, test)


def check_text(self, api, scenario):
    events = self.complete(api, scenario)
    self.assertEqual(text_of(events), HELLO)
    end = events[-1]
    self.assertEqual(end['stop-reason'], 'stop')
    if scenario == 'usage':
        self.assertEqual(end['usage']['input'], USAGE['input'])
        self.assertEqual(end['usage']['output'], USAGE['output'])
        self.assertEqual(end['usage']['cache-read'], USAGE['cache-read'])
    if scenario in ('no-usage', 'null-usage'):
        self.assertEqual(end['usage'], {})


def check_thinking(self, api, scenario):
    events = self.complete(api, scenario, thinking='low')
    thought = ''.join(e['text'] for e in events if e['type'] == 'thinking')
    self.assertNotEqual(thought, '')
    self.assertEqual(text_of(events), HELLO)
    self.assertNotIn('think>', text_of(events) + thought)
    half = len(thought) // 2
    self.assertNotEqual(thought[:half], thought[half:], 'the same thought twice')
    # With thinking off nothing of it is delivered.
    events = self.complete(api, scenario, thinking='off')
    self.assertEqual([e for e in events if e['type'] == 'thinking'], [])
    self.assertEqual(text_of(events), HELLO)


def check_calls(self, api, scenario, count):
    events = self.complete(api, scenario, tools=TOOLS)
    calls = sorted((e for e in events if e['type'] == 'tool-call'), key=lambda c: c['index'])
    self.assertEqual(len(calls), count)
    self.assertEqual([c['index'] for c in calls], list(range(count)))
    self.assertEqual([c['name'] for c in calls], [t['name'] for t in TOOLS[:count]])
    for call in calls:
        self.assertIsInstance(call['arguments'], dict)
    self.assertEqual(len({c['id'] for c in calls}), count)
    self.assertEqual(events[-1]['stop-reason'], 'tool-calls')


def check_error(self, api, scenario, name, has_part):
    events = self.ask(api, scenario, **({'tools': TOOLS} if scenario.startswith('tool') else {}))
    self.assertEqual(events[-1]['type'], 'error', events[-1])
    if name is not None:
        self.assertEqual(events[-1]['name'].rpartition('.')[2], name, events[-1])
    content = [e for e in events if e['type'] in ('text', 'tool-call-start')]
    if has_part is not None:
        self.assertEqual(bool(content), has_part)
    if scenario == 'tool-bad':
        self.assertEqual([e for e in events if e['type'] == 'tool-call'], [])


class TextTest(ApiTest):
    pass


class ThinkingTest(ApiTest):
    pass


class CallTest(ApiTest):
    pass


class ErrorTest(ApiTest):
    pass


for _api in APIS:
    for _scenario in TEXT + TEXT_OF.get(_api, []):
        add(TextTest, 'text', _api, _scenario, check_text)
    for _scenario in THINKING[_api]:
        add(ThinkingTest, 'thinking', _api, _scenario, check_thinking)
    for _scenario in CALLS[_api]:
        add(CallTest, 'call', _api, _scenario, check_calls, count=1)
    for _scenario in TWO_CALLS[_api]:
        add(CallTest, 'calls', _api, _scenario, check_calls, count=2)
    for _scenario, (_name, _part) in {**ERRORS, **ERRORS_OF[_api]}.items():
        add(ErrorTest, 'error', _api, _scenario, check_error, name=_name, has_part=_part)


class ConversationTest(ApiTest):
    """One conversation with a tool, begun with one API and gone on with on another."""

    def run_tool(self, first, second, scenario='tool', **options):
        begun = self.complete(first, scenario, tools=TOOLS, **options)[-1]
        self.use(second, 'keyed')
        history = [{'role': 'user', 'content': 'hello'}]
        for part in begun['parts']:
            if 'arguments' in part:
                part['arguments'] = json.dumps(part['arguments'])
        history.append({'role': 'assistant', 'model': begun['model'], 'content': begun['parts']})
        for call in begun['tool-calls']:
            history.append({'role': 'tool', 'content': [
                {'type': 'tool-result', 'id': call['id'], 'name': call['name'],
                 'content': 'RESULT rain'}]})
        events = self.client.stream_all(history, tools=TOOLS)
        self.assertEqual(events[-1]['type'], 'end', events[-1])
        body = self.session.provider.requests()[-1]['body']
        self.assertEqual(json.dumps(body).count('RESULT rain'), len(begun['tool-calls']))

    def test_every_pair(self):
        for first in APIS:
            for second in APIS:
                with self.subTest(first=first, second=second):
                    self.run_tool(first, second)
                    self.run_tool(first, second, 'tools')

    def test_foreign_thoughts_are_left_out(self):
        for first in APIS:
            for second in APIS:
                with self.subTest(first=first, second=second):
                    self.run_tool(first, second, 'thinking-tool', thinking='low')


class MendTest(ApiTest):
    """Servers that refuse a part of the API get the request once more without it."""

    def test_stream_options(self):
        events = self.complete(COMPLETIONS, 'no-stream-options')
        self.assertEqual(text_of(events), HELLO)
        self.assertEqual(events[-1]['attempts'], [])

    def test_encrypted_thoughts(self):
        self.use(RESPONSES, 'encrypted')
        events = self.client.stream_all('hello')
        self.assertEqual(events[-1]['type'], 'error')
        self.assertEqual(events[-1]['name'].rpartition('.')[2], 'InvalidRequest')


class KeylessTest(ApiTest):
    def test_a_server_that_wants_a_key_after_all(self):
        self.use(COMPLETIONS, 'keyed', key=None)
        events = self.client.stream_all('hello')
        self.assertEqual(events[-1]['name'].rpartition('.')[2], 'CredentialRejected')
        self.assertIn('models auth add --provider x', events[-1]['message'])
        self.assertNotIn('none-needed', events[-1]['message'])


class StopTextTest(ApiTest):
    """The caller's own end, whether the server knows of it or not."""

    def test_answer_ends_there(self):
        for api in APIS:
            for scenario in ('ok', 'bytes', 'ignores-stream'):
                with self.subTest(api=api, scenario=scenario):
                    events = self.complete(api, scenario, stop=['nowhere', 'message'])
                    self.assertEqual(text_of(events), HELLO.partition('message')[0])
                    self.assertEqual(events[-1]['stop-reason'], 'stop')


    def test_it_may_come_first(self):
        for api in APIS:
            with self.subTest(api=api):
                events = self.complete(api, 'ok', stop=['Thanks'])
                self.assertEqual(text_of(events), '')
                self.assertEqual(events[-1]['stop-reason'], 'stop')


class QuietServer(threading.Thread):
    """Sends headers and one event in one piece, and then nothing for a while."""

    def __init__(self):
        super().__init__(daemon=True)
        self.listener = socket.create_server(('127.0.0.1', 0))
        self.port = self.listener.getsockname()[1]
        self.start()

    def run(self):
        while True:
            connection, _ = self.listener.accept()
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    @staticmethod
    def serve(connection):
        with connection:
            if not connection.recv(65536).startswith(b'POST'):
                return
            event = b'data: {"choices":[{"index":0,"delta":{"content":"a"}}]}\n\n'
            connection.sendall(b'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n'
                               b'transfer-encoding: chunked\r\n\r\n%x\r\n%s\r\n'
                               % (len(event), event))
            time.sleep(2)


class PatienceTest(ApiTest):
    def test_waiting_costs_nothing(self):
        server = QuietServer()
        entry = self.session.entry(api=COMPLETIONS, models=['m'])
        entry['baseUrl'] = f'http://127.0.0.1:{server.port}/v1'
        self.session.configure({'x': entry}, primary='x/m')
        self.client.list_models()
        before = self.processor_seconds()
        events = self.client.stream_all('hello')
        self.assertEqual(events[-1]['name'].rpartition('.')[2], 'StreamTruncated')
        # Two seconds of waiting; a loop would take all of them.
        self.assertLess(self.processor_seconds() - before, 1)

    def processor_seconds(self):
        pid = self.client.owner_pid()
        fields = Path(f'/proc/{pid}/stat').read_text().rpartition(')')[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf('SC_CLK_TCK')


class MarkupTest(ApiTest):
    def test_calls_in_text_are_calls(self):
        entry = self.session.entry(api=COMPLETIONS, models=['MiniMax-M2.5'])
        entry['baseUrl'] = self.session.provider.url('lmstudio/leaked-call') + '/v1'
        self.session.configure({'x': entry}, primary='x/MiniMax-M2.5')
        events = self.client.stream_all('hello', tools=TOOLS)
        self.assertEqual([e['name'] for e in events if e['type'] == 'tool-call'], ['weather'])
        self.assertEqual(events[-1]['stop-reason'], 'tool-calls')
        self.assertNotIn('<', text_of(events))


if __name__ == '__main__':
    main()
