"""Which kind of input is it? The name tells, else the first bytes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePath
from types import MappingProxyType

from newsparse.sources.files import READ_ERRORS, open_source

KINDS = ("url", "html", "text", "jsonl", "csv", "warc", "parquet", "zip")
"""What a user may name with ``--from``."""

EXTENSIONS: Mapping[str, str] = MappingProxyType(
    {
        ".html": "html",
        ".htm": "html",
        ".xhtml": "html",
        ".txt": "text",
        ".text": "text",
        ".md": "text",
        ".jsonl": "jsonl",
        ".ndjson": "jsonl",
        ".json": "jsonl",
        ".warc": "warc",
        ".csv": "csv",
        ".tsv": "csv",
        ".parquet": "parquet",
        ".zip": "zip",
    }
)
"""Endings of file names, each with ``.gz`` as well."""

SNIFFED = 4096
"""First bytes that decide where the name does not."""

_URL_LINE = re.compile(rb"https?://\S+", re.IGNORECASE)
_BINARY = (b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"\xd0\xcf\x11\xe0", b"SQLite")
"""PDF, ZIP (also DOCX), PNG, JPEG, old Office, SQLite."""


def kind_by_name(name: str) -> str | None:
    """The kind that the ending of a file name tells."""
    return EXTENSIONS.get(PurePath(name.lower().removesuffix(".gz")).suffix)


def kind_by_bytes(start: bytes) -> str | None:
    """The kind that the first bytes tell: ``html``, ``jsonl``, ``urls`` or ``text``; None for binary data."""
    start = start.removeprefix(b"\xef\xbb\xbf")
    first = start.lstrip()[:1]
    if first == b"<":
        return "html"
    if first == b"{":
        return "jsonl"
    if _is_url_list(start):
        return "urls"
    wide = start.startswith((b"\xff\xfe", b"\xfe\xff"))
    return None if start.startswith(_BINARY) or (b"\0" in start and not wide) else "text"


def kind_of_file(path: str) -> str | None:
    """The kind of a file: by its name, else by its first bytes.

    A file that is named as text but begins with lines of URLs is a list of URLs. A file that cannot be opened
    counts as text: its reader will tell why.
    """
    named = kind_by_name(path)
    if named not in (None, "text"):
        return named
    try:
        with open_source(path) as stream:
            start = stream.peek(SNIFFED)[:SNIFFED]
    except READ_ERRORS:
        return named or "text"
    if named:
        return "urls" if _is_url_list(start.removeprefix(b"\xef\xbb\xbf")) else named
    return kind_by_bytes(start)


def _is_url_list(start: bytes) -> bool:
    """Whether the first line is a URL and no other has spaces within, comments and blank lines left aside."""
    lines = [line.strip() for line in start.split(b"\n")]
    told = [line for line in lines if line and not line.startswith(b"#")]
    return bool(told) and _URL_LINE.fullmatch(told[0]) is not None and all(len(line.split()) == 1 for line in told)
