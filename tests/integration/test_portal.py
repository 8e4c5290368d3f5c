# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""Logging in to MiniMax: the commands of its page word for word, and what a login leaves behind."""

import json

from client import DBusError, Signals
from harness import main
from login_case import (LOGIN, M21, PLUGIN, PLUGINS, PORTAL, PROFILE, LoginTest, plain_config,
                        rfc8628_data, write_drop_in)
from minimax_server import LEGACY_CODE, LEGACY_TOKEN, NEW_CODE, NEW_TOKEN
from rfc8628_server import Rfc8628Server

ENABLE = f'plugins enable {PLUGIN}'
BROWSER = '''[Desktop Entry]
Type=Application
Name=Browser
Exec={script} %u
MimeType=x-scheme-handler/http;x-scheme-handler/https;
'''


class PortalTest(LoginTest):
    primary = None

    def assertLoggedIn(self, region='global'):
        """The access token of that region answers, and only there."""
        answer = self.client.complete('hello', M21)
        self.assertEqual(answer['text'], 'hello from MiniMax')
        self.assertEqual(answer['profile'], PROFILE)
        place = self.world.region[region]
        request = place.message_requests()[-1]
        self.assertTrue(place.oauth.accepts(request.bearer))
        self.assertNotIn('x-api-key', request.headers)
        self.assertFaithful()


class SeedTest(PortalTest):
    plugin = False

    def test_refused_before_the_plugin_is_enabled(self):
        before = self.session.config_path.read_bytes()
        child = self.terminal('onboard', '--auth-choice', PORTAL)
        self.assertNotEqual(child.wait(), 0)
        self.assertIn(f'openclawctl {ENABLE}', ' '.join(child.text.split()))
        child = self.terminal('models', 'auth', 'login', '--provider', PORTAL)
        self.assertNotEqual(child.wait(), 0)
        self.assertIn(f'openclawctl {ENABLE}', ' '.join(child.text.split()))
        self.assertEqual(self.session.config_path.read_bytes(), before)
        self.assertEqual(self.world.requests(), [])

    def test_refused_on_the_bus(self):
        self.assertIn(ENABLE, self.assertDBusError('NotSupported', self.begin_login))
        self.assertEqual(self.world.requests(), [])
        choices = {c['choice']: c for c in self.client.call(
            'ListAuthChoices', '(a{sv})', {}, interface='org.openclaw.Gateway.Credentials')}
        self.assertEqual((choices[PORTAL]['plugin'], choices[PORTAL]['plugin-enabled']),
                         (PLUGIN, False))

    def onboard(self, place):
        self.ctl(*ENABLE.split())
        self.assertIs(self.config()['plugins']['entries'][PLUGIN]['enabled'], True)
        # Nobody manages the gateway here: that has to be said, or the gateway is started anew.
        self.session.ctl('gateway', 'restart')
        self.client.wait_for_name()
        child = self.terminal('onboard', '--auth-choice', PORTAL)
        child.choose(place)
        return child

    def run_flow(self, place, region):
        child = self.onboard(place)
        code = child.expect(r'\b[0-9A-F]{4}-[0-9A-F]{4}\b').group(0)
        self.assertIn(code, self.world.region[region].oauth.logins)
        self.assertIn(f'platform.minimax.io/oauth-authorize?user_code={code}', child.text)
        self.assertEqual(child.converse(), 0, child.text)
        listed = self.ctl('models', 'list', '--plain').stdout.split()
        self.assertIn(M21, listed)
        answer = self.ctl('ask', '-m', M21, 'hello')
        self.assertIn('hello from MiniMax', answer.stdout)
        self.assertLoggedIn(region)
        other = self.world.region['cn' if region == 'global' else 'global']
        self.assertEqual(other.code_requests() + other.token_requests(), [])
        return child

    def test_global(self):
        self.run_flow('global', 'global')

    def test_china(self):
        self.run_flow(r'\b(?:cn|china)\b', 'cn')
        self.assertEqual(self.listed()[PROFILE].get('region'), 'cn')

    def test_the_link_can_be_clicked_and_copied(self):
        child = self.run_flow('global', 'global')
        raw = child.raw.decode()
        self.assertIn('\x1b]8;', raw, 'no link of OSC 8')
        self.assertRegex(child.text, r'(?m)https://platform\.minimax\.io/oauth-authorize\?'
                                     r'user_code=[0-9A-F-]+&client=OpenClaw(?:\s|$)')


class CommandTest(PortalTest):
    def test_region_as_an_option(self):
        child = self.terminal('onboard', '--auth-choice', PORTAL, '--region', 'cn')
        child.expect(r'\b[0-9A-F]{4}-[0-9A-F]{4}\b')
        self.assertEqual(len(self.world.region['cn'].code_requests()), 1)
        self.assertEqual(self.here.code_requests(), [])

    def test_wrong_region(self):
        done = self.session.ctl('models', 'auth', 'login', '--provider', PORTAL, '--region', 'mars')
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn('cn', done.stderr)

    def test_newer_names_know_their_region(self):
        for choice, region in (('minimax-global-oauth', 'global'), ('minimax-cn-oauth', 'cn')):
            with self.subTest(choice=choice):
                child = self.terminal('onboard', '--auth-choice', choice)
                child.expect(r'\b[0-9A-F]{4}-[0-9A-F]{4}\b')
                self.assertEqual(len(self.world.region[region].code_requests()), 1)

    def test_login_without_a_terminal(self):
        done = self.ctl('models', 'auth', 'login', '--provider', PORTAL, '--region', 'global',
                        '--set-default')
        self.assertIn('user_code=', done.stdout + done.stderr)
        self.assertEqual(self.config()['agents']['defaults']['model']['primary'], M21)
        self.assertLoggedIn()

    def test_ctrl_c(self):
        self.oauth.user = None
        before = self.session.config_path.read_bytes()
        child = self.terminal('models', 'auth', 'login', '--provider', PORTAL, '--region', 'global')
        child.expect(r'\b[0-9A-F]{4}-[0-9A-F]{4}\b')
        self.wait_until(lambda: self.oauth.polls, 'a poll')
        child.press_ctrl_c()
        self.assertEqual(child.wait(), 130)
        self.client.spin(0.3)
        polls = self.oauth.polls
        self.client.spin(0.5)
        self.assertEqual(self.oauth.polls, polls, 'somebody still asks')
        self.assertEqual(self.session.keyring.items(), [])
        self.assertEqual(self.session.config_path.read_bytes(), before)

    def test_denied(self):
        self.oauth.user = 'deny'
        done = self.session.ctl('models', 'auth', 'login', '--provider', PORTAL, '--region',
                                'global')
        self.assertNotIn(done.returncode, (0, 5, 130), done.stderr)
        self.assertEqual(self.session.keyring.items(), [])

    def test_the_browser_is_opened(self):
        script, opened = self.session.folder / 'browser', self.session.folder / 'opened'
        script.write_text(f'#!/bin/sh\necho "$1" >>{opened}\n')
        script.chmod(0o700)
        applications = self.session.home / '.local/share/applications'
        applications.mkdir(parents=True)
        (applications / 'browser.desktop').write_text(BROWSER.format(script=script))
        (self.session.home / '.config/mimeapps.list').write_text(
            '[Default Applications]\nx-scheme-handler/https=browser.desktop\n'
            'x-scheme-handler/http=browser.desktop\n')
        self.oauth.pending = 10
        child = self.terminal('models', 'auth', 'login', '--provider', PORTAL, '--region', 'global',
                              environ={'WAYLAND_DISPLAY': 'wayland-9', 'DISPLAY': ':99'})
        code = child.expect(r'\b[0-9A-F]{4}-[0-9A-F]{4}\b').group(0)
        # Some ask before they open it.
        child.send('\n')
        self.wait_until(opened.exists, 'the browser')
        self.wait_until(lambda: code in opened.read_text(), 'the address')

    def test_qr_code(self):
        plain = self.terminal('models', 'auth', 'login', '--provider', PORTAL, '--region', 'global')
        plain.wait()
        child = self.terminal('models', 'auth', 'login', '--provider', PORTAL, '--region', 'global',
                              '--qr')
        self.assertEqual(child.wait(), 0, child.text)
        blocks = sum(child.text.count(c) for c in '█▀▄')
        self.assertGreater(blocks, 200, child.text)
        self.assertEqual(sum(plain.text.count(c) for c in '█▀▄'), 0)
        self.assertLessEqual(max(len(line) for line in child.text.splitlines() if '█' in line), 80)


class PluginsTest(PortalTest):
    plugin = False

    def test_list_and_switch(self):
        listed = {p['id']: p for p in self.client.call('List', '(a{sv})', {}, interface=PLUGINS)}
        self.assertIs(listed[PLUGIN]['enabled'], False)
        self.assertTrue(listed[PLUGIN]['description'])
        self.client.call('SetEnabled', '(sba{sv})', PLUGIN, True, {}, interface=PLUGINS)
        listed = {p['id']: p for p in self.client.call('List', '(a{sv})', {}, interface=PLUGINS)}
        self.assertIs(listed[PLUGIN]['enabled'], True)
        self.assertTrue(self.log_in()[0])
        self.assertDBusError('NotFound', self.client.call, 'SetEnabled', '(sba{sv})', 'nobody',
                             True, {}, interface=PLUGINS)

    def test_commands(self):
        self.ctl(*ENABLE.split())
        listed = json.loads(self.ctl('plugins', 'list', '--json').stdout)['plugins']
        self.assertEqual([(p['id'], p['enabled']) for p in listed if p['id'] == PLUGIN],
                         [(PLUGIN, True)])
        self.ctl(*ENABLE.split())
        self.ctl('plugins', 'disable', PLUGIN)
        self.assertIs(self.config()['plugins']['entries'][PLUGIN]['enabled'], False)
        self.assertIn(PLUGIN, self.ctl('plugins', 'info', PLUGIN).stdout)
        done = self.session.ctl('plugins', 'enable', 'minimax-portal-aut')
        self.assertNotEqual(done.returncode, 0)
        self.assertIn(PLUGIN, done.stderr)

    def test_comments_stay(self):
        self.session.write_config('// mine\n{ "models": { "mode": "merge" }, /* and this */ }\n')
        self.client.reload()
        self.ctl(*ENABLE.split())
        text = self.session.config_path.read_text()
        self.assertMentions(text, '// mine', '/* and this */', PLUGIN)


class FlowTest(PortalTest):
    def test_what_a_login_leaves(self):
        self.oauth.notification = 'Welcome to the plan'
        self.oauth.pending = 2
        ok, error, message, details = self.log_in(set_default=True)
        self.assertEqual((ok, error), (True, ''))
        self.assertIn('Welcome to the plan', message)
        self.assertEqual((details['profile'], details['provider'], details['region'],
                          details['default-model']), (PROFILE, PORTAL, 'global', M21))
        self.assertEqual(len(self.here.polls()), 3)
        config = self.config()
        self.assertEqual(config['agents']['defaults']['model']['primary'], M21)
        self.assertNotIn('fake-', self.session.config_path.read_text())
        self.assertLoggedIn()
        aliases = dict(a.split('=', 1) for a in details['aliases'])
        self.assertIn(M21, aliases.values())
        for alias, ref in aliases.items():
            self.assertEqual(config['agents']['defaults']['models'][ref]['alias'], alias)
            self.assertEqual(self.client.resolve(alias)['ref'], ref)

    def test_default_is_not_touched_unasked(self):
        self.assertTrue(self.log_in()[0])
        self.assertNotIn('primary', self.config().get('agents', {}).get('defaults', {})
                         .get('model', {}))

    def test_one_readable_item(self):
        self.log_in()
        items = self.session.keyring.items()
        self.assertEqual(len(items), 1)
        item = items[0]
        self.assertEqual((item['xdg:schema'], item['profile'], item['provider'], item['kind'],
                          item['origin']), ('org.openclaw.Gateway.Credential', PROFILE, PORTAL,
                                            'oauth', self.here.api.origin))
        self.assertIn('minimax', item['label'].lower())
        self.assertFalse([v for v in item.values() if 'fake-' in v], 'a token in an attribute')
        stored = self.stored()[0]
        self.assertEqual(stored['access'], list(self.oauth.families[0].access)[0])
        self.assertEqual(stored['refresh'], self.oauth.families[0].refresh[0])
        self.assertEqual(stored['region'], 'global')
        entry = self.listed()[PROFILE]
        self.assertEqual((entry['kind'], entry['source'], entry['state'], entry['region']),
                         ('oauth', 'keyring', 'ok', 'global'))
        self.assertEqual(entry['expires'] // 1000,
                         list(self.oauth.families[0].access.values())[0] // 1000)

    def test_details_and_progress(self):
        self.oauth.pending = 3
        signals = Signals(self.client, LOGIN)
        path, details = self.begin_login(handle_token='mine')
        self.assertTrue(path.endswith('/mine'), path)
        code = details['user-code']
        self.assertIn(code, self.oauth.logins)
        self.assertIn(code, details['verification-uri'] + details['verification-uri-complete'])
        self.assertAlmostEqual(details['expires-at'], self.oauth.logins[code].expires, delta=2000)
        self.assertGreater(details['interval-ms'], 0)
        signals.wait_for('Finished', timeout=20)
        states = {s[3][0] for s in signals.named('Progress')}
        self.assertIn('waiting', states)
        self.assertLessEqual(states, {'waiting', 'slow-down', 'retrying', 'storing'})

    def test_a_second_login_replaces_the_first(self):
        self.log_in()
        self.log_in()
        self.assertEqual(len(self.session.keyring.items()), 1)
        self.assertLoggedIn()

    def test_two_accounts(self):
        self.log_in()
        self.assertTrue(self.log_in(profile='work')[0])
        self.assertEqual(set(self.listed()), {PROFILE, f'{PORTAL}:work'})
        self.assertEqual(self.client.complete('hi', M21, profile=f'{PORTAL}:work')['profile'],
                         f'{PORTAL}:work')

    def test_regions_have_to_be_said(self):
        for region in (None, '', 'mars'):
            with self.subTest(region=region):
                self.assertDBusError('InvalidArgs', self.begin_login, region=region)
        self.assertDBusError('InvalidArgs', self.begin_login, method='nobody')
        self.assertEqual(self.world.requests(), [])

    def test_placeholder_of_openclaw_is_never_sent(self):
        """OpenClaw's own login writes a provider entry with a word in place of the key."""
        self.session.write_config(plain_config(True, models={'providers': {PORTAL: {
            'baseUrl': self.here.base_url, 'apiKey': 'minimax-oauth', 'api': 'anthropic-messages',
            'models': []}}}))
        self.client.reload()
        self.assertDBusError('CredentialMissing', self.client.complete, 'hello', M21)
        self.log_in()
        self.assertLoggedIn()
        self.assertFalse([r for r in self.world.requests() if r.bearer == 'minimax-oauth'])

    def test_survives_a_restart(self):
        self.log_in()
        self.assertEqual(self.session.stop_daemon(), 0)
        self.session.start_daemon()
        self.assertLoggedIn()


class EndpointTest(PortalTest):
    def test_new_endpoints_first(self):
        self.log_in()
        self.assertEqual([r.path for r in self.here.code_requests() + self.here.token_requests()],
                         [NEW_CODE, NEW_TOKEN])

    def test_legacy_after_404(self):
        self.here.only_legacy()
        self.assertTrue(self.log_in()[0])
        self.assertEqual(self.here.code_requests()[-1].path, LEGACY_CODE)
        self.assertEqual(self.here.token_requests()[-1].path, LEGACY_TOKEN)
        self.assertLoggedIn()

    def test_no_fallback_after_other_errors(self):
        for status in (400, 401, 403, 405):
            with self.subTest(status=status):
                self.here.account.fail(NEW_CODE, status)
                with self.assertRaises(DBusError):
                    self.begin_login()
        self.assertEqual([r.path for r in self.here.code_requests()], [NEW_CODE] * 4)

    def test_307_within_the_hosts(self):
        """The new endpoint moved to where the old one was, body and all."""
        self.here.account.redirects[NEW_CODE] = 307, self.here.api.origin + LEGACY_CODE
        self.here.account.redirects[NEW_TOKEN] = 307, self.here.api.origin + LEGACY_TOKEN
        self.assertTrue(self.log_in()[0])
        self.assertLoggedIn()

    def test_resource_url_is_kept(self):
        self.oauth.resource_url = self.here.base_url
        self.assertTrue(self.log_in()[0])
        self.assertLoggedIn()

    def test_dialects(self):
        for code, token in (('ms', 'ms'), ('ms', 's'), ('ms', 'relative'),
                            ('string-ms', 'string-ms'), ('string-ms', 'string-s'),
                            ('string-ms', 'string-relative')):
            with self.subTest(code=code, token=token):
                self.oauth.code_dialect, self.oauth.token_dialect = code, token
                self.assertTrue(self.log_in()[0])
                expires = list(self.oauth.families[-1].access.values())[0]
                self.assertAlmostEqual(self.listed()[PROFILE]['expires'], expires, delta=3000)

    def test_absurd_times(self):
        for dialect in ('absurd', -1, 0, 1e300, 'never', None, [], True):
            with self.subTest(dialect=dialect):
                self.oauth.token_dialect = dialect
                ok, error, message, _ = self.log_in()
                if ok:
                    self.assertEqual(self.client.complete('hi', M21)['text'], 'hello from MiniMax')
                else:
                    self.assertTrue(error and message)

    def test_no_interval(self):
        self.oauth.interval = None
        self.assertTrue(self.log_in()[0])


class TroubleTest(PortalTest):
    def test_transient_errors_while_waiting(self):
        self.oauth.pending = 1
        for how in (500, 502, 503, 429, 408, 'drop', 'html'):
            self.here.fail_token(how)
        signals = Signals(self.client, LOGIN)
        self.begin_login()
        finished = signals.wait_for('Finished', timeout=60)[3]
        self.assertTrue(finished[0], finished)
        self.assertIn('retrying', {s[3][0] for s in signals.named('Progress')})
        self.assertLoggedIn()

    def test_denial_and_expiry(self):
        for user in ('deny', 'expire'):
            with self.subTest(user=user):
                self.oauth.user = user
                ok, error, message, _ = self.log_in()
                self.assertFalse(ok)
                self.assertTrue(error.startswith('org.openclaw.Gateway.Error.'), error)
                self.assertTrue(message)
        polls = self.oauth.polls
        self.client.spin(0.5)
        self.assertEqual(self.oauth.polls, polls)
        self.assertEqual(self.session.keyring.items(), [])

    def test_the_code_runs_out(self):
        self.oauth.user, self.oauth.code_lifetime = None, 2
        ok, error, message, _ = self.log_in()
        self.assertFalse(ok)
        self.assertTrue(message)
        self.client.spin(0.3)
        polls = self.oauth.polls
        self.client.spin(0.7)
        self.assertEqual(self.oauth.polls, polls)

    def test_cancel(self):
        self.oauth.user = None
        signals = Signals(self.client, LOGIN)
        path = self.begin_login()[0]
        self.cancel_login(path)
        ok, error, _, _ = signals.wait_for('Finished')[3]
        self.assertEqual((ok, error), (False, 'org.openclaw.Gateway.Error.Cancelled'))
        with self.assertRaises(DBusError) as gone:
            self.cancel_login(path)
        self.assertIn('Unknown', gone.exception.name)

    def test_no_server(self):
        for host in self.here.hosts:
            host.stop()
        self.assertDBusError('Network', self.begin_login)

    def test_keyring_that_is_locked_at_the_end(self):
        self.oauth.user = None
        signals = Signals(self.client, LOGIN)
        self.begin_login()
        self.lock_keyring()
        self.oauth.user = 'approve'
        ok, error, message, _ = signals.wait_for('Finished', timeout=20)[3]
        self.assertEqual((ok, error), (False, 'org.openclaw.Gateway.Error.KeyringLocked'))
        self.assertIn('keyring', message.lower())
        self.assertEqual(self.session.find_secret('fake-access'), [])

    def lock_keyring(self):
        """gnome-keyring wants an item before it locks anything."""
        self.session.keyring.add('Another', {'xdg:schema': 'org.example'}, 'nothing')
        self.session.keyring.lock()


class StandardTest(PortalTest):
    """RFC 8628, with nothing but data."""

    plugin = False

    def setUp(self):
        self.server = Rfc8628Server()
        self.addCleanup(self.server.close)
        self.server.interval = 0
        super().setUp()
        write_drop_in(self.session, 'fake-portal', rfc8628_data(self.server))
        self.session.start_daemon()

    def test_login_and_refresh(self):
        self.server.errors = ['authorization_pending'] * 2
        self.assertTrue(self.log_in(method='fake-portal', region=None)[0])
        self.assertEqual(self.client.complete('hi', 'fake-portal/fake-coder')['text'], 'hello')
        self.server.revoke_access()
        self.assertEqual(self.client.complete('hi', 'fake-portal/fake-coder')['text'], 'hello')
        self.assertEqual((self.server.refreshes, self.server.reused, self.server.problems),
                         (1, 0, []))

    def test_provider_names_the_method(self):
        self.assertTrue(self.log_in(method='', provider='fake-portal', region=None)[0])

    def test_slow_down(self):
        self.server.errors = ['slow_down']
        signals = Signals(self.client, LOGIN)
        self.begin_login('fake-portal', region=None)
        signals.wait_for('Progress')
        self.wait_until(lambda: any(s[3][0] == 'slow-down' for s in signals.named('Progress')),
                        'slow-down')
        slowed = [s for s in signals.named('Progress') if s[3][0] == 'slow-down'][0]
        self.assertGreaterEqual(slowed[3][1]['interval-ms'], 5000)

    def test_endings(self):
        for word in ('access_denied', 'expired_token', 'invalid_client'):
            with self.subTest(error=word):
                self.server.errors = [word]
                ok, error, message, _ = self.log_in(method='fake-portal', region=None)
                self.assertFalse(ok)
                self.assertTrue(error and message)
        self.assertEqual(self.session.keyring.items(), [])

    def test_without_pkce(self):
        self.server.pkce = False
        write_drop_in(self.session, 'fake-portal', rfc8628_data(self.server))
        self.client.reload()
        self.assertTrue(self.log_in(method='fake-portal', region=None)[0])

    def test_command(self):
        self.ctl('models', 'auth', 'login', '--provider', 'fake-portal', '--set-default')
        self.assertIn('hello', self.ctl('ask', 'hi').stdout)


if __name__ == '__main__':
    main()
