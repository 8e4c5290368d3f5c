# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""The loopback provider as a child process, and what it saw."""

import json
import subprocess
import urllib.request

import paths
import processes


class Provider:
    def __init__(self, folder, *options):
        self.log = folder / 'provider.log'
        self.process = processes.spawn(
            [paths.PROVIDER, '--log', self.log, '--fixtures', paths.FIXTURES, *options],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.port = int(self.process.stdout.readline())
        self.origin = f'http://127.0.0.1:{self.port}'

    def url(self, scenario='anthropic'):
        return f'{self.origin}/{scenario}'

    def base_url(self, api='anthropic-messages', scenario='ok', flavour=''):
        """What baseUrl is for a scenario of a flavour ("openai", "minimax", "lmstudio" ...)."""
        parts = [part for part in (flavour, scenario) if part]
        if api != 'anthropic-messages':
            parts.append('v1')
        return '/'.join([self.origin, *parts])

    def control(self, **settings):
        """Changes flavour=NAME, lists='v1,api/v1', models=[{'id': ...}]; None for the default."""
        request = urllib.request.Request(f'{self.origin}/control', method='PUT',
                                         data=json.dumps(settings).encode())
        with urllib.request.urlopen(request, timeout=5):
            pass

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

    def fetches(self, path=''):
        """The GET requests whose path begins with /PATH, such as those for lists of models."""
        return [line for line in self.lines()
                if line.get('method') == 'GET' and line['path'].startswith(f'/{path}')]

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
