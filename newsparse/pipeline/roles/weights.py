"""Scores of roles for pairs of a trigger and a mention, read from the encoder's rows, their types and their path."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.floating[Any]]
Numbers = NDArray[np.integer[Any]]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Side:
    """Spans on one side of the pairs, as (start, end) tokens, and the number of the type of each (-1: not known)."""

    spans: Sequence[Span]
    types: Sequence[int]


@dataclass(frozen=True, slots=True)
class RoleWeights:
    """A biaffine form of trigger and mention, and a layer that joins them with types, path and distance.

    Shapes, with ``w`` the width of the encoder, ``p`` of a span, ``h`` of the layer: ``left`` and ``right`` (2w+1, p),
    ``trigger`` and ``mention`` (p+1, h), ``out`` (h+1, roles), the last row being the bias; ``score``
    (roles, p+1, p+1); ``event_type``, ``entity_type``, ``path`` and ``distance`` (number of values, h), distances
    by the power of two in tokens, before and after.
    """

    left: Rows
    right: Rows
    score: Rows
    trigger: Rows
    mention: Rows
    event_type: Rows
    entity_type: Rows
    path: Rows
    distance: Rows
    out: Rows

    def probabilities(self, rows: Rows, triggers: Side, mentions: Side, paths: Numbers) -> Rows:
        """Return (triggers, mentions, roles) likelihoods, one role a pair; ``paths`` are numbers of paths."""
        scores = self.scores(rows, triggers, mentions, paths)
        scores -= scores.max(-1, keepdims=True)
        exponentials = np.exp(scores)
        likelihoods: Rows = exponentials / exponentials.sum(-1, keepdims=True)
        return likelihoods

    def scores(self, rows: Rows, triggers: Side, mentions: Side, paths: Numbers) -> Rows:
        """Return (triggers, mentions, roles) scores of pairs."""
        left, right = _spans(rows, triggers.spans, self.left), _spans(rows, mentions.spans, self.right)
        halfway = np.einsum("mi,rij->mrj", left, self.score, optimize=True)
        scores = np.einsum("mrj,nj->mnr", halfway, right, optimize=True)
        ours = left @ self.trigger + _looked_up(self.event_type, triggers.types)
        theirs = right @ self.mention + _looked_up(self.entity_type, mentions.types)
        hidden = ours[:, None] + theirs[None] + self.path[paths] + self.distance[self._buckets(triggers, mentions)]
        total: Rows = scores + np.maximum(hidden, np.float32(0)) @ self.out[:-1] + self.out[-1]
        return total

    def _buckets(self, triggers: Side, mentions: Side) -> Numbers:
        starts = np.array([start for start, _ in triggers.spans])
        apart = np.array([start for start, _ in mentions.spans])[None, :] - starts[:, None]
        most = len(self.distance) // 2
        buckets: Numbers = np.minimum(np.log2(np.abs(apart) + 1).astype(int), most) * np.sign(apart) + most
        return buckets


def _spans(rows: Rows, spans: Sequence[Span], weights: Rows) -> Rows:
    """Return (spans, p+1): first and last token through the layer, and a one."""
    both = np.concatenate([rows[[start for start, _ in spans]], rows[[end - 1 for _, end in spans]]], axis=1)
    hidden = np.maximum(both @ weights[:-1] + weights[-1], np.float32(0))
    return np.concatenate([hidden, np.ones((len(hidden), 1), dtype=np.float32)], axis=1)


def _looked_up(table: Rows, numbers: Sequence[int]) -> Rows:
    """Return a row of the table for each number, zeros for what is not known."""
    known = np.array(numbers) >= 0
    found: Rows = table[np.maximum(numbers, 0)] * known[:, None]
    return found
