#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""ListModels with a thousand models answers from memory, seen from the kernel."""

import collections
import re

from gi.repository import GLib

import paths
from client import NAME, PATH
from config_case import ConfigTest
from harness import main

# Sanitizers and strace together are slow.
CALLS = 200 if paths.SANITIZED else 1000
# What a call over a socket that is open already needs, and memory for the answer.
ALLOWED = {'sendmsg', 'recvmsg', 'sendto', 'recvfrom', 'read', 'write', 'poll', 'ppoll', 'futex',
           'restart_syscall', 'mmap', 'munmap', 'mremap', 'madvise', 'brk', 'mprotect',
           'clock_gettime', 'gettimeofday', 'getpid', 'gettid', 'sched_yield', 'rt_sigprocmask',
           'exit'}


def thousand_models():
    # Far away, and nothing built in beside them: nobody on this machine is asked for a list.
    return {'models': {'mode': 'replace', 'providers': {f'p{i}': {
        'baseUrl': f'https://models-{i}.example/v1', 'api': 'openai-completions', 'apiKey': 'sk-x',
        'models': [{'id': f'Model-{j}', 'name': f'Model {j}', 'contextWindow': 100000 + j}
                   for j in range(100)]} for i in range(10)}}}


class MemoryTest(ConfigTest):
    def list_models(self):
        """How many came: making Python's objects of a thousand models takes longer than asking."""
        reply = self.client.call_raw(NAME, PATH, NAME, 'ListModels',
                                     GLib.Variant('(a{sv})', ({},)))
        return reply.get_child_value(0).n_children()

    def test_thousand_calls(self):
        self.write(self.path, thousand_models())
        self.write(self.path.parent / '.env', 'SOME_KEY=x\n')

        def calls():
            # Who asks is looked up once for each connection; the C library looks once whether
            # memory may be given back.
            for _ in range(CALLS // 10):
                self.list_models()
            self.client.spin(1)
            self.client.get('ApiVersion')
            for _ in range(CALLS):
                self.assertEqual(self.list_models(), 1000)

        lines = self.traced('all', calls)[1]
        # From the question that comes right before the thousand, by its answer.
        begun = [re.match(r'(\d+ +)(\w+)\(([^,)]*)(.*)', line) for line in lines]
        sent = [i for i, match in enumerate(begun) if match and match.group(2) == 'sendmsg']
        self.assertGreaterEqual(len(sent), CALLS + 2)
        counted = collections.Counter()
        offenders = []
        for match in begun[sent[-CALLS - 1]:]:
            if not match:
                continue
            name, first, rest = match.group(2, 3, 4)
            counted[name] += 1
            if name not in ALLOWED or (name == 'mmap' and 'MAP_ANONYMOUS' not in rest) \
                    or (name in ('read', 'write') and 'anon_inode' not in first):
                offenders.append(match.string)
        self.assertEqual(counted['sendmsg'], CALLS + 1, counted)
        self.assertEqual(offenders[:20], [])

    def test_each_option(self):
        self.start(thousand_models())
        self.assertEqual(len(self.client.list_models()), 1000)
        self.assertEqual(len(self.client.list_models(provider='p3')), 100)
        self.assertEqual(len(self.client.list_models(all=True)), 1000)
        self.assertEqual(self.client.list_models(local=True), [])


if __name__ == '__main__':
    main()
