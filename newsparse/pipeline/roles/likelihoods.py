"""How likely each entity near an event plays each role in it, by the learned scores of its mentions."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from spacy.tokens import Doc

from newsparse.pipeline.annotations import Entity, Event, Mention
from newsparse.pipeline.roles.paths import FAR, Tree
from newsparse.pipeline.roles.weights import Numbers, RoleWeights, Side

NO_ROLE = "none"
WINDOW = 100
"""Tokens to each side of a trigger in which a mention may stand."""
_BATCH = 32
_UNSEEN = 0
"""Number of the paths that were too rare to learn from."""

Likelihoods = dict[tuple[str, str | None], tuple[float, Mention]]
"""For (role, entity) the likelihood, and the mention for which it is greatest."""


@dataclass(frozen=True, slots=True)
class Labels:
    """What the weights have numbers for, in their order."""

    roles: tuple[str, ...]
    types: Mapping[str, int]
    entities: Mapping[str, int]
    paths: Mapping[str, int]


def likelihoods(
    doc: Doc, events: Sequence[Event], entities: Sequence[Entity], weights: RoleWeights, labels: Labels
) -> Iterator[Likelihoods]:
    """Yield the likelihoods for each event mention, in their order; the time is linear in the article."""
    mentions = sorted(
        ((mention, entity) for entity in entities for mention in entity.mentions if mention.kind != "pronoun"),
        key=lambda pair: (pair[0].start, pair[0].end),
    )
    starts = [mention.start for mention, _ in mentions]
    tree = Tree([t.text for t in doc], [t.head.i for t in doc], [t.dep_ for t in doc])
    for at in range(0, len(events), _BATCH):
        batch = events[at : at + _BATCH]
        spans = [(event.triggers[0].start, event.triggers[0].end) for event in batch]
        low = bisect_left(starts, min(start for start, _ in spans) - WINDOW)
        near = mentions[low : bisect_right(starts, max(start for start, _ in spans) + WINDOW)]
        if not near:
            yield from ({} for _ in batch)
            continue
        triggers = Side(spans, [labels.types.get(event.type, -1) for event in batch])
        fillers = Side([(m.start, m.end) for m, _ in near], [labels.entities.get(e.type, -1) for _, e in near])
        paths = _paths(doc, tree, triggers, fillers, labels)
        scores = weights.probabilities(doc.tensor, triggers, fillers, paths)
        for (start, _), row in zip(spans, scores, strict=True):
            yield _best(start, near, row.tolist(), labels.roles)


def _paths(doc: Doc, tree: Tree, triggers: Side, mentions: Side, labels: Labels) -> Numbers:
    """Return (triggers, mentions) numbers of the paths between them; across sentences there is none."""
    numbers = np.full((len(triggers.spans), len(mentions.spans)), labels.paths.get(FAR, _UNSEEN))
    sentences = [doc[start].sent.start for start, _ in mentions.spans]
    for i, trigger in enumerate(triggers.spans):
        sentence = doc[trigger[0]].sent.start
        for j in range(bisect_left(sentences, sentence), bisect_right(sentences, sentence)):
            numbers[i, j] = labels.paths.get(tree.path(trigger, mentions.spans[j]), _UNSEEN)
    return numbers


def _best(
    trigger: int, near: Sequence[tuple[Mention, Entity]], scores: Sequence[Sequence[float]], roles: Sequence[str]
) -> Likelihoods:
    found: Likelihoods = {}
    for (mention, entity), row in zip(near, scores, strict=True):
        if abs(mention.start - trigger) > WINDOW:
            continue
        for role, value in zip(roles, row, strict=True):
            if role != NO_ROLE and value > found.get((role, entity.id), (0.0, mention))[0]:
                found[role, entity.id] = (value, mention)
    return found
