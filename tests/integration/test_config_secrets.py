#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""Secrets that are in openclaw.json leave it only for the provider, and none gets into it."""

import json
import os

from client import DBusError
from config_case import ConfigTest
from harness import main

# Every one of these is another; none may be seen anywhere but in the file.
SECRETS = {name: f'sk-{name.lower()}-Hq8vZx2LmT5w' for name in (
    'ENV', 'VARS', 'APIKEY', 'ODD', 'HEADER', 'MODELHEADER', 'TOKEN', 'SECRET', 'PASSWORD', 'KEY',
    'NESTED', 'LISTED')}
MASK = '********'

FILE = '''{
  env: { MY_KEY: "%(ENV)s", vars: { OTHER_KEY: "%(VARS)s", SHOWN: "${FROM_OUTSIDE}" },
         shellEnv: { enabled: false, timeoutMs: 1000 } },
  models: { providers: {
    acme: {
      baseUrl: "http://127.0.0.1:9/v1", api: "openai-completions",
      apiKey: "%(APIKEY)s",
      headers: { "X-Plain": "%(HEADER)s", "X-Ref": "${FROM_OUTSIDE}" },
      models: [ { id: "a", headers: { Authorization: "%(MODELHEADER)s" } } ],
    },
    other: { baseUrl: "http://127.0.0.1:9/v1", api: "openai-completions",
             apiKey: "${FROM_OUTSIDE}", models: [ { id: "b" } ] },
  } },
  tools: { search: { apiKey: "%(ODD)s" } },
  channels: {
    telegram: { botToken: "%(TOKEN)s", chat: "42" },
    irc: { SECRET: "%(SECRET)s", nickPassword: "%(PASSWORD)s", signing_key: "%(KEY)s" },
    nested: { credentialsToken: { value: "%(NESTED)s", list: ["%(LISTED)s"] } },
  },
}
''' % SECRETS

PLACES = {
    'env.MY_KEY': 'ENV', 'env.vars.OTHER_KEY': 'VARS', 'models.providers.acme.apiKey': 'APIKEY',
    'models.providers.acme.headers.X-Plain': 'HEADER', 'tools.search.apiKey': 'ODD',
    'models.providers.acme.models[0].headers.Authorization': 'MODELHEADER',
    'channels.telegram.botToken': 'TOKEN', 'channels.irc.SECRET': 'SECRET',
    'channels.irc.nickPassword': 'PASSWORD', 'channels.irc.signing_key': 'KEY',
}


class SecretTest(ConfigTest):
    def setUp(self):
        super().setUp()
        self.monitor = self.session.start_monitor()

    def assertNowhere(self, *more):
        """None of the secrets is in any file, log, message or command line but the settings."""
        # Whatever the gateway still has to say about it goes over the bus before this.
        self.client.get('Version')
        for secret in [*SECRETS.values(), *more]:
            self.assertEqual(self.session.find_secret(
                secret, ('openclaw.json', 'provider.log', '.env', 'included.json')), [], secret)


class GetTest(SecretTest):
    def test_masked_one_by_one(self):
        self.start(FILE)
        for path in PLACES:
            with self.subTest(path=path):
                self.assertEqual(self.value(path), MASK)
        self.assertNowhere()

    def test_masked_in_what_is_around(self):
        self.start(FILE)
        value = self.value('')
        text = json.dumps(value)
        for secret in SECRETS.values():
            self.assertNotIn(secret, text)
        self.assertEqual(value['env']['MY_KEY'], MASK)
        self.assertEqual(value['models']['providers']['acme']['headers'],
                         {'X-Plain': MASK, 'X-Ref': '${FROM_OUTSIDE}'})
        self.assertEqual(value['channels']['telegram'], {'botToken': MASK, 'chat': '42'})
        self.assertEqual(list(value['channels']['irc']), ['SECRET', 'nickPassword', 'signing_key'])
        self.assertEqual(value['models']['providers']['acme']['baseUrl'], 'http://127.0.0.1:9/v1')
        for path in ('env', 'env.vars', 'models', 'models.providers', 'models.providers.acme',
                     'models.providers.acme.headers', 'models.providers.acme.models',
                     'models.providers.acme.models[0]', 'channels', 'channels.irc',
                     'channels.nested', 'channels.nested.credentialsToken', 'tools.search'):
            with self.subTest(path=path):
                self.value(path)
        self.assertNowhere()

    def test_references_are_shown(self):
        self.start(FILE, {'FROM_OUTSIDE': 'sk-from-outside-Wq3'})
        for path in ('env.vars.SHOWN', 'models.providers.other.apiKey',
                     'models.providers.acme.headers.X-Ref'):
            with self.subTest(path=path):
                self.assertEqual(self.value(path), '${FROM_OUTSIDE}')
        monitored = self.monitor.read_bytes()
        self.assertNotIn(b'sk-from-outside', monitored)

    def test_reference_with_a_literal_around_it_is_none(self):
        self.start('{ models: { providers: { acme: { baseUrl: "http://127.0.0.1:9/v1",'
                   ' api: "openai-completions", apiKey: "%s${FROM_OUTSIDE}",'
                   ' headers: { A: "$${%s}" }, models: [] } } } }'
                   % (SECRETS['APIKEY'], 'QUOTED_KEY_Z'))
        self.assertEqual(self.value('models.providers.acme.apiKey'), MASK)
        self.assertEqual(self.value('models.providers.acme.headers.A'), MASK)
        self.assertNowhere()

    def test_settings_of_env_that_are_no_variables(self):
        self.start(FILE)
        self.assertEqual(self.value('env.shellEnv'), {'enabled': False, 'timeoutMs': 1000})

    def test_included_and_the_administrators(self):
        self.write(self.path.parent / 'included.json',
                   json.dumps({'acme': {'apiKey': SECRETS['APIKEY']}}))
        self.write(self.admin / 'openclaw.json', json.dumps(
            {'env': {'vars': {'ADMIN_KEY': SECRETS['ENV']}}}))
        self.start('{ models: { providers: { $include: "included.json" } } }')
        self.assertEqual(self.value('models.providers.acme.apiKey'), MASK)
        self.assertEqual(self.value('env.vars.ADMIN_KEY'), MASK)
        self.assertNowhere()


class SetTest(SecretTest):
    """The values travel in descriptors here, or the test itself would show them on the bus."""

    def refuse(self, function, *arguments):
        message = self.assertDBusError('InvalidArgs', function, *arguments)
        self.assertIn('openclawctl models auth paste-token', message)
        for secret in SECRETS.values():
            self.assertNotIn(secret, message)
        self.assertUntouched(FILE)
        return message

    def test_literal_at_each_place(self):
        self.start(FILE)
        for path in (*PLACES, 'env.NEW_ONE', 'env.vars.NEW_ONE', 'models.providers.new.apiKey',
                     'models.providers.acme.headers.New', 'models.providers.MiniMax.apiKey',
                     'gateway.auth.token', 'gateway.auth.password', 'hooks.clientSecret',
                     'skills.entries.thing.apiKey', 'ui.deep.below.APIKEY',
                     'models.providers.acme.headers["X-Api-Key"]'):
            with self.subTest(path=path):
                self.refuse(self.set_from_fd, path, f'"{SECRETS["ENV"]}"')
        self.assertNowhere()

    def test_literal_inside_an_object_or_a_list(self):
        self.start(FILE)
        value = json.dumps
        secret = SECRETS['ENV']
        for path, inner in (
                ('env', {'vars': {'A_KEY': secret}}), ('env.vars', {'A_KEY': secret}),
                ('models.providers.new', {'baseUrl': 'http://127.0.0.1:9/v1',
                                          'api': 'openai-completions', 'apiKey': secret,
                                          'models': []}),
                ('models.providers.acme.headers', {'X-New': secret}),
                ('models.providers.acme.models', [{'id': 'a', 'headers': {'X': secret}}]),
                ('models.providers.acme.models.-', {'id': 'z', 'headers': {'X': secret}}),
                ('channels.new', {'a': [{'b': {'accessToken': secret}}]}),
                ('channels.keys', {'anything': secret}),
                ('channels.tokens', [secret])):
            with self.subTest(path=path):
                self.refuse(self.set_from_fd, path, value(inner))
        self.assertNowhere()

    def test_literal_in_a_patch(self):
        self.start(FILE)
        secret = SECRETS['ENV']
        for patch in ({'env': {'NEW_ONE': secret}}, {'env': {'vars': {'NEW_ONE': secret}}},
                      {'models': {'providers': {'acme': {'apiKey': secret}}}},
                      {'models': {'providers': {'acme': {'headers': {'A': secret}}}}},
                      {'channels': {'x': {'token': secret}}},
                      {'models': {'mode': 'merge'}, 'tools': {'search': {'apiKey': secret}}}):
            with self.subTest(patch=patch):
                self.refuse(self.patch_from_fd, json.dumps(patch))
        self.assertNowhere()

    def test_text_that_is_no_json5_at_the_place_of_a_secret(self):
        self.start(FILE)
        message = self.refuse(lambda: self.set_from_fd('models.providers.acme.apiKey',
                                                       SECRETS['ENV'], or_string=True))
        self.assertIn('models.providers.acme.apiKey', message)
        # Without the option it is a mistake in JSON5, which is not quoted either.
        message = self.assertDBusError('InvalidArgs', self.set_from_fd,
                                       'models.providers.acme.apiKey', SECRETS['ENV'])
        self.assertNotIn(SECRETS['ENV'], message)
        self.assertNowhere()

    def test_text_that_is_no_json5_elsewhere_is_not_quoted(self):
        self.start(FILE)
        for path in ('models.mode', 'agents.defaults.timeoutSeconds', 'nowhere.at.all'):
            with self.subTest(path=path):
                for text in (SECRETS['ENV'], f'"{SECRETS["ENV"]}', f'{{a: {SECRETS["ENV"]}}}'):
                    message = self.assertDBusError('InvalidArgs', self.set_from_fd, path, text)
                    self.assertNotIn(SECRETS['ENV'], message)
        message = self.assertDBusError('InvalidArgs', self.set_from_fd, 'models.mode',
                                       f'"{SECRETS["ENV"]}"')
        self.assertNotIn(SECRETS['ENV'], message)
        self.assertNowhere()

    def test_references_are_accepted(self):
        self.start(FILE)
        for path in PLACES:
            with self.subTest(path=path):
                self.set(path, '"${FROM_OUTSIDE}"')
        self.patch('{env: {vars: {ONE_MORE: "${FROM_OUTSIDE}"}}}')
        for path in (*PLACES, 'env.vars.ONE_MORE'):
            self.assertEqual(self.value(path), '${FROM_OUTSIDE}')
        self.assertNowhere()

    def test_what_only_looks_like_a_reference(self):
        self.start(FILE)
        for text in ('"x${FROM_OUTSIDE}"', '"${FROM_OUTSIDE}x"', '"$${FROM_OUTSIDE}"',
                     '"${lower_case}"', '"$FROM_OUTSIDE"', '"${FROM-OUTSIDE}"'):
            with self.subTest(text=text):
                self.refuse(self.set, 'models.providers.acme.apiKey', text)

    def test_names_that_are_no_secrets_in_our_sections(self):
        self.start(FILE)
        for path, json5 in (('models.providers.acme.models[0].maxTokens', '4096'),
                            ('models.providers.acme.authHeader', 'true'),
                            ('env.shellEnv.timeoutMs', '2000'),
                            ('auth.order.acme', '["acme:token"]')):
            with self.subTest(path=path):
                self.set(path, json5)
                self.assertEqual(self.value(path), json.loads(json5))

    def test_writes_around_them_leave_them_where_they_are(self):
        self.start(FILE)
        self.set('agents.defaults.timeoutSeconds', '5')
        self.unset('channels.telegram.chat')
        for secret in SECRETS.values():
            self.assertEqual(self.data().count(secret.encode()), 1)
        self.assertNowhere()

    def test_file_of_an_editor_may_hold_them(self):
        """The user's own words in the user's own file: an editor saves what was there before."""
        self.start(FILE)
        text = FILE.replace('chat: "42"', 'chat: "43"')
        self.replace_text(text)
        self.assertUntouched(text)
        self.assertNowhere()


class TellTest(SecretTest):
    """Problems, errors, signals and logs name places and never values."""

    def test_wrong_kinds(self):
        text = FILE.replace('"http://127.0.0.1:9/v1", api: "openai-completions",\n      apiKey',
                            f'["{SECRETS["ENV"]}"], api: "{SECRETS["VARS"]}",\n      apiKey', 1)
        text = text.replace('"X-Ref": "${FROM_OUTSIDE}"',
                            f'"X-Ref": ["{SECRETS["HEADER"]}"], "X-Two": {{a: "x"}}')
        text = text.replace('shellEnv: { enabled: false', f'shellEnv: {{ enabled: "{SECRETS["KEY"]}"')
        self.start(text)
        problems = self.validate()
        self.assertTrue([p for p in problems if p['path'].startswith('models.providers.acme')])
        self.assertNowhere()
        said = json.dumps(problems)
        for secret in SECRETS.values():
            self.assertNotIn(secret, said)

    def test_every_scalar_replaced_by_a_secret(self):
        """Whatever is wrong there, the message does not quote it."""
        secret = SECRETS['ENV']
        for path in ('models.mode', 'models.providers', 'models.providers.acme',
                     'models.providers.acme.models', 'models.providers.acme.auth',
                     'models.providers.acme.authHeader', 'agents.defaults.thinkingDefault',
                     'agents.defaults.timeoutSeconds', 'agents.defaults.models', 'auth.profiles',
                     'auth.order', 'auth.order.acme', 'auth.cooldowns.failureWindowHours',
                     'plugins.entries', 'plugins.entries.x.enabled', 'env', 'env.shellEnv',
                     'env.shellEnv.timeoutMs', 'env.vars'):
            with self.subTest(path=path):
                value = {}
                inner = value
                *parents, last = path.split('.')
                for name in parents:
                    inner = inner.setdefault(name, {})
                inner[last] = secret
                if not self.session.daemon:
                    self.start('{}')
                problems = self.validate(json.dumps(value))
                self.assertTrue(problems)
                self.assertNotIn(secret, json.dumps(problems))
        self.assertNowhere()

    def test_text_that_does_not_parse(self):
        broken = FILE.replace(f'"{SECRETS["ENV"]}"', SECRETS['ENV'], 1)
        self.start(broken)
        self.assertEqual(self.property('State'), 'invalid')
        for call in (self.client.reload, lambda: self.set('models.mode', '"merge"'),
                     lambda: self.value('')):
            try:
                call()
            except DBusError as error:
                self.assertNotIn('sk-env', error.message)
        self.validate()
        for text in (f'{{ "{SECRETS["ENV"]}', f'{{ {SECRETS["ENV"]}: 1 }}', f'{SECRETS["ENV"]}',
                     f'{{ a: "{SECRETS["ENV"]}\n" }}', f'{{ a: "\\u{SECRETS["ENV"]}" }}'):
            self.validate(text)
        self.assertNowhere()

    def test_signals(self):
        self.start(FILE)
        signals = self.watch()
        other = FILE.replace('ENV'.lower() + '-Hq8', 'env-Xx9').replace('-apikey-Hq8',
                                                                        '-apikey-Xx9')
        self.assertNotEqual(other, FILE)
        self.replace(self.path, other)
        signals.wait_for('Changed')
        self.assertLessEqual({'env.MY_KEY', 'models.providers.acme.apiKey'},
                             set(self.changed_paths()))
        self.assertNowhere('sk-env-Xx9', 'sk-apikey-Xx9')

    def test_dotenv_and_missing_references(self):
        self.write(self.path.parent / '.env', f'DOT_KEY={SECRETS["NESTED"]}\n')
        self.start('{ models: { providers: { acme: { baseUrl: "${DOT_KEY}", api: "${DOT_KEY}",'
                   ' apiKey: "${NOT_THERE}", models: [] } } } }')
        problems = self.validate()
        self.assertTrue(any('NOT_THERE' in p['message'] for p in problems))
        with self.assertRaises(DBusError):
            self.client.complete('hello', 'acme/x')
        self.assertNowhere()


class PlaceTest(SecretTest):
    def test_urls_with_a_password_in_them(self):
        url = f'http://user:{SECRETS["PASSWORD"]}@127.0.0.1:9/v1'
        self.start(json.dumps({'models': {'providers': {'acme': {
            'baseUrl': url, 'api': 'openai-completions', 'models': [{'id': 'a'}]}}}}))
        self.validate()
        with self.assertRaises(DBusError):
            self.client.complete('hello', 'acme/a')
        self.assertNowhere()

    def test_file_is_not_readable_by_others_when_made(self):
        self.start()
        self.set('agents.defaults.timeoutSeconds', '5')
        self.assertEqual(os.stat(self.path).st_mode & 0o777, 0o600)


if __name__ == '__main__':
    main()
