"""Turn annotated articles into samples: names, triggers with type and status, roles and coreferent mentions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from names import Annotated, pieces_of, to_doc
from samples import Sample
from spacy.language import Language
from spacy.tokens import Doc

ROLES = ("agent", "target", "object", "place", "source")


def read_records(path: Path) -> dict[str, dict[str, Any]]:
    """Read the annotated articles by their names."""
    with path.open(encoding="utf-8") as lines:
        return {record["doc"]: record for record in map(json.loads, lines)}


def name_samples(nlp: Language, article: Annotated) -> Iterator[Sample]:
    """Yield samples of which the names alone are known."""
    doc = to_doc(nlp, article)
    for start, end in pieces_of(doc):
        yield _window(doc, start, end)


def article_samples(nlp: Language, article: Annotated, record: dict[str, Any]) -> Iterator[Sample]:
    """Yield the windows of an article, each with the events and entities inside it."""
    doc = to_doc(nlp, article)
    mentions = sorted(
        (*place, entity["id"], entity["type"])
        for entity in record["entities"]
        for offsets in entity["mentions"]
        if (place := _tokens(doc, offsets))
    )
    triggers = sorted(
        (*place, event["type"], event["status"], number)
        for number, event in enumerate(record["events"])
        for offsets in event["triggers"]
        if (place := _tokens(doc, offsets))
    )
    fillers = [_fillers(event) for event in record["events"]]
    opening = {place[0] for offsets in record.get("sents", ()) if (place := _tokens(doc, offsets))}
    for start, end in pieces_of(doc):
        sample = _window(doc, start, end)
        here = [mention for mention in mentions if start <= mention[0] and mention[1] <= end]
        fired = [trigger for trigger in triggers if start <= trigger[0] and trigger[1] <= end]
        if opening:
            sample.starts = [i in opening for i in range(start, end)]
        sample.mentions = [(first - start, last - start, entity, kind) for first, last, entity, kind in here]
        sample.triggers = [(first - start, last - start, kind, status) for first, last, kind, status, _ in fired]
        sample.roles = [
            (i, j, role)
            for i, (*_, number) in enumerate(fired)
            for j, (*_, entity, _) in enumerate(here)
            if (role := fillers[number].get(entity))
        ]
        yield sample


def _tokens(doc: Doc, offsets: list[int]) -> tuple[int, int] | None:
    span = doc.char_span(*offsets, alignment_mode="expand")
    return (span.start, span.end) if span else None


def _fillers(event: dict[str, Any]) -> dict[str, str]:
    """Return the entities of an event with their roles; an entity in two roles keeps the first."""
    fillers: dict[str, str] = {}
    for role in ROLES:
        for filler in event.get(role) or []:
            entity = filler.get("entity") if isinstance(filler, dict) else filler
            if entity:
                fillers.setdefault(entity, role)
    return fillers


def _window(doc: Doc, start: int, end: int) -> Sample:
    tokens = doc[start:end]
    return Sample(
        words=[token.text for token in tokens],
        spaces=[bool(token.whitespace_) for token in tokens],
        names=_biluo(doc, start, end),
    )


def _biluo(doc: Doc, start: int, end: int) -> list[str | None]:
    """Return the BILUO tags of the names, ``None`` where they are not known."""
    tags: list[str | None] = [None if token.ent_iob == 0 else "O" for token in doc[start:end]]
    for entity in doc[start:end].ents:
        first, last = entity.start - start, entity.end - start - 1
        tags[first : last + 1] = [f"I-{entity.label_}"] * (last + 1 - first)
        tags[last] = f"L-{entity.label_}"
        tags[first] = f"{'U' if first == last else 'B'}-{entity.label_}"
    return tags
