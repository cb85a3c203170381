"""Runs the ```sh blocks of Markdown files and holds them to what they declare.

A block is one script (bash -e, as a reader would paste it) run in the project's folder with the release build first in the PATH. The
fence may declare the exit code: ```sh exit=1 (0 where nothing is said). Comments of the form `#> text` are output that
the block must show, in this order. Blocks marked `setup` and `test` are stages of their own and not run here.
"""

import os
import re
import subprocess
import sys

FENCE = re.compile(r"^```sh\b[ ]*(.*)$")
TIMEOUT = 120


def blocks(path):
    """Yields (line, words of the fence, script)."""
    words, start, lines = None, 0, []
    with open(path, encoding="utf-8") as text:
        for number, line in enumerate(text, 1):
            opened = FENCE.match(line) if words is None else None
            if opened:
                words, start, lines = opened.group(1).split(), number, []
            elif words is not None and line.startswith("```"):
                yield start, words, "".join(lines)
                words = None
            elif words is not None:
                lines.append(line)
    if words is not None:
        sys.exit(f"{path}:{start}: block is not closed")


def problem(words, script, environment):
    """What is wrong with the block, or nothing."""
    expected = 0
    for word in words:
        if not re.fullmatch(r"exit=\d+", word):
            return f"unknown mark `{word}`"
        expected = int(word[5:])
    try:
        run = subprocess.run(["bash", "-e", "-c", script], env=environment, stdin=subprocess.DEVNULL,
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=TIMEOUT)
    except subprocess.TimeoutExpired:
        return f"not done after {TIMEOUT} s"
    output = run.stdout.decode("utf-8", "replace")
    if run.returncode != expected:
        return f"exit {run.returncode}, declared {expected}\n{output}"
    at = 0
    for wanted in re.findall(r"^#> (.+)$", script, re.MULTILINE):
        found = output.find(wanted.strip(), at)
        if found < 0:
            return f"does not show `{wanted}`\n{output}"
        at = found + len(wanted.strip())
    return None


def main(paths):
    environment = dict(os.environ, PATH=os.path.abspath("build/release") + ":" + os.environ["PATH"])
    ran = failures = 0
    for path in paths:
        for line, words, script in blocks(path):
            if words and words[0] in ("setup", "test"):
                continue
            ran += 1
            wrong = problem(words, script, environment)
            if wrong:
                failures += 1
                print(f"{path}:{line}: {wrong}")
    print(f"{ran} blocks of {len(paths)} files, {failures} wrong")
    return 1 if failures or ran == 0 else 0


sys.exit(main(sys.argv[1:]))
