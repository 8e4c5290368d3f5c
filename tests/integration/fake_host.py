# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""A host of a company, on a loopback address of its own: it writes down what it gets, and fails on
demand. What it answers is said by its `handle(request)`, which returns a Reply."""

import json
import socket
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

ALWAYS = -1
MAX_BODY = 1 << 22


class Clock:
    """Unix ms, and a way to be later (or earlier)."""

    def __init__(self):
        self.ahead = 0

    def now(self):
        return int(time.time() * 1000) + self.ahead

    def advance(self, seconds):
        self.ahead += int(seconds * 1000)


@dataclass
class Request:
    host: object            # the FakeHost
    method: str
    path: str               # without the query
    query: dict
    headers: dict           # names in lower case
    body: str
    form: dict              # {} when the body is no form
    at: float               # time.monotonic()
    repeated: tuple = ()    # names that stand in the form twice

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def bearer(self):
        kind, _, token = self.headers.get('authorization', '').partition(' ')
        return token if kind == 'Bearer' else None

    @property
    def secrets(self):
        """Everything in it that may be a secret."""
        named = [self.form.get(name) for name in ('refresh_token', 'code_verifier')]
        return [s for s in (self.bearer, self.headers.get('x-api-key'), *named) if s]


@dataclass
class Reply:
    status: int = 200
    body: object = None     # str or bytes as it is, anything else as JSON
    headers: dict = field(default_factory=dict)

    def data(self):
        if isinstance(self.body, (bytes, str)):
            return self.body if isinstance(self.body, bytes) else self.body.encode()
        return json.dumps({} if self.body is None else self.body).encode()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def log_message(self, *arguments):
        pass

    def do_GET(self):
        self.server.owner.serve(self, self._read())

    do_POST = do_PUT = do_DELETE = do_GET

    def _read(self):
        length = int(self.headers.get('Content-Length') or 0)
        body = self.rfile.read(min(length, MAX_BODY)).decode('utf-8', 'replace')
        headers = {name.lower(): value for name, value in self.headers.items()}
        url = urlsplit(self.path)
        pairs = []
        if headers.get('content-type', '').startswith('application/x-www-form-urlencoded'):
            pairs = parse_qsl(body, keep_blank_values=True)
        names = [name for name, _ in pairs]
        return Request(self.server.owner, self.command, url.path, dict(parse_qsl(url.query)),
                       headers, body, dict(pairs), time.monotonic(),
                       tuple({n for n in names if names.count(n) > 1}))

    def answer(self, reply):
        data = reply.data()
        try:
            self.send_response(reply.status)
            headers = {'Content-Type': 'application/json', **reply.headers}
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header('Content-Length', str(len(data)))
            self.end_headers()
            self.wfile.write(data)
        except OSError:
            self.close_connection = True

    def drop(self):
        """Ends the connection without an answer."""
        self.close_connection = True
        try:
            self.connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass

    def dribble(self, release):
        """Says one byte at a time, and never all of it."""
        try:
            self.wfile.write(b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n'
                             b'Content-Length: 100000\r\n\r\n{')
            while not release.wait(0.05):
                self.wfile.write(b' ')
        except OSError:
            pass
        self.close_connection = True


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, owner, address, port):
        self.owner = owner
        self.open = set()
        super().__init__((address, port), _Handler)

    def get_request(self):
        connection, address = super().get_request()
        self.open.add(connection)
        return connection, address

    def shutdown_request(self, request):
        self.open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request, client_address):
        pass


class FakeHost:
    """One origin.

    missing     paths that answer 404
    redirects   path -> (status, location)
    alter(path, function)      function(what would be answered as JSON) -> what is answered
    fail(path, how, times=1)   how: a status, 'drop', 'hang', 'dribble', 'html', a Reply, or a number
                               of seconds as float, after which the answer comes. times=ALWAYS: until
                               recover(). A path of '' is every path.
    """

    def __init__(self, name, handle, address='127.0.0.1'):
        self.name = name
        self.handle = handle
        self.address = address
        self.requests = []
        self.missing = set()
        self.redirects = {}
        self._alterations = {}
        self._faults = []
        self._lock = threading.Lock()
        self._release = threading.Event()
        self._listener = None
        self.port = 0
        self.start()

    @property
    def origin(self):
        return f'http://{self.address}:{self.port}'

    def start(self):
        self._release.clear()
        self._listener = _Listener(self, self.address, self.port)
        self.port = self._listener.server_address[1]
        threading.Thread(target=self._listener.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self):
        """As a host that goes away: nobody listens, and its connections end."""
        if not self._listener:
            return
        self._release.set()
        self._listener.shutdown()
        self._listener.socket.close()
        for connection in list(self._listener.open):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
        self._listener = None

    # Misbehaviour

    def alter(self, path, function):
        self._alterations[path] = function

    def fail(self, path, how, times=1):
        with self._lock:
            self._faults.append([path, how, times])

    def recover(self):
        with self._lock:
            self._faults.clear()
            self._alterations.clear()

    def _next_fault(self, path):
        with self._lock:
            for fault in self._faults:
                if fault[0] in ('', path) and fault[2] != 0:
                    fault[2] -= 1 if fault[2] > 0 else 0
                    return fault[1]
        return None

    # Answering

    def seen(self, path=None, method=None):
        return [r for r in list(self.requests) if path in (None, r.path)
                and method in (None, r.method)]

    def serve(self, handler, request):
        self.requests.append(request)
        how = self._next_fault(request.path)
        if isinstance(how, float):
            self._release.wait(how)
            how = None
        if how == 'drop':
            handler.drop()
        elif how == 'hang':
            self._release.wait(60)
            handler.drop()
        elif how == 'dribble':
            handler.dribble(self._release)
        else:
            handler.answer(self._misbehave(how) or self._answer(request))

    @staticmethod
    def _misbehave(how):
        if how == 'html':
            return Reply(502, '<html><body><h1>502 Bad Gateway</h1></body></html>',
                         {'Content-Type': 'text/html'})
        if isinstance(how, int):
            return Reply(how, {'base_resp': {'status_code': 1000, 'status_msg': 'unknown error'}})
        return how

    def _answer(self, request):
        if request.path in self.missing:
            return Reply(404, '404 page not found', {'Content-Type': 'text/plain'})
        if request.path in self.redirects:
            status, location = self.redirects[request.path]
            return Reply(status, b'', {'Location': location})
        reply = self.handle(request)
        if request.path in self._alterations:
            altered = self._alterations[request.path](reply.body)
            reply = altered if isinstance(altered, Reply) else Reply(reply.status, altered,
                                                                     reply.headers)
        return reply
