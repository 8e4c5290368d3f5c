# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""What is left of a plan: all answers of MiniMax, on the bus and on the command line."""

import json
import os

from client import options_of
from fake_host import FakeHost
from harness import main
from login_case import M21, PORTAL, PROFILE, USAGE, LoginTest
from minimax_server import (BALANCE, CODING_PLANS, PLANS, TOKEN_PLAN, Reply, balance, old_plan_row,
                            plan, token_plan_row)
from notifications import Notifications

HTML = Reply(200, '<!doctype html><html>hello</html>', {'Content-Type': 'text/html'})
LIGHTNING = 'MiniMax-M2.1-lightning'


class QuotaTest(LoginTest):
    def setUp(self):
        super().setUp()
        self.now = self.world.clock.now()

    def quota(self, provider=PORTAL, **options):
        options.setdefault('refresh', True)
        return self.client.call('GetQuota', '(sa{sv})', provider, options_of(options),
                                interface=USAGE)

    def set_plan(self, *rows, **more):
        self.here.quota = {TOKEN_PLAN: plan(*rows, **more)}

    def windows(self):
        """label -> used percent, of the windows that are known."""
        return {q['label']: q.get('used-percent') for q in self.quota()
                if q['state'] == 'ok' and 'label' in q}

    def assertUnknown(self):
        found = self.quota()
        self.assertTrue(found)
        for window in found:
            self.assertNotEqual(window['state'], 'ok', window)
            self.assertNotIn('used-percent', window)
            self.assertEqual(window['provider'], PORTAL)


class GenerationTest(QuotaTest):
    def setUp(self):
        super().setUp()
        self.add_login()

    def test_token_plan(self):
        self.set_plan(token_plan_row(self.now, percent=98, weekly=40))
        found = {q['label']: q for q in self.quota()}
        self.assertEqual({label: q['used-percent'] for label, q in found.items()},
                         {'5h': 2, 'week': 60})
        row = token_plan_row(self.now)
        self.assertEqual(found['5h']['resets-at'], row['end_time'])
        self.assertEqual(found['week']['resets-at'], row['weekly_end_time'])
        for window in found.values():
            self.assertEqual((window['state'], window['source'], window['region'],
                              window['profile']), ('ok', 'plan', 'global', PROFILE))

    def test_one_percent_is_one_percent(self):
        self.set_plan(token_plan_row(self.now, percent=1, weekly=0))
        self.assertEqual(self.windows(), {'5h': 99, 'week': 100})

    def test_old_plan_counts_what_remains(self):
        self.set_plan(old_plan_row(self.now, 1500, 1470))
        self.assertEqual(self.windows(), {'5h': 2})
        self.set_plan(old_plan_row(self.now, 1500, 0))
        self.assertEqual(self.windows(), {'5h': 100})

    def test_percent_comes_before_counts(self):
        self.set_plan(token_plan_row(self.now, percent=75, current_interval_total_count=1000,
                                     current_interval_usage_count=750))
        self.assertEqual(self.windows()['5h'], 25)

    def test_rows_under_data(self):
        self.here.quota = {TOKEN_PLAN: {'data': plan(token_plan_row(self.now, percent=70)),
                                        'base_resp': {'status_code': 0}}}
        self.assertEqual(self.windows()['5h'], 30)

    def test_row_of_text_is_chosen(self):
        video = token_plan_row(self.now, 'video', 3, 3)
        text = token_plan_row(self.now, 'general', 60, 60)
        for rows in ((video, text), (text, video)):
            self.set_plan(*rows)
            self.assertEqual(self.windows()['5h'], 40)
        self.set_plan(video, token_plan_row(self.now, 'minimax-m3', 55, 55))
        self.assertEqual(self.windows()['5h'], 45)

    def test_unlimited(self):
        self.set_plan(token_plan_row(self.now, percent=100, status=3, weekly=50))
        self.assertEqual(self.windows(), {'week': 50})

    def test_not_in_the_plan(self):
        """Both windows unlimited with zero totals: the plan does not have it."""
        self.set_plan(token_plan_row(self.now, percent=100, weekly=100, status=3, weekly_status=3))
        self.assertEqual(self.windows(), {})

    def test_exhausted(self):
        self.set_plan(token_plan_row(self.now, percent=0, status=2))
        self.assertEqual(self.windows()['5h'], 100)

    def test_name_of_the_plan(self):
        self.set_plan(token_plan_row(self.now), plan_name='Token Plan Plus')
        self.assertEqual({q.get('plan') for q in self.quota()}, {'Token Plan Plus'})

    def test_older_paths(self):
        for path in CODING_PLANS:
            for before in (404, 405, 'html'):
                with self.subTest(path=path, before=before):
                    others = {p: HTML if before == 'html' else Reply(before, 'no')
                              for p in PLANS if p != path}
                    self.here.quota = {**others, path: plan(old_plan_row(self.now, 100, 25))}
                    self.assertEqual(self.windows(), {'5h': 75})
        self.assertFaithful()

    def test_refusals_stop_the_search(self):
        for status in (401, 403, 429):
            with self.subTest(status=status):
                self.here.quota = {TOKEN_PLAN: Reply(status, {'base_resp': {'status_code': 1004}}),
                                   CODING_PLANS[0]: plan(old_plan_row(self.now))}
                before = len(self.here.quota_requests())
                self.assertUnknown()
                paths = {r.path for r in self.here.quota_requests()[before:]}
                self.assertEqual(paths, {TOKEN_PLAN})


class UnknownTest(QuotaTest):
    def setUp(self):
        super().setUp()
        self.add_login()

    def test_shapes(self):
        now = self.now
        shapes = {
            'nothing': {}, 'no rows': plan(), 'array': [], 'text': b'hello', 'half': b'{"model_',
            'rows that are none': plan(1, 'a', None), 'rows as object': {'model_remains': {}},
            'zeros': plan(old_plan_row(now, 0, 0)), 'negative': plan(old_plan_row(now, -5, 3)),
            'more than all': plan(old_plan_row(now, 100, 250)),
            'percent as text': plan(token_plan_row(now, percent='many', weekly='x')),
            'percent of 250': plan(token_plan_row(now, percent=250, weekly=-7)),
            'percent null': plan(token_plan_row(now, percent=None, weekly=None)),
            'deep': b'[' * 100000, 'huge': b'{"a":"' + b'x' * (4 << 20) + b'"}',
            'code 1004': {'base_resp': {'status_code': 1004, 'status_msg': 'no active plan'}},
            'code 2049': {'base_resp': {'status_code': 2049, 'status_msg': 'invalid api key'}},
        }
        for name, body in shapes.items():
            with self.subTest(shape=name):
                self.here.quota = {TOKEN_PLAN: body}
                self.assertUnknown()

    def test_counts_that_contradict(self):
        """A percent of 90 and counts of 10 of 100: nobody knows."""
        self.set_plan(token_plan_row(self.now, percent=90, weekly=90,
                                     current_interval_total_count=100,
                                     current_interval_usage_count=50))
        self.assertNotIn(50, self.windows().values())

    def test_no_endpoint(self):
        self.here.quota = {}
        self.assertUnknown()
        self.assertEqual([r.path for r in self.here.quota_requests()][:3], list(PLANS))

    def test_trouble(self):
        for how in (500, 502, 'drop', 'html'):
            with self.subTest(how=how):
                self.here.api.fail('', how, 6)
                self.assertUnknown()
                self.here.recover()
        self.assertEqual(self.listed()[PROFILE]['state'], 'ok')

    def test_commands_say_so(self):
        self.here.quota = {TOKEN_PLAN: plan({'something': 'new'})}
        self.assertIn('unknown', self.ctl('status', '--usage').stdout.lower())
        found = json.loads(self.ctl('status', '--usage', '--json').stdout)['quota']
        self.assertNotIn('ok', [q['state'] for q in found if q['provider'] == PORTAL])

    def test_errors(self):
        self.assertDBusError('ProviderNotConfigured', self.quota, 'nobody')
        self.client.remove_credential(PROFILE)
        self.assertDBusError('CredentialMissing', self.quota, PORTAL)


class CommandTest(QuotaTest):
    def test_status(self):
        self.add_login()
        self.set_plan(token_plan_row(self.now, percent=37, weekly=81))
        for command in (('models', 'status'), ('status', '--usage')):
            with self.subTest(command=command):
                self.assertMentions(self.ctl(*command).stdout, '63', '19', '5h')
        found = json.loads(self.ctl('status', '--usage', '--json').stdout)['quota']
        windows = {q['label']: q for q in found if q['provider'] == PORTAL}
        self.assertEqual({k: w['used-percent'] for k, w in windows.items()}, {'5h': 63, 'week': 19})
        self.assertEqual(windows['5h']['resets-at'], token_plan_row(self.now)['end_time'])

    def test_status_without_usage_asks_nobody(self):
        self.add_login()
        self.ctl('status')
        self.assertEqual(self.here.quota_requests(), [])

    def test_old_plan(self):
        self.add_login()
        self.set_plan(old_plan_row(self.now, 1500, 150))
        self.assertIn('90', self.ctl('status', '--usage').stdout)

    def test_status_when_the_network_is_gone(self):
        self.add_login()
        for host in self.here.hosts:
            host.stop()
        self.ctl('models', 'status')
        self.ctl('status', '--usage')

    def test_lightning_under_a_login(self):
        self.add_login()
        self.ctl('models', 'set', f'{PORTAL}/{LIGHTNING}')
        done = self.ctl('models', 'status')
        self.assertRegex((done.stdout + done.stderr).lower(), 'lightning')
        self.assertRegex((done.stdout + done.stderr).lower(), 'plan')


class RegionTest(QuotaTest):
    def store_key(self, region, profile='minimax:default', prefix='sk-cp', **options):
        """A key that is good in that region only."""
        key = self.world.make_key(region, prefix)
        read_end, write_end = os.pipe()
        os.write(write_end, key.encode())
        os.close(write_end)
        self.client.store_secret(profile, read_end, region=region, **options)
        os.close(read_end)
        return key

    def test_login_of_a_region(self):
        self.add_login(region='cn')
        place = self.world.region['cn']
        place.quota = {TOKEN_PLAN: plan(token_plan_row(self.now, percent=11))}
        self.assertEqual(self.windows()['5h'], 89)
        self.assertEqual(self.here.quota_requests(), [])
        self.assertEqual(self.quota()[0]['region'], 'cn')
        self.assertFaithful()

    def test_key_of_a_region(self):
        for region in ('global', 'cn'):
            with self.subTest(region=region):
                key = self.store_key(region)
                place = self.world.region[region]
                place.quota = {TOKEN_PLAN: plan(token_plan_row(self.now, percent=25))}
                found = self.quota('minimax')
                self.assertEqual({q['label']: q['used-percent'] for q in found}['5h'], 75)
                self.assertEqual(place.quota_requests()[-1].bearer, key)
        self.assertEqual(self.world.leaks(), [])

    def test_two_keys_of_two_regions(self):
        keys = {region: self.store_key(region, f'minimax:{region}') for region in ('global', 'cn')}
        for region in keys:
            self.world.region[region].quota = {TOKEN_PLAN: plan(token_plan_row(self.now))}
            found = self.quota('minimax', profile=f'minimax:{region}')
            self.assertEqual({q.get('region') for q in found}, {region}, found)
        self.assertEqual(self.world.leaks(), [])

    def test_a_key_of_the_wrong_region_goes_nowhere_else(self):
        """The server of the region that was said refuses it; quota does not try another one."""
        from_cn = self.world.make_key('cn')
        self.ctl('models', 'auth', 'paste-token', '--provider', 'minimax', stdin=from_cn)
        before = len(self.world.region['cn'].quota_requests())
        for window in self.quota('minimax'):
            self.assertNotEqual(window['state'], 'ok')
        self.assertEqual(len(self.world.region['cn'].quota_requests()), before)
        self.assertEqual(self.world.foreign.requests, [])

    def test_balance(self):
        self.store_key('global', prefix='sk-api')
        self.here.quota = {TOKEN_PLAN: {'base_resp': {'status_code': 1004,
                                                      'status_msg': 'no active plan'}},
                           BALANCE: balance('12.50')}
        found = [q for q in self.quota('minimax') if q.get('source') == 'balance']
        self.assertEqual([q['balance'] for q in found], [12.5])


class CacheTest(QuotaTest):
    def test_a_minute(self):
        self.add_login()
        for _ in range(3):
            self.quota(refresh=False)
        self.assertEqual(len(self.here.quota_requests()), 1)
        self.quota(refresh=True)
        self.assertEqual(len(self.here.quota_requests()), 2)

    def test_callers_at_once_share_one_request(self):
        self.add_login()
        self.here.api.fail(TOKEN_PLAN, 0.3)
        calls = [self.client.start_call('GetQuota', '(sa{sv})', PORTAL, {}, interface=USAGE)
                 for _ in range(10)]
        for call in calls:
            self.assertIsInstance(self.client.wait_done(call), tuple)
        self.assertEqual(len(self.here.quota_requests()), 1)

    def test_another_login_is_another_account(self):
        self.add_login()
        self.set_plan(token_plan_row(self.now, percent=50))
        self.assertEqual({q['used-percent'] for q in self.quota(refresh=False)
                          if q['label'] == '5h'}, {50})
        self.set_plan(token_plan_row(self.now, percent=100))
        self.assertTrue(self.log_in()[0])
        self.assertEqual({q['used-percent'] for q in self.quota(refresh=False)
                          if q['label'] == '5h'}, {0})

    def test_expired_token_is_refreshed_first(self):
        self.add_login(-1)
        self.set_plan(token_plan_row(self.now, percent=50))
        self.assertEqual(self.windows()['5h'], 50)
        self.assertEqual(self.oauth.refreshes, 1)
        self.assertFaithful()


class NoticeTest(QuotaTest):
    def setUp(self):
        super().setUp()
        self.desktop = Notifications(self.session.address)
        self.addCleanup(self.desktop.close)
        self.add_login()

    def look(self, percent):
        self.set_plan(token_plan_row(self.now, percent=percent, weekly=99))
        self.quota()
        self.client.spin(0.2)

    def test_once_at_80_and_once_at_100(self):
        for used, count in ((10, 0), (79, 0), (80, 1), (85, 1), (99, 1), (100, 2), (100, 2)):
            self.look(100 - used)
            self.assertEqual(len(self.desktop.shown), count, f'at {used} %: {self.desktop.shown}')

    def test_straight_to_100(self):
        self.look(0)
        self.look(0)
        self.assertEqual(len(self.desktop.shown), 1, self.desktop.shown)

    def test_off(self):
        folder = self.session.home / '.config' / 'openclaw-gateway'
        folder.mkdir(parents=True, exist_ok=True)
        (folder / 'desktop.json').write_text('{ notifications: { quota: false } }')
        self.client.reload()
        self.look(0)
        self.assertEqual(self.desktop.shown, [])

    def test_unknown_notifies_nobody(self):
        self.here.quota = {TOKEN_PLAN: plan(old_plan_row(self.now, 0, 0))}
        self.quota()
        self.client.spin(0.2)
        self.assertEqual(self.desktop.shown, [])


class HeaderTest(QuotaTest):
    HEADERS = {'x-ratelimit-limit-requests': '200', 'x-ratelimit-remaining-requests': '50',
               'x-ratelimit-reset-requests': '1m3.5s', 'x-ratelimit-limit-tokens': '1000',
               'x-ratelimit-remaining-tokens': '900', 'x-ratelimit-reset-tokens': '20ms'}

    def lead_openai(self, headers):
        host = FakeHost('openai', lambda request: Reply(200, {
            'id': 'c', 'object': 'chat.completion', 'model': 'gpt-4o', 'choices': [
                {'index': 0, 'finish_reason': 'stop',
                 'message': {'role': 'assistant', 'content': 'hello'}}]}, headers), '127.0.0.7')
        self.addCleanup(host.stop)
        entry = self.session.entry(models=('gpt-4o',), api='openai-completions',
                                   baseUrl=host.origin + '/v1')
        self.session.write_config({'models': {'providers': {'openai': entry}}})
        self.client.reload()
        return host

    @staticmethod
    def count_questions(host):
        """Those for lists of models are asked of every server on this machine, at any time."""
        return len([r for r in host.requests
                    if not r.path.endswith('/models') and not r.path.startswith('/api/')])

    def test_limits_in_headers_of_answers(self):
        """A provider without a quota endpoint tells what is left with each answer."""
        host = self.lead_openai(self.HEADERS)
        self.assertEqual([q['state'] for q in self.quota('openai')], ['unknown'])
        self.client.complete('hi', 'openai/gpt-4o', stream=False)
        asked = self.count_questions(host)
        found = {q['unit']: q for q in self.quota('openai')}
        self.assertEqual({u: q['used-percent'] for u, q in found.items()},
                         {'requests': 75, 'tokens': 10})
        for window in found.values():
            self.assertEqual((window['state'], window['source']), ('ok', 'headers'))
        self.assertEqual((found['requests']['used'], found['requests']['total']), (150, 200))
        self.assertGreater(found['requests']['resets-at'], self.now + 30_000)
        self.assertEqual(self.count_questions(host), asked, 'it asked for what it had')

    def test_headers_that_make_no_sense(self):
        for headers in (dict.fromkeys(self.HEADERS, 'many'), dict.fromkeys(self.HEADERS, '-1'),
                        {**self.HEADERS, 'x-ratelimit-limit-requests': '0',
                         'x-ratelimit-limit-tokens': '0'}):
            self.lead_openai(headers)
            self.client.complete('hi', 'openai/gpt-4o', stream=False)
            self.assertEqual({q['state'] for q in self.quota('openai')}, {'unknown'})

    def test_login_of_the_messages_is_not_used_up(self):
        """Looking at a quota costs no tokens."""
        self.add_login()
        self.quota()
        self.ctl('models', 'status')
        self.assertEqual(self.here.message_requests(), [])
        self.assertEqual(self.client.complete('hi', M21)['text'], 'hello from MiniMax')


if __name__ == '__main__':
    main()
