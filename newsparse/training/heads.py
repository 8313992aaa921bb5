"""The heads that learn: for each, what articles say to it, and how what it gives is measured."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsparse.evaluation.counts import Figures
from newsparse.training import names

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.training import Example

    from newsparse.annotation.article import AnnotatedArticle
    from newsparse.pipeline.encoder.spans import SpanTagger


@dataclass(frozen=True, slots=True)
class Head:
    """A kind of component that learns from annotated articles.

    Attributes:
        name: what it finds, for messages and for ``meta.json``.
        factory: the factory of its component.
        labels: how often articles use which label.
        examples: turns documents, which have their tensor, and the articles they were made of into examples. It also
            gets the labels that any of the articles uses: of others they say nothing.
        score: figures of what the component finds in the documents of examples, that of all labels first.
    """

    name: str
    factory: str
    labels: Callable[[Iterable[AnnotatedArticle]], Counter[str]]
    examples: Callable[[SpanTagger, Sequence[Doc], Sequence[AnnotatedArticle], frozenset[str]], list[Example]]
    score: Callable[[SpanTagger, Sequence[Example]], Figures]


HEADS = (Head("names", "newsparse_ner", names.labels, names.examples, names.score),)
"""In the order in which they learn."""
