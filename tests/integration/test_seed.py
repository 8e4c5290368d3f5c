#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""The three configuration blocks of OpenClaw's MiniMax page, copied letter by letter."""

from harness import GatewayTest, main

M21 = 'minimax/MiniMax-M2.1'
OPUS = 'anthropic/claude-opus-4-6'
LOCAL = 'lmstudio/minimax-m2.1-gs32'

API_KEY = '''{
  env: { MINIMAX_API_KEY: "sk-..." },
  agents: { defaults: { model: { primary: "minimax/MiniMax-M2.1" } } },
  models: {
    mode: "merge",
    providers: {
      minimax: {
        baseUrl: "https://api.minimax.io/anthropic",
        apiKey: "${MINIMAX_API_KEY}",
        api: "anthropic-messages",
        models: [
          {
            id: "MiniMax-M2.1",
            name: "MiniMax M2.1",
            reasoning: false,
            input: ["text"],
            cost: { input: 15, output: 60, cacheRead: 2, cacheWrite: 10 },
            contextWindow: 200000,
            maxTokens: 8192,
          },
        ],
      },
    },
  },
}
'''

FALLBACK = '''{
  env: { MINIMAX_API_KEY: "sk-..." },
  agents: {
    defaults: {
      models: {
        "anthropic/claude-opus-4-6": { alias: "opus" },
        "minimax/MiniMax-M2.1": { alias: "minimax" },
      },
      model: {
        primary: "anthropic/claude-opus-4-6",
        fallbacks: ["minimax/MiniMax-M2.1"],
      },
    },
  },
}
'''

LM_STUDIO = '''{
  agents: {
    defaults: {
      model: { primary: "lmstudio/minimax-m2.1-gs32" },
      models: { "lmstudio/minimax-m2.1-gs32": { alias: "Minimax" } },
    },
  },
  models: {
    mode: "merge",
    providers: {
      lmstudio: {
        baseUrl: "http://127.0.0.1:1234/v1",
        apiKey: "lmstudio",
        api: "openai-responses",
        models: [
          {
            id: "minimax-m2.1-gs32",
            name: "MiniMax M2.1 GS32",
            reasoning: false,
            input: ["text"],
            cost: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 },
            contextWindow: 196608,
            maxTokens: 8192,
          },
        ],
      },
    },
  },
}
'''


class SeedTest(GatewayTest):
    configured = False
    started = False

    def load(self, text):
        self.session.write_config(text)
        self.session.start_daemon()
        self.assertEqual(self.client.get('State', 'org.openclaw.Gateway.Config'), 'ok')

    def unchanged(self, text):
        self.assertEqual(self.session.config_path.read_text('utf-8'), text)

    def problems(self):
        """What is wrong with the file, besides keys in plain text, which doctor moves away."""
        found = self.client.call('Validate', '(a{sv})', {}, interface='org.openclaw.Gateway.Config')
        return [p for p in found if p['severity'] == 'error' or 'plain text' not in p['message']]


class ApiKeyTest(SeedTest):
    def test_what_it_says(self):
        self.load(API_KEY)
        self.assertEqual(self.problems(), [])
        record = self.client.resolve('')
        self.assertEqual(record['ref'], M21)
        self.assertEqual(record['name'], 'MiniMax M2.1')
        self.assertIs(record['reasoning'], False)
        self.assertEqual(record['input'], ['text'])
        self.assertEqual(record['cost'], {'input': 15, 'output': 60, 'cache-read': 2,
                                          'cache-write': 10})
        self.assertEqual((record['context-window'], record['max-tokens']), (200000, 8192))
        self.assertEqual(record['api'], 'anthropic-messages')
        self.assertIs(record['available'], True)
        self.assertIs(record['local'], False)
        self.assertIs(self.client.get('Ready'), True)
        refs = {m['ref'] for m in self.client.list_models()}
        self.assertLessEqual({M21, 'minimax/MiniMax-M2.1-lightning'}, refs, 'mode is merge')
        self.assertIs(self.client.resolve('minimax/MiniMax-M2.1-lightning')['allowed'], True)
        self.unchanged(API_KEY)

    def test_traffic(self):
        self.load(API_KEY.replace('https://api.minimax.io', self.provider.origin))
        answer = self.client.complete('今天天氣如何？')
        self.assertEqual(answer['text'], '你好！我收到了：「今天天氣如何？」。')
        self.assertEqual(answer['model'], M21)
        request = self.provider.requests()[-1]
        self.assertEqual(request['path'], '/anthropic/v1/messages')
        self.assertEqual(request['headers']['authorization'], 'Bearer sk-...')
        self.assertEqual(request['json']['max_tokens'], 8192)
        usage = answer['usage']
        cost = (usage['input'] * 15 + usage['output'] * 60) / 1e6
        self.assertAlmostEqual(answer['cost'], cost, 9)

    def test_process_environment_wins_over_the_block(self):
        self.session.write_config(API_KEY.replace('https://api.minimax.io', self.provider.origin))
        self.session.start_daemon({'MINIMAX_API_KEY': 'sk-of-the-process'})
        self.client.complete('hello')
        self.assertEqual(self.provider.requests()[-1]['headers']['authorization'],
                         'Bearer sk-of-the-process')

    def test_switching_the_model_keeps_the_rest(self):
        self.load(API_KEY)
        self.client.call('SetDefaultModel', '(sa{sv})', 'minimax/MiniMax-M2.1-lightning', {})
        self.unchanged(API_KEY.replace('primary: "minimax/MiniMax-M2.1"',
                                       'primary: "minimax/MiniMax-M2.1-lightning"'))

    def test_newer_form_of_env(self):
        text = API_KEY.replace('env: { MINIMAX_API_KEY: "sk-..." }',
                               'env: { vars: { MINIMAX_API_KEY: "sk-..." } }')
        self.load(text.replace('https://api.minimax.io', self.provider.origin))
        self.client.complete('hello')
        self.assertEqual(self.provider.requests()[-1]['headers']['authorization'], 'Bearer sk-...')


class FallbackTest(SeedTest):
    def test_what_it_says(self):
        self.session.write_config(FALLBACK)
        self.session.start_daemon({'ANTHROPIC_API_KEY': 'sk-ant-test'})
        self.assertEqual(self.problems(), [])
        self.assertEqual(self.client.get('DefaultModel'), OPUS)
        self.assertEqual(self.client.get('FallbackModels'), [M21])
        self.assertEqual(self.client.resolve('opus')['ref'], OPUS)
        minimax = self.client.resolve('minimax')
        self.assertEqual((minimax['ref'], minimax['fallback-rank'], minimax['credential']),
                         (M21, 0, 'minimax:env'))
        self.assertDBusError('ModelNotAllowed', self.client.resolve,
                             'minimax/MiniMax-M2.1-lightning')
        self.unchanged(FALLBACK)

    def test_minimax_answers_when_opus_fails(self):
        providers = '''models: { providers: {
            anthropic: { baseUrl: "%s", apiKey: "sk-ant-test" },
            minimax: { baseUrl: "%s" },
        } },
        agents''' % (self.provider.url('402'), self.provider.url('anthropic'))
        self.load(FALLBACK.replace('agents', providers, 1))
        answer = self.client.complete('hello')
        self.assertEqual((answer['requested'], answer['model']), (OPUS, M21))
        self.assertEqual(answer['profile'], 'minimax:env')
        self.assertEqual(len(answer['attempts']), 1)

    def test_opus_without_a_key_falls_back_too(self):
        providers = '''models: { providers: { minimax: { baseUrl: "%s" } } },
        agents''' % self.provider.url('anthropic')
        self.load(FALLBACK.replace('agents', providers, 1))
        answer = self.client.complete('hello')
        self.assertEqual((answer['requested'], answer['model']), (OPUS, M21))
        self.assertEqual([a['model'] for a in answer['attempts']], [OPUS])
        self.assertIn('openclawctl models auth', answer['attempts'][0]['message'])

    def test_opus_asked_for_by_name_is_not_replaced(self):
        self.load(FALLBACK)
        message = self.assertDBusError('UnknownModel', self.client.complete, 'hello', OPUS)
        self.assertMentions(message, OPUS, 'ANTHROPIC_API_KEY')


class LmStudioTest(SeedTest):
    def test_what_it_says(self):
        self.load(LM_STUDIO)
        self.assertEqual(self.problems(), [])
        record = self.client.resolve('')
        self.assertEqual(record['ref'], LOCAL)
        self.assertEqual(record['name'], 'MiniMax M2.1 GS32')
        self.assertEqual(record['api'], 'openai-responses')
        self.assertEqual(record['cost'], {'input': 0, 'output': 0, 'cache-read': 0,
                                          'cache-write': 0})
        self.assertEqual((record['context-window'], record['max-tokens']), (196608, 8192))
        self.assertIs(record['local'], True)
        self.assertIs(record['available'], True)
        self.assertEqual(self.client.resolve('minimax')['ref'], LOCAL, 'aliases ignore case')
        self.assertEqual([m['ref'] for m in self.client.list_models(local=True)], [LOCAL])
        self.unchanged(LM_STUDIO)


class TroubleshootingTest(SeedTest):
    """「Unknown model: minimax/MiniMax-M2.1」"""

    def test_remedies(self):
        self.load('{ agents: { defaults: { model: { primary: "minimax/MiniMax-M2.1" } } } }')
        message = self.assertDBusError('UnknownModel', self.client.complete, 'hello')
        self.assertMentions(message, 'Unknown model: minimax/MiniMax-M2.1', 'MINIMAX_API_KEY',
                            'openclawctl', 'models.providers.minimax')

    def test_each_remedy_works(self):
        self.session.write_config(
            '{ agents: { defaults: { model: { primary: "minimax/MiniMax-M2.1" } } } }')
        self.session.start_daemon({'MINIMAX_API_KEY': 'sk-test'})
        self.assertIs(self.client.resolve('')['available'], True)

    def test_case(self):
        self.load(API_KEY)
        for right in (M21, 'minimax/MiniMax-M2.1-lightning'):
            self.assertEqual(self.client.resolve(right)['ref'], right)
            message = self.assertDBusError('UnknownModel', self.client.resolve, right.lower())
            self.assertIn(right, message)


if __name__ == '__main__':
    main()
