#!/usr/bin/env python3
"""Maps the provisions that were looked at to what the rule book makes of them, and writes the map as docs/criteria.md.

Usage: criteria.py PATH_TO_WRIT [--check] [--catalogue FILE]

  (no option)       checks the tables in tests/rulebook/criteria and writes docs/criteria.md
  --check           checks them and compares the page with what would be written: exit 1 and a diff where it is stale
  --catalogue FILE  also checks that each row of the Markdown tables in FILE whose first heading is `id` is in a table here;
                    skipped, saying so, where FILE does not exist
"""

import argparse
import collections
import csv
import difflib
import json
import os
import pathlib
import re
import subprocess
import sys

PROJECT = pathlib.Path(__file__).resolve().parents[2]
TABLES = PROJECT / "tests" / "rulebook" / "criteria"
PAGE = PROJECT / "docs" / "criteria.md"
HEADER = ["id", "citation", "kind", "names", "note"]

# In this order on the page; a table that is not named here follows under the name of its file.
TITLES = {
    "aia-rest": "European Union: AI Act except high-risk systems, political advertising, digital services",
    "aia-high": "European Union: AI Act, high-risk systems",
    "gdpr": "European Union: data protection, national measures, decided cases",
    "us-federal": "United States: export controls, bulk data",
    "china-asia": "China, Korea, United Kingdom",
    "openness": "Openness and licences",
    "us-states": "States of the USA, soft law, fairness, labour, consent, competition",
}

# What a row may be: how the counts at the top call it, and what at least one of its names must be declared as. Otherwise a row that
# is called a rule could name terms only and hide that nothing is judged.
KINDS = {
    "rule": ("a rule", {"rule", "portfolio rule"}),
    "soft": ("a rule of soft law or of good practice", {"rule", "portfolio rule"}),
    "portfolio": ("a rule over a portfolio", {"portfolio rule"}),
    "exception": ("an exception or a transitional provision", {"exception", "transitional"}),
    "term": ("a term, a table or a classification", {"term", "table", "classify"}),
    "role": ("a role", {"role"}),
    "scope": ("a scope", {"scope"}),
    "set": ("a set", {"set"}),
    "absent": ("absent, with the reason", set()),
}

# The program lists rules and their requirements; the other items are read from the files that declare them.
ITEM = re.compile(r"^(portfolio rule|rule|term|role|scope|set|table|classify|exception|transitional)\s+([a-z][a-z0-9_]*)", re.M)
PACKAGE = re.compile(r"^package\s+([a-z0-9_.]+)", re.M)


def rules_of(writ):
    """Qualified name -> whether it is a rule (a requirement is none), as the program knows them."""
    command = [writ, "rules", "-f", "json"]
    environment = dict(os.environ, WRIT_RULES=str(PROJECT / "rules"))
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if done.returncode != 0:
        sys.exit(f"FAIL: {' '.join(command)}: exit {done.returncode}\n{done.stderr}")
    names = {}
    for rule in json.loads(done.stdout):
        names[rule["id"]] = True
        for requirement in rule["requirements"]:
            if requirement["label"]:
                names[f"{rule['id']}.{requirement['label']}"] = False
    return names


def items_of(folder):
    """Qualified name -> the word that declares it, of everything in the rule files."""
    items = {}
    for path in folder.rglob("*.writ"):
        if path.name.endswith(".test.writ"):
            continue
        text = path.read_text(encoding="utf-8")
        package = PACKAGE.search(text)
        if package:
            items.update((f"{package[1]}.{name}", word) for word, name in ITEM.findall(text))
    return items


def read_table(path, problems):
    with open(path, encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if reader.fieldnames != HEADER:
            problems.append(f"{path.name}: its header is not {','.join(HEADER)}")
            return []
        rows = list(reader)
    for number, row in enumerate(rows, 2):
        if None in row or None in row.values():
            problems.append(f"{path.name}, row {number - 1}: not {len(HEADER)} fields")
    return [row for row in rows if None not in row and None not in row.values()]


def read_tables(problems):
    """Stem of the file -> its rows, in the order of the page."""
    place = list(TITLES).index
    paths = sorted(TABLES.glob("*.csv"), key=lambda path: (place(path.stem) if path.stem in TITLES else len(TITLES), path.stem))
    return {path.stem: read_table(path, problems) for path in paths}


def exists(name, rules, items):
    """Whether the program (a rule, a requirement) or, for what it does not list, a rule file knows the name."""
    return name in rules or items.get(name, "rule") not in ("rule", "portfolio rule")


def check_row(row, rules, items, problems):
    where, names = row["id"], row["names"].split()
    if row["kind"] not in KINDS:
        problems.append(f"{where}: unknown kind `{row['kind']}`")
    if row["kind"] == "absent":
        if not row["note"].strip():
            problems.append(f"{where}: absent without a reason")
        if names:
            problems.append(f"{where}: absent, but it names {' '.join(names)}")
        return
    if not names:
        problems.append(f"{where}: {row['kind']}, but no name")
    problems += [f"{where}: the rule book has no `{name}`" for name in names if not exists(name, rules, items)]
    words = KINDS.get(row["kind"], ("", set()))[1]
    if words and not any(items.get(name) in words or ("rule" in words and name in rules) for name in names):
        problems.append(f"{where}: kind `{row['kind']}`, but none of its names is declared as {' or '.join(sorted(words))}")


def check_rows(tables, rules, items, problems):
    seen = {}
    for stem, rows in tables.items():
        for row in rows:
            if row["id"] in seen:
                problems.append(f"{row['id']}: in {seen[row['id']]} and in {stem}")
            seen[row["id"]] = stem
            check_row(row, rules, items, problems)
    return seen


def cells(line):
    """The cells of a row of a Markdown table; an escaped bar is part of its cell."""
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip())[1:-1]]


def catalogue_ids(text):
    """First cells of the tables whose first heading is `id`."""
    ids, inside = [], False
    for line in text.splitlines():
        if not line.startswith("|"):
            inside = False
            continue
        first = cells(line)[0] if cells(line) else ""
        if first == "id":
            inside = True
        elif inside and not re.fullmatch(r"[-: ]+", first):
            ids.append(first)
    return ids


def check_catalogue(path, seen, problems):
    if not path.is_file():
        print(f"skipped: no {path}")
        return
    ids = catalogue_ids(path.read_text(encoding="utf-8"))
    problems += [f"{name}: in no table" for name in ids if name not in seen]
    print(f"{len(ids)} rows in {path.name}, {sum(name in seen for name in ids)} of them mapped")


def anchor(title):
    return re.sub(r"[^a-z0-9 -]", "", title.lower()).replace(" ", "-")


def cell(text):
    return " ".join(text.split()).replace("|", "\\|") or "–"


def table(rows):
    lines = ["| id | provision | kind | rules | note |", "|---|---|---|---|---|"]
    for row in rows:
        names = ", ".join(f"`{name}`" for name in row["names"].split())
        lines.append("| " + " | ".join(cell(text) for text in (row["id"], row["citation"], row["kind"], names, row["note"])) + " |")
    return lines


def counts(tables, rules):
    rows = [row for group in tables.values() for row in group]
    kinds = collections.Counter(row["kind"] for row in rows)
    named = {name for row in rows for name in row["names"].split()}
    # A requirement that is named speaks for its rule.
    named_rules = {rule for rule, whole in rules.items() if whole and any(n == rule or n.startswith(rule + ".") for n in named)}
    total = sum(rules.values())
    lines = [f"{len(rows)} provisions in {len(tables)} groups, mapped to {len(named_rules)} of the {total} rules of the book. "
             "The other rules hold what a provision was split into, or law beyond these lists.", "",
             "| a row is | rows |", "|---|---:|"]
    return lines + [f"| {text} | {kinds[kind]} |" for kind, (text, _) in KINDS.items() if kinds[kind]]


def page(tables, rules):
    lines = ["Generated by `python3 tests/rulebook/criteria.py WRIT` (WRIT is the program) from tests/rulebook/criteria; do not edit.",
             "", "# Criteria and the rules that hold them", "",
             "Which provision has become which rule, term, role, scope or set, and where one has not, why. "
             "`writ rules show NAME` prints a rule with its dates, exceptions and sources. Not legal advice.", ""]
    lines += counts(tables, rules) + [""]
    titles = {stem: TITLES.get(stem, stem) for stem in tables}
    lines += [f"- [{title}](#{anchor(title)}) ({len(tables[stem])})" for stem, title in titles.items()]
    for stem, title in titles.items():
        lines += ["", f"## {title}", ""] + table(tables[stem])
    return "\n".join(lines) + "\n"


def compare(text):
    """0 where the page is what would be written."""
    old = PAGE.read_text(encoding="utf-8") if PAGE.is_file() else ""
    if old == text:
        print(f"{PAGE.relative_to(PROJECT)} is up to date")
        return 0
    name = str(PAGE.relative_to(PROJECT))
    sys.stdout.writelines(difflib.unified_diff(old.splitlines(True), text.splitlines(True), name, "generated"))
    print("FAIL: the page is stale; run criteria.py without --check")
    return 1


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("writ", metavar="PATH_TO_WRIT")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--catalogue", metavar="FILE", type=pathlib.Path)
    return parser.parse_args()


def main():
    options, problems = arguments(), []
    rules, tables = rules_of(options.writ), read_tables(problems)
    seen = check_rows(tables, rules, items_of(PROJECT / "rules"), problems)
    if options.catalogue:
        check_catalogue(options.catalogue, seen, problems)
    for problem in problems:
        print("FAIL:", problem)
    if problems:
        sys.exit(1)
    text = page(tables, rules)
    if options.check:
        sys.exit(compare(text))
    PAGE.write_text(text, encoding="utf-8")
    print(f"{len(seen)} rows in {PAGE.relative_to(PROJECT)}")


if __name__ == "__main__":
    main()
