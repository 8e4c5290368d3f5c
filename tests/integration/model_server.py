# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""A local model server: lists of models, and whatever else a server may do instead."""

import json
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LM_STUDIO = '/api/v1/models'
LM_STUDIO_V0 = '/api/v0/models'
OLLAMA = '/api/tags'
OPENAI = '/v1/models'
# What LM Studio answers, with status 200, to paths that it does not know.
UNEXPECTED = {'error': 'Unexpected endpoint or method.'}


def lm_studio_model(key, loaded=0, longest=131072, **more):
    instances = [{'id': key, 'config': {'context_length': loaded}}] if loaded else []
    return {'type': 'llm', 'key': key, 'display_name': key.title(), 'loaded_instances': instances,
            'max_context_length': longest,
            'capabilities': {'vision': False, 'trained_for_tool_use': True}, **more}


def lm_studio_list(*models):
    return {LM_STUDIO: {'models': [m if isinstance(m, dict) else lm_studio_model(m)
                                   for m in models]}}


def openai_list(*ids):
    return {OPENAI: {'object': 'list', 'data': [{'id': i, 'object': 'model'} for i in ids]}}


class Handler(BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def log_message(self, *arguments):
        pass

    def do_GET(self):
        owner = self.server.owner
        owner.requests.append((self.path, dict(self.headers)))
        if owner.key and self.headers.get('Authorization') != f'Bearer {owner.key}':
            self.answer(401, {'error': {'message': 'no valid API key'}})
        elif owner.behave:
            owner.behave(self)
        elif self.path in owner.lists:
            self.answer(200, owner.lists[self.path])
        else:
            self.answer(owner.unknown_status, UNEXPECTED)

    def do_POST(self):
        self.rfile.read(int(self.headers['Content-Length']))
        self.answer(200, {'type': 'message', 'id': 'm', 'role': 'assistant', 'model': 'x',
                          'content': [{'type': 'text', 'text': 'hello'}],
                          'stop_reason': 'end_turn',
                          'usage': {'input_tokens': 1, 'output_tokens': 1}})

    def answer(self, status, body, **headers):
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header('Content-Type', 'application/json')
        self.send_header('Content-Length', str(len(data)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        try:
            self.wfile.write(data)
        except OSError:
            pass


class Listener(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, owner):
        self.owner = owner
        self.open = set()
        super().__init__(('127.0.0.1', owner.port), Handler)

    def get_request(self):
        connection, address = super().get_request()
        self.owner.connections += 1
        self.open.add(connection)
        return connection, address

    def shutdown_request(self, request):
        self.open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request, client_address):
        pass


class ModelServer:
    """`lists`: path -> JSON. `behave`, if set, answers a GET in its own way."""

    def __init__(self, lists=None, key=None, behave=None, unknown_status=200, started=True):
        self.lists = lists or {}
        self.key = key
        self.behave = behave
        self.unknown_status = unknown_status
        self.connections = 0
        self.requests = []
        self.release = threading.Event()
        self.listener = None
        self.port = 0
        self.start()
        if not started:
            self.stop()

    @property
    def base_url(self):
        return f'http://127.0.0.1:{self.port}/v1'

    def start(self):
        self.listener = Listener(self)
        self.port = self.listener.server_address[1]
        threading.Thread(target=self.listener.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self):
        """As a server that ends: its connections too."""
        self.release.set()
        if not self.listener:
            return
        self.listener.shutdown()
        self.listener.socket.close()
        for connection in list(self.listener.open):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
        self.listener = None

    def hang(self, handler):
        """A behaviour: says nothing until the server is stopped or released."""
        self.release.wait(30)
        handler.close_connection = True

    def keys_seen(self):
        return {headers['Authorization'] for path, headers in self.requests
                if 'Authorization' in headers}
