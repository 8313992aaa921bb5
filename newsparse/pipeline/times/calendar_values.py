"""TIMEX3 values of calendar days, weeks, months …: writing them, shifting them, and the days that they cover.

Values follow TIMEX3 (Saurí et al. 2006): ``2018-07-27``, ``2018-07-27TAF``, ``2018-W30``, ``2018-W30-WE``,
``2018-07``, ``2018-Q3``, ``2018-H1``, ``2018-FA``, ``2018``, ``199`` (the 1990s), ``19`` (the 20th century).
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

_MONTHS_OF_QUARTER = 3
_SEASON_STARTS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
"""First month of each season, three months long; winter runs into the next year."""
_FIELDS = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?|-W(?P<week>\d\d)(?P<weekend>-WE)?"
    r"|-Q(?P<quarter>[1-4])|-H(?P<half>[12])|-(?P<season>SP|SU|FA|WI))?(?:T.*)?"
)


def make_day(year: int, month: int, day: int) -> date | None:
    """The day, or None if there is none (30 February, year 0)."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def add_days(day: date, days: int) -> date | None:
    """The day so many days on, or None beyond the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def add_months(day: date, months: int) -> date | None:
    """The same day so many months on (the month's last day if it is shorter), or None beyond the calendar."""
    number = day.year * 12 + day.month - 1 + months
    year, month = divmod(number, 12)
    if not date.min.year <= year <= date.max.year:
        return None
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def week_value(day: date) -> str:
    """The ISO week of a day: ``2018-W30``."""
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


def month_value(day: date) -> str:
    """The month of a day: ``2018-07``."""
    return f"{day.year:04}-{day.month:02}"


def period_value(day: date, unit: str) -> str | None:
    """The day, week, month, quarter … (by its unit's letters in ``times.yaml``) in which a day lies."""
    makers = {
        "D": day.isoformat(),
        "W": week_value(day),
        "FN": week_value(day),
        "WE": week_value(day) + "-WE",
        "M": month_value(day),
        "Q": f"{day.year:04}-Q{(day.month - 1) // _MONTHS_OF_QUARTER + 1}",
        "Y": f"{day.year:04}",
        "DE": f"{day.year // 10:03}",
        "CE": f"{day.year // 100:02}",
    }
    return makers.get(unit)


def shift(day: date, unit: str, number: int) -> date | None:
    """The day that lies ``number`` units on (back, if negative); None for units below a day or beyond the calendar."""
    days = {"D": 1, "W": 7, "FN": 14, "WE": 7}
    months = {"M": 1, "Q": 3, "Y": 12, "DE": 120, "CE": 1200}
    if abs(number) > date.max.year * 366:
        return None
    if unit in days:
        return add_days(day, days[unit] * number)
    if unit in months:
        return add_months(day, months[unit] * number)
    return None


def covered_days(value: str | None) -> tuple[date, date] | None:
    """First and last day of what a value denotes; None for durations, sets and vague references."""
    if value is None:
        return None
    if re.fullmatch(r"\d{3}", value):
        return _years(int(value) * 10, int(value) * 10 + 9)
    if re.fullmatch(r"\d{2}", value):
        return _years(int(value) * 100, int(value) * 100 + 99)
    match = _FIELDS.fullmatch(value)
    if match is None:
        return None
    year = int(match["year"])
    if match["day"]:
        day = make_day(year, int(match["month"]), int(match["day"]))
        return (day, day) if day else None
    if match["week"]:
        return _week(year, int(match["week"]), bool(match["weekend"]))
    if match["month"]:
        return _months(year, int(match["month"]), 1)
    if match["quarter"]:
        return _months(year, _MONTHS_OF_QUARTER * int(match["quarter"]) - 2, _MONTHS_OF_QUARTER)
    if match["half"]:
        return _months(year, 6 * int(match["half"]) - 5, 6)
    if match["season"]:
        return _months(year, _SEASON_STARTS[match["season"]], _MONTHS_OF_QUARTER)
    return _years(year, year)


def season_start(year: int, season: str) -> date | None:
    """The first day of a season, by months; None beyond the calendar."""
    return make_day(year, _SEASON_STARTS[season], 1)


def _years(first: int, last: int) -> tuple[date, date] | None:
    start, end = make_day(first, 1, 1), make_day(last, 12, 31)
    return (start, end) if start and end else None


def _months(year: int, month: int, number: int) -> tuple[date, date] | None:
    start = make_day(year, month, 1)
    end = add_months(start, number) if start else None
    return (start, end - timedelta(days=1)) if start and end else None


def _week(year: int, week: int, weekend: bool) -> tuple[date, date] | None:
    try:
        monday = date.fromisocalendar(year, week, 1)
        return (monday + timedelta(days=5 if weekend else 0), monday + timedelta(days=6))
    except (ValueError, OverflowError):
        return None


def easter(year: int) -> date | None:
    """Easter Sunday of the Gregorian calendar, by the anonymous algorithm (Nature, 1876); None beyond the calendar."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    j = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * j) // 451
    month, day = divmod(h + j - 7 * m + 114, 31)
    return make_day(year, month, day + 1)


def nth_weekday(year: int, month: int, weekday: int, number: int) -> date | None:
    """The ``number``-th Monday (0) … Sunday (6) of a month, the last one for -1; None if there is none."""
    if not date.min.year <= year <= date.max.year:
        return None
    if number < 0:
        last = date(year, month, calendar.monthrange(year, month)[1])
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return make_day(year, month, 1 + (weekday - first.weekday()) % 7 + 7 * (number - 1))
