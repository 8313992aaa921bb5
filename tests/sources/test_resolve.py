from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest

from newsparse.errors import SourceError
from newsparse.sources import KINDS, Source, read, resolve
from newsparse.sources.kinds import kind_by_bytes, kind_by_name


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.html", "html"),
        ("a.HTM", "html"),
        ("a.xhtml.gz", "html"),
        ("a.txt", "text"),
        ("a.md", "text"),
        ("a.txt.GZ", "text"),
        ("a.jsonl", "jsonl"),
        ("a.ndjson.gz", "jsonl"),
        ("a.json", "jsonl"),
        ("a.warc", "warc"),
        ("CC-NEWS-20200101.warc.gz", "warc"),
        ("a.tsv.gz", "csv"),
        ("a.parquet", "parquet"),
        ("a.zip", "zip"),
        ("a.b.c", None),
        ("a", None),
        ("a.gz", None),
        (".html", None),
    ],
)
def test_kind_by_name(name: str, kind: str | None) -> None:
    assert kind_by_name(name) == kind


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"<!doctype html>", "html"),
        (b"\xef\xbb\xbf \n<html>", "html"),
        (b' {"text": "x"}', "jsonl"),
        (b"https://a.example/1\nhttps://a.example/2\n", "urls"),
        (b"# mine\n\nhttp://a.example/1", "urls"),
        (b"https://a.example/1\nhttps://a.example/cut", "urls"),
        (b"https://a.example/1\nis a page\nhttps://a.example/2\n", "text"),
        (b"# Heading\n", "text"),
        (b"The mayor", "text"),
        (b"", "text"),
        ("The mayor".encode("utf-16"), "text"),
        (b"%PDF-1.7", None),
        (b"PK\x03\x04", None),
        (b"\x00\x01\x02", None),
    ],
)
def test_kind_by_bytes(start: bytes, kind: str | None) -> None:
    assert kind_by_bytes(start) == kind


@pytest.mark.parametrize(
    ("argument", "kind", "expected"),
    [
        ("https://a.example/x", None, Source("url", "https://a.example/x")),
        ("HTTP://a.example", "url", Source("url", "HTTP://a.example")),
        ("https://a.example/x", "html", Source("url", "https://a.example/x")),
        ("-", None, Source("stdin", "-")),
        ("-", "url", Source("urls", "-")),
        ("-", "html", Source("html", "-")),
        ("-", "text", Source("text", "-")),
        ("-", "jsonl", Source("jsonl", "-")),
    ],
)
def test_arguments_that_are_no_files(argument: str, kind: str | None, expected: Source) -> None:
    assert list(resolve(argument, kind)) == [expected]


@pytest.mark.parametrize(
    ("name", "content", "kind", "expected"),
    [
        ("a.html", b"", None, "html"),
        ("a.txt", b"The mayor", None, "text"),
        ("a.txt", b"https://a.example/1\n", None, "urls"),
        ("a.txt", b"https://a.example/1\n", "text", "text"),
        ("a.txt.gz", gzip.compress(b"https://a.example/1\n", mtime=0), None, "urls"),
        ("urls", b"https://a.example/1\n", "url", "urls"),
        ("page", b"<html>", None, "html"),
        ("page", gzip.compress(b"<html>", mtime=0), None, "html"),
        ("data.dump", b'{"text": "x"}', None, "jsonl"),
        ("a.pdf", b"%PDF", "text", "text"),
        ("broken.dat", b"\x1f\x8b\x08 no gzip", None, "text"),
    ],
)
def test_files(tmp_path: Path, name: str, content: bytes, kind: str | None, expected: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert list(resolve(str(path), kind)) == [Source(expected, str(path))]


def test_a_pipe_is_read_as_standard_input_is(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    assert list(resolve(str(path))) == [Source("stdin", str(path))]


@pytest.mark.parametrize(
    ("argument", "kind", "part"),
    [
        ("no/such/file.html", None, "no such file: no/such/file.html"),
        ("thehill.com/policy", None, "write https://thehill.com/policy"),
        ("", None, "no such file"),
        ("a\0b", None, "no such file"),
        ("ftp://a.example/x", None, "ftp:// is not supported"),
        ("file:///tmp/a.html", None, "without file://"),
        ("https://a.example/x", "jsonl", "leave out --from jsonl"),
        ("-", "docx", "there are: url, html, text, jsonl, csv"),
        ("-", "warc", "give a file"),
    ],
)
def test_wrong_arguments_are_told_at_once(argument: str, kind: str | None, part: str) -> None:
    with pytest.raises(SourceError, match=part):
        resolve(argument, kind)


def test_binary_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(b"%PDF-1.7")
    with pytest.raises(SourceError, match="--from"):
        resolve(str(path))


def test_a_directory(tmp_path: Path) -> None:
    for name in ["b.txt", "a.html.gz", "z/2.jsonl", "z/1.htm", "c.pdf", ".hidden.txt", ".git/x.txt", "y/.x.html"]:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    (tmp_path / "loop").symlink_to(tmp_path)
    found = [(source.kind, str(Path(source.location).relative_to(tmp_path))) for source in resolve(str(tmp_path))]
    assert found == [("html", "a.html.gz"), ("text", "b.txt"), ("html", "z/1.htm"), ("jsonl", "z/2.jsonl")]
    named = [Path(source.location).name for source in resolve(str(tmp_path), "text")]
    assert named == ["a.html.gz", "b.txt", "c.pdf", "1.htm", "2.jsonl"]
    assert {source.kind for source in resolve(str(tmp_path), "url")} == {"urls"}


def test_a_directory_without_input(tmp_path: Path) -> None:
    (tmp_path / "c.pdf").write_bytes(b"x")
    with pytest.raises(SourceError, match=r"\.jsonl"):
        resolve(str(tmp_path))


def test_unknown_kind_of_source() -> None:
    with pytest.raises(SourceError, match="docx"):
        read(Source("docx", "a.warc"))


def test_kinds() -> None:
    assert KINDS == ("url", "html", "text", "jsonl", "csv", "warc", "parquet", "zip")
