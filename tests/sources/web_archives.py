"""Makes web archives, whole and damaged."""

from __future__ import annotations

import gzip
from collections.abc import Iterable

PROSE = "The council said it will end the contract with the police on Friday. " * 8


def page(about: str = "") -> bytes:
    return f"<html><body><p>{about} {PROSE}</p></body></html>".encode()


def record(
    url: str,
    body: bytes | None = None,
    *,
    kind: str = "response",
    content_type: str = "text/html; charset=utf-8",
    status: str = "200 OK",
    header: bytes = b"",
    length: int | None = None,
) -> bytes:
    """A record as it stands in a WARC that is not compressed; ``length`` is what it says its length is."""
    body = page(url) if body is None else body
    http = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n".encode() + header + b"\r\n" + body
    fields = {
        "WARC-Type": kind,
        "WARC-Record-ID": "<urn:uuid:5e1d0c9b-8a7f-4e5d-8c9b-8a7f6e5d4c3b>",
        "WARC-Target-URI": url,
        "WARC-Date": "2020-01-02T03:04:05Z",
        "Content-Type": f"application/http; msgtype={kind}",
        "Content-Length": len(http) if length is None else length,
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"WARC/1.0\r\n{lines}\r\n".encode() + http + b"\r\n\r\n"


def compressed(records: Iterable[bytes]) -> bytes:
    """The records as CC-NEWS has them: a gzip member each."""
    return b"".join(gzip.compress(item, mtime=0) for item in records)
