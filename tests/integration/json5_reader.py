# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""A second reader of JSON5, so that what the gateway writes is not judged by the gateway alone."""

import difflib
import re

_TOKEN = re.compile(r'''
    (?P<space>[\s\ufeff]+)
  | (?P<comment>//[^\n\r\u2028\u2029]*|/\*.*?\*/)
  | (?P<string>"(?:\\(?:\r\n|.)|[^"\\\n\r])*"|'(?:\\(?:\r\n|.)|[^'\\\n\r])*')
  | (?P<number>[+-]?(?:0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|Infinity|NaN)
       (?![\w$]))
  | (?P<name>[^\W\d][\w$]*|[$_][\w$]*)
  | (?P<mark>[][{}:,])
''', re.VERBOSE | re.DOTALL)

_WORDS = {'true': True, 'false': False, 'null': None}
_ESCAPES = {'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t', 'v': '\v', '0': '\0'}


def _tokens(text):
    """(kind, text) of everything, comments and space too."""
    found, position = [], 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if not match:
            raise ValueError(f'no JSON5 at {position}: {text[position:position + 40]!r}')
        found.append((match.lastgroup, match.group()))
        position = match.end()
    return found


def _unescape(quoted):
    def replace(match):
        code = match.group(1)
        if code[0] in 'xu':
            return chr(int(code[1:], 16))
        if code in ('\n', '\r', '\r\n', '\u2028', '\u2029'):
            return ''
        return _ESCAPES.get(code, code)

    return re.sub(r'\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|\r\n|.)', replace, quoted[1:-1],
                  flags=re.DOTALL)


def _number(text):
    sign, digits = (-1, text[1:]) if text[0] == '-' else (1, text.lstrip('+'))
    if digits[:2].lower() == '0x':
        return sign * int(digits, 16)
    if re.fullmatch(r'\d+', digits):
        return sign * int(digits)
    return sign * float(digits.replace('Infinity', 'inf').replace('NaN', 'nan'))


class _Reader:
    def __init__(self, text):
        self.tokens = [t for t in _tokens(text) if t[0] not in ('space', 'comment')]
        self.tokens.append(('end', ''))
        self.position = 0

    def take(self, *marks):
        kind, text = self.tokens[self.position]
        if marks and text not in marks:
            raise ValueError(f'{text!r} where one of {marks} should be')
        self.position += 1
        return kind, text

    def at(self, mark):
        return self.tokens[self.position] == ('mark', mark)

    def value(self):
        kind, text = self.take()
        if text == '{':
            return self.members()
        if text == '[':
            return self.elements()
        if kind == 'string':
            return _unescape(text)
        if kind == 'number' or text in ('Infinity', 'NaN'):
            return _number(text)
        if kind == 'name' and text in _WORDS:
            return _WORDS[text]
        raise ValueError(f'{text!r} is no value')

    def members(self):
        found = {}
        while not self.at('}'):
            kind, text = self.take()
            if kind not in ('string', 'name'):
                raise ValueError(f'{text!r} is no name')
            name = _unescape(text) if kind == 'string' else text
            if name in found:
                raise ValueError(f'{name!r} stands there twice')
            self.take(':')
            found[name] = self.value()
            if not self.at('}'):
                self.take(',')
        self.take('}')
        return found

    def elements(self):
        found = []
        while not self.at(']'):
            found.append(self.value())
            if not self.at(']'):
                self.take(',')
        self.take(']')
        return found


def read(data):
    """The value of a document, text or bytes. ValueError when it is none."""
    text = data.decode('utf-8') if isinstance(data, bytes) else data
    reader = _Reader(text.removeprefix('\ufeff'))
    value = reader.value()
    if reader.take()[0] != 'end':
        raise ValueError('something stands behind the value')
    return value


def comments(data):
    text = data.decode('utf-8') if isinstance(data, bytes) else data
    return [text for kind, text in _tokens(text.removeprefix('\ufeff')) if kind == 'comment']


def changes(before, after):
    """(removed, added): all bytes that went, and all that came, in the order in which they stand."""
    removed, added = b'', b''
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for tag, i, j, k, l in matcher.get_opcodes():
        if tag != 'equal':
            removed += before[i:j]
            added += after[k:l]
    return removed, added
