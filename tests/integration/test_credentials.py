#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""Keys: how they come in, where they are kept, and that they come out nowhere."""

import fcntl
import os
import socket
import time

from client import DBusError, ERROR, CREDENTIALS, Signals
from harness import GatewayTest, KEY, main
from keyring import NAME as SECRETS

M21 = 'minimax/MiniMax-M2.1'
PROFILE = 'minimax:default'
SECRET = 'sk-stored-8Hq2Lw5Xn1Bv9Tz4'


def pipe_with(data):
    read_end, write_end = os.pipe()
    os.write(write_end, data)
    os.close(write_end)
    return read_end


def socket_with(data):
    ours, theirs = socket.socketpair()
    ours.sendall(data)
    ours.close()
    return theirs.detach()


def memfd_with(data, seals=fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_WRITE
               | fcntl.F_SEAL_SEAL):
    fd = os.memfd_create('secret', os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    os.write(fd, data)
    os.lseek(fd, 0, os.SEEK_SET)
    if seals:
        fcntl.fcntl(fd, fcntl.F_ADD_SEALS, seals)
    return fd


class CredentialTest(GatewayTest):
    keyring = True
    environ = {'G_MESSAGES_DEBUG': 'all'}
    configured = False

    def setUp(self):
        super().setUp()
        self.configure()

    def configure(self, scenario='anthropic', key=None, **more):
        self.session.configure({'minimax': self.session.entry(scenario, key)}, **more)

    def store(self, secret=SECRET, profile=PROFILE, **options):
        fd = pipe_with(secret.encode())
        try:
            return self.client.store_secret(profile, fd, **options)
        finally:
            os.close(fd)

    def listed_by_now(self):
        """The same while a keyring is coming up: none is not there yet."""
        try:
            return self.listed()
        except DBusError as error:
            self.assertEqual(error.short, 'KeyringUnavailable')
            return {}

    def listed(self, **options):
        return {c['profile']: c for c in self.client.list_credentials(**options)}


class StoreTest(CredentialTest):
    def test_by_pipe_socket_and_sealed_memfd(self):
        for name, make in (('pipe', pipe_with), ('socket', socket_with), ('memfd', memfd_with)):
            with self.subTest(kind=name):
                secret = f'{SECRET}-{name}'
                fd = make(secret.encode())
                self.assertEqual(self.client.store_secret(PROFILE, fd), ())
                os.close(fd)
                self.assertEqual(self.client.complete('hello')['profile'], PROFILE)
                sent = self.provider.requests()[-1]['headers']['authorization']
                self.assertEqual(sent, f'Bearer {secret}')
        self.assertEqual(len(self.session.keyring.items()), 1, 'the item was not replaced')

    def test_item(self):
        self.store()
        self.assertEqual(self.session.keyring.secrets(), [SECRET.encode()])
        item = self.session.keyring.items()[0]
        self.assertEqual(item['xdg:schema'], 'org.openclaw.Gateway.Credential')
        self.assertEqual(item['profile'], PROFILE)
        self.assertEqual(item['provider'], 'minimax')
        self.assertEqual(item['kind'], 'api_key')
        self.assertEqual(item['origin'], self.provider.origin)
        self.assertIn('generation', item)
        self.assertIn('minimax', item['label'].lower())

    def test_white_space_around_it_is_taken_away(self):
        self.store(f'  {SECRET}\r\n')
        self.assertEqual(self.session.keyring.secrets(), [SECRET.encode()])

    def test_properties_and_models_follow(self):
        signals = Signals(self.client)
        self.assertIs(self.client.get('Ready'), False)
        self.assertEqual(self.client.resolve(M21)['credential'], 'missing')
        self.store()
        self.assertIs(self.client.get('Ready'), True)
        self.assertEqual(self.client.resolve(M21)['credential'], PROFILE)
        signals.wait_for('ModelsChanged')

    def test_refused_descriptors(self):
        regular = self.session.folder / 'key-file'
        regular.write_text('not a secret')
        empty_read, empty_write = os.pipe()
        primary, secondary = os.openpty()
        cases = {
            'regular file': os.open(regular, os.O_RDONLY),
            'folder': os.open(self.session.folder, os.O_RDONLY),
            'device': os.open('/dev/zero', os.O_RDONLY),
            'terminal': secondary,
            'unsealed memfd': memfd_with(b'not a secret', 0),
            'write end of a pipe': empty_write,
        }
        for name, fd in cases.items():
            with self.subTest(kind=name):
                self.assertDBusError('InvalidArgs', self.client.store_secret, PROFILE, fd)
        for fd in (*cases.values(), primary, empty_read):
            os.close(fd)
        self.assertEqual(self.session.keyring.items(), [])

    def test_refused_contents(self):
        for name, data in (('empty', b''), ('white space', b' \n\t '), ('too long', b'x' * 65537),
                           ('NUL', b'sk-a\0b'), ('no UTF-8', b'sk-\xff\xfe'),
                           ('two lines', b'sk-a\nsk-b')):
            with self.subTest(content=name):
                read_end, write_end = os.pipe()
                fcntl.fcntl(write_end, fcntl.F_SETPIPE_SZ, 1 << 18)
                os.write(write_end, data)
                os.close(write_end)
                self.assertDBusError('InvalidArgs', self.client.store_secret, PROFILE, read_end)
                os.close(read_end)
        self.assertEqual(self.session.keyring.items(), [])

    def test_pipe_that_never_ends(self):
        read_end, write_end = os.pipe()
        os.write(write_end, b'sk-half')
        start = time.monotonic()
        self.assertDBusError('InvalidArgs', self.client.store_secret, PROFILE, read_end)
        self.assertTrue(8 < time.monotonic() - start < 13)
        os.close(read_end)
        os.close(write_end)

    def test_missing_and_surplus_descriptors(self):
        arguments = ('StoreSecret', '(ssha{sv})', PROFILE, 'api_key', 0, {})
        self.assertDBusError('InvalidArgs', self.client.call, *arguments, interface=CREDENTIALS)
        arguments = ('StoreSecret', '(ssha{sv})', PROFILE, 'api_key', 7, {})
        fd = pipe_with(SECRET.encode())
        self.assertDBusError('InvalidArgs', self.client.call, *arguments, interface=CREDENTIALS,
                             fds=[fd])
        arguments = ('StoreSecret', '(ssha{sv})', PROFILE, 'api_key', 0, {})
        self.assertDBusError('InvalidArgs', self.client.call, *arguments, interface=CREDENTIALS,
                             fds=[fd, fd])
        os.close(fd)
        self.assertEqual(self.session.keyring.items(), [])

    def test_bad_names(self):
        for profile in ('', 'minimax', ':default', 'minimax:', 'mini max:x', 'minimax:a/b\n'):
            with self.subTest(profile=profile):
                self.assertDBusError('InvalidArgs', self.store, profile=profile)
        for profile in ('minimax:env', 'minimax:config'):
            with self.subTest(profile=profile):
                self.assertDBusError('InvalidArgs', self.store, profile=profile)
        self.assertDBusError('InvalidArgs', self.store, kind='password')
        self.assertDBusError('ProviderNotConfigured', self.store, profile='nobody:default')

    def test_list(self):
        self.assertEqual(self.listed(), {})
        self.store()
        self.store('sk-other', 'anthropic:work', kind='token')
        listed = self.listed()
        self.assertEqual(set(listed), {PROFILE, 'anthropic:work'})
        entry = listed[PROFILE]
        self.assertEqual((entry['provider'], entry['kind'], entry['source'], entry['state']),
                         ('minimax', 'api_key', 'keyring', 'ok'))
        self.assertEqual(listed['anthropic:work']['kind'], 'token')
        self.assertEqual(set(self.listed(provider='minimax')), {PROFILE})

    def test_configured_keys_are_listed_without_value(self):
        self.configure(key=KEY)
        entry = self.listed()['minimax:config']
        self.assertEqual(entry['source'], 'config')
        self.assertNotIn(KEY, str(entry))

    def test_remove(self):
        self.store()
        self.client.remove_credential(PROFILE)
        self.assertEqual(self.listed(), {})
        self.assertEqual(self.session.keyring.items(), [])
        self.assertDBusError('CredentialMissing', self.client.complete, 'hello')
        self.assertDBusError('NotFound', self.client.remove_credential, PROFILE)

    def test_stored_profiles_come_before_configured_keys(self):
        self.configure(key=KEY)
        self.store()
        self.assertEqual(self.client.complete('hello')['profile'], PROFILE)
        self.assertEqual(self.client.complete('hello', profile='minimax:config')['profile'],
                         'minimax:config')
        self.assertDBusError('CredentialMissing', self.client.complete, 'hello',
                             profile='minimax:nobody')

    def test_stored_key_survives_a_restart_of_the_daemon(self):
        self.store()
        self.assertEqual(self.session.stop_daemon(), 0)
        self.session.start_daemon()
        self.assertEqual(self.client.complete('hello')['profile'], PROFILE)

    def test_items_that_others_add_are_noticed(self):
        self.session.keyring.add('A key', {
            'xdg:schema': 'org.openclaw.Gateway.Credential', 'profile': PROFILE,
            'provider': 'minimax', 'kind': 'api_key', 'generation': '1',
            'origin': self.provider.origin}, SECRET)
        self.wait_until(lambda: self.client.get('Ready'), 'the item to be noticed')
        self.assertEqual(self.client.complete('hello')['profile'], PROFILE)

    def test_items_that_others_remove_are_noticed(self):
        self.store()
        keyring = self.session.keyring
        for path in keyring.get(keyring.default_collection(), 'org.freedesktop.Secret.Collection',
                                'Items'):
            keyring.call(path, 'org.freedesktop.Secret.Item', 'Delete')
        self.wait_until(lambda: self.client.get('Ready') is False, 'the loss to be noticed')


class OriginTest(CredentialTest):
    def test_key_does_not_follow_the_provider_to_another_origin(self):
        self.store()
        entry = self.session.entry(key=None)
        entry['baseUrl'] = entry['baseUrl'].replace('127.0.0.1', 'localhost')
        self.session.configure({'minimax': entry})
        message = self.assertDBusError('CredentialRejected', self.client.complete, 'hello')
        port = self.provider.port
        self.assertMentions(message, f'http://127.0.0.1:{port}', f'http://localhost:{port}',
                            'openclawctl models auth', 'minimax')
        self.assertEqual(self.provider.requests(), [])
        self.store()
        self.assertEqual(self.client.complete('hello')['profile'], PROFILE)

    def test_redirect_does_not_get_the_key(self):
        self.store()
        for scenario in ('redirect', 'redirect-307'):
            with self.subTest(scenario=scenario):
                self.configure(scenario)
                self.assertDBusError('InvalidRequest', self.client.complete, 'hello')
        self.assertEqual(self.provider.requests('stolen'), [])


class LeakTest(CredentialTest):
    def test_secret_is_found_nowhere(self):
        monitor = self.session.start_monitor()
        self.store()
        self.client.complete('hello')
        self.client.stream_all('hello')
        self.client.list_credentials()
        self.client.list_models(all=True)
        for scenario in ('echo-key', 'event-key', '2049'):
            self.configure(scenario)
            with self.assertRaises(Exception):
                self.client.complete('hello')
            self.client.stream_all('hello')
        self.session.ctl('models', 'status')
        self.session.ctl('models', 'auth', 'list', '--json')
        self.client.remove_credential(PROFILE)
        time.sleep(0.2)
        self.assertGreater(monitor.stat().st_size, 1000)
        self.assertEqual(self.session.find_secret(SECRET), [])
        self.assertNotIn(SECRET, self.session.daemon_log())

    def test_core_dumps_are_off(self):
        with open(f'/proc/{self.session.daemon.pid}/limits', encoding='ascii') as limits:
            core = [line.split() for line in limits if line.startswith('Max core file size')][0]
        dumpable = os.stat(f'/proc/{self.session.daemon.pid}/environ').st_uid
        self.assertTrue(core[4] == '0' or dumpable == 0, core)


class LockedTest(CredentialTest):
    def test_locked(self):
        self.store()
        self.session.keyring.lock()
        start = time.monotonic()
        message = self.assertDBusError('KeyringLocked', self.client.complete, 'hello')
        self.assertLess(time.monotonic() - start, 3)
        self.assertIn('keyring', message.lower())
        self.assertEqual(self.provider.requests(), [])
        self.assertDBusError('KeyringLocked', self.store, 'sk-second')
        self.assertDBusError('KeyringLocked', self.client.remove_credential, PROFILE)
        self.assertEqual(self.listed()[PROFILE]['state'], 'locked')

    def test_daemon_that_starts_while_it_is_locked(self):
        self.store()
        self.session.keyring.lock()
        self.assertEqual(self.session.stop_daemon(), 0)
        self.session.start_daemon()
        self.assertDBusError('KeyringLocked', self.client.complete, 'hello')
        self.session.keyring.restart()
        self.wait_until(lambda: self.listed_by_now().get(PROFILE, {}).get('state') == 'ok',
                        'the unlocked keyring to be noticed')
        self.assertEqual(self.client.complete('hello')['profile'], PROFILE)

    def test_restarted_service(self):
        self.store()
        self.client.complete('hello')
        self.session.keyring.restart()
        self.wait_until(lambda: self.client.get('Ready'), 'the new service to be noticed')
        self.assertEqual(self.client.complete('hello')['profile'], PROFILE)

    def test_service_goes_away(self):
        self.store()
        self.session.keyring.stop()
        start = time.monotonic()
        with self.assertRaises(Exception) as caught:
            self.client.complete('hello')
        self.assertIn(caught.exception.short, ('KeyringUnavailable', 'CredentialMissing'))
        self.assertLess(time.monotonic() - start, 3)

    def test_locked_keyring_does_not_stop_other_keys(self):
        self.store()
        self.session.keyring.lock()
        self.session.configure({'minimax': self.session.entry(key=None), 'second': 'ok'},
                               fallbacks=['second/MiniMax-M2.1'])
        answer = self.client.complete('hello')
        self.assertEqual(answer['profile'], 'second:config')
        self.assertEqual(answer['attempts'][0]['error'], ERROR + 'KeyringLocked')


class AbsentTest(CredentialTest):
    keyring = False

    def test_nothing_can_be_stored(self):
        start = time.monotonic()
        message = self.assertDBusError('KeyringUnavailable', self.store)
        self.assertLess(time.monotonic() - start, 3)
        self.assertIn('keyring', message.lower())
        self.assertEqual(self.session.find_secret(SECRET), [])

    def test_missing_is_missing(self):
        with self.assertRaises(Exception) as caught:
            self.client.complete('hello')
        self.assertIn(caught.exception.short, ('CredentialMissing', 'KeyringUnavailable'))

    def test_configured_and_local_providers_work(self):
        self.configure(key=KEY)
        self.assertEqual(self.client.complete('hello')['profile'], 'minimax:config')

    def test_service_that_comes_later(self):
        self.session.start_keyring()
        self.wait_until(lambda: self.client.name_has_owner(SECRETS), 'the keyring')
        self.store()
        self.assertEqual(self.client.complete('hello')['profile'], PROFILE)


class EmptyTest(CredentialTest):
    keyring = 'empty'

    def test_no_default_collection(self):
        start = time.monotonic()
        message = self.assertDBusError('KeyringUnavailable', self.store)
        self.assertLess(time.monotonic() - start, 4)
        self.assertIn('keyring', message.lower())
        self.assertEqual(self.session.find_secret(SECRET), [])


class EnvironmentTest(CredentialTest):
    environ = {'MINIMAX_API_KEY': KEY, 'G_MESSAGES_DEBUG': 'all'}
    keyring = False

    def test_environment_key_goes_to_the_configured_entry(self):
        self.assertEqual(self.client.complete('hello')['profile'], 'minimax:env')
        self.assertEqual(self.provider.requests()[-1]['headers']['authorization'], f'Bearer {KEY}')

    def test_environment_comes_before_the_configured_key(self):
        self.configure(key='sk-from-file')
        self.assertEqual(self.client.complete('hello')['profile'], 'minimax:env')

    def test_it_is_not_logged(self):
        self.client.complete('hello')
        self.assertNotIn(KEY, self.session.daemon_log())


class ChoiceTest(CredentialTest):
    def test_chosen_profile_is_not_rotated(self):
        self.store('sk-bad-1', 'minimax:a')
        self.store('sk-good', 'minimax:b')
        self.assertDBusError('CredentialRejected', self.client.complete, 'hello',
                             profile='minimax:a')


if __name__ == '__main__':
    main()
