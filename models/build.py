"""Make the shipped pipeline from the data: ``python models/build.py DATA``, every step from corpora to figures.

Steps whose result is already in the work folder are not repeated; remove a folder to do its step again.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

MODELS = Path(__file__).parent
PACKAGE = MODELS / "en_newsparse"
SILVER_DOCUMENTS = 400


def run(*arguments: str | Path, makes: Path | None = None) -> None:
    """Run a Python command, unless what it makes is there; stop the whole build if it fails."""
    if makes and makes.exists():
        print(f"{makes} is there")
        return
    print("+ python", *arguments, flush=True)
    subprocess.run([sys.executable, *map(str, arguments)], check=True)


def train(config: str, corpora: Path, out: Path, *, dev: str, **paths: Path) -> Path:
    """Train by a configuration, on the corpora that begin with its name; return the best pipeline."""
    part = config.split("-")[0]
    paths = {"train": corpora / f"{part}-train.spacy", "dev": corpora / f"{part}-{dev}.spacy", **paths}
    overrides = [word for key, path in paths.items() for word in (f"--paths.{key}", path)]
    best = out / "model-best"
    run("-m", "spacy", "train", MODELS / "configs" / f"{config}.cfg", "--output", out, *overrides, makes=best)
    return best


def build(data: Path, work: Path) -> None:
    """Run all steps."""
    corpora, words, vectors = work / "corpora", work / "floret", work / "vectors"
    run(MODELS / "prepare.py", data, corpora, "--silver", str(SILVER_DOCUMENTS), makes=corpora / "raw.jsonl")
    run(MODELS / "vectors.py", corpora, words, makes=words / "floret")
    run("-m", "spacy", "init", "vectors", "en", words / "floret", vectors, "--mode", "floret", makes=vectors)
    start = train("syntax", corpora, work / "syntax", dev="dev")
    syntax = train("syntax-anneal", corpora, work / "syntax-anneal", dev="dev", start=start)
    ner = train("ner", corpora, work / "ner", dev="heldout", vectors=vectors)
    run(MODELS / "package.py", syntax, ner, corpora, PACKAGE)
    data_folder = next(PACKAGE.glob("en_newsparse-*"))
    card = MODELS / "README.md"
    run(MODELS / "evaluate.py", data_folder, data, work / "figures.json", "--package", PACKAGE, "--card", card)


def main() -> None:
    """Build the pipeline."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="folder with treebank/, events/, ner/, text/")
    parser.add_argument("--work", type=Path, default=Path("build/model"), help="folder for corpora and checkpoints")
    arguments = parser.parse_args()
    build(arguments.data, arguments.work)


if __name__ == "__main__":
    main()
