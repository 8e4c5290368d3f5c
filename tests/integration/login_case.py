# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""A session whose minimax and minimax-portal lead to the MiniMax of minimax_server.py.

    class MyTest(LoginTest):
        plugin = True                     # minimax-portal-auth is enabled in openclaw.json
        def test_it(self):
            answer = self.log_in()        # BeginLogin() to its end: the arguments of Finished()
            self.world.region['global'].oauth ...

Also for tests of their own kind: write_drop_ins(session, world) before the daemon starts, and
plain_config(plugin) for openclaw.json. add_login() puts a login of before into the keyring, as it is
described in daemon/credentials/ocg-login-token.h, without waiting for one.
"""

import json

import json5_reader
import paths
import processes
from client import CREDENTIALS, NAME, Signals, options_of
from harness import NOBODY, GatewayTest
from minimax_server import MiniMax
from pty_child import Terminal

PORTAL = 'minimax-portal'
PLUGIN = 'minimax-portal-auth'
PROFILE = 'minimax-portal:default'
M21 = 'minimax-portal/MiniMax-M2.1'
LOGIN = NAME + '.Login'
PLUGINS = NAME + '.Plugins'
USAGE = NAME + '.Usage'
FAST = 30   # ms between two polls


def portal_data(world, **login):
    """What providers.d/minimax-portal.json says. "Trusted": it stands in the data folder."""
    regions = world.region
    return {
        'baseUrl': regions['global'].base_url,
        'class': 'global',
        'origins': [[h.origin for h in reversed(r.hosts)] for r in regions.values()],
        'regions': {name: {'baseUrl': r.base_url} for name, r in regions.items()},
        'login': {'pollIntervalMs': FAST, **login,
                  'regions': {name: r.login_data() for name, r in regions.items()}},
        'quota': {'regions': {name: r.quota_data() for name, r in regions.items()}},
    }


def key_data(world):
    """What providers.d/minimax.json says: the provider of API keys."""
    return {
        'baseUrl': world.region['global'].base_url,
        'class': 'global',
        'regions': {name: {'baseUrl': r.base_url} for name, r in world.region.items()},
        'quota': {'regions': {name: r.quota_data(True) for name, r in world.region.items()}},
    }


def write_drop_in(session, provider, data):
    folder = session.folder / 'data' / 'providers.d'
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f'{provider}.json').write_text(json.dumps(data, indent=2))


def write_drop_ins(session, world, **login):
    """login: members of "login" that are different. Before the daemon starts, or a reload."""
    write_drop_in(session, PORTAL, portal_data(world, **login))
    write_drop_in(session, 'minimax', key_data(world))


def rfc8628_data(server, **login):
    """A provider with a standard login, such as the catalogue's Qwen portal."""
    return {
        'name': 'A portal', 'class': 'global', 'baseUrl': server.host.origin + '/v1',
        'api': 'openai-completions', 'envKeys': [], 'needsKey': True,
        'regions': {'global': {'name': 'Everywhere', 'class': 'global',
                               'baseUrl': server.host.origin + '/v1'}},
        'authChoices': [{'choice': 'fake-portal', 'method': 'oauth', 'label': 'A portal'}],
        'login': server.login_data(**login),
        'models': [{'id': 'fake-coder', 'name': 'Fake coder', 'reasoning': False,
                    'input': ['text'], 'contextWindow': 128000, 'maxTokens': 8192}],
    }


def plain_config(plugin=False, **more):
    """An openclaw.json that leads to no server of this machine by chance."""
    config = {'models': {'mode': 'merge', 'providers': {
        name: {'baseUrl': NOBODY} for name in ('lmstudio', 'ollama')}}}
    if plugin:
        config['plugins'] = {'entries': {PLUGIN: {'enabled': True}}}
    return {**config, **more}


def token_text(access, refresh, expires, region, endpoint, lifetime=900, **more):
    """The secret of an item for a login; expires: Unix ms."""
    return json.dumps({'type': 'oauth', 'access': access, 'refresh': refresh, 'expires': expires,
                       'lifetime': lifetime * 1000, 'region': region, 'login': PORTAL,
                       'endpoint': endpoint, **more})


class LoginTest(GatewayTest):
    keyring = True
    configured = False
    plugin = True
    primary = M21        # None for no default model
    login_data = {}      # members of "login" that are different

    def setUp(self):
        start, self.started = self.started, False
        self.world = MiniMax()
        self.addCleanup(self.world.close)
        self.here = self.world.region['global']
        self.oauth = self.here.oauth
        for region in self.world.region.values():
            region.oauth.interval = FAST
        super().setUp()
        write_drop_ins(self.session, self.world, **self.login_data)
        self.session.write_config(self.make_config())
        if start:
            self.session.start_daemon()

    def make_config(self):
        if not self.primary:
            return plain_config(self.plugin)
        model = {'primary': self.primary}
        return plain_config(self.plugin, agents={'defaults': {'model': model}})

    # Logins

    def begin_login(self, method=PORTAL, client=None, **options):
        """(path, details); region is global unless it is said."""
        options.setdefault('region', 'global')
        client = client or self.client
        return client.call('BeginLogin', '(sa{sv})', method,
                           options_of({k: v for k, v in options.items() if v is not None}),
                           interface=CREDENTIALS)

    def cancel_login(self, path, client=None):
        (client or self.client).call('Cancel', '()', interface=LOGIN, path=path)

    def log_in(self, timeout=20, **options):
        """The arguments of Finished(): ok, error name, message, details."""
        signals = Signals(self.client, LOGIN)
        path = self.begin_login(**options)[0]
        # Another login that is over may say so, too.
        own = lambda: [s for s in signals.named('Finished') if s[0] == path]
        processes.wait_until(own, 'the end of the login', timeout, self.client.iterate)
        signals.close()
        finished = own()[0]
        return finished[3]

    def add_login(self, remaining=900, region='global', profile=PROFILE, lifetime=900, **more):
        """A login of before, whose access token is good for `remaining` seconds (negative: it has
        expired). Returns (access, refresh)."""
        place = self.world.region[region]
        access, refresh, expires = place.oauth.issue(remaining)
        text = token_text(access, refresh, expires, region, place.account.origin, lifetime, **more)
        self.session.keyring.add(f'MiniMax ({profile})', {
            'xdg:schema': 'org.openclaw.Gateway.Credential', 'profile': profile,
            'provider': PORTAL, 'kind': 'oauth', 'generation': '1',
            'origin': place.api.origin}, text)
        if self.session.daemon:
            self.wait_until(lambda: profile in self.listed(), 'the login to be noticed')
        return access, refresh

    # The command line

    def terminal(self, *arguments, environ=None, columns=80):
        """openclawctl on a terminal."""
        child = Terminal([paths.CTL, *arguments],
                         {**self.session.environ, 'TERM': 'xterm-256color', **(environ or {})},
                         columns)
        self.addCleanup(child.close)
        return child

    def ctl(self, *arguments, status=0, **options):
        """openclawctl to its end, which has to be that status."""
        done = self.session.ctl(*arguments, **options)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return done

    def config(self):
        return json5_reader.read(self.session.config_path.read_bytes())

    # What there is

    def stored(self):
        """The secrets of all items, parsed; a plain key is a string."""
        found = []
        for secret in self.session.keyring.secrets():
            try:
                found.append(json.loads(secret))
            except ValueError:
                found.append(secret.decode())
        return found

    def listed(self, **options):
        return {c['profile']: c for c in self.client.list_credentials(**options)}

    def assertFaithful(self):
        """Each request was as it should be, and no secret went astray."""
        for region in self.world.region.values():
            self.assertEqual(region.oauth.problems, [])
            self.assertEqual(region.oauth.reused, 0, 'a refresh token was used twice')
        self.assertEqual(self.world.leaks(), [])
