"""The sample articles in ``fixtures/``, read as the command reads them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from newsparse.annotation.article import AnnotatedArticle
from newsparse.annotation.samples import from_sample
from newsparse.article import Article
from newsparse.sources import read, resolve

FOLDER = Path(__file__).parents[1] / "fixtures"

SLUGS = tuple(sorted(path.name.removesuffix(".gold.json") for path in FOLDER.glob("*.gold.json")))


def page(slug: str) -> Path:
    """The page of a sample."""
    return FOLDER / f"{slug}.html"


def annotation_file(slug: str) -> Path:
    """The file with the annotation of a sample."""
    return FOLDER / f"{slug}.gold.json"


def annotation(slug: str) -> dict[str, Any]:
    """The annotation of a sample as it stands in its file."""
    row: dict[str, Any] = json.loads(annotation_file(slug).read_text(encoding="utf-8"))
    return row


def article(slug: str) -> Article:
    """The article of a sample's page.

    Raises:
        ValueError: no article is found on the page.
    """
    (source,) = resolve(str(page(slug)))
    (item,) = read(source)
    if not isinstance(item, Article):
        raise ValueError(f"{page(slug)}: {item.message}")
    return item


def gold(slug: str) -> AnnotatedArticle:
    """The article of a sample with its annotation."""
    return from_sample(annotation(slug), article(slug))
