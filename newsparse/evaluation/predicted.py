"""Pairs annotated articles with the records to be measured."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from newsparse.annotation.article import AnnotatedArticle
from newsparse.errors import AnnotationError
from newsparse.records import ArticleRecord
from newsparse.validation import InvalidRecordError, parse_record, record_lines


@dataclass(slots=True)
class Measured:
    """Annotated articles, each with its record or None.

    Attributes:
        pairs: all annotated articles.
        unused: records of articles that are not annotated.
    """

    pairs: list[tuple[AnnotatedArticle, ArticleRecord | None]] = field(default_factory=list)
    unused: list[ArticleRecord] = field(default_factory=list)

    @property
    def missing(self) -> list[AnnotatedArticle]:
        """Annotated articles without a record."""
        return [annotated for annotated, record in self.pairs if record is None]


def matched(articles: Iterable[AnnotatedArticle], records: Iterable[ArticleRecord]) -> Measured:
    """Pair articles and records of the same text.

    Raises:
        AnnotationError: a record has the id of an annotated article but another text, so that offsets would mean
            something else.
    """
    by_text = {record.article.text: record for record in records}
    by_id = {record.article.id: record for record in by_text.values()}
    measured = Measured()
    for annotated in articles:
        record = by_text.pop(annotated.article.text, None)
        if record is None and (other := by_id.get(annotated.article.id)) and other.article.text in by_text:
            raise AnnotationError(
                f"{annotated.place}: the record of {annotated.article.id!r} has another text than the annotated "
                f"article{_first_difference(annotated.article.text, other.article.text)}; extract from the same text"
            )
        measured.pairs.append((annotated, record))
    measured.unused = list(by_text.values())
    return measured


def _first_difference(one: str, other: str) -> str:
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return f" from character {at} on ({one[at : at + 20]!r} is annotated, {other[at : at + 20]!r} was extracted from)"


def read_predicted(location: str) -> Iterator[ArticleRecord]:
    """The article records of a file.

    Raises:
        AnnotationError: a line is no article record.
        SourceError: the file cannot be read.
    """
    for place, line in record_lines(location):
        if not line.strip():
            continue
        try:
            record = parse_record(line)
        except InvalidRecordError as error:
            raise AnnotationError(f"{place}: {error}; 'newsparse validate' tells more") from None
        if not isinstance(record, ArticleRecord):
            raise AnnotationError(
                f"{place}: an event record; to be measured, records need their article: "
                "newsparse extract --records article"
            )
        yield record
