#!/usr/bin/env python3
"""Gives each model of the Model Openness Tool's data its class, judged by the rules openness.mof_class_*.

Usage: mof.py PATH_TO_WRIT [--list]

The data (YAML files of the Model Openness Tool, MIT licence) are no part of this project. They are looked for in
$WRIT_DATA/openness/mof-models, by default ../shared/data beside the project. Where they, or the module yaml, are absent the
test says so and exits with 77.

Each file becomes a document that claims class I, so that the rules of all three classes apply. What the file says:
  a component that is listed is released, one that is not listed is not (the tool reads the files the same way);
  its licence is its own, else that of the release for its kind of content, else that of the release, else none;
  a licence is open only if it stands in OPEN below, and not open if it stands in NOT_OPEN or there is none;
  everything else ("Undisclosed", "Other License", the names of data sets …) is unknown, and stays unknown.
"""

import collections
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

# Approved by the Open Source Initiative (opensource.org/licenses).
OSI = "the Open Source Initiative has approved it"
# Conformant with the Open Definition, or named by the framework for data and content.
OPEN_DATA = "an open licence for data or content that the framework names"
OPEN = {
    "apache-2.0": OSI,
    "mit": OSI,
    "bsd-3-clause": OSI,
    "cc-by-4.0": OPEN_DATA,
    "cc-by-sa-4.0": OPEN_DATA,
    "cdla-permissive-2.0": OPEN_DATA,
    "odc-by-1.0": OPEN_DATA,
}

# Spellings in the data. A bare "BSD" could be any of its versions, of which one is not approved: it stays unknown.
SPELLINGS = {
    "apache 2.0": "apache-2.0",
    "apache license 2.0": "apache-2.0",
    "mit license": "mit",
    "bsd-3": "bsd-3-clause",
    "cc by-sa 4.0": "cc-by-sa-4.0",
}

# Patterns over the licence's name, each with what keeps it from being open.
NOT_OPEN = [
    (r"^unlicensed$", "no licence"),
    (r"^proprietary$", "no public licence"),
    (r"non commercial|\bnc\b", "no commercial use"),
    (r"commercial use restr", "limits of commercial use"),
    (r"arxiv.*non.?exclu", "a licence to arXiv, not to the public"),
    (r"rail", "use restrictions"),
    (r"^bloom$", "use restrictions (BLOOM RAIL)"),
    (r"llama .*community", "use restrictions, limit of users"),
    (r"gemma", "use restrictions"),
    (r"tongyi|^qwen license", "limit of users"),
    (r"deepseek license", "use restrictions"),
    (r"chatglm\d?-6b license|baichuan-7b license|baai aquila|codefuse|telechat|dialogue model and data evaluation",
     "terms of the maker's own"),
    (r"ai sweden", "terms of the maker's own"),
    (r"falcon-180b tii", "use restrictions, no hosting without permission"),
    (r"databricks open model", "limit of users, no improvement of other models"),
    (r"nvidia open model", "terms of the maker's own"),
    (r"apple-sample-code", "terms of the maker's own"),
    (r"^3d-slicer-1.0$", "not approved by the Open Source Initiative"),
]

# The tool's name of a component, the fact, the class that needs it (none: optional), and the kinds of content whose
# licence it takes over from the release, the first that has one.
COMPONENTS = {
    "Model architecture": ("architecture", 3, ["code"]),
    "Model parameters (Final)": ("final_parameters", 3, ["data", "code"]),
    "Evaluation results": ("evaluation_results", 3, ["document", "code"]),
    "Model card": ("model_card", 3, ["document", "code"]),
    "Data card": ("data_card", 3, ["document", "code"]),
    "Technical report": ("technical_report", 3, ["document", "code"]),
    "Training code": ("training_code", 2, ["code"]),
    "Inference code": ("inference_code", 2, ["code"]),
    "Evaluation code": ("evaluation_code", 2, ["code"]),
    "Evaluation data": ("evaluation_data", 2, ["data"]),
    "Research paper": ("research_paper", 1, ["document"]),
    "Datasets": ("datasets", 1, ["data", "code", "document"]),
    "Data preprocessing code": ("preprocessing_code", 1, ["code"]),
    "Model parameters (Intermediate)": ("intermediate_parameters", 1, ["data"]),
    "Supporting libraries and tools": (None, None, ["code"]),
    "Model metadata": (None, None, ["data"]),
    "Sample model outputs": (None, None, ["data", "code", "document"]),
}

# Verified by hand, the files against the README and the list of components of the tool.
BY_HAND = {
    # All components, Apache-2.0 for the release, MIT for the data sets.
    "Amber": "I",
    # Also: the badge of class I, offered by the tool's maintainers on the model's page (EleutherAI/pythia-1b, discussion 5).
    "Pythia-1B": "I",
    # Also: the badge of class III on the model's page (ibm-granite/granite-4.0-h-micro-base).
    "Granite-4.0-H-Micro-Base": "III",
    # Everything but intermediate parameters.
    "Polyglot-Ko": "II",
    # Everything but evaluation data, which class II needs.
    "GPT-NeoX-20B": "III",
    # No technical report, but a paper under CC-BY-4.0.
    "OLMo-1B-hf": "I",
    # Parameters under the Llama 2 terms, neither cards nor results.
    "Llama-2-7B": "none",
    # Cards, paper and results without a licence.
    "Claude-1": "none",
    # Two components, neither under an open licence.
    "Chinchilla": "none",
}


def licence_state(name):
    """True: open; False: not open; None: unknown."""
    key = " ".join(str(name).split()).lower()
    key = SPELLINGS.get(key, key)
    if key in OPEN:
        return True
    if any(re.search(pattern, key) for pattern, _ in NOT_OPEN):
        return False
    return None


def component_licence(component, release, kinds):
    if component.get("license"):
        return component["license"]
    licences = release.get("license") or {}
    for kind in kinds + ["distribution"]:
        name = (licences.get(kind) or {}).get("name")
        if name:
            return name
    return "unlicensed"


def read_model(release, strange):
    """The facts of a file: fact -> (released, open licence), each True, False or None for unknown."""
    facts = {fact: (False, None) for fact, _, _ in COMPONENTS.values() if fact}
    for component in release["components"]:
        fact, _, kinds = COMPONENTS[component["name"]]
        name = component_licence(component, release, kinds)
        if re.match(r"component (component )?not inclu", name.lower()):
            continue
        state = licence_state(name)
        if state is None:
            strange[name] += 1
        if fact:
            # Of a licence that is not disclosed it is not sure that there is anything to be licensed.
            facts[fact] = (None if name == "Undisclosed" else True, state)
    return facts


def document(key, release, facts):
    mof = {"claimed_class": "class_i"}
    for fact, (released, is_open) in facts.items():
        component = {}
        if released is not None:
            component["released"] = released
        if released is not False and is_open is not None:
            component["open_licence"] = is_open
        mof[fact] = component
    return {"writ": "model/1", "id": key, "deployment": {"covers": ["ai_model"]},
            "model": {"name": str(release["name"])}, "mof": mof}


def tool_class(facts):
    """What the tool's own rule says; it knows no unknown, and takes a licence that it does not know for not open."""
    is_open = {fact for fact, state in facts.items() if state == (True, True)}
    if "research_paper" in is_open:
        is_open.add("technical_report")
    result = "none"
    for level, name in ((3, "III"), (2, "II"), (1, "I")):
        if not {fact for fact, cls, _ in COMPONENTS.values() if cls == level} <= is_open:
            break
        result = name
    return result


def run(writ, folder, keys, *more):
    command = [writ, "check", str(folder), "--rule", "openness.mof_class_*", "--as-of", "2026-11-22", "-f", "json",
               "--exit-zero", *more]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"FAIL: {' '.join(command)}: exit {done.returncode}\n{done.stderr}")
    verdicts = {key: {} for key in keys}
    for result in json.loads(done.stdout)["results"]:
        rule = result["rule"].rsplit("_", 1)[-1]
        verdicts[result["document"]].setdefault(rule, []).append(result["verdict"])
    return {key: writ_class(verdict) for key, verdict in verdicts.items()}


def writ_class(verdict):
    """The highest class that is reached; undetermined where nobody can say whether there is a higher one."""
    reached = "none"
    for rule, name, size in (("iii", "III", 6), ("ii", "II", 4), ("i", "I", 4)):
        labels = verdict.get(rule, [])
        # Each requirement answers once, and no model is outside; otherwise the model has no class at all.
        if len(labels) != size or not set(labels) <= {"compliant", "gap", "undetermined"}:
            return "no answer"
        if "gap" in labels:
            return reached
        if "undetermined" in labels:
            return "undetermined"
        reached = name
    return reached


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    project = pathlib.Path(__file__).resolve().parents[2]
    data = pathlib.Path(os.environ.get("WRIT_DATA", project.parent / "shared" / "data")) / "openness" / "mof-models"
    if not data.is_dir():
        print(f"skipped: no data in {data}")
        sys.exit(77)
    try:
        import yaml
    except ImportError:
        print("skipped: the Python module yaml is not installed")
        sys.exit(77)
    os.environ["WRIT_RULES"] = str(project / "rules")

    files = sorted(data.glob("*.yml"))
    strange = collections.Counter()
    models = {}
    with tempfile.TemporaryDirectory() as folder:
        for number, path in enumerate(files):
            release = yaml.safe_load(path.read_text(encoding="utf-8"))["release"]
            # The name of the file as far as a key may hold it.
            key = f"m{number:03}-" + re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-")
            facts = read_model(release, strange)
            models[key] = (path.stem, facts)
            text = json.dumps(document(key, release, facts), indent=1, ensure_ascii=False)
            (pathlib.Path(folder) / f"{key}.writ.json").write_text(text, encoding="utf-8")
        readings = {
            "readings open": run(sys.argv[1], folder, models),
            "as the paper": run(sys.argv[1], folder, models, "--reading", "openness.mof_datasets=paper"),
            "as the tool": run(sys.argv[1], folder, models, "--reading", "openness.mof_datasets=tool"),
        }

    failures = []
    print(f"{len(files)} models\n")
    print(f"{'data sets are read':20}" + "".join(f"{name:>14}" for name in ("I", "II", "III", "none", "undetermined")))
    for reading, classes in readings.items():
        counts = collections.Counter(classes.values())
        failures += [f"{reading}: {models[key][0]}: no answer" for key, cls in classes.items() if cls == "no answer"]
        if sum(counts.values()) != len(files) or len(classes) != len(files):
            failures.append(f"{reading}: {sum(counts.values())} classes for {len(files)} files")
        print(f"{reading:20}" + "".join(f"{counts[name]:14}" for name in ("I", "II", "III", "none", "undetermined")))

    by_name = {stem: readings["as the tool"][key] for key, (stem, _) in models.items()}
    for stem, expected in BY_HAND.items():
        if by_name.get(stem) != expected:
            failures.append(f"{stem}: {by_name.get(stem)}, by hand {expected}")

    # Where everything is known the rules say what the tool says; where they leave something open the tool says less.
    agree = 0
    for key, (stem, facts) in models.items():
        ours, tools = readings["as the tool"][key], tool_class(facts)
        if ours == tools:
            agree += 1
        elif ours != "undetermined":
            failures.append(f"{stem}: {ours}, the tool's rule says {tools}")
    print(f"\n{agree} as the tool's own rule, {len(BY_HAND)} verified by hand")
    for stem in sorted((stem for stem, cls in by_name.items() if cls in ("I", "II", "III", "undetermined")), key=str.lower):
        print(f"  {by_name[stem]:13} {stem}")
    print("\nlicences of which nobody can say whether they are open: "
          + "; ".join(f"{name} ({count})" for name, count in sorted(strange.items())))
    if "--list" in sys.argv:
        for key, (stem, _) in models.items():
            print(stem, *(classes[key] for classes in readings.values()), sep="\t")
    for failure in failures:
        print("FAIL:", failure)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
