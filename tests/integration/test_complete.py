#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""Complete(): the answer, what goes over the wire, errors and timeouts."""

import base64
import json
import os
import time

from gi.repository import Gio, GLib

from client import NAME, PATH, messages
from harness import GatewayTest, KEY, PRICES, main

M21 = 'minimax/MiniMax-M2.1'
HELLO = 'Thanks, I read your message: "hello". It came through well.'
CHINESE = '你好！我收到了：「今天天氣如何？」。'
TOOLS = [{'name': 'weather', 'description': 'The weather', 'parameters': json.dumps(
    {'type': 'object', 'properties': {'city': {'type': 'string'}}, 'required': ['city']})},
         {'name': 'time', 'description': 'The time'}]
PNG = base64.b64decode('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwAD'
                       'hgGAWjR9awAAAABJRU5ErkJggg==')


class AnswerTest(GatewayTest):
    def answer(self, scenario, prompt='hello', **options):
        self.session.configure({'minimax': scenario})
        return self.client.complete(prompt, **options)

    def test_completion(self):
        answer = self.client.complete('hello')
        self.assertEqual(answer['text'], HELLO)
        self.assertEqual(answer['requested'], M21)
        self.assertEqual(answer['model'], M21)
        self.assertEqual(answer['profile'], 'minimax:config')
        self.assertEqual(answer['stop-reason'], 'stop')
        self.assertEqual(answer['attempts'], [])
        self.assertEqual(answer['tool-calls'], [])
        self.assertFalse(answer['thinking'])
        self.assertIs(answer['pause'], False)
        self.assertEqual([p['type'] for p in answer['parts']], ['text'])
        self.assertTrue(answer['request'])
        self.assertGreaterEqual(answer['total-ms'], answer['ttft-ms'])

    def test_chinese(self):
        self.assertEqual(self.client.complete('今天天氣如何？')['text'], CHINESE)

    def test_any_framing_gives_the_same_text(self):
        for scenario in ('crlf', 'cr', 'bytes', 'bytes-crlf', 'dribble', 'bare', 'noise', 'length',
                         'http10', 'close', 'gzip', 'two-ends', 'delay-50', 'slow-headers-50',
                         'pings-2', 'paced-1', 'stall-done'):
            with self.subTest(scenario=scenario):
                self.assertEqual(self.answer(scenario, '今天天氣如何？')['text'], CHINESE)

    def test_not_streaming_gives_the_same_answer(self):
        for scenario in ('anthropic', 'length', 'close', 'gzip', 'delay-50'):
            with self.subTest(scenario=scenario):
                answer = self.answer(scenario, '今天天氣如何？', stream=False)
                self.assertEqual(answer['text'], CHINESE)
                self.assertEqual(answer['stop-reason'], 'stop')
        sent = {r['json'].get('stream', False) for r in self.provider.requests()}
        self.assertEqual(sent, {False})

    def test_stop_reasons(self):
        for scenario, reason in (('refusal', 'refusal'), ('pause', 'stop'),
                                 ('sensitive', 'content-filter'), ('window', 'length'),
                                 ('odd-stop', 'stop')):
            for stream in (True, False):
                with self.subTest(scenario=scenario, stream=stream):
                    answer = self.answer(scenario, stream=stream)
                    self.assertEqual(answer['stop-reason'], reason)
                    self.assertIs(answer['pause'], scenario == 'pause')
                    self.assertEqual(bool(answer.get('refusal')), scenario == 'refusal')

    def test_stopped_by_length(self):
        answer = self.answer('anthropic', max_tokens=3)
        self.assertEqual(answer['text'], 'Thanks, I read ')
        self.assertEqual(answer['stop-reason'], 'length')

    def test_end_marker_is_taken_away(self):
        self.assertEqual(self.answer('marker')['text'], HELLO)
        inside = 'An [e~[ inside stays, and so does a piece of it at the end: [e'
        self.assertEqual(self.answer('marker-inside')['text'], inside)

    def test_reasoning_content_is_no_text(self):
        answer = self.answer('reasoning')
        self.assertEqual(answer['text'], HELLO)
        self.assertEqual(answer['thinking'].strip(), 'A thought that must stay out of the text.')

    def test_odd_bytes_do_no_harm(self):
        for scenario in ('bad-utf8', 'nul'):
            with self.subTest(scenario=scenario):
                try:
                    self.answer(scenario)['text'].encode('utf-8')
                except Exception as error:
                    self.assertEqual(error.short, 'ProtocolViolation')
        self.assertEqual(self.answer('anthropic')['text'], HELLO)

    def test_large_things_pass(self):
        self.assertEqual(self.answer('huge')['text'], 'x' * 2 * 1024 * 1024)
        prompt = 'many words ' * 300000
        self.assertTrue(self.answer('anthropic', prompt)['text'])
        self.assertIn(prompt, self.provider.requests()[-1]['body'])

    def test_many_at_once(self):
        clients = [self.session.connect() for _ in range(4)]
        done = [client.start_call('Complete', '(saa{sv}a{sv})', '', messages(f'hello {i}'), {})
                for client in clients for i in range(25)]
        self.wait_until(lambda: all(done), 'a hundred answers', 30)
        for i, answer in enumerate(done):
            self.assertIn(f'hello {i % 25}"', answer[0][0]['text'])

    def test_unlisted_model(self):
        answer = self.client.complete('hello', 'minimax/MiniMax-M9')
        self.assertEqual(answer['model'], 'minimax/MiniMax-M9')
        self.assertNotIn('cost', answer)
        self.assertEqual(self.provider.requests()[-1]['json']['model'], 'MiniMax-M9')

    def test_no_reply_expected_sends_nothing(self):
        for method in ('Complete', 'Stream'):
            message = Gio.DBusMessage.new_method_call(NAME, PATH, NAME, method)
            message.set_body(GLib.Variant('(saa{sv}a{sv})', ('', messages('hello'), {})))
            message.set_flags(Gio.DBusMessageFlags.NO_REPLY_EXPECTED)
            self.client.connection.send_message(message, Gio.DBusSendMessageFlags.NONE)
        self.client.connection.flush_sync(None)
        self.client.spin(0.3)
        self.client.get('Version')
        self.assertEqual(self.provider.requests(), [])


class WireTest(GatewayTest):
    def sent(self, prompt='hello', model='', **options):
        self.client.complete(prompt, model, **options)
        return self.provider.requests()[-1]

    def test_request(self):
        request = self.sent()
        headers, body = request['headers'], request['json']
        self.assertEqual(request['path'], '/anthropic/v1/messages')
        self.assertEqual(headers['authorization'], f'Bearer {KEY}')
        self.assertNotIn('x-api-key', headers)
        self.assertNotIn('anthropic-beta', headers)
        self.assertTrue(headers['content-type'].startswith('application/json'))
        self.assertEqual(headers['anthropic-version'], '2023-06-01')
        self.assertRegex(headers['user-agent'].lower(), 'openclaw')
        self.assertEqual(body['model'], 'MiniMax-M2.1')
        self.assertIs(body['stream'], True)
        self.assertEqual(body['max_tokens'], 8192)
        self.assertEqual(len(body['messages']), 1)
        self.assertNotIn('temperature', body)
        self.assertNotIn('tools', body)

    def test_options(self):
        body = self.sent(system='Be brief.', max_tokens=77, temperature=0.5, top_p=0.9,
                         stop=['END'])['json']
        self.assertEqual(body['max_tokens'], 77)
        self.assertEqual(body['temperature'], 0.5)
        self.assertEqual(body['top_p'], 0.9)
        self.assertEqual(body.get('stop_sequences', ['END']), ['END'])
        system = body['system']
        self.assertEqual(system if isinstance(system, str) else system[0]['text'], 'Be brief.')

    def test_system_message_goes_to_the_system_slot(self):
        body = self.sent([{'role': 'system', 'content': 'Be brief.'},
                          {'role': 'user', 'content': 'hello'}])['json']
        system = body['system']
        self.assertEqual(system if isinstance(system, str) else system[0]['text'], 'Be brief.')
        self.assertEqual([m['role'] for m in body['messages']], ['user'])

    def test_any_number_type(self):
        for kind in 'ynqiuxt':
            with self.subTest(kind=kind):
                body = self.sent(max_tokens=GLib.Variant(kind, 50))['json']
                self.assertEqual(body['max_tokens'], 50)
        for value in (GLib.Variant('i', 1), GLib.Variant('u', 1), GLib.Variant('d', 1.0)):
            with self.subTest(temperature=str(value)):
                self.assertEqual(self.sent(temperature=value)['json']['temperature'], 1)

    def test_unknown_options_are_ignored(self):
        self.assertEqual(self.client.complete('hello', made_up='x', another=[])['text'], HELLO)

    def test_tools(self):
        body = self.sent(tools=TOOLS, tool_choice='auto')['json']
        self.assertEqual([t['name'] for t in body['tools']], ['weather', 'time'])
        self.assertEqual(body['tools'][0]['input_schema'], json.loads(TOOLS[0]['parameters']))
        self.assertEqual(body['tools'][1]['input_schema']['type'], 'object')
        self.assertEqual(body['tool_choice']['type'], 'auto')
        body = self.sent(tools=TOOLS, tool_choice={'name': 'time'})['json']
        self.assertEqual(body['tool_choice'], {'type': 'tool', 'name': 'time'})
        body = self.sent(tools=TOOLS, tool_choice='required')['json']
        self.assertEqual(body['tool_choice']['type'], 'any')

    def test_roles_alternate_on_the_wire_or_are_merged(self):
        body = self.sent([{'role': 'user', 'content': 'one'}, {'role': 'user', 'content': 'two'},
                          {'role': 'assistant', 'content': 'three'},
                          {'role': 'user', 'content': 'four'}])['json']
        text = json.dumps(body['messages'])
        for word in ('one', 'two', 'three', 'four'):
            self.assertIn(word, text)

    def test_empty_texts_are_left_out(self):
        self.sent([{'role': 'user', 'content': [{'type': 'text', 'text': 'hello'},
                                                {'type': 'text', 'text': '  '}]}])

    def test_x_api_key_for_anthropic(self):
        self.session.configure({'anthropic': self.session.entry(
            'anthropic-strict', models=['claude-sonnet-4-6'])},
            primary='anthropic/claude-sonnet-4-6')
        headers = self.sent()['headers']
        self.assertEqual(headers['x-api-key'], KEY)
        self.assertNotIn('authorization', headers)

    def test_auth_header_setting(self):
        self.session.configure({'mine': self.session.entry(models=['A-1'], authHeader=True)},
                               primary='mine/A-1')
        self.assertEqual(self.sent()['headers']['authorization'], f'Bearer {KEY}')

    def test_configured_headers_are_sent(self):
        self.session.configure({'minimax': self.session.entry(headers={'X-Team': 'blue'})})
        self.assertEqual(self.sent()['headers']['x-team'], 'blue')

    def test_pasted_urls_are_normalised(self):
        for tail in ('/', '/v1', '/v1/', '/v1/messages'):
            with self.subTest(tail=tail):
                entry = self.session.entry()
                entry['baseUrl'] += tail
                self.session.configure({'minimax': entry})
                self.assertEqual(self.sent()['path'], '/anthropic/v1/messages')


class ContentTest(GatewayTest):
    def answer(self, scenario, prompt='hello', model='', fds=(), **options):
        self.session.configure({'minimax': self.session.entry(
            scenario, models=['MiniMax-M2.1', 'MiniMax-M3'])})
        return self.client.complete(prompt, model, fds, **options)

    def test_thinking_is_kept_apart(self):
        for stream in (True, False):
            with self.subTest(stream=stream):
                answer = self.answer('thinking', stream=stream)
                self.assertEqual(answer['text'], HELLO)
                self.assertEqual(answer['thinking'], 'The user wrote something. I will say so.')
                self.assertEqual([p['type'] for p in answer['parts']], ['thinking', 'text'])

    def test_thinking_off_keeps_it_for_replay_only(self):
        answer = self.answer('thinking', thinking='off')
        self.assertFalse(answer['thinking'])
        self.assertEqual([p['type'] for p in answer['parts']], ['thinking', 'text'])

    def test_thinking_goes_back_unchanged(self):
        for scenario in ('thinking', 'redacted'):
            with self.subTest(scenario=scenario):
                first = self.answer(scenario)
                self.answer(scenario, [
                    {'role': 'user', 'content': 'hello'},
                    {'role': 'assistant', 'content': first['parts'], 'model': first['model']},
                    {'role': 'user', 'content': 'and now?'}])
                sent = self.provider.requests(scenario)[-1]['json']['messages'][1]['content']
                if scenario == 'redacted':
                    self.assertEqual(sent[0], {'type': 'redacted_thinking',
                                               'data': 'bm90IGZvciB5b3U='})
                else:
                    self.assertEqual(sent[0]['thinking'], first['thinking'])
                    self.assertTrue(sent[0]['signature'])
                self.assertEqual(sent[1]['text'], HELLO)

    def test_foreign_thinking_is_never_sent(self):
        for replay in ('', 'made up', json.dumps({'api': 'openai-responses', 'family': 'openai'})):
            with self.subTest(replay=replay):
                self.answer('anthropic', [
                    {'role': 'user', 'content': 'hello'},
                    {'role': 'assistant', 'content': [
                        {'type': 'thinking', 'text': 'secret thought', 'replay': replay},
                        {'type': 'text', 'text': 'Hi.'}]},
                    {'role': 'user', 'content': 'and now?'}])
                self.assertNotIn('signature', self.provider.requests()[-1]['body'])

    def tool_round(self, scenario, n_calls):
        first = self.answer(scenario, tools=TOOLS)
        self.assertEqual(first['stop-reason'], 'tool-calls')
        calls = first['tool-calls']
        self.assertEqual([c['name'] for c in calls], ['weather', 'time'][:n_calls])
        self.assertEqual(json.loads(calls[0]['arguments']), {'city': '台北', 'days': 3})
        results = [{'role': 'tool', 'content': [
            {'type': 'tool-result', 'id': c['id'], 'name': c['name'], 'content': f'RESULT {i}',
             'is-error': False}]} for i, c in enumerate(calls)]
        second = self.answer(scenario, [
            {'role': 'user', 'content': 'weather?'},
            {'role': 'assistant', 'content': first['parts'], 'model': first['model']},
            *results], tools=TOOLS)
        self.assertEqual(second['stop-reason'], 'stop')
        self.assertIn('RESULT 0', second['text'])
        sent = self.provider.requests()[-1]['json']['messages']
        self.assertEqual([m['role'] for m in sent], ['user', 'assistant', 'user'])
        self.assertEqual([b['type'] for b in sent[2]['content']], ['tool_result'] * n_calls)

    def test_tool_rounds(self):
        for scenario, n_calls in (('tool', 1), ('tools', 2), ('tool-whole', 1),
                                  ('thinking-tool', 1)):
            with self.subTest(scenario=scenario):
                self.tool_round(scenario, n_calls)

    def test_empty_arguments(self):
        self.assertEqual(json.loads(self.answer('tool-empty')['tool-calls'][0]['arguments']), {})

    def test_bad_arguments(self):
        self.assertDBusError('ProtocolViolation', self.answer, 'tool-bad')

    def image(self, fds=(), **part):
        self.answer('anthropic', [{'role': 'user', 'content': [
            {'type': 'text', 'text': 'What is this?'},
            {'type': 'image', 'media-type': 'image/png', **part}]}], 'minimax/MiniMax-M3', fds)
        blocks = self.provider.requests()[-1]['json']['messages'][0]['content']
        source = [b for b in blocks if b['type'] == 'image'][0]['source']
        self.assertEqual(source['media_type'], 'image/png')
        self.assertEqual(base64.b64decode(source['data']), PNG)

    def test_image_data(self):
        self.image(data=PNG)

    def test_image_by_descriptor(self):
        memory = os.memfd_create('image')
        os.write(memory, PNG)
        os.lseek(memory, 0, os.SEEK_SET)
        read_end, write_end = os.pipe()
        os.write(write_end, PNG)
        os.close(write_end)
        path = self.session.folder / 'image.png'
        path.write_bytes(PNG)
        regular = os.open(path, os.O_RDONLY)
        for name, fd in (('memfd', memory), ('pipe', read_end), ('file', regular)):
            with self.subTest(kind=name):
                self.image([fd], fd=GLib.Variant('h', 0))
            os.close(fd)

    def test_usage_and_cost(self):
        cost = (1000 * PRICES['input'] + 200 * PRICES['output'] + 300 * PRICES['cacheRead']
                + 40 * PRICES['cacheWrite']) / 1e6
        for scenario in ('usage', 'usage-start'):
            for stream in (True, False):
                with self.subTest(scenario=scenario, stream=stream):
                    answer = self.answer(scenario, stream=stream)
                    self.assertEqual(answer['usage'], {'input': 1000, 'output': 200,
                                                       'cache-read': 300, 'cache-write': 40})
                    self.assertAlmostEqual(answer['cost'], cost, 12)

    def test_unknown_usage_is_not_zero(self):
        for scenario in ('no-usage', 'null-usage'):
            with self.subTest(scenario=scenario):
                answer = self.answer(scenario)
                self.assertEqual(answer['usage'], {})
                self.assertNotIn('cost', answer)


class ErrorTest(GatewayTest):
    # scenario, error, how many requests are sent at most
    TABLE = (
        ('400', 'InvalidRequest', 1), ('2013', 'InvalidRequest', 1), ('409', 'InvalidRequest', 1),
        ('overflow', 'ContextOverflow', 1), ('overflow-2013', 'ContextOverflow', 1),
        ('413', 'ContextOverflow', 1), ('400-billing', 'QuotaExceeded', 1),
        ('402', 'QuotaExceeded', 1), ('1008', 'QuotaExceeded', 1), ('1008-500', 'QuotaExceeded', 1),
        ('1008-200', 'QuotaExceeded', 1), ('429-billing', 'QuotaExceeded', 1),
        ('401', 'CredentialRejected', 1), ('1004', 'CredentialRejected', 1),
        ('2049', 'CredentialRejected', 1), ('403', 'CredentialRejected', 1),
        ('404', 'UnknownModel', 1), ('2061', 'UnknownModel', 1),
        ('1026', 'ContentFiltered', 1), ('1027-200', 'ContentFiltered', 1),
        ('429-30', 'RateLimited', 1), ('429-1', 'RateLimited', 2), ('429-plain', 'RateLimited', 1),
        ('429-ms-200', 'RateLimited', 2), ('402-window', 'RateLimited', 1),
        ('1002', 'RateLimited', 1), ('2056', 'RateLimited', 1), ('event-limit', 'RateLimited', 1),
        ('500', 'ProviderError', 3), ('500-html', 'ProviderError', 3),
        ('500-empty', 'ProviderError', 3), ('1033', 'ProviderError', 3),
        ('502', 'ProviderError', 3), ('big-error', 'ProviderError', 3),
        ('event-error', 'ProviderError', 3),
        ('503', 'Overloaded', 3), ('529', 'Overloaded', 3), ('error-200', 'Overloaded', 3),
        ('event-overloaded', 'Overloaded', 3), ('504', 'Timeout', 2),
        ('html', 'ProtocolViolation', 2), ('null', 'ProtocolViolation', 2),
        ('odd-json', 'ProtocolViolation', 2), ('garbage', 'ProtocolViolation', 2),
        ('brackets', 'ProtocolViolation', 2), ('endless-line', 'ProtocolViolation', 2),
        ('brackets-body', 'ProtocolViolation', 2),
        ('redirect', 'InvalidRequest', 1), ('redirect-307', 'InvalidRequest', 1),
        ('redirect-same', 'InvalidRequest', 1),
        ('cut-start', 'Network', 2), ('reset-start', 'Network', 2),
        ('eof-before', 'StreamTruncated', 2), ('eof-headers', 'StreamTruncated', 2),
        ('eof-after', 'StreamTruncated', 1), ('eof-end', 'StreamTruncated', 1),
        ('event-overloaded-late', 'Overloaded', 1), ('garbage-late', 'ProtocolViolation', 1),
    )

    def test_table(self):
        for scenario, name, n_requests in self.TABLE:
            with self.subTest(scenario=scenario):
                # A provider of its own, so that no cooldown of another row is in the way.
                provider = 'p-' + scenario
                self.session.configure({provider: scenario}, primary=f'{provider}/MiniMax-M2.1')
                message = self.assertDBusError(name, self.client.complete, 'hello',
                                               timeout_ms=20000)
                self.assertNotIn(KEY, message)
                sent = len(self.provider.requests(f'{scenario}/'))
                self.assertTrue(1 <= sent <= n_requests, f'{sent} requests')
        self.assertEqual(self.provider.requests('stolen'), [], 'a redirect was followed')
        self.session.configure()
        self.assertEqual(self.client.complete('hello')['text'], HELLO)

    def test_broken_connections(self):
        for scenario in ('cut-headers', 'cut-before', 'reset-headers', 'reset-before', 'cut-after',
                         'reset-after', 'cut-event', 'cut-content', 'reset-end', 'empty'):
            with self.subTest(scenario=scenario):
                provider = 'p-' + scenario
                self.session.configure({provider: scenario}, primary=f'{provider}/MiniMax-M2.1')
                with self.assertRaises(Exception) as caught:
                    self.client.complete('hello')
                expected = ('Network', 'StreamTruncated', 'ProtocolViolation')
                if scenario.partition('-')[2] in ('after', 'event', 'content', 'end'):
                    expected = ('StreamTruncated',)
                self.assertIn(caught.exception.short, expected)

    def test_message_says_what_and_who_and_what_next(self):
        self.session.configure({'minimax': '2049'})
        message = self.assertDBusError('CredentialRejected', self.client.complete, 'hello')
        self.assertMentions(message, 'minimax', 'invalid api key (2049)', 'openclawctl')
        self.assertIn('region', message.lower())
        self.session.configure({'p2': '400'}, primary='p2/MiniMax-M2.1')
        message = self.assertDBusError('InvalidRequest', self.client.complete, 'hello')
        self.assertMentions(message, 'p2/MiniMax-M2.1', 'Input should be a valid list')

    def test_echoed_keys_are_masked(self):
        for scenario in ('echo-key', 'event-key'):
            with self.subTest(scenario=scenario):
                provider = 'p-' + scenario
                self.session.configure({provider: scenario}, primary=f'{provider}/MiniMax-M2.1')
                message = self.assertDBusError('CredentialRejected', self.client.complete, 'hello')
                self.assertNotIn(KEY, message)
        self.assertNotIn(KEY, self.session.daemon_log())

    def test_missing_credential(self):
        self.session.start_keyring()
        self.session.configure({'minimax': self.session.entry(key=None)})
        message = self.assertDBusError('CredentialMissing', self.client.complete, 'hello')
        self.assertMentions(message, 'minimax', 'openclawctl models auth')
        self.session.configure({'minimax': self.session.entry(key='${NOT_SET_ANYWHERE}')})
        message = self.assertDBusError('CredentialMissing', self.client.complete, 'hello')
        self.assertMentions(message, 'NOT_SET_ANYWHERE')
        self.assertEqual(self.provider.requests(), [])

    def test_nothing_is_sent_for_models_that_do_not_resolve(self):
        self.assertDBusError('UnknownModel', self.client.complete, 'hello', 'nobody/thing')
        self.session.configure(defaults={'models': {M21: {}}})
        self.assertDBusError('ModelNotAllowed', self.client.complete, 'hello', 'minimax/Other')
        self.assertEqual(self.provider.requests(), [])

    def test_unsupported_api(self):
        self.session.configure({'odd': self.session.entry(models=['A'],
                                                          api='bedrock-converse-stream')},
                               primary='odd/A')
        self.assertDBusError('NotSupported', self.client.complete, 'hello')

    def test_nobody_listens(self):
        self.session.configure({'gone': self.session.entry(baseUrl='http://127.0.0.1:9/anthropic',
                                                           models=['A'])}, primary='gone/A')
        message = self.assertDBusError('Network', self.client.complete, 'hello')
        self.assertIn('127.0.0.1', message)

    def test_stale_connection_is_replaced(self):
        self.session.configure({'minimax': 'stale'})
        for _ in range(3):
            answer = self.client.complete('hello')
            self.assertEqual(answer['text'], HELLO)


class TimeoutTest(GatewayTest):
    def test_total(self):
        for scenario in ('stall-start', 'stall-headers', 'stall-before', 'stall-after', 'pings'):
            with self.subTest(scenario=scenario):
                provider = 'p-' + scenario
                self.session.configure({provider: scenario}, primary=f'{provider}/MiniMax-M2.1')
                start = time.monotonic()
                self.assertDBusError('Timeout', self.client.complete, 'hello', timeout_ms=600)
                self.assertTrue(0.5 < time.monotonic() - start < 3)
                self.wait_until(lambda: self.provider.aborted(scenario), 'the upstream to end', 1)

    def test_idle(self):
        self.session.configure({'minimax': 'stall-after'})
        start = time.monotonic()
        self.assertDBusError('Timeout', self.client.complete, 'hello', idle_timeout_ms=400)
        self.assertLess(time.monotonic() - start, 5)

    def test_pings_reset_the_idle_timer(self):
        self.session.configure({'minimax': 'pings-15'})
        self.assertEqual(self.client.complete('hello', idle_timeout_ms=500)['text'], HELLO)

    def test_answer_comes_before_the_library_gives_up(self):
        self.session.configure({'minimax': 'stall-after'})
        start = time.monotonic()
        self.assertDBusError('Timeout', self.client.complete, 'hello', timeout=25)
        self.assertTrue(23 < time.monotonic() - start < 25)
        self.wait_until(lambda: self.provider.aborted(), 'the upstream to end', 1)

    def test_vanished_caller_ends_the_request(self):
        self.session.configure({'minimax': 'stall-after'}, fallbacks=['minimax/Other'])
        other = self.session.connect()
        other.start_call('Complete', '(saa{sv}a{sv})', '', messages('hello'), {})
        self.wait_until(self.provider.requests, 'the request')
        other.close()
        self.wait_until(self.provider.aborted, 'the upstream to end', 1)
        self.client.spin(0.3)
        self.assertEqual(len(self.provider.requests()), 1, 'something was retried for nobody')


if __name__ == '__main__':
    main()
