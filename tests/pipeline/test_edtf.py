"""TIMEX3 values as EDTF."""

from __future__ import annotations

import pytest

from newsparse.pipeline.times.calendar_values import covered_days
from newsparse.pipeline.times.edtf import edtf_of


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2018-07-27", "2018-07-27"),
        ("2018-07", "2018-07"),
        ("2018", "2018"),
        ("2018-07-27T15:00", "2018-07-27T15:00:00"),
        ("2018-07-27T24:00", "2018-07-27"),
        ("2018-07-27TAF", "2018-07-27"),
        ("2018-W30", "2018-07-23/2018-07-29"),
        ("2018-W30-WE", "2018-07-28/2018-07-29"),
        ("2018-Q3", "2018-35"),
        ("2018-H1", "2018-40"),
        ("2018-FA", "2018-23"),
        ("199", "199X"),
        ("19", "19XX"),
        ("P3Y", None),
        ("PAST_REF", None),
        ("XXXX-WXX-5", None),
        (None, None),
    ],
)
def test_value(value: str | None, expected: str | None) -> None:
    days = covered_days(value)
    first, last = (days[0].isoformat(), days[1].isoformat()) if days else (None, None)
    assert edtf_of(value, first, last) == expected


@pytest.mark.parametrize(
    ("value", "first", "last", "expected"),
    [
        ("2018-07-23", "2018-07-23", "2018-07-26", "2018-07-23/2018-07-26"),
        ("P3M", "2018-04-27", "2018-07-27", "2018-04-27/2018-07-27"),
        ("2016", "2016-01-01", "2018-12-31", "2016-01-01/2018-12-31"),
    ],
)
def test_days_beyond_the_value_make_an_interval(value: str, first: str, last: str, expected: str) -> None:
    assert edtf_of(value, first, last) == expected
