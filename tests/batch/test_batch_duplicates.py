from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import Ran
from hypothesis import given, settings
from hypothesis import strategies as st

from newsparse.batch import duplicates
from newsparse.batch.duplicates import _same_events
from newsparse.batch.merge import marked_records
from newsparse.batch.signature import MIN_SHINGLES, from_text, signature, similarity, to_text
from newsparse.errors import BatchError
from newsparse.validation import parse_record

WORDS = [
    "the",
    "council",
    "of",
    "town",
    "will",
    "end",
    "its",
    "contract",
    "with",
    "police",
    "and",
    "court",
    "said",
    "on",
]


def story(seed: int, words: int = 300) -> list[str]:
    chance = random.Random(seed)
    return [f"{chance.choice(WORDS)}{chance.randrange(40)}" for _ in range(words)]


def changed(words: list[str], count: int) -> list[str]:
    """The words with so many of them replaced, evenly spread."""
    step = len(words) // count
    return [f"changed{n}" if n % step == 0 and n < step * count else word for n, word in enumerate(words)]


ORIGINAL = story(0)


@pytest.mark.parametrize(
    ("other", "jaccard"),
    [
        (ORIGINAL, 1.0),
        ([word.upper() + "," for word in ORIGINAL], 1.0),
        (changed(ORIGINAL, 5), 0.85),
        (ORIGINAL[:200], 0.66),
        (story(1), 0.0),
    ],
)
def test_similarity_is_that_of_the_texts(other: list[str], jaccard: float) -> None:
    one, two = signature(" ".join(ORIGINAL)), signature(" ".join(other))
    assert one is not None
    assert two is not None
    assert similarity(one, two) == pytest.approx(jaccard, abs=0.13)  # twice the standard error


def test_short_texts_have_no_signature() -> None:
    assert signature(" ".join(ORIGINAL[: MIN_SHINGLES + 3])) is None
    assert signature(" ".join(ORIGINAL[: MIN_SHINGLES + 4])) is not None


@given(st.text(min_size=400))
@settings(deadline=None)  # the first call imports numpy
def test_signatures_survive_as_text(text: str) -> None:
    found = signature(text * 2)
    assert found is None or (from_text(to_text(found)) == found).all()


@pytest.fixture
def ran(batch: Callable[..., Ran], tmp_path: Path) -> Callable[..., Ran]:
    """A run over six articles: 2 and 5 are copies of 0, 4 is one of 1."""

    def run(**changes: Any) -> Ran:
        texts = [ORIGINAL, story(1), changed(ORIGINAL, 3), story(2), [*story(1)[10:], "uneventful"], ORIGINAL]
        rows = [{"id": f"a{n}", "text": " ".join(["Harwick said", *words])} for n, words in enumerate(texts)]
        path = tmp_path / "articles.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in rows))
        return batch(path, shard_kb=4, **changes)

    return run


def marked(ran: Ran, unique: bool = False) -> list[Any]:
    copies = duplicates.load(ran.folder)
    assert copies is not None
    lines = list(marked_records(ran.folder, copies, unique))
    return [json.loads(line) for line in lines if parse_record(line)]


def test_copies_are_marked_and_left_out(ran: Callable[..., Ran]) -> None:
    found = ran(records="article")
    assert found.shards > 1
    assert duplicates.load(found.folder) is None
    assert duplicates.find(found.folder) == 3
    records = marked(found)
    assert [record["article"]["duplicate_of"] for record in records] == [None, None, "a0", None, "a1", "a0"]
    assert [[event["same_as"] for event in record["events"]] for record in records] == [
        [None], [None], ["ev-a0"], [None], [], ["ev-a0"]
    ]  # fmt: skip
    assert [record["article"]["id"] for record in marked(found, unique=True)] == ["a0", "a1", "a3"]
    first = found.folder.path / "duplicates.jsonl.gz"
    before = first.read_bytes()
    duplicates.find(found.folder)
    assert first.read_bytes() == before
    assert duplicates.find(found.folder, 0.99) == 1


def test_events_of_copies_are_linked(ran: Callable[..., Ran]) -> None:
    found = ran()
    duplicates.find(found.folder)
    events = [(record["article"]["id"], record["same_as"]) for record in marked(found)]
    assert events == [("a0", None), ("a1", None), ("a2", "ev-a0"), ("a3", None), ("a5", "ev-a0")]
    assert [record["article"]["id"] for record in marked(found, unique=True)] == ["a0", "a1", "a3"]


@pytest.mark.parametrize("texts", [[], ["he did"], ["too", "short"], [" ".join(story(1)), " ".join(story(2))]])
def test_no_copies(texts: list[str], batch: Callable[..., Ran], write: Callable[..., Path]) -> None:
    found = batch(write(texts), records="article")
    assert duplicates.find(found.folder) == 0
    assert [record["article"]["duplicate_of"] for record in marked(found)] == [None] * len(texts)


def test_copies_of_an_earlier_state_are_refused(ran: Callable[..., Ran]) -> None:
    found = ran()
    duplicates.find(found.folder)
    found.folder.file(0, "index").unlink()
    with pytest.raises(BatchError, match="an earlier state of the run"):
        duplicates.load(found.folder)


def event(name: str, kind: str, *sentences: str) -> dict[str, Any]:
    return {"id": name, "type": kind, "sentences": list(sentences)}


@pytest.mark.parametrize(
    ("copies", "originals", "same"),
    [
        ([event("b1", "x")], [], {}),
        ([event("b1", "x", "s")], [event("a1", "y", "s")], {}),
        ([event("b1", "x", "s")], [event("a1", "x", "t")], {"b1": "a1"}),
        ([event("b1", "x", "s")], [event("a1", "x", "t"), event("a2", "x", "s")], {"b1": "a2"}),
        ([event("b1", "x", "s"), event("b2", "x", "u")], [event("a1", "x", "s")], {"b1": "a1"}),
        ([event("b1", "x", "s")], [event("a1", "x", "t"), event("a2", "x", "u")], {}),
    ],
)
def test_the_same_event(copies: list[dict[str, Any]], originals: list[dict[str, Any]], same: dict[str, str]) -> None:
    assert _same_events(copies, originals) == same
