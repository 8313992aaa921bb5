"""The numbers that words and figures stand for."""

from __future__ import annotations

import re

_TEENS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
SMALL_NUMBERS = {word: number for number, word in enumerate(_TEENS.split())} | {
    word: 10 * number for number, word in enumerate(_TENS.split(), 2)
}
_MULTIPLIERS = {"dozen": 12, "hundred": 100, "thousand": 1000}
_CENTURIES = (18, 19, 20)
"""First words of a year in words: ``nineteen ninety-six``."""


def leading_number(text: str) -> int:
    """The number that a text begins with, 0 if it begins with none."""
    match = re.match(r"\d+", text)
    return int(match.group()) if match else 0


def quantity(text: str | None) -> float | None:
    """The number that words such as ``2.5``, ``twenty four``, ``a hundred`` stand for; None if it is unknown."""
    if not text:
        return None
    plain = text.replace(",", "").strip()
    whole, _, fraction = plain.partition(" ")
    if parts := re.fullmatch(r"(\d)/(\d)", fraction):
        return (quantity(whole) or 0.0) + int(parts[1]) / int(parts[2])
    if re.fullmatch(r"\d{1,9}(?:\.\d{1,4})?", plain):
        return float(plain)
    if plain.lower() in {"a", "an"}:
        return 1.0
    total = 0
    for word in re.findall(r"[a-z]+", plain.lower()):
        if word in {"a", "an"}:
            continue
        if word in _MULTIPLIERS:
            total = max(total, 1) * _MULTIPLIERS[word]
        elif word in SMALL_NUMBERS:
            total += SMALL_NUMBERS[word]
        elif word != "and":
            return None
    return float(total) if total else None


def whole_number(text: str) -> int | None:
    """The whole number that a word stands for, None if it is none."""
    if not text.strip("0"):
        return 0
    value = quantity(text)
    return None if value is None else int(value)


def spelled_year(text: str) -> int | None:
    """The year that words such as ``nineteen ninety-six``, ``two thousand`` stand for; None if they are no year."""
    words = re.findall(r"[a-z]+", text.lower())
    if words == ["two", "thousand"]:
        return 2000
    first, rest = SMALL_NUMBERS.get(words[0]), [SMALL_NUMBERS.get(word) for word in words[1:]]
    if first not in _CENTURIES or None in rest or rest[0] is None or rest[0] < 10:
        return None
    number = sum(item for item in rest if item is not None)
    return 100 * first + number if number < 100 else None
