#!/usr/bin/env python3
"""Asks of each model in Epoch AI's list of notable models whether it is presumed to have systemic risk (AI Act, Art. 51(2)).

Usage: epoch.py PATH_TO_WRIT [--list]

The data (a table of Epoch AI, CC BY 4.0) are no part of this project. They are looked for in $WRIT_DATA/epoch, by default
../shared/data beside the project. Where they are absent the test says so and exits with 77.

Each model becomes a document. It is supposed that the model is on the Union market and that nobody has found it to be more
or less general than the criterion of the Guidelines says; everything else comes from the table:
  computation that the table does not give is unknown, never 0;
  where the table's notes give an interval around the figure, or a least figure, that is what is stated, and not the figure;
  a figure that the notes take back ("not a real sig fig") is unknown;
  what a model generates is read from its domain and its tasks; where the table gives neither it is unknown.

The answer is the classification eu.ai_act.high_impact_presumption: presumed, not presumed, or both candidates remain. The
rule eu.ai_act.systemic_risk_notification must say the same: gap where it is presumed, since nobody is stated to have notified.
"""

import collections
import csv
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

AS_OF = "2026-11-22"
CLASSIFICATION = "eu.ai_act.high_impact_presumption"
RULE = "eu.ai_act.systemic_risk_notification"
ANSWERS = {"presumed": "yes", "not_presumed": "no"}

# What decides each by hand: the table's own figure against 10^25, or what is missing.
BY_HAND = {
    "Llama 3.1-405B": "yes",              # 3.8e25, stated by its makers
    "Grok 3": "yes",                      # 3.5e26
    "GPT-4.5": "yes",                     # between 2.7e26 and 5.4e26
    "GPT-5": "yes",                       # between 2e25 and 2e26: all of it is above
    "Llama 4 Behemoth (preview)": "yes",  # 5.2e25
    "DeepSeek-V3": "no",                  # 3.4e24
    "DeepSeek-R1": "no",                  # 3.5e24
    "Llama 2-70B": "no",                  # 8.1e23
    "Llama 3-70B": "no",                  # 7.9e24
    "Llama 4 Scout": "no",                # 4.1e24
    "Kimi K2 Thinking": "no",             # between 3e24 and 6e24: all of it is below
    "GPT-4 (Mar 2023)": "undetermined",   # between 8.2e24 and 4.4e25
    "GPT-3.5 Turbo": "undetermined",      # nobody knows, and nobody knows is not 0
    "GLM-4.7": "undetermined",            # at least 4.4e24
    "Inflection-2": "undetermined",       # "about 10^25", on neither side
    "AlphaGo Zero": "no",                 # plays Go: not general, whatever it took
}

NUMBER = r"(\d+(?:\.\d+)?\s*[eE]\s*\+?\d+)"
TEXT_TASKS = re.compile(r"language|chat|question answering|translation|code |caption|summari|autocompletion|reasoning|retrieval-aug"
                        r"|recognition \(ocr\)|recognition \(asr\)|speech-to-text|description|instruction|function calling|coding", re.I)
OTHER_LANGUAGE = re.compile(r"protein or nucleotide", re.I)


def number(text):
    return re.sub(r"\s", "", text)


def compute(row):
    """The fact as a text of JSON, or None where it is unknown."""
    figure, notes = row["Training compute (FLOP)"].strip(), row["Training compute notes"]
    if not figure or "not a real sig fig" in notes:
        return None
    for low, high in re.findall(NUMBER + r"\s*(?:to|-|–)\s*" + NUMBER, notes):
        # Other figures of the notes are about other things: the interval is the one that holds the figure.
        if float(number(low)) <= float(figure) <= float(number(high)):
            return f'{{"between": [{number(low)}, {number(high)}]}}'
    if re.search(r"training compute is at least", notes, re.I):
        return f'{{"at_least": {figure}}}'
    return figure


def generates(row):
    """What the model generates; None where the table says nothing about it."""
    domains = {part.strip() for part in row["Domain"].split(",") if part.strip()}
    tasks = [part.strip() for part in row["Task"].split(",") if part.strip()]
    if not domains and not tasks:
        return None
    found = set()
    if "Language" in domains or any(TEXT_TASKS.search(task) and not OTHER_LANGUAGE.search(task) for task in tasks):
        found.add("text")
    if any(re.search(r"speech synthesis|text-to-speech|speech-to-speech", task, re.I) for task in tasks):
        found.add("speech")
    if any("audio generation" in task.lower() for task in tasks):
        found.add("sound")
    if "Image generation" in domains or any(re.search(r"image generation|text-to-image", task, re.I) for task in tasks):
        found.add("image")
    if any(re.search(r"video generation|text-to-video", task, re.I) for task in tasks):
        found.add("video")
    return sorted(found) or ["other"]


def document(key, row):
    model = {"name": " ".join(row["Model"].split()), "placed_on_eu_market": True, "sole_purpose_research": False,
             "generality_finding": None, "eu_market_date": "2026-01-26"}
    kinds = generates(row)
    if kinds is not None:
        model["generates"] = kinds
    text = json.dumps({"writ": "model/1", "id": key, "deployment": {"covers": ["ai_model"]}, "model": model,
                       "documents": {"systemic_risk": {"condition_met_on": "2026-01-26", "notified_on": None}}}, indent=1)
    operations = compute(row)
    if operations is not None:
        # As text, so that no digit of the table is lost.
        text = text.replace('"placed_on_eu_market"', f'"training_compute": {operations},\n  "placed_on_eu_market"', 1)
    return text


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    project = pathlib.Path(__file__).resolve().parents[2]
    data = pathlib.Path(os.environ.get("WRIT_DATA", project.parent / "shared" / "data")) / "epoch"
    tables = sorted(data.glob("notable-ai-models-*.csv"))
    if not tables:
        print(f"skipped: no data in {data}")
        sys.exit(77)
    os.environ["WRIT_RULES"] = str(project / "rules")

    with open(tables[-1], encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    models, ranges, missing, speculative = {}, 0, 0, {}
    with tempfile.TemporaryDirectory() as folder:
        for place, row in enumerate(rows):
            name = " ".join(row["Model"].split())
            key = f"m{place:04}-" + re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
            models[key] = name
            operations = compute(row)
            missing += operations is None
            ranges += operations is not None and operations.startswith("{")
            if row["Confidence"] == "Speculative" and operations is not None and not operations.startswith("{"):
                speculative[key] = name
            (pathlib.Path(folder) / f"{key}.writ.json").write_text(document(key, row), encoding="utf-8")
        command = [sys.argv[1], "check", folder, "--rule", RULE, "--as-of", AS_OF, "-f", "json", "--exit-zero"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            sys.exit(f"FAIL: {' '.join(command)}: exit {done.returncode}\n{done.stderr}")
    report = json.loads(done.stdout)

    failures = []
    answers = {}
    for value in report["classifications"]:
        if value["name"] == CLASSIFICATION:
            answers[value["document"]] = ANSWERS.get(value["value"], "undetermined")
    verdicts = {result["document"]: result["verdict"] for result in report["results"] if result["rule"] == RULE}
    expected = {"yes": "gap", "no": "not_applicable", "undetermined": "undetermined"}
    for key, name in models.items():
        if key not in answers:
            failures.append(f"{name}: no answer")
        elif verdicts.get(key) != expected[answers[key]]:
            failures.append(f"{name}: {answers[key]}, but {RULE} is {verdicts.get(key)}")
    broken = [entry["id"] for entry in report["documents"] if entry["errors"]]
    if broken:
        failures.append(f"documents with errors: {', '.join(map(str, broken))}")

    counts = collections.Counter(answers.values())
    print(f"{len(rows)} models, {missing} of unknown computation, {ranges} with an interval or a least figure\n")
    print("presumed systemic risk")
    for answer in ("yes", "no", "undetermined"):
        print(f"  {answer:13}{counts[answer]:5}")
    if sum(counts.values()) != len(rows) or len(answers) != len(rows):
        failures.append(f"{sum(counts.values())} answers for {len(rows)} models")
    for key, name in models.items():
        if name in BY_HAND and answers.get(key) != BY_HAND[name]:
            failures.append(f"{name}: {answers.get(key)}, by hand {BY_HAND[name]}")
    for name in BY_HAND:
        if name not in models.values():
            failures.append(f"{name}: not in the table")
    print(f"\n{len(BY_HAND)} verified by hand\nyes:")
    for key in sorted((key for key, answer in answers.items() if answer == "yes"), key=lambda key: models[key].lower()):
        print(f"  {models[key]}" + ("  (the table calls its figure speculative)" if key in speculative else ""))
    if "--list" in sys.argv:
        for key, name in models.items():
            print(name, answers.get(key), sep="\t")
    for failure in failures:
        print("FAIL:", failure)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
