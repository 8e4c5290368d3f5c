#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""A gateway on the session bus that answers from a script.

The model that is asked for is a JSON array of what goes down the pipe: an object is one event, a
string is written as it is, a number is a pause in seconds, true is a flood of text, and null ends
the process; a number in front delays the reply to the call. Calls are recorded, one JSON array a
line, in the file that is the only argument, and what the descriptors of a Stream() hold as calls
of "descriptor". Beside it, the file "moods" may name the error that a method fails with and the
value of a property of type string; "values", what Get() finds beneath agents, which Set() adds to;
"problems", what Validate() answers, each with the text ("when") that there has to be for it, or
only once a value was changed ("changed"); "message", what errors say;
"rivals", how many others are faster than the next calls of SetFallbackModels(); "stubborn", an
alias that SetAlias() cannot take away;
"models" and "credentials", what ListModels() and
ListCredentials() answer; "check", what CheckCredential() answers, one after the other and the last
one for ever; "login", the signals of a login: lists of a pause in seconds and either the state and
details of Progress() or the arguments of Finished(), or null, which ends the process. ReplaceText()
writes its text to the file. ListAuthChoices() answers with false_choices.py.
"""

import base64
import fcntl
import json
import os
import stat
import sys
import threading
import time
from pathlib import Path

from gi.repository import Gio, GLib

from false_choices import CHOICES

NAME = 'org.openclaw.Gateway'
PATH = '/org/openclaw/Gateway'
SOURCE = Path(__file__).resolve().parents[2]
REF = 'minimax/MiniMax-M2.1'


def load_interfaces():
    found = {}
    for file in (SOURCE / 'dbus').glob('*.xml'):
        for interface in Gio.DBusNodeInfo.new_for_xml(file.read_text('utf-8')).interfaces:
            found[interface.name] = interface
    return found


def to_dictionary(values):
    return {name: to_variant(value) for name, value in values.items()}


def to_variant(value):
    """A list holds strings, or dictionaries."""
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return GLib.Variant('aa{sv}', [to_dictionary(each) for each in value])
    types = {str: 's', int: 'x', bool: 'b', list: 'as'}
    return GLib.Variant(types[type(value)], value)


class FalseGateway:
    def __init__(self, record):
        self.record = open(record, 'a', encoding='utf-8', buffering=1)
        self.moods_file = Path(record).with_name('moods')
        self.aliases = {'lmstudio/模型\x1b[31m': '本地', 'anthropic/claude-opus-4-6': 'opus'}
        self.interfaces = load_interfaces()
        self.requests = 0
        self.cancelled = set()
        self.values = {}
        self.is_changed = False
        self.rivals = 0
        self.plugins = {'minimax-portal-auth': True}
        self.checks = 0
        self.properties = {
            'Version': GLib.Variant('s', '1.2.3'), 'ApiVersion': GLib.Variant('u', 1),
            'Features': GLib.Variant('as', []), 'DefaultModel': GLib.Variant('s', REF),
            'FallbackModels': GLib.Variant('as', ['anthropic/claude-opus-4-6']),
            'Ready': GLib.Variant('b', False), 'ActiveRequests': GLib.Variant('u', 0),
            'Path': GLib.Variant('s', '/home/user/.openclaw/openclaw.json'),
            'Hash': GLib.Variant('s', ''), 'State': GLib.Variant('s', 'missing'),
            'DesktopPath': GLib.Variant('s', '/home/user/.config/openclaw-gateway/desktop.json'),
            'DesktopHash': GLib.Variant('s', 'd' * 64), 'DesktopState': GLib.Variant('s', 'ok'),
        }

    def export(self, connection, _name):
        for name, interface in self.interfaces.items():
            if name not in (NAME + '.Request', NAME + '.Login'):
                connection.register_object(PATH, interface, self.on_call, self.on_get, None)

    def on_get(self, _connection, _sender, _path, _interface, name):
        mood = self.moods().get(name)
        return self.properties[name] if mood is None else to_variant(mood)

    def moods(self):
        return json.loads(self.moods_file.read_text()) if self.moods_file.exists() else {}

    def on_call(self, connection, _sender, path, _interface, method, parameters, invocation):
        arguments = parameters.unpack()
        self.record.write(json.dumps([method, *arguments]) + '\n')
        handler = getattr(self, 'do_' + method, None)
        mood = self.moods().get(method)
        if mood:
            name = mood if '.' in mood else f'{NAME}.Error.{mood}'
            invocation.return_dbus_error(name, self.moods().get('message', mood + ' it is'))
        elif handler is None:
            invocation.return_dbus_error(NAME + '.Error.NotSupported', 'no such thing')
        else:
            handler(invocation, *arguments, request=path, connection=connection)

    # Methods

    def do_RefreshModels(self, invocation, _options, **_):
        invocation.return_value(None)

    def do_ListModels(self, invocation, options, **_):
        if options.get('provider') == 'nope':
            invocation.return_dbus_error(NAME + '.Error.ProviderNotConfigured', 'no such provider')
            return
        if options.get('provider') == 'empty':
            invocation.return_value(GLib.Variant('(aa{sv})', ([],)))
            return
        if 'models' in self.moods():
            found = [to_dictionary(each) for each in self.moods()['models']
                     if options.get('provider') in (None, each['provider'])]
            invocation.return_value(GLib.Variant('(aa{sv})', (found,)))
            return

        def record(ref, credential):
            aliases = [self.aliases[ref]] if ref in self.aliases else []
            return {'ref': GLib.Variant('s', ref),
                    'provider': GLib.Variant('s', ref.split('/')[0]),
                    'credential': GLib.Variant('s', credential),
                    'aliases': GLib.Variant('as', aliases), 'input': GLib.Variant('as', ['text']),
                    'cost': GLib.Variant('a{sd}', {'input': 0.3, 'output': 1.2}),
                    'context-window': GLib.Variant('u', 196608),
                    'default': GLib.Variant('b', ref == REF),
                    'fallback-rank': GLib.Variant('x', 0 if ref.startswith('anth') else -1)}
        invocation.return_value(GLib.Variant('(aa{sv})', ([
            record(REF, 'missing'), record('lmstudio/模型\x1b[31m', 'none-needed'),
            record('anthropic/claude-opus-4-6', 'missing')],)))

    def do_SetAlias(self, invocation, model, alias, _options, **_):
        if not alias and model not in self.aliases:
            invocation.return_dbus_error(NAME + '.Error.NotFound', 'no alias')
            return
        self.aliases[model] = alias or self.aliases[model]
        if not alias and self.aliases[model] != self.moods().get('stubborn'):
            del self.aliases[model]
        reply = {'warnings': GLib.Variant('as', ['the list stays', 'mind ' + model])}
        invocation.return_value(GLib.Variant('(a{sv})', (reply,)))

    def do_ListCredentials(self, invocation, _options, **_):
        found = [to_dictionary(each) for each in self.moods().get('credentials', [])]
        invocation.return_value(GLib.Variant('(aa{sv})', (found,)))

    def do_SetOrder(self, invocation, _provider, _profiles, _options, **_):
        invocation.return_value(None)

    def do_ClearCooldown(self, invocation, _profile, _options, **_):
        invocation.return_value(None)

    def do_SetDefaultModel(self, invocation, model, _options, **_):
        if model.startswith('org.'):
            invocation.return_dbus_error(model, 'what happened')
            return
        reply = {'warnings': GLib.Variant('as', ['mind this'])}
        invocation.return_value(GLib.Variant('(a{sv})', (reply,)))

    def do_SetFallbackModels(self, invocation, models, options, **_):
        if self.rivals < self.moods().get('rivals', 0):
            self.rivals += 1
            self.properties['FallbackModels'] = GLib.Variant(
                'as', self.properties['FallbackModels'].unpack() + [f'rival/{self.rivals}'])
            self.properties['Hash'] = GLib.Variant('s', str(self.rivals) * 64)
        if options['if-hash'] != self.properties['Hash'].unpack():
            invocation.return_dbus_error(NAME + '.Error.ConfigConflict', 'too late')
            return
        self.properties['FallbackModels'] = GLib.Variant('as', models)
        reply = {'warnings': GLib.Variant('as', ['mind this'])}
        invocation.return_value(GLib.Variant('(a{sv})', (reply,)))

    def do_StoreSecret(self, invocation, _profile, _kind, handle, _options, **_):
        fd = invocation.get_message().get_unix_fd_list().get(handle)
        with open(fd, 'rb') as secret:
            self.record.write(json.dumps(['secret', secret.read().decode()]) + '\n')
        invocation.return_value(None)

    def do_CheckCredential(self, invocation, _profile, options, **_):
        fd = invocation.get_message().get_unix_fd_list().get(options['secret'])
        with open(fd, 'rb') as secret:
            self.record.write(json.dumps(['checked', secret.read().decode()]) + '\n')
        answers = self.moods().get('check', [{'state': 'ok'}])
        answer = answers[min(self.checks, len(answers) - 1)]
        self.checks += 1
        invocation.return_value(GLib.Variant('(a{sv})', (to_dictionary(answer),)))

    def do_ListAuthChoices(self, invocation, _options, **_):
        found = []
        for choice in self.moods().get('choices', CHOICES):
            if 'plugin' in choice:
                choice = {**choice, 'plugin-enabled': self.plugins[choice['plugin']]}
            found.append(to_dictionary(choice))
        invocation.return_value(GLib.Variant('(aa{sv})', (found,)))

    def do_List(self, invocation, _options, **_):
        found = [to_dictionary({'id': plugin, 'enabled': enabled, 'provider': 'minimax-portal',
                                'description': 'Logs in to MiniMax.'})
                 for plugin, enabled in self.plugins.items()]
        invocation.return_value(GLib.Variant('(aa{sv})', (found,)))

    def do_SetEnabled(self, invocation, plugin, enabled, _options, **_):
        self.plugins[plugin] = enabled
        invocation.return_value(None)

    def do_BeginLogin(self, invocation, _method, _options, connection, **_):
        sender = invocation.get_sender()
        path = f'{PATH}/login/{sender[1:].replace(".", "_")}/1'
        self.record.write(json.dumps(['login', path]) + '\n')
        connection.register_object(path, self.interfaces[NAME + '.Login'], self.on_call, None, None)
        details = {'verification-uri': 'https://platform.minimax.io/oauth-authorize',
                   'verification-uri-complete': 'https://platform.minimax.io/oauth-authorize'
                                                '?user_code=TUE3-FXNG&client=OpenClaw',
                   'user-code': 'TUE3-FXNG', 'expires-at': round(1000 * time.time()) + 600000,
                   'interval-ms': 2000, **self.moods().get('begun', {})}
        # Read before the reply: the test may go on then.
        steps = list(self.moods().get('login', []))
        invocation.return_value(GLib.Variant('(oa{sv})', (path, to_dictionary(details))))
        self.play_login(connection, sender, path, steps)

    def play_login(self, connection, sender, path, steps):
        def emit(name, signature, *arguments):
            connection.emit_signal(sender, path, NAME + '.Login', name,
                                   GLib.Variant(signature, arguments))

        def run(step):
            if len(step) == 1:
                os._exit(1)
            if len(step) == 3:
                emit('Progress', '(sa{sv})', step[1], to_dictionary(step[2]))
            else:
                emit('Finished', '(bssa{sv})', *step[1:4], to_dictionary(step[4]))
            self.play_login(connection, sender, path, steps)
            return GLib.SOURCE_REMOVE

        if steps:
            step = steps.pop(0)
            GLib.timeout_add(round(1000 * step[0]), run, step)

    def do_Cancel(self, invocation, connection, request, **_):
        if '/login/' not in request:
            self.cancel_request(invocation, request)
            return
        invocation.return_value(None)
        connection.emit_signal(
            invocation.get_sender(), request, NAME + '.Login', 'Finished',
            GLib.Variant('(bssa{sv})', (False, NAME + '.Error.Cancelled', 'Ended.', {})))

    def do_Get(self, invocation, path, _options, **_):
        values = {**self.moods().get('values', {}), **self.values}
        if path.startswith(('agents', 'models')) and path not in values:
            invocation.return_dbus_error(NAME + '.Error.NotFound', 'no such value')
        else:
            invocation.return_value(GLib.Variant('(s)', (values.get(path, path),)))

    def read_text(self, invocation, handle):
        """What is in a descriptor that has to be sealed; also recorded, as a call of "text"."""
        fd = invocation.get_message().get_unix_fd_list().get(handle)
        seals = fcntl.fcntl(fd, fcntl.F_GET_SEALS)
        text = os.pread(fd, 1 << 24, 0).decode('utf-8', 'surrogateescape')
        os.close(fd)
        self.record.write(json.dumps(['text', text, bool(seals & fcntl.F_SEAL_WRITE)]) + '\n')
        return text

    def do_Set(self, invocation, path, json5, options, **_):
        self.values[path] = json5 or self.read_text(invocation, options['value'])
        self.is_changed = True
        invocation.return_value(None)

    def do_Unset(self, invocation, _path, _options, **_):
        self.is_changed = True
        invocation.return_value(None)

    def do_Patch(self, invocation, json5, options, **_):
        if '"models"' in (json5 or self.read_text(invocation, options['value'])):
            self.values['agents.defaults.models'] = '{}'
        invocation.return_value(None)

    def do_Reload(self, invocation, _options, **_):
        invocation.return_value(None)

    def do_Validate(self, invocation, options, **_):
        text = self.read_text(invocation, options['text']) if 'text' in options else ''
        problems = [{k: v for k, v in problem.items() if k not in ('when', 'changed')}
                    for problem in self.moods().get('problems', [])
                    if problem.get('when', '') in text
                    and problem.get('changed', False) <= self.is_changed]
        invocation.return_value(GLib.Variant('(aa{sv})', ([to_dictionary(p) for p in problems],)))

    def do_ReplaceText(self, invocation, handle, options, **_):
        text = self.read_text(invocation, handle)
        if 'REFUSED' in text:
            invocation.return_dbus_error(NAME + '.Error.ConfigInvalid', 'unreadable it is')
            return
        which = 'DesktopPath' if options['document'] == 'desktop' else 'Path'
        Path(self.moods()[which]).write_text(text, 'utf-8', 'surrogateescape')
        invocation.return_value(None)

    def cancel_request(self, invocation, request):
        self.cancelled.add(request)
        invocation.return_value(None)

    def record_descriptors(self, fds):
        for i in range(fds.get_length() if fds else 0):
            fd = fds.get(i)
            mode = fcntl.fcntl(fd, fcntl.F_GETFL) & os.O_ACCMODE
            self.record.write(json.dumps(['descriptor', {
                'regular': stat.S_ISREG(os.fstat(fd).st_mode),
                'target': os.readlink(f'/proc/self/fd/{fd}'), 'read-only': mode == os.O_RDONLY,
                'data': base64.b64encode(os.pread(fd, 1 << 24, 0)).decode()}]) + '\n')
            os.close(fd)

    def do_Stream(self, invocation, model, _messages, _options, connection, **_):
        self.record_descriptors(invocation.get_message().get_unix_fd_list())
        if model.startswith('org.'):
            invocation.return_dbus_error(model, 'what happened')
            return
        if model == 'no-fd':
            invocation.return_value(GLib.Variant('(oh)', ('/x', 7)))
            return
        script = json.loads(model)
        delay = script.pop(0) if isinstance(script[0], float) else 0
        GLib.timeout_add(round(1000 * delay), self.start, invocation, script, connection)

    def start(self, invocation, script, connection):
        self.requests += 1
        path = f'{PATH}/request/x/{self.requests}'
        connection.register_object(path, self.interfaces[NAME + '.Request'], self.on_call, None,
                                   None)
        reader, writer = os.pipe()
        fds = Gio.UnixFDList.new()
        index = fds.append(reader)
        os.close(reader)
        invocation.return_value_with_unix_fd_list(GLib.Variant('(oh)', (path, index)), fds)
        threading.Thread(target=self.play, args=(path, writer, script), daemon=True).start()
        return GLib.SOURCE_REMOVE

    def play(self, path, writer, script):
        flood = {'type': 'text', 'text': 'x' * 5000}
        try:
            for step in [s for step in script for s in ([flood] * 500 if step is True else [step])]:
                if path in self.cancelled:
                    step = {'type': 'error', 'name': NAME + '.Error.Cancelled', 'message': 'Ended.',
                            'retryable': False, 'model': 'a/b', 'profile': 'a:default',
                            'partial': {'text': 'from the gateway', 'usage': {'output': 7}}}
                    os.write(writer, json.dumps(step).encode() + b'\n')
                    break
                if step is None:
                    os._exit(1)
                elif isinstance(step, (int, float)):
                    time.sleep(step)
                elif isinstance(step, str):
                    os.write(writer, step.encode())
                else:
                    os.write(writer, json.dumps(step, ensure_ascii=False).encode() + b'\n')
        except BrokenPipeError:
            self.record.write(json.dumps(['reader gone']) + '\n')
        os.close(writer)


def main():
    gateway = FalseGateway(sys.argv[1])
    Gio.bus_own_name(Gio.BusType.SESSION, NAME, Gio.BusNameOwnerFlags.NONE, gateway.export, None,
                     lambda *_: os._exit(2))
    GLib.MainLoop().run()


if __name__ == '__main__':
    main()
