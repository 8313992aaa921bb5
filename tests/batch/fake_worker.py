"""A worker whose extractor needs no pipeline: each article's text says what becomes of it."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
import types
from pathlib import Path
from typing import Any

from newsparse.article import Article
from newsparse.assemble import article_text
from newsparse.batch import worker
from newsparse.errors import PipelineError
from newsparse.records import ArticleRecord, Event, ExtractorInfo
from newsparse.sources import Failure

SAMPLE = json.loads((Path(__file__).parents[1] / "records" / "articles.jsonl").read_text())
NAMES = {"newsparse": "0", "pipeline": "fake 1", "rules": "none"}


class Extractor:
    """Gives every article the first event of the sample record, unless its text asks for something else."""

    def __init__(self, pipeline: str, rules: tuple[Path, ...], min_confidence: float, explain: bool) -> None:
        if pipeline == "missing":
            raise PipelineError("the pipeline 'missing' is not installed")
        if pipeline == "fatal":
            sys.exit("no such luck")
        self.info = ExtractorInfo(**NAMES | ({"rules": "others"} if pipeline == "other" else {}))

    def extract_one(self, article: Article) -> ArticleRecord | Failure:
        for word, act in ACTS.items():
            if word in article.text:
                act(article)
        if "fails" in article.text:
            return Failure(article.id, "pipeline", "crash", "it failed")
        try:
            return self._record(article)
        except MemoryError as error:
            return Failure(article.id, "pipeline", "crash", f"MemoryError: {error}")

    def _record(self, article: Article) -> ArticleRecord:
        if "greedy" in article.text:
            bytearray(4_000_000_000)
        events = SAMPLE["events"][:1] if "uneventful" not in article.text else []
        made = [Event.model_validate(event | {"id": f"ev-{article.id}"}) for event in events]
        return ArticleRecord(
            article=article_text(article),
            entities=[],
            events=made,
            quotes=[],
            times=[],
            warnings=[],
            extractor=self.info,
        )


def _die_once(article: Article) -> None:
    marker = Path(f"died-{article.id}")
    if not marker.exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)


ACTS: dict[str, Any] = {
    "dies at once": lambda _: os.kill(os.getpid(), signal.SIGKILL),
    "dies once": _die_once,
    "hangs": lambda _: time.sleep(3600),
    "takes its time": lambda _: time.sleep(0.02),
    "prints": lambda _: print("something on stdout", flush=True),
}

if __name__ == "__main__":
    fake = types.ModuleType("newsparse.extractor")
    fake.__dict__["Extractor"] = Extractor
    sys.modules["newsparse.extractor"] = fake
    worker.main()
