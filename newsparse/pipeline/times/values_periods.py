"""Values of weeks, months, years and longer, and of what is counted from a day."""

from __future__ import annotations

import re
from datetime import date

from newsparse.pipeline.times.calendar_values import (
    add_days,
    covered_days,
    make_day,
    month_value,
    period_value,
    season_start,
    shift,
    week_value,
)
from newsparse.pipeline.times.meaning import (
    FUTURE,
    PAST,
    Context,
    Meaning,
    iso_date,
    named_year,
    nearest_year,
    time_at,
    value_function,
)
from newsparse.pipeline.times.number_words import leading_number, spelled_year
from newsparse.pipeline.times.timex import Found
from newsparse.pipeline.times.values_amounts import CLOCK_UNITS, count_units, duration, duration_value
from newsparse.pipeline.times.values_days import month_day

_AGAINST_MONTHS = 6.5
"""So many months further off counts a month that the tense speaks against."""
_AGAINST_QUARTERS = 2
_SUNDAY = 6
_MARCH = 3


@value_function
def month(found: Found, context: Context) -> Meaning | None:
    """Value of July, late July 2018, July of last year, last October, March to May 2018."""
    number = int(found.words["month"])
    year = named_year(found, context)
    if year is None and context.published:
        year = _year_of_month(number, found, context.published, context)
    if year is None:
        return time_at(None)
    first = make_day(year, number, 1)
    if first is None:
        return None
    if "month2" in found.words:
        last = covered_days(f"{year:04}-{int(found.words['month2']):02}")
        if last and last[1] > first:
            return Meaning("DATE", month_value(first), (first, last[1]))
    return time_at(month_value(first))


def _year_of_month(number: int, found: Found, published: date, context: Context) -> int:
    current = published.month
    if "rel" in found.words:
        rel = int(found.words["rel"])
        if rel == 0:
            return published.year
        return published.year + rel if (number - current) * rel <= 0 else published.year
    direction = context.direction(found)
    years = [published.year + step for step in (0, -1, 1)]
    steps = [(12 * (year - published.year) + number - current, year) for year in years]
    return nearest_year(steps, direction, _AGAINST_MONTHS)


@value_function
def rel_period(found: Found, context: Context) -> Meaning | None:
    """Value of last week, earlier this month, next year."""
    if found.words["unit"] == "D":
        return anaphoric(found, context)
    return _period(found.words["unit"], int(found.words["rel"]), context.published)


def _period(unit: str, step: int, anchor: date | None) -> Meaning:
    if unit in {"DE", "CE"} and step < 0:
        return Meaning("DURATION", duration_value(1, unit))
    if anchor and unit == "W":
        anchor = _week_day(anchor)
    day = shift(anchor, unit, step) if anchor else None
    if day and unit == "WE" and anchor and anchor.weekday() < 5 and step > 0:
        day = anchor
    return time_at(period_value(day, unit) if day else None)


def _week_day(day: date) -> date:
    """A day of the ISO week that is *this week* to American papers: their weeks begin on Sunday."""
    return add_days(day, 1) or day if day.weekday() == _SUNDAY else day


@value_function
def this_period(found: Found, context: Context) -> Meaning | None:
    """Value of the end of the year, year-end, the weekend, the full year."""
    unit = found.words["unit"]
    published = context.published
    if unit == "WE" and published and published.weekday() < 5 and context.direction(found) != FUTURE:
        return _period(unit, -1, published)
    if unit == "D":
        return time_at(iso_date(context.mentioned_day or published))
    return _period(unit, 0, published)


@value_function
def week_of(found: Found, context: Context) -> Meaning | None:
    """Value of the week of March 6."""
    meaning = month_day(found, context)
    days = meaning.covered() if meaning else None
    return time_at(week_value(days[0]) if days else None)


@value_function
def rel_span(found: Found, context: Context) -> Meaning | None:
    """Value of the last three years, the next few weeks."""
    unit, rel = found.words["unit"], int(found.words["rel"])
    number = count_units(found)
    value = duration_value(number, unit)
    return Meaning("DURATION", value, _span(context.published, unit, number, rel))


def _span(published: date | None, unit: str, number: float | None, rel: int) -> tuple[date, date] | None:
    if published is None or number is None or not number.is_integer() or rel == 0:
        return None
    other = shift(published, unit, int(number) * rel)
    return (min(other, published), max(other, published)) if other else None


@value_function
def past_span(found: Found, context: Context) -> Meaning | None:
    """Value of recent years, past weeks."""
    return Meaning("DATE", "PAST_REF")


@value_function
def next_span(found: Found, context: Context) -> Meaning | None:
    """Value of coming weeks, future years."""
    return Meaning("DATE", "FUTURE_REF")


@value_function
def ago(found: Found, context: Context) -> Meaning | None:
    """Value of two weeks ago, a year from now, several years ago."""
    if "future" in found.words:
        return counted(found, context.published, 1)
    return _year_before(found, context) or counted(found, context.published, -1)


def _year_before(found: Found, context: Context) -> Meaning | None:
    """In a report on a quarter, ``a year ago`` is the same quarter of the year before."""
    counted_year = found.words.get("unit") == "Y" and count_units(found) == 1
    if context.quarter is None or not (counted_year or found.rule == "year_ago"):
        return None
    return _period("Q", -4, context.quarter)


def counted(found: Found, anchor: date | None, direction: int) -> Meaning:
    """So many units before (-1) or after (1) a day; vague without a number."""
    unit, number = found.words["unit"], count_units(found)
    if number is None:
        return Meaning("DATE", "PAST_REF" if direction < 0 else "FUTURE_REF")
    if unit in CLOCK_UNITS:
        return time_at(iso_date(anchor) if number < 12 else None)
    day = shift(anchor, unit, round(number) * direction) if anchor else None
    return time_at(period_value(day, {"DE": "Y", "CE": "Y"}.get(unit, unit)) if day else None)


@value_function
def later(found: Found, context: Context) -> Meaning | None:
    """Value of two days later, a year earlier: counted from the last day mentioned."""
    direction = int(found.words["dir"])
    before = _year_before(found, context) if direction < 0 else None
    return before or counted(found, _anchor(context, found.words["unit"]), direction)


def _anchor(context: Context, unit: str) -> date | None:
    """What ``later`` and ``the next`` count from: days from the last day mentioned, longer units from any time."""
    mentioned = context.mentioned if unit in {"M", "Q", "Y", "DE", "CE"} else context.mentioned_day
    return mentioned or context.published


@value_function
def year_ago(found: Found, context: Context) -> Meaning | None:
    """Value of year-ago, the year-earlier period."""
    return _year_before(found, context) or _period("Y", -1, context.published)


@value_function
def anaphoric(found: Found, context: Context) -> Meaning | None:
    """Value of the next day, that month, the same evening: counted from the last day mentioned."""
    anchor = _anchor(context, found.words.get("unit", "D"))
    step = int(found.words["rel"])
    if "unit" in found.words:
        return _period(found.words["unit"], step, anchor)
    part = found.words["daypart"]
    return time_at(iso_date(add_days(anchor, step)) if anchor else None, part)


@value_function
def year(found: Found, context: Context) -> Meaning | None:
    """Value of 2018, late 2018, fiscal 2019."""
    return time_at(f"{int(found.words['year']):04}")


@value_function
def year_range(found: Found, context: Context) -> Meaning | None:
    """Value of 2016-2018, 2016-18."""
    first, text = int(found.words["year"]), found.words["year2"]
    if not text.isdigit() or len(text) not in (2, 4):
        return None
    last = int(text) if len(text) == 4 else first // 100 * 100 + int(text)
    days, end = covered_days(f"{first:04}"), covered_days(f"{last:04}")
    if last <= first or not days or not end:
        return None
    return Meaning("DATE", f"{first:04}", (days[0], end[1]))


@value_function
def year_in_words(found: Found, context: Context) -> Meaning | None:
    """Value of nineteen ninety-six, two thousand."""
    number = spelled_year(found.words["spelled"])
    return time_at(f"{number:04}") if number else None


@value_function
def decade(found: Found, context: Context) -> Meaning | None:
    """Value of the 1990s, the '90s, the nineties."""
    digits = re.sub(r"\D", "", found.words["decade"])
    if len(digits) == 4:
        return time_at(digits[:3])
    if found.words["decade"].strip("0123456789s") == "" and len(digits) == 2:
        return None
    base = context.published.year if context.published else 2000
    short = int(digits[0]) * 10
    century = base // 100 * 100
    full = century + short if century + short <= base else century - 100 + short
    return time_at(f"{full // 10:03}")


@value_function
def century(found: Found, context: Context) -> Meaning | None:
    """Value of the 20th century."""
    number = leading_number(found.words["ord"])
    return time_at(f"{number - 1:02}") if 0 < number < 100 else None


@value_function
def quarter(found: Found, context: Context) -> Meaning | None:
    """Value of the third quarter, the first quarter of 2018."""
    number = leading_number(found.words["ord"])
    if not 1 <= number <= 4:
        return None
    year = named_year(found, context)
    if year is None and context.published:
        year = _quarter_year(number, context.published, context.direction(found))
    return time_at(f"{year:04}-Q{number}" if year else None)


def _quarter_year(number: int, published: date, direction: int) -> int:
    current = (published.month - 1) // 3 + 1
    years = [published.year + step for step in (0, -1, 1)]
    steps = [(4 * (year - published.year) + number - current, year) for year in years]
    return nearest_year(steps, direction or PAST, _AGAINST_QUARTERS)


@value_function
def half(found: Found, context: Context) -> Meaning | None:
    """Value of the first half of 2018, the second half of the year."""
    number = leading_number(found.words["ord"])
    year = named_year(found, context) or (context.published.year if context.published else None)
    return time_at(f"{year:04}-H{number}" if year else None) if number in (1, 2) else None


@value_function
def rel_quarter(found: Found, context: Context) -> Meaning | None:
    """Value of last quarter, the current quarter, the latest quarter, the quarter ended Sept. 30."""
    if "rel" in found.words:
        return _period("Q", int(found.words["rel"]), context.published)
    if "year" in found.words:
        return _quarter_of(int(found.words["year"]), context)
    return _period("Q", 0, context.quarter) if context.quarter else _period("Q", -1, context.published)


def _quarter_of(year: int, context: Context) -> Meaning:
    """Value of the 1988 quarter, the 1988 period: the quarter being reported on, of another year."""
    quarter = context.quarter and make_day(year, context.quarter.month, 1)
    return _period("Q", 0, quarter) if quarter else time_at(f"{year:04}")


@value_function
def season(found: Found, context: Context) -> Meaning | None:
    """Value of last fall, summer 2018, this spring."""
    year = named_year(found, context)
    if year is None:
        return bare_season(found, context)
    return time_at(f"{year:04}-{found.words['season']}")


@value_function
def bare_season(found: Found, context: Context) -> Meaning | None:
    """Value of the fall, late summer."""
    published, name = context.published, found.words["season"]
    if published is None:
        return time_at(None)
    rel = int(found.words.get("rel", context.direction(found)))
    starts = [day for step in (-2, -1, 0, 1) if (day := season_start(published.year + step, name))]
    if "rel" in found.words and rel == 0:
        year = published.year - (name == "WI" and published.month < _MARCH)
        return time_at(f"{year:04}-{name}")
    best = _nearest_season(starts, published, rel, strict="rel" in found.words)
    return time_at(f"{best.year:04}-{name}")


def _nearest_season(starts: list[date], published: date, direction: int, strict: bool) -> date:
    length = 91
    if direction < 0:
        return max([day for day in starts if (published - day).days >= (length if strict else 0)] or starts[:1])
    if direction > 0:
        return min([day for day in starts if (day - published).days >= (1 if strict else -length)] or starts[-1:])
    return min(starts, key=lambda day: abs((day - published).days + length // 2))


@value_function
def within(found: Found, context: Context) -> Meaning | None:
    """Value of in five years: a time ahead, or how long it took."""
    if context.direction(found) == FUTURE:
        return counted(found, context.published, 1)
    return duration(found, context)
