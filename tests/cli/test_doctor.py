#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""openclawctl doctor in sessions that lack something."""

import json
import os
import socket
import subprocess
import time
from pathlib import Path

import terminal
from case import CliTest, SessionTest, paths
from tap import main

REF = 'minimax/MiniMax-M2.1'
IDS = ['bus', 'activation', 'keyring', 'config', 'keys', 'environment', 'stale-files', 'proxy',
       'clock', 'models', 'local-servers']
KEY = 'sk-test-Zq7vWx3kLm9RtY2p'
RECORD = {'ref': REF, 'provider': 'minimax', 'credential': 'minimax:default'}
HEALTHY = {'properties': {'DefaultModel': REF}, 'resolve': {REF: RECORD}, 'models': [RECORD]}
UNLOCKED = {'default': '/org/freedesktop/secrets/collection/login', 'locked': False}
SCHEMAS = '''<schemalist>
<schema id="org.gnome.system.proxy" path="/system/proxy/">
<key name="mode" type="s"><default>'none'</default></key>
<child name="https" schema="org.gnome.system.proxy.https"/></schema>
<schema id="org.gnome.system.proxy.https" path="/system/proxy/https/">
<key name="host" type="s"><default>''</default></key></schema></schemalist>'''
SUFFIX = '.tmp-openclaw-gateway'


def index(output):
    return {check['id']: check for check in json.loads(output)['checks']}


class DoctorMixin:
    def doctor(self, *options, **environ):
        """The checks by their ids; the exit status has to follow from them."""
        result = self.ctl('doctor', '--json', *options, environ=environ)
        self.assertEqual(result.stderr, b'')
        checks = index(result.stdout)
        self.assertEqual(list(checks), IDS)
        for check in checks.values():
            self.assertTrue(check['message'].strip(), check)
            self.assertLessEqual({'id', 'state', 'message', 'fix', 'fixable', 'fixed'}, set(check))
        has_problem = any(check['state'] == 'problem' for check in checks.values())
        self.assertEqual(result.returncode, 1 if has_problem else 0, result.stdout)
        return checks

    def assertCheck(self, check, state, *words):
        self.assertEqual(check['state'], state, check)
        text = json.dumps(check, ensure_ascii=False)
        for word in words:
            self.assertIn(word, text)


class NoBusTest(DoctorMixin, CliTest):
    needs_bus = ('keyring', 'config', 'environment', 'models', 'local-servers')

    def assertSkipped(self, checks):
        self.assertCheck(checks['bus'], 'problem')
        self.assertTrue(checks['bus']['fix'])
        for name in self.needs_bus:
            self.assertCheck(checks[name], 'note', 'Skipped')
        self.assertEqual(checks['clock']['state'], 'ok')

    def test_no_address(self):
        checks = self.doctor(DBUS_SESSION_BUS_ADDRESS='')
        self.assertSkipped(checks)
        self.assertIn('DBUS_SESSION_BUS_ADDRESS', checks['bus']['message'])

    def test_ssh(self):
        if Path(f'/run/user/{os.getuid()}/bus').exists():
            self.fail('this machine has a bus of its own')
        checks = self.doctor(DBUS_SESSION_BUS_ADDRESS='', SSH_CONNECTION='1 2 3 4')
        self.assertCheck(checks['bus'], 'problem', 'SSH', 'enable-linger')

    def test_nobody_there(self):
        checks = self.doctor()
        self.assertSkipped(checks)
        self.assertIn('/nonexistent/bus', checks['bus']['message'])

    def test_text(self):
        result = self.ctl('doctor')
        lines = result.stdout.decode().splitlines()
        self.assertEqual(result.returncode, 1)
        self.assertTrue(lines[0].startswith('problem  Session bus'), lines)
        self.assertEqual(lines[-1], '1 problem, 0 warnings.')

    def test_fix_needs_somebody_to_ask(self):
        self.assertIn('--yes', self.run_ctl(2, 'doctor', '--fix')[1])


class SilentBusTest(DoctorMixin, SessionTest):
    def test_bus_that_says_nothing(self):
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(str(self.runtime / 'bus'))
            listener.listen()
            checks = self.doctor(DBUS_SESSION_BUS_ADDRESS='')
        self.assertCheck(checks['bus'], 'problem', 'does not answer')
        self.assertEqual(checks['models']['state'], 'note')

    def test_gateway_that_says_nothing(self):
        self.start_session(gateway='silent', secrets=UNLOCKED)
        checks = self.doctor()
        self.assertCheck(checks['activation'], 'problem', 'It does not answer')
        self.assertEqual(checks['keyring']['state'], 'ok')
        self.assertCheck(checks['models'], 'note', 'Skipped')

    def test_keyring_that_says_nothing(self):
        self.start_session(secrets='silent')
        self.assertCheck(self.doctor()['keyring'], 'warning', 'does not answer')


class GatewayTest(DoctorMixin, SessionTest):
    def setUp(self):
        super().setUp()
        self.version = self.run_ctl(0, '--version')[0].split()[-1]

    def start_gateway(self, **more):
        spec = {**HEALTHY, **{k: v for k, v in more.items() if k != 'properties'}}
        spec['properties'] = {'Version': self.version, **HEALTHY['properties'],
                              **more.get('properties', {})}
        self.start_session(gateway=spec, secrets=UNLOCKED)

    def test_healthy(self):
        self.start_gateway()
        checks = self.doctor()
        # Nothing on this bus can be started by it.
        self.assertCheck(checks.pop('activation'), 'warning')
        self.assertEqual({check['state'] for check in checks.values()}, {'ok'}, checks)

    def test_version(self):
        self.start_gateway(properties={'Version': '0.0.1'})
        self.assertCheck(self.doctor()['activation'], 'warning', '0.0.1', self.version, 'restart')

    def test_not_there(self):
        checks = self.doctor()
        self.assertCheck(checks['activation'], 'problem', 'openclawctl gateway run')
        self.assertCheck(checks['models'], 'note', 'Skipped')

    def add_service(self, folder, program):
        services = Path(self.folder.name, folder, 'dbus-1', 'services')
        services.mkdir(parents=True)
        file = services / 'org.openclaw.Gateway.service'
        file.write_text(f'[D-BUS Service]\nName=org.openclaw.Gateway\nExec={program} --x\n')
        return str(file)

    def test_service_files(self):
        self.start_gateway()
        own = self.add_service('home/.local/share', '/bin/true')
        same = self.add_service('same', '/bin/true')
        data = f'{self.folder.name}/same:{self.folder.name}/other'
        self.assertNotIn(same, json.dumps(self.doctor(XDG_DATA_DIRS=data)))
        other = self.add_service('other', '/usr/bin/env')
        self.assertCheck(self.doctor(XDG_DATA_DIRS=data)['activation'], 'warning', own, other)

    def test_service_without_program(self):
        self.start_gateway()
        own = self.add_service('home/.local/share', '/nonexistent/gatewayd')
        self.assertCheck(self.doctor()['activation'], 'problem', own, '/nonexistent/gatewayd')

    def test_config(self):
        problems = [{'file': '/x/openclaw.json', 'line': 3, 'column': n, 'path': 'models',
                     'severity': severity, 'message': f'{severity} {n}'}
                    for n, severity in enumerate('info warning warning error warning'.split())]
        self.start_gateway(problems=problems)
        check = self.doctor()['config']
        self.assertCheck(check, 'problem', '1 error', '3 warnings', 'openclawctl config validate')
        self.assertEqual(check['details'], [f'/x/openclaw.json:3:{n}: {text} {n}' for n, text in
                                            ((3, 'error'), (1, 'warning'), (2, 'warning'))])

    def test_unreadable_config(self):
        self.start_gateway(properties={'DesktopState': 'invalid', 'DesktopPath': '/x/desktop.json'})
        self.assertCheck(self.doctor()['config'], 'problem', '/x/desktop.json')

    def test_keys_in_settings(self):
        masked = '********'
        models = [{'ref': 'ollama/x', 'provider': 'ollama', 'local': True,
                   'credential': 'ollama:config'}]
        settings = {'models': {'providers': {'minimax': {'apiKey': masked},
                                             'openai': {'apiKey': '${OPENAI_API_KEY}'},
                                             'ollama': {'apiKey': masked, 'baseUrl': 1}}},
                    'env': {'ZAI_API_KEY': masked, 'LANG': masked, 'vars': {'X_TOKEN': masked}}}
        self.start_gateway(settings=settings, models=[RECORD, *models])
        check = self.doctor()['keys']
        self.assertCheck(check, 'warning', 'models auth import')
        self.assertEqual(check['details'], [
            'models.providers.minimax.apiKey', 'env.ZAI_API_KEY', 'env.vars.X_TOKEN'])
        self.assertFalse(check['fixable'])

    def test_models(self):
        for properties, resolve, settings, state, words in (
                ({'DefaultModel': ''}, {}, {}, 'warning', ['openclawctl models set REF']),
                ({'DefaultModel': 'x/y'}, {'x/y': 'Unknown model.'}, {}, 'problem',
                 ['x/y cannot be used', 'Unknown model.']),
                ({}, {REF: {**RECORD, 'credential': 'missing'}}, {}, 'problem',
                 [f'{REF} has no key', 'auth add --provider minimax']),
                ({'FallbackModels': ['x/y']}, {REF: RECORD}, {}, 'warning', ['x/y cannot']),
                ({}, {REF: RECORD}, {'agents': {'defaults': {'models': {REF: {}}}}}, 'note',
                 ['agents.defaults.models'])):
            with self.subTest(words=words):
                self.start_gateway(properties=properties, resolve=resolve, settings=settings)
                self.assertCheck(self.doctor()['models'], state, *words)
                self.doCleanups_of_session()

    def doCleanups_of_session(self):
        """Ends the services, so that others can take their names."""
        function, arguments, keywords = self._cleanups.pop()
        function(*arguments, **keywords)

    def test_local_servers(self):
        with socket.socket() as listener, socket.socket() as closed:
            listener.bind(('127.0.0.1', 0))
            listener.listen()
            closed.bind(('127.0.0.1', 0))
            running, missing = listener.getsockname()[1], closed.getsockname()[1]
            providers = {'here': {'baseUrl': f'http://127.0.0.1:{running}/v1'},
                         'there': {'baseUrl': f'http://localhost:{missing}/v1'},
                         'far': {'baseUrl': 'https://example.invalid/v1'}, 'odd': {'baseUrl': '::'}}
            self.start_gateway(settings={'models': {'providers': providers}})
            check = self.doctor()['local-servers']
        self.assertCheck(check, 'note')
        self.assertEqual(check['details'], [f'there (localhost:{missing})'])

    def test_keys_of_this_terminal(self):
        self.start_gateway(models=[RECORD, {'ref': 'openai/x', 'provider': 'openai',
                                            'credential': 'missing'}])
        check = self.doctor(OPENAI_API_KEY=KEY)['environment']
        self.assertCheck(check, 'warning', 'models auth add --provider openai --from-env')
        self.assertNotIn(KEY, json.dumps(check))

    def test_config_path(self):
        self.start_gateway(properties={'Path': '/there/openclaw.json'})
        check = self.doctor(OPENCLAW_STATE_DIR='/here')['environment']
        self.assertCheck(check, 'warning', '/here/openclaw.json', '/there/openclaw.json')

    def test_no_proxy_for_local_models(self):
        self.start_gateway(models=[{**RECORD, 'local': True}])
        proxy = {'https_proxy': 'http://proxy.example:3128'}
        self.assertCheck(self.doctor(**proxy)['proxy'], 'note', 'localhost')
        self.assertCheck(self.doctor(**proxy, no_proxy='example.org,localhost')['proxy'], 'ok')


class SystemdTest(DoctorMixin, SessionTest):
    def test_environment(self):
        self.start_session(systemd={'environment': [
            f'HOME={self.home}', f'https_proxy=http://user:{KEY}@a:1', 'XDG_DATA_HOME=/x',
            f'MINIMAX_API_KEY={KEY}', f'OPENAI_API_KEY={KEY}', 'LANG=C.UTF-8']})
        check = self.doctor(https_proxy=f'http://u:{KEY}@b:1', NO_PROXY='localhost',
                            LANG='C.UTF-8', OPENAI_API_KEY='x')['environment']
        self.assertCheck(check, 'warning', '--systemd https_proxy NO_PROXY &&')
        self.assertNotIn(KEY, json.dumps(check))
        names = [detail.split()[0] for detail in check['details']]
        self.assertEqual(names, ['https_proxy', 'NO_PROXY', 'XDG_DATA_HOME', 'MINIMAX_API_KEY'])

    def test_same(self):
        self.start_session(systemd={'environment': [f'HOME={self.home}', 'PATH=/x']})
        self.assertCheck(self.doctor()['environment'], 'ok')


class KeyringTest(DoctorMixin, SessionTest):
    def test_none(self):
        self.assertCheck(self.doctor()['keyring'], 'warning', 'gnome-keyring')

    def test_states(self):
        self.start_session(secrets={**UNLOCKED, 'locked': True})
        self.assertCheck(self.doctor()['keyring'], 'note', 'locked')
        self.assertCheck(self.doctor(SSH_CONNECTION='1 2 3 4')['keyring'], 'warning', 'SSH')

    def test_no_default(self):
        self.start_session(secrets={'default': '/'})
        self.assertCheck(self.doctor()['keyring'], 'warning', 'default collection')


class FilesTest(DoctorMixin, SessionTest):
    """What needs no gateway."""

    def setUp(self):
        super().setUp()
        self.state = self.home / '.openclaw'
        self.own = self.home / '.config' / 'openclaw-gateway'
        for folder in (self.state, self.own):
            folder.mkdir(mode=0o700, parents=True)

    def write(self, path, mode=0o600, age=0):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.write_text(KEY)
        path.chmod(mode)
        when = time.time() - age
        os.utime(path, (when, when))
        return path

    def mode(self, path):
        return path.stat().st_mode & 0o777

    def test_private_files_are_fine(self):
        self.write(self.state / 'openclaw.json')
        self.write(self.state / '.env', 0o400)
        self.assertCheck(self.doctor()['keys'], 'ok')

    def test_permissions(self):
        settings = [self.state / 'openclaw.json', self.state / 'models.json',
                    self.state / 'agents/main/agent/models.json']
        keys = [self.state / '.env', self.home / '.minimax/oauth_creds.json',
                self.state / 'agents/main/agent/auth-profiles.json',
                self.state / 'agents/other/agent/auth-profiles.json']
        for file in settings:
            self.write(file, 0o644)
        self.state.chmod(0o755)
        check = self.doctor()['keys']
        self.assertCheck(check, 'warning', 'doctor --fix', *map(str, [*settings, self.state]))
        self.assertTrue(check['fixable'])
        for file in keys:
            self.write(file, 0o640)
        check = self.doctor()['keys']
        self.assertCheck(check, 'problem', *map(str, settings + keys))
        self.assertNotIn(KEY, json.dumps(check))
        self.assertEqual(self.mode(keys[0]), 0o640, 'nothing was to be repaired')

        check = self.doctor('--fix', '--yes')['keys']
        self.assertCheck(check, 'ok')
        self.assertTrue(check['fixed'])
        self.assertFalse(check['fixable'])
        for file in settings + keys:
            self.assertEqual(self.mode(file), 0o600, file)
            self.assertEqual(file.read_text(), KEY)
        self.assertEqual(self.mode(self.state), 0o700)

    def test_target_of_a_link(self):
        target = self.write(self.home / 'dotfiles' / 'claw.json', 0o644)
        (self.state / 'openclaw.json').symlink_to(target)
        self.doctor('--fix', '--yes')
        self.assertEqual(self.mode(target), 0o600)
        self.assertTrue((self.state / 'openclaw.json').is_symlink())

    def test_open_home_is_left_alone(self):
        self.home.chmod(0o755)
        checks = self.doctor('--fix', '--yes', OPENCLAW_STATE_DIR=str(self.home))
        self.assertEqual(self.mode(self.home), 0o755)
        self.assertCheck(checks['keys'], 'ok')

    def test_stale_files(self):
        old = [self.write(self.state / ('openclaw.json' + SUFFIX), age=120),
               self.write(self.own / ('desktop.json' + SUFFIX), age=120)]
        kept = [self.write(self.own / ('other.json' + SUFFIX)),
                self.write(self.state / 'openclaw.json.bak', age=1000)]
        link = self.state / ('x' + SUFFIX)
        link.symlink_to(kept[1])
        check = self.doctor()['stale-files']
        self.assertCheck(check, 'note')
        self.assertEqual(sorted(check['details']), sorted(map(str, old)))
        self.assertCheck(self.doctor('--fix', '--yes')['stale-files'], 'ok')
        self.assertFalse(any(file.exists() for file in old))
        self.assertTrue(all(file.exists() for file in [*kept, link]))

    def test_stale_files_beside_the_target_of_a_link(self):
        target = self.write(self.home / 'dotfiles' / 'claw.json')
        (self.state / 'openclaw.json').symlink_to(target)
        old = self.write(target.with_name('claw.json' + SUFFIX), age=120)
        self.assertEqual(self.doctor()['stale-files']['details'], [str(old)])

    def test_copies_of_edit(self):
        copy = self.runtime / 'openclawctl-aB3dEf'
        self.write(copy / 'openclaw.json')
        self.assertCheck(self.doctor()['stale-files'], 'ok')
        os.utime(copy, (time.time() - 100000,) * 2)
        check = self.doctor('--fix', '--yes')['stale-files']
        self.assertCheck(check, 'note', str(copy))
        self.assertFalse(check['fixable'])
        self.assertTrue((copy / 'openclaw.json').exists())

    def test_state_folder(self):
        folder = self.home / '.local/state/openclaw-gateway'
        folder.mkdir(parents=True)
        folder.chmod(0o755)
        self.assertCheck(self.doctor()['stale-files'], 'warning', str(folder))
        self.doctor('--fix', '--yes')
        self.assertEqual(self.mode(folder), 0o700)

    def test_asks(self):
        file = self.write(self.state / 'openclaw.json', 0o644)
        for answer, mode in (('n\n', 0o644), ('\n', 0o644), ('\x04', 0o644), ('y\n', 0o600)):
            with self.subTest(answer=answer):
                _, text = terminal.run([paths.CTL, 'doctor', '--fix'], self.environ, 80, answer)
                self.assertIn(f'{file} [y/N]?', text)
                self.assertEqual(self.mode(file), mode)
        self.assertIn('(repaired)', text)

    def test_terminal(self):
        code, text = terminal.run([paths.CTL, 'doctor'], {**self.environ, 'TERM': 'xterm'}, 80)
        self.assertEqual(code, 1, text)
        self.assertTrue(text.startswith('✓  Session bus'), text)
        text = terminal.run([paths.CTL, 'doctor'], {**self.environ, 'TERM': 'dumb'}, 80)[1]
        self.assertTrue(text.startswith('ok       Session bus'), text)

    def test_proxy(self):
        good = 'http://proxy.example:3128'
        for environ, state, words in (
                ({'https_proxy': good, 'HTTPS_PROXY': good}, 'ok', []),
                ({'all_proxy': 'socks5h://[::1]:1080'}, 'ok', []),
                ({'https_proxy': f'user:{KEY}@proxy:3128'}, 'warning', ['https_proxy']),
                ({'http_proxy': '3128'}, 'warning', ['http_proxy']),
                ({'ALL_PROXY': 'ftp://proxy:1'}, 'warning', ['ALL_PROXY']),
                ({'http_proxy': f'http://user:{KEY}@proxy'}, 'note', ['http_proxy', 'port']),
                ({'http_proxy': good, 'HTTP_PROXY': 'http://other:1'}, 'warning', ['HTTP_PROXY'])):
            with self.subTest(environ=environ):
                check = self.doctor(**environ)['proxy']
                self.assertCheck(check, state, *words)
                self.assertNotIn(KEY, json.dumps(check))

    def test_proxy_of_the_desktop(self):
        schemas = Path(self.folder.name, 'data', 'glib-2.0', 'schemas')
        schemas.mkdir(parents=True)
        (schemas / 'proxy.gschema.xml').write_text(SCHEMAS)
        subprocess.run(['glib-compile-schemas', schemas], check=True)
        settings = self.home / '.config' / 'glib-2.0' / 'settings' / 'keyfile'
        settings.parent.mkdir(parents=True)
        environ = {'XDG_DATA_DIRS': str(schemas.parents[1]), 'GSETTINGS_BACKEND': 'keyfile'}
        for mode, host, state in (('none', '', 'ok'), ('manual', 'proxy.example', 'ok'),
                                  ('manual', '', 'warning')):
            with self.subTest(mode=mode, host=host):
                settings.write_text(f"[system/proxy]\nmode='{mode}'\n"
                                    f"[system/proxy/https]\nhost='{host}'\n")
                self.assertCheck(self.doctor(**environ)['proxy'], state)

    def test_clock(self):
        file = self.write(self.state / 'openclaw.json', age=-100000)
        self.assertCheck(self.doctor()['clock'], 'warning', str(file))

    def test_clock_before_the_program_was_made(self):
        program = Path(self.folder.name, 'openclawctl')
        program.write_bytes(paths.CTL.read_bytes())
        program.chmod(0o700)
        os.utime(program, (time.time() + 10 * 86400,) * 2)
        result = subprocess.run([program, 'doctor', '--json'], env=self.environ, check=False,
                                capture_output=True)
        self.assertEqual(result.returncode, 1, result)
        self.assertCheck(index(result.stdout)['clock'], 'problem', 'set-ntp')


if __name__ == '__main__':
    main()
