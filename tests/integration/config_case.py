# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""What the tests of the configuration share: org.openclaw.Gateway.Config as a client calls it, and
the files of the user and the administrator."""

import fcntl
import json
import os
from pathlib import Path

from gi.repository import GLib

import json5_reader
from client import CONFIG, Signals, options_of
from harness import GatewayTest

M21 = 'minimax/MiniMax-M2.1'
LIGHTNING = 'minimax/MiniMax-M2.1-lightning'


def memfd(data):
    """A sealed memory file with the bytes, as the API wants it."""
    fd = os.memfd_create('text', os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    os.write(fd, data if isinstance(data, bytes) else data.encode('utf-8'))
    os.lseek(fd, 0, os.SEEK_SET)
    fcntl.fcntl(fd, fcntl.F_ADD_SEALS, fcntl.F_SEAL_WRITE | fcntl.F_SEAL_GROW
                | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_SEAL)
    return fd


def pipe(data):
    """The read end of a pipe with the bytes, which have to fit into it."""
    read_end, write_end = os.pipe()
    os.write(write_end, data if isinstance(data, bytes) else data.encode('utf-8'))
    os.close(write_end)
    return read_end


class ConfigTest(GatewayTest):
    configured = False
    started = False

    @property
    def path(self):
        return self.session.config_path

    @property
    def admin(self):
        return self.session.folder / 'admin'

    @property
    def desktop_path(self):
        return self.session.home / '.config' / 'openclaw-gateway' / 'desktop.json'

    def write(self, path, text):
        """As an editor that writes in place; the folder is made."""
        path.parent.mkdir(parents=True, exist_ok=True)
        if not isinstance(text, (str, bytes)):
            text = json.dumps(text, indent=2)
        path.write_bytes(text if isinstance(text, bytes) else text.encode('utf-8'))

    def replace(self, path, text):
        """As an editor that writes a new file and renames it over the old one."""
        other = path.with_name(f'.{path.name}.swp~')
        self.write(other, text)
        other.rename(path)

    def start(self, text=None, environ=None):
        if text is not None:
            self.write(self.path, text)
        self.session.start_daemon(environ)

    def data(self, path=None):
        return (path or self.path).read_bytes()

    # org.openclaw.Gateway.Config

    def _call(self, method, signature, *arguments, fds=()):
        return self.client.call(method, signature, *arguments, interface=CONFIG, fds=fds)

    def set(self, path, json5, **options):
        return self._call('Set', '(ssa{sv})', path, json5, options_of(options))

    def set_from_fd(self, path, json5, **options):
        """Set with the value in a descriptor, as for what may be a secret by mistake."""
        return self._from_fd('Set', '(ssa{sv})', (path, ''), json5, options)

    def _from_fd(self, method, signature, arguments, text, options):
        fd = memfd(text)
        try:
            return self._call(method, signature, *arguments,
                              {**options_of(options), 'value': GLib.Variant('h', 0)}, fds=[fd])
        finally:
            os.close(fd)

    def unset(self, path, **options):
        return self._call('Unset', '(sa{sv})', path, options_of(options))

    def patch(self, json5, **options):
        return self._call('Patch', '(sa{sv})', json5, options_of(options))

    def patch_from_fd(self, json5, **options):
        return self._from_fd('Patch', '(sa{sv})', ('',), json5, options)

    def replace_text(self, text, make=memfd, **options):
        fd = make(text)
        try:
            return self._call('ReplaceText', '(ha{sv})', 0, options_of(options), fds=[fd])
        finally:
            os.close(fd)

    def value(self, path=''):
        """What Get() answers, parsed as strict JSON."""
        return json.loads(self._call('Get', '(sa{sv})', path, {}))

    def validate(self, text=None, **options):
        if text is None:
            return self._call('Validate', '(a{sv})', options_of(options))
        fd = memfd(text)
        try:
            return self._call('Validate', '(a{sv})',
                              {**options_of(options), 'text': GLib.Variant('h', 0)}, fds=[fd])
        finally:
            os.close(fd)

    def property(self, name):
        return self.client.get(name, CONFIG)

    def wait_state(self, state, name='State'):
        self.wait_until(lambda: self.property(name) == state, f'{name} {state}')

    def wait_value(self, path, value):
        self.wait_until(lambda: self.value_or_none(path) == value, f'{path} to be {value!r}')

    def value_or_none(self, path):
        try:
            return self.value(path)
        except Exception as error:
            if getattr(error, 'short', '') != 'NotFound':
                raise
            return None

    # Signals

    def watch(self):
        self.signals = Signals(self.client)
        return self.signals

    def changed_paths(self, signals=None):
        """All paths of all Changed signals so far."""
        return [p for s in (signals or self.signals).named('Changed') for p in s[3][0]]

    def changed_property(self, name, signals=None):
        """The values that PropertiesChanged carried for the property."""
        return [s[3][1][name] for s in (signals or self.signals).named('PropertiesChanged')
                if name in s[3][1]]

    # Judging what was written

    def assertOnlyAdded(self, before, after):
        """Nothing went but space and commas; returns what came."""
        removed, added = json5_reader.changes(before, after)
        self.assertEqual(removed.strip(b' \t\r\n,'), b'')
        return added

    def assertUntouched(self, before, path=None):
        self.assertEqual(self.data(path), before if isinstance(before, bytes)
                         else before.encode('utf-8'))

    def key_used(self, model=''):
        """The key that the provider sees for a request to the model."""
        self.client.complete('hello', model)
        headers = self.provider.requests()[-1]['headers']
        value = headers.get('authorization', headers.get('x-api-key', ''))
        return value.removeprefix('Bearer ')

    def launch_with(self, *wrapper, before=''):
        """From now on the daemon is started as WRAPPER DAEMON, after the shell has run `before`;
        without arguments as always."""
        launcher = self.session.folder / 'launch-daemon'
        if not hasattr(self, 'plain_launcher'):
            self.plain_launcher = launcher.read_text()
        words = ' '.join(str(word) for word in wrapper)
        launcher.write_text(self.plain_launcher.replace('exec ', f'{before}\nexec {words} ', 1))

    def traced(self, calls, action, *options):
        """The system calls of `action`, as strace tells them, with paths of descriptors. The
        daemon is started for it, and still runs afterwards."""
        trace = self.session.folder / 'strace.log'
        trace.unlink(missing_ok=True)
        self.launch_with('strace', '-D', '-f', '-qq', '-y', '-e', f'trace={calls}', *options,
                         '-o', trace,
                         # Which works under no other tracer; leaks are found everywhere else.
                         before='export ASAN_OPTIONS="$ASAN_OPTIONS:detect_leaks=0"')
        self.session.start_daemon()
        self.launch_with()
        self.client.spin(0.3)
        start = len(trace.read_text().splitlines())
        action()
        self.client.spin(0.3)
        lines = trace.read_text().splitlines()
        return lines[:start], lines[start:]

    def find_temporary(self, write):
        """The file beside its target that `write` first makes: there has to be exactly one."""
        lines = self.traced('openat,open', write)[1]
        made = [line for line in lines if 'O_CREAT' in line and '/home/' in line]
        self.assertEqual(len(made), 1, made)
        self.assertIn('O_EXCL', made[0])
        return Path(made[0].rpartition('<')[2].rstrip('>'))

    def temporaries(self, folder=None, known=('openclaw.json',)):
        return sorted(set(os.listdir(folder or self.path.parent)) - set(known))
