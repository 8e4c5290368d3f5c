# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""Logins that last: when tokens are refreshed, what does not end a login, and what does."""

import json
import threading

from client import ERROR, DBusError, messages
from harness import main
from login_case import M21, PORTAL, PROFILE, LoginTest
from minimax_server import ALWAYS
from notifications import Notifications

REFUSALS = ('invalid_grant', '401', '403', 'status', '1004', '2049')
TROUBLE = (500, 503, 502, 429, 408, 425, 'drop', 'html')


class LastingTest(LoginTest):
    def setUp(self):
        super().setUp()
        self.desktop = Notifications(self.session.address)
        self.addCleanup(self.desktop.close)

    def ask(self, **options):
        answer = self.client.complete('hello', M21, **options)
        self.assertEqual(answer['text'], 'hello from MiniMax')
        return answer

    def state(self):
        return self.listed()[PROFILE]['state']

    def status_code(self):
        """Of models status --check."""
        return self.session.ctl('models', 'status', '--check').returncode


class RefreshTest(LastingTest):
    def test_good_token_is_used_as_it_is(self):
        self.add_login(600)
        for _ in range(3):
            self.ask()
        self.assertEqual(self.here.refresh_requests(), [])

    def test_expired_token(self):
        self.add_login(-100)
        self.ask()
        self.assertEqual(self.oauth.refreshes, 1)
        self.assertEqual(self.state(), 'ok')
        self.ask()
        self.assertEqual(self.oauth.refreshes, 1)
        self.assertFaithful()

    def test_less_than_a_minute(self):
        self.add_login(50)
        self.ask()
        self.assertEqual(self.oauth.refreshes, 1)
        self.assertEqual(len(self.here.message_requests()), 1)
        self.assertEqual(self.here.message_requests()[0].bearer,
                         list(self.oauth.families[0].access)[-1])

    def test_rotated_token_is_stored(self):
        _, old = self.add_login(-1)
        self.ask()
        stored = [s for s in self.stored() if isinstance(s, dict)]
        self.assertEqual(len(stored), 1)
        self.assertEqual(stored[0]['refresh'], self.oauth.families[0].refresh[-1])
        self.assertNotEqual(stored[0]['refresh'], old)
        self.assertEqual(stored[0]['region'], 'global')
        self.session.stop_daemon()
        self.session.start_daemon()
        self.ask()
        self.assertEqual(self.oauth.refreshes, 1)
        self.assertFaithful()

    def test_stored_before_it_is_used(self):
        self.add_login(-1)
        seen = []
        self.here.api.alter('/anthropic/v1/messages',
                            lambda answer: seen.append(self.stored()) or answer)
        self.ask()
        self.assertEqual(seen[0][0]['access'], self.here.message_requests()[0].bearer)

    def test_old_refresh_token_is_kept(self):
        self.oauth.rotates = False
        self.oauth.token_lifetime = 2
        _, refresh = self.add_login(-1)
        self.ask()
        self.assertEqual(self.stored()[0]['refresh'], refresh)
        self.wait_until(lambda: not self.oauth.accepts(self.here.message_requests()[-1].bearer),
                        'the end of the token')
        self.ask()
        self.assertGreater(self.oauth.refreshes, 1)
        self.assertEqual({r.form['refresh_token'] for r in self.here.refresh_requests()}, {refresh})

    def test_401_before_its_time(self):
        """The access token is refused although it should still be good."""
        self.add_login(600)
        self.oauth.revoke_access()
        answer = self.ask()
        self.assertEqual(answer['profile'], PROFILE)
        self.assertEqual(self.oauth.refreshes, 1)
        self.assertEqual(len(self.here.message_requests()), 2)
        self.assertFaithful()

    def test_no_circle_of_refreshes(self):
        """A server that refuses every access token that it gives."""
        self.add_login(600)
        self.here.behaviour.oauth.accepts = lambda token: False
        self.assertDBusError('CredentialRejected', self.client.complete, 'hello', M21)
        self.assertLessEqual(len(self.here.refresh_requests()), 1)
        self.assertLessEqual(len(self.here.message_requests()), 2)

    def test_twenty_at_once(self):
        self.here.account.fail('/oauth2/token', 0.3)
        self.add_login(-1)
        calls = [self.client.start_call('Complete', '(saa{sv}a{sv})', M21,
                                        messages('hello'), {}) for _ in range(20)]
        for call in calls:
            answer = self.client.wait_done(call)
            self.assertIsInstance(answer, tuple, answer)
            self.assertEqual(answer[0]['text'], 'hello from MiniMax')
        self.assertEqual(self.oauth.refreshes, 1)
        self.assertFaithful()

    def test_caller_that_leaves_does_not_take_the_refresh_with_it(self):
        self.here.account.fail('/oauth2/token', 0.5)
        self.add_login(-1)
        other = self.session.connect()
        other.start_call('Complete', '(saa{sv}a{sv})', M21, messages('hello'), {})
        self.wait_until(self.here.refresh_requests, 'the refresh')
        other.close()
        self.ask()
        self.assertEqual(self.oauth.refreshes, 1)
        self.assertFaithful()

    def test_two_profiles_have_their_own(self):
        self.add_login(-1)
        self.add_login(-1, profile=f'{PORTAL}:work')
        for profile in (PROFILE, f'{PORTAL}:work'):
            self.assertEqual(self.ask(profile=profile)['profile'], profile)
        self.assertEqual(self.oauth.refreshes, 2)
        self.assertFaithful()

    def test_region_of_the_login_counts(self):
        self.add_login(-1, region='cn')
        self.ask()
        self.assertEqual(self.here.token_requests(), [])
        self.assertEqual(self.world.region['cn'].oauth.refreshes, 1)
        self.assertFaithful()

    def test_legacy_endpoint(self):
        self.here.only_legacy()
        self.add_login(-1)
        self.ask()
        self.assertEqual(self.oauth.refreshes, 1)

    def test_ahead_of_time_while_idle(self):
        """Nobody asks for anything, and it does not get as far as its end."""
        self.add_login(14)
        ends = self.world.clock.now() + 14_000
        self.wait_until(lambda: self.oauth.refreshes, 'a refresh ahead of time', 20)
        self.assertLess(self.world.clock.now(), ends + 5000)
        self.ask()
        self.assertEqual(self.oauth.refreshes, 1)
        self.assertFaithful()

    def test_login_without_refresh_token(self):
        self.oauth.grants_refresh = False
        self.assertTrue(self.log_in()[0])
        self.ask()
        self.oauth.revoke_access()
        with self.assertRaises(DBusError) as caught:
            self.client.complete('hello', M21)
        self.assertIn(caught.exception.short, ('CredentialExpired', 'CredentialRejected'))
        self.assertEqual(self.here.refresh_requests(), [])


class TroubleTest(LastingTest):
    def test_network_trouble_never_logs_out(self):
        self.here.fail_token(500, ALWAYS)
        _, refresh = self.add_login(-1)
        for how in TROUBLE:
            with self.subTest(how=how):
                self.here.recover()
                self.here.fail_token(how, ALWAYS)
                with self.assertRaises(Exception) as caught:
                    self.client.complete('hello', M21)
                self.assertNotIn(caught.exception.short,
                                 ('CredentialExpired', 'CredentialRejected'))
                self.assertEqual(self.state(), 'refreshable')
                self.assertEqual(self.stored()[0]['refresh'], refresh)
        self.here.recover()
        self.ask()
        self.assertEqual(self.desktop.shown, [])
        self.assertFaithful()

    def test_no_server(self):
        for host in self.here.hosts:
            host.stop()
        self.add_login(-1)
        self.assertDBusError('Network', self.client.complete, 'hello', M21)
        self.assertEqual(self.state(), 'refreshable')
        for host in self.here.hosts:
            host.start()
        self.ask()

    def test_trouble_while_the_token_is_still_good(self):
        """Under a minute is left, and the refresh fails: the token is used."""
        self.here.fail_token(503, ALWAYS)
        self.add_login(45)
        self.ask()

    def test_one_question_while_the_token_is_good(self):
        """The server has used up the refresh token, and its answer is lost: it is not sent again."""
        self.here.fail_token('drop', ALWAYS)
        self.add_login(45)
        self.ask()
        asked = len(self.here.refresh_requests())
        for _ in range(10):
            self.ask()
        self.assertEqual(len(self.here.refresh_requests()), asked)
        self.assertEqual(self.state(), 'ok')

    def test_slow_server_while_the_token_is_good(self):
        self.here.account.fail('/oauth2/token', 3.0)
        self.add_login(45)
        self.ask()
        self.assertEqual(self.oauth.refreshes, 0)
        self.wait_until(lambda: self.oauth.refreshes == 1, 'the new token', 15)

    def test_unread_answers_lose_no_login(self):
        for change in (lambda body: b'\xef\xbb\xbf' + body,
                       lambda body: body[:-1] + b',"x":"\xff"}',
                       lambda body: body.replace(b'"success"', b'"SUCCESS"')):
            self.here.account.alter('/oauth2/token',
                                    lambda answer, change=change:
                                    change(json.dumps(answer, separators=(',', ':')).encode()))
            self.add_login(-1)
            self.ask()
            self.assertEqual(self.state(), 'ok')
        self.assertEqual(self.oauth.reused, 0)

    def test_answers_that_make_no_sense(self):
        self.oauth.rotates = False
        self.here.account.alter('/oauth2/token', lambda answer: b'')
        self.add_login(-1)
        for body in (b'', b'{', b'[]', b'null', {'status': 'success'},
                     {'status': 'success', 'access_token': ''}, {'access_token': 7},
                     {'status': 'later'}):
            with self.subTest(body=body):
                self.here.account.alter('/oauth2/token', lambda answer, body=body: body)
                with self.assertRaises(Exception) as caught:
                    self.client.complete('hello', M21)
                self.assertNotEqual(caught.exception.short, 'CredentialExpired')
                self.assertEqual(self.state(), 'refreshable')
        self.assertEqual(self.desktop.shown, [])

    def test_other_credentials_take_over(self):
        self.oauth.refusal = 'invalid_grant'
        self.add_login(-1)
        self.add_login(600, profile=f'{PORTAL}:work')
        self.assertEqual(self.ask()['profile'], f'{PORTAL}:work')


class RefusalTest(LastingTest):
    def refused(self, how):
        """A login that the server refuses to renew; returns the message."""
        self.oauth.refusal = how
        self.add_login(-1)
        return self.assertDBusError('CredentialExpired', self.client.complete, 'hello', M21)

    def test_each_refusal(self):
        for how in REFUSALS:
            with self.subTest(refusal=how):
                profile = f'{PORTAL}:r-{how.replace("_", "-")}'
                self.oauth.refusal = how
                self.add_login(-1, profile=profile)
                message = self.assertDBusError('CredentialExpired', self.client.complete, 'hello',
                                               M21, profile=profile)
                self.assertIn('openclawctl', message)
                self.assertEqual(self.listed()[profile]['state'], 'expired')

    def test_one_notification(self):
        message = self.refused('invalid_grant')
        self.assertMentions(message, 'openclawctl models auth login', PORTAL)
        self.desktop.wait_for()
        for _ in range(3):
            self.assertDBusError('CredentialExpired', self.client.complete, 'hello', M21)
        self.client.spin(0.3)
        self.assertEqual(len(self.desktop.shown), 1, self.desktop.shown)
        number, title, body = self.desktop.shown[0]
        self.assertIn('minimax', (title + body).lower())
        self.assertNotIn('fake-', title + body)

    def test_it_is_not_asked_again(self):
        self.refused('invalid_grant')
        asked = len(self.here.refresh_requests())
        for _ in range(3):
            self.assertDBusError('CredentialExpired', self.client.complete, 'hello', M21)
        self.assertEqual(len(self.here.refresh_requests()), asked)
        self.assertEqual(self.state(), 'expired')
        self.assertEqual(len(self.session.keyring.items()), 1, 'the item is gone')

    def test_a_new_login_ends_it(self):
        self.refused('invalid_grant')
        self.desktop.wait_for()
        self.oauth.refusal = None
        self.assertTrue(self.log_in()[0])
        self.assertEqual(self.state(), 'ok')
        self.ask()
        self.wait_until(lambda: self.desktop.closed == [self.desktop.shown[0][0]],
                        'the notification to go')

    def test_twenty_callers_one_notification(self):
        self.oauth.refusal = '401'
        self.here.account.fail('/oauth2/token', 0.5)
        self.add_login(-1)
        failed = []
        threads = [threading.Thread(target=lambda: failed.append(
            self.session.ctl('ask', '-m', M21, 'hi').returncode)) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        self.assertEqual(failed, [4] * 8)
        self.client.spin(0.3)
        self.assertEqual(len(self.desktop.shown), 1)
        self.assertEqual(len(self.here.refresh_requests()), 1)

    def test_notifications_can_be_off(self):
        folder = self.session.home / '.config' / 'openclaw-gateway'
        folder.mkdir(parents=True, exist_ok=True)
        (folder / 'desktop.json').write_text('{ notifications: { login: false } }')
        self.client.reload()
        self.refused('403')
        self.client.spin(0.3)
        self.assertEqual(self.desktop.shown, [])

    def test_without_a_server_of_notifications(self):
        self.desktop.close()
        self.refused('invalid_grant')
        self.assertEqual(self.state(), 'expired')

    def test_a_burnt_family(self):
        """Somebody else used our refresh token: the server ends the login, and so do we, once."""
        self.session.stop_daemon()
        self.add_login(-1)
        self.oauth.families[0].refresh.append('fake-refresh-of-somebody-else')
        self.session.start_daemon()
        self.assertDBusError('CredentialExpired', self.client.complete, 'hello', M21)
        self.assertEqual(self.oauth.reused, 1)
        self.assertEqual(len(self.here.refresh_requests()), 1)

    def test_clear_cooldown_does_not_revive_it(self):
        self.refused('invalid_grant')
        self.client.call('ClearCooldown', '(sa{sv})', '', {},
                         interface='org.openclaw.Gateway.Credentials')
        self.assertDBusError('CredentialExpired', self.client.complete, 'hello', M21)


class StatusTest(LastingTest):
    def test_a_login_that_lasts(self):
        self.add_login(48 * 3600, lifetime=50 * 3600)
        self.assertEqual(self.state(), 'ok')
        self.assertEqual(self.status_code(), 0)

    def test_nothing_is_missing(self):
        self.assertEqual(self.status_code(), 1)

    def test_refused_login_is_never_ok(self):
        self.oauth.refusal = 'invalid_grant'
        self.add_login(-1)
        self.assertDBusError('CredentialExpired', self.client.complete, 'hello', M21)
        self.assertEqual(self.status_code(), 1)
        done = self.session.ctl('models', 'status', '--json')
        listed = {c['profile']: c for c in json.loads(done.stdout)['credentials']}
        self.assertEqual(listed[PROFILE]['state'], 'expired')
        self.assertIs(self.client.get('Ready'), False)

    def test_expired_but_refreshable_is_said(self):
        self.here.fail_token(503, ALWAYS)
        self.add_login(-100)
        done = self.session.ctl('models', 'status')
        line = next(s for s in done.stdout.splitlines() if PROFILE in s)
        self.assertMentions(line.lower(), 'expired', 'refresh')
        listed = json.loads(self.ctl('models', 'auth', 'list', '--json').stdout)['credentials']
        self.assertEqual([c['state'] for c in listed], ['refreshable'])

    def test_a_pasted_token_that_ends_soon(self):
        self.ctl('models', 'auth', 'paste-token', '--provider', PORTAL, '--expires-in', '2h',
                 stdin='fake-pasted-token')
        self.assertEqual(self.status_code(), 2)
        self.ctl('models', 'auth', 'paste-token', '--provider', PORTAL, '--expires-in', '365d',
                 stdin='fake-pasted-token')
        self.assertEqual(self.status_code(), 0)

    def test_a_token_that_has_ended(self):
        self.add_token(-100)
        self.assertEqual(self.state(), 'expired')
        self.assertEqual(self.status_code(), 1)
        self.assertDBusError('CredentialExpired', self.client.complete, 'hello', M21)
        self.assertEqual(self.here.message_requests(), [])

    def add_token(self, remaining):
        expires = self.world.clock.now() + remaining * 1000
        text = json.dumps({'type': 'token', 'access': 'fake-token', 'expires': expires})
        self.session.keyring.add('A token', {
            'xdg:schema': 'org.openclaw.Gateway.Credential', 'profile': PROFILE,
            'provider': PORTAL, 'kind': 'token', 'generation': '1',
            'origin': self.here.api.origin}, text)
        self.wait_until(lambda: PROFILE in self.listed(), 'the token to be noticed')

    def test_errors_have_their_exit_code(self):
        self.oauth.refusal = 'invalid_grant'
        self.add_login(-1)
        done = self.session.ctl('ask', '-m', M21, 'hi', '--json')
        self.assertEqual(done.returncode, 4)
        self.assertEqual(json.loads(done.stdout)['error']['name'], ERROR + 'CredentialExpired')
        self.assertIn('openclawctl models auth login', json.loads(done.stdout)['error']['message'])


if __name__ == '__main__':
    main()
