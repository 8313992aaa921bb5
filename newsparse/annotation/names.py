"""Which mentions are proper names, as a recogniser of names is to find them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from newsparse.annotation.article import AnnotatedArticle, AnnotatedEntity, Interval

NOMINAL_TYPES = frozenset({"LAW", "AGREEMENT", "DATABASE"})
"""Types whose annotation holds noun phrases as well as names."""
NEVER_NAMED = frozenset({"GROUP"})
"""Types that have noun phrases only."""
TITLE_CASE = 0.7
"""Share of capitalised words from which a headline says nothing about names."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names of an article in the order of the text; none lies within another.

    Attributes:
        spans: start, end and type.
        undecided: where the annotation does not tell whether there is a name.
    """

    spans: tuple[tuple[int, int, str], ...]
    undecided: tuple[Interval, ...]


def names_of(annotated: AnnotatedArticle) -> Names:
    """The names of an article; of those that nest, the outermost."""
    text, title_end = annotated.article.text, annotated.article.title_end
    title_case = _is_title_case(text[:title_end])
    spans: list[tuple[int, int, str]] = []
    undecided: list[Interval] = []
    taken = 0
    candidates = sorted(_candidates(annotated, text), key=lambda span: (span[0], -span[1]))
    for start, end, label, sure in candidates:
        if start < taken:
            continue
        taken = end
        if not sure and label in NOMINAL_TYPES and title_case and end <= title_end:
            undecided.append((start, end))
        else:
            spans.append((start, end, label))
    return Names(tuple(spans), tuple(undecided))


def _candidates(annotated: AnnotatedArticle, text: str) -> Iterator[tuple[int, int, str, bool]]:
    for entity in annotated.entities:
        if entity.type not in NEVER_NAMED:
            yield from ((start, end, entity.type, entity.names is not None) for start, end in _names(entity, text))


def _names(entity: AnnotatedEntity, text: str) -> Iterator[Interval]:
    if entity.names is not None:
        yield from entity.names
    else:
        yield from (place for place in entity.mentions if is_name(text, *place, entity.type))


def is_name(text: str, start: int, end: int, label: str) -> bool:
    """Whether a mention is a proper name rather than a noun phrase, by its capitals."""
    words = text[start:end].split()
    if label not in NOMINAL_TYPES:
        return any(char.isupper() or char.isdigit() for char in text[start:end])
    if not words or "with" in words:
        return False
    if not all(word[0].isupper() or word[0].isdigit() for word in (words[0], words[-1])):
        return False
    if any(char.isupper() for word in words[1:] for char in word[0]) or words[0][1:] != words[0][1:].lower():
        return True
    # One capital only: of a name, or of the first word of a sentence? Then the article has it small elsewhere.
    return not re.search(rf"\b{re.escape(words[0].lower())}\b", text)


def _is_title_case(title: str) -> bool:
    words = [word for word in title.split() if word[:1].isalpha()]
    return sum(word[0].isupper() for word in words) > TITLE_CASE * len(words)
