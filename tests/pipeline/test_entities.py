from __future__ import annotations

import documents
import pytest
from documents import document
from parsed import parsed
from spacy.lang.en import English
from spacy.tokens import Doc, Span

from newsparse.pipeline.annotations import MENTIONS
from newsparse.pipeline.entities.component import EntityFinder
from newsparse.pipeline.entities.names import find_names, initials_match, is_acronym
from newsparse.pipeline.entities.nominal_rules import nominal_rules

VOCAB = English().vocab


def tagged(text: str) -> Doc:
    """A document of blank-separated words; ``[ORG`` and ``]`` enclose a name."""
    words: list[str] = []
    spans: list[tuple[int, int, str]] = []
    label, start = "", 0
    for word in text.split(" "):
        if word.startswith("["):
            label, start = word[1:], len(words)
        elif word == "]":
            spans.append((start, len(words), label))
        else:
            words.append(word)
    doc = Doc(VOCAB, words=words)
    doc.ents = [Span(doc, first, last, label=kind) for first, last, kind in spans]
    return doc


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[PERSON Mayor Ana Brook ] spoke", ["PERSON Ana Brook"]),
        ("[PERSON Attorney General Li ] spoke", ["PERSON Li"]),
        ("[ORG the Riverton Post 's ] editor", ["ORG Riverton Post"]),
        ("[GPE Riverton , ] where", ["GPE Riverton"]),
        ("[WORK_OF_ART Hamlet ] opened on [DATE Monday ]", ["WORK Hamlet"]),
        ("[ORG Water Agency \n ] Then", ["ORG Water Agency"]),
        ("[ORG Riverton Water Agency ( RWA ) ] said", ["ORG Riverton Water Agency", "ORG RWA"]),
        ("the [ORG Riverton Water Agency ] ( RWA ) said", ["ORG Riverton Water Agency", "ORG RWA"]),
        ("the [DATABASE Arrest Data System ] , or ADS , is", ["DATABASE Arrest Data System", "DATABASE ADS"]),
        ("the [ORG Open Records Act ] says", ["LAW Open Records Act"]),
        ("[PERSON Brook ] administration officials", ["ORG Brook administration"]),
        ("[PERSON Ana Brook ] spoke . Later Brook left", ["PERSON Ana Brook", "PERSON Brook"]),
        ("[ORG Corvane ] and [ORG Corvane ] or [GPE Corvane ]", ["ORG Corvane"] * 3),
        ("[PERSON Ana Brook ] said [ORG Brook ] left", ["PERSON Ana Brook", "PERSON Brook"]),
        ("[ORG ' ] nothing", []),
    ],
)
def test_names(text: str, expected: list[str]) -> None:
    doc = tagged(text)
    assert [f"{label} {doc[start:end].text}" for start, end, label in find_names(doc)] == expected


@pytest.mark.parametrize(
    ("acronym", "name", "expected"),
    [
        ("ICE", "U.S. Immigration and Customs Enforcement", True),
        ("FBI", "Federal Bureau of Investigation", True),
        ("DoJ", "Department of Justice", True),
        ("UNHCR", "United Nations High Commissioner for Refugees", True),
        ("RWA", "Riverton Post", False),
        ("ICE", "Corvane", False),
    ],
)
def test_initials(acronym: str, name: str, expected: bool) -> None:
    assert is_acronym(acronym)
    assert initials_match(acronym, name.split()) is expected


@pytest.mark.parametrize(
    ("rows", "names", "expected"),
    [
        (documents.MAYOR, {"Corvane": "ORG"}, {"AGREEMENT": ["city 's contract with Corvane", "agreement"]}),
        (documents.AGENCY, {}, {"DATABASE": ["customer database", "database"]}),
        (documents.ORDINANCE, {}, {"LAW": ["ordinance", "law"]}),
        (documents.PACT, {"Oak_County": "GPE"}, {"AGREEMENT": ["pact between Riverton and Oak County"], "LAW": []}),
        (documents.LISTS, {}, {"DATABASE": ["list"]}),
        (
            documents.SHERIFF,
            {"Tom_Hale": "PERSON", "Oak_County": "GPE"},
            {"GROUP": ["sheriff of Oak County", "union leaders"]},
        ),
        (documents.MAYOR, {"Ana_Brook": "PERSON"}, {"GROUP": ["city", "mayor"]}),
    ],
)
def test_nominals(rows: str, names: dict[str, str], expected: dict[str, list[str]]) -> None:
    doc = document(rows, **names)
    spans = list(doc.spans[MENTIONS])
    for label, texts in expected.items():
        found = [span.text for span in spans if span.label_ == label and span.id_ == "nominal"]
        assert found == texts


@pytest.mark.parametrize(
    "rows",
    [
        "They PRP PRON nsubj 2\ndeal VBP VERB root 0\nwith IN ADP case 4\ncrime NN NOUN obl 2",
        "A/a DT DET det 3\ngreat JJ ADJ amod 3\ndeal NN NOUN root 0",
        "Contract NN NOUN compound 2\ntalks/talk NNS NOUN nsubj 3\nfailed/fail VBD VERB root 0",
        "Law NN NOUN compound 2\nenforcement NN NOUN nsubj 3\nmoved/move VBD VERB root 0",
        "Their PRP$ PRON nmod:poss 3\nphone NN NOUN compound 3\nbill NN NOUN nsubj 4\nrose/rise VBD VERB root 0",
        "A/a DT DET det 2\nrecord NN NOUN root 0",
    ],
)
def test_no_thing(rows: str) -> None:
    doc = EntityFinder()(parsed(rows))
    assert {span.label_ for span in doc.spans[MENTIONS]}.isdisjoint({"AGREEMENT", "DATABASE", "LAW"})


@pytest.mark.parametrize("words", [[], ["."], ["\n\n"], ["(", ")"], ["the", "contract", "with", "it"]])
def test_without_parse(words: list[str]) -> None:
    doc = EntityFinder()(Doc(VOCAB, words=words))
    assert list(doc.spans[MENTIONS]) == []


def test_mentions_survive_serialisation() -> None:
    doc = document(documents.MAYOR, Ana_Brook="PERSON")
    copy = Doc(VOCAB).from_bytes(doc.to_bytes())
    assert [(s.text, s.label_, s.id_) for s in copy.spans[MENTIONS]] == [
        (s.text, s.label_, s.id_) for s in doc.spans[MENTIONS]
    ]


def test_rules_of_all_types() -> None:
    assert [rules.type for rules in nominal_rules()] == ["AGREEMENT", "DATABASE", "LAW"]
