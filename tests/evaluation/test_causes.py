"""Causes of errors, on an article of two events: the mayor ends a contract, and sues Lakeland."""

from __future__ import annotations

from typing import Any

import pytest
from harwick import actor, at, event, gold, record, spanned

from newsparse.evaluation.causes import argument_cases, event_cases

Built = dict[str, Any]
ENDED = event("agreement.end", at("ended"))
SUED = event("court.sue", at("sued"))


@pytest.mark.parametrize(
    ("found", "unsure", "expected"),
    [
        ([ENDED, SUED], [], []),
        ([ENDED], [], [("missed event", "no trigger seen")]),
        ([ENDED], [SUED], [("missed event", "below the least confidence")]),
        (
            [ENDED, event("court.rule", at("sued"))],
            [],
            [("missed event", "wrong type"), ("invented event", "wrong type")],
        ),
        ([ENDED], [event("court.rule", at("sued"))], [("missed event", "wrong type, and below the least confidence")]),
        ([ENDED, SUED, event("agreement.end", at("ends"))], [], [("invented event", "second time the same event")]),
        (
            [ENDED, SUED, event("court.sue", at("Lakeland"))],
            [],
            [("invented event", "second event of its type in the sentence")],
        ),
        ([ENDED, SUED, event("contact.meet", at("called"))], [], [("invented event", "no event")]),
    ],
)
def test_events(found: list[Built], unsure: list[Built], expected: list[tuple[str, str]]) -> None:
    cases = event_cases(gold(), record(*found), record(*found, *unsure).events)
    assert [(case.kind, case.cause) for case in cases] == expected


def test_two_events_taken_for_one() -> None:
    sued = {"type": "court.sue", "status": "actual", "main": False}
    twice = gold(events=[sued | {"triggers": [at("sued")]}, sued | {"triggers": [at("called")]}])
    together = record(event("court.sue", at("sued"), at("called")))
    assert [case.cause for case in event_cases(twice, together, [])] == ["merged with another event"]


def entity(words: str, kind: str = "name", of: str = "") -> Built:
    mention = spanned(*at(words)) | {"kind": kind}
    return {
        "id": f"en-{words}", "type": "PERSON", "name": of or words, "aliases": [], "title": None, "mentions": [mention]
    }  # fmt: skip


LAKELAND = actor("target", "Lakeland")
ORTIZ = actor("agent", "She", "Dana Ortiz", "pronoun")


@pytest.mark.parametrize(
    ("actors", "entities", "expected"),
    [
        ([ORTIZ, LAKELAND], [], []),
        ([ORTIZ], [], ["target: entity not found"]),
        ([ORTIZ], [entity("Lakeland")], ["target: named in the sentence, not linked"]),
        ([LAKELAND], [entity("Dana Ortiz")], ["agent: outside the sentence"]),
        (
            [LAKELAND],
            [entity("She", "pronoun", "Dana Ortiz")],
            ["agent: by pronoun or noun in the sentence, not linked"],
        ),
        (
            [ORTIZ, actor("source", "Lakeland")],
            [entity("Lakeland")],
            ["target: in another role", "source: belongs in another role"],
        ),
        (
            [actor("agent", "She", "She", "pronoun"), LAKELAND],
            [],
            ["agent: entity not found", "agent: pronoun not resolved, or wrongly"],
        ),
        (
            [ORTIZ, LAKELAND, actor("target", "mayor")],
            [],
            ["target: nothing annotated in this role, or all found"],
        ),
    ],
)
def test_arguments(actors: list[Built], entities: list[Built], expected: list[str]) -> None:
    contract = spanned(*at("contract")) | {"entity": "en-2", "name": "contract", "kind": "contract", "parties": []}
    ended = event("agreement.end", at("ended"), actors=[actor("agent", "Dana Ortiz")], agreements=[contract])
    found = record(ended, event("court.sue", at("sued"), actors=actors), entities=entities)
    assert [case.cause for case in argument_cases(gold(), found)] == expected


def test_arguments_of_events_that_do_not_agree() -> None:
    found = record(event("contact.meet", at("called"), actors=[LAKELAND]))
    assert [case.cause for case in argument_cases(gold(), found)] == ["event missed"] * 4 + ["event invented"]
