"""The shipped pipeline where news trips taggers, parsers and name finders up."""

from __future__ import annotations

import pytest
from spacy.language import Language
from spacy.tokens import Doc


def sentences(doc: Doc) -> list[str]:
    """Return the sentences without the white space around them."""
    return [sentence.text.strip() for sentence in doc.sents]


def names(doc: Doc) -> set[tuple[str, str]]:
    """Return text and label of the names."""
    return {(entity.text, entity.label_) for entity in doc.ents}


ENDS = [
    ("abbreviation of a rank", "Gen. Aldo Brandt met Sen. Ruth Ellery. They agreed on little.", 2),
    ("initials", "J. R. Calloway ran the U.S. office. He quit in June.", 2),
    ("company", "Norvik Holdings Inc. bought Tamber Ltd. for $3.5 million. The price fell.", 2),
    ("time of day", "Polls close at 8 p.m. on Tuesday. Results follow at 10 p.m. local time.", 2),
    ("case name", "In Dray v. Colton the judges split. The state lost.", 2),
    ("number", "Bill No. 212 passed. Bill No. 214 did not.", 2),
    ("curly quotes", "“We are done here,” Ellery said. “Nobody told us.”", 2),
    ("straight quotes", '"We are done here," Ellery said. "Nobody told us."', 2),
    ("question in a quote", "“Who pays for it?” asked Ellery. Nobody knew.", 2),
    ("ellipsis", "He waited ... and left. She stayed.", 2),
    ("line break", "Council drops phone tracking\nBy Rosa Imhoff\n\nThe council voted on Monday.", 3),
    ("dateline", "GENEVA (NNA) — Talks on the river treaty began on Monday. They end on Friday.", 2),
]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in ENDS], ids=[case[0] for case in ENDS])
def test_sentence_ends(base: Language, text: str, expected: int) -> None:
    assert len(sentences(base(text))) == expected, sentences(base(text))


@pytest.mark.xfail(reason="an abbreviation at the end of a sentence is mostly in the middle of one")
def test_abbreviation_at_the_end(base: Language) -> None:
    assert len(sentences(base("The firm moved to Washington, D.C. It hired forty people."))) == 2


@pytest.mark.parametrize("marks", ['""', "“”"])
def test_sentence_after_a_quoted_one(base: Language, marks: str) -> None:
    doc = base(f"{marks[0]}We are done,{marks[1]} Ellery said. {marks[0]}Nobody told us.{marks[1]} The room emptied.")
    assert len(sentences(doc)) == 3


NAMES = [
    ("title before a name", "Attorney General Paula Reyes sued.", {("Paula Reyes", "PERSON")}),
    ("dateline in capitals", "LISBON (NNA) — Ministers met on Monday.", {("LISBON", "GPE")}),
    ("byline", "By Rosa Imhoff\n\nThe council voted on Monday.", {("Rosa Imhoff", "PERSON")}),
    ("hyphens", "Anne-Marie Duclos-Petit heads the ministry.", {("Anne-Marie Duclos-Petit", "PERSON")}),
    ("curly possessive", "Brazil’s president met Japan’s foreign minister.", {("Brazil", "GPE"), ("Japan", "GPE")}),
    ("straight possessive", "Brazil's president met Japan's foreign minister.", {("Brazil", "GPE"), ("Japan", "GPE")}),
    ("May the person", "Theresa May told Parliament that she would resign.", {("Theresa May", "PERSON")}),
    ("ICE", "The mayor said ICE agents searched the database.", {("ICE", "ORG")}),
    ("Fed", "The Fed raised interest rates on Wednesday.", {("Fed", "ORG")}),
    ("party and state", "Sen. Ruth Ellery (D-Ohio) voted no.", {("Ruth Ellery", "PERSON")}),
    (
        "accents",
        "Zoë Müller-Ångström leads the party in São Paulo.",
        {("Zoë Müller-Ångström", "PERSON"), ("São Paulo", "GPE")},
    ),
]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in NAMES], ids=[case[0] for case in NAMES])
def test_names(base: Language, text: str, expected: set[tuple[str, str]]) -> None:
    assert expected <= names(base(text)), names(base(text))


def test_acronym_in_brackets(base: Language) -> None:
    doc = base("The World Health Organization (WHO) objected.")
    assert names(doc) == {("World Health Organization", "ORG"), ("WHO", "ORG")}


@pytest.mark.parametrize(
    "text",
    [
        "The rules may change in May and in March.",
        "Protesters march on Monday, and the talks will march on.",
        "The bank fed the data to a machine.",
        "There was ice on the road.",
    ],
)
def test_no_names(base: Language, text: str) -> None:
    assert not base(text).ents


TAGS = [
    ("The rules may change in May.", "may", "MD"),
    ("The rules may change in May.", "May", "NNP"),
    ("Protesters march on Monday.", "march", "VBP"),
    ("The bank's lawyers left.", "'s", "POS"),
    ("It's over for the bank.", "'s", "VBZ"),
    ("The bank’s lawyers left.", "’s", "POS"),
    ("It’s over for the bank.", "’s", "VBZ"),
    ("She’s been fired.", "’s", "VBZ"),
    ('He said "never" twice.', "said", "VBD"),
    ("The charges were read.", "charges", "NNS"),
    ("The state charges him with fraud.", "charges", "VBZ"),
    ("COUNCIL ENDS CONTRACT WITH PRISON FIRM\n\nThe council voted on Monday.", "ENDS", "VBZ"),
]


@pytest.mark.parametrize(("text", "word", "tag"), TAGS)
def test_tags(base: Language, text: str, word: str, tag: str) -> None:
    assert [token.tag_ for token in base(text) if token.text == word] == [tag]


@pytest.mark.parametrize("marks", ['""', "“”"])
def test_quotation_marks_tell_their_side(base: Language, marks: str) -> None:
    doc = base(f"{marks[0]}We will not pay,{marks[1]} Ellery said.")
    assert [token.tag_ for token in doc if token.text in marks] == ["``", "''"]
