"""Runs the command with an extractor that needs no pipeline: each article's text says what becomes of it."""

from __future__ import annotations

import json
import sys
import types
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from newsparse.article import Article
from newsparse.cli import main
from newsparse.errors import PipelineError
from newsparse.records import ArticleRecord
from newsparse.sources import Failure

SAMPLE = json.loads((Path(__file__).parents[1] / "records" / "articles.jsonl").read_text())


class Extractor:
    """Gives every article the events of the sample record."""

    def __init__(self, pipeline: str, rules: tuple[Path, ...], min_confidence: float, explain: bool) -> None:
        self.min_confidence = min_confidence
        if pipeline == "missing":
            raise PipelineError("the pipeline 'missing' is not installed")
        if pipeline == "buggy":
            raise TypeError("a bug")
        self.info = ArticleRecord.model_validate(SAMPLE).extractor

    def extract(self, articles: Iterable[Article]) -> Iterator[ArticleRecord | Failure]:
        for article in articles:
            if "crash" in article.text:
                yield Failure(article.id, "pipeline", "crash", "it crashed")
            else:
                yield self._record(article)

    def _record(self, article: Article) -> ArticleRecord:
        sample: dict[str, Any] = json.loads(json.dumps(SAMPLE))
        sample["article"] |= {"id": article.id, "url": article.url}
        sample["events"] = [event for event in sample["events"] if event["confidence"] >= self.min_confidence]
        record = ArticleRecord.model_validate(sample)
        if "odd" in article.text:
            odd = record.events[1].model_copy(update={"summary": "half a pair \ud83d"})
            record = record.model_copy(update={"events": [odd]})
        return record


if __name__ == "__main__":
    fake = types.ModuleType("newsparse.extractor")
    fake.__dict__["Extractor"] = Extractor
    sys.modules["newsparse.extractor"] = fake
    sys.exit(main())
