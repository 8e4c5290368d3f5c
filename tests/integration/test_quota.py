# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""What is left of a plan: GetQuota(), whom it asks, and what the user is told unasked."""

import os

from client import options_of
from fake_host import FakeHost
from harness import KEY, GatewayTest, main
from login_case import USAGE, plain_config, write_drop_ins
from minimax_server import (BALANCE, CODING_PLANS, TOKEN_PLAN, MiniMax, Reply, balance,
                            old_plan_row, plan, token_plan_row)
from notifications import Notifications

M21 = 'minimax/MiniMax-M2.1'


class QuotaTest(GatewayTest):
    configured = False
    notifications = True     # desktop.notifications.quota

    def setUp(self):
        self.world = MiniMax()
        self.addCleanup(self.world.close)
        self.here, self.there = self.world.region['global'], self.world.region['cn']
        self.key = self.make_key('sk-cp-test-')
        start, self.started = self.started, False
        super().setUp()
        write_drop_ins(self.session, self.world)
        self.session.write_config(self.make_config())
        desktop = self.session.home / '.config/openclaw-gateway/desktop.json'
        desktop.parent.mkdir(parents=True, exist_ok=True)
        desktop.write_text('{notifications: {quota: %s}}' % str(self.notifications).lower())
        if start:
            self.session.start_daemon({'MINIMAX_API_KEY': self.key})

    def make_config(self):
        return plain_config(agents={'defaults': {'model': {'primary': M21}}})

    def make_key(self, prefix, region='global'):
        key = self.world.make_key(region)
        self.world.region[region].keys.remove(key)
        self.world.region[region].keys.add(prefix + key)
        return prefix + key

    def quota(self, provider='minimax', **options):
        return self.client.call('GetQuota', '(sa{sv})', provider, options_of(options),
                                interface=USAGE)

    def windows(self, **options):
        return {w['label']: w.get('used-percent') for w in self.quota(**options)}

    def set_plan(self, **more):
        self.here.quota[TOKEN_PLAN] = plan(token_plan_row(self.world.clock.now(), **more))

    def assertOnly(self, path):
        self.assertEqual({r.path for r in self.here.quota_requests()}, {path})


class TestQuota(QuotaTest):
    def test_token_plan(self):
        now = self.world.clock.now()
        self.set_plan(percent=1, weekly=90, weekly_boost_permille=1500)
        session, week = self.quota()
        self.assertEqual((session['label'], session['used-percent']), ('5h', 99))
        self.assertEqual(session['resets-at'], now + 4 * 3600 * 1000)
        self.assertEqual((week['label'], week['used-percent'], week['total']), ('week', 10, 150))
        for window in (session, week):
            self.assertEqual({k: window[k] for k in ('provider', 'profile', 'region', 'source',
                                                     'state', 'unit', 'plan-key')},
                             {'provider': 'minimax', 'profile': 'minimax:env', 'region': 'global',
                              'source': 'plan', 'state': 'ok', 'unit': 'percent',
                              'plan-key': True})
        request = self.here.quota_requests()[0]
        self.assertEqual(request.bearer, self.key)
        self.assertOnly(TOKEN_PLAN)
        self.assertEqual(self.world.leaks(), [])

    def test_older_address_and_older_plan(self):
        self.here.quota = {CODING_PLANS[1]: plan(old_plan_row(self.world.clock.now()))}
        self.assertEqual(self.windows(), {'5h': 2})
        self.assertEqual([r.path for r in self.here.quota_requests()],
                         [TOKEN_PLAN, *CODING_PLANS])

    def test_page_instead_of_an_answer(self):
        self.here.quota = {TOKEN_PLAN: Reply(200, '<!doctype html>', {'Content-Type': 'text/html'}),
                           CODING_PLANS[0]: plan(old_plan_row(self.world.clock.now()))}
        self.assertEqual(self.windows(), {'5h': 2})

    def test_nothing_is_there(self):
        self.here.quota = {}
        answer, = self.quota()
        self.assertEqual(answer['state'], 'unknown')
        self.assertNotIn('used-percent', answer)
        self.assertIn('did not say', answer['message'])

    def test_refusals_stop(self):
        for status, state in ((401, 'error'), (403, 'error'), (429, 'error'), (500, 'unknown')):
            self.here.quota = {TOKEN_PLAN: Reply(status, 'no'), CODING_PLANS[0]: plan(
                old_plan_row(self.world.clock.now()))}
            answer, = self.quota(refresh=True)
            self.assertEqual(answer['state'], state, status)
        self.assertOnly(TOKEN_PLAN)

    def test_refused_with_status_200(self):
        self.here.keys.clear()
        for code in ('1004', '2049'):
            self.here.behaviour.bad_key = code
            answer, = self.quota(refresh=True)
            self.assertEqual(answer['state'], 'error')
            self.assertNotIn('used-percent', answer)
            self.assertIn('refused', answer['message'])
            self.assertNotIn(self.key, str(answer))

    def test_upside_down(self):
        self.set_plan(current_interval_total_count=100, current_interval_usage_count=2)
        session, week = self.quota()
        self.assertEqual(session['state'], 'unknown')
        self.assertNotIn('used-percent', session)
        self.assertEqual(week['used-percent'], 10)

    def test_server_gone(self):
        self.here.api.stop()
        answer, = self.quota()
        self.assertEqual(answer['state'], 'unknown')
        self.assertIn('could not be reached', answer['message'])

    def test_cached_for_a_minute(self):
        for _ in range(3):
            self.quota()
        self.assertEqual(len(self.here.quota_requests()), 1)
        self.quota(refresh=True)
        self.assertEqual(len(self.here.quota_requests()), 2)

    def test_asked_once_for_all_who_wait(self):
        calls = [self.client.start_call('GetQuota', '(sa{sv})', 'minimax', {}, interface=USAGE)
                 for _ in range(20)]
        for call in calls:
            self.client.wait_done(call)
        self.assertEqual(len(self.here.quota_requests()), 1)

    def test_everybody(self):
        self.assertEqual({w['provider'] for w in self.quota('')}, {'minimax'})

    def test_providers_without_anything(self):
        self.assertDBusError('ProviderNotConfigured', self.quota, 'nobody')
        self.assertDBusError('CredentialMissing', self.quota, 'minimax-portal')
        self.assertDBusError('CredentialMissing', self.quota, 'anthropic')
        for profile in ('anthropic:default', 'minimax', 'minimax:', ':'):
            self.assertDBusError('InvalidArgs', self.quota, profile=profile)

    def test_language(self):
        self.here.quota = {}
        answer, = self.quota(locale='de_DE')
        self.assertTrue(answer['message'])

    def test_command_line(self):
        self.set_plan(percent=75, weekly=40)
        done = self.session.ctl('status', '--usage')
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertMentions(done.stdout, '5h', '25 %', 'week', '60 %')
        done = self.session.ctl('models', 'status')
        self.assertMentions(done.stdout, '5h', '25 %')

    def test_command_line_unknown(self):
        self.here.quota = {}
        done = self.session.ctl('status', '--usage')
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertMentions(done.stdout, 'minimax:env', 'unknown')

    def test_fast_model_under_a_plan(self):
        done = self.session.ctl('models', 'set', 'minimax/MiniMax-M2.1-lightning')
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn('plan', done.stderr)
        done = self.session.ctl('models', 'status')
        self.assertIn('by itself', done.stdout)


class TestBalance(QuotaTest):
    def test_balance(self):
        key = self.make_key('sk-api-test-')
        self.here.quota = {BALANCE: balance('12.50')}
        self.session.start_daemon({'MINIMAX_API_KEY': key})
        answer, = self.quota()
        self.assertEqual((answer['source'], answer['state'], answer['balance'],
                          answer['plan-key']), ('balance', 'ok', 12.5, False))
        self.assertOnly(BALANCE)


class TestRegions(QuotaTest):
    """The key goes to the server of its own region, and nowhere else."""

    def test_china(self):
        key = self.make_key('sk-cp-test-', 'cn')
        self.session.write_config(plain_config(models={'mode': 'merge', 'providers': {
            'minimax': {'baseUrl': self.there.base_url, 'models': []}}}))
        self.session.start_daemon({'MINIMAX_API_KEY': key})
        self.assertEqual({w['region'] for w in self.quota()}, {'cn'})
        self.assertEqual(self.here.quota_requests(), [])
        self.assertEqual(self.world.leaks(), [])

    def test_somebody_elses_address(self):
        drop_ins = self.session.home / '.config/openclaw-gateway/providers.d'
        drop_ins.mkdir(parents=True, exist_ok=True)
        url = self.world.foreign.origin + '/remains'
        (drop_ins / 'minimax.json').write_text(
            '{quota: {regions: {global: {planUrls: ["%s"], balanceUrl: "%s"}}}}' % (url, url))
        self.session.start_daemon({'MINIMAX_API_KEY': self.key})
        answer, = self.quota()
        self.assertEqual(answer['state'], 'unknown')
        self.assertEqual(list(self.world.foreign.requests), [])


class TestProfiles(QuotaTest):
    keyring = True

    def test_stored(self):
        key = self.make_key('sk-cp-test-')
        read_end, write_end = os.pipe()
        os.write(write_end, key.encode())
        os.close(write_end)
        self.client.store_secret('minimax:work', read_end)
        os.close(read_end)
        self.assertEqual({w['profile'] for w in self.quota(profile='minimax:work')},
                         {'minimax:work'})
        self.assertEqual(self.here.quota_requests()[-1].bearer, key)
        self.assertDBusError('CredentialMissing', self.quota, profile='minimax:nobody')
        self.assertEqual(self.session.find_secret(key), [])


class TestNotices(QuotaTest):
    def setUp(self):
        super().setUp()
        self.server = Notifications(self.session.address)
        self.addCleanup(self.server.close)

    def ask(self):
        self.client.complete('hello')

    def test_once_for_each_level(self):
        for percent in (30, 20, 15, 0, 0):
            self.set_plan(percent=percent)
            self.quota(refresh=True)
        shown = self.server.wait_for(2)
        self.assertEqual([title for _, title, _ in shown],
                         ['The plan of MiniMax is nearly used up',
                          'The plan of MiniMax is used up'])
        self.assertEqual(len({number for number, _, _ in shown}), 1)
        self.assertMentions(shown[0][2], 'minimax:env', '80 percent', '5h')
        self.assertEqual(len(shown), 2)

    def test_taken_away_when_there_is_more(self):
        self.set_plan(percent=5)
        self.quota()
        self.server.wait_for(1)
        self.set_plan(percent=100)
        self.quota(refresh=True)
        self.wait_until(lambda: self.server.closed, 'the notice to be closed')

    def test_looked_at_after_a_request(self):
        self.set_plan(percent=10)
        for _ in range(5):
            self.ask()
        self.server.wait_for(1)
        self.assertEqual(len(self.here.quota_requests()), 1)

    def test_no_server(self):
        self.server.close()
        self.set_plan(percent=10)
        self.quota()
        self.set_plan(percent=0)
        self.assertEqual(self.windows(refresh=True)['5h'], 100)


class TestSilence(QuotaTest):
    notifications = False

    def test_nobody_asks_and_nobody_is_told(self):
        server = Notifications(self.session.address)
        self.addCleanup(server.close)
        self.set_plan(percent=10)
        self.client.complete('hello')
        self.assertEqual(self.here.quota_requests(), [])
        self.assertEqual(self.windows()['5h'], 90)
        self.assertEqual(server.shown, [])


class TestHeaders(GatewayTest):
    """A provider that says how much is left with each answer, and only there."""

    configured = False
    HEADERS = {'x-ratelimit-limit-requests': '60', 'x-ratelimit-remaining-requests': '45',
               'x-ratelimit-reset-requests': '1m3.5s', 'x-ratelimit-limit-tokens': '0'}

    def setUp(self):
        self.host = FakeHost('openrouter', self.answer, '127.0.0.6')
        self.addCleanup(self.host.stop)
        start, self.started = self.started, False
        super().setUp()
        self.session.write_config(plain_config(
            agents={'defaults': {'model': {'primary': 'other/m'}}},
            models={'mode': 'merge', 'providers': {'other': {
                'baseUrl': self.host.origin + '/v1', 'api': 'openai-completions', 'apiKey': KEY,
                'models': [{'id': 'm', 'name': 'm'}]}}}))
        if start:
            self.session.start_daemon()

    def answer(self, request):
        return Reply(self.status, {
            'id': 'c', 'object': 'chat.completion', 'model': 'm', 'choices': [{
                'index': 0, 'message': {'role': 'assistant', 'content': 'hello'},
                'finish_reason': 'stop'}]} if self.status == 200 else {
                    'error': {'message': 'slow down', 'type': 'rate_limit_error'}}, self.HEADERS)

    status = 200

    def quota(self):
        return self.client.call('GetQuota', '(sa{sv})', 'other', {}, interface=USAGE)

    def assertWindow(self, window):
        self.assertEqual((window['source'], window['state'], window['label'],
                          window['used-percent'], window['total'], window['unit']),
                         ('headers', 'ok', 'requests', 25, 60, 'requests'))
        self.assertGreater(window['resets-at'], window['updated'])

    def test_answer(self):
        before, = self.quota()
        self.assertEqual(before['state'], 'unknown')
        self.client.complete('hello', stream=False)
        window, = self.quota()
        self.assertWindow(window)
        self.assertEqual(sum(r.method == 'POST' for r in list(self.host.requests)), 1)

    def test_refusal(self):
        self.status = 429
        self.assertDBusError('RateLimited', self.client.complete, 'hello', fallback=False)
        window, = self.quota()
        self.assertWindow(window)


if __name__ == '__main__':
    main()
