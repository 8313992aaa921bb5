"""What a run remembers of each article beside its records: enough to count it and to find its copies later."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any

from newsparse.batch.signature import signature, to_text
from newsparse.records import ArticleRecord

if TYPE_CHECKING:
    from newsparse.article import Article
    from newsparse.records import Event

_WORD = re.compile(r"\w+")


def index_row(article: Article, record: ArticleRecord) -> dict[str, Any]:
    """One row of the index.

    Keys: ``id`` and ``url`` of the article; ``signature`` of its body, null if it is too short to be told from others;
    ``events``, each with ``id``, ``type`` and ``sentences``, a hash of every sentence that mentions it.
    """
    found = signature(article.body)
    return {
        "id": article.id,
        "url": article.url,
        "signature": None if found is None else to_text(found),
        "events": [_event(event) for event in record.events],
    }


def _event(event: Event) -> dict[str, Any]:
    sentences = dict.fromkeys(_hash(mention.sentence.text) for mention in event.mentions)
    return {"id": event.id, "type": event.type, "sentences": list(sentences)}


def _hash(sentence: str) -> str:
    """Eight hexadecimal digits of its words, whatever stands between them."""
    words = " ".join(_WORD.findall(sentence.lower()))
    return hashlib.sha256(words.encode()).hexdigest()[:8]
