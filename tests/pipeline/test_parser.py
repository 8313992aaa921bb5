"""Trees from scores, and trees of texts."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from spacy.language import Language

from newsparse.pipeline.parser.component import LONGEST_SENTENCE, Parser
from newsparse.pipeline.parser.trees import best_tree

BLANK = spacy.blank("en")


@pytest.fixture(scope="module")
def base() -> Language:
    return spacy.load("en_newsparse")


def is_tree(heads: np.ndarray) -> bool:
    """Tell whether there is one root and every token reaches it."""
    roots = [i for i, head in enumerate(heads) if head == i]
    reached = list(range(len(heads)))
    for _ in heads:
        reached = [int(heads[node]) for node in reached]
    return len(roots) == 1 and set(reached) == set(roots)


def total(scores: np.ndarray, heads: np.ndarray) -> float:
    return float(sum(scores[i, head] for i, head in enumerate(heads)))


@given(st.integers(1, 4).flatmap(lambda n: arrays(np.float32, (n, n), elements=st.integers(-9, 9).map(float))))
def test_best_of_all_trees(scores: np.ndarray) -> None:
    heads = best_tree(scores)
    assert is_tree(heads)
    every = (np.array(each) for each in product(range(len(scores)), repeat=len(scores)))
    assert total(scores, heads) == max(total(scores, each) for each in every if is_tree(each))


@given(arrays(np.float32, (30, 30), elements=st.floats(-5, 5, width=32)))
def test_always_a_tree(scores: np.ndarray) -> None:
    assert is_tree(best_tree(scores))


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n\n", "Yes", "a " * 700, "\n a \n\n b", '"”“" ”'],
    ids=["empty", "space", "break", "word", "endless", "indented", "marks"],
)
def test_any_text(base: Language, text: str) -> None:
    doc = base(text)
    assert all(token.dep_ for token in doc)
    assert all(len(sentence) <= LONGEST_SENTENCE + 2 for sentence in doc.sents)


@settings(deadline=None, max_examples=30)
@given(st.text(alphabet='aB .,"”\n', max_size=60))
def test_one_root_a_sentence(text: str) -> None:
    doc = spacy_base()(text)
    for sentence in doc.sents:
        assert sum(token.head == token for token in sentence) == 1 or sentence.text.isspace()


def test_round_trip(base: Language) -> None:
    parser = base.get_pipe("parser")
    assert isinstance(parser, Parser)
    copy = Parser(base).from_bytes(parser.to_bytes())
    doc = base("The council ended the contract on Monday.")
    heads = [token.head.i for token in doc]
    assert [token.head.i for token in copy(doc)] == heads


def test_without_weights() -> None:
    with pytest.raises(ValueError, match="no weights"):
        Parser(BLANK)(BLANK.make_doc("The council voted."))


_LOADED: list[Language] = []


def spacy_base() -> Language:
    """Return the pipeline, loaded once; a fixture of function scope cannot serve a property test."""
    if not _LOADED:
        _LOADED.append(spacy.load("en_newsparse"))
    return _LOADED[0]
