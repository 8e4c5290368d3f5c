# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""Measures lists of models and large configurations: run it with "ninja benchmark"."""

import collections
import json
import re
import shutil
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / 'integration'))
from client import CONFIG, NAME, PATH, Signals  # noqa: E402
from harness import Session  # noqa: E402
from gi.repository import GLib  # noqa: E402

CALLS = 1000
STARTS = 11
RELOADS = 11
MIB = 1024 * 1024


def middle(values):
    return round(statistics.median(values), 3)


def milliseconds(function):
    start = time.monotonic()
    function()
    return (time.monotonic() - start) * 1000


def thousand_models():
    return {f'p{i}': {
        'baseUrl': f'https://models-{i}.example/v1', 'api': 'openai-completions', 'apiKey': 'sk-x',
        'models': [{'id': f'Model-{j}', 'name': f'Model {j}', 'reasoning': True,
                    'input': ['text', 'image'], 'contextWindow': 200000, 'maxTokens': 8192,
                    'cost': {'input': 1.5, 'output': 6, 'cacheRead': 0.15, 'cacheWrite': 0}}
                   for j in range(100)]} for i in range(10)}


def large_text(seconds=60):
    """1 MiB, half of it ours: a thousand models, comments, and sections of others."""
    ours = json.dumps({'agents': {'defaults': {'timeoutSeconds': seconds}},
                       'models': {'providers': thousand_models()}}, indent=2)
    lines = [f'    // {i}\n    "entry {i}": {{ text: \'{"x" * 60}\', list: [1, 2, {{ a: null }}] }},'
             for i in range(7000)]
    text = ours[:-1].rstrip() + ',\n  other: {\n' + '\n'.join(lines)
    return text[:MIB - 16].rpartition('\n')[0].rpartition('    //')[0] + '  },\n}\n'


def ask(session):
    """Without making Python's objects of the answer, which takes longer than asking."""
    session.client.call_raw(NAME, PATH, NAME, 'ListModels', GLib.Variant('(a{sv})', ({},)))


def list_models(figures):
    session = Session()
    try:
        session.write_config({'models': {'mode': 'replace', 'providers': thousand_models()}})
        session.start_daemon()
        ask(session)
        times = [milliseconds(lambda: ask(session)) for _ in range(CALLS)]
        figures['list-1000-models-ms'] = middle(times)
        figures['list-1000-models-slowest-ms'] = round(max(times), 3)
        raw = [milliseconds(lambda: session.client.get('ApiVersion')) for _ in range(CALLS)]
        figures['one-property-ms'] = middle(raw)
    finally:
        session.close()
        session.remove()


def system_calls(figures):
    """What the thousand calls are for the kernel, where strace is installed."""
    if not shutil.which('strace'):
        return
    session = Session()
    try:
        trace = session.folder / 'trace'
        launcher = session.folder / 'launch-daemon'
        launcher.write_text(launcher.read_text().replace(
            'exec ', f'exec strace -D -f -qq -o {trace} ', 1))
        session.write_config({'models': {'mode': 'replace', 'providers': thousand_models()}})
        session.start_daemon()
        ask(session)
        session.client.spin(1)
        before = len(trace.read_text().splitlines())
        for _ in range(CALLS):
            ask(session)
        counted = collections.Counter()
        for line in trace.read_text().splitlines()[before:]:
            match = re.match(r'\d+ +(\w+)\(', line)
            if match:
                counted[match.group(1)] += 1
        figures['system-calls-per-list'] = round(sum(counted.values()) / CALLS, 1)
        for name in ('open', 'openat', 'connect', 'read', 'sendmsg', 'recvmsg'):
            figures[f'{name}-in-{CALLS}-lists'] = counted[name]
    finally:
        session.close()
        session.remove()


def cold_starts(figures, name, text):
    """From nothing running to the reply of the first ListModels(), which starts the gateway."""
    cold = []
    for _ in range(STARTS):
        session = Session()
        try:
            session.write_config(text)
            session.client.call_raw('org.freedesktop.DBus', '/org/freedesktop/DBus',
                                    'org.freedesktop.DBus', 'GetId')
            cold.append(milliseconds(lambda: ask(session)))
        finally:
            session.close()
            session.remove()
    figures[name] = middle(cold)


def stall(session, until):
    """The longest wait for a small answer while something goes on."""
    longest = 0
    while not until():
        longest = max(longest, milliseconds(lambda: session.client.get('ApiVersion')))
    return longest


def reloads(figures):
    session = Session()
    try:
        session.write_config(large_text())
        figures['large-config-bytes'] = session.config_path.stat().st_size
        session.start_daemon()
        other = session.connect()
        asked, stalls, noticed, writes = [], [], [], []
        for i in range(RELOADS):
            new = session.config_path.with_name('new')
            new.write_text(large_text(100 + i))
            signals = Signals(session.client, CONFIG)
            start = time.monotonic()
            new.rename(session.config_path)

            def seen():
                session.client.iterate()
                return signals.named('Changed')

            stalls.append(stall(session, seen))
            noticed.append((time.monotonic() - start) * 1000)
            signals.close()
            asked.append(milliseconds(session.client.reload))
            done = other.start_call('Set', '(ssa{sv})', 'agents.defaults.timeoutSeconds',
                                    str(1000 + i), {}, interface=CONFIG)
            start = time.monotonic()

            def finished():
                other.iterate()
                return done

            stalls.append(stall(session, finished))
            writes.append((time.monotonic() - start) * 1000)
        figures['large-reload-ms'] = middle(asked)
        figures['large-noticed-ms'] = middle(noticed)
        figures['large-write-ms'] = middle(writes)
        figures['large-longest-stall-ms'] = round(max(stalls), 3)
    finally:
        session.close()
        session.remove()


def main():
    figures = {}
    list_models(figures)
    system_calls(figures)
    cold_starts(figures, 'cold-small-config-ms', '{}')
    cold_starts(figures, 'cold-1-mib-config-ms', large_text())
    reloads(figures)
    for name, value in figures.items():
        print(f'{name:28} {value}')
    print(json.dumps(figures))


if __name__ == '__main__':
    main()
