"""Articles and failures as plain JSON objects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from newsparse.article import Article
    from newsparse.sources import Failure


def article_object(article: Article) -> dict[str, Any]:
    """An article as ``newsparse extract`` reads it again: same id, same text, same extra keys.

    ``text`` is the body, since the reader puts the title before it; keys that newsparse does not know stand
    beside the known ones, as they did in the input.
    """
    known = {
        "id": article.id,
        "url": article.url,
        "title": article.title,
        "published": article.published,
        "site": article.site,
        "authors": list(article.authors),
        "language": article.language,
        "retrieved": article.retrieved,
        "text": article.body,
    }
    return known | {key: value for key, value in article.extra.items() if key not in known}


def failure_object(failure: Failure) -> dict[str, Any]:
    """A failure as ``--errors`` writes it."""
    return {
        "source": failure.source,
        "stage": failure.stage,
        "error": {"code": failure.code, "message": failure.message},
        "status": failure.status,
    }
