"""An annotated article, and parts of records of it."""

from __future__ import annotations

from typing import Any

from newsparse.annotation.article import AnnotatedArticle
from newsparse.annotation.rows import from_row
from newsparse.records import ArticleRecord, ExtractorInfo

TITLE = "Harwick ends police data deal"
BODY = "Mayor Dana Ortiz ended the contract on Friday.\nShe sued Lakeland. The mayor called it “a bad deal”."
TEXT = f"{TITLE}\n\n{BODY}"


def at(words: str, nth: int = 0) -> list[int]:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return [start, start + len(words)]


def gold(**changes: Any) -> AnnotatedArticle:
    row: dict[str, Any] = {
        "doc": "d1",
        "title": TITLE,
        "date": "2019-03-08",
        "source": "a.example",
        "full": TEXT,
        "sents": [
            at(TITLE),
            at(BODY.split("\n")[0]),
            at("She sued Lakeland."),
            at("The mayor called it “a bad deal”."),
        ],
        "entities": [
            {"id": "e1", "type": "PERSON", "name": "Dana Ortiz", "mentions": [at("Dana Ortiz")]},
            {
                "id": "e2",
                "type": "AGREEMENT",
                "name": "police data deal",
                "mentions": [at("police data deal"), at("contract")],
            },
            {"id": "e3", "type": "GPE", "name": "Lakeland", "mentions": [at("Lakeland")]},
        ],
        "events": [
            {
                "type": "agreement.end",
                "status": "actual",
                "main": True,
                "triggers": [at("ends"), at("ended")],
                "agent": ["e1"],
                "object": [{"entity": "e2"}],
                "time": {"span": at("Friday"), "value": "2019-03-08"},
            },
            {
                "type": "court.sue",
                "status": "actual",
                "main": False,
                "triggers": [at("sued")],
                "agent": ["e1"],
                "target": ["e3"],
            },
        ],
        "quotes": [{"start": at("a bad deal")[0], "speaker": "e1"}],
    }
    return from_row(row | changes)


def event(type_: str, *triggers: list[int], status: str = "actual", main: bool = False, **parts: Any) -> dict[str, Any]:
    mentions = [spanned(*trigger) | {"sentence": spanned(*trigger)} for trigger in triggers]
    groups: dict[str, Any] = {
        key: [] for key in ("actors", "agreements", "databases", "laws", "objects", "places", "quotes")
    }
    known = {
        "id": "ev-1",
        "type": type_,
        "plover": None,
        "status": status,
        "main": main,
        "confidence": 0.5,
        "summary": "",
    }
    return known | groups | {"mentions": mentions, "time": None, "reason": None} | parts


def spanned(start: int, end: int) -> dict[str, Any]:
    return {"text": TEXT[start:end], "start": start, "end": end}


def actor(role: str, words: str, name: str | None = None, kind: str = "name", nth: int = 0) -> dict[str, Any]:
    described: dict[str, Any] = {
        "entity": "en-1",
        "name": name or words,
        "aliases": [],
        "type": "PERSON",
        "title": None,
        "kind": kind,
    }
    return described | {"role": role} | spanned(*at(words, nth))


def record(*events: dict[str, Any], **parts: Any) -> ArticleRecord:
    article = gold().article
    info = {
        name: getattr(article, name)
        for name in ("id", "url", "title", "published", "site", "language", "retrieved", "text")
    }
    empty: dict[str, Any] = {key: [] for key in ("entities", "quotes", "times", "warnings")}
    return ArticleRecord.model_validate(
        empty
        | {"article": info | {"authors": [], "extra": {}}, "events": list(events)}
        | {"extractor": ExtractorInfo(newsparse="0", pipeline="p 0", rules="r")}
        | parts
    )
