# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""Days of tokens that last fifteen minutes, and whose refresh tokens are good for one use only. The
clock is that of gatewayd-clock.c, and the provider looks at the same one."""

import os
import signal
import threading
import time
from pathlib import Path

import paths
from client import NAME, Client, DBusError, messages

paths.DAEMON = Path(os.environ.get('OCG_TEST_CLOCK_DAEMON',
                                   paths.BUILD / 'tests/integration/openclaw-gatewayd-clock'))

from harness import main  # noqa: E402: it looks for the daemon
from login_case import M21, PROFILE, LoginTest  # noqa: E402
from minimax_server import ALWAYS  # noqa: E402

MINUTE = 60
QUARTER = 15 * MINUTE
DAY = 24 * 60 * MINUTE
CALLERS = 20
CLOCK = {'interface': NAME + '.TestClock', 'path': '/org/openclaw/Gateway/TestClock'}


class SharedClock:
    """What the gateway's clock says, for the threads of the provider."""

    def __init__(self, address):
        self.last = int(time.time() * 1000)
        self.client = Client(address)
        self.lock = threading.Lock()

    def now(self):
        with self.lock:
            try:
                self.last = self.client.call('Now', '()', **CLOCK)
            except DBusError:
                pass   # it has been killed, and goes on from there
            return self.last


class DayTest(LoginTest):
    started = False

    def setUp(self):
        super().setUp()
        self.clock = SharedClock(self.session.address)
        self.addCleanup(self.clock.client.close)
        self.world.clock.now = self.clock.now
        self.start()

    def start(self):
        self.session.start_daemon({'OCG_TEST_NOW': str(self.clock.last)})

    def kill(self):
        self.clock.now()
        self.session.daemon.send_signal(signal.SIGKILL)
        self.session.daemon.wait()
        self.session.daemon = None
        self.client.wait_for_no_name()

    def advance(self, seconds):
        self.client.call('Advance', '(x)', int(seconds * 1000), timeout=60, **CLOCK)

    def call_at_once(self):
        """What so many callers get at the same time."""
        calls = [self.client.start_call('Complete', '(saa{sv}a{sv})', M21, messages('hello'), {})
                 for _ in range(CALLERS)]
        return [self.client.wait_done(call) for call in calls]

    def assertAllAnswered(self):
        for answer in self.call_at_once():
            self.assertIsInstance(answer, tuple, answer)
            self.assertEqual(answer[0]['text'], 'hello from MiniMax')

    def assertFails(self, *names):
        for answer in self.call_at_once():
            self.assertIsInstance(answer, DBusError, answer)
            self.assertIn(answer.short, names)

    def ask(self):
        self.assertEqual(self.client.complete('hello', M21)['text'], 'hello from MiniMax')

    def state(self):
        return self.listed()[PROFILE]['state']

    def test_a_day(self):
        self.add_login(QUARTER)
        for _ in range(DAY // QUARTER):
            self.advance(QUARTER)
            self.assertAllAnswered()
        self.assertAlmostEqual(self.oauth.refreshes, 96, delta=1)
        self.assertEqual(len(self.here.refresh_requests()), self.oauth.refreshes)
        self.assertFaithful()

    def test_a_day_of_silence(self):
        """Nobody asks for anything, and the login is there in the evening."""
        self.add_login(QUARTER)
        self.advance(DAY)
        self.assertAlmostEqual(self.oauth.refreshes, 96, delta=1)
        self.assertAllAnswered()
        self.assertFaithful()

    def test_nothing_wakes_for_long_ones(self):
        self.oauth.token_lifetime = 2 * DAY
        self.add_login(2 * DAY, lifetime=2 * DAY)
        self.advance(2 * DAY - 6 * MINUTE)
        self.assertEqual(self.oauth.refreshes, 0)
        self.advance(2 * MINUTE)
        self.assertEqual(self.oauth.refreshes, 1)

    def test_short_lives_make_no_storm(self):
        self.oauth.token_lifetime = 30
        self.add_login(-1, lifetime=30)
        for _ in range(5):
            self.assertAllAnswered()
        self.assertEqual(self.oauth.refreshes, 1)
        self.assertFaithful()

    def test_trouble_of_the_server(self):
        self.add_login(QUARTER)
        for how in (500, 'drop'):
            with self.subTest(how=how):
                before = len(self.here.refresh_requests())
                self.here.fail_token(how, ALWAYS)
                self.advance(14.5 * MINUTE)
                self.assertAllAnswered()
                self.advance(60 * MINUTE)
                # While nobody asks it is asked now and then.
                self.assertLess(len(self.here.refresh_requests()) - before, 20)
                self.assertFails('ProviderError', 'Network')
                self.assertEqual(self.state(), 'refreshable')
                self.here.recover()
                refreshes = self.oauth.refreshes
                self.assertAllAnswered()
                self.assertEqual(self.oauth.refreshes, refreshes + 1)
                self.assertEqual(self.state(), 'ok')
        self.assertFaithful()

    def test_killed_right_after_a_refresh(self):
        self.add_login(QUARTER)
        for n in range(1, 6):
            self.advance(QUARTER)
            self.assertEqual(self.oauth.refreshes, n)
            self.kill()
            self.start()
            self.ask()
        self.assertFaithful()

    def test_killed_as_soon_as_it_is_answered(self):
        for n in range(1, 4):
            self.add_login(-1)
            self.ask()
            self.kill()
            self.start()
            self.ask()
            self.assertEqual(self.oauth.refreshes, n)
        self.assertFaithful()

    def test_keyring_restarts(self):
        self.add_login(QUARTER)
        for _ in range(3):
            self.session.keyring.restart()
            self.wait_until(lambda: PROFILE in self.listed(), 'the keyring to be read')
            self.advance(QUARTER)
            self.assertAllAnswered()
        self.assertFaithful()

    def test_keyring_is_gone_when_the_new_token_comes(self):
        """It is kept in memory, nobody gets it, and it is stored when the keyring is back."""
        self.here.account.fail('/oauth2/token', 0.7)
        self.add_login(-1)
        call = self.client.start_call('Complete', '(saa{sv}a{sv})', M21, messages('hello'), {})
        self.wait_until(self.here.refresh_requests, 'the refresh')
        self.session.keyring.stop()
        self.assertIn(self.client.wait_done(call).short, ('KeyringUnavailable', 'KeyringLocked'))
        self.assertEqual(self.here.message_requests(), [])
        self.session.keyring.start()
        self.wait_until(lambda: self.stored()[0]['refresh'] == self.oauth.families[0].refresh[-1],
                        'the new token to be stored')
        self.ask()
        self.assertEqual(self.oauth.refreshes, 1)
        self.assertFaithful()

    def test_refused(self):
        self.add_login(QUARTER)
        self.oauth.refusal = 'invalid_grant'
        self.advance(QUARTER)
        self.assertEqual(self.state(), 'expired')
        self.assertFails('CredentialExpired')
        self.advance(DAY)
        self.assertFails('CredentialExpired')
        self.assertEqual(len(self.here.refresh_requests()), 1)
        self.oauth.refusal = None
        self.add_login(QUARTER)
        self.wait_until(lambda: self.state() == 'ok', 'the new login')
        self.advance(DAY / 4)
        self.assertAllAnswered()
        self.assertFaithful()

    def test_removed(self):
        self.add_login(QUARTER)
        self.client.remove_credential(PROFILE)
        self.advance(DAY)
        self.assertEqual(self.here.refresh_requests(), [])
        self.assertEqual(self.stored(), [])


if __name__ == '__main__':
    main()
