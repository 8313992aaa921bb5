"""From scores of BILUO tags to the best sequence that is well formed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from newsparse.pipeline.encoder.spans import OUTSIDE

# Tokens this surely outside of any name are settled without looking at their neighbours.
_SURE = 0.98
_NEVER = -1e9

Scores = NDArray[np.float32]


class Decoder:
    """Viterbi's algorithm over the tags, with the transitions that BILUO allows."""

    def __init__(self, tags: Sequence[str]) -> None:
        """Take the tags in the order of their scores; ``O`` is one of them."""
        self.tags = tuple(tags)
        self._outside = self.tags.index(OUTSIDE)
        self._allowed = np.array([[0.0 if _follows(a, b) else _NEVER for b in tags] for a in tags], dtype=np.float32)
        self._first = self._allowed[self._outside]
        self._last = self._allowed[:, self._outside]

    def spans(self, probabilities: Scores) -> Iterator[tuple[int, int, str]]:
        """Yield (start, end, label) of the names in a document; ``probabilities`` are (tokens, tags)."""
        unsure = probabilities[:, self._outside] < _SURE
        edges = np.flatnonzero(np.diff(np.concatenate([[False], unsure, [False]]).astype(np.int8)))
        for start, end in edges.reshape(-1, 2):
            best = self._best(np.log(probabilities[start:end] + np.float32(1e-9)))
            yield from _spans([self.tags[tag] for tag in best], int(start))

    def _best(self, scores: Scores) -> list[int]:
        total = scores[0] + self._first
        back = np.empty(scores.shape, dtype=np.intp)
        for i in range(1, len(scores)):
            candidates = total[:, None] + self._allowed
            back[i] = candidates.argmax(0)
            total = candidates.max(0) + scores[i]
        tag = int((total + self._last).argmax())
        best = [tag]
        for i in range(len(scores) - 1, 0, -1):
            tag = int(back[i, tag])
            best.append(tag)
        return best[::-1]


def _follows(before: str, after: str) -> bool:
    if before[0] in "BI":
        return after[0] in "IL" and after[2:] == before[2:]
    return after[0] in "BUO"


def _spans(tags: list[str], offset: int) -> Iterator[tuple[int, int, str]]:
    start = 0
    for i, tag in enumerate(tags):
        if tag[0] in "BU":
            start = i
        if tag[0] in "LU":
            yield offset + start, offset + i + 1, tag[2:]
