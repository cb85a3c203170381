"""Writes writ(1) from the program's own help, so that the page cannot say what the program does not do.

man_page.py PROGRAM PAGE           writes PAGE
man_page.py PROGRAM PAGE --check   fails, with a diff, when PAGE is not what would be written
"""

import difflib
import re
import subprocess
import sys

SECTIONS = ("Positionals:", "Options:", "Subcommands:")


def ask(program, *arguments):
    run = subprocess.run([program, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
    if run.returncode != 0:
        sys.exit(f"{program} {' '.join(arguments)}: exit {run.returncode}")
    return run.stdout.decode("utf-8")


def parse(text):
    """The help of one command: description, usage, {section: [(name, description)]}, footer lines."""
    description, usage, sections, footer = [], "", {}, []
    rows = None
    for line in text.splitlines():
        if line.startswith("Usage:"):
            usage = line.removeprefix("Usage:").strip()
        elif line in SECTIONS:
            rows = sections.setdefault(line.rstrip(":"), [])
        elif rows is not None and re.match(r"^  \S", line):
            name, _, about = line.strip().partition("  ")
            rows.append([name, about.strip()])
        elif rows is not None and line.startswith("   ") and rows:
            rows[-1][1] = (rows[-1][1] + " " + line.strip()).strip()  # a long name puts its description below
        elif line.strip():
            (footer if usage else description).append(line.strip())
    return " ".join(description), usage, sections, footer


def roff(text):
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq")
    return "\\&" + text if text.startswith(".") else text


def entry(name, about):
    return [".TP", ".B " + roff(name), roff(about or "\u2014")]


def page(program):
    description, _, sections, footer = parse(ask(program, "--help"))
    version = ask(program, "version").split()[1]
    names = [name for name, _ in sections["Subcommands"]]
    commands = []  # (words, about, usage, sections)
    for name in names:
        about, usage, found, _ = parse(ask(program, name, "--help"))
        commands.append(((name,), about, usage, found))
        for inner, _ in found.get("Subcommands", []):
            about, usage, below, _ = parse(ask(program, name, inner, "--help"))
            commands.append(((name, inner), about, usage, below))

    # What several commands share is said once.
    counts = {}
    for words, _, _, found in commands:
        for option in found.get("Options", []):
            counts[tuple(option)] = counts.get(tuple(option), 0) + 1
    common = [option for option, count in counts.items() if count >= 4]

    out = ['.\\" Made from the program\\(aqs help by engine/man_page.py. Change the help and run: cmake \\-\\-build build/release \\-\\-target man_page']
    out += [f'.TH WRIT 1 "" "writ {version}" "User Commands"', ".SH NAME", "writ \\- rule engine for the law of AI", ".SH SYNOPSIS"]
    out += [".B writ", ".I command", "[options] [arguments]", ".SH DESCRIPTION", roff(description)]
    out += [".PP", roff("A fact that is missing makes a verdict undetermined, never compliant. Every report opens with the day "
                        "it holds for and closes with what was not decided.")]
    out.append(".SH COMMANDS")
    for words, about, usage, found in commands:
        usage = re.sub(r"^\S+", "", usage).strip()
        out += [".SS " + roff("writ " + " ".join(words) + (" " + usage if usage else "")), roff(about)]
        for section in ("Positionals", "Options"):
            for row in found.get(section, []):
                if tuple(row) not in common:
                    out += entry(*row)
    out.append(".SH COMMON OPTIONS")
    for row in common:
        out += entry(*row)
    out += [".SH EXIT STATUS", ".nf"]
    out += [roff(line) for line in ask(program, "help", "exit-codes").splitlines()[1:]]
    out += [".fi", ".SH ENVIRONMENT"]
    out += entry("WRIT_RULES", "Folder of the rule book. Looked in before share/writ/rules beside the program.")
    out += entry("NO_COLOR, FORCE_COLOR", "Colour never, or always; --color goes before both.")
    out += [".SH FILES"]
    out += entry("share/writ/rules", "The rule book, below the folder that holds bin/writ.")
    out += [".SH NOTES", roff(" ".join(footer))]
    return "\n".join(out) + "\n"


def main():
    program, path = sys.argv[1:3]
    wanted = page(program)
    if sys.argv[3:] != ["--check"]:
        with open(path, "w", encoding="utf-8") as out:
            out.write(wanted)
        return 0
    try:
        with open(path, encoding="utf-8") as text:
            found = text.read()
    except FileNotFoundError:
        found = ""
    if found == wanted:
        return 0
    sys.stdout.writelines(difflib.unified_diff(found.splitlines(True), wanted.splitlines(True), path, "what the program says"))
    print(f"{path} is stale: cmake --build build/release --target man_page")
    return 1


sys.exit(main())
