"""Files and folders → annotated articles, whatever the format, with every mistake told at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from newsparse.annotation import marked, records, rows, samples
from newsparse.annotation.article import AnnotatedArticle
from newsparse.annotation.problems import InvalidAnnotationError
from newsparse.errors import AnnotationError
from newsparse.problem import Problem
from newsparse.sources.base import STDIN, shown
from newsparse.validation import InvalidRecordError, parse_json, record_lines

TEXT, JSON = ".txt", ".json"
LINES = (".jsonl", ".jsonl.gz", ".ndjson")
MOST_SHOWN = 20
"""Mistakes that a message shows."""

Found = AnnotatedArticle | str
"""An article, or what is wrong with it: place, path, message."""


def read_annotated(locations: Iterable[str | Path]) -> list[AnnotatedArticle]:
    """The annotated articles of files and folders.

    Of a folder, the marked texts (``*.txt``) and the annotations of pages (``*.gold.json``) are read, in it and in the
    folders below it.

    Args:
        locations: files, folders, or ``-`` for JSON Lines on standard input.

    Raises:
        AnnotationError: there is nothing to read, or something is wrong; all that is wrong is in the message.
        SourceError: a file cannot be read.
    """
    found = [item for location in locations for item in find_annotated(location)]
    problems = [item for item in found if isinstance(item, str)]
    if problems:
        rest = len(problems) - MOST_SHOWN
        more = [f"… and {rest} more"] if rest > 0 else []
        raise AnnotationError("\n".join(["the annotation has mistakes:", *problems[:MOST_SHOWN], *more]))
    articles = [item for item in found if isinstance(item, AnnotatedArticle)]
    if twice := _twice(articles):
        raise AnnotationError(f"the same article is annotated twice: {twice[0]} and {twice[1]}; leave one out")
    return articles


def _twice(articles: Iterable[AnnotatedArticle]) -> tuple[str, str] | None:
    places: dict[str, str] = {}
    for item in articles:
        if item.article.text in places:
            return places[item.article.text], item.place
        places[item.article.text] = item.place
    return None


def find_annotated(location: str | Path) -> Iterator[Found]:
    """The annotated articles of one file or folder, and what is wrong with those that cannot be used.

    Raises:
        AnnotationError: there is nothing to read.
        SourceError: a file cannot be read.
    """
    path = Path(location)
    if str(location) == STDIN:
        yield from _lines(STDIN)
    elif path.is_dir():
        files = sorted(
            file for file in path.rglob("*") if file.name.endswith((TEXT, samples.ENDING)) and _is_annotation(file)
        )
        if not files:
            raise AnnotationError(
                f"{shown(location)} holds no annotated articles: in a folder they end in {TEXT} (marked text) or "
                f"{samples.ENDING}; name files of other kinds one by one"
            )
        for file in files:
            yield from _file(file)
    elif not path.exists():
        raise AnnotationError(f"no such file: {shown(location)}")
    else:
        yield from _file(path)


def _is_annotation(file: Path) -> bool:
    """Whether a file of a folder is more than the page beside an annotation."""
    page = file.suffix == TEXT and file.with_name(file.stem + samples.ENDING).exists()
    return file.is_file() and not page


def _file(path: Path) -> Iterator[Found]:
    name = path.name
    if name.endswith(LINES):
        yield from _lines(str(path))
    elif name.endswith(samples.ENDING):
        yield _made(shown(path), lambda: samples.from_sample(_json(path), samples.read_page(path)))
    elif name.endswith(JSON):
        yield _made(shown(path), lambda: from_json(_json(path)))
    elif name.endswith(TEXT):
        yield _made(shown(path), lambda: rows.from_row(marked.read_marked(path.stem, _text(path))))
    else:
        kinds = ", ".join((TEXT, samples.ENDING, JSON, *LINES))
        raise AnnotationError(f"{shown(path)}: annotated articles end in {kinds}; see docs/training.md")


def _lines(location: str) -> Iterator[Found]:
    for place, line in record_lines(location):
        if line.strip():
            yield _made(place, lambda line=line: from_json(parse_json(line)))  # type: ignore[misc]


def from_json(value: Any) -> AnnotatedArticle:
    """An annotated article from a JSON value in one of the two shapes that hold the text as well.

    Raises:
        InvalidAnnotationError: it has neither shape, or something in it is wrong.
    """
    if not isinstance(value, Mapping):
        raise InvalidAnnotationError([Problem("", "not a JSON object")])
    if value.get("schema") == records.SCHEMA:
        return records.from_record(value)
    if "full" in value:
        return rows.from_row(value)
    if "schema" in value:
        message = f"must be {records.SCHEMA}; event records hold no text: newsparse extract --records article"
        raise InvalidAnnotationError([Problem("schema", message)])
    raise InvalidAnnotationError(
        [Problem("", f"neither an article record (schema: {records.SCHEMA}) nor a row of a corpus (full: the text)")]
    )


def _made(place: str, make: Callable[[], AnnotatedArticle]) -> Found:
    try:
        return replace(make(), place=place)
    except InvalidAnnotationError as error:
        return error.told(place)
    except InvalidRecordError as error:
        return InvalidAnnotationError(error.problems).told(place)


def _json(path: Path) -> Any:
    return parse_json(path.read_bytes())


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise InvalidAnnotationError([Problem("", f"not UTF-8: byte {error.start + 1}; save it as UTF-8")]) from None
