# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""What CheckCredential() and "models auth check" find out about a credential."""

import json
import os
import re

from client import CREDENTIALS, options_of
from gi.repository import GLib
from harness import main
from login_case import M21, PROFILE, LoginTest
from minimax_server import ALWAYS

KEY_PROFILE = 'minimax:default'
COMMAND = ('models', 'auth', 'check', '--provider', 'minimax')


class CheckTest(LoginTest):
    primary = None

    def pipe(self, secret):
        read_end, write_end = os.pipe()
        os.write(write_end, secret.encode())
        os.close(write_end)
        self.addCleanup(os.close, read_end)
        return read_end

    def store(self, region='global', stored_for=None):
        """A key that is good in `region`, stored for another one."""
        key = self.world.make_key(region)
        self.client.store_secret(KEY_PROFILE, self.pipe(key), region=stored_for or region)
        return key

    def check(self, profile=KEY_PROFILE, **options):
        return self.client.call('CheckCredential', '(sa{sv})', profile, options_of(options),
                                interface=CREDENTIALS)

    def check_new(self, secret, profile=KEY_PROFILE, **options):
        """A secret that is not stored."""
        given = {**options_of(options), 'secret': GLib.Variant('h', 0)}
        return self.client.call('CheckCredential', '(sa{sv})', profile, given,
                                interface=CREDENTIALS, fds=[self.pipe(secret)])


class StoredTest(CheckTest):
    def test_good_key(self):
        for region in ('global', 'cn'):
            with self.subTest(region=region):
                self.store(region)
                self.assertEqual(self.check()['state'], 'ok')
        self.assertEqual(self.world.leaks(), [])

    def test_no_tokens(self):
        self.store()
        self.check()
        self.assertEqual(self.here.behaviour.messages, 0)

    def test_bad_key(self):
        for how in ('401', '1004', '2049'):
            with self.subTest(how=how):
                for region in self.world.region.values():
                    region.behaviour.bad_key = how
                self.client.store_secret(KEY_PROFILE, self.pipe('fake-key-of-nobody'))
                result = self.check()
                self.assertEqual(result['state'], 'rejected')
                self.assertIs(result.get('other-region', False), False)
                self.assertTrue(result['message'])

    def test_key_of_the_other_region(self):
        for own, other in (('global', 'cn'), ('cn', 'global')):
            with self.subTest(key=own, stored_for=other):
                self.store(own, other)
                result = self.check()
                self.assertIs(result['other-region'], True)
                self.assertEqual(result['region'], own)
                self.assertTrue(result['region-name'])
        self.assertEqual(self.world.foreign.requests, [])

    def test_trouble_is_no_refusal(self):
        self.store()
        for how in ('drop', 500, 503, 429, 'html'):
            with self.subTest(how=how):
                for region in self.world.region.values():
                    region.api.fail('', how, ALWAYS)
                result = self.check()
                self.assertEqual(result['state'], 'unknown')
                self.assertTrue(result['message'])
                self.here.recover()

    def test_nothing_to_check(self):
        self.assertDBusError('CredentialMissing', self.check)
        self.assertDBusError('InvalidArgs', self.check, 'minimax')
        self.assertDBusError('ProviderNotConfigured', self.check, 'nobody:default')

    def test_login(self):
        self.add_login(-1)
        self.assertEqual(self.check(PROFILE)['state'], 'ok')
        self.assertEqual(self.oauth.refreshes, 1)
        self.assertFaithful()

    def test_login_that_has_ended(self):
        self.oauth.refusal = 'invalid_grant'
        self.add_login(-1)
        self.assertEqual(self.check(PROFILE)['state'], 'expired')
        self.assertFaithful()

    def test_a_key_that_is_refused_is_still_there(self):
        self.client.store_secret(KEY_PROFILE, self.pipe('fake-key-of-nobody'))
        self.check()
        self.assertEqual(self.session.keyring.secrets(), [b'fake-key-of-nobody'])


class NewTest(CheckTest):
    def test_states(self):
        key = self.world.make_key('global')
        self.assertEqual(self.check_new(key)['state'], 'ok')
        self.assertEqual(self.check_new(key, region='global')['state'], 'ok')
        self.assertEqual(self.check_new('fake-key-of-nobody')['state'], 'rejected')
        wrong = self.check_new(key, region='cn')
        self.assertEqual((wrong['other-region'], wrong['region']), (True, 'global'))

    def test_nothing_is_stored(self):
        key = self.world.make_key('global')
        monitor = self.session.start_monitor()
        self.check_new(key)
        self.assertEqual(self.session.keyring.items(), [])
        self.assertEqual(self.listed(), {})
        self.assertGreater(monitor.stat().st_size, 500)
        self.assertEqual(self.session.find_secret(key), [])

    def test_refused_contents(self):
        for secret in ('', ' \n', 'a\nb', 'a\0b'):
            with self.subTest(secret=secret):
                self.assertDBusError('InvalidArgs', self.check_new, secret)
        self.assertDBusError('InvalidArgs', self.check_new, 'x', region='mars')
        self.assertDBusError('InvalidArgs', self.check_new, 'x', kind='password')
        self.assertEqual(self.world.requests(), [])

    def test_missing_descriptor(self):
        for index in (0, 5, -1):
            self.assertDBusError('InvalidArgs', self.client.call, 'CheckCredential', '(sa{sv})',
                                 KEY_PROFILE, {'secret': GLib.Variant('h', index)},
                                 interface=CREDENTIALS)


class CommandTest(CheckTest):
    def test_codes(self):
        self.store()
        self.ctl(*COMMAND)
        found = json.loads(self.ctl(*COMMAND, '--json').stdout)
        self.assertRegex(json.dumps(found), r'"state": ?"ok"')
        self.here.keys.clear()
        done = self.session.ctl(*COMMAND)
        self.assertEqual(done.returncode, 4, done.stdout + done.stderr)

    def test_wrong_region_is_named(self):
        self.store('cn', 'global')
        done = self.session.ctl(*COMMAND)
        self.assertEqual(done.returncode, 4, done.stdout + done.stderr)
        self.assertTrue(re.search('china|cn', done.stdout + done.stderr, re.I))

    def test_an_answer_after_the_check(self):
        """A check does not cool the credential down that it looks at."""
        self.store()
        self.here.api.fail('', 429, 6)
        self.check()
        self.here.recover()
        self.assertEqual(self.client.complete('hi', 'minimax/MiniMax-M2.1')['text'],
                         'hello from MiniMax')
        self.add_login()
        self.assertEqual(self.client.complete('hi', M21)['text'], 'hello from MiniMax')


if __name__ == '__main__':
    main()
