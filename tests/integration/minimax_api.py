# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""The API host of a region of MiniMax: answers to good keys and tokens, lists, quotas."""

import json

from fake_host import Reply

MESSAGES = '/anthropic/v1/messages'
MODELS = '/v1/models'
TOKEN_PLAN = '/v1/token_plan/remains'
CODING_PLANS = ('/v1/api/openplatform/coding_plan/remains', '/v1/coding_plan/remains')
PLANS = (TOKEN_PLAN, *CODING_PLANS)
BALANCE = '/account/query_balance'
HOUR = 3600 * 1000
WEEK = 7 * 24 * HOUR


def token_plan_row(now, name='general', percent=98, weekly=90, status=1, weekly_status=1, **more):
    """A row since June 2026: counts are 0, and percents say what remains."""
    start, week = now - HOUR, now - 24 * HOUR
    row = {'model_name': name, 'start_time': start, 'end_time': start + 5 * HOUR,
           'remains_time': 4 * HOUR, 'current_interval_total_count': 0,
           'current_interval_usage_count': 0, 'current_interval_remaining_percent': percent,
           'current_interval_status': status, 'weekly_start_time': week,
           'weekly_end_time': week + WEEK, 'weekly_remains_time': WEEK - 24 * HOUR,
           'current_weekly_total_count': 0, 'current_weekly_usage_count': 0,
           'current_weekly_remaining_percent': weekly, 'current_weekly_status': weekly_status}
    return {**row, **more}


def old_plan_row(now, total=1500, remains=1470, name='MiniMax-M*', **more):
    """A row to spring 2026: what is called usage_count is what remains."""
    start = now - HOUR
    return {'model_name': name, 'start_time': start, 'end_time': start + 5 * HOUR,
            'remains_time': 4 * HOUR, 'current_interval_total_count': total,
            'current_interval_usage_count': remains, **more}


def plan(*rows, **more):
    return {'model_remains': list(rows), **more,
            'base_resp': {'status_code': 0, 'status_msg': 'success'}}


def balance(available='12.50', **more):
    return {'available_amount': available, 'cash_balance': '10.00', 'voucher_balance': '2.50',
            'credit_balance': '0', 'owed_amount': '0', **more,
            'base_resp': {'status_code': 0, 'status_msg': 'success'}}


def error(status, kind, message, code):
    return Reply(status, {'type': 'error', 'error': {
        'type': kind, 'message': f'{message} ({code})', 'http_code': str(status)},
        'request_id': 'fake-request'})


def sse(*events):
    return ''.join(f'event: {e["type"]}\ndata: {json.dumps(e)}\n\n' for e in events)


def stream_answer(model, text):
    usage = {'input_tokens': 7, 'output_tokens': 0}
    return sse(
        {'type': 'message_start', 'message': {
            'id': 'msg_1', 'type': 'message', 'role': 'assistant', 'model': model, 'content': [],
            'stop_reason': None, 'usage': usage}},
        {'type': 'content_block_start', 'index': 0, 'content_block': {'type': 'text', 'text': ''}},
        {'type': 'content_block_delta', 'index': 0, 'delta': {'type': 'text_delta', 'text': text}},
        {'type': 'content_block_stop', 'index': 0},
        {'type': 'message_delta', 'delta': {'stop_reason': 'end_turn'},
         'usage': {**usage, 'output_tokens': 3}},
        {'type': 'message_stop'})


def whole_answer(model, text):
    return {'id': 'msg_1', 'type': 'message', 'role': 'assistant', 'model': model,
            'content': [{'type': 'text', 'text': text}], 'stop_reason': 'end_turn',
            'usage': {'input_tokens': 7, 'output_tokens': 3}}


class MiniMaxApi:
    """Attributes that tests set:

    keys        the API keys that are good here
    bad_key     how a key that is not good is answered: '401', '1004' or '2049' (the latter two with
                status 200 and a base_resp on quotas and lists, and 401 with that code on messages)
    answer      the text of each answer
    quota       path -> Reply or what stands in it; the paths of PLANS and BALANCE. What is not
                there answers 404
    lists_models  whether /v1/models is there; {anthropic base}/v1/models never is

    What it counts: messages (requests for an answer that were granted), checks (the empty model).
    """

    def __init__(self, oauth):
        self.oauth = oauth
        self.keys = set()
        self.bad_key = '401'
        self.answer = 'hello from MiniMax'
        self.quota = {TOKEN_PLAN: plan(token_plan_row(oauth.clock.now()))}
        self.lists_models = True
        self.messages = self.checks = 0

    def handle(self, request):
        if request.path == MESSAGES and request.method == 'POST':
            return self._message(request)
        if request.path == MODELS and self.lists_models:
            return self._refuse_soft(request) or Reply(200, {'object': 'list', 'data': [
                {'id': name, 'object': 'model'} for name in ('MiniMax-M3', 'MiniMax-M2.1')]})
        if request.path in self.quota:
            answer = self.quota[request.path]
            if isinstance(answer, Reply) and answer.status != 200:
                return answer
            refusal = self._refuse_soft(request)
            return refusal or (answer if isinstance(answer, Reply) else Reply(200, answer))
        return Reply(404, '404 page not found', {'Content-Type': 'text/plain'})

    def knows(self, secret):
        return secret in self.keys or self.oauth.knows(secret)

    def _is_good(self, request):
        return request.bearer in self.keys or self.oauth.accepts(request.bearer)

    def _refuse_soft(self, request):
        """As the native APIs do: with status 200 even then."""
        if self._is_good(request):
            return None
        code = 1004 if self.bad_key == '401' else int(self.bad_key)
        return Reply(200, {'base_resp': {'status_code': code, 'status_msg': 'login fail'}})

    def _message(self, request):
        if not request.bearer:
            return error(401, 'authorized_error', 'login fail: Please carry the API secret key in '
                         "the 'Authorization' field of the request header", 1004)
        if not self._is_good(request):
            code = 1004 if self.bad_key == '401' else int(self.bad_key)
            return error(401, 'authentication_error', 'invalid api key', code)
        body = request.json
        if not body.get('model'):
            self.checks += 1
            return error(400, 'bad_request_error', 'invalid params, model is empty', 2013)
        self.messages += 1
        if body.get('stream'):
            return Reply(200, stream_answer(body['model'], self.answer),
                         {'Content-Type': 'text/event-stream'})
        return Reply(200, whole_answer(body['model'], self.answer))
