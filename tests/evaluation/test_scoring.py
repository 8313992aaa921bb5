from __future__ import annotations

import pytest
from harwick import BODY, TITLE, actor, at, event, gold, record, spanned

from newsparse.annotation.samples import from_sample
from newsparse.article import from_text
from newsparse.evaluation.counts import Count
from newsparse.evaluation.scoring import (
    PredictedArgument,
    argument_agrees,
    differences,
    normal,
    same_words,
    score,
    time_agrees,
)
from newsparse.report.figures import comparison, table


def counts(figures: dict[str, Count], name: str) -> tuple[int, int, int]:
    count = figures[name]
    return count.right, count.gold, count.predicted


def test_perfect_record() -> None:
    agreement = spanned(*at("contract")) | {"entity": "en-2", "name": "contract", "kind": "contract", "parties": []}
    time = spanned(*at("Friday")) | {
        "value": "2019-03-08",
        "from": "2019-03-08",
        "to": "2019-03-08",
        "edtf": "2019-03-08",
    }
    speaker = {key: value for key, value in actor("agent", "mayor", "Dana Ortiz", "nominal").items() if key != "role"}
    mention = spanned(*at("Dana Ortiz")) | {"kind": "name"}
    found = record(
        event(
            "agreement.end",
            at("ended"),
            main=True,
            actors=[actor("agent", "Dana Ortiz")],
            agreements=[agreement],
            time=time,
        ),
        event(
            "court.sue",
            at("sued"),
            actors=[actor("agent", "She", "Dana Ortiz", "pronoun"), actor("target", "Lakeland")],
        ),
        quotes=[spanned(*at("a bad deal")) | {"id": "qu-1", "direct": True, "speaker": speaker, "cue": None}],
        entities=[
            {"id": "en-1", "type": "PERSON", "name": "Dana Ortiz", "aliases": [], "title": None, "mentions": [mention]}
        ],
    )
    figures = score([(gold(), found)])
    wrong = {name: count for name, count in figures.items() if count.f1 != 1}
    assert set(wrong) == {"entity/AGREEMENT", "entity/GPE", "name", "name/GPE"}
    assert counts(figures, "argument") == (4, 4, 4)


def test_no_record() -> None:
    figures = score([(gold(), None)])
    assert counts(figures, "event") == (0, 2, 0)
    assert counts(figures, "argument") == (0, 4, 0)
    assert counts(figures, "time value") == (0, 1, 0)
    assert counts(figures, "quote") == (0, 1, 0)


@pytest.mark.parametrize(
    ("kind", "words", "as_event", "as_trigger"),
    [
        ("agreement.end", "ended", 1, 1),
        ("agreement.end", "contract", 1, 0),
        ("agreement.end", "called", 0, 0),
        ("agreement.sign", "ended", 0, 0),
    ],
)
def test_event_needs_type_and_place(kind: str, words: str, as_event: int, as_trigger: int) -> None:
    figures = score([(gold(), record(event(kind, at(words))))])
    assert (figures["event"].right, figures["trigger"].right) == (as_event, as_trigger)
    assert figures["event"].predicted == 1


def test_each_event_counts_once_and_overlaps_come_first() -> None:
    figures = score(
        [(gold(), record(event("court.sue", at("Lakeland")), event("court.sue", at("sued"), status="alleged")))]
    )
    assert counts(figures, "event") == (1, 2, 2)
    assert counts(figures, "status") == (0, 1, 1)
    assert counts(figures, "event/court") == (1, 1, 2)


def test_arguments_of_invented_events_are_wrong() -> None:
    figures = score(
        [(gold(), record(event("contact.meet", at("called"), actors=[actor("agent", "mayor", "Dana Ortiz")])))]
    )
    assert counts(figures, "argument") == (0, 4, 1)


def test_one_actor_twice_counts_once() -> None:
    twice = [actor("agent", "Dana Ortiz"), actor("agent", "Ortiz", "Dana Ortiz")]
    figures = score([(gold(), record(event("agreement.end", at("ended"), actors=twice)))])
    assert counts(figures, "argument/agent") == (1, 2, 2)


@pytest.mark.parametrize("main", [True, False])
def test_main_event(main: bool) -> None:
    figures = score([(gold(), record(event("agreement.end", at("ended"), main=main)))])
    assert counts(figures, "main event") == (int(main), 1, int(main))


def test_differences() -> None:
    missed, invented = differences(
        gold(), record(event("agreement.end", at("ends")), event("contact.meet", at("called")))
    )
    assert [wanted.type for wanted in missed] == ["court.sue"]
    assert [found.type for found in invented] == ["contact.meet"]


@pytest.mark.parametrize(
    ("role", "text", "name", "span", "pronoun", "agrees"),
    [
        ("object", "contract", None, at("contract"), False, True),
        ("target", "contract", None, at("contract"), False, False),
        ("object", "The Police Data Deal,", None, [0, 1], False, True),
        ("object", "it", "police data deal", at("it"), True, True),
        ("object", "it", None, at("contract"), True, False),
        ("object", "data deal", None, at("data deal"), False, True),
        ("object", "data deal", None, [0, 1], False, False),
        ("object", "deal with a lot of other words", None, at("deal"), False, False),
    ],
)
def test_entity_arguments(role: str, text: str, name: str | None, span: list[int], pronoun: bool, agrees: bool) -> None:
    wanted = gold().events[0].arguments[1]
    assert wanted.text == "police data deal"
    assert argument_agrees(wanted, PredictedArgument(role, text, (span[0], span[1]), name, pronoun)) is agrees


@pytest.mark.parametrize(
    ("text", "span", "agrees"),
    [("something else", at("deal”"), True), ("the deal", [0, 1], True), ("bad luck then", [0, 1], False)],
)
def test_phrase_arguments(text: str, span: list[int], agrees: bool) -> None:
    row = {
        "type": "statement.criticize",
        "status": "actual",
        "main": False,
        "triggers": [at("called")],
        "object": [{"span": at("bad deal")}],
    }
    (wanted,) = gold(events=[row]).events[0].arguments
    assert argument_agrees(wanted, PredictedArgument("object", text, (span[0], span[1]))) is agrees


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Inquirer", "inquirer"),
        ("Kenney’s", "kenney"),
        ("the nurses'", "nurses"),
        (" “ICE,” ", "ice"),
        ("an  Act.", "act"),
    ],
)
def test_normal(text: str, expected: str) -> None:
    assert normal(text) == expected


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("city’s contract", "the contract", True), ("a b c", "a x y", False), ("", "", False), ("—", "—", False)],
)
def test_same_words(one: str, other: str, same: bool) -> None:
    assert same_words(one, other) is same


@pytest.mark.parametrize(
    ("wanted", "value", "agrees"),
    [
        ("2018-07-27", "2018-07-27TAF", True),
        ("2018-07-27TAF", "2018-07-27", True),
        ("2018-07", "2018-07-27", True),
        ("2018-07-27", "2018-07", False),
        ("2018", "2019", False),
        ("P2Y", "P2Y", True),
        ("PAST_REF", "PAST_REF", True),
        ("PAST_REF", "2018", False),
    ],
)
def test_time_agrees(wanted: str, value: str, agrees: bool) -> None:
    assert time_agrees(wanted, value) is agrees


@pytest.mark.parametrize(("start", "direct", "right"), [(0, True, 1), (3, True, 1), (4, True, 0), (0, False, 1)])
def test_quotes(start: int, direct: bool, right: int) -> None:
    first, end = at("a bad deal")
    words = {"id": "qu-1", "direct": direct, "speaker": None, "cue": None}
    figures = score([(gold(), record(quotes=[words | spanned(first + start, end)]))])
    assert counts(figures, "quote") == (right, 1, 1)
    assert counts(figures, "quote with speaker") == (0, 1, 1)
    assert counts(figures, "direct quote") == (right * direct, 1, int(direct))


@pytest.mark.parametrize(
    ("words", "kind", "type_", "right", "predicted"),
    [
        ("Dana Ortiz", "name", "PERSON", 1, 1),
        ("Ortiz", "name", "PERSON", 0, 1),
        ("Dana Ortiz", "name", "ORG", 0, 1),
        ("Dana Ortiz", "nominal", "PERSON", 0, 0),
        ("Mayor Dana", "name", "GROUP", 0, 0),
    ],
)
def test_names_count_to_the_character(words: str, kind: str, type_: str, right: int, predicted: int) -> None:
    mention = spanned(*at(words)) | {"kind": kind}
    entity = {"id": "en-1", "type": type_, "name": words, "aliases": [], "title": None, "mentions": [mention]}
    figures = score([(gold(), record(entities=[entity]))])
    assert counts(figures, "name") == (right, 2, predicted)


def test_status_by_status() -> None:
    figures = score([(gold(), record(event("court.sue", at("sued"), status="alleged")))])
    assert counts(figures, "status/actual") == (0, 1, 0)
    assert counts(figures, "status/alleged") == (0, 0, 1)


def test_text_must_begin_with_the_title() -> None:
    with pytest.raises(ValueError, match="d1"):
        gold(title="Another title")


def test_sample_annotation() -> None:
    row = {
        "entities": [
            {"id": "e1", "type": "PERSON", "name": "Dana Ortiz", "aliases": ["Ortiz"]},
            {"id": "e2", "type": "AGREEMENT", "name": "police data deal", "aliases": ["deal"]},
        ],
        "events": [
            {
                "type": "agreement.end",
                "status": "actual",
                "main": True,
                "triggers": ["end", "ended"],
                "agent": ["e1"],
                "object": ["e2"],
            },
            {
                "type": "statement.criticize",
                "status": "actual",
                "main": False,
                "triggers": ["called"],
                "object": ["bad deal"],
            },
        ],
        "quotes": [{"text": "a bad", "speaker": "e1"}, {"text": "not there", "speaker": None}],
    }
    sample = from_sample(row, from_text(BODY, TITLE, language="en"))
    assert [list(span) for span in sample.events[0].triggers] == [at("ended")]
    assert [list(span) for span in sample.entities[1].mentions] == [at("police data deal"), at("deal"), at("deal", 1)]
    assert [a.text for e in sample.events for a in e.arguments] == ["Dana Ortiz", "police data deal", "bad deal"]
    assert [quote.start for quote in sample.quotes] == [at("a bad")[0]]


def test_table() -> None:
    lines = table({"quote": Count(1, 2, 4), "event": Count(1, 1, 1), "argument/agent": Count()}).splitlines()
    assert [line.split() for line in lines[1:]] == [
        ["event", "100.0", "100.0", "100.0", "1", "1", "1"],
        ["quote", "25.0", "50.0", "33.3", "2", "4", "1"],
        [],
        ["arguments", "by", "role"],
        ["agent", "0.0", "0.0", "0.0", "0", "0", "0"],
    ]


def test_comparison_has_figures_that_are_new_or_gone() -> None:
    before = {"name": Count(1, 2, 2), "name/ORG": Count(0, 0, 1)}
    after = {"name": Count(2, 2, 2), "name/GPE": Count(1, 1, 1)}
    assert [line.split() for line in comparison(before, after).splitlines()[2:]] == [
        ["name", "2", "50.0", "50.0", "50.0", "100.0", "100.0", "100.0"],
        ["GPE", "1", "0.0", "0.0", "0.0", "100.0", "100.0", "100.0"],
        ["ORG", "0", "0.0", "0.0", "0.0", "0.0", "0.0", "0.0"],
    ]


@pytest.mark.parametrize("color", [True, False])
def test_colour_only_where_it_is_wanted(color: bool) -> None:
    assert ("\x1b" in table({"event": Count(1, 1, 1)}, color)) is color
