"""Train the word vectors: ``python models/vectors.py CORPORA OUT`` reads ``raw.jsonl`` and writes floret vectors.

The vectors are sums of hashed letter groups, so that a name never seen before still gets one. Turn them into a
pipeline to start training from by ``python -m spacy init vectors en OUT/floret FOLDER --mode floret``.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import floret  # type: ignore[import-untyped]
import spacy

DIMENSIONS = 64
ROWS = 20_000
EPOCHS = 3


def write_tokens(raw: Path, tokens: Path) -> None:
    """Write the raw texts as the tokens of spaCy's tokenizer, one piece a line."""
    nlp = spacy.blank("en")
    with raw.open(encoding="utf-8") as lines, tokens.open("w", encoding="utf-8") as out:
        for doc in nlp.pipe(json.loads(line)["text"] for line in lines):
            out.write(" ".join(token.text for token in doc if not token.is_space) + "\n")


def train(tokens: Path, out: Path) -> None:
    """Train floret vectors; one thread, so that a second run gives the same."""
    model = floret.train_unsupervised(
        str(tokens),
        mode="floret",
        model="cbow",
        dim=DIMENSIONS,
        bucket=ROWS,
        hashCount=2,
        minn=3,
        maxn=5,
        minCount=5,
        epoch=EPOCHS,
        neg=5,
        lr=0.05,
        thread=1,
    )
    model.save_floret_vectors(str(out / "floret"))


def main() -> None:
    """Train the vectors."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    tokens = arguments.out / "tokens.txt"
    write_tokens(arguments.corpora / "raw.jsonl", tokens)
    train(tokens, arguments.out)


if __name__ == "__main__":
    main()
