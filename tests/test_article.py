from __future__ import annotations

import dataclasses
import hashlib
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from local_web import PAGE, PROSE

from newsparse.article import NO_DATE, NO_TITLE, TRUNCATED, Article, from_html, from_text
from newsparse.errors import ArticleError


def page(body: str, head: str = "<title>Council ends contract</title>", lang: str = "en") -> str:
    return f"<!doctype html><html lang='{lang}'><head>{head}</head><body>{body}</body></html>"


def article(body: str = f"<p>{PROSE}</p>", **named: Any) -> str:
    return page(f"<article><h1>Council ends contract</h1>{body}</article>", **named)


def test_everything_a_page_tells() -> None:
    found = from_html(PAGE, "https://www.echo.example/2016/02/council", retrieved="2026-11-23T10:00:00Z")
    assert found.text == f"Council ends contract\n\n{PROSE}\n{PROSE.replace('Tuesday', 'Friday')}"
    assert found.id == f"ar-{hashlib.sha256(found.text.encode()).hexdigest()[:16]}"
    assert found.title == "Council ends contract"
    assert found.text[: found.title_end] == found.title
    assert found.text.endswith(found.body)
    assert (found.published, found.authors, found.language) == ("2016-02-22", ("Kit Ormerod",), "en")
    assert (found.url, found.site) == ("https://www.echo.example/2016/02/council", "echo.example")
    assert (found.retrieved, found.extra, found.warnings) == ("2026-11-23T10:00:00Z", {}, ())


def test_what_is_given_wins() -> None:
    given_ = {
        "id": "x1",
        "published": "2020-02-02",
        "site": "s",
        "authors": ["A"],
        "extra": {"k": 1},
        "warnings": ["w"],
    }
    found = from_html(PAGE, None, "Another headline", **given_)  # type: ignore[arg-type]
    assert (found.id, found.title, found.published, found.site) == ("x1", "Another headline", "2020-02-02", "s")
    assert (found.authors, found.extra, found.warnings) == (("A",), {"k": 1}, ("w",))


def test_the_site_name_stands_in_for_a_host() -> None:
    assert from_html(PAGE).site == "The Pennine Echo"


@pytest.mark.parametrize(
    ("title", "url", "expected"),
    [
        ("Mayor quits - The Echo", None, "Mayor quits"),
        ("Mayor quits | The Echo", None, "Mayor quits"),
        ("Mayor quits – the ECHO", None, "Mayor quits"),
        ("Mayor quits | CSO Online", "https://www.csoonline.com/a", "Mayor quits"),
        ("Mayor quits - csoonline.com", "https://www.csoonline.com/a", "Mayor quits"),
        ("Mayor quits - and the council - The Echo", None, "Mayor quits - and the council"),
        ("Mayor quits - for now", None, "Mayor quits - for now"),
        ("The view on Hong Kong | Editorial", None, "The view on Hong Kong | Editorial"),
        ("The Echo", None, "The Echo"),
        ("  Mayor\n quits\u00a0now ", None, "Mayor quits now"),
    ],
)
def test_titles(title: str, url: str | None, expected: str) -> None:
    head = f'<meta property="og:title" content="{title}"><meta property="og:site_name" content="The Echo">'
    assert from_html(page(f"<article><p>{PROSE}</p></article>", head), url).title == expected


@pytest.mark.parametrize(
    "before",
    [
        "",
        "<p>Local news</p>",
        "<p>Local news</p><p>Posted on 3 March</p>",
    ],
)
@pytest.mark.parametrize("headline", ["Council ends contract", "COUNCIL ENDS CONTRACT.", "Council ends the contract"])
def test_the_headline_is_not_repeated(before: str, headline: str) -> None:
    html = page(f"<article>{before}<h1>{headline}</h1><p>{PROSE}</p><p>{PROSE}</p></article>")
    assert from_html(html).body.startswith("The city council")


def test_a_first_sentence_like_the_headline_stays() -> None:
    first = "Council ends contract with the county sheriff after all."
    html = page(f"<article><p>{first}</p><p>{PROSE}</p></article>", "<title>Council ends contract with sheriff</title>")
    assert from_html(html).body.startswith(first)


def test_comments_are_no_part_of_the_article() -> None:
    comments = "<div id='comments'><div class='comment'><p>I never liked that sheriff and I said so.</p></div></div>"
    assert "never liked" not in from_html(article() + comments).text


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("<ul><li>First item here</li><li>Second</li></ul>", "First item here"),
        ("<table><tr><th>Name</th><th>Votes</th></tr><tr><td>A | B</td><td>7</td></tr></table>", "Name | Votes"),
        ("<p>soft\u00adware and zero\u200bwidth</p>", "software and zerowidth"),
        ("<p>no\u00a0break\u2009spaces \t here</p>", "no break spaces here"),
        ("<p>bell\x07 and esc\x1b[31m</p>", "bell and esc[31m"),
        ("<p>quoted &ldquo;words&rdquo; &amp; more</p>", "quoted “words” & more"),
    ],
)
def test_lines(body: str, line: str) -> None:
    lines = from_html(article(f"<p>{PROSE}</p>{body}<p>{PROSE}</p>")).body.split("\n")
    assert line in lines


def test_a_table_for_layout() -> None:
    html = page(f"<table><tr><td>Menu</td><td>{PROSE}</td></tr><tr><td></td><td>{PROSE}</td></tr></table>")
    assert PROSE in from_html(html).body.split("\n")


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        (article(f"<p>“Café” – {PROSE}</p>").encode("windows-1252"), None),
        (article(f"<p>“Café” – {PROSE}</p>").encode("windows-1252"), "iso-8859-1"),
        (article(f"<p>“Café” – {PROSE}</p>").encode("utf-16"), None),
        (article(f"<p>“Café” – {PROSE}</p>").encode(), "iso-8859-1"),
        (
            article(f"<p>“Café” – {PROSE}</p>", head="<meta charset=windows-1252><title>x</title>").encode("cp1252"),
            None,
        ),
    ],
)
def test_encodings(data: bytes, charset: str | None) -> None:
    assert "“Café” – The city" in from_html(data, charset=charset).text


def test_a_fragment_is_a_page() -> None:
    assert from_html(f"<p>{PROSE}</p>").body == PROSE


@pytest.mark.parametrize(
    ("canonical", "url", "expected"),
    [
        ("https://echo.example/a", "https://echo.example/a?utm_source=x", "https://echo.example/a"),
        ("/a", "https://echo.example/a?b=c", "https://echo.example/a?b=c"),
        ("https://echo.example/", "https://echo.example/a", "https://echo.example/a"),
        ("javascript:void(0)", "https://echo.example/a", "https://echo.example/a"),
        ("https://echo.example/a", None, "https://echo.example/a"),
    ],
)
def test_canonical_url(canonical: str, url: str | None, expected: str) -> None:
    found = from_html(article(head=f"<title>T</title><link rel=canonical href='{canonical}'>"), url)
    assert (found.url, found.site) == (expected, "echo.example")


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ("Kit Ormerod", ("Kit Ormerod",)),
        ("By Kit Ormerod and Nora Pelkey", ("Kit Ormerod", "Nora Pelkey")),
        ("No Author", ()),
        ("", ()),
    ],
)
def test_authors(author: str, expected: tuple[str, ...]) -> None:
    assert from_html(article(head=f"<title>T</title><meta name=author content='{author}'>")).authors == expected


def test_an_invented_day_is_no_date() -> None:
    found = from_html(article() + "<footer>Copyright 2020 The Echo</footer>")
    assert found.published is None
    assert NO_DATE in found.warnings


def test_what_is_missing_is_told() -> None:
    found = from_html(page(f"<div><p>{PROSE}</p></div>", head=""))
    assert (found.title, found.published, found.url, found.site) == (None, None, None, None)
    assert found.warnings == (NO_TITLE, NO_DATE)
    assert found.text == found.body


def test_a_paywall_is_told() -> None:
    found = from_html(article(f"<p>{PROSE}</p><p>Subscribe to continue reading.</p>"))
    assert TRUNCATED in found.warnings


MENU = "".join(f"<li><a href=/{number}>Section {number} of the paper</a></li>" for number in range(40))
HEADLINES = "".join(
    f"<h2><a href=/{number}>Council votes to end contract with {number}</a></h2>" for number in range(30)
)
CONNECTION = (
    "<h1>Just a moment...</h1><p>Checking if the site connection is secure</p>"
    "<p>echo.example needs to review the security of your connection before proceeding.</p>"
)
ROBOT_CHECK = (
    "<p>Access to this page has been denied because we believe you are using automation tools to browse the website.</p>"
    "<p>This may happen because JavaScript is disabled or blocked by an extension.</p>"
)
COOKIES = (
    "<h1>We value your privacy</h1><p>We and our partners store and/or access information on a device, such as cookies, "
    "and process personal data, such as identifiers sent by a device for personalised ads and content.</p>"
)
PAYWALL = (
    "<article><p>The mayor of Harrowdale resigned on Monday.</p><p>To read the full story, please subscribe to The Echo. "
    "You can choose a yearly plan or a weekly pass.</p></article>"
)
GERMAN = (
    "<p>Der Bürgermeister sagte am Dienstag, die Stadt werde ihren Vertrag mit dem Sheriff beenden, der Beamten anderer "
    "Behörden Zugang zu den Akten gegeben hatte. Der Rat stimmt in der nächsten Woche ab.</p>"
)
RUSSIAN = (
    "<p>Мэр заявил во вторник, что город расторгнет договор с шерифом, который дал сотрудникам других ведомств доступ "
    "к базе данных об арестах. Совет проголосует на следующей неделе.</p>"
)


@pytest.mark.parametrize(
    ("html", "code", "part"),
    [
        ("", "empty", "empty"),
        (b"", "empty", "empty"),
        (" \n\0 ", "empty", "empty"),
        (b"\xef\xbb\xbf", "empty", "empty"),
        (page(""), "no-article", "no article"),
        (page("<script>var a = 1;</script>"), "no-article", "no article"),
        (page(f"<nav><ul>{MENU}</ul></nav>"), "no-article", "links and lists"),
        (page(HEADLINES), "no-article", "links and lists"),
        (page(CONNECTION), "no-article", "notice"),
        (page(ROBOT_CHECK), "no-article", "notice"),
        (page(COOKIES), "no-article", "notice"),
        (page(PAYWALL), "no-article", "paywall"),
        (article(GERMAN, lang="de"), "language", "declares 'de'"),
        (article(GERMAN), "language", "English only"),
        (article(RUSSIAN), "language", "English only"),
    ],
)
def test_what_is_no_article(html: str | bytes, code: str, part: str) -> None:
    with pytest.raises(ArticleError, match=part) as caught:
        from_html(html, "https://echo.example/a")
    assert caught.value.code == code


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7 \x00\x01\x02" * 50,
        bytes(range(256)) * 20,
        b"<" * 5000,
        b"<div>" * 5000 + PROSE.encode() + b"</div>" * 5000,
        b"<html>" + b"\xff\xfe" * 1000,
        b"<?xml version='1.0' encoding='nonsense'?><html><body><p>" + PROSE.encode(),
        b"<html><body><![CDATA[" + PROSE.encode() + b"]]>",
        ("<p>\ud800 lone surrogate &#xD800; &#0; &#1114112; " + PROSE).encode("utf-8", "surrogatepass"),
        b"<html><head><link rel=canonical href='http://[::1'><title>x</title></head><body><p>" + PROSE.encode(),
        b"<script type='application/ld+json'>[[[{\"@type\": 5}]]]</script><p>" + PROSE.encode(),
        b"<html><body>" + b"<table><tr><td>" * 300 + PROSE.encode(),
    ],
)
def test_no_bytes_break_it(data: bytes) -> None:
    try:
        found = from_html(data, "https://echo.example/a")
    except ArticleError:
        return
    assert not set(found.text) & {chr(code) for code in range(32) if code != 10}
    found.text.encode()


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.booleans())
@example(b"\x1f\x8b\x08", False)
def test_no_random_bytes_break_it(data: bytes, prose: bool) -> None:
    try:
        found = from_html(b"<html><body>" + data + (f"<p>{PROSE}</p>".encode() if prose else b""))
    except ArticleError:
        return
    assert found.text.encode()


def test_fast_finds_the_article_too() -> None:
    assert from_html(PAGE, fast=True).text == from_html(PAGE).text


@pytest.mark.parametrize(
    ("body", "title", "text"),
    [
        ("Body.", None, "Body."),
        ("Body.", "Title", "Title\n\nBody."),
        ("Body.", " ", "Body."),
        ("  two  spaces\r\nand\ttabs\u00a0kept\x07 \n", None, "  two  spaces\r\nand\ttabs\u00a0kept\x07 \n"),
        ("nul\0 and \ud83d alone", None, "nul\ufffd and \ufffd alone"),
        ("e\u0301 😀", "e\u0301", "e\u0301\n\ne\u0301 😀"),
    ],
)
def test_text_is_kept(body: str, title: str | None, text: str) -> None:
    found = from_text(body, title)
    assert found.text == text
    assert len(found.body) == len(body)


@given(st.text(st.characters(), min_size=1, max_size=80), st.none() | st.text(st.characters(), max_size=20))
def test_offsets_of_text_are_the_callers(body: str, title: str | None) -> None:
    try:
        found = from_text(body, title)
    except ArticleError:
        return
    assert len(found.body) == len(body)
    assert all(ours == theirs or ours == "\ufffd" for ours, theirs in zip(found.body, body, strict=True))
    assert found.text.encode()


@pytest.mark.parametrize("body", ["", " \n\t", "\u2003"])
def test_empty_text(body: str) -> None:
    with pytest.raises(ArticleError) as caught:
        from_text(body, "Title")
    assert caught.value.code == "empty"


@pytest.mark.parametrize(
    ("body", "language", "expected"),
    [
        (PROSE, None, "en"),
        (PROSE, "", "en"),
        ("Kenney ends ICE contract.", None, None),
        ("Kenney ends ICE contract.", "en-US", "en"),
        ("Rockledge 14 11 6 15 Palm Bay 18 20 " * 20, "en", "en"),
    ],
)
def test_language_of_text(body: str, language: str | None, expected: str | None) -> None:
    assert from_text(body, language=language).language == expected


@pytest.mark.parametrize("language", ["de", "klingon"])
def test_text_marked_as_foreign(language: str) -> None:
    with pytest.raises(ArticleError, match=language) as caught:
        from_text(PROSE, language=language)
    assert caught.value.code == "language"


def test_ids_are_stable_and_those_given_are_kept() -> None:
    assert from_text(PROSE).id == from_text(PROSE, published="2020-01-02").id != from_text(PROSE, "T").id
    assert from_text(PROSE, id="mine").id == "mine"


def test_dated() -> None:
    bare = from_text(PROSE, warnings=["w"])
    assert bare.warnings == ("w", NO_DATE)
    assert bare.dated("2020-02-02") == dataclasses.replace(bare, published="2020-02-02", warnings=("w",))
    assert bare.dated(None) is bare
    assert from_text(PROSE, published="2019-01-02").dated("2020-02-02").published == "2019-01-02"


def test_an_article_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        from_text(PROSE).title = "x"  # type: ignore[misc]
    assert isinstance(from_text(PROSE), Article)
