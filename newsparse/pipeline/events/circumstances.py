"""When and why: the time expression and the stated reason that belong to a trigger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from newsparse.pipeline.annotations import TimeExpression
from newsparse.pipeline.events.timing import distance, likelihood, load_model
from newsparse.pipeline.events.triggers import TriggerMatch
from newsparse.pipeline.grammar import clause, governor, phrase_opening, relation
from newsparse.rules.lexicon import lexicon

_POINTS = frozenset({"DATE", "TIME"})
_ADJUNCTS = frozenset({"adverbial", "oblique", "preposition"})
_MOST_COMPARED = 8
"""So many time expressions of a sentence, the nearest ones, are compared; a sentence can be a table without end."""


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
        """The time expression of the sentence at which the event most likely happens, if that is likely enough."""
        candidates = self.by_sentence.get(trigger.sent.start, ())
        nearest = sorted(candidates, key=lambda i: distance(trigger, self.times[i]))[:_MOST_COMPARED]
        likely = {i: likelihood(trigger, self.times[i], self.times[nearest[0]]) for i in nearest}
        best = max(nearest, key=lambda i: likely[i], default=None)
        if best is None or likely[best] >= load_model().threshold:
            return best
        return best if len(candidates) == 1 and _is_announced(trigger, self.times[best]) else None


def _is_announced(trigger: Token, time: TimeExpression) -> bool:
    """Whether what is planned is announced at a time: ``will end the contract, which she announced on Friday``."""
    if not any(lexicon("time_direction").get(child.lower_) == "future_auxiliary" for child in trigger.lefts):
        return False
    verb = trigger.doc[time.start : time.end].root.head
    return verb != trigger and verb.lemma_.lower() in lexicon("announcing_verbs")


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
