"""``newsparse_events``: event mentions, one for each trigger, with their arguments, time and reason."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from newsparse.pipeline.annotations import Event, Trigger
from newsparse.pipeline.events.arguments import find_arguments
from newsparse.pipeline.events.circumstances import Circumstances
from newsparse.pipeline.events.fillers import Referents
from newsparse.pipeline.events.headline import title_tokens
from newsparse.pipeline.events.learned import Learned
from newsparse.pipeline.events.triggers import TriggerMatch, find_triggers
from newsparse.rules.frames import EventRules, load_event_rules


@Language.factory(
    "newsparse_events",
    default_config={"rules": [], "min_weight": 0.3, "min_learned": 0.5},
    requires=["doc._.newsparse_entities"],
    assigns=["doc._.newsparse_events"],
)
def make_events(nlp: Language, name: str, rules: list[str], min_weight: float, min_learned: float) -> EventsComponent:
    """Create the component.

    Args:
        nlp: the pipeline.
        name: name of the component.
        rules: paths of rule files to add to the built-in ones.
        min_weight: triggers of rules with a lower expected precision are passed over.
        min_learned: triggers of no rule are passed over if they are less likely, by ``newsparse_triggers``.
    """
    return EventsComponent(load_event_rules(tuple(Path(path) for path in rules)), min_weight, min_learned)


class EventsComponent:
    """Fills ``doc._.newsparse_events`` with event mentions in the order of their triggers."""

    def __init__(self, rules: EventRules, min_weight: float, min_learned: float) -> None:
        self.rules = rules
        self.min_weight = min_weight
        self.min_learned = min_learned

    def __call__(self, doc: Doc) -> Doc:
        """Annotate a document in place and return it."""
        doc._.newsparse_events = find_event_mentions(doc, self.rules, self.min_weight, self.min_learned)
        return doc


def find_event_mentions(doc: Doc, rules: EventRules, min_weight: float, min_learned: float) -> Sequence[Event]:
    """Event mentions of a document that has entities, times and a parse."""
    if not doc.has_annotation("DEP"):
        return []
    referents = Referents.of(doc)
    circumstances = Circumstances.of(doc)
    learned, title_end = Learned.of(doc), title_tokens(doc)
    matches = list(find_triggers(doc, rules, referents, min_weight, title_end))
    matches += learned.others(doc, rules, referents, title_end, matches, min_learned)
    events = [
        _event_mention(match, referents, circumstances, learned.of_match(match, rules), learned.rival_of(match, rules))
        for match in sorted(matches, key=lambda match: match.start)
    ]
    _mark_absorbed(events, rules)
    return events


def _event_mention(
    match: TriggerMatch, referents: Referents, circumstances: Circumstances, learned: float | None, rival: float
) -> Event:
    """The event that one trigger expresses."""
    time, reason = circumstances.around(match)
    return Event(
        type=match.rule.type,
        triggers=[Trigger(match.start, match.end, match.rule.id)],
        arguments=find_arguments(match, referents),
        status=match.rule.status or "actual",
        status_rule=match.rule.id if match.rule.status else "default",
        confidence=match.rule.weight,
        learned=learned,
        rival=rival,
        time=time,
        reason=reason,
    )


def _mark_absorbed(events: Sequence[Event], rules: EventRules) -> None:
    """Mark the mentions that stand in the object of an event that absorbs them, in place."""
    until = -1
    for event in events:
        start = event.triggers[0].start
        event.absorbed = start < until
        if rules.types[event.type].absorbs:
            objects = [a for a in event.arguments if a.role == "object" and a.entity is None and a.start > start]
            until = max([until, *(argument.end for argument in objects)])
