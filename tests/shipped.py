"""What tests of the whole way share: the extractor with the pipeline that ships, and the sample articles."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

from newsparse.article import Article
from newsparse.extractor import Extractor
from newsparse.records import ArticleRecord

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))  # its scripts import each other as modules of one folder

import samples  # noqa: E402


@cache
def extractor() -> Extractor:
    """One for all tests of a process: loading takes a second or two, and it keeps nothing between articles."""
    return Extractor()


@cache
def article(slug: str) -> Article:
    """A sample article, read from its page."""
    return samples.article(slug)


@cache
def record(slug: str) -> ArticleRecord:
    """The record of a sample article."""
    return extracted(article(slug))


def extracted(article: Article) -> ArticleRecord:
    """The record of an article; a failure of the pipeline fails the test."""
    found = extractor().extract_one(article)
    assert isinstance(found, ArticleRecord), found.message
    return found
