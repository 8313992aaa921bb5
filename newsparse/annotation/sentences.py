"""Where sentences are, for annotations that do not say it: good enough to tell what stands near what."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsparse.annotation.article import Interval

_LINE = re.compile(r"[^\n]+")
_END = re.compile(r"[.!?]+[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9])")
_NO_END = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|Rev|Hon|St|Jr|Sr|Gen|Col|Lt|Sgt|Capt|Gov|Sen|Rep|Reps|Sens|Atty|No|Nos|Inc|Corp"
    r"|Co|Ltd|v|vs|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|a\.m|p\.m|[A-Z](?:\.[A-Z])+))\.\s+$"
)


def sentences(text: str) -> tuple[Interval, ...]:
    """The sentences of a text in their order; none goes over the end of a line."""
    return tuple(interval for line in _LINE.finditer(text) for interval in _sentences(text, *line.span()))


def _sentences(text: str, start: int, end: int) -> Iterator[Interval]:
    for match in _END.finditer(text, start, end):
        if not _NO_END.search(text[max(start, match.end() - 12) : match.end()]):
            yield start, match.end()
            start = match.end()
    yield start, end
