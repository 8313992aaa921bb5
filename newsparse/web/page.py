"""A page and what stands on it: trafilatura finds text and metadata, this module makes them fit to be read.

trafilatura is imported late: the rest of newsparse starts without it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from newsparse.errors import ArticleError
from newsparse.rules.lexicon import lexicon
from newsparse.web.dates import stands_in
from newsparse.web.encoding import decode

if TYPE_CHECKING:
    from trafilatura.settings import Document

MIN_PROSE_WORDS = 20
"""Fewest words of prose in an article. The shortest of 12,600 press releases has 21, of 155 news pages 48, while
navigation pages and lists of headlines have next to none."""

PROSE_LINE_WORDS = 8
"""A line of prose has so many words and ends as a sentence does; lines of a menu do neither."""

LONG_LINE_WORDS = 25
"""A line of so many words is prose however it ends."""

MAX_NOTICE_WORDS = 80
"""Notices are short; a long paragraph that has such a phrase is about something else."""

HEADLINE_LINES = 3
"""The headline is repeated, if at all, within the first lines of the text (measured: 155 news pages)."""

SAME_HEADLINE = 0.9
"""Similarity from which two lines are one headline: the page's and the one for search engines."""

MAX_TITLE = 500
"""Longest headline in characters; what is longer is something else."""

MAX_ERROR = 200
"""Characters of a parser's own message that are passed on."""

_SENTENCE_END = re.compile(r"[.!?:;,”\"’')…]$")
_SPACES = re.compile(r"[^\S\n]+")
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b\u2060\ufeff\ud800-\udfff\ufffe\uffff]")
"""Controls, soft hyphens, zero-width spaces, surrogates: none of them is anything a reader sees."""

_TABLE_ROW = re.compile(r"\|.*\|")
_CELL_BORDER = re.compile(r"(?<!\\)\|")
_RULER = re.compile(r"[-:\s]*")
_BULLET = re.compile(r"^[-•*]\s+")
_SITE_SEPARATOR = re.compile(r"\s+[-–—|·•»:/\\]{1,2}\s+")
_ROOT = re.compile(r"<(?:html|head|body)\b", re.IGNORECASE)
_AUTHOR_PREFIX = re.compile(r"(?:by|view all posts by|posted by|written by)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PageText:
    """What stands on a page.

    Attributes:
        body: paragraphs separated by newlines, without the headline.
        title: the headline, without the site's name.
        url: canonical URL.
        published: ISO date.
        site: the site's name.
        authors: one name each.
        language: what the page declares.
        truncated: whether the article goes on behind a paywall.
    """

    body: str
    title: str | None
    url: str | None
    published: str | None
    site: str | None
    authors: tuple[str, ...]
    language: str | None
    truncated: bool


def read_page(html: bytes | str, url: str | None = None, *, charset: str | None = None, fast: bool = False) -> PageText:
    """Find the article on a page.

    Raises:
        ArticleError: ``empty`` or ``no-article``.
    """
    source = decode(html, charset) if isinstance(html, bytes) else html
    source = _INVISIBLE.sub("", source)
    if not source.strip():
        raise ArticleError("the page is empty", "empty")
    document, language = _extract(source, url, fast)
    title = _headline(document.title)
    lines = list(_lines(document.text or ""))
    if title:
        bare = _without_site(title, _site_names(document))
        lines = _without_headline(lines, {title, bare})
        title = bare
    truncated = _check_prose(lines)
    return PageText(
        body="\n".join(lines),
        title=title,
        url=_canonical(document.url, url),
        published=document.date if document.date and stands_in(source, document.date) else None,
        site=_one_line(document.sitename),
        authors=_authors(document.author),
        language=language,
        truncated=truncated,
    )


def _extract(source: str, url: str | None, fast: bool) -> tuple[Document, str | None]:
    """Trafilatura's document and the declared language, from one parse of the page."""
    from trafilatura import bare_extraction
    from trafilatura.utils import load_html

    try:
        tree = load_html(source if _ROOT.search(source) else f"<html><body><div>{source}</div></body></html>")
        # trafilatura changes trees in place but copies one that it is given.
        found: Any = tree is not None and bare_extraction(
            tree, url=url, fast=fast, include_comments=False, include_tables=True, with_metadata=True
        )
    except Exception as error:  # whatever a broken page provokes in the parsers, it is the page that is at fault
        message = f"the page cannot be parsed ({type(error).__name__}: {str(error)[:MAX_ERROR]})"
        raise ArticleError(message, "no-article") from error
    if tree is None or not found:
        raise ArticleError("no article is found on the page", "no-article")
    return found, tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")


def _lines(text: str) -> Iterator[str]:
    """The paragraphs, each in one line, table rows and list items without their marks."""
    for line in text.split("\n"):
        line = _one_line(line) or ""
        for part in _cells(line) if _TABLE_ROW.fullmatch(line) else (_BULLET.sub("", line, count=1),):
            if part:
                yield part


def _cells(row: str) -> Sequence[str]:
    """A row of data is one line; where tables make the layout of a page, each cell with prose is a paragraph."""
    cells = [cell.replace("\\|", "|").strip() for cell in _CELL_BORDER.split(row.strip("|"))]
    filled = [cell for cell in cells if not _RULER.fullmatch(cell)]
    if any(len(cell.split()) >= LONG_LINE_WORDS for cell in filled):
        return filled
    return [" | ".join(filled)]


def _one_line(text: str | None) -> str | None:
    if not text:
        return None
    return _SPACES.sub(" ", _INVISIBLE.sub("", text).replace("\n", " ")).strip() or None


def _headline(text: str | None) -> str | None:
    title = _one_line(text)
    return title if title and len(title) <= MAX_TITLE else None


def _key(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def _site_names(document: Document) -> frozenset[str]:
    """Keys of the names under which a page may add its site to the title: name, host, host without its ending."""
    names = [document.sitename or "", document.hostname or "", (document.hostname or "").partition(".")[0]]
    return frozenset(_key(name.removeprefix("www.")) for name in names) - {""}


def _without_site(title: str, sites: frozenset[str]) -> str:
    """``Mayor resigns - The Daily`` → ``Mayor resigns``, where ``The Daily`` is the site."""
    for separator in _SITE_SEPARATOR.finditer(title):
        if separator.start() and _key(title[separator.end() :]) in sites:
            return title[: separator.start()]
    return title


def _without_headline(lines: list[str], titles: Set[str]) -> list[str]:
    """The lines after a repeated headline; what stands before one is a section's name or a date."""
    for number, line in enumerate(lines[:HEADLINE_LINES]):
        if any(_same_headline(line, title) for title in titles):
            return lines[number + 1 :]
        if len(line.split()) >= PROSE_LINE_WORDS and line.endswith("."):
            break
    return lines


def _same_headline(line: str, title: str) -> bool:
    first, second = _key(line), _key(title)
    if first == second:
        return True
    if not first or line.endswith(".") or len(line) > MAX_TITLE or not 0.8 < len(first) / (len(second) or 1) < 1.25:
        return False
    return SequenceMatcher(None, first, second, autojunk=False).ratio() >= SAME_HEADLINE


def _check_prose(lines: Sequence[str]) -> bool:
    """Whether the article is truncated.

    Raises:
        ArticleError: ``no-article`` where too little prose is left without notices.
    """
    notices = lexicon("page_notices")
    walls = teasers = prose = 0
    for line in lines:
        words = len(line.split())
        lowered = line.lower().replace("’", "'")
        kinds = {kind for phrase, kind in notices.items() if phrase in lowered} if words < MAX_NOTICE_WORDS else set()
        walls += "wall" in kinds
        teasers += "teaser" in kinds
        if not kinds and (words >= LONG_LINE_WORDS or (words >= PROSE_LINE_WORDS and _SENTENCE_END.search(line))):
            prose += words
    if prose >= MIN_PROSE_WORDS:
        return teasers > 0
    reason = "it shows a notice (cookies, robot check, error page)" if walls else "it has links and lists, no prose"
    reason = "the article is behind a paywall" if teasers else reason
    raise ArticleError(
        f"no article is found on the page: {reason}; save the page in a browser and give the file", "no-article"
    )


def _authors(joined: str | None) -> tuple[str, ...]:
    """Names from trafilatura's ``A; B``."""
    names = (_AUTHOR_PREFIX.sub("", _one_line(name) or "", count=1) for name in (joined or "").split(";"))
    return tuple(dict.fromkeys(name for name in names if name and name.lower() not in lexicon("no_authors")))


def _canonical(found: str | None, given: str | None) -> str | None:
    """The canonical URL, unless a page with a path of its own names the site's home page."""
    if not found or not found.startswith(("https://", "http://")):
        return given
    path = found.partition("://")[2].partition("/")[2]
    return given if given and not path else found
