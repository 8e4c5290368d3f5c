# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""Child processes that do not outlive the test, and waiting."""

import ctypes
import fcntl
import signal
import subprocess
import time

import paths

_libc = ctypes.CDLL(None)
_PR_SET_PDEATHSIG = 1
LOCALES = ('en_US', 'zh_CN', 'zh_TW')


def _die_with_parent():
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def spawn(argv, **kwargs):
    return subprocess.Popen([str(a) for a in argv], preexec_fn=_die_with_parent, **kwargs)


def stop(process, timeout=10):
    """Ends a child that may be gone already; returns its exit status."""
    if process.poll() is None:
        process.terminate()
    try:
        return process.wait(timeout)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        raise


def wait_until(condition, what, timeout=10.0, step=None):
    """Calls condition() until it is true and returns its value. step() is called in between."""
    deadline = time.monotonic() + timeout
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f'waited {timeout} s for {what}')
        if step:
            step()
        time.sleep(0.005)


def make_locales():
    """The locales that the tests need, made once in the build folder; returns LOCPATH."""
    paths.LOCALES.mkdir(parents=True, exist_ok=True)
    with open(paths.LOCALES / 'lock', 'w', encoding='utf-8') as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for name in LOCALES:
            target = paths.LOCALES / f'{name}.UTF-8'
            if not (target / 'LC_MESSAGES').exists():
                subprocess.run(['localedef', '--no-archive', '-i', name, '-f', 'UTF-8', target],
                               check=True, capture_output=True)
    return str(paths.LOCALES)
