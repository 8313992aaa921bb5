"""The records against the contract: keys, their order, offsets."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from newsparse.records import ArticleRecord, EventRecord, Quote, Span, Speaker

SAMPLES = Path(__file__).parent / "records"
ARTICLE_LINE = (SAMPLES / "articles.jsonl").read_text().rstrip("\n")
EVENT_LINES = (SAMPLES / "events.jsonl").read_text().splitlines()

SPAN = "text start end"
ACTOR = f"entity name aliases type title {SPAN} kind"
EVENT = (
    "id type plover status main confidence summary mentions actors agreements databases laws objects places time "
    "reason quotes"
)
ARTICLE = "id url title published site authors language retrieved"

KEYS: dict[str, str] = {
    "": "schema article entities events quotes times warnings extractor",
    "article": f"{ARTICLE} text extra",
    "extractor": "newsparse pipeline rules",
    "entities[]": "id type name aliases title mentions",
    "entities[].mentions[]": f"{SPAN} kind",
    "events[]": EVENT,
    "events[].mentions[]": f"{SPAN} sentence",
    "events[].mentions[].sentence": SPAN,
    "events[].actors[]": f"role {ACTOR}",
    "events[].agreements[]": f"entity name kind parties {SPAN}",
    "events[].databases[]": f"entity name aliases operator contents {SPAN}",
    "events[].laws[]": f"entity name aliases {SPAN}",
    "events[].objects[]": SPAN,
    "events[].places[]": f"entity name {SPAN} country admin1 lat lon geonames",
    "events[].time": f"{SPAN} value from to edtf",
    "events[].reason": SPAN,
    "quotes[]": f"id {SPAN} direct speaker cue",
    "quotes[].speaker": ACTOR,
    "quotes[].cue": SPAN,
    "times[]": f"{SPAN} type value from to edtf",
}
"""Path → keys of the object there, in order."""


def keys_found(value: Any, path: str, found: dict[str, str]) -> dict[str, str]:
    if isinstance(value, dict):
        assert found.setdefault(path, " ".join(value)) == " ".join(value)
        for key, item in value.items():
            if key != "extra":
                keys_found(item, f"{path}.{key}" if path else key, found)
    elif isinstance(value, list):
        for item in value:
            keys_found(item, f"{path}[]", found)
    return found


@pytest.fixture
def record() -> ArticleRecord:
    sample = json.loads(ARTICLE_LINE)
    law = {"entity": "en-8", "name": "the act", "aliases": [], "text": "x", "start": 0, "end": 1}
    sample["events"][0]["laws"] = [law]
    return ArticleRecord.model_validate(sample)


def test_keys_of_the_article_record_in_order(record: ArticleRecord) -> None:
    assert keys_found(json.loads(record.to_json()), "", {}) == KEYS


def test_keys_of_the_event_record_in_order(record: ArticleRecord) -> None:
    written = json.loads(record.event_records()[0].to_json())
    found = keys_found(written, "", {})
    assert found[""] == f"schema {EVENT} article extractor"
    assert found["article"] == ARTICLE
    for path, keys in KEYS.items():
        if path.startswith("events[].") and path.removeprefix("events[].") in found:
            assert found[path.removeprefix("events[].")] == keys


def test_explanation_comes_last_and_only_if_there_is_one(record: ArticleRecord) -> None:
    explained = record.events[0].model_copy(update={"explain": []})
    assert list(json.loads(explained.to_json()))[-1] == "explain"
    with_event = record.model_copy(update={"events": [explained]})
    assert list(json.loads(with_event.event_records()[0].to_json()))[-2:] == ["extractor", "explain"]
    assert "explain" not in record.to_json()


def test_written_and_read_again_is_the_same() -> None:
    assert ArticleRecord.model_validate_json(ARTICLE_LINE).to_json() == ARTICLE_LINE
    assert [EventRecord.model_validate_json(line).to_json() for line in EVENT_LINES] == EVENT_LINES


def test_event_records_of_an_article_record() -> None:
    record = ArticleRecord.model_validate_json(ARTICLE_LINE)
    assert [event.to_json() for event in record.event_records()] == EVENT_LINES


def test_no_escapes() -> None:
    assert "“We will not" in json.loads(ARTICLE_LINE)["article"]["text"]
    assert "“We will not" in ARTICLE_LINE


@pytest.mark.parametrize(("start", "end"), [(0, 3), (-1, 3), (4, 2)])
def test_offsets_must_fit_the_text(start: int, end: int) -> None:
    with pytest.raises(ValidationError):
        Span(text="four", start=start, end=end)


def test_offsets_of_a_quote_must_fit_its_text() -> None:
    speaker: Speaker | None = None
    with pytest.raises(ValidationError, match="code points"):
        Quote(id="qu-1", text="four", start=0, end=3, direct=True, speaker=speaker, cue=None)


def test_offsets_count_code_points() -> None:
    assert Span(text="a😀", start=0, end=2).to_json() == '{"text":"a😀","start":0,"end":2}'
