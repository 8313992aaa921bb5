"""Names from tag scores, and the component as one of spaCy's."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from spacy.training import Example

from newsparse.pipeline.ner.component import NameRecognizer
from newsparse.pipeline.ner.decode import Decoder

TAGS = ("O", "B-ORG", "I-ORG", "L-ORG", "U-ORG", "B-GPE", "I-GPE", "L-GPE", "U-GPE")


def scores(*rows: dict[str, float]) -> np.ndarray:
    """Return probabilities of which the rest is shared out."""
    return np.array(
        [[row.get(tag, (1 - sum(row.values())) / (len(TAGS) - len(row))) for tag in TAGS] for row in rows],
        dtype=np.float32,
    )


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([{"U-ORG": 0.9}, {"O": 0.99}], [(0, 1, "ORG")]),
        ([{"B-ORG": 0.9}, {"I-ORG": 0.9}, {"L-ORG": 0.9}], [(0, 3, "ORG")]),
        ([{"B-ORG": 0.6, "B-GPE": 0.3}, {"L-GPE": 0.9}], [(0, 2, "GPE")]),
        ([{"O": 0.999}, {"L-ORG": 0.6, "U-ORG": 0.3}], [(1, 2, "ORG")]),
        ([{"O": 0.999}, {"O": 0.999}], []),
    ],
)
def test_best_sequence(rows: list[dict[str, float]], expected: list[tuple[int, int, str]]) -> None:
    assert list(Decoder(TAGS).spans(scores(*rows))) == expected


@given(arrays(np.float32, (12, len(TAGS)), elements=st.floats(0.0009765625, 1, width=32)))
def test_spans_do_not_overlap(rows: np.ndarray) -> None:
    spans = list(Decoder(TAGS).spans(rows / rows.sum(1, keepdims=True)))
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert all(0 <= start < end <= len(rows) for start, end, _ in spans)


def test_it_learns() -> None:
    nlp = spacy.blank("en")
    ner = nlp.add_pipe("newsparse_ner", config={"model": {"tok2vec": {"width": 4}}})
    assert isinstance(ner, NameRecognizer)
    examples = []
    for name, row in (("Oslo", 0), ("Delta", 1), ("went", 2)):
        reference = nlp.make_doc(f"{name}")
        label = ("GPE", "ORG", "")[row]
        reference.set_ents([spacy.tokens.Span(reference, 0, 1, label)] if label else [], default="outside")
        example = Example(nlp.make_doc(name), reference)
        example.predicted.tensor = np.eye(4, dtype=np.float32)[[row]]
        examples.append(example)
    optimizer = nlp.initialize(lambda: examples)
    optimizer.learn_rate = 0.1
    for _ in range(100):
        ner.update(examples, sgd=optimizer)
    assert ner.labels == ("GPE", "ORG")
    for example in examples:
        found = ner(example.predicted)
        assert [e.label_ for e in found.ents] == [e.label_ for e in example.reference.ents]


def test_labels_are_fixed_once_trained() -> None:
    ner = spacy.load("en_newsparse").get_pipe("ner")
    assert isinstance(ner, NameRecognizer)
    with pytest.raises(ValueError, match="trained for"):
        ner.add_label("SPELL")
