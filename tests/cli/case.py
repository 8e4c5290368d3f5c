# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""What the tests of openclawctl share: how it is run, a bus of its own, and the false gateway."""

import json
import os
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

from gi.repository import Gio

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / 'integration'))
import paths  # noqa: E402

ERROR = 'org.openclaw.Gateway.Error.'
BUS_ERROR = 'org.freedesktop.DBus.Error.'
START = {'type': 'start', 'request': '/x', 'requested': 'a/b', 'model': 'a/b'}
END = {'type': 'end', 'request': '/x', 'model': 'a/b', 'stop-reason': 'stop', 'cost': 0.3,
       'tool-calls': [{'id': '1', 'name': 'f', 'arguments': '{"a": [1]}'}],
       'parts': [{'type': 'tool-call', 'id': '1', 'name': 'f', 'arguments': '{"a": [1]}'}]}


def text(value):
    return {'type': 'text', 'text': value}


def thought(value):
    return {'type': 'thinking', 'text': value}


def failure(name, **more):
    return {'type': 'error', 'name': ERROR + name, 'message': name + ' it was', **more}


class CliTest(unittest.TestCase):
    """Without a bus: whatever needs one fails with 5."""

    environ = {'PATH': '/usr/bin:/bin', 'HOME': '/nonexistent', 'LC_ALL': 'C.UTF-8',
               'XDG_RUNTIME_DIR': '/nonexistent', 'GSETTINGS_BACKEND': 'memory',
               'DBUS_SESSION_BUS_ADDRESS': 'unix:path=/nonexistent/bus'}

    def ctl(self, *arguments, stdin='', environ=None, **keywords):
        return subprocess.run([paths.CTL, *arguments], env={**self.environ, **(environ or {})},
                              input=stdin.encode() if isinstance(stdin, str) else stdin,
                              capture_output=True, timeout=30, check=False, **keywords)

    def run_ctl(self, code, *arguments, **keywords):
        """Returns standard output and standard error."""
        result = self.ctl(*arguments, **keywords)
        self.assertEqual(result.returncode, code, f'{arguments}: {result}')
        return result.stdout.decode(), result.stderr.decode()


class BusTest(CliTest):
    @classmethod
    def setUpClass(cls):
        cls.bus = Gio.TestDBus.new(Gio.TestDBusFlags.NONE)
        cls.bus.up()
        cls.environ = {**cls.environ, 'DBUS_SESSION_BUS_ADDRESS': cls.bus.get_bus_address()}

    @classmethod
    def tearDownClass(cls):
        cls.bus.stop()


class GatewayTest(BusTest):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix='ocg-cli-')
        self.addCleanup(self.folder.cleanup)
        self.record = Path(self.folder.name, 'calls')
        self.gateway = subprocess.Popen([sys.executable, HERE / 'false_gateway.py', self.record],
                                        env={**os.environ, **self.environ})
        self.addCleanup(self.stop)
        for _ in range(500):
            if self.ctl('gateway', 'status').returncode == 0:
                return
            time.sleep(0.02)
        self.fail('the false gateway does not start')

    def stop(self):
        self.gateway.kill()
        self.gateway.wait()

    def set_moods(self, **moods):
        self.record.with_name('moods').write_text(json.dumps(moods))

    def calls(self, method):
        lines = self.record.read_text('utf-8').splitlines()
        return [call[1:] for call in map(json.loads, lines) if call[0] == method]

    def ask(self, code, *script, options=(), **keywords):
        return self.run_ctl(code, 'ask', '-m', json.dumps(script), *options, 'hello', **keywords)

    def spawn(self, *script, options=()):
        return subprocess.Popen([paths.CTL, 'ask', '-m', json.dumps(script), *options, 'hello'],
                                env=self.environ, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE)


class SessionTest(BusTest):
    """A home of its own, and the services that false_session.py makes."""

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix='ocg-cli-')
        self.addCleanup(self.folder.cleanup)
        self.home = Path(self.folder.name, 'home')
        self.runtime = Path(self.folder.name, 'run')
        for folder in (self.home, self.runtime):
            folder.mkdir(mode=0o700)
        self.environ = {**self.environ, 'HOME': str(self.home), 'TMPDIR': str(self.runtime),
                        'XDG_RUNTIME_DIR': str(self.runtime), 'XDG_DATA_DIRS': '/nonexistent'}

    def start_session(self, **services):
        spec = Path(self.folder.name, 'session.json')
        spec.write_text(json.dumps(services), 'utf-8')
        process = subprocess.Popen([sys.executable, HERE / 'false_session.py', spec],
                                   env={**os.environ, **self.environ}, stdout=subprocess.PIPE)

        def stop():
            process.kill()
            process.wait()
            process.stdout.close()
        self.addCleanup(stop)
        self.assertTrue(process.stdout.readline().startswith(b'ready'))
