from __future__ import annotations

import pytest

from newsparse.article import from_text
from newsparse.errors import PipelineError
from newsparse.extractor import Extractor
from newsparse.pipeline import load
from newsparse.records import ArticleRecord
from newsparse.sources import Failure

TEXT = "The mayor terminated the contract with Uber."


def test_unknown_pipeline_says_what_to_install() -> None:
    with pytest.raises(PipelineError, match=r"'xx_nothing' is not installed.*spacy download xx_nothing"):
        load("xx_nothing")


def test_pipeline_without_parser_is_refused(tmp_path_factory: pytest.TempPathFactory) -> None:
    import spacy

    path = tmp_path_factory.mktemp("blank")
    spacy.blank("en").to_disk(path)
    with pytest.raises(PipelineError, match="lacks tagger, parser, ner, lemmatizer"):
        load(str(path))


def test_crash_on_one_article_is_a_failure_and_the_next_goes_on(
    extractor: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    annotate = extractor.annotate
    bad, good = from_text(TEXT, id="bad", language="en"), from_text(TEXT, id="good", language="en")

    def crash(article):  # type: ignore[no-untyped-def]
        if article.id == "bad":
            raise RuntimeError("boom")
        return annotate(article)

    monkeypatch.setattr(extractor, "annotate", crash)
    failure, record = extractor.extract([bad, good])
    assert failure == Failure("bad", "pipeline", "crash", "RuntimeError: boom")
    assert isinstance(record, ArticleRecord)


def test_too_long_article_is_a_failure(extractor: Extractor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extractor.nlp, "max_length", 10)
    failure = extractor.extract_one(from_text(TEXT, id="long", language="en"))
    assert isinstance(failure, Failure)
    assert failure.code == "too-long"


def test_article_without_events_has_a_record(extractor: Extractor) -> None:
    record = extractor.extract_one(from_text("The garden looked green and quiet in the rain.", language="en"))
    assert isinstance(record, ArticleRecord)
    assert record.events == []


def test_records_name_what_made_them(extractor: Extractor) -> None:
    assert extractor.info.pipeline.startswith("en_newsparse ")
    assert extractor.info.rules.startswith("sha256:")
