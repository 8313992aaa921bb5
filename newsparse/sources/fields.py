"""The keys of an article in JSONL: which there are and what type each has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any


class BadFieldError(Exception):
    """A field has the wrong type; the message names it."""


def _string(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _identifier(value: object) -> str | None:
    """Numbers are common as ids and have one spelling as text; booleans are numbers to Python only."""
    return str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else None


def _names(value: object) -> tuple[str, ...] | None:
    if isinstance(value, str):
        return (value,) if value.strip() else ()
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    return None


def _object(value: object) -> dict[str, Any] | None:
    return value if isinstance(value, dict) else None


FIELDS: Mapping[str, tuple[Callable[[object], object | None], str]] = MappingProxyType(
    {
        "id": (_identifier, "a string"),
        "url": (_string, "a string"),
        "title": (_string, "a string"),
        "published": (_string, "a string such as 2018-07-27"),
        "site": (_string, "a string"),
        "authors": (_names, "a list of strings"),
        "language": (_string, "a string such as en"),
        "retrieved": (_string, "a string"),
        "text": (_string, "a string"),
        "html": (_string, "a string"),
        "extra": (_object, "an object"),
    }
)
"""The keys newsparse knows; each with what takes its value (None: wrong type) and what it should be."""


def known_fields(row: Mapping[str, Any]) -> dict[str, Any]:
    """The known fields that are there and not null; all others under ``extra``.

    Raises:
        BadFieldError: a known field has the wrong type.
    """
    fields: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    for key, value in row.items():
        if key not in FIELDS:
            extra[key] = value
        elif value is not None:
            take, expected = FIELDS[key]
            taken = take(value)
            if taken is None:
                raise BadFieldError(f"{key} is {type(value).__name__}, it should be {expected}")
            fields[key] = taken
    fields["extra"] = fields.get("extra", {}) | extra
    return {key: value for key, value in fields.items() if value not in ("", ())}
