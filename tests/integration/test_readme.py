# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""The examples of the README do what it says."""

import base64
import re
import shlex
import subprocess
from pathlib import Path

import paths
from harness import GatewayTest, KEY, main

README = Path(__file__).parent.parent.parent / 'README.md'
ANSWER = 'Why is the sky blue?'


# What the examples name: the smallest PNG there is, and texts.
FILES = {
    'photo.png': base64.b64decode(
        'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg'
        'gg=='),
    'notes.txt': b'A notebook.\n',
    'answer.schema.json': b'{"title": "answer", "type": "object", "properties": {}}',
    'conversation.json': b'[{"role": "user", "content": "Why is the sky blue?"}]',
    'tools.json': b'[{"name": "look", "parameters": {"type": "object"}}]',
}


def examples(language):
    return re.findall(rf'^```{language}\n(.*?)^```', README.read_text('utf-8'), re.S | re.M)


def example(language):
    found = examples(language)
    assert len(found) == 1, language
    return found[0]


def commands_of(block):
    return [shlex.split(line, comments=True) for line in block.splitlines()
            if line.startswith('openclawctl')]


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
        commands = commands_of(examples('sh')[0])
        self.assertEqual(len(commands), 5)
        for command in commands:
            result = self.session.ctl(*command[1:], stdin=KEY if 'auth' in command else '')
            self.assertEqual(result.returncode, 0, (command, result.stderr))
        self.assertIn(ANSWER, result.stdout)

    def test_files_and_tools(self):
        commands = commands_of(examples('sh')[1])
        self.assertEqual(len(commands), 6)
        self.session.configure({'minimax': self.session.entry(models=('MiniMax-M3',))},
                               primary='minimax/MiniMax-M3')
        for name, contents in FILES.items():
            (self.session.folder / name).write_bytes(contents)
        for command in commands:
            command[0] = str(paths.CTL)
            result = self.run_example(command, cwd=self.session.folder, stdin=subprocess.DEVNULL)
            self.assertEqual(result.returncode, 0, (command, result.stderr))
            self.assertNotEqual(result.stdout, '')


if __name__ == '__main__':
    main()
