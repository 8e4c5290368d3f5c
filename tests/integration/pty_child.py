# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""A program on a terminal, with which a test talks: expect() what it says, send() what is typed."""

import errno
import fcntl
import os
import re
import struct
import subprocess
import termios
import threading
import time

import processes

# Styles, cursor movements, and links (OSC 8) with either end.
ESCAPES = re.compile('\x1b\\[[0-9;?]*[A-Za-z]|\x1b\\][^\x07\x1b]*(?:\x07|\x1b\\\\)|\r(?!\n)')
# "  2) Text", "2. Text", "[2] Text"
CHOICE = r'(?im)^\W*(\d+)\s*[.):\]]\s*[^\n]*{}'

# How long nothing has to come before a line without an end counts as a question, in seconds.
# Progress comes more often.
QUIET = 0.25


class Terminal:
    """The child has the terminal as its own, so that Ctrl-C reaches it."""

    def __init__(self, argv, environ, columns=80):
        self._master, slave = os.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack('HHHH', 24, columns, 0, 0))
        self.child = subprocess.Popen([str(a) for a in argv], env=environ, stdin=slave,
                                      stdout=slave, stderr=slave,
                                      preexec_fn=lambda: self._own(slave))
        os.close(slave)
        self.raw = b''
        self._position = 0
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @staticmethod
    def _own(slave):
        os.setsid()
        fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
        processes._die_with_parent()

    def _read(self):
        while True:
            try:
                chunk = os.read(self._master, 65536)
            except OSError as error:
                if error.errno != errno.EIO:
                    raise
                return
            if not chunk:
                return
            self.raw += chunk

    @property
    def text(self):
        """All that was written, without styles."""
        return ESCAPES.sub('', self.raw.decode('utf-8', 'replace')).replace('\r\n', '\n')

    def expect(self, pattern, timeout=15):
        """Waits for the pattern behind what was expected before; returns the match."""
        deadline = time.monotonic() + timeout
        while True:
            ended = self.child.poll() is not None and not self._reader.is_alive()
            found = re.compile(pattern, re.I).search(self.text, self._position)
            if found:
                self._position = found.end()
                return found
            if ended or time.monotonic() > deadline:
                state = f'it ended with {self.child.returncode}' if ended else 'it still runs'
                raise AssertionError(f'no {pattern!r} on the terminal, {state}:\n{self.text}')
            time.sleep(0.01)

    def send(self, text):
        os.write(self._master, text.encode())

    def choose(self, pattern, timeout=15):
        """Answers a list of numbered choices with the one that the pattern fits."""
        self.send(self.expect(CHOICE.format(pattern), timeout).group(1) + '\n')

    def wait_for_question(self, timeout=20):
        """Waits until it has said something and the cursor stays behind it. Returns what it said
        since the last answer, or None when it has ended."""
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            length = len(self.raw)
            if self.child.poll() is not None and not self._reader.is_alive():
                return None
            time.sleep(QUIET)
            said = self.text[self._position:]
            if len(self.raw) == length and said.strip() and not said.endswith('\n'):
                return said
        raise AssertionError(f'neither a question nor an end:\n{self.text}')

    def answer(self, text):
        """What it says next is a new question."""
        self._position = len(self.text)
        self.send(text)

    def converse(self, answers=(), limit=20):
        """Answers every question to the end and returns the exit status. answers: pairs of a
        pattern and an answer; one without a newline is a pattern for a numbered choice. Return
        where none fits. Each is given once."""
        left = list(answers)
        for _ in range(limit):
            said = self.wait_for_question()
            if said is None:
                return self.wait()
            fits = next((a for a in left if re.search(a[0], said, re.I)), None)
            if fits:
                left.remove(fits)
            self.answer(self._type(fits[1], said) if fits else '\n')
        raise AssertionError(f'it asks and asks:\n{self.text}')

    @staticmethod
    def _type(answer, said):
        if answer.endswith('\n'):
            return answer
        found = re.findall(CHOICE.format(answer), said)
        return (found[0] if found else answer) + '\n'

    def press_ctrl_c(self):
        self.send('\x03')

    def echoes(self):
        """Whether what is typed is shown."""
        return bool(termios.tcgetattr(self._master)[3] & termios.ECHO)

    def wait(self, timeout=30):
        """The exit status."""
        status = self.child.wait(timeout)
        self._reader.join(5)
        return status

    def close(self):
        if self.child.poll() is None:
            self.child.kill()
            self.child.wait()
        self._reader.join(5)
        os.close(self._master)
