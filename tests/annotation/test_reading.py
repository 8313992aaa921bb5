"""Annotated articles in all their formats."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from toy_pipeline import marked_text, write_articles

from newsparse.annotation.article import AnnotatedArticle
from newsparse.annotation.marked import read_marked
from newsparse.annotation.read import read_annotated
from newsparse.annotation.rows import from_row
from newsparse.annotation.sentences import sentences
from newsparse.errors import AnnotationError
from newsparse.evaluation import matched, score
from newsparse.evaluation.predicted import read_predicted

ROOT = Path(__file__).parents[2]
RECORDS = ROOT / "tests" / "records" / "articles.jsonl"
FIXTURES = ROOT / "fixtures"
CORPUS = ROOT / "models" / "corpus"


@pytest.fixture
def row() -> dict[str, Any]:
    return read_marked("a0", marked_text(0))


@pytest.fixture
def record() -> dict[str, Any]:
    value: dict[str, Any] = json.loads(RECORDS.read_text(encoding="utf-8"))
    return value


def write(path: Path, *values: object) -> Path:
    path.write_text("".join(json.dumps(value) + "\n" for value in values), encoding="utf-8")
    return path


def without_place(articles: list[AnnotatedArticle]) -> list[tuple[object, ...]]:
    return [(a.article, a.sentences, a.entities, a.events, a.quotes) for a in articles]


def test_the_same_article_in_three_files(row: dict[str, Any], tmp_path: Path) -> None:
    lines = write(tmp_path / "rows.jsonl", row)
    one = write(tmp_path / "row.json", row)
    packed = tmp_path / "rows.jsonl.gz"
    packed.write_bytes(gzip.compress(lines.read_bytes()))
    text = tmp_path / "a0.txt"
    text.write_text(marked_text(0), encoding="utf-8")
    first = read_annotated([lines])
    assert all(without_place(read_annotated([path])) == without_place(first) for path in (one, packed, text))
    assert [read_annotated([path])[0].place for path in (lines, text)] == [f"{lines}:1", str(text)]


def test_article_and_annotation(row: dict[str, Any]) -> None:
    annotated = from_row(row)
    text = annotated.article.text
    assert (annotated.article.id, annotated.article.published, annotated.article.site) == (
        "a0",
        "2020-05-01",
        "Test Courier",
    )
    assert [entity.aliases for entity in annotated.entities] == [("Harwick",), ("Ortiz",), ("contract",)]
    (event,) = annotated.events
    assert [text[slice(*place)] for place in event.triggers] == ["ends"]
    assert [(argument.role, argument.text) for argument in event.arguments] == [
        ("agent", "Ortiz"),
        ("agent", "Harwick"),
        ("object", "contract"),
    ]


def test_samples_and_shipped_articles_can_be_read() -> None:
    assert len(read_annotated([FIXTURES])) == len(list(FIXTURES.glob("*.gold.json")))
    assert len(read_annotated([CORPUS])) == len(list(CORPUS.glob("*.txt")))


def test_a_record_agrees_with_itself() -> None:
    figures = score(matched(read_annotated([RECORDS]), read_predicted(str(RECORDS))).pairs)
    assert {name for name, count in figures.items() if count.f1 < 1 and count.gold + count.predicted} == set()
    assert figures["event"].gold == 3
    assert figures["name"].gold > 0


def test_what_a_person_adds_to_a_record_may_be_short(record: dict[str, Any], tmp_path: Path) -> None:
    record["entities"].append({"id": "new", "type": "GPE", "mentions": [{"text": "HARWICK"}]})
    record["events"].append(
        {
            "type": "statement.demand",
            "status": "actual",
            "mentions": [{"text": "will not hand over"}],
            "actors": [{"role": "agent", "entity": "new"}],
        }
    )
    (annotated,) = read_annotated([write(tmp_path / "records.jsonl", record)])
    assert annotated.entities[-1].aliases == ("HARWICK",)
    assert annotated.events[-1].arguments[0].entity == annotated.entities[-1]


def test_pronouns_are_no_mentions(record: dict[str, Any], tmp_path: Path) -> None:
    for entity in record["entities"]:
        entity["mentions"] = [mention | {"kind": "pronoun"} for mention in entity["mentions"]]
    (annotated,) = read_annotated([write(tmp_path / "records.jsonl", record)])
    assert annotated.entities == ()


Change = Callable[[dict[str, Any]], object]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda row: row.pop("entities"), "entities: missing"),
        (lambda row: row["events"][0].update(status="maybe"), "events[0].status: Input should be 'actual'"),
        (lambda row: row["events"][0].update(type="end"), "events[0].type: String should match"),
        (lambda row: row["events"][0].update(triggers=[]), "events[0].triggers: List should have at least 1"),
        (lambda row: row["events"][0].update(triggers=[[5, 9999]]), "events[0].triggers[0]: [5, 9999] is no piece"),
        (lambda row: row["events"][0].update(agent=["e9"]), "events[0].agent[0]: no entity e9"),
        (lambda row: row["events"][0].update(object=[{}]), "events[0].object[0]: needs either entity or span"),
        (lambda row: row["entities"][0].update(mentions=[[0, 0]]), "entities[0].mentions[0]: [0, 0] is no piece"),
        (lambda row: row.update(quotes=[{"start": 0, "speaker": "e9"}]), "quotes[0].speaker: no entity e9"),
        (lambda row: row.update(title="Another"), "full: of a0: not the title"),
        (lambda row: row.pop("full"), "neither an article record"),
        (
            lambda row: row.update(schema="newsparse/event/1", full=None) or row.pop("full"),
            "schema: must be newsparse/article/1",
        ),
    ],
)
def test_mistakes_in_a_row(change: Change, message: str, row: dict[str, Any], tmp_path: Path) -> None:
    good = json.loads(json.dumps(row))
    change(row)
    path = write(tmp_path / "rows.jsonl", good | {"doc": "other"}, row)
    with pytest.raises(AnnotationError) as error:
        read_annotated([path])
    assert f"{path}:2: {message}" in str(error.value)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda r: r["entities"][0]["mentions"][0].update(text="Nobody"), "entities[0].mentions[0]: text is 'Nobody'"),
        (lambda r: r["entities"][0]["mentions"][0].update(start=-5), "entities[0].mentions[0]: text is"),
        (lambda r: r["events"][0]["actors"][0].update(entity="en-99"), "events[0].actors[0].entity: no entity en-99"),
        (lambda r: r["events"][0].update(mentions=[{"text": "xyz"}]), "events[0].mentions[0]: 'xyz' is not in the"),
        (lambda r: r["events"][0].update(mentions=[{"text": "the"}]), "'the' occurs more than once; say which"),
        (lambda r: r["article"].update(title="Another"), "article.text: does not begin with article.title"),
    ],
)
def test_mistakes_in_a_record(change: Change, message: str, record: dict[str, Any], tmp_path: Path) -> None:
    change(record)
    path = write(tmp_path / "records.jsonl", record)
    with pytest.raises(AnnotationError) as error:
        read_annotated([path])
    assert f"{path}:1: " in str(error.value)
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.pdf", b"", "annotated articles end in .txt"),
        ("a.jsonl", b"{\n", "a.jsonl:1: not JSON"),
        ("a.jsonl", b"[]\n", "a.jsonl:1: not a JSON object"),
        ("a.json", b'{\n"a" 1}', "not JSON: Expecting ':' delimiter, line 2, column 5"),
        ("a.txt", b"\xff", "a.txt: not UTF-8: byte 1"),
        ("a.gold.json", b'{"entities": [], "events": []}', "put a.html or a.htm or a.txt beside it"),
    ],
)
def test_files_that_are_none(name: str, content: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(AnnotationError) as error:
        read_annotated([tmp_path / name])
    assert message in str(error.value)
    assert name in str(error.value)


def test_nothing_to_read(tmp_path: Path) -> None:
    with pytest.raises(AnnotationError, match="holds no annotated articles"):
        read_annotated([tmp_path])
    with pytest.raises(AnnotationError, match="no such file"):
        read_annotated([tmp_path / "missing.txt"])


def test_mistakes_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "articles", 4, kind="TOWN")
    with pytest.raises(AnnotationError) as error:
        read_annotated([folder])
    assert [line.partition(": ")[0] for line in str(error.value).splitlines()[1:]] == [
        f"{folder}/a00{number}.txt:10" for number in range(4)
    ]


def test_the_same_article_twice(tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "articles", 2)
    with pytest.raises(AnnotationError, match=r"annotated twice: .*a000.txt and .*a000.txt; leave one out"):
        read_annotated([folder, folder / "a000.txt"])


@pytest.mark.parametrize(
    "text",
    [
        "Town ends contract|Mayor Dana Ortiz said so.|She left.",
        "Rep. Dana Ortiz met Sen. J. Q. Batey of the U.S. House.|“Why?” she asked.|He left at 5 p.m. Tuesday.",
        "“We end it.” |Nobody objected.",
    ],
)
def test_sentences(text: str) -> None:
    expected = [part.strip() for part in text.split("|")]
    joined = text.replace("contract|", "contract\n\n").replace(" |", "|").replace("|", " ")
    assert [joined[start:end].strip() for start, end in sentences(joined)] == expected
