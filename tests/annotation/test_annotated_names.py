"""Which mentions are names."""

from __future__ import annotations

from typing import Any

import pytest

from newsparse.annotation.names import is_name, names_of
from newsparse.annotation.rows import from_row


@pytest.mark.parametrize(
    ("text", "words", "label", "expected"),
    [
        ("the Paris Agreement of 2015", "Paris Agreement", "AGREEMENT", True),
        ("the contract with ICE", "contract with ICE", "AGREEMENT", False),
        ("Proposition 12 passed", "Proposition 12", "LAW", True),
        ("PARS holds records", "PARS", "DATABASE", True),
        ("Contract ends. The contract", "Contract", "AGREEMENT", False),
        ("Dana Ortiz spoke", "Dana Ortiz", "PERSON", True),
        ("the mayor spoke", "mayor", "PERSON", False),
    ],
)
def test_is_name(text: str, words: str, label: str, expected: bool) -> None:
    start = text.index(words)
    assert is_name(text, start, start + len(words), label) is expected


def article(title: str, body: str, *entities: tuple[str, str]) -> Any:
    full = f"{title}\n\n{body}"
    rows = [
        {"id": f"e{i}", "type": label, "name": words, "mentions": [[full.index(words), full.index(words) + len(words)]]}
        for i, (words, label) in enumerate(entities)
    ]
    return from_row({"doc": "d", "title": title, "full": full, "entities": rows, "events": []})


def test_the_outermost_of_nested_names_counts() -> None:
    annotated = article("A title", "Harwick City Council met.", ("Harwick", "GPE"), ("Harwick City Council", "ORG"))
    assert [label for *_, label in names_of(annotated).spans] == ["ORG"]


def test_groups_are_no_names() -> None:
    assert names_of(article("A title", "Immigration advocates met.", ("Immigration advocates", "GROUP"))).spans == ()


def test_a_headline_in_title_case_does_not_tell_names_from_phrases() -> None:
    found = names_of(article("Town Ends Jail Contract Today", "It did.", ("Jail Contract", "AGREEMENT")))
    assert (found.spans, len(found.undecided)) == ((), 1)
