"""Values of durations, of repeated and of vague times, and how many units they name."""

from __future__ import annotations

from newsparse.pipeline.times.meaning import Context, Meaning, value_function
from newsparse.pipeline.times.number_words import quantity
from newsparse.pipeline.times.timex import Found

CLOCK_UNITS = frozenset({"S", "MIN", "H"})
_UNIT_LETTERS = {"S": "S", "MIN": "M", "H": "H", "D": "D", "W": "W", "M": "M", "Q": "Q", "Y": "Y", "WE": "WE"}
_LONG_UNITS = {"DE": ("Y", 10), "CE": ("Y", 100), "FN": ("W", 2)}


def duration_value(number: float | None, unit: str) -> str:
    """The TIMEX3 duration of a number (None: unknown) of units: ``P3Y``, ``PT10H``, ``PXM``."""
    letter, factor = _LONG_UNITS.get(unit, (_UNIT_LETTERS.get(unit, unit), 1))
    if number is None:
        text = "X"
        if unit == "DE":
            letter = "DE"
    else:
        total = number * factor
        text = str(int(total)) if float(total).is_integer() else f"{total:g}"
    return f"P{'T' if unit in CLOCK_UNITS else ''}{text}{letter}"


@value_function
def duration(found: Found, context: Context) -> Meaning | None:
    """Value of three years, a week, 16-hour, a few months, year-long, the year ended June 30."""
    number = count_units(found) if {"qty", "vague"} & set(found.words) else 1.0
    if number is not None and "half" in found.words:
        number += 0.5
    return Meaning("DURATION", duration_value(number, found.words["unit"]))


@value_function
def half_unit(found: Found, context: Context) -> Meaning | None:
    """Value of half a year, half-hour."""
    smaller = {"Y": ("M", 6), "H": ("MIN", 30), "DE": ("Y", 5), "CE": ("Y", 50)}
    unit, number = smaller.get(found.words["unit"], (found.words["unit"], 0.5))
    return Meaning("DURATION", duration_value(number, unit))


@value_function
def vague_duration(found: Found, context: Context) -> Meaning | None:
    """Value of months, several years."""
    return Meaning("DURATION", duration_value(None, found.words["unit"]))


@value_function
def set_every(found: Found, context: Context) -> Meaning | None:
    """Value of every week, each year, twice a month, every two years."""
    number = quantity(found.words.get("qty")) if "qty" in found.words else 1.0
    return Meaning("SET", duration_value(number, found.words["unit"]))


@value_function
def set_month(found: Found, context: Context) -> Meaning | None:
    """Value of every July."""
    return Meaning("SET", f"XXXX-{int(found.words['month']):02}")


@value_function
def set_season(found: Found, context: Context) -> Meaning | None:
    """Value of every summer."""
    return Meaning("SET", f"XXXX-{found.words['season']}")


@value_function
def set_word(found: Found, context: Context) -> Meaning | None:
    """Value of daily, annually."""
    return Meaning("SET", found.words["set"])


@value_function
def reference(found: Found, context: Context) -> Meaning | None:
    """Value of recently, now, soon, the future."""
    return Meaning("DATE", found.words["ref"])


@value_function
def these_days(found: Found, context: Context) -> Meaning | None:
    """Value of these days."""
    return Meaning("DATE", "PRESENT_REF")


@value_function
def none(found: Found, context: Context) -> Meaning | None:
    """Value of 10-year-old: an age, no time expression."""
    return None


def count_units(found: Found) -> float | None:
    """How many units the expression names; a couple are two, a few are unknown."""
    if "couple" in found.words.get("vague", ""):
        return 2.0
    return quantity(found.words.get("qty"))
