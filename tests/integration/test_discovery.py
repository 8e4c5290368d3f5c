#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""Models of servers on this machine: how they appear, how they go, and who is asked when."""

import os
import time

from client import Signals, options_of
from harness import GatewayTest, Session, SLOWNESS, main
from model_server import (LM_STUDIO, LM_STUDIO_V0, OLLAMA, OPENAI, ModelServer, lm_studio_list,
                          lm_studio_model, openai_list)

TOKEN = 'lm-token-Kq81mZp0Xw'


def pipe_with(text):
    reading, writing = os.pipe()
    os.write(writing, text.encode())
    os.close(writing)
    return reading


class DiscoveryTest(GatewayTest):
    configured = False
    started = False

    def serve(self, *arguments, **keywords):
        server = ModelServer(*arguments, **keywords)
        self.addCleanup(server.stop)
        return server

    def configure(self, mode='merge', **providers):
        """Nobody is asked but the servers of the test: ports that programs really use stay out."""
        entries = {'ollama': {'baseUrl': 'http://127.0.0.1:1/v1'},
                   'lmstudio': {'baseUrl': 'http://127.0.0.1:1/v1'}, **providers}
        self.session.write_config({'models': {'mode': mode, 'providers': entries}})
        if self.session.daemon:
            self.session.reload()

    def start(self, environ=None, **providers):
        self.configure(**providers)
        self.session.start_daemon(environ)
        self.signals = Signals(self.client)

    def refresh(self, timeout=30, **options):
        return self.client.call('RefreshModels', '(a{sv})', options_of(options), timeout=timeout)

    def refs(self, **options):
        return [m['ref'] for m in self.client.list_models(**options)]

    def wait_for_refs(self, *refs):
        self.wait_until(lambda: self.refs() == list(refs), f'{refs}, not {self.refs()}')

    def count_changes(self):
        self.client.iterate()
        return len(self.signals.named('ModelsChanged'))


class AppearTest(DiscoveryTest):
    def test_by_itself_at_start(self):
        server = self.serve(lm_studio_list(
            lm_studio_model('openai/gpt-oss-20b', loaded=4096), 'qwen3-4b',
            lm_studio_model('nomic-embed', type='embedding'),
            lm_studio_model('seer', capabilities={'vision': True})))
        self.start(lmstudio={'baseUrl': server.base_url})
        self.wait_for_refs('lmstudio/openai/gpt-oss-20b', 'lmstudio/qwen3-4b', 'lmstudio/seer')
        loaded, other, seer = self.client.list_models(local=True)
        self.assertEqual(loaded['name'], 'Openai/Gpt-Oss-20B')
        self.assertEqual((loaded['context-window'], loaded['loaded-context']), (4096, 4096))
        self.assertEqual(loaded['max-tokens'], 2048)
        self.assertEqual(other['context-window'], 131072)
        self.assertNotIn('loaded-context', other)
        self.assertEqual(other['max-tokens'], 8192)
        self.assertEqual((other['input'], seer['input']), (['text'], ['text', 'image']))
        self.assertEqual(set(other['cost'].values()), {0})
        self.assertEqual(other['credential'], 'none-needed')
        for key in ('listed', 'local', 'available', 'allowed'):
            self.assertIs(other[key], True, key)
        self.assertEqual(self.client.resolve('qwen3-4b')['ref'], 'lmstudio/qwen3-4b')
        self.assertEqual([path for path, headers in server.requests], [LM_STUDIO])
        self.assertIn('model-discovery', self.client.get('Features'))

    def test_other_lists(self):
        v0 = {'data': [{'id': 'old', 'type': 'llm', 'state': 'loaded',
                        'max_context_length': 9000, 'loaded_context_length': 7000}]}
        tags = {'models': [{'name': 'llama3:8b', 'model': 'llama3:8b',
                            'details': {'family': 'llama'}}]}
        vllm = {'data': [{'id': 'Qwen/Q', 'max_model_len': 5000}]}
        for number, (provider, status, lists, model) in enumerate((
                ('lmstudio', 200, {LM_STUDIO_V0: v0}, ('old', 7000)),
                ('lmstudio', 404, openai_list('plain'), ('plain', 200000)),
                ('ollama', 404, {OLLAMA: tags}, ('llama3:8b', 200000)),
                ('mine', 404, {OPENAI: vllm}, ('Qwen/Q', 5000)),
                ('mine', 405, {OLLAMA: tags}, ('llama3:8b', 200000)))):
            with self.subTest(provider=provider, model=model):
                server = self.serve(lists, unknown_status=status)
                entry = {provider: {'baseUrl': server.base_url}}
                if number:
                    self.configure(**entry)
                else:
                    self.start(**entry)
                self.wait_for_refs(f'{provider}/{model[0]}')
                self.assertEqual(self.client.list_models()[0]['context-window'], model[1])

    def test_refresh_finds_a_server_that_came_later(self):
        server = self.serve(lm_studio_list('late'), started=False)
        self.start(lmstudio={'baseUrl': server.base_url})
        self.refresh()
        self.assertEqual(self.refs(), [])
        self.assertEqual(self.count_changes(), 0)
        server.start()
        self.refresh()
        # The signal is there when the reply is.
        self.assertEqual(self.count_changes(), 1)
        self.assertEqual(self.refs(), ['lmstudio/late'])
        self.refresh()
        self.assertEqual(self.count_changes(), 1, 'nothing is new')

    def test_loaded_context_is_kept_up_to_date(self):
        server = self.serve(lm_studio_list('m'))
        self.start(lmstudio={'baseUrl': server.base_url})
        self.wait_for_refs('lmstudio/m')
        before = self.count_changes()
        server.lists = lm_studio_list(lm_studio_model('m', loaded=4096))
        self.refresh(provider='lmstudio')
        self.assertEqual(self.client.resolve('lmstudio/m')['loaded-context'], 4096)
        self.assertEqual(self.count_changes(), before + 1)

    def test_configured_fields_win(self):
        server = self.serve(lm_studio_list(lm_studio_model('m', loaded=4096), 'n'))
        self.start(lmstudio={'baseUrl': server.base_url, 'models': [
            {'id': 'm', 'name': 'Mine', 'contextWindow': 32000}, {'id': 'else'}]})
        self.wait_for_refs('lmstudio/m', 'lmstudio/n', 'lmstudio/else')
        record = self.client.resolve('lmstudio/m')
        self.assertEqual((record['name'], record['context-window'], record['loaded-context']),
                         ('Mine', 32000, 4096))

    def test_replace_adds_nothing_to_a_list(self):
        server = self.serve(lm_studio_list(lm_studio_model('m', loaded=4096), 'n'))
        self.configure(mode='replace', lmstudio={'baseUrl': server.base_url,
                                                 'models': [{'id': 'm'}]})
        self.session.start_daemon()
        self.refresh()
        self.assertEqual(self.refs(), ['lmstudio/m'])
        self.assertEqual(self.client.resolve('lmstudio/m')['loaded-context'], 4096)

    def test_two_servers_at_once_and_one_says_nothing(self):
        silent = self.serve()
        silent.behave = silent.hang
        quick = self.serve(openai_list('q'))
        begun = time.monotonic()
        self.start(lmstudio={'baseUrl': silent.base_url}, mine={'baseUrl': quick.base_url})
        self.wait_for_refs('mine/q')
        self.assertLess(time.monotonic() - begun, 1.5 * SLOWNESS)
        self.refresh()
        self.assertEqual(self.refs(), ['mine/q'])
        self.refresh(provider='mine', timeout=2 * SLOWNESS)

    def test_no_proxy_leads_to_this_machine(self):
        server, proxy = self.serve(lm_studio_list('a')), self.serve()
        self.start(environ={'http_proxy': proxy.base_url[:-3], 'no_proxy': 'example.org'},
                   lmstudio={'baseUrl': server.base_url})
        self.refresh()
        self.assertEqual(self.refs(), ['lmstudio/a'])
        self.assertEqual(proxy.connections, 0)

    def test_other_address_in_the_settings(self):
        first, second = self.serve(lm_studio_list('a')), self.serve(lm_studio_list('b'))
        self.start(lmstudio={'baseUrl': first.base_url})
        self.wait_for_refs('lmstudio/a')
        self.configure(lmstudio={'baseUrl': second.base_url})
        self.assertNotIn('lmstudio/a', self.refs())
        self.wait_for_refs('lmstudio/b')
        self.configure()
        self.assertEqual(self.refs(), [])


class DisappearTest(DiscoveryTest):
    def setUp(self):
        super().setUp()
        self.server = self.serve(lm_studio_list('a'))
        self.start(lmstudio={'baseUrl': self.server.base_url[:-3], 'api': 'anthropic-messages'})
        self.wait_for_refs('lmstudio/a')

    def test_server_that_ended(self):
        before = self.count_changes()
        self.server.stop()
        self.refresh()
        self.assertEqual(self.refs(), [])
        self.assertEqual(self.count_changes(), before + 1)

    def test_server_that_is_busy_keeps_its_models(self):
        self.server.behave = self.server.hang
        begun = time.monotonic()
        self.refresh()
        took = time.monotonic() - begun
        self.assertEqual(self.refs(), ['lmstudio/a'])
        self.assertGreater(took, 1.5)
        self.assertLess(took, 4 * SLOWNESS)

    def test_request_that_fails_tells(self):
        self.server.stop()
        message = self.assertDBusError('Network', self.client.complete, 'hi', 'lmstudio/a')
        self.assertMentions(message, 'lmstudio')
        self.wait_for_refs()

    def test_request_that_loads_a_model_tells(self):
        self.server.lists = lm_studio_list(lm_studio_model('a', loaded=4096))
        self.client.complete('hi', 'lmstudio/a')
        self.wait_until(lambda: self.client.resolve('lmstudio/a').get('loaded-context') == 4096,
                        'the loaded context')
        before = len(self.server.requests)
        self.client.complete('hi', 'lmstudio/a')
        self.client.spin(1.5)
        self.assertEqual(len(self.server.requests), before)

    def test_request_that_succeeds_tells(self):
        self.server.lists = lm_studio_list('a', 'b')
        self.assertEqual(self.client.complete('hi', 'lmstudio/b')['text'], 'hello')
        self.wait_for_refs('lmstudio/a', 'lmstudio/b')


class StrangeServerTest(DiscoveryTest):
    def test_no_list_from_it(self):
        target = self.serve(openai_list('elsewhere'))
        deep = b'{"data":' + b'[' * 500000
        huge = {'data': [{'id': f'm{i}', 'padding': 'x' * 300} for i in range(5000)]}

        def endless(handler):
            handler.send_response(200)
            handler.send_header('Content-Type', 'application/json')
            handler.end_headers()
            try:
                while True:
                    handler.wfile.write(b'[' * 65536)
            except OSError:
                handler.close_connection = True

        def hang_up(handler):
            handler.close_connection = True

        def trickle(handler):
            handler.send_response(200)
            handler.send_header('Content-Length', '1000')
            handler.end_headers()
            try:
                for _ in range(100):
                    handler.wfile.write(b' ')
                    handler.wfile.flush()
                    time.sleep(0.1)
            except OSError:
                pass
            handler.close_connection = True

        behaviours = {
            'unexpected': None,
            'html': lambda h: h.answer(200, b'<html>hello</html>'),
            'bytes': lambda h: h.answer(200, os.urandom(5000)),
            'empty': lambda h: h.answer(200, b''),
            'no content': lambda h: h.answer(204, b''),
            'error': lambda h: h.answer(500, openai_list('a')[OPENAI]),
            'redirect': lambda h: h.answer(302, b'', Location=target.base_url + '/models'),
            'deep': lambda h: h.answer(200, deep),
            'huge': lambda h: h.answer(200, huge),
            'no HTTP': lambda h: h.wfile.write(b'SSH-2.0-OpenSSH_9.2\r\n') and hang_up(h),
            'hang up': hang_up,
            'endless': endless,
            'trickle': trickle,
        }
        server = self.serve()
        self.start(mine={'baseUrl': server.base_url})
        for name, behave in behaviours.items():
            with self.subTest(server=name):
                server.behave = behave
                self.refresh(timeout=5 * SLOWNESS)
                self.assertEqual(self.refs(), [])
        self.assertEqual(target.connections, 0, 'nobody follows a redirect')

    def test_long_list_is_cut(self):
        server = self.serve(openai_list(*[f'm{i}' for i in range(1500)]))
        self.start(mine={'baseUrl': server.base_url})
        self.refresh()
        self.assertEqual(len(self.refs()), 1000)

    def test_names_that_cannot_be(self):
        server = self.serve(openai_list('ok', 'two words', '', 'esc\x1b[2J', 'x' * 1000, 'ok'))
        self.start(mine={'baseUrl': server.base_url})
        self.refresh()
        self.assertEqual(self.refs(), ['mine/ok'])


class WhenTest(DiscoveryTest):
    def test_listing_connects_to_nobody(self):
        server = self.serve(lm_studio_list('a'))
        self.start(lmstudio={'baseUrl': server.base_url})
        self.wait_for_refs('lmstudio/a')
        connections, requests = server.connections, len(server.requests)
        begun = time.monotonic()
        for _ in range(1000):
            self.client.list_models()
        took = time.monotonic() - begun
        self.client.spin(0.5)
        self.assertEqual(server.connections, connections)
        # The period may pass while a slow machine makes a thousand calls.
        if took < 25:
            self.assertEqual(len(server.requests), requests)

    def test_many_refreshes_share_an_answer(self):
        server = self.serve(lm_studio_list('a'))
        self.start(lmstudio={'baseUrl': server.base_url})
        self.wait_for_refs('lmstudio/a')
        before, begun = len(server.requests), time.monotonic()
        calls = [self.client.start_call('RefreshModels', '(a{sv})', {}) for _ in range(50)]
        for call in calls:
            self.assertEqual(self.client.wait_done(call), ())
        seconds = time.monotonic() - begun
        self.assertLessEqual(len(server.requests) - before, 1 + seconds)

    def test_once_a_second(self):
        server = self.serve(lm_studio_list('a'))
        self.start(lmstudio={'baseUrl': server.base_url})
        begun = time.monotonic()
        for number in range(4):
            server.lists = lm_studio_list(f'a{number}')
            self.refresh()
            self.assertEqual(self.refs(), [f'lmstudio/a{number}'])
        self.assertGreater(time.monotonic() - begun, 2.8)

    def test_while_it_is_used(self):
        """A server that comes later is found by a gateway in use, and not asked by another."""
        server = self.serve(lm_studio_list('late'), started=False)
        unused_server = self.serve(lm_studio_list('late'), started=False)
        unused = Session()
        try:
            unused.write_config({'models': {'providers': {
                'lmstudio': {'baseUrl': unused_server.base_url},
                'ollama': {'baseUrl': 'http://127.0.0.1:1/v1'}}}})
            unused.start_daemon()
            self.start(lmstudio={'baseUrl': server.base_url})
            self.assertEqual(self.refs(), [])
            time.sleep(1)
            server.start()
            unused_server.start()
            self.client.spin(33)
            self.assertEqual(self.refs(), ['lmstudio/late'])
            self.assertEqual(self.count_changes(), 1)
            self.assertEqual(unused_server.connections, 0)
        finally:
            self.assertEqual(unused.close(), [])
            unused.remove()

    def test_only_by_name(self):
        """0.0.0.0 is this machine, but does not count as a loopback address."""
        server = self.serve(lm_studio_list('far'))
        far = server.base_url.replace('127.0.0.1', '0.0.0.0')
        self.start(lmstudio={'baseUrl': far}, keyed={'baseUrl': far, 'apiKey': TOKEN})
        self.refresh()
        self.refresh(provider='keyed')
        self.assertEqual(server.connections, 0)
        self.refresh(provider='lmstudio')
        self.assertEqual(self.refs(), ['lmstudio/far'])
        record = self.client.resolve('lmstudio/far')
        self.assertEqual((record['local'], record['cost']), (False, {}))
        self.refresh(provider='minimax', timeout=1 * SLOWNESS)
        message = self.assertDBusError('ProviderNotConfigured', self.refresh, provider='nobody')
        self.assertMentions(message, 'nobody')
        self.assertDBusError('InvalidArgs', self.refresh, provider=7)

    def test_gateway_that_stops(self):
        server = self.serve()
        server.behave = server.hang
        self.start(lmstudio={'baseUrl': server.base_url})
        call = self.client.start_call('RefreshModels', '(a{sv})', {})
        self.client.spin(0.2)
        begun = time.monotonic()
        self.assertEqual(self.session.stop_daemon(), 0)
        self.assertLess(time.monotonic() - begun, 1.5 * SLOWNESS)
        self.assertEqual(self.client.wait_done(call).short, 'Busy')


class KeyTest(DiscoveryTest):
    keyring = True

    def test_token_from_the_environment(self):
        server = self.serve(lm_studio_list('a'), key=TOKEN)
        self.start(environ={'LM_API_TOKEN': TOKEN}, lmstudio={'baseUrl': server.base_url})
        self.wait_for_refs('lmstudio/a')
        self.assertEqual(self.client.list_models()[0]['credential'], 'lmstudio:env')
        self.assertNotIn('Authorization', server.requests[0][1])
        self.assertEqual(server.keys_seen(), {f'Bearer {TOKEN}'})
        self.assertNotIn(TOKEN, self.session.daemon_log())

    def test_no_key_goes_to_a_server_that_wants_none(self):
        server = self.serve(lm_studio_list('a'))
        self.start(environ={'LM_API_TOKEN': TOKEN}, lmstudio={'baseUrl': server.base_url})
        self.wait_for_refs('lmstudio/a')
        self.assertEqual(server.keys_seen(), set())

    def test_wrong_key(self):
        server = self.serve(lm_studio_list('a'), key=TOKEN)
        self.start(lmstudio={'baseUrl': server.base_url, 'apiKey': 'sk-wrong-one'})
        self.refresh()
        self.assertEqual(self.refs(), [])
        self.assertEqual(server.keys_seen(), {'Bearer sk-wrong-one'})
        self.assertLess(len(server.requests), 12)

    def test_server_with_a_key_in_the_settings(self):
        server = self.serve(openai_list('a'), key=TOKEN, unknown_status=404)
        self.start(mine={'baseUrl': server.base_url, 'apiKey': TOKEN})
        self.wait_for_refs('mine/a')
        self.assertEqual(self.client.list_models()[0]['cost'], {}, 'it may charge')

    def test_proxy_of_another_api_is_asked_by_name_only(self):
        server = self.serve(openai_list('a'), key=TOKEN)
        self.start(mine={'baseUrl': server.base_url[:-3], 'apiKey': TOKEN,
                         'api': 'anthropic-messages'})
        self.refresh()
        self.assertEqual(server.connections, 0)
        self.refresh(provider='mine')
        self.assertEqual(self.refs(), ['mine/a'])

    def test_stored_key(self):
        server = self.serve(lm_studio_list('a'), key=TOKEN)
        self.start(lmstudio={'baseUrl': server.base_url})
        self.refresh()
        self.assertEqual(self.refs(), [])
        self.assertEqual(server.keys_seen(), set())
        self.client.store_secret('lmstudio:default', pipe_with(TOKEN))
        self.wait_for_refs('lmstudio/a')
        self.assertEqual(self.client.list_models()[0]['credential'], 'lmstudio:default')

    def test_stored_key_stays_with_its_address(self):
        first = self.serve(lm_studio_list('a'), key=TOKEN)
        second = self.serve(lm_studio_list('b'), key='sk-other')
        self.start(lmstudio={'baseUrl': first.base_url})
        self.client.store_secret('lmstudio:default', pipe_with(TOKEN))
        self.wait_for_refs('lmstudio/a')
        self.configure(lmstudio={'baseUrl': second.base_url})
        self.refresh()
        self.assertGreater(second.connections, 0)
        self.assertEqual(second.keys_seen(), set())
        self.assertEqual(self.refs(), [])


if __name__ == '__main__':
    main()
