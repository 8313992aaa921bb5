"""Scores of pairs of spans, read from the encoder's rows: which of two spans is what to the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.floating[Any]]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class PairWeights:
    """A biaffine form over two kinds of spans, and a bias for their distance.

    Shapes, with ``w`` the width of the encoder: ``left`` and ``right`` (2w+1, p), the last row being the bias;
    ``score`` (labels, p+1, p+1); ``distance`` (2b+1, labels), by the power of two of the distance in tokens.
    """

    left: Rows
    right: Rows
    score: Rows
    distance: Rows

    def probabilities(self, rows: Rows, lefts: Sequence[Span], rights: Sequence[Span]) -> Rows:
        """Return (lefts, rights, labels) likelihoods of pairs of (start, end) tokens, one label a pair."""
        scores = self.scores(rows, lefts, rights)
        scores -= scores.max(-1, keepdims=True)
        exponentials = np.exp(scores)
        likelihoods: Rows = exponentials / exponentials.sum(-1, keepdims=True)
        return likelihoods

    def scores(self, rows: Rows, lefts: Sequence[Span], rights: Sequence[Span]) -> Rows:
        """Return (lefts, rights, labels) scores of pairs."""
        left, right = self._projected(rows, lefts, self.left), self._projected(rows, rights, self.right)
        halfway = np.einsum("mi,lij->mlj", left, self.score, optimize=True)
        scores = np.einsum("mlj,nj->mnl", halfway, right, optimize=True)
        apart = np.array([start for start, _ in rights])[None, :] - np.array([start for start, _ in lefts])[:, None]
        most = len(self.distance) // 2
        bucket = np.minimum(np.log2(np.abs(apart) + 1).astype(int), most) * np.sign(apart) + most
        total: Rows = scores + self.distance[bucket]
        return total

    def _projected(self, rows: Rows, spans: Sequence[Span], weights: Rows) -> Rows:
        """Return (spans, p+1): first and last token through the layer, and a one."""
        first, last = [start for start, _ in spans], [end - 1 for _, end in spans]
        both = np.concatenate([rows[first], rows[last]], axis=1)
        hidden = np.maximum(both @ weights[:-1] + weights[-1], np.float32(0))
        return np.concatenate([hidden, np.ones((len(hidden), 1), dtype=np.float32)], axis=1)
