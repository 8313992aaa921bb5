"""The components do the same in other processes and after a round trip over the disk, and so do their annotations."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import samples
import shipped
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from newsparse.pipeline.annotations import MENTIONS

SOME = ("philadelphia-arrest-database", "odd-quotes-windows-1252", "school-lawsuit-settled")
LISTS = ("newsparse_entities", "newsparse_times", "newsparse_quotes", "newsparse_events")


def prepared(nlp: Language) -> list[Doc]:
    """Unprocessed documents that know their date and where their title ends."""
    docs = []
    for article in map(shipped.article, SOME):
        doc = nlp.make_doc(article.text)
        doc.user_data["newsparse_published"] = article.published
        doc.user_data["newsparse_title_end"] = article.title_end
        docs.append(doc)
    return docs


def annotations(doc: Doc) -> dict[str, Any]:
    found: dict[str, Any] = {name: getattr(doc._, name) for name in LISTS}
    found[MENTIONS] = [(span.start, span.end, span.label_, span.id_) for span in doc.spans[MENTIONS]]
    return found


@cache
def expected() -> list[dict[str, Any]]:
    found = [annotations(shipped.extractor().annotate(article)) for article in map(shipped.article, SOME)]
    assert all(doc[name] for doc in found for name in (*LISTS, MENTIONS))
    return found


@pytest.mark.parametrize("processes", [1, 2])
def test_pipe(processes: int) -> None:
    nlp = shipped.extractor().nlp
    docs = nlp.pipe(prepared(nlp), n_process=processes, batch_size=1)
    assert [annotations(doc) for doc in docs] == expected()


def test_disk(tmp_path: Path) -> None:
    shipped.extractor().nlp.to_disk(tmp_path / "pipeline")
    nlp = spacy.load(tmp_path / "pipeline")
    assert nlp.pipe_names == shipped.extractor().nlp.pipe_names
    assert [annotations(nlp(doc)) for doc in prepared(nlp)] == expected()


def test_doc_bin() -> None:
    nlp = shipped.extractor().nlp
    stored = DocBin(docs=[nlp(doc) for doc in prepared(nlp)], store_user_data=True).to_bytes()
    docs = DocBin().from_bytes(stored).get_docs(nlp.vocab)
    assert [annotations(doc) for doc in docs] == expected()


def test_doc_bytes() -> None:
    nlp = shipped.extractor().nlp
    docs = [Doc(nlp.vocab).from_bytes(nlp(doc).to_bytes()) for doc in prepared(nlp)]
    assert [annotations(doc) for doc in docs] == expected()


def test_no_state_between_articles() -> None:
    """The order in which articles come changes nothing."""
    backwards = [shipped.extracted(shipped.article(slug)).to_json() for slug in reversed(samples.SLUGS)]
    assert backwards[::-1] == [shipped.extracted(shipped.article(slug)).to_json() for slug in samples.SLUGS]
