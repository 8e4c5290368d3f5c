#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""How the daemon comes, goes, and behaves when something around it breaks."""

import os
import signal
import subprocess
import time

from gi.repository import GLib

import paths
from client import ERROR, CONFIG, NAME, REQUEST, Signals, messages
from harness import GatewayTest, main

M21 = 'minimax/MiniMax-M2.1'


class ActivationTest(GatewayTest):
    started = False

    def test_first_call_starts_it_and_is_answered(self):
        self.assertFalse(self.client.name_has_owner(NAME))
        self.assertEqual(self.client.resolve('')['ref'], M21)
        self.assertEqual([self.client.owner_pid()], self.session.daemon_pids())

    def test_calls_at_once_start_one(self):
        clients = [self.session.connect() for _ in range(8)]
        done = [c.start_call('ResolveModel', '(sa{sv})', '', {}) for c in clients]
        self.wait_until(lambda: all(done), 'the answers', 20)
        for answer in done:
            self.assertEqual(answer[0][0]['ref'], M21)
        self.assertEqual(len(self.session.daemon_pids()), 1)

    def test_name_is_owned_only_when_everything_is_there(self):
        for _ in range(3):
            daemon = subprocess.Popen([self.session.folder / 'launch-daemon'],
                                      env=self.session.environ, stdin=subprocess.DEVNULL)
            self.client.wait_for_name()
            for name in (NAME, CONFIG, NAME + '.Credentials'):
                self.client.call_raw(NAME, '/org/openclaw/Gateway',
                                     'org.freedesktop.DBus.Properties', 'GetAll',
                                     GLib.Variant('(s)', (name,)))
            self.assertTrue(self.client.list_models())
            self.assertEqual(self.client.get('DefaultModel'), M21)
            daemon.terminate()
            self.assertEqual(daemon.wait(20), 0)
            self.client.wait_for_no_name()

    def test_it_starts_with_a_broken_configuration(self):
        self.session.write_config('{ agents: ')
        self.assertEqual(self.client.get('State', CONFIG), 'invalid')
        self.assertDBusError('NoDefaultModel', self.client.complete, 'hello')
        self.session.configure()
        self.client.reload()
        self.assertEqual(self.client.get('State', CONFIG), 'ok')
        self.assertTrue(self.client.complete('hello')['text'])

    def test_it_starts_without_home(self):
        self.session.write_config('{}')
        self.session.start_daemon({'HOME': '/nonexistent', 'XDG_CONFIG_HOME': '/nonexistent/c',
                                   'XDG_STATE_HOME': '/nonexistent/s'})
        self.assertTrue(self.client.list_models(all=True))

    def test_it_goes_with_the_bus(self):
        # The session checks at its end that no daemon outlives the bus.
        self.assertEqual(self.client.resolve('')['ref'], M21)


class ShutdownTest(GatewayTest):
    def stop(self, how=signal.SIGTERM):
        daemon, self.session.daemon = self.session.daemon, None
        start = time.monotonic()
        daemon.send_signal(how)
        self.wait_until(lambda: daemon.poll() is not None, 'the daemon to end')
        self.assertLess(time.monotonic() - start, 3)
        return daemon.returncode

    def test_idle(self):
        self.assertEqual(self.stop(), 0)
        self.assertFalse(self.client.name_has_owner(NAME))

    def test_interrupt(self):
        self.assertEqual(self.stop(signal.SIGINT), 0)

    def test_requests_in_flight_end_with_a_typed_error(self):
        self.session.configure({'minimax': 'stall-after', 'slow': 'stall-start'},
                               fallbacks=['slow/MiniMax-M2.1'])
        signals = Signals(self.client, REQUEST)
        done = [self.client.start_call('Complete', '(saa{sv}a{sv})', m, messages('hello'), {})
                for m in ('', 'slow/MiniMax-M2.1')]
        self.client.submit('hello')
        streams = [self.client.stream('hello', m)[1] for m in ('', 'slow/MiniMax-M2.1')]
        streams[0].wait_for('text')
        signals.wait_for('Delta')
        self.wait_until(lambda: len(self.provider.requests()) == 5, 'five requests')
        self.assertEqual(self.stop(), 0)
        for answer in done:
            self.assertEqual(self.client.wait_done(answer).short, 'Cancelled')
        self.assertEqual(signals.wait_for('Failed')[3][0], ERROR + 'Cancelled')
        for events in streams:
            self.assertEqual(events.rest()[-1]['name'], ERROR + 'Cancelled')
        self.wait_until(lambda: len(self.provider.aborted()) == 5, 'the upstreams to end', 1)
        self.assertEqual(len(self.provider.requests()), 5, 'something was tried again')

    def test_unread_stream_does_not_hold_it_up(self):
        self.session.configure({'minimax': 'flood-5000000'})
        _, events = self.client.stream('hello')
        events.wait_for('text')
        self.client.spin(0.5)
        self.assertEqual(self.stop(), 0)
        # What did not fit into the pipe is lost, but the pipe is closed.
        self.wait_until(lambda: os.read(events.fd, 1 << 20) == b'', 'the end of the pipe')
        events.close()

    def test_signal_while_the_first_call_is_made(self):
        for delay in (0, 0.005, 0.02, 0.05):
            if self.session.daemon:
                self.stop()
            self.session.start_daemon()
            done = self.client.start_call('Complete', '(saa{sv}a{sv})', '', messages('hello'), {})
            time.sleep(delay)
            self.assertEqual(self.stop(), 0)
            self.client.wait_done(done)


class SecondTest(GatewayTest):
    def test_second_daemon_says_so_and_leaves_the_first_alone(self):
        first = self.client.owner_pid()
        second = subprocess.run([paths.DAEMON], env=self.session.environ, capture_output=True,
                                stdin=subprocess.DEVNULL, timeout=30, check=False)
        self.assertNotEqual(second.returncode, 0)
        self.assertGreater(second.returncode, 0, 'killed by a signal')
        self.assertIn(b'org.openclaw.Gateway', second.stderr)
        self.assertEqual(self.client.owner_pid(), first)
        self.assertTrue(self.client.complete('hello')['text'])

    def test_no_bus(self):
        environ = {**self.session.environ,
                   'DBUS_SESSION_BUS_ADDRESS': f'unix:path={self.session.folder}/nothing'}
        result = subprocess.run([paths.DAEMON], env=environ, capture_output=True, timeout=30,
                                stdin=subprocess.DEVNULL, check=False)
        self.assertGreater(result.returncode, 0)
        self.assertTrue(result.stderr.strip())

    def test_version_and_help(self):
        for option, word in (('--version', self.client.get('Version')), ('--help', 'Usage')):
            result = subprocess.run([paths.DAEMON, option], env=self.session.environ, timeout=30,
                                    capture_output=True, encoding='utf-8', check=True)
            self.assertIn(word, result.stdout)
            self.assertEqual(result.stderr, '')


class HardshipTest(GatewayTest):
    def test_clients_that_come_and_go(self):
        self.session.configure({'minimax': 'paced-20'})
        for _ in range(30):
            other = self.session.connect()
            other.start_call('Complete', '(saa{sv}a{sv})', '', messages('hello'), {})
            other.connection.flush_sync(None)
            other.close()
        self.wait_until(lambda: self.client.get('ActiveRequests') == 0, 'no active requests')
        self.assertTrue(self.client.complete('hello')['text'])

    def test_limit_of_descriptors_is_raised(self):
        with open(f'/proc/{self.session.daemon.pid}/limits', encoding='ascii') as limits:
            files = [line.split() for line in limits if line.startswith('Max open files')][0]
        self.assertEqual(files[3], files[4])

    def test_memory_does_not_grow(self):
        def anonymous():
            with open(f'/proc/{self.session.daemon.pid}/status', encoding='ascii') as status:
                return int(status.read().partition('RssAnon:')[2].split()[0])

        self.session.configure({'minimax': 'ok', 'broken': '401', 'cut': 'cut-after'})

        def work(count):
            for _ in range(count):
                self.client.complete('hello')
                self.client.stream('hello')[1].close()
                for model in ('broken/MiniMax-M2.1', 'cut/MiniMax-M2.1'):
                    self.client.stream_all('hello', model)

        work(60)
        before = anonymous()
        work(120)
        self.wait_until(lambda: self.client.get('ActiveRequests') == 0, 'no active requests')
        # The address sanitizer keeps what was freed.
        limit = 1 << 20 if paths.SANITIZED else 1024
        self.assertLess(anonymous() - before, limit, 'KiB more than before')


if __name__ == '__main__':
    main()
