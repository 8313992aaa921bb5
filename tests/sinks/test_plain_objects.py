"""Articles and failures as plain objects."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from newsparse.article import Article
from newsparse.sinks.plain import article_object, failure_object
from newsparse.sources import Failure

ARTICLE = Article(
    id="ar-1",
    text="A title\n\nThe body.\n\nMore.",
    title="A title",
    url="https://a.example/1",
    published="2019-03-05",
    site="a.example",
    authors=("Sam Field",),
    language="en",
    retrieved="2026-11-23T10:00:00Z",
    extra={"desk": "metro", "id": "never the id"},
    warnings=(),
)


@pytest.mark.parametrize(
    ("changes", "body"),
    [
        ({}, "The body.\n\nMore."),
        ({"title": None}, "A title\n\nThe body.\n\nMore."),
        ({"text": "A title\n\nA title\n\nThe body."}, "A title\n\nThe body."),
    ],
)
def test_text_is_the_body(changes: dict[str, Any], body: str) -> None:
    assert article_object(dataclasses.replace(ARTICLE, **changes))["text"] == body


def test_keys_in_order_and_unknown_ones_beside_them() -> None:
    plain = article_object(ARTICLE)
    keys = ["id", "url", "title", "published", "site", "authors", "language", "retrieved", "text", "desk"]
    assert list(plain) == keys
    assert plain["id"] == "ar-1"
    assert plain["authors"] == ["Sam Field"]


def test_failure() -> None:
    failure = Failure(source="https://a.example/1", stage="fetch", code="http-404", message="not found", status=404)
    assert failure_object(failure) == {
        "source": "https://a.example/1",
        "stage": "fetch",
        "error": {"code": "http-404", "message": "not found"},
        "status": 404,
    }
