from __future__ import annotations

import gzip
import io
import os
import sys
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest
from local_web import PAGE, PROSE, Reply, Web

from newsparse.article import NO_DATE, Article
from newsparse.errors import SourceError
from newsparse.sources import Failure, ReadOptions, Source, read, resolve

LOCAL = ReadOptions(allow_private=True, timeout=2, retries=0)


def stdin(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))


def told(item: Article | Failure) -> str:
    return f"{item.stage}/{item.code}" if isinstance(item, Failure) else item.text.partition("\n")[0]


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.html", PAGE.encode(), "Council ends contract"),
        ("a.html.gz", gzip.compress(PAGE.encode(), mtime=0), "Council ends contract"),
        ("a.txt", PROSE.encode(), PROSE),
        ("a.txt.gz", gzip.compress(PROSE.encode(), mtime=0), PROSE),
        ("a.txt", b"\xef\xbb\xbf" + PROSE.encode(), PROSE),
        ("a.txt", PROSE.encode("utf-16"), PROSE),
        ("a.txt", ("“A” " + PROSE).encode("windows-1252"), "“A” " + PROSE),
        ("a.md", PROSE.encode(), PROSE),
        ("a.html", b"", "extract/empty"),
        ("a.txt", b" \n", "extract/empty"),
        ("a.html", b"<html><body><p>Too little.</p></body></html>", "extract/no-article"),
        ("a.txt", "Мэр заявил во вторник о договоре".encode(), "extract/language"),
        ("a.txt", b"x" * 5000, "read/too-large"),
        ("a.html.gz", gzip.compress(b"x" * 5000, mtime=0), "read/too-large"),
        ("a.html.gz", gzip.compress(PAGE.encode(), mtime=0)[:-9], "read/damaged-gzip"),
        ("a.txt.gz", b"\x1f\x8b\x08 no gzip", "read/damaged-gzip"),
        ("a.txt.gz", PROSE.encode(), PROSE),
    ],
)
def test_files(tmp_path: Path, name: str, content: bytes, expected: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    [source] = resolve(str(path))
    [item] = read(source, ReadOptions(max_bytes=4000))
    assert told(item) == expected
    if isinstance(item, Failure):
        assert item.source == str(path)


def test_text_is_kept_to_the_character(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"  Line one.\r\n\tLine two. \n\n")
    [item] = read(Source("text", str(path)))
    assert isinstance(item, Article)
    assert item.text == "  Line one.\r\n\tLine two. \n\n"


def test_a_file_that_has_gone(tmp_path: Path) -> None:
    path = str(tmp_path / "a.txt")
    for kind in ("text", "html", "jsonl", "urls", "stdin"):
        [item] = read(Source(kind, path))
        assert told(item) == "read/unreadable"
        assert isinstance(item, Failure)
        assert item.message == f"{path} cannot be read: No such file or directory"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(PROSE.encode())
    path.chmod(0)
    [item] = read(*resolve(str(path)))
    assert told(item) == "read/unreadable"


def test_names_that_are_no_utf8_can_be_written(tmp_path: Path) -> None:
    [item] = read(Source("text", os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt")))
    assert isinstance(item, Failure)
    assert f"{item.source} {item.message}".encode()


def test_a_url(web: Web) -> None:
    url = web.reply("/a", Reply())
    [item] = read(Source("url", url), LOCAL)
    assert isinstance(item, Article)
    assert (item.title, item.url, item.site) == ("Council ends contract", url, "127.0.0.1")
    assert item.retrieved
    assert item.retrieved.endswith("Z")


def test_the_url_after_redirects(web: Web) -> None:
    web.reply("/b", Reply())
    [item] = read(Source("url", web.reply("/a", Reply(301, {"Location": "/b"}, b""))), LOCAL)
    assert isinstance(item, Article)
    assert item.url == web.url("/b")


def test_the_charset_of_the_server(web: Web) -> None:
    body = PAGE.replace("The city", "Žluť the city").encode("windows-1250")
    url = web.reply("/", Reply(200, {"Content-Type": "text/html; charset=windows-1250"}, body))
    [item] = read(Source("url", url), LOCAL)
    assert isinstance(item, Article)
    assert "Žluť the city" in item.text


def test_urls_that_fail(web: Web) -> None:
    web.reply("/thin", Reply(body=b"<html><body>Nothing here.</body></html>"))
    [missing] = read(Source("url", web.url("/missing")), LOCAL)
    [thin] = read(Source("url", web.url("/thin")), LOCAL)
    [guarded] = read(Source("url", web.url("/thin")))
    assert isinstance(missing, Failure)
    assert (missing.source, missing.stage, missing.code, missing.status) == (
        web.url("/missing"),
        "fetch",
        "http-404",
        404,
    )
    assert (told(thin), told(guarded)) == ("extract/no-article", "fetch/private-address")


def test_a_list_of_urls(web: Web, tmp_path: Path) -> None:
    web.reply("/a", Reply())
    path = tmp_path / "urls.txt"
    path.write_text(f"# mine\n{web.url('/a')}\n\n  {web.url('/gone')}\nhill.example/x\n{web.url('/a')}")
    items = list(read(*resolve(str(path)), LOCAL))
    expected = ["Council ends contract", "fetch/http-404", "fetch/bad-url", "Council ends contract"]
    assert [told(item) for item in items] == expected


LINE = b'{"id": "1", "text": "The mayor said so."}\n'


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (LINE + LINE, ["The mayor said so."] * 2),
        (b"\xef\xbb\xbf\n  " + LINE, ["The mayor said so."]),
        (gzip.compress(LINE, mtime=0), ["The mayor said so."]),
        (b"\n" + PAGE.encode(), ["Council ends contract"]),
        (b"", []),
        (b" \n\n", []),
        (b"# nothing\n", []),
        (b"The mayor said so.\n", ["fetch/bad-url"]),
        (b'["a"]\n', ["fetch/bad-url"]),
        (gzip.compress(LINE, mtime=0)[:-9], ["read/damaged-gzip"]),
        (b"<" + b"x" * 5000, ["read/too-large"]),
    ],
)
def test_standard_input(monkeypatch: pytest.MonkeyPatch, data: bytes, expected: list[str]) -> None:
    stdin(monkeypatch, data)
    assert [told(item) for item in read(Source("stdin", "-"), ReadOptions(max_bytes=4000))] == expected


def test_urls_on_standard_input(monkeypatch: pytest.MonkeyPatch, web: Web) -> None:
    stdin(monkeypatch, f"\n# mine\n{web.reply('/a', Reply())}\n{web.url('/b')}".encode())
    items = [told(item) for item in read(Source("stdin", "-"), LOCAL)]
    assert items == ["Council ends contract", "fetch/http-404"]


@pytest.mark.parametrize(
    ("kind", "data", "expected"),
    [
        ("text", PROSE.encode(), PROSE),
        ("html", PAGE.encode(), "Council ends contract"),
        ("jsonl", LINE, "The mayor said so."),
        ("text", gzip.compress(PROSE.encode(), mtime=0), PROSE),
        ("text", b"", "extract/empty"),
    ],
)
def test_a_kind_named_for_standard_input(
    monkeypatch: pytest.MonkeyPatch, kind: str, data: bytes, expected: str
) -> None:
    stdin(monkeypatch, data)
    [item] = read(*resolve("-", kind))
    assert told(item) == expected
    if isinstance(item, Failure):
        assert item.source == "stdin"


def test_what_is_no_url_gets_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    stdin(monkeypatch, PROSE.encode())
    [item] = read(Source("stdin", "-"))
    assert isinstance(item, Failure)
    assert "--from text" in item.message


def test_articles_come_as_their_lines_arrive(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    go_on = threading.Event()

    def write() -> None:
        with path.open("wb", buffering=0) as pipe:
            pipe.write(LINE)
            assert go_on.wait(5)
            pipe.write(LINE)

    writer = threading.Thread(target=write)
    writer.start()
    items = read(*resolve(str(path)))
    assert told(next(items)) == "The mayor said so."
    go_on.set()
    assert len(list(items)) == 1
    writer.join()


def test_the_date_for_what_has_none(tmp_path: Path) -> None:
    options = ReadOptions(published="2020-02-02")
    path = tmp_path / "a.txt"
    path.write_text(PROSE)
    [item] = read(Source("text", str(path)), options)
    assert isinstance(item, Article)
    assert (item.published, NO_DATE in item.warnings) == ("2020-02-02", False)
    page = tmp_path / "a.html"
    page.write_text(PAGE)
    [item] = read(Source("html", str(page)), options)
    assert isinstance(item, Article)
    assert item.published == "2016-02-22"


@pytest.mark.parametrize("published", ["yesterday", "2020-2-2", "20200202", "2020-02-30", "2020", ""])
def test_a_date_that_is_none(published: str) -> None:
    with pytest.raises(SourceError, match="2018-07-27"):
        ReadOptions(published=published)
