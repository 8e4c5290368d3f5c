#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors
"""Checks data/providers/*.json against data/providers.schema.json, and against what no schema says:
names that are given once, tiers that ascend, regions that exist. Then it spoils the data in many ways,
one at a time, and fails when it does not notice.

Usage: check-providers.py [FOLDER]   FOLDER: data; default: that of this source tree"""

import copy
import json
import pathlib
import re
import sys
import urllib.parse

import jsonschema

DATA = pathlib.Path(__file__).resolve().parents[2] / "data"

# USD per million tokens.
MAX_PRICE = 1000
# Servers of an API of OpenAI whose address has no version in it.
UNVERSIONED = {"api.deepseek.com"}


def load_strictly(path):
    """The JSON of a file; a name that comes twice in an object is an error."""

    def pairs(members):
        names = [name for name, _ in members]
        twice = {name for name in names if names.count(name) > 1}
        if twice:
            raise ValueError(f"{path.name}: twice in one object: {', '.join(sorted(twice))}")
        return dict(members)

    return json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=pairs)


def new_validator(schema):
    """Of built-in files; a drop-in needs less, and has the root of the schema."""
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema).evolve(schema=schema["$defs"]["builtIn"])


def find_undescribed(schema, path=""):
    """Fields of the schema that are not explained."""
    for name, rules in schema.get("properties", {}).items():
        if isinstance(rules, dict):
            if "description" not in rules and rules.get("$ref") != "#/$defs/price":
                yield f"the schema does not describe {path}{name}"
            yield from find_undescribed(rules, f"{path}{name}.")


def find_repeats(names, what):
    seen = set()
    for name in names:
        if name in seen:
            yield f"{what} is given twice: {name}"
        seen.add(name)


def check_prices(model):
    where = model["id"]
    cost = model.get("cost", {})
    tiers = cost.get("tiers", [])
    above = [tier["above"] for tier in tiers]
    if above != sorted(set(above)):
        yield f"{where}: tiers do not ascend"
    if above and above[-1] >= model["contextWindow"]:
        yield f"{where}: a tier begins where the window ends"
    for lower, higher in zip([cost, *tiers], tiers):
        if any(higher[name] < lower[name] for name in ("input", "output")):
            yield f"{where}: a tier costs less than what is beneath it"
    if max([cost.get("input", 0), cost.get("output", 0)]) > MAX_PRICE:
        yield f"{where}: costs more than any model"


def check_model(model):
    where = model["id"]
    yield from check_prices(model)
    if model["maxTokens"] > model["contextWindow"]:
        yield f"{where}: maxTokens is more than contextWindow"
    if model.get("contextTokens", 1) > model["contextWindow"]:
        yield f"{where}: contextTokens is more than contextWindow"


def get_host(url):
    return urllib.parse.urlsplit(url).hostname or ""


def is_here(url):
    return get_host(url) in ("127.0.0.1", "::1", "localhost")


def check_server(url, api, cls, what):
    """Whether an address of a provider is of the form that its API wants, and safe."""
    path = urllib.parse.urlsplit(url).path
    if not is_here(url) and not url.startswith("https://"):
        yield f"{what} is not encrypted"
    if re.search(r"/(messages|chat/completions|responses)$", path):
        yield f"{what} has an endpoint on its end"
    if api == "anthropic-messages" and re.search(r"/v\d+$", path):
        yield f"{what} ends with a version, which the API adds"
    if api != "anthropic-messages" and not re.search(r"/v\d+[a-z0-9]*(/|$)", path) \
            and get_host(url) not in UNVERSIONED:
        yield f"{what} has no version"
    if (cls == "local") != is_here(url):
        yield f"{what} is not where its class says"


def get_region_of_host(provider):
    """{host: region}; hosts that are given with an origin of a region are of that region."""
    regions = {get_host(each["baseUrl"]): name
               for name, each in provider.get("regions", {}).items()}
    for group in provider.get("origins", []):
        known = {regions[get_host(url)] for url in group if get_host(url) in regions}
        for url in group:
            if len(known) == 1:
                regions[get_host(url)] = next(iter(known))
    return regions


def find_urls(value):
    if isinstance(value, str):
        if re.match(r"https?://", value):
            yield value
    elif isinstance(value, (dict, list)):
        for each in value.values() if isinstance(value, dict) else value:
            yield from find_urls(each)


def check_regions(provider):
    """Keys are bound to a region: what is said of one must not lead to another."""
    regions = provider.get("regions", {})
    of_host = get_region_of_host(provider)
    for group in provider.get("origins", []):
        if len({of_host.get(get_host(url)) for url in group}) > 1:
            yield "origins of two regions, or of nobody's, are in one list"
    for member in ("login", "quota"):
        parts = provider.get(member, {}).get("regions", {})
        if parts and regions and set(parts) != set(regions):
            yield f"{member} does not have the same regions"
        for region, part in parts.items():
            for url in find_urls(part):
                if not url.startswith("https://"):
                    yield f"{member}.regions.{region}: {url} is not encrypted"
                if regions and of_host.get(get_host(url)) != region:
                    yield f"{member}.regions.{region}: {url} is not of this region"
            if any(not re.fullmatch(r"[A-Za-z0-9.-]+", host)
                   for host in part.get("verificationHosts", {})):
                yield f"{member}.regions.{region}: a verification host is no host"


def check_suggestions(provider):
    """The models that choices and the login suggest."""
    ids = {model["id"] for model in provider["models"]}
    login = provider.get("login", {})
    lists = [each.get("models", []) for each in provider.get("authChoices", [])]
    for suggested in [*lists, login.get("models", []), login.get("aliases", {}).values()]:
        yield from (f"suggests a model that it does not have: {each}" for each in suggested
                    if each not in ids)


def check_headers(headers):
    for name, value in headers.items():
        if not re.fullmatch(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", name) or re.search(r"[\r\n]", value):
            yield f"no header of HTTP: {name!r}"
        if name.lower() in ("authorization", "x-api-key", "cookie"):
            yield f"a header that holds a secret: {name}"


def check_provider(name, provider):
    """What is wrong in one file that keeps to the schema."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]*", name):
        yield "the name of the file is no id"
    yield from check_server(provider["baseUrl"], provider["api"], provider["class"], "baseUrl")
    for region, each in provider.get("regions", {}).items():
        yield from check_server(each["baseUrl"], provider["api"], each["class"],
                                f"regions.{region}.baseUrl")
    if provider.get("authHeader") is False and provider["api"] != "anthropic-messages":
        yield "x-api-key is a header of anthropic-messages only"
    if provider.get("authHeader") is False and name.startswith("minimax"):
        yield "MiniMax takes no x-api-key"
    yield from check_regions(provider)
    yield from check_suggestions(provider)
    for headers in [provider, *provider["models"]]:
        yield from check_headers(headers.get("headers", {}))
    yield from find_repeats([model["id"] for model in provider["models"]], "a model")
    yield from find_repeats([model["name"] for model in provider["models"]], "a name")
    for model in provider["models"]:
        yield from check_model(model)
    regions = provider.get("regions", {})
    if regions and provider["baseUrl"] not in [each["baseUrl"] for each in regions.values()]:
        yield "baseUrl is in no region"
    wanted = [each["region"] for each in provider.get("authChoices", []) if "region" in each]
    wanted += provider.get("login", {}).get("regions", {})
    if regions:
        wanted += provider.get("quota", {}).get("regions", {})
    for region in wanted:
        if region not in regions:
            yield f"there is no region {region}"
    origins = [origin for group in provider.get("origins", []) for origin in group]
    yield from find_repeats(origins, "an origin")


def check_all(providers, validator):
    """What is wrong in all files: {id: JSON}."""
    problems = []
    for name, provider in providers.items():
        errors = [f"{'.'.join(map(str, each.absolute_path))}: {each.message}"
                  for each in validator.iter_errors(provider)]
        problems += [f"{name}: {each}" for each in errors or check_provider(name, provider)]
    if problems:
        return problems
    ids = list(providers)
    choices, shorts, variables = [], {}, []
    for name, provider in providers.items():
        ids += provider.get("aliases", [])
        variables += provider["envKeys"]
        for each in provider.get("authChoices", []):
            choices += [each["choice"], *each.get("aliases", [])]
        for model in provider["models"]:
            if shorts.setdefault(model.get("alias"), name) != name and "alias" in model:
                problems.append(f"two providers have models with the alias {model['alias']}")
    problems += find_repeats(ids, "an id of a provider")
    problems += find_repeats(choices, "a choice")
    problems += find_repeats(variables, "a variable")
    known = {*ids, *(model["id"] for each in providers.values() for model in each["models"])}
    problems += [f"an alias of a model is an id: {each}" for each in shorts if each in known]
    return problems


def change(provider, path, value):
    """A copy with another value; None takes the member away, and a new index adds to a list."""
    spoilt = copy.deepcopy(provider)
    *parents, last = path
    place = spoilt
    for step in parents:
        place = place[step]
    if value is None:
        del place[last]
    elif isinstance(place, list) and last == len(place):
        place.append(value)
    else:
        place[last] = value
    return spoilt


def mutations(providers):
    """(what, id, spoilt JSON) of changes that have to be noticed."""
    minimax, portal = providers["minimax"], providers["minimax-portal"]
    m3 = next(i for i, each in enumerate(minimax["models"]) if each["id"] == "MiniMax-M3")
    model = ("models", m3)
    tiers = minimax["models"][m3]["cost"]["tiers"]
    rows = [
        (("name",), None), (("name",), ""), (("models",), None), (("baseUrl",), None),
        (("baseUrl",), "https://api.minimax.io/anthropic/"), (("baseUrl",), "api.minimax.io"),
        (("baseUrl",), "https://user@host"), (("baseUrl",), "https://elsewhere.example"),
        (("api",), "openai-completion"), (("class",), "china"), (("class",), None),
        (("family",), "minmax"), (("envKeys",), ["lower"]), (("envKeys",), "MINIMAX_API_KEY"),
        (("envKeys",), ["A", "A"]), (("needsKey",), "yes"), (("apiKey",), "sk-x"),
        (("auth",), "apikey"), (("surprise",), 1), (("aliases",), ["Mini Max"]),
        (("aliases",), ["openai"]), (("aliases",), ["z.ai"]), (("keysUrl",), "platform"),
        (("timeoutSeconds",), 0), (("headers",), {"X": 1}), (("origins",), ["https://a"]),
        (("origins",), [["https://a/b"]]), (("origins",), [["https://a"], ["https://a"]]),
        (("regions", "cn", "class"), "mars"), (("regions", "cn", "keysUrl"), "k"),
        (("regions", "cn", "baseUrl"), None),
        (("regions", "cn"), None), (("regions", "cn", "more"), 1),
        (("authChoices", 0, "method"), "magic"), (("authChoices", 0, "region"), "mars"),
        (("authChoices", 0, "models"), ["MiniMax-M2.l"]), (("authChoices", 0, "label"), None), (("authChoices", 0, "aliases"), ["openai-api-key"]),
        (("quota", "dialect"), "other"), (("quota", "regions", "cn", "planUrls"), []),
        (("quota", "regions", "mars"), {"planUrls": ["https://a"]}),
        ((*model, "id"), "MiniMax-M2.7"), ((*model, "id"), "a b"), ((*model, "id"), None),
        ((*model, "name"), None), ((*model, "input"), ["image"]), ((*model, "input"), ["audio"]),
        ((*model, "contextWindow"), 0), ((*model, "contextWindow"), "1000000"),
        ((*model, "contextWindow"), 1000), ((*model, "contextTokens"), 2000000),
        ((*model, "maxTokens"), -1), ((*model, "maxTokens"), 1.5), ((*model, "reasoning"), 1),
        ((*model, "cost", "input"), -0.1), ((*model, "cost", "output"), None),
        ((*model, "cost", "more"), 1), ((*model, "cost", "tiers"), []),
        ((*model, "cost", "tiers", 0, "above"), 0), ((*model, "cost", "tiers", 0, "input"), None),
        ((*model, "cost", "tiers", len(tiers)), tiers[0]), ((*model, "alias"), "opus"),
        ((*model, "alias"), "Big One"), ((*model, "deprecated"), "yes"), ((*model, "api"), "x"),
        ((*model, "compat"), []), ((*model, "more"), 1),
        (("baseUrl",), "http://api.minimax.io/anthropic"), (("class",), "local"),
        (("baseUrl",), "https://api.minimax.io/anthropic/v1/messages"),
        (("baseUrl",), "https://api.minimax.io/anthropic/v1"), (("authHeader",), False),
        (("regions", "cn", "class"), "local"), (("envKeys",), ["OPENAI_API_KEY"]),
        (("origins",), [["https://api.minimax.io", "https://api.minimaxi.com"]]),
        (("origins",), [["https://api.minimax.io", "https://elsewhere.example"],
                        ["https://api.minimax.io", "https://api.minimaxi.com"]]),
        (("quota", "regions", "cn", "planUrls", 0), "https://api.minimax.io/x"),
        (("quota", "regions", "cn", "planUrls", 0), "http://api.minimaxi.com/x"),
        (("quota", "regions", "cn"), None),
        (("headers",), {"Authorization": "Bearer x"}), (("headers",), {"a b\n": "x"}),
        ((*model, "name"), minimax["models"][m3 - 1]["name"]), ((*model, "alias"), "openai"),
        ((*model, "compat"), {"forceAdaptiveThinkng": True}), ((*model, "cost", "input"), 300000),
        ((*model, "compat"), {"thinkingFormat": "zia"}),
        ((*model, "compat"), {"maxTokensField": "max_token"}),
        ((*model, "compat"), {"supportsStore": "no"}),
        ((*model, "cost", "tiers", 0, "input"), 0.1),
        ((*model, "cost", "tiers", 0, "above"), 2000000),
    ]
    for path, value in rows:
        yield f"{path} = {value!r}", "minimax", change(minimax, path, value)
    for path, value in [
        (("login", "flow"), "magic"), (("login", "dialect"), "other"), (("login", "clientId"), None),
        (("login", "pkce"), "plain"), (("login", "regions"), {}), (("login", "more"), 1),
        (("login", "regions", "cn", "tokenUrl"), None), (("login", "pollIntervalMs"), 0),
        (("login", "models", 0), "MiniMax-M2.l"), (("login", "aliases", "m"), "MiniMax-M2.l"),
        (("login", "aliases"), ["MiniMax-M2.1"]), (("login", "models"), "MiniMax-M2.1"),
        (("login", "regions", "mars"), portal["login"]["regions"]["cn"]),
        (("login", "regions", "cn"), None), (("quota", "regions"), {}),
        (("login", "regions", "cn", "codeUrl"), "https://account.minimax.io/oauth2/device/code"),
        (("login", "regions", "cn", "tokenUrl"), "http://account.minimaxi.com/oauth2/token"),
        (("login", "regions", "cn", "verificationHosts"), {"https://a.example": "b.example"}),
        (("login", "regions", "cn", "verificationHosts"), {"a.example": "https://b.example"}),
        (("regions", "cn", "name"), None),
    ]:
        yield f"{path} = {value!r}", "minimax-portal", change(portal, path, value)


def main():
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else DATA
    schema = load_strictly(folder / "providers.schema.json")
    validator = new_validator(schema)
    providers = {path.stem: load_strictly(path) for path in sorted(folder.glob("providers/*.json"))}
    problems = check_all(providers, validator)
    problems += find_undescribed(schema)
    for name, rules in schema["$defs"].items():
        if name != "builtIn":
            problems += find_undescribed(rules, f"{name}.")
    n_mutations = 0
    if not problems:
        for what, name, spoilt in mutations(providers):
            n_mutations += 1
            if not check_all({**providers, name: spoilt}, validator):
                problems.append(f"not noticed: {name}: {what}")
    for problem in problems:
        print(problem)
    n_models = sum(len(each["models"]) for each in providers.values())
    print(f"{len(providers)} providers, {n_models} models, {n_mutations} faults noticed")
    return 1 if problems or not providers else 0


if __name__ == "__main__":
    sys.exit(main())
