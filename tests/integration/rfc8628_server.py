# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""An authorization server with the device flow of RFC 8628, and an API of OpenAI behind it.

    server = Rfc8628Server()
    server.host                     # FakeHost: CODE, TOKEN and CHAT are its paths
    server.errors = ['authorization_pending', 'slow_down']   # what the next polls get
    server.interval                 # seconds; RFC 8628 3.2; None: none, which means 5
    server.pkce, server.rotates, server.lifetime (seconds, None: no expires_in)
    server.problems                 # what a client did wrong, in words
    server.polls, server.refreshes, server.reused
    server.revoke_access()
"""

import base64
import hashlib
import json
import secrets
import threading

from fake_host import Clock, FakeHost, Reply

CODE, TOKEN, CHAT = '/device/code', '/token', '/v1/chat/completions'
GRANT_TYPE = 'urn:ietf:params:oauth:grant-type:device_code'
CLIENT_ID, SCOPE = 'fake-client', 'openid profile model.completion'


class Rfc8628Server:
    def __init__(self, address='127.0.0.6'):
        self.clock = Clock()
        self.errors = []
        self.interval, self.lifetime, self.code_lifetime = 5, 900, 600
        self.pkce = self.rotates = True
        self.resource_url = None
        self.problems, self.refresh_tokens, self.access = [], [], {}
        self.polls = self.refreshes = self.reused = self.messages = 0
        self._codes = {}
        self._lock = threading.Lock()
        self.host = FakeHost('rfc8628', self._handle, address)

    def close(self):
        self.host.stop()

    def login_data(self, login_id='fake-portal', **more):
        """The member "login" of the data of a provider."""
        return {'id': login_id, 'flow': 'device-code', 'dialect': 'rfc8628', 'clientId': CLIENT_ID,
                'scope': SCOPE, 'grantType': GRANT_TYPE, 'pkce': 'S256' if self.pkce else 'none',
                'state': False, 'pollIntervalMs': 20,
                'regions': {'global': {'codeUrl': self.host.origin + CODE,
                                       'tokenUrl': self.host.origin + TOKEN}}, **more}

    def secrets(self):
        return [*self.refresh_tokens, *self.access]

    def revoke_access(self):
        self.access = dict.fromkeys(self.access, 0)

    def _handle(self, request):
        with self._lock:
            if request.path == CODE:
                return self._give_code(request)
            if request.path == TOKEN:
                return self._give_token(request)
        if request.path == CHAT:
            return self._chat(request)
        return Reply(404, {'error': 'not_found'})

    def _look(self, request, **wanted):
        wrong = [f'{name} is {request.form.get(name)!r}' for name, value in wanted.items()
                 if request.form.get(name) != value]
        if not request.form:
            wrong.append('no form')
        if request.repeated:
            wrong.append(f'twice in the form: {request.repeated}')
        self.problems += wrong
        return wrong

    def _give_code(self, request):
        if self._look(request, client_id=CLIENT_ID, scope=SCOPE):
            return Reply(400, {'error': 'invalid_request'})
        if self.pkce and (request.form.get('code_challenge_method') != 'S256'
                          or len(request.form.get('code_challenge', '')) != 43):
            self.problems.append('no code_challenge')
        device, user = secrets.token_urlsafe(24), secrets.token_hex(4).upper()
        self._codes[device] = request.form
        answer = {'device_code': device, 'user_code': user, 'expires_in': self.code_lifetime,
                  'verification_uri': 'https://login.example/device',
                  'verification_uri_complete': f'https://login.example/device?user_code={user}'}
        if self.interval is not None:
            answer['interval'] = self.interval
        return Reply(200, answer)

    def _give_token(self, request):
        if request.form.get('grant_type') == 'refresh_token':
            return self._refresh(request)
        if self._look(request, grant_type=GRANT_TYPE, client_id=CLIENT_ID):
            return Reply(400, {'error': 'invalid_request'})
        self.polls += 1
        code = self._codes.get(request.form.get('device_code'))
        if not code:
            return Reply(400, {'error': 'invalid_grant'})
        digest = hashlib.sha256(request.form.get('code_verifier', '').encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b'=').decode()
        if self.pkce and challenge != code.get('code_challenge'):
            self.problems.append('code_verifier does not belong to code_challenge')
            return Reply(400, {'error': 'invalid_grant'})
        if self.errors:
            return Reply(400, {'error': self.errors.pop(0)})
        del self._codes[request.form['device_code']]
        return Reply(200, self._grant())

    def _refresh(self, request):
        if self._look(request, client_id=CLIENT_ID):
            return Reply(400, {'error': 'invalid_client'})
        token = request.form.get('refresh_token')
        if not self.refresh_tokens or token != self.refresh_tokens[-1]:
            self.reused += token in self.refresh_tokens
            return Reply(400, {'error': 'invalid_grant'})
        self.refreshes += 1
        return Reply(200, self._grant())

    def _grant(self):
        access = f'fake-access-{secrets.token_urlsafe(24)}'
        self.access[access] = self.clock.now() + (self.lifetime or 10 ** 6) * 1000
        answer = {'access_token': access, 'token_type': 'Bearer'}
        if self.rotates or not self.refresh_tokens:
            self.refresh_tokens.append(f'fake-refresh-{secrets.token_urlsafe(24)}')
            answer['refresh_token'] = self.refresh_tokens[-1]
        if self.lifetime is not None:
            answer['expires_in'] = self.lifetime
        if self.resource_url:
            answer['resource_url'] = self.resource_url
        return answer

    def _chat(self, request):
        if self.access.get(request.bearer, 0) <= self.clock.now():
            return Reply(401, {'error': {'message': 'invalid token', 'code': 'invalid_token'}})
        self.messages += 1
        chunk = {'id': 'c', 'object': 'chat.completion.chunk', 'model': request.json['model']}
        parts = [{'index': 0, 'delta': {'role': 'assistant', 'content': 'hello'}},
                 {'index': 0, 'delta': {}, 'finish_reason': 'stop'}]
        if not request.json.get('stream'):
            message = {'role': 'assistant', 'content': 'hello'}
            return Reply(200, {**chunk, 'object': 'chat.completion', 'choices': [
                {'index': 0, 'message': message, 'finish_reason': 'stop'}]})
        lines = [f'data: {json.dumps({**chunk, "choices": [p]})}\n\n' for p in parts]
        return Reply(200, ''.join(lines) + 'data: [DONE]\n\n',
                     {'Content-Type': 'text/event-stream'})
