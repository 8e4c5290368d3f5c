#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""openclawctl ask: what it makes of files and options, and how it shows what comes back."""

import base64
import json
import os
import pty
import re
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / 'integration'))
import paths  # noqa: E402
from case import (  # noqa: E402
    END, ERROR, START, CliTest, GatewayTest, failure, text, thought)
from tap import main  # noqa: E402

IMAGES = {
    'image/png': b'\x89PNG\r\n\x1a\n' + bytes(20),
    'image/jpeg': b'\xff\xd8\xff\xe0' + bytes(20),
    'image/gif': b'GIF89a' + bytes(20),
    'image/webp': b'RIFF\x10\0\0\0WEBPVP8 ' + bytes(20),
}
MIB = 1024 * 1024
ANSWER = json.dumps([START, text('x'), END])


def call(name, arguments, index=0):
    return {'type': 'tool-call', 'index': index, 'id': f'c{index}', 'name': name,
            'arguments': arguments}


class FolderMixin:
    """A folder for files, which commands run in."""

    def setUp(self):
        super().setUp()
        files = tempfile.TemporaryDirectory(prefix='ocg-ask-')
        self.addCleanup(files.cleanup)
        self.files = Path(files.name)

    def write(self, name, content):
        content = content.encode() if isinstance(content, str) else content
        (self.files / name).write_bytes(content)
        return name

    def write_json(self, name, value):
        return self.write(name, json.dumps(value))

    def ctl(self, *arguments, **keywords):
        return super().ctl(*arguments, **{'cwd': getattr(self, 'files', None), **keywords})


class AskTest(FolderMixin, GatewayTest):
    def send(self, *arguments, code=0, **keywords):
        """What Stream() was called with: messages and options without the locale."""
        self.run_ctl(code, 'ask', '-m', ANSWER, *arguments, **keywords)
        _, messages, options = self.calls('Stream')[-1]
        del options['locale']
        return messages, options

    def refuse(self, pattern, *arguments, **keywords):
        """A usage error before anything is sent."""
        before = len(self.calls('Stream'))
        shown, errors = self.run_ctl(2, 'ask', '-m', ANSWER, *arguments, **keywords)
        self.assertEqual(shown, '')
        self.assertRegex(errors, pattern)
        self.assertTrue(errors.startswith('openclawctl: '), errors)
        self.assertTrue(errors.endswith('openclawctl: For help, run: openclawctl ask --help\n'))
        error = json.loads(self.run_ctl(2, 'ask', '-m', ANSWER, '--json', *arguments,
                                        **keywords)[0])['error']
        self.assertEqual(error['name'], ERROR + 'InvalidArgs')
        self.assertEqual(len(self.calls('Stream')), before)


class FileTest(AskTest):
    def parts(self, *arguments, **keywords):
        messages, _ = self.send(*arguments, **keywords)
        self.assertEqual([m['role'] for m in messages], ['user'])
        return messages[0]['content']

    def test_text(self):
        self.write('notes.txt', 'one\r\ntwo\n')
        self.write('no end.txt', '\ufeff好')
        fenced = [{'type': 'text', 'text': 'FILE: notes.txt\n```\none\r\ntwo\n```'},
                  {'type': 'text', 'text': 'FILE: no end.txt\n```\n好\n```'}]
        self.assertEqual(self.parts('-f', 'notes.txt', '--file=no end.txt', 'what', 'is', 'it'),
                         [*fenced, {'type': 'text', 'text': 'what is it'}])
        self.assertEqual(self.parts('-fno end.txt', '-f', 'notes.txt'), fenced[::-1])
        self.assertEqual(self.parts('-f', 'notes.txt', stdin='from a pipe\n'),
                         [fenced[0], {'type': 'text', 'text': 'from a pipe'}])
        self.assertEqual(self.calls('descriptor'), [])

    def test_fences_hold_what_is_in_them(self):
        for inside, fence in (('``', '```'), ('a ```sh b', '````'), ('`' * 7, '`' * 8)):
            self.write('x.md', inside)
            self.assertEqual(self.parts('-f', 'x.md')[0]['text'],
                             f'FILE: x.md\n{fence}\n{inside}\n{fence}')

    def test_names_stay_on_their_line(self):
        self.write('a\n```\x1b[31mb', 'x')
        self.assertEqual(self.parts('-f', 'a\n```\x1b[31mb')[0]['text'],
                         'FILE: a ```[31mb\n```\nx\n```')

    def test_standard_input(self):
        self.assertEqual(self.parts('-f', '-', 'and?', stdin='\ufeffdata\n'),
                         [{'type': 'text', 'text': 'FILE: standard input\n```\ndata\n```'},
                          {'type': 'text', 'text': 'and?'}])
        self.assertEqual(self.parts('-f', '-', stdin=IMAGES['image/png'])[0]['media-type'],
                         'image/png')
        # A file as standard input need not be read from its beginning.
        self.write('image', b'skip' + IMAGES['image/gif'])
        with (self.files / 'image').open('rb', buffering=0) as file:
            file.read(4)
            result = subprocess.run([paths.CTL, 'ask', '-m', ANSWER, '-f', '-'], stdin=file,
                                    env=self.environ, capture_output=True, check=False)
        self.assertEqual(result.returncode, 0, result)
        self.assertEqual(base64.b64decode(self.calls('descriptor')[-1][0]['data']),
                         IMAGES['image/gif'])
        self.refuse('only once', '-f', '-', '-f', '-')
        self.refuse('only once', '-f', '-', '--messages', '-')
        self.refuse('“standard input” is empty', '-f', '-', 'x')

    def test_images(self):
        for i, (media_type, data) in enumerate(IMAGES.items()):
            self.write(f'{i}.txt', data)
        words = [word for i in range(4) for word in ('-f', f'{i}.txt')]
        self.assertEqual(self.parts(*words, 'compare'),
                         [*({'type': 'image', 'media-type': media_type, 'fd': i}
                            for i, media_type in enumerate(IMAGES)),
                          {'type': 'text', 'text': 'compare'}])
        for i, (data, (got,)) in enumerate(zip(IMAGES.values(), self.calls('descriptor'))):
            self.assertEqual(got, {'regular': True, 'read-only': True,
                                   'target': str((self.files / f'{i}.txt').resolve()),
                                   'data': base64.b64encode(data).decode()})

    def test_links_and_pipes(self):
        self.write('real.png', IMAGES['image/png'])
        (self.files / 'link').symlink_to('real.png')
        self.assertEqual(self.parts('-f', 'link')[0]['media-type'], 'image/png')
        os.mkfifo(self.files / 'fifo')
        for data, kind in ((IMAGES['image/webp'], 'image'), (b'words', 'text')):
            writer = threading.Thread(target=(self.files / 'fifo').write_bytes, args=(data,))
            writer.start()
            self.assertEqual(self.parts('-f', 'fifo')[0]['type'], kind)
            writer.join()
        got = self.calls('descriptor')[-1][0]
        self.assertEqual((got['regular'], base64.b64decode(got['data'])),
                         (True, IMAGES['image/webp']))
        # "regular" files of the system are empty by their size.
        self.assertIn('FILE: /proc/self/status', self.parts('-f', '/proc/self/status')[0]['text'])

    def test_sizes(self):
        self.write('image', IMAGES['image/png'].ljust(5 * MIB, b'\0'))
        self.assertEqual(self.parts('-f', 'image')[0]['fd'], 0)
        self.write('image', IMAGES['image/png'].ljust(5 * MIB + 1, b'\0'))
        self.refuse('The image “image” is larger than 5 MiB', '-f', 'image')
        self.write('image', IMAGES['image/png'].ljust(9 * MIB, b'\0'))
        self.refuse('The image “image” is larger than 5 MiB', '-f', 'image')
        self.write('text', b'x' * 8 * MIB)
        self.assertEqual(len(self.parts('-f', 'text')[0]['text']), 8 * MIB + 19)
        self.refuse('larger than 32 MiB', *['-f', 'text'] * 4)
        self.write('text', b'x' * (8 * MIB + 1))
        self.refuse('“text” is larger than 8 MiB', '-f', 'text')
        self.write('text', b'x' * 9 * MIB + b'\0')
        self.refuse('“text” is larger than 8 MiB', '-f', 'text')
        self.write('film', b'\0' * 9 * MIB)
        self.refuse('“film” is neither text', '-f', 'film')

    def test_many_images(self):
        # A bus takes 16 descriptors in a message; more end the connection.
        self.write('i', IMAGES['image/png'])
        parts = self.parts(*['-f', 'i'] * 40)
        self.assertEqual([part.get('fd') for part in parts], [*range(16), *[None] * 24])
        for part in parts[16:]:
            self.assertEqual(part, {'type': 'image', 'media-type': 'image/png',
                                    'data': list(IMAGES['image/png'])})
        self.write('i', IMAGES['image/png'].ljust(4 * MIB, b'\0'))
        self.refuse('larger than 32 MiB', *['-f', 'i'] * 25)

    def test_files_that_cannot_be_sent(self):
        for content in (b'a\0b', b'caf\xe9', '字'.encode('utf-16'), b'%PDF-1.7\n\xe2\xe3',
                        b'RIFF\xff\0..WAVEfmt', b'\x89PNG\r\n'):
            self.write('thing', content)
            self.refuse('“thing” is neither text in UTF-8 nor an image in PNG, JPEG, GIF or WebP',
                        '-f', 'thing', 'x')
        self.write('nothing', '')
        self.refuse('“nothing” is empty', '-f', 'nothing', 'x')
        (self.files / 'folder').mkdir()
        self.refuse('“folder” is a folder', '-f', 'folder')
        self.refuse('“missing” cannot be read: No such file or directory', '-f', 'missing')
        self.refuse('“” cannot be read: No such file or directory', '-f', '')
        self.refuse('“/dev/zero” is a device', '-f', '/dev/zero')
        (self.files / 'loop').symlink_to('loop')
        self.refuse('“loop” cannot be read: Too many levels', '-f', 'loop')
        self.refuse('option --file needs a value: FILE', '-f')
        # Root may read anything, but not behind a file that is no folder.
        self.refuse('“nothing/x” cannot be read: Not a directory', '-f', 'nothing/x')

    def test_wrong_file_is_told_before_standard_input_is_read(self):
        reader, writer = os.pipe()
        child = subprocess.Popen([paths.CTL, 'ask', '-f', '/missing'], env=self.environ,
                                 stdin=reader, stderr=subprocess.PIPE)
        os.close(reader)
        try:
            self.assertIn(b'/missing', child.communicate(timeout=10)[1])
        finally:
            os.close(writer)
        self.assertEqual(child.returncode, 2)

    def test_nothing(self):
        for words in ((), ('',), ('--messages', self.write('m', '[]')),
                      ('--messages', self.write('m', '[]'), ' ')):
            self.refuse('nothing to ask', *words)


class MessagesTest(AskTest):
    def read(self, value, *arguments, **keywords):
        return self.send('--messages', self.write_json('m.json', value), *arguments, **keywords)

    def test_messages(self):
        image = base64.b64encode(IMAGES['image/png']).decode()
        messages = [
            {'role': 'system', 'content': 'Be brief.'},
            {'role': 'user', 'content': [
                {'type': 'text', 'text': '看'},
                {'type': 'image', 'media-type': 'image/png', 'data': image}]},
            {'role': 'assistant', 'model': 'a/b', 'content': [
                {'type': 'thinking', 'text': 'hm', 'replay': '{"x": "\\u0041"}'},
                {'type': 'tool-call', 'id': '1', 'name': 'f', 'arguments': {'z': [1, 0.1], 'a': {}}},
                {'type': 'tool-call', 'id': '2', 'name': 'f', 'arguments': '{"b": 1.0}'}]},
            {'role': 'tool', 'content': [
                {'type': 'tool-result', 'id': '1', 'name': 'f', 'content': 'done'},
                {'type': 'tool-result', 'id': '2', 'is-error': True, 'content': [
                    {'type': 'text', 'text': 'no'},
                    {'type': 'image', 'media-type': 'image/png', 'data': image}]}]}]
        got, options = self.read(messages)
        messages[1]['content'][1]['data'] = list(IMAGES['image/png'])
        messages[3]['content'][1]['content'][1]['data'] = list(IMAGES['image/png'])
        messages[2]['content'][1]['arguments'] = '{"z":[1,0.1],"a":{}}'
        self.assertEqual(got, messages)
        self.assertEqual(options, {})

    def test_prompt_and_files_come_last(self):
        first = {'role': 'user', 'content': 'one'}
        self.assertEqual(self.read([first], 'two')[0], [first, {'role': 'user', 'content': 'two'}])
        self.assertEqual(self.read([first], stdin='two')[0],
                         [first, {'role': 'user', 'content': 'two'}])
        self.write('f', 'x')
        messages, _ = self.read([first], '-f', 'f', 'two')
        self.assertEqual([part['text'] for part in messages[1]['content']],
                         ['FILE: f\n```\nx\n```', 'two'])
        self.assertEqual(self.read([], 'two')[0], [{'role': 'user', 'content': 'two'}])

    def test_standard_input(self):
        value = [{'role': 'user', 'content': 'one'}]
        for words in (('--messages', '-'), ('--messages=-',)):
            self.assertEqual(self.send(*words, stdin='\ufeff' + json.dumps(value))[0], value)
        messages, _ = self.send('--messages', '-', 'two', stdin=json.dumps(value))
        self.assertEqual(messages[1]['content'], 'two')
        self.refuse(r'standard input:1:2: ', '--messages', '-', stdin='[')

    def test_object(self):
        value = {'messages': [{'role': 'user', 'content': 'x'}], 'system': 'S', 'new': [1],
                 'tools': [{'name': 'f', 'description': 'd', 'parameters': {'type': 'object'}}]}
        wanted = {'system': 'S', 'tools': [{'name': 'f', 'description': 'd',
                                            'parameters': '{"type":"object"}'}]}
        self.assertEqual(self.read(value), (value['messages'], wanted))
        tools = self.write_json('t.json', [{'name': 'g'}])
        self.assertEqual(self.read(value, '-s', 'T', '--tools', tools)[1],
                         {'system': 'T', 'tools': [{'name': 'g'}]})
        self.assertEqual(self.read({**value, 'system': None, 'tools': None})[1], {})

    def test_unknown_keys_pass(self):
        part = {'type': 'new', 'deep': {'a': [[1]]}, 'list': [1], 'n': 1, 'd': 0.5, 'b': True,
                's': 's', 'null': None}
        messages, _ = self.read([{'role': 'user', 'content': [part], 'cache': False}])
        del part['null']
        self.assertEqual(messages, [{'role': 'user', 'cache': False, 'content': [
            {**part, 'deep': '{"a":[[1]]}', 'list': '[1]'}]}])

    def test_answer_goes_back_in(self):
        parts = [{'type': 'thinking', 'text': 'hm', 'replay': 'r'}, {'type': 'text', 'text': 'x'},
                 {'type': 'tool-call', 'id': '1', 'name': 'f', 'arguments': '{"a": [1]}'},
                 {'type': 'tool-call', 'id': '2', 'name': 'f', 'arguments': {'b': '\u2028"'}}]
        script = [START, text('x'), {**END, 'parts': parts}]
        answer = json.loads(self.ask(0, *script, options=['--json'])[0])
        messages, _ = self.read([{'role': 'assistant', 'model': answer['model'],
                                  'content': answer['parts']}], 'on')
        parts[3]['arguments'] = '{"b":"\u2028\\""}'
        self.assertEqual(messages[0], {'role': 'assistant', 'model': 'a/b', 'content': parts})
        calls = [{'type': 'tool-call', **c} for c in answer['tool-calls']]
        messages, _ = self.read([{'role': 'assistant', 'content': calls}], 'on')
        self.assertEqual(messages[0]['content'][0]['arguments'], '{"a":[1]}')

    def test_strings(self):
        for source, wanted in ((r'"\u5b57\ud83d\ude00\n\"\\\/\t"', '字😀\n"\\/\t'),
                               (r'"a\u0000b\ud83dc\ude00"', 'a\ufffdb\ufffdc\ufffd'),
                               ('"\x7f\u2028"', '\x7f\u2028'), ('"😀"', '😀')):
            file = self.write('m.json', '[{"role":"user","content":%s}]' % source)
            self.assertEqual(self.send('--messages', file)[0][0]['content'], wanted)

    def test_numbers(self):
        for source, wanted in (('9007199254740993', '9007199254740993'), ('-0', '0'),
                               ('-9223372036854775808', '-9223372036854775808'),
                               ('1e2', '100'), ('0.1', '0.1'), ('1E-7', '1e-07')):
            file = self.write('m.json', '[{"role":"assistant","content":[{"type":"tool-call",'
                                        '"arguments":{"n":%s}}]}]' % source)
            self.assertEqual(self.send('--messages', file)[0][0]['content'][0]['arguments'],
                             '{"n":%s}' % wanted)

    def test_depth(self):
        def nested(depth):
            # The array, the message, the array of parts and the part are four.
            inner = '[' * (depth - 4) + ']' * (depth - 4)
            return self.write('m.json', '[{"role":"user","content":[{"type":"text","text":"x",'
                                        '"y":%s}]}]' % inner)
        self.assertEqual(len(self.send('--messages', nested(128))[0][0]['content'][0]['y']), 248)
        self.refuse('m.json:1:.*nested deeper than 128 levels', '--messages', nested(129))
        self.refuse('m.json:1:129: nested deeper', '--messages',
                    self.write('m.json', '[' * 1000000))

    def test_broken_json(self):
        for source, wanted in (
                ('', '1:1: the text ends too early'), ('  \n ', '2:2: the text ends too early'),
                ('[1,]', '1:4: a value is expected'), ('[1 2]', '1:4: “,” or “]” is expected'),
                ('[\n  {"role": "user" "content"}]', '2:19: “,” or “}” is expected'),
                ('[{role: 1}]', '1:3: a name in double quotes'), ('[{"a" 1}]', '1:7: “:” is'),
                ('[{"a":1,}]', '1:9: a name in double quotes'), ("['a']", '1:2: a value is'),
                ('["字", x]', '1:7: a value is'), ('["abc', '1:2: this string has no end'),
                ('["a\nb"]', '1:4: a string cannot hold a line end'),
                (r'["a\x"]', '1:4: there is no such escape'), (r'["\u12"]', '1:3: there is no'),
                ('[01]', '1:3: “,” or “]”'), ('[1.]', '1:2: this is not a number'),
                ('[-]', '1:2: this is not a number'), ('[1e999]', '1:2: this number is too large'),
                ('[] []', '1:4: the text should have ended'), ('[NaN]', '1:2: a value is'),
                ('[/**/]', '1:2: a value is'), ('\r\n[\r\n]x', '3:2: the text should have'),
                ('[tru]', '1:2: a value is'), ('[', '1:2: the text ends too early'),
                ('{"a":"\\', '1:6: there is no such escape|1:7: the')):
            with self.subTest(source=source):
                self.refuse(rf'^openclawctl: m\.json:({wanted})', '--messages',
                            self.write('m.json', source))
        self.refuse('“m.json” is not valid UTF-8', '--messages', self.write('m.json', b'["\xff"]'))
        self.refuse('“m.json” is not valid UTF-8', '--messages', self.write('m.json', b'[]\0'))

    def test_places(self):
        def message(**members):
            return [{'role': 'user', 'content': 'x'}, {'role': 'user', **members}]

        def part(**members):
            return message(content=[{'type': 'text', 'text': 'x'}, {'type': 'image', **members}])
        for value, wanted in (
                ('x', r'messages: must be an array'), (None, 'messages: must be an array'),
                ({}, 'messages: must be an array'), ({'messages': {}}, 'messages: must be an arr'),
                ([1], r'messages\[0\]: must be an object'),
                ([{}], r'messages\[0\]\.role: is missing'),
                ([{'role': None}], r'messages\[0\]\.role: is missing'),
                (message(), r'messages\[1\]\.content: is missing'),
                (message(content=None), r'messages\[1\]\.content: is missing'),
                (message(content=1), r'messages\[1\]\.content: must be a string or an array'),
                (message(content='x', model=1), r'messages\[1\]\.model: must be a string'),
                (message(content=['x']), r'messages\[1\]\.content\[0\]: must be an object'),
                (message(content=[{}]), r'messages\[1\]\.content\[0\]\.type: is missing'),
                (part(data='!'), r'messages\[1\]\.content\[1\]\.data: must be the bytes'),
                (part(data='QUJ'), r'\.data: must be the bytes of an image in base64'),
                (part(data='QQ==QQ=='), r'\.data: must be the bytes of an image in base64'),
                (part(data=''), r'\.data: must be the bytes'),
                (part(data=[1]), r'\.data: must be the bytes'),
                (part(data='data:image/png;base64,QUJD'), r'\.data: must be base64 alone'),
                (part(fd=3), r'messages\[1\]\.content\[1\]\.fd: there are no file descriptors'),
                (part(arguments=[]), r'content\[1\]\.arguments: must be an object'),
                (part(text=True), r'content\[1\]\.text: must be a string'),
                (part(**{'is-error': 'no'}), r'content\[1\]\.is-error: must be true or false'),
                (part(content=[{'type': 'image', 'data': '?'}]),
                 r'messages\[1\]\.content\[1\]\.content\[0\]\.data: must be'),
                (part(content=[{'type': 'a', 'content': []}]),
                 r'content\[1\]\.content\[0\]\.content: must be a string'),
                ({'messages': [], 'system': 1}, 'system: must be a string'),
                ({'messages': [], 'tools': 1}, 'tools: must be an array of tools'),
                ({'messages': [], 'tools': [1]}, r'tools\[0\]: must be an object')):
            with self.subTest(value=value):
                self.refuse(rf'^openclawctl: m\.json: (.*)?{wanted}', '--messages',
                            self.write_json('m.json', value), 'x')

    def test_base64_over_several_lines(self):
        data = base64.encodebytes(IMAGES['image/png'] * 3).decode()
        messages, _ = self.read([{'role': 'user', 'content': [{'type': 'image', 'data': data}]}])
        self.assertEqual(bytes(messages[0]['content'][0]['data']), IMAGES['image/png'] * 3)

    def test_files_that_cannot_be_read(self):
        for option in ('--messages', '--tools', '--schema'):
            self.refuse('“missing” cannot be read: No such file', option, 'missing', 'x')
            self.refuse('“/” is a folder', option, '/', 'x')
            self.refuse('x.json:1:2: ', option, self.write('x.json', '['), 'x')
        self.write('m.json', b' ' * (49 * MIB))
        self.refuse('“m.json” is larger than 48 MiB', '--messages', 'm.json')


class ToolsTest(AskTest):
    SCHEMA = {'type': 'object', 'properties': {'city': {'type': 'string'}}}

    def tools(self, value):
        return self.send('--tools', self.write_json('t.json', value), 'x')[1]['tools']

    def test_forms(self):
        plain = {'name': 'f', 'description': 'd', 'parameters': self.SCHEMA}
        wanted = [{'name': 'f', 'description': 'd',
                   'parameters': json.dumps(self.SCHEMA, separators=(',', ':'))}]
        anthropic = {'name': 'f', 'description': 'd', 'input_schema': self.SCHEMA,
                     'cache_control': {}}
        for form in (plain, {'type': 'function', 'function': {**plain, 'strict': True}},
                     {'type': 'function', 'strict': False, **plain}, anthropic,
                     {'type': 'custom', **anthropic},
                     {'name': 'f', 'description': 'd', 'inputSchema': self.SCHEMA}):
            with self.subTest(form=form):
                self.assertEqual(self.tools([form]), wanted)
        self.assertEqual(self.tools([{'name': 'f'}, {'name': 'g', 'parameters': '{"x": 1}'}]),
                         [{'name': 'f'}, {'name': 'g', 'parameters': '{"x": 1}'}])

    def test_errors(self):
        for value, wanted in (
                ({}, 'tools: must be an array'), ([[]], r'tools\[0\]: must be an object'),
                ([{'name': 'f'}, {}], r'tools\[1\]\.name: is missing'),
                ([{'name': 1}], r'tools\[0\]\.name: must be a string'),
                ([{'type': 'function', 'function': {}}], r'tools\[0\]\.function\.name: is missing'),
                ([{'name': 'f', 'description': []}], r'tools\[0\]\.description: must be'),
                ([{'name': 'f', 'parameters': []}], r'tools\[0\]\.parameters: must be an object'),
                ([{'name': 'f', 'input_schema': 1}], r'tools\[0\]\.input_schema: must be'),
                ([{'type': 'web_search', 'name': 'f'}], r'tools\[0\]\.type: “web_search” is a')):
            with self.subTest(value=value):
                self.refuse(rf'^openclawctl: t\.json: {wanted}', '--tools',
                            self.write_json('t.json', value), 'x')

    def test_choice(self):
        tools = ('--tools', self.write_json('t.json', [{'name': 'f'}]))
        for word in ('auto', 'none', 'required'):
            self.assertEqual(self.send(*tools, '--tool-choice', word, 'x')[1]['tool-choice'], word)
        self.assertEqual(self.send(*tools, '--tool-choice', 'f', 'x')[1]['tool-choice'],
                         {'name': 'f'})
        self.refuse('--tool-choice takes auto', '--tool-choice=', 'x')

    def format(self, file, schema):
        format = self.send('--schema', self.write_json(file, schema), 'x')[1]['response-format']
        self.assertEqual(json.loads(format['schema']), schema)
        return format['name'], format['strict']

    def test_schema(self):
        for file, title, wanted in (
                ('person.schema.json', None, 'person_schema'), ('天氣 a.json', None, 'a'),
                ('天氣.json', None, 'answer'), ('x.json', 'A person: name', 'A_person_name'),
                ('x.json', '人', 'x'), ('x.json', 'n' * 70, 'n' * 64), ('a-b_c', None, 'a-b_c')):
            with self.subTest(file=file, title=title):
                schema = {**self.SCHEMA, **({'title': title} if title else {})}
                self.assertEqual(self.format(file, schema), (wanted, False))
        self.assertEqual(self.send('--schema', '-', 'x', stdin='{}')[1]['response-format'],
                         {'name': 'answer', 'schema': '{}', 'strict': False})
        self.refuse('s.json: a JSON schema must be an object', '--schema',
                    self.write('s.json', '[]'), 'x')

    def test_strict_schema(self):
        def closed(**properties):
            return {'type': 'object', 'properties': properties, 'required': [*properties],
                    'additionalProperties': False}
        inner = closed(b={'type': 'number'})
        loose = {'type': 'object', 'properties': {'b': {}}}
        for schema, strict in (
                (closed(), True), (closed(a=inner), True), (closed(a=loose), False),
                (closed(a={'type': 'array', 'items': inner}), True),
                (closed(a={'type': 'array', 'items': loose}), False),
                (closed(a={'anyOf': [inner, {'type': 'null'}]}), True),
                (closed(a={'anyOf': [inner, loose]}), False),
                ({**closed(a={'$ref': '#/$defs/x'}), '$defs': {'x': loose}}, False),
                ({**closed(a={'$ref': '#/$defs/x'}), '$defs': {'x': inner}}, True),
                ({**inner, 'required': []}, False), ({**inner, 'required': [1, {}]}, False),
                ({**inner, 'additionalProperties': True}, False),
                ({**inner, 'additionalProperties': {}}, False), ({'type': 'string'}, False),
                ({'anyOf': [inner]}, False)):
            with self.subTest(schema=schema):
                self.assertEqual(self.format('s.json', schema)[1], strict)


class OptionsTest(AskTest):
    def test_all(self):
        _, options = self.send('--temperature', '0.7', '--top-p=1', '--stop', 'END', '--stop=\n\n',
                               '--profile', 'minimax:work', '--timeout', '1.5', '--tag', 'nightly',
                               '--dry-run', '--events', 'x')
        self.assertEqual(options, {
            'temperature': 0.7, 'top-p': 1.0, 'stop': ['END', '\n\n'], 'profile': 'minimax:work',
            'timeout-ms': 1500, 'tag': 'nightly', 'dry-run': True})

    def test_numbers(self):
        for option, key, values in (
                ('--temperature', 'temperature', {'0': 0, '2': 2, '1e-1': 0.1, '.5': 0.5, '2.': 2}),
                ('--top-p', 'top-p', {'0.001': 0.001, '1.0': 1}),
                ('--timeout', 'timeout-ms', {'0': 0, '0.0001': 1, '0.3': 300, '60': 60000,
                                             '4294967': 4294967000})):
            for value, wanted in values.items():
                self.assertEqual(self.send(f'{option}={value}', 'x')[1], {key: wanted})

    def test_wrong_values(self):
        for word, wanted in (
                *((f'--temperature={value}', 'from 0 to 2, with a point') for value in
                  ('', '-1', '2.1', '0,5', 'nan', 'inf', '0x1', '1 ', ' 1', '1e', '--', '1e999')),
                *((f'--top-p={value}', 'above 0 and up to 1') for value in
                  ('', '0', '1.1', '-0.5', 'x')),
                *((f'--timeout={value}', 'number of seconds up to 4294967; 0') for value in
                  ('', '-1', '4294968', '1m', 'nan')),
                ('--stop=', '--stop takes'), ('--profile=', '--profile takes a name')):
            with self.subTest(word=word):
                self.refuse(re.escape(wanted), word, 'x')

    def test_numbers_in_other_locales(self):
        subprocess.run(['localedef', '--no-archive', '-i', 'de_DE', '-f', 'UTF-8',
                        self.files / 'de_DE.UTF-8'], check=True, capture_output=True)
        german = {'LC_ALL': 'de_DE.UTF-8', 'LOCPATH': str(self.files)}
        _, options = self.send('--temperature', '0.5', 'x', environ=german)
        self.assertEqual(options, {'temperature': 0.5})
        self.refuse('--temperature takes a number', '--temperature', '0,5', 'x', environ=german)
        shown, errors = self.ask(0, START, text('x'), {**END, 'cost': 0.5}, environ=german,
                                 options=['--usage', '--json'])
        self.assertIn('"cost":0.5', shown)
        self.assertIn('Cost: 0.5000 USD', errors)


class UsageTest(AskTest):
    USAGE = {'input': 1200, 'output': 34, 'cache-read': 0}

    def usage(self, *script, code=0, options=(), **keywords):
        return self.ask(code, *script, options=['--usage', *options], **keywords)

    def test_line(self):
        end = {**END, 'usage': self.USAGE, 'cost': 0.0042}
        line = ('Tokens: input 1200, output 34, cache read 0, cache write unknown. Cost: 0.0042 '
                'USD. Model: a/b\n')
        self.assertEqual(self.usage(START, text('x'), end), ('x\n', line))
        for option in ('--json', '--events'):
            shown, errors = self.usage(START, text('x'), end, options=[option])
            self.assertEqual(errors, line)
            json.loads(shown.splitlines()[-1])
        errors = self.usage(START, text('x'), {**end, 'stop-reason': 'length'})[1]
        self.assertTrue(errors.endswith(line) and len(errors.splitlines()) == 2, errors)
        self.assertEqual(self.ask(0, START, text('x'), end)[1], '')

    def test_costs(self):
        for cost, wanted in ((0, '0'), (0.0, '0'), (1, '1.0000'), (12.34567, '12.3457'),
                             (0.01, '0.0100'), (0.0042, '0.0042'), (0.00012345, '0.00012'),
                             (0.000001, '0.0000010'), (1e-15, '0.000000000000'),
                             ('many', 'unknown'), (-1, 'unknown')):
            end = {**END, 'cost': cost}
            if isinstance(cost, str):
                wanted = 'unknown'
            with self.subTest(cost=cost):
                number = re.search(r'Cost: (\S+?)( USD)?\. Model', self.usage(START, end)[1])
                self.assertEqual(number.group(1), wanted)

    def test_unknown(self):
        end = {key: value for key, value in END.items() if key != 'cost'}
        self.assertEqual(self.usage(START, text('x'), end)[1],
                         'Tokens: input unknown, output unknown, cache read unknown, cache write '
                         'unknown. Cost: unknown. Model: a/b\n')
        odd = {**end, 'usage': {'input': 'x', 'output': None, 'cache-read': -1}}
        self.assertIn('input unknown, output unknown, cache read unknown', self.usage(START, odd)[1])

    def test_failures(self):
        partial = {'text': 'x', 'usage': {'input': 9}}
        errors = self.usage(START, text('x'), failure('Network', model='c/d', partial=partial),
                            code=7)[1]
        self.assertEqual(errors, 'openclawctl: Network it was\nTokens: input 9, output unknown, '
                                 'cache read unknown, cache write unknown. Cost: unknown. Model: '
                                 'c/d\n')
        # What was said on the way counts when there is no last line.
        usage = {'type': 'usage', 'input': 5, 'output': 1}
        self.assertIn('Tokens: input 5, output 1,', self.usage(START, usage, text('x'), code=7)[1])
        self.assertIn('Tokens: input 5,', self.usage(START, usage, failure('Tls'), code=1)[1])
        # Before anything was used there is nothing to tell.
        self.assertEqual(self.usage(START, failure('Busy'), code=6)[1], 'openclawctl: Busy it was\n')
        shown, errors = self.usage(START, text('x'), failure('Network', partial=partial), code=7,
                                   options=['--json'])
        self.assertEqual(json.loads(shown)['error']['partial'],
                         {**partial, 'thinking': ''})
        self.assertTrue(errors.startswith('Tokens: input 9,'), errors)

    def test_model_that_answered(self):
        step = {'type': 'fallback', 'from': 'a/b', 'to': 'c/d', 'message': 'no'}
        self.assertTrue(self.usage(START, step, {**END, 'model': 'c/d'})[1].endswith('c/d\n'))
        self.assertTrue(self.usage(START, {**END, 'model': 'c\n\x1b[31md'})[1]
                        .endswith('Model: c [31md\n'))


class DryRunTest(AskTest):
    REQUEST = {'method': 'POST', 'url': 'https://api.example/v1/messages',
               'headers': {'x-b': '2', 'Authorization': '********', 'content-type': 'a/b'},
               'body': '{"text": "\\u001b 字", "n": 1.0}'}
    SHOWN = ('POST https://api.example/v1/messages\nAuthorization: ********\ncontent-type: a/b\n'
             'x-b: 2\n\n{"text": "\\u001b 字", "n": 1.0}')

    def dry_run(self, *script, code=0, options=(), **keywords):
        return self.ask(code, *script, options=['--dry-run', *options], **keywords)

    def test_text(self):
        end = {**END, 'http-request': self.REQUEST, 'stop-reason': 'length'}
        self.assertEqual(self.dry_run(START, end), (self.SHOWN, ''))
        self.assertEqual(self.dry_run(START, end, options=['--usage', '--show-thinking']),
                         (self.SHOWN, ''))
        self.assertEqual(self.calls('Stream')[0][2]['dry-run'], True)
        shown, _ = self.dry_run(START, {**END, 'http-request': {'method': 'POST', 'headers': 1}})
        self.assertEqual(shown, 'POST \n\n')

    def test_json_and_events(self):
        end = {**END, 'http-request': self.REQUEST}
        shown = json.loads(self.dry_run(START, end, options=['--json'])[0])
        self.assertEqual((shown['http-request'], shown['text']), (self.REQUEST, ''))
        lines = self.dry_run(START, end, options=['--events'])[0].splitlines()
        self.assertEqual(json.loads(lines[1])['http-request'], self.REQUEST)

    def test_failures(self):
        self.assertEqual(self.dry_run(START, failure('AccessDenied'), code=1),
                         ('', 'openclawctl: AccessDenied it was\n'))
        shown, errors = self.dry_run(START, text('x'), END, code=7)
        self.assertEqual(shown, '')
        self.assertIn('does not know dry runs', errors)


class ShowTest(AskTest):
    """Thoughts, calls of tools, and terminals."""

    def show(self, *script, options=(), **environ):
        """What a terminal shows; returns it with line ends as they were written."""
        pid, terminal = pty.fork()
        if pid == 0:
            os.execve(paths.CTL, [str(paths.CTL), 'ask', '-m', json.dumps(script), *options, 'x'],
                      {**self.environ, 'TERM': 'xterm', **environ})
        shown = b''
        while True:
            try:
                shown += os.read(terminal, 1000)
            except OSError:
                break
        os.close(terminal)
        self.assertEqual(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), 0, shown)
        return shown.decode().replace('\r\n', '\n')

    def test_tool_calls(self):
        script = (START, {'type': 'tool-call-start', 'index': 0, 'id': 'c0', 'name': 'f'},
                  {'type': 'tool-call-delta', 'index': 0, 'arguments': '{"a'},
                  call('get_weather', {'city': '台北', 'n': 0.1, 'text': 'a\n\x1b[31m'}),
                  call('f', {}, 1), END)
        lines = 'get_weather {"city":"台北","n":0.1,"text":"a\\n\\u001b[31m"}\nf {}\n'
        self.assertEqual(self.ask(0, *script), (lines, ''))
        self.assertEqual(self.show(*script), lines)
        self.assertEqual(self.ask(0, START, text('Let me see.'), call('f', {}), END)[0],
                         'Let me see.\nf {}\n')
        self.assertEqual(self.ask(0, START, call('f', {}), text('And'), text(' so'), END)[0],
                         'f {}\nAnd so\n')
        self.assertEqual(self.ask(0, START, call('f\n\x1b[2J', None), END)[0], 'f [2J null\n')
        self.assertEqual(self.ask(0, START, {'type': 'tool-call'}, END)[0], '?\n')
        self.assertEqual(self.ask(7, START, call('f', {}), failure('Network'))[0], 'f {}\n')
        self.assertEqual(self.show(START, call('f', {'a': '\x9b31m'}), END), 'f {"a":"31m"}\n')
        self.assertNotIn('f {}\n', self.ask(0, *script, options=['--json'])[0])

    def test_deep_arguments(self):
        deep = '{"a":' + '[' * 127 + ']' * 127 + '}'
        line = json.dumps(call('f', {})).replace('{}', deep) + '\n'
        end = json.dumps({**END, 'tool-calls': []}).replace('[]', '[{"arguments":%s}]' % deep)
        self.assertEqual(self.ask(0, START, line, end + '\n')[0], f'f {deep}\n')
        self.assertIn(deep, self.ask(0, START, line, end + '\n', options=['--json'])[0])

    def test_numbers_in_tool_calls(self):
        arguments = '{"id":9223372036854775807,"big":12345678901234567890,"x":0.10,"e":1e30}'
        line = json.dumps(call('f', {})).replace('{}', arguments) + '\n'
        end = {**END, 'tool-calls': [{'id': '1', 'name': 'f', 'arguments': arguments}]}
        wanted = '{"id":9223372036854775807,"big":1.2345678901234567e+19,"x":0.1,"e":1e+30}'
        self.assertEqual(self.ask(0, START, line, end)[0], f'f {wanted}\n')
        self.assertIn(wanted, self.ask(0, START, line, end, options=['--json'])[0])
        self.assertIn(arguments, self.ask(0, START, line, end, options=['--events'])[0])

    def test_thoughts(self):
        script = (START, thought('One'), thought('.'), text('A'), thought('Two\n'), text('B'),
                  thought('Three'), call('f', {}), thought('Four'), END)
        plain = 'One.\n\nA\n\nTwo\n\nB\n\nThree\n\nf {}\n\nFour\n'
        self.assertEqual(self.ask(0, *script)[0], 'AB\nf {}\n')
        self.assertEqual(self.ask(0, *script, options=['--thinking', 'high'])[0], 'AB\nf {}\n')
        self.assertEqual(self.ask(0, *script, options=['--show-thinking'])[0], plain)
        self.assertEqual(self.show(*script), 'AB\nf {}\n')
        for option in (['--thinking', 'low'], ['--show-thinking']):
            self.assertEqual(self.show(*script, options=option),
                             '\x1b[2mOne.\x1b[0m\n\nA\n\n\x1b[2mTwo\n\x1b[0m\nB\n\n\x1b[2mThree'
                             '\x1b[0m\n\nf {}\n\n\x1b[2mFour\x1b[0m\n')
            for environ in ({'NO_COLOR': '1'}, {'TERM': 'dumb'}):
                self.assertEqual(self.show(*script, options=option, **environ), plain)
            self.assertIn('\x1b[2m', self.show(*script, options=option, NO_COLOR=''))

    def test_dim_ends_with_the_thought(self):
        for script in ((START, thought('x'), END), (START, thought('x'), text('\n'), END)):
            shown = self.show(*script, options=['--show-thinking'])
            self.assertEqual((shown.count('\x1b[2m'), shown.count('\x1b[0m')), (1, 1))

    def test_dry_run_on_a_terminal(self):
        request = {'method': 'POST', 'url': 'u', 'headers': {}, 'body': '\x1b[31mx'}
        self.assertEqual(self.show(START, {**END, 'http-request': request}, options=['--dry-run']),
                         'POST u\n\n[31mx\n')


class NoGatewayTest(FolderMixin, CliTest):
    def test_files_are_read_before_any_bus(self):
        self.write('x', 'x')
        for words in (('-f', 'missing'), ('--messages', 'x'), ('--tools', 'x', 'y'),
                      ('--schema', 'x', 'y'), ('--temperature', '3', 'y')):
            self.run_ctl(2, 'ask', *words)
        self.run_ctl(5, 'ask', '-f', 'x')


if __name__ == '__main__':
    main()
