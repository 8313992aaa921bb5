"""The loop: a head learns article by article, and the best state that it had is kept."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from thinc.api import Adam, fix_random_seed

from newsparse.evaluation.counts import Figures

if TYPE_CHECKING:
    from spacy.training import Example

    from newsparse.pipeline.encoder.spans import SpanTagger

RATE = 0.001
"""Step of Adam. Measured with 10, 20 and 100 articles: 0.0003 needs more than 20 epochs, 0.003 swings."""
BATCH = 8
"""Articles in a step; with half as many, ten or twenty articles gain less."""


@dataclass(frozen=True, slots=True)
class Epoch:
    """A state of a head: after so many epochs (0: before), its figures on the held-out articles, if there are any."""

    number: int
    loss: float | None
    figures: Figures | None

    @property
    def f1(self) -> float:
        """The figure by which states are compared; 0 if nothing is held out."""
        return next(iter(self.figures.values())).f1 if self.figures else 0.0


@dataclass(frozen=True, slots=True)
class Learned:
    """What became of a head: its state before, and the one that was kept, which may be the same."""

    before: Epoch
    kept: Epoch


def learn(
    component: SpanTagger,
    examples: Sequence[Example],
    measure: Callable[[], Figures] | None,
    epochs: int,
    seed: int,
    tell: Callable[[Epoch], None],
) -> Learned:
    """Let a component learn; it ends in the best state that was measured, or in the last if nothing is measured.

    Args:
        component: starts from the weights it has.
        examples: what it learns from; their documents have a tensor.
        measure: its figures now, the one to compare by first.
        epochs: how often it sees every example.
        seed: decides the order in which it sees them.
        tell: is told of every state, the one before first.
    """
    fix_random_seed(seed)
    shuffling, optimizer = random.Random(seed), Adam(RATE)
    before = best = Epoch(0, None, measure() if measure else None)
    tell(before)
    weights = component.model.to_bytes()
    order = list(examples)
    for number in range(1, epochs + 1):
        shuffling.shuffle(order)
        losses: dict[str, float] = {}
        for at in range(0, len(order), BATCH):
            component.update(order[at : at + BATCH], sgd=optimizer, losses=losses)
        now = Epoch(number, sum(losses.values()), measure() if measure else None)
        tell(now)
        if measure is None or now.f1 > best.f1:
            best, weights = now, component.model.to_bytes()
    component.model.from_bytes(weights)
    return Learned(before, best)
