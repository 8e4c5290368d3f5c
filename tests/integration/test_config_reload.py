#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""Files that others change while the gateway runs, and what it says about it."""

import json
import shutil
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from config_case import ConfigTest, LIGHTNING, M21
from harness import main

TIMEOUT = 'agents.defaults.timeoutSeconds'


def text(seconds):
    return '{ agents: { defaults: { timeoutSeconds: %d } } }\n' % seconds


class WaysTest(ConfigTest):
    """However a file gets its new text, it is noticed, and so is the next time."""

    def assertNoticed(self, seconds):
        self.wait_value(TIMEOUT, seconds)
        self.assertEqual(self.property('State'), 'ok')

    def test_written_in_place(self):
        self.start(text(1))
        for i in range(2, 5):
            self.write(self.path, text(i))
            self.assertNoticed(i)

    def test_renamed_over(self):
        self.start(text(1))
        for i in range(2, 5):
            self.replace(self.path, text(i))
            self.assertNoticed(i)

    def test_backup_and_new_file(self):
        """As vim does with backupcopy=no: the old file is moved away, a new one is made."""
        self.start(text(1))
        for i in range(2, 4):
            self.path.rename(self.path.with_name('openclaw.json~'))
            self.write(self.path, text(i))
            self.path.with_name('openclaw.json~').unlink()
            self.assertNoticed(i)

    def test_deleted_and_made_again(self):
        self.start(text(1))
        for i in range(2, 4):
            self.path.unlink()
            self.wait_state('missing')
            self.wait_until(lambda: self.value_or_none(TIMEOUT) is None, 'no value')
            self.write(self.path, text(i))
            self.assertNoticed(i)

    def test_moved_in_from_another_folder(self):
        self.start(text(1))
        other = self.session.folder / 'other.json'
        self.write(other, text(2))
        other.rename(self.path)
        self.assertNoticed(2)

    def test_first_file(self):
        self.path.parent.mkdir(parents=True)
        self.start()
        self.write(self.path, text(2))
        self.assertNoticed(2)

    def test_first_folder(self):
        self.start()
        self.assertFalse(self.path.parent.exists())
        self.write(self.path, text(2))
        self.assertNoticed(2)
        shutil.rmtree(self.path.parent)
        self.wait_state('missing')
        self.write(self.path, text(3))
        self.assertNoticed(3)

    def test_folder_several_levels_down(self):
        place = self.session.folder / 'a' / 'b' / 'c' / 'my.json5'
        self.session.start_daemon({'OPENCLAW_CONFIG_PATH': str(place)})
        self.write(place, text(2))
        self.assertNoticed(2)

    def test_folder_is_renamed_into_place(self):
        self.start()
        other = self.session.home / 'prepared'
        self.write(other / 'openclaw.json', text(2))
        other.rename(self.path.parent)
        self.assertNoticed(2)

    def test_target_of_a_symlink(self):
        real = self.session.folder / 'dotfiles' / 'claw.json'
        self.write(real, text(1))
        self.path.parent.mkdir(parents=True)
        self.path.symlink_to(real)
        self.start()
        self.assertNoticed(1)
        self.write(real, text(2))
        self.assertNoticed(2)
        self.replace(real, text(3))
        self.assertNoticed(3)

    def test_symlink_leads_elsewhere(self):
        folder = self.session.folder / 'dotfiles'
        self.write(folder / 'one.json', text(1))
        self.write(folder / 'two.json', text(2))
        self.path.parent.mkdir(parents=True)
        self.path.symlink_to(folder / 'one.json')
        self.start()
        new = self.path.with_name('new')
        new.symlink_to(folder / 'two.json')
        new.rename(self.path)
        self.assertNoticed(2)
        self.write(folder / 'two.json', text(3))
        self.assertNoticed(3)

    def test_folder_that_is_a_symlink(self):
        real = self.session.folder / 'dotfiles'
        self.write(real / 'openclaw.json', text(1))
        self.path.parent.symlink_to(real)
        self.start()
        self.replace(real / 'openclaw.json', text(2))
        self.assertNoticed(2)

    def test_written_slowly(self):
        """Half a file is no reason to forget the settings."""
        self.start(text(1))
        with open(self.path, 'w', encoding='utf-8') as file:
            for part in ('{ agents: { defaults: ', '{ timeoutSeconds: ', '7 } ', '} }\n'):
                file.write(part)
                file.flush()
                self.client.spin(0.1)
                self.assertIn(self.value(TIMEOUT), (1, 7))
        self.assertNoticed(7)


class IncludedTest(ConfigTest):
    def setUp(self):
        super().setUp()
        self.part = self.path.parent / 'parts' / 'agents.json'
        self.whole = '{ agents: { $include: "parts/agents.json" } }'

    def agents(self, seconds):
        return '{ defaults: { timeoutSeconds: %d } }' % seconds

    def test_changed(self):
        self.write(self.part, self.agents(1))
        self.start(self.whole)
        for i in range(2, 4):
            self.write(self.part, self.agents(i))
            self.wait_value(TIMEOUT, i)
        for i in range(4, 6):
            self.replace(self.part, self.agents(i))
            self.wait_value(TIMEOUT, i)

    def test_appears(self):
        self.start(self.whole)
        self.assertEqual(self.property('State'), 'invalid')
        self.write(self.part, self.agents(2))
        self.wait_state('ok')
        self.wait_value(TIMEOUT, 2)

    def test_goes(self):
        self.write(self.part, self.agents(1))
        self.start(self.whole)
        self.part.unlink()
        self.wait_state('invalid')
        self.assertEqual(self.value(TIMEOUT), 1)
        self.write(self.part, self.agents(2))
        self.wait_value(TIMEOUT, 2)

    def test_included_from_now_on(self):
        self.start(text(1))
        self.write(self.part, self.agents(2))
        self.replace(self.path, self.whole)
        self.wait_value(TIMEOUT, 2)
        self.write(self.part, self.agents(3))
        self.wait_value(TIMEOUT, 3)

    def test_no_longer_included(self):
        self.write(self.part, self.agents(1))
        self.start(self.whole)
        self.replace(self.path, text(2))
        self.wait_value(TIMEOUT, 2)
        signals = self.watch()
        self.write(self.part, '{ broken')
        self.client.spin(0.7)
        self.assertEqual(signals.seen, [])
        self.assertEqual(self.property('State'), 'ok')


class OtherFilesTest(ConfigTest):
    """Everything that the settings are read from is watched."""

    def window(self):
        return self.client.resolve('acme/a')['context-window']

    def test_each(self):
        entry = '{ "baseUrl": "http://127.0.0.1:9/v1", "api": "openai-completions",' \
                ' "models": [ { "id": "a", "contextWindow": %d } ] }'
        state = self.path.parent
        user = self.desktop_path.parent
        self.start('{ models: { providers: { acme: { baseUrl: "http://127.0.0.1:9/v1",'
                   ' api: "openai-completions", apiKey: "x" } } } }')
        for i, (path, wrap) in enumerate((
                (self.session.folder / 'data' / 'providers.d' / 'acme.json', '%s'),
                (self.admin / 'providers.d' / 'acme.json', '%s'),
                (user / 'providers.d' / 'acme.json', '%s'),
                (state / 'models.json', '{ "providers": { "acme": %s } }'),
                (state / 'agents' / 'main' / 'agent' / 'models.json',
                 '{ "providers": { "acme": %s } }'),
                (self.admin / 'openclaw.json', '{ "models": { "providers": { "acme": %s } } }'))):
            with self.subTest(path=str(path.relative_to(self.session.folder))):
                for window in (1000 + i, 2000 + i):
                    self.replace(path, wrap % (entry % window))
                    self.wait_until(lambda: self.window() == window, f'{window} from {path}')

    def test_taken_away(self):
        path = self.desktop_path.parent / 'providers.d' / 'acme.json'
        self.write(path, '{ "baseUrl": "http://127.0.0.1:9/v1", "api": "openai-completions",'
                         ' "needsKey": false, "models": [ { "id": "a" } ] }')
        self.start('{}')
        self.assertEqual(len(self.client.list_models(provider='acme', all=True)), 1)
        signals = self.watch()
        path.unlink()
        signals.wait_for('ModelsChanged')
        self.assertNotIn('acme', {m['provider'] for m in self.client.list_models(all=True)})

    def test_dotenv(self):
        self.start('{}')
        self.assertIs(self.client.get('Ready'), False)
        signals = self.watch()
        self.write(self.path.parent / '.env', 'MINIMAX_API_KEY=sk-test\n')
        signals.wait_for('ModelsChanged')
        self.assertIs(self.client.resolve(M21)['available'], True)
        (self.path.parent / '.env').unlink()
        self.wait_until(lambda: M21 not in {m['ref'] for m in self.client.list_models()},
                        'the key to be gone')

    def test_desktop(self):
        self.write(self.admin / 'desktop.json', '{ fallback: { within: "region" } }')
        self.start('{}')
        self.assertEqual(self.value('desktop.fallback.within'), 'region')
        self.replace(self.desktop_path, '{ fallback: { within: "local" } }')
        self.wait_value('desktop.fallback.within', 'local')
        self.replace(self.admin / 'desktop.json', '{ fallback: { within: "any" } }')
        self.desktop_path.unlink()
        self.wait_value('desktop.fallback.within', 'any')


class SignalTest(ConfigTest):
    FILE = '''{
  agents: { defaults: { model: { primary: "minimax/MiniMax-M2.1", fallbacks: [] },
                        timeoutSeconds: 1 } },
  models: { providers: { minimax: { baseUrl: "%s", apiKey: "sk-x" } } },
  channels: { telegram: { enabled: true } }, // comment
}
'''

    def setUp(self):
        super().setUp()
        self.text = self.FILE % self.provider.url()
        self.start(self.text)
        # What follows from the start is over when the servers on this machine have been asked.
        self.client.spin(0.5)
        self.watch()

    def edit(self, old, new):
        self.assertEqual(self.text.count(old), 1)
        self.replace(self.path, self.text.replace(old, new))

    def settled(self):
        """All signals after the first Changed, once no more come."""
        self.signals.wait_for('Changed')
        self.client.spin(0.7)
        return self.signals

    def test_value_that_is_not_about_models(self):
        self.edit('timeoutSeconds: 1', 'timeoutSeconds: 2')
        signals = self.settled()
        self.assertEqual([s[3][0] for s in signals.named('Changed')], [[TIMEOUT]])
        self.assertEqual(signals.named('ModelsChanged'), [])
        self.assertEqual(self.changed_property('DefaultModel'), [])

    def test_foreign_value(self):
        self.edit('enabled: true', 'enabled: false')
        signals = self.settled()
        self.assertEqual([s[3][0] for s in signals.named('Changed')],
                         [['channels.telegram.enabled']])
        self.assertEqual(signals.named('ModelsChanged'), [])

    def test_comment(self):
        self.edit('// comment', '// another')
        self.wait_until(lambda: self.changed_property('Hash'), 'PropertiesChanged of Hash')
        self.client.spin(0.7)
        self.assertEqual(self.changed_paths(), [])
        self.assertEqual(self.signals.named('ModelsChanged'), [])

    def test_default_model(self):
        self.edit(M21, LIGHTNING)
        signals = self.settled()
        self.assertEqual(self.changed_paths(), ['agents.defaults.model.primary'])
        self.assertEqual(self.changed_property('DefaultModel'), [LIGHTNING])
        self.assertEqual(self.changed_property('FallbackModels'), [])
        # "default" is a field of the records in the list.
        self.assertEqual(len(signals.named('ModelsChanged')), 1)

    def test_fallbacks(self):
        self.edit('fallbacks: []', f'fallbacks: ["{LIGHTNING}"]')
        self.settled()
        self.assertTrue(all(p.startswith('agents.defaults.model.fallbacks')
                            for p in self.changed_paths()), self.changed_paths())
        self.assertEqual(self.changed_property('FallbackModels'), [[LIGHTNING]])
        self.assertEqual(self.changed_property('DefaultModel'), [])

    def test_new_provider(self):
        self.edit('models: { providers: {', 'models: { providers: { acme: { baseUrl: '
                  '"http://127.0.0.1:9/v1", api: "openai-completions", models: [{ id: "a" }] },')
        signals = self.settled()
        self.assertEqual(len(signals.named('ModelsChanged')), 1)
        self.assertTrue(all(p.startswith('models.providers.acme') for p in self.changed_paths()),
                        self.changed_paths())
        self.assertEqual(self.client.resolve('acme/a')['listed'], True)

    def test_ready(self):
        self.edit('apiKey: "sk-x"', 'apiKey: "${NOT_THERE}"')
        self.settled()
        self.assertEqual(self.changed_property('Ready'), [False])
        self.assertEqual(len(self.signals.named('ModelsChanged')), 1)

    def test_file_goes(self):
        self.path.unlink()
        self.wait_state('missing')
        self.wait_until(lambda: self.changed_property('DefaultModel') == [''], 'no default')
        self.wait_until(lambda: self.changed_property('State') == ['missing'], 'State')
        self.assertEqual(self.changed_property('Hash'), [''])

    def test_many_changes_beneath_one_object(self):
        lines = ', '.join(f'"m/{i}": {{}}' for i in range(2000))
        self.edit('timeoutSeconds: 1', 'timeoutSeconds: 1, models: { %s }' % lines)
        self.settled()
        self.assertLess(len(self.changed_paths()), 200)
        self.assertTrue(all(p.startswith('agents.defaults.models') for p in self.changed_paths()))

    def test_secret_values_are_told_as_places(self):
        self.edit('apiKey: "sk-x"', 'apiKey: "sk-y"')
        self.settled()
        self.assertEqual(self.changed_paths(), ['models.providers.minimax.apiKey'])


class ManyTest(ConfigTest):
    def test_rapid_changes(self):
        self.start(text(0))
        signals = self.watch()
        for i in range(1, 101):
            (self.replace if i % 2 else self.write)(self.path, text(i))
        self.wait_value(TIMEOUT, 100)
        self.client.spin(1)
        self.assertEqual(self.value(TIMEOUT), 100)
        self.assertLessEqual(len(signals.named('Changed')), 10)
        self.assertEqual(self.property('State'), 'ok')

    def test_changes_that_never_end_are_noticed_all_the_same(self):
        """A debounce that starts anew with each change would wait for ever."""
        self.start(text(0))
        deadline = time.monotonic() + 15
        i = 0
        while time.monotonic() < deadline:
            i += 1
            self.replace(self.path, text(i))
            if self.value_or_none(TIMEOUT) > 0:
                break
            time.sleep(0.01)
        self.assertGreater(self.value(TIMEOUT), 0)

    def test_others_files_in_the_folder(self):
        self.start(text(1))
        signals = self.watch()
        for i in range(50):
            self.write(self.path.parent / f'session-{i}.jsonl', 'x')
        self.client.spin(0.7)
        self.assertEqual(signals.seen, [])

    def test_own_writes_among_those_of_others(self):
        self.start(text(1))
        for i in range(30):
            self.set('channels.a', str(i))
            self.write(self.path.parent / 'other', str(i))
        self.assertEqual(self.value('channels.a'), 29)
        self.assertEqual(self.value(TIMEOUT), 1)


class RunningTest(ConfigTest):
    def entry(self, scenario):
        return {'models': {'providers': {'minimax': self.session.entry(scenario)}},
                'agents': {'defaults': {'model': {'primary': M21}}}}

    def test_request_ends_with_what_it_began_with(self):
        self.start()
        self.write(self.path, self.entry('paced-300'))
        self.client.reload()
        path, events = self.client.stream('hello')
        events.wait_for('text')
        # Another server, another default, then nothing that could be read at all.
        other = self.entry('500')
        other['agents']['defaults']['model']['primary'] = LIGHTNING
        self.replace(self.path, json.dumps(other))
        self.wait_until(lambda: self.client.get('DefaultModel') == LIGHTNING, 'the new default')
        self.replace(self.path, '{ broken')
        self.wait_state('invalid')
        end = events.rest(30)[-1]
        self.assertEqual((end['type'], end.get('model')), ('end', M21))

    def test_request_that_fails_over_uses_its_own_fallbacks(self):
        self.start()
        config = self.entry('anthropic')
        server = SlowFailure()
        self.addCleanup(server.stop)
        config['models']['providers']['minimax']['baseUrl'] = server.base_url
        config['models']['providers']['second'] = self.session.entry('anthropic', models=['S-1'])
        config['agents']['defaults']['model']['fallbacks'] = ['second/S-1']
        self.write(self.path, config)
        self.client.reload()
        path, events = self.client.stream('hello')
        self.wait_until(lambda: server.asked.is_set(), 'the request')
        self.path.unlink()
        self.wait_state('missing')
        self.assertEqual(self.client.get('FallbackModels'), [])
        server.release.set()
        end = events.rest(30)[-1]
        self.assertEqual((end['type'], end.get('model')), ('end', 'second/S-1'))


class SlowFailure(ThreadingHTTPServer):
    """Answers each POST with an error, but not before it is told to."""

    daemon_threads = True

    def __init__(self):
        self.asked = threading.Event()
        self.release = threading.Event()
        super().__init__(('127.0.0.1', 0), self.Handler)
        self.base_url = f'http://127.0.0.1:{self.server_address[1]}/anthropic'
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    def handle_error(self, request, client_address):
        pass

    def stop(self):
        self.release.set()
        self.shutdown()
        self.server_close()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *arguments):
            pass

        def do_POST(self):
            self.rfile.read(int(self.headers['Content-Length']))
            self.server.asked.set()
            self.server.release.wait(30)
            body = b'{"type":"error","error":{"type":"authentication_error","message":"no"}}'
            self.send_response(401)
            self.send_header('Content-Type', 'application/json')
            self.send_header('Content-Length', str(len(body)))
            self.end_headers()
            self.wfile.write(body)


if __name__ == '__main__':
    main()
