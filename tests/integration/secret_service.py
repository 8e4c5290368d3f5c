#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""A Secret Service that behaves as others than gnome-keyring do: KeePassXC, KWallet's bridge, and
worse. Run as a program it serves one bus until its standard input ends; what it prints are the
calls that it got, one a line."""

import argparse
import hashlib
import hmac
import os
import secrets
import subprocess
import sys
import time

import gi

gi.require_version('Gio', '2.0')
from gi.repository import Gio, GLib  # noqa: E402

NAME = 'org.freedesktop.secrets'
ROOT = '/org/freedesktop/secrets'
IFACE = 'org.freedesktop.Secret.'
DH = 'dh-ietf1024-sha256-aes128-cbc-pkcs7'
# The second Oakley group of RFC 2409.
PRIME = int('FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08'
            '798E3404DDEF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637'
            'ED6B0BFF5CB6F406B7EDEE386BFB5A899FA5AE9F24117C4B1FE649286651ECE65381FFFFFFFFFFFFFFFF',
            16)
SECRET = '(oayays)'

XML = f'''<node>
<interface name="{IFACE}Service">
  <method name="OpenSession"><arg type="s" direction="in"/><arg type="v" direction="in"/>
    <arg type="v" direction="out"/><arg type="o" direction="out"/></method>
  <method name="ReadAlias"><arg type="s" direction="in"/><arg type="o" direction="out"/></method>
  <method name="SearchItems"><arg type="a{{ss}}" direction="in"/>
    <arg type="ao" direction="out"/><arg type="ao" direction="out"/></method>
  <method name="Unlock"><arg type="ao" direction="in"/>
    <arg type="ao" direction="out"/><arg type="o" direction="out"/></method>
  <method name="Lock"><arg type="ao" direction="in"/>
    <arg type="ao" direction="out"/><arg type="o" direction="out"/></method>
  <property name="Collections" type="ao" access="read"/>
</interface>
<interface name="{IFACE}Collection">
  <method name="SearchItems"><arg type="a{{ss}}" direction="in"/>
    <arg type="ao" direction="out"/></method>
  <method name="CreateItem"><arg type="a{{sv}}" direction="in"/>
    <arg type="{SECRET}" direction="in"/><arg type="b" direction="in"/>
    <arg type="o" direction="out"/><arg type="o" direction="out"/></method>
</interface>
<interface name="{IFACE}Item">
  <method name="GetSecret"><arg type="o" direction="in"/>
    <arg type="{SECRET}" direction="out"/></method>
  <method name="Delete"><arg type="o" direction="out"/></method>
</interface>
<interface name="{IFACE}Prompt">
  <method name="Prompt"><arg type="s" direction="in"/></method>
  <method name="Dismiss"/>
</interface>
<interface name="org.freedesktop.DBus.Properties">
  <method name="Get"><arg type="s" direction="in"/><arg type="s" direction="in"/>
    <arg type="v" direction="out"/></method>
  <method name="GetAll"><arg type="s" direction="in"/>
    <arg type="a{{sv}}" direction="out"/></method>
</interface>
</node>'''


class Refusal(Exception):
    """name: what stands behind org.freedesktop."""


def crypt(key, iv, data, decrypt):
    argv = ['openssl', 'enc', '-aes-128-cbc', '-K', key.hex(), '-iv', iv.hex()]
    return subprocess.run(argv + ['-d'] * decrypt, input=data, capture_output=True,
                          check=True).stdout


def derive(theirs):
    """Our half of the key exchange, and the key."""
    ours = secrets.randbits(1000)
    shared = pow(int.from_bytes(theirs, 'big'), ours, PRIME).to_bytes(128, 'big')
    pseudorandom = hmac.new(bytes(32), shared, hashlib.sha256).digest()
    key = hmac.new(pseudorandom, b'\1', hashlib.sha256).digest()[:16]
    return pow(2, ours, PRIME).to_bytes(128, 'big'), key


class Item:
    def __init__(self, path, collection, label, attributes, secret):
        self.path, self.collection, self.label = path, collection, label
        self.attributes, self.secret = attributes, secret
        self.locked = False
        self.is_foreign = False
        self.modified = int(time.time())


class Service:
    def __init__(self, address, options):
        self.options = options
        self.bus = Gio.DBusConnection.new_for_address_sync(
            address, Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
            | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)
        self.info = Gio.DBusNodeInfo.new_for_xml(XML)
        self.collections = [f'{ROOT}/collection/{name}' for name in options.collections.split(',')]
        self.locked = set(self.collections) if options.locked else set()
        self.items = {}
        self.sessions = {}
        self.prompts = {}
        self.count = 0
        self.export(ROOT, 'Service')
        for path in self.collections:
            self.export(path, 'Collection')
        if options.foreign:
            self.add_foreign()
        self.bus.call_sync('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus',
                           'RequestName', GLib.Variant('(su)', (NAME, 0)), None,
                           Gio.DBusCallFlags.NONE, -1, None)

    def export(self, path, kind):
        for name in (IFACE + kind, 'org.freedesktop.DBus.Properties'):
            self.bus.register_object(path, self.info.lookup_interface(name), self.on_call, None,
                                     None)

    def new_path(self, parent):
        self.count += 1
        return f'{parent}/{self.count}'

    def emit(self, path, interface, name, arguments):
        if not self.options.no_signals:
            self.bus.emit_signal(None, path, interface, name, arguments)

    def on_call(self, connection, sender, path, interface, method, arguments, invocation):
        print(method, path, flush=True)
        try:
            reply = getattr(self, method)(path, *arguments.unpack(), sender=sender)
        except Refusal as refusal:
            invocation.return_dbus_error(f'org.freedesktop.{refusal}', 'no')
            return
        except KeyError:
            # The item was deleted while somebody looked at it.
            invocation.return_dbus_error('org.freedesktop.Secret.Error.NoSuchObject', path)
            return
        invocation.return_value(reply)

    # Service

    def OpenSession(self, path, algorithm, theirs, sender):
        if self.options.plain:
            if algorithm != 'plain':
                raise Refusal('DBus.Error.NotSupported')
            return GLib.Variant('(vo)', (GLib.Variant('s', ''), self.new_path(ROOT)))
        if algorithm != DH:
            raise Refusal('DBus.Error.NotSupported')
        session = self.new_path(f'{ROOT}/session')
        ours, self.sessions[session] = derive(bytes(theirs))
        return GLib.Variant('(vo)', (GLib.Variant('ay', ours), session))

    def ReadAlias(self, path, alias, sender):
        has_one = alias == 'default' and not self.options.no_default
        return GLib.Variant('(o)', (self.collections[0] if has_one else '/',))

    def find_items(self, collection, attributes):
        found = [i.path for i in self.items.values() if i.collection == collection
                 and (i.is_foreign or attributes.items() <= i.attributes.items())]
        # KWallet has nothing to show before it is open.
        return [] if self.options.opaque and collection in self.locked else found

    def SearchItems(self, path, attributes, sender):
        return GLib.Variant('(ao)', (self.find_items(path, attributes),))

    def unlock(self, objects):
        for path in objects:
            self.locked.discard(path)
            for item in self.items.values():
                if path in (item.path, item.collection):
                    item.locked = False
        return GLib.Variant('ao', objects)

    def is_locked(self, path):
        item = self.items.get(path)
        return path in self.locked or (item and (item.locked or item.collection in self.locked))

    def Unlock(self, path, objects, sender):
        locked = [o for o in objects if self.is_locked(o)]
        if not locked:
            return GLib.Variant('(aoo)', (objects, '/'))
        return GLib.Variant('(aoo)', ([], self.new_prompt(lambda: self.unlock(objects))))

    def Lock(self, path, objects, sender):
        self.locked.update(o for o in objects if o in self.collections)
        for path in objects:
            if path in self.items:
                self.items[path].locked = True
            self.emit(ROOT, IFACE + 'Service', 'CollectionChanged', GLib.Variant('(o)', (path,)))
        return GLib.Variant('(aoo)', (objects, '/'))

    # Properties

    def describe(self, path):
        if path == ROOT:
            return {'Collections': GLib.Variant('ao', self.collections)}
        if path in self.collections:
            items = [] if self.options.opaque and path in self.locked else \
                [i.path for i in self.items.values() if i.collection == path]
            return {'Locked': GLib.Variant('b', path in self.locked),
                    'Items': GLib.Variant('ao', items)}
        item = self.items[path]
        if item.is_foreign:
            raise Refusal('DBus.Error.AccessDenied')
        attributes = dict(item.attributes)
        known = {'Label': GLib.Variant('s', item.label)}
        if self.options.bare:
            attributes.pop('xdg:schema', None)
        else:
            known['Locked'] = GLib.Variant('b', bool(self.is_locked(path)))
            known['Modified'] = GLib.Variant('t', item.modified)
        return {**known, 'Attributes': GLib.Variant('a{ss}', attributes)}

    def Get(self, path, interface, name, sender):
        return GLib.Variant('(v)', (self.describe(path)[name],))

    def GetAll(self, path, interface, sender):
        return GLib.Variant('(a{sv})', (self.describe(path),))

    # Collection and item

    def add_foreign(self):
        path = self.new_path(self.collections[0])
        self.items[path] = Item(path, self.collections[0], 'Private', {}, b'')
        self.items[path].is_foreign = True
        self.export(path, 'Item')

    def create(self, collection, properties, secret):
        item = Item(self.new_path(collection), collection, properties[IFACE + 'Item.Label'],
                    properties[IFACE + 'Item.Attributes'], secret)
        item.locked = self.options.item_locks
        self.items[item.path] = item
        self.export(item.path, 'Item')
        self.emit(collection, IFACE + 'Collection', 'ItemCreated',
                  GLib.Variant('(o)', (item.path,)))
        return GLib.Variant('o', item.path)

    def CreateItem(self, path, properties, encoded, replace, sender):
        session, iv, data, _ = encoded
        if session not in self.sessions:
            raise Refusal('Secret.Error.NoSession')
        if path in self.locked:
            raise Refusal('Secret.Error.IsLocked')
        secret = crypt(self.sessions[session], bytes(iv), bytes(data), True)
        if self.options.create_prompt:
            prompt = self.new_prompt(lambda: self.create(path, properties, secret))
            return GLib.Variant('(oo)', ('/', prompt))
        return GLib.Variant('(oo)', (self.create(path, properties, secret).unpack(), '/'))

    def GetSecret(self, path, session, sender):
        if self.is_locked(path):
            raise Refusal('Secret.Error.IsLocked')
        if session not in self.sessions:
            raise Refusal('Secret.Error.NoSession')
        iv = os.urandom(16)
        data = crypt(self.sessions[session], iv, self.items[path].secret, False)
        return GLib.Variant(f'({SECRET})', ((session, iv, data, 'text/plain'),))

    def Delete(self, path, sender):
        item = self.items.pop(path)
        self.emit(item.collection, IFACE + 'Collection', 'ItemDeleted',
                  GLib.Variant('(o)', (path,)))
        return GLib.Variant('(o)', ('/',))

    # Prompt

    def new_prompt(self, action):
        path = self.new_path(f'{ROOT}/prompt')
        self.prompts[path] = action
        self.export(path, 'Prompt')
        return path

    def Prompt(self, path, window, sender):
        """The user says yes at once, unless it is a user who says no."""
        result = GLib.Variant('s', '')
        if not self.options.dismiss:
            result = self.prompts[path]()
        def complete():
            self.bus.emit_signal(sender, path, IFACE + 'Prompt', 'Completed',
                                 GLib.Variant('(bv)', (self.options.dismiss, result)))
            return GLib.SOURCE_REMOVE

        GLib.idle_add(complete)
        return None

    def Dismiss(self, path, sender):
        return None


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('address')
    parser.add_argument('--collections', default='login', help='their names, with commas')
    for name, what in (
            ('no-default', 'there is no alias "default" (KeePassXC)'),
            ('item-locks', 'each new item is locked until somebody agrees (KeePassXC)'),
            ('bare', 'items have no schema, no Locked, no Modified (KWallet)'),
            ('create-prompt', 'storing asks the user (KWallet)'),
            ('opaque', 'what is locked shows nothing (KWallet)'),
            ('foreign', 'searches find an item of somebody else that may not be looked at'),
            ('no-signals', 'nobody is told of changes'),
            ('plain', 'sessions are not encrypted'),
            ('locked', 'the collections are locked'),
            ('dismiss', 'the user says no')):
        parser.add_argument(f'--{name}', action='store_true', help=what)
    options = parser.parse_args()
    service = Service(options.address, options)  # noqa: F841
    loop = GLib.MainLoop()
    GLib.io_add_watch(sys.stdin.fileno(), GLib.IO_IN | GLib.IO_HUP, lambda *_: loop.quit())
    loop.run()


if __name__ == '__main__':
    main()
