"""A pipeline that learns in no time: rows made from the letters of a word stand for an encoder."""

from __future__ import annotations

import zlib
from pathlib import Path

import numpy as np
import spacy
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from newsparse.pipeline.ner import component as _ner  # noqa: F401  # registers the factory

WIDTH = 24
LABELS = ("GPE", "ORG", "PERSON")


def _row(word: str) -> NDArray[np.float32]:
    # Numbers are one word: they only tell the articles apart.
    chance = np.random.default_rng(zlib.crc32(b"0" if word.isdigit() else word.encode()))
    return (4 * chance.normal(size=WIDTH)).astype(np.float32)


@Language.component("toy_encoder", assigns=["doc.tensor"])
def toy_encoder(doc: Doc) -> Doc:
    doc.tensor = np.stack([_row(token.text) for token in doc])
    return doc


def toy(labels: tuple[str, ...] = LABELS) -> Language:
    """A pipeline that knows the labels and has learned nothing."""
    nlp = spacy.blank("en")
    nlp.meta.update(name="toy", version="1.2.0")
    nlp.add_pipe("toy_encoder")
    model = {
        "@architectures": "spacy.Tagger.v2",
        "tok2vec": {"@architectures": "newsparse.DocTensor.v1", "width": WIDTH},
        "normalize": True,
    }
    ner = nlp.add_pipe("newsparse_ner", name="ner", config={"model": model})
    ner.initialize(list, nlp=nlp, labels=labels)
    for word in labels:
        nlp.vocab.strings.add(word)
    return nlp


TOWNS = ("Harwick", "Lakeland", "Corvane", "Osterby")
PEOPLE = ("Ortiz", "Whitlow", "Batey", "Solheim")


def marked_text(number: int, kind: str = "GPE", text: str = "") -> str:
    """An annotated article; articles of every number name the same few towns and people."""
    town, person = TOWNS[number % len(TOWNS)], PEOPLE[number // 2 % len(PEOPLE)]
    return f"""date: 2020-05-{number % 28 + 1:02}
source: Test Courier
types: BUILDING

[e1:{town}] {{x1:ends}} [e3:contract] number {number}

Mayor [e2:{person}] of [e1:{town}] said so on day {number}. {text}
====
entities
e1 {kind}
e2 PERSON
e3 AGREEMENT
events
x1 agreement.end actual main agent=e2,e1 object=e3
quotes
"""


def write_articles(folder: Path, count: int, first: int = 0, kind: str = "GPE") -> Path:
    """A folder with so many annotated articles."""
    folder.mkdir(exist_ok=True)
    for number in range(first, first + count):
        (folder / f"a{number:03}.txt").write_text(marked_text(number, kind), encoding="utf-8")
    return folder
