#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""Files that cannot be read: the last good values stay, the file is never written."""

import os

from config_case import ConfigTest, LIGHTNING, M21
from harness import main

# What is wrong with it, and where: after the mark.
BROKEN = {
    'a brace is missing': '{\n  agents: {\n    defaults: { timeoutSeconds: 60 },\n⟦',
    'a bracket too much': '{\n  agents: { list: [1, 2]⟦] },\n}\n',
    'a comma is missing': '{\n  a: 1\n  ⟦b: 2,\n}\n',
    'a string without its end': '{\n  a: ⟦"text\n}\n',
    'no value': '{\n  a: ⟦,\n}\n',
    'a word that is none': '{\n  a: ⟦yes,\n}\n',
    'two documents': '{ a: 1 }\n⟦{ b: 2 }\n',
    'a list of all things': '⟦[ 1 ]\n',
    'behind characters of several bytes': '{ "世界🦞": "é", ⟦] }\n',
    'after CRLF': '{\r\n  a: 1,\r\n  ⟦]\r\n}\r\n',
}


class BrokenTest(ConfigTest):
    def good(self):
        return '{ models: { providers: { minimax: { baseUrl: "%s", apiKey: "sk-x" } } },\n' \
               '  agents: { defaults: { model: { primary: "%s" } } } }\n' % (self.provider.url(), M21)

    def assertInForce(self):
        self.assertEqual(self.client.resolve('')['ref'], M21)
        self.assertTrue(self.client.complete('hello')['text'])

    def test_last_good_values_stay_and_nothing_is_written(self):
        self.start(self.good())
        signals = self.watch()
        broken = self.good().replace('agents: {', 'agents: {{')
        self.replace(self.path, broken)
        self.wait_state('invalid')
        self.wait_until(lambda: 'invalid' in self.changed_property('State'),
                        'PropertiesChanged of State')
        self.assertEqual(signals.named('ModelsChanged'), [])
        self.assertInForce()
        for call in (lambda: self.set('agents.defaults.timeoutSeconds', '5'),
                     lambda: self.unset('agents'), lambda: self.patch('{models: {mode: "merge"}}'),
                     lambda: self.client.call('SetDefaultModel', '(sa{sv})', LIGHTNING, {}),
                     lambda: self.client.call('SetFallbackModels', '(asa{sv})', [LIGHTNING], {}),
                     lambda: self.client.call('SetAlias', '(ssa{sv})', M21, 'x', {}),
                     self.client.reload):
            message = self.assertDBusError('ConfigInvalid', call)
            self.assertIn('openclaw.json:2:', message)
            self.assertUntouched(broken)
        self.assertEqual(self.client.get('DefaultModel'), M21)
        self.assertEqual(self.temporaries(), [])

    def test_repaired_file_is_picked_up(self):
        self.start(self.good())
        self.replace(self.path, '{ broken')
        self.wait_state('invalid')
        self.watch()
        self.replace(self.path, self.good().replace(M21, LIGHTNING))
        self.wait_state('ok')
        self.wait_until(lambda: 'ok' in self.changed_property('State'), 'PropertiesChanged')
        self.wait_until(lambda: self.client.get('DefaultModel') == LIGHTNING, 'the new default')
        self.set('agents.defaults.timeoutSeconds', '5')

    def test_repaired_by_the_text_as_it_was(self):
        self.start(self.good())
        self.replace(self.path, '{ broken')
        self.wait_state('invalid')
        self.replace(self.path, self.good())
        self.wait_state('ok')
        self.assertInForce()

    def test_repaired_through_the_bus(self):
        self.start(self.good())
        self.replace(self.path, '{ broken')
        self.wait_state('invalid')
        self.assertDBusError('ConfigInvalid', self.set, 'agents.defaults.timeoutSeconds', '5')
        self.assertUntouched('{ broken')

    def test_at_the_start(self):
        self.start('{ agents: { defaults: { model: "x/y" } }, \n  models: } }')
        self.assertEqual(self.property('State'), 'invalid')
        self.assertIn('openclaw.json:2:11', self.session.daemon_log())
        self.assertIs(self.client.get('Ready'), False)
        self.assertTrue(self.client.list_models(all=True))
        problems = self.validate()
        self.assertEqual([(p['line'], p['column'], p['severity']) for p in problems
                          if p['severity'] == 'error'], [(2, 11, 'error')])
        self.replace(self.path, self.good())
        self.wait_state('ok')
        self.assertInForce()

    def test_at_the_start_with_a_key_from_the_environment(self):
        self.start('{ broken', {'MINIMAX_API_KEY': 'sk-test'})
        self.assertIs(self.client.resolve(M21)['available'], True)

    def test_where(self):
        self.start('{}')
        for what, text in BROKEN.items():
            with self.subTest(what=what):
                before = text[:text.index('⟦')]
                lines = before.replace('\r\n', '\n').split('\n')
                place = len(lines), len(lines[-1]) + 1
                text = text.replace('⟦', '')
                self.replace(self.path, text)
                message = self.assertDBusError('ConfigInvalid', self.client.reload)
                self.assertIn(f'openclaw.json:{place[0]}:{place[1]}', message)
                found = [p for p in self.validate() if p['severity'] == 'error']
                self.assertEqual([(p['file'], p['line'], p['column']) for p in found],
                                 [(str(self.path), *place)])
                self.assertTrue(found[0]['message'].strip())
                self.assertUntouched(text)

    def test_not_text(self):
        self.start('{}')
        for data in (b'\xff\xfe{}', b'{ a: "\xc3" }', b'{ a: "\0" }', b'\x7fELF\x02\x01\x01\0\0'):
            with self.subTest(data=data):
                self.replace(self.path, data)
                self.assertDBusError('ConfigInvalid', self.client.reload)
                self.assertDBusError('ConfigInvalid', self.set, 'models.mode', '"merge"')
                self.assertUntouched(data)

    def test_too_deep_and_too_long(self):
        self.start('{}')
        for text in ('{a:' * 5000 + '1' + '}' * 5000, '{a:' + '[' * 100000,
                     '{ a: "' + 'x' * (17 * 1024 * 1024) + '" }'):
            self.replace(self.path, text)
            message = self.assertDBusError('ConfigInvalid', self.client.reload)
            self.assertLess(len(message), 1000)
            self.assertEqual(self.path.stat().st_size, len(text))

    def test_what_is_no_file(self):
        self.start('{}')
        self.path.unlink()
        self.path.mkdir()
        self.assertDBusError('ConfigInvalid', self.client.reload)
        self.assertDBusError('ConfigInvalid', self.set, 'models.mode', '"merge"')
        self.path.rmdir()
        os.mkfifo(self.path)
        self.assertDBusError('ConfigInvalid', self.client.reload)
        self.path.unlink()
        self.path.symlink_to(self.path)
        self.assertDBusError('ConfigInvalid', self.client.reload)
        self.path.unlink()
        self.client.reload()
        self.assertEqual(self.property('State'), 'missing')


class DesktopTest(ConfigTest):
    def test_each_document_for_itself(self):
        self.write(self.desktop_path, '{ fallback: { within: "local" } }')
        self.start('{ agents: { defaults: { timeoutSeconds: 5 } } }')
        self.replace(self.desktop_path, '{ fallback: ')
        self.wait_state('invalid', 'DesktopState')
        self.assertEqual(self.property('State'), 'ok')
        self.assertEqual(self.value('desktop.fallback.within'), 'local')
        self.set('agents.defaults.timeoutSeconds', '6')
        message = self.assertDBusError('ConfigInvalid', self.set, 'desktop.fallback.within',
                                       '"any"')
        self.assertIn('desktop.json:1:', message)
        self.assertUntouched('{ fallback: ', self.desktop_path)
        self.replace(self.desktop_path, '{ fallback: { within: "any" } }')
        self.wait_state('ok', 'DesktopState')


class IncludeTest(ConfigTest):
    def problems(self, **files):
        """Of openclaw.json, the errors that Reload and Validate tell."""
        for name, text in files.items():
            self.write(self.path.parent / f'{name}.json', text)
        if not self.session.daemon:
            self.session.start_daemon()
            return [p for p in self.validate() if p['severity'] == 'error']
        try:
            self.client.reload()
        except Exception:
            pass
        return [p for p in self.validate() if p['severity'] == 'error']

    def test_error_in_an_included_file(self):
        found = self.problems(openclaw='{\n  models: { $include: "./part.json" },\n}\n',
                              part='{\n  providers: {\n    a: ,\n  } }\n')
        self.assertEqual([(p['file'], p['line'], p['column']) for p in found],
                         [(str(self.path.parent / 'part.json'), 3, 8)])
        self.assertEqual(self.property('State'), 'invalid')
        message = self.assertDBusError('ConfigInvalid', self.set, 'models.mode', '"merge"')
        self.assertIn('part.json:3:8', message)

    def test_missing_file(self):
        found = self.problems(openclaw='{\n  models: { $include: "./sub/../part.json" },\n}\n')
        self.assertEqual(len(found), 1)
        self.assertEqual((found[0]['file'], found[0]['line']), (str(self.path), 2))
        self.assertIn(str(self.path.parent / 'part.json'), found[0]['message'])

    def test_cycle(self):
        found = self.problems(openclaw='{ $include: "a.json" }', a='{ x: { $include: "b.json" } }',
                              b='{ y: { $include: "./a.json" } }')
        self.assertEqual(len(found), 1)
        self.assertMentions(found[0]['message'], 'a.json', 'b.json')
        found = self.problems(openclaw='{ $include: "openclaw.json" }')
        self.assertEqual(len(found), 1)

    def test_depth(self):
        files = {f'f{i}': '{ $include: "f%d.json" }' % (i + 1) for i in range(9)}
        files['f9'] = '{ agents: { defaults: { timeoutSeconds: 9 } } }'
        self.assertEqual(self.problems(openclaw='{ $include: "f0.json" }', **files), [])
        self.assertEqual(self.value('agents.defaults.timeoutSeconds'), 9)
        files['f9'] = '{ $include: "f10.json" }'
        found = self.problems(openclaw='{ $include: "f0.json" }', **files, f10='{}')
        self.assertEqual(len(found), 1)
        self.assertIn('10', found[0]['message'])

    def test_sibling_beside_something_that_is_no_object(self):
        found = self.problems(openclaw='{\n  list: { $include: "l.json", more: 1 } }', l='[1, 2]')
        self.assertEqual([p['line'] for p in found], [2])
        self.assertEqual(self.problems(openclaw='{ list: { $include: "l.json" } }'), [])
        self.assertEqual(self.value('list'), [1, 2])

    def test_wrong_kinds(self):
        for value in ('5', '{}', '[5]', 'null', '""'):
            with self.subTest(value=value):
                found = self.problems(openclaw='{\n  models: { $include: %s } }' % value)
                self.assertEqual([p['line'] for p in found], [2])

    def test_many_files_that_include_each_other_twice(self):
        """Ten levels of two would be a thousand files: an end is made of it."""
        files = {f'f{i}': '{ a: { $include: "f%d.json" }, b: { $include: "f%d.json" } }'
                 % (i + 1, i + 1) for i in range(9)}
        found = self.problems(openclaw='{ $include: "f0.json" }', **files, f9='{}')
        self.assertEqual(len(found), 1)

    def test_devices(self):
        for place in ('/dev/zero', '/dev/stdin', '/'):
            with self.subTest(place=place):
                self.assertEqual(len(self.problems(
                    openclaw='{ models: { $include: "%s" } }' % place)), 1)


if __name__ == '__main__':
    main()
