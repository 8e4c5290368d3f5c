# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""A real gnome-keyring-daemon on the private bus."""

import subprocess

from gi.repository import GLib

import processes

NAME = 'org.freedesktop.secrets'
PATH = '/org/freedesktop/secrets'
SERVICE = 'org.freedesktop.Secret.Service'
COLLECTION = 'org.freedesktop.Secret.Collection'
ITEM = 'org.freedesktop.Secret.Item'


class Keyring:
    def __init__(self, environ, folder, client, unlock=True):
        self.environ = environ
        self.folder = folder
        self.client = client
        self.process = None
        self.start(unlock)

    def start(self, unlock=True):
        """unlock=False: no password is known, so a new keyring gets no collection."""
        log = open(self.folder / 'keyring.log', 'ab')
        argv = ['gnome-keyring-daemon', '--foreground', '--components=secrets',
                f'--control-directory={self.folder}/keyring-control']
        if unlock:
            argv.append('--unlock')
        self.process = processes.spawn(argv, env=self.environ, stdin=subprocess.PIPE, stdout=log,
                                       stderr=log)
        log.close()
        if unlock:
            self.process.stdin.write(b'a password')
        self.process.stdin.close()
        self.client.wait_for_name(NAME)
        if unlock:
            processes.wait_until(lambda: self.default_collection() and not self.is_locked(),
                                 'the default collection', step=self.client.iterate)

    def call(self, path, interface, method, arguments=None, reply=None):
        return self.client.call_raw(NAME, path, interface, method, arguments, reply).unpack()

    def get(self, path, interface, name):
        return self.call(path, 'org.freedesktop.DBus.Properties', 'Get',
                         GLib.Variant('(ss)', (interface, name)))[0]

    def default_collection(self):
        path = self.call(PATH, SERVICE, 'ReadAlias', GLib.Variant('(s)', ('default',)))[0]
        return None if path == '/' else path

    def is_locked(self):
        return self.get(self.default_collection(), COLLECTION, 'Locked')

    def lock(self):
        self.call(PATH, SERVICE, 'Lock', GLib.Variant('(ao)', ([self.default_collection()],)))
        processes.wait_until(self.is_locked, 'the keyring to lock', step=self.client.iterate)

    def items(self):
        """The attributes of all items in the default collection, with "label" added."""
        found = []
        for path in self.get(self.default_collection(), COLLECTION, 'Items'):
            item = dict(self.get(path, ITEM, 'Attributes'))
            item['label'] = self.get(path, ITEM, 'Label')
            found.append(item)
        return found

    def secrets(self):
        """The secrets of all items, over a plain session of ours."""
        session = self.call(PATH, SERVICE, 'OpenSession',
                            GLib.Variant('(sv)', ('plain', GLib.Variant('s', ''))))[1]
        return [bytes(self.call(path, ITEM, 'GetSecret', GLib.Variant('(o)', (session,)))[0][2])
                for path in self.get(self.default_collection(), COLLECTION, 'Items')]

    def add(self, label, attributes, secret):
        """Stores an item as another program would."""
        session = self.call(PATH, SERVICE, 'OpenSession',
                            GLib.Variant('(sv)', ('plain', GLib.Variant('s', ''))))[1]
        properties = {f'{ITEM}.Label': GLib.Variant('s', label),
                      f'{ITEM}.Attributes': GLib.Variant('a{ss}', attributes)}
        self.call(self.default_collection(), COLLECTION, 'CreateItem',
                  GLib.Variant('(a{sv}(oayays)b)', (
                      properties, (session, b'', secret.encode(), 'text/plain'), True)))

    def stop(self):
        if self.process:
            processes.stop(self.process)
            self.process = None
            self.client.wait_for_no_name(NAME)

    def restart(self, unlock=True):
        self.stop()
        self.start(unlock)
