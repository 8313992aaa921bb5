"""HTML or text → Article: what every later stage reads."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypedDict, Unpack
from urllib.parse import urlsplit

from newsparse.errors import ArticleError
from newsparse.language import is_english, names_english

NO_DATE = "no publication date found"
NO_TITLE = "no title found"
TRUNCATED = "the page shows only the beginning of the article; the rest is behind a paywall"

TITLE_END = "\n\n"
"""What stands between title and body."""

_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")
"""NUL, which databases and C strings cannot hold, and lone surrogates, which UTF-8 cannot."""


@dataclass(frozen=True, slots=True)
class Article:
    """An English news article; ``None`` where something is unknown.

    Attributes:
        id: as given, else ``ar-`` and 16 hexadecimal digits of the SHA-256 of ``text``.
        text: title, two newlines, body; without a title the body alone. All offsets count code points of it.
        title: the headline, without the name of the site.
        url: canonical URL.
        published: ISO date, e.g. ``2018-07-27``.
        site: host without ``www.``, or the site's name where there is no URL.
        authors: one name each.
        language: ``en``, or None if the text is too short to tell.
        retrieved: when it was fetched, ISO 8601 in UTC.
        extra: what came with the input and means nothing to newsparse.
        warnings: what a reader of the results should know.
    """

    id: str
    text: str
    title: str | None = None
    url: str | None = None
    published: str | None = None
    site: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    retrieved: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    @property
    def title_end(self) -> int:
        """Code points of the title in ``text``; 0 without a title."""
        return len(self.title) if self.title else 0

    @property
    def body(self) -> str:
        """The text without its title."""
        return self.text[len(self.title) + len(TITLE_END) :] if self.title else self.text

    def dated(self, published: str | None) -> Article:
        """The article with a publication date, if it has none of its own."""
        if self.published or not published:
            return self
        return replace(self, published=published, warnings=tuple(w for w in self.warnings if w != NO_DATE))


class Given(TypedDict, total=False):
    """What may be known of an article beforehand; see :class:`Article`.

    ``language`` decides: English is believed without a look at the text, anything else is refused.
    """

    id: str | None
    published: str | None
    site: str | None
    authors: Sequence[str]
    language: str | None
    retrieved: str | None
    extra: Mapping[str, Any] | None
    warnings: Sequence[str]


def from_text(body: str, title: str | None = None, url: str | None = None, **given: Unpack[Given]) -> Article:
    """An article from its text, which is kept character by character so that offsets are the caller's own.

    The one exception keeps the offsets too: NUL and lone surrogates, which no output can carry, become U+FFFD.

    Args:
        body: the text below the headline.
        title: the headline; without one, offsets count from the start of the body.
        url: where the article stands.
        given: what else is known of it.

    Raises:
        ArticleError: ``empty`` or ``language``.
    """
    body = writable(body)
    title = writable(title) if title and title.strip() else None
    if not body.strip():
        raise ArticleError("the text is empty", "empty")
    text = f"{title}{TITLE_END}{body}" if title else body
    published = given.get("published")
    return Article(
        id=given.get("id") or f"ar-{hashlib.sha256(text.encode()).hexdigest()[:16]}",
        text=text,
        title=title,
        url=url,
        published=published,
        site=given.get("site") or site_of(url),
        authors=tuple(given.get("authors", ())),
        language=_language(body, given.get("language"), None),
        retrieved=given.get("retrieved"),
        extra=dict(given.get("extra") or {}),
        warnings=(*given.get("warnings", ()), *(() if published else (NO_DATE,))),
    )


def from_html(
    html: bytes | str,
    url: str | None = None,
    title: str | None = None,
    *,
    charset: str | None = None,
    fast: bool = False,
    **given: Unpack[Given],
) -> Article:
    """An article from a page. What is given wins over what the page says.

    Args:
        html: the page, or its bytes in whatever encoding.
        url: where it was found; the page's own canonical URL is preferred.
        title: the headline.
        charset: the encoding that the server declared.
        fast: half the time, without the fallbacks that rescue badly built pages.
        given: what else is known of the article.

    Raises:
        ArticleError: ``empty``, ``no-article`` or ``language``, and no other exception whatever the bytes.
    """
    from newsparse.web.page import read_page

    page = read_page(html, url, charset=charset, fast=fast)
    found = given.copy()
    found["published"] = given.get("published") or page.published
    found["site"] = given.get("site") or site_of(page.url) or page.site
    found["authors"] = given.get("authors") or page.authors
    found["language"] = _language(page.body, given.get("language"), page.language)
    headline = title if title and title.strip() else page.title
    notes = ([] if headline else [NO_TITLE]) + ([TRUNCATED] if page.truncated else [])
    found["warnings"] = [*given.get("warnings", ()), *notes]
    return from_text(page.body, headline, page.url, **found)


def site_of(url: str | None) -> str | None:
    """The host of a URL without ``www.``."""
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def writable(text: str) -> str:
    """The text with every NUL and lone surrogate replaced by U+FFFD, one for one."""
    return _UNWRITABLE.sub("\ufffd", text)


def _language(text: str, given: str | None, declared: str | None) -> str | None:
    """``en``, or None if the text is too short to tell.

    Args:
        text: the body.
        given: what the caller says.
        declared: what the page says, which is often wrong.

    Raises:
        ArticleError: ``language``.
    """
    if given and given.strip():
        if names_english(given):
            return "en"
        raise ArticleError(f"the text is marked as {given!r}; newsparse reads English only", "language")
    english = is_english(text, declared)
    if english is False:
        named = f" (the page declares {declared!r})" if declared and not names_english(declared) else ""
        raise ArticleError(f"the text does not read as English prose{named}; newsparse reads English only", "language")
    return "en" if english else None
