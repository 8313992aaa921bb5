"""Values of days and times of day."""

from __future__ import annotations

import re
from datetime import date

from newsparse.pipeline.times.calendar_values import add_days, easter, make_day, nth_weekday, shift
from newsparse.pipeline.times.meaning import (
    FUTURE,
    Context,
    Meaning,
    full_year,
    iso_date,
    named_year,
    nearest_day,
    time_at,
    value_function,
)
from newsparse.pipeline.times.number_words import leading_number, whole_number
from newsparse.pipeline.times.timex import Found
from newsparse.rules.holidays import holidays


@value_function
def iso_day(found: Found, context: Context) -> Meaning | None:
    """Value of 2018-07-27."""
    year, month, day = map(int, found.words["iso"].split("-"))
    value = make_day(year, month, day)
    return time_at(value.isoformat()) if value else None


@value_function
def slash_day(found: Found, context: Context) -> Meaning | None:
    """Value of 7/27/2018, 27/7/2018: the month comes first unless that gives no day."""
    first, second, year = map(int, found.words["slash"].split("/"))
    if year < 100:
        year = full_year(year, context.published.year if context.published else 2000)
    value = make_day(year, first, second) or make_day(year, second, first)
    return time_at(value.isoformat()) if value else None


@value_function
def month_day(found: Found, context: Context) -> Meaning | None:
    """Value of July 27, 27 July 2018, Friday, July 27, March 17-18."""
    words = found.words
    month, number = int(words["month"]), leading_number(words["day"])
    year = named_year(found, context)
    if not _named_month(found) and "year" not in words:
        return None
    if year is not None:
        day = make_day(year, month, number)
        if day is None:
            return None
    else:
        if make_day(2000, month, number) is None:
            return None
        day = _day_near(month, number, found, context)
    if "clock" in words or "noon" in words:
        return _clock_on(found, day)
    part = words.get("daypart")
    if "day2" in words and day:
        last = make_day(day.year, month, leading_number(words["day2"]))
        if last and last > day:
            return Meaning("DATE", day.isoformat(), (day, last))
    return time_at(iso_date(day), part)


def _named_month(found: Found) -> bool:
    return "month" in found.words


def _day_near(month: int, number: int, found: Found, context: Context) -> date | None:
    published = context.published
    if published is None:
        return None
    wanted = int(found.words["wd"]) if "wd" in found.words else None
    days = [day for step in (-1, 0, 1) if (day := make_day(published.year + step, month, number))]
    fitting = [day for day in days if wanted is None or day.weekday() == wanted] or days
    return nearest_day(fitting, published, context.direction(found)) if fitting else None


@value_function
def ordinal_day(found: Found, context: Context) -> Meaning | None:
    """Value of the 27th, Friday the 27th: a day of the month of publication or one next to it."""
    if "wd" not in found.words:
        return None
    return time_at(iso_date(_this_month(found, context)))


def _this_month(found: Found, context: Context) -> date | None:
    if context.published is None:
        return None
    number = leading_number(found.words["day"])
    months = [shift(context.published.replace(day=1), "M", step) for step in (-1, 0, 1)]
    days = [day for first in months if first and (day := make_day(first.year, first.month, number))]
    return nearest_day(days, context.published, context.direction(found)) if days else None


@value_function
def holiday(found: Found, context: Context) -> Meaning | None:
    """Value of Thanksgiving Day, Christmas Eve 2018, last Easter, 9/11."""
    name = found.words["holiday"]
    if name == "9/11":
        return time_at("2001-09-11")
    rule = holidays().get(f"{name}-eve" if "eve" in found.words else name)
    if rule is None:
        return None
    year = named_year(found, context)
    if year is not None and "year_rel" not in found.words:
        return time_at(iso_date(_holiday(rule, year)))
    published = context.published
    if published is None:
        return time_at(None)
    days = [day for step in (-1, 0, 1) if (day := _holiday(rule, published.year + step))]
    direction = int(found.words.get("year_rel", context.direction(found)))
    if "year_rel" in found.words and direction:
        days = [day for day in days if (day - published).days * direction > 0]
    return time_at(nearest_day(days, published, direction).isoformat()) if days else None


def _holiday(rule: str, year: int) -> date | None:
    if rule.startswith("easter"):
        sunday = easter(year)
        return add_days(sunday, int(rule[6:])) if sunday else None
    if "/" in rule:
        nth, _, after = rule.partition("+")
        month, weekday_number, number = map(int, nth.split("/"))
        day = nth_weekday(year, month, weekday_number, number)
        return add_days(day, int(after or 0)) if day else None
    month, number = map(int, rule.split("-"))
    return make_day(year, month, number)


@value_function
def weekday(found: Found, context: Context) -> Meaning | None:
    """Value of Friday, late Friday, Friday afternoon, Monday through Thursday."""
    if "wd2" in found.words:
        return _weekdays(found, _weekday(found, context))
    return time_at(iso_date(_weekday(found, context)), found.words.get("daypart"))


def _weekdays(found: Found, first: date | None) -> Meaning:
    """The days from one weekday to another."""
    days = (int(found.words["wd2"]) - int(found.words["wd"])) % 7
    last = add_days(first, days) if first else None
    return Meaning("DATE", iso_date(first), (first, last) if first and last else None)


def _weekday(found: Found, context: Context) -> date | None:
    published = context.published
    if published is None:
        return None
    wanted = int(found.words["wd"])
    back = (published.weekday() - wanted) % 7
    if "rel" in found.words:
        return _relative_weekday(int(found.words["rel"]), back, published)
    if back == 0 or context.direction(found) != FUTURE:
        return add_days(published, -back)
    return add_days(published, 7 - back)


def _relative_weekday(rel: int, back: int, published: date) -> date | None:
    if rel < 0:
        return add_days(published, -(back or 7))
    if rel > 0:
        return add_days(published, 7 - back)
    return add_days(published, -back if back <= published.weekday() else 7 - back)


@value_function
def week_day(found: Found, context: Context) -> Meaning | None:
    """Value of Friday of last week, next week on Friday."""
    published = context.published
    day = None
    if published:
        days = int(found.words["wd"]) - published.weekday() + 7 * int(found.words["rel"])
        day = add_days(published, days)
    return time_at(iso_date(day), found.words.get("daypart"))


@value_function
def set_weekday(found: Found, context: Context) -> Meaning | None:
    """Value of every Friday, Fridays."""
    value = found.words["wd"]
    number = int(value) + 1 if value.isdigit() else None
    return Meaning("SET", f"XXXX-WXX-{number}" if number else "XXXX-WXX")


@value_function
def deictic_day(found: Found, context: Context) -> Meaning | None:
    """Value of today, yesterday morning, tonight, this afternoon."""
    day = add_days(context.published, int(found.words.get("day", "0"))) if context.published else None
    return time_at(iso_date(day), found.words.get("daypart"))


@value_function
def last_night(found: Found, context: Context) -> Meaning | None:
    """Value of last night."""
    day = add_days(context.published, -1) if context.published else None
    return time_at(iso_date(day), found.words["daypart"])


@value_function
def day_before_yesterday(found: Found, context: Context) -> Meaning | None:
    """Value of the day before yesterday, the day after tomorrow."""
    step = int(found.words["step"]) + int(found.words["day"])
    return time_at(iso_date(add_days(context.published, step) if context.published else None))


@value_function
def clock(found: Found, context: Context) -> Meaning | None:
    """Value of 10 p.m. Wednesday, noon, 14:30."""
    words = found.words
    if "month" in words:
        return month_day(found, context)
    if "wd" in words:
        day = _weekday(found, context)
    elif "day" in words:
        day = add_days(context.published, int(words["day"])) if context.published else None
    else:
        day = context.mentioned_day or context.published
    return _clock_on(found, day)


def _clock_on(found: Found, day: date | None) -> Meaning | None:
    words = found.words
    if "noon" in words:
        time = words["noon"]
    else:
        numbers = [whole_number(word) for word in re.split(r"[:.]", words["clock"])]
        hour, minute = numbers[0], numbers[1] if len(numbers) > 1 else 0
        if hour is None or minute is None or hour > 23 or minute > 59:
            return None
        later_half = words.get("ampm") == "pm" or words.get("daypart") in {"AF", "EV", "NI"}
        if "ampm" in words and hour > 12:
            return None
        if later_half and hour < 12:
            hour += 12
        elif words.get("ampm") == "am" and hour == 12:
            hour = 0
        time = f"{hour:02}:{minute:02}"
    return Meaning("TIME", f"{day.isoformat()}T{time}" if day else None)
