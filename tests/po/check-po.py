#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors
"""check-po.py [--template POT] FILE.po...: what msgfmt does not see in the Chinese catalogues.

Placeholders in braces, literals such as commands and options, typography, and the glossary in the
comment at the top of each file. With a template, every message of it has to be there too.
"""

import argparse
import re
import sys

HAN = r"[\u3400-\u4dbf\u4e00-\u9fff]"
QUOTES = {"zh_TW": "「」", "zh_CN": "“”"}

# What has to stand in the translation as it is in the message.
LITERALS = [
    re.compile(r"\{\w+\}"),
    re.compile(r"%(?:\d+\$)?[-+ 0#]*[\d.]*(?:hh|h|ll|l|z|j|t)?[a-zA-Z]"),
    re.compile(r"openclawctl(?: (?:ask|chat|config|gateway|models)\b(?: [a-z][a-z-]*)*)?"),
    re.compile(r"(?<![\w-])--[a-z][a-z-]*"),
    re.compile(r"\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b"),
    re.compile(r"\b[a-z]\w*(?:[.:/][\w{}]+)+"),
    re.compile(r"(?<![\w/])(?:PROVIDER/(?:ID|MODEL)|LEVEL|PATH|VARIABLE|VAR|COMMAND)(?![\w/])"),
]

TYPOGRAPHY = [
    (rf"(?:{HAN}|[」』）])[,.:;!?]", "half-width punctuation after Chinese"),
    (rf"[,;!?]\s*{HAN}", "half-width punctuation before Chinese"),
    (rf"{HAN}[A-Za-z0-9%{{]|[A-Za-z0-9}}]{HAN}", "no space between Chinese and Latin"),
    (rf"{HAN} {HAN}", "space between Chinese characters"),
    (r" [，。：；！？）」]|[，。：；！？（「] ", "space beside full-width punctuation"),
]

FORMAT_END = re.compile(rf"%(?:\d+\$)?[\d.]*z?[a-zA-Z]{HAN}")


class Entry:
    def __init__(self, line):
        self.line = line
        self.fields = {}
        self.flags = ""
        self.obsolete = False

    def key(self):
        return self.fields.get("msgctxt"), self.fields["msgid"]

    def translations(self):
        return [text for name, text in self.fields.items() if name.startswith("msgstr")]


def unquote(text):
    return re.sub(r"\\(.)", lambda m: {"n": "\n", "t": "\t"}.get(m[1], m[1]), text)


def read_entries(path):
    """The entries of a catalogue, and the lines of the comment at its top."""
    entries, top, entry, name, flags = [], [], None, None, ""
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            line = line.rstrip("\n")
            if not entries and line.startswith("#"):
                top.append(line)
            field = re.match(r'(#~ )?(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?)\s+"(.*)"$', line)
            more = re.match(r'(?:#~ )?"(.*)"$', line)
            if field:
                begins = field[2] == "msgctxt" or (
                    field[2] == "msgid" and (entry is None or "msgid" in entry.fields))
                if begins or entry is None:
                    entry = Entry(number)
                    entries.append(entry)
                    entry.flags, flags = flags, ""
                name = field[2]
                entry.obsolete = field[1] is not None
                entry.fields[name] = unquote(field[3])
            elif more:
                entry.fields[name] += unquote(more[1])
            elif line.startswith("#,"):
                flags = line
            elif not line:
                flags = ""
    return entries, top


def read_glossary(top):
    """Regular expression of an English term -> its translations."""
    glossary = {}
    for line in top:
        row = re.match(r"#   (.+?)(?: \(.*\))? = (.+)$", line)
        if row:
            glossary.setdefault(row[1], []).append(row[2])
    return glossary


def find_terms(text, glossary):
    """The terms in a message, the longest first, without what is not prose."""
    text = re.sub(r"“[^”]*”|\{[^}]*\}|openclawctl .*?(?=[.:] |\n|$)", " ", text)
    for pattern in LITERALS:
        text = pattern.sub(" ", text)
    for term in sorted(glossary, key=len, reverse=True):
        stem = term[:-1] + "(?:y|ies)" if term.endswith("y") and len(term) > 3 else term + "(?:e?s)?"
        pattern = re.compile(rf"(?<![\w-]){stem}(?![\w-])", re.IGNORECASE)
        if pattern.search(text):
            yield term
            text = pattern.sub(" ", text)


def check_literals(message, text):
    for pattern in LITERALS:
        wanted, found = pattern.findall(message), pattern.findall(text)
        if pattern is LITERALS[1]:
            wanted = sorted(re.sub(r"\d+\$", "", f) for f in wanted)
            found = sorted(re.sub(r"\d+\$", "", f) for f in found)
        if set(wanted) != set(found) or (pattern is LITERALS[1] and wanted != found):
            differing = sorted(set(wanted) ^ set(found)) or wanted
            yield f"differs from the message: {', '.join(differing)}"


def check_typography(text, language):
    for pattern, problem in TYPOGRAPHY:
        found = re.search(pattern, text)
        if found:
            yield f"{problem}: {found[0]!r}"
    found = FORMAT_END.search(text)
    if found:
        yield f"no space between a value and Chinese: {found[0]!r}"
    for other, quotes in QUOTES.items():
        if other != language and any(quote in text for quote in quotes):
            yield f"quotation marks of {other}"


def check_glossary(message, text, glossary):
    for term in find_terms(message, glossary):
        is_literal = re.search(rf"(?<![\w-]){term}(?![\w-])", text)
        if not is_literal and not any(word in text for word in glossary[term]):
            yield f"“{term}” is not {' or '.join(glossary[term])}"


def check_entry(entry, language, glossary):
    message = entry.fields["msgid"]
    if "fuzzy" in entry.flags:
        yield "fuzzy"
    if entry.obsolete:
        yield "obsolete"
    for text in entry.translations():
        if not text:
            yield "not translated"
            continue
        for problems in (check_literals(message, text), check_typography(text, language),
                         check_glossary(message, text, glossary)):
            yield from problems


def check_file(path, template):
    entries, top = read_entries(path)
    glossary = read_glossary(top)
    language = re.search(r"^Language: (\w+)$", entries[0].fields["msgstr"], re.MULTILINE)
    problems = [] if glossary else [(1, "no glossary at the top")]
    if "fuzzy" in entries[0].flags:
        problems.append((entries[0].line, "fuzzy"))
    if language is None or language[1] not in QUOTES:
        return [(1, "the header names no language that is known here")]
    for entry in entries[1:]:
        problems += [(entry.line, p) for p in check_entry(entry, language[1], glossary)]
    have = {entry.key() for entry in entries if not entry.obsolete}
    problems += [(1, f"missing: {key[1]!r}") for key in template if key not in have]
    if template:
        problems += [(e.line, "not in the template") for e in entries if e.key() not in template]
    return problems


def main():
    parser = argparse.ArgumentParser(description=__doc__.split(":")[0])
    parser.add_argument("--template", help="a catalogue of all messages, from xgettext")
    parser.add_argument("files", nargs="+", metavar="FILE.po")
    options = parser.parse_args()

    template = []
    if options.template:
        template = [entry.key() for entry in read_entries(options.template)[0]]
    failed = False
    for path in options.files:
        for line, problem in check_file(path, template):
            print(f"{path}:{line}: {problem}", file=sys.stderr)
            failed = True
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
