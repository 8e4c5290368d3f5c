# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""From nothing to a model: onboard and configure, with keys, on a terminal and without one."""

import json
import re
from urllib.parse import urlsplit

import paths
from fake_host import ALWAYS, FakeHost, Reply
from harness import main
from login_case import LoginTest, plain_config, write_drop_in
from model_server import ModelServer, openai_list

M21 = 'minimax/MiniMax-M2.1'
PROFILE = 'minimax:default'
DATA = paths.HERE.parents[1] / 'data' / 'providers'
KEY_CHOICES = {'apiKey': 'anthropic', 'openai-api-key': 'openai', 'moonshot-api-key': 'moonshot',
               'moonshot-api-key-cn': 'moonshot', 'zai-api-key': 'zai',
               'openrouter-api-key': 'openrouter', 'gemini-api-key': 'google'}
CHINESE = re.compile('[\u4e00-\u9fff]')


class OnboardTest(LoginTest):
    plugin = False
    primary = None
    environ = {'COLUMNS': '80'}

    def setUp(self):
        start, self.started = self.started, False
        super().setUp()
        # Nothing of this test may leave the machine, whatever it asks for.
        self.others = FakeHost('others', self.answer_others, '127.0.0.7')
        self.addCleanup(self.others.stop)
        for file in DATA.glob('*.json'):
            if file.stem not in ('minimax', 'minimax-portal', 'lmstudio', 'ollama'):
                self.lead_away(file)
        if start:
            self.session.start_daemon()

    def lead_away(self, file):
        data = json.loads(file.read_text('utf-8'))

        def away(url):
            return self.others.origin + urlsplit(url).path

        regions = {name: {'baseUrl': away(r['baseUrl'])}
                   for name, r in data.get('regions', {}).items()}
        quota = data.get('quota', {}).get('regions', {})
        drop_in = {'baseUrl': away(data['baseUrl']), 'class': data['class']}
        if regions:
            drop_in['regions'] = regions
        if quota:
            drop_in['quota'] = {'regions': {n: {'planUrls': [self.others.origin + '/remains']}
                                            for n in quota}}
        login = data.get('login', {}).get('regions', {})
        if login:
            drop_in['login'] = {'regions': {n: {k: away(v) for k, v in r.items() if 'Url' in k}
                                            for n, r in login.items()}}
        write_drop_in(self.session, file.stem, drop_in)

    @staticmethod
    def answer_others(request):
        if request.method == 'GET':
            return Reply(200, {'object': 'list', 'data': []})
        return Reply(400, {'error': {'type': 'invalid_request_error', 'message': 'no model'}})

    def onboard(self, choice='minimax-api', *options, key='', **more):
        return self.session.ctl('onboard', '--non-interactive', '--auth-choice', choice, *options,
                                stdin=key, **more)

    def state(self):
        """What a run without a result must not have changed."""
        files = {str(f.relative_to(self.session.folder)): f.read_bytes()
                 for f in self.session.config_path.parent.rglob('*') if f.is_file()}
        return files, self.session.keyring.items(), self.session.keyring.secrets()

    def primary_model(self):
        model = self.config().get('agents', {}).get('defaults', {}).get('model', {})
        return model if isinstance(model, str) else model.get('primary')

    def assertAnswers(self, model=M21, region='global'):
        self.assertEqual(self.client.complete('hi', model)['text'], 'hello from MiniMax')
        self.assertTrue(self.world.region[region].message_requests())


class KeyTest(OnboardTest):
    def test_key_on_stdin(self):
        key = self.world.make_key('global')
        done = self.onboard(key=key + '\n')
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.primary_model(), M21)
        self.assertEqual(self.session.keyring.secrets(), [key.encode()])
        self.assertEqual(self.session.keyring.items()[0]['profile'], PROFILE)
        self.assertEqual(self.here.behaviour.messages, 0, 'the check cost tokens')
        self.assertEqual(self.session.find_secret(key), [])
        self.assertAnswers()
        self.assertIn('hello from MiniMax', self.ctl('ask', 'hi').stdout)
        self.assertEqual(self.world.leaks(), [])

    def test_it_was_checked(self):
        self.onboard(key=self.world.make_key('global'))
        self.assertTrue([r for r in self.here.api.requests if r.bearer])

    def test_key_from_the_environment(self):
        key = self.world.make_key('global')
        done = self.onboard('minimax-api', '--from-env', environ={'MINIMAX_API_KEY': key})
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.session.keyring.secrets(), [key.encode()])
        self.assertAnswers()

    def test_environment_without_a_key(self):
        before = self.state()
        done = self.onboard('minimax-api', '--from-env')
        self.assertNotEqual(done.returncode, 0)
        self.assertIn('MINIMAX_API_KEY', done.stderr)
        self.assertEqual(self.state(), before)

    def test_no_key(self):
        for text in ('', '\n', '  \n'):
            before = self.state()
            self.assertNotEqual(self.onboard(key=text).returncode, 0)
            self.assertEqual(self.state(), before)

    def test_other_names(self):
        for choice in ('minimax-cloud', 'minimax-global-api', 'minimax-api-lightning'):
            with self.subTest(choice=choice):
                done = self.onboard(choice, key=self.world.make_key('global'))
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertAnswers()
        self.assertEqual(len(self.session.keyring.items()), 1)

    def test_china(self):
        key = self.world.make_key('cn')
        done = self.onboard('minimax-cn-api', key=key)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertAnswers(region='cn')
        self.assertEqual(self.world.leaks(), [])
        self.assertEqual(self.here.api.requests, [])

    def test_default_that_there_is_stays(self):
        self.session.write_config(plain_config(False, agents={'defaults': {
            'model': {'primary': 'anthropic/claude-opus-4-6'}}}))
        self.client.reload()
        self.assertEqual(self.onboard(key=self.world.make_key('global')).returncode, 0)
        self.assertEqual(self.primary_model(), 'anthropic/claude-opus-4-6')

    def test_comments_stay(self):
        self.session.write_config('// mine\n{\n  // why\n  "models": { "mode": "merge" },\n}\n')
        self.client.reload()
        self.assertEqual(self.onboard(key=self.world.make_key('global')).returncode, 0)
        self.assertMentions(self.session.config_path.read_text(), '// mine', '// why')

    def test_without_a_file(self):
        self.session.config_path.unlink()
        self.client.reload()
        self.assertEqual(self.onboard(key=self.world.make_key('global')).returncode, 0)
        self.assertEqual(self.primary_model(), M21)
        self.assertAnswers()

    def test_twice(self):
        key = self.world.make_key('global')
        self.onboard(key=key)
        before = self.session.config_path.read_bytes()
        self.assertEqual(self.onboard(key=key).returncode, 0)
        self.assertEqual(self.session.config_path.read_bytes(), before)
        self.assertEqual(self.session.keyring.secrets(), [key.encode()])

    def test_json(self):
        done = self.onboard('minimax-api', '--json', key=self.world.make_key('global'))
        self.assertIsInstance(json.loads(done.stdout), dict)


class RefusedTest(OnboardTest):
    def test_bad_key(self):
        for how in ('401', '1004', '2049'):
            with self.subTest(how=how):
                for region in self.world.region.values():
                    region.behaviour.bad_key = how
                before = self.state()
                done = self.onboard(key='fake-key-of-nobody')
                self.assertEqual(done.returncode, 4, done.stderr)
                self.assertNotIn('fake-key-of-nobody', done.stdout + done.stderr)
                self.assertEqual(self.state(), before)

    def test_network_failure_is_a_warning(self):
        key = self.world.make_key('global')
        for how in ('drop', 503, 429, 'html'):
            with self.subTest(how=how):
                self.here.api.fail('', how, ALWAYS)
                done = self.onboard(key=key)
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertTrue(done.stderr.strip(), 'no warning')
                self.assertEqual(self.session.keyring.secrets(), [key.encode()])
                self.here.recover()
                self.client.remove_credential(PROFILE)

    def test_no_server(self):
        key = self.world.make_key('global')
        self.here.api.stop()
        self.assertEqual(self.onboard(key=key).returncode, 0)
        self.here.api.start()
        self.assertAnswers()

    def test_wrong_region_without_a_terminal(self):
        before = self.state()
        done = self.onboard(key=self.world.make_key('cn'))
        self.assertNotEqual(done.returncode, 0)
        self.assertRegex(done.stderr, r'(?i)china|\bcn\b')
        self.assertIn('cn', done.stderr)
        self.assertEqual(self.state(), before)

    def test_wrong_region_on_a_terminal(self):
        key = self.world.make_key('cn')
        child = self.terminal('onboard', '--auth-choice', 'minimax-api')
        self.assertEqual(child.converse([('key', key + '\n'), ('china|cn', 'y\n')]), 0, child.text)
        self.assertNotIn(key, child.text)
        self.assertAnswers(region='cn')
        self.assertFalse(self.here.message_requests())

    def test_key_in_the_arguments(self):
        before = self.state()
        for option in (('--minimax-api-key', 'fake-key-in-argv'),
                       ('--minimax-api-key=fake-key-in-argv',),
                       ('--anthropic-api-key', 'fake-key-in-argv'),
                       ('--token', 'fake-key-in-argv')):
            with self.subTest(option=option):
                done = self.session.ctl('onboard', '--non-interactive', '--auth-choice',
                                        'minimax-api', *option)
                self.assertEqual(done.returncode, 2, done.stderr)
                self.assertIn('--from-env', done.stderr)
                self.assertNotIn('fake-key-in-argv', done.stderr)
        self.assertEqual(self.state(), before)
        self.assertEqual(self.world.requests(), [])

    def test_unknown_choice(self):
        done = self.onboard('minimax-apii')
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn('minimax-api', done.stderr)

    def test_logins_want_a_terminal_or_at_least_somebody(self):
        done = self.onboard('minimax-portal')
        self.assertNotEqual(done.returncode, 0)
        self.assertTrue(done.stderr)

    def test_keyring_that_is_locked(self):
        self.session.keyring.add('Another', {'xdg:schema': 'org.example'}, 'nothing')
        self.session.keyring.lock()
        before = self.session.config_path.read_bytes()
        done = self.onboard(key=self.world.make_key('global'))
        self.assertEqual(done.returncode, 4, done.stderr)
        self.assertEqual(self.session.config_path.read_bytes(), before)

    def test_broken_file(self):
        self.session.write_config('{ "models": ')
        self.assertDBusError('ConfigInvalid', self.client.reload)
        before = self.state()
        done = self.onboard(key=self.world.make_key('global'))
        self.assertEqual(done.returncode, 8, done.stderr)
        self.assertEqual(self.state(), before)


class ChoicesTest(OnboardTest):
    def test_all_keys(self):
        for choice, provider in KEY_CHOICES.items():
            with self.subTest(choice=choice):
                done = self.onboard(choice, key=f'fake-key-for-{choice}')
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertTrue([p for p in self.listed() if p.startswith(provider)])

    def test_they_are_listed_on_the_bus(self):
        listed = self.client.call('ListAuthChoices', '(a{sv})', {},
                                  interface='org.openclaw.Gateway.Credentials')
        words = {w for c in listed for w in (c['choice'], *c.get('aliases', []))}
        self.assertLessEqual({*KEY_CHOICES, 'minimax-portal', 'minimax-api', 'minimax-cloud',
                              'minimax-api-lightning', 'minimax-global-oauth', 'minimax-cn-oauth',
                              'minimax-global-api', 'minimax-cn-api'}, words)
        for choice in listed:
            self.assertTrue(choice['label'] and choice['provider'] and choice['method'])

    def test_skip(self):
        before = self.state()
        done = self.onboard('skip')
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.state(), before)

    def test_lm_studio(self):
        server = ModelServer(openai_list('minimax-m2.1-gs32'))
        self.addCleanup(server.stop)
        self.session.write_config({'models': {'mode': 'merge', 'providers': {
            'lmstudio': {'baseUrl': server.base_url, 'models': []},
            'ollama': {'baseUrl': 'http://127.0.0.1:9/v1'}}}})
        self.client.reload()
        done = self.onboard('minimax')
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertTrue((self.primary_model() or '').startswith('lmstudio/'), self.config())
        self.assertEqual(self.session.keyring.items(), [])


class TerminalTest(OnboardTest):
    def test_choices_are_asked_for(self):
        key = self.world.make_key('global')
        child = self.terminal('onboard')
        status = child.converse([(r'MiniMax M2\.1', r'MiniMax M2\.1'), ('global', 'global'),
                                 (r'\bkey', key + '\n')])
        self.assertEqual(status, 0, child.text)
        self.assertNotIn(key, child.text)
        self.assertEqual(self.session.keyring.secrets(), [key.encode()])
        self.assertAnswers()

    def test_nothing_is_written_before_the_end(self):
        """At each question everything is as it was, and Ctrl-C leaves it so."""
        before = self.state()
        key = self.world.make_key('global')
        for stop_at in range(12):
            child = self.terminal('onboard', '--auth-choice', 'minimax-api')
            for _ in range(stop_at):
                said = child.wait_for_question()
                if said is None:
                    break
                child.answer(key + '\n' if 'key' in said.lower() and key not in child.raw.decode()
                             and not re.search('minimax-m', said, re.I) else '\n')
            if child.wait_for_question() is None:
                self.assertGreater(stop_at, 0)
                return
            self.assertEqual(self.state(), before, child.text)
            child.press_ctrl_c()
            self.assertEqual(child.wait(), 130, child.text)
            self.assertEqual(self.state(), before)

    def test_end_of_input(self):
        before = self.state()
        child = self.terminal('onboard', '--auth-choice', 'minimax-api')
        child.wait_for_question()
        child.answer('\x04')
        self.assertNotEqual(child.wait(), 0)
        self.assertEqual(self.state(), before)

    def test_wrong_answers(self):
        child = self.terminal('onboard')
        for answer in ('99\n', '-1\n', 'abc\n', '\x1b[A\n', 'x' * 3000 + '\n'):
            self.assertIsNotNone(child.wait_for_question())
            child.answer(answer)
        child.wait_for_question()
        child.press_ctrl_c()
        self.assertEqual(child.wait(), 130)

    def test_in_a_pipe(self):
        """Questions without a terminal: a key on a line is an answer."""
        key = self.world.make_key('global')
        done = self.session.ctl('onboard', '--auth-choice', 'minimax-api', stdin=key + '\n' * 20)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertNotIn('\x1b', done.stdout + done.stderr)
        self.assertAnswers()

    def test_width(self):
        child = self.terminal('onboard')
        child.wait_for_question()
        self.assertLessEqual(max(len(line) for line in child.text.splitlines()), 80)
        child.press_ctrl_c()
        child.wait()

    def test_terminal_gets_its_echo_back(self):
        child = self.terminal('onboard', '--auth-choice', 'minimax-api')
        child.wait_for_question()
        self.assertFalse(child.echoes(), 'a key would be seen')
        child.press_ctrl_c()
        child.wait()
        self.assertTrue(child.echoes())


class ConfigureTest(OnboardTest):
    def test_words_of_the_seed(self):
        """configure, Model/auth, MiniMax M2.1, and the default model when asked."""
        key = self.world.make_key('global')
        child = self.terminal('configure')
        child.choose('model.*auth')
        child.choose(r'MiniMax M2\.1(?! *Lightning)')
        child.answer('')
        status = child.converse([(r'\bkey', key + '\n')])
        self.assertEqual(status, 0, child.text)
        self.assertEqual(self.primary_model(), M21)
        self.assertEqual(self.session.keyring.secrets(), [key.encode()])
        self.assertAnswers()

    def test_ctrl_c(self):
        before = self.state()
        child = self.terminal('configure')
        child.wait_for_question()
        child.press_ctrl_c()
        self.assertEqual(child.wait(), 130)
        self.assertEqual(self.state(), before)


class LanguageTest(OnboardTest):
    def test_prompts(self):
        for language in ('zh_CN', 'zh_TW'):
            with self.subTest(language=language):
                child = self.terminal('onboard', environ={'LANG': f'{language}.UTF-8',
                                                          'LANGUAGE': language})
                child.wait_for_question()
                self.assertRegex(child.text, CHINESE)
                child.press_ctrl_c()
                self.assertEqual(child.wait(), 130)

    def test_keys(self):
        for language in ('en_US', 'zh_CN', 'zh_TW'):
            with self.subTest(language=language):
                environ = {'LANG': f'{language}.UTF-8', 'LANGUAGE': language}
                done = self.onboard(key=self.world.make_key('global'), environ=environ)
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertEqual(bool(CHINESE.search(done.stdout + done.stderr)),
                                 language != 'en_US')
                done = self.onboard(key='fake-key-of-nobody', environ=environ)
                self.assertEqual(done.returncode, 4)
                self.assertEqual(bool(CHINESE.search(done.stderr)), language != 'en_US')

    def test_plain_ascii_locale(self):
        done = self.onboard(key=self.world.make_key('global'),
                            environ={'LANG': 'C', 'LC_ALL': 'C'})
        self.assertEqual(done.returncode, 0, done.stderr)


if __name__ == '__main__':
    main()
