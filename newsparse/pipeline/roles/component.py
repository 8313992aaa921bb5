"""``newsparse_roles``: who plays which role in an event mention, from ``doc.tensor``, wherever it is named.

The rules read arguments off the grammar around a trigger; this component knows from examples who tends to be what,
also beyond the sentence. What it is sure of is added. Taking away what it holds for unlikely was measured to gain
nothing: it has learned from annotated mentions, whose words differ from those found here.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Self

from spacy.language import Language
from spacy.tokens import Doc

from newsparse.pipeline.annotations import Argument, Entity, Event, Mention
from newsparse.pipeline.encoder.pairs import PairWeights
from newsparse.pipeline.encoder.stored import StoredHead
from newsparse.rules.frames import EventType, load_event_rules

WINDOW = 100
"""Tokens to each side of a trigger in which a mention may stand."""
NO_ROLE = "none"
RULE = "learned"
_BATCH = 64
Likelihoods = dict[tuple[str, str], tuple[float, Mention]]


class RolesComponent(StoredHead):
    """Adds arguments to the event mentions in ``doc._.newsparse_events``."""

    def __init__(self, add: float, add_beyond: float) -> None:
        """Start without roles; they come by ``load`` or ``from_disk``."""
        self.add, self.add_beyond = add, add_beyond
        self.roles: tuple[str, ...] = ()
        self._weights: PairWeights | None = None

    def load(self, roles: Iterable[str], weights: PairWeights) -> Self:
        """Take the roles, in the order of the scores, and the weights."""
        self.roles, self._weights = tuple(roles), weights
        return self

    def __call__(self, doc: Doc) -> Doc:
        """Revise the arguments of all event mentions."""
        events: list[Event] = doc._.newsparse_events
        entities: list[Entity] = doc._.newsparse_entities
        if self._weights is None or not events or not entities:
            return doc
        types = {entity.id: entity.type for entity in entities}
        for event, likely in zip(events, self._likelihoods(doc, events, entities), strict=True):
            sentence = doc[event.triggers[0].start].sent
            event.arguments = self._revised(event, likely, types, range(sentence.start, sentence.end))
        doc._.newsparse_events = events
        return doc

    def _likelihoods(self, doc: Doc, events: Sequence[Event], entities: Sequence[Entity]) -> Iterator[Likelihoods]:
        """Yield for each event the likelihood of (role, entity) and the mention for which it is greatest."""
        assert self._weights is not None
        mentions = sorted(
            ((mention, entity.id) for entity in entities for mention in entity.mentions if mention.kind != "pronoun"),
            key=lambda pair: (pair[0].start, pair[0].end),
        )
        starts = [mention.start for mention, _ in mentions]
        for at in range(0, len(events), _BATCH):
            batch = events[at : at + _BATCH]
            spans = [(event.triggers[0].start, event.triggers[0].end) for event in batch]
            low = bisect_left(starts, min(start for start, _ in spans) - WINDOW)
            high = bisect_right(starts, max(start for start, _ in spans) + WINDOW)
            near = mentions[low:high]
            if not near:
                yield from ({} for _ in batch)
                continue
            scores = self._weights.probabilities(doc.tensor, spans, [(m.start, m.end) for m, _ in near])
            for (start, _), row in zip(spans, scores, strict=True):
                found: Likelihoods = {}
                for (mention, entity), likelihood in zip(near, row, strict=True):
                    if abs(mention.start - start) > WINDOW:
                        continue
                    for role, value in zip(self.roles, likelihood.tolist(), strict=True):
                        if role != NO_ROLE and value > found.get((role, entity), (0.0, mention))[0]:
                            found[role, entity] = (value, mention)
                yield found

    def _revised(self, event: Event, likely: Likelihoods, types: dict[str, str], sentence: range) -> list[Argument]:
        """Return the arguments of the rules, and the likely ones that they missed."""
        kept = list(event.arguments)
        taken = {argument.entity for argument in kept}
        event_type = load_event_rules().types.get(event.type)
        for (role, entity), (value, mention) in sorted(likely.items(), key=lambda item: -item[1][0]):
            if value < (self.add if mention.start in sentence else self.add_beyond):
                continue
            if entity in taken or not _may_fill(event_type, role, types[entity]):
                continue
            if role == "object":
                kept = [argument for argument in kept if argument.role != "object" or argument.entity is not None]
            taken.add(entity)
            kept.append(Argument(role, mention.start, mention.end, entity, mention.kind, RULE))
        return kept

    def content(self) -> Mapping[str, Any]:
        """Return roles and weights."""
        weights = {} if self._weights is None else {n: getattr(self._weights, n) for n in PairWeights.__slots__}
        return {"roles": list(self.roles), "weights": weights}

    def restore(self, content: Mapping[str, Any]) -> Self:
        """Take roles and weights."""
        return self.load(content["roles"], PairWeights(**content["weights"]))


def _may_fill(event_type: EventType | None, role: str, entity_type: str) -> bool:
    """Tell whether the rules allow entities of a type in a role."""
    allowed = event_type.fillers.get(role) if event_type else None
    return allowed is None or entity_type in allowed


@Language.factory(
    "newsparse_roles",
    requires=["doc.tensor", "doc._.newsparse_events", "doc._.newsparse_entities"],
    assigns=["doc._.newsparse_events"],
    default_config={"add": 0.65, "add_beyond": 0.9},
)
def make_roles(nlp: Language, name: str, add: float, add_beyond: float) -> RolesComponent:  # spaCy's interface
    """Make a component without weights, which changes nothing.

    Args:
        nlp: the pipeline.
        name: name of the component.
        add: likelihood from which an argument of the trigger's sentence is added.
        add_beyond: the same for one from another sentence.
    """
    return RolesComponent(add, add_beyond)
