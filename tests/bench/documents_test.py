"""What the generator writes: accepted without a word, of the right size, the same for the same seed.

usage: documents_test.py WRIT_BENCH_GENERATE WRIT
"""

import os
import subprocess
import sys
import tempfile

GENERATE, WRIT = sys.argv[1:]
DOCUMENTS = 500


def generated(*options):
    return subprocess.run([GENERATE, "--documents", str(DOCUMENTS), *options], check=True, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL).stdout


def check(text, *options):
    with tempfile.NamedTemporaryFile(suffix=".ndjson") as file:
        file.write(text)
        file.flush()
        return subprocess.run([WRIT, "check", file.name, *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              env=dict(os.environ, WRIT_RULES="rules"))


for options in ([], ["--plain"]):
    text = generated("--seed", "7", *options)
    lines = text.splitlines()
    assert len(lines) == DOCUMENTS, len(lines)
    sizes = [len(line) for line in lines]
    assert 3000 <= min(sizes) and max(sizes) <= 6000, (min(sizes), max(sizes))
    assert text == generated("--seed", "7", *options), "not the same for the same seed"
    assert text != generated("--seed", "8", *options), "the same for another seed"
    # Reading is what is tested: one rule is enough.
    run = check(text, "-r", "eu.gdpr", "--rule", "eu.gdpr.transfer_safeguard", "-f", "jsonl", "--as-of", "2026-11-22", "--exit-zero")
    said = run.stderr.decode()
    assert run.returncode == 0, (run.returncode, said[:4000])
    assert "error" not in said and "warning" not in said, said[:4000]
    print(f"{' '.join(options) or 'all forms'}: {len(lines)} documents of {min(sizes)} to {max(sizes)} bytes accepted")
