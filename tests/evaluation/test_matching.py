"""Records are measured on the article whose text they have."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from newsparse.annotation.article import AnnotatedArticle
from newsparse.annotation.read import read_annotated
from newsparse.errors import AnnotationError
from newsparse.evaluation.differences import differing_events
from newsparse.evaluation.predicted import matched, read_predicted
from newsparse.records import ArticleRecord

RECORDS = Path(__file__).parents[1] / "records"


@pytest.fixture
def annotated() -> AnnotatedArticle:
    (article,) = read_annotated([RECORDS / "articles.jsonl"])
    return article


@pytest.fixture
def record() -> ArticleRecord:
    (found,) = read_predicted(str(RECORDS / "articles.jsonl"))
    return found


def test_by_text_whatever_the_id(annotated: AnnotatedArticle, record: ArticleRecord) -> None:
    other = record.model_copy(update={"article": record.article.model_copy(update={"id": "x"})})
    assert matched([annotated], [other]).pairs == [(annotated, other)]


def test_missing_and_unused(annotated: AnnotatedArticle, record: ArticleRecord) -> None:
    info = record.article.model_copy(update={"id": "x", "text": "Another text."})
    other = record.model_copy(update={"article": info})
    measured = matched([annotated], [other])
    assert (measured.missing, measured.unused) == ([annotated], [other])


def test_another_text_under_the_same_id(annotated: AnnotatedArticle, record: ArticleRecord) -> None:
    info = record.article.model_copy(update={"text": record.article.text.replace("city", "town", 1)})
    with pytest.raises(AnnotationError, match=r"has another text .* from character \d+ on \('city"):
        matched([annotated], [record.model_copy(update={"article": info})])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ((RECORDS / "events.jsonl").read_text(encoding="utf-8"), "r.jsonl:1: an event record"),
        ("{}\n", "r.jsonl:1: schema: must be"),
    ],
)
def test_what_is_no_article_record(content: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(AnnotationError) as error:
        list(read_predicted(str(path)))
    assert message in str(error.value)


def test_differences_show_the_words(annotated: AnnotatedArticle, record: ArticleRecord) -> None:
    events = [event.model_copy(update={"type": "contact.meet"}) for event in record.events]
    pairs = [(annotated, record.model_copy(update={"events": events}))]
    found = differing_events(pairs)
    assert [difference.what for difference in found] == ["missed"] * 3 + ["invented"] * 3
    assert "will [end] its contract" in found[0].words or "[ends]" in found[0].words
    assert differing_events(pairs, 2) == found[:2]
    assert json.dumps(found[0].as_dict())
