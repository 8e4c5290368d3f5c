#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""openclawctl onboard and configure, against the false gateway."""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / 'integration'))
import paths  # noqa: E402
import terminal  # noqa: E402
from case import GatewayTest  # noqa: E402
from false_choices import CHINA, GLOBAL, LIGHTNING, LOCAL, M21, PORTAL  # noqa: E402
from tap import main  # noqa: E402

KEY = 'sk-cp-a-key-that-nobody-may-see-0123456789'
OPUS = 'anthropic/claude-opus-4-6'
ENTRY = 'models.providers["{}"]'
WRITES = ('StoreSecret', 'Patch', 'Set', 'SetDefaultModel', 'SetFallbackModels', 'BeginLogin')
CN = {'state': 'rejected', 'other-region': True, 'region': 'cn', 'region-name': 'China'}


class SetupTest(GatewayTest):
    def setUp(self):
        super().setUp()
        self.moods_now = {}
        self.mood(DefaultModel='', FallbackModels=[])

    def mood(self, **moods):
        self.moods_now.update(moods)
        self.set_moods(**self.moods_now)

    def onboard(self, code, choice, *options, stdin=KEY + '\n', **keywords):
        return self.run_ctl(code, 'onboard', '--non-interactive', '--auth-choice', choice, *options,
                            stdin=stdin, **keywords)

    def talk(self, *words, columns=80, **environ):
        return terminal.Conversation([paths.CTL, *words],
                                     {**self.environ, 'TERM': 'xterm', **environ}, columns)

    def patches(self):
        return [json.loads(call[0]) for call in self.calls('Patch')]

    def writes(self):
        return [call for method in WRITES for call in self.calls(method)]

    def secrets(self):
        return [call[0] for call in self.calls('secret')]


class NonInteractiveTest(SetupTest):
    def test_key(self):
        shown, errors = self.onboard(0, 'minimax-api')
        self.assertIn('openclawctl ask "', shown)
        self.assertNotIn(KEY, shown + errors)
        self.assertEqual(self.secrets(), [KEY])
        profile, kind, _, options = self.calls('StoreSecret')[0]
        self.assertEqual((profile, kind, options['region']), ('minimax:default', 'api_key', 'global'))
        self.assertEqual(self.patches(), [{'agents': {'defaults': {'model': {'primary': M21}}}}])
        self.assertEqual([call[0] for call in self.calls('checked')], [KEY])

    def test_lightning(self):
        self.onboard(0, 'minimax-api-lightning')
        self.assertEqual(self.patches()[0]['agents']['defaults']['model']['primary'], LIGHTNING)

    def test_default_that_there_is(self):
        self.mood(DefaultModel=OPUS)
        shown, _ = self.onboard(0, 'minimax-api')
        self.assertIn(OPUS, shown)
        self.assertEqual(self.patches(), [])
        self.onboard(0, 'minimax-api', '--set-default')
        self.assertEqual(self.patches()[0]['agents']['defaults']['model'], {'primary': M21})

    def test_list_of_allowed_models(self):
        self.mood(values={'agents.defaults.models': json.dumps({OPUS: {}, M21: {'alias': 'm'}})},
                  DefaultModel=OPUS)
        self.onboard(0, 'minimax-api')
        allowed = self.patches()[0]['agents']['defaults']['models']
        self.assertIn(LIGHTNING, allowed)
        self.assertNotIn(M21, allowed)
        self.assertEqual(set(map(str, allowed.values())), {'{}'})

    def test_no_default_wanted(self):
        shown, _ = self.onboard(0, 'minimax-api', '--no-set-default')
        self.assertEqual(self.patches(), [])
        self.assertIn('models list --provider minimax', shown)
        self.assertIn('contradict', self.onboard(2, 'minimax-api', '--no-set-default',
                                                 '--set-default')[1])

    def test_region(self):
        for choice, options in (('minimax-cn-api', ()), ('minimax-api', ('--region', 'cn'))):
            with self.subTest(choice=choice):
                self.onboard(0, choice, *options)
                self.assertEqual(self.calls('StoreSecret')[-1][3]['region'], 'cn')
                self.assertEqual(self.patches()[-1]['models']['providers']['minimax'],
                                 {'baseUrl': CHINA, 'api': 'anthropic-messages', 'models': []})
        self.assertIn('global, cn', self.onboard(2, 'minimax-api', '--region', 'mars')[1])
        self.assertIn('no regions', self.onboard(2, 'apiKey', '--region', 'cn')[1])

    def test_region_back(self):
        self.mood(values={ENTRY.format('minimax'): json.dumps({'baseUrl': CHINA})})
        self.onboard(0, 'minimax-api')
        self.assertEqual(self.patches()[0]['models']['providers'], {'minimax': {'baseUrl': GLOBAL}})

    def test_region_that_is_set(self):
        self.mood(DefaultModel=M21,
                  values={ENTRY.format('minimax'): json.dumps({'baseUrl': CHINA})})
        self.onboard(0, 'minimax-cn-api')
        self.assertEqual(self.patches(), [])

    def test_from_env(self):
        self.onboard(0, 'minimax-api', '--from-env', stdin='', environ={'MINIMAX_API_KEY': KEY})
        self.onboard(0, 'minimax-api', '--from-env', 'MINE', stdin='', environ={'MINE': KEY})
        self.assertEqual(self.secrets(), [KEY, KEY])
        self.assertIn('GEMINI_API_KEY is not set',
                      self.onboard(2, 'gemini-api-key', '--from-env', stdin='')[1])

    def test_no_key(self):
        for nothing in ('', '\n', '  \n'):
            self.assertIn('No key', self.onboard(2, 'minimax-api', stdin=nothing)[1])
        self.assertEqual(self.writes(), [])

    def test_key_is_refused(self):
        for state in ('rejected', 'expired'):
            self.mood(check=[{'state': state, 'message': 'Nobody knows it.'}])
            errors = self.onboard(4, 'minimax-api')[1]
            self.assertIn('Nobody knows it. Nothing has been changed.', errors)
        self.assertEqual(self.writes(), [])

    def test_key_of_another_region(self):
        self.mood(check=[CN])
        self.assertIn('--region cn', self.onboard(4, 'minimax-api')[1])
        self.assertEqual(self.writes(), [])

    def test_provider_cannot_be_asked(self):
        self.mood(check=[{'state': 'unknown', 'message': 'No answer.'}])
        errors = self.onboard(0, 'minimax-api')[1]
        self.assertIn('kept all the same: No answer.', errors)
        for error in ('Network', 'Tls', 'Timeout', 'NotSupported'):
            self.mood(CheckCredential=error)
            shown, errors = self.onboard(0, 'minimax-api', '--json')
            self.assertIn('kept all the same', errors)
            self.assertEqual(json.loads(shown)['check'], 'unknown')
        self.assertEqual(len(self.secrets()), 5)

    def test_not_checked(self):
        self.onboard(0, 'minimax-api', '--skip-check')
        self.assertEqual(self.calls('CheckCredential'), [])
        self.assertEqual(self.secrets(), [KEY])

    def test_keyring_is_locked(self):
        self.mood(StoreSecret='KeyringLocked')
        self.onboard(4, 'minimax-api')
        self.assertEqual(self.patches(), [])

    def test_settings_that_cannot_be_read(self):
        self.mood(State='invalid')
        self.assertIn('config validate', self.onboard(8, 'minimax-api')[1])
        self.assertEqual(self.writes(), [])

    def test_settings_that_cannot_be_written(self):
        self.mood(Patch='AccessDenied')
        errors = self.onboard(1, 'minimax-api')[1]
        self.assertIn('The key is stored in the keyring, but', errors)
        self.assertIn('AccessDenied it is', errors)

    def test_again(self):
        first = json.loads(self.onboard(0, 'minimax-api', '--json')[0])
        self.mood(DefaultModel=M21)
        self.assertEqual(json.loads(self.onboard(0, 'minimax-api', '--json')[0]), first)
        self.assertEqual(len(self.patches()), 1)

    def test_json(self):
        shown, _ = self.onboard(0, 'minimax-api', '--json', '--profile', 'work')
        self.assertEqual(json.loads(shown), {
            'choice': 'minimax-global-api', 'provider': 'minimax', 'profile': 'minimax:work',
            'region': 'global', 'check': 'ok', 'default': M21, 'fallbacks': []})

    def test_token(self):
        self.onboard(0, 'token', '--token-provider', 'anthropic')
        self.assertEqual(self.calls('StoreSecret')[0][:2], ['anthropic:default', 'token'])
        for word in ('setup-token', 'oauth'):
            self.assertIn('--non-interactive', self.onboard(2, word)[1])

    def test_login(self):
        self.assertIn('--non-interactive', self.onboard(2, PORTAL)[1])
        self.assertEqual(self.writes(), [])

    def test_skip(self):
        self.assertIn('openclawctl configure', self.onboard(0, 'skip')[0])
        self.assertEqual(json.loads(self.onboard(0, 'skip', '--json')[0]), {'choice': 'skip'})
        self.assertEqual(self.writes(), [])

    def test_choice_is_missing(self):
        self.assertIn('--auth-choice', self.run_ctl(2, 'onboard', '--non-interactive')[1])


class RefusedTest(SetupTest):
    def test_keys_on_the_command_line(self):
        for option in (('--minimax-api-key', KEY), ('--minimax-api-key=' + KEY,),
                       ('--anthropic-api-key', KEY), ('--kimi-code-api-key', KEY),
                       ('--token', KEY), ('--token=' + KEY,)):
            with self.subTest(option=option):
                shown, errors = self.onboard(2, 'minimax-api', *option)
                self.assertNotIn(KEY, shown + errors)
                self.assertIn(option[0].split('=')[0] + ' is refused', errors)
                self.assertIn('--from-env', errors)
                self.assertIn('replace it', errors)
        for words in (('minimax-api', KEY), (KEY,)):
            shown, errors = self.onboard(2, *words, '--json')
            self.assertNotIn(KEY, shown + errors)
        self.assertEqual(self.writes(), [])

    def test_unknown_choice(self):
        errors = self.onboard(2, 'minimax-apii')[1]
        self.assertIn('The nearest is minimax-api.', errors)
        self.assertIn('openrouter-api-key', errors)
        self.assertIn('no auth choice “xyz”', self.onboard(2, 'xyz')[1])

    def test_choices_of_openclaw_alone(self):
        for choice, instead in (('openai-codex', 'openai-api-key'),
                                ('github-copilot', 'openrouter-api-key'),
                                ('chutes', 'openrouter-api-key'),
                                ('google-gemini-cli', 'gemini-api-key')):
            self.assertIn(instead, self.onboard(1, choice)[1])

    def test_plugin_is_off(self):
        self.run_ctl(0, 'plugins', 'disable', 'minimax-portal-auth')
        for words in (('onboard', '--auth-choice', PORTAL), ('models', 'auth', 'login'),
                      ('onboard', '--auth-choice', 'minimax-cn-oauth')):
            shown, errors = self.run_ctl(1, *words)
            self.assertEqual(shown, '')
            self.assertIn('openclawctl plugins enable minimax-portal-auth\n', errors)

    def test_no_gateway(self):
        self.stop()
        self.onboard(5, 'minimax-api')


class LocalTest(SetupTest):
    MODEL = {'ref': 'lmstudio/minimax-m2.1-gs32', 'id': 'minimax-m2.1-gs32', 'provider': 'lmstudio',
             'name': 'MiniMax M2.1 GS32', 'context-window': 196608, 'max-tokens': 8192,
             'credential': 'none-needed'}
    WRITTEN = {'id': 'minimax-m2.1-gs32', 'name': 'MiniMax M2.1 GS32', 'reasoning': False,
               'input': ['text'],
               'cost': {'input': 0, 'output': 0, 'cacheRead': 0, 'cacheWrite': 0},
               'contextWindow': 196608, 'maxTokens': 8192}

    def test_new(self):
        self.mood(models=[self.MODEL])
        for choice in ('minimax', 'lmstudio'):
            self.onboard(0, choice, stdin='')
            self.assertEqual(self.patches()[-1], {
                'models': {'providers': {'lmstudio': {
                    'baseUrl': LOCAL, 'api': 'openai-completions', 'models': [self.WRITTEN]}}},
                'agents': {'defaults': {'model': {'primary': self.MODEL['ref']}}}})
        self.assertEqual(self.calls('StoreSecret') + self.calls('CheckCredential'), [])

    def test_models_that_are_there_stay(self):
        entry = {'baseUrl': LOCAL, 'models': [{'id': 'other'}]}
        self.mood(models=[self.MODEL], values={ENTRY.format('lmstudio'): json.dumps(entry)})
        self.onboard(0, 'minimax', stdin='')
        path, text, _ = self.calls('Set')[0]
        self.assertEqual((path, json.loads(text)),
                         (ENTRY.format('lmstudio') + '.models[-]', self.WRITTEN))
        self.assertNotIn('models', self.patches()[0])
        entry['models'].append(self.WRITTEN)
        self.mood(DefaultModel=self.MODEL['ref'],
                  values={ENTRY.format('lmstudio'): json.dumps(entry)})
        self.onboard(0, 'minimax', '--set-default', stdin='')
        self.assertEqual(len(self.calls('Set')), 1)

    def test_nothing_runs_there(self):
        self.mood(models=[])
        self.onboard(3, 'minimax', '--set-default', stdin='')
        self.assertEqual(self.writes(), [])
        self.onboard(0, 'minimax', stdin='')
        self.assertNotIn('agents', self.patches()[0])

    def test_another_address(self):
        self.mood(models=[self.MODEL])
        child = self.talk('onboard', '--auth-choice', 'lmstudio')
        child.answer('Address', '192.168.1.5:1234')
        child.answer('http://', 'http://192.168.1.5:1234/v1')
        child.answer('lms server start', 'qwen')
        child.answer('0 for none', '')
        child.answer('Write it?', '')
        status, shown = child.end()
        self.assertEqual(status, 0, shown)
        patch = self.patches()[0]
        self.assertEqual(patch['models']['providers']['lmstudio']['baseUrl'],
                         'http://192.168.1.5:1234/v1')
        self.assertEqual(patch['agents']['defaults']['model']['primary'], 'lmstudio/qwen')


class WizardTest(SetupTest):
    """What is asked, in order, with the answer that leads to the next question."""

    STEPS = (('Skip for now', '1'), ('Where is your account?', '2'), ('(it is not shown): ', KEY),
             ('Which model is the default?', ''), ('0 for none', '2 1'), ('Write it? [Y/n]', 'y'))

    def walk(self, child, steps):
        for question, answer in steps:
            child.answer(question, answer)

    def test_all_of_it(self):
        child = self.talk('onboard')
        self.walk(child, self.STEPS)
        status, shown = child.end()
        self.assertEqual(status, 0, shown)
        self.assertNotIn(KEY, shown)
        self.assertEqual(self.secrets(), [KEY])
        patch = self.patches()[0]
        self.assertEqual(len(self.patches()), 1)
        self.assertEqual(patch['models']['providers']['minimax']['baseUrl'], CHINA)
        self.assertEqual(patch['agents']['defaults']['model']['primary'], M21)
        self.assertEqual(len(patch['agents']['defaults']['model']['fallbacks']), 2)
        self.assertIn('api.minimaxi.com', shown)
        self.assertLessEqual(max(map(terminal.measure, shown.split('\n'))), 80)

    def test_ctrl_c_at_each_question(self):
        for n, (question, _) in enumerate(self.STEPS):
            with self.subTest(question=question):
                child = self.talk('onboard')
                self.walk(child, self.STEPS[:n])
                child.expect(question)
                if n < 4:
                    child.expect(': ' if n != 2 else '')
                child.interrupt()
                status, shown = child.end()
                self.assertEqual(status, 130, shown)
                self.assertIn('Cancelled. Nothing has been', shown)
        self.assertEqual(self.writes(), [])

    def test_end_of_input_at_each_question(self):
        for n, (question, _) in enumerate(self.STEPS):
            with self.subTest(question=question):
                answers = ''.join(answer + '\n' for _, answer in self.STEPS[:n])
                _, errors = self.run_ctl(130, 'onboard', stdin=answers)
                self.assertIn('no more answers', errors)
        child = self.talk('onboard', '--auth-choice', 'minimax-api')
        child.expect('(it is not shown): ')
        child.type('\x04')
        self.assertEqual(child.end()[0], 130)
        self.assertEqual(self.writes(), [])

    def test_pipe(self):
        answers = ''.join(answer + '\n' for _, answer in self.STEPS)
        shown, errors = self.run_ctl(0, 'onboard', stdin=answers)
        self.assertEqual(self.secrets(), [KEY])
        self.assertNotIn('\x1b', shown + errors)
        self.assertNotIn(KEY, shown + errors)

    def test_pipe_to_json(self):
        answers = ''.join(answer + '\n' for _, answer in self.STEPS)
        shown, _ = self.run_ctl(0, 'onboard', '--json', stdin=answers)
        self.assertEqual(json.loads(shown)['region'], 'cn')

    def test_no_at_the_end(self):
        child = self.talk('onboard')
        self.walk(child, self.STEPS[:-1] + (('Write it?', 'n'),))
        self.assertEqual(child.end()[0], 130)
        self.assertEqual(self.writes(), [])

    def test_odd_answers(self):
        child = self.talk('onboard')
        for answer in ('0', '99', '-1', 'abc', '1x', '\x1b[A', '１２', 'x' * 3000):
            child.answer('Number [1]: ', answer)
        child.answer('Number [1]: ', '１')
        child.answer('Where is your account?', '')
        child.answer('(it is not shown): ', '')
        child.answer('(it is not shown): ', KEY)
        child.answer('Which model is the default?', '')
        for answer in ('1 1', '99', 'x'):
            child.answer('0 for none', answer)
        child.answer('0 for none', '0')
        child.answer('Write it?', 'maybe')
        child.answer('Answer with y or n.', 'Y')
        status, shown = child.end()
        self.assertEqual(status, 0, shown)
        self.assertEqual(self.patches()[0]['agents']['defaults']['model']['fallbacks'], [])

    def test_key_is_asked_for_again(self):
        self.mood(check=[{'state': 'rejected', 'message': 'Nobody knows it.'}, {'state': 'ok'}])
        child = self.talk('onboard', '--auth-choice', 'minimax-api')
        child.answer('(it is not shown): ', 'sk-wrong')
        child.expect('Nobody knows it.')
        self.walk(child, self.STEPS[2:])
        self.assertEqual(child.end()[0], 0)
        self.assertEqual(self.secrets(), [KEY])

    def test_other_region_is_offered(self):
        self.mood(check=[CN, CN])
        child = self.talk('onboard', '--auth-choice', 'minimax-api')
        child.answer('(it is not shown): ', KEY)
        child.expect('api.minimaxi.com')
        child.answer('Use that region?', 'n')
        child.answer('(it is not shown): ', KEY)
        child.answer('Use that region?', '')
        self.walk(child, self.STEPS[3:])
        self.assertEqual(child.end()[0], 0)
        self.assertEqual(self.calls('StoreSecret')[0][3]['region'], 'cn')

    def test_default_that_there_is(self):
        self.mood(DefaultModel=OPUS, FallbackModels=[LIGHTNING])
        child = self.talk('onboard', '--auth-choice', 'minimax-api')
        child.answer('(it is not shown): ', KEY)
        child.answer(f'{OPUS} (as it is)', '')
        child.answer('0 for none', '')
        child.answer('Write it?', '')
        self.assertEqual(child.end()[0], 0)
        self.assertEqual(self.patches(), [])
        child = self.talk('onboard', '--auth-choice', 'minimax-api')
        child.answer('(it is not shown): ', KEY)
        child.answer(f'{OPUS} (as it is)', '')
        child.answer('0 for none', '1')
        child.answer('Write it?', '')
        self.assertEqual(child.end()[0], 0)
        self.assertEqual(self.patches()[0]['agents']['defaults']['model'],
                         {'primary': OPUS, 'fallbacks': [LIGHTNING]})

    def test_two_ways_and_others(self):
        child = self.talk('onboard')
        child.answer('4. Anthropic', '4')
        child.answer('How do you log in?', '2')
        child.expect('claude setup-token')
        child.answer('Setup token (it is not shown): ', KEY)
        child.answer('Which model is the default?', '')
        child.answer('0 for none', '')
        child.answer('Write it?', '')
        self.assertEqual(child.end()[0], 0)
        self.assertEqual(self.calls('StoreSecret')[0][:2], ['anthropic:default', 'token'])
        child = self.talk('onboard')
        child.answer('Skip for now', '7')
        child.answer('2. OpenRouter', '2')
        child.answer('API key for OpenRouter', KEY)
        child.answer('Which model is the default?', '')
        child.answer('0 for none', '')
        child.answer('Write it?', '')
        self.assertEqual(child.end()[0], 0)
        self.assertEqual(self.calls('StoreSecret')[1][0], 'openrouter:default')

    def test_skip(self):
        child = self.talk('onboard')
        child.answer('8. Skip for now', '8')
        status, shown = child.end()
        self.assertEqual(status, 0)
        self.assertIn('openclawctl configure', shown)

    def test_widths_and_languages(self):
        for columns in (20, 40, 80):
            for locale in ('C.UTF-8', 'zh_CN.UTF-8', 'zh_TW.UTF-8'):
                child = self.talk('onboard', columns=columns, LC_ALL=locale, LANGUAGE=locale[:5],
                                  NO_COLOR='1', TERM='dumb')
                child.expect('[1]')
                child.interrupt()
                status, shown = child.end()
                self.assertEqual(status, 130)
                self.assertNotIn('\x1b', shown)
                menu = shown[:shown.index('[1]')]
                self.assertLessEqual(max(map(terminal.measure, menu.split('\n'))), columns)

    def test_control_characters_are_not_shown(self):
        self.mood(check=[{'state': 'rejected', 'message': 'No\x1b[2J\x07way'}])
        child = self.talk('onboard', '--auth-choice', 'minimax-api')
        child.answer('(it is not shown): ', KEY)
        child.expect('No[2Jway')
        child.interrupt()
        child.end()


class ConfigureTest(SetupTest):
    def test_words_of_the_page(self):
        child = self.talk('configure')
        child.answer('1. Model/auth', '1')
        child.answer('1. MiniMax M2.1', '1')
        child.answer('Where is your account?', '')
        child.answer('(it is not shown): ', KEY)
        child.answer('Which model is the default?', '')
        child.answer('0 for none', '')
        child.answer('Write it?', '')
        child.expect(f'The default model is now {M21}.')
        child.answer('2. Finish', '')
        self.assertEqual(child.end()[0], 0)
        self.assertEqual(self.secrets(), [KEY])

    def test_lightning(self):
        child = self.talk('configure', '--section', 'models')
        child.answer('2. MiniMax M2.1 Lightning', '2')
        child.answer('Where is your account?', '')
        child.answer('(it is not shown): ', KEY)
        child.answer('Which model is the default?', '')
        child.answer('0 for none', '')
        child.answer('Write it?', '')
        self.assertEqual(child.end()[0], 0)
        self.assertEqual(self.patches()[0]['agents']['defaults']['model']['primary'], LIGHTNING)

    def test_leaving(self):
        for leave, code in (('\x03', 130), ('\x04', 130), ('2\n', 0)):
            child = self.talk('configure')
            child.expect('Number [1]: ')
            child.type(leave)
            self.assertEqual(child.end()[0], code)
        self.assertIn('models', self.run_ctl(2, 'configure', '--section', 'x')[1])
        self.assertEqual(self.writes(), [])


if __name__ == '__main__':
    main()
