"""TIMEX3 values as EDTF, the Extended Date/Time Format of ISO 8601-2 and the Library of Congress (levels 0 to 2)."""

from __future__ import annotations

import re

from newsparse.pipeline.times.calendar_values import covered_days

_PARTS = {"SP": "21", "SU": "22", "FA": "23", "WI": "24", "Q1": "33", "Q2": "34", "Q3": "35", "Q4": "36"}
_PARTS |= {"H1": "40", "H2": "41"}
"""Seasons, quarters and halves of a year; EDTF numbers them after the months."""
_PLAIN = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_CLOCK = re.compile(r"(\d{4}-\d\d-\d\d)T((?:[01]\d|2[0-3]):\d\d)")


def edtf_of(value: str | None, first: str | None, last: str | None) -> str | None:
    """A time expression as EDTF.

    Args:
        value: TIMEX3 value.
        first: the first day that the expression covers, an ISO date, if it is known.
        last: the last one.

    Returns:
        ``2018-07-27``, ``2018-07``, ``2018``, ``2018-07-27T15:00:00``, ``199X``, ``2018-35`` (the third quarter), or an
        interval of days for what has no sign of its own, such as weeks; None for durations, sets and vague times.
    """
    if value is None or first is None or last is None:
        return None
    days = covered_days(value)
    if days is None or (days[0].isoformat(), days[1].isoformat()) != (first, last):
        return _interval(first, last)
    if _PLAIN.fullmatch(value):
        return value
    if clock := _CLOCK.fullmatch(value):
        return f"{clock[1]}T{clock[2]}:00"
    if value.isdigit():
        return value.ljust(4, "X")
    year, _, part = value.partition("-")
    return f"{year}-{_PARTS[part]}" if part in _PARTS else _interval(first, last)


def _interval(first: str, last: str) -> str:
    return first if first == last else f"{first}/{last}"
