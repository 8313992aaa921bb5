"""When and why: the time expression and the stated reason that belong to a trigger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from newsparse.pipeline.annotations import TimeExpression
from newsparse.pipeline.events.triggers import TriggerMatch
from newsparse.pipeline.grammar import clause, governor, phrase_opening, relation
from newsparse.rules.lexicon import lexicon

_POINTS = frozenset({"DATE", "TIME"})
_ADJUNCTS = frozenset({"adverbial", "oblique", "preposition"})
_CLAUSES_UP = 2
"""A time of a clause bears on the clauses directly in it: ``Kenney said on Friday that he would end …``."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Time expressions of a document by the sentence in which they stand."""

    times: Sequence[TimeExpression]
    by_sentence: Mapping[int, Sequence[int]]

    @classmethod
    def of(cls, doc: Doc) -> Circumstances:
        """Index ``doc._.newsparse_times``; durations and sets do not say when."""
        times: list[TimeExpression] = doc._.newsparse_times
        by_sentence: dict[int, list[int]] = {}
        for i, time in enumerate(times):
            if time.type in _POINTS:
                by_sentence.setdefault(doc[time.start].sent.start, []).append(i)
        return cls(times, by_sentence)

    def around(self, match: TriggerMatch) -> tuple[int | None, tuple[int, int] | None]:
        """Index of the time expression and token offsets of the reason of a trigger, None where there is none."""
        return self._time(match.head), _reason(match.head)

    def _time(self, trigger: Token) -> int | None:
        """The nearest time expression under the trigger or under the predicates above it."""
        candidates = self.by_sentence.get(trigger.sent.start, ())
        if not candidates:
            return None
        predicate: Token | None = trigger
        for _ in range(_CLAUSES_UP + 1):
            if predicate is None:
                return None
            inside = [i for i in candidates if predicate.left_edge.i <= self.times[i].start <= predicate.right_edge.i]
            if inside:
                return min(inside, key=lambda i: abs(self.times[i].start - trigger.i))
            predicate = governor(predicate)
        return None


def _reason(trigger: Token) -> tuple[int, int] | None:
    """The reason given under the trigger, or under the verb of which the trigger is the object."""
    marks = lexicon("reason_marks")
    heads = [trigger]
    above = governor(trigger)
    if above is not None and relation(trigger) in {"object", "complement"}:
        heads.append(above)
    for head in heads:
        for child in head.rights:
            opening = phrase_opening(child)
            if opening in marks and relation(child) in _ADJUNCTS:
                return clause(child)
    return None
