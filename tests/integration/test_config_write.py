#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""What a write leaves on the disk, also when it cannot be finished."""

import os
import resource
import stat
import subprocess

from config_case import ConfigTest, M21
from harness import main

TEXT = '{\n  agents: { defaults: { timeoutSeconds: 60, thinkingDefault: "low" } },\n}\n'
TIMEOUT = 'agents.defaults.timeoutSeconds'
NEW = TEXT.replace('60', '61')
NEW_BYTES = 300000


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


class PlaceTest(ConfigTest):
    def write_once(self):
        self.set(TIMEOUT, '61')

    def test_mode_is_kept(self):
        self.start(TEXT)
        for bits in (0o600, 0o640, 0o644, 0o660, 0o700):
            with self.subTest(mode=oct(bits)):
                self.replace(self.path, TEXT)
                self.path.chmod(bits)
                self.write_once()
                self.assertEqual(mode(self.path), bits)
                self.assertUntouched(NEW)

    def test_owner_is_kept(self):
        self.start(TEXT)
        if os.geteuid() == 0:
            os.chown(self.path, 0, 12345)
        before = self.path.stat()
        self.write_once()
        after = self.path.stat()
        self.assertEqual((after.st_uid, after.st_gid), (before.st_uid, before.st_gid))

    def test_symlink_is_kept(self):
        real = self.session.folder / 'dotfiles' / 'claw.json5'
        self.write(real, TEXT)
        real.chmod(0o640)
        self.path.parent.mkdir()
        # One that is relative and one that is absolute, one after the other.
        middle = self.path.with_name('middle')
        middle.symlink_to(real)
        self.path.symlink_to('middle')
        self.start()
        self.write_once()
        self.assertTrue(self.path.is_symlink() and middle.is_symlink())
        self.assertEqual(os.readlink(self.path), 'middle')
        self.assertUntouched(NEW, real)
        self.assertEqual(mode(real), 0o640)
        self.assertEqual(os.listdir(real.parent), ['claw.json5'])
        self.assertEqual(sorted(os.listdir(self.path.parent)), ['middle', 'openclaw.json'])

    def test_symlink_to_nothing(self):
        real = self.session.folder / 'dotfiles' / 'claw.json5'
        real.parent.mkdir()
        self.path.parent.mkdir()
        self.path.symlink_to(real)
        self.start()
        self.assertEqual(self.property('State'), 'missing')
        self.write_once()
        self.assertTrue(self.path.is_symlink())
        self.assertIn(b'61', self.data(real))

    def test_folder_is_made(self):
        self.start()
        self.write_once()
        self.assertEqual((mode(self.path.parent), mode(self.path)), (0o700, 0o600))
        self.set('desktop.fallback.within', '"local"')
        self.assertEqual(mode(self.desktop_path), 0o600)
        self.assertEqual(mode(self.desktop_path.parent), 0o700)

    def test_folders_are_made(self):
        place = self.session.folder / 'a' / 'b' / 'my.json5'
        self.session.start_daemon({'OPENCLAW_CONFIG_PATH': str(place)})
        self.write_once()
        self.assertEqual([mode(p) for p in (place.parent.parent, place.parent, place)],
                         [0o700, 0o700, 0o600])

    def test_umask_is_no_matter(self):
        self.launch_with(before='umask 0')
        self.start()
        self.write_once()
        self.assertEqual((mode(self.path.parent), mode(self.path)), (0o700, 0o600))

    def test_hard_link_gets_the_new_text_or_is_left(self):
        """A rename parts two names: the other one keeps the old text whole."""
        self.start(TEXT)
        other = self.session.folder / 'other'
        os.link(self.path, other)
        self.write_once()
        self.assertUntouched(NEW)
        self.assertIn(other.read_text(), (TEXT, NEW))

    def test_included_files_keep_their_modes(self):
        part = self.path.parent / 'part.json'
        self.write(part, '{ defaults: { timeoutSeconds: 60 } }')
        part.chmod(0o640)
        self.start('{ agents: { $include: "part.json" } }')
        self.write_once()
        self.assertEqual(mode(part), 0o640)
        self.assertUntouched('{ defaults: { timeoutSeconds: 61 } }', part)
        self.assertEqual(self.temporaries(known=('openclaw.json', 'part.json')), [])

    def test_nothing_is_left_beside_it(self):
        self.start(TEXT)
        for i in range(30):
            self.set(TIMEOUT, str(100 + i))
        self.assertEqual(self.temporaries(), [])

    def test_readers_never_see_half_a_file(self):
        """While it is written a thousand times, each look at it sees a whole text."""
        padding = '// ' + 'x' * 100000 + '\n'
        self.start(TEXT + padding)
        calls = [self.client.start_call('Set', '(ssa{sv})', TIMEOUT, str(10000 + i), {},
                                        interface='org.openclaw.Gateway.Config')
                 for i in range(100)]
        seen = set()
        while not all(calls):
            text = self.path.read_text()
            self.assertEqual(len(text), len(TEXT + padding) + (3 if '1' in text[:60] else 0))
            self.assertTrue(text.endswith(padding))
            seen.add(text[:60])
            self.client.iterate()
        self.assertEqual([c[0] for c in calls], [()] * 100)
        self.assertUntouched(TEXT.replace('60', '10099') + padding)


class TemporaryTest(ConfigTest):
    """The one fixed name beside the target: known from watching one write."""

    def find_name(self):
        self.write(self.path, TEXT)
        name = self.find_temporary(lambda: self.set(TIMEOUT, '61'))
        self.assertEqual(self.session.stop_daemon(), 0)
        self.write(self.path, TEXT)
        return name

    def test_fixed_name(self):

        first = self.find_name()
        self.assertEqual(first.parent, self.path.parent)
        self.assertNotEqual(first, self.path)
        # What a gateway that was killed has left is gone after the next start.
        first.write_text('{ half a te')
        self.start(TEXT)
        self.assertFalse(first.exists())
        self.assertUntouched(TEXT)
        # One that appears later does not keep anybody from writing, and nothing is written
        # through it.
        victim = self.session.folder / 'victim'
        victim.write_text('precious')
        first.symlink_to(victim)
        try:
            self.set(TIMEOUT, '62')
        except Exception as error:
            self.assertIn(error.short, ('AccessDenied', 'Busy'))
            self.assertUntouched(TEXT)
        self.assertEqual(victim.read_text(), 'precious')
        self.assertFalse(self.path.is_symlink())
        self.session.stop_daemon()
        self.session.start_daemon()
        self.assertFalse(os.path.lexists(first))
        self.set(TIMEOUT, '63')
        self.assertEqual(self.temporaries(), [])

    def test_beside_the_target_of_a_symlink(self):

        name = self.find_name().name
        real = self.session.folder / 'dotfiles' / 'openclaw.json'
        self.write(real, TEXT)
        self.path.unlink()
        self.path.symlink_to(real)
        (real.parent / name).write_text('half')
        self.session.start_daemon()
        self.assertEqual(os.listdir(real.parent), ['openclaw.json'])


class NoAccessTest(ConfigTest):
    """The system does not let the gateway write."""

    def launch_without_privileges(self):
        """Root may write everywhere: not so in these tests."""
        if os.geteuid() == 0:
            self.launch_with('setpriv', '--inh-caps=-all',
                             '--bounding-set=-dac_override,-dac_read_search,-fowner')

    def test_folder_that_is_read_only(self):
        self.launch_without_privileges()
        self.write(self.path, TEXT)
        self.path.parent.chmod(0o500)
        self.addCleanup(self.path.parent.chmod, 0o700)
        self.start()
        for call in (lambda: self.set(TIMEOUT, '61'), lambda: self.unset('agents'),
                     lambda: self.patch('{models: {mode: "merge"}}'),
                     lambda: self.replace_text('{}'),
                     lambda: self.client.call('SetDefaultModel', '(sa{sv})', M21, {})):
            try:
                call()
                self.fail('it was written')
            except Exception as error:
                if getattr(error, 'short', '') == 'UnknownModel':
                    continue
                self.assertEqual(getattr(error, 'short', error), 'AccessDenied')
                self.assertIn('.openclaw', error.message)
        self.assertUntouched(TEXT)
        self.assertEqual(self.temporaries(), [])
        self.assertEqual(self.value(TIMEOUT), 60)
        self.path.parent.chmod(0o700)
        self.set(TIMEOUT, '61')
        self.assertUntouched(NEW)

    def test_folder_that_cannot_be_made(self):
        self.launch_without_privileges()
        self.session.home.chmod(0o500)
        self.addCleanup(self.session.home.chmod, 0o700)
        self.start()
        self.assertDBusError('AccessDenied', self.set, TIMEOUT, '61')
        self.assertFalse(self.path.parent.exists())

    def test_file_that_cannot_be_read(self):
        self.launch_without_privileges()
        self.write(self.path, TEXT)
        self.path.chmod(0)
        self.start()
        self.assertEqual(self.property('State'), 'invalid')
        with self.assertRaises(Exception) as caught:
            self.set(TIMEOUT, '61')
        self.assertIn(caught.exception.short, ('ConfigInvalid', 'AccessDenied'))
        self.assertUntouched(TEXT)
        self.path.chmod(0o600)
        self.client.reload()
        self.assertEqual(self.property('State'), 'ok')
        self.assertEqual(self.value(TIMEOUT), 60)


class FullTest(ConfigTest):
    """There is no room for the new text."""

    def refuse_and_recover(self, free):
        before = self.data()
        value = '"' + 'x' * NEW_BYTES + '"'
        for i in range(3):
            with self.assertRaises(Exception) as caught:
                self.set('channels.long', value)
            self.assertIn(caught.exception.short, ('AccessDenied',))
            self.assertLess(len(caught.exception.message), 2000)
            self.assertUntouched(before)
            self.assertEqual(self.temporaries(), [])
        self.assertEqual(self.value(TIMEOUT), 60)
        self.assertIsNone(self.value_or_none('channels'))
        free()
        self.set('channels.long', value)
        self.assertEqual(self.data().count(b'x' * NEW_BYTES), 1)

    def test_limit_of_the_process(self):
        self.launch_with(before="trap '' XFSZ")
        self.start(TEXT)
        pid = self.session.daemon.pid
        before = resource.prlimit(pid, resource.RLIMIT_FSIZE)
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (NEW_BYTES // 2, before[1]))
        self.refuse_and_recover(lambda: resource.prlimit(pid, resource.RLIMIT_FSIZE, before))

    def test_disk(self):
        """Where the test may mount, a disk of its own is really full; else the limit again."""
        self.path.parent.mkdir()
        mounted = subprocess.run(['mount', '-t', 'tmpfs', '-o', 'size=128k', 'none',
                                  self.path.parent], check=False, capture_output=True)
        if mounted.returncode:
            self.test_limit_of_the_process()
            return
        # Whatever becomes of the daemon first, the mount has to go.
        self.addCleanup(subprocess.run, ['umount', '-l', self.path.parent], check=False)
        self.start(TEXT)
        self.refuse_and_recover(lambda: subprocess.run(
            ['mount', '-o', 'remount,size=2m', self.path.parent], check=True))

    def test_disk_that_is_read_only(self):
        self.path.parent.mkdir()
        if subprocess.run(['mount', '-t', 'tmpfs', 'none', self.path.parent], check=False,
                          capture_output=True).returncode:
            # NoAccessTest has the folder that is.
            self.start(TEXT)
            return
        self.addCleanup(subprocess.run, ['umount', '-l', self.path.parent], check=False)
        self.write(self.path, TEXT)
        subprocess.run(['mount', '-o', 'remount,ro', self.path.parent], check=True)
        self.start()
        self.assertDBusError('AccessDenied', self.set, TIMEOUT, '61')
        self.assertUntouched(TEXT)


class SafeTest(ConfigTest):
    """The order of what reaches the disk."""

    def test_flushed_before_and_after_the_rename(self):
        self.write(self.path, TEXT)
        lines = [line for line in self.traced('fsync,fdatasync,rename,renameat,renameat2',
                                              lambda: self.set(TIMEOUT, '61'))[1]
                 if str(self.path.parent) in line]
        calls = [line.split('(')[0].split()[-1] for line in lines]
        self.assertEqual([c[:6] for c in calls], ['fsync', 'rename', 'fsync'], lines)
        # The new text, then the folder that has the name.
        self.assertNotIn(f'<{self.path.parent}>', lines[0])
        self.assertIn(f'<{self.path.parent}>', lines[2])


if __name__ == '__main__':
    main()
