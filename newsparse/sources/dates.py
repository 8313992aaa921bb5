"""Publication dates as people write them in data → ISO dates."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

_ISO = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ].*)?", re.DOTALL)
_NUMERIC = re.compile(r"\s*(\d{1,2})[-/.](\d{1,2})[-/.]\d{2,4}\b")
MAX_LENGTH = 100
"""Longest text that is tried as a date; all date formats are shorter."""

_SETTINGS: dict[str, Any] = {
    "REQUIRE_PARTS": ["day", "month", "year"],
    "PARSERS": ["absolute-time"],  # "yesterday" in data has no fixed meaning
    "DATE_ORDER": "MDY",
}


def iso_date(value: str) -> tuple[str | None, str | None]:
    """The day a text names, as it stands there: times of day and zones do not move it.

    Returns:
        the ISO date or None, and a warning or None.
    """
    value = value.strip()
    iso = _ISO.fullmatch(value)
    try:
        if iso:
            return date.fromisoformat(iso[1]).isoformat(), None
    except ValueError:
        return None, _unreadable(value)
    found = _parse(value) if len(value) <= MAX_LENGTH else None
    if found is None:
        return None, _unreadable(value)
    numbers = _NUMERIC.match(value)
    if numbers and max(int(numbers[1]), int(numbers[2])) <= 12 and numbers[1] != numbers[2]:
        return found, f"published {value!r} is read as {found} (month first); write dates as {found}"
    return found, None


def _parse(value: str) -> str | None:
    import dateparser

    try:
        found = dateparser.parse(value, languages=["en"], settings=_SETTINGS)
    except (ValueError, OverflowError):
        return None
    return found.date().isoformat() if found else None


def _unreadable(value: str) -> str:
    return f"published {value[:MAX_LENGTH]!r} is no date such as 2018-07-27 and is left out"
