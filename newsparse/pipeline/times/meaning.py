"""What a time expression can mean and depends on, and what its value functions share."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from newsparse.pipeline.times.calendar_values import covered_days
from newsparse.pipeline.times.number_words import spelled_year
from newsparse.pipeline.times.timex import Found

PAST, UNKNOWN, FUTURE = -1, 0, 1
_AGAINST_DIRECTION = 200
"""So many days further off counts a date that the tense speaks against: ``gave no reason for the Jan. 14 deadline``."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a value depends on: the day of publication, the last time and the last day mentioned before it.

    ``quarter`` is the first day of the quarter that is being reported on. ``direction`` tells whether what is said of
    the expression lies in the past or the future.
    """

    published: date | None
    mentioned: date | None
    mentioned_day: date | None
    quarter: date | None
    direction: Callable[[Found], int]


@dataclass(frozen=True, slots=True)
class Meaning:
    """TIMEX3 type and value; ``days`` are its first and last day where they are not those of the value."""

    type: str
    value: str | None
    days: tuple[date, date] | None = None

    def covered(self) -> tuple[date, date] | None:
        """First and last day, if they are known."""
        return self.days or covered_days(self.value)


ValueFunction = Callable[[Found, Context], "Meaning | None"]
FUNCTIONS: dict[str, ValueFunction] = {}
"""Name in ``times.yaml`` → the function. A function returns None where the match is no time expression."""


def value_function(function: ValueFunction) -> ValueFunction:
    """Make a function known to ``times.yaml`` by its name."""
    FUNCTIONS[function.__name__] = function
    return function


def time_at(value: str | None, part: str | None = None) -> Meaning:
    """A day (or longer period), with the part of the day if one is named."""
    if part is None:
        return Meaning("DATE", value)
    return Meaning("TIME", f"{value}T{part}" if value else None)


def iso_date(day: date | None) -> str | None:
    """The day as an ISO date."""
    return day.isoformat() if day else None


def nearest_day(candidates: list[date], published: date, direction: int) -> date:
    """The candidate that lies nearest to the publication, those against the direction of time being further off."""

    def distance(day: date) -> int:
        days = (day - published).days
        return abs(days) + (_AGAINST_DIRECTION if days * direction < 0 else 0)

    return min(candidates, key=distance)


def named_year(found: Found, context: Context) -> int | None:
    """The year that the expression names: ``2018``, ``last year``."""
    words = found.words
    if "year" in words:
        return int(words["year"])
    if "spelled" in words:
        return spelled_year(words["spelled"])
    if "short_year" in words and context.published:
        return full_year(int(re.sub(r"\D", "", words["short_year"])), context.published.year)
    if "year_rel" in words and context.published:
        return context.published.year + int(words["year_rel"])
    return None


def full_year(short: int, published: int) -> int:
    """The year of two digits that is nearest to the publication."""
    century = published // 100 * 100
    return min((century + step + short for step in (-100, 0, 100)), key=lambda year: abs(year - published))


def nearest_year(years: list[tuple[int, int]], direction: int, against: float) -> int:
    """The year whose period lies the fewest steps from the current one; ``against`` more if tense speaks against it."""
    return min(years, key=lambda item: abs(item[0]) + (against if item[0] * direction < 0 else 0))[1]
