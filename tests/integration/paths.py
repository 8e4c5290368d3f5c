# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""Where the things under test are. Meson sets the variables; by hand, OCG_TEST_BUILD is enough."""

import os
from pathlib import Path

HERE = Path(__file__).resolve().parent
BUILD = Path(os.environ.get('OCG_TEST_BUILD', HERE.parents[1] / '_build'))


def _path(variable, default):
    return Path(os.environ.get(variable, BUILD / default))


DAEMON = _path('OCG_TEST_DAEMON', 'daemon/openclaw-gatewayd')
CTL = _path('OCG_TEST_CTL', 'cli/openclawctl')
PROVIDER = _path('OCG_TEST_PROVIDER', 'tests/provider/loopback-provider')
# The folder that the binaries look for translations in; "meson install --tags i18n" fills it.
LOCALEDIR = _path('OCG_TEST_LOCALEDIR', 'prefix/share/locale')
LOCALES = BUILD / 'tests' / 'locales'
FIXTURES = HERE / 'fixtures'
VALGRIND = os.environ.get('OCG_TEST_VALGRIND') == '1'
SANITIZED = DAEMON.exists() and b'__asan_init' in DAEMON.read_bytes()
