# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""MiniMax with its two regions, as facts/protocols/minimax.md §6 and §7 describe it, on loopback.

    world = MiniMax()
    region = world.region['global']       # or 'cn'
    region.account, region.api            # FakeHosts: account.minimax.io, api.minimax.io
    region.oauth                          # MiniMaxOAuth: what the user says, lifetimes, dialects
    region.keys.add(world.make_key('global'))
    region.quota[TOKEN_PLAN] = plan(token_plan_row(world.clock.now(), percent=20))
    world.foreign                         # a FakeHost of somebody else, who takes whatever comes
    world.clock.advance(900)              # tokens of 15 minutes are over now, for the server
    world.close()

All hosts have addresses of their own (127.0.0.1 to .5). What a FakeHost can do wrong is in
fake_host.py, what MiniMaxOAuth can be told in minimax_oauth.py, MiniMaxApi in minimax_api.py.
Shortcuts:

    region.only_legacy()                  # the new endpoints answer 404
    region.move_legacy(host)              # the legacy ones answer 307 to the new ones (of host)
    region.fail_token(how, times)         # of both token endpoints, as FakeHost.fail()
    region.recover()
    region.polls(), region.token_requests(), region.code_requests(), region.refresh_requests()

Asserts: region.oauth.problems is [] when each request was as it should be; world.leaks() is [] when
no key, token or verifier came to a host of another region or of somebody else; world.requests() is
the log of all hosts in order.
"""

import secrets

from fake_host import ALWAYS, Clock, FakeHost, Reply  # noqa: F401  (for the test files)
from minimax_api import (BALANCE, CODING_PLANS, MESSAGES, MODELS, PLANS,  # noqa: F401
                         TOKEN_PLAN, MiniMaxApi, balance, old_plan_row, plan, token_plan_row)
from minimax_oauth import CLIENT_ID, GRANT_TYPE, SCOPE, MiniMaxOAuth  # noqa: F401

NEW_CODE, NEW_TOKEN = '/oauth2/device/code', '/oauth2/token'
LEGACY_CODE, LEGACY_TOKEN = '/oauth/code', '/oauth/token'


class Region:
    def __init__(self, name, clock, addresses):
        self.name = name
        self.oauth = MiniMaxOAuth(name, clock)
        self._api = MiniMaxApi(self.oauth)
        self.account = FakeHost(f'account-{name}', self._handle_account, addresses[0])
        self.api = FakeHost(f'api-{name}', self._handle_api, addresses[1])

    @property
    def hosts(self):
        return self.account, self.api

    @property
    def base_url(self):
        return f'{self.api.origin}/anthropic'

    @property
    def keys(self):
        return self._api.keys

    @property
    def quota(self):
        return self._api.quota

    @quota.setter
    def quota(self, value):
        self._api.quota = value

    @property
    def behaviour(self):
        """The MiniMaxApi, for what is set seldom."""
        return self._api

    def login_data(self):
        """A member of login.regions in the data of a provider."""
        return {'codeUrl': self.account.origin + NEW_CODE,
                'tokenUrl': self.account.origin + NEW_TOKEN,
                'legacyCodeUrl': self.api.origin + LEGACY_CODE,
                'legacyTokenUrl': self.api.origin + LEGACY_TOKEN}

    def quota_data(self, balance_too=False):
        """A member of quota.regions."""
        data = {'planUrls': [self.api.origin + path for path in PLANS]}
        return {**data, 'balanceUrl': self.api.origin + BALANCE} if balance_too else data

    # Shortcuts

    def only_legacy(self):
        self.account.missing |= {NEW_CODE, NEW_TOKEN}

    def move_legacy(self, host=None):
        host = host or self.account
        self.api.redirects[LEGACY_CODE] = 307, host.origin + NEW_CODE
        self.api.redirects[LEGACY_TOKEN] = 307, host.origin + NEW_TOKEN

    def fail_token(self, how, times=1):
        self.account.fail(NEW_TOKEN, how, times)
        self.api.fail(LEGACY_TOKEN, how, times)

    def recover(self):
        for host in self.hosts:
            host.recover()

    def code_requests(self):
        return [r for r in self._requests() if r.path in (NEW_CODE, LEGACY_CODE)]

    def token_requests(self):
        return [r for r in self._requests() if r.path in (NEW_TOKEN, LEGACY_TOKEN)]

    def polls(self):
        return [r for r in self.token_requests() if r.form.get('grant_type') == GRANT_TYPE]

    def refresh_requests(self):
        return [r for r in self.token_requests() if r.form.get('grant_type') == 'refresh_token']

    def message_requests(self):
        return [r for r in self.api.seen(MESSAGES, 'POST') if r.json.get('model')]

    def quota_requests(self):
        return [r for r in list(self.api.requests) if r.path in (*PLANS, BALANCE)]

    def _requests(self):
        return sorted((r for host in self.hosts for r in list(host.requests)), key=lambda r: r.at)

    # What the hosts answer

    def _handle_account(self, request):
        if request.path == NEW_CODE:
            self.oauth.look_at_request_id(request)
            return self.oauth.give_code(request)
        if request.path == NEW_TOKEN:
            return self.oauth.give_token(request)
        return Reply(404, '404 page not found', {'Content-Type': 'text/plain'})

    def _handle_api(self, request):
        if request.path == LEGACY_CODE:
            self.oauth.look_at_request_id(request)
            return self.oauth.give_code(request)
        if request.path == LEGACY_TOKEN:
            return self.oauth.give_token(request)
        return self._api.handle(request)


class MiniMax:
    def __init__(self):
        self.clock = Clock()
        self.region = {'global': Region('global', self.clock, ('127.0.0.1', '127.0.0.2')),
                       'cn': Region('cn', self.clock, ('127.0.0.3', '127.0.0.4'))}
        self.foreign = FakeHost('foreign', self._take, '127.0.0.5')

    def close(self):
        for host in self.hosts:
            host.stop()

    @property
    def hosts(self):
        return [*(h for region in self.region.values() for h in region.hosts), self.foreign]

    def make_key(self, region, prefix='fake-key'):
        """A key that is good in that region only. sk-api is paid by use, sk-cp belongs to a plan."""
        key = f'{prefix}-{region}-{secrets.token_urlsafe(24)}'
        self.region[region].keys.add(key)
        return key

    def requests(self):
        return sorted((r for host in self.hosts for r in list(host.requests)), key=lambda r: r.at)

    def secrets(self):
        """All keys and tokens there are."""
        return [s for r in self.region.values() for s in (*r.keys, *r.oauth.secrets())]

    def leaks(self):
        """(name of the host, path) of each secret that came where it does not belong."""
        found = []
        for host in self.hosts:
            own = next((r for r in self.region.values() if host in r.hosts), None)
            for request in list(host.requests):
                text = ' '.join((request.body, *request.headers.values(), *request.query.values()))
                foreign = [s for s in self.secrets() if s in text
                           and not (own and own.behaviour.knows(s))]
                if foreign or (not own and request.secrets):
                    found.append((host.name, request.path))
        return found

    @staticmethod
    def _take(request):
        """Whatever a thief would say so that more comes."""
        return Reply(200, {'status': 'success', 'access_token': 'fake-access-of-a-thief',
                           'refresh_token': 'fake-refresh-of-a-thief', 'expired_in': 900,
                           'user_code': 'THIEF', 'verification_uri': 'http://thief.example/',
                           'state': request.form.get('state', ''), 'interval': 2000})
