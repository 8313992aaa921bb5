"""Word pieces, windows and what the encoder gives the heads."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from newsparse.pipeline.encoder.component import Encoder
from newsparse.pipeline.encoder.windows import windows
from newsparse.pipeline.encoder.wordpieces import BREAK, SHAPE_COUNT, SHAPES, UNKNOWN, WordPieces, shape

BLANK = spacy.blank("en")


@pytest.fixture(scope="module")
def base() -> Language:
    return spacy.load("en_newsparse")


@pytest.fixture(scope="module")
def encoder(base: Language) -> Encoder:
    component = base.get_pipe("encoder")
    assert isinstance(component, Encoder)
    return component


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("unwanted", ["un", "##want", "##ed"]),
        ("Wanted", ["want", "##ed"]),
        ("Éd", ["ed"]),
        ("ed-want", ["ed", "-", "want"]),
        ("xyz", ["[UNK]"]),
        ("", ["[UNK]"]),
    ],
)
def test_word_pieces(word: str, expected: list[str]) -> None:
    special = [f"[unused{i}]" for i in range(UNKNOWN)] + ["[UNK]", "[CLS]", "[SEP]"]
    pieces = WordPieces([*special, "un", "want", "##want", "##ed", "ed", "-"])
    assert [pieces.vocabulary[number] for number in pieces.encode(word)] == expected


def test_white_space_is_a_break() -> None:
    assert WordPieces(()).encode("\n\n") == (BREAK,)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("court", "lower"),
        ("Court", "title"),
        ("ICE", "upper"),
        ("A", "letter"),
        ("McKay", "mixed"),
        ("2021", "digits"),
        ("$", "other"),
        ("\n", "special"),
    ],
)
def test_shapes(word: str, expected: str) -> None:
    assert shape(word, spaced=False) == SHAPES.index(expected)
    assert shape(word, spaced=True) == SHAPES.index(expected) + len(SHAPES)


@given(st.text(max_size=20), st.booleans())
def test_every_word_has_pieces_and_a_shape(word: str, spaced: bool) -> None:
    assert WordPieces(()).encode(word)
    assert 0 <= shape(word, spaced) < SHAPE_COUNT


@given(st.text(alphabet='ab.?"” \n', max_size=400), st.integers(min_value=4, max_value=40))
def test_windows_cover_the_text_and_are_never_too_long(text: str, most: int) -> None:
    doc = BLANK.make_doc(text)
    found = list(windows(doc, [1 + len(token) % 3 for token in doc], most))
    assert [start for start, _ in found] == [0, *(end for _, end in found)][: len(found)]
    assert not found or found[-1][1] == len(doc)
    assert all(sum(1 + len(token) % 3 for token in doc[start:end]) <= most for start, end in found)


def test_windows_end_with_paragraphs_else_with_sentences() -> None:
    doc = BLANK.make_doc("One two three. Four five\n\nsix seven. Eight nine ten.")
    ones = [1] * len(doc)
    assert [doc[start:end].text.strip() for start, end in windows(doc, ones, 9)] == [
        "One two three. Four five",
        "six seven. Eight nine ten.",
    ]
    assert doc[next(windows(doc, ones, 6))[1] - 1].text == "."


def test_rows_do_not_depend_on_other_articles(base: Language) -> None:
    texts = ["The council voted.", "He left. " * 150, "ICE searched it."]
    alone = [base(text).tensor for text in texts]
    for row, together in zip(alone, base.pipe(texts, batch_size=3), strict=True):
        assert np.array_equal(row, together.tensor)


def test_a_row_for_each_token(base: Language) -> None:
    doc = base("Mayor Ruth Ellery’s office…\n\n  said — nothing 😀 " + "x" * 5000 + " " + "!" * 3000)
    assert doc.tensor.shape[0] == len(doc)
    assert np.isfinite(doc.tensor).all()


def test_no_text_no_rows(encoder: Encoder) -> None:
    assert encoder(BLANK.make_doc("")).tensor.shape[0] == 0


def test_round_trips(encoder: Encoder, tmp_path: Path) -> None:
    doc = encoder(BLANK.make_doc("The council voted."))
    encoder.to_disk(tmp_path)
    for copy in (Encoder().from_bytes(encoder.to_bytes()), Encoder().from_disk(tmp_path)):
        assert np.array_equal(copy(BLANK.make_doc("The council voted.")).tensor, doc.tensor)


def test_without_weights() -> None:
    with pytest.raises(ValueError, match="no weights"):
        Encoder()(BLANK.make_doc("The council voted."))
