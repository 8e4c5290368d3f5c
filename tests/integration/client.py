# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""A D-Bus client as an app would be one: a connection of its own, plain Gio."""

import json
import os
import select
import time

import gi

gi.require_version('Gio', '2.0')
from gi.repository import Gio, GLib  # noqa: E402

import processes  # noqa: E402

NAME = 'org.openclaw.Gateway'
PATH = '/org/openclaw/Gateway'
ERROR = 'org.openclaw.Gateway.Error.'
CREDENTIALS = NAME + '.Credentials'
CONFIG = NAME + '.Config'
REQUEST = NAME + '.Request'


class DBusError(Exception):
    def __init__(self, error):
        self.name = Gio.dbus_error_get_remote_error(error) or f'local:{error.message}'
        self.message = error.message.removeprefix(f'GDBus.Error:{self.name}: ')
        super().__init__(f'{self.name}: {self.message}')

    @property
    def short(self):
        return self.name.removeprefix(ERROR)


def variant(value):
    """A Python value as the variant that a script's D-Bus library would make of it."""
    if isinstance(value, GLib.Variant):
        return value
    if isinstance(value, bool):
        return GLib.Variant('b', value)
    if isinstance(value, int):
        return GLib.Variant('i' if -2**31 <= value < 2**31 else 't', value)
    if isinstance(value, float):
        return GLib.Variant('d', value)
    if isinstance(value, str):
        return GLib.Variant('s', value)
    if isinstance(value, bytes):
        return GLib.Variant('ay', value)
    if isinstance(value, dict):
        return GLib.Variant('a{sv}', dictionary(value))
    if value and isinstance(value[0], dict):
        return GLib.Variant('aa{sv}', [dictionary(v) for v in value])
    return GLib.Variant('as', value)


def dictionary(value):
    return {k: variant(v) for k, v in value.items()}


def messages(value):
    """The messages of a conversation; a string is what the user says."""
    if isinstance(value, str):
        value = [{'role': 'user', 'content': value}]
    return [dictionary(message) for message in value]


class Events:
    """The read end of the pipe that Stream() returns."""

    def __init__(self, fd):
        self.fd = fd
        self.buffer = b''
        self.ended = False
        os.set_blocking(fd, False)

    def next(self, timeout=10):
        """The next event, or None at the end of the pipe."""
        deadline = time.monotonic() + timeout
        while b'\n' not in self.buffer:
            if self.ended:
                assert not self.buffer, f'half a line at the end: {self.buffer[:200]}'
                return None
            if not select.select([self.fd], [], [], max(0, deadline - time.monotonic()))[0]:
                raise AssertionError(f'no event within {timeout} s')
            data = os.read(self.fd, 1 << 20)
            self.buffer += data
            self.ended = not data
        line, _, self.buffer = self.buffer.partition(b'\n')
        assert line.startswith(b'{"type":'), f'type is not first: {line[:200]}'
        return json.loads(line.decode('utf-8'))

    def wait_for(self, kind, timeout=10):
        """Reads up to an event of that type and returns it."""
        while True:
            event = self.next(timeout)
            assert event is not None, f'the stream ended without {kind}'
            if event['type'] == kind:
                return event

    def rest(self, timeout=10):
        """All events up to the end; closes the pipe."""
        found = []
        while (event := self.next(timeout)) is not None:
            found.append(event)
        self.close()
        return found

    def close(self):
        if self.fd >= 0:
            os.close(self.fd)
            self.fd = -1


def text_of(events):
    return ''.join(e['text'] for e in events if e['type'] == 'text')


class Signals:
    """Everything that is sent to this client from one name, in order of arrival."""

    def __init__(self, client, interface=None, path=None):
        self.client = client
        self.seen = []
        self.subscription = client.connection.signal_subscribe(
            NAME, interface, None, path, None, Gio.DBusSignalFlags.NONE, self._received)
        client.call_raw('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus',
                        'GetId')

    def _received(self, connection, sender, path, interface, name, parameters):
        self.seen.append((path, interface, name, parameters.unpack()))

    def named(self, *names):
        return [s for s in self.seen if s[2] in names]

    def wait_for(self, *names, timeout=10, count=1):
        processes.wait_until(lambda: len(self.named(*names)) >= count, f'signal {names}', timeout,
                             self.client.iterate)
        return self.named(*names)[count - 1]

    def close(self):
        self.client.connection.signal_unsubscribe(self.subscription)


class Client:
    def __init__(self, address):
        self.connection = Gio.DBusConnection.new_for_address_sync(
            address, Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
            | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)
        self.connection.set_exit_on_close(False)
        self.unique_name = self.connection.get_unique_name()

    def close(self):
        if not self.connection.is_closed():
            self.connection.close_sync(None)

    @staticmethod
    def iterate():
        context = GLib.MainContext.default()
        while context.iteration(False):
            pass

    def spin(self, seconds):
        """Lets signals arrive for a time."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            self.iterate()
            time.sleep(0.005)

    def call_raw(self, name, path, interface, method, arguments=None, reply=None, timeout=30):
        try:
            return self.connection.call_sync(
                name, path, interface, method, arguments,
                GLib.VariantType(reply) if reply else None, Gio.DBusCallFlags.NONE,
                int(timeout * 1000), None)
        except GLib.Error as error:
            raise DBusError(error) from None

    def call(self, method, signature, *arguments, interface=NAME, path=PATH, fds=(), timeout=30):
        """Calls the gateway; returns what it answers, unpacked, a single value alone. File
        descriptors in the answer are replaced by the descriptors themselves."""
        fd_list = Gio.UnixFDList.new()
        for fd in fds:
            fd_list.append(fd)
        try:
            reply, out = self.connection.call_with_unix_fd_list_sync(
                NAME, path, interface, method, GLib.Variant(signature, arguments), None,
                Gio.DBusCallFlags.NONE, int(timeout * 1000), fd_list if fds else None, None)
        except GLib.Error as error:
            raise DBusError(error) from None
        values = list(reply.unpack())
        if out:
            received = out.steal_fds()
            for i in range(reply.n_children()):
                if reply.get_child_value(i).get_type_string() == 'h':
                    values[i] = received[values[i]]
        return values[0] if len(values) == 1 else tuple(values)

    def start_call(self, method, signature, *arguments, interface=NAME, path=PATH, timeout=30):
        """Calls without waiting; returns a list that gets one element, an answer or DBusError."""
        done = []

        def finish(connection, result):
            try:
                done.append(connection.call_finish(result).unpack())
            except GLib.Error as error:
                done.append(DBusError(error))

        self.connection.call(NAME, path, interface, method, GLib.Variant(signature, arguments),
                             None, Gio.DBusCallFlags.NONE, int(timeout * 1000), None, finish)
        self.connection.flush_sync(None)
        return done

    def wait_done(self, done, timeout=15):
        processes.wait_until(lambda: done, 'the answer', timeout, self.iterate)
        return done[0]

    # The methods of the gateway, for the tests that do not want to see the wire.

    def complete(self, prompt, model='', fds=(), timeout=30, **options):
        return self.call('Complete', '(saa{sv}a{sv})', model, messages(prompt), options_of(options),
                         fds=fds, timeout=timeout)

    def stream(self, prompt, model='', fds=(), **options):
        """Returns (request path, Events)."""
        path, fd = self.call('Stream', '(saa{sv}a{sv})', model, messages(prompt),
                             options_of(options), fds=fds)
        return path, Events(fd)

    def stream_all(self, prompt, model='', timeout=15, **options):
        return self.stream(prompt, model, **options)[1].rest(timeout)

    def submit(self, prompt, model='', **options):
        return self.call('Submit', '(saa{sv}a{sv})', model, messages(prompt), options_of(options))

    def cancel(self, path):
        self.call('Cancel', '()', interface=REQUEST, path=path)

    def list_models(self, **options):
        return self.call('ListModels', '(a{sv})', options_of(options))

    def resolve(self, model, **options):
        return self.call('ResolveModel', '(sa{sv})', model, options_of(options))

    def store_secret(self, profile, fd, kind='api_key', **options):
        return self.call('StoreSecret', '(ssha{sv})', profile, kind, 0, options_of(options),
                         interface=CREDENTIALS, fds=[fd])

    def list_credentials(self, **options):
        return self.call('ListCredentials', '(a{sv})', options_of(options), interface=CREDENTIALS)

    def remove_credential(self, profile, **options):
        return self.call('RemoveCredential', '(sa{sv})', profile, options_of(options),
                         interface=CREDENTIALS)

    def reload(self):
        return self.call('Reload', '(a{sv})', {}, interface=CONFIG)

    def get(self, name, interface=NAME):
        return self.call_raw(NAME, PATH, 'org.freedesktop.DBus.Properties', 'Get',
                             GLib.Variant('(ss)', (interface, name))).unpack()[0]

    # The bus itself.

    def _bus(self, method, arguments, reply=None):
        return self.call_raw('org.freedesktop.DBus', '/org/freedesktop/DBus',
                             'org.freedesktop.DBus', method, arguments, reply).unpack()

    def name_has_owner(self, name):
        return self._bus('NameHasOwner', GLib.Variant('(s)', (name,)))[0]

    def owner_pid(self, name=NAME):
        return self._bus('GetConnectionUnixProcessID', GLib.Variant('(s)', (name,)))[0]

    def wait_for_name(self, name=NAME, timeout=20):
        processes.wait_until(lambda: self.name_has_owner(name), f'{name} on the bus', timeout)

    def wait_for_no_name(self, name=NAME, timeout=20):
        processes.wait_until(lambda: not self.name_has_owner(name), f'{name} to go', timeout)


def options_of(keywords):
    """max_tokens=5 as {"max-tokens": <5>}; handle_token is the one that keeps its underscore."""
    return {k if k == 'handle_token' else k.replace('_', '-'): variant(v)
            for k, v in keywords.items()}
