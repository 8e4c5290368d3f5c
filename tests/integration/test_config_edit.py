#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""Set, Unset, Patch and ReplaceText: what they change in the text of a file, and what they leave."""

import json
import os

import json5_reader
from config_case import ConfigTest, LIGHTNING, M21, memfd, pipe
from harness import main

MESSY = '''// my settings, do not lose them
{
    /* env comes first */
    env: { SOME_VAR: "x", }, // trailing comma
    'agents': {
        defaults: {
            // the good one
            model: { primary: "minimax/MiniMax-M2.1" /* really */, fallbacks: [ "a/b", 'c/d', ], },
            timeoutSeconds: 0x3c,   // a minute
            workspace: '~/things',
        }
    },
    models: { providers: { minimax: {
        baseUrl: "http://127.0.0.1:9/anthropic", apiKey: "${SOME_VAR}",
        headers: {
          "X-Literal": "$${NOT_A_VAR} and $5",
        },
    } } },
    channels: { telegram: { token: "123:abc", factor: +1.50e0, nothing: null, }, },   // not ours
    "\\u4f60\\u597d": "世界 \\
  continued",
}
// the end
'''


class ScalarTest(ConfigTest):
    """A value that is there already: the text after is known to the byte."""

    def changed(self, before, path, json5, old, new):
        self.write(self.path, before)
        if not self.session.daemon:
            self.session.start_daemon()
        else:
            self.client.reload()
        self.set(path, json5)
        data = before if isinstance(before, bytes) else before.encode('utf-8')
        self.assertEqual(data.count(old), 1, 'the test itself')
        self.assertEqual(self.data(), data.replace(old, new))
        json5_reader.read(self.data())

    def test_number_among_comments(self):
        self.changed(MESSY, 'agents.defaults.timeoutSeconds', '90', b'0x3c', b'90')

    def test_string(self):
        self.changed(MESSY, 'agents.defaults.model.primary', f'"{LIGHTNING}"',
                     b'"minimax/MiniMax-M2.1"', f'"{LIGHTNING}"'.encode())

    def test_element(self):
        self.changed(MESSY, 'agents.defaults.model.fallbacks[0]', '"e/f"', b'"a/b"', b'"e/f"')

    def test_line_endings_and_byte_order_mark(self):
        text = b'\xef\xbb\xbf' + MESSY.replace('\n', '\r\n').encode('utf-8')
        self.changed(text, 'agents.defaults.timeoutSeconds', '7', b'0x3c', b'7')

    def test_bare_carriage_returns(self):
        text = MESSY.replace('\n', '\r').encode('utf-8')
        self.changed(text, 'agents.defaults.timeoutSeconds', '7', b'0x3c', b'7')

    def test_tabs(self):
        self.changed(MESSY.replace('    ', '\t'), 'agents.defaults.timeoutSeconds', '7', b'0x3c',
                     b'7')

    def test_no_end_of_line_at_the_end(self):
        self.changed(MESSY.rstrip('\n'), 'agents.defaults.timeoutSeconds', '7', b'0x3c', b'7')

    def test_one_line(self):
        self.changed('{agents:{defaults:{timeoutSeconds:1}}}', 'agents.defaults.timeoutSeconds',
                     '2', b'1', b'2')

    def test_foreign_section(self):
        self.changed(MESSY, 'channels.telegram.factor', '2', b'+1.50e0', b'2')

    def test_quoted_names_in_the_path(self):
        text = ('{"agents": {"defaults": {"models": {"minimax/MiniMax-M2.1": {"alias": "one"},'
                ' "other.thing/with.dots": {"alias": "two"}}}}}')
        self.changed(text, 'agents.defaults.models["other.thing/with.dots"].alias', '"three"',
                     b'"two"', b'"three"')
        self.assertEqual(
            self.value("agents.defaults.models['other.thing/with.dots'].alias"), 'three')

    def test_escaped_name(self):
        self.changed('{"\\u0061gents": {defaults: {timeoutSeconds: 5}}}',
                     'agents.defaults.timeoutSeconds', '6', b'5', b'6')

    def test_single_quotes_are_not_disturbed(self):
        self.write(self.path, "{'agents': {'defaults': {'model': {'primary': '%s'}}}}\n" % M21)
        self.start()
        self.set('agents.defaults.model.primary', f'"{LIGHTNING}"')
        after = self.data().decode()
        self.assertEqual(after.replace('"', "'"),
                         "{'agents': {'defaults': {'model': {'primary': '%s'}}}}\n" % LIGHTNING)

    def test_same_value_changes_nothing(self):
        for path, json5 in (('agents.defaults.model.primary', f"'{M21}'"),
                            ('agents.defaults.timeoutSeconds', '60'),
                            ('channels.telegram.nothing', 'null')):
            with self.subTest(path=path):
                self.write(self.path, MESSY)
                if not self.session.daemon:
                    self.session.start_daemon()
                self.set(path, json5)
                self.assertUntouched(MESSY)


class AddTest(ConfigTest):
    """A value that was not there: nothing else goes, and what comes looks like what is around."""

    def add(self, before, path, json5):
        self.start(before)
        self.set(path, json5)
        after = self.data()
        old = before if isinstance(before, bytes) else before.encode('utf-8')
        added = self.assertOnlyAdded(old, after).decode('utf-8')
        self.assertEqual(json5_reader.comments(after), json5_reader.comments(old))
        return added, json5_reader.read(after)

    def test_member_of_an_object_with_comments(self):
        added, value = self.add(MESSY, 'models.mode', '"merge"')
        self.assertEqual(value['models']['mode'], 'merge')
        self.assertEqual(list(value['models'])[0], 'providers')
        self.assertIn('mode', added)

    def test_deep_path(self):
        added, value = self.add(MESSY, 'auth.order.minimax', '["minimax:work", "minimax:env"]')
        self.assertEqual(value['auth'], {'order': {'minimax': ['minimax:work', 'minimax:env']}})
        self.assertIn(b'\n    auth:', self.data().replace(b'\n    "auth"', b'\n    auth'))

    def test_style_of_crlf(self):
        before = '{\r\n  agents: {\r\n    defaults: {\r\n      timeoutSeconds: 5,\r\n    },\r\n' \
                 '  },\r\n}\r\n'
        added, value = self.add(before, 'agents.defaults.thinkingDefault', '"low"')
        self.assertEqual(value['agents']['defaults'], {'timeoutSeconds': 5,
                                                       'thinkingDefault': 'low'})
        self.assertEqual(self.data().count(b'\n'), self.data().count(b'\r\n'))
        self.assertIn(b'\r\n      thinkingDefault: "low",\r\n', self.data())

    def test_style_of_tabs_and_quotes(self):
        before = '{\n\t"agents": {\n\t\t"defaults": {\n\t\t\t"timeoutSeconds": 5\n\t\t}\n\t}\n}\n'
        added, value = self.add(before, 'agents.defaults.thinkingDefault', '"low"')
        self.assertEqual(self.data().decode(), before.replace(
            ': 5', ': 5,\n\t\t\t"thinkingDefault": "low"'))

    def test_style_of_plain_json_stays_plain_json(self):

        before = json.dumps({'agents': {'defaults': {'model': {'primary': M21}}}}, indent=2) + '\n'
        added, value = self.add(before, 'models.providers.acme',
                                '{baseUrl: "https://acme.example/v1", api: "openai-completions",'
                                ' models: [{id: "a"}]}')
        parsed = json.loads(self.data())
        self.assertEqual(list(parsed), ['agents', 'models'])
        self.assertEqual(parsed['models']['providers']['acme']['models'], [{'id': 'a'}])
        for line in added.splitlines():
            self.assertEqual((len(line) - len(line.lstrip())) % 2, 0, 'two spaces each')

    def test_style_of_single_quotes(self):
        before = "{\n  'agents': {\n    'defaults': {\n      'workspace': '~',\n    },\n  },\n}\n"
        self.add(before, 'agents.defaults.thinkingDefault', '"low"')
        self.assertEqual(self.data().decode(), before.replace(
            "'~',\n", "'~',\n      'thinkingDefault': 'low',\n"))

    def test_one_line(self):
        added, value = self.add('{agents:{defaults:{timeoutSeconds:1}}}',
                                'agents.defaults.thinkingDefault', '"off"')
        self.assertEqual(value['agents']['defaults'], {'timeoutSeconds': 1,
                                                       'thinkingDefault': 'off'})
        self.assertNotIn('\n', self.data().decode())

    def test_empty_object(self):
        for before in ('{}', '{ }\n', '{\n}\n', '{ /* nothing yet */ }', '// top\n{\n  // in\n}\n'):
            with self.subTest(before=before):
                self.write(self.path, before)
                if not self.session.daemon:
                    self.session.start_daemon()
                self.set('agents.defaults.timeoutSeconds', '5')
                self.assertEqual(json5_reader.read(self.data()),
                                 {'agents': {'defaults': {'timeoutSeconds': 5}}})
                self.assertEqual(json5_reader.comments(self.data()), json5_reader.comments(before))

    def test_comment_behind_the_last_member(self):
        for before in ('{\n  agents: {} // last\n}\n', '{\n  agents: {}, // last\n}\n',
                       '{\n  agents: {}\n  // last\n}\n', '{ agents: {} /* last */ }',
                       '{\n  agents: {} /* one */, /* two */\n}\n'):
            with self.subTest(before=before):
                self.write(self.path, before)
                if not self.session.daemon:
                    self.session.start_daemon()
                self.set('models.mode', '"merge"')
                self.assertEqual(json5_reader.read(self.data()),
                                 {'agents': {}, 'models': {'mode': 'merge'}})
                self.assertEqual(json5_reader.comments(self.data()), json5_reader.comments(before))
                self.assertIn(before.encode()[:before.index('agents: {}') + 10], self.data())

    def test_first_and_next_element(self):
        self.start('{ agents: { defaults: { model: { primary: "%s" } } } }' % M21)
        self.set('agents.defaults.model.fallbacks', '["a/b"]')
        self.set('agents.defaults.model.fallbacks.-', '"c/d"')
        self.set('agents.defaults.model.fallbacks[-]', '"e/f"')
        self.assertEqual(self.value('agents.defaults.model.fallbacks'), ['a/b', 'c/d', 'e/f'])

    def test_element_of_a_list_over_several_lines(self):
        before = '{ agents: { defaults: { model: {\n  fallbacks: [\n    "a/b", // first\n' \
                 '    "c/d" // second\n  ],\n} } } }\n'
        added, value = self.add(before, 'agents.defaults.model.fallbacks.-', '"e/f"')
        self.assertEqual(value['agents']['defaults']['model']['fallbacks'], ['a/b', 'c/d', 'e/f'])
        self.assertIn('\n    "e/f"', added)

    def test_new_member_lands_in_a_file_that_was_missing(self):
        self.start()
        self.assertEqual(self.property('State'), 'missing')
        self.set('agents.defaults.timeoutSeconds', '5')
        self.assertEqual(json5_reader.read(self.data()),
                         {'agents': {'defaults': {'timeoutSeconds': 5}}})
        self.assertEqual(self.property('State'), 'ok')
        self.assertTrue(self.data().endswith(b'\n'))

    def test_empty_file(self):
        """Whether it counts as an object or as no JSON5 at all, it does so everywhere."""
        self.start('')
        self.assertEqual([p for p in self.validate() if p['severity'] == 'error'], [])
        self.set('agents.defaults.timeoutSeconds', '5')
        self.assertEqual(json5_reader.read(self.data()),
                         {'agents': {'defaults': {'timeoutSeconds': 5}}})
        # OpenClaw reads no empty file.
        before = self.data()
        self.assertDBusError('InvalidArgs', self.replace_text, '')
        self.assertUntouched(before)


class TakeAwayTest(ConfigTest):
    def take(self, before, path, after):
        self.write(self.path, before)
        if not self.session.daemon:
            self.session.start_daemon()
        self.unset(path)
        self.assertEqual(self.data().decode('utf-8'), after)
        json5_reader.read(after)

    def test_line(self):
        self.take(MESSY, 'agents.defaults.workspace',
                  MESSY.replace("            workspace: '~/things',\n", ''))

    def test_place_in_one_line(self):
        for before, path, after in (
                ('{a: 1, b: 2, c: 3}', 'a', '{b: 2, c: 3}'),
                ('{a: 1, b: 2, c: 3}', 'b', '{a: 1, c: 3}'),
                ('{a: 1, b: 2, c: 3}', 'c', '{a: 1, b: 2}'),
                ('{a: {b: [1, 2, 3]}}', 'a.b[1]', '{a: {b: [1, 3]}}'),
                ('{a: {b: [1, 2, 3]}}', 'a.b[0]', '{a: {b: [2, 3]}}'),
                ('{a: {b: [1, 2, 3]}}', 'a.b[2]', '{a: {b: [1, 2]}}')):
            with self.subTest(before=before, path=path):
                self.take(before, path, after)

    def test_last_line_without_a_comma(self):
        self.take('{\n  a: 1,\n  b: 2\n}\n', 'b', '{\n  a: 1\n}\n')

    def test_last_line_with_a_comma(self):
        self.take('{\n  a: 1,\n  b: 2,\n}\n', 'b', '{\n  a: 1,\n}\n')

    def test_comments_of_others_stay(self):
        before = '{\n  // of a\n  a: 1, // behind a\n\n  // of c\n  c: 3, // behind c\n}\n'
        self.start(before)
        self.unset('c')
        after = self.data().decode()
        self.assertEqual(json5_reader.read(after), {'a': 1})
        self.assertTrue(after.startswith('{\n  // of a\n  a: 1, // behind a\n'))

    def test_crlf(self):
        self.take('{\r\n  a: 1,\r\n  b: 2,\r\n  c: 3\r\n}\r\n', 'b',
                  '{\r\n  a: 1,\r\n  c: 3\r\n}\r\n')

    def test_only_member_leaves_an_object(self):
        self.start('{ agents: { defaults: { timeoutSeconds: 5 } } }')
        self.unset('agents.defaults.timeoutSeconds')
        self.assertEqual(json5_reader.read(self.data()), {'agents': {'defaults': {}}})

    def test_what_is_not_there(self):
        self.start(MESSY)
        for path in ('agents.defaults.thinkingDefault', 'nowhere', 'agents.list[0]',
                     'agents.defaults.model.fallbacks[2]',
                     'desktop.fallback.within'):
            with self.subTest(path=path):
                message = self.assertDBusError('NotFound', self.unset, path)
                self.assertIn(path, message)
        self.assertUntouched(MESSY)
        self.assertFalse(self.desktop_path.exists())

    def test_value_of_a_secret(self):
        self.start(MESSY)
        self.unset('models.providers.minimax.apiKey')
        self.assertEqual(self.data().decode(), MESSY.replace(', apiKey: "${SOME_VAR}"', ''))


class LiteralTest(ConfigTest):
    """What stands for something else is written back as it stood."""

    def test_references_and_dollars(self):
        self.start(MESSY, {'SOME_VAR': 'sk-the-value-of-it'})
        self.set('agents.defaults.timeoutSeconds', '7')
        self.set('models.mode', '"merge"')
        self.unset('agents.defaults.workspace')
        self.patch('{agents: {defaults: {thinkingDefault: "low"}}}')
        self.client.call('SetDefaultModel', '(sa{sv})', LIGHTNING, {})
        after = self.data().decode()
        self.assertNotIn('sk-the-value-of-it', after)
        for literal in ('apiKey: "${SOME_VAR}"', '"$${NOT_A_VAR} and $5"', 'env: { SOME_VAR: "x", }',
                        '"\\u4f60\\u597d": "世界 \\\n  continued"', 'factor: +1.50e0'):
            self.assertIn(literal, after)
        self.assertEqual(json5_reader.comments(after), json5_reader.comments(MESSY))

    def test_reference_is_accepted_and_stays(self):
        self.start(MESSY)
        for path in ('models.providers.minimax.apiKey', 'models.providers.minimax.headers.X-Key',
                     'env.vars.MORE', 'channels.telegram.token'):
            with self.subTest(path=path):
                self.set(path, '"${OTHER_VAR}"')
                self.assertEqual(self.value(path), '${OTHER_VAR}')
        self.assertEqual(self.data().count(b'"${OTHER_VAR}"'), 4)


class PatchTest(ConfigTest):
    def test_sets_and_takes_away(self):
        self.start(MESSY)
        self.patch('''{ // a comment is fine
            agents: { defaults: { timeoutSeconds: 90, workspace: null } },
            models: { mode: 'replace' },
        }''')
        value = json5_reader.read(self.data())
        self.assertEqual(value['agents']['defaults']['timeoutSeconds'], 90)
        self.assertNotIn('workspace', value['agents']['defaults'])
        self.assertEqual(value['models']['mode'], 'replace')
        self.assertEqual(value['models']['providers']['minimax']['apiKey'], '${SOME_VAR}')
        self.assertEqual(json5_reader.comments(self.data()), json5_reader.comments(MESSY))
        self.assertIn('workspace', MESSY)

    def test_lists_are_replaced_as_a_whole(self):
        self.start(MESSY)
        self.patch('{agents: {defaults: {model: {fallbacks: ["x/y"]}}}}')
        self.assertEqual(self.value('agents.defaults.model'), {'primary': M21,
                                                               'fallbacks': ['x/y']})

    def test_null_for_what_is_not_there(self):
        self.start(MESSY)
        self.patch('{agents: {defaults: {thinkingDefault: null}}}')
        self.assertUntouched(MESSY)

    def test_all_or_nothing(self):
        self.start(MESSY)
        for patch in ('{agents: {defaults: {timeoutSeconds: 90, thinkingDefault: "immense"}}}',
                      '{agents: {defaults: {timeoutSeconds: 90}}, models: {mdoe: "merge"}}',
                      '{agents: {defaults: {timeoutSeconds: 90}}, models: {providers: {minimax: '
                      '{apiKey: "${SOME_VAR}", headers: {Authorization: "Bearer abc"}}}}}'):
            with self.subTest(patch=patch):
                self.replace(self.path, MESSY)
                self.client.reload()
                self.assertDBusError('InvalidArgs', self.patch, patch)
                self.assertUntouched(MESSY)

    def test_one_signal_for_all(self):
        self.start(MESSY)
        signals = self.watch()
        self.patch('{agents: {defaults: {timeoutSeconds: 90, thinkingDefault: "low"}}}')
        signals.wait_for('Changed')
        self.client.spin(0.5)
        self.assertEqual(len(signals.named('Changed')), 1)
        self.assertEqual(set(self.changed_paths()),
                         {'agents.defaults.timeoutSeconds', 'agents.defaults.thinkingDefault'})

    def test_own_settings_stand_alone(self):
        self.start(MESSY)
        self.patch('{desktop: {providers: {minimax: {timeouts: {connectMs: 5000}}}}}')
        self.assertEqual(self.value('desktop.providers.minimax.timeouts.connectMs'), 5000)
        self.assertUntouched(MESSY)
        self.assertDBusError('InvalidArgs', self.patch,
                             '{desktop: {fallback: {within: "local"}}, models: {mode: "merge"}}')
        self.assertUntouched(MESSY)
        self.assertEqual(self.value('desktop'),
                         {'providers': {'minimax': {'timeouts': {'connectMs': 5000}}}})

    def test_what_is_no_patch(self):
        self.start(MESSY)
        for text in ('', '[]', '"text"', '5', 'null', '{', '{a: }', '{a: 1} b'):
            with self.subTest(text=text):
                self.assertDBusError('InvalidArgs', self.patch, text)
        self.assertUntouched(MESSY)

    def test_from_a_descriptor(self):
        self.start(MESSY)
        self.patch_from_fd('{agents: {defaults: {timeoutSeconds: 91}}}')
        self.assertEqual(self.value('agents.defaults.timeoutSeconds'), 91)


class ReplaceTextTest(ConfigTest):
    def test_every_byte_is_kept(self):
        self.start(MESSY)
        for make in (memfd, pipe):
            text = b'\xef\xbb\xbf{ // other\r\n  agents: { defaults: { timeoutSeconds: 3 } } }'
            self.replace_text(text, make)
            self.assertUntouched(text)
            self.assertEqual(self.value('agents.defaults.timeoutSeconds'), 3)
            self.replace_text(MESSY, make)
            self.assertUntouched(MESSY)

    def test_text_that_is_wrong_but_readable(self):
        self.start(MESSY)
        text = '{ agents: { defaults: { timeoutSeconds: "soon" } }, models: { mdoe: 1 } }'
        self.replace_text(text)
        self.assertUntouched(text)
        self.assertTrue([p for p in self.validate() if p['severity'] == 'error'])

    def test_text_that_is_not_readable(self):
        self.start(MESSY)
        for text in ('{ agents: ', '[]', '{a: 1} x', b'{a: "\xff\xfe"}',
                     '[' * 100000, b'{a: "x\0y"}'):
            with self.subTest(text=text[:20]):
                with self.assertRaises(Exception) as caught:
                    self.replace_text(text, memfd)
                self.assertIn(caught.exception.short, ('InvalidArgs', 'ConfigInvalid'))
        self.assertUntouched(MESSY)

    def test_too_long(self):
        self.start(MESSY)
        for text in ('{}' + ' ' * (4 * 1024 * 1024),):
            self.assertDBusError('InvalidArgs', self.replace_text, text)
        self.assertUntouched(MESSY)
        self.replace_text('{}' + ' ' * (4 * 1024 * 1024 - 2))
        self.assertEqual(self.value(), {})

    def test_own_settings(self):
        self.start(MESSY)
        text = '{ // ours\n  fallback: { within: "local" },\n}\n'
        self.replace_text(text, document='desktop')
        self.assertUntouched(text, self.desktop_path)
        self.assertUntouched(MESSY)
        self.assertEqual(self.value('desktop.fallback.within'), 'local')
        self.assertDBusError('InvalidArgs', self.replace_text, text, document='other')

    def test_descriptors_that_are_no_text(self):
        self.start(MESSY)

        def folder(text):

            return os.open('/', os.O_RDONLY)

        def device(text):

            return os.open('/dev/zero', os.O_RDONLY)

        for make in (folder, device):
            self.assertDBusError('InvalidArgs', self.replace_text, '', make)
        self.assertDBusError('InvalidArgs', self.client.call, 'ReplaceText', '(ha{sv})', 3, {},
                             interface='org.openclaw.Gateway.Config')
        self.assertUntouched(MESSY)


class IncludeTest(ConfigTest):
    """What lives in an included file is changed there."""

    MAIN = '''{
  // the rest is elsewhere
  "agents": { "$include": "./agents.json5" },
  "models": {
    "mode": "merge",
    "providers": { $include: ['sub/base.json5', 'sub/mine.json5'] },
  },
}
'''
    AGENTS = '{ defaults: { /* default */ timeoutSeconds: 10, model: { $include: "../m.json5" } } }'
    MODEL = '{ primary: "minimax/MiniMax-M2.1", }  // from outside\n'
    BASE = '{\n  minimax: {\n    baseUrl: "http://127.0.0.1:9/anthropic", // base\n' \
           '    api: "anthropic-messages",\n  },\n}\n'
    MINE = "{ minimax: { apiKey: '${MY_KEY}', authHeader: true } }\n"

    def setUp(self):
        super().setUp()
        folder = self.path.parent
        self.files = {
            self.path: self.MAIN, folder / 'agents.json5': self.AGENTS,
            folder.parent / 'm.json5': self.MODEL, folder / 'sub' / 'base.json5': self.BASE,
            folder / 'sub' / 'mine.json5': self.MINE}
        for path, text in self.files.items():
            self.write(path, text)
        self.start()

    def assertFiles(self, changed=None, text=''):
        for path, before in self.files.items():
            with self.subTest(path=path.name):
                self.assertUntouched(text if path.name == changed else before, path)

    def test_merged(self):
        self.assertEqual(self.property('State'), 'ok')
        self.assertEqual(self.value(), {
            'agents': {'defaults': {'timeoutSeconds': 10, 'model': {'primary': M21}}},
            'models': {'mode': 'merge', 'providers': {'minimax': {
                'baseUrl': 'http://127.0.0.1:9/anthropic', 'api': 'anthropic-messages',
                'apiKey': '${MY_KEY}', 'authHeader': True}}}})
        self.assertEqual(self.validate(), [p for p in self.validate() if p['severity'] != 'error'])

    def test_value_in_an_included_file(self):
        self.set('agents.defaults.timeoutSeconds', '11')
        self.assertFiles('agents.json5', self.AGENTS.replace('10', '11'))

    def test_value_two_files_away(self):
        self.client.call('SetDefaultModel', '(sa{sv})', LIGHTNING, {})
        self.assertFiles('m.json5', self.MODEL.replace(M21, LIGHTNING))

    def test_value_in_the_first_of_several(self):
        self.set('models.providers.minimax.baseUrl', '"http://127.0.0.1:9/other"')
        self.assertFiles('base.json5', self.BASE.replace('/anthropic"', '/other"'))

    def test_value_in_the_last_of_several(self):
        self.set('models.providers.minimax.authHeader', 'false')
        self.assertFiles('mine.json5', self.MINE.replace('true', 'false'))

    def test_value_in_the_file_itself(self):
        self.set('models.mode', '"replace"')
        self.assertFiles('openclaw.json', self.MAIN.replace('"merge"', '"replace"'))

    def test_new_member_beside_others_of_an_included_file(self):
        self.set('agents.defaults.thinkingDefault', '"low"')
        after = self.data(self.path.parent / 'agents.json5').decode()
        self.assertFiles('agents.json5', after)
        self.assertEqual(json5_reader.read(after)['defaults']['thinkingDefault'], 'low')
        self.assertIn('$include: "../m.json5"', after)
        self.assertIn('/* default */', after)

    def test_take_away(self):
        self.unset('agents.defaults.timeoutSeconds')
        after = self.data(self.path.parent / 'agents.json5').decode()
        self.assertFiles('agents.json5', after)
        self.assertEqual(json5_reader.read(after),
                         {'defaults': {'model': {'$include': '../m.json5'}}})

    def test_take_away_from_each_file_that_has_it(self):
        folder = self.path.parent
        for name in ('base', 'mine'):
            self.replace(folder / 'sub' / f'{name}.json5',
                         '{ minimax: { api: "anthropic-messages", authHeader: true } }')
        self.client.reload()
        self.unset('models.providers.minimax.authHeader')
        for name in ('base', 'mine'):
            self.assertEqual(json5_reader.read(self.data(folder / 'sub' / f'{name}.json5')),
                             {'minimax': {'api': 'anthropic-messages'}})
        self.assertIsNone(self.value_or_none('models.providers.minimax.authHeader'))

    def test_sibling_wins_and_is_what_is_changed(self):
        text = '{ agents: { $include: "./agents.json5", defaults: { timeoutSeconds: 20 } } }'
        self.replace(self.path, text)
        self.client.reload()
        self.assertEqual(self.value('agents.defaults.timeoutSeconds'), 20)
        self.assertEqual(self.value('agents.defaults.model.primary'), M21)
        self.set('agents.defaults.timeoutSeconds', '21')
        self.assertUntouched(text.replace('20', '21'))
        self.assertUntouched(self.AGENTS, self.path.parent / 'agents.json5')

    def test_hash_covers_all_files(self):
        before = self.property('Hash')
        self.set('agents.defaults.timeoutSeconds', '11', if_hash=before)
        self.assertNotEqual(self.property('Hash'), before)
        self.assertDBusError('ConfigConflict', self.set, 'agents.defaults.timeoutSeconds', '12',
                             if_hash=before)
        self.assertFiles('agents.json5', self.AGENTS.replace('10', '11'))

    def test_patch_over_several_files(self):
        self.patch('{agents: {defaults: {timeoutSeconds: 11}}, models: {mode: "replace"}}')
        self.assertUntouched(self.MAIN.replace('"merge"', '"replace"'))
        self.assertUntouched(self.AGENTS.replace('10', '11'), self.path.parent / 'agents.json5')

    def test_include_itself_is_not_expanded_by_replacing_around_it(self):
        self.patch('{models: {providers: {acme: {baseUrl: "http://127.0.0.1:9/v1",'
                   ' api: "openai-completions", models: [{id: "a"}]}}}}')
        self.assertEqual(self.value('models.providers.acme.models'), [{'id': 'a'}])
        self.assertIn(b"$include: ['sub/base.json5', 'sub/mine.json5']", self.data())
        self.assertNotIn(b'MY_KEY', self.data())

    def test_whole_include_taken_away(self):
        self.unset('agents')
        self.assertEqual(list(json5_reader.read(self.data())), ['models'])
        self.assertIsNone(self.value_or_none('agents'))


class DesktopTest(ConfigTest):
    def test_made_when_first_needed(self):
        self.start(MESSY)
        self.assertEqual(self.property('DesktopPath'), str(self.desktop_path))
        self.assertEqual(self.property('DesktopState'), 'missing')
        self.assertEqual(self.property('DesktopHash'), '')
        self.set('desktop.providers.minimax.timeouts.connectMs', '5000')
        self.set('desktop.fallback.allow', '["remote"]')
        self.assertUntouched(MESSY)
        self.assertEqual(json5_reader.read(self.data(self.desktop_path)), {
            'providers': {'minimax': {'timeouts': {'connectMs': 5000}}},
            'fallback': {'allow': ['remote']}})
        self.assertEqual(self.property('DesktopState'), 'ok')
        self.assertEqual(self.desktop_path.stat().st_mode & 0o777, 0o600)

    def test_surgical_too(self):
        self.start(MESSY)
        text = '// mine\r\n{\r\n\tfallback: { within: "any" }, // wide\r\n}\r\n'
        self.replace(self.desktop_path, text)
        self.wait_value('desktop.fallback.within', 'any')
        self.set('desktop.fallback.within', '"local"', if_hash=self.property('DesktopHash'))
        self.assertUntouched(text.replace('"any"', '"local"'), self.desktop_path)
        self.assertDBusError('ConfigConflict', self.set, 'desktop.fallback.within', '"any"',
                             if_hash='0' * 64)
        self.unset('desktop.fallback.within')
        self.assertEqual(json5_reader.read(self.data(self.desktop_path)), {'fallback': {}})
        self.assertIn(b'// mine\r\n', self.data(self.desktop_path))
        self.assertUntouched(MESSY)

    def test_left_out_of_everything(self):
        self.start(MESSY)
        self.set('desktop.fallback.within', '"local"')
        self.assertNotIn('desktop', self.value())
        self.assertEqual(self.value('desktop'), {'fallback': {'within': 'local'}})

    def test_keys_that_are_not_ours(self):
        self.start(MESSY)
        for path, json5 in (('desktop.providers.minimax.timeout', '{}'),
                            ('desktop.providers.minimax.timeouts.connectMS', '5'),
                            ('desktop.fallbakc.within', '"local"'),
                            ('desktop.model', '"x"'),
                            ('desktop.providers.minimax.timeouts.connectMs', '"soon"'),
                            ('desktop.providers.minimax.maxConcurrent', '-1'),
                            ('desktop.fallback.within', '"mars"')):
            with self.subTest(path=path, json5=json5):
                self.desktop_path.unlink(missing_ok=True)
                self.assertDBusError('InvalidArgs', self.set, path, json5)
                self.assertFalse(self.desktop_path.exists())

    def test_our_keys_never_get_into_the_shared_file(self):
        self.start(MESSY)
        for path, json5 in (('models.providers.minimax.timeouts', '{connectMs: 5}'),
                            ('models.providers.minimax.family', '"minimax"'),
                            ('agents.defaults.desktop', '{}')):
            with self.subTest(path=path):
                self.write(self.path, MESSY)
                self.assertDBusError('InvalidArgs', self.set, path, json5)
                self.assertUntouched(MESSY)

    def test_included_file(self):
        self.write(self.desktop_path, '{ providers: { $include: "p.json" } }')
        part = self.desktop_path.with_name('p.json')
        self.write(part, '{ "minimax": { "maxConcurrent": 3 } }')
        self.start(MESSY)
        self.set('desktop.providers.minimax.maxConcurrent', '4')
        self.assertUntouched('{ "minimax": { "maxConcurrent": 4 } }', part)
        self.assertUntouched('{ providers: { $include: "p.json" } }', self.desktop_path)


class RefusalTest(ConfigTest):
    """What Set does not take, and that the file is left alone then."""

    def setUp(self):
        super().setUp()
        self.start(MESSY)

    def test_arguments(self):
        for path, json5 in (('', '{}'), ('a..b', '1'), ('.a', '1'), ('a.', '1'), ('a[', '1'),
                            ('a["b', '1'), ('agents.defaults.timeoutSeconds', ''),
                            ('agents.defaults.timeoutSeconds', '{'),
                            ('agents.defaults.timeoutSeconds', '1 2'),
                            ('agents.defaults.timeoutSeconds', 'soon'),
                            ('agents.defaults.workspace', 'no quotes')):
            with self.subTest(path=path, json5=json5):
                self.assertDBusError('InvalidArgs', self.set, path, json5)
        self.assertUntouched(MESSY)

    def test_text_without_quotes(self):
        self.set('agents.defaults.workspace', 'no quotes', or_string=True)
        self.assertEqual(self.value('agents.defaults.workspace'), 'no quotes')
        self.set('agents.defaults.timeoutSeconds', '61', or_string=True)
        self.assertEqual(self.value('agents.defaults.timeoutSeconds'), 61)

    def test_keys_that_nobody_knows(self):
        for path, json5 in (('models.mdoe', '"merge"'), ('models.providers.minimax.baseURL', '"x"'),
                            ('agents.defaults.model.primray', '"x/y"'),
                            ('agents.defaults.models["a/b"].alais', '"x"'),
                            ('auth.oder', '{}'), ('modles.mode', '"merge"'),
                            ('plugins.entries.minimax-portal-auth.enable', 'true')):
            with self.subTest(path=path):
                self.write(self.path, MESSY)
                message = self.assertDBusError('InvalidArgs', self.set, path, json5)
                self.assertIn(path.rpartition('.')[2] if path[0:6] != 'modles' else 'modles',
                              message)
                self.assertUntouched(MESSY)

    def test_wrong_values(self):
        for path, json5 in (('models.mode', '"both"'), ('agents.defaults.timeoutSeconds', '"x"'),
                            ('agents.defaults.timeoutSeconds', '-5'),
                            ('agents.defaults.thinkingDefault', '"immense"'),
                            ('agents.defaults.model', '5'),
                            ('agents.defaults.model.fallbacks', '"x/y"'),
                            ('models.providers.minimax.authHeader', '"yes"'),
                            ('models.providers.minimax.models', '{}'),
                            ('models.providers.minimax.models', '[{name: "no id"}]'),
                            ('plugins.entries.x.enabled', '"true"'),
                            ('models.providers.acme', '{api: "openai-completions"}')):
            with self.subTest(path=path, json5=json5):
                self.assertDBusError('InvalidArgs', self.set, path, json5)
        self.assertUntouched(MESSY)

    def test_index(self):
        for path in ('agents.defaults.model.fallbacks[3]', 'agents.defaults.model.fallbacks[99]'):
            with self.subTest(path=path):
                self.assertDBusError('NotFound', self.set, path, '"x/y"')
        self.assertUntouched(MESSY)

    def test_path_through_a_value_that_is_no_object(self):
        for path in ('agents.defaults.timeoutSeconds.x', 'agents.defaults.workspace.x.y',
                     'agents.defaults.model.fallbacks.name'):
            with self.subTest(path=path):
                with self.assertRaises(Exception) as caught:
                    self.set(path, '1')
                self.assertIn(caught.exception.short, ('InvalidArgs', 'NotFound'))
        self.assertUntouched(MESSY)

    def test_too_deep(self):
        self.assertDBusError('InvalidArgs', self.set, 'channels.deep', '[' * 500 + ']' * 500)
        self.assertDBusError('InvalidArgs', self.set, 'channels.' + 'x.' * 500 + 'y', '1')
        self.assertUntouched(MESSY)

    def test_old_mistakes_are_no_reason_to_refuse(self):
        text = '{ models: { mdoe: 1 }, agents: { defaults: { timeoutSeconds: "x" } } }'
        self.replace(self.path, text)
        self.client.reload()
        self.set('agents.defaults.thinkingDefault', '"low"')
        self.assertEqual(json5_reader.read(self.data())['agents']['defaults'],
                         {'timeoutSeconds': 'x', 'thinkingDefault': 'low'})


if __name__ == '__main__':
    main()
