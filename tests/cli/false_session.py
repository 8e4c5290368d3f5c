#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""Services of a desktop session that are as ill as a test wants them.

The only argument is a file with one JSON object. "gateway" is one with properties (strings, bools
and lists of strings), models and problems (as ListModels() and Validate() have them), settings
(what Get() answers), resolve (reference -> record, or the error's message as a string). "secrets"
is one with default (the path of the collection) and locked. "systemd" is one with environment (a
list of NAME=VALUE). What is missing does not exist; what is "silent" never answers. A line on
standard output says that all is there.
"""

import json
import sys
from pathlib import Path

from gi.repository import Gio, GLib

from false_gateway import NAME, PATH, load_interfaces

SECRETS = '''<node><interface name="org.freedesktop.Secret.Service">
<method name="ReadAlias"><arg type="s" direction="in"/><arg type="o" direction="out"/></method>
</interface><interface name="org.freedesktop.Secret.Collection">
<property name="Locked" type="b" access="read"/></interface></node>'''
SYSTEMD = '''<node><interface name="org.freedesktop.systemd1.Manager">
<property name="Environment" type="as" access="read"/></interface></node>'''
DEFAULTS = {'Version': '0', 'ApiVersion': 1, 'Features': [], 'DefaultModel': '',
            'FallbackModels': [], 'Ready': True, 'ActiveRequests': 0, 'Path': '', 'Hash': '',
            'State': 'ok', 'DesktopPath': '', 'DesktopHash': '', 'DesktopState': 'ok'}


def to_variant(value):
    if isinstance(value, bool):
        return GLib.Variant('b', value)
    if isinstance(value, int):
        return GLib.Variant('u', value)
    if isinstance(value, str):
        return GLib.Variant('s', value)
    return GLib.Variant('as', value)


def to_records(records):
    return [{key: to_variant(value) for key, value in record.items()} for record in records]


class Gateway:
    def __init__(self, spec):
        self.spec = spec
        self.properties = {**DEFAULTS, **spec.get('properties', {})}

    def on_get(self, _connection, _sender, _path, _interface, name):
        return to_variant(self.properties[name])

    def on_call(self, _connection, _sender, _path, _interface, method, parameters, invocation):
        arguments = parameters.unpack()
        if method == 'ListModels':
            reply = GLib.Variant('(aa{sv})', (to_records(self.spec.get('models', [])),))
        elif method == 'Validate':
            reply = GLib.Variant('(aa{sv})', (to_records(self.spec.get('problems', [])),))
        elif method == 'ListCredentials':
            reply = GLib.Variant('(aa{sv})', (to_records(self.spec.get('credentials', [])),))
        elif method == 'Get':
            reply = GLib.Variant('(s)', (json.dumps(self.spec.get('settings', {})),))
        elif method == 'ResolveModel':
            record = self.spec.get('resolve', {}).get(arguments[0], 'There is no such model.')
            if isinstance(record, str):
                invocation.return_dbus_error(NAME + '.Error.UnknownModel', record)
                return
            reply = GLib.Variant('(a{sv})', (to_records([record])[0],))
        else:
            invocation.return_dbus_error(NAME + '.Error.NotSupported', 'no such thing')
            return
        invocation.return_value(reply)

    def export(self, connection):
        for name, interface in load_interfaces().items():
            if name not in (NAME + '.Request', NAME + '.Login'):
                connection.register_object(PATH, interface, self.on_call, self.on_get, None)


def export_secrets(connection, spec):
    service, collection = Gio.DBusNodeInfo.new_for_xml(SECRETS).interfaces

    def on_call(_connection, _sender, _path, _interface, _method, _parameters, invocation):
        invocation.return_value(GLib.Variant('(o)', (spec['default'],)))

    connection.register_object('/org/freedesktop/secrets', service, on_call, None, None)
    if spec['default'] != '/':
        connection.register_object(spec['default'], collection, None,
                                   lambda *_: GLib.Variant('b', spec['locked']), None)


def export_systemd(connection, spec):
    manager = Gio.DBusNodeInfo.new_for_xml(SYSTEMD).interfaces[0]
    connection.register_object('/org/freedesktop/systemd1', manager, None,
                               lambda *_: GLib.Variant('as', spec['environment']), None)


def swallow(_connection, message, incoming):
    """Takes every call, and answers none."""
    return None if incoming and message.get_message_type() == Gio.DBusMessageType.METHOD_CALL \
        else message


def start(name, spec, export):
    """Each service has a connection of its own, as in life."""
    connection = Gio.DBusConnection.new_for_address_sync(
        Gio.dbus_address_get_for_bus_sync(Gio.BusType.SESSION),
        Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
        | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)
    if spec == 'silent':
        connection.add_filter(swallow)
    else:
        export(connection, spec)
    connection.call_sync('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus',
                         'RequestName', GLib.Variant('(su)', (name, 0)), None,
                         Gio.DBusCallFlags.NONE, -1, None)
    return connection


def main():
    spec = json.loads(Path(sys.argv[1]).read_text('utf-8'))
    exports = {'gateway': (NAME, lambda connection, part: Gateway(part).export(connection)),
               'secrets': ('org.freedesktop.secrets', export_secrets),
               'systemd': ('org.freedesktop.systemd1', export_systemd)}
    connections = [start(exports[part][0], spec[part], exports[part][1]) for part in spec]
    print('ready', len(connections), flush=True)
    GLib.MainLoop().run()


if __name__ == '__main__':
    main()
