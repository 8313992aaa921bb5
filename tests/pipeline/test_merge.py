from __future__ import annotations

import pytest
from parsed import parsed

from newsparse.pipeline.annotations import Argument, Event, Mention, Quote, Trigger
from newsparse.pipeline.merge.attribution import attribute
from newsparse.pipeline.merge.component import attach_quotes, mark_main, merge
from newsparse.pipeline.merge.identity import Discourse, features, load_weights, probability
from newsparse.rules.frames import load_event_rules

WORDS = "ends/end ended/end signed/sign ends/end ended/end"
DOC = parsed("\n".join(f"{word} VBD VERB root 0" for word in WORDS.split()))
DOC.user_data["newsparse_title_end"] = len("ends")
TEXT = Discourse.of(DOC)
TALE = """
court NN NOUN nsubj 2
ended/end VBD VERB root 0
pact NN NOUN obj 2
the DT DET det 5
end NN NOUN nsubj 6
came VBD VERB root 0
another DT DET det 8
end NN NOUN nsubj 9
followed VBD VERB root 0
judge NN NOUN nsubj 11
signed/sign VBD VERB root 0
"""


def event(trigger: int, event_type: str = "agreement.end", status: str = "actual", **roles: str) -> Event:
    arguments = [Argument(role, trigger, trigger + 1, entity, "name", role) for role, entity in roles.items()]
    return Event(event_type, [Trigger(trigger, trigger + 1, "rule")], arguments, status)


def starts(events: list[Event]) -> list[list[int]]:
    return [[trigger.start for trigger in found.triggers] for found in events]


def test_mentions_with_a_common_argument_are_one_event() -> None:
    merged = merge([event(1, agent="en-1"), event(3, agent="en-1", object="en-2")], TEXT)
    assert starts(merged) == [[1, 3]]
    assert [(a.role, a.entity) for a in merged[0].arguments] == [("agent", "en-1"), ("object", "en-2")]


def test_contradicting_arguments_keep_events_apart() -> None:
    mentions = [event(1, target="en-1", object="en-3"), event(4, target="en-2", object="en-4")]
    assert starts(merge(mentions, TEXT)) == [[1], [4]]


def test_types_keep_events_apart() -> None:
    assert len(merge([event(1, agent="en-1"), event(2, "agreement.sign", agent="en-1")], TEXT)) == 2


def test_text_overrides_the_status_of_the_headline() -> None:
    merged = merge([event(0, status="planned", agent="en-1"), event(1, agent="en-1")], TEXT)
    assert [found.status for found in merged] == ["actual"]


def test_mention_by_name_is_preferred() -> None:
    by_pronoun = event(1, agent="en-1")
    by_pronoun.arguments[0].kind = "pronoun"
    merged = merge([by_pronoun, event(3, agent="en-1")], TEXT)
    assert [a.start for a in merged[0].arguments] == [3]


@pytest.mark.parametrize(
    ("first", "then", "feature"),
    [
        (event(1), event(4), "same word"),
        (event(1), event(4), "told in headline, now in lead"),
        (event(1), event(4), "noun of something known"),
        (event(1), event(7), "noun of something new"),
        (event(1, agent="en-1"), event(4, agent="en-1"), "same agent"),
        (event(1, agent="en-1"), event(4, agent="en-2"), "other agent"),
        (event(1, place="en-1"), event(4), "place of one"),
        (event(1, status="negated"), event(4), "one negated"),
        (event(4), event(7, status="actual"), "same status"),
        (event(4), event(7), "next sentence"),
    ],
)
def test_features_of_identity(first: Event, then: Event, feature: str) -> None:
    doc = parsed(TALE)
    doc.user_data["newsparse_title_end"] = len("court ended pact")
    assert features(first, then, Discourse.of(doc))[feature] == 1.0


@pytest.mark.parametrize("feature", ["told in headline", "noun of something known", "noun of something new"])
def test_headline_and_nouns_say_nothing_of_verbs_in_the_text(feature: str) -> None:
    assert feature not in features(event(4), event(10), Discourse.of(parsed(TALE)))


def test_weights_know_the_features() -> None:
    doc = parsed(TALE)
    known = {name for trigger in (4, 7, 10) for name in features(event(1), event(trigger), Discourse.of(doc))}
    assert known <= load_weights().keys()


def test_same_parties_make_it_likelier_and_others_less_likely() -> None:
    def likely(**roles: str) -> float:
        return probability(event(1, agent="en-1", target="en-2"), event(3, **roles), TEXT)

    assert likely(agent="en-1", target="en-2") > likely() > likely(target="en-3")


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


def test_a_mention_joins_the_likeliest_event() -> None:
    mentions = [
        event(1, target="en-1", object="en-2"),
        event(3, target="en-3", object="en-4"),
        event(4, target="en-1", object="en-2"),
    ]
    assert starts(merge(mentions, TEXT)) == [[1, 4], [3]]


def test_quotes_belong_to_events_of_their_sentence() -> None:
    events = [event(0), event(3)]
    attach_quotes(events, [Quote(3, 4, True)], DOC)
    assert [e.quotes for e in events] == [[], [0]]
