#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""Stream(): the lines on the pipe, and what happens when one side stops."""

import json
import os
import re
import subprocess
import time
from pathlib import Path

from client import ERROR, REQUEST, Signals, messages, text_of
from harness import GatewayTest, KEY, PRICES, main

M21 = 'minimax/MiniMax-M2.1'
HELLO = 'Thanks, I read your message: "hello". It came through well.'
TOOLS = [{'name': 'weather', 'description': 'The weather', 'parameters': '{"type":"object"}'}]
ENDINGS = ('end', 'error')


class StreamTest(GatewayTest):
    def events(self, scenario, prompt='hello', **options):
        self.session.configure({'minimax': scenario})
        events = self.client.stream_all(prompt, **options)
        self.assertEqual(events[0]['type'], 'start')
        self.assertEqual([e['type'] for e in events if e['type'] in ENDINGS],
                         [events[-1]['type']], 'not exactly one ending, last')
        return events

    def rss(self):
        status = Path(f'/proc/{self.session.daemon.pid}/status').read_text()
        return int(status.partition('VmRSS:')[2].split()[0]) * 1024


class OrderTest(StreamTest):
    def test_answer(self):
        events = self.events('usage')
        self.assertEqual(set(events[0]), {'type', 'request', 'requested', 'model'})
        self.assertEqual(events[0]['requested'], M21)
        self.assertEqual(text_of(events), HELLO)
        self.assertGreater(len([e for e in events if e['type'] == 'text']), 3)
        usage = {'input': 1000, 'output': 200, 'cache-read': 300, 'cache-write': 40}
        self.assertEqual([{k: v for k, v in e.items() if k != 'type'} for e in events
                          if e['type'] == 'usage'][-1], usage)
        end = events[-1]
        self.assertEqual(end['type'], 'end')
        self.assertEqual(end['request'], events[0]['request'])
        self.assertEqual((end['requested'], end['model']), (M21, M21))
        self.assertEqual(end['profile'], 'minimax:config')
        self.assertEqual(end['stop-reason'], 'stop')
        self.assertEqual(end['usage'], usage)
        self.assertEqual(end['attempts'], [])
        self.assertAlmostEqual(end['cost'], (1000 * PRICES['input'] + 200 * PRICES['output']
                                             + 300 * PRICES['cacheRead']
                                             + 40 * PRICES['cacheWrite']) / 1e6, 12)
        self.assertNotIn('text', end)
        self.assertNotIn('thinking', end)

    def test_text_arrives_while_it_is_made(self):
        self.session.configure({'minimax': 'paced-100'})
        _, events = self.client.stream('hello')
        first = events.wait_for('text')
        start = time.monotonic()
        rest = events.rest()
        self.assertGreater(time.monotonic() - start, 0.5)
        self.assertEqual(first['text'] + text_of(rest), HELLO)

    def test_chinese_byte_by_byte(self):
        events = self.events('bytes-crlf', '今天天氣如何？')
        self.assertEqual(text_of(events), '你好！我收到了：「今天天氣如何？」。')

    def test_thinking(self):
        events = self.events('thinking')
        kinds = [e['type'] for e in events]
        self.assertEqual(''.join(e['text'] for e in events if e['type'] == 'thinking'),
                         'The user wrote something. I will say so.')
        self.assertEqual(text_of(events), HELLO)
        self.assertLess(max(i for i, k in enumerate(kinds) if k == 'thinking'), kinds.index('text'))
        self.assertEqual([p['type'] for p in events[-1]['parts']], ['thinking', 'text'])

    def test_thinking_off(self):
        events = self.events('thinking', thinking='off')
        self.assertEqual([e for e in events if e['type'] == 'thinking'], [])
        self.assertEqual(text_of(events), HELLO)

    def test_end_marker_never_shows(self):
        self.assertEqual(text_of(self.events('marker')), HELLO)

    def test_tool_call(self):
        events = [e for e in self.events('tool', tools=TOOLS) if e['type'].startswith('tool')]
        start, call = events[0], events[-1]
        self.assertEqual(start['type'], 'tool-call-start')
        self.assertEqual(start['name'], 'weather')
        self.assertEqual(call['type'], 'tool-call')
        self.assertEqual(call['arguments'], {'city': '台北', 'days': 3})
        self.assertEqual((call['index'], call['id'], call['name']),
                         (start['index'], start['id'], 'weather'))
        pieces = ''.join(e['arguments'] for e in events if e['type'] == 'tool-call-delta')
        self.assertEqual(json.loads(pieces), call['arguments'])

    def test_two_tool_calls(self):
        two = TOOLS + [{'name': 'time', 'description': 'The time'}]
        events = self.events('tools', tools=two)
        calls = [e for e in events if e['type'] == 'tool-call']
        self.assertEqual([c['name'] for c in calls], ['weather', 'time'])
        self.assertEqual(len({c['index'] for c in calls}), 2)
        self.assertEqual(events[-1]['stop-reason'], 'tool-calls')
        self.assertEqual([c['id'] for c in events[-1]['tool-calls']], [c['id'] for c in calls])

    def test_fallback_is_an_event(self):
        self.session.configure({'first': '402', 'second': 'ok'}, primary='first/MiniMax-M2.1',
                               fallbacks=['second/MiniMax-M2.1'])
        events = self.client.stream_all('hello')
        fallback = [e for e in events if e['type'] == 'fallback'][0]
        self.assertEqual((fallback['from'], fallback['to']),
                         ('first/MiniMax-M2.1', 'second/MiniMax-M2.1'))
        self.assertEqual(fallback['error'], ERROR + 'QuotaExceeded')
        self.assertTrue(fallback['message'])
        end = events[-1]
        self.assertEqual(end['model'], 'second/MiniMax-M2.1')
        self.assertEqual(end['attempts'][0]['error'], ERROR + 'QuotaExceeded')

    def test_not_streaming_upstream_is_the_same_here(self):
        events = self.events('thinking', stream=False)
        self.assertEqual(text_of(events), HELLO)
        self.assertEqual(events[-1]['type'], 'end')

    def test_flood_arrives_whole_and_in_order(self):
        events = self.events('flood-50000')
        numbers = re.findall(r'\d{7}', text_of(events))
        self.assertTrue(numbers == [f'{i:07}' for i in range(1, 50001)], numbers[:20])

    def test_answer_ends_at_the_terminal_event(self):
        start = time.monotonic()
        self.assertEqual(self.events('stall-done')[-1]['type'], 'end')
        self.assertLess(time.monotonic() - start, 2)

    def test_any_process_can_read(self):
        _, fd = self.client.call('Stream', '(saa{sv}a{sv})', '', messages('hello'), {})
        output = subprocess.run(['cat'], stdin=fd, capture_output=True, timeout=20,
                                check=True).stdout.decode('utf-8')
        lines = [json.loads(line) for line in output.splitlines()]
        self.assertEqual(text_of(lines), HELLO)
        self.assertTrue(output.endswith('\n'))
        os.close(fd)


class FailureTest(StreamTest):
    def error(self, scenario, **options):
        event = self.events(scenario, **options)[-1]
        self.assertEqual(event['type'], 'error')
        return event

    def test_error_object(self):
        error = self.error('429-30')
        self.assertEqual(error['name'], ERROR + 'RateLimited')
        self.assertIn("organization's rate limit", error['message'])
        self.assertIs(error['retryable'], True)
        self.assertEqual(error['retry-after-ms'], 30000)
        self.assertEqual(error['http-status'], 429)
        self.assertEqual(error['request-id'], 'req_loopback_1')
        self.assertEqual(error['model'], M21)
        self.assertEqual(error['profile'], 'minimax:config')
        self.assertEqual(error['attempts'][-1]['error'], ERROR + 'RateLimited')

    def test_retry_after_in_all_its_forms(self):
        for scenario, low, high in (('429-ms-45000', 45000, 45000),
                                    ('2056', 9 * 60000, 10 * 60000)):
            with self.subTest(scenario=scenario):
                provider = 'p-' + scenario
                self.session.configure({provider: scenario}, primary=f'{provider}/MiniMax-M2.1')
                error = self.client.stream_all('hello')[-1]
                self.assertTrue(low <= error['retry-after-ms'] <= high, error)

    def test_provider_code(self):
        for scenario, code, status in (('2049', '2049', 401), ('1008-200', '1008', 200),
                                       ('1027-200', '1027', 200)):
            with self.subTest(scenario=scenario):
                provider = 'p-' + scenario
                self.session.configure({provider: scenario}, primary=f'{provider}/MiniMax-M2.1')
                error = self.client.stream_all('hello')[-1]
                self.assertEqual((error['provider-code'], error['http-status']), (code, status))
                self.assertIs(error['retryable'], False)

    def test_no_answer_has_no_status(self):
        self.session.configure({'gone': self.session.entry(baseUrl='http://127.0.0.1:9/anthropic',
                                                           models=['A'])}, primary='gone/A')
        error = self.client.stream_all('hello')[-1]
        self.assertEqual(error['name'], ERROR + 'Network')
        self.assertNotIn('http-status', error)

    def test_truncated_streams(self):
        for scenario in ('eof-after', 'cut-after', 'reset-after', 'eof-event', 'cut-event',
                         'eof-content', 'cut-content', 'eof-end', 'cut-end', 'tool-cut'):
            with self.subTest(scenario=scenario):
                events = self.events(scenario)
                error = events[-1]
                self.assertEqual(error['type'], 'error')
                self.assertEqual(error['name'], ERROR + 'StreamTruncated')
                self.assertEqual(error['partial'].get('text', ''), text_of(events))
                if scenario != 'tool-cut':
                    self.assertTrue(HELLO.startswith(text_of(events)) and text_of(events))

    def test_cut_tool_call_is_not_handed_out(self):
        events = self.events('tool-cut')
        self.assertEqual([e['name'] for e in events if e['type'] == 'tool-call'], ['now'])
        calls = events[-1]['partial'].get('tool-calls', [])
        self.assertLessEqual({c['name'] for c in calls}, {'now'})

    def test_error_after_content_keeps_the_partial_answer(self):
        error = self.error('event-overloaded-late')
        self.assertEqual(error['name'], ERROR + 'Overloaded')
        self.assertEqual(error['partial']['text'], 'Thanks, I ')
        self.assertEqual(error['http-status'], 200)
        self.assertEqual(error['request-id'], 'req_in_stream')

    def test_all_failed(self):
        self.session.configure({'first': '402', 'second': '401'}, primary='first/MiniMax-M2.1',
                               fallbacks=['second/MiniMax-M2.1'])
        error = self.client.stream_all('hello')[-1]
        self.assertEqual(error['name'], ERROR + 'AllFailed')
        tried = [(a['model'], a['error'].removeprefix(ERROR)) for a in error['attempts']]
        self.assertEqual(tried, [('first/MiniMax-M2.1', 'QuotaExceeded'),
                                 ('second/MiniMax-M2.1', 'CredentialRejected')])

    def test_echoed_key_is_masked(self):
        for scenario in ('echo-key', 'event-key'):
            with self.subTest(scenario=scenario):
                self.assertNotIn(KEY, json.dumps(self.events(scenario)))

    def test_hostile_answers_end_in_a_typed_error(self):
        for scenario in ('brackets', 'endless-line', 'garbage-late'):
            with self.subTest(scenario=scenario):
                before = self.rss()
                self.assertEqual(self.error(scenario)['name'], ERROR + 'ProtocolViolation')
                self.assertLess(self.rss() - before, 100 << 20)

    def test_timeouts(self):
        for scenario, options in (('stall-start', {'timeout_ms': 500}),
                                  ('stall-after', {'idle_timeout_ms': 300}),
                                  ('pings', {'timeout_ms': 500})):
            with self.subTest(scenario=scenario):
                start = time.monotonic()
                self.assertEqual(self.error(scenario, **options)['name'], ERROR + 'Timeout')
                self.assertLess(time.monotonic() - start, 5)


class StopTest(StreamTest):
    def aborted_within(self, seconds, scenario):
        self.wait_until(lambda: self.provider.aborted(scenario), 'the upstream to end', seconds)

    def test_closing_the_pipe_stops_the_upstream(self):
        for scenario in ('stall-after', 'stall-headers', 'stall-start', 'paced-50', 'pings',
                         'flood-5000000'):
            with self.subTest(scenario=scenario):
                self.session.configure({'minimax': scenario})
                _, events = self.client.stream('hello')
                events.wait_for('text' if scenario in ('stall-after', 'paced-50') else 'start')
                self.wait_until(lambda: self.provider.requests(scenario), 'the request')
                events.close()
                self.aborted_within(1, scenario)
        self.wait_until(lambda: self.client.get('ActiveRequests') == 0, 'no active requests')

    def test_cancel(self):
        self.session.configure({'minimax': 'stall-after'})
        path, events = self.client.stream('hello')
        events.wait_for('text')
        self.client.cancel(path)
        error = events.rest()[-1]
        self.assertEqual(error['name'], ERROR + 'Cancelled')
        self.assertEqual(error['partial']['text'], 'Thanks, I ')
        self.aborted_within(1, 'stall-after')
        self.assertEqual(len(self.provider.requests()), 1)

    def test_cancel_twice_or_after_the_end_is_an_unknown_object(self):
        path, events = self.client.stream('hello')
        events.rest()
        self.wait_until(lambda: self.client.get('ActiveRequests') == 0, 'the request to go')
        with self.assertRaises(Exception) as caught:
            self.client.cancel(path)
        self.assertIn('Unknown', caught.exception.name)

    def test_foreign_cancel_is_an_unknown_object(self):
        self.session.configure({'minimax': 'stall-after'})
        path, events = self.client.stream('hello')
        events.wait_for('text')
        with self.assertRaises(Exception) as caught:
            self.session.connect().cancel(path)
        self.assertIn('Unknown', caught.exception.name)
        self.assertEqual(self.provider.aborted(), [])
        events.close()

    def test_caller_may_leave_the_bus(self):
        self.session.configure({'minimax': 'paced-50'})
        other = self.session.connect()
        _, events = other.stream('hello')
        events.wait_for('text')
        other.close()
        self.assertEqual(events.rest()[-1]['type'], 'end')

    def test_no_signals_for_streams(self):
        signals = Signals(self.client, REQUEST)
        self.client.stream_all('hello')
        self.client.spin(0.1)
        self.assertEqual(signals.seen, [])

    def test_unread_pipe_stops_the_reading(self):
        self.session.configure({'minimax': 'flood-5000000'})
        before = self.rss()
        _, events = self.client.stream('hello')

        def steady():
            sent = self.provider.status()['sent']
            time.sleep(0.3)
            # The status is an answer too.
            return sent > 1 << 20 and self.provider.status()['sent'] < sent + 1000

        self.wait_until(steady, 'the provider to be held back', 15)
        # What the sockets hold on the way is not ours.
        self.assertLess(self.provider.status()['sent'], 32 << 20)
        self.assertLess(self.rss() - before, 16 << 20)
        self.assertTrue(self.client.list_models(), 'the daemon answers others meanwhile')
        events.wait_for('text')
        events.close()
        self.aborted_within(1, 'flood')

    def test_reading_goes_on_after_a_pause(self):
        self.session.configure({'minimax': 'flood-200000'})
        _, events = self.client.stream('hello')
        events.wait_for('text')
        time.sleep(1)
        rest = events.rest(30)
        numbers = re.findall(r'\d{7}', text_of(rest))
        self.assertTrue(numbers == [f'{i:07}' for i in range(1, 200001)], numbers[:20])
        self.assertEqual(rest[-1]['type'], 'end')

    def test_many_streams_at_once(self):
        self.session.configure({'minimax': 'paced-5'})
        streams = [self.client.stream(f'hello {i}')[1] for i in range(50)]
        for i, events in enumerate(streams):
            found = events.rest()
            self.assertIn(f'hello {i}"', text_of(found))
            self.assertEqual(found[-1]['type'], 'end')

    def test_descriptors_do_not_leak(self):
        folder = f'/proc/{self.session.daemon.pid}/fd'
        self.client.stream_all('hello')
        before = len(os.listdir(folder))
        for _ in range(20):
            self.client.stream_all('hello')
            self.client.stream('hello')[1].close()
        self.wait_until(lambda: self.client.get('ActiveRequests') == 0, 'no active requests')
        # Idle connections to the provider may stay open.
        self.wait_until(lambda: len(os.listdir(folder)) <= before + 10, 'descriptors to be closed')

    def test_reload_leaves_running_requests_alone(self):
        self.session.configure({'minimax': 'paced-50'})
        _, events = self.client.stream('hello')
        events.wait_for('text')
        self.session.configure({'minimax': '401'})
        self.assertEqual(events.rest()[-1]['type'], 'end')


if __name__ == '__main__':
    main()
