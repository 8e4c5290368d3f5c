#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""openclawctl models auth login, setup-token and paste-token, and plugins, against the false
gateway."""

import json
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / 'integration'))
import paths  # noqa: E402
import terminal  # noqa: E402
from case import ERROR, GatewayTest  # noqa: E402
from false_choices import CHOICES, PORTAL, key  # noqa: E402
from tap import main  # noqa: E402

URL = 'https://platform.minimax.io/oauth-authorize?user_code=TUE3-FXNG&client=OpenClaw'
PLUGIN = 'minimax-portal-auth'
MODEL = PORTAL + '/MiniMax-M2.1'
DETAILS = {'profile': 'minimax-portal:default', 'provider': PORTAL, 'region': 'cn'}
DONE = [0.05, True, '', '', DETAILS]
LOGIN = ('models', 'auth', 'login', '--provider', PORTAL)
CN = ('--region', 'cn')
BLOCKS = '█▀▄'


class LoginTest(GatewayTest):
    def login(self, code, *options, words=LOGIN + CN, **keywords):
        return self.run_ctl(code, *words, *options, **keywords)

    def talk(self, *words, columns=80, **environ):
        return terminal.Conversation([paths.CTL, *words],
                                     {**self.environ, 'TERM': 'xterm', **environ}, columns)


class PlainTest(LoginTest):
    """Without a terminal."""

    def test_login(self):
        self.set_moods(login=[[0.05, 'waiting', {}], [0.05, 'slow-down', {}],
                              [0.05, 'waiting', {}], [0.05, 'storing', {}], DONE])
        shown, errors = self.login(0)
        self.assertEqual(errors, '')
        self.assertIn(URL + '\n', shown)
        self.assertIn('enter: TUE3-FXNG', shown)
        self.assertRegex(shown, r'Waiting for you to confirm… (10:00|9:5\d) left\n')
        self.assertEqual(shown.count('Waiting'), 1)
        self.assertIn('in the keyring as minimax-portal:default', shown)
        self.assertNotIn('\x1b', shown)
        self.assertFalse(set(BLOCKS) & set(shown))
        self.assertEqual(self.calls('BeginLogin'), [[PORTAL, {
            'locale': 'en', 'provider': PORTAL, 'region': 'cn', 'profile': 'default',
            'set-default': False}]])

    def test_options(self):
        self.set_moods(login=[[0, True, '', '', {**DETAILS, 'default-model': MODEL}]])
        shown, _ = self.login(0, '--set-default', '--profile', 'work', '--method', PORTAL)
        self.assertIn(f'The default model is now {MODEL}.', shown)
        options = self.calls('BeginLogin')[0][1]
        self.assertEqual((options['set-default'], options['profile']), (True, 'work'))

    def test_default_that_cannot_be_written(self):
        why = 'You are logged in, but the file stayed as it was.'
        self.set_moods(login=[[0, True, '', '', {**DETAILS, 'warnings': [why]}]])
        shown, errors = self.login(1, '--set-default')
        self.assertEqual((shown + errors).count('logged in'), 1)
        self.assertIn(why, ' '.join(errors.split()))
        self.assertIn('You are logged in.', self.login(0)[0])

    def test_json(self):
        self.set_moods(login=[[0, True, '', 'Welcome', {**DETAILS, 'warnings': ['mind this']}]])
        shown, errors = self.login(0, '--json')
        self.assertEqual(json.loads(shown), {**DETAILS, 'warnings': ['mind this'],
                                             'message': 'Welcome'})
        self.assertIn(URL, errors)

    def test_provider_is_known(self):
        self.set_moods(login=[DONE])
        self.run_ctl(0, 'models', 'auth', 'login', '--region', 'global')
        self.set_moods(login=[DONE], choices=[*CHOICES, key('x', 'qwen-portal', 'Q', 'oauth')])
        self.assertIn('--provider: minimax-portal, qwen-portal',
                      self.run_ctl(2, 'models', 'auth', 'login')[1])

    def test_region_has_to_be_said(self):
        for options in ((), ('--region', 'mars')):
            self.assertIn('--region: global, cn', self.login(2, *options, words=LOGIN)[1])
        self.assertEqual(self.calls('BeginLogin'), [])

    def test_no_login(self):
        for provider, code, hint in (('minimax', 1, 'models auth add --provider minimax'),
                                     ('lmstudio', 1, 'needs no login'),
                                     ('nobody', 3, 'No provider')):
            errors = self.run_ctl(code, 'models', 'auth', 'login', '--provider', provider)[1]
            self.assertIn(hint, errors)

    def test_message_of_the_provider(self):
        self.set_moods(login=[[0, True, '', 'Welcome\x1b[2J to\nthe plan', DETAILS]])
        shown, _ = self.login(0)
        self.assertIn('The provider says: Welcome[2J to\nthe plan', shown)

    def test_failures(self):
        for error, code in (('CredentialRejected', 4), ('Timeout', 1), ('AccessDenied', 1),
                            ('RateLimited', 6)):
            self.set_moods(login=[[0, False, ERROR + error, 'No.', {}]])
            self.assertEqual(self.login(code)[1], 'openclawctl: No.\n')
        self.set_moods(BeginLogin='Network')
        self.assertIn('Network it is', self.login(1)[1])

    def test_gateway_vanishes(self):
        self.set_moods(login=[[0.05, 'waiting', {}], [0.05]])
        self.assertIn('gateway', self.login(5)[1])

    def test_addresses_that_are_none(self):
        for url in ('file:///etc/passwd', 'javascript:alert(1)', '', 'https:', 'https://a b/',
                    'https://a/\x1b]8;;x'):
            with self.subTest(url=url):
                self.set_moods(begun={'verification-uri': url, 'verification-uri-complete': url})
                shown, errors = self.login(1)
                self.assertEqual(shown, '')
                self.assertIn('no address', errors)

    def test_signals_of_somebody_else(self):
        """A Finished() that comes from elsewhere is not believed."""
        self.set_moods(login=[[0.6, *DONE[1:]]])
        child = self.talk(*LOGIN, *CN)
        child.expect('Ctrl-C')
        path = self.calls('login')[0][0]
        owner = ':' + path.split('/')[-2].replace('_', '.')
        subprocess.run(['gdbus', 'emit', '--address', self.bus.get_bus_address(), '--object-path', path,
                        '--dest', owner, '--signal', 'org.openclaw.Gateway.Login.Finished', 'true',
                        '""', '"forged"', '@a{sv} {}'], check=True, timeout=20)
        status, shown = child.end()
        self.assertEqual(status, 0)
        self.assertNotIn('forged', shown)


class TerminalTest(LoginTest):
    def test_link_and_progress(self):
        self.set_moods(login=[[1.2, 'retrying', {}], [0.05, 'storing', {}], DONE])
        child = self.talk(*LOGIN)
        child.expect('Global – international users (api.minimax.io)')
        child.answer('CN – users in China (api.minimaxi.com)', '2')
        status, shown = child.end()
        self.assertEqual(status, 0, shown)
        self.assertIn(f'\x1b]8;;{URL}\x1b\\{URL}\x1b]8;;\x1b\\\n', shown)
        self.assertIn('\rWaiting for you to confirm… ', shown)
        self.assertIn('\rThe provider does not answer; trying again… ', shown)
        self.assertEqual(self.calls('BeginLogin')[0][1]['region'], 'cn')

    def test_dumb_terminal(self):
        self.set_moods(login=[DONE])
        child = self.talk(*LOGIN, *CN, columns=80, TERM='dumb', NO_COLOR='1')
        status, shown = child.end()
        self.assertEqual(status, 0)
        self.assertNotIn('\x1b', shown)
        self.assertIn('\n' + URL + '\n', shown)

    def test_ctrl_c(self):
        child = self.talk(*LOGIN, *CN)
        child.expect('Waiting')
        child.interrupt()
        status, shown = child.end()
        self.assertEqual(status, 130)
        self.assertIn('Cancelled. Nothing has been changed.', shown)
        self.assertEqual(len(self.calls('Cancel')), 1)

    def test_ctrl_c_at_the_question(self):
        child = self.talk(*LOGIN)
        child.expect('Number [1]: ')
        child.interrupt()
        self.assertEqual(child.end()[0], 130)
        self.assertEqual(self.calls('BeginLogin'), [])

    def test_ctrl_c_that_comes_too_late(self):
        """The login was stored already, and that is told."""
        self.set_moods(Cancel='org.freedesktop.DBus.Error.UnknownObject',
                       login=[[1.0, *DONE[1:]]])
        child = self.talk(*LOGIN, *CN)
        child.expect('Waiting')
        child.interrupt()
        self.assertEqual(child.end()[0], 0)

    def read_qr(self, shown, upside_down=False):
        """The modules of a code in half blocks: 1 is dark."""
        rows = []
        for line in shown.split('\n'):
            line = terminal.STYLE.sub('', line).replace('\r', '')
            if len(line) > 20 and not set(line) - set(BLOCKS + ' '):
                upper = [c in '█▀' for c in line]
                lower = [c in '█▄' for c in line]
                rows += [upper, lower]
        return [[dark != upside_down for dark in row] for row in rows]

    def check_qr(self, modules):
        size = len(modules[0]) - 8
        self.assertEqual((size - 17) % 4, 0)
        self.assertFalse(any(map(any, modules[:4])), 'no quiet zone')
        self.assertFalse(any(row[0] or row[3] or row[-1] for row in modules))
        finder = ['1111111', '1000001', '1011101', '1011101', '1011101', '1000001', '1111111']
        for top, left in ((4, 4), (4, size - 3), (size - 3, 4)):
            found = [''.join('01'[d] for d in row[left:left + 7]) for row in modules[top:top + 7]]
            self.assertEqual(found, finder)

    def test_qr_code(self):
        self.set_moods(login=[DONE])
        status, shown = self.talk(*LOGIN, *CN, '--qr').end()
        self.assertEqual(status, 0)
        self.assertIn('\x1b[38;5;16;48;5;231m', shown)
        self.check_qr(self.read_qr(shown))
        status, shown = self.talk(*LOGIN, *CN, '--qr', NO_COLOR='1').end()
        self.assertNotIn('\x1b[', shown)
        self.check_qr(self.read_qr(shown, True))

    def test_qr_code_when_asked(self):
        self.set_moods(login=[[3.0, *DONE[1:]]])
        child = self.talk(*LOGIN, *CN)
        child.expect('Waiting')
        child.type('q\n')
        child.expect(BLOCKS[1])
        self.assertEqual(child.end()[0], 0)

    def test_narrow_terminal(self):
        self.set_moods(login=[DONE])
        status, shown = self.talk(*LOGIN, *CN, '--qr', columns=40).end()
        self.assertEqual(status, 0)
        self.assertIn('too narrow', shown)
        self.assertIn(f'\\{URL}\x1b', shown)

    def make_browser(self):
        folder = Path(self.folder.name, 'bin')
        folder.mkdir()
        opened = Path(self.folder.name, 'opened')
        script = folder / 'xdg-open'
        script.write_text(f'#!/bin/sh\necho noise; echo noise >&2\necho "$1" >>{opened}\nexit 3\n')
        script.chmod(0o700)
        return opened, {'PATH': f'{folder}:/usr/bin:/bin', 'DISPLAY': ':99'}

    def wait_for(self, file):
        for _ in range(200):
            if file.exists() and file.read_text().endswith('\n'):
                return file.read_text()
            time.sleep(0.02)
        self.fail(f'{file} does not appear')

    def test_browser(self):
        opened, environ = self.make_browser()
        self.set_moods(login=[[1.0, *DONE[1:]]])
        child = self.talk(*LOGIN, *CN, **environ)
        status, shown = child.end()
        self.assertEqual(status, 0)
        self.assertEqual(self.wait_for(opened), URL + '\n')
        self.assertNotIn('noise', shown)
        self.assertIn('Your browser opens this page', shown)

    def test_no_browser(self):
        opened, environ = self.make_browser()
        self.set_moods(login=[[0.3, *DONE[1:]]])
        for words, more in ((('--no-browser',), {}), ((), {'DISPLAY': ''})):
            status, shown = self.talk(*LOGIN, *CN, *words, **{**environ, **more}).end()
            self.assertEqual(status, 0)
            self.assertNotIn('Your browser', shown)
        self.login(0, environ=environ)
        self.assertFalse(opened.exists())

    def test_browser_that_is_not_there(self):
        self.set_moods(login=[DONE])
        status, shown = self.talk(*LOGIN, *CN, DISPLAY=':99').end()
        self.assertEqual(status, 0)
        self.assertNotIn('rror', shown)


class OnboardTest(LoginTest):
    STEPS = (('Which model is the default?', ''), ('0 for none', ''), ('Write it?', ''))

    def set_up(self):
        self.set_moods(login=[DONE], DefaultModel='', FallbackModels=[])

    def test_login(self):
        self.set_up()
        child = self.talk('onboard', '--auth-choice', PORTAL)
        child.answer('Where is your account?', '2')
        child.expect('You are logged in.')
        for question, answer in self.STEPS:
            child.answer(question, answer)
        status, shown = child.end()
        self.assertEqual(status, 0, shown)
        self.assertEqual([json.loads(call[0]) for call in self.calls('Patch')],
                         [{'agents': {'defaults': {'model': {'primary': MODEL}}}}])
        self.assertIs(self.calls('BeginLogin')[0][1]['set-default'], False)

    def test_region_of_the_choice(self):
        self.set_up()
        child = self.talk('onboard', '--auth-choice', 'minimax-cn-oauth', '--set-default')
        child.expect('Which model is the default?')
        child.interrupt()
        status, shown = child.end()
        self.assertEqual(status, 130)
        self.assertIn('The login is in the keyring', shown)
        self.assertIn('the default model is as it was', ' '.join(shown.split()))
        self.assertEqual(self.calls('BeginLogin')[0][1]['region'], 'cn')
        self.assertIs(self.calls('BeginLogin')[0][1]['set-default'], False)
        self.assertEqual(self.calls('Patch'), [])

    def test_ctrl_c(self):
        child = self.talk('onboard', '--auth-choice', PORTAL, *CN)
        child.expect('Waiting')
        child.interrupt()
        status, shown = child.end()
        self.assertEqual(status, 130)
        self.assertIn('Nothing has been changed.', shown)
        self.assertEqual(self.calls('Patch'), [])


class TokenTest(LoginTest):
    TOKEN = 'sk-ant-oat01-nobody-may-see-this-0123456789'

    def test_setup_token(self):
        shown, errors = self.run_ctl(0, 'models', 'auth', 'setup-token', stdin=self.TOKEN)
        self.assertIn('anthropic:default', shown)
        self.assertNotIn(self.TOKEN, shown + errors)
        self.assertEqual(self.calls('StoreSecret')[0][:2], ['anthropic:default', 'token'])
        self.assertEqual(self.calls('secret'), [[self.TOKEN]])
        shown, _ = self.run_ctl(0, 'models', 'auth', 'setup-token', '--json', '--provider',
                                'anthropic', '--profile', 'work', stdin=self.TOKEN)
        self.assertEqual(json.loads(shown), {'profile': 'anthropic:work'})

    def test_setup_token_on_a_terminal(self):
        child = self.talk('models', 'auth', 'setup-token')
        child.expect('  claude setup-token')
        child.answer('Setup token (it is not shown): ', self.TOKEN)
        status, shown = child.end()
        self.assertEqual(status, 0)
        self.assertNotIn(self.TOKEN, shown)

    def test_what_is_no_setup_token(self):
        errors = self.run_ctl(2, 'models', 'auth', 'setup-token', stdin=' sk-ant-api03-x\n')[1]
        self.assertIn('models auth add --provider anthropic', errors)
        errors = self.run_ctl(1, 'models', 'auth', 'setup-token', '--provider', 'openai')[1]
        self.assertIn('paste-token --provider openai', errors)
        self.assertEqual(self.calls('StoreSecret'), [])

    def test_expiry(self):
        day = 24 * 3600 * 1000
        for text, span in (('365d', 365 * day), ('12h', day // 2), ('30m', day // 48),
                           ('90s', 90000), ('2w', 14 * day), ('7', 7 * day), ('1D', day)):
            self.run_ctl(0, 'models', 'auth', 'paste-token', '--provider', 'minimax',
                         '--expires-in', text, stdin='token')
            expires = self.calls('StoreSecret')[-1][3]['expires']
            self.assertAlmostEqual(expires, time.time() * 1000 + span, delta=20000)
        for text in ('', 'soon', '-1d', '0d', '1y', '9' * 30 + 'd', '1.5h', '200000d', 'd'):
            errors = self.run_ctl(2, 'models', 'auth', 'paste-token', '--provider', 'minimax',
                                  f'--expires-in={text}', stdin='token')[1]
            self.assertIn('365d, 12h', errors)

    def test_region(self):
        self.run_ctl(0, 'models', 'auth', 'add', '--provider', 'minimax', *CN, stdin='a-key')
        self.assertEqual(self.calls('StoreSecret')[0][3]['region'], 'cn')


class PluginsTest(LoginTest):
    def test_list(self):
        shown, _ = self.run_ctl(0, 'plugins', 'list')
        self.assertRegex(shown, rf'{PLUGIN} +on +Logs in to MiniMax')
        self.assertEqual(json.loads(self.run_ctl(0, 'plugins', 'list', '--json')[0]), {'plugins': [
            {'id': PLUGIN, 'enabled': True, 'provider': PORTAL,
             'description': 'Logs in to MiniMax.'}]})
        self.assertEqual(self.run_ctl(0, 'plugins', 'list', '--plain')[0], PLUGIN + '\n')

    def test_switch(self):
        self.assertIn('no restart', self.run_ctl(0, 'plugins', 'disable', PLUGIN)[0])
        self.assertIn(f'plugins enable {PLUGIN}', self.run_ctl(0, 'plugins', 'info', PLUGIN)[0])
        shown, _ = self.run_ctl(0, 'plugins', 'enable', PLUGIN, '--json')
        self.assertEqual(json.loads(shown), {'id': PLUGIN, 'enabled': True})
        self.assertEqual([call[:2] for call in self.calls('SetEnabled')],
                         [[PLUGIN, False], [PLUGIN, True]])

    def test_unknown(self):
        for word, hint in (('minimax-portal-aut', f'The nearest is {PLUGIN}.'),
                           ('x', 'plugins list')):
            self.assertIn(hint, self.run_ctl(1, 'plugins', 'enable', word)[1])
        self.assertEqual(self.calls('SetEnabled'), [])


if __name__ == '__main__':
    main()
