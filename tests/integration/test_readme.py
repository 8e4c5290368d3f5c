# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""The examples of the README do what it says."""

import re
import shlex
import subprocess
from pathlib import Path

from harness import GatewayTest, KEY, main

README = Path(__file__).parent.parent.parent / 'README.md'
ANSWER = 'Why is the sky blue?'


def example(language):
    found = re.findall(rf'^```{language}\n(.*?)^```', README.read_text('utf-8'), re.S | re.M)
    assert len(found) == 1, language
    return found[0]


class ReadmeTest(GatewayTest):
    keyring = True

    def run_example(self, argv, **more):
        return subprocess.run(argv, env=self.session.environ, capture_output=True, text=True,
                              timeout=60, **more)

    def check(self, result):
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn(ANSWER, result.stdout.replace('\n', ''))

    def test_python(self):
        self.check(self.run_example(['/usr/bin/python3', '-c', example('python')]))

    def test_javascript(self):
        result = self.run_example(['gjs', '-c', example('js')])
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn('sky', result.stdout)

    def test_c(self):
        source = self.session.folder / 'example.c'
        source.write_text(example('c'))
        flags = subprocess.run(['pkg-config', '--cflags', '--libs', 'gio-2.0'], check=True,
                               capture_output=True, text=True).stdout
        program = self.session.folder / 'example'
        self.run_example(['cc', str(source), '-o', str(program), *shlex.split(flags)], check=True)
        self.check(self.run_example([str(program)]))

    def test_terminal(self):
        commands = [shlex.split(line, comments=True) for line in example('sh').splitlines()
                    if line.startswith('openclawctl')]
        self.assertEqual(len(commands), 5)
        for command in commands:
            result = self.session.ctl(*command[1:], stdin=KEY if 'auth' in command else '')
            self.assertEqual(result.returncode, 0, (command, result.stderr))
        self.assertIn(ANSWER, result.stdout)


if __name__ == '__main__':
    main()
