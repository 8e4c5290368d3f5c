# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""Programs on a terminal of a given width, and how wide text is there."""

import errno
import fcntl
import os
import re
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
