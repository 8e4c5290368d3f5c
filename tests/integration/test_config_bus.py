#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""org.openclaw.Gateway.Config: Get, hashes and conflicts, properties and signals."""

import hashlib
import json

from gi.repository import GLib

from client import variant
from config_case import ConfigTest, LIGHTNING, M21
from harness import main

TEXT = '''{
  agents: { defaults: { model: { primary: "%s" }, timeoutSeconds: 60,
    models: { "%s": { alias: "mini" }, "a.b/c.d": {} } } },
  list: [ { name: "zero" }, { name: "one" } ],
  big: 12345678901234567890, channels: { small: 1.5 }, hex: 0x10, text: "quote \\" slash \\\\ 世界",
}
''' % (M21, M21)


def digest(text):
    return hashlib.sha256(text if isinstance(text, bytes) else text.encode('utf-8')).hexdigest()


class GetTest(ConfigTest):
    def setUp(self):
        super().setUp()
        self.start(TEXT)

    def test_paths(self):
        for path, expected in (
                ('agents.defaults.timeoutSeconds', 60),
                ('agents["defaults"]["timeoutSeconds"]', 60),
                (f'agents.defaults.models["{M21}"].alias', 'mini'),
                ('agents.defaults.models["a.b/c.d"]', {}),
                ('list[1].name', 'one'), ('list', [{'name': 'zero'}, {'name': 'one'}]),
                ('hex', 16), ('channels.small', 1.5), ('text', 'quote " slash \\ 世界')):
            with self.subTest(path=path):
                self.assertEqual(self.value(path), expected)

    def test_everything(self):
        value = self.value('')
        self.assertEqual(list(value), ['agents', 'list', 'big', 'channels', 'hex', 'text'])

    def test_what_is_not_there(self):
        for path in ('nothing', 'agents.nothing', 'list[2]', 'agents.defaults.timeoutSeconds.x',
                     'desktop.fallback'):
            with self.subTest(path=path):
                self.assertIn(path, self.assertDBusError('NotFound', self.value, path))

    def test_what_is_no_path(self):
        for path in ('a..b', '.a', 'a.', 'a[', 'a["b', 'a[b'):
            with self.subTest(path=path):
                self.assertDBusError('InvalidArgs', self.value, path)


class HashTest(ConfigTest):
    def test_of_the_file(self):
        self.start(TEXT)
        self.assertEqual(self.property('Path'), str(self.path))
        self.assertEqual(self.property('Hash'), digest(TEXT))
        self.set('agents.defaults.timeoutSeconds', '61')
        self.assertEqual(self.property('Hash'), digest(self.data()))

    def test_without_a_file(self):
        self.start()
        self.assertEqual(self.property('Hash'), '')
        self.assertEqual(self.property('State'), 'missing')

    def test_follows_the_place(self):
        for variable, name in (('OPENCLAW_CONFIG_PATH', 'elsewhere/my.json5'),
                               ('OPENCLAW_STATE_DIR', 'state')):
            with self.subTest(variable=variable):
                place = self.session.folder / name
                path = place if name.endswith('5') else place / 'openclaw.json'
                self.write(path, TEXT.replace('60', '66'))
                self.session.start_daemon({variable: str(place)})
                self.assertEqual(self.property('Path'), str(path))
                self.assertEqual(self.value('agents.defaults.timeoutSeconds'), 66)
                self.assertEqual(self.session.stop_daemon(), 0)

    def test_condition(self):
        self.start(TEXT)
        old = self.property('Hash')
        for call in (lambda h: self.set('agents.defaults.timeoutSeconds', '70', if_hash=h),
                     lambda h: self.unset('channels.small', if_hash=h),
                     lambda h: self.patch('{channels: {small: 2.5}}', if_hash=h),
                     lambda h: self.replace_text(TEXT.replace('60', '71'), if_hash=h)):
            before = self.data()
            for wrong in ('0' * 64, 'nonsense', ''):
                self.assertDBusError('ConfigConflict', call, wrong)
            self.assertUntouched(before)
            call(self.property('Hash'))
            self.assertNotEqual(self.data(), before)
            after = self.data()
            self.assertDBusError('ConfigConflict', call, old)
            self.assertUntouched(after)

    def test_edited_by_somebody_else_in_between(self):
        self.start(TEXT)
        old = self.property('Hash')
        edited = TEXT.replace('small: 1.5', 'small: 1.75')
        self.write(self.path, edited)
        message = self.assertDBusError('ConfigConflict', self.set,
                                       'agents.defaults.timeoutSeconds', '70', if_hash=old)
        self.assertIn('openclaw.json', message)
        self.assertUntouched(edited)
        # Without a condition the edit of the other one is kept too.
        self.set('agents.defaults.timeoutSeconds', '70')
        self.assertUntouched(edited.replace('60', '70'))

    def test_empty_hash_means_no_file(self):
        self.start()
        self.set('agents.defaults.timeoutSeconds', '5', if_hash='')
        self.assertDBusError('ConfigConflict', self.set, 'agents.defaults.timeoutSeconds', '6',
                             if_hash='')

    def test_many_writers_and_one_hash(self):
        self.start(TEXT)
        now = self.property('Hash')
        calls = []
        for i in range(20):
            client = self.session.connect()
            calls.append((i, client, client.start_call(
                'Set', '(ssa{sv})', 'agents.defaults.timeoutSeconds', str(100 + i),
                {'if-hash': _string(now)}, interface='org.openclaw.Gateway.Config')))
        results = [(i, c.wait_done(done)) for i, c, done in calls]
        won = [i for i, r in results if not isinstance(r, Exception)]
        self.assertEqual(len(won), 1)
        self.assertEqual({r.short for i, r in results if i not in won}, {'ConfigConflict'})
        self.assertUntouched(TEXT.replace('60', str(100 + won[0])))

    def test_many_writers_without_one(self):
        self.start(TEXT)
        calls = []
        for i in range(20):
            client = self.session.connect()
            calls.append((client, client.start_call(
                'Set', '(ssa{sv})', f'channels.c{i}', str(i), {},
                interface='org.openclaw.Gateway.Config')))
        for client, done in calls:
            self.assertEqual(client.wait_done(done), ())
        self.assertEqual(self.value('channels'), {'small': 1.5,
                                                  **{f'c{i}': i for i in range(20)}})


def _string(text):
    return variant(text)


class OptionsTest(ConfigTest):
    def test_unknown_and_wrong_options(self):
        self.start(TEXT)
        self.set('agents.defaults.timeoutSeconds', '61', unheard_of=True)
        for options in ({'if_hash': 5}, {'or_string': 'yes'}, {'locale': 7}):
            with self.subTest(options=options):
                message = self.assertDBusError('InvalidArgs', self.set,
                                               'agents.defaults.timeoutSeconds', '62', **options)
                self.assertIn(list(options)[0].replace('_', '-'), message)
        self.assertUntouched(TEXT.replace('60', '61'))

    def test_descriptor_that_is_not_there(self):
        self.start(TEXT)
        for method, signature, arguments in (
                ('Set', '(ssa{sv})', ('channels.small', '')), ('Patch', '(sa{sv})', ('',)),
                ('Validate', '(a{sv})', ())):
            name = 'text' if method == 'Validate' else 'value'
            with self.subTest(method=method):
                self.assertDBusError('InvalidArgs', self._call, method, signature, *arguments,
                                     {name: GLib.Variant('h', 7)})
        self.assertUntouched(TEXT)

    def test_text_and_descriptor_at_once(self):
        self.start(TEXT)
        self.assertDBusError('InvalidArgs', self._from_fd, 'Set', '(ssa{sv})',
                             ('channels.small', '2'), '3', {})
        self.assertUntouched(TEXT)

    def test_languages(self):
        self.start('{ agents: ')
        english = self.assertDBusError('ConfigInvalid', self.set, 'models.mode', '"merge"')
        chinese = self.assertDBusError('ConfigInvalid', self.set, 'models.mode', '"merge"',
                                       locale='zh_TW.UTF-8')
        self.assertIn('openclaw.json:1:', english)
        self.assertIn('openclaw.json:1:', chinese)


class SignalTest(ConfigTest):
    def setUp(self):
        super().setUp()
        self.start(TEXT, {'MINIMAX_API_KEY': 'sk-x'})
        self.client.spin(0.3)
        self.watch()

    def test_set(self):
        self.set('agents.defaults.timeoutSeconds', '61')
        self.assertEqual(self.signals.wait_for('Changed')[3],
                         (['agents.defaults.timeoutSeconds'],))
        self.wait_until(lambda: self.changed_property('Hash'), 'PropertiesChanged of Hash')
        self.assertEqual(self.changed_property('Hash')[-1], digest(self.data()))
        self.client.spin(0.7)
        # The monitor sees the gateway's own write, and says nothing more.
        self.assertEqual(len(self.signals.named('Changed')), 1)
        self.assertEqual(self.signals.named('ModelsChanged'), [])

    def test_desktop(self):
        self.set('desktop.fallback.within', '"local"')
        path = self.signals.wait_for('Changed')[3][0][0]
        self.assertTrue('desktop.fallback.within'.startswith(path) and
                        path.startswith('desktop'), path)
        self.wait_until(lambda: self.changed_property('DesktopHash'), 'DesktopHash')
        self.assertIn('ok', self.changed_property('DesktopState'))
        self.assertEqual(self.changed_property('Hash'), [])

    def test_nothing_changes(self):
        self.set('agents.defaults.timeoutSeconds', '60')
        self.client.reload()
        self.client.spin(0.7)
        self.assertEqual(self.signals.seen, [])

    def test_default_model(self):
        self.client.call('SetDefaultModel', '(sa{sv})', M21, {})
        self.assertEqual(self.signals.named('Changed'), [])
        self.set('agents.defaults.model.primary', f'"{LIGHTNING}"')
        self.assertEqual(self.signals.wait_for('Changed')[3], (['agents.defaults.model.primary'],))
        self.wait_until(lambda: self.changed_property('DefaultModel'), 'DefaultModel')

    def test_signals_come_before_the_reply(self):
        done = self.client.start_call('Set', '(ssa{sv})', 'channels.small', '7', {},
                                      interface='org.openclaw.Gateway.Config')
        self.assertEqual(self.client.wait_done(done), ())
        self.assertEqual(self.value('channels.small'), 7)

    def test_reload_without_a_change_of_the_file(self):
        self.client.reload()
        self.client.reload()
        self.client.spin(0.5)
        self.assertEqual(self.signals.named('Changed'), [])


class PrintTest(ConfigTest):
    """Get() answers strict JSON whatever the file holds."""

    def test_numbers_that_are_no_json(self):
        self.start('{ a: Infinity, b: -Infinity, c: NaN, d: +1, e: .5, f: 5., g: 0xff }')
        text = self._call('Get', '(sa{sv})', '', {})

        def refuse(word):
            raise AssertionError(f'{word} is no JSON')

        value = json.loads(text, parse_constant=refuse)
        self.assertEqual((value['d'], value['e'], value['f'], value['g']), (1, 0.5, 5, 255))


if __name__ == '__main__':
    main()
