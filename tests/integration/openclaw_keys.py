# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors

"""The keys of openclaw.json that OpenClaw 2026.2 knows in the sections that the gateway writes. It
refuses to start on any other, at any depth."""

ANY = object()         # a value of any kind
LEAF = None            # a value that is no object

_MODEL_CHOICE = {'primary': LEAF, 'fallbacks': LEAF}
_COST = {'input': LEAF, 'output': LEAF, 'cacheRead': LEAF, 'cacheWrite': LEAF}
_MODEL = {
    'id': LEAF, 'name': LEAF, 'api': LEAF, 'reasoning': LEAF, 'input': LEAF, 'cost': _COST,
    'contextWindow': LEAF, 'maxTokens': LEAF, 'headers': {'*': LEAF},
    'compat': {'supportsStore': LEAF, 'supportsDeveloperRole': LEAF,
               'supportsReasoningEffort': LEAF, 'maxTokensField': LEAF},
}
_PROVIDER = {
    'baseUrl': LEAF, 'apiKey': LEAF, 'auth': LEAF, 'api': LEAF, 'headers': {'*': LEAF},
    'authHeader': LEAF, 'models': [_MODEL],
}
OPENCLAW = {
    '$include': LEAF,
    'env': {'vars': {'*': LEAF}, 'shellEnv': {'enabled': LEAF, 'timeoutMs': LEAF}},
    'models': {'mode': LEAF, 'providers': {'*': _PROVIDER}},
    'agents': {'defaults': {
        'model': _MODEL_CHOICE, 'imageModel': _MODEL_CHOICE,
        'models': {'*': {'alias': LEAF, 'params': ANY, 'streaming': LEAF}},
        'timeoutSeconds': LEAF, 'thinkingDefault': LEAF}},
    'auth': {
        'profiles': {'*': {'provider': LEAF, 'mode': LEAF, 'email': LEAF}},
        'order': {'*': LEAF},
        'cooldowns': {'billingBackoffHours': LEAF, 'billingBackoffHoursByProvider': {'*': LEAF},
                      'billingMaxHours': LEAF, 'failureWindowHours': LEAF}},
    'plugins': {'entries': {'*': {'enabled': LEAF}}},
}


def unknown(value, before=None, known=OPENCLAW, path=''):
    """The paths in `value` that OpenClaw would refuse and that were not in `before`."""
    if known is ANY:
        return []
    if isinstance(value, list):
        inner = known[0] if isinstance(known, list) else LEAF
        old = before if isinstance(before, list) else []
        return [p for i, v in enumerate(value)
                for p in unknown(v, old[i] if i < len(old) else None, inner, f'{path}[{i}]')]
    if not isinstance(value, dict):
        return []
    known = known if isinstance(known, dict) else {}
    before = before if isinstance(before, dict) else {}
    found = []
    for name, member in value.items():
        here = f'{path}.{name}' if path else name
        inner = known.get(name, known.get('*', unknown))
        if inner is unknown:
            # What somebody else wrote there is theirs, with all that is in it.
            if name not in before or before[name] != member:
                found.append(here)
        else:
            found += unknown(member, before.get(name), inner, here)
    return found
