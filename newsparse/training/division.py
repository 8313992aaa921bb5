"""Which articles are held out: decided by their text alone, so that it does not depend on files or their order."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from newsparse.annotation.article import AnnotatedArticle
from newsparse.errors import TrainingError


def divide(
    articles: Sequence[AnnotatedArticle], share: float, seed: int
) -> tuple[list[AnnotatedArticle], list[AnnotatedArticle]]:
    """The articles to learn from, and those held out to measure on, both in an order of chance.

    Raises:
        TrainingError: there are too few.
    """
    ordered = shuffled(articles, seed)
    held_out = max(1, round(share * len(ordered))) if share else 0
    if len(ordered) <= held_out:
        raise TrainingError(
            f"too few annotated articles, {len(ordered)}, to learn from some and measure on others; annotate more, or "
            "hold nothing out with --held-out 0"
        )
    return ordered[held_out:], ordered[:held_out]


def shuffled(articles: Sequence[AnnotatedArticle], seed: int) -> list[AnnotatedArticle]:
    """The articles in an order of chance."""
    return sorted(articles, key=lambda annotated: _lot(annotated, seed))


def _lot(annotated: AnnotatedArticle, seed: int) -> str:
    return hashlib.sha256(f"{seed}\n{annotated.article.text}".encode()).hexdigest()


def refuse_shared(articles: Sequence[AnnotatedArticle], dev: Sequence[AnnotatedArticle]) -> None:
    """Refuse to measure on what was learned from.

    Raises:
        TrainingError: an article is in both.
    """
    known = {annotated.article.text: annotated.place for annotated in articles}
    for annotated in dev:
        if place := known.get(annotated.article.text):
            raise TrainingError(
                f"{annotated.place} is the same article as {place}; figures on what was learned from say nothing, so "
                "leave it out on one side"
            )
