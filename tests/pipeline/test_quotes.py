"""Quotation marks, quotations and their speakers."""

from __future__ import annotations

from itertools import pairwise

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from parsed import parsed
from spacy.tokens import Doc

from newsparse.pipeline.annotations import Entity, Mention
from newsparse.pipeline.quotes.component import Quotes, find_quotes
from newsparse.pipeline.quotes.marks import find_marked

_NLP = spacy.blank("en")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "we will go" and left', ["we will go"]),
        ("He said “we will go,” and left", ["we will go,"]),
        ("``We will go,'' he said", ["We will go,"]),
        ("''We will go,'' he said", ["We will go,"]),
        ("He said 'we will go' and left", ["we will go"]),
        ("He said ‘we’ll go’ and left", ["we’ll go"]),
        ("« Nous irons », he said", [" Nous irons "]),
        ("“He told me ‘go away’ twice,” she said", ["He told me ‘go away’ twice,"]),
        ("“One,” he said, “and two.”", ["One,", "and two."]),
        ("“First paragraph.\n“Second paragraph,” he said.", ["First paragraph.", "Second paragraph,"]),
        ('"It was. "It is," he said', ["It was. ", "It is,"]),
        ("The workers' rights and the dogs' bones", []),
        ("in the '90s, they said", []),
        ("He is 6'2\" tall", []),
        ("It's Kenney's plan, isn't it", []),
        ('Empty "" marks “”', []),
        ("A stray ” mark and another ”", []),
    ],
)
def test_marks(text: str, expected: list[str]) -> None:
    assert [text[m.start : m.end] for m in find_marked(text)] == expected


def test_paragraphs_without_closing_mark_are_open() -> None:
    assert [m.closed for m in find_marked("“One.\n“Two.”")] == [False, True]


def _with_entities(doc: Doc, *names: tuple[str, str, int, int, str]) -> Doc:
    entities: dict[str, Entity] = {}
    for key, kind, start, end, form in names:
        entity = entities.setdefault(key, Entity(key, kind, key))
        entity.mentions.append(Mention(start, end, form))
    doc._.newsparse_entities = list(entities.values())
    return doc


def _quoted(doc: Doc) -> list[tuple[str, bool, str | None]]:
    return [(doc[q.start : q.end].text, q.direct, q.speaker) for q in find_quotes(doc)]


def test_speaker_before_the_quotation() -> None:
    doc = parsed("""
        Kenney NNP PROPN nsubj 2
        said/say VBD VERB root 0
        , , PUNCT punct 2
        “ `` PUNCT punct 6
        We PRP PRON nsubj 6
        end VBP VERB ccomp 2
        it PRP PRON obj 6
        . . PUNCT punct 6
        ” '' PUNCT punct 6
    """)
    _with_entities(doc, ("kenney", "PERSON", 0, 1, "name"))
    assert _quoted(doc) == [("We end it .", True, "kenney")]
    (quote,) = find_quotes(doc)
    assert (quote.mention, quote.cue) == (Mention(0, 1, "name"), (1, 2))


_INVERTED = """
    “ `` PUNCT punct 3
    We PRP PRON nsubj 3
    end VBP VERB ccomp 7
    it PRP PRON obj 3
    , , PUNCT punct 3
    ” '' PUNCT punct 3
    said/say VBD VERB root 0
    a DT DET det 9
    spokesman NN NOUN nsubj 7
    for IN ADP case 12
    the DT DET det 12
    city NN PROPN nmod 9
    . . PUNCT punct 7
"""


def test_a_spokesman_speaks_for_the_body() -> None:
    doc = _with_entities(parsed(_INVERTED), ("city", "GPE", 11, 12, "name"), ("man", "GROUP", 7, 12, "nominal"))
    assert _quoted(doc) == [("We end it ,", True, "city")]


def test_unknown_speaker_is_none() -> None:
    assert _quoted(_with_entities(parsed(_INVERTED))) == [("We end it ,", True, None)]


def test_words_within_the_marks_do_not_speak() -> None:
    doc = _with_entities(parsed(_INVERTED), ("we", "ORG", 1, 2, "name"))
    assert _quoted(doc) == [("We end it ,", True, None)]


def test_speaker_goes_on_in_the_paragraph() -> None:
    rows = """
        “ `` PUNCT punct 3
        We PRP PRON nsubj 3
        end VBP VERB ccomp 7
        it PRP PRON obj 3
        , , PUNCT punct 3
        ” '' PUNCT punct 3
        said/say VBD VERB root 0
        Kenney NNP PROPN nsubj 7
        . . PUNCT punct 7
        “ `` PUNCT punct 12
        It PRP PRON nsubj 12
        hurts VBZ VERB root 0
        all DT DET det 14
        families NNS NOUN obj 12
        here RB ADV advmod 12
        . . PUNCT punct 12
        ” '' PUNCT punct 12
    """
    doc = _with_entities(parsed(rows), ("kenney", "PERSON", 7, 8, "name"))
    assert [speaker for _, _, speaker in _quoted(doc)] == ["kenney", "kenney"]


@pytest.mark.parametrize(
    "text",
    [
        'The film "The Art of the Deal" opened',
        'Robert "Bob" Smith left',
        'a so-called "sanctuary city" opened',
        'the book " The Long Road Home to Maine " sold well',
    ],
)
def test_titles_nicknames_and_scare_quotes_are_none(text: str) -> None:
    assert find_quotes(_NLP.make_doc(text)) == []


def test_quotations_in_the_title_count() -> None:
    doc = _NLP.make_doc("Clinton calls view 'dangerously wrong'\n\nBody.")
    doc.user_data["newsparse_title_end"] = 38
    assert [q.direct for q in find_quotes(doc)] == [True]


def test_indirect_speech() -> None:
    doc = parsed("""
        Kenney NNP PROPN nsubj 2
        said/say VBD VERB root 0
        that IN SCONJ mark 7
        the DT DET det 5
        city NN NOUN nsubj 7
        will MD AUX aux 7
        end VB VERB ccomp 2
        the DT DET det 9
        contract NN NOUN obj 7
        . . PUNCT punct 2
    """)
    _with_entities(doc, ("kenney", "PERSON", 0, 1, "name"))
    assert _quoted(doc) == [("the city will end the contract", False, "kenney")]


def test_according_to() -> None:
    doc = parsed("""
        The DT DET det 2
        city NN NOUN nsubj 3
        ended/end VBD VERB root 0
        it PRP PRON obj 3
        , , PUNCT punct 3
        according/accord VBG VERB case 8
        to IN ADP fixed 6
        Inquirer NNP PROPN obl 3
        . . PUNCT punct 3
    """)
    _with_entities(doc, ("inquirer", "ORG", 7, 8, "name"))
    (quote,) = find_quotes(doc)
    assert (quote.direct, quote.speaker, quote.start) == (False, "inquirer", 0)


_PIECES = st.sampled_from(
    [
        '"',
        "'",
        "“",
        "”",
        "‘",
        "’",
        "``",
        "''",
        "«",
        "»",
        " ",
        "\n",
        "\n\n",
        "said",
        "He",
        "we go",
        ".",
        ",",
        "it's",
        "6'2",
    ]
)


@given(st.lists(_PIECES, max_size=30))
def test_odd_marks_never_fail(pieces: list[str]) -> None:
    doc = _NLP.make_doc("".join(pieces))
    for quote in Quotes()(doc)._.newsparse_quotes:
        assert 0 <= quote.start < quote.end <= len(doc)


@given(st.text(alphabet="\"'“”‘’`«»„ \nab.,1", max_size=60))
def test_marked_spans_lie_in_the_text_in_order(text: str) -> None:
    marked = find_marked(text)
    assert all(0 <= m.start < m.end <= len(text) for m in marked)
    assert all(a.end <= b.start for a, b in pairwise(marked))
