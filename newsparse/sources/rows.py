"""A row of JSONL, CSV or Parquet → Article."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from newsparse.article import Article, from_html, from_text
from newsparse.sources.base import Failure, Item, ReadOptions, attempt
from newsparse.sources.dates import iso_date
from newsparse.sources.fields import BadFieldError, known_fields


def from_row(row: Mapping[str, Any], place: str, options: ReadOptions) -> Item:
    """The article of a row, or why there is none.

    Args:
        row: its values by name.
        place: how to call it in a failure.
        options: how to read; ``text_field`` and the like say what the columns are called.
    """
    try:
        fields = known_fields(_renamed(row, options))
    except BadFieldError as error:
        return Failure(place, "read", "bad-field", f"{place}: {error}")
    text, html = fields.pop("text", None), fields.pop("html", None)
    if not (text or html):
        return Failure(place, "read", "no-text", f"{place}: the object has neither text nor html")
    published = fields.pop("published", None)
    if published:
        fields["published"], warning = iso_date(published)
        fields["warnings"] = [warning] if warning else []

    def make() -> Article:
        return from_text(text, **fields) if text else from_html(html, fast=options.fast, **fields)

    return attempt(place, make, options)


def _renamed(row: Mapping[str, Any], options: ReadOptions) -> Mapping[str, Any]:
    """The row under the names that newsparse knows; the user's choice displaces a column that has the name."""
    chosen = {"text": options.text_field, "html": options.html_field, "url": options.url_field}
    names = {found: name for name, found in chosen.items() if found is not None and found in row}
    if not names:
        return row
    displaced = set(names.values()) - set(names)
    return {names.get(key, key): value for key, value in row.items() if key not in displaced}
