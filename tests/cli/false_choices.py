# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""What the false gateway says of the ways to get a credential."""

GLOBAL = 'https://api.minimax.io/anthropic'
CHINA = 'https://api.minimaxi.com/anthropic'
REGIONS = [{'id': 'global', 'name': 'Global', 'base-url': GLOBAL},
           {'id': 'cn', 'name': 'China', 'base-url': CHINA}]
M21 = 'minimax/MiniMax-M2.1'
LIGHTNING = 'minimax/MiniMax-M2.1-lightning'
PORTAL = 'minimax-portal'
LOCAL = 'http://127.0.0.1:1234/v1'


def minimax(choice, region, aliases):
    return {'choice': choice, 'aliases': aliases, 'label': f'MiniMax API key ({region})',
            'provider': 'minimax', 'provider-name': 'MiniMax', 'method': 'api-key',
            'region': region, 'regions': REGIONS, 'api': 'anthropic-messages',
            'base-url': GLOBAL if region == 'global' else CHINA,
            'keys-url': 'https://platform.minimax.io', 'env': 'MINIMAX_API_KEY',
            'models': ['minimax/MiniMax-M3', M21, LIGHTNING]}


def portal(choice, **more):
    return {'choice': choice, 'label': 'MiniMax login', 'provider': PORTAL,
            'provider-name': 'MiniMax (login)', 'method': 'oauth', 'regions': REGIONS,
            'api': 'anthropic-messages', 'base-url': GLOBAL, 'login': PORTAL,
            'plugin': 'minimax-portal-auth', 'models': [PORTAL + '/MiniMax-M2.1'], **more}


def key(choice, provider, name, method='api-key', **more):
    return {'choice': choice, 'label': f'{name}: {method}', 'provider': provider,
            'provider-name': name, 'method': method, 'api': 'openai-completions',
            'base-url': f'https://api.{provider}.example/v1', 'models': [f'{provider}/best'], **more}


CHOICES = [
    minimax('minimax-global-api', 'global', ['minimax-api', 'minimax-cloud',
                                             'minimax-api-lightning']),
    minimax('minimax-cn-api', 'cn', ['minimax-api-key-cn']),
    portal('minimax-global-oauth', region='global'),
    portal('minimax-cn-oauth', region='cn'),
    portal(PORTAL),
    key('apiKey', 'anthropic', 'Anthropic'),
    key('setup-token', 'anthropic', 'Anthropic', 'token', aliases=['token', 'oauth']),
    key('openai-api-key', 'openai', 'OpenAI'),
    key('gemini-api-key', 'google', 'Google Gemini', env='GEMINI_API_KEY'),
    key('openrouter-api-key', 'openrouter', 'OpenRouter'),
    key('lmstudio', 'lmstudio', 'LM Studio', 'none', aliases=['minimax'], models=[],
        **{'base-url': LOCAL}),
]
