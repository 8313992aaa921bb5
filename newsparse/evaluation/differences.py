"""Events on which a record and the annotation differ, for a person to look into."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from newsparse.annotation.article import AnnotatedArticle, Interval
from newsparse.evaluation.scoring import differences
from newsparse.records import ArticleRecord

AROUND = 60
"""Characters shown on either side of the words."""


@dataclass(frozen=True, slots=True)
class Difference:
    """An event that was missed or invented.

    Attributes:
        what: ``missed`` or ``invented``.
        article: URL or id of the article.
        type: type of the event.
        words: its first trigger in brackets, with what stands around it.
    """

    what: str
    article: str
    type: str
    words: str

    def __str__(self) -> str:
        return f"{self.what:8} {self.article} {self.type}: {self.words}"

    def as_dict(self) -> dict[str, str]:
        """The difference as JSON has it."""
        return {"what": self.what, "article": self.article, "type": self.type, "words": self.words}


def differing_events(
    pairs: Iterable[tuple[AnnotatedArticle, ArticleRecord | None]], most: int | None = None
) -> list[Difference]:
    """The first so many missed and invented events."""
    return list(islice(_differing(pairs), most))


def _differing(pairs: Iterable[tuple[AnnotatedArticle, ArticleRecord | None]]) -> Iterator[Difference]:
    for annotated, record in pairs:
        article, text = annotated.article.url or annotated.article.id, annotated.article.text
        missed, invented = differences(annotated, record)
        for wanted in missed:
            yield Difference("missed", article, wanted.type, _in_context(text, wanted.triggers))
        for event in invented:
            spans = [(mention.start, mention.end) for mention in event.mentions]
            yield Difference("invented", article, event.type, _in_context(text, spans))


def _in_context(text: str, triggers: Iterable[Interval]) -> str:
    first = next(iter(triggers), None)
    if first is None:
        return "(the trigger is not in the extracted text)"
    start, end = first
    around = f"{text[max(0, start - AROUND) : start]}[{text[start:end]}]{text[end : end + AROUND]}"
    return " ".join(around.split())
