# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""Whether a provider takes a key: CheckCredential() and `models auth check`."""

import fcntl
import json
import os

from client import CREDENTIALS, options_of
from fake_host import FakeHost
from gi.repository import GLib
from harness import KEY, GatewayTest, main
from login_case import LoginTest, plain_config
from minimax_server import MESSAGES, Reply

LIST = '/v1/models'


def pipe_with(data):
    read_end, write_end = os.pipe()
    fcntl.fcntl(write_end, fcntl.F_SETPIPE_SZ, 1 << 18)
    os.write(write_end, data)
    os.close(write_end)
    return read_end


class CheckTest(LoginTest):
    primary = None

    def make_config(self):
        return plain_config(True)

    def check(self, profile='minimax:default', secret=None, **options):
        """CheckCredential(); secret: one that is not stored."""
        given = options_of(options)
        if secret is None:
            return self.client.call('CheckCredential', '(sa{sv})', profile, given,
                                    interface=CREDENTIALS)
        fd = pipe_with(secret.encode())
        try:
            return self.client.call('CheckCredential', '(sa{sv})', profile,
                                    {**given, 'secret': GLib.Variant('h', 0)},
                                    interface=CREDENTIALS, fds=[fd])
        finally:
            os.close(fd)

    def store(self, secret, profile='minimax:default'):
        fd = pipe_with(secret.encode())
        try:
            self.client.store_secret(profile, fd)
        finally:
            os.close(fd)

    def ctl(self, *arguments, status=0):
        done = self.session.ctl(*arguments)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return done

    def assertState(self, result, state, *words):
        self.assertEqual(result['state'], state, result)
        self.assertMentions(result['message'], *words)


class TestMiniMax(CheckTest):
    def test_good(self):
        key = self.world.make_key('global')
        self.assertState(self.check(secret=key), 'ok', 'MiniMax')
        request, = self.here.api.requests
        self.assertEqual((request.method, request.path, request.json['model'], request.bearer),
                         ('POST', MESSAGES, '', key))
        self.assertEqual((self.here.behaviour.checks, self.here.behaviour.messages), (1, 0))
        self.assertEqual(self.client.list_credentials(), [])

    def test_refused(self):
        for code in ('401', '1004', '2049'):
            self.here.behaviour.bad_key = code
            result = self.check(secret='sk-cp-of-nobody-Zq7vWx3kLm9R')
            self.assertState(result, 'rejected', 'MiniMax', 'refused')
            self.assertFalse(result['other-region'])
            self.assertNotIn('sk-cp-of-nobody', str(result))

    def test_other_region(self):
        for key_of, chosen, name in (('cn', 'global', 'China'), ('global', 'cn', 'Global')):
            key = self.world.make_key(key_of)
            result = self.check(secret=key, region=chosen)
            self.assertState(result, 'rejected', f'region {key_of} (')
            self.assertEqual((result['other-region'], result['region'], result['region-name']),
                             (True, key_of, name))
        self.assertEqual(self.world.region['cn'].behaviour.messages, 0)

    def test_chosen_region(self):
        key = self.world.make_key('cn')
        self.assertState(self.check(secret=key, region='cn'), 'ok')
        self.assertEqual(list(self.here.api.requests), [])

    def test_proxy_is_no_region(self):
        """What somebody else's server refuses is nobody else's business."""
        self.session.write_config(plain_config(True, models={'mode': 'merge', 'providers': {
            'minimax': {'baseUrl': self.world.foreign.origin + '/anthropic', 'models': []}}}))
        self.client.reload()
        self.world.foreign.fail(MESSAGES, Reply(401, {'error': {'message': 'no'}}), 5)
        self.assertState(self.check(secret=self.world.make_key('cn')), 'rejected')
        for region in self.world.region.values():
            self.assertEqual(list(region.api.requests), [])

    def test_somebody_elses_region(self):
        """A file that any program may write names no server that gets the key."""
        drop_ins = self.session.home / '.config/openclaw-gateway/providers.d'
        drop_ins.mkdir(parents=True, exist_ok=True)
        (drop_ins / 'minimax.json').write_text(json.dumps({'regions': {
            'cn': {'baseUrl': self.world.foreign.origin + '/anthropic'},
            'thief': {'baseUrl': self.world.foreign.origin + '/x', 'name': 'T', 'class': 'cn'}}}))
        self.client.reload()
        result = self.check(secret='sk-cp-of-nobody-Zq7vWx3kLm9R')
        self.assertState(result, 'rejected')
        self.assertEqual(list(self.world.foreign.requests), [])

    def test_network(self):
        self.here.api.stop()
        result = self.check(secret=KEY)
        self.assertState(result, 'unknown', 'could not be reached', '127.0.0.2')

    def test_wall(self):
        """A page in front of the server is no refusal, and no reason to ask another region."""
        key = self.world.make_key('global')
        for status in (400, 401, 403):
            self.here.api.fail(MESSAGES, Reply(status, '<html>wall</html>'), 1)
            self.assertState(self.check(secret=key), 'unknown', '127.0.0.2')
        self.assertEqual(list(self.world.region['cn'].api.requests), [])

    def test_too_long(self):
        self.here.api.fail(MESSAGES, Reply(401, 'x' * (5 << 20)), 1)
        self.assertState(self.check(secret=KEY), 'unknown', 'too long', '127.0.0.2')

    def test_server_in_trouble(self):
        for status in (404, 429, 500, 503):
            self.here.api.fail(MESSAGES, Reply(status, 'trouble'), 1)
            self.assertState(self.check(secret=KEY), 'unknown', '127.0.0.2')

    def test_stored(self):
        key = self.world.make_key('global')
        self.store(key)
        self.assertState(self.check(), 'ok')
        self.assertEqual(self.client.list_credentials()[0]['state'], 'ok')
        self.here.keys.clear()
        for _ in range(3):
            self.assertState(self.check(), 'rejected')
        refused, = self.client.list_credentials()
        self.assertEqual((refused['state'], refused['cooldown-reason']), ('cooldown', 'auth'))
        self.here.keys.add(key)
        self.assertState(self.check(), 'ok')
        self.assertEqual(self.client.list_credentials()[0]['state'], 'ok')
        self.assertEqual(self.session.find_secret(key), [])

    def test_bad_calls(self):
        self.assertDBusError('CredentialMissing', self.check, 'minimax:nobody')
        self.assertDBusError('ProviderNotConfigured', self.check, 'nobody:default')
        for profile in ('minimax', ':', 'minimax:a b', ''):
            self.assertDBusError('InvalidArgs', self.check, profile)
        self.assertDBusError('InvalidArgs', self.check, secret=KEY, region='mars')
        self.assertDBusError('InvalidArgs', self.check, secret=KEY, kind='oauth')
        self.assertDBusError('InvalidArgs', self.check, region='cn')
        for secret in ('', 'two words', 'x' * 70000):
            self.assertDBusError('InvalidArgs', self.check, secret=secret)
        call = self.client.call
        for fd in (3, -1, 0):
            self.assertDBusError('InvalidArgs', call, 'CheckCredential', '(sa{sv})',
                                 'minimax:default', {'secret': GLib.Variant('h', fd)},
                                 interface=CREDENTIALS)
        self.assertDBusError('InvalidArgs', call, 'CheckCredential', '(sa{sv})',
                             'minimax:default', {'secret': GLib.Variant('s', KEY)},
                             interface=CREDENTIALS)

    def test_command_line(self):
        good, bad = self.world.make_key('global'), self.world.make_key('cn')
        self.store(good)
        self.ctl('models', 'auth', 'check')
        self.store(bad, 'minimax:work')
        done = self.ctl('models', 'auth', 'check', status=4)
        self.assertMentions(done.stdout, 'minimax:default', 'minimax:work', 'region cn')
        self.ctl('models', 'auth', 'check', '--profile', 'default')
        done = self.ctl('models', 'auth', 'check', '--provider', 'minimax', '--json', status=4)
        checks = {c['profile']: c for c in json.loads(done.stdout)['checks']}
        self.assertEqual({p: c['state'] for p, c in checks.items()},
                         {'minimax:default': 'ok', 'minimax:work': 'rejected'})
        self.assertEqual(checks['minimax:work']['region'], 'cn')
        self.ctl('models', 'auth', 'check', '--profile', 'nobody', status=4)
        self.here.api.stop()
        done = self.ctl('models', 'auth', 'check', '--profile', 'default')
        self.assertIn('could not be reached', done.stdout.replace('\n', ' '))


class TestOthers(GatewayTest):
    """Providers that list their models, to everybody or to those with a key only."""

    configured = False

    def setUp(self):
        self.host = FakeHost('other', self.answer, '127.0.0.6')
        self.addCleanup(self.host.stop)
        self.is_public = False
        super().setUp()

    def configure(self, api='openai-completions', provider='other'):
        path = '' if api == 'anthropic-messages' else '/v1'
        self.session.write_config(plain_config(models={'mode': 'merge', 'providers': {
            provider: {'baseUrl': self.host.origin + path, 'api': api, 'apiKey': KEY,
                       'models': [{'id': 'm', 'name': 'm'}]}}}))
        self.client.reload()

    def answer(self, request):
        if request.path not in (LIST, '/v1/key'):
            return Reply(404, 'nothing here')
        if self.is_public or KEY in request.secrets:
            return Reply(200, {'object': 'list', 'data': []})
        return Reply(401, {'error': {'message': f'bad key {request.bearer}',
                                     'type': 'authentication_error'}})

    def seen(self, path):
        """What was asked with a key: a server on this machine is also asked for its models."""
        return [r for r in list(self.host.requests) if r.path == path and r.secrets]

    def check(self, profile='other:config'):
        return self.client.call('CheckCredential', '(sa{sv})', profile, {},
                                interface=CREDENTIALS)

    def test_good(self):
        self.configure()
        self.assertEqual(self.check()['state'], 'ok')

    def test_list_for_everybody(self):
        self.is_public = True
        self.configure()
        self.assertEqual(self.check()['state'], 'unknown')

    def test_anthropic(self):
        self.configure('anthropic-messages', 'anthropic')
        self.assertEqual(self.check('anthropic:config')['state'], 'ok')
        requests = self.seen(LIST)
        self.assertEqual({r.headers['x-api-key'] for r in requests}, {KEY})
        self.assertIn('anthropic-version', requests[-1].headers)

    def test_openrouter(self):
        self.is_public = True
        self.configure(provider='openrouter')
        self.assertEqual(self.check('openrouter:config')['state'], 'ok')
        self.assertEqual([r.bearer for r in self.seen('/v1/key')], [KEY])

    def test_refused_without_repeating_the_key(self):
        self.configure()
        config = self.session.config_path.read_text().replace(KEY, 'sk-other-9876543210abcdef')
        self.session.write_config(config)
        self.client.reload()
        result = self.check()
        self.assertEqual(result['state'], 'rejected')
        self.assertNotIn('9876543210', str(result))


if __name__ == '__main__':
    main()
