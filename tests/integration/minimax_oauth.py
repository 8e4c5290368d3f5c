# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""The logins of MiniMax: codes, polls, rotating refresh tokens. Pure but for the clock."""

import base64
import hashlib
import secrets
import threading
import time
import uuid

from fake_host import Reply

CLIENT_ID = '78257093-7e40-4613-99e0-527b14b39113'
SCOPE = 'group_id profile model.completion'
GRANT_TYPE = 'urn:ietf:params:oauth:grant-type:user_code'
OK = {'status_code': 0, 'status_msg': 'success'}


def write_time(dialect, at, now):
    """`at` and `now` are Unix ms. A dialect that is no word is written as it is."""
    return {'ms': at, 's': at // 1000, 'relative': (at - now) // 1000, 'string-ms': str(at),
            'string-s': str(at // 1000), 'string-relative': str((at - now) // 1000),
            'absurd': 58374 * 31556952 * 1000}.get(dialect, dialect)


def refuse(how):
    """The ways in which a token is refused for good."""
    base = {'status_code': 1004, 'status_msg': 'login fail: token is not valid'}
    return {
        'invalid_grant': Reply(400, {'error': 'invalid_grant',
                                     'error_description': 'refresh token is not valid'}),
        '401': Reply(401, {'base_resp': base}),
        '403': Reply(403, {'base_resp': base}),
        'status': Reply(200, {'status': 'error', 'base_resp': base}),
        '1004': Reply(200, {'base_resp': base}),
        '2049': Reply(200, {'base_resp': {'status_code': 2049, 'status_msg': 'invalid api key'}}),
    }[how]


class Login:
    """One code that was given to somebody."""

    def __init__(self, form, user_code, expires):
        self.form = form
        self.user_code = user_code
        self.expires = expires
        self.polls = []       # time.monotonic() of each
        self.used = False


class Family:
    """The tokens of one login; only the newest refresh token is good, and only once."""

    def __init__(self):
        self.burnt = False
        self.refresh = []
        self.access = {}      # token -> Unix ms of its end


class MiniMaxOAuth:
    """Attributes that tests set (times in seconds unless said otherwise):

    user                'approve', 'deny', 'expire', or None: has not said anything yet
    pending             how many polls are answered with "pending" before what the user says counts
    pending_word        what "status" is then
    code_lifetime, token_lifetime
    code_dialect, token_dialect   see write_time()
    interval            ms, None for none
    client, verification_uri, notification, resource_url   resource_url: None for none
    rotates             whether a refresh gives a new refresh token (and takes the old one away)
    refusal             None, or a word of refuse(): what every refresh gets
    grants_refresh      whether a login gives a refresh token

    What it counts: logins, polls, refreshes (granted ones), reused (refresh tokens that were used a
    second time; their family is burnt), families, problems (what a client did wrong, in words).
    """

    def __init__(self, region, clock):
        self.region = region
        self.clock = clock
        self.user, self.pending, self.pending_word = 'approve', 0, 'pending'
        self.code_lifetime, self.token_lifetime = 600, 900
        self.code_dialect, self.token_dialect = 'ms', 'ms'
        self.interval = 2000
        self.client_id, self.scope = CLIENT_ID, SCOPE
        self.verification_uri = None
        self.notification = self.resource_url = self.refusal = None
        self.rotates = self.grants_refresh = True
        self.logins, self.families, self.problems = {}, [], []
        self.polls = self.refreshes = self.reused = 0
        self._lock = threading.Lock()

    # What a test asks

    def issue(self, lifetime=None):
        """A login that took place before: (access, refresh, Unix ms of the end)."""
        with self._lock:
            family = Family()
            self.families.append(family)
            answer = self._grant(family, lifetime)
        return answer['access_token'], family.refresh[-1], list(family.access.values())[-1]

    def secrets(self):
        """All tokens that were ever given."""
        return [t for f in self.families for t in (*f.refresh, *f.access)]

    def revoke_access(self):
        """No access token of now is good any more, whatever was said about its end."""
        for family in self.families:
            family.access = dict.fromkeys(family.access, 0)

    def accepts(self, token):
        """Whether an access token is good now."""
        return any(f.access.get(token, 0) > self.clock.now() for f in self.families)

    def knows(self, secret):
        return secret in self.secrets()

    # Step 1

    def give_code(self, request):
        with self._lock:
            wrong = self._look_at_form(request) + self._look_at_code_form(request.form)
            if wrong:
                self.problems += wrong
                return Reply(400, {'base_resp': {'status_code': 2013,
                                                 'status_msg': 'invalid params, ' + wrong[0]}})
            code = '-'.join(secrets.token_hex(2).upper() for _ in range(2))
            now = self.clock.now()
            login = Login(request.form, code, now + self.code_lifetime * 1000)
            self.logins[code] = login
            uri = self.verification_uri or 'https://platform.minimax.io/oauth-authorize'
            answer = {'user_code': code,
                      'verification_uri': f'{uri}?user_code={code}&client=OpenClaw',
                      'expired_in': write_time(self.code_dialect, login.expires, now),
                      'state': request.form['state'], 'base_resp': OK}
            if self.interval is not None:
                answer['interval'] = self.interval
            return Reply(200, answer)

    def _look_at_form(self, request):
        wrong = []
        kind = request.headers.get('content-type', '')
        if request.method != 'POST':
            wrong.append(f'{request.method} instead of POST')
        if kind.partition(';')[0].strip() != 'application/x-www-form-urlencoded':
            wrong.append(f'content-type is {kind!r}')
        if 'application/json' not in request.headers.get('accept', ''):
            wrong.append(f"accept is {request.headers.get('accept')!r}")
        if request.repeated:
            wrong.append(f'twice in the form: {request.repeated}')
        if request.form.get('client_id') != self.client_id:
            wrong.append('client_id')
        if 'authorization' in request.headers:
            wrong.append('authorization is sent to the OAuth server')
        return wrong

    def _look_at_code_form(self, form):
        wanted = {'response_type': 'code', 'scope': self.scope, 'code_challenge_method': 'S256'}
        wrong = [f'{name} is {form.get(name)!r}' for name, value in wanted.items()
                 if form.get(name) != value]
        if len(form.get('code_challenge', '')) != 43:
            wrong.append('code_challenge is no SHA-256')
        if len(form.get('state', '')) < 22:
            wrong.append('state is shorter than 16 bytes')
        earlier = [login.form for login in self.logins.values()]
        for name in ('state', 'code_challenge'):
            if any(form.get(name) == other.get(name) for other in earlier):
                wrong.append(f'{name} is that of an earlier login')
        return wrong + self._look_at_verifier_leak(form)

    @staticmethod
    def _look_at_verifier_leak(form):
        return ['code_verifier is sent with the challenge'] if 'code_verifier' in form else []

    def look_at_request_id(self, request):
        """Separate, because only the code endpoint wants it."""
        try:
            uuid.UUID(request.headers.get('x-request-id', ''))
        except ValueError:
            self.problems.append(f"x-request-id is {request.headers.get('x-request-id')!r}")

    # Step 2

    def give_token(self, request):
        with self._lock:
            wrong = self._look_at_form(request)
            grant = request.form.get('grant_type')
            if grant not in (GRANT_TYPE, 'refresh_token'):
                wrong.append(f'grant_type is {grant!r}')
            if wrong:
                self.problems += wrong
                return Reply(400, {'error': 'invalid_request', 'error_description': wrong[0]})
            return self._refresh(request.form) if grant == 'refresh_token' else self._poll(
                request.form)

    def _poll(self, form):
        self.polls += 1
        login = self.logins.get(form.get('user_code'))
        if not login or login.used:
            return self._end('user_code is not known')
        login.polls.append(time.monotonic())
        digest = hashlib.sha256(form.get('code_verifier', '').encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b'=').decode()
        if challenge != login.form['code_challenge']:
            self.problems.append('code_verifier does not belong to code_challenge')
            return self._end('code_verifier')
        if self.user == 'expire' or self.clock.now() > login.expires:
            return self._end('the code has expired')
        if self.user is None or len(login.polls) <= self.pending:
            return Reply(200, {'status': self.pending_word, 'base_resp': OK})
        if self.user == 'deny':
            return self._end('the user has denied it')
        login.used = True
        family = Family()
        self.families.append(family)
        answer = self._grant(family)
        if not self.grants_refresh:
            del answer['refresh_token']
        return Reply(200, answer)

    @staticmethod
    def _end(message):
        return Reply(200, {'status': 'error',
                           'base_resp': {'status_code': 1004, 'status_msg': message}})

    def _grant(self, family, lifetime=None):
        now = self.clock.now()
        access = f'fake-access-{self.region}-{secrets.token_urlsafe(24)}'
        expires = now + int((self.token_lifetime if lifetime is None else lifetime) * 1000)
        family.access[access] = expires
        answer = {'status': 'success', 'access_token': access, 'token_type': 'Bearer',
                  'expired_in': write_time(self.token_dialect, expires, now), 'base_resp': OK}
        if self.rotates or not family.refresh:
            family.refresh.append(f'fake-refresh-{self.region}-{secrets.token_urlsafe(24)}')
            answer['refresh_token'] = family.refresh[-1]
        if self.resource_url:
            answer['resource_url'] = self.resource_url
        if self.notification:
            answer['notification_message'] = self.notification
        return answer

    def _refresh(self, form):
        token = form.get('refresh_token')
        family = next((f for f in self.families if token in f.refresh), None)
        if family and token != family.refresh[-1]:
            self.reused += 1
            family.burnt = True
            family.access = dict.fromkeys(family.access, 0)
        if self.refusal:
            return refuse(self.refusal)
        if not family or family.burnt:
            return refuse('invalid_grant')
        self.refreshes += 1
        return Reply(200, self._grant(family))
