from __future__ import annotations

import gzip
import sys
from collections import Counter
from pathlib import Path

import pytest
from web_archives import PROSE, compressed, page, record

from newsparse.article import Article
from newsparse.sources import ReadOptions, Source, read, warc
from newsparse.sources.base import Extent, Skipped

URLS = [f"https://courier.example/{name}" for name in "abcd"]
RECORDS = [record(url) for url in URLS]
FIRST = len(compressed(RECORDS[:1]))
"""Bytes of the first record, compressed."""


@pytest.fixture(params=["fastwarc", "warcio"], autouse=True)
def _parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "warcio":
        monkeypatch.setitem(sys.modules, "fastwarc.warc", None)


def found(path: Path, extent: Extent | None = None, skipped: Skipped | None = None, **options: int) -> list[str]:
    """The URL of each article, the code of each failure."""
    entries = warc.entries(
        extent or Extent(str(path)), ReadOptions(**options), Counter() if skipped is None else skipped
    )
    items = [entry.make() for entry in entries]
    return [item.url or "" if isinstance(item, Article) else item.code for item in items]


def write(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "archive.warc"
    path.write_bytes(data)
    return path


FORMS = {
    "plain": b"".join,
    "a member each": compressed,
    "all at once": lambda records: gzip.compress(b"".join(records)),
}


@pytest.mark.parametrize("form", FORMS)
def test_pages_with_what_the_record_says_of_them(form: str, tmp_path: Path) -> None:
    path = write(tmp_path, FORMS[form](RECORDS))
    articles = [item for item in read(Source("warc", str(path))) if isinstance(item, Article)]
    assert [article.url for article in articles] == URLS
    assert {article.retrieved for article in articles} == {"2020-01-02T03:04:05Z"}
    assert all(PROSE[:60] in article.text for article in articles)


@pytest.mark.parametrize("form", FORMS)
def test_what_is_no_page_is_counted(form: str, tmp_path: Path) -> None:
    others = [
        record(URLS[0], kind="request"),
        record(URLS[0], b"gone", status="404 Not Found"),
        record(URLS[0], b"\x89PNG", content_type="image/png"),
        record(URLS[0], status="301 Moved"),
    ]
    skipped: Skipped = Counter()
    assert found(write(tmp_path, FORMS[form]([*others, RECORDS[1]])), skipped=skipped) == [URLS[1]]
    assert skipped == {"http-404": 1, "not-html": 1, "http-301": 1}


def chunked(body: bytes) -> bytes:
    half = len(body) // 2
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:half], body[half:])) + b"0\r\n\r\n"


@pytest.mark.parametrize(
    ("body", "header", "content_type"),
    [
        (chunked(page()), b"Transfer-Encoding: chunked\r\n", "text/html"),
        (gzip.compress(page()), b"Content-Encoding: gzip\r\n", "TEXT/HTML"),
        (chunked(gzip.compress(page())), b"Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n", "text/html"),
        (page(), b"", "application/xhtml+xml; charset=utf-8"),
    ],
)
def test_encodings_are_undone(body: bytes, header: bytes, content_type: str, tmp_path: Path) -> None:
    path = write(tmp_path, compressed([record(URLS[0], body, header=header, content_type=content_type)]))
    assert found(path) == [URLS[0]]


@pytest.mark.parametrize(
    ("content_type", "declared"),
    [("text/html; charset=iso-8859-2", b""), ("text/html", b'<meta charset="iso-8859-2">')],
)
def test_charset_of_header_and_page(content_type: str, declared: bytes, tmp_path: Path) -> None:
    body = declared + page("Mayor Łukasz Śliwa").decode().encode("iso-8859-2")
    path = write(tmp_path, compressed([record(URLS[0], body, content_type=content_type)]))
    (article,) = read(Source("warc", str(path)))
    assert isinstance(article, Article)
    assert "Mayor Łukasz Śliwa" in article.text


def flipped(data: bytes, position: int) -> bytes:
    return data[:position] + bytes([data[position] ^ 0xFF]) + data[position + 1 :]


DAMAGED = {
    "compressed data within a record": (flipped(compressed(RECORDS), FIRST // 2), ["bad-warc", *URLS[1:]]),
    "compressed data cut off": (compressed(RECORDS)[:-50], [*URLS[:3], "bad-warc"]),
    "junk between records": (
        compressed(RECORDS)[:FIRST] + b"\x00junk" * 99 + compressed(RECORDS)[FIRST:],
        [URLS[0], "bad-warc", *URLS[1:]],
    ),
    "one gzip stream cut off": (gzip.compress(b"".join(RECORDS), 0)[:-400], [*URLS[:3], "bad-warc"]),
    "length too small": (compressed([record(URLS[0], length=90), *RECORDS[1:]]), ["bad-warc", *URLS[1:]]),
    "length too large": (compressed([record(URLS[0], length=9999), *RECORDS[1:]]), ["bad-warc", *URLS[1:]]),
    "length too small, plain": (b"".join([record(URLS[0], length=90), *RECORDS[1:]]), ["bad-warc", *URLS[1:]]),
    "length too large, plain": (b"".join([record(URLS[0], length=999), *RECORDS[1:]]), ["bad-warc", *URLS[1:]]),
    "no length, plain": (b"WARC/1.0\r\nWARC-Type: response\r\n\r\n" + b"".join(RECORDS), ["bad-warc", *URLS]),
    "plain cut off": (b"".join(RECORDS)[:-50], [*URLS[:3], "bad-warc"]),
    "no WARC": (b"Dear reader,\nthis is a letter.\n", ["bad-warc"]),
    "no WARC within gzip": (gzip.compress(b"Dear reader"), ["bad-warc"]),
    "empty": (b"", []),
}


@pytest.mark.parametrize("damage", DAMAGED)
def test_damage_costs_one_record(damage: str, tmp_path: Path) -> None:
    data, expected = DAMAGED[damage]
    assert found(write(tmp_path, data)) == expected


def test_large_records_take_no_memory(tmp_path: Path) -> None:
    large = record(URLS[0], b"\0" * 3_000_000, content_type="video/mp4")
    endless = record(URLS[1], b"<p>" + b"word " * 30_000)
    path = write(tmp_path, compressed([large, endless, RECORDS[2]]))
    assert found(path, max_bytes=100_000) == ["too-large", URLS[2]]


@pytest.mark.parametrize("target", [100, FIRST, FIRST + 1, 1000, 100_000])
def test_ranges_together_are_the_file(target: int, tmp_path: Path) -> None:
    path = write(tmp_path, compressed(RECORDS))
    extents = list(warc.cut(str(path), target))
    assert len(extents) == max(round(path.stat().st_size / target), 1)
    assert [url for extent in extents for url in found(path, extent)] == URLS
