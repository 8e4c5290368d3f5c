#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""Images: which models they go to, and what is no image."""

import base64
import os

from client import dictionary
from gi.repository import GLib
from harness import GatewayTest, main

TEXT = 'minimax/MiniMax-M2.1'
EYES = 'eyes/MiniMax-M3'
MORE_EYES = 'more/MiniMax-M3'
PNG = base64.b64decode('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwAD'
                       'hgGAWjR9awAAAABJRU5ErkJggg==')
BYTES = {'image/png': PNG, 'image/jpeg': b'\xff\xd8\xff\xe0' + b'x' * 20,
         'image/gif': b'GIF89a' + b'x' * 20, 'image/webp': b'RIFF\x20\0\0\0WEBPVP8 ' + b'x' * 20}
CALL = {'role': 'assistant', 'content': [
    {'type': 'tool-call', 'id': 'call_1', 'name': 'look', 'arguments': '{}'}]}


def picture(media_type='image/png', data=PNG, **more):
    return {'type': 'image', 'media-type': media_type, 'data': data, **more}


def asked(part=None):
    return [{'role': 'user', 'content': [{'type': 'text', 'text': 'What is this?'},
                                         part or picture()]}]


IN_A_RESULT = [{'role': 'user', 'content': 'Look.'}, CALL, {'role': 'tool', 'content': [
    {'type': 'tool-result', 'id': 'call_1', 'content': [picture()]}]}]


class ImageTest(GatewayTest):
    def entries(self, eyes='ok'):
        """One model that takes no images, and two that do."""
        text_only = self.session.entry('anthropic')
        text_only['models'][0]['input'] = ['text']
        return {'minimax': text_only, 'eyes': self.session.entry(eyes, models=['MiniMax-M3']),
                'more': self.session.entry('keyless', models=['MiniMax-M3'])}

    def configure(self, image_model=None, primary=TEXT, fallbacks=(), eyes='ok', **more):
        defaults = {'imageModel': image_model} if image_model else {}
        self.session.configure({**self.entries(eyes), **more}, primary=primary,
                               fallbacks=fallbacks, defaults=defaults)

    def images(self, scenario):
        return [r for r in self.provider.requests(scenario) if '"image"' in r['body']]


class ModelTest(ImageTest):
    def test_model_without_images(self):
        self.configure()
        for conversation in (asked(), IN_A_RESULT):
            for model in ('', TEXT):
                with self.subTest(model=model, conversation=conversation):
                    message = self.assertDBusError('InvalidRequest', self.client.complete,
                                                   conversation, model)
                    self.assertMentions(message, TEXT, 'openclawctl models list', 'imageModel')
                    self.assertDBusError('InvalidRequest', self.client.stream, conversation, model)
        self.assertEqual(self.provider.requests(), [])
        self.assertTrue(self.client.complete('hello')['text'])

    def test_image_model_stands_in(self):
        self.configure(EYES)
        for conversation in (asked(), IN_A_RESULT):
            answer = self.client.complete(conversation)
            self.assertEqual((answer['requested'], answer['model']), (EYES, EYES))
            self.assertEqual(answer['attempts'], [])
        self.assertEqual(len(self.images('ok')), 2)
        self.assertEqual(self.client.complete('hello')['model'], TEXT)

    def test_not_for_a_model_that_was_asked_for(self):
        self.configure(EYES)
        self.assertDBusError('InvalidRequest', self.client.complete, asked(), TEXT)
        self.assertEqual(self.client.complete(asked(), EYES)['model'], EYES)

    def test_it_has_fallbacks_of_its_own(self):
        self.configure({'primary': EYES, 'fallbacks': [TEXT, MORE_EYES]}, eyes='429-30',
                       fallbacks=['second/MiniMax-M2.1'], second='ok')
        answer = self.client.complete(asked())
        self.assertEqual(answer['model'], MORE_EYES)
        self.assertEqual([a['model'] for a in answer['attempts']], [EYES])
        self.assertEqual(self.provider.requests('anthropic') + self.provider.requests('ok'), [])

    def test_image_model_that_cannot_be_used(self):
        self.configure({'primary': 'nobody/x', 'fallbacks': [EYES]})
        self.assertEqual(self.client.complete(asked())['model'], EYES)
        for unusable in ('nobody/x', TEXT):
            with self.subTest(image_model=unusable):
                self.configure(unusable)
                self.assertDBusError('InvalidRequest', self.client.complete, asked())

    def test_default_model_that_takes_them_is_not_replaced(self):
        self.configure(MORE_EYES, primary=EYES)
        self.assertEqual(self.client.complete(asked())['model'], EYES)

    def test_fallbacks_that_take_none_are_left_out(self):
        self.configure(primary=EYES, fallbacks=[TEXT, MORE_EYES], eyes='429-30')
        self.assertEqual(self.client.complete(asked())['model'], MORE_EYES)
        self.assertEqual(self.client.complete('hello')['model'], TEXT)

    def test_unlisted_models_are_tried(self):
        self.configure()
        self.assertEqual(self.client.complete(asked(), 'eyes/unlisted')['model'], 'eyes/unlisted')
        self.assertEqual(len(self.images('ok')), 1)


class BytesTest(ImageTest):
    def setUp(self):
        super().setUp()
        self.configure(primary=EYES)

    def refused(self, part, *words, fds=()):
        for conversation in (asked(part), [*IN_A_RESULT[:2], {'role': 'tool', 'content': [
                {'type': 'tool-result', 'id': 'call_1', 'content': [part]}]}]):
            with self.assertRaises(Exception) as caught:
                self.client.call('Complete', '(saa{sv}a{sv})', '',
                                 [dictionary(m) for m in conversation], {}, fds=fds)
            self.assertIn(caught.exception.short, ('InvalidArgs', 'InvalidRequest'))
            self.assertMentions(caught.exception.message, *words)

    def test_known_types(self):
        for media_type, data in BYTES.items():
            with self.subTest(media_type=media_type):
                self.assertTrue(self.client.complete(asked(picture(media_type, data)))['text'])

    def test_bytes_of_another_type(self):
        for media_type in BYTES:
            for other, data in BYTES.items():
                if other != media_type:
                    with self.subTest(said=media_type, sent=other):
                        self.refused(picture(media_type, data), 'content', 'data', media_type)
        self.assertEqual(self.provider.requests(), [])

    def test_bytes_of_no_type(self):
        for data in (b'x', b'x' * 1000, b'\x89PNG', b'<svg xmlns="http://www.w3.org/2000/svg"/>',
                     b'BM' + b'x' * 50, b'GIF87b' + b'x' * 50, b'RIFF\x20\0\0\0WAVEfmt '):
            with self.subTest(data=data[:10]):
                for media_type in BYTES:
                    self.refused(picture(media_type, data), 'data')
        self.refused(picture('image/png', b''), 'data', 'empty')
        self.refused(picture('image/svg+xml'), 'media-type', 'image/png')
        self.refused(picture('image/jpg'), 'media-type', 'image/jpeg')
        self.refused(picture('IMAGE/PNG'), 'media-type')
        self.assertEqual(self.provider.requests(), [])

    def test_descriptors(self):
        part = {'type': 'image', 'media-type': 'image/png', 'fd': GLib.Variant('h', 0)}
        for data, words in ((b'', ('fd', 'empty')), (BYTES['image/gif'], ('fd', 'image/png'))):
            path = self.session.folder / 'picture'
            path.write_bytes(data)
            fd = os.open(path, os.O_RDONLY)
            with self.subTest(data=data[:6]):
                self.refused(part, *words, fds=[fd])
            os.close(fd)
        self.assertEqual(self.provider.requests(), [])

    def test_size(self):
        largest = PNG + b'\0' * (5 * 1024 * 1024 - len(PNG))
        self.assertTrue(self.client.complete(asked(picture(data=largest)))['text'])
        self.refused(picture(data=largest + b'\0'), 'data', '5 MiB')


if __name__ == '__main__':
    main()
