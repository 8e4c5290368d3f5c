#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""The gateway is killed while it writes: openclaw.json is the old text or the new one, whole."""

import os
import random
import re
import time

import json5_reader
import paths
from config_case import ConfigTest
from harness import SLOWNESS, main

# How often it is killed, with ten writes each. Sanitizers make each start slow.
KILLS = int(os.environ.get('OCG_TEST_KILLS', '10' if paths.SANITIZED else '100'))
WRITES = 10

TEXT = '''// my settings
{
  agents: { defaults: { timeoutSeconds: @, workspace: '~/things' } }, // mine
%s}
'''
TIMEOUT = 'agents.defaults.timeoutSeconds'
# Long enough that writing takes a moment.
PADDING = ''.join(f'  // {i:06d} {"x" * 80}\n' for i in range(2000))


class KillTest(ConfigTest):
    def setUp(self):
        super().setUp()
        self.text = TEXT % PADDING

    def with_value(self, value):
        # Of another length each time: half of one text is never a whole other one.
        return self.text.replace('@', str(value)).encode()

    def kill(self):
        self.session.daemon.kill()
        self.session.daemon.wait()
        self.session.daemon = None
        self.wait_until(lambda: not self.client.name_has_owner('org.openclaw.Gateway'),
                        'the name to be free')

    def test_random_instants(self):
        seed = int.from_bytes(os.urandom(4), 'big')
        rng = random.Random(seed)
        print('seed', seed)
        value = 1
        self.write(self.path, self.with_value(value))
        interrupted = written = 0
        longest = 0.05 * SLOWNESS
        for _ in range(KILLS):
            self.session.start_daemon()
            self.assertEqual(self.temporaries(), [], f'seed {seed}')
            self.assertEqual(self.property('State'), 'ok')
            self.assertEqual(self.value(TIMEOUT), value)
            values = [rng.randrange(1, 10 ** rng.randrange(1, 8)) for _ in range(WRITES)]
            start = time.monotonic()
            calls = [self.client.start_call('Set', '(ssa{sv})', TIMEOUT, str(v), {},
                                            interface='org.openclaw.Gateway.Config')
                     for v in values]
            time.sleep(rng.random() * longest)
            self.kill()
            for call in calls:
                self.client.wait_done(call)
            confirmed = sum(call[0] == () for call in calls)
            data = self.data()
            possible = [self.with_value(v) for v in [value, *values]]
            self.assertIn(data, possible, f'a third text, seed {seed}')
            json5_reader.read(data)
            # Whatever was confirmed is there, and at most one more.
            at = max(i for i, text in enumerate(possible) if text == data)
            self.assertGreaterEqual(at, confirmed, f'a confirmed write is lost, seed {seed}')
            value = [value, *values][at]
            written += at
            interrupted += confirmed < WRITES
            # About the time that the writes take, so that kills fall among them.
            if confirmed == WRITES:
                longest = max(0.002, longest * 0.9)
            elif confirmed == 0:
                longest = min(5, longest * 1.1 + (time.monotonic() - start) * 0.02)
        self.session.start_daemon()
        self.assertEqual(self.temporaries(), [])
        self.assertUntouched(self.with_value(value))
        self.set(TIMEOUT, '5')
        self.assertUntouched(self.with_value(5))
        self.assertGreater(interrupted, KILLS // 10, 'the kills come too late to test anything')
        self.assertGreater(written, KILLS // 10, 'the kills come too early to test anything')

    def test_each_step_of_a_write(self):
        """Killed on the way into each call for the file, its folder and what is beside it, so that
        no instant is left to chance."""
        self.write(self.path, self.with_value(10))
        temporary = self.find_temporary(lambda: self.set(TIMEOUT, '11'))
        self.kill()
        places = [option for path in (self.path.parent, self.path, temporary)
                  for option in ('-P', str(path))]
        self.write(self.path, self.with_value(10))
        start, lines = self.traced('all', lambda: self.set(TIMEOUT, '1234567'), *places)
        self.kill()
        steps, outcomes = [], set()
        for i, line in enumerate(start + lines):
            call = _call(line)
            if call and i >= len(start):
                steps.append((call, sum(_call(other) == call for other in (start + lines)[:i + 1])))
        self.assertGreater(len(steps), 5)
        for call, n in steps:
            with self.subTest(call=call, n=n):
                outcomes.add(self.killed_at(call, n, places))
        self.assertLessEqual({'old', 'new'}, outcomes)

    def killed_at(self, call, n, places):
        """Starts a gateway that dies at the nth such call."""
        self.write(self.path, self.with_value(10))
        self.launch_with('strace', '-D', '-f', '-qq', '-o', '/dev/null', *places,
                         '-e', f'trace={call}', '-e', f'inject={call}:signal=SIGKILL:when={n}+')
        self.session.start_daemon()
        self.launch_with()
        self.client.wait_done(self.client.start_call(
            'Set', '(ssa{sv})', TIMEOUT, '1234567', {}, interface='org.openclaw.Gateway.Config'))
        self.kill()
        outcome = {self.with_value(10): 'old', self.with_value(1234567): 'new'}.get(self.data())
        self.assertIsNotNone(outcome, 'a third text')
        self.session.start_daemon()
        self.assertEqual(self.temporaries(), [])
        self.assertEqual(self.property('State'), 'ok')
        self.assertEqual(self.value(TIMEOUT), 10 if outcome == 'old' else 1234567)
        self.kill()
        return outcome


def _call(line):
    """The name of the system call that a line of strace begins to tell of."""
    match = re.match(r'\d+ +(\w+)\(', line)
    return match and match.group(1)


if __name__ == '__main__':
    main()
