#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""Messages in the language of whoever asked, while names and the provider's words stay."""

import json
import re

import paths
from client import Signals, options_of
from harness import GatewayTest, main

M21 = 'minimax/MiniMax-M2.1'
HAN = re.compile('[\u4e00-\u9fff]')
# Characters that only one of the two scripts has.
TRADITIONAL = set('設請個該沒無為與這關閉錯誤應讀寫檔碼說見後')
SIMPLIFIED = set('设请个该没无为与这关闭错误应读写档码说见后')
LANGUAGES = (('zh_TW', TRADITIONAL, SIMPLIFIED), ('zh_CN', SIMPLIFIED, TRADITIONAL))


class LocaleCase(GatewayTest):
    def setUp(self):
        for language in ('zh_TW', 'zh_CN'):
            catalogue = paths.LOCALEDIR / language / 'LC_MESSAGES' / 'openclaw-gateway.mo'
            self.assertTrue(catalogue.exists(),
                            f'{catalogue} is missing: run "meson install --tags i18n" first')
        super().setUp()

    def message(self, **options):
        with self.assertRaises(Exception) as caught:
            self.client.complete('hello', 'nobody/thing', **options)
        self.assertEqual(caught.exception.short, 'UnknownModel')
        self.assertIn('nobody/thing', caught.exception.message)
        return caught.exception.message

    def assertLanguage(self, text, own, foreign):
        self.assertRegex(text, HAN)
        self.assertTrue(set(text) & own or not set(text) & foreign, text)


class LocaleTest(LocaleCase):
    def test_locale_option(self):
        english = self.message()
        self.assertNotRegex(english, HAN)
        seen = {english}
        for language, own, foreign in LANGUAGES:
            for name in (language, f'{language}.UTF-8'):
                with self.subTest(locale=name):
                    text = self.message(locale=name)
                    self.assertLanguage(text, own, foreign)
                    seen.add(text)
        self.assertEqual(len(seen), 3, 'the languages do not differ')
        self.assertEqual(self.message(), english, 'a language stuck')

    def test_unknown_locales_are_english(self):
        english = self.message()
        for name in ('xx_YY', '', 'C', 'de_DE.UTF-8', '../../etc/passwd', 'x' * 10000, 'en_US'):
            with self.subTest(locale=name[:20]):
                self.assertEqual(self.message(locale=name), english)

    def test_providers_words_stay(self):
        self.session.configure({'minimax': '2049'})
        with self.assertRaises(Exception) as caught:
            self.client.complete('hello', locale='zh_TW')
        self.assertRegex(caught.exception.message, HAN)
        self.assertIn('invalid api key (2049)', caught.exception.message)

    def test_stream_and_submit(self):
        self.session.configure({'minimax': '402'})
        error = self.client.stream_all('hello', locale='zh_TW')[-1]
        self.assertRegex(error['message'], HAN)
        signals = Signals(self.client)
        self.client.submit('hello', locale='zh_CN')
        self.assertRegex(signals.wait_for('Failed')[3][1], HAN)

    def test_bad_input(self):
        with self.assertRaises(Exception) as caught:
            self.client.complete([{'role': 'wizard', 'content': 'x'}], locale='zh_TW')
        self.assertEqual(caught.exception.short, 'InvalidArgs')
        self.assertRegex(caught.exception.message, HAN)
        self.assertIn('wizard', caught.exception.message)

    def test_two_languages_at_once(self):
        self.session.configure({'minimax': 'stall-after'})
        streams = [(language, self.client.stream('hello', locale=language))
                   for language in ('zh_TW', 'en_US', 'zh_CN')]
        for _, (path, events) in streams:
            events.wait_for('text')
            self.client.cancel(path)
        texts = {language: events.rest()[-1]['message'] for language, (_, events) in streams}
        self.assertNotRegex(texts['en_US'], HAN)
        self.assertRegex(texts['zh_TW'], HAN)
        self.assertRegex(texts['zh_CN'], HAN)
        self.assertEqual(len(set(texts.values())), 3)

    def test_warnings(self):
        reply = self.client.call('SetAlias', '(ssa{sv})', M21, 'mini',
                                 options_of({'locale': 'zh_TW'}))
        self.assertRegex(reply['warnings'][0], HAN)


class DaemonLanguageTest(LocaleCase):
    environ = {'LANG': 'zh_CN.UTF-8', 'LANGUAGE': 'zh_CN'}

    # The caller decides, not the language that the daemon was started in.
    def test_locale_option(self):
        self.assertNotRegex(self.message(locale='en_US'), HAN)
        self.assertRegex(self.message(locale='zh_TW'), HAN)


class CliLanguageTest(LocaleCase):
    def ctl(self, language, *arguments):
        return self.session.ctl(*arguments, environ={'LANG': f'{language}.UTF-8'})

    def test_errors_and_help(self):
        for language, own, foreign in LANGUAGES:
            with self.subTest(language=language):
                result = self.ctl(language, 'ask', '-m', 'nobody/thing', 'hello')
                self.assertEqual(result.returncode, 3)
                self.assertLanguage(result.stderr, own, foreign)
                self.assertLanguage(self.ctl(language, '--help').stdout, own, foreign)
                self.assertLanguage(self.ctl(language, 'ask', '--help').stdout, own, foreign)
                self.assertRegex(self.ctl(language, 'models', 'status').stdout, HAN)
                self.assertRegex(self.ctl(language, 'nonsense').stderr, HAN)

    def test_language_variable_wins(self):
        result = self.session.ctl('ask', '-m', 'nobody/thing', 'hello',
                                  environ={'LANG': 'en_US.UTF-8', 'LANGUAGE': 'zh_TW:en'})
        self.assertRegex(result.stderr, HAN)

    def test_json_keeps_names(self):
        result = self.ctl('zh_TW', 'ask', '-m', 'nobody/thing', 'hello', '--json')
        error = json.loads(result.stdout)['error']
        self.assertEqual(error['name'], 'org.openclaw.Gateway.Error.UnknownModel')
        self.assertRegex(error['message'], HAN)

    def test_c_locale(self):
        result = self.session.ctl('ask', '今天天氣如何？', environ={'LANG': 'C', 'LC_ALL': 'C'})
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn('你好', result.stdout)


if __name__ == '__main__':
    main()
