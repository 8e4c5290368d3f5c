# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""The loopback provider as a child process, and what it saw."""

import json
import subprocess
import urllib.request

import paths
import processes


class Provider:
    def __init__(self, folder):
        self.log = folder / 'provider.log'
        self.process = processes.spawn(
            [paths.PROVIDER, '--log', self.log, '--fixtures', paths.FIXTURES],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.port = int(self.process.stdout.readline())
        self.origin = f'http://127.0.0.1:{self.port}'

    def url(self, scenario='anthropic'):
        return f'{self.origin}/{scenario}'

    def lines(self):
        if not self.log.exists():
            return []
        return [json.loads(line) for line in self.log.read_text('utf-8').splitlines()]

    def requests(self, path=''):
        """The chat requests whose path begins with /PATH, the body parsed."""
        found = []
        for line in self.lines():
            if line.get('method') == 'POST' and line['path'].startswith(f'/{path}'):
                found.append({**line, 'json': json.loads(line['body'])})
        return found

    def aborted(self, path=''):
        """The answers whose client went away."""
        return [line for line in self.lines()
                if line.get('event') == 'aborted' and line['path'].startswith(f'/{path}')]

    def status(self):
        with urllib.request.urlopen(f'{self.origin}/status', timeout=5) as answer:
            return json.load(answer)

    def stop(self):
        self.process.stdin.close()
        status = self.process.wait(10)
        self.process.stdout.close()
        return status
