"""Make the shipped pipeline from the data: ``python models/build.py DATA``, every step from samples to figures.

A step whose code and inputs did not change since its last run is skipped; a training that was stopped goes on from
its last epoch.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from steps import MODELS, Step, run

NETWORK = "network.pt"
PACKAGE = MODELS / "en_newsparse"
SILVER_DOCUMENTS = 300
TREEBANKS = ("ewt", "gum")
SYNTAX_EPOCHS, JOINT_EPOCHS = 4, 8
# Trees are known by then: most of the time goes to names and events.
JOINT_SOURCES = ("ewt:0.4", "gum:0.5", "articles-silver", "corpus-silver", "names")
PIECES = "../newsparse/pipeline/encoder/wordpieces.py"
PATHS = "../newsparse/pipeline/roles/paths.py"
LEARNING = ("network.py", "batches.py", "losses.py", "measures.py", "samples.py", PIECES, PATHS)
READING = ("treebank.py", "names.py", "articles.py", "corpus.py", "samples.py")


def steps(data: Path, work: Path) -> list[Step]:
    """Return all steps in their order."""
    samples, syntax, joint, exported = (work / name for name in ("samples", "syntax", "joint", "exported"))
    return [
        _prepare(data, samples),
        *_train(samples, syntax, joint),
        _step("export", (joint, exported), (), (joint / NETWORK,), exported),
        _step("package", (exported, samples, PACKAGE), (), (exported,), PACKAGE),
        _evaluate(data, exported, work / "figures.json"),
    ]


def _step(name: str, arguments: Sequence[object], modules: Sequence[str], inputs: Sequence[Path], output: Path) -> Step:
    """Return a step whose script has its name."""
    return _script_step(name, name, arguments, modules, inputs, output)


def _script_step(
    name: str, script: str, arguments: Sequence[object], modules: Sequence[str], inputs: Sequence[Path], output: Path
) -> Step:
    command = (str(MODELS / f"{script}.py"), *map(str, arguments))
    return Step(name, command, (f"{script}.py", *modules), tuple(inputs), output)


def _prepare(data: Path, samples: Path) -> Step:
    sources = (data / "treebank", data / "events" / "train.jsonl", data / "ner", MODELS / "corpus")
    return _step("prepare", (data, samples, "--silver", SILVER_DOCUMENTS), READING, sources, samples)


def _train(samples: Path, syntax: Path, joint: Path) -> Iterator[Step]:
    """Yield the steps that learn: trees alone, trees for the articles, everything."""
    first = {name: samples / f"{name}-train-0.jsonl" for name in (*TREEBANKS, "articles", "corpus", "names")}
    treebanks = [first[name] for name in TREEBANKS]
    alone = (samples, syntax, *TREEBANKS, "--epochs", SYNTAX_EPOCHS)
    yield _script_step("syntax", "train", alone, LEARNING, treebanks, syntax / NETWORK)
    silver = samples / "articles-silver-train-0.jsonl"
    unannotated = (syntax / NETWORK, first["articles"], first["corpus"])
    yield _step("silver", (syntax, samples, "articles", "corpus"), (), unannotated, silver)
    together = (samples, joint, *JOINT_SOURCES, "--epochs", JOINT_EPOCHS, "--start", syntax)
    everything = (*treebanks, silver, first["names"], syntax / NETWORK)
    yield _script_step("joint", "train", together, LEARNING, everything, joint / NETWORK)


def _evaluate(data: Path, exported: Path, figures: Path) -> Step:
    arguments = (PACKAGE, data, figures, "--package", PACKAGE, "--card", MODELS / "README.md")
    inputs = (exported, data / "treebank", data / "ner", data / "events" / "dev.jsonl")
    return _step("evaluate", arguments, ("package.py",), inputs, figures)


def main() -> None:
    """Build the pipeline."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="folder with treebank/, events/, ner/")
    parser.add_argument("--work", type=Path, default=Path("build/model"), help="folder for samples and checkpoints")
    arguments = parser.parse_args()
    arguments.work.mkdir(parents=True, exist_ok=True)
    run(steps(arguments.data, arguments.work), arguments.work / "steps.json")


if __name__ == "__main__":
    main()
