"""Whatever the text: a record comes out, and all of it is true to the text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import samples
import shipped
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from newsparse.article import Article, from_text
from newsparse.records import ArticleRecord
from newsparse.validation import check_record

unhurried = settings(
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
    suppress_health_check=[HealthCheck.too_slow],
)
"""The same examples in every run, without a limit of time for each."""

ODD = (
    "“”‘’«»„‚\"'`´–—…\u00a0\u00ad\u200b\u200d\u200e\u200f\u202e\u2028\u2029\ufeff\u0301\u0338\u0000\ud800"
    "\t\n\r\x0b\x85\U0001f600\U0001f1e8\U0001f1ed👩‍👩‍👧שלוםعربي中文ﬁİßẞ①½€$%&<>{}[]()\\/|*_#@.,;:!?-0123456789"
)
"""Characters that break tokenizers, offsets and encodings: marks, directions, joiners, surrogates, odd cases."""


def sentences() -> list[str]:
    bodies = [shipped.article(slug).body for slug in samples.SLUGS]
    return [sentence for body in bodies for sentence in re.split(r"(?<=[.!?”\"])\s+|\n+", body) if sentence]


any_characters = st.text(st.one_of(st.characters(), st.sampled_from(ODD), st.sampled_from("abcXYZ '")), max_size=200)
pieces = st.lists(
    st.one_of(st.sampled_from(sentences()), st.sampled_from(sentences()), any_characters), min_size=1, max_size=12
)
joints = st.sampled_from([" ", "\n", "\n\n", "", " — ", "”, he said. “", ", according to the report, "])


@st.composite
def recombined(draw: st.DrawFn) -> str:
    """Sentences of the samples in any order, with anything between and among them."""
    parts = draw(pieces)
    return "".join(part + draw(joints) for part in parts)


titles = st.one_of(
    st.none(), any_characters, st.sampled_from([samples.annotation(slug)["title"] for slug in samples.SLUGS])
)
dates = st.sampled_from([None, "2018-07-27", "2024-02-29", "1900-01-01", "9999-12-31", "0001-01-01"])


@st.composite
def articles(draw: st.DrawFn, bodies: st.SearchStrategy[str]) -> Article:
    body = draw(bodies.filter(str.strip))
    return from_text(body, draw(titles), published=draw(dates), language="en")


def spans(value: Any) -> Iterator[dict[str, Any]]:
    """Every object of a record that has an offset."""
    if isinstance(value, dict):
        if "start" in value:
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from spans(item)


def check(article: Article) -> None:
    record = shipped.extracted(article)
    line = record.to_json()
    row = json.loads(line)
    assert row["article"]["text"] == article.text
    for span in spans({key: value for key, value in row.items() if key != "article"}):
        assert article.text[span["start"] : span["end"]] == span["text"] != ""
    for event in row["events"]:
        assert event["mentions"]
        for mention in event["mentions"]:
            sentence = mention["sentence"]
            assert sentence["start"] <= mention["start"] < mention["end"] <= sentence["end"]
    for key in ("entities", "events", "quotes"):
        ids = [item["id"] for item in row[key]]
        assert len(set(ids)) == len(ids)
    assert check_record(record) == []
    assert ArticleRecord.model_validate_json(line) == record
    assert shipped.extracted(article).to_json() == line


@settings(unhurried, max_examples=150)
@given(articles(any_characters))
def test_any_characters(article: Article) -> None:
    check(article)


@settings(unhurried, max_examples=100)
@given(articles(recombined()))
def test_recombined_sentences(article: Article) -> None:
    check(article)


@settings(unhurried, max_examples=20)
@given(articles(recombined()), st.dictionaries(st.text(max_size=9), st.integers() | st.text(max_size=9), min_size=1))
def test_extra_changes_nothing(article: Article, extra: dict[str, Any]) -> None:
    plain, laden = shipped.extracted(article), shipped.extracted(replace(article, extra=extra))
    assert laden.article.extra == extra
    assert laden.events == plain.events
    assert laden == plain.model_copy(update={"article": laden.article})
