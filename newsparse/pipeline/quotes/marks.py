"""Text within quotation marks: curly, straight, angled, ``LaTeX'' and single ones, paragraph by paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_MARKS = re.compile(r"[“”„\"«»]|``|''|[‘’']")
_CLOSER_OF = {"“": "”", "„": "”", "«": "»", "``": "''", '"': '"', "‘": "’", "'": "'"}
_SINGLE = frozenset("‘’'")
_OPENING_BEFORE = frozenset(' \t\n\r\u00a0\u2009([{—–-/“"‘…')
_MAX_SINGLE = 400
"""Longest quotation in single marks; a stray apostrophe further away is none."""


@dataclass(frozen=True, slots=True)
class Marked:
    """Code points ``start`` to ``end`` within quotation marks (the marks stay out).

    ``closed`` is False where the paragraph ends first, as it does in quotations of several paragraphs.
    """

    start: int
    end: int
    closed: bool


def find_marked(text: str) -> list[Marked]:
    """All top-level texts within quotation marks, in the order of the text; what is nested in them stays in."""
    found: list[Marked] = []
    for start, end in _paragraphs(text):
        found += _in_paragraph(text, start, end)
    return found


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in re.finditer(r"\n+", text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def _in_paragraph(text: str, start: int, end: int) -> Iterator[Marked]:
    """Pair the marks of one paragraph, from left to right."""
    opened: re.Match[str] | None = None
    marks = list(_MARKS.finditer(text, start, end))
    for number, match in enumerate(marks):
        if opened is None:
            if _can_open(text, match, end) and (match[0] not in _SINGLE or _single_end(text, marks, number)):
                opened = match
        elif _closes(text, opened, match, end):
            if text[opened.end() : match.start()].strip():
                yield Marked(opened.end(), match.start(), True)
            opened = None
        elif match[0] == opened[0] and match[0] not in _SINGLE and _can_open(text, match, end):
            if text[opened.end() : match.start()].strip():
                yield Marked(opened.end(), match.start(), False)
            opened = match
    if opened is not None and opened[0] not in _SINGLE and text[opened.end() : end].strip():
        yield Marked(opened.end(), end, False)


def _can_open(text: str, match: re.Match[str], end: int) -> bool:
    mark, before = match[0], text[match.start() - 1] if match.start() else "\n"
    after = text[match.end()] if match.end() < end else " "
    if mark in {"“", "„", "«", "``"}:
        return True
    if mark in {"»", "’"} or after.isspace():
        return False
    if mark in {"”", "''"}:
        return before in _OPENING_BEFORE
    if mark == "‘":
        return before in _OPENING_BEFORE and not after.isdigit()
    if mark == "'":
        return before in _OPENING_BEFORE and after.isalpha()
    return not before.isdigit()


def _closes(text: str, opened: re.Match[str], match: re.Match[str], end: int) -> bool:
    mark, first = match[0], opened[0]
    after = text[match.end()] if match.end() < end else " "
    before = text[match.start() - 1]
    if first in _SINGLE:
        return mark in {"’", "'"} and _ends_single(before, after)
    if mark in _SINGLE or mark in {"„", "«", "``"}:
        return False
    if mark == '"':
        return first in {'"', "“", "”", "„"} and not (before in _OPENING_BEFORE and after.isalnum())
    if mark == "''":
        return first in {"``", '"', "''"}
    return mark == _CLOSER_OF.get(first) or (mark == "”" and first in {'"', "”", "“"})


def _ends_single(before: str, after: str) -> bool:
    return not before.isspace() and not after.isalnum()


def _single_end(text: str, marks: list[re.Match[str]], number: int) -> bool:
    """Whether a single mark has a partner: the next that can close stands near enough."""
    start = marks[number].end()
    for match in marks[number + 1 : number + 12]:
        if match.start() - start > _MAX_SINGLE or match[0] == marks[number][0] == "‘":
            return False
        after = text[match.end()] if match.end() < len(text) else " "
        if match[0] in {"’", "'"} and _ends_single(text[match.start() - 1], after):
            return True
    return False
