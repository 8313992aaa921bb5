"""``newsparse_roles``: who plays which role in an event mention, weighed from the grammar and from examples.

The rules read arguments off the grammar around a trigger. The weights of this component know from annotated articles
who tends to be what, also beyond the sentence. Both are put on one scale by ``arguments``; what is likelier right
than not stays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any, Self

from spacy.language import Language
from spacy.tokens import Doc

from newsparse.pipeline.annotations import Argument, Entity, Event
from newsparse.pipeline.encoder.stored import StoredHead
from newsparse.pipeline.merge.attribution import quotes_around
from newsparse.pipeline.roles.arguments import Candidate, Scene, candidates, probability
from newsparse.pipeline.roles.likelihoods import Labels, Likelihoods
from newsparse.pipeline.roles.likelihoods import likelihoods as score_roles
from newsparse.pipeline.roles.weights import RoleWeights
from newsparse.rules.frames import Fillers, load_event_rules


class RolesComponent(StoredHead):
    """Revises the arguments of the event mentions in ``doc._.newsparse_events``."""

    def __init__(self, threshold: float = 0.4) -> None:
        """Start without weights; they come by ``load`` or ``from_disk``."""
        self.threshold = threshold
        self.vocabulary = Labels((), {}, {}, {})
        self._weights: RoleWeights | None = None

    def load(self, labels: Labels, weights: RoleWeights) -> Self:
        """Take the labels, in the order of the scores, and the weights."""
        self.vocabulary, self._weights = labels, weights
        return self

    @property
    def labels(self) -> tuple[str, ...]:
        """The roles, as spaCy asks for them."""
        return self.vocabulary.roles

    def __call__(self, doc: Doc) -> Doc:
        """Revise the arguments of all event mentions."""
        events: list[Event] = doc._.newsparse_events
        if self._weights is None or not events:
            return doc
        for event, found in zip(events, self.candidates(doc, events), strict=True):
            event.arguments = chosen(found, self.threshold)
        doc._.newsparse_events = events
        return doc

    def candidates(self, doc: Doc, events: Sequence[Event]) -> list[list[Candidate]]:
        """Return what may fill the roles of each event mention, with what speaks for it."""
        if self._weights is None:
            raise ValueError("newsparse_roles has no weights")
        entities: list[Entity] = doc._.newsparse_entities
        kinds = {entity.id: entity.type for entity in entities}
        types = load_event_rules().types
        found = []
        scored = score_roles(doc, events, entities, self._weights, self.vocabulary)
        around = quotes_around(events, doc._.newsparse_quotes)
        for event, likely, quote in zip(events, scored, around, strict=True):
            event_type, sentence = types.get(event.type), doc[event.triggers[0].start].sent
            scene = Scene(
                range(sentence.start, sentence.end),
                quote.speaker if quote else None,
                event_type is not None and event_type.voiced,
            )
            found.append(candidates(event, _allowed(likely, event_type.fillers if event_type else {}, kinds), scene))
        return found

    def content(self) -> Mapping[str, Any]:
        """Return labels and weights."""
        if self._weights is None:
            return {}
        return {
            "labels": {name: list(values) for name, values in asdict(self.vocabulary).items()},
            "weights": {name: getattr(self._weights, name) for name in RoleWeights.__slots__},
        }

    def restore(self, content: Mapping[str, Any]) -> Self:
        """Take labels and weights."""
        if not content:
            return self
        names: Mapping[str, list[str]] = content["labels"]
        numbers = {name: {value: i for i, value in enumerate(names[name])} for name in names if name != "roles"}
        return self.load(Labels(tuple(names["roles"]), **numbers), RoleWeights(**content["weights"]))


def _allowed(likely: Likelihoods, fillers: Fillers, kinds: Mapping[str, str]) -> Likelihoods:
    """Return what the rules let fill its role: entities of the right types."""
    return {
        (role, entity): value
        for (role, entity), value in likely.items()
        if entity is not None and (role not in fillers or kinds[entity] in fillers[role])
    }


def chosen(found: Sequence[Candidate], threshold: float) -> list[Argument]:
    """Return the arguments that are likely enough, in the order of the candidates, each entity in one role."""
    likelihoods = [probability(candidate) for candidate in found]
    best: dict[str, float] = {}
    for candidate, likelihood in zip(found, likelihoods, strict=True):
        entity = candidate.argument.entity
        if entity is not None:
            best[entity] = max(best.get(entity, 0.0), likelihood)
    return [
        replace(candidate.argument, confidence=round(likelihood, 2))
        for candidate, likelihood in zip(found, likelihoods, strict=True)
        if likelihood >= max(threshold, best.get(candidate.argument.entity or "", 0.0))
    ]


@Language.factory(
    "newsparse_roles",
    requires=["doc.tensor", "doc._.newsparse_events", "doc._.newsparse_entities"],
    assigns=["doc._.newsparse_events"],
    default_config={"threshold": 0.4},
)
def make_roles(nlp: Language, name: str, threshold: float) -> RolesComponent:  # spaCy's interface
    """Make a component without weights, which changes nothing.

    Args:
        nlp: the pipeline.
        name: name of the component.
        threshold: how likely right an argument has to be.
    """
    return RolesComponent(threshold)
