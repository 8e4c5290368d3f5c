#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""What a careless or hostile client sends. Each is refused by name, nothing reaches the provider,
and the daemon lives on."""

import os
import socket

from gi.repository import GLib

from client import CONFIG, dictionary, messages, options_of, variant
from harness import GatewayTest, main

TOOL = {'name': 'weather', 'description': 'The weather', 'parameters': '{"type":"object"}'}
CALL = {'role': 'assistant', 'content': [
    {'type': 'tool-call', 'id': 'call_1', 'name': 'weather', 'arguments': '{}'}]}
HELLO = {'role': 'user', 'content': 'hello'}
BRACKETS = '[' * 100000


def part(**fields):
    return [{'role': 'user', 'content': [{k.replace('_', '-'): v for k, v in fields.items()}]}]


def image(**fields):
    return part(type='image', **fields)


# What is wrong, the messages, and a word that the error must contain.
MESSAGES = (
    ('none', [], 'messages'),
    ('no role', [{'content': 'x'}], 'role'),
    ('role of the wrong type', [{'role': 5, 'content': 'x'}], 'role'),
    ('unknown role', [{'role': 'wizard', 'content': 'x'}], 'wizard'),
    ('empty role', [{'role': '', 'content': 'x'}], 'role'),
    ('no content', [{'role': 'user'}], 'content'),
    ('content of the wrong type', [{'role': 'user', 'content': 5}], 'content'),
    ('content is a list of strings', [{'role': 'user', 'content': ['a', 'b']}], 'content'),
    ('empty content', [{'role': 'user', 'content': ''}], 'content'),
    ('no parts', [{'role': 'user', 'content': GLib.Variant('aa{sv}', [])}], 'content'),
    ('second message is bad', [HELLO, {'role': 'user', 'content': 5}], 'messages[1]'),
    ('part without type', part(text='x'), 'type'),
    ('type of the wrong type', part(type=7), 'type'),
    ('unknown type', part(type='smell', text='x'), 'smell'),
    ('text without text', part(type='text'), 'text'),
    ('text of the wrong type', part(type='text', text=5), 'text'),
    ('image without media type', image(data=b'x'), 'media-type'),
    ('unknown media type', image(media_type='image/tiff', data=b'x'), 'media-type'),
    ('image without data', image(media_type='image/png'), 'data'),
    ('empty image', image(media_type='image/png', data=b''), 'data'),
    ('data of the wrong type', image(media_type='image/png', data='eHg='), 'data'),
    ('data and fd', image(media_type='image/png', data=b'x', fd=GLib.Variant('h', 0)), 'fd'),
    ('fd without a descriptor', image(media_type='image/png', fd=GLib.Variant('h', 0)), 'fd'),
    ('fd index far away', image(media_type='image/png', fd=GLib.Variant('h', 100000)), 'fd'),
    ('fd index negative', image(media_type='image/png', fd=GLib.Variant('h', -1)), 'fd'),
    ('fd of the wrong type', image(media_type='image/png', fd=3), 'fd'),
    ('image of the assistant', [HELLO, {'role': 'assistant', 'content': [
        {'type': 'image', 'media-type': 'image/png', 'data': b'x'}]}], 'image'),
    ('thinking of the user', part(type='thinking', text='x', replay=''), 'thinking'),
    ('tool call of the user', part(type='tool-call', id='a', name='b', arguments='{}'),
     'tool-call'),
    ('tool call without id', [HELLO, {'role': 'assistant', 'content': [
        {'type': 'tool-call', 'name': 'weather', 'arguments': '{}'}]}], 'id'),
    ('tool call without name', [HELLO, {'role': 'assistant', 'content': [
        {'type': 'tool-call', 'id': 'a', 'arguments': '{}'}]}], 'name'),
    ('tool call without arguments', [HELLO, {'role': 'assistant', 'content': [
        {'type': 'tool-call', 'id': 'a', 'name': 'b'}]}], 'arguments'),
    ('arguments of the wrong type', [HELLO, {'role': 'assistant', 'content': [
        {'type': 'tool-call', 'id': 'a', 'name': 'b', 'arguments': {}}]}], 'arguments'),
    ('tool result without id', [HELLO, CALL, {'role': 'tool', 'content': [
        {'type': 'tool-result', 'content': 'x'}]}], 'id'),
    ('tool result without content', [HELLO, CALL, {'role': 'tool', 'content': [
        {'type': 'tool-result', 'id': 'call_1'}]}], 'content'),
    ('is-error of the wrong type', [HELLO, CALL, {'role': 'tool', 'content': [
        {'type': 'tool-result', 'id': 'call_1', 'content': 'x', 'is-error': 'no'}]}], 'is-error'),
    ('tool message with text', [HELLO, CALL, {'role': 'tool', 'content': [
        {'type': 'text', 'text': 'x'}]}], 'text'),
    ('model of the wrong type', [HELLO, {'role': 'assistant', 'content': 'x', 'model': 5}, HELLO],
     'model'),
)

OPTIONS = (
    ('system', 5), ('max-tokens', 'many'), ('max-tokens', -1), ('max-tokens', 0),
    ('max-tokens', GLib.Variant('t', 2**40)), ('max-tokens', 1.5), ('temperature', 'hot'),
    ('temperature', -0.5), ('temperature', float('nan')), ('temperature', float('inf')),
    ('temperature', 2.01), ('temperature', 3), ('max-tokens', GLib.Variant('x', -2**40)),
    ('top-p', 'x'), ('top-p', 2.0), ('top-p', -1.0), ('top-p', 0), ('top-p', 0.0),
    ('top-p', 1.001), ('top-p', float('nan')), ('stop', 'END'), ('stop', 3), ('stop', ['a', '']),
    ('stop', [str(i) for i in range(17)]),
    ('thinking', 'extreme'), ('thinking', ''), ('thinking', 'High'), ('thinking', True),
    ('tools', 'all'), ('tools', ['weather']),
    ('tool-choice', 'sometimes'), ('tool-choice', {'name': 5}), ('tool-choice', {}),
    ('tool-choice', 'required'), ('tool-choice', {'name': 'weather'}), ('tool-choice', 5),
    ('response-format', 'json'), ('response-format', {'name': 'x', 'schema': '{'}),
    ('response-format', {'name': 'x'}), ('response-format', {'name': 'x', 'schema': '[]'}),
    ('response-format', {'name': 'x', 'schema': {}}),
    ('response-format', {'schema': '{}', 'name': 5}),
    ('response-format', {'schema': '{}', 'strict': 'yes'}),
    ('response-format', {'schema': '{"a":' + BRACKETS}),
    ('stream', 'yes'), ('stream', 1), ('fallback', 'no'), ('timeout-ms', 'x'), ('timeout-ms', -5),
    ('idle-timeout-ms', -5), ('profile', 5), ('tag', 5), ('dry-run', 'x'), ('locale', 5),
)

TOOLS = (
    ('no name', {'description': 'x', 'parameters': '{}'}, 'name'),
    ('empty name', {**TOOL, 'name': ''}, 'name'),
    ('name of the wrong type', {**TOOL, 'name': 5}, 'name'),
    ('name with spaces', {**TOOL, 'name': 'two words'}, 'name'),
    ('name with a dot', {**TOOL, 'name': 'a.b'}, 'name'),
    ('name in Chinese', {**TOOL, 'name': '天氣'}, 'name'),
    ('name with a line break', {**TOOL, 'name': 'weather\n'}, 'name'),
    ('name too long', {**TOOL, 'name': 'n' * 129}, 'name'),
    ('description of the wrong type', {**TOOL, 'description': 5}, 'description'),
    ('parameters are no JSON', {**TOOL, 'parameters': '{'}, 'parameters'),
    ('parameters are no object', {**TOOL, 'parameters': '[]'}, 'parameters'),
    ('parameters are nested', {**TOOL, 'parameters': '{"a":' + BRACKETS}, 'parameters'),
    ('parameters of the wrong type', {**TOOL, 'parameters': {}}, 'parameters'),
)


class BadInputTest(GatewayTest):
    def tearDown(self):
        self.assertIsNone(self.session.daemon.poll(), 'the daemon is gone')
        self.assertEqual(self.provider.requests(), [], 'something was sent')
        self.session.configure()
        self.assertTrue(self.client.complete('hello')['text'])

    def refused(self, word, *arguments, methods=('Complete', 'Stream', 'Submit'), fds=()):
        for method in methods:
            with self.assertRaises(Exception) as caught:
                self.client.call(method, '(saa{sv}a{sv})', *arguments, fds=fds)
            error = caught.exception
            self.assertIn(getattr(error, 'short', repr(error)), ('InvalidArgs', 'InvalidRequest'),
                          f'{method}: {error}')
            self.assertIn(word, error.message)

    def test_messages(self):
        for name, value, word in MESSAGES:
            with self.subTest(name=name):
                self.refused(word, '', [dictionary(m) for m in value], {})

    def test_options(self):
        for name, value in OPTIONS:
            with self.subTest(option=name, value=str(value)):
                self.refused(name, '', messages('hello'), {name: variant(value)})

    def test_tools(self):
        for name, tool, word in TOOLS:
            with self.subTest(name=name):
                self.refused(word, '', messages('hello'), options_of({'tools': [tool]}))
        with self.subTest(name='twice the same'):
            self.refused('weather', '', messages('hello'), options_of({'tools': [TOOL, TOOL]}))

    def test_tool_choice_of_another_name(self):
        self.refused('tool-choice', '', messages('hello'), options_of(
            {'tools': [TOOL], 'tool_choice': {'name': 'time'}}))

    def test_image_descriptors(self):
        read_end, write_end = os.pipe()
        primary, secondary = os.openpty()
        ours, theirs = socket.socketpair()
        path = self.session.folder / 'large.png'
        path.write_bytes(b'x' * (5 * 1024 * 1024 + 1))
        cases = {'folder': os.open('/', os.O_RDONLY), 'device': os.open('/dev/zero', os.O_RDONLY),
                 'terminal': secondary, 'write end': write_end,
                 'too large': os.open(path, os.O_RDONLY)}
        value = [dictionary(m) for m in image(media_type='image/png', fd=GLib.Variant('h', 0))]
        for name, fd in cases.items():
            with self.subTest(kind=name):
                self.refused('', '', value, {}, fds=[fd])
        with self.subTest(kind='surplus'):
            self.refused('', '', messages('hello'), {}, fds=[cases['folder']])
        for fd in (*cases.values(), read_end, primary):
            os.close(fd)
        ours.close()
        theirs.close()

    def test_image_data_too_large(self):
        self.refused('data', '', [dictionary(m) for m in image(
            media_type='image/png', data=b'x' * (5 * 1024 * 1024 + 1))], {})

    def test_request_too_large(self):
        self.refused('', '', messages('x' * (33 * 1024 * 1024)), {}, methods=('Complete',))

    def test_deep_variants(self):
        value = GLib.Variant('s', 'x')
        for _ in range(60):
            value = GLib.Variant('v', value)
        self.refused('content', '', [{'role': variant('user'), 'content': value}], {})

    def test_wrong_signatures(self):
        for method in ('Complete', 'Stream', 'Submit', 'ListModels', 'ResolveModel'):
            with self.subTest(method=method):
                with self.assertRaises(Exception) as caught:
                    self.client.call(method, '(i)', 5)
                self.assertIn('InvalidArgs', caught.exception.name)

    def test_models(self):
        for model in ('/', 'minimax/', '/MiniMax-M2.1', 'x' * 100000, 'a\nb', '../../etc'):
            with self.subTest(model=model[:20]):
                with self.assertRaises(Exception) as caught:
                    self.client.complete('hello', model)
                self.assertIn(caught.exception.short, ('UnknownModel', 'InvalidArgs'))
                self.assertLess(len(caught.exception.message), 5000)

    def test_unknown_members_are_ignored(self):
        self.client.list_models(colour='blue')
        self.client.resolve('', colour=5)

    def test_options_of_other_methods(self):
        for method, signature, arguments, name in (
                ('ListModels', '(a{sv})', ({'all': variant('yes')},), 'all'),
                ('ListModels', '(a{sv})', ({'local': variant(3)},), 'local'),
                ('ListModels', '(a{sv})', ({'provider': variant(3)},), 'provider'),
                ('ResolveModel', '(sa{sv})', ('', {'locale': variant(3)}), 'locale'),
                ('SetAlias', '(ssa{sv})', ('minimax/MiniMax-M2.1', 'a\nb', {}), 'alias'),
                ('SetFallbackModels', '(asa{sv})', ([''], {}), '')):
            with self.subTest(method=method, option=name):
                with self.assertRaises(Exception) as caught:
                    self.client.call(method, signature, *arguments)
                self.assertIn(caught.exception.short, ('InvalidArgs', 'UnknownModel'))
                self.assertIn(name, caught.exception.message)

    def test_config_paths(self):
        for path in ('a[', 'a[0', 'a..b', '.a', 'a["b', 'x' * 10000):
            with self.subTest(path=path[:20]):
                with self.assertRaises(Exception) as caught:
                    self.client.call('Get', '(sa{sv})', path, {}, interface=CONFIG)
                self.assertIn(caught.exception.short, ('InvalidArgs', 'NotFound'))


class MendedInputTest(GatewayTest):
    """What is not right, and is made right because the caller cannot help it."""

    def test_arguments_that_are_no_object(self):
        for arguments in ('', '{', '[]', '5', 'null', '"{}"', '{"a":' + BRACKETS, '{"a":1}}', 'x'):
            with self.subTest(arguments=arguments[:10]):
                self.client.complete([
                    HELLO,
                    {'role': 'assistant', 'content': [{'type': 'tool-call', 'id': 'call_1',
                                                       'name': 'weather', 'arguments': arguments}]},
                    {'role': 'tool', 'content': [{'type': 'tool-result', 'id': 'call_1',
                                                  'content': 'x'}]}], tools=[TOOL])
                call = self.provider.requests()[-1]['json']['messages'][1]['content'][0]
                self.assertEqual(call['input'], {})

    def test_limits_that_are_kept(self):
        self.client.complete('hello', temperature=2, top_p=1, max_tokens=1,
                             stop=[str(i) for i in range(16)],
                             tools=[{**TOOL, 'name': 'n' * 128}, {'name': 'a-B_9'}],
                             tool_choice={'name': 'a-B_9'})
        tools = self.provider.requests()[-1]['json']['tools']
        self.assertEqual(tools[1]['input_schema'], {'type': 'object', 'properties': {}})

    def test_temperature_may_be_none(self):
        self.client.complete('hello', temperature=0.0, top_p=0.001)


if __name__ == '__main__':
    main()
