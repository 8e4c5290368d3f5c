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

import jsonschema

DATA = pathlib.Path(__file__).resolve().parents[2] / "data"


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
    jsonschema.Draft202012Validator.check_schema(schema)
    resolver = jsonschema.RefResolver.from_schema(schema)
    return jsonschema.Draft202012Validator(schema["$defs"]["builtIn"], resolver=resolver)


def find_repeats(names, what):
    seen = set()
    for name in names:
        if name in seen:
            yield f"{what} is given twice: {name}"
        seen.add(name)


def check_model(model):
    where = model["id"]
    tiers = model.get("cost", {}).get("tiers", [])
    above = [tier["above"] for tier in tiers]
    if above != sorted(set(above)):
        yield f"{where}: tiers do not ascend"
    if model["maxTokens"] > model["contextWindow"]:
        yield f"{where}: maxTokens is more than contextWindow"
    if model.get("contextTokens", 1) > model["contextWindow"]:
        yield f"{where}: contextTokens is more than contextWindow"


def check_provider(name, provider):
    """What is wrong in one file that keeps to the schema."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]*", name):
        yield "the name of the file is no id"
    yield from find_repeats([model["id"] for model in provider["models"]], "a model")
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
    choices, shorts = [], {}
    for name, provider in providers.items():
        ids += provider.get("aliases", [])
        for each in provider.get("authChoices", []):
            choices += [each["choice"], *each.get("aliases", [])]
        for model in provider["models"]:
            if shorts.setdefault(model.get("alias"), name) != name and "alias" in model:
                problems.append(f"two providers have models with the alias {model['alias']}")
    problems += find_repeats(ids, "an id of a provider")
    problems += find_repeats(choices, "a choice")
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
        (("regions", "cn", "class"), "mars"), (("regions", "cn", "baseUrl"), None),
        (("regions", "cn"), None), (("regions", "cn", "more"), 1),
        (("authChoices", 0, "method"), "magic"), (("authChoices", 0, "region"), "mars"),
        (("authChoices", 0, "label"), None), (("authChoices", 0, "aliases"), ["openai-api-key"]),
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
    ]
    for path, value in rows:
        yield f"{path} = {value!r}", "minimax", change(minimax, path, value)
    for path, value in [
        (("login", "flow"), "magic"), (("login", "dialect"), "other"), (("login", "clientId"), None),
        (("login", "pkce"), "plain"), (("login", "regions"), {}), (("login", "more"), 1),
        (("login", "regions", "cn", "tokenUrl"), None), (("login", "pollIntervalMs"), 0),
        (("login", "regions", "mars"), portal["login"]["regions"]["cn"]),
    ]:
        yield f"{path} = {value!r}", "minimax-portal", change(portal, path, value)


def main():
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else DATA
    validator = new_validator(load_strictly(folder / "providers.schema.json"))
    providers = {path.stem: load_strictly(path) for path in sorted(folder.glob("providers/*.json"))}
    problems = check_all(providers, validator)
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
