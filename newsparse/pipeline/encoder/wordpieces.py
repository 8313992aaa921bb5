"""Cut tokens into the word pieces of an uncased BERT vocabulary, and keep beside them what small letters lose."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

# Positions of the special pieces in every BERT vocabulary.
UNKNOWN, OPENING, BREAK = 100, 101, 102
LONGEST_WORD = 64
MOST_PIECES = 32
"""Of one token; what follows, in a word of thousands of letters, is passed over."""
CACHED_WORDS = 50_000
SHAPES = ("special", "lower", "title", "upper", "letter", "mixed", "digits", "other")
SHAPE_COUNT = 2 * len(SHAPES)
"""Number of shape features: the shape of the letters, with a space before the token and without."""


class WordPieces:
    """The greedy longest-match cut of WordPiece (Wu et al. 2016), as BERT does it with small letters."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        """Take the pieces in the order of their ids; those that continue a word begin with ``##``."""
        self.vocabulary = tuple(vocabulary)
        self._ids = {piece: number for number, piece in enumerate(self.vocabulary)}
        self.encode = lru_cache(CACHED_WORDS)(self._encode)

    def _encode(self, word: str) -> tuple[int, ...]:
        """Return the ids of a token's pieces, at least one; white space is one break."""
        if word.isspace():
            return (BREAK,)
        return tuple(number for part in _parts(word) for number in self._cut(part))[:MOST_PIECES] or (UNKNOWN,)

    def _cut(self, part: str) -> list[int]:
        if len(part) > LONGEST_WORD:
            return [UNKNOWN]
        numbers: list[int] = []
        start, prefix = 0, ""
        while start < len(part):
            end = next((e for e in range(len(part), start, -1) if prefix + part[start:e] in self._ids), None)
            if end is None:
                return [UNKNOWN]
            numbers.append(self._ids[prefix + part[start:end]])
            start, prefix = end, "##"
        return numbers


def _parts(word: str) -> list[str]:
    """Put into small letters, take accents off and set every punctuation mark and ideograph apart."""
    parts = [""]
    for char in unicodedata.normalize("NFD", word.lower()):
        category = unicodedata.category(char)
        if category == "Mn" or (category[0] == "C" and not char.isspace()):
            continue
        if char.isspace():
            parts.append("")
        elif category[0] == "P" or (char.isascii() and not char.isalnum()) or unicodedata.east_asian_width(char) == "W":
            parts += [char, ""]
        else:
            parts[-1] += char
    return [part for part in parts if part]


@lru_cache(CACHED_WORDS)
def shape(word: str, spaced: bool) -> int:
    """Return the number of a token's shape: how its letters are cased, and whether a space is before it."""
    return SHAPES.index(_letters(word)) + (len(SHAPES) if spaced else 0)


def _letters(word: str) -> str:
    if word.isspace():
        return "special"
    letters = [char for char in word if char.isalpha()]
    if not letters:
        return "digits" if any(char.isdigit() for char in word) else "other"
    if all(char.islower() for char in letters):
        return "lower"
    if all(not char.islower() for char in letters):
        return "upper" if len(letters) > 1 else "letter"
    if letters[0].isupper() and all(char.islower() for char in letters[1:]):
        return "title"
    return "mixed"
