#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""openclawctl gateway start, stop and restart, by the bus and by systemd."""

import json
import subprocess
import threading
from pathlib import Path

from gi.repository import Gio, GLib

import processes
from client import NAME
from harness import GatewayTest, main

SYSTEMD = 'org.freedesktop.systemd1'
MANAGER_XML = '''<node>
<interface name="org.freedesktop.systemd1.Manager">
  <method name="Subscribe"/>
  <method name="LoadUnit"><arg type="s" direction="in"/><arg type="o" direction="out"/></method>
  <method name="StartUnit"><arg type="s" direction="in"/><arg type="s" direction="in"/>
    <arg type="o" direction="out"/></method>
  <method name="StopUnit"><arg type="s" direction="in"/><arg type="s" direction="in"/>
    <arg type="o" direction="out"/></method>
  <signal name="JobRemoved"><arg type="u"/><arg type="o"/><arg type="s"/><arg type="s"/></signal>
</interface>
<interface name="org.freedesktop.systemd1.Unit">
  <property name="LoadState" type="s" access="read"/>
</interface>
<interface name="org.freedesktop.systemd1.Service">
  <property name="BusName" type="s" access="read"/>
  <property name="MainPID" type="u" access="read"/>
</interface>
</node>'''


class Systemd:
    """What openclawctl asks of the systemd of a user, in a thread with a connection of its own."""

    def __init__(self, session, load_state='loaded', bus_name=NAME, result='done'):
        self.session = session
        self.values = {'LoadState': load_state, 'BusName': bus_name}
        self.result = result
        self.calls = []
        self.process = None
        self.context = GLib.MainContext.new()
        self.loop = GLib.MainLoop.new(self.context, False)
        ready = threading.Event()
        self.thread = threading.Thread(target=self.run, args=(ready,))
        self.thread.start()
        assert ready.wait(10)

    def run(self, ready):
        self.context.push_thread_default()
        self.connection = Gio.DBusConnection.new_for_address_sync(
            self.session.address, Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
            | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)
        node = Gio.DBusNodeInfo.new_for_xml(MANAGER_XML)
        paths = {'Manager': '/org/freedesktop/systemd1', 'Unit': '/unit', 'Service': '/unit'}
        for interface in node.interfaces:
            self.connection.register_object(paths[interface.name.rpartition('.')[2]], interface,
                                            self.on_call, self.on_get, None)
        self.connection.call_sync('org.freedesktop.DBus', '/org/freedesktop/DBus',
                                  'org.freedesktop.DBus', 'RequestName',
                                  GLib.Variant('(su)', (SYSTEMD, 0)), None,
                                  Gio.DBusCallFlags.NONE, -1, None)
        ready.set()
        self.loop.run()
        self.connection.close_sync(None)

    def on_get(self, _connection, _sender, _path, _interface, name):
        if name == 'MainPID':
            return GLib.Variant('u', self.process.pid if self.process else 0)
        return GLib.Variant('s', self.values[name])

    def on_call(self, connection, _sender, _path, _interface, method, parameters, invocation):
        if method == 'Subscribe':
            invocation.return_value(None)
        elif method == 'LoadUnit':
            invocation.return_value(GLib.Variant('(o)', ('/unit',)))
        else:
            self.calls.append((method, *parameters.unpack()))
            if self.result == 'done':
                self.do(method)
            # The job may be over before its name has got there.
            connection.emit_signal(None, '/org/freedesktop/systemd1', SYSTEMD + '.Manager',
                                   'JobRemoved', GLib.Variant(
                                       '(uoss)', (1, '/job/1', 'x.service', self.result)))
            invocation.return_value(GLib.Variant('(o)', ('/job/1',)))

    def do(self, method):
        if method == 'StopUnit':
            processes.stop(self.process)
            self.process = None
            return
        self.process = processes.spawn([self.session.folder / 'launch-daemon'],
                                       env=self.session.environ, stdin=subprocess.DEVNULL)
        processes.wait_until(lambda: self.connection.call_sync(
            'org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus',
            'NameHasOwner', GLib.Variant('(s)', (NAME,)), None, Gio.DBusCallFlags.NONE, -1,
            None).unpack()[0], 'the gateway')

    def close(self):
        self.context.invoke_full(GLib.PRIORITY_DEFAULT, self.loop.quit)
        self.thread.join()
        if self.process:
            processes.stop(self.process)


class ProcessTest(GatewayTest):
    started = False

    def gateway(self, *arguments, code=0):
        result = self.session.ctl('gateway', *arguments)
        self.assertEqual(result.returncode, code, result)
        return result.stdout + result.stderr

    def json(self, *arguments, code=0):
        result = self.session.ctl('gateway', *arguments, '--json')
        self.assertEqual(result.returncode, code, result)
        return json.loads(result.stdout)

    def running(self):
        return self.client.name_has_owner(NAME)


class BusTest(ProcessTest):
    def test_start_and_stop(self):
        self.assertEqual(self.json('start'),
                         {'running': True, 'was-running': False, 'manager': 'bus'})
        self.assertTrue(self.running())
        self.assertIn('already', self.gateway('start'))
        self.assertEqual(self.json('stop'),
                         {'running': False, 'was-running': True, 'manager': 'bus'})
        self.assertFalse(self.running())
        pid, = self.session.daemon_pids()
        processes.wait_until(lambda: not Path(f'/proc/{pid}').exists(), 'its end')
        self.assertIn('not running', self.gateway('stop'))
        self.assertFalse(self.running(), 'asking started it')

    def test_restart(self):
        self.assertEqual(self.json('restart'),
                         {'running': True, 'was-running': False, 'manager': 'bus'})
        self.assertIn('restarted', self.gateway('restart'))
        first, second = self.session.daemon_pids()
        self.assertNotEqual(first, second)
        processes.wait_until(lambda: not Path(f'/proc/{first}').exists(), 'the end of the first')
        self.assertEqual(self.client.complete('hello')['model'], 'minimax/MiniMax-M2.1')

    def test_not_activatable(self):
        (self.session.folder / 'services' / f'{NAME}.service').unlink()
        self.client.call_raw('org.freedesktop.DBus', '/org/freedesktop/DBus',
                             'org.freedesktop.DBus', 'ReloadConfig')
        self.assertIn('gateway run', self.gateway('start', code=5))

    def test_a_program_that_is_not_the_gateway_is_left_alone(self):
        self.client.call_raw('org.freedesktop.DBus', '/org/freedesktop/DBus',
                             'org.freedesktop.DBus', 'RequestName',
                             GLib.Variant('(su)', (NAME, 0)))
        shown = self.gateway('stop', code=1)
        self.assertIn('openclaw-gatewayd', shown)
        self.gateway('restart', code=1)
        self.assertTrue(self.running())

    def test_no_bus(self):
        result = self.session.ctl('gateway', 'restart', environ={
            'DBUS_SESSION_BUS_ADDRESS': 'unix:path=/nonexistent/bus'})
        self.assertEqual(result.returncode, 5)

    def test_answers_are_finished_first(self):
        self.session.start_daemon()
        events = self.client.stream('hello')[1]
        events.wait_for('start')
        stop = self.session.spawn_ctl('gateway', 'stop')
        found = events.rest()
        self.assertIn(found[-1]['type'], ('end', 'error'))
        self.assertEqual(stop.wait(30), 0)
        self.assertFalse(self.running())
        self.assertEqual(self.session.daemon.wait(10), 0)
        self.session.daemon = None


class SystemdTest(ProcessTest):
    def start_systemd(self, **keywords):
        systemd = Systemd(self.session, **keywords)
        self.addCleanup(systemd.close)
        return systemd

    def test_it_is_asked(self):
        systemd = self.start_systemd()
        self.assertEqual(self.json('start'),
                         {'running': True, 'was-running': False, 'manager': 'systemd'})
        self.assertTrue(self.running())
        self.assertEqual(self.json('restart')['was-running'], True)
        self.assertEqual(self.json('stop'),
                         {'running': False, 'was-running': True, 'manager': 'systemd'})
        self.assertFalse(self.running())
        unit = ('openclaw-gatewayd.service', 'replace')
        self.assertEqual(systemd.calls, [('StartUnit', *unit), ('StopUnit', *unit),
                                         ('StartUnit', *unit), ('StopUnit', *unit)])

    def test_it_fails(self):
        self.start_systemd(result='failed')
        self.assertIn('journalctl', self.gateway('start', code=1))

    def test_unit_of_another_program(self):
        for keywords in ({'load_state': 'not-found'}, {'bus_name': ''}):
            with self.subTest(**keywords):
                systemd = Systemd(self.session, **keywords)
                try:
                    self.assertEqual(self.json('restart')['manager'], 'bus')
                    self.assertEqual(self.json('stop')['manager'], 'bus')
                finally:
                    systemd.close()
                self.assertEqual(systemd.calls, [])

    def test_a_gateway_that_systemd_did_not_start(self):
        self.session.start_daemon()
        systemd = self.start_systemd()
        self.assertEqual(self.json('stop')['manager'], 'bus')
        self.assertEqual(systemd.calls, [])
        self.assertEqual(self.session.daemon.wait(10), 0)
        self.session.daemon = None


if __name__ == '__main__':
    main()
