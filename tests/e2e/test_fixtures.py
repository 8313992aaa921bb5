"""The sample articles from page to record."""

from __future__ import annotations

import golden
import pytest
import samples
import shipped
from floors import digest, falls, load_floors

from newsparse.evaluation import score
from newsparse.records import Event
from newsparse.validation import check_record

HARMLESS = 0.5
"""Confidence that no event of the column without events may exceed."""

each_sample = pytest.mark.parametrize("slug", samples.SLUGS)


def one_line(text: str) -> str:
    return " ".join(text.replace("\u00ad", "").split())


@each_sample
def test_golden_records(slug: str) -> None:
    """Byte for byte but for the versions; ``python tests/e2e/regenerate.py`` shows and accepts what changed."""
    assert golden.path(slug).exists(), "run python tests/e2e/regenerate.py"
    found, expected = golden.lines(slug), golden.expected(slug)
    assert list(map(golden.without_extractor, found)) == list(map(golden.without_extractor, expected))


@each_sample
def test_records_are_valid(slug: str) -> None:
    assert check_record(shipped.record(slug)) == []


@each_sample
@pytest.mark.parametrize("key", ["title", "published", "site", "url"])
def test_article_metadata(slug: str, key: str) -> None:
    assert getattr(shipped.article(slug), key) == samples.annotation(slug)[key]


@each_sample
def test_article_authors(slug: str) -> None:
    assert list(shipped.article(slug).authors) == samples.annotation(slug)["authors"]


@each_sample
def test_article_text(slug: str) -> None:
    text = one_line(shipped.article(slug).body)
    wanted = samples.annotation(slug)
    lost = [paragraph for paragraph in wanted["paragraphs"] if one_line(paragraph) not in text]
    kept = [words for words in wanted["clutter"] if one_line(words) in text]
    assert (lost, kept) == ([], [])


def test_quality() -> None:
    """Figures on the samples do not fall; ``python benchmarks/quality.py --floors … --update`` raises the floors."""
    floors = load_floors(shipped.BENCHMARKS / "floors.json")["samples"]
    assert floors.gold == digest(map(samples.annotation_file, samples.SLUGS)), "these are floors of other annotations"
    figures = score((samples.gold(slug), shipped.record(slug)) for slug in samples.SLUGS)
    assert [str(fall) for fall in falls(floors, figures)] == []


def test_column_without_events() -> None:
    events = shipped.record("garden-column-without-events").events
    assert [event.summary for event in events if event.confidence > HARMLESS] == []


def philadelphia(kind: str) -> Event:
    events = [event for event in shipped.record("philadelphia-arrest-database").events if event.type == kind]
    assert len(events) == 1
    return events[0]


def names(event: Event, role: str) -> set[str]:
    return {actor.name for actor in event.actors if actor.role == role}


"""A fact of the story that the tool was made for."""


def test_philadelphia_revokes_access() -> None:
    event = philadelphia("data.revoke_access")
    assert event.main
    assert event.status in {"actual", "planned"}
    assert names(event, "agent") & {"Jim Kenney", "Philadelphia"}
    assert names(event, "target") == {"U.S. Immigration and Customs Enforcement"}
    assert len(event.databases) == 1


def test_philadelphia_ends_the_contract() -> None:
    event = philadelphia("agreement.end")
    assert event.status == "planned"
    assert "Jim Kenney" in names(event, "agent")
    assert names(event, "target") == {"U.S. Immigration and Customs Enforcement"}
    assert [agreement.kind for agreement in event.agreements] == ["contract"]
    assert event.time is not None
    assert event.time.value == "2018-07-27TAF"
