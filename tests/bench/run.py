#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""Measures the built gateway against its loopback provider: run it with "ninja benchmark"."""

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / 'integration'))
from harness import Session  # noqa: E402

STARTS = 15
ROUNDS = 1000
DELTAS = 100000


def middle(values):
    return round(statistics.median(values), 3)


def memory(pid, field):
    for line in Path(f'/proc/{pid}/status').read_text().splitlines():
        if line.startswith(field + ':'):
            return int(line.split()[1]) / 1024
    return 0


def cold_starts():
    """From nothing running to the reply of the first ListModels(), which starts the gateway."""
    cold, warm = [], []
    for _ in range(STARTS):
        session = Session(keyring=True)
        try:
            session.configure()
            session.client.call_raw('org.freedesktop.DBus', '/org/freedesktop/DBus',
                                    'org.freedesktop.DBus', 'GetId')
            start = time.monotonic()
            session.client.list_models()
            cold.append((time.monotonic() - start) * 1000)
            start = time.monotonic()
            session.client.list_models()
            warm.append((time.monotonic() - start) * 1000)
        finally:
            session.close()
    return middle(cold), middle(warm)


def first_events(session):
    port = session.provider.port
    result = subprocess.run([os.environ['OCG_BENCH_FIRST_EVENT'], str(port), str(ROUNDS)],
                            env=session.environ, capture_output=True, text=True, check=True)
    pairs = [tuple(map(int, line.split())) for line in result.stdout.splitlines()]
    return (middle([a / 1000 for a, _ in pairs]), middle([b / 1000 for _, b in pairs]),
            middle([(b - a) / 1000 for a, b in pairs]))


def processor_seconds(pid):
    fields = Path(f'/proc/{pid}/stat').read_text().rpartition(')')[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf('SC_CLK_TCK')


def flood(session, pid):
    session.configure({'minimax': f'flood-{DELTAS}'})
    session.client.reload()
    rates, costs = [], []
    for _ in range(5):
        _, events = session.client.stream('hello')
        os.set_blocking(events.fd, True)
        before, start = processor_seconds(pid), time.monotonic()
        subprocess.run(['cat'], stdin=events.fd, stdout=subprocess.DEVNULL, check=True)
        rates.append(DELTAS / (time.monotonic() - start))
        costs.append((processor_seconds(pid) - before) * 1e6 / DELTAS)
        events.close()
    return round(statistics.median(rates)), middle(costs)


def main():
    figures = {}
    figures['cold-activation-ms'], figures['list-models-ms'] = cold_starts()
    session = Session(keyring=True)
    try:
        session.configure()
        session.client.list_models()
        pid = session.client.owner_pid()
        time.sleep(1)
        figures['idle-rss-mib'] = round(memory(pid, 'VmRSS'), 1)
        figures['idle-anonymous-mib'] = round(memory(pid, 'RssAnon'), 1)
        (figures['first-event-direct-ms'], figures['first-event-gateway-ms'],
         figures['first-event-added-ms']) = first_events(session)
        figures['deltas-per-second'], figures['cpu-ms-per-1000-deltas'] = flood(session, pid)
        figures['rss-after-mib'] = round(memory(pid, 'VmRSS'), 1)
    finally:
        session.close()
    for name, value in figures.items():
        print(f'{name:28} {value}')
    print(json.dumps(figures))


if __name__ == '__main__':
    main()
