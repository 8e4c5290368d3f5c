# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""Programs on a terminal of a given width, and how wide text is there."""

import codecs
import errno
import fcntl
import os
import re
import select
import struct
import subprocess
import termios
import unicodedata

STYLE = re.compile('\x1b\\[[0-9;]*m')


def run(argv, environ, columns=80, answers=''):
    """Returns the exit status and everything that was written to the terminal, without styles."""
    master, slave = os.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack('HHHH', 24, columns, 0, 0))
    attributes = termios.tcgetattr(slave)
    attributes[3] &= ~termios.ECHO
    termios.tcsetattr(slave, termios.TCSANOW, attributes)
    process = subprocess.Popen(argv, env=environ, stdin=slave, stdout=slave, stderr=slave)
    os.close(slave)
    os.write(master, answers.encode())
    output = b''
    while True:
        try:
            chunk = os.read(master, 65536)
        except OSError as error:
            if error.errno != errno.EIO:
                raise
            break
        if not chunk:
            break
        output += chunk
    os.close(master)
    return process.wait(), STYLE.sub('', output.decode()).replace('\r\n', '\n')


def measure(text):
    """The columns of text without emoji sequences."""
    columns = 0
    for character in text:
        if unicodedata.category(character) in ('Mn', 'Me', 'Cf'):
            continue
        columns += 2 if unicodedata.east_asian_width(character) in 'WF' else 1
    return columns


class Conversation:
    """A program with a terminal of its own, so that Ctrl-C reaches it."""

    def __init__(self, argv, environ, columns=80):
        self.master, slave = os.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack('HHHH', 24, columns, 0, 0))
        self.process = subprocess.Popen(
            argv, env=environ, stdin=slave, stdout=slave, stderr=slave, start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))
        os.close(slave)
        self.raw = ''
        self.position = 0
        self.decoder = codecs.getincrementaldecoder('utf-8')()

    def read(self, seconds):
        """Returns whether there may be more."""
        if not select.select([self.master], [], [], seconds)[0]:
            raise AssertionError(f'nothing more comes: {self.raw[self.position:]!r}')
        try:
            chunk = os.read(self.master, 65536)
        except OSError as error:
            if error.errno != errno.EIO:
                raise
            return False
        self.raw += self.decoder.decode(chunk)
        return bool(chunk)

    def expect(self, text, seconds=20):
        """Waits for text, which was not there before the last one that was waited for."""
        while text not in self.raw[self.position:]:
            if not self.read(seconds):
                raise AssertionError(f'it ends without {text!r}: {self.raw}')
        self.position = self.raw.index(text, self.position) + len(text)

    def type(self, text):
        os.write(self.master, text.encode())

    def answer(self, question, text):
        self.expect(question)
        self.type(text + '\n')

    def interrupt(self):
        self.type('\x03')

    def end(self):
        """Returns the exit status and all that was written."""
        while self.read(20):
            pass
        os.close(self.master)
        return self.process.wait(20), self.raw.replace('\r\n', '\n')
