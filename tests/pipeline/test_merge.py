from __future__ import annotations

from parsed import parsed

from newsparse.pipeline.annotations import Argument, Event, Mention, Quote, Trigger
from newsparse.pipeline.merge.attribution import attribute
from newsparse.pipeline.merge.component import attach_quotes, mark_main, merge
from newsparse.rules.frames import load_event_rules

WORDS = "ends ended signed ends ended"
DOC = parsed("\n".join(f"{word} VBD VERB root 0" for word in WORDS.split()))


def event(trigger: int, event_type: str = "agreement.end", status: str = "actual", **roles: str) -> Event:
    arguments = [Argument(role, trigger, trigger + 1, entity, "name", role) for role, entity in roles.items()]
    return Event(event_type, [Trigger(trigger, trigger + 1, "rule")], arguments, status)


def starts(events: list[Event]) -> list[list[int]]:
    return [[trigger.start for trigger in found.triggers] for found in events]


def test_mentions_with_a_common_argument_are_one_event() -> None:
    merged = merge([event(0, agent="en-1"), event(1, agent="en-1", object="en-2")], DOC, 0)
    assert starts(merged) == [[0, 1]]
    assert [(a.role, a.entity) for a in merged[0].arguments] == [("agent", "en-1"), ("object", "en-2")]


def test_contradicting_arguments_keep_events_apart() -> None:
    assert starts(merge([event(0, agent="en-1"), event(3, agent="en-2")], DOC, 0)) == [[0], [3]]


def test_types_and_negation_keep_events_apart() -> None:
    mentions = [
        event(0, agent="en-1"),
        event(2, "agreement.sign", agent="en-1"),
        event(4, status="negated", agent="en-1"),
    ]
    assert len(merge(mentions, DOC, 0)) == 3


def test_text_overrides_the_status_of_the_headline() -> None:
    merged = merge([event(0, status="planned", agent="en-1"), event(1, agent="en-1")], DOC, 1)
    assert merged[0].status == "actual"


def test_mention_by_name_is_preferred() -> None:
    by_pronoun = event(0, agent="en-1")
    by_pronoun.arguments[0].kind = "pronoun"
    merged = merge([by_pronoun, event(3, agent="en-1")], DOC, 0)
    assert [a.start for a in merged[0].arguments] == [3]


def test_main_events_stand_in_the_headline_or_come_first() -> None:
    events = [event(0), event(2, "agreement.sign")]
    mark_main(events, 1)
    assert [e.main for e in events] == [True, False]
    events = [event(3), event(2, "agreement.sign")]
    mark_main(events, 0)
    assert [e.main for e in events] == [False, True]


TYPES = load_event_rules().types


def test_source_is_who_is_reported_to_say_so() -> None:
    reported = [Quote(1, 5, False, "en-9", Mention(0, 1, "name"))]
    other, own = event(2, agent="en-1"), event(3, agent="en-9")
    attribute([other, own], reported, TYPES)
    assert [(a.role, a.entity) for a in other.arguments][-1] == ("source", "en-9")
    assert all(a.role != "source" for a in own.arguments)


def test_who_is_quoted_with_a_demand_makes_it() -> None:
    quotes = [Quote(1, 5, True, "en-9", Mention(0, 1, "name"))]
    demand, end = event(2, "statement.demand"), event(3)
    attribute([demand, end], quotes, TYPES)
    assert [(a.role, a.entity) for a in demand.arguments] == [("agent", "en-9")]
    assert end.arguments == []


def test_a_mention_joins_the_event_with_which_it_shares_most() -> None:
    mentions = [event(0, agent="en-1", target="en-2"), event(1, agent="en-3"), event(3, target="en-2")]
    assert starts(merge(mentions, DOC, 0)) == [[0, 3], [1]]


def test_quotes_belong_to_events_of_their_sentence() -> None:
    events = [event(0), event(3)]
    attach_quotes(events, [Quote(3, 4, True)], DOC)
    assert [e.quotes for e in events] == [[], [0]]
