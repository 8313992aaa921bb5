"""What the whole pipeline says of single sentences: one sentence, one event that any reader sees."""

from __future__ import annotations

import pytest
from cases import GRAMMAR, STATUS, TYPES, Case

from newsparse.article import from_text
from newsparse.extractor import Extractor
from newsparse.records import ArticleRecord, Event


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    """Keeps events of low confidence too: a lone sentence has little that speaks for its event."""
    return Extractor(min_confidence=0.0)


def extract(extractor: Extractor, text: str) -> list[Event]:
    record = extractor.extract_one(from_text(text, published="2024-05-02", language="en"))
    assert isinstance(record, ArticleRecord), record
    return record.events


def fillers(event: Event, role: str) -> list[str]:
    """Everything that the event says of a role, by name and by the words of the text."""
    if role == "object":
        named = [*event.agreements, *event.databases, *event.laws]
        return [item.name for item in named] + [item.text for item in named] + [item.text for item in event.objects]
    return [name for actor in event.actors if actor.role == role for name in (actor.name, actor.text)]


# Of annotated articles the weights have it that judges without a name and offices filled are seldom listed.
MISSED = pytest.mark.xfail(reason="the learned weights outvote the grammar")
MISSED_TEXTS = (
    "A federal judge ruled that the state had violated the law.",
    "The board appointed Ellen Park as director.",
)


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, marks=[MISSED] if case.text in MISSED_TEXTS else [], id=f"{case.type} {case.text[:40]}")
        for case in (*TYPES, *GRAMMAR, *STATUS)
    ],
)
def test_sentence(extractor: Extractor, case: Case) -> None:
    events = [event for event in extract(extractor, case.text) if event.type == case.type]
    assert events, "the event is not found"
    found = [
        (event.status, {role: any(wanted in name for name in fillers(event, role)) for role, wanted in roles(case)})
        for event in events
    ]
    assert (case.status, {role: True for role, _ in roles(case)}) in found


def roles(case: Case) -> list[tuple[str, str]]:
    return [(role, wanted) for role in ("agent", "target", "object") if (wanted := getattr(case, role))]


def test_a_demanded_act_is_no_event_of_its_own(extractor: Extractor) -> None:
    events = extract(extractor, "Amnesty International urged Egypt to release the journalist.")
    assert [event.type for event in events] == ["statement.demand"]


def test_what_is_no_longer_allowed_is_access_revoked(extractor: Extractor) -> None:
    events = extract(extractor, "The city will no longer allow the agency to search its arrest database.")
    assert [(event.type, event.status) for event in events if event.type.startswith("data.")] == [
        ("data.revoke_access", "planned")
    ]


def test_mentions_of_one_event_are_one_record(extractor: Extractor) -> None:
    text = "Norway signed a fisheries treaty with Iceland on Monday. The treaty was signed in Reykjavik."
    signed = [event for event in extract(extractor, text) if event.type == "agreement.sign"]
    assert [len(event.mentions) for event in signed] == [2]


def test_explanation_of_a_status_names_its_word(extractor: Extractor) -> None:
    explaining = Extractor.__new__(Extractor)
    explaining.__dict__.update(extractor.__dict__, explain=True)
    (event,) = extract(explaining, "The mayor will terminate the contract on Friday because costs rose.")
    steps = {step.step: (step.rule, [span.text for span in step.words]) for step in event.explain or []}
    assert steps["status"] == ("planned: plan/will", ["will"])
    assert steps["time"] == ("time=most likely", ["Friday"])
    assert steps["reason"][1] == ["costs rose"]


def test_explanation_names_rule_and_words(extractor: Extractor) -> None:
    explaining = Extractor.__new__(Extractor)
    explaining.__dict__.update(extractor.__dict__, explain=True)
    event = extract(explaining, "The mayor terminated the contract.")[0]
    assert event.explain is not None
    assert event.explain[0].step == "trigger"
    assert [span.text for span in event.explain[0].words] == ["terminated"]
    assert event.explain[0].rule.startswith("agreement.end/terminate.verb")
    assert [step.step for step in event.explain][-1] == "status"
    assert '"explain"' not in extract(extractor, "The mayor terminated the contract.")[0].to_json()
