# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""What is too much, or not meant to be, ends well for everybody else."""

import json
import os
import re
import signal
import socket
import threading
import time

from gi.repository import Gio, GLib

from client import CREDENTIALS, DBusError, NAME, PATH
from harness import GatewayTest, main


class Server:
    """Answers each request with the same bytes, on a connection of its own."""

    def __init__(self, chunks):
        self.chunks = chunks
        self.socket = socket.create_server(('127.0.0.1', 0))
        self.url = f'http://127.0.0.1:{self.socket.getsockname()[1]}'
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection):
        with connection:
            try:
                self._read_request(connection)
                connection.sendall(b'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n')
                for chunk in self.chunks():
                    connection.sendall(chunk)
                # Closing before the other side has would throw away what it has not read.
                connection.shutdown(socket.SHUT_WR)
                connection.recv(1)
            except OSError:
                pass

    @staticmethod
    def _read_request(connection):
        data = b''
        while b'\r\n\r\n' not in data:
            data += connection.recv(65536)
        head, _, body = data.partition(b'\r\n\r\n')
        length = int(re.search(rb'(?i)content-length: *(\d+)', head).group(1))
        while len(body) < length:
            body += connection.recv(65536)

    def close(self):
        self.socket.close()


def event(**members):
    return f'data: {json.dumps(members)}\n\n'.encode()


def answer_of(*blocks):
    yield event(type='message_start', message={'usage': {'input_tokens': 1}})
    yield from blocks
    yield event(type='message_delta', delta={'stop_reason': 'end_turn'},
                usage={'output_tokens': 1})
    yield event(type='message_stop')


def text_of_megabytes(count):
    def chunks():
        yield from answer_of(*[event(type='content_block_delta', index=0,
                                     delta={'type': 'text_delta', 'text': 'x' * 1000000})
                               for _ in range(count)])
    return chunks


def tool_call(**block):
    def chunks():
        yield from answer_of(
            event(type='content_block_start', index=0, content_block={'type': 'tool_use', **block}),
            event(type='content_block_stop', index=0))
    return chunks


class LimitTest(GatewayTest):
    def serve(self, chunks):
        server = Server(chunks)
        self.addCleanup(server.close)
        self.session.configure({'minimax': self.session.entry(baseUrl=server.url)})
        self.client.reload()

    def test_large_answer(self):
        self.serve(text_of_megabytes(14))
        self.assertEqual(len(self.client.complete('hello')['text']), 14000000)

    def test_answer_too_large(self):
        pid = self.client.owner_pid()
        for megabytes in (17, 36, 70):
            self.serve(text_of_megabytes(megabytes))
            self.assertDBusError('ProtocolViolation', self.client.complete, 'hello')
            self.client.submit('hello')
        self.assertEqual(self.client.owner_pid(), pid)

    def test_tool_calls_that_nobody_can_carry_out(self):
        for block in ({'id': 'a', 'input': {}}, {'id': 'a', 'name': '', 'input': {}},
                      {'id': 'a', 'name': 'f', 'input': 'no object'}):
            with self.subTest(block=block):
                self.serve(tool_call(**block))
                self.assertDBusError('ProtocolViolation', self.client.complete, 'hello')

    def test_http_status_of_an_answer_that_breaks_off(self):
        self.session.configure({'minimax': 'cut-after'})
        self.client.reload()
        error = self.client.stream_all('hello')[-1]
        self.assertEqual((error['type'], error['http-status']), ('error', 200))

    def test_running_attempt_is_named_when_time_is_up(self):
        self.session.configure({'minimax': 'stall-after'})
        self.client.reload()
        error = self.client.stream_all('hello', timeout_ms=300)[-1]
        self.assertEqual([a['model'] for a in error['attempts']], ['minimax/MiniMax-M2.1'])


class LeakTest(GatewayTest):
    environ = {'SOME_VARIABLE': 'sk-hidden-in-a-variable'}

    def test_settings_take_no_variables(self):
        before = self.session.config_path.read_bytes()
        for method, signature, arguments in (
                ('SetDefaultModel', '(sa{sv})', ('minimax/${SOME_VARIABLE}', {})),
                ('SetFallbackModels', '(asa{sv})', (['minimax/${SOME_VARIABLE}'], {})),
                ('SetAlias', '(ssa{sv})', ('minimax/${SOME_VARIABLE}', 'x', {})),
                ('SetAlias', '(ssa{sv})', ('minimax/MiniMax-M2.1', '${SOME_VARIABLE}', {}))):
            with self.subTest(method=method):
                self.assertDBusError('InvalidArgs', self.client.call, method, signature, *arguments)
        self.assertEqual(self.session.config_path.read_bytes(), before)


class ProfileTest(GatewayTest):
    keyring = True

    def test_profile_of_another_provider(self):
        for profile in ('junk', 'anthropic:default', 'minimaxi:default'):
            message = self.assertDBusError('InvalidArgs', self.client.complete, 'hello',
                                           profile=profile)
            self.assertMentions(message, profile, 'minimax')
        message = self.assertDBusError('CredentialMissing', self.client.complete, 'hello',
                                       profile='minimax:nope')
        self.assertIn('minimax:nope', message)
        self.assertEqual(self.provider.requests(), [])


class SettingsTest(GatewayTest):
    def test_settings_speak_where_the_call_is_silent(self):
        self.session.configure({'minimax': 'anthropic'},
                               defaults={'thinkingDefault': 'low', 'timeoutSeconds': 1})
        self.client.reload()
        self.client.stream_all('hello')
        self.client.stream_all('hello', thinking='off')
        bodies = [json.loads(request['body']) for request in self.provider.requests()]
        self.assertEqual([body['thinking']['type'] for body in bodies], ['enabled', 'disabled'])
        self.session.configure({'minimax': 'stall-after'}, defaults={'timeoutSeconds': 1})
        self.client.reload()
        self.assertTrue(self.client.stream_all('hello')[-1]['name'].endswith('.Timeout'))


class NoSchemaTest(GatewayTest):
    environ = {'XDG_DATA_DIRS': '/nonexistent'}

    def test_without_the_settings_of_a_desktop(self):
        self.assertTrue(self.client.complete('hello')['text'])


class StopTest(GatewayTest):
    def test_readers_learn_how_it_ends(self):
        self.session.configure({'minimax': 'flood-5000000'})
        self.client.reload()
        streams = [self.client.stream('hello')[1] for _ in range(4)]
        for events in streams:
            events.wait_for('text')
        lasts = []

        def read(events):
            data = bytearray(events.buffer)
            os.set_blocking(events.fd, True)
            while piece := os.read(events.fd, 1 << 20):
                data += piece
            lasts.append(data.splitlines()[-1])

        readers = [threading.Thread(target=read, args=(events,)) for events in streams]
        for reader in readers:
            reader.start()
        time.sleep(0.3)
        os.kill(self.client.owner_pid(), signal.SIGTERM)
        for reader in readers:
            reader.join(20)
        self.assertEqual([json.loads(last)['type'] for last in lasts], ['error'] * 4)

    def test_waiting_calls_are_answered(self):
        read_end, write_end = os.pipe()
        self.addCleanup(os.close, write_end)
        done = []

        def finish(connection, result):
            try:
                done.append(connection.call_with_unix_fd_list_finish(result))
            except GLib.Error as error:
                done.append(DBusError(error))

        self.client.connection.call_with_unix_fd_list(
            NAME, PATH, CREDENTIALS, 'StoreSecret',
            GLib.Variant('(ssha{sv})', ('minimax:default', 'api_key', 0, {})), None,
            Gio.DBusCallFlags.NONE, 30000, Gio.UnixFDList.new_from_array([read_end]), None, finish)
        self.client.spin(0.3)
        self.session.stop_daemon()
        self.assertEqual(self.client.wait_done(done).short, 'Busy')


if __name__ == '__main__':
    main()
