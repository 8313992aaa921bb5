"""Make the shipped pipeline from the data: ``python models/build.py DATA``, every step from samples to figures.

A step whose code and inputs did not change since its last run is skipped; a training that was stopped goes on from
its last epoch.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from steps import MODELS, Step, run

PACKAGE = MODELS / "en_newsparse"
SILVER_DOCUMENTS = 300
TREEBANKS = ("ewt", "gum")
SYNTAX_EPOCHS, JOINT_EPOCHS = 4, 6
# Trees are known by then: most of the time goes to names and events.
JOINT_SOURCES = ("ewt:0.6", "gum:0.6", "articles-silver", "corpus-silver", "names")
LEARNING = ("train.py", "network.py", "batches.py", "losses.py", "measures.py", "samples.py")
READING = ("prepare.py", "treebank.py", "names.py", "articles.py", "corpus.py", "samples.py")


def steps(data: Path, work: Path) -> list[Step]:
    """Return all steps in their order."""
    samples, syntax, joint = work / "samples", work / "syntax", work / "joint"
    exported, figures = work / "exported", work / "figures.json"
    sources = (data / "treebank", data / "events" / "train.jsonl", data / "ner", MODELS / "corpus")
    treebanks = tuple(samples / f"{name}-train-0.jsonl" for name in TREEBANKS)
    script = {path.stem: str(path) for path in MODELS.glob("*.py")}
    return [
        Step(
            "prepare",
            (script["prepare"], str(data), str(samples), "--silver", str(SILVER_DOCUMENTS)),
            READING,
            sources,
            samples,
        ),
        Step(
            "syntax",
            (script["train"], str(samples), str(syntax), *TREEBANKS, "--epochs", str(SYNTAX_EPOCHS)),
            LEARNING,
            treebanks,
            syntax / "network.pt",
        ),
        Step(
            "silver",
            (script["silver"], str(syntax), str(samples), "articles", "corpus"),
            ("silver.py",),
            (syntax / "network.pt", samples / "articles-train-0.jsonl", samples / "corpus-train-0.jsonl"),
            samples / "articles-silver-train-0.jsonl",
        ),
        Step(
            "joint",
            (
                *(script["train"], str(samples), str(joint), *JOINT_SOURCES),
                *("--epochs", str(JOINT_EPOCHS), "--start", str(syntax)),
            ),
            LEARNING,
            (
                *treebanks,
                samples / "articles-silver-train-0.jsonl",
                samples / "names-train-0.jsonl",
                syntax / "network.pt",
            ),
            joint / "network.pt",
        ),
        Step(
            "export", (script["export"], str(joint), str(exported)), ("export.py",), (joint / "network.pt",), exported
        ),
        Step(
            "package",
            (script["package"], str(exported), str(samples), str(PACKAGE)),
            ("package.py",),
            (exported,),
            PACKAGE,
        ),
        Step(
            "evaluate",
            (
                *(script["evaluate"], str(PACKAGE), str(data), str(figures)),
                *("--package", str(PACKAGE), "--card", str(MODELS / "README.md")),
            ),
            ("evaluate.py",),
            (exported, data / "treebank", data / "ner", data / "events" / "dev.jsonl"),
            figures,
        ),
    ]


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
