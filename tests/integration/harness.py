# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""A session of its own for each test: home, bus, keyring, provider, daemon, and nothing else."""

import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

import paths
import processes
from client import Client, DBusError, NAME
from keyring import Keyring
from provider import Provider
from tap import main  # noqa: F401  (for the test files)

KEY = 'sk-test-Zq7vWx3kLm9RtY2p'
NOBODY = 'http://127.0.0.1:9/v1'
PRICES = {'input': 0.3, 'output': 1.2, 'cacheRead': 0.03, 'cacheWrite': 0.375}

BUS_CONFIG = '''<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={folder}/bus</listen>
  <auth>EXTERNAL</auth>
  <servicedir>{folder}/services</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
  <limit name="max_incoming_bytes">1000000000</limit>
  <limit name="max_outgoing_bytes">1000000000</limit>
  <limit name="max_message_size">1000000000</limit>
  <limit name="max_message_unix_fds">64</limit>
  <limit name="max_replies_per_connection">50000</limit>
</busconfig>
'''

# A write to its log is the first thing a started daemon does, so that pids are known.
LAUNCHER = '''#!/bin/sh
echo $$ >>{folder}/daemon.pids
exec {command} >>{folder}/daemon.log 2>&1
'''

VALGRIND = ['valgrind', '--quiet', '--error-exitcode=99', '--leak-check=full',
            '--errors-for-leak-kinds=definite', '--show-leak-kinds=definite',
            '--suppressions=/usr/share/glib-2.0/valgrind/glib.supp',
            f'--suppressions={paths.HERE}/valgrind.supp']
# Valgrind is many times slower than the processor.
SLOWNESS = 10 if paths.VALGRIND else 1


class Session:
    def __init__(self, environ=None, keyring=False):
        self.folder = Path(tempfile.mkdtemp(prefix='ocg-test-'))
        self.home = self.folder / 'home'
        self.config_path = self.home / '.openclaw' / 'openclaw.json'
        self.daemon = None
        self.keyring = None
        self.clients = []
        self._children = []
        self.environ = self._make_environ(environ or {})
        self._start_bus()
        self.client = self.connect()
        self.provider = Provider(self.folder)
        if keyring:
            self.start_keyring(unlock=keyring != 'empty')

    # Setting up

    def _make_environ(self, more):
        folders = {'HOME': self.home, 'XDG_CONFIG_HOME': self.home / '.config',
                   'XDG_STATE_HOME': self.home / '.local/state',
                   'XDG_DATA_HOME': self.home / '.local/share',
                   'XDG_CACHE_HOME': self.home / '.cache', 'XDG_RUNTIME_DIR': self.folder / 'run',
                   'TMPDIR': self.folder / 'tmp',
                   # Of this machine's own, nothing counts.
                   'OPENCLAW_GATEWAY_ADMIN_DIR': self.folder / 'admin',
                   'OPENCLAW_GATEWAY_DATA_DIR': self.folder / 'data'}
        for folder in folders.values():
            folder.mkdir(parents=True, mode=0o700, exist_ok=True)
        environ = {'PATH': os.environ.get('PATH', '/usr/bin:/bin'), 'LANG': 'en_US.UTF-8',
                   'LOCPATH': processes.make_locales(),
                   'DBUS_SESSION_BUS_ADDRESS': f'unix:path={self.folder}/bus',
                   'XDG_DATA_DIRS': '/usr/local/share:/usr/share', 'GSETTINGS_BACKEND': 'memory',
                   'GIO_USE_VFS': 'local', 'G_DEBUG': 'fatal-criticals', 'TERM': 'dumb'}
        environ.update({name: str(path) for name, path in folders.items()})
        environ['LSAN_OPTIONS'] = f'print_suppressions=0:suppressions={paths.HERE.parent}/lsan.supp'
        for name in ('ASAN_OPTIONS', 'UBSAN_OPTIONS', 'MALLOC_PERTURB_'):
            if name in os.environ:
                environ[name] = os.environ[name]
        environ.update(more)
        return environ

    def _start_bus(self):
        services = self.folder / 'services'
        services.mkdir()
        command = ' '.join((VALGRIND if paths.VALGRIND else []) + [str(paths.DAEMON)])
        launcher = self.folder / 'launch-daemon'
        launcher.write_text(LAUNCHER.format(folder=self.folder, command=command))
        launcher.chmod(0o700)
        (services / f'{NAME}.service').write_text(
            f'[D-BUS Service]\nName={NAME}\nExec={launcher}\n')
        config = self.folder / 'bus.conf'
        config.write_text(BUS_CONFIG.format(folder=self.folder))
        bus = processes.spawn(
            ['dbus-daemon', f'--config-file={config}', '--nofork', '--nosyslog',
             '--print-address=1'],
            env=self.environ, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=open(self.folder / 'bus.log', 'wb'))
        self.address = bus.stdout.readline().decode().strip()
        bus.stdout.close()
        self._children.append(bus)

    def connect(self):
        """One more client with a connection of its own."""
        client = Client(self.address)
        self.clients.append(client)
        return client

    def start_keyring(self, unlock=True):
        environ = {k: v for k, v in self.environ.items() if k != 'G_MESSAGES_DEBUG'}
        self.keyring = Keyring(environ, self.folder, self.client, unlock)

    # Configuration

    def write_config(self, text):
        self.config_path.parent.mkdir(parents=True, exist_ok=True)
        self.config_path.write_text(text if isinstance(text, str) else json.dumps(text, indent=2),
                                    encoding='utf-8')

    def entry(self, scenario='anthropic', key=KEY, models=('MiniMax-M2.1',), **more):
        """A models.providers entry for the loopback provider."""
        entry = {'baseUrl': self.provider.url(scenario), 'api': 'anthropic-messages',
                 'models': [{'id': m, 'name': m, 'reasoning': True, 'input': ['text', 'image'],
                             'cost': PRICES, 'contextWindow': 200000, 'maxTokens': 8192}
                            for m in models]}
        if key:
            entry['apiKey'] = key
        entry.update(more)
        return entry

    def configure(self, providers=None, primary='minimax/MiniMax-M2.1', fallbacks=(),
                  defaults=None):
        """Writes openclaw.json; providers: id -> scenario or entry."""
        providers = {'minimax': 'anthropic'} if providers is None else providers
        entries = {i: self.entry(p) if isinstance(p, str) else p for i, p in providers.items()}
        # A server that happens to run on this machine has no part in a test.
        for name in ('lmstudio', 'ollama'):
            entries.setdefault(name, {'baseUrl': NOBODY})
        agents = {'model': {'primary': primary, 'fallbacks': list(fallbacks)}, **(defaults or {})}
        if not primary:
            del agents['model']
        self.write_config({'agents': {'defaults': agents},
                           'models': {'mode': 'merge', 'providers': entries}})
        if self.daemon:
            self.reload()

    def reload(self):
        if not paths.VALGRIND:
            self.client.reload()
            return
        # Valgrind has no pidfd_open(): the daemon cannot tell who asks and refuses to be managed.
        self.daemon.send_signal(signal.SIGHUP)
        time.sleep(1)

    # The daemon

    def start_daemon(self, environ=None):
        if self.daemon:
            self.stop_daemon()
        self.daemon = processes.spawn([self.folder / 'launch-daemon'],
                                      env={**self.environ, **(environ or {})},
                                      stdin=subprocess.DEVNULL)
        deadline = time.monotonic() + 20 * SLOWNESS
        while not self.client.name_has_owner(NAME):
            if self.daemon.poll() is not None:
                raise AssertionError(f'the daemon ended with {self.daemon.returncode}')
            if time.monotonic() > deadline:
                raise AssertionError('the daemon does not appear on the bus')
            time.sleep(0.005)

    def stop_daemon(self):
        """Ends the daemon with SIGTERM and returns its exit status."""
        status = processes.stop(self.daemon, 10 * SLOWNESS)
        self.daemon = None
        return status

    def daemon_log(self):
        log = self.folder / 'daemon.log'
        return log.read_text('utf-8', 'replace') if log.exists() else ''

    def daemon_pids(self):
        """Of all daemons that were ever started here, by us or by the bus."""
        file = self.folder / 'daemon.pids'
        return [int(pid) for pid in file.read_text().split()] if file.exists() else []

    # The command line

    def ctl(self, *arguments, stdin='', environ=None, timeout=30):
        """Runs openclawctl to its end."""
        return subprocess.run([str(paths.CTL), *arguments], env={**self.environ, **(environ or {})},
                              input=stdin, capture_output=True, encoding='utf-8',
                              timeout=timeout * SLOWNESS, check=False)

    def spawn_ctl(self, *arguments, environ=None):
        child = processes.spawn([paths.CTL, *arguments], env={**self.environ, **(environ or {})},
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE)
        self._children.append(child)
        return child

    # Watching

    def start_monitor(self):
        """Records every message on the bus; returns the file."""
        target = self.folder / 'monitor.log'
        monitor = processes.spawn(['dbus-monitor', '--address', self.address], env=self.environ,
                                  stdout=open(target, 'wb'), stderr=subprocess.DEVNULL)
        self._children.append(monitor)
        processes.wait_until(lambda: b'NameAcquired' in target.read_bytes()
                             or b'NameLost' in target.read_bytes(), 'dbus-monitor')
        return target

    def find_secret(self, secret, but_not=('provider.log',)):
        """The files below the session's folder that hold the secret, and the processes whose
        command line or environment does."""
        needle = secret.encode()
        found = []
        for path in self.folder.rglob('*'):
            if path.is_file() and not path.is_symlink() and path.name not in but_not:
                if needle in path.read_bytes():
                    found.append(str(path.relative_to(self.folder)))
        for pid in self.daemon_pids():
            for name in ('cmdline', 'environ'):
                try:
                    if needle in Path(f'/proc/{pid}/{name}').read_bytes():
                        found.append(f'{name} of the daemon')
                except OSError:
                    pass
        return found

    # Tearing down

    def close(self):
        problems = []
        if self.daemon:
            try:
                status = self.stop_daemon()
                if status != 0:
                    problems.append(f'the daemon ended with {status}')
            except subprocess.TimeoutExpired:
                problems.append('the daemon did not end within ten seconds of SIGTERM')
        for child in self._children[1:]:
            processes.stop(child)
            for pipe in (child.stdout, child.stderr):
                if pipe:
                    pipe.close()
        if self.keyring and self.keyring.process:
            processes.stop(self.keyring.process)
        for client in self.clients:
            client.close()
        processes.stop(self._children[0])
        self._end_activated(problems)
        if self.provider.stop() != 0:
            problems.append('the provider failed')
        problems += self._complaints()
        return problems

    def _end_activated(self, problems):
        """A daemon that the bus started must go away with the bus."""
        for pid in self.daemon_pids():
            deadline = time.monotonic() + 5 * SLOWNESS
            while _is_running(pid) and time.monotonic() < deadline:
                time.sleep(0.01)
            if _is_running(pid):
                problems.append(f'the daemon {pid} outlived its bus')
                os.kill(pid, signal.SIGKILL)

    def _complaints(self):
        signs = ('CRITICAL **', '-WARNING **', 'runtime error:', 'AddressSanitizer',
                 'LeakSanitizer', '==ERROR', 'definitely lost', 'Invalid read', 'Invalid write')
        return [f'in the daemon log: {line}' for line in self.daemon_log().splitlines()
                if any(sign in line for sign in signs)]

    def remove(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def describe(self):
        """What is worth seeing after a failure."""
        parts = []
        for name in ('daemon.log', 'provider.log', 'keyring.log', 'bus.log'):
            path = self.folder / name
            if path.exists() and path.stat().st_size:
                parts.append(f'--- {name}\n' + path.read_text('utf-8', 'replace')[-6000:])
        return '\n'.join(parts)


def _is_running(pid):
    try:
        state = Path(f'/proc/{pid}/stat').read_text().rpartition(')')[2].split()[0]
    except OSError:
        return False
    return state not in 'ZX'


class GatewayTest(unittest.TestCase):
    """Each test gets a session with a running daemon, configured for the loopback provider."""

    maxDiff = None
    keyring = False   # True, or 'empty' for one without a collection
    environ = {}
    configured = True
    started = True

    def setUp(self):
        self.session = Session(self.environ, self.keyring)
        self.addCleanup(self._end_session)
        self.client = self.session.client
        self.provider = self.session.provider
        if self.configured:
            self.session.configure()
        if self.started:
            self.session.start_daemon()

    def _end_session(self):
        problems = self.session.close()
        outcome = getattr(self, '_outcome', None)
        failed = problems or (outcome is not None and not outcome.success)
        report = self.session.describe() if failed else ''
        self.session.remove()
        if report:
            print(f'=== {self.id()}\n{report}')
        if problems:
            self.fail('; '.join(problems))

    def assertDBusError(self, name, function, *arguments, **keywords):
        """Calls and returns the message of the D-Bus error that must come."""
        with self.assertRaises(DBusError) as caught:
            function(*arguments, **keywords)
        self.assertEqual(caught.exception.short, name, caught.exception.message)
        self.assertTrue(caught.exception.message.strip())
        return caught.exception.message

    def assertMentions(self, text, *words):
        for word in words:
            self.assertIn(word, text)

    def wait_until(self, condition, what, timeout=10.0):
        return processes.wait_until(condition, what, timeout * SLOWNESS, self.client.iterate)
