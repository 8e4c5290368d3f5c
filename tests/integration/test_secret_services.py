#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""Keys in a Secret Service that is not gnome-keyring."""

import os
import subprocess
import sys
import time

import paths
import processes
from harness import GatewayTest, main
from keyring import NAME, PATH, SERVICE
from test_credentials import pipe_with
from gi.repository import GLib

PROFILE = 'minimax:default'
KEY = 'sk-stored-3Vt8Qm5Zr1'
LOGIN = f'{PATH}/collection/login'


class ServiceTest(GatewayTest):
    configured = started = False

    def start(self, *options, display=True):
        """Starts the service with these habits, and the gateway."""
        self.log = self.session.folder / 'service.log'
        log = open(self.log, 'ab')
        self.service = processes.spawn(
            [sys.executable, paths.HERE / 'secret_service.py', self.session.address, *options],
            env=self.session.environ, stdin=subprocess.PIPE, stdout=log, stderr=log)
        log.close()
        self.addCleanup(self.stop_service)
        self.client.wait_for_name(NAME)
        if not self.session.daemon:
            self.session.configure({'minimax': self.session.entry(key=None)})
            self.session.start_daemon({'DISPLAY': ':99'} if display else {})

    def stop_service(self):
        if self.service.poll() is None:
            self.service.stdin.close()
            self.assertEqual(self.service.wait(10), 0, self.log.read_text('utf-8'))

    def restart_service(self, *options):
        self.stop_service()
        self.client.wait_for_no_name(NAME)
        self.log.unlink()
        self.start(*options)

    def calls(self, method):
        return [line.split()[1] for line in self.log.read_text('utf-8').splitlines()
                if line.startswith(f'{method} ')]

    def store(self, key=KEY, profile=PROFILE):
        fd = pipe_with(key.encode())
        try:
            self.client.store_secret(profile, fd)
        finally:
            os.close(fd)

    def assertWorks(self, key=KEY, profile=PROFILE):
        self.assertEqual(self.client.complete('hello')['profile'], profile)
        self.assertEqual(self.provider.requests()[-1]['headers']['authorization'], f'Bearer {key}')

    def states(self):
        return {c['profile']: c['state'] for c in self.client.list_credentials()}

    def forget(self):
        """A secret is remembered for a second."""
        self.client.spin(1.1)


class HabitTest(ServiceTest):
    def use(self):
        self.store()
        self.assertEqual(self.states(), {PROFILE: 'ok'})
        self.assertWorks()
        self.store('sk-another')
        self.assertWorks('sk-another')
        self.client.remove_credential(PROFILE)
        self.assertEqual(self.states(), {})
        self.assertDBusError('CredentialMissing', self.client.complete, 'hello')

    def test_plain_good_one(self):
        self.start()
        self.use()

    def test_no_default_and_one_collection(self):
        self.start('--no-default', '--collections', 'passwords')
        self.use()
        self.assertIn(f'{PATH}/collection/passwords', self.calls('CreateItem'))

    def test_no_default_and_one_that_lasts(self):
        self.start('--no-default', '--collections', 'session,passwords')
        self.use()
        self.assertEqual(set(self.calls('CreateItem')), {f'{PATH}/collection/passwords'})

    def test_items_that_say_little(self):
        self.start('--bare')
        self.use()

    def test_no_signals(self):
        self.start('--no-signals')
        self.use()

    def test_items_of_others(self):
        self.start('--foreign')
        self.use()

    def test_storing_asks(self):
        self.start('--create-prompt')
        self.use()
        self.assertEqual(len(self.calls('Prompt')), 2)

    def test_everything_at_once(self):
        self.start('--no-default', '--bare', '--no-signals', '--foreign', '--create-prompt',
                   '--opaque', '--locked')
        self.use()


class NoCollectionTest(ServiceTest):
    def assertUnavailable(self):
        start = time.monotonic()
        message = self.assertDBusError('KeyringUnavailable', self.store)
        self.assertLess(time.monotonic() - start, 3)
        self.assertMentions(message, 'default', 'KeePassXC')
        self.assertEqual(self.calls('CreateItem'), [])

    def test_several_and_no_default(self):
        self.start('--no-default', '--collections', 'work,home')
        self.assertUnavailable()
        self.assertDBusError('KeyringUnavailable', self.client.complete, 'hello')

    def test_only_one_that_ends_with_the_session(self):
        self.start('--no-default', '--collections', 'session')
        self.assertUnavailable()
        self.assertDBusError('KeyringUnavailable', self.client.complete, 'hello')

    def test_sessions_that_are_not_encrypted(self):
        self.start('--plain')
        self.assertUnavailable()


class LockedTest(ServiceTest):
    def test_the_desktop_asks(self):
        for options in (('--locked',), ('--locked', '--opaque'), ('--locked', '--no-signals'),
                        ('--locked', '--no-default')):
            with self.subTest(options=options):
                (self.restart_service if self.session.daemon else self.start)(*options)
                self.store()
                self.assertWorks()
                self.assertEqual(len(self.calls('Prompt')), 1)

    def test_user_says_no(self):
        self.start('--locked', '--dismiss')
        self.assertDBusError('KeyringLocked', self.store)
        self.assertEqual(self.calls('CreateItem'), [])

    def test_nobody_to_ask(self):
        self.start('--locked', display=False)
        for function in (self.store, lambda: self.client.complete('hello')):
            start = time.monotonic()
            self.assertDBusError('KeyringLocked', function)
            self.assertLess(time.monotonic() - start, 2)
        self.assertEqual(self.calls('Prompt'), [])

    def test_lock_that_nobody_tells_of(self):
        self.start('--no-signals')
        self.store()
        self.assertWorks()
        self.client.call_raw(NAME, PATH, SERVICE, 'Lock', GLib.Variant('(ao)', ([LOGIN],)))
        self.forget()
        self.assertWorks()
        self.assertEqual(len(self.calls('Prompt')), 1)

    def test_items_are_locked_one_by_one(self):
        self.start('--item-locks')
        self.store()
        self.store('sk-second', 'minimax:second')
        self.assertEqual(self.states(), {PROFILE: 'locked', 'minimax:second': 'locked'})
        self.assertWorks()
        self.assertEqual(len(self.calls('Prompt')), 1)
        self.forget()
        self.assertWorks('sk-second', 'minimax:second')
        self.assertEqual(len(self.calls('Prompt')), 1)


class RestartTest(ServiceTest):
    def test_restart(self):
        self.start()
        self.store()
        self.assertWorks()
        self.restart_service('--no-default', '--collections', 'other')
        self.store('sk-new')
        self.assertWorks('sk-new')


if __name__ == '__main__':
    main()
