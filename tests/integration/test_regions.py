# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""Credentials of one provider in two regions: each goes to its own, and nowhere else."""

import os

from client import CREDENTIALS, options_of
from harness import main
from login_case import M21, PORTAL, LoginTest, plain_config
from minimax_api import MESSAGES, error

REGIONS = ('global', 'cn')
REFUSALS = {401: error(401, 'authentication_error', 'invalid api key', 2049),
            429: error(429, 'rate_limit_error', 'rate limit exceeded', 1002)}
KEY_MODEL = 'minimax/MiniMax-M2.1'


class RegionsTest(LoginTest):
    provider_id = 'minimax'
    model = KEY_MODEL

    def profile(self, region):
        return f'{self.provider_id}:{region}'

    def store_keys(self):
        for region in REGIONS:
            key = self.world.make_key(region)
            read_end, write_end = os.pipe()
            os.write(write_end, key.encode())
            os.close(write_end)
            self.client.store_secret(self.profile(region), read_end, region=region)
            os.close(read_end)

    def asked(self):
        """How many messages came to each region."""
        return {name: len(place.message_requests()) for name, place in self.world.region.items()}

    def assertOwnRegion(self):
        for region in REGIONS:
            before = self.asked()
            answer = self.client.complete('hello', self.model, profile=self.profile(region))
            self.assertEqual((answer['text'], answer['profile']),
                             ('hello from MiniMax', self.profile(region)))
            after = self.asked()
            self.assertEqual({name: after[name] - before[name] for name in REGIONS},
                             {name: int(name == region) for name in REGIONS})
        self.assertFaithful()


class KeysTest(RegionsTest):
    def test_each_goes_to_its_own(self):
        self.store_keys()
        self.assertOwnRegion()

    def test_rotation_crosses_over(self):
        for status, refusal in REFUSALS.items():
            for refused, other in (REGIONS, REGIONS[::-1]):
                with self.subTest(status=status, refused=refused):
                    self.store_keys()
                    self.client.call('SetOrder', '(sasa{sv})', self.provider_id,
                                     [self.profile(refused), self.profile(other)], options_of({}),
                                     interface=CREDENTIALS)
                    before = self.asked()
                    self.world.region[refused].api.alter(MESSAGES, lambda _, reply=refusal: reply)
                    answer = self.client.complete('hello', self.model)
                    self.assertEqual(answer['profile'], self.profile(other))
                    after = self.asked()
                    self.assertGreater(after[refused], before[refused])
                    self.assertEqual(after[other], before[other] + 1)
                    self.world.region[refused].recover()
        self.assertFaithful()

    def test_dry_run_shows_where_it_goes(self):
        self.store_keys()
        for region in REGIONS:
            shown = self.client.complete('hello', self.model, profile=self.profile(region),
                                         dry_run=True)
            self.assertIn(self.world.region[region].api.origin, str(shown))
        self.assertEqual(self.asked(), {'global': 0, 'cn': 0})

    def test_check_asks_its_own_region(self):
        self.store_keys()
        for region in REGIONS:
            result = self.client.call('CheckCredential', '(sa{sv})', self.profile(region),
                                      options_of({}),
                                      interface=CREDENTIALS)
            self.assertEqual(result['state'], 'ok', result)
        self.assertEqual(self.world.leaks(), [])

    def test_base_url_of_the_user_is_the_one_place(self):
        self.store_keys()
        self.session.write_config(plain_config(True, models={'mode': 'merge', 'providers': {
            'minimax': {'baseUrl': self.here.base_url, 'models': []}}}))
        self.session.reload()
        answer = self.client.complete('hello', self.model, profile=self.profile('global'))
        self.assertEqual(answer['text'], 'hello from MiniMax')
        before = self.asked()
        message = self.assertDBusError('CredentialRejected', self.client.complete, 'hello',
                                       self.model, profile=self.profile('cn'))
        for region in REGIONS:
            self.assertIn(self.world.region[region].api.origin, str(message))
        self.assertEqual(self.asked(), before)
        self.assertEqual(list(self.world.region['cn'].api.requests), [])
        self.assertFaithful()


class LoginsTest(RegionsTest):
    provider_id = PORTAL
    model = M21

    def entry(self):
        return self.config()['models']['providers'].get(PORTAL)

    def test_stored_before(self):
        for region in REGIONS:
            self.add_login(region=region, profile=self.profile(region))
        self.assertOwnRegion()

    def test_each_is_renewed_where_it_is(self):
        for region in REGIONS:
            self.add_login(-1, region=region, profile=self.profile(region))
        self.assertOwnRegion()
        for region in REGIONS:
            self.assertEqual(self.world.region[region].oauth.refreshes, 1)

    def test_refused_before_its_time(self):
        for region in REGIONS:
            self.add_login(600, region=region, profile=self.profile(region))
        for region in REGIONS:
            self.world.region[region].oauth.revoke_access()
            answer = self.client.complete('hello', self.model, profile=self.profile(region))
            self.assertEqual(answer['profile'], self.profile(region))
            self.assertEqual(self.world.region[region].oauth.refreshes, 1)
        self.assertFaithful()

    def test_logging_in_to_both(self):
        self.assertTrue(self.log_in(region='global', profile='global')[0])
        self.assertEqual(self.entry()['baseUrl'], self.here.base_url)
        self.assertTrue(self.log_in(region='cn', profile='cn')[0])
        self.assertIsNone(self.entry())
        self.assertOwnRegion()

    def test_logging_in_elsewhere_moves(self):
        self.assertTrue(self.log_in(region='global')[0])
        self.assertTrue(self.log_in(region='cn')[0])
        self.assertEqual(self.entry()['baseUrl'], self.world.region['cn'].base_url)

    def test_entry_of_the_user_stays(self):
        entry = {'baseUrl': self.here.base_url, 'headers': {'x-mine': '1'}, 'models': []}
        self.session.write_config(plain_config(True, models={'mode': 'merge',
                                                             'providers': {PORTAL: entry}}))
        self.session.reload()
        self.add_login(profile=self.profile('global'))
        finished = self.log_in(region='cn', profile='cn')
        self.assertTrue(finished[0])
        self.assertIn(f'models.providers.{PORTAL}.baseUrl', str(finished[3]['warnings']))
        self.assertEqual(self.entry()['headers'], {'x-mine': '1'})
        self.assertEqual(self.entry()['baseUrl'], self.world.region['cn'].base_url)
        self.assertDBusError('CredentialRejected', self.client.complete, 'hello', self.model,
                             profile=self.profile('global'))
        self.assertEqual(self.asked(), {'global': 0, 'cn': 0})
        self.assertFaithful()


if __name__ == '__main__':
    main()
