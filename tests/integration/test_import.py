#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""Keys that stand in files as plain text go into the keyring, and out of the files when told to."""

import json
import os
import pty
import time

import json5_reader
import openclaw_keys
import paths
from client import CREDENTIALS, DBusError, dictionary
from harness import NOBODY, GatewayTest, main

M21 = 'minimax/MiniMax-M2.1'
KEY = 'sk-plain-8Hq2Lw5Xn1Bv9Tz4'
OTHER = 'sk-other-Zq7vWx3kLm9RtY2p'
TOKEN = 'sk-token-4Tz9Bv1Xn5Lw2Hq8'
ACCESS = 'eyAccess-Rt5Yp2Lk9Mn3Wx7v'
REFRESH = 'rt-Refresh-Wx7vZq3kLm9RtY2p'
NOW = int(time.time() * 1000)
HOUR = 3600 * 1000

CONFIG = '''// mine
{
  // where it goes
  models: {
    providers: {
      minimax: {
        baseUrl: '%s', // ours
        apiKey: '%s', // the key
        models: [{ id: 'MiniMax-M2.1', name: 'M2.1' }],
      },
      lmstudio: { baseUrl: '%s', apiKey: 'lmstudio', models: [] }, // stays
      ollama: { baseUrl: '%s', apiKey: 'ollama-local', models: [] },
    },
  },
  agents: { defaults: { model: { primary: 'minimax/MiniMax-M2.1' } } }, // the end
}
'''


class ImportTest(GatewayTest):
    keyring = True
    environ = {'G_MESSAGES_DEBUG': 'all'}

    def setUp(self):
        super().setUp()
        self.state = self.session.home / '.openclaw'

    def write(self, path, value, mode=0o600):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(value if isinstance(value, str) else json.dumps(value))
        path.chmod(mode)
        return path

    def write_profiles(self, agent='main', **profiles):
        named = {name.replace('__', ':').replace('_', '-'): p for name, p in profiles.items()}
        return self.write(self.state / 'agents' / agent / 'agent/auth-profiles.json',
                          {'version': 1, 'profiles': named})

    def use(self, text):
        self.session.write_config(text)
        self.session.reload()

    def use_config(self):
        self.use(CONFIG % (self.provider.url('anthropic'), KEY, NOBODY, NOBODY))

    def use_nothing(self):
        self.session.configure({'minimax': self.session.entry(key=None)})

    def do(self, **options):
        reply = self.client.call('ImportPlaintext', '(a{sv})', dictionary(options), interface=CREDENTIALS)
        text = json.dumps(reply)
        for secret in (KEY, OTHER, TOKEN, ACCESS, REFRESH):
            self.assertNotIn(secret[4:12], text)
        return reply

    def states(self, finds):
        return {(os.path.basename(f['file']), f.get('place', '')): f['state'] for f in finds}

    def items(self):
        return {i['profile']: i for i in self.session.keyring.items()}

    def assertGone(self, secret):
        found = [f for f in self.session.find_secret(secret)
                 if not f.endswith('.keyring') and 'daemon.log' not in f]
        self.assertEqual(found, [])


class ConfigTest(ImportTest):
    def test_dry_run_changes_nothing(self):
        self.use_config()
        before = self.session.config_path.read_bytes()
        finds = self.do(**{'dry-run': True, 'remove': True})
        self.assertEqual(len(finds), 1, finds)
        find = finds[0]
        self.assertEqual(
            {k: find[k] for k in ('file', 'place', 'profile', 'provider', 'kind', 'state',
                                  'removed', 'removable')},
            {'file': str(self.session.config_path), 'place': 'models.providers.minimax.apiKey',
             'profile': 'minimax:default', 'provider': 'minimax', 'kind': 'api_key',
             'state': 'found', 'removed': False, 'removable': True})
        self.assertIn('keyring', find['message'])
        self.assertEqual(self.session.keyring.items(), [])
        self.assertEqual(self.session.config_path.read_bytes(), before)
        self.assertEqual(self.do(**{'dry-run': True})[0]['id'], find['id'])

    def test_it_is_stored_and_stays_without_consent(self):
        self.use_config()
        before = self.session.config_path.read_bytes()
        find, = self.do()
        self.assertEqual((find['state'], find['removed']), ('stored', False))
        self.assertEqual(self.session.keyring.secrets(), [KEY.encode()])
        item = self.items()['minimax:default']
        self.assertEqual((item['origin'], item['kind']), (self.provider.origin, 'api_key'))
        self.assertEqual(self.session.config_path.read_bytes(), before)
        again, = self.do()
        self.assertEqual((again['state'], again['id'], again['profile']),
                         ('skipped', find['id'], 'minimax:default'))
        self.assertEqual(len(self.session.keyring.items()), 1)

    def test_remove(self):
        self.use_config()
        before = self.session.config_path.read_text()
        self.session.config_path.chmod(0o640)
        find, = self.do(remove=True)
        self.assertEqual((find['state'], find['removed'], find['removable']),
                         ('stored', True, False))
        after = self.session.config_path.read_text()
        for kept in ('// mine\n', '// where it goes', "// ours", "apiKey: 'lmstudio'", '// stays',
                     '// the end'):
            self.assertIn(kept, after)
        self.assertGone(KEY)
        self.assertEqual(self.session.config_path.stat().st_mode & 0o777, 0o640)
        value = json5_reader.read(after.encode())
        self.assertEqual(openclaw_keys.unknown(value, json5_reader.read(before.encode())), [])
        self.assertEqual(value['auth']['profiles'],
                         {'minimax:default': {'provider': 'minimax', 'mode': 'api_key'}})
        self.assertNotIn('apiKey', value['models']['providers']['minimax'])
        self.assertEqual(self.client.complete('hello')['profile'], 'minimax:default')
        sent = self.provider.requests()[-1]['headers']['authorization']
        self.assertEqual(sent, f'Bearer {KEY}')
        self.assertEqual(self.do(), [])

    def test_an_order_that_was_set(self):
        self.use(CONFIG.replace('// where it goes', "auth: { order: { minimax: ['minimax:a'] } },")
                 % (self.provider.url('anthropic'), KEY, NOBODY, NOBODY))
        self.do(remove=True)
        value = json5_reader.read(self.session.config_path.read_bytes())
        self.assertEqual(value['models']['providers']['minimax'].get('apiKey'), None)
        self.assertEqual(value['auth']['order']['minimax'], ['minimax:a', 'minimax:default'])
        self.assertEqual(self.client.complete('hello')['profile'], 'minimax:default')

    def test_remove_what_is_stored_already(self):
        self.use_config()
        self.do()
        find, = self.do(remove=True)
        self.assertEqual((find['state'], find['removed']), ('skipped', True))
        self.assertGone(KEY)

    def test_references_and_placeholders_are_no_finds(self):
        for key in ('${SOME_KEY}', 'minimax-oauth', 'secretref-managed', 'MINIMAX_API_KEY', ' '):
            with self.subTest(key=key):
                self.session.configure({'minimax': self.session.entry(key=key)})
                self.assertEqual(self.do(**{'dry-run': True}), [])

    def test_another_key_under_the_same_name(self):
        self.use_config()
        self.do()
        self.use(CONFIG % (self.provider.url('anthropic'), OTHER, NOBODY, NOBODY))
        find, = self.do()
        self.assertEqual((find['state'], find['profile']), ('stored', 'minimax:imported'))
        self.use(CONFIG % (self.provider.url('anthropic'), TOKEN, NOBODY, NOBODY))
        self.assertEqual(self.do()[0]['profile'], 'minimax:imported-2')
        self.assertEqual(sorted(self.session.keyring.secrets()),
                         sorted(s.encode() for s in (KEY, OTHER, TOKEN)))

    def test_headers(self):
        self.session.configure({'minimax': self.session.entry(
            key=None, headers={'Authorization': f'Bearer {KEY}', 'X-Proxy-Token': OTHER,
                               'X-Title': 'desktop'})})
        finds = self.do(remove=True)
        places = {f['place']: f for f in finds}
        mine = places['models.providers.minimax.headers.Authorization']
        self.assertEqual((mine['state'], mine['removed']), ('stored', True))
        self.assertEqual(places['models.providers.minimax.headers.X-Proxy-Token']['state'],
                         'skipped')
        self.assertEqual(len(finds), 2)
        self.client.complete('hello')
        headers = self.provider.requests()[-1]['headers']
        self.assertEqual(headers['authorization'], f'Bearer {KEY}')
        self.assertEqual(headers['x-proxy-token'], OTHER)

    def test_bad_keys_and_unknown_files(self):
        self.session.configure({'minimax': self.session.entry(key='not a key')})
        find, = self.do()
        self.assertEqual(find['state'], 'skipped')
        self.assertMentions(find['message'], 'models auth add')
        self.session.write_config('{ models: ')
        with self.assertRaises(DBusError):
            self.session.reload()
        find, = self.do()
        self.assertEqual((find['state'], find.get('place')), ('failed', None))
        self.assertMentions(find['message'], 'config validate')

    def test_included_file(self):
        inner = self.write(self.state / 'keys.json5',
                           "{ minimax: { baseUrl: '%s', apiKey: '%s', /* mine */ models: [] } }"
                           % (self.provider.url('anthropic'), KEY))
        self.use("{ models: { providers: { $include: './keys.json5' } } }")
        find, = self.do(remove=True)
        self.assertEqual((find['file'], find['removed']), (str(inner), True))
        self.assertIn('/* mine */', inner.read_text())
        self.assertGone(KEY)


class EnvironmentTest(ImportTest):
    def use_env(self, env, **entry):
        value = {'models': {'providers': {'minimax': {
            'baseUrl': self.provider.url('anthropic'), **entry,
            'models': [{'id': 'MiniMax-M2.1', 'name': 'M'}]},
            'lmstudio': {'baseUrl': NOBODY, 'models': []},
            'ollama': {'baseUrl': NOBODY, 'models': []}}}}
        if env:
            value['env'] = env
        self.use(json.dumps(value, indent=2))

    def config(self):
        return json5_reader.read(self.session.config_path.read_bytes())

    def test_block_with_the_reference_to_it(self):
        self.use_env({'MINIMAX_API_KEY': KEY, 'vars': {'UNRELATED_KEY': OTHER}},
                     apiKey='${MINIMAX_API_KEY}')
        find, = self.do(remove=True)
        self.assertEqual((find['place'], find['profile'], find['removed']),
                         ('env.MINIMAX_API_KEY', 'minimax:default', True))
        value = self.config()
        self.assertEqual(value['env'], {'vars': {'UNRELATED_KEY': OTHER}})
        self.assertNotIn('apiKey', value['models']['providers']['minimax'])
        self.assertGone(KEY)
        self.assertEqual(self.client.complete('hello', M21)['profile'], 'minimax:default')

    def test_a_reference_elsewhere_keeps_it(self):
        self.use_env({'vars': {'MINIMAX_API_KEY': KEY}}, headers={'X-Title': '${MINIMAX_API_KEY}'})
        before = self.session.config_path.read_bytes()
        find, = self.do(remove=True)
        self.assertEqual((find['state'], find['removed'], find['removable']),
                         ('stored', False, False))
        self.assertMentions(find['message'], 'models.providers.minimax.headers.X-Title')
        self.assertEqual(self.session.config_path.read_bytes(), before)

    def test_dotenv(self):
        self.use_env(None, apiKey='${MINIMAX_API_KEY}')
        lines = (b'\xef\xbb\xbf# mine\r\n', b'export OTHER="a\nb" # two lines\n',
                 b'export MINIMAX_API_KEY = "%s" # key\n' % KEY.encode(), b'LAST=1')
        file = self.state / '.env'
        file.write_bytes(b''.join(lines))
        file.chmod(0o640)
        self.session.reload()
        find, = self.do(remove=True)
        self.assertEqual((find['place'], find['state'], find['removed']),
                         ('MINIMAX_API_KEY', 'stored', True))
        self.assertEqual(file.read_bytes(), lines[0] + lines[1] + lines[3])
        self.assertEqual(file.stat().st_mode & 0o777, 0o640)
        self.assertGone(KEY)
        self.assertNotIn('apiKey', self.config()['models']['providers']['minimax'])
        self.assertEqual(self.client.complete('hello', M21)['profile'], 'minimax:default')

    def test_the_same_key_at_several_places(self):
        self.use_env({'vars': {'MINIMAX_API_KEY': KEY}}, apiKey=KEY)
        self.write(self.state / '.env', f'MINIMAX_API_KEY={KEY}\n')
        dry = self.do(**{'dry-run': True})
        self.assertEqual([f['state'] for f in dry], ['found', 'skipped', 'skipped'])
        finds = self.do(remove=True)
        self.assertEqual([f['removed'] for f in finds], [True] * 3)
        self.assertEqual(len(self.session.keyring.items()), 1)
        self.assertGone(KEY)

    def test_unreadable_dotenv(self):
        self.use_env(None)
        (self.state / '.env').mkdir()
        find, = self.do()
        self.assertEqual((find['state'], find.get('place')), ('failed', None))

    def test_nothing_is_removed_when_openclaw_json_cannot_be_written(self):
        self.use_env(None)
        file = self.write(self.state / '.env', f'MINIMAX_API_KEY={KEY}\n')
        self.session.reload()
        self.session.write_config('{ models: ')
        self.assertDBusError('ConfigInvalid', self.do, remove=True)
        self.assertEqual(file.read_text(), f'MINIMAX_API_KEY={KEY}\n')
        self.assertEqual(self.session.keyring.secrets(), [KEY.encode()])


class StoreTest(ImportTest):
    def setUp(self):
        super().setUp()
        self.use_nothing()

    def test_profiles(self):
        file = self.write_profiles(
            minimax__default={'type': 'api_key', 'provider': 'minimax', 'key': KEY},
            minimax__work={'type': 'token', 'provider': 'minimax', 'token': TOKEN,
                           'expires': NOW + HOUR},
            minimax_portal__default={'type': 'oauth', 'provider': 'minimax-portal',
                                     'access': ACCESS, 'refresh': REFRESH, 'expires': NOW - HOUR},
            minimax__old={'type': 'token', 'provider': 'minimax', 'token': OTHER,
                          'expires': NOW - HOUR},
            nobody__default={'type': 'api_key', 'provider': 'nobody', 'key': OTHER},
            minimax__ref={'type': 'api_key', 'provider': 'minimax', 'key': '${SOME_KEY}'})
        before = file.read_bytes()
        finds = {f['place']: f for f in self.do(remove=True)}
        self.assertEqual(
            {p: f['state'] for p, f in finds.items()},
            {'profiles["minimax:default"].key': 'stored',
             'profiles["minimax:work"].token': 'stored',
             'profiles["minimax-portal:default"].access': 'stored',
             'profiles["minimax:old"].token': 'skipped',
             'profiles["nobody:default"].key': 'skipped'})
        self.assertEqual(file.read_bytes(), before)
        self.assertFalse(any(f['removed'] or f['removable'] for f in finds.values()))
        self.assertMentions(finds['profiles["nobody:default"].key']['message'], 'nobody')
        self.assertEqual({p: i['kind'] for p, i in self.items().items()},
                         {'minimax:default': 'api_key', 'minimax:work': 'token',
                          'minimax-portal:default': 'oauth'})
        login, = [json.loads(s) for s in self.session.keyring.secrets() if REFRESH.encode() in s]
        self.assertEqual((login['access'], login['refresh'], login['expires']),
                         (ACCESS, REFRESH, NOW - HOUR))
        self.assertEqual((login['type'], login['region'], login['login'], login['endpoint']),
                         ('oauth', 'global', 'minimax-portal', 'https://account.minimax.io:443'))

    def test_order(self):
        def key(secret):
            return {'type': 'api_key', 'provider': 'minimax', 'key': secret}
        self.write(self.state / 'agents/main/agent/auth-profiles.json',
                   {'profiles': {'minimax:a': key(KEY), 'minimax:b': key(OTHER)},
                    'order': {'minimax': ['minimax:b', 'minimax:gone', 'minimax:a'],
                              'openai': ['openai:gone'], 'nobody': ['nobody:a']}})
        dry = self.do(**{'dry-run': True})
        self.assertEqual([(f['kind'], f['state']) for f in dry],
                         [('api_key', 'found')] * 2 + [('order', 'found'), ('order', 'skipped'),
                                                       ('order', 'skipped')])
        finds = self.do()
        self.assertEqual(finds[2]['state'], 'stored')
        self.assertMentions(finds[2]['message'], 'minimax:b, minimax:a')
        value = json5_reader.read(self.session.config_path.read_bytes())
        self.assertEqual(value['auth'], {'order': {'minimax': ['minimax:b', 'minimax:a']}})
        self.assertEqual(self.client.complete('hello')['profile'], 'minimax:b')
        self.assertEqual(self.do()[2]['state'], 'skipped')

    def test_its_own_names_are_kept(self):
        self.use_config()
        self.write_profiles(minimax__default={'type': 'api_key', 'provider': 'minimax',
                                              'key': OTHER})
        self.assertEqual([(f['kind'], f['profile']) for f in self.do()],
                         [('api_key', 'minimax:default'), ('api_key', 'minimax:imported')])
        self.assertEqual(self.session.keyring.secrets().index(OTHER.encode()),
                         [i['profile'] for i in self.session.keyring.items()]
                         .index('minimax:default'))

    def test_a_key_in_the_place_of_a_name(self):
        self.write(self.state / 'agents/main/agent/auth-profiles.json',
                   {'profiles': {KEY: {'type': 'api_key', 'provider': OTHER, 'key': TOKEN}}})
        find, = self.do()
        self.assertEqual(find['state'], 'skipped')

    def test_minimax_cli(self):
        file = self.write(self.session.home / '.minimax/oauth_creds.json',
                          {'access_token': ACCESS, 'refresh_token': REFRESH,
                           'expiry_date': NOW + HOUR,
                           'resource_url': 'https://api.minimaxi.com/anthropic'})
        before = file.read_bytes()
        find, = self.do(remove=True)
        self.assertEqual((find['profile'], find['provider'], find['kind'], find['state'],
                          find['removed']),
                         ('minimax-portal:minimax-cli', 'minimax-portal', 'oauth', 'stored', False))
        self.assertEqual(file.read_bytes(), before)
        login = json.loads(self.session.keyring.secrets()[0])
        self.assertEqual((login['region'], login['baseUrl']),
                         ('cn', 'https://api.minimaxi.com/anthropic'))
        self.assertEqual(self.items()['minimax-portal:minimax-cli']['origin'],
                         'https://api.minimaxi.com:443')
        self.assertMentions(find['message'], 'models.providers.minimax-portal.baseUrl '
                            'https://api.minimaxi.com/anthropic')

    def test_a_foreign_server_is_not_believed(self):
        self.write(self.session.home / '.minimax/oauth_creds.json',
                   {'access_token': ACCESS, 'refresh_token': REFRESH, 'expiry_date': NOW + HOUR,
                    'resource_url': 'https://evil.example/anthropic'})
        self.assertEqual(self.do()[0]['state'], 'stored')
        self.assertNotIn(b'evil', self.session.keyring.secrets()[0])
        self.assertEqual(self.items()['minimax-portal:minimax-cli']['origin'],
                         'https://api.minimax.io:443')

    def test_legacy_oauth(self):
        self.write(self.state / 'credentials/oauth.json',
                   {'minimax-portal': {'access': ACCESS, 'refresh': REFRESH,
                                       'expires': NOW + HOUR}})
        find, = self.do()
        self.assertEqual((find['place'], find['profile']),
                         ('minimax-portal.access', 'minimax-portal:default'))

    def test_a_login_that_was_renewed_since(self):
        login = {'type': 'oauth', 'provider': 'minimax-portal', 'access': ACCESS,
                 'refresh': REFRESH, 'expires': NOW + HOUR}
        self.write_profiles(minimax_portal__default=login)
        self.do()
        self.write_profiles(minimax_portal__default={
            **login, 'access': 'eyOld', 'refresh': 'rt-old', 'expires': NOW})
        find, = self.do()
        self.assertEqual((find['state'], find['profile']), ('skipped', 'minimax-portal:default'))
        self.assertEqual(len(self.items()), 1)

    def test_several_agents(self):
        same = {'type': 'api_key', 'provider': 'minimax', 'key': KEY}
        self.write_profiles('main', minimax__default=same)
        self.write_profiles('second', minimax__default=same,
                            minimax__other={**same, 'key': OTHER})
        finds = self.do()
        self.assertEqual([(f['state'], f['profile']) for f in finds],
                         [('stored', 'minimax:default'), ('skipped', 'minimax:default'),
                          ('stored', 'minimax:other')])

    def test_odd_files(self):
        folder = self.state / 'agents'
        outside = self.write(self.session.home / 'elsewhere.json',
                             {'profiles': {'minimax:default': {
                                 'type': 'api_key', 'provider': 'minimax', 'key': KEY}}})
        for agent in 'abcde':
            (folder / agent / 'agent').mkdir(parents=True)
        name = 'agent/auth-profiles.json'
        os.mkfifo(folder / 'a' / name)
        (folder / 'b' / name).symlink_to(outside)
        (folder / 'c' / name).mkdir()
        (folder / 'd' / name).write_text('[' * 100000)
        (folder / 'e' / name).write_text('{"profiles": "' + 'x' * 1048576 + '"}')
        finds = self.do()
        self.assertEqual([f['state'] for f in finds], ['failed'] * 5, finds)
        self.assertTrue(all(f['message'] for f in finds))
        self.assertEqual(self.items(), {})

    def test_only(self):
        self.write_profiles(
            minimax__a={'type': 'api_key', 'provider': 'minimax', 'key': KEY},
            minimax__b={'type': 'api_key', 'provider': 'minimax', 'key': OTHER})
        dry = self.do(**{'dry-run': True})
        find, = self.do(only=[dry[1]['id']])
        self.assertEqual((find['state'], find['profile']), ('stored', 'minimax:b'))
        self.assertEqual(list(self.items()), ['minimax:b'])
        self.assertMentions(self.assertDBusError('NotFound', self.do, only=['nothing']),
                            'models auth import')
        self.assertDBusError('InvalidArgs', self.do, only='nothing')
        self.assertDBusError('InvalidArgs', self.do, remove='yes')

    def test_locked_keyring(self):
        self.write_profiles(minimax__default={'type': 'api_key', 'provider': 'minimax',
                                              'key': KEY})
        self.session.keyring.lock()
        self.assertEqual(self.do(**{'dry-run': True})[0]['state'], 'found')
        self.assertDBusError('KeyringLocked', self.do)

    def test_no_keyring(self):
        self.write_profiles(minimax__default={'type': 'api_key', 'provider': 'minimax',
                                              'key': KEY})
        self.session.keyring.stop()
        self.assertEqual(self.do(**{'dry-run': True})[0]['state'], 'found')
        self.assertDBusError('KeyringUnavailable', self.do)

    def test_language(self):
        self.write_profiles(nobody__default={'type': 'api_key', 'provider': 'nobody', 'key': KEY})
        self.assertDBusError('InvalidArgs', self.do, locale=1)
        self.assertIn('nobody', self.do(locale='de')[0]['message'])

    def test_nothing_is_logged(self):
        self.write_profiles(minimax__default={'type': 'api_key', 'provider': 'minimax',
                                              'key': KEY})
        monitor = self.session.start_monitor()
        self.do()
        self.assertNotIn(KEY, self.session.daemon_log())
        self.assertNotIn(KEY.encode(), monitor.read_bytes())


class CliTest(ImportTest):
    def ctl(self, *arguments, code=0):
        result = self.session.ctl('models', 'auth', 'import', *arguments,
                                  environ={'G_MESSAGES_DEBUG': ''})
        self.assertEqual(result.returncode, code, result)
        self.assertNotIn(KEY, result.stdout + result.stderr)
        return result.stdout

    def answer(self, answers, *arguments):
        """On a terminal, with one letter for each question; the status and what was shown."""
        pid, terminal = pty.fork()
        if pid == 0:
            os.execve(paths.CTL, [str(paths.CTL), 'models', 'auth', 'import', *arguments],
                      self.session.environ)
        shown, left = '', list(answers)
        while True:
            try:
                shown += os.read(terminal, 1000).decode('utf-8', 'replace')
            except OSError:
                break
            if left and shown.endswith('[y/n] '):
                os.write(terminal, left.pop(0).encode() + b'\n')
        os.close(terminal)
        self.assertNotIn(KEY, shown)
        self.assertEqual(left, [], shown)
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), shown

    def test_without_a_terminal_nothing_is_stored(self):
        self.use_config()
        shown = self.ctl()
        self.assertMentions(shown, 'minimax:default', 'openclaw.json', '--yes')
        self.assertEqual(self.items(), {})

    def test_yes_stores_and_keeps_the_file(self):
        self.use_config()
        before = self.session.config_path.read_bytes()
        self.assertMentions(self.ctl('--yes'), 'minimax:default', 'stored', '--remove')
        self.assertEqual(list(self.items()), ['minimax:default'])
        self.assertEqual(self.session.config_path.read_bytes(), before)
        self.assertMentions(self.ctl('--yes', '--remove'), 'moved')
        self.assertGone(KEY)
        self.assertMentions(self.ctl(), 'No key', 'auth-profiles.json')

    def test_questions(self):
        self.use_config()
        before = self.session.config_path.read_bytes()
        status, shown = self.answer('n')
        self.assertEqual((status, self.items()), (0, {}), shown)
        status, shown = self.answer('yn')
        self.assertEqual((status, list(self.items())), (0, ['minimax:default']), shown)
        self.assertEqual(self.session.config_path.read_bytes(), before)
        status, shown = self.answer('y')
        self.assertEqual(status, 0, shown)
        self.assertGone(KEY)

    def test_ctrl_c_changes_nothing(self):
        self.use_config()
        status, shown = self.answer('\x03')
        self.assertEqual((status, self.items()), (130, {}), shown)

    def test_json(self):
        self.use_config()
        found, = json.loads(self.ctl('--json'))['finds']
        self.assertEqual((found['state'], self.items()), ('found', {}))
        stored, = json.loads(self.ctl('--json', '--yes', '--remove'))['finds']
        self.assertEqual((stored['state'], stored['removed']), ('stored', True))
        self.assertEqual(json.loads(self.ctl('--json', '--yes')), {'finds': []})

    def test_remove_and_keep(self):
        self.ctl('--remove', '--keep', code=2)


if __name__ == '__main__':
    main()
