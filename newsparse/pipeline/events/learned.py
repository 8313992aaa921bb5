"""Triggers that are learned from annotated articles, beside those of the rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from newsparse.pipeline.annotations import TriggerScore
from newsparse.pipeline.events.fillers import Referents
from newsparse.pipeline.events.headline import headline_functions
from newsparse.pipeline.events.triggers import TriggerMatch, describes_database, in_name
from newsparse.pipeline.grammar import functions
from newsparse.pipeline.triggers.component import TYPES, learned_spans
from newsparse.rules.frames import EventRules, EventType, TriggerRule

_NEAR = 3
"""Tokens to each side of a trigger that may be part of it."""

_RIVAL = 0.5
"""Where a rule fired, another type has to be this much more likely than the rule's."""

SUFFIX = "/learned"
"""Ends the id of the rule that stands for a trigger of no rule."""


@dataclass(frozen=True, slots=True)
class Learned:
    """How likely tokens are triggers, by the learned component: all scores, and those ``at`` a token.

    ``types`` are those that it has learned.
    """

    scores: Sequence[TriggerScore]
    likelihood: Mapping[tuple[int, str], float]
    types: frozenset[str]
    at: Mapping[int, Sequence[TriggerScore]]

    @classmethod
    def of(cls, doc: Doc) -> Learned:
        """Index ``doc._.newsparse_trigger_scores``."""
        scores: list[TriggerScore] = doc._.newsparse_trigger_scores
        likelihood = {(score.token, score.type): score.probability for score in scores}
        at: dict[int, list[TriggerScore]] = {}
        for score in scores:
            at.setdefault(score.token, []).append(score)
        return cls(scores, likelihood, frozenset(doc.user_data.get(TYPES, ())), at)

    def of_match(self, match: TriggerMatch, rules: EventRules) -> float | None:
        """The likelihood that a match of a rule is a trigger of its type, or of a type into which it may turn.

        Nothing is known of types that are new, and a rule of the user's own is taken at its word.
        """
        if match.rule.type not in self.types or match.rule.given:
            return None
        types = _kin(rules.types[match.rule.type])
        return max(self.likelihood.get((i, name), 0.0) for i in _around(match) for name in types)

    def rival_of(self, match: TriggerMatch, rules: EventRules) -> float:
        """The likelihood of the likeliest type besides that of a match, on its own words."""
        kin = _kin(rules.types[match.rule.type])
        others = (score.probability for i in match.positions for score in self.at.get(i, ()) if score.type not in kin)
        return max(others, default=0.0)

    def others(
        self,
        doc: Doc,
        rules: EventRules,
        referents: Referents,
        title_end: int,
        ruled: Sequence[TriggerMatch],
        least: float,
    ) -> Iterator[TriggerMatch]:
        """Triggers on which no rule of their type fired.

        Args:
            doc: the parsed document.
            rules: the event rules.
            referents: the entities of the document.
            title_end: how many tokens the headline has.
            ruled: the triggers of the rules.
            least: the least likelihood of a trigger.
        """
        rivals = {i: self.of_match(match, rules) or 0.0 for match in ruled for i in match.positions}
        covered = {(i, name) for match in ruled for i in _around(match) for name in _kin(rules.types[match.rule.type])}
        for start, end, name, likelihood in learned_spans(self.scores, least):
            if name not in rules.types or any((i, name) in covered for i in range(start, end)):
                continue
            if any(rivals.get(i, 0.0) > _RIVAL * likelihood for i in range(start, end)):
                continue
            head = doc[start:end].root
            if in_name(head) or describes_database(head, referents):
                continue
            around = functions(head)
            if head.pos_ == "VERB" and head.i < title_end:
                around = {**headline_functions(head, title_end, referents), **around}
            yield TriggerMatch(head, list(range(start, end)), _rule(rules.types[name]), around)


def _around(match: TriggerMatch) -> range:
    """A trigger with the words next to it: of ``no longer allow`` a rule fires on the last, an annotator marks all."""
    sentence = match.head.sent
    return range(max(sentence.start, match.start - _NEAR), min(sentence.end, max(match.positions) + _NEAR + 1))


def _kin(event_type: EventType) -> set[str]:
    """A type and those into which its events may turn."""
    return {event_type.name, *filter(None, (event_type.opposite, event_type.negated_as))}


def _rule(event_type: EventType) -> TriggerRule:
    """What stands for a rule where none fired: the frame of the type, and no expectation of its own."""
    return TriggerRule(
        id=f"{event_type.name}{SUFFIX}",
        type=event_type.name,
        words=(),
        pos="any",
        when=(),
        unless=(),
        near=frozenset(),
        frame=event_type.frame,
        fillers=event_type.fillers,
        weight=0.0,
        status=None,
        given=False,
    )
