"""``newsparse_parser``: sentence starts and dependency trees from ``doc.tensor``.

Deep biaffine attention (Dozat & Manning 2017): each token scores the others of its sentence as its head, then the
label of the arc; the best tree is taken, so that trees need not be projective.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.pipeline.dep_parser import parser_score
from spacy.tokens import Doc
from spacy.training import Example

from newsparse.pipeline.encoder.stored import StoredHead
from newsparse.pipeline.parser.trees import best_tree

LONGEST_SENTENCE = 200
"""Tokens; what is longer is cut where a sentence is most likely to start."""
_ROOT, _SPACE = "ROOT", "dep"
_TOKENS_AT_ONCE = 500
_NEVER = -1e9

Rows = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Weights:
    """Linear layers as (inputs + 1, outputs), the last row being the bias; ``arc`` and ``label`` are biaffine.

    Shapes, with ``w`` the width of the encoder: ``starts`` (w+1, 2); ``arc_dependent`` and ``arc_head`` (w+1, a);
    ``arc`` (a+1, a); ``label_dependent`` and ``label_head`` (w+1, l); ``label`` (labels, l+1, l+1).
    """

    starts: Rows
    arc_dependent: Rows
    arc_head: Rows
    arc: Rows
    label_dependent: Rows
    label_head: Rows
    label: Rows


class Parser(StoredHead):
    """Sets sentence starts, heads and dependency labels."""

    def __init__(self, nlp: Language) -> None:
        """Start without weights; they come by ``load`` or ``from_disk``."""
        self._strings = nlp.vocab.strings
        self._labels: tuple[str, ...] = ()
        self._weights: Weights | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        """The dependency labels."""
        return self._labels

    def load(self, labels: Iterable[str], weights: Weights) -> Self:
        """Take the labels, in the order of the scores, and the weights."""
        self._labels, self._weights = tuple(labels), weights
        self._numbers = np.array([self._strings.add(label) for label in self._labels], dtype=np.uint64)
        return self

    def __call__(self, doc: Doc) -> Doc:
        """Parse a document.

        Raises:
            ValueError: the parser has no weights.
        """
        if self._weights is None:
            raise ValueError("newsparse_parser has no weights: load a trained pipeline, such as en_newsparse")
        if not len(doc):
            return doc
        rows = with_one(doc.tensor)
        words = np.array([i for i, token in enumerate(doc) if not token.is_space], dtype=np.intp)
        # White space hangs on the word before it, and leads nothing.
        heads = np.maximum.accumulate(np.where([token.is_space for token in doc], 0, np.arange(len(doc))))
        roots = np.zeros(len(doc), dtype=bool)
        for sentence in self._sentences(doc, rows, words):
            chosen = best_tree(self._arcs(rows[sentence]))
            heads[sentence] = sentence[chosen]
            roots[sentence[chosen == np.arange(len(sentence))]] = True
        labels = np.full(len(doc), self._labels.index(_SPACE))
        if len(words):
            labels[words] = self._arc_labels(rows[words], rows[heads[words]], roots[words])
        relative = (heads - np.arange(len(doc))).astype(np.int64).view(np.uint64)
        rows_of = np.stack([relative, self._numbers[labels]], axis=1)
        return doc.from_array(["HEAD", "DEP"], rows_of)  # type: ignore[arg-type]  # 64 bits, as spaCy wants them

    def _sentences(self, doc: Doc, rows: Rows, words: NDArray[np.intp]) -> Iterator[NDArray[np.intp]]:
        """Yield the words of each sentence; a line break always ends one."""
        assert self._weights is not None
        if not len(words):
            return
        scores = rows[words] @ self._weights.starts
        likely = scores[:, 1] - scores[:, 0]
        breaks = np.cumsum([token.is_space and "\n" in token.text for token in doc])[words]
        likely[1:][breaks[1:] != breaks[:-1]] = np.inf
        starts = [0, *(np.flatnonzero(likely[1:] > 0) + 1), len(words)]
        for start, end in pairwise(starts):
            for first, last in _short(likely, int(start), int(end)):
                yield words[first:last]

    def _arcs(self, rows: Rows) -> Rows:
        assert self._weights is not None
        dependents = with_one(relu(rows @ self._weights.arc_dependent))
        scores: Rows = dependents @ self._weights.arc @ relu(rows @ self._weights.arc_head).T
        return scores

    def _arc_labels(self, dependents: Rows, heads: Rows, roots: NDArray[np.bool_]) -> NDArray[np.intp]:
        weights = self._weights
        assert weights is not None
        count, width, _ = weights.label.shape
        flat = weights.label.transpose(1, 0, 2).reshape(width, count * width)
        root = self._labels.index(_ROOT)
        chosen = []
        for at in range(0, len(dependents), _TOKENS_AT_ONCE):
            part = slice(at, at + _TOKENS_AT_ONCE)
            left = with_one(relu(dependents[part] @ weights.label_dependent)) @ flat
            right = with_one(relu(heads[part] @ weights.label_head))
            scores = np.matmul(left.reshape(-1, count, width), right[:, :, None])[:, :, 0]
            scores[:, root] = np.where(roots[part], np.inf, _NEVER)
            chosen.append(scores.argmax(1))
        return np.concatenate(chosen)

    def score(self, examples: Iterable[Example], **_: Any) -> dict[str, Any]:
        """Return attachment scores without punctuation, and precision, recall and F of sentences."""
        return dict(parser_score(list(examples)))

    def content(self) -> Mapping[str, Any]:
        """Return labels and weights."""
        weights = {} if self._weights is None else {name: getattr(self._weights, name) for name in Weights.__slots__}
        return {"labels": list(self._labels), "weights": weights}

    def restore(self, content: Mapping[str, Any]) -> Self:
        """Take labels and weights."""
        return self.load(content["labels"], Weights(**content["weights"]))


def with_one(rows: Rows) -> Rows:
    """Append a column of ones, which takes the bias into the matrix."""
    return np.concatenate([rows, np.ones((len(rows), 1), dtype=np.float32)], axis=1)


def relu(rows: Rows) -> Rows:
    """Return the rows with nothing below zero."""
    return np.maximum(rows, np.float32(0))


def _short(likely: Rows, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield parts of a sentence that are not too long, cut where a sentence is most likely to start."""
    while end - start > LONGEST_SENTENCE:
        middle = start + LONGEST_SENTENCE // 2
        cut = middle + int(likely[middle : start + LONGEST_SENTENCE].argmax())
        yield start, cut
        start = cut
    yield start, end


@Language.factory(
    "newsparse_parser", requires=["doc.tensor"], assigns=["token.dep", "token.head", "token.is_sent_start", "doc.sents"]
)
def make_parser(nlp: Language, name: str) -> Parser:  # spaCy's interface
    """Make a parser without weights."""
    return Parser(nlp)
