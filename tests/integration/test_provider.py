# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""The loopback provider itself: what it says has the shape that the real servers give it."""

import gzip
import http.client
import json
import shutil
import tempfile
import unittest
from pathlib import Path

from provider import Provider
from tap import main

PROMPT = 'Hello there'
ECHO = 'Thanks, I read your message: "Hello there". It came through well.'
THOUGHT = 'The user wrote something. I will say so.'
CITY = {'city': '台北', 'days': 3}
SCHEMA = {'type': 'object', 'properties': {'city': {'type': 'string'}}}
CHAT, RESPONSES, MESSAGES = 'chat/completions', 'responses', 'messages'


class Answer:
    def __init__(self, response, data):
        self.status = response.status
        self.headers = response.headers
        if response.headers.get('content-encoding') == 'gzip':
            data = gzip.decompress(data)
        self.text = data.decode('utf-8', 'replace')

    @property
    def json(self):
        return json.loads(self.text)

    @property
    def events(self):
        """(event, data) of a stream; data is parsed where it is JSON."""
        text = self.text.removeprefix('\ufeff').replace('\r\n', '\n').replace('\r', '\n')
        found = []
        for block in text.split('\n\n')[:-1]:
            fields = [line.partition(':')[::2] for line in block.split('\n')]
            data = '\n'.join(value.removeprefix(' ') for name, value in fields if name == 'data')
            names = [value.strip() for name, value in fields if name == 'event']
            if data:
                try:
                    data = json.loads(data)
                except ValueError:
                    pass
                found.append((names[0] if names else None, data))
        return found

    @property
    def chunks(self):
        return [data for _, data in self.events if isinstance(data, dict)]

    @property
    def deltas(self):
        return [choice['delta'] for chunk in self.chunks for choice in chunk.get('choices') or []
                if choice['index'] == 0 and 'delta' in choice]

    def of_type(self, name):
        return [data for _, data in self.events
                if isinstance(data, dict) and data.get('type') == name]

    def joined(self, name):
        """What all deltas say in that member, or in those responses events."""
        if name.startswith('response.'):
            return ''.join(data['delta'] for data in self.of_type(name))
        return ''.join(delta.get(name) or '' for delta in self.deltas)


class ProviderTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = Path(tempfile.mkdtemp(prefix='ocg-test-'))
        cls.provider = Provider(cls.folder)

    @classmethod
    def tearDownClass(cls):
        status = cls.provider.stop()
        shutil.rmtree(cls.folder)
        assert status == 0, f'the provider ended with {status}'

    def fetch(self, method, path, body=None, key='sk-test', **headers):
        connection = http.client.HTTPConnection('127.0.0.1', self.provider.port, timeout=20)
        headers = {name.replace('_', '-'): value for name, value in headers.items()}
        if key:
            headers['authorization'] = f'Bearer {key}'
        try:
            connection.request(method, path, json.dumps(body) if body is not None else None, headers)
            response = connection.getresponse()
            try:
                return Answer(response, response.read())
            except http.client.IncompleteRead as error:
                return Answer(response, error.partial)
        finally:
            connection.close()

    def chat(self, path='', model='m-1', key='sk-test', messages=None, **more):
        """A streamed request; a member that is None is left out."""
        body = {'model': model, 'stream': True,
                'messages': messages or [{'role': 'user', 'content': PROMPT}],
                'stream_options': {'include_usage': True}, **more}
        if not body['stream']:
            del body['stream_options']
        body = {name: value for name, value in body.items() if value is not None}
        return self.fetch('POST', f'{path}/v1/{CHAT}', body, key)

    def respond(self, path='', model='m-1', key='sk-test', **more):
        body = {'model': model, 'stream': True, 'input': PROMPT, **more}
        body = {name: value for name, value in body.items() if value is not None}
        return self.fetch('POST', f'{path}/v1/{RESPONSES}', body, key)

    def ask(self, api, path, stream=True):
        """The same for each API."""
        if api == MESSAGES:
            return self.fetch('POST', f'{path}/v1/{MESSAGES}',
                              {'model': 'm-1', 'max_tokens': 500, 'stream': stream,
                               'messages': [{'role': 'user', 'content': PROMPT}]},
                              accept_encoding='gzip')
        body = {'model': 'm-1', 'stream': stream, 'input': PROMPT} if api == RESPONSES else {
            'model': 'm-1', 'stream': stream, 'messages': [{'role': 'user', 'content': PROMPT}]}
        return self.fetch('POST', f'{path}/v1/{api}', body, accept_encoding='gzip')

    def text_of(self, api, answer):
        if api == CHAT:
            return answer.joined('content')
        if api == RESPONSES:
            return answer.joined('response.output_text.delta')
        return ''.join(data['delta'].get('text', '')
                       for data in answer.of_type('content_block_delta'))

    def functions(self, *names, flat=False, strict=None):
        tools = []
        for name in names or ('weather', 'news'):
            function = {'name': name, 'parameters': SCHEMA}
            if strict is not None:
                function['strict'] = strict
            tools.append({'type': 'function', **function} if flat
                         else {'type': 'function', 'function': function})
        return tools

    def assert_refused(self, answer, *words, code=None):
        self.assertEqual(answer.status, 400, answer.text)
        for word in words:
            self.assertIn(word, answer.text)
        if code:
            self.assertEqual(answer.json['error']['code'], code)


class GenericTest(ProviderTest):
    """What goes wrong goes wrong with each API."""

    def test_bytes(self):
        for scenario in ('ok', 'crlf', 'cr', 'bytes', 'bytes-crlf', 'bare', 'gzip', 'length',
                         'http10', 'close', 'paced-1', 'delay-50', 'slow-headers-50', 'pings-1',
                         'noise', 'garbage', 'garbage-late', 'marker', 'anthropic', 'stale'):
            for api in (MESSAGES, CHAT, RESPONSES):
                with self.subTest(scenario=scenario, api=api):
                    answer = self.ask(api, f'/{scenario}')
                    self.assertEqual(answer.status, 200)
                    if scenario != 'http10':
                        self.assertIn('text/event-stream', answer.headers['content-type'])
                    text = ECHO + '[e~[ ' if scenario == 'marker' else ECHO
                    garbage = scenario.startswith('garbage')
                    if not garbage:
                        self.assertEqual(self.text_of(api, answer), text)

    def test_failures(self):
        ends = {MESSAGES: 'message_stop', CHAT: '[DONE]', RESPONSES: 'response.completed'}
        for api, end in ends.items():
            for how in ('eof', 'cut', 'reset'):
                for where in ('before', 'after', 'event', 'content', 'end'):
                    with self.subTest(api=api, how=how, where=where):
                        try:
                            answer = self.ask(api, f'/{how}-{where}')
                        except (ConnectionResetError, http.client.RemoteDisconnected):
                            self.assertEqual(how, 'reset')
                            continue
                        self.assertNotIn(end, answer.text)
                        text = self.text_of(api, answer)
                        self.assertTrue(ECHO.startswith(text))
                        self.assertEqual(text == '', where == 'before')
                        self.assertEqual(text == ECHO, where in ('content', 'end'))

    def test_flood(self):
        for api in (MESSAGES, CHAT, RESPONSES):
            with self.subTest(api=api):
                text = self.text_of(api, self.ask(api, '/flood-500'))
                self.assertIn('0000001 0000002 ', text)
                self.assertIn('0000499 0000500 ', text)

    def test_errors_in_streams(self):
        for api in (MESSAGES, CHAT, RESPONSES):
            for scenario in ('event-overloaded', 'event-error', 'event-limit',
                             'event-overloaded-late'):
                with self.subTest(api=api, scenario=scenario):
                    answer = self.ask(api, f'/{scenario}')
                    _, last = answer.events[-1]
                    error = last if api == RESPONSES else last['error']
                    self.assertTrue(error['message'])
                    self.assertEqual(self.text_of(api, answer) != '', 'late' in scenario)

    def test_whole_answers(self):
        for api, kind in ((MESSAGES, 'message'), (CHAT, 'chat.completion'),
                          (RESPONSES, 'response')):
            for path, stream in (('/ok', False), ('/ignores-stream', True)):
                with self.subTest(api=api, path=path):
                    answer = self.ask(api, path, stream)
                    self.assertEqual(answer.headers['content-type'], 'application/json')
                    self.assertEqual(answer.json.get('object', answer.json.get('type')), kind)
                    self.assertIn(json.dumps(ECHO)[1:-1], answer.text)

    def test_errors(self):
        for api in (CHAT, RESPONSES):
            for scenario, status, code in (
                    ('401', 401, 'invalid_api_key'), ('404', 404, 'model_not_found'),
                    ('overflow', 400, 'context_length_exceeded'),
                    ('429-3', 429, 'rate_limit_exceeded'), ('429-billing', 429, 'insufficient_quota'),
                    ('500', 500, None), ('529', 529, None), ('1002', 429, None)):
                with self.subTest(api=api, scenario=scenario):
                    answer = self.ask(api, f'/{scenario}')
                    self.assertEqual(answer.status, status)
                    self.assertLessEqual({'message', 'type', 'param', 'code'},
                                         set(answer.json['error']))
                    self.assertEqual(answer.json['error']['code'], code)
            self.assertEqual(self.ask(api, '/429-3').headers['retry-after'], '3')
            self.assertEqual(self.ask(api, '/429-ms-70').headers['retry-after-ms'], '70')
            self.assertTrue(self.ask(api, '/html').text.startswith('<!DOCTYPE html>'))
            redirect = self.ask(api, '/redirect').headers['location']
            self.assertTrue(redirect.endswith(f'/stolen/v1/{api}'), redirect)
        self.assertIn('(2049)', self.ask(CHAT, '/2049').json['error']['message'])

    def test_sequences_and_unknown(self):
        for api in (CHAT, RESPONSES):
            statuses = [self.ask(api, '/openrouter/429+500+ok').status for _ in range(4)]
            self.assertEqual(statuses, [429, 500, 200, 200])
            self.assertEqual(self.ask(api, '/no-such-thing').status, 404)
        self.assertEqual(self.ask(RESPONSES, '/think-tags').status, 404)
        self.assertEqual(self.ask(CHAT, '/text-done').status, 404)

    def test_keys(self):
        for flavour, status in (('generic', 401), ('openai', 401), ('minimax', 401),
                                ('lmstudio', 200), ('ollama', 200), ('lmstudio/keyed', 401)):
            with self.subTest(flavour=flavour):
                self.assertEqual(self.chat(f'/{flavour}', key=None).status, status)
        self.assertEqual(self.chat('/openai', key='sk-bad-1').json['error']['code'],
                         'invalid_api_key')
        error = self.chat('/minimax', key='sk-bad-1').json
        self.assertEqual((error['type'], error['error']['http_code']), ('error', '401'))
        self.assertIn('(2049)', error['error']['message'])


class CompletionsTest(ProviderTest):
    def test_stream(self):
        for path in ('', '/openai', '/minimax', '/lmstudio', '/openrouter', '/ollama', '/deepseek'):
            with self.subTest(path=path):
                answer = self.chat(path, model='MiniMax-M2.1')
                self.assertEqual(answer.status, 200, answer.text)
                self.assertEqual({name for name, _ in answer.events}, {None})
                self.assertEqual(answer.events[-1][1], '[DONE]')
                self.assertEqual(answer.deltas[0]['role'], 'assistant')
                self.assertEqual(answer.joined('content'), ECHO)
                last, usage = answer.chunks[-2:]
                self.assertEqual(last['choices'][0]['finish_reason'], 'stop')
                self.assertEqual(usage['choices'], [])
                self.assertEqual(usage['usage']['completion_tokens'], 11)
                for chunk in answer.chunks:
                    self.assertEqual(chunk['object'], 'chat.completion.chunk')
                for chunk in answer.chunks[:-2]:
                    self.assertIsNone(chunk['choices'][0]['finish_reason'])

    def test_flavours(self):
        chunks = self.chat('/minimax', model='MiniMax-M2.1').chunks
        self.assertEqual(chunks[1]['choices'][0]['delta']['role'], '')
        self.assertEqual(chunks[1]['choices'][0]['delta']['reasoning_content'], '')
        self.assertEqual(chunks[1]['usage'], {'total_tokens': 0, 'total_characters': 0})
        self.assertIs(chunks[1]['input_sensitive'], False)
        self.assertEqual(chunks[-1]['base_resp'], {'status_code': 0, 'status_msg': ''})
        for delta in self.chat('/lmstudio').deltas:
            self.assertEqual(delta['tool_calls'], [])
        self.assertTrue(self.chat('/openrouter').text.startswith(': OPENROUTER PROCESSING\n\n'))

    def test_usage(self):
        full = {'prompt_tokens': 1340, 'completion_tokens': 200, 'total_tokens': 1540}
        plain = self.chat('/usage')
        self.assertLessEqual(full.items(), plain.chunks[-1]['usage'].items())
        self.assertEqual(plain.chunks[-1]['usage']['prompt_tokens_details'],
                         {'cached_tokens': 300, 'cache_write_tokens': 40})
        self.assertEqual([c['usage'] for c in plain.chunks[:-1]], [None] * (len(plain.chunks) - 1))
        for scenario in ('usage-bare', 'usage-finish', 'usage-each', 'usage-hit-miss',
                         'usage-cached'):
            with self.subTest(scenario=scenario):
                last = self.chat(f'/{scenario}').chunks[-1]
                self.assertLessEqual(full.items(), last['usage'].items())
                self.assertEqual('choices' in last, scenario != 'usage-bare')
        each = [c['usage']['completion_tokens'] for c in self.chat('/usage-each').chunks]
        self.assertEqual(each, sorted(each))
        self.assertEqual(self.chat('/usage-hit-miss').chunks[-1]['usage']['prompt_cache_hit_tokens'],
                         300)
        self.assertEqual(self.chat('/usage-cached').chunks[-1]['usage']['cached_tokens'], 300)
        self.assertEqual(self.chat('/timings').chunks[-1]['timings'],
                         {'prompt_n': 1000, 'predicted_n': 200})
        for answer in (self.chat(stream_options=None), self.chat('/no-usage')):
            self.assertNotIn('usage', answer.text)
        self.assertEqual({c['usage'] for c in self.chat('/null-usage').chunks}, {None})
        self.assertEqual(self.chat('/usage-finish', stream_options=None).chunks[-1]['usage']
                         ['total_tokens'], 1540)
        self.assert_refused(self.chat('/no-stream-options'), 'stream_options')
        self.assertEqual(self.chat('/no-stream-options', stream_options=None).status, 200)

    def calls(self, answer):
        """Assembles calls as a client has to: by index, else by id."""
        calls = []
        for part in (p for d in answer.deltas for p in d.get('tool_calls') or []):
            new = part.get('id') and part['id'] not in [c['id'] for c in calls]
            if new:
                calls.append({'id': part['id'], 'name': part['function']['name'], 'arguments': ''})
            calls[part.get('index', -1)]['arguments'] += part['function']['arguments']
        return [(call['name'], json.loads(call['arguments'])) for call in calls]

    def test_tools(self):
        both = [('weather', CITY), ('news', {'city': 'Oslo'})]
        for path in ('/tools', '/tools-interleaved', '/tools-together', '/tools-no-index',
                     '/tools-repeat', '/lmstudio/tools', '/tool', '/tool-whole', '/tool-with-text',
                     '/tool-stop'):
            with self.subTest(path=path):
                answer = self.chat(path, tools=self.functions())
                self.assertEqual(self.calls(answer), both if 'tools' in path else both[:1])
                self.assertEqual(answer.joined('content'), 'Let me look. ')
                self.assertEqual(answer.chunks[-2]['choices'][0]['finish_reason'],
                                 'stop' if path == '/tool-stop' else 'tool_calls')
        order = [p['index'] for d in self.chat('/tools-interleaved', tools=self.functions()).deltas
                 for p in d.get('tool_calls') or []]
        self.assertEqual(order[:6], [0, 1, 0, 1, 0, 1])
        parts = [p for d in self.chat('/lmstudio/tool', tools=self.functions()).deltas
                 for p in d['tool_calls']]
        self.assertEqual({p['function']['name'] for p in parts[1:]}, {''})
        legacy = self.chat('/tool-legacy', tools=self.functions())
        self.assertEqual(json.loads(''.join(d['function_call']['arguments'] for d in legacy.deltas
                                            if 'function_call' in d)), CITY)
        whole = self.chat('/tools', tools=self.functions(), stream=False).json['choices'][0]
        self.assertEqual(whole['finish_reason'], 'tool_calls')
        self.assertEqual(json.loads(whole['message']['tool_calls'][0]['function']['arguments']), CITY)

    def test_thoughts(self):
        details = lambda d: ''.join(e['text'] for e in d.get('reasoning_details', []))  # noqa: E731
        for path, members in (('/thinking', 'reasoning_content'), ('/reasoning', 'reasoning'),
                              ('/reasoning-text', 'reasoning_text'), ('/reasoning-details', ''),
                              ('/reasoning-both', 'reasoning'), ('/openrouter/thinking', 'reasoning'),
                              ('/lmstudio/thinking', 'reasoning_content'),
                              ('/ollama/thinking', 'reasoning')):
            with self.subTest(path=path):
                answer = self.chat(path)
                if members:
                    self.assertEqual(answer.joined(members), THOUGHT)
                if not members or 'both' in path or 'openrouter' in path:
                    self.assertEqual(''.join(details(d) for d in answer.deltas), THOUGHT)
                self.assertEqual(answer.joined('content'), ECHO)
        mixed = self.chat('/reasoning-mixed').deltas
        self.assertEqual(''.join(d.get('reasoning', d.get('reasoning_content', '')) for d in mixed),
                         THOUGHT)
        snapshots = [details(d) for d in self.chat('/reasoning-snapshots').deltas if details(d)]
        self.assertEqual(snapshots[-1], THOUGHT)
        self.assertTrue(all(THOUGHT.startswith(s) for s in snapshots))
        self.assertNotIn('The user wrote', self.chat('/openai/thinking').text)

    def test_think_tags(self):
        tagged = f'<think>\n{THOUGHT}\n</think>\n\n{ECHO}'
        split = self.chat('/think-tags')
        self.assertEqual(split.joined('content'), tagged)
        self.assertFalse([d for d in split.deltas if '<think>' in d.get('content', '')])
        self.assertEqual(self.chat('/minimax/thinking', model='MiniMax-M2.1').joined('content'),
                         tagged)
        twice = self.chat('/think-twice')
        self.assertEqual((twice.joined('content'), twice.joined('reasoning_content')),
                         (tagged, THOUGHT))
        self.assertEqual(self.chat('/think-open').joined('content'), f'<think>\n{THOUGHT}')
        clean = self.chat('/minimax/thinking', model='MiniMax-M2.1', reasoning_split=True)
        self.assertEqual(clean.joined('content'), ECHO)
        self.assertIn('MiniMax-response-v1', clean.text)

    def test_ends(self):
        for path, finish in (('/refusal', 'stop'), ('/sensitive', 'content_filter'),
                             ('/window', 'length'), ('/odd-stop', 'tea_break'),
                             ('/finish-error', 'error'), ('/no-done', 'stop'), ('/no-finish', None)):
            with self.subTest(path=path):
                answer = self.chat(path)
                reasons = [c['finish_reason'] for chunk in answer.chunks for c in chunk['choices']]
                self.assertEqual([r for r in reasons if r], [finish] if finish else [])
                self.assertEqual(answer.events[-1][1] == '[DONE]', path != '/no-done')
        self.assertEqual(self.chat('/refusal').joined('refusal'), 'I cannot help with that.')
        limited = self.chat(max_tokens=3)
        self.assertEqual(limited.joined('content'), 'Thanks, I read ')
        self.assertEqual(limited.chunks[-2]['choices'][0]['finish_reason'], 'length')
        self.assertEqual(self.chat('/empty-stream').events, [(None, '[DONE]')])
        self.assertEqual(self.chat('/two-choices').joined('content'), ECHO)

    def test_odd_errors(self):
        raw = self.chat('/openrouter/event-raw').chunks[-1]
        self.assertEqual(raw['choices'][0]['finish_reason'], 'error')
        self.assertEqual(json.loads(raw['error']['metadata']['raw'])['type'], 'error')
        self.assertIsInstance(self.chat('/event-string').chunks[-1]['error'], str)
        self.assertEqual(self.chat('/event-overflow').events[-1][0], 'error')
        self.assertNotIn('error', self.chat('/event-bare').chunks[-1])
        self.assertIn('[503]', self.chat('/event-status').chunks[-1]['error']['message'])
        base = self.chat('/event-base-resp').chunks[-1]
        self.assertEqual((base['choices'], base['base_resp']['status_code']), (None, 2056))
        self.assertEqual(self.chat('/1008-choices').json['base_resp']['status_code'], 1008)
        self.assertIsInstance(self.chat('/overflow-string').json['error'], str)
        self.assertEqual(self.chat('/402-number').json['error']['code'], 402)
        endpoint = self.chat('/lmstudio/endpoint')
        self.assertEqual((endpoint.status, endpoint.json), (200, {
            'error': f'Unexpected endpoint or method. (POST /lmstudio/endpoint/v1/{CHAT})'}))
        self.assertEqual(self.chat('/lmstudio/500').json,
                         {'error': 'The server had an error while processing your request. '
                                   'Sorry about that!'})


class CompletionsCheckTest(ProviderTest):
    def result(self, call, text='RESULT rain'):
        return {'role': 'tool', 'tool_call_id': call['id'], 'content': text}

    def call(self, id='call_1', arguments='{"a":1}'):
        return {'id': id, 'type': 'function', 'function': {'name': 'f', 'arguments': arguments}}

    def test_good(self):
        user = {'role': 'user', 'content': 'x'}
        good = [
            ('', {'messages': [{'role': 'system', 'content': 's'}, user]}),
            ('', {'messages': [user, {'role': 'assistant', 'content': None,
                                      'tool_calls': [self.call(), self.call('call_2')]},
                               self.result(self.call('call_2')), self.result(self.call())]}),
            ('', {'messages': [{'role': 'user', 'content': [
                {'type': 'text', 'text': 'x'},
                {'type': 'image_url', 'image_url': {'url': 'data:image/png;base64,aGk='}}]}]}),
            ('/openai', {'model': 'gpt-6-sol', 'max_completion_tokens': 9, 'store': False,
                         'messages': [{'role': 'developer', 'content': 'd'}, user],
                         'tools': self.functions(strict=False), 'reasoning_effort': 'low'}),
            ('/openai', {'model': 'gpt-4o', 'max_tokens': 9, 'temperature': 0}),
            ('/minimax', {'model': 'MiniMax-M3', 'thinking': {'type': 'adaptive'},
                          'reasoning_split': True, 'tools': self.functions(), 'temperature': 1}),
            ('/deepseek', {'messages': [user, {'role': 'assistant', 'content': '',
                                               'reasoning_content': '', 'tool_calls': [self.call()]},
                                        self.result(self.call())]}),
        ]
        for path, body in good:
            with self.subTest(path=path, body=body):
                answer = self.chat(path, **body)
                self.assertEqual(answer.status, 200, answer.text)

    def test_bad(self):
        user = {'role': 'user', 'content': 'x'}
        calling = {'role': 'assistant', 'content': None, 'tool_calls': [self.call()]}
        broken = {**calling, 'tool_calls': [self.call(arguments='{"a":')]}
        bare = [{'type': 'function', 'function': {'name': 'f'}}]
        image = [{'role': 'user', 'content': [{'type': 'image_url', 'image_url': 'data:image/png,'}]}]
        bad = [
            ('', {'model': ''}, 'model'), ('', {'store': False}, 'store'),
            ('', {'messages': [{'role': 'developer', 'content': 'd'}, user]}, 'developer'),
            ('', {'messages': [{'role': 'user', 'content': ''}]}, 'empty'),
            ('', {'messages': [user, calling, user]}, 'call_1'),
            ('', {'messages': [user, self.result(self.call())]}, 'preceding'),
            ('', {'messages': [user, calling, {**self.result(self.call()), 'content': [
                {'type': 'text', 'text': 'x'}]}]}, 'string'),
            ('', {'messages': [user, broken, self.result(self.call())]}, 'arguments'),
            ('', {'messages': [user, {'role': 'assistant', 'content': ''}]}, 'empty'),
            ('', {'messages': image}, 'image_url'), ('', {'tools': []}, 'tools'),
            ('', {'tools': self.functions(flat=True)}, 'function'),
            ('', {'tools': self.functions(strict=True)}, 'strict'),
            ('', {'tools': self.functions('a b')}, 'pattern'),
            ('', {'max_tokens': 0}, 'max_tokens'), ('', {'sparkle': 1}, 'sparkle'),
            ('', {'stream': False, 'sparkle': 1}, 'sparkle'),
            ('/openai', {'model': 'gpt-6-sol', 'max_tokens': 9}, 'unsupported_parameter'),
            ('/openai', {'model': 'o3', 'temperature': 0.5}, 'unsupported_value'),
            ('/openai', {'messages': [user, {'role': 'assistant', 'content': 'x',
                                             'reasoning_content': 'y'}]}, 'reasoning_content'),
            ('/minimax', {'messages': [user, {'role': 'system', 'content': 's'}]},
             'invalid message role: system (2013)'),
            ('/minimax', {'messages': [user, calling, user]}, 'does not follow tool call (2013)'),
            ('/minimax', {'messages': [user, self.result(self.call())]}, 'not found (2013)'),
            ('/minimax', {'messages': [user, broken, self.result(self.call())]},
             'json string'), ('/minimax', {'tools': bare}, 'parameters is empty (2013)'),
            ('/minimax', {'tools': [{'function': {'name': 'f'}}]}, 'invalid tool type'),
            ('/minimax', {'temperature': 0}, '(2013)'), ('/minimax', {'n': 2}, '(2013)'),
            ('/minimax', {'tools': self.functions(), 'tool_choice': 'required'}, '(2013)'),
            ('/minimax', {'model': 'MiniMax-M3', 'thinking': {'type': 'enabled'}}, 'adaptive'),
            ('/minimax', {'model': 'abab', 'reasoning_split': True}, 'reasoning_split'),
            ('/lmstudio', {'response_format': {'type': 'json_object'}}, 'json_schema'),
            ('/deepseek', {'max_completion_tokens': 9}, 'max_completion_tokens'),
            ('/deepseek', {'messages': [user, calling, self.result(self.call())]},
             'reasoning_content'),
        ]
        for path, body, word in bad:
            with self.subTest(path=path, body=body):
                answer = self.chat(path, **body)
                self.assert_refused(answer, word)
                if path == '/minimax':
                    self.assertEqual(answer.json['error']['http_code'], '400')

    def replay(self, path, model, change=None, **more):
        """Has a thought and a call made, and sends them back; @change: of the message."""
        tools = self.functions()
        whole = self.chat(path, model=model, stream=False, tools=tools, **more).json
        message = whole['choices'][0]['message']
        for name in ('refusal', 'audio_content', 'name'):
            message.pop(name, None)
        message = change(message) if change else message
        return self.chat(path, model=more.pop('next_model', model), tools=tools, messages=[
            {'role': 'user', 'content': PROMPT}, message, self.result(message['tool_calls'][0])])

    def test_replay(self):
        def alter(name, value):
            return lambda message: {**message, name: value}

        def alter_details(message):
            return {**message, 'reasoning_details': [{**message['reasoning_details'][0],
                                                      'text': 'Other words.'}]}

        m2 = 'MiniMax-M2.1'
        for path, more in (('/minimax/think-tool', {}), ('/minimax/details-tool', {}),
                           ('/deepseek/thinking-tool', {}), ('/openrouter/thinking-tool', {})):
            with self.subTest(path=path):
                answer = self.replay(path, m2, **more)
                self.assertEqual(answer.status, 200, answer.text)
                self.assertIn('RESULT', answer.joined('content'))
        for path, change in (
                ('/minimax/think-tool', alter('content', '<think>\nNo.\n</think>\n\nLet me look. ')),
                ('/minimax/details-tool', alter_details),
                ('/deepseek/thinking-tool', alter('reasoning_content', 'Other words.')),
                ('/thinking-tool', alter('reasoning_content', 'Other words.'))):
            with self.subTest(path=path, changed=True):
                self.assert_refused(self.replay(path, m2, change), 'reasoning')
        tools = self.functions()
        message = self.chat('/thinking-tool', model=m2, stream=False,
                            tools=tools).json['choices'][0]['message']
        history = [{'role': 'user', 'content': 'x'}, message, self.result(message['tool_calls'][0])]
        self.assertEqual(self.chat(model='MiniMax-M3', messages=history).status, 200)
        self.assert_refused(self.chat(model='other-1', messages=history), 'reasoning')


class ResponsesTest(ProviderTest):
    def test_stream(self):
        answer = self.respond()
        names = [name for name, _ in answer.events]
        self.assertEqual(names[:4], ['response.created', 'response.in_progress',
                                     'response.output_item.added', 'response.content_part.added'])
        self.assertEqual(names[-4:], ['response.output_text.done', 'response.content_part.done',
                                      'response.output_item.done', 'response.completed'])
        self.assertEqual([data['sequence_number'] for _, data in answer.events],
                         list(range(len(names))))
        self.assertEqual(names, [data['type'] for _, data in answer.events])
        self.assertEqual(answer.joined('response.output_text.delta'), ECHO)
        self.assertEqual(answer.of_type('response.output_text.done')[0]['text'], ECHO)
        response = answer.events[-1][1]['response']
        self.assertEqual(response['output'][0],
                         answer.of_type('response.output_item.done')[0]['item'])
        self.assertEqual(response['output'][0]['content'][0]['text'], ECHO)
        self.assertEqual((response['status'], response['error'], response['incomplete_details']),
                         ('completed', None, None))
        ids = {data['item_id'] for _, data in answer.events if 'item_id' in data}
        self.assertEqual(ids, {response['output'][0]['id']})
        usage = self.respond('/usage').events[-1][1]['response']['usage']
        self.assertEqual(usage, {
            'input_tokens': 1340, 'input_tokens_details': {'cached_tokens': 300,
                                                           'cache_write_tokens': 40},
            'output_tokens': 200, 'output_tokens_details': {'reasoning_tokens': 0},
            'total_tokens': 1540})
        self.assertNotIn('sequence_number', self.respond('/lmstudio').text)

    def test_tools(self):
        for path in ('/tools', '/tools-interleaved', '/arguments-done', '/arguments-item',
                     '/index-only', '/lmstudio/tool'):
            with self.subTest(path=path):
                answer = self.respond(path, tools=self.functions(flat=True, strict=False))
                added = [d['item'] for d in answer.of_type('response.output_item.added')
                         if d['item']['type'] == 'function_call']
                self.assertEqual([i['name'] for i in added],
                                 ['weather', 'news'] if 'tools' in path or 'index' in path
                                 else ['weather'])
                deltas = ''.join(
                    d['delta'] for d in answer.of_type('response.function_call_arguments.delta')
                    if d['output_index'] == 1)
                done = [d for d in answer.of_type('response.function_call_arguments.done')
                        if d['output_index'] == 1]
                items = [d['item'] for d in answer.of_type('response.output_item.done')
                         if d['output_index'] == 1]
                self.assertEqual(deltas != '', 'arguments' not in path)
                self.assertEqual(done != [], path != '/arguments-item')
                self.assertEqual(items[0]['arguments'] == '', path == '/arguments-done')
                for text in (deltas, done[0]['arguments'] if done else '', items[0]['arguments']):
                    if text:
                        self.assertEqual(json.loads(text), CITY)
        order = [data['output_index'] for _, data in self.respond(
            '/tools-interleaved', tools=self.functions(flat=True, strict=False)).events
            if 'output_index' in data]
        self.assertEqual(order[:6], [0, 1, 2, 0, 1, 2])

    def test_thoughts(self):
        include = ['reasoning.encrypted_content']
        for path, event in (('/thinking', 'response.reasoning_summary_text'),
                            ('/reasoning', 'response.reasoning_text'),
                            ('/lmstudio/thinking', 'response.reasoning_text')):
            with self.subTest(path=path):
                answer = self.respond(path)
                self.assertEqual(answer.joined(f'{event}.delta'), THOUGHT)
                self.assertEqual(answer.of_type(f'{event}.done')[0]['text'], THOUGHT)
                self.assertNotIn('encrypted_content', answer.text)
        single = self.respond('/lmstudio/thought-done')
        self.assertEqual([d['text'] for d in single.of_type('response.reasoning_text.done')],
                         [THOUGHT])
        self.assertNotIn('"reasoning"', single.text)
        parts = self.respond('/two-parts').of_type('response.reasoning_summary_part.done')
        self.assertEqual([p['part']['text'] for p in parts], THOUGHT.replace('. ', '.|').split('|'))
        secret = self.respond('/openai/thinking', include=include)
        first = secret.of_type('response.output_item.added')[0]['item']['encrypted_content']
        last = secret.of_type('response.output_item.done')[0]['item']['encrypted_content']
        self.assertTrue(last.startswith(first) and last != first)

    def test_where_the_text_is(self):
        for path, deltas, done, item, output in (
                ('/no-part', 1, 1, 1, 1), ('/text-done', 0, 1, 1, 1), ('/text-item', 0, 0, 1, 1),
                ('/text-terminal', 0, 0, 0, 1), ('/empty-output', 1, 1, 1, 0),
                ('/null-content', 1, 0, 0, 1), ('/phase', 1, 1, 1, 1)):
            with self.subTest(path=path):
                answer = self.respond(path)
                items = [d['item']['content'] for d in answer.of_type('response.output_item.done')]
                texts = [answer.joined('response.output_text.delta'),
                         ''.join(d['text'] for d in answer.of_type('response.output_text.done')),
                         items[0][0]['text'] if items and items[0] else '',
                         ''.join(i['content'][0]['text']
                                 for i in answer.events[-1][1]['response']['output'])]
                self.assertEqual([t == ECHO for t in texts],
                                 [bool(n) for n in (deltas, done, item, output)])

    def test_ends(self):
        for path, name, member, value in (
                ('/failed', 'response.failed', 'error', 'server_error'),
                ('/failed-quota', 'response.failed', 'error', 'insufficient_quota'),
                ('/failed-late', 'response.failed', 'error', 'server_error'),
                ('/sensitive', 'response.incomplete', 'incomplete_details', 'content_filter'),
                ('/odd-stop', 'response.incomplete', 'incomplete_details', 'tea_break'),
                ('/cancelled', 'response.cancelled', None, None)):
            with self.subTest(path=path):
                event, data = self.respond(path).events[-1]
                self.assertEqual((event, data['response']['status']), (name, name.split('.')[1]))
                if member:
                    self.assertIn(value, data['response'][member].values())
                whole = self.respond(path, stream=False)
                self.assertEqual((whole.status, whole.json['status']), (200, name.split('.')[1]))
        limited = self.respond(max_output_tokens=3).events[-1][1]['response']
        self.assertEqual(limited['incomplete_details'], {'reason': 'max_output_tokens'})
        self.assertEqual(self.respond('/no-terminal').events[-1][0], 'response.output_item.done')
        self.assertEqual(self.respond('/done').events[-1], (None, '[DONE]'))
        self.assertEqual(self.respond('/refusal').joined('response.refusal.delta'),
                         'I cannot help with that.')
        self.assertEqual(self.respond('/event-limit').events[-1][1]['code'], 'rate_limit_exceeded')
        self.assertEqual(self.respond('/event-wrapped').events[-1][1]['error']['code'],
                         'rate_limit_exceeded')

    def test_checks(self):
        user = {'role': 'user', 'content': 'x'}
        calling = {'type': 'function_call', 'call_id': 'call_1', 'name': 'f', 'arguments': '{}'}
        result = {'type': 'function_call_output', 'call_id': 'call_1', 'output': 'RESULT'}
        said = {'role': 'assistant', 'content': [{'type': 'output_text', 'text': 'y'}]}
        image = {'type': 'input_image', 'detail': 'auto', 'image_url': 'data:image/png;base64,aGk='}
        tools = self.functions(flat=True, strict=False)
        for path, body in (
                ('', {'input': [user, said, user]}), ('', {'input': [user, calling, result]}),
                ('', {'input': [{'role': 'user', 'content': [
                    {'type': 'input_text', 'text': 'x'}, image]}], 'tools': tools}),
                ('/openai', {'input': [{'role': 'developer', 'content': 'd'}, user],
                             'metadata': {}, 'prompt_cache_key': 'k'}),
                ('/openai', {'input': [user, calling, {**result, 'output': [
                    {'type': 'input_text', 'text': 'RESULT'}]}]}),
                ('/lmstudio', {'text': {'format': {'type': 'text'}}})):
            with self.subTest(path=path, body=body):
                answer = self.respond(path, **body)
                self.assertEqual(answer.status, 200, answer.text)
        array = [user, calling, {**result, 'output': [{'type': 'input_text', 'text': 'x'}]}]
        bad = [
            ('', {'messages': []}, 'messages'), ('', {'max_tokens': 9}, 'unknown_parameter'),
            ('', {'stream_options': {'include_usage': True}}, 'stream_options'),
            ('', {'input': []}, 'input'), ('', {'metadata': {}}, 'metadata'),
            ('', {'input': [user, {**said, 'content': [{'type': 'input_text', 'text': 'y'}]}]},
             'output_text'),
            ('', {'input': [{'role': 'user', 'content': [{'type': 'output_text', 'text': 'y'}]}]},
             'input_text'),
            ('', {'input': [user, calling]}, 'No tool output found'),
            ('', {'input': [user, result]}, 'No tool call found'), ('', {'input': array}, 'string'),
            ('', {'input': [user, {**calling, 'id': 'fc_1'}, result]}, 'Ids'),
            ('', {'tools': self.functions(strict=False)}, 'tools[0].name'),
            ('', {'tools': self.functions(flat=True)}, 'tools[0].strict'),
            ('', {'tools': tools, 'tool_choice': {'type': 'function', 'function': {'name': 'f'}}},
             'tool_choice'),
            ('', {'previous_response_id': 'resp_1'}, 'previous_response_not_found'),
            ('/openai', {'max_output_tokens': 5}, '>= 16'),
            ('/openai', {'model': 'gpt-6-sol', 'temperature': 1}, 'unsupported_parameter'),
            ('/openai', {'input': [user, {**calling, 'id': 'call_1'}, result]}, 'fc_'),
            ('/openai', {'input': [{'role': 'user', 'content': [{**image, 'detail': None}]}]},
             'detail'),
            ('/lmstudio', {'text': {}}, 'missing_required_parameter'),
            ('/lmstudio', {'input': array}, 'invalid_union'),
            ('/lmstudio', {'input': [{'role': 'user', 'content': [
                {'type': 'text', 'text': 'x'}]}]}, 'invalid_union'),
        ]
        for path, body, word in bad:
            with self.subTest(path=path, body=body):
                self.assert_refused(self.respond(path, **body), word)

    def test_replay(self):
        include = ['reasoning.encrypted_content']
        tools = self.functions(flat=True, strict=False)
        model = 'gpt-6-sol'
        answer = self.respond('/openai/thinking-tool', model=model, include=include, store=False,
                              tools=tools)
        items = [d['item'] for d in answer.of_type('response.output_item.done')]
        call = items[-1]
        history = [{'role': 'user', 'content': PROMPT}, *items,
                   {'type': 'function_call_output', 'call_id': call['call_id'],
                    'output': 'RESULT rain'}]
        again = self.respond('/openai/thinking-tool', model=model, input=history, tools=tools)
        self.assertEqual(again.status, 200, again.text)
        self.assertIn('RESULT rain', again.joined('response.output_text.delta'))

        def with_first(**change):
            item = {**items[0], **change}
            return [history[0], {n: v for n, v in item.items() if v is not None}, *history[2:]]

        early = answer.of_type('response.output_item.added')[0]['item']['encrypted_content']
        summary = [{'type': 'summary_text', 'text': 'Other words.'}]
        for body, code in ((with_first(summary=summary), 'invalid_encrypted_content'),
                           (with_first(encrypted_content=early), 'invalid_encrypted_content'),
                           (with_first(encrypted_content=None), None),
                           ([history[0], items[0]], None), ([*history, items[0]], None),
                           ([*history, call, history[-1]], None)):
            with self.subTest(code=code, length=len(body)):
                self.assert_refused(self.respond('/openai', model=model, input=body), code=code)
        self.assert_refused(self.respond('/openai', model='o3', input=history),
                            code='invalid_encrypted_content')


class ListsTest(ProviderTest):
    def tearDown(self):
        self.provider.control(flavour=None, lists=None, models=None)

    def get(self, path, key='sk-test', **headers):
        return self.fetch('GET', path, None, key, **headers)

    def test_openai_form(self):
        for path in ('/v1/models', '/minimax/v1/models', '/lmstudio/v1/models', '/tool/v1/models',
                     '/openai/reasoning-details/v1/models'):
            with self.subTest(path=path):
                answer = self.get(path)
                self.assertEqual((answer.status, answer.json['object']), (200, 'list'))
                for row in answer.json['data']:
                    self.assertEqual(row['object'], 'model')
                    self.assertTrue(row['id'])
        anthropic = self.get('/anthropic/v1/models', anthropic_version='2023-06-01').json
        self.assertEqual((anthropic['data'][0]['type'], anthropic['last_id']),
                         ('model', 'MiniMax-M2.1-lightning'))
        self.assertEqual(self.get('/v1/models', key=None).json['error']['type'], 'authorized_error')
        self.assertEqual(self.get('/lmstudio/v1/models', key=None).status, 200)
        self.assertEqual(self.get('/lmstudio/keyed/v1/models', key=None).status, 401)
        self.assertEqual(self.get('/500/v1/models').status, 500)

    def test_lmstudio_form(self):
        models = {m['key']: m for m in self.get('/lmstudio/api/v1/models', key=None).json['models']}
        loaded = models['minimax-m2.1-gs32']
        self.assertEqual((loaded['type'], loaded['max_context_length']), ('llm', 196608))
        self.assertEqual(loaded['loaded_instances'][0]['config']['context_length'], 32768)
        self.assertEqual(loaded['capabilities'], {'vision': False, 'trained_for_tool_use': True})
        self.assertEqual(models['qwen3-8b']['loaded_instances'], [])
        self.assertTrue(models['gemma-3-4b-it']['capabilities']['vision'])
        self.assertEqual(models['text-embedding-nomic-embed-text-v1.5']['type'], 'embedding')
        old = {m['id']: m for m in self.get('/lmstudio/api/v0/models').json['data']}
        self.assertEqual([(m['type'], m['state']) for m in old.values()],
                         [('llm', 'loaded'), ('llm', 'not-loaded'), ('vlm', 'loaded'),
                          ('embeddings', 'not-loaded')])
        self.assertEqual(old['minimax-m2.1-gs32']['loaded_context_length'], 32768)

    def test_ollama_form(self):
        tags = self.get('/ollama/api/tags', key=None).json['models']
        self.assertEqual(tags[1]['name'], 'qwen3-8b')
        show = self.fetch('POST', '/ollama/api/show', {'model': 'qwen3-8b'}, None).json
        self.assertEqual(show['model_info']['qwen3.context_length'], 40960)
        self.assertEqual(show['capabilities'], ['completion', 'tools', 'thinking'])
        missing = self.fetch('POST', '/ollama/api/show', {'model': 'nothing'}, None)
        self.assertEqual((missing.status, missing.json), (404, {'error': "model 'nothing' not found"}))

    def test_control(self):
        self.assertEqual(self.get('/api/v1/models').status, 404)
        self.provider.control(flavour='lmstudio', lists='v1', models=[{'id': 'a', 'context': 5}])
        self.assertEqual([m['id'] for m in self.get('/v1/models', key=None).json['data']], ['a'])
        absent = self.get('/api/v1/models', key=None)
        self.assertEqual((absent.status, absent.json), (200, {
            'error': 'Unexpected endpoint or method. (GET /api/v1/models)'}))
        self.provider.control(lists='api/v1', models=[])
        self.assertEqual(self.get('/api/v1/models', key=None).json, {'models': []})
        self.assertNotIn('data', self.get('/v1/models', key=None).json)
        answer = self.fetch('PUT', '/control', {'flavour': 'vanilla'})
        self.assertEqual((answer.status, answer.json), (400, {'error': 'no such flavour: vanilla'}))
        self.assertTrue(self.provider.fetches('api/v1/models'))

    def test_options(self):
        folder = self.folder / 'other'
        folder.mkdir()
        (folder / 'models.json').write_text('[{"id": "b", "loaded": 99}]')
        other = Provider(folder, '--flavour', 'lmstudio', '--lists', 'api/v1,api/v0', '--models',
                         folder / 'models.json')
        try:
            connection = http.client.HTTPConnection('127.0.0.1', other.port, timeout=20)
            connection.request('GET', '/api/v0/models')
            rows = json.load(connection.getresponse())['data']
            self.assertEqual((rows[0]['id'], rows[0]['loaded_context_length']), ('b', 99))
            connection.close()
        finally:
            self.assertEqual(other.stop(), 0)

    def test_trouble(self):
        for path in ('/lmstudio/html/api/v1/models', '/lmstudio/cut-before/api/v1/models',
                     '/lmstudio/empty/v1/models', '/lmstudio/brackets-body/v1/models',
                     '/ollama/eof-headers/api/tags'):
            with self.subTest(path=path):
                try:
                    text = self.get(path).text
                except http.client.RemoteDisconnected:
                    continue
                with self.assertRaises((ValueError, RecursionError)):
                    json.loads(text)
        self.assertEqual(len(self.get('/lmstudio/gzip/v1/models').json['data']), 4)


if __name__ == '__main__':
    main()
