# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""Runs the tests of one file and prints TAP. A test that skips itself is a failure."""

import argparse
import os
import sys
import traceback
import unittest


MAX_DETAILS = 80


class TapResult(unittest.TestResult):
    def __init__(self, stream):
        super().__init__()
        self.out = stream
        self.count = 0

    def _line(self, ok, name, details=''):
        self.count += 1
        name = name.replace('#', '').replace('\n', ' ')
        print(f"{'ok' if ok else 'not ok'} {self.count} - {name}", file=self.out)
        lines = details.splitlines()
        if len(lines) > MAX_DETAILS:
            lines = lines[:MAX_DETAILS] + [f'({len(lines) - MAX_DETAILS} more lines)']
        for line in lines:
            print(f'# {line[:2000]}', file=self.out)
        self.out.flush()

    @staticmethod
    def _name(test):
        # A subtest's id is CLASS.METHOD (PARAMETERS); setUpClass fails under a name of its own.
        return test.id().removeprefix('__main__.')

    def _fail(self, test, error):
        self._line(False, self._name(test), ''.join(traceback.format_exception(*error)))

    def addSuccess(self, test):
        super().addSuccess(test)
        self._line(True, self._name(test))

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._fail(test, err)

    def addError(self, test, err):
        super().addError(test, err)
        self._fail(test, err)

    def addSkip(self, test, reason):
        super().addFailure(test, (AssertionError, AssertionError(reason), None))
        self._line(False, self._name(test), f'skipped, which counts as failed: {reason}')

    def addExpectedFailure(self, test, err):
        super().addFailure(test, err)
        self._line(False, self._name(test), 'expected failures are not allowed')

    def addUnexpectedSuccess(self, test):
        super().addUnexpectedSuccess(test)
        self._line(False, self._name(test), 'expected failures are not allowed')

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is None:
            self._line(True, self._name(subtest))
        else:
            self._fail(subtest, err)


def main():
    parser = argparse.ArgumentParser(description='Runs the tests of this file and prints TAP.')
    parser.add_argument('names', nargs='*', help='CLASS or CLASS.METHOD; all without')
    arguments = parser.parse_args()
    # The protocol needs stdout for itself, whatever a test or a child prints.
    tap = os.fdopen(os.dup(1), 'w', encoding='utf-8')
    os.dup2(2, 1)

    loader = unittest.TestLoader()
    module = sys.modules['__main__']
    if arguments.names:
        suite = loader.loadTestsFromNames(arguments.names, module)
    else:
        suite = loader.loadTestsFromModule(module)
    result = TapResult(tap)
    suite.run(result)
    print(f'1..{result.count}', file=tap)
    tap.flush()
    sys.exit(0 if result.wasSuccessful() and result.count > 0 else 1)
