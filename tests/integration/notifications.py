# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""A server of desktop notifications on the private bus, in a thread of its own."""

import threading

from gi.repository import Gio, GLib

import processes

NAME = 'org.freedesktop.Notifications'
PATH = '/org/freedesktop/Notifications'
XML = '''<node><interface name="org.freedesktop.Notifications">
  <method name="GetCapabilities"><arg type="as" direction="out"/></method>
  <method name="GetServerInformation"><arg type="s" direction="out"/><arg type="s" direction="out"/>
    <arg type="s" direction="out"/><arg type="s" direction="out"/></method>
  <method name="Notify"><arg type="s" direction="in"/><arg type="u" direction="in"/>
    <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/>
    <arg type="as" direction="in"/><arg type="a{sv}" direction="in"/><arg type="i" direction="in"/>
    <arg type="u" direction="out"/></method>
  <method name="CloseNotification"><arg type="u" direction="in"/></method>
  <signal name="NotificationClosed"><arg type="u"/><arg type="u"/></signal>
  <signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal>
</interface></node>'''


class Notifications:
    """shown: (id, title, body) of each Notify(); closed: the ids of CloseNotification()."""

    def __init__(self, address):
        self.shown, self.closed = [], []
        self._count = 0
        self._context = GLib.MainContext()
        self._loop = GLib.MainLoop(self._context)
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(address,), daemon=True)
        self._thread.start()
        if not self._ready.wait(10):
            raise AssertionError('no server of notifications')

    def _run(self, address):
        self._context.push_thread_default()
        connection = Gio.DBusConnection.new_for_address_sync(
            address, Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
            | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)
        connection.set_exit_on_close(False)
        interface = Gio.DBusNodeInfo.new_for_xml(XML).interfaces[0]
        connection.register_object(PATH, interface, self._called, None, None)
        connection.call_sync('org.freedesktop.DBus', '/org/freedesktop/DBus',
                             'org.freedesktop.DBus', 'RequestName', GLib.Variant('(su)', (NAME, 0)), None,
                             Gio.DBusCallFlags.NONE, -1, None)
        self._ready.set()
        self._loop.run()
        if not connection.is_closed():
            connection.close_sync(None)
        self._context.pop_thread_default()

    def _called(self, connection, sender, path, interface, method, parameters, invocation):
        arguments = parameters.unpack()
        answer = None
        if method == 'GetCapabilities':
            answer = GLib.Variant('(as)', (['body', 'persistence'],))
        elif method == 'GetServerInformation':
            answer = GLib.Variant('(ssss)', ('fake', 'tests', '1', '1.2'))
        elif method == 'Notify':
            number = arguments[1]
            if not number:
                self._count += 1
                number = self._count
            self.shown.append((number, arguments[3], arguments[4]))
            answer = GLib.Variant('(u)', (number,))
        else:
            self.closed.append(arguments[0])
        invocation.return_value(answer)

    def wait_for(self, count=1, timeout=10):
        processes.wait_until(lambda: len(self.shown) >= count, f'{count} notifications', timeout)
        return self.shown

    def close(self):
        self._loop.quit()
        self._thread.join(5)
