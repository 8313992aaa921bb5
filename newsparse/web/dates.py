"""Tells whether a publication date really stands on the page.

Where a page gives only a year or a month (``Copyright 2020``), date finders answer with its first day. Such a day
is invented and would date every ``Friday`` of the article wrongly.
"""

from __future__ import annotations

import re
from datetime import date

MONTHS = (
    "jan(?:uary)?", "feb(?:ruary)?", "mar(?:ch)?", "apr(?:il)?", "may", "june?", "july?", "aug(?:ust)?",
    "sept?(?:ember)?", "oct(?:ober)?", "nov(?:ember)?", "dec(?:ember)?",
)  # fmt: skip
"""Patterns of the months' English names."""

_SEPARATOR = r"[-/._\s]{0,3}"


def stands_in(page: str, iso: str) -> bool:
    """Whether a page shows the day of a date that is the first of a month; other days nobody invents.

    Args:
        page: the page's source.
        iso: the date that was found.
    """
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return False
    return day.day != 1 or _pattern(day).search(page) is not None


def _pattern(day: date) -> re.Pattern[str]:
    year, month = f"(?:{day.year}|{day.year % 100:02})", f"0?{day.month}"
    name = rf"{MONTHS[day.month - 1]}\.?"
    numeric = (
        rf"{day.year}{_SEPARATOR}{day.month:02}{_SEPARATOR}01(?!\d)",
        rf"{day.year}[-/.]{month}[-/.]0?1(?!\d)",
        rf"(?<!\d)0?1[-/.]{month}[-/.]{year}(?!\d)",
        rf"(?<!\d){month}[-/.]0?1[-/.]{year}(?!\d)",
    )
    worded = (rf"\b{name}\s*0?1(?:st)?,?\s+{day.year}", rf"(?<!\d)0?1(?:st)?\s+(?:of\s+)?{name},?\s+{day.year}")
    return re.compile("|".join((*numeric, *worded)), re.IGNORECASE)
